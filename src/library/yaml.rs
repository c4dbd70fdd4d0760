//! YAML text to a tree of values as written, with places: the only user of the YAML crate.
//!
//! The tree is built from the parser's events (`serde_yaml::granit_parser`), not through serde: serde's
//! `deserialize_any` would make `no` a boolean, `1.10` a number and a date something else, and would end at
//! the first repeated key. Here every scalar stays the text that was written, and what is wrong is named.

mod message;
mod resume;

use std::collections::HashSet;
use std::ops::Range;
use std::sync::Arc;

use serde_yaml::granit_parser::{Event, Options, Parser, ScalarStyle, Span, StructureStyle};

use super::limits;
use super::problem::{Place, Problem};
use crate::text::Text;

/// A value and where it stands in its file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Node {
    pub value: Value,
    pub line: usize,
    pub column: usize,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Value {
    /// As written, without its quotes. `quoted` text is never empty by being `~` or `null`.
    Text {
        text: String,
        quoted: bool,
    },
    List(Vec<Node>),
    /// In the order written. No key twice: the first holds.
    Map(Vec<Entry>),
}

/// A key of a map, with its own place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    pub key: String,
    pub line: usize,
    pub column: usize,
    pub value: Node,
}

impl Node {
    /// Whether nothing is written: an absent value, `~`, `null`, `""`, `[]`.
    pub fn is_empty(&self) -> bool {
        match &self.value {
            Value::Text { text, quoted } => {
                text.trim().is_empty() || !quoted && matches!(text.as_str(), "~" | "null" | "Null" | "NULL")
            }
            Value::List(items) => items.iter().all(Self::is_empty),
            Value::Map(entries) => entries.is_empty(),
        }
    }

    /// The value of `key`, if this is a map that has it.
    pub fn at(&self, key: &str) -> Option<&Self> {
        match &self.value {
            Value::Map(entries) => entries.iter().find(|entry| entry.key == key).map(|entry| &entry.value),
            _ => None,
        }
    }

    /// The value on one line, much as YAML writes it in flow style.
    pub fn shown(&self) -> String {
        let mut shown = String::new();
        self.show(&mut shown);
        shown
    }

    /// Depth is bounded by the parser's.
    fn show(&self, shown: &mut String) {
        match &self.value {
            Value::Text { text, .. } => shown.push_str(text),
            Value::List(items) => {
                for (at, item) in items.iter().enumerate() {
                    shown.push_str(if at == 0 { "" } else { ", " });
                    let nested = matches!(item.value, Value::List(_));
                    shown.push_str(if nested { "[" } else { "" });
                    item.show(shown);
                    shown.push_str(if nested { "]" } else { "" });
                }
            }
            Value::Map(entries) => {
                shown.push('{');
                for (at, entry) in entries.iter().enumerate() {
                    shown.push_str(if at == 0 { "" } else { ", " });
                    shown.push_str(&entry.key);
                    shown.push_str(": ");
                    entry.value.show(shown);
                }
                shown.push('}');
            }
        }
    }
}

/// What was read of one YAML text.
#[derive(Debug, Default)]
pub struct Parsed {
    /// `None` where there is nothing. Of a text with errors, what stands complete.
    pub node: Option<Node>,
    /// Whether there was an error.
    pub broken: bool,
    pub problems: Vec<Problem>,
}

/// How often reading goes on after an error: each time costs a look at the rest of the file.
const RESUMES: usize = 20;

/// Reads `text`, whose first line is line `first` of `file`. Of several documents only the first is read.
/// After an error in a record of a list, reading goes on with the next record.
pub fn parse(text: &str, file: &Arc<Text>, first: usize) -> Parsed {
    parse_some(text, file, first, &mut Budget { resumes: RESUMES, values: limits::YAML_VALUES })
}

/// What may still be read of a file, however often reading goes on after an error.
struct Budget {
    resumes: usize,
    values: usize,
}

fn parse_some(text: &str, file: &Arc<Text>, first: usize, budget: &mut Budget) -> Parsed {
    let values = budget.values;
    let mut builder =
        Builder { file, first, open: Vec::new(), root: None, values, lost: None, problems: Vec::new() };
    let broken = builder.read(text);
    budget.values = builder.values;
    let may = budget.resumes > 0 && budget.values > 0;
    let rest = builder.lost.filter(|_| may).and_then(|line| resume::after(text, line - first));
    let mut parsed = Parsed { node: builder.root, broken, problems: builder.problems };
    if let Some(rest) = rest {
        let mut more = |(range, line): (Range<usize>, usize)| {
            budget.resumes = budget.resumes.saturating_sub(1);
            let more = parse_some(text.get(range).unwrap_or_default(), file, first + line, budget);
            parsed.problems.extend(more.problems);
            more.node.map(|node| node.value)
        };
        let (list, tail) = (more(rest.list), more(rest.tail));
        parsed.node = parsed.node.map(|node| joined(node, list, tail));
    }
    parsed
}

/// `node`, whose last list goes on with `list`, and which goes on with the keys of `tail`.
fn joined(mut node: Node, list: Option<Value>, tail: Option<Value>) -> Node {
    let open = match &mut node.value {
        Value::Map(entries) => entries.last_mut().map(|entry| &mut entry.value.value),
        other => Some(other),
    };
    if let (Some(Value::List(items)), Some(Value::List(more))) = (open, list) {
        items.extend(more);
    }
    if let (Value::Map(entries), Some(Value::Map(more))) = (&mut node.value, tail) {
        let known: HashSet<String> = entries.iter().map(|entry| entry.key.clone()).collect();
        entries.extend(more.into_iter().filter(|entry| !known.contains(&entry.key)));
    }
    node
}

/// A list or a map that has not ended yet.
struct Open {
    node: Node,
    /// Whether it is written in brackets.
    flow: bool,
    /// The key whose value comes next.
    key: Option<(String, usize, usize)>,
    /// The keys of a map so far.
    keys: HashSet<String>,
}

struct Builder<'a> {
    file: &'a Arc<Text>,
    first: usize,
    open: Vec<Open>,
    root: Option<Node>,
    /// How many values may still be read.
    values: usize,
    /// The line of the record in which reading ended.
    lost: Option<usize>,
    problems: Vec<Problem>,
}

impl Builder<'_> {
    /// Whether reading ended at an error.
    fn read(&mut self, text: &str) -> bool {
        let mut options = Options::default();
        options.emit_unresolved_aliases = true;
        options.flow_nesting_limit = limits::YAML_DEEP;
        options.block_nesting_limit = limits::YAML_DEEP;
        let mut documents = 0;
        for event in Parser::new_from_str_with_options(text, options) {
            let (event, span) = match event {
                Ok(event) => event,
                Err(error) => {
                    let (line, column) = (error.marker().line(), error.marker().col());
                    let place = self.place(line, column);
                    let problem = match self.open.last().filter(|open| open.flow) {
                        Some(open) => {
                            let opened = Place::new(self.file, open.node.line, open.node.column);
                            message::bracket(opened, place, error.kind())
                        }
                        None => message::broken(place, error.kind()),
                    };
                    self.problems.push(problem);
                    return self.break_off(line + self.first - 1);
                }
            };
            if matches!(event, Event::DocumentStart(..)) {
                documents += 1;
            }
            if documents > 1 {
                let place = self.place(span.start.line(), span.start.col());
                self.tell(
                    Problem::warning(place, "a second YAML document starts here and is not read")
                        .help("remove the line `---`"),
                );
                return false;
            }
            if let Err(problem) = self.take(event, &span) {
                let line = problem.place.line;
                self.problems.push(problem);
                return self.break_off(line);
            }
        }
        false
    }

    fn take(&mut self, event: Event<'_>, span: &Span) -> Result<(), Problem> {
        let (line, column) = (span.start.line(), span.start.col());
        match event {
            Event::Scalar(text, style, anchor, _) => {
                self.refuse_anchor(anchor, line, column);
                let value =
                    Value::Text { text: text.into_owned(), quoted: !matches!(style, ScalarStyle::Plain) };
                self.value(value, line, column)
            }
            Event::SequenceStart(style, anchor, _) => {
                self.refuse_anchor(anchor, line, column);
                self.start(Value::List(Vec::new()), style, span)
            }
            Event::MappingStart(style, anchor, _) => {
                self.refuse_anchor(anchor, line, column);
                self.start(Value::Map(Vec::new()), style, span)
            }
            Event::SequenceEnd | Event::MappingEnd => {
                self.end();
                Ok(())
            }
            Event::Alias(_) | Event::UnresolvedAlias(_) => {
                let place = self.place(line, column);
                self.tell(
                    Problem::error(
                        place,
                        "a value that starts with `*` refers to another, which is not read",
                    )
                    .help("write the value out, or put it in quotes"),
                );
                self.value(Value::Text { text: String::new(), quoted: false }, line, column)
            }
            _ => Ok(()),
        }
    }

    fn refuse_anchor(&mut self, anchor: usize, line: usize, column: usize) {
        if anchor != 0 {
            let place = self.place(line, column);
            self.tell(
                Problem::warning(place, "a name that starts with `&` marks this value, which has no effect")
                    .help("remove it, or put the value in quotes"),
            );
        }
    }

    fn count(&mut self, line: usize, column: usize) -> Result<(), Problem> {
        if let Some(left) = self.values.checked_sub(1) {
            self.values = left;
            return Ok(());
        }
        let text = format!("more than {} values; what comes after is not read", limits::YAML_VALUES);
        Err(Problem::error(self.place(line, column), text).help("split the file"))
    }

    fn start(&mut self, value: Value, style: StructureStyle, span: &Span) -> Result<(), Problem> {
        let (line, column) = (span.start.line(), span.start.col());
        self.count(line, column)?;
        if self.open.len() >= limits::YAML_DEEP {
            let text = format!("lists and maps more than {} deep", limits::YAML_DEEP);
            return Err(Problem::error(self.place(line, column), text));
        }
        let node = self.node(value, line, column);
        let flow = style == StructureStyle::Flow;
        self.open.push(Open { node, flow, key: None, keys: HashSet::new() });
        Ok(())
    }

    fn end(&mut self) {
        if let Some(mut open) = self.open.pop() {
            match &mut open.node.value {
                Value::List(items) => items.shrink_to_fit(),
                Value::Map(entries) => entries.shrink_to_fit(),
                Value::Text { .. } => {}
            }
            self.put(open.node);
        }
    }

    fn value(&mut self, value: Value, line: usize, column: usize) -> Result<(), Problem> {
        self.count(line, column)?;
        let node = self.node(value, line, column);
        self.put(node);
        Ok(())
    }

    /// Puts a complete value where it belongs: the root, the end of a list, a key or its value.
    fn put(&mut self, node: Node) {
        let Some(open) = self.open.last_mut() else {
            self.root = Some(node);
            return;
        };
        match (&mut open.node.value, open.key.take()) {
            (Value::List(items), _) => items.push(node),
            (Value::Map(entries), Some((key, line, column))) => {
                if open.keys.insert(key.clone()) {
                    entries.push(Entry { key, line, column, value: node });
                } else {
                    self.repeated(&key, line, column);
                }
            }
            (Value::Map(_), None) => {
                let odd = is_odd(&node.value);
                open.key = Some((node.shown(), node.line, node.column));
                if odd {
                    let place = Place::new(self.file, node.line, node.column);
                    let problem = Problem::warning(place, format!("the key `{}` is no word", node.shown()));
                    self.tell(problem.help("put it in quotes, or write a word"));
                }
            }
            (Value::Text { .. }, _) => {}
        }
    }

    fn repeated(&mut self, key: &str, line: usize, column: usize) {
        let place = Place::new(self.file, line, column);
        self.tell(
            Problem::warning(place, format!("`{key}` is written twice; the first holds"))
                .help("remove one of them"),
        );
    }

    /// Keeps what stands complete before an error on `line`: the records of a list, the keys of a map. The
    /// record in which the error stands is dropped whole, and so is a value on its line.
    fn break_off(&mut self, line: usize) -> bool {
        let in_list = |pair: &[Open]| matches!(pair, [list, _] if matches!(list.node.value, Value::List(_)));
        if let Some(at) = self.open.windows(2).position(in_list) {
            let record = self.open.get(at + 1).map(|record| record.node.line);
            // Reading goes on only where it can be told where the list stands.
            self.lost = record.filter(|_| at <= 1);
            self.open.truncate(at + 1);
        } else if let Some(Value::Map(entries)) = self.open.last_mut().map(|open| &mut open.node.value) {
            entries.retain(|entry| entry.line != line);
        }
        while let Some(open) = self.open.pop() {
            // A list that lost its first record stays, for those that come after.
            if !open.node.is_empty() || self.lost.is_some() {
                self.put(open.node);
            }
        }
        true
    }

    fn tell(&mut self, problem: Problem) {
        // One more than are shown, so that the rest is known to be more.
        if self.problems.len() <= limits::PROBLEMS {
            self.problems.push(problem);
        }
    }

    fn node(&self, value: Value, line: usize, column: usize) -> Node {
        Node { value, line: line + self.first - 1, column: column + 1 }
    }

    /// The place of the parser's line (from 1) and column (from 0).
    fn place(&self, line: usize, column: usize) -> Place {
        Place::new(self.file, line + self.first - 1, column + 1)
    }
}

/// Whether a key is something other than text in YAML: a list, a map, a number, a truth.
fn is_odd(key: &Value) -> bool {
    match key {
        Value::Text { text, quoted } => {
            let number = text.starts_with(|c: char| c.is_ascii_digit() || "+-.".contains(c));
            let other = ["true", "false", "null", "~"].iter().any(|word| text.eq_ignore_ascii_case(word));
            !quoted && (other || number && text.parse::<f64>().is_ok())
        }
        Value::List(_) | Value::Map(_) => true,
    }
}

#[cfg(test)]
mod tests;
