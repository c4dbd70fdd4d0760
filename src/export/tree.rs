//! A page as JSON: its document as the tree it is, for programs that draw it themselves.
//!
//! It is written from the document as it stands: a second tree of JSON values would take some hundred bytes for
//! every run of text. Keys stand in the order of the alphabet.

use serde::ser::{Serialize, SerializeMap, Serializer};

use crate::document::{Align, Block, BlockKind, Definition, Field, Inline, Item, Target};
use crate::page::Page;

/// The page with its blocks. Places are bytes, as everywhere.
pub fn json(page: &Page) -> impl Serialize + '_ {
    Tree(page)
}

/// A piece of a document, to be written as JSON.
struct Tree<'a, T: ?Sized>(&'a T);

/// Writes an object with these keys to a serializer.
macro_rules! object {
    ($to:expr, $($key:literal: $value:expr),+) => {{
        let mut keys = $to.serialize_map(None)?;
        $(keys.serialize_entry($key, &$value)?;)+
        keys.end()
    }};
}

impl Serialize for Tree<'_, Page> {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        let Page { id, title, marking, document, .. } = self.0;
        object!(to, "address": id.to_string(), "blocks": Tree(&document.blocks), "marking": marking, "title": title)
    }
}

impl<T> Serialize for Tree<'_, Vec<T>>
where
    for<'a> Tree<'a, T>: Serialize,
{
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.collect_seq(self.0.iter().map(Tree))
    }
}

impl Serialize for Tree<'_, Block> {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        let source = [self.0.source.start, self.0.source.end];
        match &self.0.kind {
            BlockKind::Heading { level, inlines, anchor } => {
                object!(to, "anchor": anchor, "kind": "heading", "level": level, "source": source, "text": Tree(inlines))
            }
            BlockKind::Paragraph(inlines) => {
                object!(to, "kind": "paragraph", "source": source, "text": Tree(inlines))
            }
            BlockKind::List { start, tight, items } => {
                object!(to, "items": Tree(items), "kind": "list", "source": source, "start": start, "tight": tight)
            }
            BlockKind::Drawing { twin, .. } => {
                object!(to, "blocks": Tree(twin), "kind": "picture", "source": source)
            }
            BlockKind::Quote(inner) => object!(to, "blocks": Tree(inner), "kind": "quote", "source": source),
            BlockKind::Callout { kind, title, blocks } => {
                object!(to, "blocks": Tree(blocks), "callout": kind, "kind": "callout", "source": source, "title": Tree(title))
            }
            BlockKind::Code { language, text, number } => {
                object!(to, "kind": "code", "language": language, "number": number, "source": source, "text": text)
            }
            BlockKind::Table(it) => {
                object!(to, "aligns": Tree(&it.aligns), "head": Tree(&it.head), "kind": "table", "rows": Tree(&it.rows), "source": source)
            }
            BlockKind::Note { label, blocks } => {
                object!(to, "blocks": Tree(blocks), "kind": "note", "label": label, "source": source)
            }
            BlockKind::Definitions(all) => {
                object!(to, "definitions": Tree(all), "kind": "definitions", "source": source)
            }
            BlockKind::Rule => object!(to, "kind": "rule", "source": source),
            BlockKind::Html(text) => object!(to, "kind": "html", "source": source, "text": text),
            BlockKind::Fields(all) => object!(to, "fields": Tree(all), "kind": "fields", "source": source),
            BlockKind::Panel { title, blocks } => {
                object!(to, "blocks": Tree(blocks), "kind": "panel", "source": source, "title": Tree(title))
            }
        }
    }
}

impl Serialize for Tree<'_, Item> {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        object!(to, "blocks": Tree(&self.0.blocks), "done": self.0.done)
    }
}

impl Serialize for Tree<'_, Align> {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_str(match self.0 {
            Align::Left => "left",
            Align::Center => "center",
            Align::Right => "right",
        })
    }
}

impl Serialize for Tree<'_, Definition> {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        object!(to, "meanings": Tree(&self.0.meanings), "term": Tree(&self.0.term))
    }
}

impl Serialize for Tree<'_, Field> {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        object!(to, "label": self.0.label, "value": Tree(&self.0.value))
    }
}

impl Serialize for Tree<'_, Inline> {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        match self.0 {
            Inline::Text { text, at } => object!(to, "at": at, "text": text),
            Inline::Code(text) => object!(to, "code": text),
            Inline::Emphasis(inner) => object!(to, "emphasis": Tree(inner)),
            Inline::Strong(inner) => object!(to, "strong": Tree(inner)),
            Inline::Struck(inner) => object!(to, "struck": Tree(inner)),
            Inline::Link { target, inlines } => object!(to, "link": Tree(inlines), "to": Tree(&**target)),
            Inline::Picture { target, alt } => object!(to, "picture": alt, "to": Tree(&**target)),
            Inline::NoteMark(label) => object!(to, "note": label),
            Inline::Html(text) => object!(to, "html": text),
            Inline::Math(text) => object!(to, "math": text),
            Inline::Break => object!(to, "break": true),
            Inline::SoftBreak => object!(to, "text": " "),
            Inline::Seam { hyphen } => object!(to, "seam": hyphen),
            Inline::Role(role, inner) => {
                object!(to, "role": format!("{role:?}").to_lowercase(), "text": Tree(inner))
            }
        }
    }
}

impl Serialize for Tree<'_, Target> {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        let kind = match self.0 {
            Target::Page(_) => "page",
            Target::Heading(_) => "heading",
            Target::Note(_) => "note",
            Target::Web(_) => "web",
            Target::Path(_) | Target::Wiki(_) => "file",
            Target::Lost(_) => "lost",
            Target::Named(_) => "named",
        };
        object!(to, "address": self.0.written().as_str(), "kind": kind)
    }
}
