//! What was learnt about one state of the index: it is looked up once, and the next questions have it too.
//!
//! A look into a dictionary takes a block of it apart, and while one types each key asks for much of what the last did.

use std::collections::HashMap;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use rayon::prelude::*;
use tantivy::Searcher;
use tantivy::collector::Collector;
use tantivy::index::{SegmentId, SegmentReader};
use tantivy::postings::{SegmentPostings, TermInfo};
use tantivy::query::{Bm25StatisticsProvider, EnableScoring, Query};
use tantivy::schema::{Field, IndexRecordOption, Term};

use super::counts::Tags;
use super::pieces::Pieces;

/// Words whose lists are kept.
const WORDS: usize = 16_384;
/// Bytes of places that are kept, of the words whose sections were told last.
const PLACES: usize = 16 << 20;

/// One state of the index, with what was looked up in it.
pub(super) struct Known {
    pub searcher: Searcher,
    lists: Mutex<HashMap<Term, Arc<Lists>>>,
    places: Mutex<Places>,
    tags: OnceLock<Arc<Tags>>,
    /// Of the texts, what was parsed for extracts.
    pub pieces: Pieces,
    /// It was asked before. The first question may be the only one, as a command's is: nothing large is kept for it,
    /// and no threads are begun.
    again: AtomicBool,
}

/// Where the lists of some words of one column begin, with the part of the index that each is in.
#[derive(Clone, Debug, Default)]
pub(super) struct Lists(pub Vec<(SegmentId, TermInfo)>);

impl Lists {
    /// Those in one part of the index.
    pub fn of(&self, segment: &SegmentReader) -> impl Iterator<Item = &TermInfo> {
        let id = segment.segment_id();
        self.0.iter().filter(move |(of, _)| *of == id).map(|(_, list)| list)
    }

    /// How many records they have, were they all of one word.
    pub fn records(&self) -> u64 {
        self.0.iter().map(|(_, list)| u64::from(list.doc_freq)).sum()
    }
}

/// Where words stand, by the part of the index and the word, and how many bytes these lists have.
#[derive(Default)]
struct Places {
    lists: HashMap<(SegmentId, Term), SegmentPostings>,
    size: usize,
}

impl Known {
    pub fn new(searcher: Searcher) -> Self {
        let (lists, places, tags, pieces, again) = Default::default();
        Self { searcher, lists, places, tags, pieces, again }
    }

    /// Whether it is of the state that `searcher` sees.
    pub fn is_of(&self, searcher: &Searcher) -> bool {
        self.searcher.generation().generation_id() == searcher.generation().generation_id()
    }

    /// Notes that there is more than one question.
    pub fn ask_again(&self) {
        self.again.store(true, Ordering::Relaxed);
    }

    pub fn is_asked_again(&self) -> bool {
        self.again.load(Ordering::Relaxed)
    }

    /// Does `work` with each of `parts`, on all cores if there is more than one question.
    pub fn each<T: Send, R: Send>(&self, parts: Vec<T>, work: impl Fn(T) -> R + Sync + Send) -> Vec<R> {
        if self.is_asked_again() {
            return parts.into_par_iter().map(work).collect();
        }
        parts.into_iter().map(work).collect()
    }

    /// The lists of a word.
    pub fn lists(&self, term: &Term) -> tantivy::Result<Arc<Lists>> {
        let mut known = self.lists.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(lists) = known.get(term) {
            return Ok(Arc::clone(lists));
        }
        let mut lists = Lists::default();
        for segment in self.searcher.segment_readers() {
            let list = segment.inverted_index(term.field())?.get_term_info(term)?;
            lists.0.extend(list.map(|list| (segment.segment_id(), list)));
        }
        let lists = Arc::new(lists);
        keep(&mut known, term.clone(), Arc::clone(&lists));
        Ok(lists)
    }

    /// Takes the lists of a word that was met with them.
    pub fn learn(&self, term: Term, lists: Lists) {
        keep(&mut self.lists.lock().unwrap_or_else(PoisonError::into_inner), term, Arc::new(lists));
    }

    /// Where a word stands in the texts of one part of the index.
    pub fn places(&self, segment: &SegmentReader, term: &Term) -> tantivy::Result<Option<SegmentPostings>> {
        let id = (segment.segment_id(), term.clone());
        let known = || self.places.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(places) = known().lists.get(&id) {
            return Ok(Some(places.clone()));
        }
        let lists = self.lists(term)?;
        let Some(list) = lists.of(segment).next() else { return Ok(None) };
        let inverted = segment.inverted_index(term.field())?;
        let option = IndexRecordOption::WithFreqsAndPositions;
        let places = inverted.read_postings_from_terminfo(list, option)?;
        if self.is_asked_again() {
            known().keep(id, &places, list.postings_range.len() + list.positions_range.len());
        }
        Ok(Some(places))
    }

    /// By what the records divide.
    pub fn tags(&self) -> tantivy::Result<Arc<Tags>> {
        if let Some(tags) = self.tags.get() {
            return Ok(Arc::clone(tags));
        }
        let tags = Arc::new(Tags::read(&self.searcher)?);
        Ok(Arc::clone(self.tags.get_or_init(|| tags)))
    }

    /// Searches, ranking by what is known.
    pub fn search<C: Collector>(&self, query: &dyn Query, collector: &C) -> tantivy::Result<C::Fruit> {
        self.searcher.search_with_statistics_provider(query, collector, self)
    }

    /// The same on all cores: for what many records may match.
    pub fn search_all<C: Collector>(&self, query: &dyn Query, collector: &C) -> tantivy::Result<C::Fruit> {
        let scoring = if collector.requires_scoring() {
            EnableScoring::enabled_from_statistics_provider(self, &self.searcher)
        } else {
            EnableScoring::disabled_from_searcher(&self.searcher)
        };
        let weight = query.weight(scoring)?;
        let parts: Vec<(u32, &SegmentReader)> = (0..).zip(self.searcher.segment_readers()).collect();
        let found = self.each(parts, |(ord, part)| collector.collect_segment(&*weight, ord, part));
        collector.merge_fruits(found.into_iter().collect::<tantivy::Result<_>>()?)
    }

    /// How many records have a word.
    pub fn frequency(&self, term: &Term) -> tantivy::Result<u64> {
        Ok(self.lists(term)?.records())
    }
}

fn keep(known: &mut HashMap<Term, Arc<Lists>>, term: Term, lists: Arc<Lists>) {
    if known.len() == WORDS {
        known.clear();
    }
    known.insert(term, lists);
}

impl Places {
    fn keep(&mut self, id: (SegmentId, Term), places: &SegmentPostings, size: usize) {
        if self.size + size > PLACES {
            *self = Self::default();
        }
        if size <= PLACES {
            self.size += size;
            self.lists.insert(id, places.clone());
        }
    }
}

/// What the engine ranks by.
impl Bm25StatisticsProvider for Known {
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
