//! `dossier check`: every problem of a library, where editors and build logs find it.

use std::io::Write;

use serde_json::json;

use crate::cli::arguments::{Check, Common};
use crate::cli::choice::Choice;
use crate::cli::rows::{self, KINDS, many};
use crate::cli::{Outcome, Stop, ansi, json};
use crate::document::Role;
use crate::library::Library;
use crate::library::problem::{Problem, Severity};
use crate::store;
use crate::text::Text;

pub fn run(check: &Check, common: &Common, out: &mut dyn Write) -> Result<Outcome, Stop> {
    let choice = Choice::new(check.folder.as_deref().or(common.library.as_deref()))?;
    if choice.is_shipped() {
        return Err(Stop::usage("no library here to check; write `dossier check DIR`"));
    }
    let library = choice.load()?;
    let (problems, links) = crate::check::all(&library, store::cache(&library.root).as_deref());
    if check.json {
        json::write_rows(problems.iter().map(object), out)?;
    } else {
        let coloured = ansi::wanted(common.color);
        let mut said = None;
        for problem in &problems {
            // what helps with several in a row is said once
            let news = problem.help != said;
            print(problem, news, (&choice, coloured), out)?;
            said.clone_from(&problem.help);
        }
        writeln!(out, "{}", summary(&library, &problems))?;
    }
    // The process ends here: to give back each record by itself takes longer than all of this.
    std::mem::forget((library, links));
    let fails = |problem: &Problem| check.strict || problem.severity == Severity::Error;
    Ok(if problems.iter().any(fails) { Outcome::Wanting } else { Outcome::Fine })
}

fn print(
    problem: &Problem,
    helps: bool,
    (choice, coloured): (&Choice, bool),
    out: &mut dyn Write,
) -> Result<(), Stop> {
    let mut place = problem.place.clone();
    place.file = choice.shown(&place.file).into();
    let (word, role) = match problem.severity {
        Severity::Error => ("error", Role::Warning),
        Severity::Warning => ("warning", Role::Status),
    };
    let word = ansi::paint(word, ansi::role(role), coloured);
    // One line each, whatever a parser said: it is what editors and logs read.
    writeln!(out, "{place}: {word}: {}", Text::line(&problem.message))?;
    if let Some(help) = problem.help.as_ref().filter(|_| helps) {
        writeln!(
            out,
            "    {}",
            ansi::paint(&format!("help: {}", Text::line(help)), ansi::role(Role::Quiet), coloured)
        )?;
    }
    Ok(())
}

fn object(problem: &Problem) -> serde_json::Value {
    json!({
        "severity": problem.severity,
        "file": *problem.place.file,
        "line": problem.place.line,
        "column": problem.place.column,
        "message": problem.message,
        "help": problem.help,
    })
}

/// `14 briefings, 30 actors: no problems`.
fn summary(library: &Library, problems: &[Problem]) -> String {
    let counted = KINDS.iter().filter_map(|(word, kind)| {
        let count = rows::all(library, *kind).len();
        (count > 0).then(|| match *word {
            "glossary" => many(count, "term"),
            _ => many(count, word.trim_end_matches('s')),
        })
    });
    let counted: Vec<String> = counted.collect();
    let of = |severity| problems.iter().filter(|it| it.severity == severity).count();
    let found = match (of(Severity::Error), of(Severity::Warning)) {
        (0, 0) => "no problems".to_owned(),
        (0, warnings) => many(warnings, "warning"),
        (errors, 0) => many(errors, "error"),
        (errors, warnings) => format!("{}, {}", many(errors, "error"), many(warnings, "warning")),
    };
    match counted.as_slice() {
        [] => format!("nothing to read: {found}"),
        counted => format!("{}: {found}", counted.join(", ")),
    }
}
