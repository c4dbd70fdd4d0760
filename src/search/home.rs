//! Where a library's index lies, and what happens when it cannot be used: it is set aside and made anew.
//!
//! It stands in the library's cache folder; without one it is in memory.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use serde::{Deserialize, Serialize};
use tantivy::directory::{INDEX_WRITER_LOCK, RamDirectory};
use tantivy::index::SegmentComponent;
use tantivy::schema::Schema;
use tantivy::{Index, IndexSettings, TantivyError};

use super::disk::{Blocks, Disk, lock_file};
use super::schema::{Fields, VERSION};
use crate::store;

/// A file whose time is that of the last check.
const CHECKED: &str = "checked";

/// A file that holds what the library looked like when it was indexed, and the most that it may be long.
const SEEN: &str = "seen";
const LONGEST: u64 = 64 << 20;

/// What an index says of itself with each commit.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Label {
    version: u32,
    /// Where the library is.
    root: String,
    /// Of all names that link, by which mentions were found.
    pub names: u64,
}

/// Where an index is kept.
#[derive(Clone, Debug)]
pub(super) enum Home {
    Memory,
    Disk {
        /// Holds the index, its locks, and what was set aside.
        folder: PathBuf,
        root: String,
    },
}

/// Why an index could not be opened.
#[derive(Debug)]
pub(super) enum Trouble {
    /// Another process is making it.
    Busy,
    /// Damaged, older, or of another library.
    Unfit,
    /// The folder cannot be used at all.
    Unusable,
}

impl Home {
    /// The home of the library at `root` in its `cache` folder; in memory if it has none.
    pub fn new(root: Option<&Path>, cache: Option<&Path>) -> Self {
        match (root, cache) {
            (Some(root), Some(cache)) => {
                Self::Disk { folder: cache.join("search"), root: root.to_string_lossy().into_owned() }
            }
            _ => Self::Memory,
        }
    }

    /// Opens the index, or makes an empty one.
    pub fn open(&self) -> Result<Index, Trouble> {
        let (schema, _) = Fields::schema();
        match self {
            Self::Memory => {
                Index::create(RamDirectory::create(), schema, settings()).map_err(|_error| Trouble::Unusable)
            }
            Self::Disk { folder, .. } => {
                store::make(folder).map_err(|_error| Trouble::Unusable)?;
                match self.existing(folder, &schema) {
                    Err(Trouble::Unfit) => self.made(folder, schema),
                    opened => opened,
                }
            }
        }
    }

    /// The label to commit with.
    pub fn label(&self, names: u64) -> Label {
        let root = match self {
            Self::Memory => String::new(),
            Self::Disk { root, .. } => root.clone(),
        };
        Label { version: VERSION, root, names }
    }

    /// Opens the index if there is one that can be used, and changes nothing.
    pub fn kept(&self) -> Option<Index> {
        let Self::Disk { folder, .. } = self else { return None };
        self.existing(folder, &Fields::schema().0).ok()
    }

    /// Notes that the index was compared with the library now.
    pub fn note_checked(&self) {
        if let Self::Disk { folder, .. } = self {
            // Where it cannot be noted, the next answer costs a look at the library.
            let _ = lock_file(&folder.join(CHECKED)).and_then(|it| it.set_modified(SystemTime::now()));
        }
    }

    /// When the index was last compared with the library.
    pub fn checked(&self) -> Option<SystemTime> {
        let Self::Disk { folder, .. } = self else { return None };
        fs::metadata(folder.join(CHECKED)).ok()?.modified().ok()
    }

    /// Keeps what the library looked like.
    pub fn note_seen(&self, seen: &[u8]) {
        if let Self::Disk { folder, .. } = self {
            let _only_costs_a_check = Disk::new(folder, folder).replace(Path::new(SEEN), seen);
        }
    }

    /// What the library looked like; nothing if it cannot be trusted.
    pub fn seen(&self) -> Option<Blocks> {
        let Self::Disk { folder, .. } = self else { return None };
        fs::metadata(folder.join(SEEN)).ok().filter(|known| known.len() <= LONGEST)?;
        Disk::new(folder, folder).blocks(Path::new(SEEN)).ok()
    }

    /// Opens an index that is there and fit; an absent one is unfit.
    fn existing(&self, folder: &Path, schema: &Schema) -> Result<Index, Trouble> {
        let disk = Disk::new(&folder.join("current"), folder);
        let index = Index::open(disk).map_err(|error| trouble(&error))?;
        let label = label(&index).ok_or(Trouble::Unfit)?;
        let ours = self.label(label.names);
        let fresh = label == Label::default();
        if index.schema() == *schema && (label == ours || fresh) { Ok(index) } else { Err(Trouble::Unfit) }
    }

    /// Sets aside what is there and makes an empty index, unless another process is at it.
    fn made(&self, folder: &Path, schema: Schema) -> Result<Index, Trouble> {
        let lock =
            lock_file(&folder.join(&INDEX_WRITER_LOCK.filepath)).map_err(|_error| Trouble::Unusable)?;
        if lock.try_lock().is_err() {
            return Err(Trouble::Busy);
        }
        if let Ok(index) = self.existing(folder, &schema) {
            return Ok(index);
        }
        let current = folder.join("current");
        set_aside(folder, &current).map_err(|_error| Trouble::Unusable)?;
        store::make(&current).map_err(|_error| Trouble::Unusable)?;
        Index::create(Disk::new(&current, folder), schema, settings()).map_err(|_error| Trouble::Unusable)
    }

    /// Sets the index aside, so that the next opening makes an empty one.
    pub fn discard(&self) -> Result<(), Trouble> {
        let Self::Disk { folder, .. } = self else { return Ok(()) };
        if !folder.is_dir() {
            return Ok(());
        }
        let lock =
            lock_file(&folder.join(&INDEX_WRITER_LOCK.filepath)).map_err(|_error| Trouble::Unusable)?;
        if lock.try_lock().is_err() {
            return Err(Trouble::Busy);
        }
        set_aside(folder, &folder.join("current")).map_err(|_error| Trouble::Unusable)
    }
}

/// What a hit shows of a record is short, and the hits of one answer stand apart: they are kept in small blocks.
fn settings() -> IndexSettings {
    IndexSettings {
        docstore_blocksize: 4096,
        // Nothing is compressed.
        docstore_compress_dedicated_thread: false,
        ..IndexSettings::default()
    }
}

/// What `index` says of itself: nothing yet if nothing was committed, `None` if it cannot be read.
pub(super) fn label(index: &Index) -> Option<Label> {
    match index.load_metas().ok()?.payload {
        Some(payload) => serde_json::from_str(&payload).ok(),
        None => Some(Label::default()),
    }
}

/// Whether every part of the index is there. The engine takes some that are missing for empty.
pub(super) fn whole(index: &Index) -> bool {
    let parts = [
        SegmentComponent::Postings,
        SegmentComponent::Positions,
        SegmentComponent::FastFields,
        SegmentComponent::FieldNorms,
        SegmentComponent::Terms,
        SegmentComponent::Store,
    ];
    let Ok(segments) = index.searchable_segments() else { return false };
    segments.iter().all(|segment| parts.iter().all(|part| segment.open_read(part.clone()).is_ok()))
}

fn trouble(error: &TantivyError) -> Trouble {
    match error {
        TantivyError::LockFailure(..) => Trouble::Busy,
        _ => Trouble::Unfit,
    }
}

/// Moves the index away, over what was set aside before. It is kept for who wants to know why.
fn set_aside(folder: &Path, current: &Path) -> io::Result<()> {
    if !current.try_exists()? {
        return Ok(());
    }
    let aside = folder.join("set-aside");
    if aside.try_exists()? {
        fs::remove_dir_all(&aside)?;
    }
    fs::rename(current, aside)
}
