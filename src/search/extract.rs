//! The sentence around what was found, from the text of the file: only its section is parsed.

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::ops::Range;

use super::marks::{Found, Marker};
use super::passage::{Passage, each};
use crate::document::{Inline, Role, parse};
use crate::library::{Body, breaks};
use crate::text::{Text, graphemes, width};

/// Columns of an extract.
const WIDTH: usize = 220;
/// Columns that an extract may show before the first word found.
const BEFORE: usize = 80;

/// Bytes before and after a place in a long section that are read for its extract.
const NEAR: usize = 1536;
/// Words found of which more in one passage count for nothing.
const MANY: usize = 3;

/// Marks of footnotes in a piece, and bytes of one.
const MARKS: usize = 64;
const MARK: usize = 64;

/// A piece of a text with what was looked for in it.
#[derive(Clone, Debug, PartialEq)]
pub struct Extract {
    /// The heading it stands under; empty before the first.
    pub section: Text,
    /// The byte of the body at which the first word found stands; `None` if it stands in the metadata.
    pub at: Option<usize>,
    /// The line of the file; 0 if it stands in the metadata.
    pub line: usize,
    /// The text, what was found in [`Role::Match`].
    pub words: Vec<Inline>,
}

/// The best passage of a section so far.
#[derive(Default)]
struct Best {
    /// How many different things were found, and how many in all.
    rank: (usize, usize),
    passage: usize,
    found: Vec<Found>,
}

/// A piece of a section, parsed. While one types it is looked through again with every key.
#[derive(Debug)]
pub(super) struct Piece {
    /// The heading of its section.
    heading: Text,
    /// The byte of the body at which it begins, and on which line of the file that is.
    at: usize,
    line: usize,
    source: String,
    passages: Vec<Passage>,
    /// It is all of its section.
    whole: bool,
}

/// Where in a body to look: in a section, in which what is looked for stands `part` of the way.
#[derive(Clone, Debug)]
pub(super) struct Where {
    pub section: Range<usize>,
    pub part: f64,
}

impl Piece {
    /// The whole section, or if that is long what is near the place.
    pub fn near(body: &Body, place: &Where) -> Option<Self> {
        let section = place.within(body);
        Self::of(body, &section, near(&body.text, &section, place.part))
    }

    /// The whole section.
    pub fn whole(body: &Body, place: &Where) -> Option<Self> {
        let section = place.within(body);
        Self::of(body, &section, section.clone())
    }

    fn of(body: &Body, section: &Range<usize>, piece: Range<usize>) -> Option<Self> {
        let (at, whole) = (piece.start, piece == *section);
        let source = body.text.get(piece)?.to_owned();
        let line = body.line + breaks(body.text.get(..at)?.as_bytes());
        let heading = heading(body.text.get(section.clone())?);
        let mut passages = Vec::new();
        each(&parse::parse(&noted(&source)), &mut |passage| passages.push(passage.clone()));
        Some(Self { heading, at, line, source, passages, whole })
    }

    pub fn is_whole(&self) -> bool {
        self.whole
    }

    /// How many bytes it has.
    pub fn len(&self) -> usize {
        self.source.len()
    }

    /// The sentence around what was looked for, from the passage that holds most of it.
    pub fn extract(&self, marker: &mut Marker<'_>) -> Option<Extract> {
        let mut best = Best::default();
        for (nth, passage) in self.passages.iter().enumerate() {
            best.weigh(nth, passage, marker);
        }
        let first = best.found.first()?;
        let passage = self.passages.get(best.passage)?;
        let at = passage.source(first.range.start);
        let line = self.line + breaks(self.source.get(..at).unwrap_or_default().as_bytes());
        let words = shown(&passage.text, &best.found);
        let own = Text::line(&passage.text) == self.heading;
        let section = if own { Text::default() } else { self.heading.clone() };
        Some(Extract { section, at: Some(self.at + at), line, words })
    }
}

impl Where {
    fn within(&self, body: &Body) -> Range<usize> {
        self.section.start..self.section.end.min(body.text.len())
    }
}

/// The paragraphs around the place, where the section is too long to be read for an extract.
fn near(text: &str, range: &Range<usize>, part: f64) -> Range<usize> {
    if range.len() <= 3 * NEAR {
        return range.clone();
    }
    #[allow(
        clippy::cast_precision_loss,
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a guess"
    )]
    let place = range.start + (range.len() as f64 * part) as usize;
    let from = text.floor_char_boundary(place.saturating_sub(NEAR).max(range.start));
    let to = text.floor_char_boundary((place + NEAR).min(range.end));
    let before = text.get(range.start..from).and_then(|before| before.rfind("\n\n"));
    let after = text.get(to..range.end).and_then(|after| after.find("\n\n"));
    before.map_or(range.start, |at| range.start + at + 2)..after.map_or(range.end, |at| to + at)
}

/// A piece of a text with empty footnotes behind it: without them the marks of those that stand elsewhere would be
/// read as words.
fn noted(piece: &str) -> Cow<'_, str> {
    let marks = piece.match_indices("[^").filter_map(|(at, _)| {
        let mark = piece.get(at..)?;
        mark.get(..=mark.find(']')?)
    });
    let marks: BTreeSet<&str> =
        marks.filter(|mark| mark.len() <= MARK && !mark.contains('\n')).take(MARKS).collect();
    if marks.is_empty() {
        return Cow::Borrowed(piece);
    }
    let mut noted = piece.to_owned();
    for mark in marks {
        noted.extend(["\n\n", mark, ":"]);
    }
    Cow::Owned(noted)
}

/// The heading that a section begins with.
fn heading(section: &str) -> Text {
    let lines: usize = section.split_inclusive('\n').take(2).map(str::len).sum();
    let document = parse::parse(section.get(..lines).unwrap_or_default());
    let mut heading = Text::default();
    each(&document, &mut |passage| {
        if passage.begins && heading.is_empty() {
            heading = Text::line(&passage.text);
        }
    });
    heading
}

/// The extract of what the record says.
pub(super) fn of_head(head: &[String], marker: &mut Marker<'_>) -> Option<Extract> {
    let found = head.iter().map(|text| (text, marker.find(text))).filter(|(_, found)| !found.is_empty());
    let (text, found) = found.max_by_key(|(_, found)| rank(found))?;
    Some(Extract { section: Text::default(), at: None, line: 0, words: shown(text, &found) })
}

fn rank(found: &[Found]) -> (usize, usize) {
    let mut patterns: Vec<usize> = found.iter().map(|it| it.pattern).collect();
    patterns.sort_unstable();
    patterns.dedup();
    (patterns.len(), found.len().min(MANY))
}

impl Best {
    fn weigh(&mut self, nth: usize, passage: &Passage, marker: &mut Marker<'_>) {
        // Of many passages that have it few have more of it than the best so far.
        if marker.at_most(&passage.text).is_some_and(|most| (most.0, most.1.min(MANY)) <= self.rank) {
            return;
        }
        let found = marker.look_through(&passage.text);
        let rank = rank(&found);
        // A heading only names what the text below it says.
        let rank = if passage.begins { (rank.0, 0) } else { rank };
        if !found.is_empty() && (rank > self.rank || self.found.is_empty()) {
            *self = Self { rank, passage: nth, found };
        }
    }
}

/// The piece of `text` around what was found, marked.
fn shown(text: &str, found: &[Found]) -> Vec<Inline> {
    let start = beginning(text, found.first().map_or(0, |it| it.range.start));
    let end = ending(text, start);
    let mut words = Vec::new();
    let mut at = start;
    let plain = |words: &mut Vec<Inline>, from: usize, to: usize| {
        let piece = text.get(from..to).unwrap_or_default().replace('\n', " ");
        if !piece.is_empty() {
            words.push(Inline::text(piece));
        }
    };
    if start > 0 {
        words.push(Inline::text("…"));
    }
    for it in found.iter().filter(|it| it.range.start >= start && it.range.end <= end) {
        plain(&mut words, at, it.range.start);
        words.push(Inline::role(Role::Match, text.get(it.range.clone()).unwrap_or_default()));
        at = it.range.end;
    }
    plain(&mut words, at, end);
    if end < text.trim_end().len() {
        words.push(Inline::text("…"));
    }
    words
}

/// Where the sentence begins in which `at` stands, or a word not too far before it.
fn beginning(text: &str, at: usize) -> usize {
    let before = text.get(..at).unwrap_or_default();
    let mut start = at;
    let mut columns = 0;
    let mut word = at;
    for grapheme in graphemes(before).rev() {
        let rest = before.get(..start).unwrap_or_default();
        if rest.ends_with([' ', '\n']) {
            word = start;
            let sentence = rest.trim_end();
            if sentence.ends_with(['.', '!', '?', ':', '。', '！', '？']) {
                return start;
            }
        }
        if rest.ends_with(['。', '！', '？']) {
            return start;
        }
        columns += width(grapheme);
        if columns > BEFORE {
            return if word < at { word } else { start };
        }
        start -= grapheme.len();
    }
    0
}

/// Where a piece ends that begins at `start`: with the text, or after the last whole word that fits.
fn ending(text: &str, start: usize) -> usize {
    let mut columns = 0;
    let mut word = None;
    let mut at = start;
    for grapheme in graphemes(text.get(start..).unwrap_or_default()) {
        columns += width(grapheme);
        if columns > WIDTH {
            return word.unwrap_or(at);
        }
        if grapheme == " " || grapheme == "\n" {
            word = Some(at);
        }
        at += grapheme.len();
    }
    text.trim_end().len().max(start)
}
