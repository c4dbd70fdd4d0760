//! Where lines end: greedy filling by words, Unicode's break opportunities inside them, graphemes last of all.
//!
//! Works on one string for a whole paragraph and answers with ranges, so that faces and links stay out of it.

use std::ops::Range;

use unicode_linebreak::linebreaks;
use unicode_segmentation::UnicodeSegmentation;

use super::unspaced;
use crate::text::{has_pair, width};

/// Places within a word at which a line may end, with a hyphen and without. They take no room.
pub const SOFT_HYPHEN: char = '\u{ad}';
pub const BREAK_HERE: char = '\u{200b}';

/// The lines of `text`: at most `first` columns, then at most `rest`. Plain spaces are where words end, `\n` ends
/// a line. Only a grapheme wider than its line is wider than it may be.
pub fn wrap(text: &str, first: usize, rest: usize) -> Vec<Range<usize>> {
    let mut lines = Vec::with_capacity(text.len() / rest.max(1) + 1);
    wrap_into(text, first, rest, &mut lines);
    lines
}

/// The same, in the place of what `lines` holds.
pub fn wrap_into(text: &str, first: usize, rest: usize, lines: &mut Vec<Range<usize>>) {
    lines.clear();
    let even = is_even(text);
    if even && text.len() <= first {
        return lines.push(0..text.len());
    }
    let (first, rest) = (first.max(1), rest.max(1));
    let own = std::mem::take(lines);
    let mut filler =
        Filler { text, ascii: even || text.is_ascii(), first, rest, lines: own, ..Filler::default() };
    if even {
        filler.fill_even();
    } else {
        filler.fill();
    }
    *lines = filler.lines;
}

/// Columns of the longest line of `text` when nothing is wrapped.
pub fn natural(text: &str) -> usize {
    text.split('\n').map(|line| columns(line.trim_end())).max().unwrap_or(0)
}

/// Columns of the longest piece of `text` that wrapping would not break.
pub fn longest(text: &str) -> usize {
    if text.is_ascii() && !text.contains('-') {
        return words(text, 0).map(|word| word.len()).max().unwrap_or(0);
    }
    let columns = |piece: Range<usize>| columns(text.get(piece).unwrap_or_default());
    let longest = |word: Range<usize>| match text.get(word.clone()) {
        Some(written) if is_plain(written) => columns(word),
        _ => pieces(text, word).into_iter().map(columns).max().unwrap_or(0),
    };
    words(text, 0).map(longest).max().unwrap_or(0)
}

/// Whether `text` is one line of ASCII with one space between two words, as most paragraphs are.
#[expect(clippy::needless_bitwise_bool, reason = "branches would be one byte at a time")]
fn is_even(text: &str) -> bool {
    let space = |byte: Option<&u8>| matches!(byte, Some(b' ' | b'\n'));
    let ends = space(text.as_bytes().first()) || space(text.as_bytes().last());
    // a character of more than one byte has one of them before its last
    let odd = |at: u8, next: u8| !at.is_ascii() | (at == b'\n') | ((at == b' ') & (next == b' '));
    !ends && !has_pair(text, odd)
}

/// The columns that text takes as it is shown.
fn columns(text: &str) -> usize {
    if text.is_ascii() { width(text) } else { width(&text.replace([SOFT_HYPHEN, BREAK_HERE], "")) }
}

fn words(line: &str, at: usize) -> impl Iterator<Item = Range<usize>> + '_ {
    let mut from = at;
    line.as_bytes().split(|byte| matches!(byte, b' ' | b'\n')).filter_map(move |word| {
        let start = from;
        from += word.len() + 1;
        (!word.is_empty()).then(|| start..start + word.len())
    })
}

/// The pieces of a word between which a line may well end: after a hyphen, between the signs of Chinese.
fn pieces(text: &str, word: Range<usize>) -> Vec<Range<usize>> {
    let written = text.get(word.clone()).unwrap_or_default();
    let mut pieces = Vec::new();
    let (mut from, mut looked, mut spoken) = (0, 0, false);
    let breaks: &mut dyn Iterator<Item = usize> = if unspaced::is_unspaced(written) {
        &mut unspaced::breaks(written).into_iter()
    } else {
        &mut linebreaks(written).map(|(at, _)| at)
    };
    for at in breaks {
        // each letter is looked at once, however far back the last break is
        spoken |= written.get(looked..at).is_some_and(|it| it.contains(char::is_alphanumeric));
        looked = at;
        if at == written.len() || may_end(written, spoken, at) {
            pieces.push(word.start + from..word.start + at);
            (from, spoken) = (at, false);
        }
    }
    pieces
}

/// Whether a word has no place in it where a line may end; addresses are kept whole where they can be.
fn is_plain(word: &str) -> bool {
    (word.is_ascii() && !word.contains('-')) || word.contains("://") || word.starts_with("www.")
}

/// Whether a line may end before `at`: of ASCII only behind a hyphen between words; `spoken` says whether a letter
/// stands before it.
fn may_end(word: &str, spoken: bool, at: usize) -> bool {
    let before = word.get(..at).and_then(|it| it.chars().next_back()).unwrap_or(' ');
    let after = word.get(at..).and_then(|rest| rest.chars().next()).unwrap_or(' ');
    if before.is_ascii() && after.is_ascii() {
        return before == '-' && spoken;
    }
    // a dash begins no line
    !matches!(after, '—' | '–')
}

/// The line being filled, and those that are full.
#[derive(Default)]
struct Filler<'a> {
    text: &'a str,
    /// Whether every byte of the text is a column.
    ascii: bool,
    first: usize,
    rest: usize,
    lines: Vec<Range<usize>>,
    line: Range<usize>,
    /// Columns of the line so far.
    used: usize,
}

impl Filler<'_> {
    fn room(&self) -> usize {
        if self.lines.is_empty() { self.first } else { self.rest }
    }

    fn columns(&self, range: Range<usize>) -> usize {
        if self.ascii {
            return range.len();
        }
        columns(self.text.get(range).unwrap_or_default())
    }

    fn begin(&mut self, at: usize) {
        self.line = at..at;
        self.used = 0;
    }

    fn end_line(&mut self) {
        let shown = self.text.get(self.line.clone()).unwrap_or_default().trim_end().len();
        self.lines.push(self.line.start..self.line.start + shown);
    }

    /// Fills lines with the text, word by word.
    fn fill(&mut self) {
        let mut at = 0;
        for line in self.text.split('\n') {
            self.begin(at);
            for word in words(line, at) {
                self.word(word);
            }
            self.end_line();
            at += line.len() + 1;
        }
    }

    /// The same for an even text: looked at are only the words at the ends of lines.
    fn fill_even(&mut self) {
        let bytes = self.text.as_bytes();
        let word_from = |at: usize| {
            let rest = bytes.get(at..).unwrap_or_default();
            at..at + rest.iter().position(|byte| *byte == b' ').unwrap_or(rest.len())
        };
        self.word(word_from(0));
        loop {
            let full = self.line.start + self.room();
            // a line may be too long already, where the first has more room than the others
            if full >= bytes.len() || self.line.end >= bytes.len() {
                self.line.end = bytes.len();
                return self.end_line();
            }
            let ahead = bytes.get(self.line.end..=full).unwrap_or_default();
            if let Some(space) = ahead.iter().rposition(|byte| *byte == b' ') {
                self.line.end += space;
                self.used = self.line.len();
            }
            self.word(word_from(self.line.end + 1));
        }
    }

    fn next_line(&mut self, at: usize) {
        self.end_line();
        self.begin(at);
    }

    fn word(&mut self, word: Range<usize>) {
        let columns = self.gap(word.start) + self.columns(word.clone());
        if self.used + columns <= self.room() {
            return self.put(word, columns);
        }
        if self.text.get(word.clone()).is_some_and(is_plain) {
            return self.piece(word);
        }
        for piece in pieces(self.text, word) {
            self.piece(piece);
        }
    }

    fn fits(&self, piece: &Range<usize>) -> bool {
        let hyphen = self.text.get(piece.clone()).is_some_and(|it| it.ends_with(SOFT_HYPHEN));
        self.used + self.gap(piece.start) + self.columns(piece.clone()) + usize::from(hyphen) <= self.room()
    }

    /// Columns between the line so far and `at`: a space if there are words before it.
    fn gap(&self, at: usize) -> usize {
        usize::from(!self.line.is_empty() && at > self.line.end)
    }

    fn take(&mut self, piece: Range<usize>) {
        let columns = self.gap(piece.start) + self.columns(piece.clone());
        self.put(piece, columns);
    }

    /// Puts a piece that takes so many columns, those before it too, at the end of the line.
    fn put(&mut self, piece: Range<usize>, columns: usize) {
        if self.line.is_empty() {
            self.line.start = piece.start;
        }
        self.used += columns;
        self.line.end = piece.end;
    }

    fn piece(&mut self, piece: Range<usize>) {
        if !self.fits(&piece) {
            let ascii = self.text.get(piece.clone()).is_some_and(str::is_ascii);
            let columns = self.columns(piece.clone());
            let short = columns <= self.rest;
            let begun = !self.line.is_empty() && (short || ascii);
            if begun || (self.line.is_empty() && short && columns > self.room()) {
                self.next_line(piece.start);
            }
        }
        if self.fits(&piece) { self.take(piece) } else { self.cut(piece) }
    }

    /// Cuts a piece that fits no line, where Unicode would allow it or else between graphemes.
    fn cut(&mut self, piece: Range<usize>) {
        let written = self.text.get(piece.clone()).unwrap_or_default();
        let mut breaks = linebreaks(written).map(|(at, _)| piece.start + at).peekable();
        // the last good place in this line
        let mut place = None;
        // a soft hyphen at the end is shown where the line ends with it, and needs its column
        let shown = written.strip_suffix(SOFT_HYPHEN).map(|shown| piece.start + shown.len());
        for (at, grapheme) in written.grapheme_indices(true) {
            let at = piece.start + at;
            let columns = columns(grapheme);
            while breaks.next_if(|it| *it <= at).is_some() {
                if at > piece.start && self.used * 2 > self.room() {
                    place = Some(at);
                }
            }
            let hyphen = usize::from(shown == Some(at + grapheme.len()));
            if self.used + self.gap(at) + columns + hyphen > self.room() && !self.line.is_empty() {
                let cut = place.take().unwrap_or(at);
                self.line.end = self.line.end.min(cut);
                self.next_line(cut);
                self.take(cut..at);
            }
            self.take(at..at + grapheme.len());
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn lines(text: &str, first: usize, rest: usize) -> Vec<&str> {
        wrap(text, first, rest).into_iter().map(|it| text.get(it).unwrap()).collect()
    }

    #[test]
    fn lines_end_where_a_reader_expects() {
        let cases: [(&str, usize, &[&str]); 22] = [
            ("", 8, &[""]),
            ("one two", 8, &["one two"]),
            ("one two three", 8, &["one two", "three"]),
            ("state-of-the-art chips", 10, &["state-of-", "the-art", "chips"]),
            ("the GPT-4 model", 8, &["the", "GPT-4", "model"]),
            ("use --width now", 7, &["use", "--width", "now"]),
            ("and/or else", 7, &["and/or", "else"]),
            ("10\u{a0}000 chips", 9, &["10\u{a0}000", "chips"]),
            ("a\nb", 8, &["a", "b"]),
            ("a\n\nb", 8, &["a", "", "b"]),
            ("中国的芯片", 6, &["中国的", "芯片"]),
            ("ประเทศไทยเป็นประเทศ", 12, &["ประเทศไทยเป็น", "ประเทศ"]),
            ("5\u{202f}km and 7\u{202f}km", 9, &["5\u{202f}km and", "7\u{202f}km"]),
            ("hy\u{ad}phen\u{ad}a\u{ad}tion", 9, &["hy\u{ad}phen\u{ad}a\u{ad}", "tion"]),
            ("hy\u{ad}phen\u{ad}a\u{ad}tion", 11, &["hy\u{ad}phen\u{ad}a\u{ad}tion"]),
            ("hyphenated\u{ad}word", 10, &["hyphenate", "d\u{ad}word"]),
            ("long\u{200b}word", 5, &["long\u{200b}", "word"]),
            ("those of Her—may be", 14, &["those of Her—", "may be"]),
            ("experiences—before", 12, &["experiences—", "before"]),
            ("a\u{2060}b", 8, &["a\u{2060}b"]),
            ("abcdefghijkl", 5, &["abcde", "fghij", "kl"]),
            ("👩‍👩‍👧👩‍👩‍👧", 3, &["👩‍👩‍👧", "👩‍👩‍👧"]),
        ];
        for (text, columns, expected) in cases {
            assert_eq!(lines(text, columns, columns), expected, "{text}");
        }
    }

    proptest! {
        #[test]
        fn an_even_text_is_filled_as_if_each_word_had_been_looked_at(
            text in "([a-z]{1,9}|[a-z]{1,6}-[a-z]{1,6}|--[a-z]{1,4}|-|www[.][a-z]{3,30}-[a-z]{2})( [a-z-]{1,7}){0,20}",
            first in 1_usize..20,
            rest in 1_usize..30,
        ) {
            let filler = || Filler { text: &text, ascii: true, first, rest, ..Filler::default() };
            let (mut even, mut each) = (filler(), filler());
            even.fill_even();
            each.fill();
            prop_assert!(is_even(&text));
            prop_assert_eq!(even.lines, each.lines);
        }
    }

    #[test]
    fn an_address_is_broken_only_where_nothing_else_helps() {
        assert_eq!(lines("see https://a.org/b-c now", 17, 17), ["see", "https://a.org/b-c", "now"]);
        assert_eq!(lines("see https://a.org/b-c/d", 16, 16), ["see", "https://a.org/b-", "c/d"]);
    }

    #[test]
    fn the_first_line_may_be_shorter() {
        assert_eq!(lines("one two three four", 3, 9), ["one", "two three", "four"]);
        assert_eq!(lines("onetwo", 3, 9), ["", "onetwo"]);
    }
}
