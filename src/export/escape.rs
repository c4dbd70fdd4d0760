//! JSON of which no character acts on a terminal, and from which every string is read back as it was.

use std::fmt::Write as _;

use crate::text::clean;

/// `json` with what `text::clean` would change written as `\u…`, so that nothing is lost and nothing acts.
pub fn escaped(json: String) -> String {
    if clean(&json) == json {
        return json;
    }
    let mut safe = String::with_capacity(json.len() + 16);
    for c in json.chars() {
        let mut one = [0; 4];
        let alone: &str = c.encode_utf8(&mut one);
        if clean(alone) == alone {
            safe.push(c);
            continue;
        }
        for unit in c.encode_utf16(&mut [0; 2]) {
            // Writing to a string cannot fail.
            let _ = write!(safe, "\\u{unit:04x}");
        }
    }
    safe
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_would_act_on_a_terminal_is_escaped_and_reads_back_the_same() {
        for text in ["a\u{1b}[31m\u{7f}\u{9b}b", "\u{202e}abc", "\u{e0041}", "é ← 中", "x\ny\tz"] {
            let written = escaped(serde_json::to_string(text).unwrap());
            assert_eq!(clean(&written), written);
            assert_eq!(serde_json::from_str::<String>(&written).unwrap(), text);
        }
    }
}
