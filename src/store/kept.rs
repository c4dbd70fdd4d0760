//! A file of dossier's own that must survive anything: replaced whole, under a lock, with a copy of before.
//!
//! Every call to the system goes through [`Disk`], so that a test can make each of them fail in turn.

use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};
use std::thread;
use std::time::Duration;

/// How often the lock is asked for, and how long apart: another reader holds it for milliseconds.
const TRIES: u32 = 2500;
const APART: Duration = Duration::from_millis(2);
/// The longest file that is read back; a hundred thousand briefings need a tenth of it.
pub const LONGEST: u64 = 64 << 20;

/// The calls that keeping a file makes.
pub trait Disk {
    fn read(&self, path: &Path) -> io::Result<Vec<u8>> {
        let mut bytes = Vec::new();
        File::open(path)?.take(LONGEST + 1).read_to_end(&mut bytes)?;
        Ok(bytes)
    }

    /// Opens an empty file that only this user can read.
    fn create(&self, path: &Path) -> io::Result<File> {
        let mut options = OpenOptions::new();
        options.write(true).create(true).truncate(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        options.open(path)
    }

    fn write(&self, file: &mut File, bytes: &[u8]) -> io::Result<()> {
        file.write_all(bytes)
    }

    fn sync(&self, file: &File) -> io::Result<()> {
        file.sync_all()
    }

    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        fs::rename(from, to)
    }

    fn remove(&self, path: &Path) -> io::Result<()> {
        fs::remove_file(path)
    }

    /// A second name for a file, or a copy where files have one name only.
    fn link(&self, from: &Path, to: &Path) -> io::Result<()> {
        fs::hard_link(from, to).or_else(|_no_links| fs::copy(from, to).map(|_| ()))
    }

    /// Makes the names in a folder last. Windows does this by itself.
    fn sync_folder(&self, folder: &Path) -> io::Result<()> {
        if cfg!(windows) { Ok(()) } else { File::open(folder)?.sync_all() }
    }
}

/// The real disk.
pub struct System;

impl Disk for System {}

/// A file that no other dossier changes while this is held.
pub struct Kept<'a> {
    disk: &'a dyn Disk,
    file: &'a Path,
    folder: &'a Path,
    /// Held until dropped. `None` on a file system that has no locks.
    _lock: Option<File>,
}

impl<'a> Kept<'a> {
    /// Makes the folder where there is none, and waits a few seconds at most for another dossier to finish.
    pub fn hold(disk: &'a dyn Disk, file: &'a Path) -> io::Result<Self> {
        let folder = file.parent().ok_or(io::ErrorKind::NotFound)?;
        super::make(folder)?;
        let lock = disk.create(&file.with_extension("lock"))?;
        for _ in 0..TRIES {
            match lock.try_lock() {
                Ok(()) => return Ok(Self { disk, file, folder, _lock: Some(lock) }),
                Err(TryLockError::WouldBlock) => thread::sleep(APART),
                Err(TryLockError::Error(error)) if error.kind() == io::ErrorKind::Unsupported => {
                    return Ok(Self { disk, file, folder, _lock: None });
                }
                Err(TryLockError::Error(error)) => return Err(error),
            }
        }
        Err(io::Error::new(io::ErrorKind::WouldBlock, "another dossier holds the file"))
    }

    /// What is in it; `None` where there is no file.
    pub fn read(&self) -> io::Result<Option<Vec<u8>>> {
        read(self.disk, self.file)
    }

    /// Puts `bytes` in its place, whole or not at all, and keeps what was there as the copy of before.
    pub fn write(&self, bytes: &[u8]) -> io::Result<()> {
        let beside = self.file.with_extension("new");
        let placed = self.place(&beside, bytes);
        if placed.is_err() {
            let _gone = self.disk.remove(&beside);
        }
        placed?;
        self.disk.sync_folder(self.folder)
    }

    fn place(&self, beside: &Path, bytes: &[u8]) -> io::Result<()> {
        let mut file = self.disk.create(beside)?;
        self.disk.write(&mut file, bytes)?;
        self.disk.sync(&file)?;
        drop(file);
        if self.file.exists() {
            let before = before(self.file);
            // Without a copy of before the file is whole all the same.
            let _none = self.disk.remove(&before);
            let _none = self.disk.link(self.file, &before);
        }
        self.disk.rename(beside, self.file)
    }

    /// Gives the file another name, under which nothing is ever overwritten, and says which.
    pub fn set_aside(&self, word: &str) -> io::Result<PathBuf> {
        let free =
            (1..=9999).map(|n| self.file.with_extension(format!("{word}-{n}"))).find(|it| !it.exists());
        let aside = free.ok_or(io::ErrorKind::AlreadyExists)?;
        self.disk.rename(self.file, &aside)?;
        Ok(aside)
    }
}

/// Where the copy of before is.
pub fn before(file: &Path) -> PathBuf {
    file.with_extension("before")
}

/// What is in a file; `None` where there is none.
pub fn read(disk: &dyn Disk, file: &Path) -> io::Result<Option<Vec<u8>>> {
    match disk.read(file) {
        Ok(bytes) => Ok(Some(bytes)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error),
    }
}
