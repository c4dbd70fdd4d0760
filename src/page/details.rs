//! All that files say about a record: word for word and where, then as it was read, key by key.

use serde::Serialize;
use serde_json::{Map, Value};

use super::draft::{Draft, Row};
use super::field::Fields;
use super::notes;
use super::row::joined;
use super::words::count;
use super::{Context, Page, search};
use crate::document::{BlockKind, Field, Inline, Role};
use crate::id::{Id, Kind};
use crate::library::Library;
use crate::library::record::Extra;
use crate::text::Text;

/// The details of `id`: what its page leaves out as well.
pub fn details(context: Context<'_>, id: &Id) -> Page {
    if id.kind == Kind::Search {
        return search::explain(context, id);
    }
    let name = context.library.name(id).cloned().unwrap_or_else(|| Text::from(id.kind.title()));
    let title = Text::line(&format!("Details: {name}"));
    let mut draft = Draft::new(&title);
    draft.fields(place(context, id));
    draft.section("Your notes", notes::about(context, id));
    as_written(&mut draft, context.library, id);
    let (read, extra) = record(context, id);
    if !read.is_empty() {
        draft.heading(2, "As read");
        draft.quiet(Some(&Text::from(
            "References as addresses, and what is not written as it is taken to be.",
        )));
        show(&mut draft, context.library, &read);
    }
    if !extra.is_empty() {
        draft.heading(2, "Keys that the format does not know");
        let fields = extra.iter().fold(Fields::default(), |fields, it| fields.text(&it.key, Some(&it.value)));
        draft.fields(fields.done());
    }
    Page::made(context, id.clone(), title, draft)
}

/// The lines of the files that tell of it.
fn as_written(draft: &mut Draft, library: &Library, id: &Id) {
    let written = library.written(id);
    if !written.is_empty() {
        draft.heading(2, "As written");
    }
    for it in written {
        match it {
            Ok(it) => {
                draft.paragraph(vec![Inline::role(Role::Quiet, format!("{}:{}", it.file, it.line))]);
                let more = it.more;
                let (language, number) = (Text::default(), Some(it.line));
                draft.block(BlockKind::Code { language, text: it.text, number });
                if more > 0 {
                    let told = format!("and {} of the file", count(more, "more line"));
                    draft.paragraph(vec![Inline::role(Role::Quiet, told)]);
                }
            }
            Err(problem) => draft.warning(vec![Inline::text(Text::line(&problem.to_string()))]),
        }
    }
}

/// Where it stands, and what is linked with it: what records declare apart from what texts link and name.
fn place(context: Context<'_>, id: &Id) -> Vec<Field> {
    let place = context.library.place(id).map(|place| Text::line(&place.to_string()));
    let (from, to) = (context.links.from(id).len(), context.links.to(id).len());
    let links = format!("{} to others, {} from others", count(from, "link"), to);
    let links = place.is_some().then(|| Text::from(links));
    let texts = context.links.texts();
    let own = texts.filter(|_| id.kind == Kind::Briefing).map(|texts| {
        let (mut written, mut all) = (0, 0);
        for spot in texts.of(id) {
            written += usize::from(spot.is_written());
            all += 1;
        }
        Text::from(format!("{} written, {}", count(written, "link"), count(all - written, "name")))
    });
    let named = texts.map(|texts| texts.briefings(id).filter(|it| ***it != *id).count());
    let named = named.filter(|named| *named > 0).map(|named| Text::from(count(named, "text")));
    Fields::default()
        .text("Address", Some(&Text::line(&id.to_string())))
        .text("Declared in", place.as_ref())
        .text("Declared links", links.as_ref())
        .text("In its text", own.as_ref())
        .text("Found in", named.as_ref())
        .done()
}

/// The record's keys with their values, and the keys that the format does not know.
fn record<'a>(context: Context<'a>, id: &Id) -> (Map<String, Value>, &'a [Extra]) {
    let library = context.library;
    let slug = id.slug.as_str();
    let found = match id.kind {
        Kind::Briefing => library.briefings.get(slug).map(|it| (written(it), &*it.extra)),
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

/// Every key of a record that has a value.
fn written(record: &impl Serialize) -> Map<String, Value> {
    let Ok(Value::Object(mut keys)) = serde_json::to_value(record) else { return Map::new() };
    keys.remove("extra");
    keys
}

/// Short values as fields; lists of records, such as evidence, as lists of their own.
fn show(draft: &mut Draft, library: &Library, keys: &Map<String, Value>) {
    let is_records = |value: &Value| value.as_array().is_some_and(|it| it.iter().any(Value::is_object));
    let (lists, values): (Vec<_>, Vec<_>) = keys.iter().partition(|(_, value)| is_records(value));
    let fields =
        values.into_iter().fold(Fields::default(), |it, (key, value)| it.row(key, row(library, value)));
    draft.fields(fields.done());
    for (key, value) in lists {
        let records = value.as_array().map(Vec::as_slice).unwrap_or_default();
        draft.counted(3, &Text::line(key), records.len());
        draft.list(records.iter().map(|it| row(library, it)).collect());
    }
}

/// A value in one line: lists with commas, records as `key: value` with semicolons. Nothing nests deeper.
fn row(library: &Library, value: &Value) -> Row {
    match value {
        Value::Array(items) => joined(items.iter().flat_map(|it| plain(library, it)), ", "),
        Value::Object(keys) => {
            let mut row = Row::new();
            for (key, value) in keys {
                let value = match value {
                    Value::Object(_) => Row::new(),
                    Value::Array(items) => joined(items.iter().flat_map(|it| plain(library, it)), ", "),
                    value => plain(library, value),
                };
                if !value.is_empty() {
                    let label = if row.is_empty() { format!("{key}: ") } else { format!("; {key}: ") };
                    row.push(Inline::role(Role::Label, Text::from(label)));
                    row.extend(value);
                }
            }
            row
        }
        value => plain(library, value),
    }
}

/// A value that holds no others. An address of the library is a link.
fn plain(library: &Library, value: &Value) -> Row {
    let text = match value {
        Value::Bool(yes) => if *yes { "yes" } else { "no" }.to_owned(),
        Value::Number(number) => number.to_string(),
        Value::String(text) if !text.is_empty() => text.clone(),
        _ => return Row::new(),
    };
    let shown = Text::line(&text);
    match text.parse::<Id>() {
        Ok(id) if id.kind.has_slug() && library.holds(&id) => vec![Inline::page(id, shown)],
        _ => vec![Inline::text(shown)],
    }
}
