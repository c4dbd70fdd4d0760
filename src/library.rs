//! A library and its records: facts, immutable, replaced whole on reload.
//!
//! Bodies stay on disk until a page is opened; see [`Library::body`].

mod apart;
mod body;
pub mod catalogue;
mod convert;
mod cores;
mod crowd;
mod fields;
pub mod folder;
mod follow;
mod foreign;
pub mod format;
mod front;
mod heading;
mod indexes;
pub mod limits;
mod ids;
pub mod load;
mod names;
mod paths;
pub mod problem;
pub mod record;
mod resolve;
mod table;
mod toml;
mod written;
pub mod yaml;

use std::collections::{BTreeMap, HashMap};
use std::sync::OnceLock;

use crate::id::{Id, Kind};
use crate::text::{Text, fold, nearest};
use folder::Root;
use names::Names;
use problem::{Place, Problem};
use record::{Actor, Claim, Event, Folder, Packet, Source, Term, Topic};

pub use apart::Mark;
pub use body::{Body, Lines, breaks};
pub use convert::stamp;
pub use load::{load, open};
pub use table::Table;
pub use written::Written;

/// Everything a library declares. Maps are keyed by slug (folders by path), so every walk is in one order.
#[derive(Debug, Default)]
pub struct Library {
    pub title: Text,
    pub description: Option<Text>,
    pub marking: Option<Text>,
    pub lang: Option<Text>,
    pub likelihood_scale: Option<Text>,
    /// Where it was loaded from.
    pub root: Root,
    pub folders: BTreeMap<String, Folder>,
    pub briefings: Table,
    pub actors: BTreeMap<String, Actor>,
    pub topics: BTreeMap<String, Topic>,
    pub claims: BTreeMap<String, Claim>,
    pub events: BTreeMap<String, Event>,
    pub sources: BTreeMap<String, Source>,
    pub terms: BTreeMap<String, Term>,
    pub packets: BTreeMap<String, Packet>,
    /// In order of file, line and column.
    pub problems: Vec<Problem>,
    /// Folded id, name, title, alias, file stem -> the records it names.
    pub names: Names,
    /// Path of each Markdown file that is the record of an actor or a topic -> that record.
    pub record_files: BTreeMap<String, Id>,
    /// Paths of the files that are no pages, sorted: pictures, PDFs, data.
    pub others: Vec<String>,
    /// Folded file name -> the first of `others` that has it; made when a link first asks.
    other_names: OnceLock<HashMap<String, usize>>,
}

/// What a bare word names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Found {
    One(Id),
    Many(Vec<Id>),
    /// Nothing; the name nearest to it, if one is near.
    Nothing {
        nearest: Option<String>,
    },
}

impl Library {
    /// The records that `word` is the id, name, title or alias of, or the file of. Case and accents do not
    /// count.
    pub fn find(&self, word: &str) -> Found {
        let key = fold(word.trim());
        let file = word.trim().trim_start_matches("./");
        let at = |file: &str| self.briefings.at(file);
        if let Some(briefing) = at(file).or_else(|| at(&format!("{file}.md"))) {
            return Found::One(Id::clone(&briefing.id));
        }
        match self.names.get(&key) {
            Some([id]) => Found::One(Id::clone(id)),
            Some(ids) if !ids.is_empty() => Found::Many(ids.iter().map(|id| Id::clone(id)).collect()),
            _ => Found::Nothing { nearest: nearest(&key, self.names.keys()).map(str::to_owned) },
        }
    }

    /// The page it opens at: the text of a single file, else the first page.
    pub fn opening(&self) -> Id {
        let mut briefings = self.briefings.values();
        match (briefings.next(), briefings.next()) {
            (Some(only), None) if self.root.is_single() => Id::clone(&only.id),
            _ => Id::page(Kind::Home),
        }
    }

    /// Whether the page exists.
    pub fn holds(&self, id: &Id) -> bool {
        !id.kind.is_record() || self.name(id).is_some()
    }

    /// What the page of `id` is called: a title or a name.
    pub fn name(&self, id: &Id) -> Option<&Text> {
        let slug = id.slug.as_str();
        match id.kind {
            Kind::Folder => self.folders.get(slug).map(|it| &it.title),
            Kind::Briefing => self.briefings.get(slug).map(|it| &it.title),
            Kind::Actor => self.actors.get(slug).map(|it| &it.name),
            Kind::Topic => self.topics.get(slug).map(|it| &it.name),
            Kind::Claim => self.claims.get(slug).map(|it| &it.text),
            Kind::Event => self.events.get(slug).map(|it| &it.name),
            Kind::Source => self.sources.get(slug).map(|it| &it.title),
            Kind::Term => self.terms.get(slug).map(|it| &it.term),
            Kind::Packet => self.packets.get(slug).map(|it| &it.title),
            _ => None,
        }
    }

    /// The language of a page: its own, else the library's.
    pub fn lang(&self, id: &Id) -> Option<&str> {
        let briefing = self.briefings.get(&id.slug).filter(|_| id.kind == Kind::Briefing);
        briefing.and_then(|it| it.lang.as_deref()).or(self.lang.as_deref())
    }

    /// Where the record stands in the library's files.
    pub fn place(&self, id: &Id) -> Option<&Place> {
        let slug = id.slug.as_str();
        match id.kind {
            Kind::Briefing => self.briefings.get(slug).map(|it| &it.place),
            Kind::Actor => self.actors.get(slug).map(|it| &it.place),
            Kind::Topic => self.topics.get(slug).map(|it| &it.place),
            Kind::Claim => self.claims.get(slug).map(|it| &it.place),
            Kind::Event => self.events.get(slug).map(|it| &it.place),
            Kind::Source => self.sources.get(slug).map(|it| &it.place),
            Kind::Term => self.terms.get(slug).map(|it| &it.place),
            Kind::Packet => self.packets.get(slug).map(|it| &it.place),
            _ => None,
        }
    }
}
