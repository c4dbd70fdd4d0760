//! Stems: English ones of lower-case words, and the singular of `GPUs` and `H100s`. Names are left alone.

use frostem::{Algorithm, Stemmer};

use super::STEM;

/// Words whose stems are remembered; a text repeats few words often.
const REMEMBERED: usize = 1 << BITS;
const BITS: u32 = 16;

/// A short word, filled up with zeros.
type Short = [u8; 16];

/// Finds stems, and remembers those of short words.
#[derive(Clone)]
pub(super) struct Stems {
    stemmer: Stemmer,
    /// Each word at the place its letters choose; empty until the first is remembered.
    known: Vec<Known>,
    remember: bool,
    /// The number of the text that is being cut.
    text: u32,
}

/// A word, its stem, and the text in which it was met last.
#[derive(Clone, Copy, Default)]
struct Known {
    word: Short,
    stem: Short,
    text: u32,
}

impl Default for Stems {
    fn default() -> Self {
        Self { stemmer: Stemmer::new(Algorithm::English), known: Vec::new(), remember: false, text: 0 }
    }
}

impl Stems {
    /// For texts by the thousand. The stem of a word that was met before in the same text may be left out.
    pub fn remembering() -> Self {
        Self { remember: true, ..Self::default() }
    }

    /// Another text begins.
    pub fn begin(&mut self) {
        // Not before: who opens an index only to search it has no use for so much memory.
        if self.remember && self.known.is_empty() {
            self.known = vec![Known::default(); REMEMBERED];
        }
        self.text = self.text.wrapping_add(1);
    }

    /// Appends the stem of a word as `written` and `folded`, marked as one; nothing if it is the word itself.
    pub fn of(&mut self, written: &str, folded: &str, to: &mut String) -> bool {
        let start = to.len();
        to.push(STEM);
        let again = if lower_case(written) {
            self.english(folded, to)
        } else {
            let one = written.strip_suffix('s').filter(|it| acronym(it)).and(folded.strip_suffix('s'));
            to.push_str(one.unwrap_or(folded));
            false
        };
        let other = !again && to.get(start + 1..) != Some(folded);
        if !other {
            to.truncate(start);
        }
        other
    }

    /// Appends the stem of `word`, unless it is known to have been met in this text.
    fn english(&mut self, word: &str, to: &mut String) -> bool {
        let key = short(word).unwrap_or_default();
        let Some(known) = self.known.get_mut(place(key)).filter(|_| key != Short::default()) else {
            to.push_str(&self.stemmer.stem(word));
            return false;
        };
        if known.word != key {
            let stem = self.stemmer.stem(word);
            *known = Known { word: key, stem: short(&stem).unwrap_or(key), text: 0 };
        } else if known.text == self.text {
            return true;
        }
        known.text = self.text;
        let length = known.stem.iter().position(|byte| *byte == 0).unwrap_or(known.stem.len());
        to.push_str(known.stem.get(..length).and_then(|stem| str::from_utf8(stem).ok()).unwrap_or(word));
        false
    }
}

fn short(word: &str) -> Option<Short> {
    let mut short = Short::default();
    short.get_mut(..word.len())?.copy_from_slice(word.as_bytes());
    Some(short)
}

/// Where a word is remembered.
fn place(word: Short) -> usize {
    let (low, high) = word.split_at(word.len() / 2);
    let half = |bytes: &[u8]| bytes.iter().rev().fold(0_u64, |sum, byte| (sum << 8) | u64::from(*byte));
    let mixed = (half(low) ^ half(high).rotate_left(23)).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    usize::try_from(mixed >> (64 - BITS)).unwrap_or_default()
}

/// Whether other forms of the word will do when it is looked for.
pub(super) fn inflects(written: &str) -> bool {
    lower_case(written) || acronym(written)
}

fn lower_case(word: &str) -> bool {
    word.len() > 2 && word.bytes().all(|byte| byte.is_ascii_lowercase())
}

/// `GPU`, `H100`, `GB200`: at least two capitals, or a capital and a digit, and nothing else.
fn acronym(word: &str) -> bool {
    let plain = word.bytes().all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit());
    plain && word.len() > 1 && word.bytes().any(|byte| byte.is_ascii_uppercase())
}
