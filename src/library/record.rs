//! The records of a library as they are meant: references resolved, dates read, text safe.
//!
//! How they are written is `yaml.rs`; what each field means is docs/format.md. Serialized, every key of
//! the format is there: `null` or `[]` where nothing is written, references as addresses.

use std::sync::Arc;

use serde::{Serialize, Serializer};

use crate::date::Date;
use crate::id::Id;
use crate::library::problem::Place;
use crate::text::Text;

/// A reference as written, and the record it means if the library holds one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ref {
    pub text: Text,
    pub id: Option<Arc<Id>>,
    pub place: Place,
}

/// A key the format does not know, kept for the details. Values are shown as YAML would write them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Extra {
    pub key: Text,
    pub value: Text,
}

impl Serialize for Ref {
    /// The address of the record it means, else what was written.
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        match &self.id {
            Some(id) => (**id).serialize(to),
            None => self.text.serialize(to),
        }
    }
}

/// Serializes an id as the format writes it: without its kind.
fn slug<S: Serializer>(id: &Id, to: S) -> Result<S::Ok, S::Error> {
    id.slug.serialize(to)
}

fn mapping<S: Serializer>(extra: &[Extra], to: S) -> Result<S::Ok, S::Error> {
    to.collect_map(extra.iter().map(|it| (&it.key, &it.value)))
}

/// A folder of the library that holds briefings. The root has the empty path.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Folder {
    pub path: String,
    pub title: Text,
    pub description: Option<Text>,
    pub marking: Option<Text>,
    pub lang: Option<Text>,
}

/// A library may hold a hundred thousand, and most of its lists are empty: they are boxed, without room to grow.
#[derive(Clone, Debug, Serialize)]
pub struct Briefing {
    /// Shared with all that refer to it.
    #[serde(serialize_with = "slug")]
    pub id: Arc<Id>,
    /// From the root, `/` between parts. Empty for standard input.
    pub file: String,
    /// The path of the folder it is filed under.
    pub folder: String,
    #[serde(skip)]
    pub place: Place,
    pub title: Text,
    pub kind: Option<Text>,
    pub date: Option<Date>,
    pub as_of: Option<Date>,
    pub review_by: Option<Date>,
    pub version: Option<Text>,
    pub status: Option<Text>,
    pub supersedes: Box<[Ref]>,
    pub changes: Box<[Change]>,
    pub bluf: Option<Text>,
    pub asks: Box<[Ask]>,
    pub from: Box<[Ref]>,
    pub to: Box<[Ref]>,
    pub actors: Box<[Ref]>,
    pub topics: Box<[Ref]>,
    pub events: Box<[Ref]>,
    pub claims: Box<[Ref]>,
    pub sources: Box<[Ref]>,
    pub points: Box<[Point]>,
    pub tabs: Box<[Tab]>,
    /// Its own, else its folder's, else the library's; `None` is shown as NO MARKING.
    pub marking: Option<Text>,
    pub lang: Option<Text>,
    pub chatham_house: bool,
    pub priority: Option<Priority>,
    pub needed_by: Option<Date>,
    #[serde(serialize_with = "mapping")]
    pub extra: Box<[Extra]>,
    /// Changes when the file does: made of its size, its time and its metadata.
    #[serde(skip)]
    pub stamp: u64,
    /// Changes with whatever tells that the file may be another; what is derived from its text is kept by this.
    #[serde(skip)]
    pub print: u64,
}

impl Briefing {
    /// The status by which it is no longer what to read: superseded, withdrawn or archived.
    pub fn past(&self) -> Option<&str> {
        self.status.as_deref().filter(|status| matches!(*status, "superseded" | "withdrawn" | "archived"))
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Priority {
    Urgent,
    Important,
    Routine,
    Reading,
}

impl Priority {
    pub const ALL: [Self; 4] = [Self::Urgent, Self::Important, Self::Routine, Self::Reading];

    pub fn word(self) -> &'static str {
        match self {
            Self::Urgent => "urgent",
            Self::Important => "important",
            Self::Routine => "routine",
            Self::Reading => "reading",
        }
    }
}

/// What a version of a briefing changed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Change {
    pub version: Option<Text>,
    pub date: Option<Date>,
    /// `major` or `minor`.
    pub significance: Option<Text>,
    pub note: Text,
}

/// A decision asked for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Ask {
    pub text: Text,
    /// Never empty: Approve, Disapprove, Discuss where none are written.
    pub options: Vec<Text>,
    pub recommended: Option<Text>,
    pub by: Option<Date>,
}

/// A talking point; `usage` is `make`, `if-raised`, `ask` or `avoid`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Point {
    pub text: Text,
    #[serde(rename = "use")]
    pub usage: Text,
    pub claims: Vec<Ref>,
}

/// An annex; `briefing` is the page of its file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Tab {
    pub label: Option<Text>,
    pub title: Text,
    pub file: String,
    pub briefing: Option<Id>,
}

#[derive(Clone, Debug, Serialize)]
pub struct Actor {
    #[serde(serialize_with = "slug")]
    pub id: Id,
    #[serde(skip)]
    pub place: Place,
    pub name: Text,
    pub kind: Option<Text>,
    pub classification: Option<Text>,
    pub aliases: Vec<Text>,
    pub hidden_names: Vec<Text>,
    pub weak_aliases: Vec<Text>,
    pub disambiguation: Option<Text>,
    pub summary: Option<Text>,
    pub country: Option<Text>,
    pub parent: Option<Ref>,
    pub links: Vec<WebLink>,
    pub memberships: Vec<Membership>,
    pub relations: Vec<Relation>,
    pub stances: Vec<Stance>,
    /// Briefings in which its names must not link.
    pub never_in: Vec<Ref>,
    pub sources: Vec<Ref>,
    #[serde(serialize_with = "mapping")]
    pub extra: Vec<Extra>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct WebLink {
    pub url: Text,
    pub note: Option<Text>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Membership {
    pub organization: Ref,
    pub role: Option<Text>,
    pub start_date: Option<Date>,
    pub end_date: Option<Date>,
    pub sources: Vec<Ref>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Relation {
    /// One of [`RELATIONS`], or any other word as written.
    #[serde(rename = "type")]
    pub kind: Text,
    pub to: Ref,
    pub role: Option<Text>,
    pub start_date: Option<Date>,
    pub end_date: Option<Date>,
    pub status: Option<Text>,
    pub sources: Vec<Ref>,
}

/// What a briefing may be; any other word is kept.
pub const BRIEFING_KINDS: [&str; 13] = [
    "open-letter",
    "letter",
    "meeting-note",
    "memcon",
    "readout",
    "transcript-note",
    "action-memo",
    "info-memo",
    "read-ahead",
    "claim-sheet",
    "profile",
    "timeline",
    "explainer",
];

/// What an actor may be, in the order of the page; others follow by name.
pub const ACTOR_KINDS: [&str; 6] = ["person", "organization", "public-body", "committee", "group", "state"];

/// The scales that words of likelihood may follow.
pub const LIKELIHOOD_SCALES: [&str; 2] = ["icd203", "phia"];

/// What a source may be, from the law to the unknown.
pub const SOURCE_KINDS: [&str; 16] = [
    "law-or-rule",
    "official-document",
    "official-statement",
    "testimony",
    "filing",
    "company-statement",
    "letter",
    "academic",
    "analysis",
    "press",
    "trade-press",
    "opinion",
    "reference",
    "aggregator",
    "social",
    "unknown",
];

/// The types of relation: as written, read from the one who has it, read from the other end.
pub const RELATIONS: [(&str, &str, &str); 15] = [
    ("directs", "directs", "directed by"),
    ("holds-post", "holds a post at", "has in a post"),
    ("part-of", "part of", "includes"),
    ("owns", "owns", "owned by"),
    ("funds", "funds", "funded by"),
    ("contracts-with", "contracts with", "contracts with"),
    ("supplies", "supplies", "supplied by"),
    ("partners-with", "partners with", "partners with"),
    ("regulates", "regulates", "regulated by"),
    ("oversees", "oversees", "overseen by"),
    ("represents", "represents", "represented by"),
    ("succeeds", "succeeds", "succeeded by"),
    ("criticizes", "criticizes", "criticized by"),
    ("supports", "supports", "supported by"),
    ("linked-to", "linked to", "linked to"),
];

#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Stance {
    pub topic: Ref,
    /// `supports`, `opposes`, `mixed`, `neutral` or `unknown`.
    pub position: Text,
    pub summary: Option<Text>,
    pub as_of: Option<Date>,
    pub sources: Vec<Ref>,
}

#[derive(Clone, Debug, Serialize)]
pub struct Topic {
    #[serde(serialize_with = "slug")]
    pub id: Id,
    #[serde(skip)]
    pub place: Place,
    pub name: Text,
    pub aliases: Vec<Text>,
    pub hidden_names: Vec<Text>,
    pub notation: Option<Text>,
    pub definition: Option<Text>,
    pub scope_note: Option<Text>,
    pub broader: Vec<Ref>,
    /// Made symmetric when the library loads.
    pub related: Vec<Ref>,
    #[serde(serialize_with = "mapping")]
    pub extra: Vec<Extra>,
}

#[derive(Clone, Debug, Serialize)]
pub struct Claim {
    #[serde(serialize_with = "slug")]
    pub id: Id,
    #[serde(skip)]
    pub place: Place,
    pub text: Text,
    pub claimant: Option<Ref>,
    pub date: Option<Date>,
    pub quote: Option<Text>,
    pub hedge: Option<Text>,
    pub about: Vec<Ref>,
    pub status: Option<Text>,
    pub status_as_of: Option<Date>,
    pub status_history: Vec<StatusChange>,
    pub responses: Vec<Response>,
    pub evidence: Vec<Evidence>,
    pub variants: Vec<Variant>,
    pub related: Vec<RelatedClaim>,
    pub would_settle: Option<Text>,
    #[serde(serialize_with = "mapping")]
    pub extra: Vec<Extra>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct StatusChange {
    pub date: Option<Date>,
    pub status: Text,
    pub reason: Option<Text>,
    pub sources: Vec<Ref>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Response {
    pub actor: Ref,
    pub date: Option<Date>,
    /// `confirms`, `supports`, `disputes`, `denies` or `declines`.
    pub position: Text,
    pub gist: Option<Text>,
    pub source: Option<Ref>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Evidence {
    pub source: Ref,
    /// `supports`, `contradicts` or `context`.
    pub stance: Text,
    /// 1 (confirmed) to 6 (cannot be judged).
    pub credibility: Option<u8>,
    pub note: Option<Text>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Variant {
    pub text: Text,
    pub source: Option<Ref>,
    pub drift: Option<Text>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct RelatedClaim {
    pub claim: Ref,
    /// `asserts`, `contradicts`, `narrows` or `updates`.
    pub relation: Text,
}

#[derive(Clone, Debug, Serialize)]
pub struct Event {
    #[serde(serialize_with = "slug")]
    pub id: Id,
    #[serde(skip)]
    pub place: Place,
    pub name: Text,
    pub date: Option<Date>,
    pub classification: Option<Text>,
    pub location: Option<Text>,
    pub status: Option<Text>,
    pub participants: Vec<Participant>,
    pub topics: Vec<Ref>,
    pub claims: Vec<Ref>,
    pub outcome: Option<Text>,
    pub accounts: Vec<Account>,
    pub sources: Vec<Ref>,
    #[serde(serialize_with = "mapping")]
    pub extra: Vec<Extra>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Participant {
    pub actor: Ref,
    pub role: Option<Text>,
    /// `confirmed`, `reported`, `invited` or `absent`.
    pub attendance: Option<Text>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Account {
    pub source: Option<Ref>,
    pub issued_by: Option<Ref>,
    pub form: Option<Text>,
    pub gist: Option<Text>,
}

#[derive(Clone, Debug, Serialize)]
pub struct Source {
    #[serde(serialize_with = "slug")]
    pub id: Id,
    #[serde(skip)]
    pub place: Place,
    pub title: Text,
    pub publisher: Option<Text>,
    pub creator: Option<Text>,
    pub date: Option<Date>,
    pub accessed: Option<Date>,
    pub url: Option<Text>,
    pub kind: Option<Text>,
    pub primary: Option<bool>,
    /// `A` to `F`; `F` means it cannot be judged.
    pub reliability: Option<Text>,
    pub descriptor: Option<Text>,
    pub based_on: Vec<Ref>,
    pub status: Option<Text>,
    #[serde(serialize_with = "mapping")]
    pub extra: Vec<Extra>,
}

#[derive(Clone, Debug, Serialize)]
pub struct Term {
    #[serde(serialize_with = "slug")]
    pub id: Id,
    #[serde(skip)]
    pub place: Place,
    pub term: Text,
    pub expansion: Option<Text>,
    pub definition: Option<Text>,
    pub aliases: Vec<Text>,
    #[serde(serialize_with = "mapping")]
    pub extra: Vec<Extra>,
}

/// An ordered reading set.
#[derive(Clone, Debug, Serialize)]
pub struct Packet {
    #[serde(serialize_with = "slug")]
    pub id: Id,
    #[serde(skip)]
    pub place: Place,
    pub title: Text,
    /// Whom it is for.
    #[serde(rename = "for")]
    pub reader: Option<Text>,
    pub needed_by: Option<Date>,
    pub items: Vec<PacketItem>,
    #[serde(serialize_with = "mapping")]
    pub extra: Vec<Extra>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct PacketItem {
    pub briefing: Ref,
    /// `urgent`, `important` or `reading`.
    pub section: Option<Text>,
    pub note: Option<Text>,
}
