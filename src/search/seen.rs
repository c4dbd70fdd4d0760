//! What a library looked like when it was indexed: enough to tell that it is the same still, without reading it.
//!
//! Folders and YAML files are few and looked at each time: they tell of what came, went, was renamed, replaced
//! or described otherwise. Of a text written to in place only its own stamp tells.

use crate::library::folder::{Root, Stamped, Stamps, Walk};
use crate::library::stamp;

/// The stamps of a library's folders and files. To be taken before the library is loaded, so that what changes
/// meanwhile is noticed the next time.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Seen {
    folders: Stamped,
    yaml: Stamped,
    /// Of each text a number for the path and its stamp, as they are kept: there may be a hundred thousand, and few
    /// are ever asked for.
    markdown: Vec<u8>,
}

/// A text's number and stamp, eight bytes each, the greatest first, so that they stand in order.
type Pair = [u8; 16];

impl Seen {
    /// Looks at every folder and file.
    pub fn look(root: &Root) -> Self {
        Self::from(&root.walk())
    }

    /// The folders and files that a walk found.
    pub fn from(walk: &Walk) -> Self {
        let stamps = Stamps::from(walk);
        let numbered = stamps.markdown.iter().map(|(path, stamp)| (number(path), *stamp));
        let mut markdown: Vec<(u64, u64)> = numbered.collect();
        markdown.sort_unstable();
        let pair = |(number, stamp): (u64, u64)| [number.to_be_bytes(), stamp.to_be_bytes()];
        let markdown = markdown.into_iter().flat_map(pair).flatten().collect();
        Self { folders: stamps.folders, yaml: stamps.yaml, markdown }
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
        let number = number(file).to_be_bytes();
        let pairs: &[Pair] = self.markdown.as_chunks().0;
        let nth = pairs.binary_search_by(|pair| pair.get(..8).cmp(&Some(number.as_slice()))).ok()?;
        let (_, stamp) = pairs.get(nth)?.split_last_chunk()?;
        Some(u64::from_be_bytes(*stamp))
    }

    /// The texts, then the few as one piece with its length behind it. `state` is of the index that holds the
    /// library so; see `Search::state`.
    pub(super) fn to_bytes(&self, state: u64) -> Vec<u8> {
        let few = postcard::to_stdvec(&(state, &self.folders, &self.yaml)).unwrap_or_default();
        let length = (few.len() as u64).to_le_bytes();
        [&self.markdown, few.as_slice(), &length].concat()
    }

    /// What was kept with an index of this `state`.
    pub(super) fn from_bytes(mut bytes: Vec<u8>, state: u64) -> Option<Self> {
        let (rest, length) = bytes.split_last_chunk::<8>()?;
        let few = usize::try_from(u64::from_le_bytes(*length)).ok()?;
        let (markdown, few) = rest.split_at_checked(rest.len().checked_sub(few)?)?;
        let (of, folders, yaml): (u64, Stamped, Stamped) = postcard::from_bytes(few).ok()?;
        let whole = markdown.len().is_multiple_of(size_of::<Pair>());
        let length = markdown.len();
        bytes.truncate(length);
        (whole && of == state).then_some(Self { folders, yaml, markdown: bytes })
    }
}

fn number(path: &str) -> u64 {
    stamp(&[path.as_bytes()])
}
