//! Where the lists of words begin that an answer needs: each is looked up once, since a look into a dictionary takes a
//! block of it apart.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use tantivy::Searcher;
use tantivy::collector::Collector;
use tantivy::index::{SegmentId, SegmentReader};
use tantivy::postings::TermInfo;
use tantivy::query::{Bm25StatisticsProvider, Query};
use tantivy::schema::{Field, Term};

/// The words that were looked up in one state of the index.
pub(super) struct Known<'a> {
    searcher: &'a Searcher,
    lists: Mutex<HashMap<Term, Arc<Lists>>>,
}

/// Where the lists of some words of one column begin, in each part of the index.
pub(super) type Lists = HashMap<SegmentId, Vec<TermInfo>>;

impl<'a> Known<'a> {
    pub fn new(searcher: &'a Searcher) -> Self {
        Self { searcher, lists: Mutex::default() }
    }

    /// The lists of a word.
    pub fn lists(&self, term: &Term) -> tantivy::Result<Arc<Lists>> {
        let mut known = self.lists.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(lists) = known.get(term) {
            return Ok(Arc::clone(lists));
        }
        let mut lists = Lists::new();
        for segment in self.searcher.segment_readers() {
            if let Some(list) = segment.inverted_index(term.field())?.get_term_info(term)? {
                lists.insert(segment.segment_id(), vec![list]);
            }
        }
        let lists = Arc::new(lists);
        known.insert(term.clone(), Arc::clone(&lists));
        Ok(lists)
    }

    /// The list of a word in one part of the index.
    pub fn list(&self, segment: &SegmentReader, term: &Term) -> tantivy::Result<Option<TermInfo>> {
        Ok(self.lists(term)?.get(&segment.segment_id()).and_then(|lists| lists.first().cloned()))
    }

    /// Searches, ranking by what is known.
    pub fn search<C: Collector>(&self, query: &dyn Query, collector: &C) -> tantivy::Result<C::Fruit> {
        self.searcher.search_with_statistics_provider(query, collector, self)
    }

    /// How many records have a word.
    pub fn frequency(&self, term: &Term) -> tantivy::Result<u64> {
        Ok(self.lists(term)?.values().flatten().map(|list| u64::from(list.doc_freq)).sum())
    }
}

/// What the engine ranks by.
impl Bm25StatisticsProvider for Known<'_> {
    fn total_num_tokens(&self, field: Field) -> tantivy::Result<u64> {
        self.searcher.total_num_tokens(field)
    }

    fn total_num_docs(&self) -> tantivy::Result<u64> {
        self.searcher.total_num_docs()
    }

    fn doc_freq(&self, term: &Term) -> tantivy::Result<u64> {
        self.frequency(term)
    }
}
