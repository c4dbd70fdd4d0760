//! What the reader wrote: all of it on a page of its own, and beside each briefing what is on it.
//!
//! No other page holds a note in its document, but for home those with a date: so none is exported but by its name.

use std::collections::BTreeMap;

use super::draft::{Draft, Row};
use super::row::{link, quiet};
use super::{BODY, Context, Page};
use crate::date::Date;
use crate::document::{Block, BlockKind, Inline, Role};
use crate::id::{Address, Id, Kind};
use crate::links::texts;
use crate::marking::strictest;
use crate::reading::{Note, placed};
use crate::text::{Text, fit, width};

/// Columns of a note that show where it is only named.
const NAMED: usize = 60;

/// Columns of the passage that shows with its note: fewer than are kept of it, so that a cut one is seen as such.
const QUOTED: usize = 200;

/// Columns of a note that show at all; none that was typed here has more.
const SHOWN: usize = 5000;

/// The page of all notes, briefing by briefing.
pub fn notes(context: Context<'_>) -> Page {
    let title = Text::from(Kind::Notes.title());
    let mut draft = Draft::new(&title);
    let mut of: BTreeMap<&Id, Vec<&Note>> = BTreeMap::new();
    for note in &context.reading.notes {
        of.entry(&note.on).or_default().push(note);
    }
    if of.is_empty() {
        draft.prose(Some(&Text::from(
            "You have made no notes. In a briefing, a makes one on the passage you read.",
        )));
    } else {
        draft.quiet(Some(&Text::from("Your own notes: others see them only if you hand them on.")));
    }
    for (id, notes) in &of {
        section(&mut draft, context, id, notes);
    }
    let markings = of.keys().map(|id| marking(context, id)).chain([context.library.marking.as_deref()]);
    let marking = strictest(markings).map(|it| Text::line(&it));
    let mut page = Page::made(context, Id::page(Kind::Notes), title, draft);
    let places = items(&page.document.blocks);
    page.notes = places.into_iter().zip(of.into_values().flatten().cloned()).collect();
    page.marking = marking;
    page
}

fn marking<'a>(context: Context<'a>, id: &Id) -> Option<&'a str> {
    context.library.briefings.get(&id.slug)?.marking.as_deref()
}

/// The places of all items of the lists, which on this page are the notes.
fn items(blocks: &[Block]) -> Vec<usize> {
    let items = blocks.iter().filter_map(|block| match &block.kind {
        BlockKind::List { items, .. } => Some(items),
        _ => None,
    });
    items.flatten().filter_map(|item| item.blocks.first()).map(|block| block.source.start).collect()
}

fn section(draft: &mut Draft, context: Context<'_>, id: &Id, notes: &[&Note]) {
    let briefing = context.library.briefings.get(&id.slug).filter(|_| id.kind == Kind::Briefing);
    let Some(briefing) = briefing else {
        draft.counted(2, &Text::line(&id.to_string()), notes.len());
        draft.warning(vec![Inline::text("This library does not hold it any more.")]);
        draft.list(notes.iter().map(|note| row(note, None)).collect());
        return;
    };
    let mut text = texts::Reading::new(context.library, briefing);
    text.document.shift(BODY);
    draft.headed(2, link(context.library, id), notes.len());
    let places = placed(notes, &text.document.blocks);
    draft.list(notes.iter().zip(places).map(|(note, place)| row(note, place)).collect());
}

/// A note with the passage it is on.
fn row(note: &Note, place: Option<usize>) -> Row {
    let words = Text::line(fit(&note.words, SHOWN));
    let mut row = vec![Inline::text(words), Inline::Break];
    let passage = match &note.passage {
        whole if whole.is_empty() => "the whole".to_owned(),
        passage => format!("“{}”", beginning(passage, QUOTED)),
    };
    match place {
        Some(at) => {
            row.push(quiet("on "));
            row.push(Inline::page(Address::at(note.on.clone(), at), Text::line(&passage)));
        }
        None => row.push(Inline::role(Role::Warning, format!("on {passage}, which is not in the text now"))),
    }
    row.push(quiet(format!(", {}", note.made)));
    row
}

/// The notes on a briefing, those that have a place in its `blocks` with it.
pub struct Noted<'a>(Vec<(&'a Note, Option<usize>)>);

impl<'a> Noted<'a> {
    pub fn new(context: Context<'a>, id: &Id, blocks: &[Block]) -> Self {
        let notes = context.reading.notes_on(id);
        let places = placed(&notes, blocks);
        Self(notes.into_iter().zip(places).collect())
    }

    /// The notes that have a place, in the order of the page.
    pub fn places(&self) -> Vec<(usize, Note)> {
        let mut places: Vec<(usize, Note)> =
            self.0.iter().filter_map(|(note, at)| Some(((*at)?, (*note).clone()))).collect();
        places.sort();
        places
    }

    /// What stands beside the briefing: each note by its first words, a link to its passage.
    pub fn beside(&self) -> Vec<Row> {
        let row = |(note, place): &(&Note, Option<usize>)| match place {
            Some(at) => vec![Inline::page(Address::at(note.on.clone(), *at), first(note))],
            None => vec![
                Inline::page(Id::page(Kind::Notes), first(note)),
                Inline::role(Role::Warning, " (its passage is gone)"),
            ],
        };
        self.0.iter().map(row).collect()
    }
}

/// The first words of a note.
fn first(note: &Note) -> Text {
    beginning(&note.words, NAMED)
}

/// As many words as have room in so many columns, and a sign that there are more.
fn beginning(text: &Text, columns: usize) -> Text {
    if width(text) <= columns {
        return text.clone();
    }
    let cut = fit(text, columns.saturating_sub(1));
    Text::line(&format!("{}…", cut.rsplit_once(' ').map_or(cut, |(words, _)| words)))
}

/// The notes on `id` in whole, for its details.
pub fn about(context: Context<'_>, id: &Id) -> Vec<Row> {
    let row = |note: &&Note| vec![Inline::text(Text::line(fit(&note.words, SHOWN)))];
    context.reading.notes_on(id).iter().map(row).collect()
}

/// The notes that have a date, the earliest first.
pub fn due(context: Context<'_>) -> Vec<(Date, &Note)> {
    let mut due: Vec<(Date, &Note)> =
        context.reading.notes.iter().filter_map(|note| Some((note.due()?, note))).collect();
    due.sort_by_key(|(date, _)| date.latest);
    due
}

/// A row of home for a note that has a date.
pub fn due_row(context: Context<'_>, date: &Date, note: &Note) -> Row {
    let past = date.latest.is_some_and(|day| day < context.today);
    let (role, word) = if past { (Role::Warning, "was due") } else { (Role::Label, "by") };
    let mut row = vec![Inline::role(role, format!("{word} {date}")), Inline::text(" ")];
    row.push(Inline::page(Id::page(Kind::Notes), first(note)));
    row.extend(super::row::aside(vec![vec![link(context.library, &note.on)]]));
    row
}
