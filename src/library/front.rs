//! The front matter of a Markdown file: where it ends, and what it says.
//!
//! The cut is made on bytes and by the look of the lines alone, so loading and reading a body always agree.

use std::collections::HashSet;
use std::ops::Range;
use std::sync::Arc;

use super::limits;
use super::problem::{Place, Problem};
use super::toml;
use super::yaml::{self, Entry, Node, Parsed, Value};
use crate::text::Text;

/// Where front matter and body of a file stand.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cut {
    pub front: Front,
    /// The byte at which the body starts, and its line, from 1.
    pub body: usize,
    pub line: usize,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Front {
    Absent,
    /// The bytes between the marks, and the line of the first of them.
    Yaml(Range<usize>, usize),
    Toml(Range<usize>, usize),
    /// A first mark at this line and none after it: all of the file is body.
    Unclosed(usize),
}

/// Cuts a file after its front matter, if it starts with one: blank lines may come before it.
pub fn cut(bytes: &[u8]) -> Cut {
    let start = if bytes.starts_with("\u{feff}".as_bytes()) { 3 } else { 0 };
    let absent = |front| Cut { front, body: start, line: 1 };
    let mut lines = Lines { bytes, at: start, number: 0 };
    let Some(mark) = lines.by_ref().find(|line| !line.text.is_empty()) else {
        return absent(Front::Absent);
    };
    let toml = match mark.text {
        b"---" => false,
        b"+++" => true,
        _ => return absent(Front::Absent),
    };
    let from = mark.end;
    let mut looks_right = false;
    for line in lines {
        if line.start > from + limits::FRONT_MATTER {
            break;
        }
        let closes = if toml { line.text == b"+++" } else { matches!(line.text, b"---" | b"...") };
        if closes {
            let range = from..line.start;
            let front =
                if toml { Front::Toml(range, mark.number + 1) } else { Front::Yaml(range, mark.number + 1) };
            return Cut { front, body: line.end, line: line.number + 1 };
        }
        if !looks_right && !line.text.is_empty() && !line.text.starts_with(b"#") {
            looks_right = has_key(line.text, if toml { b'=' } else { b':' });
            if !looks_right {
                return absent(Front::Absent);
            }
        }
    }
    absent(if looks_right { Front::Unclosed(mark.number) } else { Front::Absent })
}

/// Whether a line looks like `key: value`, or opens a map.
fn has_key(line: &[u8], sign: u8) -> bool {
    if line.starts_with(b"{") || line.starts_with(b"[") && sign == b'=' {
        return true;
    }
    let Some(at) = line.iter().position(|byte| *byte == sign) else { return false };
    let (key, value) = line.split_at(at);
    let spaced = sign == b'=' || matches!(value.get(1), None | Some(b' ' | b'\t'));
    let wordy = key
        .iter()
        .all(|byte| byte.is_ascii_alphanumeric() || !byte.is_ascii() || b"_-./'\" @$".contains(byte));
    spaced && wordy && !key.is_empty() && key.split(|byte| *byte == b' ').count() <= 3
}

/// Lines of bytes, trimmed, each with its place.
struct Lines<'a> {
    bytes: &'a [u8],
    at: usize,
    number: usize,
}

struct Line<'a> {
    text: &'a [u8],
    start: usize,
    end: usize,
    /// From 1.
    number: usize,
}

impl<'a> Iterator for Lines<'a> {
    type Item = Line<'a>;

    fn next(&mut self) -> Option<Line<'a>> {
        let rest = self.bytes.get(self.at..).filter(|rest| !rest.is_empty())?;
        let length = rest.iter().position(|byte| *byte == b'\n').map_or(rest.len(), |at| at + 1);
        let (start, end) = (self.at, self.at + length);
        self.at = end;
        self.number += 1;
        let text = rest.get(..length).unwrap_or_default().trim_ascii();
        Some(Line { text, start, end, number: self.number })
    }
}

/// What the front matter says, with its problems. Where YAML breaks off, simple lines are still read.
pub fn read(bytes: &[u8], front: &Front, file: &Arc<Text>) -> Parsed {
    match front {
        Front::Absent => Parsed::default(),
        Front::Unclosed(line) => {
            let problem = Problem::warning(
                Place::new(file, *line, 1),
                "front matter starts here and does not end, so all of the file is shown as text",
            );
            Parsed { problems: vec![problem.help("end it with a line `---`")], ..Parsed::default() }
        }
        Front::Toml(range, first) => {
            let text = text(bytes, range);
            mended(toml::parse(&text, file, *first), &text, *first, '=')
        }
        Front::Yaml(range, first) => {
            let text = text(bytes, range);
            mended(yaml::parse(&text, file, *first), &text, *first, ':')
        }
    }
}

/// What was read and, where reading broke off, what simple lines say besides.
fn mended(mut parsed: Parsed, text: &str, first: usize, sign: char) -> Parsed {
    if parsed.broken {
        parsed.node = merged(parsed.node.take(), simple(text, first, sign));
    }
    parsed
}

fn text(bytes: &[u8], range: &Range<usize>) -> String {
    String::from_utf8_lossy(bytes.get(range.clone()).unwrap_or_default()).into_owned()
}

/// The keys of both maps; the first map's values hold.
fn merged(first: Option<Node>, second: Option<Node>) -> Option<Node> {
    let (Some(mut first), Some(second)) = (first.clone(), second.clone()) else { return first.or(second) };
    if let (Value::Map(entries), Value::Map(more)) = (&mut first.value, second.value) {
        let known: HashSet<String> = entries.iter().map(|entry| entry.key.clone()).collect();
        entries.extend(more.into_iter().filter(|entry| !known.contains(&entry.key)));
    }
    Some(first)
}

/// The map that lines of `key: value` or `key = value` make, up to the first table of TOML.
fn simple(text: &str, first: usize, sign: char) -> Option<Node> {
    let mut entries: Vec<Entry> = Vec::new();
    let mut known: HashSet<&str> = HashSet::new();
    for (at, line) in text.lines().enumerate() {
        if sign == '=' && line.starts_with('[') {
            break;
        }
        let Some((key, value)) = line.split_once(sign) else { continue };
        let (name, value) = (key.trim(), value.trim());
        let nested = key.starts_with([' ', '\t', '-', '#']) || name.is_empty() || name.contains(' ');
        if nested || value.is_empty() || !known.insert(name) {
            continue;
        }
        let (line, column) = (at + first, 1);
        let text = value.trim_matches(['"', '\'']).to_owned();
        let value = Node { value: Value::Text { text, quoted: false }, line, column };
        entries.push(Entry { key: name.to_owned(), line, column, value });
    }
    (!entries.is_empty()).then_some(Node { value: Value::Map(entries), line: first, column: 1 })
}

#[cfg(test)]
mod tests;
