//! Characters in a text that would act on a terminal, or hide something from the reader: dropped or drawn as
//! pictures wherever they show, and counted here, because somebody put them there.

use super::at_line;
use crate::library::Body;
use crate::library::problem::{Place, Problem};
use crate::text::hides;

/// How many there are in a body, at the first of them.
pub fn check(file: &Place, body: &Body) -> Option<Problem> {
    let acts = |c: char| c.is_control() && !matches!(c, '\t' | '\n' | '\r' | '\u{b}' | '\u{c}' | '\u{85}');
    let mut found = body.text.match_indices(|c: char| acts(c) || hides(c)).map(|(at, _)| at);
    let first = found.next()?;
    let count = found.count() + 1;
    let before = body.text.get(..first).unwrap_or_default();
    let line = body.line + before.bytes().filter(|byte| *byte == b'\n').count();
    let what = if count == 1 { "1 character" } else { "characters" };
    let what = if count == 1 { what.to_owned() } else { format!("{count} {what}") };
    let message = format!("{what} from here on would act on the terminal or hide; not shown as such");
    Some(
        Problem::warning(at_line(file, line), message)
            .help("remove them, unless you know why they are there"),
    )
}
