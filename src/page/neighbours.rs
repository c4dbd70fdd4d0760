//! Who stands near a record: what ties them, as declared, and how often both are named in the same texts.
//!
//! The neighbours make a table on its page; the picture draws the same ones.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::Context;
use super::draft::{Draft, Row};
use super::row::{help, link};
use crate::document::{Align, Inline, Table};
use crate::id::{Id, Kind};
use crate::links::{Link, Relation};
use crate::text::Text;

/// Neighbours that are shown, the nearest: more are a crowd and no picture.
pub const MOST: usize = 24;

/// Of them, those that its page lists.
const LISTED: usize = 12;

/// A record near another.
pub struct Neighbour {
    pub id: Id,
    /// How the record whose page it is reads beside this one: `member of`.
    pub ties: Vec<Text>,
    pub briefings: usize,
    pub passages: usize,
}

/// The nearest neighbours of `id`: a tie counts as much as half the briefings of its closest company.
pub fn neighbours(context: Context<'_>, id: &Id) -> Vec<Neighbour> {
    let mut found: BTreeMap<Arc<Id>, Neighbour> = BTreeMap::new();
    for (other, word) in ties(context, id) {
        let ties = &mut found.entry(Arc::clone(other)).or_insert_with(|| Neighbour::new(other)).ties;
        if !ties.contains(&word) {
            ties.push(word);
        }
    }
    for it in context.links.texts().map(|texts| texts.company(id)).unwrap_or_default() {
        if it.id.kind == Kind::Actor || found.contains_key(&it.id) {
            let neighbour = found.entry(Arc::clone(&it.id)).or_insert_with(|| Neighbour::new(&it.id));
            (neighbour.briefings, neighbour.passages) = (it.briefings, it.passages);
        }
    }
    let closest = found.values().map(|it| it.briefings).max().unwrap_or_default();
    let weight = |it: &Neighbour| 2 * it.briefings + if it.ties.is_empty() { 0 } else { closest + 1 };
    let mut all: Vec<Neighbour> = found.into_values().collect();
    all.sort_by(|a, b| (weight(b), b.passages, &a.id).cmp(&(weight(a), a.passages, &b.id)));
    all.truncate(MOST);
    all
}

impl Neighbour {
    fn new(id: &Id) -> Self {
        Self { id: id.clone(), ties: Vec::new(), briefings: 0, passages: 0 }
    }
}

/// The records that ties are declared with, each with how `id` reads beside it.
fn ties<'a>(context: Context<'a>, id: &Id) -> impl Iterator<Item = (&'a Arc<Id>, Text)> {
    let ties = |link: &&Link| {
        matches!(
            link.relation,
            Relation::Parent
                | Relation::Member
                | Relation::Tie(_)
                | Relation::Stance
                | Relation::Broader
                | Relation::Related
        )
    };
    let own = context.links.from(id).iter().filter(ties).map(|it| (&it.to, it.relation.word()));
    let back = context.links.to(id).filter(ties).map(|it| (&it.from, it.relation.inverse()));
    own.chain(back).map(|(other, word)| (other, Text::from(word)))
}

/// Writes as a table who is named with `id`; those with whom only a tie is declared stand elsewhere on its page.
pub fn section(draft: &mut Draft, context: Context<'_>, id: &Id) {
    let mut neighbours = neighbours(context, id);
    neighbours.retain(|it| it.briefings > 0);
    neighbours.truncate(LISTED);
    if !neighbours.is_empty() {
        draft.headed(2, help("Network: who appears with it"), 0);
        draft.table(table(context, &neighbours));
    }
}

/// The neighbours as a table; a column that nobody fills is left out.
pub fn table(context: Context<'_>, neighbours: &[Neighbour]) -> Table {
    let number =
        |number: usize| if number == 0 { Row::new() } else { vec![Inline::text(number.to_string())] };
    let rows: Vec<Vec<Row>> = neighbours
        .iter()
        .map(|it| {
            let ties: Vec<&str> = it.ties.iter().map(Text::as_str).collect();
            let ties = if ties.is_empty() { Row::new() } else { vec![Inline::text(ties.join(", "))] };
            vec![vec![link(context.library, &it.id)], ties, number(it.briefings), number(it.passages)]
        })
        .collect();
    let columns = [
        ("Neighbour", Align::Left),
        ("Tie", Align::Left),
        ("Briefings", Align::Right),
        ("Passages", Align::Right),
    ];
    super::event::filled(&columns, &rows)
}
