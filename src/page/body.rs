//! The file's own text inside its page: parsed, moved to its places, its links made to lead somewhere.

use std::ops::Range;

use super::{BODY, Context};
use crate::document::{Block, BlockKind, Inline, plain};
use crate::library::problem::Problem;
use crate::library::record::Briefing;
use crate::links::texts::Reading;
use crate::mentions::mark::Marks;
use crate::text::{Text, fold};

/// The text of a briefing: its bottom line, and the blocks of its body with the places they take.
pub struct Body {
    pub bluf: Vec<Inline>,
    pub blocks: Vec<Block>,
    pub places: Range<usize>,
}

/// The body of `it`, or what stands in its place if it cannot be read. Names in it are links.
pub fn body(context: Context<'_>, it: &Briefing) -> Body {
    let mut text = Reading::new(context.library, it);
    let mut bluf = text.bluf(it);
    if let Some(matcher) = context.links.matcher() {
        let marks = Marks::new(&matcher.in_passages(&text.passages, &it.id), context.names);
        text.draw(&marks, &mut bluf);
    }
    let Reading { mut document, body, .. } = text;
    let found = match body {
        Ok(found) => found,
        Err(problem) => return Body { bluf, places: BODY..BODY, blocks: vec![unreadable(&problem)] },
    };
    document.shift(BODY);
    if document.blocks.first().is_some_and(|first| repeats(first, &it.title)) {
        document.blocks.remove(0);
    }
    Body { bluf, places: BODY..BODY + found.text.len(), blocks: document.blocks }
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
    let told = vec![Inline::Text { text: Text::line(&problem.to_string()), at: BODY }];
    let paragraph = Block::new(BlockKind::Paragraph(told), BODY..BODY);
    let title = vec![Inline::Text { text: Text::from("This text cannot be read"), at: BODY }];
    Block::new(BlockKind::Callout { kind: Text::from("warning"), title, blocks: vec![paragraph] }, BODY..BODY)
}
