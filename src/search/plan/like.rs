//! The words of the index that a misspelt word or a beginning may stand for.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BinaryHeap, HashSet};
use std::sync::Arc;

use tantivy::SegmentReader;
use tantivy::index::SegmentId;
use tantivy::postings::TermInfo;
use tantivy::query::FuzzyTermQuery;
use tantivy::schema::Field as Column;

use super::Planner;
use super::parts::text;
use crate::search::known::Lists;
use crate::search::query::edits;
use crate::search::sections::TOLD_BY;
use crate::search::words::STEM;

/// Words of a column that a misspelt one, or a beginning, may stand for.
const WORDS: usize = 128;

/// The words of one column that one may be.
#[derive(Clone, Debug, Default)]
pub(super) struct Others {
    /// The likeliest.
    pub words: Vec<String>,
    /// Where they stand.
    pub lists: Arc<Lists>,
}

impl Planner<'_> {
    /// The words of a column that differ from `word` by few letters: those that differ least, then the most
    /// frequent.
    pub(super) fn like(&self, column: Column, word: &str) -> tantivy::Result<Others> {
        let automaton = FuzzyTermQuery::new(text(column, word), edits(word), true).automaton()?;
        let found = self.counted(|segment, frequent| {
            let inverted = segment.inverted_index(column)?;
            let mut stream = inverted.terms().search(&automaton).into_stream()?;
            while let Some((term, known)) = stream.next() {
                frequent.add(term, known);
            }
            Ok(())
        })?;
        self.likeliest(column, found, |it| strsim::damerau_levenshtein(it, word))
    }

    /// The most frequent words of a column that begin with `start`, which comes first if it is one.
    pub(super) fn beginning_with(&self, column: Column, start: &str) -> tantivy::Result<Others> {
        let found = self.counted(|segment, frequent| {
            each_from(segment, column, start, |term, known| frequent.add(term, known))
        })?;
        self.likeliest(column, found, |it| usize::from(it != start))
    }

    /// The most frequent words that `gather` gives of each part of the index.
    fn counted(
        &self,
        gather: impl Fn(&SegmentReader, &mut Frequent) -> tantivy::Result<()> + Sync,
    ) -> tantivy::Result<Counted> {
        let gathered = self.known.each(self.searcher.segment_readers().iter().collect(), |segment| {
            let mut frequent = Frequent::default();
            gather(segment, &mut frequent).map(|()| (segment, frequent))
        });
        let mut counted = Counted::default();
        for (segment, frequent) in gathered.into_iter().collect::<tantivy::Result<Vec<_>>>()? {
            counted.add(segment, frequent);
        }
        Ok(counted)
    }

    /// The same, but with the lists of all words that begin so.
    pub(super) fn all_beginning_with(&self, column: Column, start: &str) -> tantivy::Result<Others> {
        let mut found = Counted::default();
        let mut lists = Lists::default();
        for segment in self.searcher.segment_readers() {
            let mut frequent = Frequent::default();
            each_from(segment, column, start, |term, known| {
                lists.0.push((segment.segment_id(), known.clone()));
                frequent.add(term, known);
            })?;
            found.add(segment, frequent);
        }
        let words = found.most(|it| usize::from(it != start)).into_iter().map(|(word, _)| word).collect();
        Ok(Others { words, lists: Arc::new(lists) })
    }

    /// The nearest, then the most frequent, with their lists. A word may be frequent in one part of the index and
    /// have been passed over in another.
    fn likeliest(
        &self,
        column: Column,
        found: Counted,
        far: impl Fn(&str) -> usize,
    ) -> tantivy::Result<Others> {
        let mut others = Others::default();
        let mut lists = Lists::default();
        let partly = found.partly.clone();
        for (nth, (word, mut known)) in found.most(far).into_iter().enumerate() {
            for segment in self.searcher.segment_readers() {
                let id = segment.segment_id();
                if partly.contains(&id) && known.iter().all(|(of, _)| *of != id) {
                    let list = segment.inverted_index(column)?.get_term_info(&text(column, &word))?;
                    known.extend(list.map(|list| (id, list)));
                }
            }
            lists.0.extend_from_slice(&known);
            if nth < TOLD_BY {
                self.known.learn(text(column, &word), Lists(known));
            }
            others.words.push(word);
        }
        others.lists = Arc::new(lists);
        Ok(others)
    }
}

/// Calls `take` with each word of a column that begins with `start`.
fn each_from(
    segment: &SegmentReader,
    column: Column,
    start: &str,
    mut take: impl FnMut(&[u8], &TermInfo),
) -> tantivy::Result<()> {
    let inverted = segment.inverted_index(column)?;
    let mut stream = inverted.terms().range().ge(start).lt(format!("{start}\u{10ffff}")).into_stream()?;
    while let Some((term, known)) = stream.next() {
        take(term, known);
    }
    Ok(())
}

/// The most frequent of many words. A beginning of two letters has thousands, and few are worth keeping.
#[derive(Default)]
struct Frequent {
    /// In how many records each stands, and the place of its list.
    most: BinaryHeap<Reverse<(u32, Vec<u8>, usize)>>,
    lists: Vec<TermInfo>,
    /// There were more.
    partly: bool,
}

impl Frequent {
    fn add(&mut self, term: &[u8], known: &TermInfo) {
        let full = self.most.len() == 2 * WORDS;
        self.partly |= full;
        if full && self.most.peek().is_some_and(|Reverse((least, ..))| *least >= known.doc_freq) {
            return;
        }
        if full {
            self.most.pop();
        }
        self.most.push(Reverse((known.doc_freq, term.to_owned(), self.lists.len())));
        self.lists.push(known.clone());
    }
}

/// The lists of a word, one for each part of the index in which it was met.
type Known = Vec<(SegmentId, TermInfo)>;

/// Words of the index, how many records have each, and where.
#[derive(Default)]
struct Counted {
    words: BTreeMap<String, (u64, Known)>,
    /// The parts of the index of which words were passed over.
    partly: HashSet<SegmentId>,
}

impl Counted {
    fn add(&mut self, segment: &SegmentReader, frequent: Frequent) {
        let Frequent { most, lists, partly } = frequent;
        if partly {
            self.partly.insert(segment.segment_id());
        }
        for Reverse((records, term, at)) in most {
            let Ok(term) = String::from_utf8(term) else { continue };
            if !term.starts_with(STEM) {
                let (all, known) = self.words.entry(term).or_default();
                *all += u64::from(records);
                known.extend(lists.get(at).map(|list| (segment.segment_id(), list.clone())));
            }
        }
    }

    /// The nearest, then the most frequent.
    fn most(self, far: impl Fn(&str) -> usize) -> Vec<(String, Known)> {
        let found = self
            .words
            .into_iter()
            .map(|(term, (records, known))| (far(&term), Reverse(records), term, known));
        let mut found: Vec<_> = found.collect();
        found.sort_by(|a, b| (a.0, a.1, &a.2).cmp(&(b.0, b.1, &b.2)));
        found.into_iter().map(|(_, _, term, known)| (term, known)).take(WORDS).collect()
    }
}
