//! The sentence around what was found, read from the file: only its section is parsed.

use super::marks::{Found, Marker};
use super::passage::{Passage, each};
use crate::document::{Inline, Role, parse};
use crate::library::Body;
use crate::text::{Text, graphemes, width};

/// Columns of an extract.
const WIDTH: usize = 220;
/// Columns that an extract may show before the first word found.
const BEFORE: usize = 80;

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
    text: String,
    found: Vec<Found>,
    at: usize,
}

/// The extract of the section that begins at `start` and ends before `end`.
pub(super) fn of_section(body: &Body, start: usize, end: usize, marker: &mut Marker<'_>) -> Option<Extract> {
    let slice = body.text.get(start..end.min(body.text.len()))?;
    let document = parse::parse(slice);
    let mut section = Text::default();
    let mut best = Best::default();
    each(&document, &mut |passage| {
        if passage.begins && section.is_empty() {
            section = Text::line(&passage.text);
        }
        best.weigh(passage, marker);
    });
    if best.found.is_empty() {
        return None;
    }
    let at = start + best.at;
    let before = body.text.get(..at).unwrap_or_default();
    let line = body.line + before.bytes().filter(|byte| *byte == b'\n').count();
    let words = shown(&best.text, &best.found);
    let heading = Text::line(&best.text) == section;
    Some(Extract { section: if heading { Text::default() } else { section }, at: Some(at), line, words })
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
    (patterns.len(), found.len().min(3))
}

impl Best {
    fn weigh(&mut self, passage: &Passage, marker: &mut Marker<'_>) {
        let found = marker.find(&passage.text);
        let rank = rank(&found);
        // A heading only names what the text below it says.
        let rank = if passage.begins { (rank.0, 0) } else { rank };
        let Some(first) = found.first().filter(|_| rank > self.rank || self.found.is_empty()) else { return };
        *self = Self { rank, text: passage.text.clone(), at: passage.source(first.range.start), found };
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
