//! All actors, grouped by what they are.

use super::draft::{Draft, Row};
use super::group::grouped;
use super::row::actor;
use super::words::{capital, many, words};
use super::{Context, Page};
use crate::id::{Id, Kind};
use crate::library::record::{ACTOR_KINDS, Actor};
use crate::text::{Text, fold};

pub fn actors(context: Context<'_>) -> Page {
    let mut draft = Draft::new(&Text::from(Kind::Actors.title()));
    let all: Vec<&Actor> = context.library.actors.values().collect();
    for (code, held) in grouped(&all, |it| it.kind.as_ref(), &ACTOR_KINDS) {
        let title = code.map_or_else(|| Text::from("Others"), |code| capital(&many(&words(code))));
        draft.section(&title, rows(context, held));
    }
    if all.is_empty() {
        draft.prose(Some(&Text::from("This library names no actors: they are listed in actors.yaml.")));
    }
    Page::made(context, Id::page(Kind::Actors), Text::from(Kind::Actors.title()), draft)
}

fn rows(context: Context<'_>, mut held: Vec<&Actor>) -> Vec<Row> {
    held.sort_by_cached_key(|it| fold(&it.name));
    held.into_iter().map(|it| actor(context.library, it)).collect()
}
