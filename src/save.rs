//! A text into a file the reader named: written whole or not at all, and over another only when told to.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use crate::text::Text;

/// Why a file was not written.
#[derive(Debug, PartialEq, Eq)]
pub enum Unsaved {
    /// It exists, and nobody said that it may be overwritten.
    Exists,
    /// What the system says.
    Failed(Text),
}

impl From<io::Error> for Unsaved {
    fn from(error: io::Error) -> Self {
        match error.kind() {
            io::ErrorKind::AlreadyExists => Self::Exists,
            io::ErrorKind::NotFound => Self::Failed(Text::line("there is no such folder")),
            io::ErrorKind::PermissionDenied => Self::Failed(Text::line("writing is not allowed there")),
            _ => Self::Failed(Text::line(&error.to_string())),
        }
    }
}

/// Writes `text` to `path`; with `overwrite` also where a file is.
///
/// A regular file appears complete under its name or not at all. A device or a pipe, such as
/// `/dev/null`, is written into and never replaced.
pub fn write(path: &Path, text: &str, overwrite: bool) -> Result<(), Unsaved> {
    match fs::metadata(path) {
        Ok(known) if known.is_dir() => Err(Unsaved::Failed(Text::line("it is a folder"))),
        Ok(known) if known.is_file() && !overwrite => Err(Unsaved::Exists),
        // Where a link stands, what it leads to is the file that was named.
        Ok(known) if known.is_file() => place(&fs::canonicalize(path)?, text, true),
        Ok(_) => Ok(OpenOptions::new().write(true).open(path)?.write_all(text.as_bytes())?),
        Err(error) if error.kind() == io::ErrorKind::NotFound => place(path, text, overwrite),
        Err(error) => Err(error.into()),
    }
}

/// Writes a file beside `path` and gives it its name when all is in it.
fn place(path: &Path, text: &str, overwrite: bool) -> Result<(), Unsaved> {
    let mut beside = beside(folder(path))?;
    beside.write_all(text.as_bytes())?;
    beside.as_file().sync_all()?;
    let named = if overwrite { beside.persist(path) } else { beside.persist_noclobber(path) };
    let _: File = named.map_err(|error| error.error)?;
    Ok(())
}

fn folder(path: &Path) -> PathBuf {
    match path.parent() {
        Some(parent) if !parent.as_os_str().is_empty() => parent.to_owned(),
        _ => PathBuf::from("."),
    }
}

/// An empty file in `folder` that may be read by whom the reader's other files may be read.
fn beside(folder: PathBuf) -> io::Result<tempfile::NamedTempFile> {
    let mut builder = tempfile::Builder::new();
    builder.prefix(".dossier-");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        // What the reader's own mask leaves of it, as for any file they make.
        builder.permissions(fs::Permissions::from_mode(0o666));
    }
    builder.tempfile_in(folder)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_written_once_and_then_only_when_told_to() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.txt");
        assert_eq!(write(&path, "one\n", false), Ok(()));
        assert_eq!(write(&path, "two\n", false), Err(Unsaved::Exists));
        assert_eq!(fs::read_to_string(&path).unwrap(), "one\n");
        assert_eq!(write(&path, "two\n", true), Ok(()));
        assert_eq!(fs::read_to_string(&path).unwrap(), "two\n");
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
    }

    #[test]
    fn a_folder_is_never_replaced_and_a_missing_one_is_named() {
        let folder = tempfile::tempdir().unwrap();
        let said = |path: &Path| match write(path, "x", true) {
            Err(Unsaved::Failed(text)) => text.to_string(),
            other => panic!("{other:?}"),
        };
        assert_eq!(said(folder.path()), "it is a folder");
        assert_eq!(said(&folder.path().join("no/file")), "there is no such folder");
    }

    #[cfg(unix)]
    #[test]
    fn a_device_stays_and_a_link_keeps_leading_where_it_led() {
        assert_eq!(write(Path::new("/dev/null"), "x", true), Ok(()));
        assert!(!fs::metadata("/dev/null").unwrap().is_file());
        let folder = tempfile::tempdir().unwrap();
        let (file, link) = (folder.path().join("file"), folder.path().join("link"));
        fs::write(&file, "old").unwrap();
        std::os::unix::fs::symlink(&file, &link).unwrap();
        assert_eq!(write(&link, "new", true), Ok(()));
        assert_eq!(fs::read_to_string(&file).unwrap(), "new");
        assert!(fs::symlink_metadata(&link).unwrap().is_symlink());
    }
}
