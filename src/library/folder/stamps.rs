//! When the folders and files of a library were last changed, told without reading any of them.
//!
//! A folder changes when a name comes into it or goes, and when a file in it is replaced; a file, when it is
//! written to.

use std::collections::BTreeMap;

use cap_std::fs::{Dir, Metadata};
use rayon::prelude::*;

use super::walk::Print;
use super::{Inner, Root, modified};

/// Stamps by the path from the root.
pub type Stamped = BTreeMap<String, u64>;

/// The stamps of a whole library.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Stamps {
    /// The root itself is the folder without a name.
    pub folders: Stamped,
    pub yaml: Stamped,
    pub markdown: Stamped,
}

impl Root {
    /// The stamps of everything the walk finds.
    pub fn stamps(&self) -> Stamps {
        let walk = self.walk();
        let of = |paths: &[String]| self.stamps_of(paths);
        Stamps { folders: of(&walk.folders), yaml: of(&walk.yaml), markdown: of(&walk.markdown) }
    }

    /// The stamp of one file or folder; `None` where there is none, or no disk.
    pub fn stamp(&self, path: &str) -> Option<u64> {
        let (Inner::Folder { dir, .. } | Inner::File { dir, .. }) = &self.0 else { return None };
        stamp_in(dir, path)
    }

    /// The stamps of `paths`; each folder is opened once.
    fn stamps_of(&self, paths: &[String]) -> Stamped {
        let (Inner::Folder { dir, .. } | Inner::File { dir, .. }) = &self.0 else { return Stamped::new() };
        let mut folders: BTreeMap<&str, Vec<(&str, &String)>> = BTreeMap::new();
        for path in paths {
            let (folder, name) = path.rsplit_once('/').unwrap_or(("", path));
            folders.entry(folder).or_default().push((name, path));
        }
        let of_folder = |(folder, names): (&str, Vec<(&str, &String)>)| {
            let opened = if folder.is_empty() { dir.try_clone() } else { dir.open_dir(folder) };
            let stamped = |(name, path): (&str, &String)| {
                let stamp = opened.as_ref().ok().and_then(|opened| stamp_in(opened, name));
                (path.clone(), stamp.unwrap_or_default())
            };
            names.into_iter().map(stamped).collect::<Vec<_>>()
        };
        folders.into_par_iter().flat_map_iter(of_folder).collect()
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
