//! Events, sources, terms and packets: when, where from, what it means, what to read.

use super::named;
use crate::id::{Id, Kind};
use crate::library::fields::Fields;
use crate::library::problem::Place;
use crate::library::record::{Account, Event, Packet, PacketItem, Participant, SOURCE_KINDS, Source, Term};

const EVENT_STATUSES: [&str; 5] = ["planned", "reported", "confirmed", "cancelled", "disputed"];
const ATTENDANCE: [&str; 4] = ["confirmed", "reported", "invited", "absent"];
const RELIABILITY: [&str; 6] = ["A", "B", "C", "D", "E", "F"];
const SOURCE_STATUSES: [&str; 4] = ["current", "corrected", "withdrawn", "unavailable"];
const SECTIONS: [&str; 3] = ["urgent", "important", "reading"];

pub fn event(fields: &mut Fields<'_, '_>, place: &Place) -> Option<Event> {
    let (slug, name) = named(fields, place, "event", "name")?;
    Some(Event {
        id: Id::new(Kind::Event, slug),
        place: place.clone(),
        name,
        date: fields.date(&["date"]),
        classification: fields.line("classification"),
        location: fields.line("location"),
        status: fields.word("status", &EVENT_STATUSES),
        participants: fields.each("participants", "actor", participant),
        topics: fields.refs(&["topics"]),
        claims: fields.refs(&["claims"]),
        outcome: fields.text(&["outcome"]),
        accounts: fields.each("accounts", "source", account),
        sources: fields.refs(&["sources"]),
        extra: fields.extra(),
    })
}

fn participant(fields: &mut Fields<'_, '_>, place: &Place) -> Option<Participant> {
    Some(Participant {
        actor: fields.required("actor", place, Fields::reference)?,
        role: fields.line("role"),
        attendance: fields.word("attendance", &ATTENDANCE),
    })
}

/// An account says at least who gave it or what it says.
fn account(fields: &mut Fields<'_, '_>, place: &Place) -> Option<Account> {
    let (source, issued_by) = (fields.reference("source"), fields.reference("issued_by"));
    let gist = if source.is_none() && issued_by.is_none() {
        Some(fields.required("gist", place, |fields, key| fields.text(&[key]))?)
    } else {
        fields.text(&["gist"])
    };
    Some(Account { source, issued_by, form: fields.line("form"), gist })
}

pub fn source(fields: &mut Fields<'_, '_>, place: &Place) -> Option<Source> {
    let (slug, title) = named(fields, place, "source", "title")?;
    Some(Source {
        id: Id::new(Kind::Source, slug),
        place: place.clone(),
        title,
        publisher: fields.line("publisher"),
        creator: fields.line("creator"),
        date: fields.date(&["date"]),
        accessed: fields.date(&["accessed"]),
        url: fields.line("url"),
        kind: fields.word("kind", &SOURCE_KINDS),
        primary: fields.flag("primary"),
        reliability: fields.word("reliability", &RELIABILITY),
        descriptor: fields.text(&["descriptor"]),
        based_on: fields.refs(&["based_on"]),
        status: fields.word("status", &SOURCE_STATUSES),
        extra: fields.extra(),
    })
}

pub fn term(fields: &mut Fields<'_, '_>, place: &Place) -> Option<Term> {
    let (slug, term) = named(fields, place, "glossary entry", "term")?;
    Some(Term {
        id: Id::new(Kind::Term, slug),
        place: place.clone(),
        term,
        expansion: fields.line("expansion"),
        definition: fields.text(&["definition"]),
        aliases: fields.lines("aliases"),
        extra: fields.extra(),
    })
}

pub fn packet(fields: &mut Fields<'_, '_>, place: &Place) -> Option<Packet> {
    let (slug, title) = named(fields, place, "packet", "title")?;
    Some(Packet {
        id: Id::new(Kind::Packet, slug),
        place: place.clone(),
        title,
        reader: fields.line("for"),
        needed_by: fields.date(&["needed_by"]),
        items: fields.each("items", "briefing", packet_item),
        extra: fields.extra(),
    })
}

fn packet_item(fields: &mut Fields<'_, '_>, place: &Place) -> Option<PacketItem> {
    Some(PacketItem {
        briefing: fields.required("briefing", place, Fields::reference)?,
        section: fields.word("section", &SECTIONS),
        note: fields.text(&["note"]),
    })
}
