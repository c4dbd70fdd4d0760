//! What each briefing is called: as written, else by its file's name, else by its path.
//!
//! Settled for all at once, since two must not be called the same.

use std::borrow::Cow;
use std::collections::HashMap;

use super::convert::briefing::Draft;
use super::convert::{is_slug, made_of};
use super::problem::Problem;
use super::{cores, paths};
use crate::text::{Text, slug};

/// The id of each draft that is a page: as written, else the stem, else the path where two stems are the same.
pub fn settle(drafts: &[Draft], problems: &mut Vec<Problem>) -> Vec<Option<String>> {
    let mut ids: Vec<Option<String>> = vec![None; drafts.len()];
    // The number of the draft that has each id.
    let mut taken: HashMap<Cow<'_, str>, usize> = HashMap::with_capacity(drafts.len());
    for (at, (draft, id)) in drafts.iter().zip(&mut ids).enumerate().filter(|(_, (draft, _))| draft.is_page())
    {
        let Some(written) = draft.written() else { continue };
        if let Some(first) = taken.get(written).and_then(|first| drafts.get(*first)) {
            let message = format!("the id `{}` is taken, at {}", Text::line(written), first.briefing.place);
            let problem = Problem::error(draft.briefing.place.clone(), message);
            problems.push(problem.help("write another `id`"));
        } else {
            taken.insert(written.into(), at);
            *id = Some(written.to_owned());
        }
    }
    let open =
        |at: &usize| drafts.get(*at).is_some_and(Draft::is_page) && ids.get(*at).is_some_and(Option::is_none);
    let open: Vec<usize> = (0..drafts.len()).filter(open).collect();
    let file = |at: usize| drafts.get(at).map_or("", |draft| draft.briefing.file.as_str());
    let stems = cores::each(open.clone(), |at| as_slug(paths::stem(file(at))));
    let mut count: HashMap<&str, usize> = HashMap::new();
    for stem in &stems {
        *count.entry(stem).or_default() += 1;
    }
    let mut again: HashMap<String, usize> = HashMap::new();
    for (at, stem) in open.into_iter().zip(&stems) {
        let alone = count.get(stem.as_str()) == Some(&1) && !taken.contains_key(stem.as_str());
        let id = if alone { stem.clone() } else { path_slug(file(at)) };
        // Counted on from the last number, so that a thousand files of one name take no longer than they must.
        let count: &mut usize = again.entry(id.clone()).or_default();
        let mut free = id.clone();
        while taken.contains_key(free.as_str()) {
            *count += 1;
            free = format!("{id}-{}", *count + 1);
        }
        taken.insert(free.clone().into(), at);
        if let Some(id) = ids.get_mut(at) {
            *id = Some(free);
        }
    }
    ids
}

fn as_slug(name: &str) -> String {
    match name {
        "" => "standard-input".to_owned(),
        _ if is_slug(name) => name.to_owned(),
        _ => Some(slug(name)).filter(|slug| !slug.is_empty()).unwrap_or_else(|| made_of(name)),
    }
}

fn path_slug(path: &str) -> String {
    let folder = paths::folder(path);
    let parts = folder.split('/').filter(|part| !part.is_empty()).map(as_slug);
    parts.chain([as_slug(paths::stem(path))]).collect::<Vec<_>>().join("/")
}
