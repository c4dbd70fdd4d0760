//! The briefings on a record: those about it and those that name it in one list, the newest first, with the
//! sentences that name it. A briefing stands once, however it refers to the record.

use std::collections::{BTreeMap, BTreeSet};

use rayon::prelude::*;

use super::Context;
use super::draft::{Draft, Row};
use super::extract::{Extract, extracts};
use super::linked::{reading, verb};
use super::row::{aid, briefing_with, joined, newest, quiet};
use super::words::{capital, count, times};
use crate::document::{Inline, Role};
use crate::id::{Id, Kind};
use crate::library::record::Briefing;
use crate::links::Relation;
use crate::links::texts::{Reading, Spot};

/// How much a page shows of what names its record.
#[derive(Clone, Copy)]
pub struct Extent {
    /// Of so many briefings, the newest.
    briefings: usize,
    /// Sentences of about so many letters.
    letters: usize,
}

/// On the page of who is asked about: every mention, but of one named in thousands of briefings the newest.
pub const WHOLE: Extent = Extent { briefings: 200, letters: 240 };
/// On pages that are about something else first.
pub const SHORT: Extent = Extent { briefings: 20, letters: 140 };

/// Writes the section of the briefings on `id`.
pub fn section(draft: &mut Draft, context: Context<'_>, id: &Id, title: &str, extent: Extent) {
    let declared = declared(context, id);
    let all = all(context, id, &declared);
    if all.is_empty() && context.links.texts().is_some() {
        return;
    }
    draft.counted(2, title, all.len());
    draft.paragraph(summary(context, id, &declared));
    let shown = all.get(..extent.briefings.min(all.len())).unwrap_or_default();
    let mut rows: Vec<(Row, Vec<Row>)> = shown
        .par_iter()
        .map(|it| {
            let marks = marks(id.kind, declared.get(&*it.id).map(Vec::as_slice).unwrap_or_default());
            let sentences = sentences(context, it, id, extent.letters);
            (briefing_with(context, it, marks), sentences.iter().map(|sentence| sentence.row(it)).collect())
        })
        .collect();
    if all.len() > shown.len() {
        rows.push((rest(id, all.len() - shown.len()), Vec::new()));
    }
    draft.nested(rows);
}

/// The briefings that refer to `id` themselves, and how.
fn declared<'a>(context: Context<'a>, id: &Id) -> BTreeMap<&'a Id, Vec<Relation>> {
    let mut declared: BTreeMap<&Id, Vec<Relation>> = BTreeMap::new();
    for link in context.links.to(id).filter(|it| it.from.kind == Kind::Briefing) {
        declared.entry(&link.from).or_default().push(link.relation);
    }
    declared
}

/// Every briefing that refers to `id` or names it, the newest first.
fn all<'a>(context: Context<'a>, id: &Id, declared: &BTreeMap<&Id, Vec<Relation>>) -> Vec<&'a Briefing> {
    let named = context.links.naming(id);
    let ids: BTreeSet<&Id> = named.map(|id| &**id).chain(declared.keys().copied()).collect();
    newest(ids.into_iter().filter_map(|id| context.library.briefings.get(&id.slug)))
}

/// How often it is named, or that this is not known yet.
fn summary(context: Context<'_>, id: &Id, declared: &BTreeMap<&Id, Vec<Relation>>) -> Row {
    let Some(texts) = context.links.texts() else {
        return vec![quiet("Mentions are still being gathered.")];
    };
    let briefings = texts.briefings(id);
    let mentions: usize = briefings.clone().map(|it| texts.spots(it, id).count()).sum();
    let about = declared.values().filter(|it| it.contains(&Relation::About)).count();
    let about = (about > 0).then(|| format!("About it: {}.", count(about, "briefing")));
    let verb = capital(verb(id.kind));
    let named = (mentions > 0)
        .then(|| format!("{verb} {} in {}.", times(mentions), count(briefings.len(), "briefing")));
    aid(joined(about.into_iter().chain(named).map(quiet), " "))
}

/// How a briefing refers to the record, where that is not what its kind is for.
fn marks(kind: Kind, relations: &[Relation]) -> Row {
    let usual = match kind {
        Kind::Claim => Some(Relation::Uses),
        Kind::Event => Some(Relation::Covers),
        _ => None,
    };
    if usual.is_some() && relations.is_empty() {
        return vec![quiet("only mentions it")];
    }
    let word = |relation: &Relation| match relation {
        Relation::About => Inline::role(Role::Status, "about it"),
        Relation::Author => quiet("author"),
        Relation::Reader => quiet("addressee"),
        relation => quiet(reading(*relation)),
    };
    joined(relations.iter().filter(|it| Some(**it) != usual).map(word), ", ")
}

/// The sentences of one briefing that name `id`.
pub fn sentences(context: Context<'_>, briefing: &Briefing, id: &Id, letters: usize) -> Vec<Extract> {
    let Some(texts) = context.links.texts() else { return Vec::new() };
    let spots: Vec<Spot<'_>> = texts.spots(&briefing.id, id).collect();
    if spots.is_empty() {
        return Vec::new();
    }
    extracts(&Reading::new(context.library, briefing), briefing, &spots, letters)
}

/// That there are more, and how to see them.
fn rest(id: &Id, more: usize) -> Row {
    vec![
        Inline::text(format!("and {} more", count(more, "briefing"))),
        Inline::Role(
            Role::Aid,
            vec![
                Inline::text("; "),
                Inline::Code(format!("dossier links {id}").into()),
                Inline::text(" lists them all"),
            ],
        ),
    ]
}
