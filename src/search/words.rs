//! A text cut into the words that are indexed and looked for: one code for both.
//!
//! Words are folded; lower-case ones also give their English stem; `re-export` gives its parts and `reexport`;
//! scripts without spaces give single characters and overlapping pairs; numbers and chip names stay whole.

mod fold;
mod stem;
mod wanted;

use std::ops::Range;

use crate::text::width;
pub use wanted::{Wanted, wanted};

use fold::folded;
use stem::Stems;

/// Stands before a stem, so that a stem is never taken for a word as written.
pub const STEM: char = '\u{1}';

/// Bytes of a token; what is longer is cut, in texts and queries alike.
const LONGEST: usize = 60;

/// Parts of one hyphenated run; a longer run counts as several.
const PARTS: usize = 6;

/// One way in which a word can be found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Token {
    pub text: String,
    /// The bytes of the text it stands for.
    pub range: Range<usize>,
    /// Which word of the text; several tokens may share one.
    pub position: usize,
    pub form: Form,
}

/// What a token is of its word.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Form {
    /// The word as written, folded.
    #[default]
    Word,
    /// Its stem, after [`STEM`].
    Stem,
    /// A hyphenated run or a grouped number without its joints.
    Joined,
    /// A character and the next, of a script without spaces.
    Pair,
    /// The start of a section; see [`BEGIN`].
    Section,
}

/// In a text that was put together: what follows is no continuation, so no phrase runs across.
pub const BREAK: char = '\u{1e}';
/// The same, and a section begins: gives the token [`SECTION`].
pub const BEGIN: char = '\u{1d}';
/// The token whose positions are the starts of a text's sections.
pub const SECTION: &str = "\u{2}";

/// Cuts texts; keeps its memory and the stems found so far from one to the next.
#[derive(Clone, Default)]
pub struct Cutter {
    /// The tokens of the run just read.
    queue: Vec<Token>,
    stems: Stems,
    stem: String,
    /// Gives words and nothing made of them.
    bare: bool,
}

impl Cutter {
    /// For texts by the thousand: takes some memory, remembers stems, and gives one for the first of several equal
    /// words of a text: it stands in the index, and once is enough.
    pub fn remembering() -> Self {
        Self { stems: Stems::remembering(), ..Self::default() }
    }

    /// For looking through texts: gives no stems; see [`stem_of`].
    pub fn bare() -> Self {
        Self { bare: true, ..Self::default() }
    }

    pub fn cut<'a>(&'a mut self, text: &'a str) -> Tokens<'a> {
        self.queue.truncate(64);
        self.stems.begin();
        Tokens { text, at: 0, position: 0, cutter: self, filled: 0, given: 0 }
    }
}

/// The tokens of a text, front to back.
pub struct Tokens<'a> {
    text: &'a str,
    at: usize,
    position: usize,
    cutter: &'a mut Cutter,
    /// How many tokens of the cutter's queue are of the run just read, and how many of them were given.
    filled: usize,
    given: usize,
}

/// What a character is to the cutting.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Class {
    /// A letter, a digit or a mark.
    Letter,
    /// Joins letters into one run when they stand on both sides.
    Joint,
    /// A character of a script that writes no spaces.
    Spaceless,
    Break,
    Other,
}

fn class(c: char) -> Class {
    match c {
        'a'..='z' | 'A'..='Z' | '0'..='9' => Class::Letter,
        '-' | '\'' | '.' | ',' | '&' | '_' | '‐' | '‑' | '’' | 'ʼ' => Class::Joint,
        BREAK | BEGIN => Class::Break,
        c if c.is_ascii() => Class::Other,
        c if spaceless(c) => Class::Spaceless,
        '\u{200c}' | '\u{200d}' => Class::Letter,
        c if c.is_alphanumeric() => Class::Letter,
        c if !c.is_whitespace() && width(c.encode_utf8(&mut [0; 4])) == 0 => Class::Letter,
        _ => Class::Other,
    }
}

/// Thai to Burmese, Khmer, Japanese, Chinese, and Korean, which has spaces but glues its particles.
fn spaceless(c: char) -> bool {
    matches!(c,
        '\u{e00}'..='\u{eff}' | '\u{1000}'..='\u{109f}' | '\u{1780}'..='\u{17ff}' | '\u{3005}'..='\u{3007}'
        | '\u{3040}'..='\u{30ff}' | '\u{31f0}'..='\u{31ff}' | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}'
        | '\u{ac00}'..='\u{d7af}' | '\u{f900}'..='\u{faff}' | '\u{ff66}'..='\u{ff9f}' | '\u{20000}'..='\u{3ffff}')
        && (c.is_alphanumeric() || width(c.encode_utf8(&mut [0; 4])) == 0)
}

impl Tokens<'_> {
    /// The next token. All tokens of a position come together, the word as written first.
    pub fn advance(&mut self) -> Option<&Token> {
        while self.given == self.filled {
            self.filled = 0;
            self.given = 0;
            self.read_run()?;
        }
        self.given += 1;
        self.cutter.queue.get(self.given - 1)
    }

    /// Reads on to the end of the next run of letters; `None` at the end of the text.
    fn read_run(&mut self) -> Option<()> {
        self.skip();
        if let Some(end) = plain_word(self.text.as_bytes(), self.at) {
            self.push_word(self.at..end);
            self.at = end;
            self.position += 1;
            return Some(());
        }
        let first = self.text.get(self.at..)?.chars().next()?;
        match class(first) {
            Class::Spaceless => self.read_spaceless(first),
            Class::Break => self.read_break(first),
            Class::Letter => self.read_letters(),
            Class::Joint | Class::Other => self.at += first.len_utf8(),
        }
        Some(())
    }

    /// Steps over ASCII that is no word.
    fn skip(&mut self) {
        let rest = self.text.as_bytes().get(self.at..).unwrap_or_default();
        let here =
            |byte: &u8| byte.is_ascii_alphanumeric() || !byte.is_ascii() || matches!(byte, 0x1d | 0x1e);
        self.at += rest.iter().position(here).unwrap_or(rest.len());
    }

    fn read_break(&mut self, c: char) {
        let start = self.at;
        self.at += 1;
        self.position += 1;
        if c == BEGIN {
            self.push(Form::Section, start..self.at, |text| text.push_str(SECTION));
            self.position += 1;
        }
    }

    fn read_spaceless(&mut self, c: char) {
        let start = self.at;
        self.at += c.len_utf8();
        let next = self.text.get(self.at..).and_then(|rest| rest.chars().next());
        self.push(Form::Word, start..self.at, |text| text.push(c));
        if let Some(next) = next.filter(|next| class(*next) == Class::Spaceless) {
            self.push(Form::Pair, start..self.at + next.len_utf8(), |text| text.extend([c, next]));
        }
        self.position += 1;
    }

    fn read_letters(&mut self) {
        let start = self.at;
        let mut parts: [Range<usize>; PARTS] = Default::default();
        let mut count = 0;
        while let Some(slot) = parts.get_mut(count) {
            let part = self.read_part();
            count += 1;
            *slot = part;
            self.step_over_possessive();
            if !self.step_over_joint() {
                break;
            }
        }
        let parts = parts.get(..count).unwrap_or_default();
        for (nth, part) in parts.iter().enumerate() {
            if !self.push_word(part.clone()) {
                continue;
            }
            if nth == 0 && count > 1 {
                self.push_joined(parts, start);
            }
            self.position += 1;
        }
    }

    /// Reads letters, and the points and commas inside numbers and abbreviations.
    fn read_part(&mut self) -> Range<usize> {
        let start = self.at;
        let rest = self.text.get(start..).unwrap_or_default();
        let bytes = rest.as_bytes();
        let mut chars = rest.char_indices().peekable();
        let mut end = rest.len();
        while let Some((at, c)) = chars.next() {
            let next = chars.peek().map(|(_, c)| *c);
            let inside = match class(c) {
                Class::Letter => true,
                Class::Joint => match c {
                    ',' => digit_at(bytes, at.wrapping_sub(1)) && digit_at(bytes, at + 1),
                    '.' => {
                        (digit_at(bytes, at.wrapping_sub(1)) && digit_at(bytes, at + 1))
                            || (abbreviates(rest, at) && next.is_some_and(char::is_alphabetic))
                    }
                    _ => false,
                },
                _ => false,
            };
            if !inside {
                end = at;
                break;
            }
        }
        self.at = start + end;
        start..self.at
    }

    /// Whether a joint stands here with a letter behind it, and the run goes on after it.
    fn step_over_joint(&mut self) -> bool {
        let mut chars = self.text.get(self.at..).unwrap_or_default().chars();
        let (Some(joint), Some(next)) = (chars.next(), chars.next()) else { return false };
        if class(joint) != Class::Joint || joint == ',' || class(next) != Class::Letter {
            return false;
        }
        self.at += joint.len_utf8();
        true
    }

    /// Steps over the `'s` of whose word it is, which is no part of it.
    fn step_over_possessive(&mut self) {
        let mut chars = self.text.get(self.at..).unwrap_or_default().chars();
        let (Some('\'' | '’' | 'ʼ'), Some('s' | 'S')) = (chars.next(), chars.next()) else { return };
        if chars.next().is_none_or(|after| class(after) != Class::Letter) {
            self.at +=
                self.text.get(self.at..).and_then(|rest| rest.chars().next()).map_or(0, char::len_utf8) + 1;
        }
    }

    /// The word at `range`, its stem, and the number without its commas. Whether there is a word.
    fn push_word(&mut self, range: Range<usize>) -> bool {
        let word = self.text.get(range.clone()).unwrap_or_default();
        let before = self.filled;
        self.push(Form::Word, range.clone(), |text| folded(word, text));
        if self.filled == before {
            return false;
        }
        let Cutter { queue, stems, stem, bare } = &mut *self.cutter;
        stem.clear();
        if !*bare && queue.get(before).is_some_and(|token| stems.of(word, &token.text, stem)) {
            let stem = std::mem::take(stem);
            self.push(Form::Stem, range.clone(), |text| text.push_str(&stem));
            self.cutter.stem = stem;
        }
        if word.contains(',') {
            self.push(Form::Joined, range, |text| text.extend(word.chars().filter(|c| *c != ',')));
        }
        true
    }

    /// The run of `parts` without its joints.
    fn push_joined(&mut self, parts: &[Range<usize>], start: usize) {
        let text = self.text;
        let end = parts.last().map_or(start, |part| part.end);
        self.push(Form::Joined, start..end, |joined| {
            for part in parts {
                folded(text.get(part.clone()).unwrap_or_default(), joined);
            }
        });
    }

    fn push(&mut self, form: Form, range: Range<usize>, write: impl FnOnce(&mut String)) {
        if self.filled == self.cutter.queue.len() {
            self.cutter.queue.push(Token::default());
        }
        let Some(token) = self.cutter.queue.get_mut(self.filled) else { return };
        token.text.clear();
        write(&mut token.text);
        if token.text.len() > LONGEST {
            token.text.truncate(token.text.floor_char_boundary(LONGEST));
        }
        token.range = range;
        token.position = self.position;
        token.form = form;
        if !token.text.is_empty() {
            self.filled += 1;
        }
    }
}

/// The end of the word at `start`, if it is ASCII and nothing joins it to what follows.
fn plain_word(text: &[u8], start: usize) -> Option<usize> {
    let rest = text.get(start..)?;
    let length = rest.iter().position(|byte| !byte.is_ascii_alphanumeric()).unwrap_or(rest.len());
    let apart = |at: usize| rest.get(at).is_none_or(|byte| byte.is_ascii() && !byte.is_ascii_alphanumeric());
    let joint = rest.get(length).is_some_and(|byte| matches!(byte, b'-' | b'\'' | b'.' | b',' | b'&' | b'_'));
    (length > 0 && apart(length) && (!joint || apart(length + 1))).then_some(start + length)
}

/// The stem of a word as `written` and `folded`, if it is another word.
pub fn stem_of(written: &str, folded: &str) -> Option<String> {
    let mut stem = String::new();
    Stems::default().of(written, folded, &mut stem).then_some(stem)
}

fn digit_at(bytes: &[u8], at: usize) -> bool {
    bytes.get(at).is_some_and(u8::is_ascii_digit)
}

/// Whether the point at `at` follows a single letter, as those in `U.S.A` do.
fn abbreviates(run: &str, at: usize) -> bool {
    let mut before = run.get(..at).unwrap_or_default().chars().rev();
    before.next().is_some_and(char::is_alphabetic) && before.next().is_none_or(|c| c == '.')
}

#[cfg(test)]
mod tests;
