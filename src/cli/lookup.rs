//! From what was typed to the page it means: an address, a name, a path; or why there is none.

use std::str::FromStr;

use crate::cli::Stop;
use crate::id::{Address, Id, Kind};
use crate::library::{Found, Library};
use crate::text::Text;

/// The page that `typed` means. A `#heading` after it is kept.
pub fn find(library: &Library, typed: &str) -> Result<Address, Stop> {
    let (word, heading) = match typed.split_once('#') {
        Some((word, heading)) => (word, Some(heading.to_owned())),
        None => (typed, None),
    };
    let at = |id: Id| Address { id, heading: heading.clone() };
    if let Ok(id) = Id::from_str(word)
        && library.holds(&id)
    {
        return Ok(at(id));
    }
    match library.find(word) {
        Found::One(id) => Ok(at(id)),
        Found::Many(ids) => Err(Stop::missing(choose(library, word, &ids))),
        Found::Nothing { nearest } => match by_path(library, word) {
            Some(id) => Ok(at(id)),
            None => Err(Stop::missing(missing(library, word, nearest.as_deref()))),
        },
    }
}

/// The briefing whose file is at `path` from the library's root.
fn by_path(library: &Library, path: &str) -> Option<Id> {
    let path = path.strip_prefix("./").unwrap_or(path);
    library.briefings.values().find(|it| it.file == path).map(|it| it.id.clone())
}

/// What to say where one word names several pages.
fn choose(library: &Library, word: &str, ids: &[Id]) -> Text {
    let name = |id| library.name(id).map(Text::as_str).unwrap_or_default();
    let lines: Vec<String> = ids.iter().map(|id| format!("\n  {id}  {}", name(id))).collect();
    Text::new(&format!("{word}: {} pages have this name; choose one{}", ids.len(), lines.concat()))
}

/// What to say where nothing has the name, with what is nearest to it.
fn missing(library: &Library, word: &str, nearest: Option<&str>) -> Text {
    // The kind of an address is right more often than the slug.
    let slug = Id::from_str(word).ok().map(|id| id.slug);
    let near = slug.and_then(|slug| near_slug(library, &slug)).or_else(|| near_name(library, nearest?));
    Text::line(&match near {
        Some(id) => format!("{word}: no such page; did you mean {id}?"),
        None => format!("{word}: no such page; `dossier list` shows what there is"),
    })
}

fn near_slug(library: &Library, slug: &str) -> Option<Id> {
    match library.find(slug) {
        Found::One(id) => Some(id),
        Found::Many(ids) => ids.into_iter().next(),
        Found::Nothing { nearest } => near_name(library, &nearest?),
    }
}

fn near_name(library: &Library, name: &str) -> Option<Id> {
    match library.find(name) {
        Found::One(id) => Some(id),
        Found::Many(ids) => ids.into_iter().next(),
        Found::Nothing { .. } => None,
    }
}

/// The page a library opens at: the only text of a single file, else the first page.
pub fn opening(library: &Library) -> Id {
    let mut briefings = library.briefings.values();
    match (briefings.next(), briefings.next()) {
        (Some(only), None) if library.root.is_single() => only.id.clone(),
        _ => Id::page(Kind::Home),
    }
}
