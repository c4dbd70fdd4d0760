//! An actor: who it is, what ties it to others, where it stands, what it says and what is said of it.

use std::collections::HashSet;

use super::draft::{Draft, Row};
use super::field::Fields;
use super::row::{cited, claim, claim_made, event_with, in_order, lead, link, quiet, web};
use super::words::{position, words};
use super::{Context, Page, event as events, mentions, neighbours, ties, topic};
use crate::document::{Field, Inline, Role};
use crate::id::{Id, Kind};
use crate::library::Found;
use crate::library::record::{Actor, Claim};
use crate::links::Relation;
use crate::text::Text;

pub fn actor(context: Context<'_>, it: &Actor) -> Page {
    let library = context.library;
    let mut draft = Draft::new(&it.name);
    draft.prose(it.summary.as_ref());
    draft.quiet(it.disambiguation.as_ref());
    draft.fields(card(context, it));
    draft.section("Memberships and relations", ties::ties(context, it));
    draft.section("Where it stands", topic::taken(context, it));
    let made = claims(context, &it.id, Relation::Claimant);
    let about = claims(context, &it.id, Relation::About);
    let own: HashSet<&Id> = made.iter().map(|it| &it.id).collect();
    let about = about.into_iter().filter(|it| !own.contains(&it.id));
    draft.section("Claims made", made.iter().map(|it| claim_made(library, it)).collect());
    draft.section(&format!("Claims about {}", it.name), about.map(|it| claim(library, it)).collect());
    draft.section("Answers to claims", answers(context, &it.id));
    draft.section("Timeline", timeline(context, &it.id));
    neighbours::section(&mut draft, context, &it.id);
    mentions::section(&mut draft, context, &it.id, "Briefings", mentions::WHOLE);
    draft.section("Sources", it.sources.iter().map(|it| cited(library, it)).collect());
    Page::made(context, it.id.clone(), it.name.clone(), draft)
}

fn card(context: Context<'_>, it: &Actor) -> Vec<Field> {
    let kind: Vec<Text> = it.kind.iter().chain(&it.classification).map(|code| words(code)).collect();
    let aliases: Vec<Text> = it.aliases.iter().chain(&it.weak_aliases).cloned().collect();
    let mut fields = Fields::default()
        .names("Kind", &kind)
        .row("Country", it.country.iter().map(|code| country(context, code, &it.id)).collect())
        .names("Also known as", &aliases);
    for found in &it.links {
        let mut row = vec![web(&found.url)];
        row.extend(found.note.iter().map(|note| quiet(format!(" {}", Text::line(note)))));
        fields = fields.row("Web", row);
    }
    fields.done()
}

/// A country by the state that the library calls so; else as written.
fn country(context: Context<'_>, code: &Text, own: &Id) -> Inline {
    match context.library.find(code) {
        Found::One(id) if id.kind == Kind::Actor && id != *own => link(context.library, &id),
        _ => Inline::text(code.clone()),
    }
}

fn claims<'a>(context: Context<'a>, actor: &Id, way: Relation) -> Vec<&'a Claim> {
    let ids = context.citing(actor, Kind::Claim, |relation| relation == way);
    let mut found: Vec<&Claim> =
        ids.into_iter().filter_map(|id| context.library.claims.get(&id.slug)).collect();
    found.sort_by_key(|it| it.date.as_ref().and_then(|date| date.earliest));
    found
}

/// What the actor answered to the claims of others.
fn answers(context: Context<'_>, actor: &Id) -> Vec<Row> {
    let mut rows = Vec::new();
    for it in claims(context, actor, Relation::Response) {
        for response in it.responses.iter().filter(|response| response.actor.id.as_deref() == Some(actor)) {
            let mut row = lead(response.date.as_ref());
            row.push(Inline::role(Role::Status, position(&response.position)));
            row.push(quiet(": "));
            row.push(link(context.library, &it.id));
            rows.push(row);
        }
    }
    rows
}

/// Events it took part in, or told of.
fn timeline(context: Context<'_>, actor: &Id) -> Vec<Row> {
    let library = context.library;
    let ids = context.citing(actor, Kind::Event, |_| true);
    let found = in_order(ids.into_iter().filter_map(|id| library.events.get(&id.slug)));
    found.into_iter().map(|it| event_with(library, it, events::part_of(it, actor))).collect()
}
