//! What stands beside a briefing: the actors, topics and claims in it, with how much there is on each.

use super::Context;
use super::briefing::claims;
use super::draft::{Draft, Row};
use super::row::{quiet, reference};
use super::words::words;
use crate::document::{Document, Inline, Role};
use crate::id::{Id, Kind};
use crate::library::record::{Briefing, Ref};
use crate::text::{Text, fit, width};

/// A claim's words beyond these columns are left to its page.
const CLAIM: usize = 60;

pub fn briefing(context: Context<'_>, it: &Briefing) -> Document {
    let groups = [
        ("Actors", it.actors.iter().map(|it| counted(context, it)).collect()),
        ("Topics", it.topics.iter().map(|it| counted(context, it)).collect()),
        ("Claims", claims(it).into_iter().map(|it| claim(context, it)).collect()),
    ];
    let mut draft = Draft::default();
    draft.groups("In this briefing", groups.map(|(title, rows)| (Text::from(title), rows)).into());
    draft.document()
}

/// A record with the number of briefings on it.
fn counted(context: Context<'_>, written: &Ref) -> Row {
    let mut row = vec![reference(context.library, written)];
    let held = written.id.as_ref().map_or(0, |id| held(context, id));
    if held > 1 {
        row.push(quiet(format!(" {held}")));
    }
    row
}

fn held(context: Context<'_>, id: &Id) -> usize {
    context.citing(id, Kind::Briefing, |_| true).len()
}

/// The first words of a claim.
fn start(claim: &Text) -> Text {
    let line = Text::line(claim);
    if width(&line) <= CLAIM {
        return line;
    }
    let cut = fit(&line, CLAIM);
    let words = cut.rsplit_once(' ').map_or(cut, |(words, _)| words);
    Text::line(&format!("{words}…"))
}

fn claim(context: Context<'_>, written: &Ref) -> Row {
    let found = written.id.as_ref().and_then(|id| context.library.claims.get(&id.slug));
    let Some(it) = found else { return vec![reference(context.library, written)] };
    let mut row = vec![Inline::page(it.id.clone(), start(&it.text))];
    if let Some(code) = &it.status {
        row.push(Inline::text(" "));
        row.push(Inline::role(Role::Status, words(code)));
    }
    row
}
