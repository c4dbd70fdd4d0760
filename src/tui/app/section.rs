//! What each section of the list holds, in which groups and in which order.

use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::sync::Arc;

use crate::date::{Date, Day};
use crate::id::{Id, Kind};
use crate::library::Library;
use crate::library::record::Briefing;
use crate::reading::Seen;
use crate::text::Text;
use crate::tui::app::Desk;

/// A part of the library that the list shows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Section {
    #[default]
    Home,
    Briefings,
    Actors,
    Topics,
    Claims,
    Timeline,
    Sources,
    Glossary,
}

impl Section {
    pub fn title(self) -> &'static str {
        match self {
            Self::Home => "Home",
            Self::Briefings => "Briefings",
            Self::Actors => "Actors",
            Self::Topics => "Topics",
            Self::Claims => "Claims",
            Self::Timeline => "Timeline",
            Self::Sources => "Sources",
            Self::Glossary => "Glossary",
        }
    }

    /// The section as one page.
    pub fn page(self) -> Id {
        Id::page(match self {
            Self::Home => Kind::Home,
            Self::Briefings => Kind::Briefings,
            Self::Actors => Kind::Actors,
            Self::Topics => Kind::Topics,
            Self::Claims => Kind::Claims,
            Self::Timeline => Kind::Timeline,
            Self::Sources => Kind::Sources,
            Self::Glossary => Kind::Glossary,
        })
    }

    /// The section that pages of this kind lie in.
    pub fn of(kind: Kind) -> Option<Self> {
        match kind {
            Kind::Home | Kind::Packet => Some(Self::Home),
            Kind::Briefings | Kind::Folder | Kind::Briefing => Some(Self::Briefings),
            Kind::Actors | Kind::Actor => Some(Self::Actors),
            Kind::Topics | Kind::Topic => Some(Self::Topics),
            Kind::Claims | Kind::Claim => Some(Self::Claims),
            Kind::Timeline | Kind::Event => Some(Self::Timeline),
            Kind::Sources | Kind::Source => Some(Self::Sources),
            Kind::Glossary | Kind::Term => Some(Self::Glossary),
            Kind::Search | Kind::Notes | Kind::Problems | Kind::Help => None,
        }
    }
}

/// Rows under one head. A group without a title has no head and does not fold.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Group {
    /// Names the group among those of its section.
    pub key: String,
    pub title: Text,
    pub depth: usize,
    /// Shared with the library: there may be a hundred thousand.
    pub items: Vec<Arc<Id>>,
}

impl Group {
    fn new(title: &str, items: Vec<Arc<Id>>) -> Self {
        Self { key: title.to_owned(), title: Text::line(title), depth: 0, items }
    }
}

/// The groups of a section, in the order they are shown.
pub fn groups(section: Section, desk: &Desk<'_>) -> Vec<Group> {
    let library = &desk.held.library;
    match section {
        Section::Home => home(desk),
        Section::Briefings => folders(library),
        Section::Actors => {
            by_word(library, library.actors.values().map(|it| (it.kind.as_ref(), &it.name, &it.id)))
        }
        Section::Topics => one(library, library.topics.values().map(|it| (&it.name, &it.id))),
        Section::Claims => {
            by_word(library, library.claims.values().map(|it| (it.status.as_ref(), &it.text, &it.id)))
        }
        Section::Timeline => years(library),
        Section::Sources => {
            by_word(library, library.sources.values().map(|it| (it.kind.as_ref(), &it.title, &it.id)))
        }
        Section::Glossary => one(library, library.terms.values().map(|it| (&it.term, &it.id))),
    }
}

fn home(desk: &Desk<'_>) -> Vec<Group> {
    let library = &desk.held.library;
    let live = |it: &&Briefing| it.past().is_none();
    let mut asks: Vec<&Briefing> =
        library.briefings.values().filter(|it| !it.asks.is_empty()).filter(live).collect();
    asks.sort_by_key(|it| {
        (deadline(it).is_none(), deadline(it), it.priority, Reverse(day(it.date.as_ref())))
    });
    let seen = |it: &Briefing| desk.reading.seen(&it.id, it.stamp);
    let newest = newest(library);
    let own = |id: &Id| library.names.own(id);
    let that = |keep: &dyn Fn(&Briefing) -> bool| {
        newest.iter().filter(|it| keep(it)).map(|it| Arc::clone(&it.id)).collect()
    };
    let groups = vec![
        Group::new("Needs a decision", asks.iter().map(|it| Arc::clone(&it.id)).collect()),
        Group::new("Changed since read", that(&|it| seen(it) == Seen::Changed)),
        Group::new("Starred", desk.reading.starred.iter().filter(|id| library.holds(id)).map(own).collect()),
        Group::new("Packets", library.packets.values().map(|it| own(&it.id)).collect()),
        Group::new("New", that(&|it| seen(it) == Seen::New)),
        Group::new("Read", that(&|it| seen(it) == Seen::Read)),
    ];
    groups.into_iter().filter(|group| !group.items.is_empty()).collect()
}

/// The first day by which a briefing asks for something.
fn deadline(briefing: &Briefing) -> Option<Day> {
    let asks = briefing.asks.iter().filter_map(|ask| day(ask.by.as_ref()));
    asks.chain(day(briefing.needed_by.as_ref())).min()
}

fn day(date: Option<&Date>) -> Option<Day> {
    date.and_then(|date| date.earliest)
}

/// The briefings, newest first; those without a date last.
fn newest(library: &Library) -> Vec<&Briefing> {
    let mut briefings: Vec<&Briefing> = library.briefings.values().collect();
    briefings.sort_by(|a, b| newer(a, b));
    briefings
}

fn newer(a: &Briefing, b: &Briefing) -> std::cmp::Ordering {
    day(b.date.as_ref())
        .cmp(&day(a.date.as_ref()))
        .then_with(|| a.title.cmp(&b.title))
        .then_with(|| a.id.cmp(&b.id))
}

/// Briefings by folder, folders by path, in each the newest first.
fn folders(library: &Library) -> Vec<Group> {
    let mut paths: BTreeMap<&str, Vec<&Briefing>> = BTreeMap::new();
    for briefing in library.briefings.values() {
        paths.entry(&briefing.folder).or_default().push(briefing);
    }
    let parents: Vec<&str> = paths.keys().flat_map(|path| ancestors(path)).collect();
    for path in parents {
        paths.entry(path).or_default();
    }
    let group = |(path, mut briefings): (&str, Vec<&Briefing>)| {
        briefings.sort_by(|a, b| newer(a, b));
        let title = if path.is_empty() { Text::default() } else { folder_title(library, path) };
        let items = briefings.iter().map(|it| Arc::clone(&it.id)).collect();
        Group { key: path.to_owned(), title, depth: path.matches('/').count(), items }
    };
    paths.into_iter().map(group).collect()
}

/// The folders that `path` lies in, but for the root.
fn ancestors(path: &str) -> impl Iterator<Item = &str> {
    path.match_indices('/').filter_map(|(at, _)| path.get(..at))
}

fn folder_title(library: &Library, path: &str) -> Text {
    let titled = library.folders.get(path).map(|folder| &folder.title).filter(|title| !title.is_empty());
    let last = path.rsplit('/').next().unwrap_or(path);
    titled.cloned().unwrap_or_else(|| Text::line(last))
}

/// One group without a head, by name.
fn one<'a>(library: &Library, records: impl Iterator<Item = (&'a Text, &'a Id)>) -> Vec<Group> {
    let mut records: Vec<(&Text, &Id)> = records.collect();
    records.sort();
    let items = records.into_iter().map(|(_, id)| library.names.own(id)).collect();
    vec![Group { items, ..Group::default() }]
}

/// A group for each word, and in each by name.
fn by_word<'a>(
    library: &'a Library,
    records: impl Iterator<Item = (Option<&'a Text>, &'a Text, &'a Id)>,
) -> Vec<Group> {
    let mut words: BTreeMap<&str, Vec<(&Text, &Id)>> = BTreeMap::new();
    for (word, name, id) in records {
        words.entry(word.map_or("other", Text::as_str)).or_default().push((name, id));
    }
    let group = |(word, mut records): (&str, Vec<(&Text, &Id)>)| {
        records.sort();
        Group::new(word, records.into_iter().map(|(_, id)| library.names.own(id)).collect())
    };
    words.into_iter().map(group).collect()
}

/// Events by year, newest year and newest event first.
fn years(library: &Library) -> Vec<Group> {
    let mut years: BTreeMap<Reverse<Option<i32>>, Vec<Dated<'_>>> = BTreeMap::new();
    for event in library.events.values() {
        let day = day(event.date.as_ref());
        years.entry(Reverse(day.map(|day| day.year))).or_default().push((Reverse(day), &event.id));
    }
    let group = |(Reverse(year), mut events): (Reverse<Option<i32>>, Vec<Dated<'_>>)| {
        events.sort();
        let title = year.map_or_else(|| "no date".to_owned(), |year| year.to_string());
        Group::new(&title, events.into_iter().map(|(_, id)| library.names.own(id)).collect())
    };
    years.into_iter().map(group).collect()
}

/// A record and its day, the newest first.
type Dated<'a> = (Reverse<Option<Day>>, &'a Id);

/// Every briefing in the order of the list, whatever is folded.
pub fn order(library: &Library) -> Vec<Arc<Id>> {
    folders(library).into_iter().flat_map(|group| group.items).collect()
}
