//! Markdown to a document: the only user of pulldown-cmark.

use super::Document;

/// The document that `markdown` writes. Sources are bytes of `markdown`.
pub fn parse(_markdown: &str) -> Document {
    Document::default()
}
