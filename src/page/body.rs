//! The file's own text inside its page: parsed, moved to its places, its links made to lead somewhere.

use std::ops::Range;

use super::{BODY, Context};
use crate::document::parse::parse;
use crate::document::{Block, BlockKind, Inline, plain};
use crate::library::problem::Problem;
use crate::library::record::Briefing;
use crate::text::{Text, fold};

/// The blocks of a body and the places they take.
pub struct Body {
    pub blocks: Vec<Block>,
    pub places: Range<usize>,
}

/// The body of `it`, or what stands in its place if it cannot be read.
pub fn body(context: Context<'_>, it: &Briefing) -> Body {
    match context.library.body(it) {
        Ok(found) => Body { places: BODY..BODY + found.text.len(), blocks: blocks(context, it, &found.text) },
        Err(problem) => Body { places: BODY..BODY, blocks: vec![unreadable(&problem)] },
    }
}

fn blocks(context: Context<'_>, it: &Briefing, markdown: &str) -> Vec<Block> {
    let mut document = parse(markdown);
    document.shift(BODY);
    document.map_targets(|target| *target = context.library.resolve(&it.file, target));
    if document.blocks.first().is_some_and(|first| repeats(first, &it.title)) {
        document.blocks.remove(0);
    }
    document.blocks
}

/// Whether the block is a first heading that says what the page's title says.
fn repeats(block: &Block, title: &str) -> bool {
    match &block.kind {
        BlockKind::Heading { level: 1, inlines, .. } => {
            fold(&Text::line(&plain(inlines))) == fold(&Text::line(title))
        }
        _ => false,
    }
}

fn unreadable(problem: &Problem) -> Block {
    let told = vec![Inline::text(Text::line(&problem.to_string()))];
    let paragraph = Block::new(BlockKind::Paragraph(told), BODY..BODY);
    let title = vec![Inline::text("This text cannot be read")];
    Block::new(BlockKind::Callout { kind: Text::from("warning"), title, blocks: vec![paragraph] }, BODY..BODY)
}
