//! What the texts themselves say: who is named where, what a text links to, who appears with whom.
//!
//! Made by reading every body once, in parallel; a text whose stamp has not changed is not read again.
//! Only where a mention stands is kept, not its words: memory grows with the mentions, not with the texts.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::ops::Range;
use std::sync::Arc;

use rayon::prelude::*;

use crate::document::{Document, Inline, Target, parse};
use crate::id::{Id, Kind};
use crate::library::problem::Problem;
use crate::library::record::Briefing;
use crate::library::{Body, Library};
use crate::mentions::mark::Marks;
use crate::mentions::passage::{Passage, passages};
use crate::mentions::{Matcher, Mention, Rule, Who};
use crate::text::Text;

/// In a text with more, a name that several records share counts for the first of them only.
const SPOTS: usize = 200_000;

/// A mention, or a link that the author wrote, in the text of one briefing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Spot {
    pub to: Arc<Id>,
    /// The name as the library writes it; for a written link, its words.
    pub name: Arc<Text>,
    pub rule: Rule,
    /// One of several records that share the name: ambiguous, and never guessed.
    pub shared: bool,
    /// The line of the briefing's file.
    pub line: u32,
    /// Which passage of the text, and which bytes of it.
    pub passage: u32,
    pub range: Range<u32>,
}

impl Spot {
    /// Whether the author wrote it as a link.
    pub fn is_written(&self) -> bool {
        self.rule == Rule::Written
    }
}

/// A link in a text that leads nowhere.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Dangling {
    pub line: u32,
    /// Where it leads, as written.
    pub target: Text,
}

/// What one briefing's text holds.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TextLinks {
    /// Of the briefing when it was read.
    pub print: u64,
    /// In reading order.
    pub spots: Vec<Spot>,
    pub dangling: Vec<Dangling>,
}

/// What all texts of a library hold.
#[derive(Clone, Debug, Default)]
pub struct Texts {
    /// Changes when a name does; mentions made with other names are void.
    names: u64,
    /// Changes when a file comes or goes, to which texts may link; 0 where that is not known.
    there: u64,
    of: Of,
    by: By,
}

/// What each text holds, shared with older texts where it has not changed.
type Of = BTreeMap<Arc<Id>, Arc<TextLinks>>;

/// The briefings that name each record, in the order of ids; what has not changed is shared with older texts.
type By = HashMap<Arc<Id>, Arc<Vec<Arc<Id>>>>;

/// Another record that stands in the same texts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Company {
    pub id: Arc<Id>,
    /// In how many briefings both are named.
    pub briefings: usize,
    /// In how many passages both are named.
    pub passages: usize,
}

impl PartialEq for Texts {
    fn eq(&self, other: &Self) -> bool {
        self.names == other.names && self.of == other.of
    }
}

impl TextLinks {
    /// Whether the links that the author wrote lead where they did when the text was read, or still nowhere.
    fn leads_where_it_did(&self, library: &Library, briefing: &Briefing) -> bool {
        let lost = |mut target: Target| {
            library.resolve(&briefing.file, &mut target);
            matches!(target, Target::Lost(_))
        };
        let lost = |it: &Dangling| {
            lost(Target::Path(it.target.to_string())) && lost(Target::Wiki(it.target.to_string()))
        };
        self.spots.iter().filter(|it| it.is_written()).all(|it| library.holds(&it.to))
            && self.dangling.iter().all(lost)
    }
}

/// A number made of all that a link can lead to.
fn there(library: &Library) -> u64 {
    let files = library.briefings.files().flat_map(|it| [it.file.as_str(), it.id.slug.as_str()]);
    let files = files.chain(library.others.iter().map(String::as_str));
    crate::library::stamp(&files.map(str::as_bytes).collect::<Vec<_>>()).max(1)
}

impl Texts {
    /// Reads every text that `old` does not hold as it is now. `tick` is told of each text that is done.
    pub fn new(library: &Library, matcher: &Matcher, old: &Self, tick: &(dyn Fn() + Sync)) -> Self {
        let known = (old.names == matcher.stamp()).then_some(old);
        let there = there(library);
        let briefings: Vec<_> = library.briefings.values().collect();
        let of: Vec<_> = briefings
            .into_par_iter()
            .map(|briefing| {
                let kept = known
                    .and_then(|old| old.of.get_key_value(&briefing.id))
                    .filter(|(_, text)| text.print == briefing.print)
                    .filter(|(_, text)| there == old.there || text.leads_where_it_did(library, briefing));
                let made = match kept {
                    Some((id, text)) => (Arc::clone(id), Arc::clone(text)),
                    None => (Arc::new(briefing.id.clone()), Arc::new(read(library, matcher, briefing))),
                };
                tick();
                made
            })
            .collect();
        let of = Of::from_iter(of);
        let by = backward(known.unwrap_or(&Self::default()), &of);
        Self { names: matcher.stamp(), there, by, of }
    }

    /// Texts as they were kept.
    pub(super) fn kept(names: u64, of: Of) -> Self {
        Self { names, there: 0, by: backward(&Self::default(), &of), of }
    }

    pub(super) fn names(&self) -> u64 {
        self.names
    }

    pub(super) fn all(&self) -> impl Iterator<Item = (&Arc<Id>, &Arc<TextLinks>)> {
        self.of.iter()
    }

    /// What the text of `briefing` names and links to, in reading order.
    pub fn of(&self, briefing: &Id) -> &[Spot] {
        self.of.get(briefing).map(|text| text.spots.as_slice()).unwrap_or_default()
    }

    /// The links of `briefing` that lead nowhere.
    pub fn dangling(&self, briefing: &Id) -> &[Dangling] {
        self.of.get(briefing).map(|text| text.dangling.as_slice()).unwrap_or_default()
    }

    /// The briefings whose text names or links to `id`, in the order of ids.
    pub fn briefings(&self, id: &Id) -> &[Arc<Id>] {
        self.by.get(id).map(|briefings| briefings.as_slice()).unwrap_or_default()
    }

    /// Where `briefing` names `id`.
    pub fn spots<'a>(&'a self, briefing: &Id, id: &'a Id) -> impl Iterator<Item = &'a Spot> {
        self.of(briefing).iter().filter(move |spot| *spot.to == *id)
    }

    /// How often a briefing's text names each record, or how often each briefing names this one.
    pub fn mentions(&self, id: &Id) -> Vec<(Arc<Id>, usize)> {
        let named = |spot: &&Spot| !spot.is_written();
        if id.kind == Kind::Briefing {
            let mut counts: BTreeMap<&Arc<Id>, usize> = BTreeMap::new();
            self.of(id).iter().filter(named).for_each(|spot| *counts.entry(&spot.to).or_default() += 1);
            return counts.into_iter().map(|(id, count)| (Arc::clone(id), count)).collect();
        }
        let counts =
            self.briefings(id).iter().map(|it| (Arc::clone(it), self.spots(it, id).filter(named).count()));
        counts.filter(|(_, count)| *count > 0).collect()
    }

    /// Who appears with `id`, those that share the most briefings and passages first.
    pub fn company(&self, id: &Id) -> Vec<Company> {
        let mut shared: HashMap<&Arc<Id>, (usize, usize)> = HashMap::new();
        for briefing in self.briefings(id) {
            let spots = self.of(briefing);
            let here: Vec<u32> = spots.iter().filter(|it| *it.to == *id).map(|it| it.passage).collect();
            let mut others: Vec<_> = spots
                .iter()
                .filter(|it| *it.to != *id && !it.shared)
                .map(|it| (&it.to, it.passage))
                .collect();
            others.sort_unstable();
            others.dedup();
            let mut last = None;
            for (other, passage) in others {
                let counts = shared.entry(other).or_default();
                counts.0 += usize::from(last != Some(other));
                counts.1 += usize::from(here.binary_search(&passage).is_ok());
                last = Some(other);
            }
        }
        let mut company: Vec<_> = shared
            .into_iter()
            .map(|(id, (briefings, passages))| Company { id: Arc::clone(id), briefings, passages })
            .collect();
        company.sort_by(|a, b| {
            (b.briefings, b.passages).cmp(&(a.briefings, a.passages)).then_with(|| a.id.cmp(&b.id))
        });
        company
    }
}

/// The briefings that name each record: those that `old` knows, but for the texts that changed since.
fn backward(old: &Texts, of: &Of) -> By {
    let changed = |(id, text): &(&Arc<Id>, &Arc<TextLinks>), there: &Of| {
        there.get(*id).is_none_or(|it| !Arc::ptr_eq(it, text))
    };
    let gone = old.of.iter().filter(|text| changed(text, of)).collect();
    let came: Vec<_> = of.iter().filter(|text| changed(text, &old.of)).collect();
    let by = came.into_par_iter().fold(By::default, named).reduce(By::default, both);
    both(without(&old.by, &gone), by)
}

/// `by` and the records that the text of one more briefing names.
fn named(mut by: By, (briefing, text): (&Arc<Id>, &Arc<TextLinks>)) -> By {
    for spot in &text.spots {
        match by.get_mut(&spot.to) {
            Some(briefings) => add(Arc::make_mut(briefings), briefing),
            None => _ = by.insert(Arc::clone(&spot.to), Arc::new(vec![Arc::clone(briefing)])),
        }
    }
    by
}

/// All that either knows.
fn both(mut one: By, other: By) -> By {
    if one.is_empty() {
        return other;
    }
    for (id, briefings) in other {
        match one.get_mut(&id) {
            Some(known) => briefings.iter().for_each(|briefing| add(Arc::make_mut(known), briefing)),
            None => _ = one.insert(id, briefings),
        }
    }
    one
}

/// Adds a briefing to those in the order of ids. As a rule it comes last, or is the last.
fn add(briefings: &mut Vec<Arc<Id>>, briefing: &Arc<Id>) {
    match briefings.last() {
        Some(last) if Arc::ptr_eq(last, briefing) => {}
        Some(last) if last >= briefing => {
            if let Err(place) = briefings.binary_search(briefing) {
                briefings.insert(place, Arc::clone(briefing));
            }
        }
        _ => briefings.push(Arc::clone(briefing)),
    }
}

/// `by` without the briefings of `gone`.
fn without(by: &By, gone: &BTreeMap<&Arc<Id>, &Arc<TextLinks>>) -> By {
    let mut left = by.clone();
    let named: HashSet<&Arc<Id>> = gone.values().flat_map(|text| &text.spots).map(|spot| &spot.to).collect();
    for id in named {
        let Some(briefings) = left.get_mut(id) else { continue };
        Arc::make_mut(briefings).retain(|briefing| !gone.contains_key(briefing));
        if briefings.is_empty() {
            left.remove(id);
        }
    }
    left
}

/// The text of a briefing that mentions are looked for in: its bottom line, then its body.
#[derive(Debug)]
pub struct Reading {
    pub document: Document,
    /// In the order of `document`'s runs of inlines; the bottom line, if any, is the first.
    pub passages: Vec<Passage>,
    /// The body as it stands in the file, or why it cannot be read.
    pub body: Result<Body, Problem>,
    bluf_line: Option<usize>,
}

impl Reading {
    /// Reads the text of `briefing`; one that cannot be read has only its bottom line.
    pub fn new(library: &Library, briefing: &Briefing) -> Self {
        Self::of(library, briefing, library.body(briefing))
    }

    /// Reads what is there of the text of `briefing`.
    pub fn of(library: &Library, briefing: &Briefing, body: Result<Body, Problem>) -> Self {
        let mut document = body.as_ref().map(|body| parse::parse(&body.text)).unwrap_or_default();
        document.map_targets(|target| library.resolve(&briefing.file, target));
        let mut passages = passages(&document);
        if let Some(bluf) = &briefing.bluf {
            passages.insert(0, Passage::new(&[Inline::text(Text::line(bluf))]));
        }
        let bluf_line = briefing.bluf.as_ref().map(|_| briefing.place.line);
        Self { document, passages, body, bluf_line }
    }

    /// The words of `spot` as they stand in this text.
    pub fn words(&self, spot: &Spot) -> Option<&str> {
        self.passages.get(spot.passage as usize)?.text.get(spot.range.start as usize..spot.range.end as usize)
    }

    /// The bottom line as inlines; none where there is none.
    pub fn bluf(&self, briefing: &Briefing) -> Vec<Inline> {
        briefing.bluf.iter().map(|bluf| Inline::text(Text::line(bluf))).collect()
    }

    /// Draws the marks of this text into its document and into `bluf`.
    pub fn draw(&mut self, marks: &Marks, bluf: &mut Vec<Inline>) {
        let mut passage = 0;
        if self.bluf_line.is_some() {
            marks.draw(passage, bluf);
            passage += 1;
        }
        self.document.inlines_mut(|inlines| {
            marks.draw(passage, inlines);
            passage += 1;
        });
    }

    /// The line of the file that a byte of a passage's source stands on.
    pub fn lines(&self) -> impl Fn(usize, usize) -> u32 {
        let lines = self.body.as_ref().ok().map(Body::lines);
        move |passage, at| {
            let bluf = self.bluf_line.filter(|_| passage == 0);
            let line = bluf.or_else(|| lines.as_ref().map(|it| it.of(at))).unwrap_or_default();
            u32::try_from(line).unwrap_or(u32::MAX)
        }
    }
}

fn read(library: &Library, matcher: &Matcher, briefing: &Briefing) -> TextLinks {
    let reading = Reading::new(library, briefing);
    let line = reading.lines();
    let mut spots = Vec::new();
    for mention in matcher.in_passages(&reading.passages, &briefing.id) {
        let line = line(mention.passage, mention.at);
        push_spots(mention, line, &mut spots);
    }
    let dangling = reading.passages.iter().enumerate().flat_map(|(index, passage)| {
        let line = &line;
        passage.links.iter().filter_map(move |(range, target)| match target {
            Target::Lost(target) => {
                Some(Dangling { line: line(index, passage.source(range.start)), target: target.clone() })
            }
            _ => None,
        })
    });
    TextLinks { print: briefing.print, dangling: dangling.collect(), spots }
}

/// One spot for each record that the mention may mean.
fn push_spots(mention: Mention, line: u32, spots: &mut Vec<Spot>) {
    let small = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
    let (passage, range) = (small(mention.passage), small(mention.range.start)..small(mention.range.end));
    let spot =
        |to, shared, name| Spot { to, name, rule: mention.rule, shared, line, passage, range: range.clone() };
    match mention.who {
        Who::One(id) => spots.push(spot(id, false, mention.name)),
        Who::Several(mut ids) => {
            if spots.len() > SPOTS {
                ids.truncate(1);
            }
            spots.extend(ids.into_iter().map(|id| spot(id, true, Arc::clone(&mention.name))));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::library;
    use crate::library::folder::Root;

    #[test]
    fn texts_made_from_older_ones_are_those_made_from_nothing() {
        let library = library::load(Root::shipped());
        let matcher = Matcher::new(&library);
        let whole = Texts::new(&library, &matcher, &Texts::default(), &|| {});
        assert!(whole.by.len() > 10, "the shipped texts name many");
        for (nth, briefing) in whole.of.keys().enumerate() {
            let mut some = whole.of.clone();
            some.retain(|id, _| id != briefing && id.slug.len() % 5 != nth % 5);
            let fewer = Texts::kept(whole.names, some);
            assert!(Texts::new(&library, &matcher, &fewer, &|| {}) == whole, "without {briefing}, and back");
            assert!(backward(&whole, &fewer.of) == fewer.by, "without {briefing}");
        }
    }
}
