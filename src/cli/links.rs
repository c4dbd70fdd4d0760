//! `dossier links`: what a record links to and what links to it, each with its place and why.

use std::io::Write;

use serde::Serialize;

use crate::cli::arguments::{Common, Links as Asked};
use crate::cli::choice::Choice;
use crate::cli::{Outcome, Stop, ansi, json, lookup};
use crate::document::Role;
use crate::id::{Address, Id, Kind};
use crate::library::Library;
use crate::links::texts::{Reading, Spot, Texts};
use crate::links::{Link, Links};
use crate::store;
use crate::text::Text;

/// One link, from either end.
#[derive(Serialize)]
struct Row {
    from: Id,
    to: Id,
    /// `declared` in YAML, `written` by the author as a link, or `mentioned` in the text.
    how: &'static str,
    /// Declared: how it reads from this end. Otherwise the rule by which the words link.
    rule: Text,
    /// The words of the text, or what was written beside a declared link.
    #[serde(skip_serializing_if = "Option::is_none")]
    words: Option<Text>,
    path: Text,
    /// 0 where the file as a whole is meant.
    line: usize,
    /// Several records share the name, and nobody guesses.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    ambiguous: bool,
}

/// Both directions of one record.
#[derive(Serialize)]
struct Both {
    address: Id,
    outgoing: Vec<Row>,
    incoming: Vec<Row>,
}

pub fn run(asked: &Asked, common: &Common, out: &mut dyn Write) -> Result<Outcome, Stop> {
    let choice = Choice::new(common.library.as_deref())?;
    let library = choice.load()?;
    let links = Links::whole(&library, store::cache(&library.root).as_deref(), &|| {});
    let texts = links.texts().cloned().unwrap_or_default();
    let Some(word) = &asked.address else {
        return everything(&library, &texts, asked.json, out);
    };
    let Address { id, .. } = lookup::find(&library, word)?;
    let both = Both {
        outgoing: outgoing(&library, &links, &texts, &id),
        incoming: incoming(&library, &links, &texts, &id),
        address: id,
    };
    let found = !both.outgoing.is_empty() || !both.incoming.is_empty();
    if asked.json {
        json::write(&both, out)?;
    } else {
        print(&both, &choice, ansi::wanted(common.color), out)?;
    }
    Ok(if found { Outcome::Fine } else { Outcome::Wanting })
}

/// Every link of every text, one a line: what a script counts.
fn everything(library: &Library, texts: &Texts, as_json: bool, out: &mut dyn Write) -> Result<Outcome, Stop> {
    let rows = library.briefings.values().flat_map(|it| in_text(library, texts, &it.id, |_| true));
    if as_json {
        json::write_rows(rows, out)?;
    } else {
        for row in rows {
            writeln!(out, "{}:{}: {} {} ({})", row.path, row.line, row.to, row.how, row.rule)?;
        }
    }
    Ok(Outcome::Fine)
}

fn outgoing(library: &Library, links: &Links, texts: &Texts, id: &Id) -> Vec<Row> {
    let declared = links.from(id).iter().map(|link| declared(library, link, link.relation.word()));
    declared.chain(in_text(library, texts, id, |_| true)).collect()
}

fn incoming(library: &Library, links: &Links, texts: &Texts, id: &Id) -> Vec<Row> {
    let declared = links.to(id).map(|link| declared(library, link, link.relation.inverse()));
    let named = texts.briefings(id);
    declared.chain(named.flat_map(|it| in_text(library, texts, it, |spot| **spot.to == *id))).collect()
}

fn declared(library: &Library, link: &Link, reads: &str) -> Row {
    let place = library.place(&link.from).cloned().unwrap_or_default();
    Row {
        from: (*link.from).clone(),
        to: (*link.to).clone(),
        how: "declared",
        rule: Text::line(reads),
        words: link.note.clone(),
        path: (*place.file).clone(),
        line: place.line,
        ambiguous: false,
    }
}

/// The links of a briefing's text that `pick` accepts, with their words as they stand there.
fn in_text(library: &Library, texts: &Texts, id: &Id, pick: impl Fn(&Spot<'_>) -> bool) -> Vec<Row> {
    let Some(briefing) = library.briefings.get(&id.slug).filter(|_| id.kind == Kind::Briefing) else {
        return Vec::new();
    };
    let spots: Vec<Spot<'_>> = texts.of(id).filter(|spot| pick(spot)).collect();
    if spots.is_empty() {
        return Vec::new();
    }
    let reading = Reading::new(library, briefing);
    // the bottom line is the first passage, and may stand in an index
    let is_bluf = |spot: &Spot<'_>| spot.passage == 0 && briefing.bluf.is_some();
    let row = |spot: Spot<'_>| Row {
        from: id.clone(),
        to: Id::clone(spot.to),
        how: if spot.is_written() { "written" } else { "mentioned" },
        rule: Text::from(spot.rule.words()),
        words: reading.words(&spot).map(Text::line),
        path: if is_bluf(&spot) { (*briefing.place.file).clone() } else { Text::line(&briefing.file) },
        line: spot.line as usize,
        ambiguous: spot.shared,
    };
    spots.into_iter().map(row).collect()
}

fn print(both: &Both, choice: &Choice, coloured: bool, out: &mut dyn Write) -> Result<(), Stop> {
    let head = |words: String| ansi::paint(&words, ansi::role(Role::Heading(2)), coloured);
    writeln!(out, "{}", head(format!("{} links to ({})", both.address, both.outgoing.len())))?;
    for row in &both.outgoing {
        writeln!(out, "{}", line(row, &row.to, choice, coloured))?;
    }
    writeln!(out, "\n{}", head(format!("{} is linked from ({})", both.address, both.incoming.len())))?;
    for row in &both.incoming {
        writeln!(out, "{}", line(row, &row.from, choice, coloured))?;
    }
    Ok(())
}

/// `PATH:LINE: OTHER, HOW (RULE): “WORDS”`.
fn line(row: &Row, other: &Id, choice: &Choice, coloured: bool) -> String {
    let place = match row.line {
        0 => choice.shown(&row.path),
        line => Text::line(&format!("{}:{line}", choice.shown(&row.path))),
    };
    let place = ansi::paint(&place, ansi::role(Role::Quiet), coloured);
    let other = ansi::paint(&Text::line(&other.to_string()), ansi::role(Role::Link), coloured);
    let words = row.words.as_ref().map(|words| format!(": “{words}”")).unwrap_or_default();
    let shared = if row.ambiguous { ", ambiguous" } else { "" };
    format!("{place}: {other}, {} ({}{shared}){words}", row.how, row.rule)
}
