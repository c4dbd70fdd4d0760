//! A folded text as words and signs, each with a hash: every byte of every text passes here, so eight at a time.

use std::ops::Range;

use super::edges::{in_word, spaceless};

/// A word of a folded text, or one sign.
pub struct Token {
    pub range: Range<usize>,
    /// Equal for equal words, and as a rule for no others.
    pub hash: u64,
    /// Whether a space stands before it.
    pub spaced: bool,
}

/// The words and signs of a folded text from byte `at` on, in order; white space in a row counts as one.
pub fn tokens(text: &str, at: usize) -> Tokens<'_> {
    Tokens { text, at }
}

/// See [`tokens`].
pub struct Tokens<'a> {
    text: &'a str,
    at: usize,
}

impl Iterator for Tokens<'_> {
    type Item = Token;

    #[allow(
        clippy::inline_always,
        reason = "a token handed over in memory costs more than all else for a word"
    )]
    #[inline(always)]
    fn next(&mut self) -> Option<Token> {
        let bytes = self.text.as_bytes();
        let space = |byte: &u8| matches!(byte, b' ' | b'\t'..=b'\r');
        let mut start = self.at;
        while bytes.get(start).is_some_and(space) {
            start += 1;
        }
        let first = *bytes.get(start)?;
        // kept out of the token until it is whole: what is written to memory in parts is slow to read at once
        let (mut hash, mut end) = (0, start);
        let next = loop {
            let eight = eight(bytes, end);
            let length = letters(eight);
            end += length;
            if length < 8 {
                if length > 0 {
                    hash = mixed(hash, eight & !(u64::MAX << (length * 8)));
                }
                break (eight >> (length * 8)).to_le_bytes().first().copied().unwrap_or_default();
            }
            hash = mixed(hash, eight);
        };
        // bytes are enough for most words
        if !next.is_ascii() {
            (hash, end) = odd(self.text, start, hash, end);
        } else if end == start {
            (hash, end) = (mixed(0, u64::from(first)), start + 1);
        }
        let spaced = start > self.at;
        self.at = end;
        Some(Token { range: start..end, hash, spaced })
    }
}

/// A word that begins at `start` and goes on behind `end` with letters of any script, or one sign: its hash and end.
#[cold]
fn odd(text: &str, start: usize, hash: u64, end: usize) -> (u64, usize) {
    let rest = text.get(end..).unwrap_or_default();
    let add = |(hash, end), c: char| (mixed(hash, u64::from(u32::from(c))), end + c.len_utf8());
    let (hash, end) = rest.chars().take_while(|c| lasts(*c)).fold((hash, end), add);
    if end > start { (hash, end) } else { rest.chars().take(1).fold((hash, end), add) }
}

#[inline]
fn mixed(hash: u64, bytes: u64) -> u64 {
    (hash.rotate_left(29) ^ bytes).wrapping_mul(SPREAD)
}

/// Eight bytes from byte `at` on; zeros behind the last.
#[inline]
fn eight(bytes: &[u8], at: usize) -> u64 {
    let rest = bytes.get(at..).unwrap_or_default();
    let eight = rest.first_chunk().copied().unwrap_or_else(|| {
        let mut eight = [0; 8];
        eight.iter_mut().zip(rest).for_each(|(to, byte)| *to = *byte);
        eight
    });
    u64::from_le_bytes(eight)
}

/// Spreads a hash over all its bits: the golden ratio.
pub const SPREAD: u64 = 0x9e37_79b9_7f4a_7c15;

/// With how many bytes that are letters, digits or underscores of ASCII these eight begin.
#[inline]
fn letters(eight: u64) -> usize {
    const ONES: u64 = u64::from_ne_bytes([1; 8]);
    const HIGH: u64 = ONES << 7;
    let low = eight & !HIGH;
    // the high bit of each byte says whether it is `first` or more
    let from = |first: u8| low + ONES * u64::from(0x80 - first);
    let within = |first: u8, last: u8| from(first) & !from(last + 1);
    let word = (within(b'a', b'z') | within(b'0', b'9') | within(b'_', b'_')) & !eight & HIGH;
    (word ^ HIGH).trailing_zeros() as usize / 8
}

/// Whether a word goes on with `c`.
fn lasts(c: char) -> bool {
    !spaceless(c) && in_word(c)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_words_and_signs() {
        for (text, expected) in [
            ("the u.s., 2026", vec!["the", " u", ".", "s", ".", ",", " 2026"]),
            ("two  \t\nwords ", vec!["two", " words"]),
            ("l'etat", vec!["l", "'", "etat"]),
            ("snake_case and_", vec!["snake_case", " and_"]),
            ("在中国 nvidia公司", vec!["在", "中", "国", " nvidia", "公", "司"]),
            ("straße экспорт2 ایران‌خودرو", vec!["straße", " экспорт2", " ایران‌خودرو"]),
            (
                "eightlet eightlette sixteenletterword {|}~",
                vec!["eightlet", " eightlette", " sixteenletterword", " {", "|", "}", "~"],
            ),
            ("", vec![]),
        ] {
            let shown = tokens(text, 0)
                .map(|it| format!("{}{}", if it.spaced { " " } else { "" }, text.get(it.range).unwrap()));
            assert_eq!(shown.collect::<Vec<_>>(), expected, "{text}");
        }
    }

    #[test]
    fn letters_are_told_eight_at_a_time_as_they_are_one_by_one() {
        for byte in 0..=u8::MAX {
            let word = byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_';
            for place in 0..8 {
                let mut eight = [b'x'; 8];
                eight[place] = byte;
                let expected = if word { 8 } else { place };
                assert_eq!(letters(u64::from_le_bytes(eight)), expected, "{byte} at {place}");
            }
        }
    }

    #[test]
    fn equal_words_have_equal_hashes_wherever_they_stand() {
        let text = "ministry, ministry of ministry";
        let hashes: Vec<_> = tokens(text, 0).map(|it| it.hash).collect();
        assert_eq!((hashes[0], hashes[0]), (hashes[2], hashes[4]));
        assert_ne!(hashes[0], hashes[3]);
    }
}
