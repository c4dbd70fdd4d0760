//! The words of the index that a misspelt word or a beginning may stand for.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use tantivy::query::FuzzyTermQuery;
use tantivy::schema::Field as Column;

use super::Planner;
use super::parts::text;
use crate::search::query::edits;
use crate::search::words::STEM;

/// Words that a misspelt one may stand for.
const LIKE: usize = 64;
/// Words that are looked up in a text for one beginning.
const BEGINNINGS: usize = 24;

impl Planner<'_> {
    /// The words of the index that differ from `word` by few letters, itself first, then the most frequent.
    pub(super) fn like(&self, column: Column, word: &str) -> tantivy::Result<Vec<String>> {
        let automaton = FuzzyTermQuery::new(text(column, word), edits(word), true).automaton()?;
        let mut found = Counted::default();
        for segment in self.searcher.segment_readers() {
            let inverted = segment.inverted_index(column)?;
            let mut stream = inverted.terms().search(&automaton).into_stream()?;
            while let Some((term, known)) = stream.next() {
                found.add(term, known.doc_freq);
            }
        }
        Ok(found.most(word, LIKE))
    }

    /// The most frequent words of the index that begin with `start`.
    pub(super) fn beginning_with(&self, column: Column, start: &str) -> tantivy::Result<Vec<String>> {
        let mut found = Counted::default();
        for segment in self.searcher.segment_readers() {
            let inverted = segment.inverted_index(column)?;
            let mut stream =
                inverted.terms().range().ge(start).lt(format!("{start}\u{10ffff}")).into_stream()?;
            while let Some((term, known)) = stream.next() {
                found.add(term, known.doc_freq);
            }
        }
        Ok(found.most(start, BEGINNINGS))
    }
}

/// Words of the index, and how many records have each.
#[derive(Default)]
struct Counted(BTreeMap<String, u64>);

impl Counted {
    fn add(&mut self, term: &[u8], records: u32) {
        let Ok(term) = std::str::from_utf8(term) else { return };
        if !term.starts_with(STEM) {
            *self.0.entry(term.to_owned()).or_default() += u64::from(records);
        }
    }

    /// `word` itself if it is there, then the most frequent.
    fn most(self, word: &str, count: usize) -> Vec<String> {
        let mut found: Vec<(String, u64)> = self.0.into_iter().collect();
        found.sort_by_key(|(term, records)| (term != word, Reverse(*records)));
        found.into_iter().map(|(term, _)| term).take(count).collect()
    }
}
