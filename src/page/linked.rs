//! Who links here: every record that declares a link to one, and every text that names it, with how often.
//!
//! Each stands once, under its kind, however many ways it refers here.

use std::collections::{BTreeMap, BTreeSet};

use super::draft::{Draft, Row};
use super::row::{aside, briefing_with, joined, link, newest, quiet};
use super::words::times;
use super::{Context, Page};
use crate::document::{Inline, Role};
use crate::id::{Id, Kind};
use crate::links::Relation;
use crate::text::{Text, fold};

/// The kinds that link, with the headings of their groups.
const GROUPS: [(Kind, &str); 8] = [
    (Kind::Briefing, "Briefings"),
    (Kind::Actor, "Actors"),
    (Kind::Topic, "Topics"),
    (Kind::Claim, "Claims"),
    (Kind::Event, "Events"),
    (Kind::Source, "Sources"),
    (Kind::Term, "Terms"),
    (Kind::Packet, "Packets"),
];

/// Who links to `id`.
pub fn linked(context: Context<'_>, id: &Id) -> Page {
    let name = context.library.name(id).cloned().unwrap_or_else(|| Text::from(id.kind.title()));
    let title = Text::line(&format!("Links to {name}"));
    let mut draft = Draft::new(&title);
    let ways = ways(context, id);
    if context.links.texts().is_none() {
        draft.paragraph(vec![quiet("Mentions are still being gathered.")]);
    } else if ways.is_empty() {
        draft.paragraph(vec![Inline::text("Nothing links here.")]);
    }
    for (kind, title) in GROUPS {
        draft.section(title, group(context, kind, &ways));
    }
    Page::made(context, id.clone(), title, draft)
}

/// For each record that links to `id`, how: as it declares, and how often its text names it.
fn ways<'a>(context: Context<'a>, id: &Id) -> BTreeMap<&'a Id, Row> {
    let mut declared: BTreeMap<&Id, BTreeSet<Relation>> = BTreeMap::new();
    for it in context.links.to(id) {
        declared.entry(&it.from).or_default().insert(it.relation);
    }
    for briefing in context.links.naming(id) {
        declared.entry(briefing).or_default();
    }
    let row = |from: &Id, relations: &BTreeSet<Relation>| {
        let count = context.links.texts().map_or(0, |texts| texts.spots(from, id).count());
        let words = relations.iter().map(|it| Inline::role(Role::Status, reading(*it)));
        let verb = verb(id.kind);
        let named = (count > 0).then(|| quiet(format!("{verb} {}", times(count))));
        joined(words.chain(named), ", ")
    };
    declared.into_iter().map(|(from, relations)| (from, row(from, &relations))).collect()
}

/// How a relation reads from the record that declares it to the one whose page it is: `cites it`.
pub fn reading(relation: Relation) -> Text {
    match relation {
        Relation::About => Text::from("about it"),
        Relation::Annex => Text::from("has it as annex"),
        Relation::Participant => Text::from("it took part"),
        Relation::Heard => Text::from("names it"),
        relation => Text::from(format!("{} it", relation.word())),
    }
}

/// What a text does that mentions a record of this kind: only actors, topics and terms have names to find.
pub fn verb(kind: Kind) -> &'static str {
    if matches!(kind, Kind::Actor | Kind::Topic | Kind::Term) { "named" } else { "linked" }
}

fn group(context: Context<'_>, kind: Kind, ways: &BTreeMap<&Id, Row>) -> Vec<Row> {
    let library = context.library;
    if kind == Kind::Briefing {
        let briefings =
            newest(ways.keys().filter(|id| id.kind == kind).filter_map(|id| library.briefings.get(&id.slug)));
        let way = |id| ways.get(id).cloned().unwrap_or_default();
        return briefings.into_iter().map(|it| briefing_with(context, it, way(&*it.id))).collect();
    }
    let mut records: Vec<(&Id, &Row)> =
        ways.iter().filter(|(id, _)| id.kind == kind).map(|(id, way)| (*id, way)).collect();
    records.sort_by_cached_key(|(id, _)| library.name(id).map(|name| fold(name)));
    let row = |(id, way): (&Id, &Row)| {
        let mut row = vec![link(library, id)];
        row.extend(aside(vec![way.clone()]));
        row
    };
    records.into_iter().map(row).collect()
}
