//! All that a record's file says about it, key by key as the format writes them, and where it says so.

use serde::Serialize;
use serde_json::Value;

use super::draft::Draft;
use super::field::Fields;
use super::words::count;
use super::{Context, Page};
use crate::document::{Field, Inline};
use crate::id::{Id, Kind};
use crate::library::record::Extra;
use crate::text::Text;

/// The details of `id`: what its page leaves out as well.
pub fn details(context: Context<'_>, id: &Id) -> Page {
    let name = context.library.name(id).cloned().unwrap_or_else(|| Text::from(id.kind.title()));
    let title = Text::line(&format!("Details: {name}"));
    let mut draft = Draft::new(&title);
    draft.fields(place(context, id));
    let (written, extra) = record(context, id);
    if !written.is_empty() {
        draft.heading(2, "As written");
        draft.fields(written);
    }
    if !extra.is_empty() {
        draft.heading(2, "Keys that the format does not know");
        let fields = extra.iter().fold(Fields::default(), |fields, it| fields.text(&it.key, Some(&it.value)));
        draft.fields(fields.done());
    }
    Page::made(context, id.clone(), title, draft)
}

/// Where it stands, and what is linked with it.
fn place(context: Context<'_>, id: &Id) -> Vec<Field> {
    let place = context.library.place(id).map(|place| Text::line(&place.to_string()));
    let (from, to) = (context.links.from(id).len(), context.links.to(id).len());
    let links = format!("{} to others, {} from others", count(from, "link"), to);
    Fields::default()
        .text("Address", Some(&Text::line(&id.to_string())))
        .text("Declared in", place.as_ref())
        .text("Links", Some(&Text::from(links)))
        .done()
}

/// The record's keys with their values, and the keys that the format does not know.
fn record<'a>(context: Context<'a>, id: &Id) -> (Vec<Field>, &'a [Extra]) {
    let library = context.library;
    let slug = id.slug.as_str();
    let found = match id.kind {
        Kind::Briefing => library.briefings.get(slug).map(|it| (written(it), it.extra.as_slice())),
        Kind::Actor => library.actors.get(slug).map(|it| (written(it), it.extra.as_slice())),
        Kind::Topic => library.topics.get(slug).map(|it| (written(it), it.extra.as_slice())),
        Kind::Claim => library.claims.get(slug).map(|it| (written(it), it.extra.as_slice())),
        Kind::Event => library.events.get(slug).map(|it| (written(it), it.extra.as_slice())),
        Kind::Source => library.sources.get(slug).map(|it| (written(it), it.extra.as_slice())),
        Kind::Term => library.terms.get(slug).map(|it| (written(it), it.extra.as_slice())),
        Kind::Packet => library.packets.get(slug).map(|it| (written(it), it.extra.as_slice())),
        _ => None,
    };
    found.unwrap_or_default()
}

/// Every key that has a value.
fn written(record: &impl Serialize) -> Vec<Field> {
    let Ok(Value::Object(keys)) = serde_json::to_value(record) else { return Vec::new() };
    let keys = keys.iter().filter(|(key, _)| key.as_str() != "extra");
    keys.fold(Fields::default(), |fields, (key, value)| fields.row(key, shown(value))).done()
}

/// A value in one line: lists with semicolons, records as `key: value`.
fn shown(value: &Value) -> Vec<Inline> {
    let text = line(value, 0);
    if text.is_empty() { Vec::new() } else { vec![Inline::text(Text::line(&text))] }
}

/// Records nest three deep at most; what would be deeper is left out rather than followed.
fn line(value: &Value, depth: usize) -> String {
    match value {
        Value::Null => String::new(),
        Value::Bool(yes) => if *yes { "yes" } else { "no" }.to_owned(),
        Value::Number(number) => number.to_string(),
        Value::String(text) => text.clone(),
        _ if depth > 4 => String::new(),
        Value::Array(items) => {
            let lines = items.iter().map(|it| line(it, depth + 1)).filter(|it| !it.is_empty());
            lines.collect::<Vec<_>>().join("; ")
        }
        Value::Object(keys) => {
            let pairs = keys.iter().map(|(key, it)| (key, line(it, depth + 1)));
            let told = pairs.filter(|(_, it)| !it.is_empty()).map(|(key, it)| format!("{key} {it}"));
            told.collect::<Vec<_>>().join(", ")
        }
    }
}
