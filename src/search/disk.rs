//! Where the index lies: files of blocks that are each verified when they are read.
//!
//! Nothing is mapped into memory, since a mapped file that shrinks kills the process; no byte that was
//! not verified reaches the engine, so a damaged index is an error and never a wrong answer. A file is verified with
//! its name: one that took the place of another is as good as damaged.

mod blocks;

use std::collections::HashMap;
use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError, Weak};
use std::thread;
use std::time::Duration;

use tantivy::directory::error::{DeleteError, LockError, OpenReadError, OpenWriteError};
use tantivy::directory::{
    Directory, DirectoryLock, FileHandle, Lock, TerminatingWrite, WatchCallback, WatchHandle, WritePtr,
};

use blocks::Writer;
pub(super) use blocks::{BLOCK, Blocks};

/// A lock that others hold only for moments is waited for at most this often, a few milliseconds each time.
const PATIENCE: usize = 250;

/// A folder of index files. Its locks lie apart, so that the folder can be set aside under them.
#[derive(Clone, Debug)]
pub(super) struct Disk {
    folder: Arc<Path>,
    locks: Arc<Path>,
    /// The files that are open. None is ever written twice, so whoever asks again gets the same.
    open: Arc<Mutex<HashMap<PathBuf, Weak<Blocks>>>>,
}

impl Disk {
    pub fn new(folder: &Path, locks: &Path) -> Self {
        Self { folder: folder.into(), locks: locks.into(), open: Arc::default() }
    }

    /// Writes a file of blocks in place of another: whole or not at all.
    pub fn replace(&self, path: &Path, data: &[u8]) -> io::Result<()> {
        let file = tempfile::Builder::new().prefix(".tmp").tempfile_in(&self.folder)?;
        let mut writer = Writer::new(file.as_file().try_clone()?, path);
        writer.write_all(data)?;
        writer.terminate()?;
        file.persist(self.at(path)).map_err(|error| error.error)?;
        Ok(())
    }

    /// Opens a file of blocks.
    pub fn blocks(&self, path: &Path) -> io::Result<Blocks> {
        Blocks::open(&self.at(path), path)
    }

    fn at(&self, path: &Path) -> PathBuf {
        self.folder.join(path)
    }
}

impl Directory for Disk {
    fn get_file_handle(&self, path: &Path) -> Result<Arc<dyn FileHandle>, OpenReadError> {
        let mut open = self.open.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(blocks) = open.get(path).and_then(Weak::upgrade) {
            return Ok(blocks);
        }
        let blocks = Blocks::open(&self.at(path), path).map_err(|error| unreadable(error, path))?;
        let blocks = Arc::new(blocks);
        open.retain(|_, it| it.strong_count() > 0);
        open.insert(path.to_owned(), Arc::downgrade(&blocks));
        Ok(blocks)
    }

    fn delete(&self, path: &Path) -> Result<(), DeleteError> {
        fs::remove_file(self.at(path)).map_err(|error| match error.kind() {
            io::ErrorKind::NotFound => DeleteError::FileDoesNotExist(path.to_owned()),
            _ => DeleteError::IoError { io_error: Arc::new(error), filepath: path.to_owned() },
        })
    }

    fn exists(&self, path: &Path) -> Result<bool, OpenReadError> {
        self.at(path).try_exists().map_err(|error| unreadable(error, path))
    }

    fn open_write(&self, path: &Path) -> Result<WritePtr, OpenWriteError> {
        let created = private(OpenOptions::new().write(true).create_new(true)).open(self.at(path));
        match created {
            Ok(file) => Ok(BufWriter::new(Box::new(Writer::new(file, path)))),
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {
                Err(OpenWriteError::FileAlreadyExists(path.to_owned()))
            }
            Err(error) => Err(OpenWriteError::wrap_io_error(error, path.to_owned())),
        }
    }

    fn atomic_read(&self, path: &Path) -> Result<Vec<u8>, OpenReadError> {
        let mut bytes = fs::read(self.at(path)).map_err(|error| unreadable(error, path))?;
        let data = bytes.len().saturating_sub(4);
        let sum = bytes.split_off(data);
        if sum != crc32fast::hash(&bytes).to_le_bytes() {
            return Err(unreadable(damaged(), path));
        }
        Ok(bytes)
    }

    fn atomic_write(&self, path: &Path, data: &[u8]) -> io::Result<()> {
        let mut file = tempfile::Builder::new().prefix(".tmp").tempfile_in(&self.folder)?;
        file.write_all(data)?;
        file.write_all(&crc32fast::hash(data).to_le_bytes())?;
        file.persist(self.at(path)).map_err(|error| error.error)?;
        Ok(())
    }

    /// Not waited for: what a power cut damages is found out when it is read, and built again.
    fn sync_directory(&self) -> io::Result<()> {
        Ok(())
    }

    /// Locks belong to the process and end with it, however it ends.
    fn acquire_lock(&self, lock: &Lock) -> Result<DirectoryLock, LockError> {
        let trouble = |error: io::Error| LockError::IoError(Arc::new(error));
        let file = lock_file(&self.locks.join(&lock.filepath)).map_err(trouble)?;
        for _ in 0..if lock.is_blocking { PATIENCE } else { 1 } {
            match file.try_lock() {
                Ok(()) => return Ok(DirectoryLock::from(Box::new(file))),
                Err(TryLockError::WouldBlock) if lock.is_blocking => thread::sleep(Duration::from_millis(4)),
                Err(TryLockError::WouldBlock) => break,
                Err(TryLockError::Error(error)) => return Err(trouble(error)),
            }
        }
        Err(LockError::LockBusy)
    }

    fn watch(&self, _: WatchCallback) -> tantivy::Result<WatchHandle> {
        Ok(WatchHandle::empty())
    }
}

/// The file that a lock is on.
pub(super) fn lock_file(path: &Path) -> io::Result<File> {
    private(OpenOptions::new().write(true).create(true).truncate(false)).open(path)
}

/// For this user alone.
fn private(options: &mut OpenOptions) -> &mut OpenOptions {
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(options, 0o600);
    options
}

fn unreadable(error: io::Error, path: &Path) -> OpenReadError {
    match error.kind() {
        io::ErrorKind::NotFound => OpenReadError::FileDoesNotExist(path.to_owned()),
        _ => OpenReadError::wrap_io_error(error, path.to_owned()),
    }
}

fn damaged() -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, "the search index is damaged")
}

#[cfg(test)]
mod tests;
