//! Claims that are said to be firmer than what stands behind them.

use std::collections::{BTreeMap, BTreeSet};

use crate::id::Id;
use crate::library::Library;
use crate::library::problem::Problem;
use crate::library::record::{Claim, Source};

/// How far `based_on` is followed; a longer chain is a circle.
const FAR: usize = 64;

pub fn check(library: &Library) -> Vec<Problem> {
    library.claims.values().filter_map(|claim| thin(claim, &library.sources)).collect()
}

/// A claim marked confirmed that rests on one source, or on sources with one origin.
fn thin(claim: &Claim, sources: &BTreeMap<String, Source>) -> Option<Problem> {
    if claim.status.as_deref() != Some("confirmed") {
        return None;
    }
    let supporting = claim.evidence.iter().filter(|it| it.stance.as_str() == "supports");
    let named: BTreeSet<&Id> = supporting.filter_map(|it| it.source.id.as_deref()).collect();
    let origins: BTreeSet<&Id> = named.iter().flat_map(|id| origins(id, sources)).collect();
    let trouble = match (named.len(), origins.len()) {
        (0, _) => "no source supports it",
        (1, _) => "only one source supports it",
        (_, 1) => "all sources that support it go back to one",
        _ => return None,
    };
    let message = format!("{} is marked confirmed, but {trouble}", claim.id);
    let help = "add an independent source as `evidence` with `stance: supports`, or write `status: reported`";
    Some(Problem::warning(claim.place.clone(), message).help(help))
}

/// The sources at the end of every chain of `based_on` from `id`.
fn origins<'a>(id: &'a Id, sources: &'a BTreeMap<String, Source>) -> BTreeSet<&'a Id> {
    let (mut origins, mut seen, mut waiting) = (BTreeSet::new(), BTreeSet::new(), vec![(id, 0)]);
    while let Some((id, depth)) = waiting.pop() {
        if depth > FAR || !seen.insert(id) {
            continue;
        }
        let older = sources.get(&id.slug).map(|it| it.based_on.as_slice()).unwrap_or_default();
        let older: Vec<&Id> = older.iter().filter_map(|it| it.id.as_deref()).collect();
        if older.is_empty() {
            origins.insert(id);
        }
        waiting.extend(older.into_iter().map(|id| (id, depth + 1)));
    }
    origins
}
