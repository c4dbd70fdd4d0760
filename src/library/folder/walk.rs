//! The files of a library, in order: hidden names and build folders skipped, links to folders not followed.

use std::ffi::OsStr;
use std::path::Path;

use cap_std::fs::{Dir, DirEntry, FileType};

use super::{Inner, Root, SHIPPED, limits, said};
use crate::library::problem::{Place, Problem};

/// Folders that hold no one's briefings.
const SKIPPED: [&str; 2] = ["node_modules", "target"];

/// What a walk found. Paths are from the root, `/` between their parts, sorted.
#[derive(Debug, Default)]
pub struct Walk {
    /// The root is the one without a name.
    pub folders: Vec<String>,
    pub markdown: Vec<String>,
    pub yaml: Vec<String>,
    /// All other files, to which links may lead: pictures, PDFs.
    pub others: Vec<String>,
    pub problems: Vec<Problem>,
    names: usize,
    full: bool,
}

/// What a file is to the library, by the end of its name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
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

impl Root {
    /// Every Markdown and YAML file below the root.
    pub fn walk(&self) -> Walk {
        let mut walk = Walk::default();
        match &self.0 {
            Inner::Nowhere => {}
            Inner::Folder { dir, .. } => walk.folders(dir),
            Inner::File { name, .. } => walk.markdown.push(name.clone()),
            Inner::Text(_) => walk.markdown.push(String::new()),
            Inner::Shipped => walk.shipped(&SHIPPED),
        }
        walk.markdown.sort_unstable();
        walk.yaml.sort_unstable();
        walk.others.sort_unstable();
        walk
    }
}

impl Walk {
    /// Walks without recursion: the folders still to read wait in a list.
    fn folders(&mut self, root: &Dir) {
        let mut waiting = vec![(String::new(), 0)];
        while let Some((folder, depth)) = waiting.pop() {
            self.folders.push(folder.clone());
            let opened = if folder.is_empty() { root.try_clone() } else { root.open_dir(&folder) };
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
            let mut entries: Vec<DirEntry> = entries.filter_map(Result::ok).take(limits::NAMES).collect();
            entries.sort_by_key(DirEntry::file_name);
            let mut below = Vec::new();
            for entry in &entries {
                if self.is_full() {
                    return;
                }
                if let Some(path) = self.entry(&dir, &folder, entry) {
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
    fn entry(&mut self, dir: &Dir, folder: &str, entry: &DirEntry) -> Option<String> {
        self.names += 1;
        let name = entry.file_name();
        let path = self.path(folder, &name)?;
        let name = name.to_str()?;
        let kind = entry.file_type().ok()?;
        if kind.is_dir() {
            return (!SKIPPED.contains(&name)).then_some(path);
        }
        match Form::of(name) {
            Some(form) if self.is_file(dir, name, &path, kind) => self.add(form, path),
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

    fn add(&mut self, form: Form, path: String) {
        match form {
            Form::Markdown => self.markdown.push(path),
            Form::Yaml => self.yaml.push(path),
        }
    }

    /// Whether the library holds more than is read; the first time, says so.
    fn is_full(&mut self) -> bool {
        let files = self.markdown.len() + self.yaml.len();
        let full = files >= limits::FILES || self.names >= limits::NAMES;
        if full && !self.full {
            let text = format!("more than {} files; what comes after {files} is not read", limits::FILES);
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
                    (None, Some(form)) => self.add(form, path),
                    (None, None) => self.others.push(path),
                }
            }
        }
    }
}

fn join(folder: &str, name: &str) -> String {
    if folder.is_empty() { name.to_owned() } else { format!("{folder}/{name}") }
}
