//! What of a text a query found: the words to be marked in extracts and on the page.

use std::collections::{BTreeSet, HashMap};
use std::ops::Range;

use foldhash::fast::RandomState;

use super::words::{Cutter, Form, STEM, stem_of};

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

    /// Made ready to look through texts.
    pub fn marker(&self) -> Marker<'_> {
        Marker::new(self)
    }
}

/// Which word of which pattern.
type PartOf = (usize, usize);

/// Looks for a query's words in one text after another.
pub struct Marker<'a> {
    marks: &'a Marks,
    tokens: HashMap<&'a str, Vec<PartOf>, RandomState>,
    beginnings: Vec<(&'a str, PartOf)>,
    /// Letters of which a text must have some to be looked at; empty if that cannot be told.
    needles: Vec<String>,
    /// The letters of the text that is looked at.
    joined: String,
    /// Whether stems are looked for that begin with these two letters.
    stems: BTreeSet<[u8; 2]>,
    cutter: Cutter,
}

/// A pattern of which the words up to a position were found.
#[derive(Clone, Copy)]
struct Begun {
    pattern: usize,
    next: usize,
    start: usize,
    end: usize,
}

impl<'a> Marker<'a> {
    fn new(marks: &'a Marks) -> Self {
        let mut tokens: HashMap<&str, Vec<PartOf>, RandomState> = HashMap::default();
        let mut beginnings = Vec::new();
        for (pattern, it) in marks.patterns.iter().enumerate() {
            for (part, it) in it.parts.iter().enumerate() {
                for token in &it.any {
                    tokens.entry(token).or_default().push((pattern, part));
                }
                if let Some(first) = it.any.first().filter(|_| it.prefix) {
                    beginnings.push((first.as_str(), (pattern, part)));
                }
            }
        }
        let stems = tokens.keys().filter_map(|token| start(token.strip_prefix(STEM)?)).collect();
        let needles: Option<Vec<String>> = marks.patterns.iter().map(needle).collect();
        let needles = needles.unwrap_or_default();
        Self { marks, tokens, beginnings, needles, joined: String::new(), stems, cutter: Cutter::bare() }
    }

    /// What of `text` was looked for, in order, none inside another.
    pub fn find(&mut self, text: &str) -> Vec<Found> {
        if self.at_most(text) == Some((0, 0)) { Vec::new() } else { self.look_through(text) }
    }

    /// The same, where it is known that there may be some.
    pub(super) fn look_through(&mut self, text: &str) -> Vec<Found> {
        let mut found = Vec::new();
        self.scan(text, &mut found);
        found.sort_by_key(|it: &Found| (it.range.start, std::cmp::Reverse(it.range.end)));
        let mut end = 0;
        found.retain(|it| {
            let apart = it.range.start >= end;
            end = if apart { it.range.end } else { end };
            apart
        });
        found
    }

    /// How many patterns `text` may hold and how many words found, at most; `None` where that cannot be told. Takes
    /// far less time than to find them.
    pub fn at_most(&mut self, text: &str) -> Option<(usize, usize)> {
        let foreign = || !text.is_ascii() && text.chars().any(|c| !c.is_ascii() && c.is_alphanumeric());
        if self.needles.is_empty() || foreign() {
            return None;
        }
        self.joined.clear();
        for byte in text.bytes().filter(|byte| byte.is_ascii_alphanumeric() || *byte == b' ') {
            self.joined.push(char::from(byte.to_ascii_lowercase()));
        }
        let often = self.needles.iter().map(|needle| self.joined.matches(needle.as_str()).count());
        Some(often.fold((0, 0), |(patterns, all), often| (patterns + usize::from(often > 0), all + often)))
    }

    fn scan(&mut self, text: &str, found: &mut Vec<Found>) {
        let Self { marks, tokens, beginnings, stems, cutter, .. } = self;
        let mut cut = cutter.cut(text);
        let (mut before, mut here) = (Vec::<Begun>::new(), Vec::<Begun>::new());
        let mut position = 0;
        while let Some(token) = cut.advance() {
            if token.position != position {
                before.clear();
                if token.position == position + 1 {
                    std::mem::swap(&mut before, &mut here);
                }
                here.clear();
                position = token.position;
            }
            let stem = (token.form == Form::Word
                && start(&token.text).is_some_and(|start| stems.contains(&start)))
            .then(|| stem_of(text.get(token.range.clone()).unwrap_or_default(), &token.text))
            .flatten();
            let stem = stem.as_deref().and_then(|stem| tokens.get(stem));
            let whole = tokens.get(token.text.as_str()).into_iter().chain(stem).flatten().copied();
            let begun =
                beginnings.iter().filter(|(start, _)| token.text.starts_with(start)).map(|(_, part)| *part);
            for (pattern, part) in whole.chain(begun) {
                let earlier = before.iter().find(|it| it.pattern == pattern && it.next == part);
                let start = if part == 0 { Some(token.range.start) } else { earlier.map(|it| it.start) };
                let Some(start) = start else { continue };
                let begun = Begun { pattern, next: part + 1, start, end: token.range.end };
                if marks.patterns.get(pattern).is_some_and(|it| it.parts.len() == begun.next) {
                    found.push(Found { range: begun.start..begun.end, pattern });
                } else {
                    here.push(begun);
                }
            }
        }
    }
}

/// The first two letters of a word, which its stem has too.
fn start(word: &str) -> Option<[u8; 2]> {
    word.as_bytes().first_chunk().copied()
}

/// Letters that stand in every text that has the pattern, once joints and capitals are taken away. Figures may be
/// written in several ways, and have none.
fn needle(pattern: &Pattern) -> Option<String> {
    let needles = pattern.parts.iter().filter_map(|part| {
        let mut forms = part.any.iter().map(|form| form.trim_start_matches(STEM));
        let first = forms.next()?;
        let shared = forms.fold(first.len(), |shared, form| {
            let same = first.bytes().zip(form.bytes()).take_while(|(a, b)| a == b).count();
            shared.min(same)
        });
        first.get(..shared).filter(|it| it.len() > 1 && it.bytes().all(|byte| byte.is_ascii_lowercase()))
    });
    needles.max_by_key(|needle| needle.len()).map(str::to_owned)
}
