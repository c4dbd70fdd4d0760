//! What helps to find one's way in a library, and says nothing on a page that is handed on: how often a name stands
//! in which line, what else shares it. A copy leaves it out.

use std::sync::Arc;

use crate::document::{Block, BlockKind, Inline, Role};
use crate::page::Page;

/// The page without such aids.
pub fn without(page: Page) -> Page {
    let mut document = Arc::unwrap_or_clone(page.document);
    document.blocks = sections(document.blocks);
    document.inlines_mut(|inlines| inlines.retain(|it| !is_aid(it)));
    document.blocks.retain(|block| match &block.kind {
        BlockKind::Paragraph(inlines) => !inlines.is_empty(),
        _ => true,
    });
    Page { document: Arc::new(document), ..page }
}

fn is_aid(inline: &Inline) -> bool {
    matches!(inline, Inline::Role(Role::Aid, _))
}

/// The blocks without the sections whose headings are aids. Footnotes belong to no section.
fn sections(blocks: Vec<Block>) -> Vec<Block> {
    let mut left_out: Option<u8> = None;
    let mut kept = Vec::with_capacity(blocks.len());
    for block in blocks {
        if let BlockKind::Heading { level, inlines, .. } = &block.kind {
            let ends = left_out.is_none_or(|out| *level <= out);
            if ends {
                left_out = inlines.first().is_some_and(is_aid).then_some(*level);
            }
        }
        if left_out.is_none() || matches!(block.kind, BlockKind::Note { .. }) {
            kept.push(block);
        }
    }
    kept
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::Document;
    use crate::document::parse::parse;
    use crate::id::{Id, Kind};

    fn heading(level: u8, aid: bool) -> Block {
        let role = if aid { Role::Aid } else { Role::Quiet };
        let inlines = vec![Inline::role(role, "Head")];
        Block::new(BlockKind::Heading { level, inlines, anchor: String::new() }, 0..0)
    }

    fn paragraph(inlines: Vec<Inline>) -> Block {
        Block::new(BlockKind::Paragraph(inlines), 0..0)
    }

    fn left(blocks: Vec<Block>) -> Vec<BlockKind> {
        let page = Page::new(Id::page(Kind::Home), "Home".into(), Document { blocks });
        without(page).document.blocks.iter().map(|it| it.kind.clone()).collect()
    }

    #[test]
    fn a_section_goes_whole_and_the_next_of_its_rank_stays() {
        let words = || paragraph(vec![Inline::text("words")]);
        let note = parse("[^a]\n\n[^a]: said").blocks.pop().expect("the note");
        let blocks = vec![
            heading(2, true),
            words(),
            heading(3, false),
            words(),
            note.clone(),
            heading(2, false),
            words(),
        ];
        assert_eq!(left(blocks), [note.kind, heading(2, false).kind, words().kind]);
    }

    #[test]
    fn a_count_goes_and_a_paragraph_of_nothing_else_goes_with_it() {
        let count = Inline::role(Role::Aid, " ×7");
        let blocks = vec![paragraph(vec![Inline::text("Wang"), count.clone()]), paragraph(vec![count])];
        assert_eq!(left(blocks), [paragraph(vec![Inline::text("Wang")]).kind]);
    }
}
