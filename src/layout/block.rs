//! Blocks to lines: one function a kind, one blank line between two blocks.

use std::borrow::Cow;
use std::ops::Range;

use super::Face;
use super::Heading;
use super::Link;
use super::Note;
use super::flow::{Flow, note_mark};
use super::line::{blank, drawn, ruled};
use super::setter::{ROOM, Setter};
use crate::document::{Block, BlockKind, Definition, Inline, Item, Role};
use crate::text::width;

/// Bullets by depth.
const BULLETS: [&str; 3] = ["• ", "– ", "· "];

/// Columns for the number of a line, so that those of short files stand below each other from page to page.
const DIGITS: usize = 3;

impl Setter {
    /// Sets blocks with a blank line between them, or without in a tight list.
    pub fn blocks(&mut self, blocks: &[Block], tight: bool) {
        for (index, block) in blocks.iter().enumerate() {
            if index > 0 && !tight {
                self.blank();
            }
            self.block(block);
        }
    }

    pub fn block(&mut self, block: &Block) {
        self.part(block, 0..usize::MAX);
    }

    /// Sets a block; of a list or of definitions only some.
    pub fn part(&mut self, block: &Block, some: Range<usize>) {
        self.begin(block);
        match &block.kind {
            BlockKind::Heading { level, inlines, anchor } => self.heading(*level, inlines, anchor),
            BlockKind::Paragraph(inlines) => self.paragraph(inlines),
            BlockKind::List { start, tight, items } => self.list((*start, *tight), items, some),
            BlockKind::Quote(blocks) => self.quote(blocks),
            BlockKind::Callout { kind, title, blocks } => self.callout(kind, title, blocks),
            BlockKind::Code { text, number: Some(first), .. } => {
                self.numbered(text, *first, block.source.start);
            }
            BlockKind::Code { text, .. } => self.code(text, block.source.start),
            BlockKind::Table(table) => self.table(table),
            BlockKind::Note { label, blocks } => self.note(label, blocks),
            BlockKind::Definitions(definitions) => self.definitions(definitions, some),
            BlockKind::Rule => self.rule(),
            BlockKind::Html(text) => self.html(text, block.source.start),
            BlockKind::Fields(fields) => self.fields(fields),
            BlockKind::Panel { title, blocks } => self.panel(title, blocks),
            BlockKind::Drawing { lines, twin } => self.drawing(lines, twin),
        }
        self.place_links();
    }

    fn paragraph(&mut self, inlines: &[Inline]) {
        let flow = self.flow(inlines);
        self.text(&flow);
        self.done(flow);
    }

    fn heading(&mut self, level: u8, inlines: &[Inline], anchor: &str) {
        let row = self.lines.len();
        let face = std::mem::replace(
            &mut self.face,
            Face { role: Role::Heading(level), strong: true, ..Face::default() },
        );
        let flow = self.flow(inlines);
        self.face = face;
        let title = flow.title().into_owned();
        self.headings.push(Heading { level, title, anchor: anchor.to_owned(), row });
        let columns = self.measured(&flow);
        self.done(flow);
        match level {
            1 => self.draw(&drawn("=".repeat(columns), Role::Rule)),
            2 => self.draw(&drawn("-".repeat(columns), Role::Rule)),
            _ => {}
        }
    }

    fn list(&mut self, (start, tight): (Option<u64>, bool), items: &[Item], some: Range<usize>) {
        let last = start.map(|start| start.saturating_add(items.len().saturating_sub(1) as u64));
        let columns = last.map_or(0, |last| last.to_string().len());
        let bullet = BULLETS.get(self.bullets).or(BULLETS.last()).copied().unwrap_or_default();
        self.bullets += usize::from(start.is_none());
        for (index, item) in items.iter().enumerate().take(some.end).skip(some.start) {
            if index > some.start && !tight {
                self.blank();
            }
            let mark = match (item.done, start.map(|start| start.saturating_add(index as u64))) {
                (None, None) => Cow::Borrowed(bullet),
                (None, Some(number)) => format!("{number:>columns$}. ").into(),
                (Some(done), None) => tick(done).into(),
                (Some(done), Some(number)) => format!("{number:>columns$}. {}", tick(done)).into(),
            };
            self.hang(mark, Role::Marker);
            self.blocks(&item.blocks, tight);
            self.outdent();
        }
        self.bullets -= usize::from(start.is_none());
    }

    /// Puts a mark before the next line, and its width in spaces before those that follow.
    pub fn hang(&mut self, mark: Cow<'static, str>, role: Role) {
        let mark = drawn(mark, role);
        let rest = blank(mark.columns);
        self.indent(Some(mark), rest);
    }

    fn bar(&mut self, role: Role) {
        self.indent(None, drawn("│ ", role));
    }

    fn quote(&mut self, blocks: &[Block]) {
        let face = self.face;
        self.face.role = Role::Quote;
        self.bar(Role::Quote);
        self.blocks(blocks, false);
        self.outdent();
        self.face = face;
    }

    fn callout(&mut self, kind: &str, title: &[Inline], blocks: &[Block]) {
        self.bar(Role::Callout);
        let head = callout_head(kind, title, &mut self.links);
        self.text(&head);
        self.blocks(blocks, false);
        self.outdent();
    }

    fn code(&mut self, text: &str, start: usize) {
        self.even();
        self.indent(None, blank(2));
        self.slide(self.slides && text.split('\n').any(|line| width(line) > self.room()));
        self.verbatim(text, self.face.with(Role::Code), start);
        self.outdent();
    }

    /// Lines with their numbers before them.
    fn numbered(&mut self, text: &str, first: usize, start: usize) {
        let columns = DIGITS.max((first + text.matches('\n').count()).to_string().len());
        let mut at = start;
        for (number, line) in (first..).zip(text.split('\n')) {
            self.hang(format!("{number:>columns$}  ").into(), Role::Marker);
            self.slide(true);
            self.verbatim(line, self.face.with(Role::Code), at);
            self.outdent();
            at += line.len() + 1;
        }
    }

    fn html(&mut self, text: &str, start: usize) {
        let mut at = start;
        for line in text.split('\n') {
            let mut flow = Flow::default();
            flow.push(line, self.face.with(Role::Quiet), None, Some(at));
            if !flow.text.is_empty() {
                self.text(&flow);
            }
            at += line.len() + 1;
        }
    }

    fn note(&mut self, label: &str, blocks: &[Block]) {
        let row = self.lines.len();
        self.notes.push(Note { label: label.to_owned(), row });
        let mark = note_mark(label);
        let hangs = width(&mark) + ROOM < self.room();
        if hangs {
            let first = drawn(format!("{mark} "), Role::Marker);
            self.indent(Some(first), blank(4));
        } else {
            self.text(&Flow::words(&mark, self.face.with(Role::Marker)));
            self.indent(None, blank(4));
        }
        self.blocks(blocks, false);
        self.outdent();
    }

    fn definitions(&mut self, definitions: &[Definition], some: Range<usize>) {
        for (index, definition) in definitions.iter().enumerate().take(some.end).skip(some.start) {
            if index > some.start {
                self.blank();
            }
            self.face.strong = true;
            let term = self.flow(&definition.term);
            self.face.strong = false;
            self.text(&term);
            self.indent(None, blank(4));
            for meaning in &definition.meanings {
                self.blocks(meaning, false);
            }
            self.outdent();
        }
    }

    pub fn rule(&mut self) {
        self.even();
        self.draw(&ruled(self.room()));
    }
}

/// What a callout is, and its title if that says more.
pub fn callout_head(kind: &str, title: &[Inline], links: &mut Vec<Link>) -> Flow {
    let face = Face { role: Role::Callout, strong: true, ..Face::default() };
    let mut head = Flow::words(&capitalised(kind), face);
    let plain = crate::document::plain(title);
    if !plain.trim().is_empty() && !plain.trim().eq_ignore_ascii_case(kind) {
        head.push(": ", face, None, None);
        head.append(title, face, links);
    }
    head
}

fn tick(done: bool) -> &'static str {
    if done { "[x] " } else { "[ ] " }
}

fn capitalised(word: &str) -> String {
    let mut chars = word.chars();
    chars.next().map(|first| first.to_uppercase().chain(chars).collect()).unwrap_or_default()
}
