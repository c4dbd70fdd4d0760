//! How much of a library is read: every bound in one place, each with a problem that names it.
//!
//! They are far above what people write and low enough that no folder can exhaust the machine.

/// Files that one library may hold; what comes after in the order of paths is not read.
pub const FILES: usize = 200_000;
/// Names looked at while walking, of whatever kind.
pub const NAMES: usize = 2_000_000;
/// Folders within folders.
pub const FOLDERS_DEEP: usize = 64;
/// Bytes of a path from the root.
pub const PATH: usize = 4096;
/// Bytes of a Markdown file.
pub const FILE: u64 = 64 << 20;
/// Bytes of an index or a registry.
pub const INDEX: u64 = 16 << 20;
/// Bytes of a file's front matter.
pub const FRONT_MATTER: usize = 1 << 20;
/// Bytes of a file read to find its title.
pub const HEAD: usize = 8 << 10;
/// Lists and maps within each other in YAML.
pub const YAML_DEEP: usize = 64;
/// Values in one YAML file; 10,000 entries of 15 fields with lists make some 400,000.
/// Each takes some 500 bytes while its file is read.
pub const YAML_VALUES: usize = 1_000_000;
/// Problems named of one file; more are counted.
pub const PROBLEMS: usize = 1000;
/// Runs of words, and acronyms, of one text that `check` holds against the names.
pub const RUNS: usize = 100_000;
