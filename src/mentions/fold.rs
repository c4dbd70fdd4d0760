//! Text folded for matching, with the way back from every folded byte to the text as read.
//!
//! Names and texts go through the same folding, so that what differs only in accents, case, white
//! space or the form of an apostrophe is equal.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::decompose_compatible;

/// `text` folded; `back[i]` is the byte of `text` that folded byte `i` stems from.
#[derive(Debug, Default)]
pub struct Folded {
    pub text: String,
    /// Empty where every byte stems from the same byte of the text as read.
    back: Vec<u32>,
    end: usize,
}

impl Folded {
    pub fn new(text: &str) -> Self {
        // white space in a row stays there: whoever reads the words skips it
        if text.is_ascii() {
            return Self { text: text.to_ascii_lowercase(), back: Vec::new(), end: text.len() };
        }
        let mut folded = Self {
            text: String::with_capacity(text.len()),
            back: Vec::with_capacity(text.len()),
            end: text.len(),
        };
        let mut rest = text;
        while let Some(next) = rest.chars().next() {
            let at = text.len() - rest.len();
            let length = rest.bytes().take_while(u8::is_ascii_graphic).count();
            let (word, behind) = rest.split_at(if length == 0 { next.len_utf8() } else { length });
            if length == 0 {
                folded.push(at, next);
            } else {
                folded.word(at, word);
            }
            rest = behind;
        }
        folded.text.make_ascii_lowercase();
        folded
    }

    /// Puts `word`, all ASCII, as it is.
    fn word(&mut self, at: usize, word: &str) {
        let small = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
        self.text.push_str(word);
        self.back.extend(small(at)..small(at + word.len()));
    }

    fn push(&mut self, at: usize, c: char) {
        if c.is_whitespace() {
            if !self.text.ends_with(' ') {
                self.put(at, ' ');
            }
        } else if c.is_ascii() || ideograph(c) {
            self.put(at, c);
        } else if voiced(c) {
            std::iter::once(c).nfkc().for_each(|c| self.put(at, c));
        } else {
            decompose_compatible(plain(c), |part| {
                if !accent(part) {
                    part.to_lowercase().filter(|c| !accent(*c)).for_each(|c| self.put(at, c));
                }
            });
        }
    }

    fn put(&mut self, at: usize, c: char) {
        self.text.push(c);
        let at = u32::try_from(at).unwrap_or(u32::MAX);
        self.back.extend(std::iter::repeat_n(at, c.len_utf8()));
    }

    /// The byte of the text as read where folded byte `at` begins, unless `at` splits one of its characters.
    pub fn back(&self, at: usize) -> Option<usize> {
        if self.back.is_empty() {
            return Some(at);
        }
        let here = self.back.get(at).map_or(self.end, |at| *at as usize);
        let before = at.checked_sub(1).and_then(|at| self.back.get(at)).map(|at| *at as usize);
        (before != Some(here)).then_some(here)
    }
}

/// Whether `c` is an accent: a mark without which the word is still the same word.
///
/// The vowel signs of Indic scripts are marks too, but letters of the word; they stay.
fn accent(c: char) -> bool {
    matches!(u32::from(c),
        0x300..=0x36f | 0x1ab0..=0x1aff | 0x1dc0..=0x1dff | 0x20d0..=0x20ff | 0xfe20..=0xfe2f
        | 0x591..=0x5bd | 0x5bf | 0x5c1..=0x5c2 | 0x5c4..=0x5c5 | 0x5c7
        | 0x610..=0x61a | 0x640 | 0x64b..=0x65f | 0x670)
}

/// Whether `c` is an ideograph, which is neither made of parts nor has a case.
fn ideograph(c: char) -> bool {
    matches!(u32::from(c), 0x4e00..=0x9fff)
}

/// Whether `c` is kana, whose voicing marks make another letter.
fn voiced(c: char) -> bool {
    matches!(u32::from(c), 0x3040..=0x30ff | 0xff66..=0xff9f)
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
    fn plain_text_folds_in_place() {
        let folded = Folded::new("The White House");
        assert_eq!(folded.text, "the white house");
        assert_eq!(folded.back(4), Some(4));
    }

    #[test]
    fn a_folded_byte_inside_a_character_leads_nowhere() {
        let folded = Folded::new("각");
        assert!(folded.text.len() > 3, "a syllable folds to its letters");
        assert_eq!(folded.back("\u{1100}".len()), None);
    }

    #[test]
    fn marks_fold_only_where_they_are_accents() {
        for (one, other, same) in [
            ("São", "Sao", true),
            ("الصِّين", "الصين", true),
            ("الـصين", "الصين", true),
            ("إيران", "ايران", true),
            ("भारत", "भरत", false),
            ("ビル", "ヒル", false),
            ("ＡＢ", "ab", true),
            ("ﾄﾞｲﾂ", "ドイツ", false),
        ] {
            assert_eq!(Folded::new(one).text == Folded::new(other).text, same, "{one} {other}");
        }
    }
}
