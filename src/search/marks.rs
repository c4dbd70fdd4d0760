//! What of a text a query found: the words to be marked in extracts and on the page.

use std::ops::Range;

use super::words::{Cutter, Form, Token};

/// Patterns of one query; more would mark everything.
const PATTERNS: usize = 256;

/// What a query looks for in running text. What must not be there is not in it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Marks {
    patterns: Vec<Pattern>,
}

/// A word, or words that stand one after another.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Pattern {
    pub parts: Vec<Part>,
}

/// One word of a pattern.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Part {
    /// The tokens that it may be.
    pub any: Vec<String>,
    /// Or any token that begins with the first of them.
    pub prefix: bool,
}

/// Words that were found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// The bytes of the text.
    pub range: Range<usize>,
    /// Which of the query's patterns it is.
    pub pattern: usize,
}

impl Part {
    fn matches(&self, token: &str) -> bool {
        self.any.iter().any(|it| it == token)
            || (self.prefix && self.any.first().is_some_and(|first| token.starts_with(first.as_str())))
    }
}

impl Marks {
    pub(super) fn push(&mut self, pattern: Pattern) {
        if !pattern.parts.is_empty() && self.patterns.len() < PATTERNS && !self.patterns.contains(&pattern) {
            self.patterns.push(pattern);
        }
    }

    pub(super) fn patterns(&self) -> &[Pattern] {
        &self.patterns
    }

    pub fn is_empty(&self) -> bool {
        self.patterns.is_empty()
    }

    /// What of `text` was looked for, in order, none inside another.
    pub fn find(&self, text: &str) -> Vec<Found> {
        let words = words(text);
        let mut found: Vec<Found> = Vec::new();
        for (at, here) in words.iter().enumerate() {
            for (pattern, it) in self.patterns.iter().enumerate() {
                if let Some(last) = it.ends(words.get(at..).unwrap_or_default()) {
                    found.push(Found { range: here.range.start..last, pattern });
                }
            }
        }
        found.sort_by_key(|it| (it.range.start, std::cmp::Reverse(it.range.end)));
        let mut end = 0;
        found.retain(|it| {
            let apart = it.range.start >= end;
            end = if apart { it.range.end } else { end };
            apart
        });
        found
    }
}

impl Pattern {
    /// Where the pattern ends if `words` begin with it.
    fn ends(&self, words: &[Word]) -> Option<usize> {
        let first = words.first()?.position;
        let mut end = None;
        for (nth, (part, word)) in self.parts.iter().zip(words).enumerate() {
            let token = word.tokens.iter().find(|token| part.matches(&token.text))?;
            if word.position != first + nth {
                return None;
            }
            end = Some(token.range.end);
        }
        end.filter(|_| words.len() >= self.parts.len())
    }
}

/// All tokens of one position.
struct Word {
    position: usize,
    range: Range<usize>,
    tokens: Vec<Token>,
}

fn words(text: &str) -> Vec<Word> {
    let mut cutter = Cutter::default();
    let mut tokens = cutter.cut(text);
    let mut words: Vec<Word> = Vec::new();
    while let Some(token) = tokens.advance() {
        if token.form == Form::Section {
            continue;
        }
        match words.last_mut().filter(|word| word.position == token.position) {
            Some(word) => word.tokens.push(token.clone()),
            None => words.push(Word {
                position: token.position,
                range: token.range.clone(),
                tokens: vec![token.clone()],
            }),
        }
    }
    words
}
