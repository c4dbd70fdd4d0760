//! The first page: what needs a decision, what changed, what is contested; then what there is.
//!
//! Each section is short and leads to the whole list, so that it can be read in a minute.

use std::cmp::Reverse;
use std::collections::BTreeSet;

use super::draft::{Draft, Row};
use super::row::{
    aid, apart, aside, briefing, claim, contested, joined, lead, link, newest, part, quiet, standing, tally,
};
use super::words::count;
use super::{Context, Page, briefings, notes};
use crate::date::{Date, Day};
use crate::document::{Inline, Role};
use crate::id::{Id, Kind};
use crate::library::Mark;
use crate::library::record::{Ask, Briefing, Change, Claim, Packet, Priority};
use crate::reading::Seen;
use crate::text::Text;

/// Rows of a section, before it says how many more there are.
const MOST: usize = 6;

pub fn home(context: Context<'_>) -> Page {
    let library = context.library;
    let mut draft = Draft::new(&library.title);
    draft.paragraph(aid(held(context)));
    section(&mut draft, "Needs a decision", &decisions(context), Kind::Briefings, |it| it.row(context));
    section(&mut draft, "Your notes with a date", &notes::due(context), Kind::Notes, |(date, note)| {
        notes::due_row(context, date, note)
    });
    let changed = changed(context);
    section(&mut draft, "New or changed", &changed, Kind::Briefings, |(it, news)| {
        changed_row(context, it, *news)
    });
    section(&mut draft, "Contested claims", &contested_claims(context), Kind::Claims, |it| {
        claim(library, it)
    });
    let listed: BTreeSet<&Id> = changed.iter().map(|(it, _)| &*it.id).collect();
    let rest = newest(standing(library).filter(|it| it.past().is_none() && !listed.contains(&*it.id)));
    let dated = rest.first().is_some_and(|it| it.date.is_some());
    let title = match (dated, listed.is_empty()) {
        (true, true) => "Recent briefings",
        (true, false) => "Other recent briefings",
        (false, true) => "Briefings",
        (false, false) => "Other briefings",
    };
    section(&mut draft, title, &rest, Kind::Briefings, |it| briefing(context, it));
    draft.section("Reading packets", library.packets.values().map(|it| packet(context, it)).collect());
    draft.section("Folders", briefings::folders(library, ""));
    if let Some(description) = &library.description {
        draft.heading(2, "About this library");
        draft.prose(Some(description));
    }
    Page::made(context, Id::page(Kind::Home), library.title.clone(), draft)
}

/// A section of the first few of `all`, whose heading counts them, and where the others are.
fn section<T>(draft: &mut Draft, title: &str, all: &[T], rest: Kind, row: impl Fn(&T) -> Row) {
    if all.is_empty() {
        return;
    }
    draft.counted(2, title, all.len());
    // One more row takes no more room than saying that there is one more.
    let most = if all.len() == MOST + 1 { all.len() } else { MOST };
    let mut rows: Vec<Row> = all.iter().take(most).map(row).collect();
    if all.len() > most {
        rows.push(vec![Inline::page(Id::page(rest), format!("and {} more", all.len() - most))]);
    }
    draft.list(rows);
}

/// What the library holds, each count a link to the list.
fn held(context: Context<'_>) -> Row {
    let library = context.library;
    let tallies = [
        tally(library.briefings.len(), "briefing", Kind::Briefings),
        tally(library.actors.len(), "actor", Kind::Actors),
        tally(library.topics.len(), "topic", Kind::Topics),
        tally(library.claims.len(), "claim", Kind::Claims),
        tally(library.events.len(), "event", Kind::Timeline),
        tally(library.sources.len(), "source", Kind::Sources),
        tally(library.terms.len(), "term", Kind::Glossary),
        tally(context.reading.notes.len(), "note", Kind::Notes),
        tally(library.problems.len(), "problem", Kind::Problems),
    ];
    joined(tallies.into_iter().flatten(), ", ")
}

/// A decision that is asked for, in the order of the inbox.
struct Decision<'a> {
    briefing: &'a Briefing,
    ask: &'a Ask,
    by: Option<&'a Date>,
}

impl Decision<'_> {
    fn order(&self) -> (Priority, bool, Option<Day>) {
        let day = self.by.and_then(|date| date.latest.or(date.earliest));
        (self.briefing.priority.unwrap_or(Priority::Routine), day.is_none(), day)
    }

    fn row(&self, context: Context<'_>) -> Row {
        let mut row = Row::new();
        if let Some(date) = self.by {
            let past = date.latest.is_some_and(|day| day < context.today);
            let (role, word) = if past { (Role::Warning, "was due") } else { (Role::Label, "by") };
            row.push(Inline::role(role, format!("{word} {date}")));
            row.push(Inline::text(" "));
        }
        row.push(Inline::page(Id::clone(&self.briefing.id), Text::line(&self.ask.text)));
        let priority = self.briefing.priority.filter(|it| *it < Priority::Routine);
        let priority = priority.map(|it| Inline::role(Role::Status, it.word()));
        let apart = apart(context.library, &self.briefing.id, &[Mark::Status]);
        row.extend(aside(vec![priority.into_iter().collect(), part(Some(&self.briefing.title)), apart]));
        row
    }
}

fn decisions(context: Context<'_>) -> Vec<Decision<'_>> {
    let current = context.library.briefings.values().filter(|it| it.past().is_none());
    let mut decisions: Vec<Decision<'_>> = current
        .flat_map(|briefing| {
            let asked = briefing.asks.iter();
            asked.map(move |ask| Decision {
                briefing,
                ask,
                by: ask.by.as_ref().or(briefing.needed_by.as_ref()),
            })
        })
        .collect();
    decisions.sort_by(|a, b| a.order().cmp(&b.order()).then_with(|| a.briefing.title.cmp(&b.briefing.title)));
    decisions
}

/// Why a briefing is worth another look. The order is that of the section.
#[derive(Clone, Copy)]
enum News<'a> {
    /// It was read, and its file is another since; with its newest note.
    SinceRead(Option<&'a Change>),
    /// It was never read, by a reader who has read others.
    Unread,
    /// Its versions differ, for one who has read nothing yet.
    Version(&'a Change),
}

impl News<'_> {
    fn rank(self) -> u8 {
        match self {
            Self::SinceRead(_) => 0,
            Self::Unread => 1,
            Self::Version(_) => 2,
        }
    }
}

fn changed(context: Context<'_>) -> Vec<(&Briefing, News<'_>)> {
    let current = standing(context.library).filter(|it| it.past().is_none());
    let mut changed: Vec<_> =
        newest(current).into_iter().filter_map(|it| news(context, it).map(|news| (it, news))).collect();
    changed.sort_by_key(|(it, news)| (news.rank(), Reverse(latest(it).and_then(day))));
    changed
}

fn news<'a>(context: Context<'a>, it: &'a Briefing) -> Option<News<'a>> {
    match context.reading.seen(&it.id, it.stamp) {
        Seen::Changed => Some(News::SinceRead(latest(it))),
        Seen::Read => None,
        Seen::New if context.reading.read.is_empty() => latest(it).map(News::Version),
        Seen::New => Some(News::Unread),
    }
}

/// The newest change that has a date.
fn latest(it: &Briefing) -> Option<&Change> {
    it.changes.iter().filter(|change| day(change).is_some()).max_by_key(|change| day(change))
}

fn day(change: &Change) -> Option<Day> {
    change.date.as_ref().and_then(|date| date.earliest)
}

fn changed_row(context: Context<'_>, it: &Briefing, news: News<'_>) -> Row {
    let (change, since) = match news {
        News::Unread => {
            let mut row = lead(it.date.as_ref());
            row.push(link(context.library, &it.id));
            let apart = apart(context.library, &it.id, &[Mark::Status, Mark::Date]);
            row.extend(aside(vec![apart, vec![Inline::role(Role::Status, "not read yet")]]));
            return row;
        }
        News::SinceRead(change) => (change, true),
        News::Version(change) => (Some(change), false),
    };
    let mut row = lead(change.and_then(|it| it.date.as_ref()));
    row.push(link(context.library, &it.id));
    row.extend(aside(vec![apart(context.library, &it.id, &[Mark::Status])]));
    row.extend(change.map(|it| Inline::text(format!(": {}", Text::line(&it.note)))));
    if since {
        row.extend(aside(vec![vec![Inline::role(Role::Status, "changed since you read it")]]));
    }
    row
}

fn contested_claims(context: Context<'_>) -> Vec<&Claim> {
    let mut claims: Vec<(usize, &Claim)> =
        context.library.claims.values().filter_map(|it| contested(it).map(|rank| (rank, it))).collect();
    let day = |it: &Claim| it.status_as_of.as_ref().or(it.date.as_ref()).and_then(|date| date.earliest);
    claims.sort_by_key(|(rank, it)| (*rank, Reverse(day(it))));
    claims.into_iter().map(|(_, it)| it).collect()
}

fn packet(context: Context<'_>, it: &Packet) -> Row {
    let reader = it.reader.iter().map(|reader| quiet(format!("for {}", Text::line(reader)))).collect();
    let by = it.needed_by.iter().map(|date| quiet(format!("needed by {date}"))).collect();
    let mut row = vec![link(context.library, &it.id)];
    row.extend(aside(vec![reader, by, vec![quiet(count(it.items.len(), "briefing"))]]));
    row
}
