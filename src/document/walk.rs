//! Walking a document: every run of inlines in reading order, every target, every place.
//!
//! Recursion is bounded: parsing nests blocks and inlines only so deep, and pages nest by hand.

use std::ops::Range;
use std::sync::Arc;

use super::{Block, BlockKind, Document, Inline, Target};
use crate::text::Text;

/// What a run of inlines is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Run {
    Text,
    Heading,
    /// A cell of a table, by its place in the row.
    Cell(usize),
}

impl Document {
    /// Shows `f` every run of inlines in reading order: a paragraph, a heading, a cell of a table.
    pub fn inlines<'a>(&'a self, mut f: impl FnMut(&'a [Inline])) {
        self.runs(|inlines, _| f(inlines));
    }

    /// As [`Document::inlines`], and says of each run what it is.
    pub fn runs<'a>(&'a self, mut f: impl FnMut(&'a [Inline], Run)) {
        read_blocks(&self.blocks, &mut f);
    }

    /// For each run of inlines those that are read with it: the cells of its row, else only itself.
    pub fn together(&self) -> Vec<Range<usize>> {
        let mut starts: Vec<usize> = Vec::new();
        let mut runs = 0;
        self.runs(|_, run| {
            let goes_on = matches!(run, Run::Cell(nth) if nth > 0);
            let start = starts.last().copied().filter(|_| goes_on).unwrap_or(runs);
            starts.push(start);
            runs += 1;
        });
        let ends = starts.chunk_by(|a, b| a == b).flat_map(|row| {
            let end = row.first().map_or(0, |start| start + row.len());
            std::iter::repeat_n(end, row.len())
        });
        starts.iter().zip(ends).map(|(start, end)| *start..end).collect()
    }

    /// Lets `f` change every run of inlines, in reading order.
    pub fn inlines_mut(&mut self, mut f: impl FnMut(&mut Vec<Inline>)) {
        self.blocks.iter_mut().for_each(|block| block.inlines_mut(&mut f));
    }

    /// Lets `f` change the target of every link and picture, in reading order.
    pub fn map_targets(&mut self, mut f: impl FnMut(&mut Target)) {
        self.inlines_mut(|inlines| change_targets(inlines, &mut f));
    }

    /// Lets `f` see the words of every heading and change its anchor, in reading order.
    pub fn headings_mut(&mut self, mut f: impl FnMut(&[Inline], &mut String)) {
        change_headings(&mut self.blocks, &mut f);
    }

    /// The targets of all links, in reading order; a picture's is not a link.
    pub fn links(&self) -> Vec<&Target> {
        let mut links = Vec::new();
        self.inlines(|inlines| push_links(inlines, &mut links));
        links
    }

    /// Lets `f` change every text that is shown, wherever it stands.
    pub fn map_texts(&mut self, mut f: impl FnMut(&mut Text)) {
        for block in &mut self.blocks {
            change_own_texts(block, &mut f);
        }
        self.inlines_mut(|inlines| change_texts(inlines, &mut f));
    }

    /// Puts in the place of every picture what says the same in words. Pages put none inside other blocks.
    pub fn in_words(&mut self) {
        let blocks = std::mem::take(&mut self.blocks);
        self.blocks = blocks
            .into_iter()
            .flat_map(|block| match block.kind {
                BlockKind::Drawing { twin, .. } => twin,
                _ => vec![block],
            })
            .collect();
    }

    /// Moves every place by `by` bytes: a body takes its place behind the head of its page.
    pub fn shift(&mut self, by: usize) {
        change_blocks(&mut self.blocks, &mut |piece| match piece {
            Piece::Run(inlines) => shift_inlines(inlines, by),
            Piece::Place(place) => *place = place.start + by..place.end + by,
        });
    }
}

/// What of a document is changed on one walk, however large it is.
enum Piece<'a> {
    Run(&'a mut Vec<Inline>),
    /// Where a block stands in its source.
    Place(&'a mut Range<usize>),
}

impl Block {
    /// Lets `f` change every run of inlines in it, in reading order.
    pub fn inlines_mut(&mut self, mut f: impl FnMut(&mut Vec<Inline>)) {
        change_blocks(std::slice::from_mut(self), &mut |piece| match piece {
            Piece::Run(inlines) => f(inlines),
            Piece::Place(_) => {}
        });
    }
}

fn read_blocks<'a>(blocks: &'a [Block], f: &mut dyn FnMut(&'a [Inline], Run)) {
    for block in blocks {
        match &block.kind {
            BlockKind::Heading { inlines, .. } => f(inlines, Run::Heading),
            BlockKind::Paragraph(inlines) => f(inlines, Run::Text),
            BlockKind::List { items, .. } => {
                for item in items {
                    read_blocks(&item.blocks, f);
                }
            }
            BlockKind::Quote(blocks) | BlockKind::Note { blocks, .. } => read_blocks(blocks, f),
            BlockKind::Callout { title, blocks, .. } | BlockKind::Panel { title, blocks } => {
                f(title, Run::Text);
                read_blocks(blocks, f);
            }
            BlockKind::Table(table) => {
                for row in std::iter::once(&table.head).chain(&table.rows) {
                    row.iter().enumerate().for_each(|(nth, cell)| f(cell, Run::Cell(nth)));
                }
            }
            BlockKind::Definitions(definitions) => {
                for definition in definitions {
                    f(&definition.term, Run::Text);
                    for meaning in &definition.meanings {
                        read_blocks(meaning, f);
                    }
                }
            }
            BlockKind::Fields(fields) => fields.iter().for_each(|field| f(&field.value, Run::Text)),
            BlockKind::Drawing { lines, twin } => {
                for line in lines {
                    f(line, Run::Text);
                }
                read_blocks(twin, f);
            }
            BlockKind::Code { .. } | BlockKind::Rule | BlockKind::Html(_) => {}
        }
    }
}

fn change_blocks(blocks: &mut [Block], f: &mut dyn FnMut(Piece<'_>)) {
    for block in blocks {
        f(Piece::Place(&mut block.source));
        match &mut block.kind {
            BlockKind::Heading { inlines, .. } | BlockKind::Paragraph(inlines) => f(Piece::Run(inlines)),
            BlockKind::List { items, .. } => {
                for item in items {
                    change_blocks(&mut item.blocks, f);
                }
            }
            BlockKind::Quote(blocks) | BlockKind::Note { blocks, .. } => change_blocks(blocks, f),
            BlockKind::Callout { title, blocks, .. } | BlockKind::Panel { title, blocks } => {
                f(Piece::Run(title));
                change_blocks(blocks, f);
            }
            BlockKind::Table(table) => {
                let cells = table.head.iter_mut().chain(table.rows.iter_mut().flatten());
                cells.for_each(|cell| f(Piece::Run(cell)));
            }
            BlockKind::Definitions(definitions) => {
                for definition in definitions {
                    f(Piece::Run(&mut definition.term));
                    for meaning in &mut definition.meanings {
                        change_blocks(meaning, f);
                    }
                }
            }
            BlockKind::Fields(fields) => fields.iter_mut().for_each(|field| f(Piece::Run(&mut field.value))),
            BlockKind::Drawing { lines, twin } => {
                for line in lines {
                    f(Piece::Run(line));
                }
                change_blocks(twin, f);
            }
            BlockKind::Code { .. } | BlockKind::Rule | BlockKind::Html(_) => {}
        }
    }
}

fn change_headings(blocks: &mut [Block], f: &mut dyn FnMut(&[Inline], &mut String)) {
    for block in blocks {
        match &mut block.kind {
            BlockKind::Heading { inlines, anchor, .. } => f(inlines, anchor),
            kind => children_mut(kind).for_each(|block| change_headings(std::slice::from_mut(block), f)),
        }
    }
}

fn change_targets(inlines: &mut [Inline], f: &mut dyn FnMut(&mut Target)) {
    for inline in inlines {
        match inline {
            Inline::Link { target, inlines } => {
                f(Arc::make_mut(target));
                change_targets(inlines, f);
            }
            Inline::Picture { target, .. } => f(Arc::make_mut(target)),
            inline => change_targets(inner_mut(inline), f),
        }
    }
}

fn change_texts(inlines: &mut [Inline], f: &mut dyn FnMut(&mut Text)) {
    for inline in inlines {
        match inline {
            Inline::Text { text, .. }
            | Inline::Code(text)
            | Inline::Html(text)
            | Inline::Math(text)
            | Inline::NoteMark(text)
            | Inline::Picture { alt: text, .. } => f(text),
            inline => change_texts(inner_mut(inline), f),
        }
    }
}

/// The texts of a block and the blocks in it that are not running text.
fn change_own_texts(block: &mut Block, f: &mut dyn FnMut(&mut Text)) {
    match &mut block.kind {
        BlockKind::Code { text, .. }
        | BlockKind::Html(text)
        | BlockKind::Note { label: text, .. }
        | BlockKind::Callout { kind: text, .. } => f(text),
        BlockKind::Fields(fields) => fields.iter_mut().for_each(|field| f(&mut field.label)),
        _ => {}
    }
    for block in children_mut(&mut block.kind) {
        change_own_texts(block, f);
    }
}

fn push_links<'a>(inlines: &'a [Inline], links: &mut Vec<&'a Target>) {
    for inline in inlines {
        match inline {
            Inline::Link { target, .. } => links.push(target),
            Inline::Emphasis(inner)
            | Inline::Strong(inner)
            | Inline::Struck(inner)
            | Inline::Role(_, inner) => push_links(inner, links),
            _ => {}
        }
    }
}

fn shift_inlines(inlines: &mut [Inline], by: usize) {
    for inline in inlines {
        match inline {
            Inline::Text { at, .. } => *at += by,
            inline => shift_inlines(inner_mut(inline), by),
        }
    }
}

/// What an inline holds.
fn inner_mut(inline: &mut Inline) -> &mut [Inline] {
    match inline {
        Inline::Emphasis(inner)
        | Inline::Strong(inner)
        | Inline::Struck(inner)
        | Inline::Link { inlines: inner, .. }
        | Inline::Role(_, inner) => inner,
        _ => &mut [],
    }
}

/// The blocks that a block holds.
fn children_mut(kind: &mut BlockKind) -> Box<dyn Iterator<Item = &mut Block> + '_> {
    match kind {
        BlockKind::List { items, .. } => Box::new(items.iter_mut().flat_map(|item| &mut item.blocks)),
        BlockKind::Quote(blocks)
        | BlockKind::Note { blocks, .. }
        | BlockKind::Callout { blocks, .. }
        | BlockKind::Drawing { twin: blocks, .. }
        | BlockKind::Panel { blocks, .. } => Box::new(blocks.iter_mut()),
        BlockKind::Definitions(definitions) => {
            Box::new(definitions.iter_mut().flat_map(|it| &mut it.meanings).flatten())
        }
        _ => Box::new(std::iter::empty()),
    }
}
