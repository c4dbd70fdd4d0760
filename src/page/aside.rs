//! What stands beside a briefing: the actors, topics and claims in it, with how often each is named.

use super::Context;
use super::briefing::claims;
use super::draft::{Draft, Row};
use super::notes::Noted;
use super::row::reference;
use super::within::Within;
use super::words::words;
use crate::document::{Document, Inline, Role, Target};
use crate::id::Kind;
use crate::library::Library;
use crate::library::record::{Briefing, Ref};
use crate::text::{Text, fit, width};

/// A claim's words beyond these columns are left to its page.
const CLAIM: usize = 60;

/// Of those that a briefing only mentions, so many stand beside it; all stand at its end.
const MOST: usize = 12;

pub fn briefing(context: Context<'_>, it: &Briefing, within: &Within<'_>, noted: &Noted<'_>) -> Document {
    let groups = [
        ("Actors", named(context.library, &it.actors, within, Kind::Actor)),
        ("Topics", named(context.library, &it.topics, within, Kind::Topic)),
        ("Claims", claims(it).into_iter().map(|it| claim(context, it)).collect()),
        ("Terms", named(context.library, &[], within, Kind::Term)),
    ];
    let mut draft = Draft::default();
    draft.section("Your notes", noted.beside());
    draft.groups("In this briefing", groups.map(|(title, rows)| (Text::from(title), rows)).into());
    draft.document()
}

/// Those it is about, then those it mentions, the most often named first.
fn named(library: &Library, about: &[Ref], within: &Within<'_>, kind: Kind) -> Vec<Row> {
    let mentioned = within.mentioned(kind);
    let more = mentioned.len().saturating_sub(MOST);
    let about = about.iter().map(|it| within.about(library, it));
    let mut rows: Vec<Row> =
        about.chain(mentioned.into_iter().take(MOST).map(|it| within.row(library, it))).collect();
    if more > 0 {
        let target = Target::Heading("mentioned-here".to_owned());
        rows.push(vec![Inline::link(target, vec![Inline::text(format!("and {more} more"))])]);
    }
    rows
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
