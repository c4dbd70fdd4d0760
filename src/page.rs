//! Pages: one function a kind, from the library to a document.
//!
//! Each kind has a file of its own; what they share is how rows, fields and sections are written.

mod actor;
mod actors;
mod aside;
mod body;
mod briefing;
mod briefings;
mod chart;
mod claim;
mod claims;
mod details;
mod draft;
mod event;
mod extract;
mod fallen;
mod field;
mod glossary;
mod group;
mod help;
mod home;
mod linked;
mod lookup;
mod mentions;
mod network;
mod neighbours;
mod notes;
mod packet;
mod peek;
mod picture;
mod raw;
mod place;
mod problems;
mod row;
mod search;
mod source;
mod sources;
mod ties;
mod timeline;
mod topic;
mod topics;
mod why;
mod within;
mod words;

use std::ops::Range;
use std::sync::Arc;

use crate::date::Day;
use crate::document::{Document, Target};
use crate::id::{Id, Kind};
use crate::library::Library;
use crate::library::record::Briefing;
use crate::links::{Links, Relation};
use crate::marking::strictest;
use crate::mentions::mark::Shown;
use crate::reading::{Note, Reading, Summed};
use crate::search::Search;
use crate::text::Text;
use draft::Draft;

pub use details::details;
pub use help::help;
pub use linked::linked;
pub use lookup::{Choice, choices, lookup};
pub use peek::peek;
pub use picture::picture;
pub use raw::raw;
pub use search::{Answers, typed};
pub use why::why;
pub use words::host;

/// Where the body of a file starts in the places of its page. What a page puts before the body has the
/// places below, so a place in the body stays the same however the head changes.
pub const BODY: usize = 1 << 20;

/// All that a page is made from. Pages change nothing.
#[derive(Clone, Copy)]
pub struct Context<'a> {
    pub library: &'a Library,
    pub links: &'a Links,
    pub reading: &'a Reading,
    /// The index that pages of results are made from; `None` while it is not open.
    pub search: Option<&'a Search>,
    pub today: Day,
    /// Which names in running text become links.
    pub names: Shown,
}

/// One readable page.
#[derive(Clone, Debug)]
pub struct Page {
    pub id: Id,
    pub title: Text,
    pub document: Arc<Document>,
    /// What stands beside it where there is room: what is "in this briefing", with counts.
    pub aside: Document,
    /// The handling marking to show with it; `None` is shown as NO MARKING.
    pub marking: Option<Text>,
    /// The places that the file's own text takes, if the page shows a file.
    pub body: Option<Range<usize>>,
    /// The reader's notes that stand on it, in order of their places.
    pub notes: Vec<(usize, Note)>,
    /// The passages of the file's own text, if it is a briefing that is not too long to be compared.
    pub passages: Vec<Summed>,
    /// What it found, if the page shows the answers to a query.
    pub answers: Option<Arc<Answers>>,
    /// Only the beginning is here, of a file of so many bytes.
    pub beginning: Option<u64>,
    /// Whether it tells, or would, what other texts say: it changes when these have been read.
    pub of_texts: bool,
}

impl Page {
    /// A page with nothing but its document.
    pub fn new(id: Id, title: Text, document: Document) -> Self {
        let (document, aside) = (Arc::new(document), Document::default());
        Self {
            id,
            title,
            document,
            aside,
            marking: None,
            body: None,
            notes: Vec::new(),
            passages: Vec::new(),
            answers: None,
            beginning: None,
            of_texts: false,
        }
    }

    /// A page that shows no file: under the library's marking, or the strictest of the briefings it leads to, whose
    /// titles and sentences it shows.
    fn made(context: Context<'_>, id: Id, title: Text, draft: Draft) -> Self {
        let document = draft.document();
        let library = context.library;
        let named = document.links().into_iter().filter_map(|target| match target {
            Target::Page(address) if address.id.kind == Kind::Briefing => {
                library.briefings.get(&address.id.slug)
            }
            _ => None,
        });
        let own = library.marking.as_deref();
        let marking = strictest(named.map(|it| it.marking.as_deref()).chain([own]));
        let marking = marking.map(|it| Text::line(&it));
        Self { marking, of_texts: true, ..Self::new(id, title, document) }
    }
}

impl<'a> Context<'a> {
    /// The records of `kind` that refer to `id` in a way that `pick` accepts, each once, in order.
    fn citing(self, id: &Id, kind: Kind, pick: impl Fn(Relation) -> bool) -> Vec<&'a Id> {
        let links = self.links.to(id).filter(|it| it.from.kind == kind && pick(it.relation));
        let mut ids: Vec<&Id> = links.map(|it| &*it.from).collect();
        ids.sort_unstable();
        ids.dedup();
        ids
    }
}

/// The page that `id` names. A record that is not there makes a page that says so.
pub fn build(context: Context<'_>, id: &Id) -> Page {
    record(context, id).unwrap_or_else(|| lookup::missing(context, id))
}

/// The page of a text that names nobody, a piece at a time, so that little of it is held at once. Its rows are whole,
/// but where its links lead is not known.
pub fn pieces(context: Context<'_>, it: &Briefing, text: &str, take: &mut dyn FnMut(Document)) {
    briefing::pieces(context, it, text, take);
}

/// The beginning of the page that `id` names, if its text is so long that the whole takes a while.
pub fn beginning(context: Context<'_>, id: &Id) -> Option<Page> {
    let it = context.library.briefings.get(&id.slug).filter(|_| id.kind == Kind::Briefing)?;
    briefing::beginning(context, it)
}

fn record(context: Context<'_>, id: &Id) -> Option<Page> {
    let library = context.library;
    let slug = id.slug.as_str();
    Some(match id.kind {
        Kind::Home => home::home(context),
        Kind::Briefings => briefings::briefings(context),
        Kind::Folder => briefings::folder(context, library.folders.get(slug)?),
        Kind::Briefing => briefing::briefing(context, library.briefings.get(slug)?),
        Kind::Actors => actors::actors(context),
        Kind::Actor => actor::actor(context, library.actors.get(slug)?),
        Kind::Topics => topics::topics(context),
        Kind::Topic => topic::topic(context, library.topics.get(slug)?),
        Kind::Claims => claims::claims(context),
        Kind::Claim => claim::claim(context, library.claims.get(slug)?),
        Kind::Timeline => timeline::timeline(context),
        Kind::Event => event::event(context, library.events.get(slug)?),
        Kind::Sources => sources::sources(context),
        Kind::Source => source::source(context, library.sources.get(slug)?),
        Kind::Glossary => glossary::glossary(context),
        Kind::Term => glossary::term(context, library.terms.get(slug)?),
        Kind::Packet => packet::packet(context, library.packets.get(slug)?),
        Kind::Notes => notes::notes(context),
        Kind::Search => search::search(context, slug),
        Kind::Problems => problems::problems(context),
        Kind::Help => Page { marking: library.marking.clone(), ..help(&[]) },
    })
}
