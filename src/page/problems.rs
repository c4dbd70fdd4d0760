//! What is wrong in the library, file by file, with what to write instead.

use super::draft::{Draft, Row};
use super::row::quiet;
use super::words::count;
use super::{Context, Page};
use crate::check;
use crate::document::{Inline, Role};
use crate::id::{Id, Kind};
use crate::library::problem::{Problem, Severity};
use crate::text::Text;

pub fn problems(context: Context<'_>) -> Page {
    let title = Text::from(Kind::Problems.title());
    let mut draft = Draft::new(&title);
    let all = check::quick(context.library, context.links);
    draft.prose(Some(&summary(&all)));
    for file in all.chunk_by(|a, b| a.place.file == b.place.file) {
        let name = file.first().map(|it| it.place.file.as_str()).filter(|name| !name.is_empty());
        draft.counted(3, name.unwrap_or("The library"), file.len());
        draft.list(file.iter().map(row).collect());
    }
    Page::made(context, Id::page(Kind::Problems), title, draft)
}

fn summary(all: &[Problem]) -> Text {
    let errors = all.iter().filter(|it| it.severity == Severity::Error).count();
    let warnings = all.len() - errors;
    let told = match (errors, warnings) {
        (0, 0) => {
            return Text::from("No problems: every file was read, and every reference leads somewhere.");
        }
        (0, _) => count(warnings, "warning"),
        (_, 0) => count(errors, "error"),
        _ => format!("{} and {}", count(errors, "error"), count(warnings, "warning")),
    };
    Text::from(format!("{told}. Everything else was loaded."))
}

fn row(it: &Problem) -> Row {
    let (role, word) = match it.severity {
        Severity::Error => (Role::Warning, "error"),
        Severity::Warning => (Role::Status, "warning"),
    };
    let mut row = Row::new();
    if it.place.line > 0 {
        row.push(Inline::role(Role::Label, format!("line {}", it.place.line)));
        row.push(Inline::text(" "));
    }
    row.push(Inline::role(role, word));
    row.push(Inline::text(format!(": {}", Text::line(&it.message))));
    if let Some(help) = &it.help {
        row.push(Inline::Break);
        row.push(quiet(Text::line(help)));
    }
    row
}
