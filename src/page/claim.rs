//! A claim: who says it and how surely, what others say, and what it rests on.

use std::collections::HashSet;

use super::draft::{Draft, Row};
use super::field::Fields;
use super::group::grouped;
use super::row::{
    aside, backed, claim as claim_row, dated, event, grade, in_order, lead, link, newest, quiet, reference,
    saying, status,
};
use super::words::{capital, position, relation, usage, words};
use super::{Context, Page, event as events, fallen, mentions};
use crate::document::{Inline, Role};
use crate::id::{Id, Kind};
use crate::library::record::{Claim, Evidence, Point, Response, StatusChange, Variant};
use crate::links::Relation;
use crate::text::Text;

pub fn claim(context: Context<'_>, it: &Claim) -> Page {
    let library = context.library;
    let title = Text::line(&it.text);
    let mut draft = Draft::new(&title);
    fallen::warn(&mut draft, &fallen::of_claim(library, it));
    draft.fields(head(context, it));
    draft.quote(it.quote.as_ref());
    draft.section("What others say", it.responses.iter().map(|it| response(context, it)).collect());
    draft.groups("Evidence", evidence(context, it));
    let history = it.status_history.iter().map(|it| change(context, it)).collect();
    draft.section("How its status changed", history);
    draft.section("How it was retold", it.variants.iter().map(|it| variant(context, it)).collect());
    draft.section("Related claims", related(context, it));
    if let Some(text) = &it.would_settle {
        draft.heading(2, "What would settle it");
        draft.prose(Some(text));
    }
    let heard = context.citing(&it.id, Kind::Event, |_| true);
    let heard = in_order(heard.into_iter().filter_map(|id| library.events.get(&id.slug)));
    draft.section("Events", heard.into_iter().map(|it| event(library, it)).collect());
    draft.section("Talking points that rest on it", points(context, &it.id));
    mentions::section(&mut draft, context, &it.id, "Briefings that use it", mentions::SHORT);
    Page::made(context, it.id.clone(), title, draft)
}

fn head(context: Context<'_>, it: &Claim) -> Vec<crate::document::Field> {
    let library = context.library;
    let mut state = status(it.status.as_ref());
    if !state.is_empty() {
        state.extend(it.status_as_of.iter().map(|date| quiet(format!(", as of {date}"))));
    }
    let hedge = it.hedge.iter().map(|hedge| Inline::text(quoted(hedge))).collect();
    Fields::default()
        .row("Status", state)
        .one("Said by", library, it.claimant.as_ref())
        .row("Hedge", hedge)
        .date("Date", it.date.as_ref())
        .all("About", library, &it.about)
        .done()
}

/// `text` in quotation marks, unless it has its own.
fn quoted(text: &str) -> String {
    let text = Text::line(text);
    if text.starts_with(['"', '“']) { text.into_string() } else { format!("“{text}”") }
}

fn response(context: Context<'_>, it: &Response) -> Row {
    let library = context.library;
    let mut row = lead(it.date.as_ref());
    row.push(reference(library, &it.actor));
    row.push(Inline::text(" "));
    row.push(Inline::role(Role::Status, position(&it.position)));
    row.extend(saying(it.gist.as_ref()));
    row.extend(backed(library, it.source.as_slice()));
    row
}

fn evidence(context: Context<'_>, it: &Claim) -> Vec<(Text, Vec<Row>)> {
    let all: Vec<&Evidence> = it.evidence.iter().collect();
    let groups = grouped(&all, |it| Some(&it.stance), &["supports", "contradicts", "context"]);
    let rows = |held: Vec<&Evidence>| held.into_iter().map(|it| exhibit(context, it)).collect();
    groups.into_iter().map(|(code, held)| (capital(&words(code.unwrap_or_default())), rows(held))).collect()
}

fn exhibit(context: Context<'_>, it: &Evidence) -> Row {
    let library = context.library;
    let source = it.source.id.as_ref().and_then(|id| library.sources.get(&id.slug));
    let mut row = vec![reference(library, &it.source)];
    let date = source.and_then(|it| it.date.as_ref());
    let fallen = source.map(super::row::fallen).unwrap_or_default();
    row.extend(aside(vec![dated(date), grade(source, it.credibility), fallen]));
    row.extend(saying(it.note.as_ref()));
    row
}

fn change(context: Context<'_>, it: &StatusChange) -> Row {
    let mut row = lead(it.date.as_ref());
    row.push(Inline::role(Role::Status, words(&it.status)));
    row.extend(saying(it.reason.as_ref()));
    row.extend(backed(context.library, &it.sources));
    row
}

fn variant(context: Context<'_>, it: &Variant) -> Row {
    let mut row = vec![Inline::text(quoted(&it.text))];
    row.extend(backed(context.library, it.source.as_slice()));
    row.extend(saying(it.drift.as_ref()));
    row
}

/// Claims it names and claims that name it; a pair that names each other stands once.
fn related(context: Context<'_>, it: &Claim) -> Vec<Row> {
    let library = context.library;
    let mut rows: Vec<Row> = it
        .related
        .iter()
        .map(|other| named(&relation(&other.relation).0, events::claimed(context, &other.claim)))
        .collect();
    let own: HashSet<&Id> = it.related.iter().filter_map(|other| other.claim.id.as_deref()).collect();
    for id in context.citing(&it.id, Kind::Claim, |relation| relation == Relation::RelatedClaim) {
        let Some(other) = library.claims.get(&id.slug).filter(|_| !own.contains(id)) else { continue };
        let back = other.related.iter().filter(|back| back.claim.id.as_deref() == Some(&it.id));
        rows.extend(back.map(|back| named(&relation(&back.relation).1, claim_row(library, other))));
    }
    rows
}

fn named(relation: &Text, claim: Row) -> Row {
    std::iter::once(quiet(format!("{relation}: "))).chain(claim).collect()
}

/// The talking points that use it, each with the briefing it stands in.
fn points(context: Context<'_>, claim: &Id) -> Vec<Row> {
    let users = context.citing(claim, Kind::Briefing, |relation| relation == Relation::Uses);
    let users = newest(users.into_iter().filter_map(|id| context.library.briefings.get(&id.slug)));
    let mut rows = Vec::new();
    for briefing in users {
        let rests = |point: &&Point| point.claims.iter().any(|it| it.id.as_deref() == Some(claim));
        for point in briefing.points.iter().filter(rests) {
            let mut row = vec![Inline::role(Role::Label, usage(&point.usage)), quiet(": ")];
            row.push(Inline::text(Text::line(&point.text)));
            row.extend(aside(vec![vec![link(context.library, &briefing.id)]]));
            rows.push(row);
        }
    }
    rows
}
