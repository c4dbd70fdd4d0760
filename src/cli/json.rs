//! JSON for scripts: one document a command, every string exact, no character that acts on a terminal.

use std::fmt::Write as _;
use std::io::{self, Write};

use serde::Serialize;

use crate::text::clean;

/// Writes `value` over several lines, for one record.
pub fn write(value: &impl Serialize, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "{}", escape(&serde_json::to_string_pretty(value)?))
}

/// Writes an array with one value a line.
pub fn write_rows(values: impl IntoIterator<Item = impl Serialize>, out: &mut dyn Write) -> io::Result<()> {
    write!(out, "[")?;
    let mut end = "\n";
    for value in values {
        write!(out, "{end}{}", escape(&serde_json::to_string(&value)?))?;
        end = ",\n";
    }
    writeln!(out, "\n]")
}

/// `json` with what `text::clean` would change written as `\u…`, so that nothing is lost and nothing acts.
fn escape(json: &str) -> String {
    if clean(json) == json {
        return json.to_owned();
    }
    let mut escaped = String::with_capacity(json.len() + 16);
    for c in json.chars() {
        let mut one = [0; 4];
        let alone: &str = c.encode_utf8(&mut one);
        if clean(alone) == alone {
            escaped.push(c);
            continue;
        }
        for unit in c.encode_utf16(&mut [0; 2]) {
            // Writing to a string cannot fail.
            let _ = write!(escaped, "\\u{unit:04x}");
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_would_act_on_a_terminal_is_escaped_and_reads_back_the_same() {
        for text in ["a\u{1b}[31m\u{7f}\u{9b}b", "\u{202e}abc", "\u{e0041}", "é ← 中", "x\ny\tz"] {
            let written = escape(&serde_json::to_string(text).unwrap());
            assert_eq!(clean(&written), written);
            assert_eq!(serde_json::from_str::<String>(&written).unwrap(), text);
        }
    }

    #[test]
    fn an_empty_list_is_an_array() {
        let mut out = Vec::new();
        write_rows(Vec::<u8>::new(), &mut out).unwrap();
        assert_eq!(serde_json::from_slice::<Vec<u8>>(&out).unwrap(), Vec::<u8>::new());
    }
}
