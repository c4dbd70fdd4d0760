//! What records are called: folded id, name, title, alias, hidden name, notation, file stem -> the records.

use std::collections::BTreeMap;

use rayon::prelude::*;

use super::{Library, paths};
use crate::id::Id;
use crate::text::{Text, fold};

/// Collects the names of every record, and `aliases` that files give themselves.
pub fn collect(library: &mut Library, aliases: &[(Text, Id)]) {
    let mut names: Vec<(&str, &Id)> = Vec::new();
    for it in library.briefings.values() {
        names.extend([it.id.slug.as_str(), &it.title, paths::stem(&it.file)].map(|name| (name, &it.id)));
    }
    for it in library.actors.values() {
        names.extend([it.id.slug.as_str(), &it.name].map(|name| (name, &it.id)));
        let more = it.aliases.iter().chain(&it.hidden_names).chain(&it.weak_aliases);
        names.extend(more.map(|name| (name.as_str(), &it.id)));
    }
    for it in library.topics.values() {
        names.extend([it.id.slug.as_str(), &it.name].map(|name| (name, &it.id)));
        let more = it.aliases.iter().chain(&it.hidden_names).chain(&it.notation);
        names.extend(more.map(|name| (name.as_str(), &it.id)));
    }
    for it in library.terms.values() {
        names.extend([it.id.slug.as_str(), &it.term].map(|name| (name, &it.id)));
        names.extend(it.aliases.iter().chain(&it.expansion).map(|name| (name.as_str(), &it.id)));
    }
    names.extend(library.claims.values().map(|it| (it.id.slug.as_str(), &it.id)));
    names.extend(library.events.values().flat_map(|it| [(it.id.slug.as_str(), &it.id), (&it.name, &it.id)]));
    names
        .extend(library.sources.values().flat_map(|it| [(it.id.slug.as_str(), &it.id), (&it.title, &it.id)]));
    names
        .extend(library.packets.values().flat_map(|it| [(it.id.slug.as_str(), &it.id), (&it.title, &it.id)]));
    names.extend(aliases.iter().map(|(alias, id)| (alias.as_str(), id)));

    let mut folded: Vec<(String, Id)> =
        names.into_par_iter().map(|(name, id)| (fold(name.trim()), id.clone())).collect();
    folded.par_sort_unstable();
    folded.dedup();
    let mut all: BTreeMap<String, Vec<Id>> = BTreeMap::new();
    for (name, id) in folded.into_iter().filter(|(name, _)| !name.is_empty()) {
        all.entry(name).or_default().push(id);
    }
    library.names = all;
}
