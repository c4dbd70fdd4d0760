//! A page as JSON: its document as the tree it is, for programs that draw it themselves.

use serde_json::{Map, Value, json};

use crate::document::{Align, Block, BlockKind, Inline, Item, Target};
use crate::page::Page;

/// The page with its blocks. Places are bytes, as everywhere.
pub fn json(page: &Page) -> Value {
    json!({
        "address": page.id.to_string(),
        "title": page.title.as_str(),
        "marking": page.marking.as_deref(),
        "blocks": blocks(&page.document.blocks),
    })
}

fn blocks(all: &[Block]) -> Value {
    all.iter().map(block).collect()
}

fn runs(all: &[Vec<Inline>]) -> Value {
    all.iter().map(|inlines| running(inlines)).collect()
}

fn block(block: &Block) -> Value {
    let mut value = match &block.kind {
        BlockKind::Heading { level, inlines, anchor } => {
            json!({"kind": "heading", "level": level, "anchor": anchor, "text": running(inlines)})
        }
        BlockKind::Paragraph(inlines) => json!({"kind": "paragraph", "text": running(inlines)}),
        BlockKind::List { start, tight, items } => {
            let item = |it: &Item| json!({"done": it.done, "blocks": blocks(&it.blocks)});
            json!({"kind": "list", "start": start, "tight": tight, "items": items.iter().map(item).collect::<Value>()})
        }
        BlockKind::Drawing { twin, .. } => json!({"kind": "picture", "blocks": blocks(twin)}),
        BlockKind::Quote(inner) => json!({"kind": "quote", "blocks": blocks(inner)}),
        BlockKind::Callout { kind, title, blocks: inner } => {
            json!({"kind": "callout", "callout": kind.as_str(), "title": running(title), "blocks": blocks(inner)})
        }
        BlockKind::Code { language, text, number } => {
            json!({"kind": "code", "language": language.as_str(), "text": text.as_str(), "number": number})
        }
        BlockKind::Table(table) => {
            let align = |it: &Align| match it {
                Align::Left => "left",
                Align::Center => "center",
                Align::Right => "right",
            };
            let aligns: Value = table.aligns.iter().map(align).collect();
            let rows: Value = table.rows.iter().map(|row| runs(row)).collect();
            json!({"kind": "table", "aligns": aligns, "head": runs(&table.head), "rows": rows})
        }
        BlockKind::Note { label, blocks: inner } => {
            json!({"kind": "note", "label": label.as_str(), "blocks": blocks(inner)})
        }
        BlockKind::Definitions(all) => {
            let all = all.iter().map(|it| {
                let meanings: Value = it.meanings.iter().map(|it| blocks(it)).collect();
                json!({"term": running(&it.term), "meanings": meanings})
            });
            json!({"kind": "definitions", "definitions": all.collect::<Value>()})
        }
        BlockKind::Rule => json!({"kind": "rule"}),
        BlockKind::Html(text) => json!({"kind": "html", "text": text.as_str()}),
        BlockKind::Fields(fields) => {
            let fields =
                fields.iter().map(|it| json!({"label": it.label.as_str(), "value": running(&it.value)}));
            json!({"kind": "fields", "fields": fields.collect::<Value>()})
        }
        BlockKind::Panel { title, blocks: inner } => {
            json!({"kind": "panel", "title": running(title), "blocks": blocks(inner)})
        }
    };
    if let Value::Object(keys) = &mut value {
        keys.insert("source".to_owned(), json!([block.source.start, block.source.end]));
    }
    value
}

fn running(inlines: &[Inline]) -> Value {
    inlines.iter().map(inline).collect()
}

fn inline(inline: &Inline) -> Value {
    match inline {
        Inline::Text { text, at } => json!({"text": text.as_str(), "at": at}),
        Inline::Code(text) => json!({"code": text.as_str()}),
        Inline::Emphasis(inner) => json!({"emphasis": running(inner)}),
        Inline::Strong(inner) => json!({"strong": running(inner)}),
        Inline::Struck(inner) => json!({"struck": running(inner)}),
        Inline::Link { target, inlines } => with(target, json!({"link": running(inlines)})),
        Inline::Picture { target, alt } => with(target, json!({"picture": alt.as_str()})),
        Inline::NoteMark(label) => json!({"note": label.as_str()}),
        Inline::Html(text) => json!({"html": text.as_str()}),
        Inline::Math(text) => json!({"math": text.as_str()}),
        Inline::Break => json!({"break": true}),
        Inline::SoftBreak => json!({"text": " "}),
        Inline::Seam { hyphen } => json!({"seam": hyphen}),
        Inline::Role(role, inner) => {
            json!({"role": format!("{role:?}").to_lowercase(), "text": running(inner)})
        }
    }
}

/// `value` with where it leads.
fn with(target: &Target, mut value: Value) -> Value {
    let kind = match target {
        Target::Page(_) => "page",
        Target::Heading(_) => "heading",
        Target::Note(_) => "note",
        Target::Web(_) => "web",
        Target::Path(_) | Target::Wiki(_) => "file",
        Target::Lost(_) => "lost",
        Target::Named(_) => "named",
    };
    if let Value::Object(keys) = &mut value {
        let to = Map::from_iter([
            ("kind".to_owned(), Value::from(kind)),
            ("address".to_owned(), Value::from(target.written().as_str())),
        ]);
        keys.insert("to".to_owned(), Value::Object(to));
    }
    value
}
