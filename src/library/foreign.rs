//! Registries as other tools keep them: one file a record, in a folder whose name says of what.
//!
//! Hugo's `content/authors/NAME/_index.md` and `content/topics/NAME/_index.md`, and one YAML file an actor.

use std::sync::Arc;

use super::convert::{self, is_slug};
use super::fields::{Fields, Layer, place};
use super::paths;
use super::record::{Actor, Topic};
use super::yaml::{Entry, Node, Value};
use crate::id::{Id, Kind};
use crate::text::{Text, slug};

/// Folders of people and bodies.
const ACTORS: [&str; 8] =
    ["authors", "author", "people", "persons", "actors", "contributors", "organizations", "organisations"];
/// Folders of topics.
const TOPICS: [&str; 4] = ["topics", "tags", "categories", "subjects"];
/// What an actor is called there, and what is said of it.
const NAMES: [&str; 3] = ["display_name", "name", "title"];
const SUMMARIES: [&str; 4] = ["bio", "summary", "description", "deck"];
/// Keys that other tools fill with other things than a record of ours has there.
const OTHERS: [&str; 12] = [
    "id",
    "links",
    "sources",
    "relations",
    "memberships",
    "stances",
    "parent",
    "broader",
    "related",
    "never_in",
    "kind",
    "notation",
];

/// A record that is a file of its own.
#[derive(Clone, Debug)]
pub struct Foreign {
    pub id: Id,
    pub record: Option<Record>,
}

/// What our own registries would have.
#[derive(Clone, Debug)]
pub enum Record {
    Actor(Box<Actor>),
    Topic(Box<Topic>),
}

impl Foreign {
    /// Reads a record from `node`, which is written as our own registries write it.
    fn new(kind: Kind, slug: &str, file: &Arc<Text>, node: &Node) -> Self {
        // their slips are no business of ours
        let mut problems = Vec::new();
        let place = place(file, node);
        let mut fields = Fields::new(vec![Layer::new(file, node)], &mut problems, false);
        let record = match kind {
            Kind::Actor => convert::actor(&mut fields, &place).map(|it| Record::Actor(Box::new(it))),
            _ => convert::topic(&mut fields, &place).map(|it| Record::Topic(Box::new(it))),
        };
        Self { id: Id::new(kind, slug), record }
    }
}

/// Whether a file stands where other tools keep one record a file.
pub fn is_place(path: &str) -> bool {
    let folder = paths::name(paths::folder(path), "").to_ascii_lowercase();
    ACTORS.contains(&folder.as_str()) || TOPICS.contains(&folder.as_str())
}

/// The record that the file at `path` is, by its folder and by what it says.
pub fn record(path: &str, file: &Arc<Text>, node: Option<&Node>) -> Option<Foreign> {
    let stem = paths::stem(path);
    let folder = paths::folder(path);
    let page = matches!(stem, "_index" | "index");
    let markdown = !path.to_ascii_lowercase().ends_with("ml");
    let (registry, name) =
        if page { (paths::folder(folder), paths::name(folder, "")) } else { (folder, stem) };
    let registry = paths::name(registry, "").to_ascii_lowercase();
    let known = [("actors", &ACTORS[..]), ("topics", &TOPICS[..])];
    let (registry, _) = known.into_iter().find(|(_, folders)| folders.contains(&registry.as_str()))?;
    let node = node?;
    let Value::Map(entries) = &node.value else { return None };
    let says = |keys: &[&str]| {
        keys.iter().find_map(|key| {
            entries.iter().find(|it| it.key.eq_ignore_ascii_case(key) && !it.value.is_empty())
        })
    };
    // a page in such a folder may be about something else, unless it is written as a person is
    let sure = match registry {
        "actors" => !markdown || says(&["display_name", "first_name", "last_name"]).is_some(),
        _ => !markdown || stem == "_index",
    };
    let called = says(&NAMES).filter(|_| sure && !name.is_empty())?;
    let id = if is_slug(name) { name.to_owned() } else { slug(name) };
    let mut all =
        vec![written("id", text(id.clone()), called), written("name", called.value.value.clone(), called)];
    let summary = if registry == "actors" { "summary" } else { "definition" };
    all.extend(says(&SUMMARIES).map(|entry| written(summary, entry.value.value.clone(), entry)));
    let more =
        entries.iter().filter(|it| !OTHERS.contains(&it.key.as_str()) && !NAMES.contains(&it.key.as_str()));
    // Hugo's `aliases` are old addresses of the page
    let address = |it: &Entry| it.key == "aliases" && it.value.shown().contains('/');
    all.extend(more.filter(|it| !SUMMARIES.contains(&it.key.as_str()) && !address(it)).cloned());
    let node = Node { value: Value::Map(all), line: node.line, column: node.column };
    let kind = if registry == "actors" { Kind::Actor } else { Kind::Topic };
    Some(Foreign::new(kind, &id, file, &node))
}

fn text(text: String) -> Value {
    Value::Text { text, quoted: true }
}

/// An entry under another key, with the place of the one it comes from.
fn written(key: &str, value: Value, from: &Entry) -> Entry {
    let value = Node { value, line: from.value.line, column: from.value.column };
    Entry { key: key.to_owned(), line: from.line, column: from.column, value }
}
