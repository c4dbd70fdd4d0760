//! What a library looked like when it was indexed: enough to tell that it is the same still, without reading it.
//!
//! Folders and YAML files are few and looked at each time: they tell of what came, went, was renamed, replaced
//! or described otherwise. Of a text written to in place only its own stamp tells.

use std::borrow::Cow;
use std::sync::Arc;

use tantivy::HasLen;
use tantivy::directory::FileHandle;

use super::disk::{BLOCK, Blocks};
use crate::library::folder::{Root, Stamped, Stamps, Walk};
use crate::library::stamp;

/// The stamps of a library's folders and files. To be taken before the library is loaded, so that what changes
/// meanwhile is noticed the next time.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Seen {
    folders: Stamped,
    yaml: Stamped,
    texts: Texts,
}

impl Seen {
    /// Looks at every folder and file.
    pub fn look(root: &Root) -> Self {
        Self::from(&root.walk())
    }

    /// The folders and files that a walk found.
    pub fn from(walk: &Walk) -> Self {
        let stamps = Stamps::from(walk);
        let texts = walk.markdown.iter().zip(&walk.markdown_prints);
        let mut markdown: Vec<(u64, u64)> =
            texts.map(|(path, print)| (number(path), print.number())).collect();
        markdown.sort_unstable();
        let pair = |(number, stamp): (u64, u64)| [number.to_be_bytes(), stamp.to_be_bytes()];
        let texts = Texts::Held(markdown.into_iter().flat_map(pair).flatten().collect());
        Self { folders: stamps.folders, yaml: stamps.yaml, texts }
    }

    /// Whether the folders and the YAML files are what they were.
    pub(super) fn few_hold(&self, root: &Root) -> bool {
        self.folders.iter().chain(&self.yaml).all(|(path, stamp)| root.stamp(path) == Some(*stamp))
    }

    /// Whether `files`, which are texts or YAML, are what they were.
    pub(super) fn hold<'a>(&self, root: &Root, files: impl IntoIterator<Item = &'a str>) -> bool {
        files.into_iter().all(|file| self.yaml.contains_key(file) || self.texts.of(file) == root.stamp(file))
    }

    /// Whether all files are what they are in `now`, be their folders as they may.
    pub(super) fn same_files(&self, now: &Self) -> bool {
        self.yaml == now.yaml && self.texts == now.texts && self.folders.keys().eq(now.folders.keys())
    }

    /// The texts, then the few as one piece with its length behind it. `state` is of the index that holds the
    /// library so; see `Search::state`.
    pub(super) fn to_bytes(&self, state: u64) -> Vec<u8> {
        let few = postcard::to_stdvec(&(state, &self.folders, &self.yaml)).unwrap_or_default();
        let length = (few.len() as u64).to_le_bytes();
        [&self.texts.all().unwrap_or_default(), few.as_slice(), &length].concat()
    }

    /// What was kept with an index of this `state`. Of the texts nothing is read yet.
    pub(super) fn from_blocks(kept: Blocks, state: u64) -> Option<Self> {
        let end = kept.len().checked_sub(size_of::<u64>())?;
        let few = u64::from_le_bytes(*kept.read_bytes(end..kept.len()).ok()?.first_chunk()?);
        let length = end.checked_sub(usize::try_from(few).ok()?)?;
        let few = kept.read_bytes(length..end).ok()?;
        let (of, folders, yaml): (u64, Stamped, Stamped) = postcard::from_bytes(&few).ok()?;
        let whole = length.is_multiple_of(size_of::<Pair>());
        (whole && of == state).then(|| Self { folders, yaml, texts: Texts::Kept(Arc::new(kept), length) })
    }
}

/// Of each text a number for the path and its stamp: there may be a hundred thousand, and few are ever asked for.
#[derive(Clone, Debug)]
enum Texts {
    Held(Vec<u8>),
    /// In a file, up to this length.
    Kept(Arc<Blocks>, usize),
}

/// A text's number and stamp, eight bytes each, the greatest first, so that they stand in order.
type Pair = [u8; 16];

/// Looks at the blocks beside the guessed one before halves are taken: numbers are spread evenly.
const BESIDE: usize = 4;

impl Default for Texts {
    fn default() -> Self {
        Self::Held(Vec::new())
    }
}

/// Those that cannot be read are like no others.
impl PartialEq for Texts {
    fn eq(&self, other: &Self) -> bool {
        self.length() == other.length()
            && self.all().zip(other.all()).is_some_and(|(all, other)| all == other)
    }
}

impl Eq for Texts {}

impl Texts {
    fn length(&self) -> usize {
        match self {
            Self::Held(all) => all.len(),
            Self::Kept(_, length) => *length,
        }
    }

    fn all(&self) -> Option<Cow<'_, [u8]>> {
        match self {
            Self::Held(all) => Some(Cow::Borrowed(all)),
            Self::Kept(kept, length) => Some(Cow::Owned(kept.read_bytes(0..*length).ok()?.to_vec())),
        }
    }

    /// The stamp of a text.
    fn of(&self, file: &str) -> Option<u64> {
        let number = number(file);
        let (mut first, mut end) = (0, self.length().div_ceil(BLOCK));
        let mut guess = usize::try_from((u128::from(number) * end as u128) >> 64).ok()?;
        let mut looks = 0;
        while first < end {
            let block = self.block(guess)?;
            let pairs: &[Pair] = block.as_chunks().0;
            let key = |pair: &Pair| pair.first_chunk().map(|key| u64::from_be_bytes(*key));
            if pairs.first().and_then(key) > Some(number) {
                end = guess;
            } else if pairs.last().and_then(key) < Some(number) {
                first = guess + 1;
            } else {
                let nth = pairs.binary_search_by_key(&Some(number), key).ok()?;
                return Some(u64::from_be_bytes(*pairs.get(nth)?.last_chunk()?));
            }
            looks += 1;
            let beside = if guess < first { first } else { end.saturating_sub(1) };
            guess = if looks < BESIDE { beside } else { first.midpoint(end) };
        }
        None
    }

    fn block(&self, nth: usize) -> Option<Cow<'_, [u8]>> {
        let range = nth * BLOCK..(nth * BLOCK + BLOCK).min(self.length());
        match self {
            Self::Held(all) => all.get(range).map(Cow::Borrowed),
            Self::Kept(kept, _) => Some(Cow::Owned(kept.read_bytes(range).ok()?.to_vec())),
        }
    }
}

fn number(path: &str) -> u64 {
    stamp(&[path.as_bytes()])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::search::disk::Disk;
    use std::path::Path;

    #[test]
    fn what_is_kept_of_a_library_tells_the_stamp_of_each_text_and_of_no_other() {
        let name = |nth: u64| format!("folder/{nth}.md");
        for count in [0, 1, 255, 256, 257, 5000] {
            let mut pairs: Vec<(u64, u64)> = (0..count).map(|nth| (number(&name(nth)), nth)).collect();
            pairs.sort_unstable();
            let bytes = pairs.iter().flat_map(|(number, stamp)| [number.to_be_bytes(), stamp.to_be_bytes()]);
            let held = Seen { texts: Texts::Held(bytes.flatten().collect()), ..Seen::default() };
            let folder = tempfile::tempdir().unwrap();
            let disk = Disk::new(folder.path(), folder.path());
            disk.replace(Path::new("seen"), &held.to_bytes(7)).unwrap();
            let kept = |state| Seen::from_blocks(disk.blocks(Path::new("seen")).unwrap(), state);
            assert_eq!(kept(8), None);
            let kept = kept(7).unwrap();
            assert_eq!(kept, held);
            assert!((0..count).all(|nth| kept.texts.of(&name(nth)) == Some(nth)), "{count}");
            assert!((count..count + 500).all(|nth| kept.texts.of(&name(nth)).is_none()), "{count}");
        }
    }
}
