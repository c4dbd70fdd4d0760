//! `dossier list`: the records of one kind, a line each.

use std::collections::HashSet;
use std::io::{IsTerminal, Write, stdout};

use crate::cli::arguments::{Common, List};
use crate::cli::choice::Choice;
use crate::cli::rows::{self, KINDS, Row};
use crate::cli::{Outcome, Stop, ansi, json, search};
use crate::date::Day;
use crate::document::Role;
use crate::id::{Id, Kind};
use crate::library::Library;
use crate::search::{Query, Wanted};
use crate::text::{Text, fold, nearest, width};

/// The widest a column gets before its longest entries stand out of line.
const COLUMN: usize = 40;
/// The widest in a pipe, where no line is broken.
const WIDEST: usize = 120;

pub fn run(list: &List, common: &Common, out: &mut dyn Write) -> Result<Outcome, Stop> {
    let kind = kind(&list.kind)?;
    let library = Choice::new(common.library.as_deref())?.load()?;
    let mut found = rows::all(&library, kind);
    let query = asked(list, kind)?;
    if let Some(query) = &query {
        let matching = matching(&library, query)?;
        found.retain(|row| matching.contains(row.id));
    } else {
        let words: Vec<String> = list.query.iter().flat_map(|it| it.split_whitespace()).map(fold).collect();
        found.retain(|row| row.has(&words));
    }
    if list.json {
        json::write_rows(&found, out)?;
    } else if found.is_empty() {
        return Err(Stop::missing(nothing(list, query.as_ref())));
    } else {
        print(&found, ansi::wanted(common.color), out)?;
    }
    Ok(if found.is_empty() { Outcome::Wanting } else { Outcome::Fine })
}

/// The query, where it says more than words that titles and names may have; only briefings are asked for more.
fn asked(list: &List, kind: Kind) -> Result<Option<Query>, Stop> {
    let (query, complaints) = Query::parse(&list.query.join(" "), Day::today());
    let conditions = list.query.iter().any(|word| word.contains(':')) && !complaints.is_empty();
    let more = kind == Kind::Briefing && (conditions || !query.is_empty() && !query.is_words());
    if more {
        search::told(&complaints);
        if query.is_empty() {
            return Err(Stop::usage("nothing is left to look for"));
        }
    }
    Ok(more.then_some(query))
}

/// All that the query finds.
fn matching(library: &Library, query: &Query) -> Result<HashSet<Id>, Stop> {
    let reading = search::reading(query, &library.root)?;
    let search = search::of(library, &search::whole(library))?;
    let wanted =
        Wanted { hits: usize::try_from(search.len()).unwrap_or(usize::MAX), extracts: 0, counts: false };
    let results = search.find(query, &library.root, &reading, wanted).map_err(Stop::usage)?;
    Ok(results.hits.into_iter().map(|hit| hit.id).collect())
}

fn kind(word: &str) -> Result<Kind, Stop> {
    if let Some((_, kind)) = KINDS.iter().find(|(name, _)| *name == word) {
        return Ok(*kind);
    }
    let names: Vec<&str> = KINDS.iter().map(|(name, _)| *name).collect();
    let help = match nearest(word, names.iter().copied()) {
        Some(near) => format!("did you mean `{near}`?"),
        None => format!("write one of {}, then the query", names.join(", ")),
    };
    Err(Stop::usage(Text::line(&format!("`{word}`: not a kind of record; {help}"))))
}

/// Of words among which is a field: that only briefings have them.
fn fields(words: &[String]) -> &'static str {
    if words.iter().any(|it| it.contains(':')) { "; fields such as kind: are for briefings" } else { "" }
}

/// What to say where no row was found.
fn nothing(list: &List, query: Option<&Query>) -> Text {
    Text::line(&match list.query.as_slice() {
        [] => format!("{}: the library holds none", list.kind),
        words if query.is_some() => format!("{}: none is found by `{}`", list.kind, words.join(" ")),
        words => format!(
            "{}: none has `{}` in its title, names, id or path{}",
            list.kind,
            words.join(" "),
            fields(words)
        ),
    })
}

/// Aligned columns: address, date, kind, title. A column that no row fills is left out. On a terminal an address that is
/// too long for its column has a line of its own; a pipe gets one line a record, and columns as wide as they must be.
fn print(rows: &[Row<'_>], coloured: bool, out: &mut dyn Write) -> Result<(), Stop> {
    let most = if stdout().is_terminal() { COLUMN } else { WIDEST };
    let lines: Vec<[Text; 3]> = rows
        .iter()
        .map(|row| {
            let date = row.date.map(|date| date.written.clone()).unwrap_or_default();
            let kind = row.kind.cloned().unwrap_or_default();
            [Text::line(&row.id.to_string()), date, kind]
        })
        .collect();
    let mut widths = [0; 3];
    for line in &lines {
        for (column, cell) in widths.iter_mut().zip(line) {
            *column = (*column).max(width(cell)).min(most);
        }
    }
    for (row, line) in rows.iter().zip(&lines) {
        for ((cell, columns), role) in line.iter().zip(widths).zip([Role::Link, Role::Quiet, Role::Label]) {
            let shown = ansi::paint(cell, ansi::role(role), coloured);
            match columns.checked_sub(width(cell)) {
                _ if columns == 0 => {}
                Some(free) => write!(out, "{shown}{:1$}", "", free + 2)?,
                None if most == COLUMN => write!(out, "{shown}\n{:1$}", "", columns + 2)?,
                None => write!(out, "{shown}  ")?,
            }
        }
        write!(out, "{}", Text::line(row.title))?;
        if let Some(beside) = row.beside() {
            write!(
                out,
                "{}",
                ansi::paint(&format!(": {}", Text::line(beside)), ansi::role(Role::Quiet), coloured)
            )?;
        }
        writeln!(out)?;
    }
    Ok(())
}
