//! The records of a library as rows: what `list` prints and `--json` carries for one.

use std::cmp::Reverse;

use serde::ser::Error;
use serde::{Serialize, Serializer};
use serde_json::{Map, Value};

use crate::date::Date;
use crate::id::{Id, Kind};
use crate::library::Library;
use crate::library::problem::Place;
use crate::library::record::{Actor, Briefing, Claim, Event, Packet, Source, Term, Topic};
use crate::text::{Text, fold};

/// The words that `list` takes, and the kind of record each lists.
pub const KINDS: [(&str, Kind); 8] = [
    ("briefings", Kind::Briefing),
    ("actors", Kind::Actor),
    ("topics", Kind::Topic),
    ("claims", Kind::Claim),
    ("events", Kind::Event),
    ("sources", Kind::Source),
    ("glossary", Kind::Term),
    ("packets", Kind::Packet),
];

/// One record, with what every kind has in common.
pub struct Row<'a> {
    pub id: &'a Id,
    pub title: &'a Text,
    pub kind: Option<&'a Text>,
    pub date: Option<&'a Date>,
    /// From the library's root.
    pub path: &'a str,
    place: &'a Place,
    names: Vec<&'a Text>,
    record: Record<'a>,
}

/// A record of any kind, serialized as it is.
#[derive(Serialize)]
#[serde(untagged)]
enum Record<'a> {
    Briefing(&'a Briefing),
    Actor(&'a Actor),
    Topic(&'a Topic),
    Claim(&'a Claim),
    Event(&'a Event),
    Source(&'a Source),
    Term(&'a Term),
    Packet(&'a Packet),
}

/// All records of a kind, in the order a reader looks for them: briefings, claims and packets newest
/// first, events as they happened, everything else by name.
pub fn all(library: &Library, kind: Kind) -> Vec<Row<'_>> {
    let mut rows: Vec<Row<'_>> = match kind {
        Kind::Briefing => library.briefings.values().map(Row::from).collect(),
        Kind::Actor => library.actors.values().map(Row::from).collect(),
        Kind::Topic => library.topics.values().map(Row::from).collect(),
        Kind::Claim => library.claims.values().map(Row::from).collect(),
        Kind::Event => library.events.values().map(Row::from).collect(),
        Kind::Source => library.sources.values().map(Row::from).collect(),
        Kind::Term => library.terms.values().map(Row::from).collect(),
        Kind::Packet => library.packets.values().map(Row::from).collect(),
        _ => Vec::new(),
    };
    let day = |row: &Row<'_>| row.date.and_then(|date| date.earliest);
    match kind {
        Kind::Briefing | Kind::Claim | Kind::Packet => {
            rows.sort_by_cached_key(|row| (Reverse(day(row)), fold(row.title), row.id.clone()));
        }
        Kind::Event => rows.sort_by_key(|row| (day(row).is_none(), day(row), row.id)),
        _ => rows.sort_by_cached_key(|row| (fold(row.title), row.id.clone())),
    }
    rows
}

/// The record that `id` names, if it names one.
pub fn one<'a>(library: &'a Library, id: &Id) -> Option<Row<'a>> {
    let slug = id.slug.as_str();
    match id.kind {
        Kind::Briefing => library.briefings.get(slug).map(Row::from),
        Kind::Actor => library.actors.get(slug).map(Row::from),
        Kind::Topic => library.topics.get(slug).map(Row::from),
        Kind::Claim => library.claims.get(slug).map(Row::from),
        Kind::Event => library.events.get(slug).map(Row::from),
        Kind::Source => library.sources.get(slug).map(Row::from),
        Kind::Term => library.terms.get(slug).map(Row::from),
        Kind::Packet => library.packets.get(slug).map(Row::from),
        _ => None,
    }
}

impl Row<'_> {
    /// Whether each of `words`, which are folded, stands in the title, a name, the id or the path.
    pub fn has(&self, words: &[String]) -> bool {
        let mut hay = fold(&format!("{}\n{}\n{}", self.title, self.id, self.path));
        for name in &self.names {
            hay.push('\n');
            hay.push_str(&fold(name));
        }
        words.iter().all(|word| hay.contains(word.as_str()))
    }

    /// What a row says after its title: what a term stands for.
    pub fn beside(&self) -> Option<&Text> {
        match self.record {
            Record::Term(it) => it.expansion.iter().find(|expansion| *expansion != self.title),
            _ => None,
        }
    }

    /// The record in the format's keys, with its address and where it stands.
    pub fn json(&self) -> serde_json::Result<Map<String, Value>> {
        let mut keys = match serde_json::to_value(&self.record)? {
            Value::Object(keys) => keys,
            _ => Map::new(),
        };
        keys.insert("address".to_owned(), serde_json::to_value(self.id)?);
        keys.insert("title".to_owned(), serde_json::to_value(self.title)?);
        keys.insert("kind".to_owned(), serde_json::to_value(self.kind)?);
        keys.insert("date".to_owned(), serde_json::to_value(self.date)?);
        keys.insert("path".to_owned(), self.path.into());
        keys.insert("line".to_owned(), self.place.line.into());
        Ok(keys)
    }
}

impl<'a> From<&'a Briefing> for Row<'a> {
    fn from(it: &'a Briefing) -> Self {
        Row {
            id: &it.id,
            title: &it.title,
            kind: it.kind.as_ref(),
            date: it.date.as_ref(),
            path: &it.file,
            place: &it.place,
            names: Vec::new(),
            record: Record::Briefing(it),
        }
    }
}

impl Serialize for Row<'_> {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        self.json().map_err(S::Error::custom)?.serialize(to)
    }
}

/// A row for a record that stands in a registry. `kind`, `date` and further names are optional.
macro_rules! row {
    ($record:ident, $title:ident, $it:ident, $kind:expr, $date:expr, $names:expr) => {
        impl<'a> From<&'a $record> for Row<'a> {
            fn from($it: &'a $record) -> Self {
                Row {
                    id: &$it.id,
                    title: &$it.$title,
                    kind: $kind,
                    date: $date,
                    path: &$it.place.file,
                    place: &$it.place,
                    names: $names,
                    record: Record::$record($it),
                }
            }
        }
    };
}

row!(
    Actor,
    name,
    it,
    it.kind.as_ref(),
    None,
    it.aliases.iter().chain(&it.hidden_names).chain(&it.weak_aliases).collect()
);
row!(Topic, name, it, None, None, it.aliases.iter().chain(&it.hidden_names).chain(&it.notation).collect());
row!(Claim, text, it, it.status.as_ref(), it.date.as_ref(), it.claimant.iter().map(|by| &by.text).collect());
row!(Event, name, it, it.classification.as_ref(), it.date.as_ref(), it.location.iter().collect());
row!(Source, title, it, it.kind.as_ref(), it.date.as_ref(), it.publisher.iter().chain(&it.creator).collect());
row!(Term, term, it, None, None, it.aliases.iter().chain(&it.expansion).collect());
row!(Packet, title, it, None, it.needed_by.as_ref(), it.reader.iter().collect());

/// `1 briefing`, `2 briefings`.
pub fn many(count: usize, word: &str) -> String {
    format!("{count} {word}{}", if count == 1 { "" } else { "s" })
}
