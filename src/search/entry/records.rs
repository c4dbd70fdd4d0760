//! The records beside briefings, as the index holds them: found by their names and by what they say.

use super::{Entry, Record};
use crate::id::{Id, Kind};
use crate::library::Library;
use crate::library::problem::Place;
use crate::library::record::{Actor, Claim, Event, Packet, Source, Term, Topic};
use crate::text::Text;

/// The addresses of all of them.
pub(super) fn ids(library: &Library) -> impl Iterator<Item = &Id> {
    let actors = library.actors.values().map(|it| &it.id);
    let topics = library.topics.values().map(|it| &it.id);
    let claims = library.claims.values().map(|it| &it.id);
    let events = library.events.values().map(|it| &it.id);
    let sources = library.sources.values().map(|it| &it.id);
    let terms = library.terms.values().map(|it| &it.id);
    let packets = library.packets.values().map(|it| &it.id);
    actors.chain(topics).chain(claims).chain(events).chain(sources).chain(terms).chain(packets)
}

pub(super) fn entry<'a>(library: &'a Library, id: &Id) -> Option<Entry<'a>> {
    let slug = id.slug.as_str();
    Some(match id.kind {
        Kind::Actor => actor(library.actors.get(slug)?),
        Kind::Topic => topic(library.topics.get(slug)?),
        Kind::Claim => claim(library, library.claims.get(slug)?),
        Kind::Event => event(library.events.get(slug)?),
        Kind::Source => source(library.sources.get(slug)?),
        Kind::Term => term(library.terms.get(slug)?),
        Kind::Packet => packet(library.packets.get(slug)?),
        _ => return None,
    })
}

/// All names by which people look for a record.
pub(super) fn names<'a>(library: &'a Library, id: &Id) -> Vec<&'a Text> {
    let slug = id.slug.as_str();
    match id.kind {
        Kind::Actor => library.actors.get(slug).map(actor_names),
        Kind::Topic => library.topics.get(slug).map(topic_names),
        _ => library.name(id).map(|name| vec![name]),
    }
    .unwrap_or_default()
}

fn actor_names(it: &Actor) -> Vec<&Text> {
    let others = it.aliases.iter().chain(&it.weak_aliases).chain(&it.hidden_names);
    std::iter::once(&it.name).chain(others).collect()
}

fn topic_names(it: &Topic) -> Vec<&Text> {
    let others = it.aliases.iter().chain(&it.notation).chain(&it.hidden_names);
    std::iter::once(&it.name).chain(others).collect()
}

/// What all of them have: the first name is the title, and any of the names finds it as a whole.
fn begin<'a>(id: &'a Id, place: &Place, names: Vec<&'a Text>) -> Entry<'a> {
    let title = names.first().map_or("", |name| name.as_str());
    let mut entry = Entry { title, ..Entry::default() };
    entry.named(id, names.iter().map(|name| name.as_str()).chain([id.slug.as_str()]));
    entry.names = names.into_iter().skip(1).collect();
    entry.tags.insert(format!("kind={}", id.kind.word()));
    entry.word("kind", id.kind.word());
    entry.record = Record {
        id: id.to_string(),
        title: title.to_owned(),
        names: entry.names.iter().map(ToString::to_string).collect(),
        file: place.file.to_string(),
        line: place.line,
        ..Record::default()
    };
    entry
}

fn actor(it: &Actor) -> Entry<'_> {
    let mut entry = begin(&it.id, &it.place, actor_names(it));
    entry.tags.insert(it.id.to_string());
    entry.head.extend(it.summary.iter().chain(&it.disambiguation));
    entry.head.extend(it.memberships.iter().filter_map(|it| it.role.as_ref()));
    entry.head.extend(it.stances.iter().filter_map(|it| it.summary.as_ref()));
    entry
}

fn topic(it: &Topic) -> Entry<'_> {
    let mut entry = begin(&it.id, &it.place, topic_names(it));
    entry.tags.insert(it.id.to_string());
    entry.head.extend(it.definition.iter().chain(&it.scope_note));
    entry
}

fn claim<'a>(library: &'a Library, it: &'a Claim) -> Entry<'a> {
    let mut entry = begin(&it.id, &it.place, vec![&it.text]);
    entry.facts.insert(it.id.to_string());
    it.status.iter().for_each(|status| entry.word("status", status));
    entry.names.extend(it.status.iter().chain(&it.hedge));
    if let Some(claimant) = &it.claimant {
        entry.names.push(&claimant.text);
    }
    for about in &it.about {
        match &about.id {
            Some(id) => entry.names.extend(names(library, id)),
            None => entry.names.push(&about.text),
        }
    }
    entry.head.extend(it.quote.iter().chain(&it.would_settle));
    entry.head.extend(it.variants.iter().map(|it| &it.text));
    entry.head.extend(it.responses.iter().filter_map(|it| it.gist.as_ref()));
    entry.head.extend(it.evidence.iter().filter_map(|it| it.note.as_ref()));
    entry.record.date = it.date.as_ref().map(ToString::to_string);
    entry
}

fn event(it: &Event) -> Entry<'_> {
    let mut entry = begin(&it.id, &it.place, vec![&it.name]);
    it.status.iter().for_each(|status| entry.word("status", status));
    entry.names.extend(it.participants.iter().map(|it| &it.actor.text));
    entry.head.extend(it.outcome.iter().chain(&it.location).chain(&it.classification));
    entry.head.extend(it.accounts.iter().filter_map(|it| it.gist.as_ref()));
    entry.record.date = it.date.as_ref().map(ToString::to_string);
    entry
}

fn source(it: &Source) -> Entry<'_> {
    let mut entry = begin(&it.id, &it.place, vec![&it.title]);
    entry.names.extend(it.publisher.iter().chain(&it.creator));
    entry.head.extend(it.descriptor.iter().chain(&it.url));
    entry.record.date = it.date.as_ref().map(ToString::to_string);
    entry
}

fn term(it: &Term) -> Entry<'_> {
    let names = std::iter::once(&it.term).chain(&it.expansion).chain(&it.aliases).collect();
    let mut entry = begin(&it.id, &it.place, names);
    entry.head.extend(&it.definition);
    entry
}

fn packet(it: &Packet) -> Entry<'_> {
    let mut entry = begin(&it.id, &it.place, vec![&it.title]);
    entry.head.extend(&it.reader);
    entry.head.extend(it.items.iter().filter_map(|it| it.note.as_ref()));
    entry
}
