//! What a document is laid out by: blocks, and some items of a long list or some of many definitions at a time, each
//! without the others.
//!
//! The whole layout is its parts one below the other, so that a reader need lay out only those in sight.

use std::ops::Range;

use super::line::{Line, ruled};
use super::setter::Setter;
use super::{Layout, Room};
use crate::document::passages::first;
use crate::document::{Block, BlockKind, Document};

/// Items of a list, or definitions, that are laid out together.
const ITEMS: usize = 40;
/// Columns of the line above the footnotes: shorter than a rule of the author's.
const NOTES: usize = 20;

/// Some of a document's rows, and where they stand in it.
#[derive(Clone, Debug)]
pub(super) struct Part {
    /// Which block; none is the line above the footnotes.
    block: Option<usize>,
    /// Which of its items, if it is a list, or of its definitions.
    items: Range<usize>,
    /// The place of its first row. No two parts have the same, and they rise.
    pub from: usize,
    /// No row of it has a place behind this.
    to: usize,
    /// Whether an empty line stands below it.
    gap: bool,
}

/// The parts of a document in the order they are shown: the footnotes come last, under a line.
pub(super) fn parts(document: &Document) -> Vec<Part> {
    let mut parts = Vec::with_capacity(document.blocks.len());
    let is_note = |block: &Block| matches!(block.kind, BlockKind::Note { .. });
    let all = || document.blocks.iter().enumerate();
    for (nth, block) in all().filter(|(_, block)| !is_note(block)) {
        split(nth, block, &mut parts);
        if let Some(last) = parts.last_mut() {
            last.gap &= !goes_on(block, document.blocks.get(nth + 1));
        }
    }
    let mut notes: Vec<_> = all().filter(|(_, block)| is_note(block)).collect();
    if !notes.is_empty() {
        parts.push(Part { block: None, items: 0..0, from: 0, to: 0, gap: true });
    }
    notes.sort_by_key(|(_, block)| number(block));
    for (nth, block) in notes {
        split(nth, block, &mut parts);
    }
    settle(&mut parts);
    parts
}

/// Whether the numbered lines of a block go on in the next one without an empty line between them.
fn goes_on(block: &Block, next: Option<&Block>) -> bool {
    match (&block.kind, next.map(|next| &next.kind)) {
        (BlockKind::Code { text, number: Some(first), .. }, Some(BlockKind::Code { number, .. })) => {
            *number == Some(first + text.split('\n').count())
        }
        _ => false,
    }
}

/// A block as one part, or a long list, or many definitions, as several.
fn split(nth: usize, block: &Block, parts: &mut Vec<Part>) {
    let part = |items, from, gap| Part { block: Some(nth), items, from, to: 0, gap };
    let (count, tight) = match &block.kind {
        BlockKind::List { tight, items, .. } => (items.len(), *tight),
        BlockKind::Definitions(all) => (all.len(), false),
        _ => return parts.push(part(0..0, block.source.start, true)),
    };
    let mut from = block.source.start;
    for first in (0..count).step_by(ITEMS) {
        let end = count.min(first + ITEMS);
        if first > 0 {
            from = place(block, first).unwrap_or(from);
        }
        parts.push(part(first..end, from, !tight || end == count));
    }
    if count == 0 {
        parts.push(part(0..0, from, true));
    }
}

/// Where an item of a list, or a definition, stands.
fn place(block: &Block, nth: usize) -> Option<usize> {
    match &block.kind {
        BlockKind::List { items, .. } => Some(items.get(nth)?.blocks.first()?.source.start),
        BlockKind::Definitions(all) => first(&all.get(nth)?.term),
        _ => None,
    }
}

/// Makes places rise, and says where each part ends.
fn settle(parts: &mut [Part]) {
    let mut least = 0;
    for part in parts.iter_mut() {
        part.from = part.from.max(least);
        least = part.from.saturating_add(1);
    }
    let mut end = usize::MAX;
    for part in parts.iter_mut().rev() {
        part.to = end.max(part.from);
        end = part.from.saturating_sub(1);
    }
    if let Some(last) = parts.last_mut() {
        last.gap = false;
    }
}

impl Part {
    /// Lays the part out.
    pub fn lay(&self, document: &Document, room: Room) -> Layout {
        let mut setter = Setter::new(room);
        self.set(document, &mut setter);
        let Setter { lines, links, headings, notes, grids, .. } = setter;
        Layout { lines, links, headings, notes, grids, width: room.columns }
    }

    /// Sets its rows where nothing is set.
    fn set(&self, document: &Document, setter: &mut Setter) {
        match self.block.and_then(|nth| document.blocks.get(nth)) {
            Some(block) => setter.part(block, self.items.clone()),
            None => setter.draw(&ruled(setter.line_width().min(NOTES))),
        }
        if self.gap {
            setter.gap();
        }
        for line in &mut setter.lines {
            line.at = line.at.clamp(self.from, self.to);
        }
    }

    /// The items of a list that are in it, or the definitions.
    pub fn items<'a, T>(&self, items: &'a [T]) -> &'a [T] {
        items.get(self.items.clone()).unwrap_or_default()
    }

    pub fn block<'a>(&self, document: &'a Document) -> Option<&'a Block> {
        self.block.and_then(|nth| document.blocks.get(nth))
    }

    /// How many rows it may have in `new` columns if it has `rows` in `old`: good enough until they are counted.
    pub fn guess(&self, document: &Document, rows: usize, (old, new): (usize, usize)) -> usize {
        let words = self.block(document).is_some_and(|block| {
            matches!(
                block.kind,
                BlockKind::Paragraph(_)
                    | BlockKind::List { .. }
                    | BlockKind::Quote(_)
                    | BlockKind::Callout { .. }
                    | BlockKind::Note { .. }
                    | BlockKind::Definitions(_)
            )
        });
        let gap = usize::from(self.gap);
        if words { rows.saturating_sub(gap).saturating_mul(old).div_ceil(new.max(1)) + gap } else { rows }
    }
}

/// Lays documents out for who needs a row but once: what the rows of one part took serves the next.
#[derive(Debug)]
pub struct RowByRow(Setter);

impl RowByRow {
    pub fn new(room: impl Into<Room>) -> Self {
        Self(Setter::new(room.into()))
    }

    /// Gives the rows of `document` in order. Their links name none of it.
    pub fn rows(&mut self, document: &Document, mut take: impl FnMut(&Line)) {
        for part in parts(document) {
            part.set(document, &mut self.0);
            self.0.lines.iter().for_each(&mut take);
            self.0.renew();
        }
    }
}

/// The number of a footnote.
fn number(block: &Block) -> usize {
    match &block.kind {
        BlockKind::Note { label, .. } => label.parse().unwrap_or(usize::MAX),
        _ => 0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::parse::parse;
    use crate::text::Text;

    fn rows(document: &Document) -> Vec<String> {
        Layout::new(document, 40).lines.iter().map(|line| line.text().to_owned()).collect()
    }

    #[test]
    fn numbered_lines_go_on_in_the_next_block_unless_one_is_left_out() {
        let code = |number, text: &str| {
            let (language, text) = (Text::default(), Text::new(text));
            Block::new(BlockKind::Code { language, text, number: Some(number) }, number..number)
        };
        let document = Document { blocks: vec![code(1, "a\nb"), code(3, "c"), code(5, "d")] };
        assert_eq!(rows(&document), ["  1  a", "  2  b", "  3  c", "", "  5  d"]);
    }

    #[test]
    fn many_definitions_are_several_parts_that_show_as_one() {
        let count = ITEMS * 2 + 1;
        let written = (0..count).map(|nth| format!("term {nth}\n: meaning {nth}\n\n"));
        let text = written.collect::<Vec<_>>().concat();
        let document = parse(&text);
        assert_eq!(parts(&document).len(), 3);
        let layout = Layout::new(&document, 40);
        assert_eq!(layout.lines.len(), count * 3 - 1);
        assert!(layout.lines.is_sorted_by_key(|line| line.at));
        let terms = layout.lines.iter().step_by(3).map(Line::text);
        assert!(terms.eq((0..count).map(|nth| format!("term {nth}"))));
    }
}
