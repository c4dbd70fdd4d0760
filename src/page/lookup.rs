//! A bare word looked up, and pages for what is not there: each says what to do next.

use super::draft::{Draft, Row};
use super::row::{aside, link, quiet};
use super::{Context, Page, build, peek};
use crate::document::Inline;
use crate::finder::Finder;
use crate::id::{Id, Kind};
use crate::library::{Found, Library};
use crate::text::{Text, nearest};

/// Words shorter than this have their letters in too many names to suggest any.
const SHORTEST: usize = 3;

/// The page that `word` means: an address, or the id, name, title or alias of a record. Several are listed.
pub fn lookup(context: Context<'_>, word: &str) -> Page {
    if let Ok(id) = word.parse::<Id>() {
        return build(context, &id);
    }
    match context.library.find(word) {
        Found::One(id) => build(context, &id),
        Found::Many(ids) => several(context, word, &ids),
        Found::Nothing { nearest } => nothing(context, word, nearest.as_deref()),
    }
}

fn several(context: Context<'_>, word: &str, ids: &[Id]) -> Page {
    let title = Text::line(&format!("Several are called {}", word.trim()));
    let mut draft = Draft::new(&title);
    draft.list(ids.iter().map(|id| named(context.library, id)).collect());
    Page::made(context, Id::page(Kind::Home), title, draft)
}

/// One of several records that share a name.
pub struct Choice {
    pub id: Id,
    pub name: Text,
    /// What tells it from the others: its kind, and what its record says to tell it apart.
    pub difference: Text,
}

/// The records that share a name, for choosing one.
pub fn choices(context: Context<'_>, ids: &[Id]) -> Vec<Choice> {
    let library = context.library;
    let choice = |id: &Id| {
        let name = library.name(id).cloned().unwrap_or_else(|| Text::line(&id.to_string()));
        Choice { id: id.clone(), name, difference: difference(library, id) }
    };
    ids.iter().map(choice).collect()
}

fn difference(library: &Library, id: &Id) -> Text {
    let slug = id.slug.as_str();
    let told = match id.kind {
        Kind::Actor => {
            library.actors.get(slug).and_then(|it| it.disambiguation.as_ref().or(it.summary.as_ref()))
        }
        Kind::Topic => {
            library.topics.get(slug).and_then(|it| it.definition.as_ref().or(it.scope_note.as_ref()))
        }
        Kind::Term => library.terms.get(slug).and_then(|it| it.expansion.as_ref().or(it.definition.as_ref())),
        _ => None,
    };
    let kind = peek::kind(library, id);
    told.map_or_else(|| kind.clone(), |told| Text::line(&format!("{kind}: {told}")))
}

/// A record by its name, with what it is and its address.
fn named(library: &Library, id: &Id) -> Row {
    let mut row = vec![link(library, id)];
    row.extend(aside(vec![vec![quiet(Text::line(&id.to_string()))]]));
    row
}

fn nothing(context: Context<'_>, word: &str, nearest: Option<&str>) -> Page {
    let title = Text::line(&format!("Nothing is called {}", word.trim()));
    let mut draft = Draft::new(&title);
    let near = match nearest.map(|name| context.library.find(name)) {
        Some(Found::One(id)) => vec![id],
        Some(Found::Many(ids)) => ids,
        _ => Vec::new(),
    };
    suggest(&mut draft, context.library, word, &near);
    Page::made(context, Id::page(Kind::Home), title, draft)
}

/// What may have been meant: `near`, else what the letters of `word` find.
pub fn suggest(draft: &mut Draft, library: &Library, word: &str, near: &[Id]) {
    let found: Vec<Id> = match near {
        [] if word.chars().count() < SHORTEST => Vec::new(),
        [] => Finder::new(library).best(&word.replace('-', " "), 3).into_iter().map(|hit| hit.id).collect(),
        near => near.to_vec(),
    };
    let near = found.as_slice();
    if near.is_empty() {
        draft.paragraph(vec![Inline::text("Nothing has a name near to it.")]);
    } else {
        draft.paragraph(vec![Inline::text("Did you mean:")]);
        draft.list(near.iter().map(|id| named(library, id)).collect());
    }
}

/// The page of an address that leads nowhere.
pub fn missing(context: Context<'_>, id: &Id) -> Page {
    let library = context.library;
    let title = Text::line(&format!("No {} is called {}", id.kind.word(), id.slug));
    let mut draft = Draft::new(&title);
    suggest(&mut draft, library, &id.slug, &neighbours(library, id));
    let list = list(id.kind);
    draft.paragraph(vec![quiet("See also: "), Inline::page(Id::page(list), list.title())]);
    Page::made(context, id.clone(), title, draft)
}

/// What was probably meant: the same name among other kinds, else the nearest of the same kind.
fn neighbours(library: &Library, id: &Id) -> Vec<Id> {
    match library.find(&id.slug) {
        Found::One(found) => return vec![found],
        Found::Many(found) => return found,
        Found::Nothing { .. } => {}
    }
    let slugs: Vec<&str> = match id.kind {
        Kind::Folder => library.folders.keys().map(String::as_str).collect(),
        Kind::Briefing => library.briefings.keys().map(String::as_str).collect(),
        Kind::Actor => library.actors.keys().map(String::as_str).collect(),
        Kind::Topic => library.topics.keys().map(String::as_str).collect(),
        Kind::Claim => library.claims.keys().map(String::as_str).collect(),
        Kind::Event => library.events.keys().map(String::as_str).collect(),
        Kind::Source => library.sources.keys().map(String::as_str).collect(),
        Kind::Term => library.terms.keys().map(String::as_str).collect(),
        Kind::Packet => library.packets.keys().map(String::as_str).collect(),
        _ => Vec::new(),
    };
    nearest(&id.slug, slugs.into_iter()).map(|slug| Id::new(id.kind, slug)).into_iter().collect()
}

/// The page that lists the records of a kind.
fn list(kind: Kind) -> Kind {
    match kind {
        Kind::Folder | Kind::Briefing => Kind::Briefings,
        Kind::Actor => Kind::Actors,
        Kind::Topic => Kind::Topics,
        Kind::Claim => Kind::Claims,
        Kind::Event => Kind::Timeline,
        Kind::Source => Kind::Sources,
        Kind::Term => Kind::Glossary,
        _ => Kind::Home,
    }
}
