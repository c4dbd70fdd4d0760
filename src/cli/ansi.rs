//! What a span is, as codes for a terminal: the sixteen palette colours, bold, underline, nothing else.

use std::env;
use std::io::{self, IsTerminal, Write, stdout};

use crate::cli::arguments::When;
use crate::document::Role;
use crate::layout::{Face, Line};

/// Whether standard output is to be coloured. `NO_COLOR` and a dumb terminal speak against it.
pub fn wanted(when: When) -> bool {
    let dumb = || env::var_os("TERM").is_some_and(|term| term == "dumb");
    !unwanted(when) && (when == When::Always || stdout().is_terminal() && !dumb())
}

/// Whether colours were declined: by the option, or by `NO_COLOR` where the option leaves it open.
pub fn unwanted(when: When) -> bool {
    let declined = || env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
    when == When::Never || when == When::Auto && declined()
}

/// Writes one row: with codes if `coloured`, else without the spaces that nobody sees at its end.
pub fn row(line: &Line, coloured: bool, out: &mut dyn Write) -> io::Result<()> {
    if coloured {
        for span in line.spans() {
            match codes(span.face).as_slice() {
                [] => out.write_all(span.text.as_bytes())?,
                codes => write!(out, "\u{1b}[{}m{}\u{1b}[0m", codes.join(";"), span.text)?,
            }
        }
    } else {
        out.write_all(line.text().trim_end().as_bytes())?;
    }
    out.write_all(b"\n")
}

/// `text` with the codes of `face` before it and the plain state after it.
pub fn paint(text: &str, face: Face, coloured: bool) -> String {
    let codes = codes(face);
    if !coloured || codes.is_empty() || text.is_empty() {
        return text.to_owned();
    }
    format!("\u{1b}[{}m{text}\u{1b}[0m", codes.join(";"))
}

/// A face that is nothing but a role.
pub fn role(role: Role) -> Face {
    Face { role, ..Face::default() }
}

fn codes(face: Face) -> Vec<&'static str> {
    let mut codes = match face.role {
        Role::Body => vec![],
        Role::Heading(1 | 2) | Role::Callout => vec!["1", "36"],
        Role::Heading(_) | Role::Label => vec!["1"],
        Role::Rule | Role::Quiet | Role::Aid | Role::Quote => vec!["2"],
        Role::Link => vec!["4", "34"],
        Role::Mention => vec!["4"],
        Role::Code => vec!["35"],
        Role::Marker => vec!["36"],
        Role::Marking => vec!["1", "7"],
        Role::Warning => vec!["1", "31"],
        Role::Status => vec!["1", "33"],
        Role::Match => vec!["7"],
    };
    for (wanted, code) in [(face.strong, "1"), (face.emphasis, "3"), (face.struck, "9")] {
        if wanted && !codes.contains(&code) {
            codes.push(code);
        }
    }
    codes
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plain_text_carries_no_codes() {
        assert_eq!(paint("word", Face::default(), true), "word");
        assert_eq!(paint("word", role(Role::Link), false), "word");
    }

    #[test]
    fn every_face_is_ended_by_the_plain_state() {
        let face = Face { role: Role::Link, strong: true, emphasis: true, struck: true };
        assert_eq!(paint("word", face, true), "\u{1b}[4;34;1;3;9mword\u{1b}[0m");
    }
}
