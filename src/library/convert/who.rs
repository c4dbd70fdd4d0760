//! Actors and topics: who, and what about.

use super::named;
use crate::id::{Id, Kind};
use crate::library::fields::Fields;
use crate::library::problem::Place;
use crate::library::record::{ACTOR_KINDS, Actor, Membership, RELATIONS, Relation, Stance, Topic, WebLink};
use crate::text::Text;

const POSITIONS: [&str; 5] = ["supports", "opposes", "mixed", "neutral", "unknown"];

pub fn actor(fields: &mut Fields<'_, '_>, place: &Place) -> Option<Actor> {
    let (slug, name) = named(fields, place, "actor", "name")?;
    Some(Actor {
        id: Id::new(Kind::Actor, slug),
        place: place.clone(),
        name,
        kind: fields.word("kind", &ACTOR_KINDS),
        classification: fields.line("classification"),
        aliases: fields.lines("aliases"),
        hidden_names: fields.lines("hidden_names"),
        weak_aliases: fields.lines("weak_aliases"),
        disambiguation: fields.line("disambiguation"),
        summary: fields.line("summary"),
        country: fields.line("country"),
        parent: fields.reference("parent"),
        links: fields.each("links", "url", web_link),
        memberships: fields.each("memberships", "organization", membership),
        relations: fields.each("relations", "", relation),
        stances: fields.each("stances", "topic", stance),
        never_in: fields.refs(&["never_in"]),
        sources: fields.refs(&["sources"]),
        extra: fields.extra(),
    })
}

fn web_link(fields: &mut Fields<'_, '_>, place: &Place) -> Option<WebLink> {
    let url = fields.required("url", place, Fields::line)?;
    Some(WebLink { url, note: fields.line("note") })
}

fn membership(fields: &mut Fields<'_, '_>, place: &Place) -> Option<Membership> {
    Some(Membership {
        organization: fields.required("organization", place, Fields::reference)?,
        role: fields.line("role"),
        start_date: fields.date(&["start_date"]),
        end_date: fields.date(&["end_date"]),
        sources: fields.refs(&["sources"]),
    })
}

fn relation(fields: &mut Fields<'_, '_>, place: &Place) -> Option<Relation> {
    let kinds = RELATIONS.map(|(kind, _, _)| kind);
    Some(Relation {
        to: fields.required("to", place, Fields::reference)?,
        kind: fields.word("type", &kinds).unwrap_or_else(|| Text::line("linked-to")),
        role: fields.line("role"),
        start_date: fields.date(&["start_date"]),
        end_date: fields.date(&["end_date"]),
        status: fields.line("status"),
        sources: fields.refs(&["sources"]),
    })
}

fn stance(fields: &mut Fields<'_, '_>, place: &Place) -> Option<Stance> {
    Some(Stance {
        topic: fields.required("topic", place, Fields::reference)?,
        position: fields.word("position", &POSITIONS).unwrap_or_else(|| Text::line("unknown")),
        summary: fields.line("summary"),
        as_of: fields.date(&["as_of"]),
        sources: fields.refs(&["sources"]),
    })
}

pub fn topic(fields: &mut Fields<'_, '_>, place: &Place) -> Option<Topic> {
    let (slug, name) = named(fields, place, "topic", "name")?;
    Some(Topic {
        id: Id::new(Kind::Topic, slug),
        place: place.clone(),
        name,
        aliases: fields.lines("aliases"),
        hidden_names: fields.lines("hidden_names"),
        notation: fields.line("notation"),
        definition: fields.text(&["definition"]),
        scope_note: fields.text(&["scope_note"]),
        broader: fields.refs(&["broader"]),
        related: fields.refs(&["related"]),
        extra: fields.extra(),
    })
}
