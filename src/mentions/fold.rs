//! Text folded for matching, with the way back from every folded byte to the text as read.
//!
//! Names and texts go through the same folding, so that what differs only in accents, case, white
//! space or the form of an apostrophe is equal.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// `text` folded; `back[i]` is the byte of `text` that folded byte `i` stems from.
#[derive(Debug, Default)]
pub struct Folded {
    pub text: String,
    back: Vec<u32>,
    end: usize,
}

impl Folded {
    pub fn new(text: &str) -> Self {
        let mut folded = Self {
            text: String::with_capacity(text.len()),
            back: Vec::with_capacity(text.len()),
            end: text.len(),
        };
        for (at, c) in text.char_indices() {
            folded.push(at, c);
        }
        folded
    }

    fn push(&mut self, at: usize, c: char) {
        if c.is_ascii() && !c.is_ascii_whitespace() {
            self.put(at, c.to_ascii_lowercase());
        } else if c.is_whitespace() {
            if !self.text.ends_with(' ') {
                self.put(at, ' ');
            }
        } else {
            for part in std::iter::once(plain(c)).nfkd().filter(|c| !is_combining_mark(*c)) {
                part.to_lowercase().filter(|c| !is_combining_mark(*c)).for_each(|c| self.put(at, c));
            }
        }
    }

    fn put(&mut self, at: usize, c: char) {
        self.text.push(c);
        let at = u32::try_from(at).unwrap_or(u32::MAX);
        self.back.extend(std::iter::repeat_n(at, c.len_utf8()));
    }

    /// The byte of the text as read where folded byte `at` begins, unless `at` splits one of its characters.
    pub fn back(&self, at: usize) -> Option<usize> {
        let here = self.back.get(at).map_or(self.end, |at| *at as usize);
        let before = at.checked_sub(1).and_then(|at| self.back.get(at)).map(|at| *at as usize);
        (before != Some(here)).then_some(here)
    }
}

/// The everyday form of apostrophes and hyphens.
pub fn plain(c: char) -> char {
    match c {
        '‘' | '’' | 'ʼ' | '＇' => '\'',
        '‐' | '‑' => '-',
        c => c,
    }
}

/// `name` as it must stand in a text that has to match it exactly: only white space and apostrophes made plain.
pub fn exact(name: &str) -> String {
    let mut exact = String::with_capacity(name.len());
    for c in name.chars().map(|c| if c.is_whitespace() { ' ' } else { plain(c) }) {
        if c != ' ' || !exact.ends_with(' ') {
            exact.push(c);
        }
    }
    exact
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn accents_case_and_white_space_fold_and_lead_back() {
        let folded = Folded::new("L’État \n  fort");
        assert_eq!(folded.text, "l'etat fort");
        assert_eq!(folded.back(0), Some(0));
        assert_eq!(folded.back(2), Some("L’".len()));
        assert_eq!(folded.back(folded.text.len()), Some("L’État \n  fort".len()));
    }

    #[test]
    fn a_folded_byte_inside_a_character_leads_nowhere() {
        let folded = Folded::new("각");
        assert!(folded.text.len() > 3, "a syllable folds to its letters");
        assert_eq!(folded.back("\u{1100}".len()), None);
    }
}
