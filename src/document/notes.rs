//! Footnotes by number: labels are the author's own keys, and every reader of Markdown shows numbers for them.

use std::collections::HashMap;

use super::{Block, BlockKind, Document, Inline};
use crate::text::Text;

/// The number of each label, by first mark; those without a mark come last.
#[derive(Default)]
pub struct Numbers {
    known: HashMap<String, usize>,
    /// Notes of other documents that have numbers before these.
    before: usize,
}

/// Puts the footnotes of a document that was just parsed where they stand in its source.
pub fn order(document: &mut Document) {
    if document.blocks.iter().any(is_note) {
        document.blocks.sort_by_key(|block| (block.source.start, is_note(block)));
    }
}

/// Numbers the footnotes of a document.
pub fn number(document: &mut Document) {
    if document.blocks.iter().any(is_note) {
        after(document, 0);
    }
}

/// Numbers the footnotes of a document after so many of others. Answers with how many there are then.
pub fn after(document: &mut Document, before: usize) -> usize {
    let mut numbers = Numbers { before, ..Numbers::default() };
    let blocks = &mut document.blocks;
    // marks in the text come before marks in other notes
    blocks.iter_mut().filter(|block| !is_note(block)).for_each(|block| numbers.text(block));
    numbers.notes(blocks.iter_mut().filter(|block| is_note(block)).collect());
    before + numbers.known.len()
}

pub fn is_note(block: &Block) -> bool {
    matches!(block.kind, BlockKind::Note { .. })
}

impl Numbers {
    /// Numbers the marks in a block of the text; blocks come in order.
    pub fn text(&mut self, block: &mut Block) {
        block.inlines_mut(|inlines| self.marks(inlines));
    }

    /// Numbers all footnotes, and the marks in them, once the text is numbered.
    pub fn notes(&mut self, mut notes: Vec<&mut Block>) {
        for note in &mut notes {
            self.text(note);
        }
        for note in notes {
            if let BlockKind::Note { label, .. } = &mut note.kind {
                self.change(label);
            }
        }
    }

    fn marks(&mut self, inlines: &mut [Inline]) {
        for inline in inlines {
            match inline {
                Inline::NoteMark(label) => self.change(label),
                Inline::Emphasis(inner)
                | Inline::Strong(inner)
                | Inline::Struck(inner)
                | Inline::Link { inlines: inner, .. }
                | Inline::Role(_, inner) => self.marks(inner),
                _ => {}
            }
        }
    }

    /// Labels match whatever their case, as pulldown-cmark matches them.
    fn change(&mut self, label: &mut Text) {
        let next = self.before + self.known.len() + 1;
        let number = *self.known.entry(label.to_lowercase()).or_insert(next);
        *label = Text::from(number.to_string());
    }
}
