//! TOML front matter to the same tree of values as YAML: the only user of the TOML crate.
//!
//! What site builders keep in tables of their own (`[taxonomies]`, `[params]`, `[extra]`) is read as if it stood
//! beside the other keys: it is metadata all the same.

use std::collections::HashSet;
use std::ops::Range;
use std::sync::Arc;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::problem::{Place, Problem};
use super::yaml::{Entry, Node, Parsed, Value};
use crate::text::Text;

/// Tables whose keys count as keys of the file.
const SPREAD: [&str; 3] = ["taxonomies", "params", "extra"];
/// Problems named of one file.
const PROBLEMS: usize = 5;

/// Reads `text`, whose first line is line `first` of `file`. What stands right in a text with errors is read.
pub fn parse(text: &str, file: &Arc<Text>, first: usize) -> Parsed {
    let (table, errors) = DeTable::parse_recoverable(text);
    let reader = Reader { text, lines: line_starts(text), first };
    let problems = errors.iter().take(PROBLEMS).map(|error| {
        let (line, column) = reader.place(error.span().map_or(0, |span| span.start));
        Problem::error(
            Place::new(file, line, column),
            format!("this is not TOML: {}", Text::line(error.message())),
        )
        .help("write `key = \"value\"`, each on a line of its own")
    });
    let problems: Vec<Problem> = problems.collect();
    let entries = spread(reader.entries(table.get_ref()));
    let node = Node { value: Value::Map(entries), line: first, column: 1 };
    Parsed { node: Some(node).filter(|node| !node.is_empty()), broken: !errors.is_empty(), problems }
}

/// The keys of the builders' own tables among the others; those that are there already hold.
fn spread(entries: Vec<Entry>) -> Vec<Entry> {
    let known: HashSet<String> = entries.iter().map(|entry| entry.key.clone()).collect();
    let mut all = Vec::with_capacity(entries.len());
    for entry in entries {
        match entry.value.value {
            Value::Map(inner) if SPREAD.contains(&entry.key.as_str()) => {
                all.extend(inner.into_iter().filter(|it| !known.contains(&it.key)));
            }
            _ => all.push(entry),
        }
    }
    all
}

fn line_starts(text: &str) -> Vec<usize> {
    std::iter::once(0).chain(text.match_indices('\n').map(|(at, _)| at + 1)).collect()
}

/// Values with their places.
struct Reader<'a> {
    text: &'a str,
    lines: Vec<usize>,
    first: usize,
}

impl Reader<'_> {
    fn place(&self, at: usize) -> (usize, usize) {
        let line = self.lines.partition_point(|start| *start <= at).saturating_sub(1);
        let start = self.lines.get(line).copied().unwrap_or_default();
        let column = self.text.get(start..at).map_or(0, |before| before.chars().count()) + 1;
        (line + self.first, column)
    }

    /// The entries of a table in the order written. Depth is bounded by the parser's.
    fn entries(&self, table: &DeTable<'_>) -> Vec<Entry> {
        let mut pairs: Vec<_> = table.iter().collect();
        pairs.sort_by_key(|(key, _)| key.span().start);
        let entry = |(key, value): (&Spanned<_>, &Spanned<DeValue<'_>>)| {
            let key: &Spanned<std::borrow::Cow<'_, str>> = key;
            let (line, column) = self.place(key.span().start);
            Entry { key: key.get_ref().to_string(), line, column, value: self.node(value) }
        };
        pairs.into_iter().map(entry).collect()
    }

    fn node(&self, value: &Spanned<DeValue<'_>>) -> Node {
        let (line, column) = self.place(value.span().start);
        let written = |range: Range<usize>| self.text.get(range).unwrap_or_default().to_owned();
        let value = match value.get_ref() {
            DeValue::String(text) => Value::Text { text: text.to_string(), quoted: true },
            DeValue::Array(items) => Value::List(items.iter().map(|item| self.node(item)).collect()),
            DeValue::Table(table) => Value::Map(self.entries(table)),
            // numbers, dates and the like stay as they are written
            _ => Value::Text { text: written(value.span()), quoted: false },
        };
        Node { value, line, column }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> (String, Vec<String>) {
        let parsed = parse(text, &Arc::new(Text::line("f.md")), 2);
        (
            parsed.node.map(|node| node.shown()).unwrap_or_default(),
            parsed.problems.iter().map(ToString::to_string).collect(),
        )
    }

    #[test]
    fn values_stay_as_they_are_written() {
        let text = "title = \"A # b\"\ndate = 2025-01-21\nweight = 1.10\ndraft = false\ntags = [\n  'x', # one\n  \"y\",\n]\n\
                    text = \"\"\"\none\ntwo\"\"\"\n[taxonomies]\ntopics = [\"z\"]\n[author]\nname = \"N\"\n";
        assert_eq!(
            read(text).0,
            "{title: A # b, date: 2025-01-21, weight: 1.10, draft: false, tags: x, y, text: one\ntwo, topics: z, author: {name: N}}"
        );
        assert_eq!(read(text).1, Vec::<String>::new());
    }

    #[test]
    fn what_is_wrong_is_named_and_the_rest_is_read() {
        let (node, problems) = read("title = \"A\"\ntitle = \"B\"\nx = 1\n");
        assert!(node.contains("title: ") && node.contains("x: 1"), "{node}");
        assert!(
            problems.first().is_some_and(|it| it.starts_with("f.md:3:1: this is not TOML")),
            "{problems:?}"
        );
        let (node, problems) = read("title = A title\ntags = [\"a\"]\n");
        assert!(node.contains("tags: a"), "{node}");
        assert!(!problems.is_empty());
    }

    proptest::proptest! {
        #[test]
        fn no_text_makes_it_panic(text in "([a-c.]| = |\"|'|\\[|\\]|\\{|\\}|,|\n|#|1|2025-01-01|é){0,40}") {
            let _ = read(&text);
        }
    }
}
