//! Who and what is in a briefing: what it says it is about, and what its text names, with how often.
//!
//! From the same come the briefings to see also: those that share what few others have.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::Context;
use super::body::Names;
use super::draft::{Draft, Row};
use super::field::Fields;
use super::row::{briefing, help, joined, link, newest, quiet, reference};
use crate::document::{Inline, Named, Target};
use crate::id::{Id, Kind};
use crate::library::Library;
use crate::library::record::{Briefing, Ref};
use crate::links::Relation;

/// Briefings to see also.
const ALSO: usize = 5;
/// Shared names that are told as the reason.
const REASONS: usize = 3;
/// What more briefings have than these is nothing rare, in however large a library.
const RARE: usize = 200;
/// The score of a name that only two briefings share is half of this.
const WHOLE: usize = 10_000;

/// What a briefing has in it.
pub struct Within<'a> {
    names: &'a Names,
    counts: HashMap<&'a Id, usize>,
    /// What it says it is about.
    about: BTreeSet<&'a Id>,
}

impl<'a> Within<'a> {
    pub fn new(it: &'a Briefing, names: &'a Names) -> Self {
        let about = it.actors.iter().chain(&it.topics).filter_map(|it| it.id.as_deref());
        let counts = names.records.iter().map(|(id, count)| (id, *count)).collect();
        Self { names, counts, about: about.collect() }
    }

    /// What it names without being about it, the most often named first.
    pub fn mentioned(&self, kind: Kind) -> Vec<&'a Id> {
        let named = self.names.records.iter().filter(|(id, _)| id.kind == kind && !self.about.contains(id));
        let mut named: Vec<_> = named.collect();
        named.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
        named.into_iter().map(|(id, _)| id).collect()
    }

    /// A record with how often it is named.
    pub fn row(&self, library: &Library, id: &Id) -> Row {
        let mut row = vec![link(library, id)];
        row.extend(self.times(id));
        row
    }

    /// One of those it is about, with how often it is named.
    pub fn about(&self, library: &Library, written: &Ref) -> Row {
        let mut row = vec![reference(library, written)];
        row.extend(written.id.as_ref().and_then(|id| self.times(id)));
        row
    }

    fn times(&self, id: &Id) -> Option<Inline> {
        self.counts.get(id).and_then(|count| repeated(*count))
    }

    /// Writes what it is about, and what else it mentions.
    pub fn write(&self, draft: &mut Draft, library: &Library, it: &Briefing) {
        let about = |refs: &[Ref]| listed(refs.iter().map(|it| self.about(library, it)));
        let fields =
            Fields::default().row("Actors", about(&it.actors)).row("Topics", about(&it.topics)).done();
        if !fields.is_empty() {
            draft.heading(2, "What it is about");
            draft.fields(fields);
        }
        let named = |kind| listed(self.mentioned(kind).into_iter().map(|id| self.row(library, id)));
        let fields = Fields::default()
            .row("Actors", named(Kind::Actor))
            .row("Topics", named(Kind::Topic))
            .row("Terms", named(Kind::Term))
            .row("Shared names", listed(self.names.shared.iter().map(shared)))
            .done();
        if !fields.is_empty() {
            draft.headed(2, help("Mentioned here"), 0);
            draft.fields(fields);
        }
    }

    /// The briefings that share with `it` what is rare, and what that is.
    pub fn see_also(&self, context: Context<'_>, it: &Briefing) -> Vec<Row> {
        let mut shared: BTreeMap<&Id, Vec<(usize, &Id)>> = BTreeMap::new();
        for subject in self.subjects() {
            let others = holders(context, subject);
            let score = WHOLE / others.len().max(1);
            if others.len() > RARE || others.len() * 3 > context.library.briefings.len() {
                continue;
            }
            for other in others {
                shared.entry(other).or_default().push((score, subject));
            }
        }
        let near = relatives(context, &it.id);
        let fresh = |id: &Id| {
            context.library.briefings.get(&id.slug).filter(|it| it.past().is_none() && !near.contains(id))
        };
        let mut found: Vec<_> = newest(shared.keys().filter_map(|id| fresh(id)))
            .into_iter()
            .filter_map(|other| shared.get(&*other.id).map(|reasons| (other, reasons)))
            .collect();
        found.sort_by_key(|(_, reasons)| {
            std::cmp::Reverse(reasons.iter().map(|(score, _)| score).sum::<usize>())
        });
        found.into_iter().take(ALSO).map(|(other, reasons)| also(context, other, reasons)).collect()
    }

    /// Whether there is anything that other briefings may share with it.
    pub fn has_subjects(&self) -> bool {
        !self.subjects().is_empty()
    }

    /// The actors and topics it is about or names.
    fn subjects(&self) -> BTreeSet<&'a Id> {
        let named = self
            .names
            .records
            .iter()
            .map(|(id, _)| id)
            .filter(|id| matches!(id.kind, Kind::Actor | Kind::Topic));
        named.chain(self.about.iter().copied()).collect()
    }
}

/// A name that several records share, which asks whom it means.
fn shared((named, count): &(Named, usize)) -> Row {
    let target = Target::Named(named.clone());
    let mut row = vec![Inline::link(target, vec![Inline::text(named.name.clone())])];
    row.extend(repeated(*count));
    row
}

fn repeated(count: usize) -> Option<Inline> {
    (count > 1).then(|| help(format!("\u{a0}×{count}")))
}

/// Inlines of several rows with commas between.
fn listed(rows: impl Iterator<Item = Row>) -> Row {
    let mut all = Row::new();
    for row in rows {
        all.extend((!all.is_empty()).then(|| Inline::text(", ")));
        all.extend(row);
    }
    all
}

/// The briefings that are about `subject` or name it.
fn holders<'a>(context: Context<'a>, subject: &Id) -> BTreeSet<&'a Id> {
    let named = context.links.naming(subject);
    let about = context.citing(subject, Kind::Briefing, |relation| relation == Relation::About);
    named.map(|id| &**id).chain(about).collect()
}

/// The briefing itself, its versions and its annexes: these stand elsewhere on its page.
fn relatives<'a>(context: Context<'a>, id: &'a Id) -> BTreeSet<&'a Id> {
    let kin = |relation| matches!(relation, Relation::Supersedes | Relation::Annex);
    let from = context.links.from(id).iter().filter(|it| kin(it.relation)).map(|it| &*it.to);
    let to = context.links.to(id).filter(|it| kin(it.relation)).map(|it| &*it.from);
    from.chain(to).chain([id]).collect()
}

fn also(context: Context<'_>, other: &Briefing, reasons: &[(usize, &Id)]) -> Row {
    let mut reasons: Vec<_> = reasons.iter().collect();
    reasons.sort_by(|a, b| (b.0, a.1).cmp(&(a.0, b.1)));
    let names = reasons.iter().take(REASONS).filter_map(|(_, id)| context.library.name(id));
    let mut row = briefing(context, other);
    row.push(quiet(": shares "));
    row.extend(joined(names.map(|name| quiet(name.clone())), ", "));
    let more = reasons.len().saturating_sub(REASONS);
    row.extend((more > 0).then(|| quiet(format!(" and {more} more"))));
    row
}
