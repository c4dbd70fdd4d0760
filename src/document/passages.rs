//! The passages of a text: a paragraph, a heading, a row of a table; what one reads as one thing and notes on.
//!
//! Recursion is bounded: parsing nests blocks only so deep.

use super::{Block, BlockKind, Field, Inline, plain};
use crate::text::Text;

/// A passage, with the place it starts at.
#[derive(Clone, Copy, Debug)]
pub struct Passage<'a> {
    pub at: usize,
    parts: Parts<'a>,
}

/// What it is made of.
#[derive(Clone, Copy, Debug)]
enum Parts<'a> {
    Run(&'a [Inline]),
    Row(&'a [Vec<Inline>]),
    Lines(&'a Text),
    Fields(&'a [Field]),
}

impl Passage<'_> {
    /// Its words on one line, without markup.
    pub fn words(&self) -> Text {
        let words = match self.parts {
            Parts::Run(inlines) => plain(inlines),
            Parts::Row(cells) => cells.iter().map(|it| plain(it)).collect::<Vec<_>>().join(" "),
            Parts::Lines(text) => text.to_string(),
            Parts::Fields(fields) => fields
                .iter()
                .map(|it| format!("{}: {}", it.label, plain(&it.value)))
                .collect::<Vec<_>>()
                .join("; "),
        };
        Text::line(&words.split_whitespace().collect::<Vec<_>>().join(" "))
    }
}

/// Every passage of `blocks` in reading order; places never fall.
pub fn passages(blocks: &[Block]) -> Vec<Passage<'_>> {
    let mut found = Vec::new();
    gather(blocks, &mut found);
    found
}

fn gather<'a>(blocks: &'a [Block], found: &mut Vec<Passage<'a>>) {
    for block in blocks {
        let start = block.source.start;
        let run = |inlines: &'a [Inline]| {
            let at = first(inlines).unwrap_or(start);
            Passage { at, parts: Parts::Run(inlines) }
        };
        match &block.kind {
            BlockKind::Heading { inlines, .. } | BlockKind::Paragraph(inlines) => {
                found.push(Passage { at: start, parts: Parts::Run(inlines) });
            }
            BlockKind::List { items, .. } => items.iter().for_each(|item| gather(&item.blocks, found)),
            BlockKind::Quote(blocks) | BlockKind::Note { blocks, .. } => gather(blocks, found),
            BlockKind::Callout { title, blocks, .. } | BlockKind::Panel { title, blocks } => {
                found.extend((!title.is_empty()).then(|| run(title)));
                gather(blocks, found);
            }
            BlockKind::Table(table) => {
                for row in std::iter::once(&table.head).chain(&table.rows) {
                    let at = row.iter().find_map(|cell| first(cell)).unwrap_or(start);
                    found.push(Passage { at, parts: Parts::Row(row) });
                }
            }
            BlockKind::Definitions(definitions) => {
                for definition in definitions {
                    found.push(run(&definition.term));
                    definition.meanings.iter().for_each(|it| gather(it, found));
                }
            }
            BlockKind::Code { text, .. } | BlockKind::Html(text) => {
                found.push(Passage { at: start, parts: Parts::Lines(text) });
            }
            BlockKind::Fields(fields) => found.push(Passage { at: start, parts: Parts::Fields(fields) }),
            BlockKind::Drawing { .. } | BlockKind::Rule => {}
        }
    }
}

/// The place of the first text among `inlines`.
pub fn first(inlines: &[Inline]) -> Option<usize> {
    inlines.iter().find_map(|inline| match inline {
        Inline::Text { at, .. } => Some(*at),
        Inline::Emphasis(inner)
        | Inline::Strong(inner)
        | Inline::Struck(inner)
        | Inline::Link { inlines: inner, .. }
        | Inline::Role(_, inner) => first(inner),
        _ => None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::parse::parse;

    #[test]
    fn every_sort_of_passage_is_one_with_its_words_and_its_place() {
        let text = "# Head\n\nOne *two*\nthree.\n\n- item\n  - under\n\n> quoted\n\n| a | b |\n|---|---|\n| c | d |\n\n\
                    ```\ncode\n```\n";
        let document = parse(text);
        let found = passages(&document.blocks);
        let words: Vec<String> = found.iter().map(|it| it.words().to_string()).collect();
        assert_eq!(words, ["Head", "One two three.", "item", "under", "quoted", "a b", "c d", "code"]);
        assert!(found.is_sorted_by_key(|it| it.at), "{found:?}");
        for (passage, start) in found.iter().zip(["# Head", "One", "item", "under", "quoted", "a |", "c |"]) {
            let at = text.find(start).expect("it is there");
            assert!(passage.at <= at && at - passage.at < 5, "{start}: {}", passage.at);
        }
    }
}
