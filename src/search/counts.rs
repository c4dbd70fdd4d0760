//! How the records that match divide: by kind, actor, topic and year, each as a query that narrows.

use std::cmp::Reverse;
use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

use tantivy::collector::{Collector, SegmentCollector};
use tantivy::columnar::StrColumn;
use tantivy::index::SegmentId;
use tantivy::{DocId, Score, Searcher, SegmentOrdinal, SegmentReader};

use crate::text::Text;

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

/// What records have in common, and which have it: read once, since every key that is typed counts them again.
#[derive(Debug)]
pub(super) struct Tags {
    /// In order, each with what it divides by.
    all: Vec<(Division, Text)>,
    parts: HashMap<SegmentId, Arc<Tagged>>,
}

/// The tags of the records in one part of the index, by their places among all.
#[derive(Debug, Default)]
struct Tagged {
    tags: Vec<u32>,
    /// For each record where its own end.
    ends: Vec<u32>,
}

/// What a tag divides by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Division {
    Kind,
    Actor,
    Topic,
    Year,
    None,
}

impl Tags {
    pub fn read(searcher: &Searcher) -> tantivy::Result<Self> {
        let mut columns = Vec::new();
        for segment in searcher.segment_readers() {
            let column = segment.fast_fields().str("tags")?;
            columns.push((segment, column.as_ref().map(terms).transpose()?.unwrap_or_default(), column));
        }
        let all: BTreeSet<&str> =
            columns.iter().flat_map(|(_, terms, _)| terms).map(String::as_str).collect();
        let place: HashMap<&str, u32> = all.iter().copied().zip(0..).collect();
        let mut parts = HashMap::new();
        for (segment, terms, column) in &columns {
            let places: Vec<u32> =
                terms.iter().filter_map(|term| place.get(term.as_str()).copied()).collect();
            let tagged = column.as_ref().map(|column| Tagged::read(segment, column, &places));
            parts.insert(segment.segment_id(), Arc::new(tagged.unwrap_or_default()));
        }
        Ok(Self { all: all.into_iter().map(division).collect(), parts })
    }

    /// How many have each, by kind, actor, topic and year.
    pub fn divided(&self, counted: &[u32]) -> Counts {
        let mut counts = Counts::default();
        for ((division, narrow), count) in self.all.iter().zip(counted).filter(|(_, count)| **count > 0) {
            let list = match division {
                Division::Kind => &mut counts.kinds,
                Division::Actor => &mut counts.actors,
                Division::Topic => &mut counts.topics,
                Division::Year => &mut counts.years,
                Division::None => continue,
            };
            list.push(Count { narrow: narrow.clone(), count: *count as usize });
        }
        for list in [&mut counts.kinds, &mut counts.actors, &mut counts.topics] {
            list.sort_by_key(|it| Reverse(it.count));
        }
        counts.years.reverse();
        counts
    }
}

impl Tagged {
    fn read(segment: &SegmentReader, column: &StrColumn, places: &[u32]) -> Self {
        let mut tagged = Self::default();
        for doc in 0..segment.max_doc() {
            let ords = column.ords().values_for_doc(doc).filter_map(|ord| usize::try_from(ord).ok());
            tagged.tags.extend(ords.filter_map(|ord| places.get(ord)));
            tagged.ends.push(u32::try_from(tagged.tags.len()).unwrap_or(u32::MAX));
        }
        tagged
    }

    /// The tags of a record.
    fn of(&self, doc: DocId) -> &[u32] {
        let end = |nth: usize| self.ends.get(nth).map_or(0, |end| *end as usize);
        let start = (doc as usize).checked_sub(1).map_or(0, end);
        self.tags.get(start..end(doc as usize)).unwrap_or_default()
    }
}

/// The tags of one part of the index, in order.
fn terms(column: &StrColumn) -> tantivy::Result<Vec<String>> {
    let mut terms = Vec::new();
    let mut stream = column.dictionary().stream()?;
    while stream.advance() {
        terms.push(String::from_utf8_lossy(stream.key()).into_owned());
    }
    Ok(terms)
}

/// What a tag divides by, and the query that narrows to it.
fn division(tag: &str) -> (Division, Text) {
    let (what, value) = tag.split_once(['=', ':', '~']).unwrap_or_default();
    let (division, field) = match what {
        "kind" => (Division::Kind, "kind"),
        "actor" => (Division::Actor, "actor"),
        "topic" => (Division::Topic, "topic"),
        "year" => (Division::Year, "date"),
        _ => (Division::None, ""),
    };
    (division, Text::line(&format!("{field}:{value}")))
}

/// Counts the tags of all that match.
pub(super) struct Tally(pub Arc<Tags>);

/// The same in one part of the index.
pub(super) struct PartTally {
    tagged: Arc<Tagged>,
    /// By the tag's place among all.
    counts: Vec<u32>,
}

impl Collector for Tally {
    type Fruit = Vec<u32>;
    type Child = PartTally;

    fn for_segment(&self, _: SegmentOrdinal, segment: &SegmentReader) -> tantivy::Result<PartTally> {
        let counts = vec![0; self.0.all.len()];
        let tagged = self.0.parts.get(&segment.segment_id()).map(Arc::clone).unwrap_or_default();
        Ok(PartTally { tagged, counts })
    }

    fn requires_scoring(&self) -> bool {
        false
    }

    fn merge_fruits(&self, parts: Vec<Vec<u32>>) -> tantivy::Result<Vec<u32>> {
        let mut all = vec![0; self.0.all.len()];
        for part in parts {
            all.iter_mut().zip(part).for_each(|(all, count)| *all += count);
        }
        Ok(all)
    }
}

impl SegmentCollector for PartTally {
    type Fruit = Vec<u32>;

    fn collect(&mut self, doc: DocId, _: Score) {
        for tag in self.tagged.of(doc) {
            if let Some(count) = self.counts.get_mut(*tag as usize) {
                *count += 1;
            }
        }
    }

    fn harvest(self) -> Vec<u32> {
        self.counts
    }
}
