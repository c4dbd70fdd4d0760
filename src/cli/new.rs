//! `dossier new`: a Markdown briefing with its front matter, from a template.

use std::io::Write;
use std::path::{Path, PathBuf};

use crate::cli::arguments::{Common, New};
use crate::cli::choice::Choice;
use crate::cli::{Outcome, Stop};
use crate::date::Day;
use crate::library::record::BRIEFING_KINDS;
use crate::save::{self, Unsaved};
use crate::text::{Text, nearest, slug};

/// The kind of a briefing that is given none.
const PLAIN: &str = "info-memo";

/// The kinds that have a template of their own: alone, such a word is no title.
const TEMPLATES: [&str; 2] = ["meeting-note", "action-memo"];

/// File names are cut here; the slug of a long title says no more.
const LONGEST: usize = 80;

pub fn run(new: &New, common: &Common, out: &mut dyn Write) -> Result<Outcome, Stop> {
    let (kind, title) = match new.words.as_slice() {
        [kind, title] => (known(kind)?, title.as_str()),
        [title] if !TEMPLATES.contains(&title.as_str()) => (PLAIN, title.as_str()),
        [] | [_] => return Err(Stop::usage("a title is missing; write `dossier new KIND TITLE`")),
        words => return Err(unquoted(words)),
    };
    let title = Text::line(title);
    let name: String = slug(&title).chars().take(LONGEST).collect();
    if name.is_empty() {
        return Err(Stop::usage(format!("`{title}`: no title; write at least one letter or digit")));
    }
    let path = folder(common)?.join(format!("{}.md", name.trim_end_matches('-')));
    save::write(&path, &briefing(kind, &title, Day::today())?, false).map_err(|why| {
        let why = match why {
            Unsaved::Exists => Text::line("exists; it is left as it is, choose another title"),
            Unsaved::Failed(said) => said,
        };
        Stop::usage(Text::line(&format!("{}: {why}", path.display())))
    })?;
    writeln!(out, "{}", Text::line(&path.to_string_lossy()))?;
    Ok(Outcome::Fine)
}

/// A kind as it was given. One that is nearly a known one is a slip: nobody would find such a briefing again.
fn known(kind: &str) -> Result<&str, Stop> {
    let kinds = || BRIEFING_KINDS.iter().copied();
    match nearest(kind, kinds()).filter(|_| !kinds().any(|known| known == kind)) {
        None => Ok(kind),
        Some(near) => Err(Stop::usage(Text::line(&format!(
            "`{kind}`: no kind that is known; did you mean `{near}`? any other can be written into the file"
        )))),
    }
}

/// Several words where a title was meant: how to write them.
fn unquoted(words: &[String]) -> Stop {
    let (kind, title) = match words {
        [kind, title @ ..] if BRIEFING_KINDS.contains(&kind.as_str()) => {
            (format!("{kind} "), title.join(" "))
        }
        words => (String::new(), words.join(" ")),
    };
    let line = format!("a title of several words stands in quotes: dossier new {kind}\"{title}\"");
    Stop::usage(Text::line(&line))
}

/// The folder of the library, or this one where the library is no folder.
fn folder(common: &Common) -> Result<PathBuf, Stop> {
    match Choice::new(common.library.as_deref())? {
        Choice::Path(path) if path.is_dir() => Ok(path),
        Choice::Path(path) if common.library.is_some() => {
            Err(Stop::usage(Text::line(&format!("{}: no folder; name one that is there", path.display()))))
        }
        _ => Ok(Path::new(".").to_owned()),
    }
}

/// The text of a new briefing.
fn briefing(kind: &str, title: &Text, date: Day) -> Result<String, Stop> {
    let template = match kind {
        "meeting-note" => include_str!("../../assets/meeting-note.md"),
        "action-memo" => include_str!("../../assets/action-memo.md"),
        _ => include_str!("../../assets/briefing.md"),
    };
    // The title last, so that no brace in it is taken for a place to fill.
    let filled = template.replace("{date}", &date.to_string()).replace("{kind}", &quoted(&Text::line(kind))?);
    let (head, body) = filled.split_once("{title}").unwrap_or((&filled, ""));
    Ok(format!("{head}{}{}", quoted(title)?, body.replace("{heading}", &escaped(title))))
}

/// `text` as a YAML value: bare where that is safe, else in quotes, which JSON writes as YAML reads them.
pub fn quoted(text: &Text) -> Result<String, Stop> {
    let plain = text.starts_with(|c: char| c.is_ascii_alphabetic())
        && text.chars().all(|c| c.is_alphanumeric() || matches!(c, ' ' | '-' | '_' | ',' | '.' | '/'))
        && !text.ends_with(' ')
        && !["y", "n", "yes", "no", "true", "false", "on", "off", "null"]
            .contains(&text.to_lowercase().as_str());
    if plain {
        return Ok(text.to_string());
    }
    serde_json::to_string(text).map_err(|error| Stop::usage(error.to_string()))
}

/// `text` as Markdown that shows it as it is.
fn escaped(text: &Text) -> String {
    let mut escaped = String::new();
    for c in text.chars() {
        if matches!(c, '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '#' | '&' | '~' | '|' | '$') {
            escaped.push('\\');
        }
        escaped.push(c);
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_title_is_quoted_only_where_yaml_needs_it() {
        let cases = [
            ("Chip export licences", "Chip export licences"),
            ("H20: what now?", "\"H20: what now?\""),
            ("no", "\"no\""),
            ("2025", "\"2025\""),
            ("a \"b\" \\ c", "\"a \\\"b\\\" \\\\ c\""),
            ("# not a comment", "\"# not a comment\""),
        ];
        for (title, expected) in cases {
            assert_eq!(quoted(&Text::line(title)).unwrap(), expected);
        }
    }

    #[test]
    fn a_title_stands_in_the_head_and_as_the_heading_whatever_it_holds() {
        let day = Day { year: 2025, month: 4, day: 9 };
        let text = briefing("action-memo", &Text::line("{date} *stars*"), day).unwrap();
        assert!(
            text.starts_with("---\ntitle: \"{date} *stars*\"\nkind: action-memo\ndate: 2025-04-09\n"),
            "{text}"
        );
        assert!(text.contains("\n# {date} \\*stars\\*\n"), "{text}");
        assert!(
            !text.contains("{title}") && !text.contains("{kind}") && !text.contains("{heading}"),
            "{text}"
        );
    }
}
