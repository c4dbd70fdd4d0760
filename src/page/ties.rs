//! What ties an actor to others: memberships and relations, read from both ends.

use super::Context;
use super::draft::Row;
use super::row::{aside, backed, link, part, reference, status};
use super::words::{period, words};
use crate::document::{Inline, Role};
use crate::id::{Id, Kind};
use crate::library::Library;
use crate::library::record::{Actor, Membership, RELATIONS, Ref, Relation};
use crate::links::Relation as Way;
use crate::text::{Text, fold};

/// One tie, as it reads from the actor whose page it is.
struct Tie {
    word: Text,
    other: Option<Id>,
    row: Row,
}

impl Tie {
    fn new(word: Text, other: Option<Id>, name: Inline, beside: Row) -> Self {
        let mut row = vec![Inline::role(Role::Label, word.clone()), Inline::text(" "), name];
        row.extend(beside);
        Self { word, other, row }
    }
}

/// The rows of its ties: its own as it declares them, then what others declare.
pub fn ties(context: Context<'_>, it: &Actor) -> Vec<Row> {
    let mut ties = own(context.library, it);
    let declared = ties.len();
    let mut others = from_others(context, it);
    // A tie that both declare, such as a partnership, is one tie.
    others.retain(|tie| {
        let mut known = ties.iter().take(declared);
        !known.any(|own| own.word == tie.word && own.other == tie.other)
    });
    others
        .sort_by_cached_key(|tie| (tie.word.clone(), tie.other.as_ref().map(|id| name(context.library, id))));
    ties.append(&mut others);
    ties.into_iter().map(|tie| tie.row).collect()
}

fn name(library: &Library, id: &Id) -> String {
    library.name(id).map(|name| fold(name)).unwrap_or_default()
}

fn own(library: &Library, it: &Actor) -> Vec<Tie> {
    let to = |word: Text, to: &Ref, beside: Row| {
        Tie::new(word, to.id.as_deref().cloned(), reference(library, to), beside)
    };
    let parent = it.parent.iter().map(|parent| to(Text::from("part of"), parent, Row::new()));
    let memberships = it
        .memberships
        .iter()
        .map(|it| to(Text::from("member of"), &it.organization, membership(library, it)));
    let relations = it.relations.iter().map(|it| to(readings(&it.kind).0, &it.to, relation(library, it)));
    parent.chain(memberships).chain(relations).collect()
}

fn from_others(context: Context<'_>, it: &Actor) -> Vec<Tie> {
    let library = context.library;
    let tying = |way| matches!(way, Way::Parent | Way::Member | Way::Tie(_));
    let mut ties = Vec::new();
    for id in context.citing(&it.id, Kind::Actor, tying) {
        let Some(other) = library.actors.get(&id.slug) else { continue };
        let means = |to: &Ref| to.id.as_deref() == Some(&it.id);
        let mut from =
            |word: Text, beside: Row| ties.push(Tie::new(word, Some(id.clone()), link(library, id), beside));
        if other.parent.as_ref().is_some_and(means) {
            from(Text::from("includes"), Row::new());
        }
        for held in other.memberships.iter().filter(|held| means(&held.organization)) {
            from(Text::from("has as member"), membership(library, held));
        }
        for held in other.relations.iter().filter(|held| means(&held.to)) {
            from(readings(&held.kind).1, relation(library, held));
        }
    }
    ties
}

/// How a type of relation reads from the one who has it, and from the other end.
fn readings(kind: &str) -> (Text, Text) {
    let known = RELATIONS.iter().find(|(word, ..)| *word == kind);
    known.map_or_else(
        || (words(kind), Text::from(format!("{} (from the other side)", words(kind)))),
        |(_, forward, back)| (Text::from(*forward), Text::from(*back)),
    )
}

fn membership(library: &Library, it: &Membership) -> Row {
    let when = period(it.start_date.as_ref(), it.end_date.as_ref()).map(Text::from);
    let mut row = aside(vec![part(it.role.as_ref()), part(when.as_ref())]);
    row.extend(backed(library, &it.sources));
    row
}

fn relation(library: &Library, it: &Relation) -> Row {
    let when = period(it.start_date.as_ref(), it.end_date.as_ref()).map(Text::from);
    let mut row = aside(vec![part(it.role.as_ref()), part(when.as_ref()), status(it.status.as_ref())]);
    row.extend(backed(library, &it.sources));
    row
}
