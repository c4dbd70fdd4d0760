//! The words of a document as one text, in which words are found without laying anything out.
//!
//! Where on its rows a part shows what was found is known by counting letters: wherever lines end, the letters of the
//! rows are those of the text. Where they are not, as in a table whose cells are wrapped, the rows are looked through.

use std::fmt;
use std::ops::Range;
use std::sync::Arc;

use rayon::prelude::*;

use super::block::callout_head;
use super::flow::Flow;
use super::part::Part;
use super::{Face, Line, Link};
use crate::document::{Block, BlockKind, Definition, Document, Inline, Role};

/// Parts that are read together, on one core.
const SLICE: usize = 500;

/// How words are put so that they can be compared, character by character: folded, or as they are.
pub type Form = fn(&str) -> String;

/// Finds something in a text: where it stands, in order.
type Look = dyn Fn(&str) -> Vec<Range<usize>> + Send + Sync;

/// The words of a document, part by part.
#[derive(Debug)]
pub struct Words {
    text: String,
    /// Where each part begins.
    starts: Vec<usize>,
    form: Form,
}

/// What was found in the words of a document.
pub struct Hits {
    words: Arc<Words>,
    look: Box<Look>,
    found: Vec<Range<usize>>,
}

/// A piece of a row that shows what was found: bytes of the row's text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shown {
    /// The row within its part.
    pub row: usize,
    pub bytes: Range<usize>,
}

impl Words {
    /// Between two blocks or cells stands `end`.
    pub(super) fn new(document: &Document, parts: &[Part], (form, end): (Form, char)) -> Self {
        let read = |parts: &[Part]| Reading::new(document, parts, (form, end));
        let texts: Vec<Reading> = parts.par_chunks(SLICE).map(read).collect();
        let mut words = Self { text: String::new(), starts: Vec::with_capacity(parts.len()), form };
        for Reading { text, starts, .. } in texts {
            words.starts.extend(starts.into_iter().map(|start| start + words.text.len()));
            words.text.push_str(&text);
        }
        words
    }

    /// The bytes of the text that a part takes.
    fn range(&self, part: usize) -> Range<usize> {
        let start = |part: usize| self.starts.get(part).copied().unwrap_or(self.text.len());
        start(part)..start(part + 1)
    }
}

impl Hits {
    pub fn new(words: Arc<Words>, look: impl Fn(&str) -> Vec<Range<usize>> + Send + Sync + 'static) -> Self {
        let found = look(&words.text);
        Self { words, look: Box::new(look), found }
    }

    pub fn len(&self) -> usize {
        self.found.len()
    }

    pub fn is_empty(&self) -> bool {
        self.found.is_empty()
    }

    /// The part that a hit begins in.
    pub(super) fn part(&self, nth: usize) -> Option<usize> {
        let at = self.found.get(nth)?.start;
        Some(self.words.starts.partition_point(|start| *start <= at).saturating_sub(1))
    }

    /// The hits that begin in a part.
    pub(super) fn of_part(&self, part: usize) -> Range<usize> {
        let own = self.words.range(part);
        let before = |at: usize| self.found.partition_point(|hit| hit.start < at);
        before(own.start)..before(own.end)
    }

    /// The row that each of a part's hits begins on.
    pub(super) fn rows(&self, part: usize, lines: &[Line]) -> Vec<usize> {
        let rows = Letters::new(lines, self.words.form);
        let ranges = self.ranges(part, &rows);
        let range = |nth: usize| ranges.get(nth).or(ranges.last());
        self.of_part(part).enumerate().map(|(nth, _)| range(nth).map_or(0, |it| rows.row(it.start))).collect()
    }

    /// What some rows of a part show of its hits: the number of a hit among them, and where. Of a part that is as
    /// long as a book, the rest is not looked for.
    pub(super) fn shown(
        &self,
        part: usize,
        lines: &[Line],
        wanted: Range<usize>,
    ) -> Vec<(usize, Vec<Shown>)> {
        let rows = Letters::new(lines, self.words.form);
        let ranges = self.ranges(part, &rows);
        let letters = rows.before(wanted.start)..rows.before(wanted.end);
        let within = |range: &Range<usize>| range.end > letters.start && range.start < letters.end;
        let range = |nth: usize| ranges.get(nth).or(ranges.last()).filter(|it| within(it));
        let count = self.of_part(part).len();
        (0..count).filter_map(|nth| Some((nth, rows.shown(range(nth)?.clone())))).collect()
    }

    /// The hits of a part in letters of its rows.
    fn ranges(&self, part: usize, rows: &Letters<'_>) -> Vec<Range<usize>> {
        let own = self.words.range(part);
        let text = self.words.text.get(own.clone()).unwrap_or_default();
        let hits = self.found.get(self.of_part(part)).unwrap_or_default();
        if letters(text).eq(letters(&rows.text)) {
            let hits = hits.iter().map(|hit| hit.start - own.start..hit.end.min(own.end) - own.start);
            in_letters(text, hits)
        } else {
            in_letters(&rows.text, (self.look)(&rows.text).into_iter())
        }
    }
}

impl Default for Hits {
    fn default() -> Self {
        let words = Words { text: String::new(), starts: Vec::new(), form: str::to_owned };
        Self { words: Arc::new(words), look: Box::new(|_| Vec::new()), found: Vec::new() }
    }
}

impl fmt::Debug for Hits {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(&self.found).finish()
    }
}

/// What is counted: no white space, which lines gain and lose at their ends.
fn letters(text: &str) -> impl Iterator<Item = u8> {
    text.bytes().filter(|byte| *byte > b' ')
}

/// Some ranges of `text`, which rise, in letters.
fn in_letters(text: &str, ranges: impl Iterator<Item = Range<usize>>) -> Vec<Range<usize>> {
    let (mut before, mut from) = (0, 0);
    let count = |range: Range<usize>| letters(text.get(range).unwrap_or_default()).count();
    let convert = |range: Range<usize>| {
        before += count(from..range.start);
        from = range.start;
        before..before + count(range)
    };
    ranges.map(convert).collect()
}

/// The rows of a part as one text, a space between two.
struct Letters<'a> {
    text: String,
    form: Form,
    lines: &'a [Line],
    /// How many letters stand before each row.
    starts: Vec<usize>,
}

impl<'a> Letters<'a> {
    fn new(lines: &'a [Line], form: Form) -> Self {
        let (mut text, mut starts, mut count) = (String::new(), Vec::with_capacity(lines.len()), 0);
        for line in lines {
            starts.push(count);
            let words = form(line.text().get(spoken(line)).unwrap_or_default());
            count += letters(&words).count();
            text.push_str(words.trim_end());
            text.push(' ');
        }
        Self { text, form, lines, starts }
    }

    /// The row of a letter.
    fn row(&self, letter: usize) -> usize {
        self.starts.partition_point(|start| *start <= letter).saturating_sub(1)
    }

    /// How many letters stand before a row.
    fn before(&self, row: usize) -> usize {
        self.starts.get(row).copied().unwrap_or(usize::MAX)
    }

    /// The pieces of rows that show some letters.
    fn shown(&self, wanted: Range<usize>) -> Vec<Shown> {
        let first = self.row(wanted.start);
        let rows = self.lines.iter().zip(&self.starts).enumerate().skip(first);
        let rows = rows.take_while(|(_, (_, start))| **start < wanted.end);
        let piece = |(row, (line, start)): (usize, (&Line, &usize))| {
            let bytes = unform(line, self.form, wanted.start.saturating_sub(*start)..wanted.end - start);
            (!bytes.is_empty()).then_some(Shown { row, bytes })
        };
        rows.filter_map(piece).collect()
    }
}

/// The bytes of a row's text that are words: no indent, no bullet, no bar or frame.
fn spoken(line: &Line) -> Range<usize> {
    let drawn = |text: &str| text.chars().all(|c| matches!(c, ' ' | '│' | '|'));
    let mut start = 0;
    for span in line.spans() {
        if matches!(span.face.role, Role::Marker | Role::Rule) || drawn(span.text) {
            start += span.text.len();
        } else {
            start += span.text.len() - span.text.trim_start().len();
            break;
        }
    }
    let end = line.text().len();
    let frame = line.spans().rev().take_while(|span| span.face.role == Role::Rule);
    start..end.saturating_sub(frame.map(|span| span.text.len()).sum()).max(start)
}

/// The bytes of a row's text that some of its letters came from.
fn unform(line: &Line, form: Form, wanted: Range<usize>) -> Range<usize> {
    let (text, own) = (line.text(), spoken(line));
    let words = text.get(own.clone()).unwrap_or_default();
    let (mut at, mut from, mut to) = (0, None, words.len());
    for (byte, c) in words.char_indices() {
        let count = letters(&form(c.encode_utf8(&mut [0; 4]))).count();
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
struct Reading {
    text: String,
    form: Form,
    end: char,
    starts: Vec<usize>,
    /// Not wanted; kept only so that its room is used again.
    links: Vec<Link>,
}

impl Reading {
    fn new(document: &Document, parts: &[Part], (form, end): (Form, char)) -> Self {
        let mut reading = Self { text: String::new(), form, end, starts: Vec::new(), links: Vec::new() };
        for part in parts {
            reading.starts.push(reading.text.len());
            if let Some(block) = part.block(document) {
                match &block.kind {
                    BlockKind::List { items, .. } => {
                        part.items(items).iter().for_each(|item| reading.blocks(&item.blocks));
                    }
                    BlockKind::Definitions(all) => reading.definitions(part.items(all)),
                    _ => reading.block(block),
                }
            }
        }
        reading
    }

    fn words(&mut self, text: &str) {
        self.text.push_str(&(self.form)(text));
        self.text.push(self.end);
    }

    fn flow(&mut self, flow: &Flow) {
        self.words(&flow.title());
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

    fn definitions(&mut self, definitions: &[Definition]) {
        for definition in definitions {
            self.inlines(&definition.term);
            definition.meanings.iter().for_each(|meaning| self.blocks(meaning));
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
            BlockKind::Definitions(definitions) => self.definitions(definitions),
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
