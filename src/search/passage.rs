//! A document as running text: what is indexed of it, and where each word of it came from.
//!
//! Unlike names, words are also looked for in code, pictures' descriptions and math.

use super::words::{BEGIN, BREAK};
use crate::document::{Block, BlockKind, Document, Inline};
use crate::text::Text;

/// Between the cells of a row.
const CELLS: &str = " · ";

/// The text of one paragraph, heading, row or the like.
#[derive(Clone, Debug, Default)]
pub(super) struct Passage {
    pub text: String,
    /// Where in `text` a piece of the source begins, and its byte there.
    pieces: Vec<(usize, usize)>,
    /// The source's byte of the block.
    pub block: usize,
    /// A heading of the document itself, which begins a section.
    pub begins: bool,
}

impl Passage {
    /// The byte of the source that byte `at` of the text stands for.
    pub fn source(&self, at: usize) -> usize {
        let next = self.pieces.partition_point(|(start, _)| *start <= at);
        match next.checked_sub(1).and_then(|piece| self.pieces.get(piece)) {
            Some((start, source)) => source + (at - start),
            None => self.block,
        }
    }

    fn clear(&mut self, block: usize, begins: bool) {
        self.text.clear();
        self.pieces.clear();
        self.block = block;
        self.begins = begins;
    }

    fn push(&mut self, inlines: &[Inline]) {
        for inline in inlines {
            match inline {
                Inline::Text { text, at } => {
                    self.pieces.push((self.text.len(), *at));
                    self.text.push_str(text);
                }
                Inline::Code(text) | Inline::Math(text) | Inline::Picture { alt: text, .. } => {
                    self.text.push_str(text);
                }
                Inline::Emphasis(inner)
                | Inline::Strong(inner)
                | Inline::Struck(inner)
                | Inline::Role(_, inner)
                | Inline::Link { inlines: inner, .. } => self.push(inner),
                Inline::Break | Inline::SoftBreak => self.text.push(' '),
                Inline::NoteMark(_) | Inline::Html(_) | Inline::Seam { .. } => {}
            }
        }
    }
}

/// Calls `visit` with every passage of `document`, in reading order.
pub(super) fn each(document: &Document, visit: &mut impl FnMut(&Passage)) {
    let mut walker = Walker { passage: Passage::default(), visit };
    walker.blocks(&document.blocks, true);
}

/// Fills one passage after another.
struct Walker<'a, F> {
    passage: Passage,
    visit: &'a mut F,
}

impl<F: FnMut(&Passage)> Walker<'_, F> {
    fn blocks(&mut self, blocks: &[Block], outermost: bool) {
        for block in blocks {
            let at = block.source.start;
            match &block.kind {
                BlockKind::Heading { inlines, .. } => self.inlines(inlines, at, outermost),
                BlockKind::Paragraph(inlines) => self.inlines(inlines, at, false),
                BlockKind::List { items, .. } => {
                    for item in items {
                        self.blocks(&item.blocks, false);
                    }
                }
                BlockKind::Quote(blocks) | BlockKind::Note { blocks, .. } => self.blocks(blocks, false),
                BlockKind::Callout { title, blocks, .. } | BlockKind::Panel { title, blocks } => {
                    self.inlines(title, at, false);
                    self.blocks(blocks, false);
                }
                BlockKind::Code { text, .. } => self.text(text, at),
                BlockKind::Table(table) => {
                    self.row(&table.head, at);
                    table.rows.iter().for_each(|row| self.row(row, at));
                }
                BlockKind::Definitions(definitions) => {
                    for definition in definitions {
                        self.inlines(&definition.term, at, false);
                        definition.meanings.iter().for_each(|meaning| self.blocks(meaning, false));
                    }
                }
                BlockKind::Fields(fields) => {
                    for field in fields {
                        self.inlines(&field.value, at, false);
                    }
                }
                BlockKind::Rule | BlockKind::Html(_) | BlockKind::Drawing { .. } => {}
            }
        }
    }

    fn inlines(&mut self, inlines: &[Inline], block: usize, begins: bool) {
        self.passage.clear(block, begins);
        self.passage.push(inlines);
        (self.visit)(&self.passage);
    }

    /// A row of a table is read as one.
    fn row(&mut self, cells: &[Vec<Inline>], block: usize) {
        self.passage.clear(block, false);
        for cell in cells {
            if !self.passage.text.is_empty() {
                self.passage.text.push_str(CELLS);
            }
            self.passage.push(cell);
        }
        (self.visit)(&self.passage);
    }

    fn text(&mut self, text: &Text, block: usize) {
        self.passage.clear(block, false);
        self.passage.text.push_str(text);
        (self.visit)(&self.passage);
    }
}

/// A text as it is indexed.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Running {
    /// The passages, with [`BREAK`] before each and [`BEGIN`] before each section.
    pub text: String,
    /// Where each section begins in the body. Section 0 is what the index says of the briefing, and has no place
    /// there; section 1 is what stands before the first heading.
    pub sections: Vec<usize>,
}

impl Running {
    /// `head` is what the record says, a paragraph each; `document` its body.
    pub fn new(head: &[&Text], document: &Document) -> Self {
        let mut running = Self { text: String::from(BEGIN), sections: vec![0] };
        for text in head {
            running.text.push(BREAK);
            running.text.push_str(text);
        }
        running.text.push(BEGIN);
        each(document, &mut |passage| {
            running.text.push(if passage.begins { BEGIN } else { BREAK });
            if passage.begins {
                running.sections.push(passage.block);
            }
            running.text.push_str(&passage.text);
        });
        // Tells where the last section ends.
        running.text.push(BEGIN);
        running
    }
}
