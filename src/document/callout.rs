//! Callouts in Obsidian's form: `> [!any]- Title`, read out of a quote.

use super::{Block, BlockKind, Inline};
use crate::text::{Text, width};

/// The quote, as a callout if its first paragraph starts with `[!word]`.
pub fn from_quote(mut blocks: Vec<Block>) -> BlockKind {
    let Some(kind) = blocks.first().and_then(kind_of) else { return BlockKind::Quote(blocks) };
    let first = blocks.remove(0);
    let BlockKind::Paragraph(inlines) = first.kind else { return BlockKind::Quote(blocks) };
    let (title, rest) = split_title(inlines);
    if !rest.is_empty() {
        let start = match rest.first() {
            Some(Inline::Text { at, .. }) => (*at).clamp(first.source.start, first.source.end),
            _ => first.source.start,
        };
        blocks.insert(0, Block::new(BlockKind::Paragraph(rest), start..first.source.end));
    }
    BlockKind::Callout { kind, title, blocks }
}

/// `word` in a paragraph that starts with `[!word]`.
fn kind_of(block: &Block) -> Option<Text> {
    let BlockKind::Paragraph(inlines) = &block.kind else { return None };
    let Some(Inline::Text { text, .. }) = inlines.first() else { return None };
    let (word, _) = text.strip_prefix("[!")?.split_once(']')?;
    let legal = !word.is_empty()
        && width(word) <= 40
        && word.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '_' | ' ' | '|'));
    let word = word.split('|').next().unwrap_or_default().trim();
    (legal && !word.is_empty()).then(|| Text::line(&word.to_lowercase()))
}

/// The rest of the first line, and what follows it.
fn split_title(mut inlines: Vec<Inline>) -> (Vec<Inline>, Vec<Inline>) {
    let line = inlines.iter().position(|it| matches!(it, Inline::SoftBreak | Inline::Break));
    let rest = line.map(|at| inlines.split_off(at).into_iter().skip(1).collect());
    let shown = match inlines.first() {
        Some(Inline::Text { text, at }) => text.split_once(']').map(|(mark, rest)| {
            let shown = rest.strip_prefix(['-', '+']).unwrap_or(rest).trim_start();
            let cut = text.len() - shown.len();
            (Text::new(shown), at + cut.max(mark.len()))
        }),
        _ => None,
    };
    if let Some((text, at)) = shown {
        if text.is_empty() {
            inlines.remove(0);
        } else if let Some(first) = inlines.first_mut() {
            *first = Inline::Text { text, at };
        }
    }
    (inlines, rest.unwrap_or_default())
}
