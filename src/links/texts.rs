//! What the texts themselves say: who is named where, what a text links to, who appears with whom.
//!
//! Made by reading every body once, in parallel; a text whose stamp has not changed is not read again.
//! Only where a mention stands is kept, not its words: memory grows with the mentions, not with the texts.

use std::cell::OnceCell;
use std::collections::{BTreeMap, HashMap};
use std::ops::Range;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use rayon::prelude::*;

use super::by::By;
use super::spots::{Kept, Spots};
use crate::document::{Document, Inline, Target, parse};
use crate::id::{Id, Kind};
use crate::library::problem::Problem;
use crate::library::record::Briefing;
use crate::library::{Body, Library};
use crate::mentions::mark::Marks;
use crate::mentions::passage::{Passage, Room, passages};
use crate::mentions::{Matcher, Mention, Rule, once};
use crate::text::Text;

/// In a text with more, a name that several records share counts for the first of them only.
const SPOTS: usize = 200_000;
/// Bytes of a text that is read while no other such text is.
const LONG: usize = 4 << 20;

/// Who looks on while the texts of a library are read.
pub trait Witness: Sync {
    /// A text is done; what is in it, where it was read and not known already.
    fn done(&self, briefing: &Briefing, seen: Option<&Seen<'_>>);
}

/// Who only counts.
impl<F: Fn() + Sync> Witness for F {
    fn done(&self, _: &Briefing, _: Option<&Seen<'_>>) {
        self();
    }
}

/// What is in the text of one briefing: its bottom line is the first passage, if it has one.
#[derive(Debug)]
pub struct Seen<'a> {
    pub body: &'a Result<Body, Problem>,
    pub passages: &'a [Passage],
    pub mentions: &'a [Mention<'a>],
}

impl Seen<'_> {
    /// The line of the file that a byte of a passage's source stands on; `briefing` is the one it is the text of.
    pub fn lines(&self, briefing: &Briefing) -> impl Fn(usize, usize) -> u32 {
        lines(bluf_line(briefing), self.body)
    }
}

/// A mention, or a link that the author wrote, in the text of one briefing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Spot<'a> {
    pub to: &'a Arc<Id>,
    pub rule: Rule,
    /// One of several records that share the name: ambiguous, and never guessed.
    pub shared: bool,
    /// The line of the briefing's file.
    pub line: u32,
    /// Which passage of the text, and which bytes of it.
    pub passage: u32,
    pub range: Range<u32>,
}

impl Spot<'_> {
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
    /// What it names: first come the numbers of the records that have names, then those of `others`.
    pub(super) spots: Spots,
    /// The records without names that it links to.
    pub(super) others: Box<[Arc<Id>]>,
    pub dangling: Box<[Dangling]>,
}

/// What all texts of a library hold. A copy shares what they hold.
#[derive(Clone, Debug, Default)]
pub struct Texts {
    /// Changes when a name does; mentions made with other names are void.
    names: u64,
    /// Changes when a file comes or goes, to which texts may link; 0 where that is not known.
    there: u64,
    /// The records that have names, by their numbers.
    known: Arc<[Arc<Id>]>,
    /// The briefings, in order.
    briefings: Vec<Arc<Id>>,
    /// What the text of each holds.
    of: Vec<Arc<TextLinks>>,
    by: By,
}

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
        self.names == other.names && self.briefings == other.briefings && self.of == other.of
    }
}

/// A number made of all that a link can lead to.
fn there(library: &Library) -> u64 {
    let files = library.briefings.files().flat_map(|it| [it.file.as_str(), it.id.slug.as_str()]);
    let files = files.chain(library.others.iter().map(String::as_str));
    crate::library::stamp(&files.map(str::as_bytes).collect::<Vec<_>>()).max(1)
}

impl Texts {
    /// Reads every text that `old` does not hold as it is now. `witness` is told of each text that is done.
    pub fn new(library: &Library, matcher: &Matcher, old: &Self, witness: &dyn Witness) -> Self {
        let known = (old.names == matcher.stamp()).then_some(old);
        let there = there(library);
        let briefings: Vec<_> = library.briefings.values().collect();
        let (briefings, of): (Vec<_>, Vec<_>) = briefings
            .into_par_iter()
            .map_init(Room::default, |room, briefing| {
                let kept = known
                    .and_then(|old| Some((old, old.place(&briefing.id)?)))
                    .and_then(|(old, at)| Some((old, old.briefings.get(at)?, old.of.get(at)?)))
                    .filter(|(_, _, text)| text.print == briefing.print)
                    .filter(|(old, _, text)| {
                        there == old.there || old.leads_where_it_did(text, library, briefing)
                    });
                if let Some((_, id, text)) = kept {
                    witness.done(briefing, None);
                    (Arc::clone(id), Arc::clone(text))
                } else {
                    let text = read(library, matcher, (briefing, room), witness);
                    (Arc::clone(&briefing.id), Arc::new(text))
                }
            })
            .unzip();
        let by = By::new(matcher.known().len(), &of);
        Self { names: matcher.stamp(), there, known: Arc::clone(matcher.known()), briefings, of, by }
    }

    /// Texts as they were kept, to make others of: who is named by which of them is not told.
    pub(super) fn kept(matcher: &Matcher, mut texts: Vec<(Arc<Id>, Arc<TextLinks>)>) -> Self {
        texts.sort_by(|one, other| one.0.cmp(&other.0));
        texts.dedup_by(|one, other| one.0 == other.0);
        let (briefings, of): (Vec<_>, Vec<_>) = texts.into_iter().unzip();
        let (known, by) = (Arc::clone(matcher.known()), By::default());
        Self { names: matcher.stamp(), there: 0, known, briefings, of, by }
    }

    pub(super) fn names(&self) -> u64 {
        self.names
    }

    pub(super) fn all(&self) -> impl ExactSizeIterator<Item = (&Arc<Id>, &Arc<TextLinks>)> {
        self.briefings.iter().zip(&self.of)
    }

    fn place(&self, briefing: &Id) -> Option<usize> {
        self.briefings.binary_search_by(|it| (**it).cmp(briefing)).ok()
    }

    fn text(&self, briefing: &Id) -> Option<&TextLinks> {
        self.place(briefing).and_then(|at| self.of.get(at)).map(|text| &**text)
    }

    /// The number of a record that has names.
    fn number(&self, id: &Id) -> Option<u32> {
        self.known.binary_search_by(|it| (**it).cmp(id)).ok().and_then(|at| u32::try_from(at).ok())
    }

    fn spot<'a>(&'a self, text: &'a TextLinks, kept: Kept) -> Option<Spot<'a>> {
        let at = kept.to as usize;
        let other = || text.others.get(at.checked_sub(self.known.len())?);
        let Kept { rule, shared, line, passage, range, .. } = kept;
        Some(Spot { to: self.known.get(at).or_else(other)?, rule, shared, line, passage, range })
    }

    /// What the text of `briefing` names and links to, in reading order.
    pub fn of(&self, briefing: &Id) -> impl Iterator<Item = Spot<'_>> {
        let text = self.text(briefing).into_iter();
        text.flat_map(|text| text.spots.iter().filter_map(|kept| self.spot(text, kept)))
    }

    /// The links of `briefing` that lead nowhere.
    pub fn dangling(&self, briefing: &Id) -> &[Dangling] {
        self.text(briefing).map(|text| &*text.dangling).unwrap_or_default()
    }

    /// The briefings whose text names or links to `id`, in the order of ids.
    pub fn briefings(&self, id: &Id) -> impl ExactSizeIterator<Item = &Arc<Id>> + Clone {
        let places = match self.number(id) {
            Some(number) => self.by.numbered(number),
            None => self.by.other(id),
        };
        places.iter().map(|place| &self.briefings[*place as usize])
    }

    /// Where `briefing` names `id`.
    pub fn spots<'a>(&'a self, briefing: &Id, id: &Id) -> impl Iterator<Item = Spot<'a>> {
        let number = self.number(id);
        let text = self.text(briefing);
        let other = || text?.others.iter().position(|it| **it == *id);
        let number = number.or_else(|| u32::try_from(self.known.len() + other()?).ok());
        text.into_iter().flat_map(move |text| {
            let here = text.spots.iter().filter(move |it| Some(it.to) == number);
            here.filter_map(|kept| self.spot(text, kept))
        })
    }

    /// How often a briefing's text names each record, or how often each briefing names this one.
    pub fn mentions(&self, id: &Id) -> Vec<(Arc<Id>, usize)> {
        let named = |spot: &Spot| !spot.is_written();
        if id.kind == Kind::Briefing {
            let mut counts: BTreeMap<&Arc<Id>, usize> = BTreeMap::new();
            self.of(id).filter(named).for_each(|spot| *counts.entry(spot.to).or_default() += 1);
            return counts.into_iter().map(|(id, count)| (Arc::clone(id), count)).collect();
        }
        let counts = self.briefings(id).map(|it| (Arc::clone(it), self.spots(it, id).filter(named).count()));
        counts.filter(|(_, count)| *count > 0).collect()
    }

    /// Who appears with `id`, those that share the most briefings and passages first.
    pub fn company(&self, id: &Id) -> Vec<Company> {
        let mut shared: BTreeMap<&Arc<Id>, (usize, usize)> = BTreeMap::new();
        for briefing in self.briefings(id) {
            let here: Vec<u32> = self.spots(briefing, id).map(|it| it.passage).collect();
            let others = self.of(briefing).filter(|it| **it.to != *id && !it.shared);
            let mut others: Vec<_> = others.map(|it| (it.to, it.passage)).collect();
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

    /// Whether the links that the author wrote lead where they did when the text was read, or still nowhere.
    fn leads_where_it_did(&self, text: &TextLinks, library: &Library, briefing: &Briefing) -> bool {
        let lost = |mut target: Target| {
            library.resolve(&briefing.file, &mut target);
            matches!(target, Target::Lost(_))
        };
        let lost = |it: &Dangling| {
            lost(Target::Path(it.target.to_string())) && lost(Target::Wiki(it.target.to_string()))
        };
        let spots = text.spots.iter().filter(|it| it.rule == Rule::Written);
        spots.filter_map(|kept| self.spot(text, kept)).all(|it| library.holds(it.to))
            && text.dangling.iter().all(lost)
    }
}

/// The text of a briefing that mentions are looked for in: its bottom line, then its body.
#[derive(Debug)]
pub struct Reading {
    pub document: Document,
    /// Made when they are first asked for: a text that names nothing is shown without them.
    passages: OnceCell<Vec<Passage>>,
    /// Whether its author linked to pages of the library.
    linked: bool,
    /// The body as it stands in the file, or why it cannot be read.
    pub body: Result<Body, Problem>,
    bluf: Option<Inline>,
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
        let mut linked = false;
        document.map_targets(|target| {
            library.resolve(&briefing.file, target);
            linked |= matches!(target, Target::Page(_));
        });
        let (bluf, bluf_line) = (bluf(briefing), bluf_line(briefing));
        Self { document, passages: OnceCell::new(), linked, body, bluf, bluf_line }
    }

    /// In the order of `document`'s runs of inlines; the bottom line, if any, is the first.
    pub fn passages(&self) -> &[Passage] {
        self.passages.get_or_init(|| {
            let mut passages = passages(&self.document);
            passages.splice(..0, self.bluf.iter().map(|bluf| Passage::new(std::slice::from_ref(bluf))));
            passages
        })
    }

    /// Whom it names, and which records its author linked to; `briefing` is the one it is the text of.
    pub fn mentions<'a>(&'a self, matcher: &'a Matcher, briefing: &Id) -> Vec<Mention<'a>> {
        let names = self.linked || !matcher.is_empty();
        if names { matcher.in_passages(self.passages(), briefing) } else { Vec::new() }
    }

    /// The words of `spot` as they stand in this text.
    pub fn words(&self, spot: &Spot<'_>) -> Option<&str> {
        self.passages()
            .get(spot.passage as usize)?
            .text
            .get(spot.range.start as usize..spot.range.end as usize)
    }

    /// The bottom line as inlines; none where there is none.
    pub fn bluf(&self) -> Vec<Inline> {
        self.bluf.iter().cloned().collect()
    }

    /// Draws the marks of this text into its document and into `bluf`.
    pub fn draw(&mut self, marks: &Marks, bluf: &mut Vec<Inline>) {
        if marks.is_empty() {
            return;
        }
        let mut passage = 0;
        if self.bluf.is_some() {
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
        lines(self.bluf_line, &self.body)
    }
}

/// The line of the file that the bottom line of `briefing` stands on.
fn bluf_line(briefing: &Briefing) -> Option<usize> {
    briefing.bluf.as_ref().map(|_| briefing.place.line)
}

fn bluf(briefing: &Briefing) -> Option<Inline> {
    briefing.bluf.as_ref().map(|bluf| Inline::text(Text::line(bluf)))
}

/// The line of the file that a byte of a passage's source stands on.
fn lines(bluf: Option<usize>, body: &Result<Body, Problem>) -> impl Fn(usize, usize) -> u32 {
    let lines = body.as_ref().ok().map(Body::lines);
    move |passage, at| {
        let bluf = bluf.filter(|_| passage == 0);
        small(bluf.or_else(|| lines.as_ref().map(|it| it.of(at))).unwrap_or_default())
    }
}

/// Held while a very long text is read: its tree takes several times its length, and two at once twice that.
#[must_use]
pub fn alone(body: &Result<Body, Problem>) -> Option<MutexGuard<'static, ()>> {
    static ONE: Mutex<()> = Mutex::new(());
    let long = body.as_ref().is_ok_and(|body| body.text.len() > LONG);
    long.then(|| ONE.lock().unwrap_or_else(PoisonError::into_inner))
}

/// Reads what a text names, its passages in `room`.
fn read(
    library: &Library,
    matcher: &Matcher,
    (briefing, room): (&Briefing, &mut Room),
    witness: &dyn Witness,
) -> TextLinks {
    let body = library.body(briefing);
    let _held = alone(&body);
    room.clear();
    if let Some(bluf) = bluf(briefing) {
        room.add_text(&[bluf]);
    }
    if let Ok(body) = &body {
        room.add(&parse::words(&body.text), |target| library.resolve(&briefing.file, target));
    }
    let passages = room.passages();
    let line = lines(bluf_line(briefing), &body);
    let mut spots = Vec::new();
    // a page of contents links to thousands
    let (mut others, mut numbers) = (Vec::new(), HashMap::new());
    let mentions = matcher.in_passages(passages, &briefing.id);
    witness.done(briefing, Some(&Seen { body: &body, passages, mentions: &mentions }));
    for mention in once(&mentions, passages, briefing.bluf.is_some()) {
        let line = line(mention.passage, mention.at);
        let mut number = |id: &Id| {
            *numbers.entry(id.clone()).or_insert_with(|| {
                others.push(library.names.own(id));
                small(matcher.known().len() + others.len() - 1)
            })
        };
        push_spots(mention, line, &mut number, &mut spots);
    }
    let lost = passages.iter().enumerate().flat_map(|(index, passage)| {
        let line = &line;
        passage.links.iter().filter_map(move |(range, target)| match target {
            Target::Lost(target) => {
                Some(Dangling { line: line(index, passage.source(range.start)), target: target.clone() })
            }
            _ => None,
        })
    });
    TextLinks {
        print: briefing.print,
        dangling: lost.collect(),
        spots: Spots::new(&spots),
        others: others.into(),
    }
}

/// One spot for each record that the mention may mean; `number` gives those their number that have no names.
fn push_spots(mention: &Mention<'_>, line: u32, number: &mut impl FnMut(&Id) -> u32, spots: &mut Vec<Kept>) {
    let who = mention.who.all();
    let few = if spots.len() > SPOTS { 1 } else { who.len() };
    spots.extend(who.iter().take(few).map(|whom| Kept {
        to: whom.number.unwrap_or_else(|| number(whom)),
        rule: mention.rule,
        shared: who.len() > 1,
        line,
        passage: small(mention.passage),
        range: small(mention.range.start)..small(mention.range.end),
    }));
}

fn small(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
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
        for (nth, briefing) in whole.briefings.iter().enumerate() {
            let some = whole.all().map(|(id, text)| (Arc::clone(id), Arc::clone(text)));
            let some = some.filter(|(id, _)| id != briefing && id.slug.len() % 5 != nth % 5).collect();
            let again = Texts::new(&library, &matcher, &Texts::kept(&matcher, some), &|| {});
            assert!(again == whole && again.by == whole.by, "without {briefing}, and back");
        }
    }

    #[test]
    fn who_names_a_record_is_what_the_texts_say() {
        let library = library::load(Root::shipped());
        let matcher = Matcher::new(&library);
        let texts = Texts::new(&library, &matcher, &Texts::default(), &|| {});
        let mut named: BTreeMap<&Arc<Id>, Vec<&Arc<Id>>> = BTreeMap::new();
        for briefing in &texts.briefings {
            for spot in texts.of(briefing) {
                let briefings = named.entry(spot.to).or_default();
                if briefings.last() != Some(&briefing) {
                    briefings.push(briefing);
                }
            }
        }
        assert_eq!(named.len(), texts.by.len());
        for (id, briefings) in named {
            assert_eq!(texts.briefings(id).collect::<Vec<_>>(), briefings, "{id}");
            let spots = briefings.iter().map(|it| texts.spots(it, id).count()).sum::<usize>();
            assert!(spots >= briefings.len(), "{id}");
        }
    }
}
