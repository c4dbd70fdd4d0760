//! What one item of a line means: a word, a phrase, a field with its value. Mistakes become complaints.

use std::ops::Range;

use super::lexer::Item;
use super::{Complaint, Ending, Field, Node, Span, State, WORD, Words, days};
use crate::date::Day;
use crate::text::{Text, nearest};

/// The fields whose values are not words.
const OTHERS: [&str; 6] = ["date", "after", "before", "is", "has", "author"];

/// Whether `field` (in lower case) is one the language has.
pub(super) fn knows(field: &str) -> bool {
    field_of(field).is_some() || OTHERS.contains(&field)
}

fn field_of(word: &str) -> Option<Field> {
    if word == "author" {
        return Some(Field::From);
    }
    Field::ALL.into_iter().find(|field| field.word() == word)
}

/// Reads items, gathering complaints.
pub(super) struct Reader {
    pub today: Day,
    /// The line is being typed, and this is its last item.
    pub typing: bool,
    pub complaints: Vec<Complaint>,
}

impl Reader {
    pub fn complain(&mut self, range: &Range<usize>, what: impl Into<Text>, help: impl Into<Text>) {
        let complaint = Complaint { range: range.clone(), what: what.into(), help: help.into() };
        let told = self.complaints.iter().any(|it| it.what == complaint.what);
        if !told && self.complaints.len() < super::COMPLAINTS {
            self.complaints.push(complaint);
        }
    }

    /// The node that `item` means, if anything.
    pub fn read(&mut self, item: &Item<'_>, range: &Range<usize>) -> Option<Node> {
        if item.unclosed && !self.typing {
            self.complain(range, "the quotation is not closed", "write \" after its last word");
        }
        let Some(name) = &item.field else {
            return self.words(item, range).map(Node::Words);
        };
        if knows(name) && item.value.trim().is_empty() {
            if !self.typing {
                let help = format!("write a value right after the colon, such as {}", example(name));
                self.complain(range, format!("`{name}:` has no value"), help);
            }
            return None;
        }
        match name.as_str() {
            "date" | "after" | "before" => self.date(name, item.value.trim(), range).map(Node::Date),
            "is" => self.state(&item.value, range).map(Node::Is),
            "has" => self.has(&item.value, range),
            _ => match field_of(name) {
                Some(field) => self.words(item, range).map(|words| Node::In(field, words)),
                None => self.unknown(name, item, range),
            },
        }
    }

    fn unknown(&mut self, name: &str, item: &Item<'_>, range: &Range<usize>) -> Option<Node> {
        let known = Field::ALL.into_iter().map(Field::word).chain(OTHERS);
        let help = match nearest(name, known) {
            Some(field) => format!("did you mean `{field}:`? searched as words"),
            None => "searched as words; the fields are actor, from, topic, kind, folder, title, status, \
                     marking, claim, date, after, before, is, has"
                .to_owned(),
        };
        let empty = item.value.is_empty() && !item.quoted;
        if !empty {
            self.complain(range, format!("there is no field `{name}:`"), help);
        }
        let value = if item.quoted { item.value.clone() } else { format!("{name}:{}", item.value).into() };
        self.words(&Item { field: None, value, ..item.clone() }, range).map(Node::Words)
    }

    /// The words of an item; `None` if nothing in it can be searched.
    fn words(&mut self, item: &Item<'_>, range: &Range<usize>) -> Option<Words> {
        let mut text = Text::line(&item.value);
        if text.len() > WORD {
            self.complain(
                range,
                "a word or phrase is too long",
                format!("its first {WORD} bytes are searched"),
            );
            let start = text.get(..text.floor_char_boundary(WORD)).unwrap_or_default();
            text = Text::line(start.trim_end_matches(['*', '~']));
        }
        if !text.chars().any(char::is_alphanumeric) {
            return None;
        }
        if !item.quoted && text.trim_end_matches(['*', '~']).contains(['*', '~']) {
            self.complain(range, "`*` and `~` work only at the end of a word", "write chip* or wang~");
        }
        let ending = self.ending(item, &text, range);
        let operator = ending == Ending::Whole && matches!(text.as_str(), "OR" | "AND" | "NOT");
        Some(Words { text, quoted: item.quoted || operator, ending })
    }

    fn ending(&mut self, item: &Item<'_>, text: &str, range: &Range<usize>) -> Ending {
        if item.marks.ends_with('~') {
            if item.quoted {
                self.complain(range, "`~` does not work on a quotation", "write it after a single word");
                return Ending::Whole;
            }
            if edits(text) == 0 {
                self.complain(
                    range,
                    "the word is too short for `~`",
                    "three letters or more may be misspelt",
                );
                return Ending::Whole;
            }
            return Ending::Typo;
        }
        match item.marks.ends_with('*') {
            true => Ending::Prefix,
            false if self.typing && (!item.quoted || item.unclosed) => Ending::Typing,
            false => Ending::Whole,
        }
    }

    fn state(&mut self, value: &str, range: &Range<usize>) -> Option<State> {
        let found = State::ALL.into_iter().find(|state| state.word().eq_ignore_ascii_case(value));
        if found.is_none() && !self.begins(value, &State::ALL.map(State::word)) {
            let what = format!("left out: `is:{}` is not known", Text::line(value));
            self.complain(range, what, "write is:unread, is:starred or is:changed");
        }
        found
    }

    fn has(&mut self, value: &str, range: &Range<usize>) -> Option<Node> {
        if value.eq_ignore_ascii_case("ask") || value.eq_ignore_ascii_case("asks") {
            return Some(Node::HasAsk);
        }
        if value.eq_ignore_ascii_case("note") || value.eq_ignore_ascii_case("notes") {
            return Some(Node::HasNote);
        }
        if !self.begins(value, &["ask", "note"]) {
            let what = format!("left out: `has:{}` is not known", Text::line(value));
            self.complain(range, what, "write has:ask or has:note");
        }
        None
    }

    /// Whether the line is being typed and `value` may yet become one of `words`.
    fn begins(&self, value: &str, words: &[&str]) -> bool {
        let value = value.to_ascii_lowercase();
        self.typing && words.iter().any(|word| word.starts_with(&value))
    }

    fn date(&mut self, field: &str, value: &str, range: &Range<usize>) -> Option<Span> {
        let open = |from, to| (Span { from, to }, false);
        let read = match field {
            "after" => days::span(value, self.today).map(|span| open(span.from, None)),
            "before" => {
                days::span(value, self.today).map(|span| open(None, span.from.and_then(days::before)))
            }
            _ => days::range(value, self.today),
        };
        let read = read.filter(|(span, _)| span.from.is_some() || span.to.is_some());
        match read {
            Some((span, true)) => self.complain(range, "the dates run backwards", format!("read as {span}")),
            None if !self.typing => {
                let help = "write 2025, 2025-01, 2025-01-21, 2025-01..2025-03, yesterday or \"last month\"";
                self.complain(
                    range,
                    format!("left out: `{field}:{0}`, as `{0}` is no date", Text::line(value)),
                    help,
                );
            }
            _ => {}
        }
        read.map(|(span, _)| span)
    }
}

fn example(field: &str) -> &'static str {
    match field {
        "from" | "author" => "from:\"policy desk\"",
        "topic" => "topic:\"export controls\"",
        "kind" => "kind:memo",
        "folder" => "folder:chips",
        "title" => "title:letter",
        "status" => "status:draft",
        "marking" => "marking:amber",
        "claim" => "claim:disputed",
        "date" => "date:2025-01..2025-03",
        "after" => "after:2025-01",
        "before" => "before:yesterday",
        "is" => "is:unread",
        "has" => "has:note",
        _ => "actor:wang",
    }
}

/// How many letters a word may be off with `~`.
pub(in crate::search) fn edits(word: &str) -> u8 {
    match word.chars().count() {
        0..=2 => 0,
        3..=7 => 1,
        _ => 2,
    }
}
