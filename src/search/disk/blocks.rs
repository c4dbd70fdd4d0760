//! A file of blocks: each is verified with its own sum when it is read, and the sums with theirs.
//!
//! Only what is asked for is read. After the data come the sums of its blocks, then the sums of the pages of that
//! table, so that a large file is opened by reading its end alone.

use std::collections::HashMap;
use std::fs::File;
use std::io::{self, Write};
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, OnceLock, PoisonError};

use crc32fast::Hasher;
use tantivy::HasLen;
use tantivy::directory::{AntiCallToken, FileHandle, OwnedBytes, TerminatingWrite};

use super::damaged;

/// Bytes that are verified together.
pub(in crate::search) const BLOCK: usize = 4096;
/// Sums of blocks that are verified together.
const PAGE: usize = BLOCK / 4;
/// Ends every file of blocks.
const MAGIC: &[u8; 8] = b"dossier3";
/// The length of the data, the sum of the sums, and [`MAGIC`].
const TAIL: usize = 8 + 4 + 8;
/// Blocks that are read at once and kept: what is so small is asked for again, as the words of a dictionary are and
/// the lengths of the texts.
const SMALL: usize = 8;
/// Blocks that are kept of one file.
const KEPT: usize = 128;

/// A file of blocks, being read.
#[derive(Debug)]
pub(in crate::search) struct Blocks {
    file: File,
    length: usize,
    /// Of each page of the table of sums, in order.
    page_sums: Vec<u32>,
    /// The pages of that table that were read.
    pages: Box<[OnceLock<Vec<u32>>]>,
    /// Blocks that were verified.
    kept: Mutex<HashMap<usize, OwnedBytes>>,
}

impl Blocks {
    pub fn open(path: &Path, name: &Path) -> io::Result<Self> {
        let file = File::open(path)?;
        let size = usize::try_from(file.metadata()?.len()).map_err(|_error| damaged())?;
        let start = size.checked_sub(TAIL).ok_or_else(damaged)?;
        let end = read_at(&file, size.saturating_sub(BLOCK)..size)?;
        let (before, tail) = end.split_at_checked(end.len() - TAIL).ok_or_else(damaged)?;
        let (numbers, magic) = tail.split_at(TAIL - MAGIC.len());
        let (length, sum) = numbers.split_at(8);
        let length = u64::from_le_bytes(length.try_into().map_err(|_error| damaged())?);
        let length = usize::try_from(length).map_err(|_error| damaged())?;
        let blocks = length.div_ceil(BLOCK);
        let pages = blocks.div_ceil(PAGE);
        let whole = blocks.checked_mul(4).and_then(|sums| length.checked_add(sums)?.checked_add(pages * 4));
        if magic != MAGIC || whole != Some(start) {
            return Err(damaged());
        }
        let table = match before.len().checked_sub(pages * 4) {
            Some(at) => before.get(at..).unwrap_or_default().to_vec(),
            None => read_at(&file, start - pages * 4..start)?,
        };
        if sum != sum_of_sums(&table, length, name).to_le_bytes() {
            return Err(damaged());
        }
        let pages = (0..pages).map(|_| OnceLock::new()).collect();
        Ok(Self { file, length, page_sums: numbers_in(&table), pages, kept: Mutex::default() })
    }

    /// The sums of a page of the table, verified.
    fn page(&self, nth: usize) -> io::Result<&[u32]> {
        let (page, sum) = self.pages.get(nth).zip(self.page_sums.get(nth)).ok_or_else(damaged)?;
        if let Some(sums) = page.get() {
            return Ok(sums);
        }
        let blocks = self.length.div_ceil(BLOCK);
        let (first, last) = (nth * PAGE, (nth * PAGE + PAGE).min(blocks));
        let bytes = read_at(&self.file, self.length + first * 4..self.length + last * 4)?;
        if crc32fast::hash(&bytes) != *sum {
            return Err(damaged());
        }
        Ok(page.get_or_init(|| numbers_in(&bytes)))
    }

    /// Some blocks, verified.
    fn read(&self, blocks: Range<usize>) -> io::Result<OwnedBytes> {
        let range = blocks.start * BLOCK..(blocks.end * BLOCK).min(self.length);
        let bytes = read_at(&self.file, range)?;
        for (nth, block) in blocks.zip(bytes.chunks(BLOCK)) {
            let sum = self.page(nth / PAGE)?.get(nth % PAGE);
            if sum != Some(&crc32fast::hash(block)) {
                return Err(damaged());
            }
        }
        Ok(OwnedBytes::new(bytes))
    }

    /// The same of a few blocks that may be asked for again.
    fn few(&self, blocks: Range<usize>) -> io::Result<OwnedBytes> {
        let kept = || self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        let known: Option<Vec<OwnedBytes>> = {
            let kept = kept();
            blocks.clone().map(|nth| kept.get(&nth).cloned()).collect()
        };
        match known.as_deref() {
            Some([only]) => return Ok(only.clone()),
            Some(several) => {
                return Ok(OwnedBytes::new(
                    several.iter().map(OwnedBytes::as_slice).collect::<Vec<_>>().concat(),
                ));
            }
            None => {}
        }
        let bytes = self.read(blocks.clone())?;
        let mut kept = kept();
        if kept.len() + blocks.len() > KEPT {
            kept.clear();
        }
        for (at, nth) in blocks.enumerate() {
            let block = bytes.slice(at * BLOCK..((at + 1) * BLOCK).min(bytes.len()));
            kept.insert(nth, block);
        }
        Ok(bytes)
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
        let blocks = range.start / BLOCK..range.end.div_ceil(BLOCK);
        let start = blocks.start * BLOCK;
        let bytes = if blocks.len() > SMALL { self.read(blocks)? } else { self.few(blocks)? };
        Ok(bytes.slice(range.start - start..range.end - start))
    }
}

fn numbers_in(table: &[u8]) -> Vec<u32> {
    table.as_chunks().0.iter().map(|sum| u32::from_le_bytes(*sum)).collect()
}

/// A sum over the sums of pages, the length they are for, and the name of the file.
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
pub(super) struct Writer {
    file: File,
    name: PathBuf,
    length: usize,
    sums: Vec<u8>,
    /// Of the block that is not full yet.
    hasher: Hasher,
}

impl Writer {
    pub fn new(file: File, name: &Path) -> Self {
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
        let pages: Vec<u8> =
            self.sums.chunks(PAGE * 4).flat_map(|page| crc32fast::hash(page).to_le_bytes()).collect();
        let sum = sum_of_sums(&pages, self.length, &self.name);
        self.file.write_all(&self.sums)?;
        self.file.write_all(&pages)?;
        self.file.write_all(&(self.length as u64).to_le_bytes())?;
        self.file.write_all(&sum.to_le_bytes())?;
        self.file.write_all(MAGIC)?;
        self.file.flush()
    }
}
