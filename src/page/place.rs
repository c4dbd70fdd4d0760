//! Places for what a page writes itself: rising in reading order, like bytes of a file that is not there.
//!
//! So finding, going back and headings work alike on made pages and on files.

use std::ops::Range;

use crate::document::{Block, BlockKind, Inline};

/// Gives the blocks and their texts places from `places.start` on, none of them past its end.
pub fn number(blocks: &mut [Block], places: Range<usize>) {
    Counter { next: places.start, end: places.end }.blocks(blocks);
}

/// The next free place. Pages nest their blocks by hand, a few deep, so walking them may recurse.
struct Counter {
    next: usize,
    end: usize,
}

impl Counter {
    fn take(&mut self, length: usize) -> usize {
        let at = self.next;
        self.next = at.saturating_add(length).min(self.end.saturating_sub(1));
        at
    }

    fn blocks(&mut self, blocks: &mut [Block]) {
        for block in blocks {
            let start = self.take(1);
            self.kind(&mut block.kind);
            block.source = start..self.next;
        }
    }

    fn kind(&mut self, kind: &mut BlockKind) {
        match kind {
            BlockKind::Heading { inlines, .. } | BlockKind::Paragraph(inlines) => self.inlines(inlines),
            BlockKind::List { items, .. } => items.iter_mut().for_each(|it| self.blocks(&mut it.blocks)),
            BlockKind::Quote(blocks) | BlockKind::Note { blocks, .. } => self.blocks(blocks),
            BlockKind::Callout { title, blocks, .. } | BlockKind::Panel { title, blocks } => {
                self.inlines(title);
                self.blocks(blocks);
            }
            BlockKind::Table(table) => {
                table.head.iter_mut().chain(table.rows.iter_mut().flatten()).for_each(|it| self.inlines(it));
            }
            BlockKind::Definitions(definitions) => {
                for definition in definitions {
                    self.inlines(&mut definition.term);
                    definition.meanings.iter_mut().for_each(|it| self.blocks(it));
                }
            }
            BlockKind::Fields(fields) => fields.iter_mut().for_each(|it| self.inlines(&mut it.value)),
            BlockKind::Drawing { lines, twin } => {
                for line in lines {
                    self.inlines(line);
                }
                self.blocks(twin);
            }
            BlockKind::Code { text, .. } | BlockKind::Html(text) => {
                self.take(text.len());
            }
            BlockKind::Rule => {}
        }
    }

    fn inlines(&mut self, inlines: &mut [Inline]) {
        for inline in inlines {
            match inline {
                Inline::Text { text, at } => *at = self.take(text.len().max(1)),
                Inline::Code(text) | Inline::Html(text) | Inline::Math(text) => {
                    self.take(text.len());
                }
                Inline::Emphasis(inner)
                | Inline::Strong(inner)
                | Inline::Struck(inner)
                | Inline::Link { inlines: inner, .. }
                | Inline::Role(_, inner) => self.inlines(inner),
                Inline::Picture { .. }
                | Inline::NoteMark(_)
                | Inline::Break
                | Inline::SoftBreak
                | Inline::Seam { .. } => {}
            }
        }
    }
}
