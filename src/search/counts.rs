//! How the records that match divide: by kind, actor, topic and year, each as a query that narrows.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use crate::text::Text;
use tantivy::collector::{Collector, SegmentCollector};
use tantivy::columnar::StrColumn;
use tantivy::{DocId, Score, SegmentOrdinal, SegmentReader};

/// How many records that match have one thing in common.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Count {
    /// What to add to the query to see only them: `actor:nvidia`, `date:2025`.
    pub narrow: Text,
    pub count: usize,
}

/// The divisions of what matches; the most frequent first, years by time, the newest first.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    pub kinds: Vec<Count>,
    pub actors: Vec<Count>,
    pub topics: Vec<Count>,
    pub years: Vec<Count>,
}

/// By kind, actor, topic and year what was counted by tag.
pub(super) fn divided(tags: BTreeMap<String, usize>) -> Counts {
    let mut counts = Counts::default();
    for (tag, count) in tags {
        let (what, value) = tag.split_once(['=', ':', '~']).unwrap_or_default();
        let (list, field) = match what {
            "kind" => (&mut counts.kinds, "kind"),
            "actor" => (&mut counts.actors, "actor"),
            "topic" => (&mut counts.topics, "topic"),
            "year" => (&mut counts.years, "date"),
            _ => continue,
        };
        list.push(Count { narrow: Text::line(&format!("{field}:{value}")), count });
    }
    for list in [&mut counts.kinds, &mut counts.actors, &mut counts.topics] {
        list.sort_by_key(|it| Reverse(it.count));
    }
    counts.years.reverse();
    counts
}

/// Counts the tags of all that match.
pub(super) struct Tags;

pub(super) struct SegmentTags {
    column: Option<StrColumn>,
    /// By the tag's place in the column's dictionary.
    counts: Vec<usize>,
}

impl Collector for Tags {
    type Fruit = BTreeMap<String, usize>;
    type Child = SegmentTags;

    fn for_segment(&self, _: SegmentOrdinal, segment: &SegmentReader) -> tantivy::Result<SegmentTags> {
        let column = segment.fast_fields().str("tags")?;
        let counts = vec![0; column.as_ref().map_or(0, |column| column.dictionary().num_terms())];
        Ok(SegmentTags { column, counts })
    }

    fn requires_scoring(&self) -> bool {
        false
    }

    fn merge_fruits(
        &self,
        segments: Vec<tantivy::Result<BTreeMap<String, usize>>>,
    ) -> tantivy::Result<Self::Fruit> {
        let mut all = BTreeMap::new();
        for segment in segments {
            for (tag, count) in segment? {
                *all.entry(tag).or_default() += count;
            }
        }
        Ok(all)
    }
}

impl SegmentCollector for SegmentTags {
    type Fruit = tantivy::Result<BTreeMap<String, usize>>;

    fn collect(&mut self, doc: DocId, _: Score) {
        let Some(column) = &self.column else { return };
        for ord in column.ords().values_for_doc(doc) {
            if let Some(count) = usize::try_from(ord).ok().and_then(|ord| self.counts.get_mut(ord)) {
                *count += 1;
            }
        }
    }

    fn harvest(self) -> Self::Fruit {
        let mut found = BTreeMap::new();
        let Some(column) = self.column else { return Ok(found) };
        let mut terms = column.dictionary().stream()?;
        let mut counts = self.counts.into_iter();
        while let (true, Some(count)) = (terms.advance(), counts.next()) {
            if count > 0 {
                found.insert(String::from_utf8_lossy(terms.key()).into_owned(), count);
            }
        }
        Ok(found)
    }
}
