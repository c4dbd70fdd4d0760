//! Everything with any of many words, all of them alike: their lists are read into one set of bits.

use std::sync::Arc;

use tantivy::index::SegmentReader;
use tantivy::query::{BitSetDocSet, ConstScorer, EnableScoring, Explanation, Query, Scorer, Weight};
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{BitSet, DocId, DocSet, Score, TantivyError};

use crate::search::known::Lists;

/// The words of some columns, by their lists: they were met in the dictionary, and are not looked up again.
#[derive(Clone, Debug)]
pub(in crate::search) struct AnyOf(pub Vec<(Field, Arc<Lists>)>);

impl Query for AnyOf {
    fn weight(&self, _: EnableScoring<'_>) -> tantivy::Result<Box<dyn Weight>> {
        Ok(Box::new(self.clone()))
    }
}

impl Weight for AnyOf {
    fn scorer(&self, segment: &SegmentReader, boost: Score) -> tantivy::Result<Box<dyn Scorer>> {
        let mut bits = BitSet::with_max_value(segment.max_doc());
        for (column, lists) in &self.0 {
            let inverted = segment.inverted_index(*column)?;
            for list in lists.get(&segment.segment_id()).into_iter().flatten() {
                let mut blocks =
                    inverted.read_block_postings_from_terminfo(list, IndexRecordOption::Basic)?;
                while !blocks.docs().is_empty() {
                    for doc in blocks.docs() {
                        bits.insert(*doc);
                    }
                    blocks.advance();
                }
            }
        }
        Ok(Box::new(ConstScorer::new(BitSetDocSet::from(bits), boost)))
    }

    fn explain(&self, segment: &SegmentReader, doc: DocId) -> tantivy::Result<Explanation> {
        let mut scorer = self.scorer(segment, 1.0)?;
        if scorer.doc() <= doc && scorer.seek(doc) == doc {
            return Ok(Explanation::new("any of many words", 1.0));
        }
        Err(TantivyError::InvalidArgument(format!("document {doc} has none of the words")))
    }
}
