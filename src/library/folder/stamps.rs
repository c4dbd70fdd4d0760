//! When the folders and files of a library were last changed, told without reading any of them.
//!
//! A folder changes when a name comes into it or goes, and when a file in it is replaced; a file, when it is
//! written to.

use std::collections::BTreeMap;

use cap_std::fs::{Dir, Metadata};

use super::walk::{Print, Walk};
use super::{Inner, Root, modified};

/// Stamps by the path from the root.
pub type Stamped = BTreeMap<String, u64>;

/// The stamps of a library's folders and YAML files. Its texts are many, and each has its own print in the walk.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Stamps {
    /// The root itself is the folder without a name.
    pub folders: Stamped,
    pub yaml: Stamped,
}

impl From<&Walk> for Stamps {
    fn from(walk: &Walk) -> Self {
        Self {
            folders: walk.folders.iter().cloned().zip(walk.folder_stamps.iter().copied()).collect(),
            yaml: walk
                .yaml
                .iter()
                .cloned()
                .zip(walk.yaml_prints.iter().map(|print| print.number()))
                .collect(),
        }
    }
}

impl Root {
    /// The stamp of one file or folder; `None` where there is none, or no disk.
    pub fn stamp(&self, path: &str) -> Option<u64> {
        let (Inner::Folder { dir, .. } | Inner::File { dir, .. }) = &self.0 else { return None };
        stamp_in(dir, path)
    }
}

/// The stamp of `path` from `folder`. By a name alone that is one call to the system; a link takes several.
fn stamp_in(folder: &Dir, path: &str) -> Option<u64> {
    if path.is_empty() {
        return folder.dir_metadata().ok().map(|known| stamp_of(&known));
    }
    let known = folder.symlink_metadata(path).ok()?;
    let known = if known.is_symlink() { folder.metadata(path).ok()? } else { known };
    Some(stamp_of(&known))
}

/// The print of a file; of a folder, whose size says nothing, the time.
fn stamp_of(known: &Metadata) -> u64 {
    // The moment of the look makes a print doubtful, not another.
    if known.is_file() { Print::new(known, 0).number() } else { modified(known) }
}
