//! Full-text search: the query language, the words of a text, the index and its answers.
//!
//! A query and a text are cut into words by the same code, so what is indexed can be found. The index is a
//! cache: it can be deleted at any time, and a damaged one is made anew.

mod counts;
mod current;
mod disk;
mod entry;
mod extract;
mod fill;
mod find;
mod home;
mod known;
mod marks;
mod passage;
mod pieces;
mod plan;
pub mod query;
mod schema;
mod sections;
mod seen;
mod words;

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use tantivy::{Index, IndexReader, ReloadPolicy, TantivyError};

use crate::library::folder::Root;
use crate::library::{Library, stamp};
use crate::links::Links;
use crate::reading::Reading;
use crate::text::Text;
use fill::Filler;
use find::Finder;
use home::{Home, Trouble};
use known::Known;
use plan::Planner;
use schema::{Fields, Waiting, teach};

pub use counts::{Count, Counts};
pub use current::Current;
pub use extract::Extract;
pub use fill::{Progress, Refreshed};
pub use find::{Hit, Results, Wanted};
pub use marks::{Found, Marker, Marks};
pub use query::{Complaint, Query};
pub use seen::Seen;
pub use words::BREAK;

/// A library's index, open for searching. Clones share it.
#[derive(Clone)]
pub struct Search {
    index: Index,
    reader: IndexReader,
    fields: Fields,
    home: Home,
    /// A part of it could not be read: the next refresh makes it anew.
    damaged: Arc<AtomicBool>,
    waiting: Waiting,
    /// What the last question learnt, for the next.
    known: Arc<Mutex<Option<Arc<Known>>>>,
}

impl Search {
    /// Opens the index of `library` in its cache folder, or an empty one in memory if it has none or it cannot be
    /// used. What is not indexed yet is found after a [`refresh`](Self::refresh).
    ///
    /// # Errors
    /// Only a machine without memory or threads.
    pub fn open(library: &Library, cache: Option<&Path>) -> Result<Self, Text> {
        let root = library.root.path("");
        let home = Home::new(root.as_deref(), cache);
        Self::at(home).or_else(|_| Self::at(Home::Memory)).map_err(|_error| Text::from("search cannot start"))
    }

    /// Opens the index that an earlier run left in the cache folder of the library at `root`, without a look at the
    /// library; `None` if there is none that can be used. See [`age`](Self::age) for how far to trust it.
    pub fn kept(root: &Root, cache: &Path) -> Option<Self> {
        let home = Home::new(root.path("").as_deref(), Some(cache));
        let search = Self::with(home.kept()?, home).ok()?;
        (!search.is_damaged()).then_some(search)
    }

    /// Deletes the index that the cache folder of the library at `root` holds; the next refresh makes it anew.
    ///
    /// # Errors
    /// It cannot be deleted.
    pub fn forget(root: &Root, cache: &Path) -> Result<(), Text> {
        let home = Home::new(root.path("").as_deref(), Some(cache));
        home.discard().map_err(|_error| Text::from("the search index cannot be deleted"))
    }

    /// How long ago the index was last compared with the library; `None` if it never was, or is not on disk.
    pub fn age(&self) -> Option<Duration> {
        self.home.checked()?.elapsed().ok()
    }

    /// What the library looked like when it was indexed so; `None` if that is not known.
    fn seen(&self) -> Option<Seen> {
        Seen::from_blocks(self.home.seen()?, self.state())
    }

    /// Remembers what the library looked like before it was loaded, once a refresh has brought the index up to it.
    pub fn note(&self, seen: &Seen) {
        self.home.note_seen(&seen.to_bytes(self.state()));
        self.home.note_checked();
    }

    /// Another number for every state of the index.
    fn state(&self) -> u64 {
        let searcher = self.reader.searcher();
        let mut parts: Vec<String> = searcher
            .segment_readers()
            .iter()
            .map(|it| format!("{} {}", it.segment_id().uuid_string(), it.num_docs()))
            .collect();
        parts.sort_unstable();
        stamp(&parts.iter().map(String::as_bytes).collect::<Vec<_>>())
    }

    fn at(home: Home) -> Result<Self, Trouble> {
        match Self::opened(home.clone()) {
            // Its label can be read and a part of it cannot.
            Err(Trouble::Unfit) => {
                home.discard()?;
                Self::opened(home)
            }
            opened => opened,
        }
    }

    fn opened(home: Home) -> Result<Self, Trouble> {
        Self::with(home.open()?, home)
    }

    fn with(index: Index, home: Home) -> Result<Self, Trouble> {
        let builder = index.reader_builder().reload_policy(ReloadPolicy::Manual);
        let reader = unharmed(|| builder.try_into()).map_err(|_error| Trouble::Unfit)?;
        let whole = unharmed(|| Ok(home::whole(&index))).is_ok_and(|whole| whole);
        let damaged = Arc::new(AtomicBool::new(!whole));
        let waiting = teach(&index);
        let known = Arc::default();
        Ok(Self { index, reader, fields: Fields::schema().1, home, damaged, waiting, known })
    }

    /// Brings the index up to `library`. `progress` is told how far it is, and answers whether to go on.
    ///
    /// An index that turns out to be damaged is set aside and made anew; if that fails, it is kept in memory.
    ///
    /// # Errors
    /// What the engine said when not even memory would do.
    pub fn refresh(
        &mut self,
        library: &Library,
        links: &Links,
        progress: &mut dyn FnMut(Progress) -> bool,
    ) -> Result<Refreshed, Text> {
        let mut again = [self.home.clone(), Home::Memory].into_iter();
        loop {
            let error = match self.filled(library, links, progress) {
                Ok(refreshed) => return Ok(refreshed),
                Err(error) => error,
            };
            let Some(home) = again.next() else { return Err(error) };
            let anew = home.discard().and_then(|()| Self::opened(home));
            *self = anew.or_else(|_| Self::opened(Home::Memory)).map_err(|_error| error)?;
        }
    }

    fn filled(
        &self,
        library: &Library,
        links: &Links,
        progress: &mut dyn FnMut(Progress) -> bool,
    ) -> Result<Refreshed, Text> {
        if self.is_damaged() {
            return Err(Text::from("the search index is damaged"));
        }
        let (index, reader, fields) = (&self.index, &self.reader, self.fields);
        let filler =
            Filler { library, links, index, reader, fields, home: &self.home, waiting: &self.waiting };
        let refreshed =
            unharmed(|| filler.refresh(progress)).map_err(|error| Text::line(&error.to_string()))?;
        if !refreshed.busy && !refreshed.stopped {
            self.home.note_checked();
        }
        Ok(refreshed)
    }

    /// The best records for `query`. Texts are read from `root`; `reading` knows what is unread.
    ///
    /// # Errors
    /// The index cannot be read; a refresh makes it anew.
    pub fn find(
        &self,
        query: &Query,
        root: &Root,
        reading: &Reading,
        wanted: Wanted,
    ) -> Result<Results, Text> {
        let known = self.known();
        let planner = Planner { searcher: &known.searcher, fields: self.fields, reading, known: &known };
        let finder = Finder { searcher: &known.searcher, fields: self.fields, root, known: &known };
        let answer = || finder.find(&planner.plan(query)?, query.plain().as_deref(), wanted);
        // On a thread of those that share the work, so that none waits for another at each part of it.
        let found = unharmed(|| if known.is_asked_again() { rayon::scope(|_| answer()) } else { answer() });
        found.map_err(|error| self.failed(&error))
    }

    /// Reads what every answer needs, so that the first has it.
    pub fn warm(&self) {
        // What cannot be read now is told to whoever asks.
        let _read = unharmed(|| self.known().tags());
    }

    /// The index as it is now, with what was learnt about it.
    fn known(&self) -> Arc<Known> {
        let searcher = self.reader.searcher();
        let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        match &*known {
            Some(known) if known.is_of(&searcher) => {
                known.ask_again();
                Arc::clone(known)
            }
            _ => Arc::clone(known.insert(Arc::new(Known::new(searcher)))),
        }
    }

    /// Whether a part of it could not be read, so that a refresh is due.
    pub fn is_damaged(&self) -> bool {
        self.damaged.load(Ordering::Relaxed)
    }

    fn failed(&self, error: &TantivyError) -> Text {
        self.damaged.store(true, Ordering::Relaxed);
        Text::line(&error.to_string())
    }

    /// How many records are indexed.
    pub fn len(&self) -> u64 {
        self.reader.searcher().num_docs()
    }

    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
}

/// What `work` gives; where the engine stumbles over an index that was verified and is wrong all the same, an error.
fn unharmed<T>(work: impl FnOnce() -> tantivy::Result<T>) -> tantivy::Result<T> {
    let stumbled = || Err(TantivyError::InternalError("the search index is damaged".to_owned()));
    catch_unwind(AssertUnwindSafe(work)).unwrap_or_else(|_| stumbled())
}
