//! Answers without loading the library, as long as nothing shows that it is no longer what was indexed.
//!
//! Loading takes the longer the larger a library is; a look at its folders does not. What such a look cannot tell
//! is bounded: see `docs/search.md`.

use std::path::Path;
use std::thread;
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
        (!every || current.look_at_every()).then_some(current)
    }

    /// What the index answers; `None` if the library turns out to have changed, or the index cannot be read.
    pub fn find(&mut self, query: &Query, reading: &Reading, wanted: Wanted) -> Option<Results> {
        let (search, seen, root) = (&self.search, &self.seen, self.root);
        let (few_hold, results) = thread::scope(|scope| {
            let few_hold = scope.spawn(|| self.whole || seen.few_hold(root));
            let results = search.find(query, root, reading, wanted).ok();
            (few_hold.join().unwrap_or_default(), results)
        });
        let results = results?;
        // That there is nothing is only said of a library that was looked at whole.
        let enough = self.whole || few_hold && results.total > 0;
        if !enough && !self.look_at_every() {
            return None;
        }
        let files = results.hits.iter().map(|hit| hit.file.as_str());
        self.seen.hold(root, files).then_some(results)
    }

    /// How many records are indexed.
    pub fn len(&self) -> u64 {
        self.search.len()
    }

    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Whether all files are what they were; if so, that is remembered.
    fn look_at_every(&mut self) -> bool {
        let now = Seen::look(self.root);
        if !self.seen.same_files(&now) {
            return false;
        }
        self.whole = true;
        self.search.note(&now);
        true
    }
}
