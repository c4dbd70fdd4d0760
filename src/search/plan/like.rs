//! The words of the index that a misspelt word or a beginning may stand for.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BinaryHeap};

use tantivy::query::{DfaWrapper, FuzzyTermQuery};
use tantivy::schema::Field as Column;

use super::Planner;
use super::parts::text;
use crate::search::query::edits;
use crate::search::words::STEM;

/// Words that a misspelt one, or a beginning, may stand for; the most frequent.
const WORDS: usize = 48;

impl Planner<'_> {
    /// The words of `columns` that differ from `word` by few letters: itself first, then the most frequent.
    pub(super) fn like(&self, columns: &[Column], word: &str) -> tantivy::Result<Vec<String>> {
        let Some(column) = columns.first() else { return Ok(Vec::new()) };
        let automaton = FuzzyTermQuery::new(text(*column, word), edits(word), true).automaton()?;
        let mut found = Counted::default();
        for column in columns {
            self.like_in(*column, &automaton, &mut found)?;
        }
        Ok(found.most(word))
    }

    fn like_in(&self, column: Column, automaton: &DfaWrapper, found: &mut Counted) -> tantivy::Result<()> {
        for segment in self.searcher.segment_readers() {
            let inverted = segment.inverted_index(column)?;
            let mut stream = inverted.terms().search(automaton).into_stream()?;
            let mut frequent = Frequent::default();
            while let Some((term, known)) = stream.next() {
                frequent.add(term, known.doc_freq);
            }
            found.add(frequent);
        }
        Ok(())
    }

    /// The most frequent words of a column that begin with `start`, which comes first if it is one.
    pub(super) fn beginning_with(&self, column: Column, start: &str) -> tantivy::Result<Vec<String>> {
        let mut found = Counted::default();
        for segment in self.searcher.segment_readers() {
            let inverted = segment.inverted_index(column)?;
            let mut stream =
                inverted.terms().range().ge(start).lt(format!("{start}\u{10ffff}")).into_stream()?;
            let mut frequent = Frequent::default();
            while let Some((term, known)) = stream.next() {
                frequent.add(term, known.doc_freq);
            }
            found.add(frequent);
        }
        Ok(found.most(start))
    }
}

/// The most frequent of many words. A beginning of two letters has thousands, and few are worth keeping.
#[derive(Default)]
struct Frequent(BinaryHeap<Reverse<(u32, Vec<u8>)>>);

impl Frequent {
    fn add(&mut self, term: &[u8], records: u32) {
        let full = self.0.len() == 2 * WORDS;
        if full && self.0.peek().is_some_and(|Reverse((least, _))| *least >= records) {
            return;
        }
        if full {
            self.0.pop();
        }
        self.0.push(Reverse((records, term.to_owned())));
    }
}

/// Words of the index, and how many records have each.
#[derive(Default)]
struct Counted(BTreeMap<String, u64>);

impl Counted {
    fn add(&mut self, frequent: Frequent) {
        for Reverse((records, term)) in frequent.0 {
            let Ok(term) = String::from_utf8(term) else { continue };
            if !term.starts_with(STEM) {
                *self.0.entry(term).or_default() += u64::from(records);
            }
        }
    }

    /// `word` itself if it is there, then the most frequent.
    fn most(self, word: &str) -> Vec<String> {
        let mut found: Vec<(String, u64)> = self.0.into_iter().collect();
        found.sort_by_key(|(term, records)| (term != word, Reverse(*records)));
        found.into_iter().map(|(term, _)| term).take(WORDS).collect()
    }
}
