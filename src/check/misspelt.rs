//! Words of a text that differ from a name by one letter.
//!
//! Names are kept by numbers made of their letters with one left out in turn: a word that is one letter off shares
//! such a number with the name, whichever of the two has the letter that the other lacks.

use std::collections::HashSet;

use rayon::prelude::*;
use unicode_segmentation::UnicodeSegmentation;

use crate::text::{Text, fold};

/// A name with fewer letters has too many neighbours to be called misspelt.
const LETTERS: usize = 7;
/// One with more is no slip of the pen in one letter, and too long to be held against every run of words.
pub const MOST_LETTERS: usize = 100;
/// So many of the names that share a number are looked at: who has more has made them up to be alike.
const ALIKE: usize = 20;

/// What words are held against.
pub struct Names<'a> {
    /// A number of a name, and which name; in order.
    near: Vec<(u64, u32)>,
    all: Vec<&'a Text>,
    /// How many words the longest of them has.
    pub longest: usize,
    /// For each number of characters, whether a misspelt name may have so many.
    lengths: [bool; MOST_LETTERS + 2],
}

impl<'a> Names<'a> {
    pub fn new(all: impl Iterator<Item = &'a Text>) -> Self {
        let mut names =
            Self { near: Vec::new(), all: Vec::new(), longest: 0, lengths: [false; MOST_LETTERS + 2] };
        for name in all {
            // Folding changes the number of bytes too little to matter here.
            if name.len() < LETTERS || name.len() > 8 * MOST_LETTERS {
                continue;
            }
            let folded = fold(name);
            let length = folded.chars().count();
            if letters(&folded) < LETTERS || length > MOST_LETTERS {
                continue;
            }
            names.lengths.iter_mut().skip(length - 1).take(3).for_each(|it| *it = true);
            names.longest = names.longest.max(name.unicode_words().count());
            names.all.push(name);
        }
        let keyed = names.all.par_iter().enumerate().flat_map_iter(|(at, name)| {
            let at = u32::try_from(at).unwrap_or(u32::MAX);
            keys(&fold(name)).map(move |key| (key, at))
        });
        names.near = keyed.collect();
        names.near.par_sort_unstable();
        names.near.dedup();
        names
    }

    /// Whether a run of words has as many characters as a misspelt name may have: nearly every run ends here.
    pub fn may_be(&self, words: &str) -> bool {
        // Folding leaves as many letters where all are ASCII.
        !words.is_ascii() || self.has_length(words.len())
    }

    fn has_length(&self, length: usize) -> bool {
        self.lengths.get(length).copied().unwrap_or_default()
    }

    /// The name that `words`, which are none of the `known` ones, differ from by one letter.
    pub fn misspelt(&self, words: &str, known: &HashSet<String>) -> Option<&'a Text> {
        let folded = fold(words);
        let plain = !self.has_length(folded.chars().count()) || letters(&folded) < LETTERS;
        if plain || known.contains(&folded) {
            return None;
        }
        keys(&folded).find_map(|key| {
            let from = self.near.partition_point(|(other, _)| *other < key);
            let alike = self.near.iter().skip(from).take_while(|(other, _)| *other == key).take(ALIKE);
            let mut names = alike.filter_map(|(_, at)| self.all.get(*at as usize).copied());
            names.find(|name| {
                let name = fold(name);
                one_apart(&name, &folded) && !plural(&name, &folded)
            })
        })
    }
}

fn letters(text: &str) -> usize {
    text.chars().filter(|c| c.is_alphabetic()).count()
}

/// A number for `word`, and one for each of the words that it is with one letter left out.
fn keys(word: &str) -> impl Iterator<Item = u64> + use<> {
    /// Letters are the digits of a number with this base.
    const BASE: u64 = 0x9e37_79b9_7f4a_7c15;
    let letters: Vec<u64> = word.chars().map(u64::from).collect();
    // What the letters from each on make.
    let mut after = vec![0_u64; letters.len() + 1];
    for at in (0..letters.len()).rev() {
        after[at] = after[at + 1].wrapping_mul(BASE).wrapping_add(letters[at]);
    }
    let (mut before, mut power) = (0_u64, 1_u64);
    let whole = after.first().copied();
    let shorter = (0..letters.len()).map(move |gone| {
        let key = power.wrapping_mul(after[gone + 1]).wrapping_add(before);
        before = power.wrapping_mul(letters[gone]).wrapping_add(before);
        power = power.wrapping_mul(BASE);
        key
    });
    whole.into_iter().chain(shorter)
}

/// Whether one letter more, less, changed or moved by a place makes `one` the `other`.
fn one_apart(one: &str, other: &str) -> bool {
    let (mut one, mut other): (Vec<char>, Vec<char>) = (one.chars().collect(), other.chars().collect());
    while one.last().is_some_and(|last| other.last() == Some(last)) {
        one.pop();
        other.pop();
    }
    let same = one.iter().zip(&other).take_while(|(one, other)| one == other).count();
    match (one.get(same..), other.get(same..)) {
        (Some([_]), Some([] | [_])) | (Some([]), Some([_])) => true,
        (Some([a, b]), Some([c, d])) => a == d && b == c,
        _ => false,
    }
}

/// Whether the two differ only by the `s` of a plural, or in a digit: another thing, not a misspelling.
fn plural(name: &str, words: &str) -> bool {
    let digits = |text: &str| text.chars().filter(char::is_ascii_digit).collect::<String>();
    let singular =
        |text: &str| text.split(' ').map(|word| word.trim_end_matches('s').to_owned()).collect::<Vec<_>>();
    singular(name) == singular(words) || digits(name) != digits(words)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_with_a_slip_of_the_pen_is_known() {
        let all =
            [Text::line("Alexandr Wang"), Text::line("Ministry of Digital Affairs"), Text::line("Short")];
        let names = Names::new(all.iter());
        let known: HashSet<String> = all.iter().map(|name| fold(name)).collect();
        for (words, name) in [
            ("Alexander Wang", Some(0)),
            ("Alexandr Wnag", Some(0)),
            ("Alexandr Wan", Some(0)),
            ("Alexandr Wang", None),
            ("Alexandra Wong", None),
            ("Ministry of Digital Affair", None),
            ("Ministry of Digitel Affairs", Some(1)),
            ("Shart", None),
        ] {
            assert_eq!(names.misspelt(words, &known), name.map(|at: usize| &all[at]), "{words}");
        }
    }

    proptest::proptest! {
        #[test]
        fn one_apart_is_a_distance_of_one(one in "[abc]{0,6}", other in "[abc]{0,6}") {
            assert_eq!(one_apart(&one, &other), strsim::osa_distance(&one, &other) == 1, "{one} {other}");
        }

        #[test]
        fn words_one_apart_share_a_number(one in "[abcé]{1,8}", other in "[abcé]{1,8}") {
            let of_one: HashSet<u64> = keys(&one).collect();
            let shared = keys(&other).any(|key| of_one.contains(&key));
            assert!(shared || !one_apart(&one, &other), "{one} {other}");
        }
    }
}
