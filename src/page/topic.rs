//! A topic: what it means, what lies around it, and who says what about it.

use super::draft::{Draft, Row};
use super::field::Fields;
use super::row::{aside, backed, claim, event, in_order, link, quiet, reference};
use super::words::{count, words};
use super::{Context, Page, mentions, neighbours};
use crate::document::{Inline, Role};
use crate::id::{Id, Kind};
use crate::library::record::{Actor, Stance, Topic};
use crate::links::Relation;
use crate::text::Text;

pub fn topic(context: Context<'_>, it: &Topic) -> Page {
    let library = context.library;
    let mut draft = Draft::new(&it.name);
    draft.prose(it.definition.as_ref());
    draft.quiet(it.scope_note.as_ref());
    let narrower = context.citing(&it.id, Kind::Topic, |relation| relation == Relation::Broader);
    let fields = Fields::default()
        .text("Acronym", it.notation.as_ref())
        .names("Also known as", &it.aliases)
        .all("Broader", library, &it.broader)
        .all("Related", library, &it.related);
    draft.fields(fields.done());
    let narrower = narrower.into_iter().map(|id| within(context, id)).collect();
    draft.section("Narrower topics", narrower);
    draft.section("Where actors stand", stances(context, &it.id));
    draft.section("Claims", claims(context, &it.id));
    draft.section("Timeline", events(context, &it.id));
    neighbours::section(&mut draft, context, &it.id);
    mentions::section(&mut draft, context, &it.id, "Briefings", mentions::SHORT);
    Page::made(context, it.id.clone(), it.name.clone(), draft)
}

/// A topic with what there is on it.
pub fn within(context: Context<'_>, topic: &Id) -> Row {
    let on_it = |kind, one| match context.citing(topic, kind, |_| true).len() {
        0 => Row::new(),
        held => vec![quiet(count(held, one))],
    };
    let mut row = vec![link(context.library, topic)];
    row.extend(aside(vec![on_it(Kind::Briefing, "briefing"), on_it(Kind::Claim, "claim")]));
    row
}

fn stances(context: Context<'_>, topic: &Id) -> Vec<Row> {
    let holders = context.citing(topic, Kind::Actor, |relation| relation == Relation::Stance);
    let holders = holders.into_iter().filter_map(|id| context.library.actors.get(&id.slug));
    let mut rows = Vec::new();
    for actor in holders {
        let on_it = in_time(actor.stances.iter().filter(|stance| stance.topic.id.as_deref() == Some(topic)));
        rows.extend(with_before(&on_it).map(|(stance, before)| held(context, actor, stance, before)));
    }
    rows
}

fn held(context: Context<'_>, actor: &Actor, stance: &Stance, before: Option<&Stance>) -> Row {
    let mut row = vec![link(context.library, &actor.id), Inline::text(" ")];
    row.extend(position(context, stance, before));
    row
}

/// Each stance with the one on the same topic that it follows.
fn with_before<'a>(stances: &[&'a Stance]) -> impl Iterator<Item = (&'a Stance, Option<&'a Stance>)> {
    let before = std::iter::once(None).chain(stances.iter().copied().map(Some));
    let same = |a: &Stance, b: &Stance| match (&a.topic.id, &b.topic.id) {
        (Some(a), Some(b)) => a == b,
        (None, None) => a.topic.text == b.topic.text,
        _ => false,
    };
    stances.iter().zip(before).map(move |(it, before)| (*it, before.filter(|before| same(it, before))))
}

/// An actor's stances by topic and date: what it said, and whether that changed.
pub fn taken(context: Context<'_>, actor: &Actor) -> Vec<Row> {
    let mut topics: Vec<&Stance> = in_time(actor.stances.iter());
    let name = |stance: &Stance| match &stance.topic.id {
        Some(id) => context.library.name(id).cloned().unwrap_or_default(),
        None => stance.topic.text.clone(),
    };
    topics.sort_by_cached_key(|stance| name(stance));
    let row = |(stance, before): (&Stance, Option<&Stance>)| {
        let mut row = vec![reference(context.library, &stance.topic), quiet(": ")];
        row.extend(position(context, stance, before));
        row
    };
    with_before(&topics).map(row).collect()
}

fn in_time<'a>(stances: impl Iterator<Item = &'a Stance>) -> Vec<&'a Stance> {
    let mut sorted: Vec<&Stance> = stances.collect();
    sorted.sort_by_key(|stance| stance.as_of.as_ref().and_then(|date| date.earliest));
    sorted
}

/// What it says, and whether that is what it said before.
fn position(context: Context<'_>, stance: &Stance, before: Option<&Stance>) -> Row {
    let date = stance.as_of.as_ref().map(|date| format!("as of {date}"));
    let change = before.map(|before| {
        let since = before.as_of.as_ref().map(|date| format!(" in {date}")).unwrap_or_default();
        if before.position == stance.position {
            format!("as already{since}")
        } else {
            format!("was: {}{since}", words(&before.position))
        }
    });
    let mut row = vec![Inline::role(Role::Status, words(&stance.position))];
    row.extend(aside(date.into_iter().chain(change).map(|it| vec![quiet(it)]).collect()));
    if let Some(summary) = &stance.summary {
        row.push(Inline::text(format!(". {}", Text::line(summary))));
    }
    row.extend(backed(context.library, &stance.sources));
    row
}

fn claims(context: Context<'_>, id: &Id) -> Vec<Row> {
    let about = context.citing(id, Kind::Claim, |_| true);
    let found = about.into_iter().filter_map(|id| context.library.claims.get(&id.slug));
    found.map(|it| claim(context.library, it)).collect()
}

fn events(context: Context<'_>, id: &Id) -> Vec<Row> {
    let about = context.citing(id, Kind::Event, |_| true);
    let found = about.into_iter().filter_map(|id| context.library.events.get(&id.slug));
    in_order(found).into_iter().map(|it| event(context.library, it)).collect()
}
