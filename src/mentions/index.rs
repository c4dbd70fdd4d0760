//! All names in one structure that a text is read against once, word by word.
//!
//! A tree of words rather than an automaton of bytes: a word that begins no name costs next to nothing, however
//! many names there are, and a match begins and ends at words by construction.

use std::collections::HashMap;
use std::ops::Range;

use foldhash::fast::RandomState;

use super::sieve::Sieve;
use super::tokens::{Token, tokens};

/// How many words and signs a name may have to be looked for; no text is read again and again for longer ones.
const LONGEST: usize = 64;
/// The root of the tree.
const ROOT: u32 = 0;

/// Folded names, each with the number it was given: 0, 1, 2… in the order they came.
#[derive(Debug, Default)]
pub struct Index {
    sieve: Sieve,
    /// From a node, by a word's hash and whether a space stands before it, to the next.
    steps: HashMap<(u32, u64, bool), Step, RandomState>,
    /// The words of all steps, one after the other.
    letters: String,
    /// For each node, the name that ends there.
    ends: Vec<Option<u32>>,
    names: u32,
}

/// Names that begin at one place: the bytes each takes, and its number.
pub type Here = Vec<(Range<usize>, usize)>;

/// A way from one node to the next.
#[derive(Debug)]
struct Step {
    /// The bytes of the word among the letters: words are told by their hashes, and then by their letters.
    word: Range<u32>,
    next: u32,
}

impl Index {
    /// An index with room for so many names.
    pub fn new(names: usize) -> Self {
        Self { sieve: Sieve::new(names), ..Self::default() }
    }

    /// The number of `name`, which is folded and has no space at its ends; none where it is too long, or where one of
    /// its words cannot be told from another by its hash.
    pub fn insert(&mut self, name: &str) -> Option<usize> {
        if tokens(name, 0).nth(LONGEST).is_some() {
            return None;
        }
        if self.ends.is_empty() {
            self.ends.push(None);
        }
        let mut node = ROOT;
        for (place, token) in tokens(name, 0).enumerate() {
            let word = name.get(token.range.clone())?;
            let key = (node, token.hash, place > 0 && token.spaced);
            node = match self.steps.get(&key) {
                Some(step) if self.letters(step) == word => step.next,
                Some(_) => return None,
                None => self.step(key, word)?,
            };
        }
        let mut hashes = tokens(name, 0).map(|token| token.hash);
        self.sieve.keep(hashes.next()?, hashes.next());
        let end = self.ends.get_mut(node as usize)?;
        let number = *end.get_or_insert(self.names);
        self.names = self.names.max(number + 1);
        Some(number as usize)
    }

    /// Makes a step to a new node.
    fn step(&mut self, key: (u32, u64, bool), word: &str) -> Option<u32> {
        let next = u32::try_from(self.ends.len()).ok()?;
        let start = u32::try_from(self.letters.len()).ok()?;
        let end = u32::try_from(self.letters.len() + word.len()).ok()?;
        self.letters.push_str(word);
        self.steps.insert(key, Step { word: start..end, next });
        self.ends.push(None);
        Some(next)
    }

    fn letters(&self, step: &Step) -> &str {
        self.letters.get(step.word.start as usize..step.word.end as usize).unwrap_or_default()
    }

    /// Calls `take` for every place of a folded text where names begin, with those names, the longest last.
    ///
    /// `take` says which byte to go on from. The names are put together in `here`.
    pub fn find(&self, text: &str, here: &mut Here, mut take: impl FnMut(&Here) -> usize) {
        let mut from = 0;
        for token in tokens(text, 0) {
            if self.sieve.begins(token.hash)
                && token.range.start >= from
                && self.sieve.goes_on(token.hash, || Some(tokens(text, token.range.end).next()?.hash))
            {
                here.clear();
                self.names_at(text, token, here);
                if !here.is_empty() {
                    from = take(here);
                }
            }
        }
    }

    /// The names that begin with `first`; no more of the text is read than the longest name may take.
    fn names_at(&self, text: &str, first: Token, here: &mut Here) {
        let mut node = ROOT;
        let Range { start, end } = first.range;
        for (place, token) in std::iter::once(first).chain(tokens(text, end)).enumerate() {
            let end = token.range.end;
            let Some(step) = self.steps.get(&(node, token.hash, place > 0 && token.spaced)) else { return };
            if text.get(token.range) != Some(self.letters(step)) {
                return;
            }
            node = step.next;
            if let Some(number) = self.ends.get(node as usize).copied().flatten() {
                here.push((start..end, number as usize));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(names: &[&str], text: &str) -> Vec<String> {
        let mut index = Index::new(names.len());
        for (number, name) in names.iter().enumerate() {
            assert_eq!(index.insert(name), Some(number));
            assert_eq!(index.insert(name), Some(number), "the same name has the same number");
        }
        let mut found = Vec::new();
        index.find(text, &mut Here::new(), |here| {
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
