//! Answers without loading the library, as long as nothing shows that it is no longer what was indexed.
//!
//! Loading takes the longer the larger a library is; a look at its folders does not. What such a look cannot tell
//! is bounded: see `docs/search.md`.

use std::path::Path;
use std::time::Duration;

use super::seen::Seen;
use super::{Query, Results, Search, Wanted};
use crate::library::folder::Root;
use crate::reading::Reading;

/// How long a brief look is enough after every file was looked at.
const ENOUGH: Duration = Duration::from_mins(10);

/// An index that an earlier run left, of a library that is still what was indexed.
pub struct Current<'a> {
    search: Search,
    seen: Seen,
    root: &'a Root,
    /// Every file was looked at, not only those that tell of others.
    whole: bool,
}

impl<'a> Current<'a> {
    /// The index in `cache`, unless the library at `root` shows that it has changed since. `every`: look at every
    /// file, and not only at folders and YAML files.
    pub fn open(root: &'a Root, cache: &Path, every: bool) -> Option<Self> {
        let search = Search::kept(root, cache)?;
        let seen = search.seen()?;
        let mut current = Self { search, seen, root, whole: false };
        let every = every || current.search.age().is_none_or(|age| age > ENOUGH);
        if !every && current.seen.few_hold(root) {
            return Some(current);
        }
        current.look_at_every().then_some(current)
    }

    /// What the index answers; `None` if the library turns out to have changed, or the index cannot be read.
    pub fn find(&mut self, query: &Query, reading: &Reading, wanted: Wanted) -> Option<Results> {
        let results = self.search.find(query, self.root, reading, wanted).ok()?;
        // That there is nothing is only said of a library that was looked at whole.
        if results.total == 0 && !self.whole && !self.look_at_every() {
            return None;
        }
        let files = results.hits.iter().map(|hit| hit.file.as_str());
        (self.whole || self.seen.hold(self.root, files)).then_some(results)
    }

    /// Whether all files are what they were; if so, that is remembered.
    fn look_at_every(&mut self) -> bool {
        let now = Seen::look(self.root);
        if !self.seen.same_files(&now) {
            return false;
        }
        self.whole = true;
        self.search.note(now);
        true
    }
}
