//! The words of the index that a misspelt word or a beginning may stand for.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BinaryHeap};

use tantivy::query::FuzzyTermQuery;
use tantivy::schema::Field as Column;

use super::Planner;
use super::parts::text;
use crate::search::query::edits;
use crate::search::words::STEM;

/// Words of a column that a misspelt one, or a beginning, may stand for.
const WORDS: usize = 128;

/// The words that one may be, in each column.
type Others = Vec<(Column, Vec<String>)>;

impl Planner<'_> {
    /// The words of each column that differ from `word` by few letters: those that differ least, then the most
    /// frequent.
    pub(super) fn like(&self, columns: &[Column], word: &str) -> tantivy::Result<Others> {
        let Some(first) = columns.first() else { return Ok(Vec::new()) };
        let automaton = FuzzyTermQuery::new(text(*first, word), edits(word), true).automaton()?;
        let others = columns.iter().map(|column| {
            let mut found = Counted::default();
            for segment in self.searcher.segment_readers() {
                let inverted = segment.inverted_index(*column)?;
                let mut stream = inverted.terms().search(&automaton).into_stream()?;
                let mut frequent = Frequent::default();
                while let Some((term, known)) = stream.next() {
                    frequent.add(term, known.doc_freq);
                }
                found.add(frequent);
            }
            Ok((*column, found.most(|it| strsim::damerau_levenshtein(it, word))))
        });
        others.collect()
    }

    /// The most frequent words of each column that begin with `start`, which comes first if it is one.
    pub(super) fn beginning_with(&self, columns: &[Column], start: &str) -> tantivy::Result<Others> {
        let end = format!("{start}\u{10ffff}");
        let others = columns.iter().map(|column| {
            let mut found = Counted::default();
            for segment in self.searcher.segment_readers() {
                let inverted = segment.inverted_index(*column)?;
                let mut stream = inverted.terms().range().ge(start).lt(&end).into_stream()?;
                let mut frequent = Frequent::default();
                while let Some((term, known)) = stream.next() {
                    frequent.add(term, known.doc_freq);
                }
                found.add(frequent);
            }
            Ok((*column, found.most(|it| usize::from(it != start))))
        });
        others.collect()
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

    /// The nearest, then the most frequent.
    fn most(self, far: impl Fn(&str) -> usize) -> Vec<String> {
        let mut found: Vec<(usize, Reverse<u64>, String)> =
            self.0.into_iter().map(|(term, records)| (far(&term), Reverse(records), term)).collect();
        found.sort();
        found.into_iter().map(|(_, _, term)| term).take(WORDS).collect()
    }
}
