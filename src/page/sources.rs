//! All sources by what they are, so that an official document is not taken for a blog.

use super::draft::Draft;
use super::group::grouped;
use super::row::source;
use super::words::{capital, many, words};
use super::{Context, Page};
use crate::id::{Id, Kind};
use crate::library::record::{SOURCE_KINDS, Source};
use crate::text::{Text, fold};

pub fn sources(context: Context<'_>) -> Page {
    let title = Text::from(Kind::Sources.title());
    let mut draft = Draft::new(&title);
    let all: Vec<&Source> = context.library.sources.values().collect();
    for (code, mut held) in grouped(&all, |it| it.kind.as_ref(), &SOURCE_KINDS) {
        held.sort_by_cached_key(|it| fold(&it.title));
        let rows = held.into_iter().map(|it| source(context.library, it)).collect();
        draft.section(&heading(code), rows);
    }
    if all.is_empty() {
        draft.prose(Some(&Text::from("This library names no sources: they are listed in sources.yaml.")));
    }
    Page::made(context, Id::page(Kind::Sources), title, draft)
}

fn heading(code: Option<&str>) -> Text {
    match code {
        None | Some("unknown") => Text::from("Unknown"),
        Some("law-or-rule") => Text::from("Laws and rules"),
        Some(code @ ("testimony" | "academic" | "press" | "trade-press" | "social" | "analysis")) => {
            capital(&words(code))
        }
        Some(code) => capital(&many(&words(code))),
    }
}
