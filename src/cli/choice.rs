//! Which library a command reads, and how its files are named to whoever typed it.
//!
//! `-L`, then `DOSSIER_LIBRARY`, then the configuration file, then `./` with an index, `./briefings`, `./` with Markdown,
//! then the shipped one.

use std::env;
use std::ffi::OsStr;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use crate::cli::{Stop, config};
use crate::library::folder::Root;
use crate::library::{self, Library};
use crate::store;
use crate::text::Text;

/// The most that is read from standard input: as much as of any one file.
const STDIN: u64 = 64 << 20;

/// Where a library is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Choice {
    /// A folder or one Markdown file.
    Path(PathBuf),
    Stdin,
    Shipped,
}

impl Choice {
    /// The library that `named` names, or the one that nobody needs to name.
    pub fn new(named: Option<&Path>) -> Result<Self, Stop> {
        let meant = Self::meant(named)?;
        Ok(meant.unwrap_or_else(|| Self::lying(Path::new("."))))
    }

    /// The library that somebody named or made: not that of a folder in which Markdown happens to lie.
    pub fn meant(named: Option<&Path>) -> Result<Option<Self>, Stop> {
        if let Some(path) = named {
            return Ok(Some(Self::of(path)));
        }
        if let Some(path) = env::var_os("DOSSIER_LIBRARY").filter(|it| !it.is_empty()) {
            return Ok(Some(Self::of(Path::new(&path))));
        }
        let library = config::config()?.library;
        Ok(library.map(|path| Self::of(&path)).or_else(|| Self::made(Path::new("."))))
    }

    /// The library that was made in the folder one stands in.
    fn made(folder: &Path) -> Option<Self> {
        let briefings = folder.join("briefings");
        let indexed = folder.join("index.yaml").is_file().then(|| folder.to_owned());
        indexed.or_else(|| briefings.is_dir().then_some(briefings)).map(Self::Path)
    }

    /// The Markdown that lies in the folder one stands in, else the library built in.
    fn lying(folder: &Path) -> Self {
        // A note that lies in the home folder does not make a library of all that is below.
        if holds_markdown(folder) && !is_home(folder) { Self::Path(folder.to_owned()) } else { Self::Shipped }
    }

    /// What a word names: `-` is standard input, anything else a path.
    pub fn of(path: &Path) -> Self {
        if path.as_os_str() == "-" { Self::Stdin } else { Self::Path(path.to_owned()) }
    }

    pub fn is_shipped(&self) -> bool {
        *self == Self::Shipped
    }

    /// Opens it; a library that cannot be read stops the command.
    pub fn open(&self) -> Result<Root, Stop> {
        match self {
            Self::Path(path) => Root::open(path).map_err(|problem| Stop::usage(problem.to_string())),
            Self::Stdin => Ok(Root::stdin(stdin()?)),
            Self::Shipped => Ok(Root::shipped()),
        }
    }

    pub fn load(&self) -> Result<Library, Stop> {
        let root = self.open()?;
        let cache = store::cache(&root);
        Ok(library::open(root, cache.as_deref()))
    }

    /// The path of `file` from the root of this library, if it is a folder that holds it.
    pub fn inside(&self, file: &Path) -> Option<String> {
        let Self::Path(folder) = self else { return None };
        let (folder, file) = (folder.canonicalize().ok()?, file.canonicalize().ok()?);
        let parts = file.strip_prefix(folder).ok()?.iter().map(OsStr::to_str);
        let parts: Option<Vec<&str>> = parts.collect();
        parts.map(|it| it.join("/")).filter(|it| !it.is_empty())
    }

    /// Whether it can be read at all, which is to be known before the reader takes the screen.
    pub fn probe(&self) -> Result<(), Stop> {
        match self {
            Self::Path(_) => self.open().map(|_| ()),
            Self::Stdin | Self::Shipped => Ok(()),
        }
    }

    /// What opens the library as often as the reader asks; standard input is read here, once.
    pub fn loader(self) -> Result<impl FnMut() -> Result<Root, Text> + Send + 'static, Stop> {
        let text = if self == Self::Stdin { stdin()? } else { String::new() };
        Ok(move || match &self {
            Self::Path(path) => Root::open(path).map_err(|problem| problem.to_string().into()),
            Self::Stdin => Ok(Root::stdin(text.clone())),
            Self::Shipped => Ok(Root::shipped()),
        })
    }

    /// `file` of this library as it can be opened from here, for messages that editors jump to.
    pub fn shown(&self, file: &str) -> Text {
        match self {
            Self::Path(path) if path.is_dir() && path != Path::new(".") => {
                Text::line(&path.join(file).to_string_lossy())
            }
            Self::Path(path) if path.is_file() => Text::line(&path.to_string_lossy()),
            _ => Text::line(file),
        }
    }
}

/// Whether a Markdown file stands right in this folder.
fn holds_markdown(folder: &Path) -> bool {
    let Ok(entries) = folder.read_dir() else { return false };
    entries.flatten().map(|it| it.path()).any(|path| is_markdown(&path) && path.is_file())
}

/// Whether a file is named as Markdown is.
pub fn is_markdown(path: &Path) -> bool {
    let ending = path.extension();
    ending.is_some_and(|it| it.eq_ignore_ascii_case("md") || it.eq_ignore_ascii_case("markdown"))
}

fn is_home(folder: &Path) -> bool {
    let home = env::home_dir().and_then(|home| home.canonicalize().ok());
    home.is_some() && home == folder.canonicalize().ok()
}

fn stdin() -> Result<String, Stop> {
    let mut bytes = Vec::new();
    io::stdin()
        .lock()
        .take(STDIN + 1)
        .read_to_end(&mut bytes)
        .map_err(|error| Stop::usage(Text::line(&format!("standard input: {error}"))))?;
    if bytes.len() as u64 > STDIN {
        return Err(Stop::usage(format!("standard input: longer than {} MB", STDIN >> 20)));
    }
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;

    #[test]
    fn a_folder_with_an_index_comes_before_its_briefings_then_its_markdown_then_the_shipped_library() {
        let folder = tempfile::tempdir().unwrap();
        let here = folder.path();
        let found = || Choice::made(here).unwrap_or_else(|| Choice::lying(here));
        assert_eq!(found(), Choice::Shipped);
        fs::create_dir(here.join("old.md")).unwrap();
        assert_eq!(found(), Choice::Shipped);
        fs::write(here.join("Letter.MD"), "").unwrap();
        assert_eq!(found(), Choice::Path(here.to_owned()));
        fs::create_dir(here.join("briefings")).unwrap();
        assert_eq!(found(), Choice::Path(here.join("briefings")));
        fs::write(here.join("index.yaml"), "").unwrap();
        assert_eq!(found(), Choice::Path(here.to_owned()));
    }

    #[test]
    fn a_files_name_is_shown_from_where_one_stands() {
        assert_eq!(Choice::Path(".".into()).shown("a.md"), "a.md");
        assert_eq!(Choice::Shipped.shown("a.md"), "a.md");
        assert_eq!(
            Choice::Path("src".into()).shown("cli/x.md"),
            Path::new("src").join("cli/x.md").to_str().unwrap()
        );
    }
}
