//! All names in one structure that a text is read against once, word by word.
//!
//! A tree of words rather than an automaton of bytes: a word that begins no name costs next to nothing, however
//! many names there are, and a match begins and ends at words by construction.

use std::collections::HashMap;
use std::ops::Range;

use super::edges::{in_word, spaceless};

/// How many words and signs a name may have to be looked for; no text is read again and again for longer ones.
const LONGEST: usize = 64;
/// The root of the tree.
const ROOT: u32 = 0;
/// How many holes the sieve has: many more than there are names, so that few other words fall through.
const HOLES: usize = 1 << 16;
/// The hash by which words fall into holes, FNV-1a.
const SEED: usize = 0x811c_9dc5;
const PRIME: usize = 0x0100_0193;

/// Folded names, each with the number it was given: 0, 1, 2… in the order they came.
#[derive(Debug, Default)]
pub struct Index {
    /// Every word of every name.
    words: HashMap<Box<str>, u32>,
    /// Which holes the first words of names fall into; most words of a text fall into none, and cost no look-up.
    sieve: Vec<bool>,
    /// From a node, by a word and whether a space stands before it, to the next.
    steps: HashMap<(u32, u32, bool), u32>,
    /// For each node, the name that ends there.
    ends: Vec<Option<u32>>,
    names: u32,
}

/// A word of a folded text, or one sign.
struct Token {
    range: Range<usize>,
    /// Which hole of the sieve it falls into.
    hole: usize,
    /// Whether a space stands before it.
    spaced: bool,
}

impl Index {
    /// The number of `name`, which is folded and has no space at its ends; none where it is too long.
    pub fn insert(&mut self, name: &str) -> Option<usize> {
        if tokens(name, 0).nth(LONGEST).is_some() {
            return None;
        }
        if self.ends.is_empty() {
            self.ends.push(None);
            self.sieve.resize(HOLES, false);
        }
        let mut node = ROOT;
        for (place, token) in tokens(name, 0).enumerate() {
            if place == 0 {
                *self.sieve.get_mut(token.hole)? = true;
            }
            let word = self.word(name.get(token.range)?);
            let next = u32::try_from(self.ends.len()).ok()?;
            node = *self.steps.entry((node, word, place > 0 && token.spaced)).or_insert(next);
            if node == next {
                self.ends.push(None);
            }
        }
        let end = self.ends.get_mut(node as usize)?;
        let number = *end.get_or_insert(self.names);
        self.names = self.names.max(number + 1);
        Some(number as usize)
    }

    fn word(&mut self, word: &str) -> u32 {
        let number = u32::try_from(self.words.len()).unwrap_or(u32::MAX);
        *self.words.entry(word.into()).or_insert(number)
    }

    /// Calls `take` for every place of a folded text where names begin, with those names, the longest last.
    ///
    /// `take` says which byte to go on from.
    pub fn find(&self, text: &str, mut take: impl FnMut(&[(Range<usize>, usize)]) -> usize) {
        let mut here = Vec::new();
        let mut from = 0;
        for token in tokens(text, 0) {
            if token.range.start >= from && self.sieve.get(token.hole).is_some_and(|begins| *begins) {
                here.clear();
                self.names_at(text, token.range.start, &mut here);
                if !here.is_empty() {
                    from = take(&here);
                }
            }
        }
    }

    /// The names that begin at `start`; no more of the text is read than the longest name may take.
    fn names_at(&self, text: &str, start: usize, here: &mut Vec<(Range<usize>, usize)>) {
        let mut node = ROOT;
        for (place, token) in tokens(text, start).enumerate() {
            let end = token.range.end;
            let Some(word) = text.get(token.range).and_then(|word| self.words.get(word)) else { return };
            let Some(next) = self.steps.get(&(node, *word, place > 0 && token.spaced)) else { return };
            node = *next;
            if let Some(number) = self.ends.get(node as usize).copied().flatten() {
                here.push((start..end, number as usize));
            }
        }
    }
}

/// The words and signs of a folded text from byte `at` on, in order; white space in a row counts as one.
fn tokens(text: &str, mut at: usize) -> impl Iterator<Item = Token> {
    std::iter::from_fn(move || {
        let rest = text.as_bytes().get(at..)?;
        let start = at + rest.iter().take_while(|byte| matches!(byte, b' ' | b'\t'..=b'\r')).count();
        let mut token = Token { range: start..start, hole: SEED, spaced: start > at };
        // bytes where they are enough: every word of every text passes here
        token.take(text.as_bytes().get(start..)?.iter().copied().take_while(u8::is_ascii_alphanumeric));
        for c in text.get(token.range.end..)?.chars().take_while(|c| lasts(*c)) {
            token.take(c.encode_utf8(&mut [0; 4]).bytes());
        }
        if token.range.is_empty() {
            token.take(text.get(start..)?.chars().next()?.encode_utf8(&mut [0; 4]).bytes());
        }
        token.hole %= HOLES;
        at = token.range.end;
        Some(token)
    })
}

impl Token {
    /// Goes on with `bytes`.
    fn take(&mut self, bytes: impl Iterator<Item = u8>) {
        for byte in bytes {
            self.hole = (self.hole ^ usize::from(byte)).wrapping_mul(PRIME);
            self.range.end += 1;
        }
    }
}

/// Whether a word goes on with `c`.
fn lasts(c: char) -> bool {
    !spaceless(c) && in_word(c)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(names: &[&str], text: &str) -> Vec<String> {
        let mut index = Index::default();
        for (number, name) in names.iter().enumerate() {
            assert_eq!(index.insert(name), Some(number));
            assert_eq!(index.insert(name), Some(number), "the same name has the same number");
        }
        let mut found = Vec::new();
        index.find(text, |here| {
            let (range, number) = here.last().expect("never called for nothing");
            assert_eq!(text.get(range.clone()), Some(names[*number]));
            found.push(names[*number].to_owned());
            range.end
        });
        found
    }

    #[test]
    fn the_longest_name_at_a_place_is_found_at_words() {
        let names = ["china", "bank of china", "bank", "中国", "u.s.", "l'etat", "scale ai"];
        for (text, expected) in [
            ("the bank of china in china", vec!["bank of china", "china"]),
            ("the bank of chinatown", vec!["bank"]),
            ("indochina", vec![]),
            ("在中国的", vec!["中国"]),
            ("the u.s.-china talks", vec!["u.s.", "china"]),
            ("scaleai, scale-ai", vec![]),
            ("bank ofchina", vec!["bank"]),
            ("l'etat", vec!["l'etat"]),
            ("", vec![]),
        ] {
            assert_eq!(found(&names, text), expected, "{text}");
        }
    }
}
