//! Where the index lies: files of blocks that are each verified when they are read.
//!
//! Nothing is mapped into memory, since a mapped file that shrinks kills the process; no byte that was
//! not verified reaches the engine, so a damaged index is an error and never a wrong answer. A file is verified with
//! its name: one that took the place of another is as good as damaged.

use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{self, BufWriter, Write};
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::thread;
use std::time::Duration;

use crc32fast::Hasher;
use tantivy::HasLen;
use tantivy::directory::error::{DeleteError, LockError, OpenReadError, OpenWriteError};
use tantivy::directory::{
    AntiCallToken, Directory, DirectoryLock, FileHandle, Lock, OwnedBytes, TerminatingWrite, WatchCallback,
    WatchHandle, WritePtr,
};

/// Bytes that are verified together.
const BLOCK: usize = 4096;
/// Ends every file of blocks.
const MAGIC: &[u8; 8] = b"dossier2";
/// The length of the data, the sum of the sums, and [`MAGIC`].
const TAIL: usize = 8 + 4 + 8;
/// A lock that others hold only for moments is waited for at most this often, a few milliseconds each time.
const PATIENCE: usize = 250;

/// A folder of index files. Its locks lie apart, so that the folder can be set aside under them.
#[derive(Clone, Debug)]
pub(super) struct Disk {
    folder: Arc<Path>,
    locks: Arc<Path>,
}

impl Disk {
    pub fn new(folder: &Path, locks: &Path) -> Self {
        Self { folder: folder.into(), locks: locks.into() }
    }

    fn at(&self, path: &Path) -> PathBuf {
        self.folder.join(path)
    }
}

impl Directory for Disk {
    fn get_file_handle(&self, path: &Path) -> Result<Arc<dyn FileHandle>, OpenReadError> {
        match Blocks::open(&self.at(path), path) {
            Ok(blocks) => Ok(Arc::new(blocks)),
            Err(error) => Err(unreadable(error, path)),
        }
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

/// A file of blocks, being read.
#[derive(Debug)]
struct Blocks {
    file: File,
    length: usize,
    /// Of each block, in order.
    sums: Vec<u32>,
}

impl Blocks {
    fn open(path: &Path, name: &Path) -> io::Result<Self> {
        let file = File::open(path)?;
        let size = usize::try_from(file.metadata()?.len()).map_err(|_error| damaged())?;
        let start = size.checked_sub(TAIL).ok_or_else(damaged)?;
        let tail = read_at(&file, start..size)?;
        let (numbers, magic) = tail.split_at(TAIL - MAGIC.len());
        let (length, sum) = numbers.split_at(8);
        let length = u64::from_le_bytes(length.try_into().map_err(|_error| damaged())?);
        let length = usize::try_from(length).map_err(|_error| damaged())?;
        let table = length.div_ceil(BLOCK).checked_mul(4).ok_or_else(damaged)?;
        if magic != MAGIC || length.checked_add(table) != Some(start) {
            return Err(damaged());
        }
        let table = read_at(&file, length..start)?;
        if sum != sum_of_sums(&table, length, name).to_le_bytes() {
            return Err(damaged());
        }
        let sums = table.as_chunks().0.iter().map(|sum| u32::from_le_bytes(*sum)).collect();
        Ok(Self { file, length, sums })
    }
}

impl HasLen for Blocks {
    fn len(&self) -> usize {
        self.length
    }
}

impl FileHandle for Blocks {
    fn read_bytes(&self, range: Range<usize>) -> io::Result<OwnedBytes> {
        if range.is_empty() {
            return Ok(OwnedBytes::empty());
        }
        if range.end > self.length {
            return Err(damaged());
        }
        let first = range.start / BLOCK;
        let start = first * BLOCK;
        let end = range.end.next_multiple_of(BLOCK).min(self.length);
        let bytes = read_at(&self.file, start..end)?;
        let sums = self.sums.get(first..).unwrap_or_default();
        if bytes.chunks(BLOCK).zip(sums).any(|(block, sum)| crc32fast::hash(block) != *sum) {
            return Err(damaged());
        }
        Ok(OwnedBytes::new(bytes).slice(range.start - start..range.end - start))
    }
}

/// A sum over the table of sums, the length it is for, and the name of the file.
fn sum_of_sums(table: &[u8], length: usize, name: &Path) -> u32 {
    let mut hasher = Hasher::new();
    hasher.update(name.as_os_str().as_encoded_bytes());
    hasher.update(table);
    hasher.update(&(length as u64).to_le_bytes());
    hasher.finalize()
}

/// The bytes of `range`; an error if the file ends before it does.
fn read_at(file: &File, range: Range<usize>) -> io::Result<Vec<u8>> {
    let mut bytes = vec![0; range.len()];
    #[cfg(unix)]
    std::os::unix::fs::FileExt::read_exact_at(file, &mut bytes, range.start as u64)?;
    #[cfg(windows)]
    {
        let mut done = 0;
        while let Some(rest) = bytes.get_mut(done..).filter(|rest| !rest.is_empty()) {
            match std::os::windows::fs::FileExt::seek_read(file, rest, (range.start + done) as u64)? {
                0 => return Err(io::ErrorKind::UnexpectedEof.into()),
                read => done += read,
            }
        }
    }
    Ok(bytes)
}

/// A file of blocks, being written.
struct Writer {
    file: File,
    name: PathBuf,
    length: usize,
    sums: Vec<u8>,
    /// Of the block that is not full yet.
    hasher: Hasher,
}

impl Writer {
    fn new(file: File, name: &Path) -> Self {
        Self { file, name: name.to_owned(), length: 0, sums: Vec::new(), hasher: Hasher::new() }
    }

    fn end_block(&mut self) {
        let hasher = std::mem::take(&mut self.hasher);
        self.sums.extend(hasher.finalize().to_le_bytes());
    }
}

impl Write for Writer {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let written = self.file.write(bytes)?;
        let mut rest = bytes.get(..written).unwrap_or_default();
        while !rest.is_empty() {
            let room = BLOCK - self.length % BLOCK;
            let (here, after) = rest.split_at(room.min(rest.len()));
            self.hasher.update(here);
            self.length += here.len();
            if here.len() == room {
                self.end_block();
            }
            rest = after;
        }
        Ok(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.flush()
    }
}

impl TerminatingWrite for Writer {
    fn terminate_ref(&mut self, _: AntiCallToken) -> io::Result<()> {
        if !self.length.is_multiple_of(BLOCK) {
            self.end_block();
        }
        let sum = sum_of_sums(&self.sums, self.length, &self.name);
        self.file.write_all(&self.sums)?;
        self.file.write_all(&(self.length as u64).to_le_bytes())?;
        self.file.write_all(&sum.to_le_bytes())?;
        self.file.write_all(MAGIC)?;
        self.file.flush()
    }
}

#[cfg(test)]
mod tests;
