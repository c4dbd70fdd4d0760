//! A page being written: blocks in order, none of them empty.
//!
//! Sections without rows leave no heading behind, so a page is as long as what the library holds.

use std::ops::Range;

use super::place::number;
use crate::document::{Block, BlockKind, Document, Field, Inline, Item, Role, Table, plain};
use crate::text::{Text, slug};

/// A run of inlines: a row of a list, the value of a field, a paragraph.
pub type Row = Vec<Inline>;

/// The blocks written so far.
#[derive(Default)]
pub struct Draft {
    blocks: Vec<Block>,
}

impl Draft {
    /// Begins a page with its title.
    pub fn new(title: &Text) -> Self {
        let mut draft = Self::default();
        draft.heading(1, title);
        draft
    }

    pub fn block(&mut self, kind: BlockKind) {
        self.blocks.push(block(kind));
    }

    pub fn heading(&mut self, level: u8, title: &str) {
        let inlines = vec![Inline::text(title)];
        self.block(BlockKind::Heading { level, inlines, anchor: slug(title) });
    }

    /// A heading that says how many rows follow.
    pub fn counted(&mut self, level: u8, title: &str, count: usize) {
        self.headed(level, Inline::text(title), count);
    }

    /// As [`Self::counted`], with a title that may be a link.
    pub fn headed(&mut self, level: u8, title: Inline, count: usize) {
        let mut inlines = vec![title];
        let anchor = slug(&plain(&inlines));
        if count > 1 {
            inlines.push(Inline::role(Role::Quiet, format!(" ({count})")));
        }
        self.block(BlockKind::Heading { level, inlines, anchor });
    }

    pub fn paragraph(&mut self, row: Row) {
        if !row.is_empty() {
            self.block(BlockKind::Paragraph(row));
        }
    }

    /// `text` in paragraphs, as its blank lines part it.
    pub fn prose(&mut self, text: Option<&Text>) {
        for part in paragraphs(text) {
            self.paragraph(vec![Inline::text(part)]);
        }
    }

    pub fn quiet(&mut self, text: Option<&Text>) {
        for part in paragraphs(text) {
            self.paragraph(vec![Inline::role(Role::Quiet, part)]);
        }
    }

    /// What must be seen before anything else is read.
    pub fn warning(&mut self, row: Row) {
        if !row.is_empty() {
            self.paragraph(vec![Inline::Role(Role::Warning, row)]);
        }
    }

    pub fn quote(&mut self, text: Option<&Text>) {
        let parts: Vec<Block> =
            paragraphs(text).map(|part| block(BlockKind::Paragraph(vec![Inline::text(part)]))).collect();
        if !parts.is_empty() {
            self.block(BlockKind::Quote(parts));
        }
    }

    pub fn fields(&mut self, fields: Vec<Field>) {
        if !fields.is_empty() {
            self.block(BlockKind::Fields(fields));
        }
    }

    pub fn list(&mut self, rows: Vec<Row>) {
        if !rows.is_empty() {
            self.block(list(None, rows));
        }
    }

    pub fn numbered(&mut self, rows: Vec<Row>) {
        if !rows.is_empty() {
            self.block(list(Some(1), rows));
        }
    }

    /// A list whose rows have lists of their own.
    pub fn nested(&mut self, rows: Vec<(Row, Vec<Row>)>) {
        let items = rows.into_iter().map(|(row, under)| {
            let mut item = item(row);
            item.blocks.extend((!under.is_empty()).then(|| block(list(None, under))));
            item
        });
        let items: Vec<Item> = items.collect();
        if !items.is_empty() {
            self.block(BlockKind::List { start: None, tight: true, items });
        }
    }

    /// A picture with what says the same in words; only that where there is no picture.
    pub fn drawing(&mut self, lines: Option<Vec<Row>>, twin: Vec<Block>) {
        match lines {
            Some(lines) => self.block(BlockKind::Drawing { lines, twin }),
            None => self.blocks.extend(twin),
        }
    }

    pub fn table(&mut self, table: Table) {
        if !table.rows.is_empty() {
            self.block(BlockKind::Table(table));
        }
    }

    /// A section that is a list.
    pub fn section(&mut self, title: &str, rows: Vec<Row>) {
        if !rows.is_empty() {
            self.counted(2, title, rows.len());
            self.list(rows);
        }
    }

    /// A section of several lists, each under a name of its own.
    pub fn groups(&mut self, title: &str, groups: Vec<(Text, Vec<Row>)>) {
        if groups.iter().all(|(_, rows)| rows.is_empty()) {
            return;
        }
        self.heading(2, title);
        for (name, rows) in groups.into_iter().filter(|(_, rows)| !rows.is_empty()) {
            self.counted(3, &name, rows.len());
            self.list(rows);
        }
    }

    /// The document of a page that shows no file.
    pub fn document(self) -> Document {
        let Self { mut blocks } = self;
        number(&mut blocks, 0..usize::MAX);
        Document { blocks }
    }

    /// The blocks with their places in `places`.
    pub fn blocks(self, places: Range<usize>) -> Vec<Block> {
        let Self { mut blocks } = self;
        number(&mut blocks, places);
        blocks
    }
}

/// A block whose place is given when the page is whole.
pub fn block(kind: BlockKind) -> Block {
    Block::new(kind, 0..0)
}

/// A tight list, numbered from `start` if there is one.
pub fn list(start: Option<u64>, rows: Vec<Row>) -> BlockKind {
    let items = rows.into_iter().map(item).collect();
    BlockKind::List { start, tight: true, items }
}

pub fn item(row: Row) -> Item {
    Item { done: None, blocks: vec![block(BlockKind::Paragraph(row))] }
}

/// The paragraphs of a text that may have several lines, each as one line.
fn paragraphs(text: Option<&Text>) -> impl Iterator<Item = Text> + '_ {
    let whole = text.map(Text::as_str).unwrap_or_default();
    whole.split("\n\n").map(Text::line).filter(|part| !part.is_empty())
}
