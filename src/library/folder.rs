//! A root that nothing escapes: the only toucher of a library's files. It never writes.
//!
//! Paths are opened from a directory handle, so `..`, absolute paths and links that lead out fail in the
//! system call and not in a comparison of strings. What is no regular file is refused before it is opened.

mod stamps;
mod walk;

use std::borrow::Cow;
use std::fmt;
use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::time::UNIX_EPOCH;

use cap_fs_ext::OpenOptionsSyncExt;
use cap_std::ambient_authority;
use cap_std::fs::{Dir, Metadata, OpenOptions};

use super::limits;
use super::problem::{Place, Problem};
use crate::text::Text;

pub use stamps::{Stamped, Stamps};
pub use walk::{Print, Walk, is_read, is_skipped};

/// The library that is part of the program.
static SHIPPED: include_dir::Dir<'static> = include_dir::include_dir!("$CARGO_MANIFEST_DIR/briefings");

/// Where a library's files are.
#[derive(Default)]
pub struct Root(Inner);

#[derive(Default)]
enum Inner {
    #[default]
    Nowhere,
    Folder {
        dir: Dir,
        path: PathBuf,
    },
    /// One file; the folder around it is not the library's and is not read.
    File {
        dir: Dir,
        name: String,
        path: PathBuf,
    },
    /// A text that came by standard input.
    Text(String),
    Shipped,
}

/// How much of a file is wanted.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Reads {
    /// All of it or nothing. It is looked at before it is opened.
    Whole,
    /// The start of a file that the walk has just looked at.
    Start,
}

/// What was read of a file.
#[derive(Debug)]
pub struct Bytes<'a> {
    pub bytes: Cow<'a, [u8]>,
    /// Of the whole file, of which `bytes` may be the start.
    pub size: u64,
    /// When the file was last changed, in nanoseconds since 1970; 0 where that is not known.
    pub modified: u64,
}

impl Root {
    /// A folder, or a single Markdown file.
    pub fn open(path: &Path) -> Result<Self, Problem> {
        let shown = path.to_string_lossy();
        let fail = |error: &io::Error| {
            Problem::error(Place::file(&shown), said(error)).help("name a folder or a Markdown file")
        };
        let known = std::fs::metadata(path).map_err(|error| fail(&error))?;
        // Windows writes canonical paths in a form that editors do not take.
        let path = if cfg!(windows) { std::path::absolute(path) } else { path.canonicalize() };
        let path = path.map_err(|error| fail(&error))?;
        if known.is_dir() {
            let dir = Dir::open_ambient_dir(&path, ambient_authority()).map_err(|error| fail(&error))?;
            return Ok(Self(Inner::Folder { dir, path }));
        }
        if !known.is_file() {
            return Err(Problem::error(Place::file(&shown), "neither a folder nor a file")
                .help("name a folder or a Markdown file"));
        }
        let plain = path.extension().is_none_or(|end| end.eq_ignore_ascii_case("txt"));
        if !plain && !walk::is_markdown(&path) {
            return Err(Problem::error(Place::file(&shown), "not a Markdown file")
                .help("name a folder, or a file whose name ends in .md"));
        }
        let name = path.file_name().and_then(|name| name.to_str()).map(str::to_owned);
        let (Some(name), Some(parent)) = (name, path.parent()) else {
            return Err(Problem::error(Place::file(&shown), "its name is not readable text"));
        };
        let dir = Dir::open_ambient_dir(parent, ambient_authority()).map_err(|error| fail(&error))?;
        Ok(Self(Inner::File { dir, name, path }))
    }

    /// A text that has no file.
    pub fn stdin(text: String) -> Self {
        Self(Inner::Text(text))
    }

    /// The library shipped in the program.
    pub fn shipped() -> Self {
        Self(Inner::Shipped)
    }

    /// What to call it where its title is not known.
    pub fn label(&self) -> Text {
        match &self.0 {
            Inner::Nowhere => Text::default(),
            Inner::Folder { path, .. } | Inner::File { path, .. } => {
                let name = path.file_name().unwrap_or(path.as_os_str());
                Text::line(&name.to_string_lossy())
            }
            Inner::Text(_) => Text::line("standard input"),
            Inner::Shipped => Text::line("the shipped library"),
        }
    }

    /// Where `file` is on disk, for an editor; `None` where it has no file.
    pub fn path(&self, file: &str) -> Option<PathBuf> {
        match &self.0 {
            Inner::Folder { path, .. } => {
                Some(file.split('/').fold(path.clone(), |path, part| path.join(part)))
            }
            Inner::File { path, .. } => Some(path.clone()),
            _ => None,
        }
    }

    /// Whether this is the library shipped in the program.
    pub fn is_shipped(&self) -> bool {
        matches!(self.0, Inner::Shipped)
    }

    /// Whether all there is is one text: a file or standard input.
    pub fn is_single(&self) -> bool {
        matches!(self.0, Inner::File { .. } | Inner::Text(_))
    }

    /// The whole of `file`, if it is no longer than `limit`.
    pub fn whole(&self, file: &str, limit: u64) -> Result<Bytes<'_>, Problem> {
        let read = self.read(file, limit + 1, Reads::Whole)?;
        if read.size > limit || read.bytes.len() as u64 > limit {
            return Err(Problem::error(Place::file(file), format!("longer than {} MB", limit >> 20))
                .help("split it into smaller files"));
        }
        Ok(read)
    }

    /// The first `length` bytes of `file`, which the walk named.
    pub fn head(&self, file: &str, length: usize) -> Result<Bytes<'_>, Problem> {
        self.read(file, length as u64, Reads::Start)
    }

    fn read(&self, file: &str, most: u64, reads: Reads) -> Result<Bytes<'_>, Problem> {
        let fail = |error: io::Error| Problem::error(Place::file(file), said(&error));
        let opened = match &self.0 {
            Inner::Nowhere => return Err(fail(io::ErrorKind::NotFound.into())),
            Inner::Text(text) => return Ok(held(text.as_bytes(), most)),
            Inner::Shipped => {
                let found = SHIPPED.get_file(file).ok_or_else(|| fail(io::ErrorKind::NotFound.into()))?;
                return Ok(held(found.contents(), most));
            }
            Inner::Folder { dir, .. } => open(dir, file, reads),
            Inner::File { dir, name, .. } if name == file => open(dir, file, reads),
            Inner::File { .. } => Err(io::ErrorKind::NotFound.into()),
        };
        let (mut opened, size, modified) = opened.map_err(fail)?;
        // What is known to be too long need not be read to be refused.
        let most = if reads == Reads::Whole && size >= most { 0 } else { most };
        let expected = usize::try_from(size.min(most)).unwrap_or_default();
        let mut bytes = Vec::with_capacity(expected + 1);
        opened.by_ref().take(expected as u64).read_to_end(&mut bytes).map_err(fail)?;
        // Some file systems know no sizes; a file that grew meanwhile is read as it was, and again when that is seen.
        if expected == 0 {
            opened.take(most).read_to_end(&mut bytes).map_err(fail)?;
        }
        Ok(Bytes { bytes: Cow::Owned(bytes), size, modified })
    }
}

impl fmt::Debug for Root {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Root").field(&self.label()).finish()
    }
}

/// The start of bytes that are in memory already.
fn held(bytes: &[u8], most: u64) -> Bytes<'_> {
    let length = usize::try_from(most).map_or(bytes.len(), |most| most.min(bytes.len()));
    Bytes {
        bytes: Cow::Borrowed(bytes.get(..length).unwrap_or(bytes)),
        size: bytes.len() as u64,
        modified: 0,
    }
}

/// Opens a regular file without waiting, with its size and the time of its last change.
fn open(dir: &Dir, file: &str, reads: Reads) -> io::Result<(File, u64, u64)> {
    let refused = || io::Error::new(io::ErrorKind::InvalidInput, "not a regular file");
    if reads == Reads::Whole && !dir.metadata(file)?.is_file() {
        return Err(refused());
    }
    let opened = dir.open_with(file, OpenOptions::new().read(true).nonblock(true))?;
    let known = opened.metadata()?;
    if !known.is_file() {
        return Err(refused());
    }
    // once open it is like any other file, and that of `std` is read without filling the room with zeros first
    Ok((opened.into_std(), known.len(), modified(&known)))
}

/// When it was last changed, in nanoseconds since 1970; 0 where that is not known.
fn modified(known: &Metadata) -> u64 {
    let age = known.modified().ok().and_then(|time| time.into_std().duration_since(UNIX_EPOCH).ok());
    age.and_then(|age| u64::try_from(age.as_nanos()).ok()).unwrap_or_default()
}

/// What went wrong, in plain words.
fn said(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::NotFound => "no such file or folder".to_owned(),
        io::ErrorKind::PermissionDenied => {
            "may not be read: permission is missing, or it leads out of the library".to_owned()
        }
        io::ErrorKind::InvalidInput => "not a regular file, so not read".to_owned(),
        _ => format!("cannot be read ({error})"),
    }
}
