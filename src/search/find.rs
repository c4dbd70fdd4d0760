//! Answers: which records match, the best first, and where in them.
//!
//! The engine ranks; then whole names go first, what is superseded goes back, and of each text the sections
//! that hold most of what was looked for give the extracts.

use std::cmp::Ordering;
use std::collections::HashMap;

use tantivy::collector::{Count, TopDocs};
use tantivy::query::{BooleanQuery, ConstScoreQuery, Occur, Query, TermQuery, TermSetQuery};
use tantivy::schema::{IndexRecordOption, Term};
use tantivy::{DocAddress, DocId, Score, Searcher, SegmentReader};

use super::counts::{Counts, Tally};
use super::entry::{Record, called};
use super::extract::{Extract, Where, of_head};
use super::known::Known;
use super::marks::{Marker, Marks};
use super::pieces::Source;
use super::plan::{Plan, record};
use super::schema::Fields;
use super::sections::{Sections, Spot};
use crate::id::{Id, Kind};
use crate::library::folder::Root;
use crate::text::{Text, slug};

/// Hits that are ranked again beyond those asked for.
const SPARE: usize = 30;
/// Of those who share a name, so many own pages come first.
const OWN: usize = 10;

/// Hits whose texts are read one after another on one core.
const TOGETHER: usize = 4;

/// A record that matches.
#[derive(Clone, Debug, PartialEq)]
pub struct Hit {
    pub id: Id,
    pub title: Text,
    /// The kind of a briefing, as written.
    pub kind: Option<Text>,
    pub date: Option<Text>,
    /// From the root.
    pub file: Text,
    /// The line of the file: of the first extract, or where the record stands.
    pub line: usize,
    pub score: f32,
    /// What was looked for is its name or title as a whole, or itself.
    pub exact: bool,
    /// From different sections, the best first.
    pub extracts: Vec<Extract>,
}

/// What was found.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Results {
    /// The best first.
    pub hits: Vec<Hit>,
    /// How many records match, shown or not.
    pub total: usize,
    /// How they divide, if that was wanted.
    pub counts: Counts,
    /// What to mark in a page that is opened from here.
    pub marks: Marks,
}

/// Finds in one state of the index.
pub(super) struct Finder<'a> {
    pub searcher: &'a Searcher,
    pub fields: Fields,
    /// Where the texts are.
    pub root: &'a Root,
    pub known: &'a Known,
}

/// How much of an answer is wanted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Wanted {
    pub hits: usize,
    /// Of each hit, from different sections; reading the texts for them is what takes time.
    pub extracts: usize,
    /// Whether to tell how all that match divide.
    pub counts: bool,
}

impl Default for Wanted {
    fn default() -> Self {
        Self { hits: 20, extracts: 3, counts: false }
    }
}

/// The best records, how many there are in all, and how these divide.
type Ranked = (Vec<(f32, DocAddress)>, usize, Counts);

/// A record that matches, and how well.
struct Candidate {
    at: DocAddress,
    score: f32,
    exact: bool,
    record: Record,
}

impl Finder<'_> {
    /// The best records for a plan; `words` is the query if it has nothing else.
    pub fn find(&self, plan: &Plan, words: Option<&str>, wanted: Wanted) -> tantivy::Result<Results> {
        let (ranked, total, counts) = self.ranked(plan, wanted)?;
        let first = match words {
            Some(words) => self.named(words)?,
            None => self.owned(plan)?,
        };
        let mut candidates = self.candidates(ranked, &first);
        candidates.sort_by(better);
        candidates.truncate(wanted.hits);
        let addresses: Vec<DocAddress> = candidates.iter().map(|it| it.at).collect();
        let sections = Sections { searcher: self.searcher, body: self.fields.body, known: self.known };
        let sections = match wanted.extracts {
            0 => HashMap::new(),
            _ => sections.of(&addresses, &plan.marks)?,
        };
        let mut some = Vec::new();
        while !candidates.is_empty() {
            some.push(candidates.split_off(candidates.len().saturating_sub(TOGETHER)));
        }
        some.reverse();
        let hits = self.known.each(some, |some| {
            let mut marker = plan.marks.marker();
            let hits = some.into_iter().filter_map(|it| {
                let sections = sections.get(&it.at).map(Vec::as_slice).unwrap_or_default();
                self.hit(it, sections, wanted.extracts, &mut marker)
            });
            hits.collect::<Vec<Hit>>()
        });
        Ok(Results { hits: hits.into_iter().flatten().collect(), total, counts, marks: plan.marks.clone() })
    }

    /// The best by words; where there are none, what is about it first, the newest first.
    fn ranked(&self, plan: &Plan, wanted: Wanted) -> tantivy::Result<Ranked> {
        let top = TopDocs::with_limit(wanted.hits.max(1) + SPARE);
        let tags = if wanted.counts { Some(self.known.tags()?) } else { None };
        let tally = tags.clone().map(Tally);
        let divided = |counted: Option<Vec<u32>>| {
            tags.as_ref().zip(counted).map(|(tags, counted)| tags.divided(&counted)).unwrap_or_default()
        };
        if plan.ranked {
            let all = (top.order_by_score(), Count, tally);
            let (found, total, counted) = self.known.search_all(&plan.query, &all)?;
            return Ok((found, total, divided(counted)));
        }
        let newest = top.tweak_score(|segment: &SegmentReader| {
            let days = segment.fast_fields().i64("earliest").ok();
            let stamps = segment.fast_fields().u64("stamp").ok();
            move |doc: DocId, score: Score| {
                let day = days.as_ref().and_then(|days| days.first(doc)).unwrap_or(-1);
                let stamp = stamps.as_ref().and_then(|stamps| stamps.first(doc));
                // Of one day so many that not all are looked at: the same ones in every index.
                ((i64::from(score > 0.0), day), stamp)
            }
        });
        let (found, total, counted) = self.known.search_all(&plan.query, &(newest, Count, tally))?;
        // The order of days is all that counts; scores rise by one from day to day.
        let (mut score, mut last) = (0_u16, None);
        let rising = found.into_iter().rev().map(|((day, _), at)| {
            score = score.saturating_add(u16::from(last != Some(day)));
            last = Some(day);
            (f32::from(score), at)
        });
        let mut ranked: Vec<(f32, DocAddress)> = rising.collect();
        ranked.reverse();
        Ok((ranked, total, divided(counted)))
    }

    /// The records to show, those of `exact` before all others.
    fn candidates(&self, ranked: Vec<(f32, DocAddress)>, exact: &[DocAddress]) -> Vec<Candidate> {
        let best = ranked.first().map_or(0.0, |(score, _)| *score);
        let ranked =
            ranked.into_iter().filter(|(_, at)| !exact.contains(at)).map(|(score, at)| (score, at, false));
        let exact_hits = exact.iter().map(|at| (best + 1.0, *at, true));
        let made = exact_hits.chain(ranked).filter_map(|(score, at, exact)| {
            let record = record(self.searcher, self.fields.record, at)?;
            let score = if exact { score } else { score * weight(&record) };
            Some(Candidate { at, score, exact, record })
        });
        made.collect()
    }

    /// The own pages of those whom a query without words names by a field: `actor:warren`.
    fn owned(&self, plan: &Plan) -> tantivy::Result<Vec<DocAddress>> {
        if plan.ranked || plan.own.is_empty() {
            return Ok(Vec::new());
        }
        let keys = plan.own.iter().map(|id| Term::from_field_text(self.fields.key, id));
        let own: Box<dyn Query> = Box::new(TermSetQuery::new(keys));
        let query = BooleanQuery::new(vec![(Occur::Must, own), (Occur::Must, plan.query.box_clone())]);
        let found = self.known.search(&query, &TopDocs::with_limit(OWN).order_by_score())?;
        Ok(found.into_iter().map(|(_, at)| at).collect())
    }

    /// The records that `plain` names as a whole.
    fn named(&self, plain: &str) -> tantivy::Result<Vec<DocAddress>> {
        let slug = slug(plain);
        if slug.is_empty() {
            return Ok(Vec::new());
        }
        let term = Term::from_field_text(self.fields.facts, &called(&slug));
        if self.known.frequency(&term)? == 0 {
            return Ok(Vec::new());
        }
        let query = ConstScoreQuery::new(Box::new(TermQuery::new(term, IndexRecordOption::Basic)), 1.0);
        let found = self.known.search(&query, &TopDocs::with_limit(10).order_by_score())?;
        Ok(found.into_iter().map(|(_, at)| at).collect())
    }

    fn hit(&self, found: Candidate, sections: &[Spot], most: usize, marker: &mut Marker<'_>) -> Option<Hit> {
        let record = found.record;
        let id: Id = record.id.parse().ok()?;
        let text = (id.kind == Kind::Briefing && !sections.is_empty())
            .then(|| Source::new(self.root, &record.file, self.known));
        let extracts = sections.iter().filter_map(|spot| extract(&record, text.as_ref(), *spot, marker));
        let extracts: Vec<Extract> = extracts.take(most).collect();
        let line = extracts.iter().map(|it| it.line).find(|line| *line > 0).unwrap_or(record.line.max(1));
        Some(Hit {
            id,
            title: Text::line(&record.title),
            kind: record.kind.as_deref().map(Text::line),
            date: record.date.as_deref().map(Text::line),
            file: Text::line(&record.file),
            line,
            score: found.score,
            exact: found.exact,
            extracts,
        })
    }
}

fn extract(
    record: &Record,
    text: Option<&Source<'_>>,
    spot: Spot,
    marker: &mut Marker<'_>,
) -> Option<Extract> {
    let Some(nth) = spot.section.checked_sub(1) else { return of_head(&record.head, marker) };
    let start = *record.sections.get(nth)?;
    let end = record.sections.get(nth + 1).copied().unwrap_or(usize::MAX);
    let extract = text?.extract(&Where { section: start..end, part: spot.part }, marker)?;
    let titled = *extract.section == *record.title;
    Some(Extract { section: if titled { Text::default() } else { extract.section }, ..extract })
}

/// What is superseded comes after what holds, and briefings before what they are made of.
fn weight(record: &Record) -> f32 {
    let kind = match record.id.split_once(':') {
        Some(("briefing", _)) => 1.0,
        Some(("source" | "term" | "packet", _)) => 0.3,
        _ => 0.5,
    };
    if record.old { kind * 0.6 } else { kind }
}

fn better(a: &Candidate, b: &Candidate) -> Ordering {
    let kind = |it: &Candidate| it.exact.then(|| it.record.id.parse::<Id>().map_or(Kind::Help, |id| id.kind));
    b.exact
        .cmp(&a.exact)
        .then_with(|| exact_rank(kind(a)).cmp(&exact_rank(kind(b))))
        .then_with(|| b.score.total_cmp(&a.score))
        .then_with(|| b.record.date.cmp(&a.record.date))
        .then_with(|| a.record.id.cmp(&b.record.id))
}

/// Of several records of one name, which comes first.
fn exact_rank(kind: Option<Kind>) -> usize {
    match kind {
        Some(Kind::Briefing) => 0,
        Some(Kind::Actor) => 1,
        Some(Kind::Topic) => 2,
        Some(Kind::Term) => 3,
        _ => 4,
    }
}
