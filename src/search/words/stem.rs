//! Stems: English ones of lower-case words, and the singular of `GPUs` and `H100s`. Names are left alone.

use frostem::{Algorithm, Stemmer};

/// Words whose stems are remembered; a text repeats few words often.
const REMEMBERED: usize = 4096;

/// Finds stems, and remembers those of the latest words.
#[derive(Clone)]
pub(super) struct Stems {
    stemmer: Stemmer,
    /// Each word at the place its letters choose, with its stem.
    known: Vec<(String, String)>,
}

impl Default for Stems {
    fn default() -> Self {
        Self { stemmer: Stemmer::new(Algorithm::English), known: Vec::new() }
    }
}

impl Stems {
    /// The stem of a word as `written` and `folded`, unless it is the word itself.
    pub fn of<'a>(&'a mut self, written: &str, folded: &'a str) -> Option<&'a str> {
        if lower_case(written) {
            let stem = self.english(folded);
            return (stem != folded).then_some(stem);
        }
        written.strip_suffix('s').filter(|it| acronym(it)).and(folded.strip_suffix('s'))
    }

    fn english(&mut self, word: &str) -> &str {
        if self.known.is_empty() {
            self.known = vec![Default::default(); REMEMBERED];
        }
        let Some(slot) = self.known.get_mut(place(word)) else { return "" };
        if slot.0 != word {
            slot.1 = self.stemmer.stem(word).into_owned();
            slot.0.clear();
            slot.0.push_str(word);
        }
        &slot.1
    }
}

/// Where a word is remembered, by the letters' FNV hash.
fn place(word: &str) -> usize {
    let hash = word
        .bytes()
        .fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x100_0000_01b3));
    usize::try_from((hash >> 20) % REMEMBERED as u64).unwrap_or_default()
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
