//! What records are called: folded id, name, title, alias, hidden name, notation, file stem -> the records.
//!
//! All names stand one after the other in one string, so that each costs its letters and a few bytes.

use std::collections::HashMap;
use std::sync::{Arc, OnceLock};

use super::crowd::{Crowd, FEW};
use super::record::Briefing;
use super::{Library, cores, paths};
use crate::id::{Id, Kind};
use crate::text::{Text, fold};

/// Folded names in order, and the records that each is a name of.
#[derive(Debug, Default)]
pub struct Names {
    letters: String,
    spans: Vec<Span>,
    ids: Vec<Arc<Id>>,
    /// The names of many records, by their place in `spans`; made when a link first asks.
    crowds: HashMap<usize, OnceLock<Crowd>>,
    /// Every record, in order.
    all: Vec<Arc<Id>>,
}

/// Where a name's letters begin and where its records do; both end where those of the next begin.
#[derive(Clone, Copy, Debug)]
struct Span {
    letters: usize,
    ids: usize,
}

impl Names {
    /// The records of that name, which must be folded.
    pub fn get(&self, name: &str) -> Option<&[Arc<Id>]> {
        self.records(self.find(name)?)
    }

    /// The records of that name, which must be folded, where they are too many to look at one by one.
    pub fn crowd(&self, name: &str, make: impl FnOnce(&[Arc<Id>]) -> Crowd) -> Option<&Crowd> {
        let at = self.find(name)?;
        Some(self.crowds.get(&at)?.get_or_init(|| make(self.records(at).unwrap_or_default())))
    }

    fn find(&self, name: &str) -> Option<usize> {
        let (mut from, mut to) = (0, self.spans.len());
        while from < to {
            let middle = usize::midpoint(from, to);
            if self.letters_of(middle) < name {
                from = middle + 1;
            } else {
                to = middle;
            }
        }
        Some(from).filter(|at| *at < self.spans.len() && self.letters_of(*at) == name)
    }

    fn records(&self, at: usize) -> Option<&[Arc<Id>]> {
        let first = self.spans.get(at)?.ids;
        let end = self.spans.get(at + 1).map_or(self.ids.len(), |next| next.ids);
        self.ids.get(first..end)
    }

    /// The record of that kind and slug, if there is one.
    pub fn id(&self, kind: Kind, slug: &str) -> Option<&Arc<Id>> {
        let at = self.all.binary_search_by(|id| id.kind.cmp(&kind).then_with(|| id.slug.as_str().cmp(slug)));
        at.ok().and_then(|at| self.all.get(at))
    }

    /// `id` as it is held here, so that it need not be held twice.
    pub fn own(&self, id: &Id) -> Arc<Id> {
        self.id(id.kind, &id.slug).map_or_else(|| Arc::new(id.clone()), Arc::clone)
    }

    /// The slugs of all records of a kind, in order.
    pub fn slugs(&self, kind: Kind) -> impl Iterator<Item = &str> {
        let from = self.all.partition_point(|id| id.kind < kind);
        let rest = self.all.get(from..).unwrap_or_default().iter();
        rest.take_while(move |id| id.kind == kind).map(|id| id.slug.as_str())
    }

    /// Every record, in order.
    pub fn all(&self) -> &[Arc<Id>] {
        &self.all
    }

    /// All names, in order.
    pub fn keys(&self) -> impl Iterator<Item = &str> {
        (0..self.spans.len()).map(|at| self.letters_of(at))
    }

    fn letters_of(&self, at: usize) -> &str {
        let start = self.spans.get(at).map_or(0, |name| name.letters);
        let end = self.spans.get(at + 1).map_or(self.letters.len(), |next| next.letters);
        self.letters.get(start..end).unwrap_or_default()
    }
}

/// The records of a library in the order of their ids, and what each is called.
#[derive(Default)]
struct Called<'a> {
    ids: Vec<Arc<Id>>,
    names: Vec<(&'a str, usize)>,
}

impl<'a> Called<'a> {
    /// Ids must come in their order.
    fn add(&mut self, id: &'a Id, names: impl IntoIterator<Item = &'a str>) {
        self.share(id, Arc::new(id.clone()), names);
    }

    /// The same of an id that is shared already.
    fn share(&mut self, id: &'a Id, shared: Arc<Id>, names: impl IntoIterator<Item = &'a str>) {
        let rank = self.ids.len();
        self.ids.push(shared);
        self.names.push((id.slug.as_str(), rank));
        self.names.extend(names.into_iter().map(|name| (name, rank)));
    }
}

/// The names of `briefings`, which are in the order of slugs, of every other record, and those that files give
/// themselves, each with the slug of its briefing.
pub fn collect(briefings: &[&Briefing], library: &Library, aliases: &[(Text, String)]) -> Names {
    let mut called = Called::default();
    for it in briefings {
        called.share(&it.id, Arc::clone(&it.id), [it.title.as_str(), paths::stem(&it.file)]);
    }
    for (alias, slug) in aliases {
        let rank = called.ids.binary_search_by(|id| id.slug.cmp(slug));
        called.names.extend(rank.ok().map(|rank| (alias.as_str(), rank)));
    }
    for it in library.actors.values() {
        let more = it.aliases.iter().chain(&it.hidden_names).chain(&it.weak_aliases);
        called.add(&it.id, std::iter::once(&it.name).chain(more).map(Text::as_str));
    }
    for it in library.topics.values() {
        let more = it.aliases.iter().chain(&it.hidden_names).chain(&it.notation);
        called.add(&it.id, std::iter::once(&it.name).chain(more).map(Text::as_str));
    }
    library.claims.values().for_each(|it| called.add(&it.id, []));
    library.events.values().for_each(|it| called.add(&it.id, [it.name.as_str()]));
    library.sources.values().for_each(|it| called.add(&it.id, [it.title.as_str()]));
    for it in library.terms.values() {
        let more = it.aliases.iter().chain(&it.expansion);
        called.add(&it.id, std::iter::once(&it.term).chain(more).map(Text::as_str));
    }
    library.packets.values().for_each(|it| called.add(&it.id, [it.title.as_str()]));
    names(called)
}

fn names(called: Called<'_>) -> Names {
    let mut folded = cores::each(called.names, |(name, rank)| (fold(name.trim()), rank));
    cores::sort(&mut folded);
    folded.dedup();
    let mut names = Names::default();
    let mut last = String::new();
    for (name, rank) in folded.into_iter().filter(|(name, _)| !name.is_empty()) {
        let Some(id) = called.ids.get(rank) else { continue };
        if last != name {
            names.spans.push(Span { letters: names.letters.len(), ids: names.ids.len() });
            names.letters.push_str(&name);
            last = name;
        }
        names.ids.push(Arc::clone(id));
    }
    names.letters.shrink_to_fit();
    let many = |at: &usize| names.records(*at).is_some_and(|ids| ids.len() > FEW);
    names.crowds = (0..names.spans.len()).filter(many).map(|at| (at, OnceLock::new())).collect();
    Names { all: called.ids, ..names }
}
