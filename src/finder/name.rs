//! What can be gone to and by which names: titles, aliases, acronyms, misspellings, ids.

use std::collections::HashSet;

use crate::id::{Id, Kind};
use crate::library::Library;
use crate::text::{Text, fold, slug};

/// One name of a record, as shown and as compared: there are many, so nothing is held that is held elsewhere.
pub struct Name {
    pub sort: Sort,
    /// None for the id, which the record has.
    shown: Option<Text>,
    /// None where it is compared as it is shown.
    key: Option<Box<str>>,
    /// See [`letters`].
    pub letters: u64,
}

/// What a name is to its record, the most telling first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Sort {
    Title,
    Other,
    Id,
}

impl Name {
    /// A name of the record `id`, or its id where nothing is `shown`.
    pub fn new(id: &Id, sort: Sort, shown: Option<Text>) -> Self {
        let key = shown.as_deref().map_or_else(|| fold(&Text::line(&id.slug)), fold);
        let letters = letters(&key);
        let other = key != *shown.as_deref().unwrap_or(&id.slug);
        Self { sort, shown, key: other.then(|| key.into_boxed_str()), letters }
    }

    /// As it is shown; `id` is the record's.
    pub fn shown(&self, id: &Id) -> Text {
        self.shown.clone().unwrap_or_else(|| Text::line(&id.slug))
    }

    /// As it is compared.
    pub fn key<'a>(&'a self, id: &'a Id) -> &'a str {
        self.key.as_deref().or(self.shown.as_deref()).unwrap_or(&id.slug)
    }
}

/// A bit for each letter and digit, the others sharing what is left: what a name must have to match at all.
pub fn letters(key: &str) -> u64 {
    key.chars().filter(|c| !c.is_whitespace()).fold(0, |bits, c| {
        let bit = match c {
            'a'..='z' => u32::from(c) - u32::from('a'),
            '0'..='9' => 26 + u32::from(c) - u32::from('0'),
            _ => 36 + u32::from(c) % 28,
        };
        bits | 1 << bit
    })
}

/// A name as the library gives it; no text for the id.
type Given = (Sort, Option<Text>);

/// Tells `take` of every page with its names: title first, then the others, without repetition.
pub fn each(library: &Library, take: &mut dyn FnMut(&Id, Vec<Given>)) {
    for kind in Kind::ALL.into_iter().filter(|kind| !kind.has_slug()) {
        take(&Id::page(kind), vec![(Sort::Title, Some(Text::from(kind.title())))]);
    }
    let mut add = |id: &Id, names: Vec<&Text>| take(id, distinct(id, &names));
    for it in library.actors.values() {
        let others = it.aliases.iter().chain(&it.weak_aliases).chain(&it.hidden_names);
        add(&it.id, std::iter::once(&it.name).chain(others).collect());
    }
    for it in library.topics.values() {
        let others = it.notation.iter().chain(&it.aliases).chain(&it.hidden_names);
        add(&it.id, std::iter::once(&it.name).chain(others).collect());
    }
    library.briefings.values().for_each(|it| add(&it.id, vec![&it.title]));
    library.packets.values().for_each(|it| add(&it.id, vec![&it.title]));
    library.events.values().for_each(|it| add(&it.id, vec![&it.name]));
    library.claims.values().for_each(|it| add(&it.id, vec![&it.text]));
    for it in library.terms.values() {
        add(&it.id, std::iter::once(&it.term).chain(&it.expansion).chain(&it.aliases).collect());
    }
    library.sources.values().for_each(|it| add(&it.id, vec![&it.title]));
    for it in library.folders.values().filter(|it| !it.path.is_empty()) {
        add(&Id::new(Kind::Folder, it.path.clone()), vec![&it.title]);
    }
}

/// `names` once each, and the id if no name says the same.
fn distinct(id: &Id, names: &[&Text]) -> Vec<Given> {
    let mut distinct: Vec<Given> = Vec::with_capacity(names.len() + 1);
    // a record may have hundreds of thousands of names
    let mut known = HashSet::with_capacity(names.len());
    for name in names {
        if known.insert(name.as_str()) {
            let sort = if distinct.is_empty() { Sort::Title } else { Sort::Other };
            distinct.push((sort, Some((*name).clone())));
        }
    }
    if names.iter().all(|name| slug(name) != id.slug) {
        distinct.push((Sort::Id, None));
    }
    distinct
}
