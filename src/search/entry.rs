//! A record as the index holds it: its words, its terms, its days, and what a hit shows of it.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::date::{Date, Day};
use crate::id::{Id, Kind};
use crate::library::record::{Briefing, Ref};
use crate::library::{Library, stamp};
use crate::text::{Text, slug};

mod records;

/// What a hit shows, without a look at the library.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Record {
    /// Its address.
    pub id: String,
    pub title: String,
    /// Its other names, for an actor or a topic.
    pub names: Vec<String>,
    /// The kind of a briefing, as written.
    pub kind: Option<String>,
    pub date: Option<String>,
    pub file: String,
    /// Where a record of a registry stands in its file; 0 for a briefing.
    pub line: usize,
    /// Superseded, withdrawn or archived: comes after what holds.
    pub old: bool,
    /// Where the sections of the body begin; see `passage::Running`.
    pub sections: Vec<usize>,
    /// The text of section 0.
    pub head: Vec<String>,
}

/// A record's words and terms.
#[derive(Debug, Default)]
pub(super) struct Entry<'a> {
    pub title: &'a str,
    /// Other names, those of what it declares, and the bottom line.
    pub names: Vec<&'a Text>,
    /// What the record says, a paragraph each.
    pub head: Vec<&'a Text>,
    pub tags: BTreeSet<String>,
    pub facts: BTreeSet<String>,
    pub version: Option<String>,
    /// The first and the last day it may be of.
    pub days: Option<(i64, i64)>,
    pub record: Record,
}

/// The records of a library, each with what tells whether it changed since it was indexed.
pub(super) struct Entries<'a> {
    library: &'a Library,
    superseded: BTreeSet<&'a Id>,
}

/// A record's address and its stamp.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Stamped<'a> {
    pub id: &'a Id,
    pub stamp: u64,
}

impl<'a> Entries<'a> {
    pub fn new(library: &'a Library) -> Self {
        let superseding = library.briefings.values().flat_map(|it| &it.supersedes);
        Self { library, superseded: superseding.filter_map(|it| it.id.as_deref()).collect() }
    }

    /// Every record that can be found.
    pub fn stamps(&self) -> impl Iterator<Item = Stamped<'_>> {
        let library = self.library;
        let briefings = library
            .briefings
            .values()
            .map(|it| Stamped { id: &it.id, stamp: it.print ^ u64::from(self.superseded.contains(&*it.id)) });
        let others = records::ids(library).filter_map(|id| {
            let stamp = records::entry(library, id)?.stamp();
            Some(Stamped { id, stamp })
        });
        briefings.chain(others)
    }

    /// What `id` names, as it is indexed. The body and the mentions of a briefing are not in it.
    pub fn entry(&self, id: &Id) -> Option<Entry<'a>> {
        match id.kind {
            Kind::Briefing => {
                let briefing = self.library.briefings.get(&id.slug)?;
                Some(of_briefing(self.library, briefing, self.superseded.contains(id)))
            }
            _ => records::entry(self.library, id),
        }
    }
}

impl<'a> Entry<'a> {
    fn stamp(&self) -> u64 {
        let texts = self.names.iter().chain(&self.head).map(|text| text.as_bytes());
        let terms = self.tags.iter().chain(&self.facts).map(String::as_bytes);
        let parts: Vec<&[u8]> = std::iter::once(self.title.as_bytes()).chain(texts).chain(terms).collect();
        stamp(&parts) ^ self.record.line as u64
    }

    /// Makes it findable by a whole name.
    fn named(&mut self, id: &Id, names: impl IntoIterator<Item = &'a str>) {
        for name in names {
            let slug = slug(name);
            if slug.is_empty() {
                continue;
            }
            self.facts.insert(called(&slug));
            if matches!(id.kind, Kind::Actor | Kind::Topic | Kind::Claim) {
                self.facts.insert(format!("{}={slug}", id.kind.word()));
            }
        }
    }

    /// What it is about, makes it findable by the names of `refs`. `what` is `actor`, `topic`…
    fn about(&mut self, library: &'a Library, what: &str, refs: &'a [Ref]) {
        for it in refs {
            self.tags.insert(tag(what, it));
            self.facts.insert(format!("about={}", tag(what, it)));
            match &it.id {
                Some(id) => self.names.extend(records::names(library, id)),
                None => self.names.push(&it.text),
            }
        }
    }

    /// A word that can be asked for by `what:`, whole or by one of its parts.
    fn word(&mut self, what: &str, word: &str) {
        let whole = slug(word);
        self.facts.extend(whole.split('-').map(|part| format!("{what}@{part}")));
        self.facts.insert(format!("{what}={whole}"));
    }
}

/// The term for a briefing as it stood in its file.
pub(super) fn version(id: &Id, stamp: u64) -> String {
    format!("{id}@{stamp}")
}

/// The term for a whole name, by its slug. Every record has a name or two of its own, and every search looks some up:
/// as they are they would be most of what is read for an answer, so the term is 48 bits that stand for the name.
pub(super) fn called(slug: &str) -> String {
    let number = stamp(&[slug.as_bytes()]);
    let letters = (0..8).map(|nth| char::from(b'0' + (number >> (6 * nth) & 0x3f) as u8));
    std::iter::once('=').chain(letters).collect()
}

/// The term for what a reference means: `actor:nvidia`, or `actor~some-name` where the library has no such record.
fn tag(what: &str, it: &Ref) -> String {
    match &it.id {
        Some(id) => id.to_string(),
        None => format!("{what}~{}", slug(&it.text)),
    }
}

fn of_briefing<'a>(library: &'a Library, it: &'a Briefing, superseded: bool) -> Entry<'a> {
    let mut entry = Entry { title: &it.title, ..Entry::default() };
    entry.named(&it.id, [it.title.as_str(), it.id.slug.as_str()]);
    entry.about(library, "actor", &it.actors);
    entry.about(library, "topic", &it.topics);
    for (fact, people) in [("from", &it.from), ("to", &it.to)] {
        for person in people {
            entry.tags.insert(tag("actor", person));
            entry.facts.insert(format!("{fact}={}", tag("actor", person)));
            entry.names.push(&person.text);
        }
    }
    for claim in &it.claims {
        entry.facts.insert(tag("claim", claim));
    }
    let kind = it.kind.as_ref().map_or("briefing", |kind| kind.as_str());
    entry.tags.insert(format!("kind={}", slug(kind)));
    entry.word("kind", kind);
    it.status.iter().for_each(|status| entry.word("status", status));
    it.marking.iter().for_each(|marking| entry.word("marking", marking));
    if !it.asks.is_empty() {
        entry.facts.insert("has=ask".to_owned());
    }
    entry.version = Some(version(&it.id, it.stamp));
    folders(&mut entry, &it.folder);
    dated(&mut entry, it.date.as_ref());
    head(&mut entry, it);
    // What it comes down to counts for more than what else it says.
    entry.names.extend(&it.bluf);
    entry.record = Record {
        id: it.id.to_string(),
        title: it.title.to_string(),
        kind: it.kind.as_ref().map(ToString::to_string),
        date: it.date.as_ref().map(ToString::to_string),
        file: it.file.clone(),
        old: superseded || it.past().is_some(),
        ..Record::default()
    };
    entry
}

fn folders(entry: &mut Entry<'_>, folder: &str) {
    let mut path = String::new();
    for part in folder.split('/').filter(|part| !part.is_empty()) {
        path.push('/');
        path.push_str(&slug(part));
        entry.facts.insert(format!("folder={path}"));
        entry.facts.insert(format!("folder@{}", slug(part)));
    }
}

/// The prose of a briefing that is in its metadata.
fn head<'a>(entry: &mut Entry<'a>, it: &'a Briefing) {
    entry.head.extend(&it.bluf);
    for ask in &it.asks {
        entry.head.push(&ask.text);
        entry.head.extend(&ask.recommended);
    }
    entry.head.extend(it.points.iter().map(|point| &point.text));
    entry.head.extend(it.changes.iter().map(|change| &change.note));
    entry.head.extend(it.tabs.iter().map(|tab| &tab.title));
}

fn dated(entry: &mut Entry<'_>, date: Option<&Date>) {
    let Some(date) = date.filter(|date| date.earliest.is_some() || date.latest.is_some()) else { return };
    entry.days = Some((date.earliest.map_or(-OPEN, number), date.latest.map_or(OPEN, number)));
    if let Some(day) = date.earliest {
        entry.tags.insert(format!("year={}", day.year));
    }
}

/// Beyond every day.
const OPEN: i64 = 1 << 40;

/// A day as a number that rises with time.
pub(super) fn number(day: Day) -> i64 {
    (i64::from(day.year) * 12 + i64::from(day.month)) * 31 + i64::from(day.day)
}
