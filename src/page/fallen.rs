//! Withdrawn sources, and the warning on all that rests on one.
//!
//! A claim rests on its evidence, an event on who tells it, a briefing on what it cites and on its claims.

use std::collections::HashSet;

use super::briefing::claims;
use super::draft::{Draft, Row};
use super::row::link;
use crate::document::{Inline, Role};
use crate::id::Id;
use crate::library::Library;
use crate::library::record::{Briefing, Claim, Event, Ref, Source};

/// The sources among `written` that are withdrawn, each once.
pub fn withdrawn<'a>(library: &'a Library, written: impl IntoIterator<Item = &'a Ref>) -> Vec<&'a Source> {
    let found = written.into_iter().filter_map(|it| library.sources.get(&it.id.as_ref()?.slug));
    let mut known = HashSet::new();
    found.filter(|it| it.status.as_deref() == Some("withdrawn") && known.insert(&it.id)).collect()
}

pub fn of_claim<'a>(library: &'a Library, it: &'a Claim) -> Vec<&'a Source> {
    let changes = it.status_history.iter().flat_map(|it| &it.sources);
    withdrawn(library, it.evidence.iter().map(|it| &it.source).chain(changes))
}

pub fn of_event<'a>(library: &'a Library, it: &'a Event) -> Vec<&'a Source> {
    withdrawn(library, it.sources.iter().chain(it.accounts.iter().filter_map(|it| it.source.as_ref())))
}

/// That something rests on each of `sources`.
pub fn warn(draft: &mut Draft, sources: &[&Source]) {
    for source in sources {
        draft.warning(vec![
            Inline::text("WITHDRAWN SOURCE: it rests on “"),
            Inline::page(source.id.clone(), source.title.clone()),
            Inline::text("”"),
        ]);
    }
}

/// The warnings on a briefing: sources that it cites, and claims that rest on others.
pub fn warn_briefing(draft: &mut Draft, library: &Library, it: &Briefing) {
    let own = withdrawn(library, &it.sources);
    warn(draft, &own);
    let own: HashSet<&Id> = own.iter().map(|it| &it.id).collect();
    let claims = claims(it).into_iter().filter_map(|it| library.claims.get(&it.id.as_ref()?.slug));
    for claim in claims {
        let more = of_claim(library, claim);
        for source in more.iter().filter(|source| !own.contains(&source.id)) {
            draft.warning(vec![
                Inline::text("WITHDRAWN SOURCE: the claim “"),
                link(library, &claim.id),
                Inline::text("” rests on “"),
                Inline::page(source.id.clone(), source.title.clone()),
                Inline::text("”"),
            ]);
        }
    }
}

/// The mark on a claim in a list.
pub fn mark(library: &Library, it: &Claim) -> Row {
    let fallen = !of_claim(library, it).is_empty();
    fallen.then(|| Inline::role(Role::Warning, "withdrawn source")).into_iter().collect()
}
