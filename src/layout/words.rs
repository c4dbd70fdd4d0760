//! The words of a document as one folded text, in which words are found without laying anything out.
//!
//! Where on its rows a part shows what was found is known by counting letters: wherever lines end, the letters of the
//! rows are those of the text. Where they are not, as in a table whose cells are wrapped, the rows are looked through.

use std::ops::Range;

use rayon::prelude::*;

use super::block::callout_head;
use super::flow::Flow;
use super::part::Part;
use super::{Face, Line, Link};
use crate::document::{Block, BlockKind, Document, Inline, Role};
use crate::text::fold;

/// Parts that are read together, on one core.
const SLICE: usize = 500;

/// The folded words of a document, part by part. Between two blocks or cells stands a line break.
#[derive(Debug, Default)]
pub struct Words {
    text: String,
    /// Where each part begins.
    starts: Vec<usize>,
}

/// A piece of a row that shows what was found: bytes of the row's text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shown {
    /// The row within its part.
    pub row: usize,
    pub bytes: Range<usize>,
}

impl Words {
    pub(super) fn new(document: &Document, parts: &[Part]) -> Self {
        let texts: Vec<Reading> =
            parts.par_chunks(SLICE).map(|parts| Reading::new(document, parts)).collect();
        let mut words = Self::default();
        for Reading { text, starts, .. } in texts {
            words.starts.extend(starts.into_iter().map(|start| start + words.text.len()));
            words.text.push_str(&text);
        }
        words
    }

    /// Where `words` stand, in order; nothing stands nowhere. Answers with the folded words too.
    pub fn find(&self, words: &str) -> (String, Vec<usize>) {
        let needle = fold(&words.split_whitespace().collect::<Vec<_>>().join(" "));
        let found = match needle.as_str() {
            "" => Vec::new(),
            needle => self.text.match_indices(needle).map(|(at, _)| at).collect(),
        };
        (needle, found)
    }

    /// The part that a place of the text lies in.
    pub(super) fn part(&self, at: usize) -> usize {
        self.starts.partition_point(|start| *start <= at).saturating_sub(1)
    }

    /// Those of `hits` that lie in a part.
    pub(super) fn hits_in(&self, part: usize, hits: &[usize]) -> Range<usize> {
        let place = |part: usize| self.starts.get(part).copied().unwrap_or(self.text.len());
        let before = |at: usize| hits.partition_point(|hit| *hit < at);
        before(place(part))..before(place(part + 1))
    }

    /// What the rows of a part show of each of its `hits`.
    pub(super) fn shown(&self, part: usize, lines: &[Line], hits: &[usize], needle: &str) -> Vec<Vec<Shown>> {
        let rows = Letters::new(lines);
        let from = self.starts.get(part).copied().unwrap_or(0);
        let to = self.starts.get(part + 1).copied().unwrap_or(self.text.len());
        let own = self.text.get(from..to).unwrap_or_default();
        let long = letters(needle).count();
        let starts = if letters(own).eq(letters(&rows.text)) {
            letters_before(own, hits.iter().map(|hit| hit - from))
        } else {
            letters_before(&rows.text, rows.text.match_indices(needle).map(|(at, _)| at))
        };
        let shown = |nth: usize| {
            let start = starts.get(nth).or(starts.last()).copied();
            start.map(|start| rows.shown(start..start + long)).unwrap_or_default()
        };
        (0..hits.len()).map(shown).collect()
    }
}

/// What is counted: no white space, which lines gain and lose at their ends.
fn letters(text: &str) -> impl Iterator<Item = u8> {
    text.bytes().filter(|byte| !matches!(byte, b' ' | b'\n'))
}

/// How many letters of `text` stand before each of some places in it, which rise.
fn letters_before(text: &str, places: impl Iterator<Item = usize>) -> Vec<usize> {
    let (mut before, mut from) = (0, 0);
    let count = |at| {
        before += letters(text.get(from..at).unwrap_or_default()).count();
        from = at;
        before
    };
    places.map(count).collect()
}

/// The rows of a part as one folded text, a space between two.
struct Letters<'a> {
    text: String,
    lines: &'a [Line],
    /// How many letters stand before each row.
    starts: Vec<usize>,
}

impl<'a> Letters<'a> {
    fn new(lines: &'a [Line]) -> Self {
        let (mut text, mut starts, mut count) = (String::new(), Vec::with_capacity(lines.len()), 0);
        for line in lines {
            starts.push(count);
            let words = fold(line.text().get(spoken(line)).unwrap_or_default());
            count += letters(&words).count();
            text.push_str(words.trim_end());
            text.push(' ');
        }
        Self { text, lines, starts }
    }

    /// The pieces of rows that show some letters.
    fn shown(&self, wanted: Range<usize>) -> Vec<Shown> {
        let first = self.starts.partition_point(|start| *start <= wanted.start).saturating_sub(1);
        let rows = self.lines.iter().zip(&self.starts).enumerate().skip(first);
        let rows = rows.take_while(|(_, (_, start))| **start < wanted.end);
        let piece = |(row, (line, start)): (usize, (&Line, &usize))| {
            let bytes = unfold(line, wanted.start.saturating_sub(*start)..wanted.end - start);
            (!bytes.is_empty()).then_some(Shown { row, bytes })
        };
        rows.filter_map(piece).collect()
    }
}

/// The bytes of a row's text that are words: no indent, no bullet, no bar or frame.
fn spoken(line: &Line) -> Range<usize> {
    let drawn = |text: &str| text.chars().all(|c| matches!(c, ' ' | '│' | '|'));
    let mut start = 0;
    for span in &line.spans {
        if matches!(span.face.role, Role::Marker | Role::Rule) || drawn(&span.text) {
            start += span.text.len();
        } else {
            start += span.text.len() - span.text.trim_start().len();
            break;
        }
    }
    let end: usize = line.spans.iter().map(|span| span.text.len()).sum();
    let frame = line.spans.iter().rev().take_while(|span| span.face.role == Role::Rule);
    start..end.saturating_sub(frame.map(|span| span.text.len()).sum()).max(start)
}

/// The bytes of a row's text that some of its folded letters came from.
fn unfold(line: &Line, wanted: Range<usize>) -> Range<usize> {
    let (text, own) = (line.text(), spoken(line));
    let words = text.get(own.clone()).unwrap_or_default();
    let (mut at, mut from, mut to) = (0, None, words.len());
    for (byte, c) in words.char_indices() {
        let count = letters(&fold(c.encode_utf8(&mut [0; 4]))).count();
        // An accent of its own folds to nothing; it belongs to the letter before.
        if at >= wanted.end && count > 0 {
            to = byte;
            break;
        }
        if from.is_none() && at + count > wanted.start && count > 0 {
            from = Some(byte);
        }
        at += count;
    }
    match from {
        Some(from) => own.start + from..own.start + words.get(..to).unwrap_or(words).trim_end().len(),
        None => 0..0,
    }
}

/// Some parts as they are read.
#[derive(Default)]
struct Reading {
    text: String,
    starts: Vec<usize>,
    /// Not wanted; kept only so that its room is used again.
    links: Vec<Link>,
}

impl Reading {
    fn new(document: &Document, parts: &[Part]) -> Self {
        let mut reading = Self::default();
        for part in parts {
            reading.starts.push(reading.text.len());
            if let Some(block) = part.block(document) {
                match &block.kind {
                    BlockKind::List { items, .. } => {
                        part.items(items).iter().for_each(|item| reading.blocks(&item.blocks));
                    }
                    _ => reading.block(block),
                }
            }
        }
        reading
    }

    fn words(&mut self, text: &str) {
        if text.is_ascii() {
            let start = self.text.len();
            self.text.push_str(text);
            if let Some(new) = self.text.get_mut(start..) {
                new.make_ascii_lowercase();
            }
        } else {
            self.text.push_str(&fold(text));
        }
        self.text.push('\n');
    }

    fn flow(&mut self, flow: &Flow) {
        if flow.text.contains('\n') {
            self.words(&flow.text.replace('\n', " "));
        } else {
            self.words(&flow.text);
        }
    }

    fn inlines(&mut self, inlines: &[Inline]) {
        self.links.clear();
        let flow = Flow::new(inlines, Face::default(), &mut self.links);
        self.flow(&flow);
    }

    fn blocks(&mut self, blocks: &[Block]) {
        for block in blocks {
            self.block(block);
        }
    }

    /// Parsing nests blocks only so deep, so that this may recurse.
    fn block(&mut self, block: &Block) {
        match &block.kind {
            BlockKind::Heading { inlines, .. } | BlockKind::Paragraph(inlines) => self.inlines(inlines),
            BlockKind::List { items, .. } => items.iter().for_each(|item| self.blocks(&item.blocks)),
            BlockKind::Quote(blocks) | BlockKind::Note { blocks, .. } => self.blocks(blocks),
            BlockKind::Callout { kind, title, blocks } => {
                self.links.clear();
                let head = callout_head(kind, title, &mut self.links);
                self.flow(&head);
                self.blocks(blocks);
            }
            BlockKind::Code { text, .. } | BlockKind::Html(text) => self.words(text),
            BlockKind::Table(table) => {
                let rows = std::iter::once(&table.head).chain(&table.rows);
                rows.flatten().for_each(|cell| self.inlines(cell));
            }
            BlockKind::Definitions(definitions) => {
                for definition in definitions {
                    self.inlines(&definition.term);
                    definition.meanings.iter().for_each(|meaning| self.blocks(meaning));
                }
            }
            BlockKind::Rule => {}
            BlockKind::Fields(fields) => {
                for field in fields {
                    self.words(&format!("{}:", field.label));
                    self.inlines(&field.value);
                }
            }
            BlockKind::Panel { title, blocks } => {
                self.inlines(title);
                self.blocks(blocks);
            }
            BlockKind::Drawing { lines, .. } => lines.iter().for_each(|line| self.inlines(line)),
        }
    }
}
