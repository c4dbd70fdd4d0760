//! The files of a library, in order: hidden names and build folders skipped, links to folders not followed.

use std::ffi::OsStr;
use std::path::Path;
use std::time::{SystemTime, UNIX_EPOCH};

use cap_std::fs::{Dir, DirEntry, FileType, Metadata};

use super::{Inner, Root, SHIPPED, limits, modified, said};
use crate::library::problem::{Place, Problem};
use crate::library::stamp;

/// Folders that hold no one's briefings.
const SKIPPED: [&str; 2] = ["node_modules", "target"];

/// What a walk found. Paths are from the root, `/` between their parts, sorted.
#[derive(Debug, Default)]
pub struct Walk {
    /// The root is the one without a name.
    pub folders: Vec<String>,
    /// Of each folder, in the same order, as it was before its names were read; see `Root::stamp`.
    pub folder_stamps: Vec<u64>,
    pub markdown: Vec<String>,
    pub yaml: Vec<String>,
    /// Of each Markdown file, in the same order.
    pub markdown_prints: Vec<Print>,
    /// Of each YAML file, in the same order.
    pub yaml_prints: Vec<Print>,
    /// All other files, to which links may lead: pictures, PDFs.
    pub others: Vec<String>,
    pub problems: Vec<Problem>,
    names: usize,
    full: bool,
    found: Vec<(Form, String, Print)>,
}

/// What a file is known by without reading it. Where it is in doubt, its content tells.
///
/// Made of size, time of change, and where there is such a thing the time of any change and the number of the
/// file, which tell a file that was put in the place of another with its time kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Print(pub u64);

/// A file may be changed again in the same moment by the clock of its disk, and then looks as it did. The clocks
/// of most disks tick every few milliseconds, those that know whole seconds only every second or two.
const MOMENT: u128 = 50_000_000;
const LONG_MOMENT: u128 = 2_000_000_000;

impl Print {
    /// Of what is no file: it does not change.
    const FIXED: Self = Self(0);
    /// Of a file that could not be looked at.
    pub const UNKNOWN: Self = Self(1);

    /// As the file looks `now`, in nanoseconds since 1970.
    pub(super) fn new(known: &Metadata, now: u128) -> Self {
        let modified = known.modified().ok().and_then(|it| it.into_std().duration_since(UNIX_EPOCH).ok());
        let modified = modified.map_or(0, |age| age.as_nanos());
        #[cfg(unix)]
        let (changed, number) = {
            use cap_std::fs::MetadataExt;
            let seconds = u128::try_from(known.ctime()).unwrap_or_default();
            (seconds * 1_000_000_000 + u128::try_from(known.ctime_nsec()).unwrap_or_default(), known.ino())
        };
        #[cfg(not(unix))]
        let (changed, number) = (modified, 0);
        let last = modified.max(changed);
        let moment = if last.is_multiple_of(1_000_000_000) { LONG_MOMENT } else { MOMENT };
        let doubtful = last.abs_diff(now) < moment;
        let parts = [modified.to_le_bytes(), changed.to_le_bytes()];
        let print = stamp(&[&known.len().to_le_bytes(), &parts[0], &parts[1], &number.to_le_bytes()]);
        Self(print & !1 | u64::from(doubtful))
    }

    /// Whether the file cannot have changed since without changing its print.
    pub fn is_sure(self) -> bool {
        self.0 & 1 == 0
    }

    /// Whether the file looks as it did; where `self` was sure, it is as it was.
    pub fn looks_like(self, other: Self) -> bool {
        self.0 | 1 == other.0 | 1
    }

    /// A number for what is derived from the file.
    pub fn number(self) -> u64 {
        self.0 & !1
    }
}

/// What a file is to the library, by the end of its name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Form {
    Markdown,
    Yaml,
}

impl Form {
    fn of(name: &str) -> Option<Self> {
        let end = Path::new(name).extension()?.to_str()?;
        let is = |known: &[&str]| known.iter().any(|known| end.eq_ignore_ascii_case(known));
        if is(&["md", "markdown", "mdown", "mkd"]) {
            Some(Self::Markdown)
        } else if is(&["yaml", "yml"]) {
            Some(Self::Yaml)
        } else {
            None
        }
    }
}

/// Whether a file is read as Markdown, by the end of its name.
pub fn is_markdown(path: &Path) -> bool {
    path.to_str().and_then(Form::of) == Some(Form::Markdown)
}

/// Whether a file is read at all, by the end of its name.
pub fn is_read(path: &Path) -> bool {
    path.to_str().and_then(Form::of).is_some()
}

/// Whether files and folders of that name are never looked at.
pub fn is_skipped(name: &OsStr) -> bool {
    name.as_encoded_bytes().starts_with(b".") || SKIPPED.iter().any(|skipped| name == *skipped)
}

impl Root {
    /// Every Markdown and YAML file below the root.
    pub fn walk(&self) -> Walk {
        let mut walk = Walk::default();
        match &self.0 {
            Inner::Nowhere => {}
            Inner::Folder { dir, .. } => walk.folders(dir),
            Inner::File { dir, name, .. } => {
                let print = dir.metadata(name).map_or(Print::UNKNOWN, |known| Print::new(&known, now()));
                walk.found.push((Form::Markdown, name.clone(), print));
            }
            Inner::Text(_) => walk.found.push((Form::Markdown, String::new(), Print::FIXED)),
            Inner::Shipped => walk.shipped(&SHIPPED),
        }
        walk.sort();
        walk
    }
}

/// Nanoseconds since 1970.
fn now() -> u128 {
    SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |age| age.as_nanos())
}

impl Walk {
    fn sort(&mut self) {
        self.found.sort_unstable();
        for (form, path, print) in self.found.drain(..) {
            let (paths, prints) = match form {
                Form::Markdown => (&mut self.markdown, &mut self.markdown_prints),
                Form::Yaml => (&mut self.yaml, &mut self.yaml_prints),
            };
            paths.push(path);
            prints.push(print);
        }
        self.others.sort_unstable();
    }

    /// Walks without recursion: the folders still to read wait in a list.
    fn folders(&mut self, root: &Dir) {
        let mut waiting = vec![(String::new(), 0)];
        while let Some((folder, depth)) = waiting.pop() {
            self.folders.push(folder.clone());
            let opened = if folder.is_empty() { root.try_clone() } else { root.open_dir(&folder) };
            // Looked at first: a name that comes while the names are read makes it another.
            let stamp = opened.as_ref().ok().and_then(|dir| dir.dir_metadata().ok());
            self.folder_stamps.push(stamp.map_or(0, |known| modified(&known)));
            let entries = opened.and_then(|dir| Ok((dir.entries()?, dir)));
            let (entries, dir) = match entries {
                Ok(opened) => opened,
                Err(error) => {
                    self.problems.push(Problem::error(
                        Place::file(if folder.is_empty() { "." } else { &folder }),
                        said(&error),
                    ));
                    continue;
                }
            };
            let now = now();
            let mut entries: Vec<DirEntry> = entries.filter_map(Result::ok).take(limits::NAMES).collect();
            entries.sort_by_cached_key(DirEntry::file_name);
            let mut below = Vec::new();
            for entry in &entries {
                if self.is_full() {
                    return;
                }
                if let Some(path) = self.entry((&dir, &folder, now), entry) {
                    below.push((path, depth + 1));
                }
            }
            if depth < limits::FOLDERS_DEEP {
                waiting.extend(below.into_iter().rev());
            } else if let Some((path, _)) = below.first() {
                let text = format!("more than {} folders deep, so not read", limits::FOLDERS_DEEP);
                self.problems.push(Problem::error(Place::file(path), text));
            }
        }
    }

    /// Takes one entry in; the path of a folder to walk.
    fn entry(&mut self, (dir, folder, now): (&Dir, &str, u128), entry: &DirEntry) -> Option<String> {
        self.names += 1;
        let name = entry.file_name();
        let path = self.path(folder, &name)?;
        let name = name.to_str()?;
        let kind = entry.file_type().ok()?;
        if kind.is_dir() {
            return (!SKIPPED.contains(&name)).then_some(path);
        }
        match Form::of(name) {
            Some(form) if self.is_file(dir, name, &path, kind) => {
                let known = if kind.is_file() { entry.metadata() } else { dir.metadata(name) };
                let print = known.map_or(Print::UNKNOWN, |known| Print::new(&known, now));
                self.found.push((form, path, print));
            }
            None if kind.is_file() && self.others.len() < limits::FILES => self.others.push(path),
            _ => {}
        }
        None
    }

    /// The path of `name` in `folder`; `None` for names that are skipped, some of them with a problem.
    fn path(&mut self, folder: &str, name: &OsStr) -> Option<String> {
        if name.as_encoded_bytes().starts_with(b".") {
            return None;
        }
        let Some(plain) = name.to_str() else {
            let place = Place::file(&join(folder, &name.to_string_lossy()));
            let text = "the name is not UTF-8 text, so it is not read";
            self.problems.push(Problem::error(place, text).help("rename it"));
            return None;
        };
        let path = join(folder, plain);
        if path.len() > limits::PATH {
            let place = Place::file(&path);
            self.problems.push(Problem::error(place, "the path is too long, so it is not read"));
            return None;
        }
        Some(path)
    }

    /// Whether the name is a regular file, or a link to one inside the library.
    fn is_file(&mut self, dir: &Dir, name: &str, path: &str, kind: FileType) -> bool {
        if kind.is_file() {
            return true;
        }
        let trouble = if kind.is_symlink() {
            match dir.metadata(name) {
                Ok(known) if known.is_file() => return true,
                Ok(_) => return false,
                Err(error) if error.kind() == std::io::ErrorKind::NotFound => "a link that leads nowhere",
                Err(error) if error.kind() == std::io::ErrorKind::PermissionDenied => {
                    "a link that leads out of the library, so not read"
                }
                Err(_) => "a link that cannot be followed, so not read",
            }
        } else {
            "a pipe, a socket or a device, so not read"
        };
        self.problems.push(Problem::error(Place::file(path), trouble));
        false
    }

    /// Whether the library holds more than is read; the first time, says so.
    fn is_full(&mut self) -> bool {
        let files = self.found.len();
        let full = files >= limits::FILES || self.names >= limits::NAMES;
        if full && !self.full {
            let (what, most) =
                if files >= limits::FILES { ("files", limits::FILES) } else { ("names", limits::NAMES) };
            let text = format!("more than {most} {what}; what comes after {files} files is not read");
            let help = "open a folder further down, or split the library";
            self.problems.push(Problem::error(Place::file("."), text).help(help));
        }
        self.full |= full;
        full
    }

    fn shipped(&mut self, root: &include_dir::Dir<'_>) {
        let mut waiting = vec![root.entries()];
        while let Some(entries) = waiting.pop() {
            for entry in entries {
                let path = entry.path().to_string_lossy().replace('\\', "/");
                match (entry.as_dir(), Form::of(&path)) {
                    (Some(dir), _) => waiting.push(dir.entries()),
                    (None, Some(form)) => self.found.push((form, path, Print::FIXED)),
                    (None, None) => self.others.push(path),
                }
            }
        }
    }
}

fn join(folder: &str, name: &str) -> String {
    if folder.is_empty() { name.to_owned() } else { format!("{folder}/{name}") }
}
