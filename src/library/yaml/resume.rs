//! Where reading can go on after an error: at the next record of the list, and after the list.

use std::ops::Range;

/// What stands after a broken record: the rest of its list, and the rest of the file.
#[derive(Debug, PartialEq, Eq)]
pub struct Rest {
    /// Bytes, and the line of the first of them, counted from 0.
    pub list: (Range<usize>, usize),
    pub tail: (Range<usize>, usize),
}

/// The rest after the record that starts on line `broken` (from 0) with a `-` of its own.
pub fn after(text: &str, broken: usize) -> Option<Rest> {
    let mut at = 0;
    let mut own: Option<usize> = None;
    let mut list: Option<(usize, usize)> = None;
    let mut tail = None;
    for (number, line) in text.split_inclusive('\n').enumerate() {
        let start = at;
        at += line.len();
        let words = line.trim_start_matches(' ');
        let (indent, item) = (line.len() - words.len(), words.starts_with("- "));
        if number == broken {
            own = item.then_some(indent);
        }
        let Some(own) = own else { continue };
        let quiet = words.trim_end().is_empty() || words.starts_with('#');
        if number <= broken || quiet {
            continue;
        }
        if list.is_none() && indent == own && item {
            list = Some((start, number));
        }
        if indent < own || indent == own && !item {
            tail = Some((start, number));
            break;
        }
    }
    own?;
    let (end, end_line) = tail.unwrap_or((text.len(), 0));
    let (from, line) = list.unwrap_or((end, end_line));
    Some(Rest { list: (from..end, line), tail: (end..text.len(), end_line) })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The rest of the list, and of the file.
    fn rest(text: &str, broken: usize) -> Option<(&str, &str)> {
        let rest = after(text, broken)?;
        Some((text.get(rest.list.0)?, text.get(rest.tail.0)?))
    }

    #[test]
    fn the_rest_starts_at_the_next_record() {
        let text = "a:\n  - b: \"\n    c:\n      - d\n  # e\n  - f: g\nh: i\n";
        assert_eq!(rest(text, 1), Some(("  - f: g\n", "h: i\n")));
        assert_eq!(rest(text, 5), Some(("", "h: i\n")));
        assert_eq!(rest("- a: [\n- b: c", 0), Some(("- b: c", "")));
        assert_eq!(rest(text, 0), None);
    }
}
