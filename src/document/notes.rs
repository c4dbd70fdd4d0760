//! Footnotes by number: labels are the author's own keys, and every reader of Markdown shows numbers for them.

use std::collections::HashMap;

use super::{BlockKind, Document, Inline};
use crate::text::Text;

/// The number of each label, by first mark; those without a mark come last.
#[derive(Default)]
struct Numbers(HashMap<String, usize>);

/// Numbers the footnotes of a document that was just parsed.
pub fn number(document: &mut Document) {
    let mut numbers = Numbers::default();
    let is_note = |kind: &BlockKind| matches!(kind, BlockKind::Note { .. });
    if !document.blocks.iter().any(|block| is_note(&block.kind)) {
        return;
    }
    // marks in the text come before marks in other notes
    let (notes, body) =
        std::mem::take(&mut document.blocks).into_iter().partition(|block| is_note(&block.kind));
    let mut notes = Document { blocks: notes };
    let mut body = Document { blocks: body };
    body.inlines_mut(|inlines| numbers.marks(inlines));
    notes.inlines_mut(|inlines| numbers.marks(inlines));
    for block in &mut notes.blocks {
        if let BlockKind::Note { label, .. } = &mut block.kind {
            numbers.change(label);
        }
    }
    document.blocks = merge(body, notes);
}

impl Numbers {
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
        let next = self.0.len() + 1;
        let number = *self.0.entry(label.to_lowercase()).or_insert(next);
        *label = Text::from(number.to_string());
    }
}

/// Body and notes in the order of their places.
fn merge(body: Document, notes: Document) -> Vec<super::Block> {
    let mut blocks: Vec<_> = body.blocks.into_iter().chain(notes.blocks).collect();
    blocks.sort_by_key(|block| block.source.start);
    blocks
}
