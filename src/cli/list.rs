//! `dossier list`: the records of one kind, a line each.

use std::io::Write;

use crate::cli::arguments::{Common, List};
use crate::cli::choice::Choice;
use crate::cli::rows::{self, KINDS, Row};
use crate::cli::{Outcome, Stop, ansi, json};
use crate::document::Role;
use crate::id::Kind;
use crate::text::{Text, fold, nearest, width};

/// The widest a column gets before its longest entries stand out of line.
const COLUMN: usize = 40;

pub fn run(list: &List, common: &Common, out: &mut dyn Write) -> Result<Outcome, Stop> {
    let kind = kind(&list.kind)?;
    let library = Choice::new(common.library.as_deref())?.load()?;
    let words: Vec<String> = list.query.iter().flat_map(|it| it.split_whitespace()).map(fold).collect();
    let found: Vec<Row<'_>> = rows::all(&library, kind).into_iter().filter(|row| row.has(&words)).collect();
    if list.json {
        json::write_rows(&found, out)?;
    } else if found.is_empty() {
        return Err(Stop::missing(nothing(list)));
    } else {
        print(&found, ansi::wanted(common.color), out)?;
    }
    Ok(if found.is_empty() { Outcome::Wanting } else { Outcome::Fine })
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

/// What to say where no row was found.
fn nothing(list: &List) -> Text {
    Text::line(&match list.query.as_slice() {
        [] => format!("{}: the library holds none", list.kind),
        words => format!("{}: none has `{}` in its title, names, id or path", list.kind, words.join(" ")),
    })
}

/// Aligned columns: address, date, kind, title. A column that no row fills is left out.
fn print(rows: &[Row<'_>], coloured: bool, out: &mut dyn Write) -> Result<(), Stop> {
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
            *column = (*column).max(width(cell).min(COLUMN));
        }
    }
    for (row, line) in rows.iter().zip(&lines) {
        for ((cell, columns), role) in line.iter().zip(widths).zip([Role::Link, Role::Quiet, Role::Label]) {
            if columns > 0 {
                let gap = columns.saturating_sub(width(cell)) + 2;
                write!(out, "{}{:gap$}", ansi::paint(cell, ansi::role(role), coloured), "")?;
            }
        }
        writeln!(out, "{}", Text::line(row.title))?;
    }
    Ok(())
}
