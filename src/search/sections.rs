//! Which sections of a text hold most of what was looked for, told by the positions in the index: no text is read.

use std::collections::{BTreeMap, HashMap};

use tantivy::postings::Postings;
use tantivy::schema::{Field, Term};
use tantivy::{DocAddress, DocId, DocSet, Searcher, SegmentReader, TERMINATED};

use super::known::Known;
use super::marks::Marks;
use super::words::SECTION;

/// Words by which sections are told apart.
pub(super) const TOLD_BY: usize = 32;

/// So many words of a pattern are enough where each text has so many sections with one of them.
const ENOUGH: usize = 4;

/// A section that holds some of what was looked for.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Spot {
    /// See `passage::Running`.
    pub section: usize,
    /// How far into its words the first of them stands, from 0 to 1.
    pub part: f64,
}

/// Looks sections up in one state of the index.
pub(super) struct Sections<'a> {
    pub searcher: &'a Searcher,
    /// The field of bodies.
    pub body: Field,
    pub known: &'a Known,
}

impl Sections<'_> {
    /// Which sections of each record hold most of what was looked for, the best first.
    pub fn of(&self, hits: &[DocAddress], marks: &Marks) -> tantivy::Result<HashMap<DocAddress, Vec<Spot>>> {
        let mut parts: BTreeMap<u32, Vec<DocId>> = BTreeMap::new();
        for at in hits {
            parts.entry(at.segment_ord).or_default().push(at.doc_id);
        }
        let parts: Vec<(u32, Vec<DocId>)> = parts.into_iter().collect();
        let told = self.known.each(parts, |(ord, mut docs)| {
            docs.sort_unstable();
            let told = self.sections_in(self.searcher.segment_reader(ord), &docs, marks)?;
            Ok(told.into_iter().map(|(doc, spots)| (DocAddress::new(ord, doc), spots)).collect::<Vec<_>>())
        });
        let told: Vec<_> = told.into_iter().collect::<tantivy::Result<_>>()?;
        Ok(told.into_iter().flatten().collect())
    }

    /// `docs` must rise.
    fn sections_in(
        &self,
        segment: &SegmentReader,
        docs: &[DocId],
        marks: &Marks,
    ) -> tantivy::Result<Vec<(DocId, Vec<Spot>)>> {
        let starts = self.positions(segment, SECTION, docs)?;
        let mut tallies = vec![Tally::default(); docs.len()];
        let mut words = 0;
        for pattern in marks.patterns() {
            let longest = pattern.parts.iter().max_by_key(|part| part.any.first().map_or(0, String::len));
            let any = longest.map_or(&[][..], |part| &part.any);
            for (nth, word) in any.iter().take(TOLD_BY.saturating_sub(words)).enumerate() {
                // Of many words the rarer ones tell little more.
                if nth >= ENOUGH && tallies.iter().all(|tally| tally.here.len() >= ENOUGH) {
                    break;
                }
                words += 1;
                let found = self.positions(segment, word, docs)?;
                for ((found, starts), tally) in found.iter().zip(&starts).zip(&mut tallies) {
                    for position in found {
                        tally.add(*position, starts);
                    }
                }
            }
            tallies.iter_mut().for_each(Tally::end_pattern);
        }
        let spots = starts.iter().zip(tallies).map(|(starts, tally)| tally.spots(starts));
        Ok(docs.iter().copied().zip(spots).collect())
    }

    /// Where `word` stands in the bodies of `docs`, which rise.
    fn positions(
        &self,
        segment: &SegmentReader,
        word: &str,
        docs: &[DocId],
    ) -> tantivy::Result<Vec<Vec<u32>>> {
        let mut positions = vec![Vec::new(); docs.len()];
        let term = Term::from_field_text(self.body, word);
        let Some(mut postings) = self.known.places(segment, &term)? else { return Ok(positions) };
        for (doc, positions) in docs.iter().zip(&mut positions) {
            if postings.doc() < *doc {
                postings.seek(*doc);
            }
            if postings.doc() == TERMINATED {
                break;
            }
            if postings.doc() == *doc {
                postings.positions(positions);
            }
        }
        Ok(positions)
    }
}

/// Which sections of one text hold what was looked for.
#[derive(Clone, Debug, Default)]
struct Tally {
    /// For each section how much it counts, and the first word found.
    sections: BTreeMap<usize, (f32, u32)>,
    /// How often the pattern that is being looked for stands in each.
    here: BTreeMap<usize, f32>,
}

impl Tally {
    fn add(&mut self, position: u32, starts: &[u32]) {
        let section = starts.partition_point(|start| *start <= position).saturating_sub(1);
        *self.here.entry(section).or_default() += 1.0;
        let first = &mut self.sections.entry(section).or_insert((0.0, position)).1;
        *first = position.min(*first);
    }

    /// Each thing that is looked for counts for one, however often it stands there, and a little more.
    fn end_pattern(&mut self) {
        for (section, count) in std::mem::take(&mut self.here) {
            self.sections.entry(section).or_default().0 += 1.0 + count.min(9.0) / 100.0;
        }
    }

    /// The sections, the best first.
    fn spots(self, starts: &[u32]) -> Vec<Spot> {
        let mut sections: Vec<_> = self.sections.into_iter().collect();
        sections.sort_by(|(a, (most, _)), (b, (more, _))| more.total_cmp(most).then(a.cmp(b)));
        let spot = |(section, (_, first)): (usize, (f32, u32))| {
            let start = starts.get(section).copied().unwrap_or_default();
            let end = starts.get(section + 1).copied().unwrap_or(start);
            let part = f64::from(first.saturating_sub(start)) / f64::from(end.saturating_sub(start).max(1));
            Spot { section, part: part.min(1.0) }
        };
        sections.into_iter().map(spot).collect()
    }
}
