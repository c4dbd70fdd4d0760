//! What a library looked like when it was indexed: enough to tell that it is the same still, without reading it.
//!
//! Folders and YAML files are few and looked at each time: they tell of what came, went, was renamed, replaced
//! or described otherwise. Of a text written to in place only its own stamp tells.

use serde::{Deserialize, Serialize};

use crate::library::folder::{Root, Stamped};
use crate::library::stamp;

/// The stamps of a library's folders and files. To be taken before the library is loaded, so that what changes
/// meanwhile is noticed the next time.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Seen {
    /// Of the index that holds the library so; see `Search::state`.
    pub(super) state: u64,
    folders: Stamped,
    yaml: Stamped,
    /// By a number for the path, in order: there may be a hundred thousand.
    markdown: Vec<(u64, u64)>,
}

impl Seen {
    /// Looks at every folder and file.
    pub fn look(root: &Root) -> Self {
        let stamps = root.stamps();
        let numbered = stamps.markdown.iter().map(|(path, stamp)| (number(path), *stamp));
        let mut markdown: Vec<(u64, u64)> = numbered.collect();
        markdown.sort_unstable();
        Self { state: 0, folders: stamps.folders, yaml: stamps.yaml, markdown }
    }

    /// Whether the folders and the YAML files are what they were.
    pub(super) fn few_hold(&self, root: &Root) -> bool {
        self.folders.iter().chain(&self.yaml).all(|(path, stamp)| root.stamp(path) == Some(*stamp))
    }

    /// Whether `files`, which are texts or YAML, are what they were.
    pub(super) fn hold<'a>(&self, root: &Root, files: impl IntoIterator<Item = &'a str>) -> bool {
        files.into_iter().all(|file| self.yaml.contains_key(file) || self.of(file) == root.stamp(file))
    }

    /// Whether all files are what they are in `now`, be their folders as they may.
    pub(super) fn same_files(&self, now: &Self) -> bool {
        self.yaml == now.yaml && self.markdown == now.markdown && self.folders.keys().eq(now.folders.keys())
    }

    fn of(&self, file: &str) -> Option<u64> {
        let number = number(file);
        let nth = self.markdown.binary_search_by_key(&number, |(file, _)| *file).ok()?;
        self.markdown.get(nth).map(|(_, stamp)| *stamp)
    }

    pub(super) fn to_bytes(&self) -> Vec<u8> {
        postcard::to_stdvec(self).unwrap_or_default()
    }

    pub(super) fn from_bytes(bytes: &[u8]) -> Option<Self> {
        postcard::from_bytes(bytes).ok()
    }
}

fn number(path: &str) -> u64 {
    stamp(&[path.as_bytes()])
}
