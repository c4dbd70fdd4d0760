//! A source: what it is, how far to trust it, and all that leans on it.

use std::collections::BTreeSet;

use super::draft::{Draft, Row};
use super::field::Fields;
use super::row::{
    actor, briefing, briefings_on, claim, event, in_order, newest, reference, source as source_row,
};
use super::words::{reliability, words};
use super::{Context, Page, fallen};
use crate::document::{Field, Inline, Target};
use crate::id::{Id, Kind};
use crate::library::record::Source;
use crate::links::Relation;
use crate::text::Text;

pub fn source(context: Context<'_>, it: &Source) -> Page {
    let library = context.library;
    let mut draft = Draft::new(&it.title);
    draft.warning(warning(it));
    fallen::warn(&mut draft, &fallen::withdrawn(library, &it.based_on));
    draft.fields(head(it));
    draft.prose(it.descriptor.as_ref());
    draft.section("Based on", it.based_on.iter().map(|it| vec![reference(library, it)]).collect());
    let derived = context.citing(&it.id, Kind::Source, |relation| relation == Relation::BasedOn);
    let derived = derived.into_iter().filter_map(|id| library.sources.get(&id.slug));
    draft.section("Sources based on it", derived.map(|it| source_row(library, it)).collect());
    draft.section("Claims that lean on it", claims(context, &it.id));
    draft.section("Events it tells of", events(context, &it.id));
    draft.section("Actors it is cited for", actors(context, &it.id));
    draft.section("Briefings that cite it", briefings_on(context, &it.id));
    draft.section("Briefings through these claims", indirect(context, &it.id));
    Page::made(context, it.id.clone(), it.title.clone(), draft)
}

fn warning(it: &Source) -> Row {
    let text = match it.status.as_deref() {
        Some("withdrawn") => "WITHDRAWN: what leans on it, below, must be checked again.",
        Some("corrected") => "CORRECTED since it was published: check what was taken from it.",
        Some("unavailable") => "UNAVAILABLE: it can no longer be read where it was.",
        _ => return Row::new(),
    };
    vec![Inline::text(text)]
}

fn head(it: &Source) -> Vec<Field> {
    let primary = it.primary.map(|primary| Text::from(if primary { "primary" } else { "secondary" }));
    let kind: Vec<Text> = it.kind.iter().map(|kind| words(kind)).chain(primary).collect();
    let url =
        it.url.iter().map(|url| Inline::link(Target::Web(url.clone()), vec![Inline::text(url.clone())]));
    let grade = it.reliability.as_ref().map(|letter| reliability(letter));
    let grade = grade.map(|told| Text::line(told.strip_prefix("reliability ").unwrap_or(&told)));
    Fields::default()
        .text("Publisher", it.publisher.as_ref())
        .text("Author", it.creator.as_ref())
        .date("Date", it.date.as_ref())
        .names("Kind", &kind)
        .text("Reliability", grade.as_ref())
        .code("Status", it.status.as_ref())
        .row("Address", url.collect())
        .date("Read on", it.accessed.as_ref())
        .done()
}

fn claims(context: Context<'_>, id: &Id) -> Vec<Row> {
    let ids = context.citing(id, Kind::Claim, |_| true);
    let found = ids.into_iter().filter_map(|id| context.library.claims.get(&id.slug));
    found.map(|it| claim(context.library, it)).collect()
}

fn events(context: Context<'_>, id: &Id) -> Vec<Row> {
    let ids = context.citing(id, Kind::Event, |_| true);
    let found = in_order(ids.into_iter().filter_map(|id| context.library.events.get(&id.slug)));
    found.into_iter().map(|it| event(context.library, it)).collect()
}

fn actors(context: Context<'_>, id: &Id) -> Vec<Row> {
    let ids = context.citing(id, Kind::Actor, |_| true);
    let found = ids.into_iter().filter_map(|id| context.library.actors.get(&id.slug));
    found.map(|it| actor(context.library, it)).collect()
}

/// Briefings that do not cite the source but use a claim that does.
fn indirect(context: Context<'_>, id: &Id) -> Vec<Row> {
    let direct: BTreeSet<&Id> = context.citing(id, Kind::Briefing, |_| true).into_iter().collect();
    let claims = context.citing(id, Kind::Claim, |_| true);
    let users: BTreeSet<&Id> =
        claims.into_iter().flat_map(|claim| context.citing(claim, Kind::Briefing, |_| true)).collect();
    let found = users.difference(&direct).filter_map(|id| context.library.briefings.get(&id.slug));
    newest(found).into_iter().map(|it| briefing(context, it)).collect()
}
