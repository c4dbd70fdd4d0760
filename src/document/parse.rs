//! Markdown to a document: the only user of pulldown-cmark.
//!
//! A tree is built on a stack of our own, and what nests deeper than [`DEPTH`] joins what it stands in: no input
//! can overflow the stack here or in anything that walks the document later.

mod builder;
mod element;
mod entity;
mod frame;
mod markup;
mod prose;
mod shortcode;

use pulldown_cmark::{Options, Parser};

use super::{Block, Document, anchor, notes, template};
use builder::Builder;

pub use entity::decode;

/// How deep lists, quotes and their like may nest before they are flattened.
pub const DEPTH: usize = 100;
/// How deep emphasis and links may nest before they are flattened.
pub const INLINE_DEPTH: usize = 32;

/// The document that `markdown` writes. Sources are bytes of `markdown`.
pub fn parse(markdown: &str) -> Document {
    let mut document = words(markdown);
    anchor::name(&mut document);
    notes::number(&mut document);
    document
}

/// The same for who needs no more than its words: headings have no anchors, and footnotes the labels of their author.
pub fn words(markdown: &str) -> Document {
    let mut document = Document::default();
    read(markdown, usize::MAX, &mut |blocks| document.blocks = blocks);
    notes::order(&mut document);
    document
}

/// Gives the blocks of such a document as they are read, some at a time and the rest at the end, which may be none:
/// who needs each but once need not hold them all. A footnote comes behind the block that it was found in.
pub fn read(markdown: &str, some: usize, take: &mut dyn FnMut(Vec<Block>)) {
    let options = Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_DEFINITION_LIST
        | Options::ENABLE_GFM
        | Options::ENABLE_WIKILINKS
        | Options::ENABLE_MATH;
    let masked = template::mask(markdown);
    let parsed = masked.as_ref().map_or(markdown, |masked| masked.text.as_str());
    let mut builder = Builder::new(markdown, masked.as_ref());
    for (event, range) in Parser::new_ext(parsed, options).into_offset_iter() {
        builder.event(event, range);
        if builder.done() >= some {
            take(builder.take());
        }
    }
    take(builder.finish());
}
