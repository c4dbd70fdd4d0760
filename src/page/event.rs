//! An event: when and where, who was there, what came of it, and who tells it how.

use super::draft::{Draft, Row};
use super::field::Fields;
use super::row::{aside, cited, claim, is_planned, part, quiet, reference, status};
use super::words::{attendance, words};
use super::{Context, Page, fallen, mentions};
use crate::document::{Align, Field, Inline, Role, Table};
use crate::id::Id;
use crate::library::record::{Account, Event, Participant, Ref};
use crate::text::Text;

pub fn event(context: Context<'_>, it: &Event) -> Page {
    let library = context.library;
    let mut draft = Draft::new(&it.name);
    fallen::warn(&mut draft, &fallen::of_event(library, it));
    draft.fields(head(context, it));
    if let Some(outcome) = &it.outcome {
        draft.paragraph(vec![Inline::strong("Outcome: "), Inline::text(Text::line(outcome))]);
    }
    draft.section("Who took part", it.participants.iter().map(|it| participant(context, it)).collect());
    if !it.accounts.is_empty() {
        draft.counted(2, "Accounts side by side", it.accounts.len());
        draft.table(accounts(context, &it.accounts));
    }
    let claims = it.claims.iter().map(|written| claimed(context, written)).collect();
    draft.section("Claims", claims);
    draft.section("Sources", it.sources.iter().map(|it| cited(library, it)).collect());
    mentions::section(&mut draft, context, &it.id, "Briefings", mentions::SHORT);
    Page::made(context, it.id.clone(), it.name.clone(), draft)
}

fn head(context: Context<'_>, it: &Event) -> Vec<Field> {
    let planned = is_planned(it, context.today) && it.status.as_deref() != Some("planned");
    let mut state = status(it.status.as_ref());
    if planned {
        state.push(quiet(if state.is_empty() { "still to come" } else { ", still to come" }));
    }
    Fields::default()
        .date("Date", it.date.as_ref())
        .code("Kind", it.classification.as_ref())
        .text("Place", it.location.as_ref())
        .row("Status", state)
        .all("Topics", context.library, &it.topics)
        .done()
}

fn participant(context: Context<'_>, it: &Participant) -> Row {
    let mut row = vec![reference(context.library, &it.actor)];
    let there = it.attendance.iter().map(|code| Inline::role(Role::Status, attendance(code))).collect();
    row.extend(aside(vec![part(it.role.as_ref()), there]));
    row
}

/// A claim by reference, as a row; as written if the library does not hold it.
pub fn claimed(context: Context<'_>, written: &Ref) -> Row {
    let found = written.id.as_ref().and_then(|id| context.library.claims.get(&id.slug));
    match found {
        Some(it) => claim(context.library, it),
        None => vec![reference(context.library, written)],
    }
}

/// One row an account; columns that nobody fills are left out.
fn accounts(context: Context<'_>, accounts: &[Account]) -> Table {
    let library = context.library;
    let cell = |written: Option<&Ref>| written.map(|it| reference(library, it)).into_iter().collect::<Row>();
    let text = |text: Option<Text>| text.map(Inline::text).into_iter().collect::<Row>();
    let rows: Vec<Vec<Row>> = accounts
        .iter()
        .map(|it| {
            vec![
                cell(it.issued_by.as_ref()),
                text(it.form.as_ref().map(|form| words(form))),
                text(it.gist.as_ref().map(|gist| Text::line(gist))),
                cell(it.source.as_ref()),
            ]
        })
        .collect();
    filled(&["Who tells it", "As", "What it says", "Source"].map(|name| (name, Align::Left)), &rows)
}

/// A table of `rows` under the names of `columns`, without those that nobody fills.
pub fn filled(columns: &[(&str, Align)], rows: &[Vec<Row>]) -> Table {
    let used: Vec<usize> = (0..columns.len())
        .filter(|nth| rows.iter().any(|row| row.get(*nth).is_some_and(|cell| !cell.is_empty())))
        .collect();
    let pick = |row: &Vec<Row>| used.iter().filter_map(|nth| row.get(*nth).cloned()).collect();
    let head = || used.iter().filter_map(|nth| columns.get(*nth));
    Table {
        aligns: head().map(|(_, align)| *align).collect(),
        head: head().map(|(name, _)| vec![Inline::text(*name)]).collect(),
        rows: rows.iter().map(pick).collect(),
    }
}

/// What an actor did at an event, for the actor's own page.
pub fn part_of(it: &Event, actor: &Id) -> Vec<Row> {
    let own = it.participants.iter().filter(|part| part.actor.id.as_deref() == Some(actor));
    let mut parts: Vec<Row> = Vec::new();
    for participant in own {
        parts.push(part(participant.role.as_ref()));
        let there = participant.attendance.as_ref().filter(|code| code.as_str() != "confirmed");
        parts.push(there.iter().map(|code| Inline::role(Role::Status, attendance(code))).collect());
    }
    parts
}
