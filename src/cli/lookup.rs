//! From what was typed to the page it means: an address, a name, a path; or why there is none.

use std::str::FromStr;

use crate::cli::Stop;
use crate::cli::rows::KINDS;
use crate::id::{Address, Id, Kind};
use crate::library::{Found, Library};
use crate::text::{Text, nearest};

/// The page that `typed` means. What follows a `#` is the heading, unless the `#` is part of a name.
pub fn find(library: &Library, typed: &str) -> Result<Address, Stop> {
    if let Ok(id @ Id { kind: Kind::Search, .. }) = typed.parse() {
        return Ok(id.into());
    }
    match typed.rsplit_once('#') {
        Some((word, heading)) if !known(library, typed) => {
            Ok(Address { heading: Some(heading.to_owned()), ..page(library, word)?.into() })
        }
        _ => Ok(page(library, typed)?.into()),
    }
}

fn known(library: &Library, word: &str) -> bool {
    !matches!(library.find(word), Found::Nothing { .. })
}

/// The page that `word` means: an address, else an id, a name or an alias, else a file's path or name.
fn page(library: &Library, word: &str) -> Result<Id, Stop> {
    let written = Id::from_str(word).or_else(|_| Id::from_str(&word.to_lowercase()));
    if let Some(id) = written.ok().filter(|id| library.holds(id)) {
        return Ok(id);
    }
    match library.find(word) {
        Found::One(id) => Ok(id),
        Found::Many(ids) => Err(Stop::missing(choose(library, word, &ids))),
        Found::Nothing { nearest } => match by_path(library, word).as_slice() {
            [id] => Ok(id.clone()),
            [] => Err(Stop::missing(missing(library, word, nearest.as_deref()))),
            ids => Err(Stop::missing(choose(library, word, ids))),
        },
    }
}

/// The briefing whose file is at `path` from the library's root, else those whose file has that name.
fn by_path(library: &Library, path: &str) -> Vec<Id> {
    let path = path.strip_prefix("./").unwrap_or(path);
    let of = |same: &dyn Fn(&str) -> bool| -> Vec<Id> {
        library.briefings.values().filter(|it| same(&it.file)).map(|it| Id::clone(&it.id)).collect()
    };
    let exact = of(&|file| file == path);
    if exact.is_empty() { of(&|file| file.rsplit('/').next() == Some(path)) } else { exact }
}

/// What to say where one word names several pages.
fn choose(library: &Library, word: &str, ids: &[Id]) -> Text {
    let name = |id| library.name(id).map(Text::as_str).unwrap_or_default();
    let lines: Vec<String> = ids.iter().map(|id| format!("\n  {id}  {}", name(id))).collect();
    Text::new(&format!("`{word}`: {} pages have this name; choose one{}", ids.len(), lines.concat()))
}

/// What to say where nothing has the name, with what is nearest to it.
fn missing(library: &Library, word: &str, nearest_name: Option<&str>) -> Text {
    // The kind of an address is right more often than the slug.
    let slug = Id::from_str(word).ok().map(|id| id.slug);
    let near = slug.and_then(|slug| near_slug(library, &slug)).or_else(|| near_name(library, nearest_name?));
    let single = || {
        let pages = Kind::ALL.into_iter().filter(|kind| !kind.has_slug());
        nearest(word, pages.map(Kind::word)).map(str::to_owned)
    };
    let help = match near.map(|id| id.to_string()).or_else(single) {
        Some(near) => format!("did you mean `{near}`?"),
        None if KINDS.iter().any(|(kind, _)| *kind == word) => format!("`dossier list {word}` lists them"),
        None => "`dossier list` shows what there is".to_owned(),
    };
    Text::line(&format!("`{word}`: no such page; {help}"))
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
