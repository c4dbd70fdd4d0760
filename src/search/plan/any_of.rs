//! Everything with any of some words: their lists are read one after another, and what each counts for is added up.
//!
//! The engine would go through all lists at once, record by record, and look every word up again.

use std::sync::Arc;

use tantivy::fieldnorm::FieldNormReader;
use tantivy::index::SegmentReader;
use tantivy::postings::TermInfo;
use tantivy::query::{
    BitSetDocSet, Bm25StatisticsProvider, Bm25Weight, EnableScoring, Explanation, Query, Scorer, Weight,
};
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{BitSet, DocId, DocSet, Score, TERMINATED, TantivyError};

use crate::search::known::Lists;

/// Words of one column by their lists: they were met in the dictionary, and are not looked up again.
#[derive(Clone, Debug)]
pub(super) struct Part {
    pub column: Field,
    pub lists: Arc<Lists>,
    pub counts: Counts,
}

/// What it counts that a record has one of the words.
#[derive(Clone, Copy, Debug)]
pub(super) enum Counts {
    /// The same for each of them, and once.
    Alike(Score),
    /// As the engine counts a word, which is by how rare it is, times this. There is one word.
    ByRarity(Score),
}

/// Any of the words of its parts.
#[derive(Clone, Debug)]
pub(super) struct AnyOf(pub Vec<Part>);

/// The same, ready to be looked for; a number for each part that counts by rarity, if it is to be ranked at all.
struct Weighed {
    parts: Vec<(Part, Option<Bm25Weight>)>,
    ranked: bool,
}

/// The records that have any, and for how much that counts.
struct Found {
    docs: BitSetDocSet,
    /// By the number of the record; empty where nothing is ranked.
    scores: Vec<Score>,
    boost: Score,
}

impl Query for AnyOf {
    fn weight(&self, scoring: EnableScoring<'_>) -> tantivy::Result<Box<dyn Weight>> {
        let EnableScoring::Enabled { statistics_provider: known, .. } = scoring else {
            let parts = self.0.iter().map(|part| (part.clone(), None)).collect();
            return Ok(Box::new(Weighed { parts, ranked: false }));
        };
        let parts = self.0.iter().map(|part| Ok((part.clone(), part.rarity(known)?)));
        let parts = parts.collect::<tantivy::Result<_>>()?;
        Ok(Box::new(Weighed { parts, ranked: true }))
    }
}

impl Part {
    #[allow(clippy::cast_precision_loss, reason = "a mean")]
    fn rarity(&self, known: &dyn Bm25StatisticsProvider) -> tantivy::Result<Option<Bm25Weight>> {
        let Counts::ByRarity(boost) = self.counts else { return Ok(None) };
        let records = known.total_num_docs()?;
        let length = known.total_num_tokens(self.column)? as Score / records as Score;
        let rarity = Bm25Weight::for_one_term_without_explain(self.lists.records(), records, length);
        Ok(Some(rarity.boost_by(boost)))
    }
}

impl Weight for Weighed {
    fn scorer(&self, segment: &SegmentReader, boost: Score) -> tantivy::Result<Box<dyn Scorer>> {
        Ok(Box::new(self.found(segment, boost)?))
    }

    fn explain(&self, segment: &SegmentReader, doc: DocId) -> tantivy::Result<Explanation> {
        let mut found = self.found(segment, 1.0)?;
        if found.doc() <= doc && found.seek(doc) == doc {
            return Ok(Explanation::new("any of some words", found.score()));
        }
        Err(TantivyError::InvalidArgument(format!("document {doc} has none of the words")))
    }

    fn for_each(
        &self,
        segment: &SegmentReader,
        callback: &mut dyn FnMut(DocId, Score),
    ) -> tantivy::Result<()> {
        let mut found = self.found(segment, 1.0)?;
        while found.doc() != TERMINATED {
            callback(found.doc(), found.score());
            found.advance();
        }
        Ok(())
    }

    fn for_each_pruning(
        &self,
        mut threshold: Score,
        segment: &SegmentReader,
        callback: &mut dyn FnMut(DocId, Score) -> Score,
    ) -> tantivy::Result<()> {
        let mut found = self.found(segment, 1.0)?;
        while found.doc() != TERMINATED {
            let score = found.score();
            if score > threshold {
                threshold = callback(found.doc(), score);
            }
            found.advance();
        }
        Ok(())
    }
}

impl Weighed {
    fn found(&self, segment: &SegmentReader, boost: Score) -> tantivy::Result<Found> {
        let most = segment.max_doc();
        let mut docs = BitSet::with_max_value(most);
        let mut scores = vec![0.0; if self.ranked { most as usize } else { 0 }];
        for (part, rarity) in &self.parts {
            match (part.counts, rarity) {
                (Counts::Alike(counts), _) if self.ranked => {
                    let mut here = BitSet::with_max_value(most);
                    part.each(segment, IndexRecordOption::Basic, |doc, _| {
                        if here.insert(doc) {
                            docs.insert(doc);
                            add(&mut scores, doc, counts);
                        }
                    })?;
                }
                (_, Some(rarity)) => {
                    let lengths = segment.fieldnorms_readers().get_field(part.column)?;
                    let lengths = lengths.unwrap_or_else(|| FieldNormReader::constant(most, 1));
                    part.each(segment, IndexRecordOption::WithFreqs, |doc, often| {
                        docs.insert(doc);
                        add(&mut scores, doc, rarity.score(lengths.fieldnorm_id(doc), often));
                    })?;
                }
                _ => part.each(segment, IndexRecordOption::Basic, |doc, _| {
                    docs.insert(doc);
                })?,
            }
        }
        Ok(Found { docs: BitSetDocSet::from(docs), scores, boost })
    }
}

fn add(scores: &mut [Score], doc: DocId, counts: Score) {
    if let Some(score) = scores.get_mut(doc as usize) {
        *score += counts;
    }
}

impl Part {
    /// Calls `take` with each record of each list, and how often it has the word: once, where that is not known.
    fn each(
        &self,
        segment: &SegmentReader,
        option: IndexRecordOption,
        mut take: impl FnMut(DocId, u32),
    ) -> tantivy::Result<()> {
        let inverted = segment.inverted_index(self.column)?;
        let lists: Vec<&TermInfo> = self.lists.of(segment).collect();
        for list in lists {
            let mut blocks = inverted.read_block_postings_from_terminfo(list, option)?;
            while !blocks.docs().is_empty() {
                for (nth, doc) in blocks.docs().iter().enumerate() {
                    take(*doc, blocks.freq(nth));
                }
                blocks.advance();
            }
        }
        Ok(())
    }
}

impl DocSet for Found {
    fn advance(&mut self) -> DocId {
        self.docs.advance()
    }

    fn seek(&mut self, target: DocId) -> DocId {
        self.docs.seek(target)
    }

    fn doc(&self) -> DocId {
        self.docs.doc()
    }

    fn size_hint(&self) -> u32 {
        self.docs.size_hint()
    }
}

impl Scorer for Found {
    fn score(&mut self) -> Score {
        self.scores.get(self.docs.doc() as usize).map_or(1.0, |score| score * self.boost)
    }
}
