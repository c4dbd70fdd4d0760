//! The crates that the program is made of: none that is banned, none below its lowest safe version, none that
//! reaches the network, none from anywhere but the registry.

use std::fs;
use std::path::Path;

/// Below these versions a known hole is open.
const LOWEST: [(&str, [u64; 3]); 6] = [
    ("lru", [0, 18, 2]),
    ("lz4_flex", [0, 12, 1]),
    ("memmap2", [0, 9, 11]),
    ("crossbeam-epoch", [0, 9, 20]),
    ("time", [0, 3, 47]),
    ("anyhow", [1, 0, 103]),
];

/// Unsound or abandoned.
const BANNED: [&str; 7] = ["serde_yml", "libyml", "yaml-rust", "bincode", "atty", "paste", "instant"];

/// What network code is made of.
const NETWORK: [&str; 20] = [
    "reqwest",
    "hyper",
    "ureq",
    "curl",
    "curl-sys",
    "rustls",
    "native-tls",
    "openssl",
    "openssl-sys",
    "tokio",
    "async-std",
    "smol",
    "socket2",
    "h2",
    "http",
    "isahc",
    "attohttpc",
    "minreq",
    "quinn",
    "tungstenite",
];

fn read(path: &str) -> String {
    fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(path)).expect(path)
}

/// Name, version and source of every crate in a lock file.
fn crates(lock: &str) -> Vec<(String, String, Option<String>)> {
    let field = |block: &str, name: &str| {
        let start = format!("{name} = \"");
        block.lines().find_map(|line| Some(line.strip_prefix(&start)?.strip_suffix('"')?.to_owned()))
    };
    let blocks = lock.split("[[package]]").skip(1);
    blocks
        .map(|block| {
            (
                field(block, "name").expect("a name"),
                field(block, "version").expect("a version"),
                field(block, "source"),
            )
        })
        .collect()
}

fn numbers(version: &str) -> [u64; 3] {
    let plain = version.split(['-', '+']).next().unwrap_or_default();
    let mut numbers = plain.split('.').map(|part| part.parse().expect("a number"));
    std::array::from_fn(|_| numbers.next().unwrap_or(0))
}

#[test]
fn no_crate_is_below_its_lowest_safe_version() {
    for (name, version, _) in crates(&read("Cargo.lock")) {
        if let Some((_, lowest)) = LOWEST.iter().find(|(it, _)| *it == name) {
            assert!(numbers(&version) >= *lowest, "{name} {version} is below {lowest:?}");
        }
    }
}

#[test]
fn no_crate_is_banned_and_none_reaches_the_network() {
    for (name, ..) in crates(&read("Cargo.lock")) {
        assert!(!BANNED.contains(&name.as_str()), "{name} is banned");
        assert!(!NETWORK.contains(&name.as_str()), "{name} is network code");
    }
}

#[test]
fn every_crate_comes_from_one_registry() {
    let crates = crates(&read("Cargo.lock"));
    assert!(crates.len() > 100);
    let first = crates.iter().find_map(|(.., source)| source.clone()).expect("a source");
    assert!(first.starts_with("registry+"), "{first}");
    for (name, _, source) in crates {
        let known = source.as_ref().is_none_or(|it| *it == first);
        assert!(known && (source.is_some() || name == "dossier"), "{name} comes from {source:?}");
    }
}

#[test]
fn the_weekly_check_bans_the_same() {
    let deny = read("deny.toml");
    for (name, [a, b, c]) in LOWEST {
        assert!(deny.contains(&format!("\"{name}@<{a}.{b}.{c}\"")), "{name}");
    }
    for name in BANNED {
        assert!(deny.contains(&format!("{{ crate = \"{name}\" }}")), "{name}");
    }
}

#[test]
fn versions_are_compared_as_numbers() {
    assert!(numbers("0.18.10") > numbers("0.18.2"));
    assert_eq!(numbers("1.0.103+build"), [1, 0, 103]);
    let lock = "[[package]]\nname = \"a\"\nversion = \"1.2.3\"\n";
    assert_eq!(crates(lock), [("a".to_owned(), "1.2.3".to_owned(), None)]);
}
