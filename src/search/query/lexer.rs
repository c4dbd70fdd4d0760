//! A line cut into brackets, operators and items. Bytes outside items mean nothing else.
//!
//! An item is a word, a phrase, or a field with its value; what it means is `item.rs`.

use std::borrow::Cow;
use std::ops::Range;

/// One piece of a line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Lexeme<'a> {
    pub kind: Kind<'a>,
    pub range: Range<usize>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Kind<'a> {
    Open,
    Close,
    Or,
    And,
    Not,
    Item(Item<'a>),
}

/// A word, a phrase, or a field with its value, as written.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Item<'a> {
    /// What stands before the colon, in lower case.
    pub field: Option<String>,
    pub value: Cow<'a, str>,
    pub quoted: bool,
    /// The `*` and `~` after it.
    pub marks: &'a str,
    /// The line ended before the quotation did.
    pub unclosed: bool,
}

/// Cuts a line, front to back.
pub(super) struct Lexer<'a> {
    line: &'a str,
    at: usize,
}

const QUOTES: [char; 4] = ['"', '“', '”', '„'];
const DASHES: [char; 3] = ['-', '−', '–'];

fn ends_word(c: char) -> bool {
    c.is_whitespace() || c == '(' || c == ')' || QUOTES.contains(&c)
}

impl<'a> Lexer<'a> {
    pub fn new(line: &'a str) -> Self {
        Self { line, at: 0 }
    }

    fn rest(&self) -> &'a str {
        self.line.get(self.at..).unwrap_or_default()
    }

    fn peek(&self) -> Option<char> {
        self.rest().chars().next()
    }

    /// Takes the longest start whose characters are all `wanted`.
    fn take(&mut self, wanted: impl Fn(char) -> bool) -> &'a str {
        let rest = self.rest();
        let end = rest.find(|c| !wanted(c)).unwrap_or(rest.len());
        self.at += end;
        rest.get(..end).unwrap_or_default()
    }

    fn kind(&mut self, first: char) -> Kind<'a> {
        match first {
            '(' | ')' => {
                self.at += 1;
                if first == '(' { Kind::Open } else { Kind::Close }
            }
            c if DASHES.contains(&c) => {
                self.take(|c| DASHES.contains(&c));
                match self.peek() {
                    Some(c) if c != ')' && !c.is_whitespace() => Kind::Not,
                    _ => Kind::Item(Item::default()),
                }
            }
            c if QUOTES.contains(&c) => Kind::Item(self.phrase(None)),
            _ => self.word(),
        }
    }

    /// A quotation, from its opening mark.
    fn phrase(&mut self, field: Option<String>) -> Item<'a> {
        let (value, unclosed) = self.quotation();
        let marks = self.take(|c| c == '*' || c == '~');
        Item { field, value: Cow::Borrowed(value), quoted: true, marks, unclosed }
    }

    /// What stands between quotation marks, and whether the closing one is missing.
    fn quotation(&mut self) -> (&'a str, bool) {
        let straight = self.peek() == Some('"');
        self.at += self.peek().map_or(0, char::len_utf8);
        let inside = self.take(|c| if straight { c != '"' } else { !QUOTES.contains(&c) });
        let closing = self.peek();
        self.at += closing.map_or(0, char::len_utf8);
        (inside, closing.is_none())
    }

    fn word(&mut self) -> Kind<'a> {
        let start = self.at;
        let word = self.take(|c| !ends_word(c));
        match word {
            "OR" | "|" | "||" => return Kind::Or,
            "AND" | "&&" => return Kind::And,
            "NOT" => return Kind::Not,
            _ => {}
        }
        if let Some((field, value)) = word.split_once(':').filter(|(field, _)| names_field(field)) {
            self.at = start + field.len() + 1;
            let field = field.to_ascii_lowercase();
            if matches!(field.as_str(), "date" | "after" | "before") {
                return Kind::Item(self.date(field));
            }
            if super::item::knows(&field) && value.is_empty() {
                self.skip_to_value();
            }
            if self.peek().is_some_and(|c| QUOTES.contains(&c)) {
                return Kind::Item(self.phrase(Some(field)));
            }
            return Kind::Item(Item { field: Some(field), ..self.bare() });
        }
        self.at = start;
        Kind::Item(self.bare())
    }

    fn bare(&mut self) -> Item<'a> {
        let word = self.take(|c| !ends_word(c));
        let value = word.trim_end_matches(['*', '~']);
        let marks = word.get(value.len()..).unwrap_or_default();
        Item { value: Cow::Borrowed(value), marks, ..Item::default() }
    }

    /// The value of a date field: bare and quoted pieces, such as `"last month"..today`.
    fn date(&mut self, field: String) -> Item<'a> {
        self.skip_to_value();
        let mut value = Cow::Borrowed("");
        let mut unclosed = false;
        loop {
            let piece = match self.peek() {
                Some(c) if QUOTES.contains(&c) => {
                    let (inside, open) = self.quotation();
                    unclosed |= open;
                    inside
                }
                Some(c) if !ends_word(c) => self.take(|c| !ends_word(c)),
                _ => break,
            };
            value += piece;
        }
        Item { field: Some(field), value, unclosed, ..Item::default() }
    }

    /// Steps over the white space in `actor: wang`, unless what follows cannot be a value.
    fn skip_to_value(&mut self) {
        let before = self.at;
        self.take(char::is_whitespace);
        let rest = self.rest();
        let next = rest.split(ends_word).next().unwrap_or_default();
        let operator = matches!(next, "OR" | "AND" | "NOT" | "|" | "||" | "&&");
        let field = next.split_once(':').is_some_and(|(field, _)| names_field(field));
        if operator || field || rest.starts_with(DASHES) || rest.starts_with(['(', ')']) {
            self.at = before;
        }
    }
}

/// Whether what stands before a colon may be meant as a field: `actor:` is, `TLP:`, `10:` and `https:` are not.
fn names_field(word: &str) -> bool {
    let lower = word.to_ascii_lowercase();
    let letters = (2..=10).contains(&word.len()) && word.bytes().all(|byte| byte.is_ascii_alphabetic());
    letters
        && !matches!(lower.as_str(), "http" | "https" | "mailto")
        && (word == lower || super::item::knows(&lower))
}

impl<'a> Iterator for Lexer<'a> {
    type Item = Lexeme<'a>;

    fn next(&mut self) -> Option<Lexeme<'a>> {
        self.take(char::is_whitespace);
        let start = self.at;
        let kind = self.kind(self.peek()?);
        Some(Lexeme { kind, range: start..self.at })
    }
}
