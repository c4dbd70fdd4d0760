//! Libraries with an index, for the tests of search.
#![allow(clippy::unwrap_used, reason = "a test that cannot begin has failed")]

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use dossier::date::Day;
use dossier::library::folder::Root;
use dossier::library::{Library, load};
use dossier::links::Links;
use dossier::reading::Reading;
use dossier::search::{Counts, Hit, Query, Refreshed, Results, Search, Wanted};

pub const TODAY: Day = Day { year: 2025, month: 10, day: 1 };

/// A library with an index that is up to date.
pub struct Indexed {
    pub library: Library,
    pub links: Links,
    pub search: Search,
    pub reading: Reading,
    pub refreshed: Refreshed,
}

impl Indexed {
    /// The library in `folder`, its index in `cache` or in memory.
    pub fn new(folder: &Path, cache: Option<&Path>) -> Self {
        let library = load(Root::open(folder).expect("it works"));
        let links = Links::whole(&library, None, &|| {});
        let mut search = Search::open(&library, cache).expect("it works");
        let refreshed = search.refresh(&library, &links, &mut |_| true).expect("it works");
        Self { library, links, search, reading: Reading::default(), refreshed }
    }

    /// The same, after a damage that is only noticed when something is looked for.
    pub fn again(&mut self, line: &str) {
        let (query, _) = Query::parse(line, TODAY);
        if self.search.find(&query, &self.library.root, &self.reading, Wanted::default()).is_err() {
            self.refreshed =
                self.search.refresh(&self.library, &self.links, &mut |_| true).expect("it works");
        }
    }

    pub fn shipped() -> Self {
        Self::new(&Path::new(env!("CARGO_MANIFEST_DIR")).join("briefings"), None)
    }

    pub fn find(&self, line: &str) -> Results {
        let (query, _) = Query::parse(line, TODAY);
        self.search.find(&query, &self.library.root, &self.reading, Wanted::default()).expect("it works")
    }

    pub fn typing(&self, line: &str) -> Results {
        let (query, _) = Query::typing(line, TODAY);
        self.search.find(&query, &self.library.root, &self.reading, Wanted::default()).expect("it works")
    }

    pub fn counts(&self, line: &str) -> Counts {
        let (query, _) = Query::parse(line, TODAY);
        let wanted = Wanted { counts: true, ..Wanted::default() };
        self.search.find(&query, &self.library.root, &self.reading, wanted).expect("it works").counts
    }

    /// All that is found, without extracts.
    pub fn hits(&self, line: &str) -> Vec<Hit> {
        let (query, _) = Query::parse(line, TODAY);
        let results = self
            .search
            .find(
                &query,
                &self.library.root,
                &self.reading,
                Wanted { hits: 10_000, extracts: 0, counts: false },
            )
            .expect("it works");
        assert_eq!(results.hits.len(), results.total, "{line}");
        results.hits
    }

    /// The addresses of all that is found.
    pub fn all(&self, line: &str) -> BTreeSet<String> {
        self.hits(line).into_iter().map(|hit| hit.id.to_string()).collect()
    }
}

/// A folder with these files.
pub fn written(files: &[(&str, &str)]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("it works");
    for (name, text) in files {
        fs::write(folder.path().join(name), text).expect("it works");
    }
    folder
}
