//! A catalogue kept between runs: one file that can be deleted at any time.
//!
//! It is bound to its library's path and to this version of the program. References are kept as they are written:
//! what they mean is looked up anew when a library is put together.

use std::collections::BTreeMap;
use std::io;
use std::path::Path;
use std::sync::Arc;

use super::{Base, Catalogue, Facts, Registries, Seen};
use crate::library::convert::briefing::{Draft, Inherits, Written};
use crate::library::folder::{Print, Root};
use crate::library::foreign::{Foreign, Record};
use crate::library::problem::{Place, Problem, Severity};
use crate::library::record::{
    Account, Actor, Ask, Briefing, Change, Claim, Event, Evidence, Extra, Membership, Packet, PacketItem,
    Participant, Point, Priority, Ref, RelatedClaim, Relation, Response, Source, Stance, StatusChange, Tab,
    Term, Topic, Variant, WebLink,
};
use crate::pack::{self, Pack, Packer, Unpacker};
use crate::text::Text;

/// Rises whenever a file is read in another way than before, or kept in another form.
const FORM: u32 = 3;

impl Catalogue {
    /// The catalogue of the library at `root` that `file` keeps; it may be older than the library.
    pub fn kept(root: &Root, file: &Path) -> Option<Self> {
        let found: Self = pack::load(file, &form(root)?, Self::unpack)?;
        let in_order = found.drafts.is_sorted_by_key(|it| &it.briefing.file) && found.yaml.is_sorted();
        in_order.then_some(found)
    }

    /// Keeps the catalogue of the library at `root` in `file`.
    pub fn keep(&self, root: &Root, file: &Path) -> io::Result<()> {
        let form = form(root).ok_or(io::ErrorKind::NotFound)?;
        pack::save(file, &form, |to| self.pack(to))
    }
}

/// What the file of this library says of itself.
fn form(root: &Root) -> Option<String> {
    let path = root.path("")?;
    let path = path.to_str()?;
    Some(format!("dossier {} catalogue {FORM} of {path}", env!("CARGO_PKG_VERSION")))
}

/// A record whose fields are kept one after the other.
macro_rules! packed {
    ($($kind:ident { $($field:ident),* $(,)? })*) => {$(
        impl Pack for $kind {
            fn pack(&self, to: &mut Packer<'_>) {
                $(self.$field.pack(to);)*
            }

            fn unpack(from: &mut Unpacker<'_>) -> Option<Self> {
                Some(Self { $($field: Pack::unpack(from)?),* })
            }
        }
    )*};
}

packed! {
    Catalogue { drafts, base, yaml, walked }
    Base { problems, folders, registries, single, likelihood_scale, others }
    Registries { actors, topics, claims, events, sources, terms, packets }
    Facts { title, description, marking, lang }
    Seen { print, content }
    Inherits { marking, lang }
    Foreign { id, record }
    Place { file, line, column }
    Problem { place, severity, message, help, rest }
    Extra { key, value }
    Change { version, date, significance, note }
    Ask { text, options, recommended, by }
    Point { text, usage, claims }
    Actor {
        id, place, name, kind, classification, aliases, hidden_names, weak_aliases, disambiguation, summary,
        country, parent, links, memberships, relations, stances, never_in, sources, extra,
    }
    WebLink { url, note }
    Membership { organization, role, start_date, end_date, sources }
    Relation { kind, to, role, start_date, end_date, status, sources }
    Stance { topic, position, summary, as_of, sources }
    Topic { id, place, name, aliases, hidden_names, notation, definition, scope_note, broader, related, extra }
    Claim {
        id, place, text, claimant, date, quote, hedge, about, status, status_as_of, status_history, responses,
        evidence, variants, related, would_settle, extra,
    }
    StatusChange { date, status, reason, sources }
    Response { actor, date, position, gist, source }
    Evidence { source, stance, credibility, note }
    Variant { text, source, drift }
    RelatedClaim { claim, relation }
    Event {
        id, place, name, date, classification, location, status, participants, topics, claims, outcome, accounts,
        sources, extra,
    }
    Participant { actor, role, attendance }
    Account { source, issued_by, form, gist }
    Source {
        id, place, title, publisher, creator, date, accessed, url, kind, primary, reliability, descriptor,
        based_on, status, extra,
    }
    Term { id, place, term, expansion, definition, aliases, extra }
    Packet { id, place, title, reader, needed_by, items, extra }
    PacketItem { briefing, section, note }
    Briefing {
        id, file, folder, place, title, kind, date, as_of, review_by, version, status, supersedes, changes, bluf,
        asks, from, to, actors, topics, events, claims, sources, points, tabs, marking, lang, chatham_house,
        priority, needed_by, extra, stamp, print,
    }
}

impl Pack for Draft {
    fn pack(&self, to: &mut Packer<'_>) {
        // A file that could not be read is tried again by the next run.
        let seen = if self.failed { Seen { print: Print::UNKNOWN, content: 0 } } else { self.seen };
        seen.pack(to);
        self.briefing.pack(to);
        self.inherits.pack(to);
        self.id.pack(to);
        self.aliases.pack(to);
        self.problems.pack(to);
        self.own_topics.pack(to);
        self.foreign.pack(to);
        self.bare.pack(to);
        self.failed.pack(to);
        self.fallen.pack(to);
    }

    fn unpack(from: &mut Unpacker<'_>) -> Option<Self> {
        Some(Self {
            seen: Pack::unpack(from)?,
            briefing: Arc::new(Pack::unpack(from)?),
            inherits: Pack::unpack(from)?,
            id: Pack::unpack(from)?,
            aliases: Pack::unpack(from)?,
            problems: Pack::unpack(from)?,
            own_topics: Pack::unpack(from)?,
            foreign: Pack::unpack(from)?,
            bare: Pack::unpack(from)?,
            failed: Pack::unpack(from)?,
            fallen: Pack::unpack(from)?,
        })
    }
}

impl Pack for Written {
    fn pack(&self, to: &mut Packer<'_>) {
        match self {
            Self::None => to.number(0),
            Self::Same => to.number(1),
            Self::Other(id) => {
                to.number(2);
                String::from(&**id).pack(to);
            }
        }
    }

    fn unpack(from: &mut Unpacker<'_>) -> Option<Self> {
        match from.number()? {
            0 => Some(Self::None),
            1 => Some(Self::Same),
            2 => Some(Self::Other(String::unpack(from)?.into())),
            _ => None,
        }
    }
}

impl Pack for Print {
    fn pack(&self, to: &mut Packer<'_>) {
        self.0.pack(to);
    }

    fn unpack(from: &mut Unpacker<'_>) -> Option<Self> {
        u64::unpack(from).map(Self)
    }
}

impl Pack for Ref {
    fn pack(&self, to: &mut Packer<'_>) {
        self.text.pack(to);
        self.place.pack(to);
    }

    fn unpack(from: &mut Unpacker<'_>) -> Option<Self> {
        Some(Self { text: Text::unpack(from)?, id: None, place: Place::unpack(from)? })
    }
}

impl Pack for Tab {
    fn pack(&self, to: &mut Packer<'_>) {
        self.label.pack(to);
        self.title.pack(to);
        self.file.pack(to);
    }

    fn unpack(from: &mut Unpacker<'_>) -> Option<Self> {
        let (label, title, file) = (Pack::unpack(from)?, Pack::unpack(from)?, Pack::unpack(from)?);
        Some(Self { label, title, file, briefing: None })
    }
}

impl Pack for Severity {
    fn pack(&self, to: &mut Packer<'_>) {
        (*self == Self::Error).pack(to);
    }

    fn unpack(from: &mut Unpacker<'_>) -> Option<Self> {
        Some(if bool::unpack(from)? { Self::Error } else { Self::Warning })
    }
}

impl Pack for Priority {
    fn pack(&self, to: &mut Packer<'_>) {
        to.number(*self as u64);
    }

    fn unpack(from: &mut Unpacker<'_>) -> Option<Self> {
        Self::ALL.get(usize::unpack(from)?).copied()
    }
}

impl Pack for Record {
    fn pack(&self, to: &mut Packer<'_>) {
        match self {
            Self::Actor(actor) => {
                true.pack(to);
                actor.pack(to);
            }
            Self::Topic(topic) => {
                false.pack(to);
                topic.pack(to);
            }
        }
    }

    fn unpack(from: &mut Unpacker<'_>) -> Option<Self> {
        Some(if bool::unpack(from)? {
            Self::Actor(Pack::unpack(from)?)
        } else {
            Self::Topic(Pack::unpack(from)?)
        })
    }
}

/// Maps of records are kept as lists: each record says what it is called.
macro_rules! by_id {
    ($($kind:ty),*) => {$(
        impl Pack for BTreeMap<String, $kind> {
            fn pack(&self, to: &mut Packer<'_>) {
                to.all(self.values());
            }

            fn unpack(from: &mut Unpacker<'_>) -> Option<Self> {
                let records = from.all::<$kind>()?;
                Some(records.into_iter().map(|it| (it.id.slug.clone(), it)).collect())
            }
        }
    )*};
}

by_id!(Actor, Topic, Claim, Event, Source, Term, Packet);

impl Pack for BTreeMap<String, Facts> {
    fn pack(&self, to: &mut Packer<'_>) {
        to.number(self.len() as u64);
        for (path, facts) in self {
            path.pack(to);
            facts.pack(to);
        }
    }

    fn unpack(from: &mut Unpacker<'_>) -> Option<Self> {
        from.all::<(String, Facts)>().map(|all| all.into_iter().collect())
    }
}
