//! All names in one structure that a text is read against once, word by word.
//!
//! A tree of words rather than an automaton of bytes: a word that begins no name costs one look-up, however
//! many names there are, and a match begins and ends at words by construction.

use std::collections::{HashMap, VecDeque};
use std::ops::Range;

use super::edges::{in_word, spaceless};

/// How many words and signs a name may have to be looked for; no text is read again and again for longer ones.
const LONGEST: usize = 64;
/// The root of the tree.
const ROOT: u32 = 0;

/// Folded names, each with the number it was given: 0, 1, 2… in the order they came.
#[derive(Debug, Default)]
pub struct Index {
    /// Every word of every name.
    words: HashMap<Box<str>, Word>,
    /// From a node, by a word and whether a space stands before it, to the next.
    steps: HashMap<(u32, u32, bool), u32>,
    /// For each node, the name that ends there.
    ends: Vec<Option<u32>>,
    names: u32,
}

/// A word of a name.
#[derive(Clone, Copy, Debug)]
struct Word {
    number: u32,
    /// Whether a name begins with it; most words of a text begin none, and cost no more than that look-up.
    begins: bool,
}

/// A word of a folded text, or one sign.
#[derive(Clone, Debug)]
struct Token {
    range: Range<usize>,
    /// Whether a space stands before it.
    spaced: bool,
}

impl Index {
    /// The number of `name`, which is folded and has no space at its ends; none where it is too long.
    pub fn insert(&mut self, name: &str) -> Option<usize> {
        if tokens(name).nth(LONGEST).is_some() {
            return None;
        }
        if self.ends.is_empty() {
            self.ends.push(None);
        }
        let mut node = ROOT;
        for (place, token) in tokens(name).enumerate() {
            let word = self.word(name.get(token.range)?, place == 0);
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

    fn word(&mut self, word: &str, begins: bool) -> u32 {
        let number = u32::try_from(self.words.len()).unwrap_or(u32::MAX);
        let known = self.words.entry(word.into()).or_insert(Word { number, begins });
        known.begins |= begins;
        known.number
    }

    /// Calls `take` for every place of a folded text where names begin, with those names, the longest last.
    ///
    /// `take` says which byte to go on from.
    pub fn find(&self, text: &str, mut take: impl FnMut(&[(Range<usize>, usize)]) -> usize) {
        let known = |token: &Token| self.words.get(text.get(token.range.clone())?).copied();
        let mut coming = tokens(text).map(|token| (token.clone(), known(&token)));
        // no more of the text is held than the longest name may take
        let mut window: VecDeque<(Token, Option<Word>)> = coming.by_ref().take(LONGEST).collect();
        let mut here = Vec::new();
        let mut from = 0;
        while let Some((token, word)) = window.front() {
            if token.range.start >= from && word.is_some_and(|word| word.begins) {
                here.clear();
                self.names_at(&window, &mut here);
                if !here.is_empty() {
                    from = take(&here);
                }
            }
            window.pop_front();
            window.extend(coming.next());
        }
    }

    fn names_at(&self, tokens: &VecDeque<(Token, Option<Word>)>, here: &mut Vec<(Range<usize>, usize)>) {
        let mut node = ROOT;
        let start = tokens.front().map_or(0, |(token, _)| token.range.start);
        for (place, (token, word)) in tokens.iter().enumerate() {
            let Some(word) = word else { return };
            let Some(next) = self.steps.get(&(node, word.number, place > 0 && token.spaced)) else { return };
            node = *next;
            if let Some(number) = self.ends.get(node as usize).copied().flatten() {
                here.push((start..token.range.end, number as usize));
            }
        }
    }
}

/// The words and signs of a folded text, in order.
fn tokens(text: &str) -> impl Iterator<Item = Token> {
    let mut chars = text.char_indices().peekable();
    let mut spaced = false;
    std::iter::from_fn(move || {
        while chars.next_if(|(_, c)| *c == ' ').is_some() {
            spaced = true;
        }
        let (start, first) = chars.next()?;
        let mut end = start + first.len_utf8();
        if in_word(first) && !spaceless(first) {
            while let Some((at, c)) = chars.next_if(|(_, c)| in_word(*c) && !spaceless(*c)) {
                end = at + c.len_utf8();
            }
        }
        Some(Token { range: start..end, spaced: std::mem::take(&mut spaced) })
    })
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
