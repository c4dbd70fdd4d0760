//! Text folded for matching, with the way back from every folded byte to the text as read.
//!
//! Names and texts go through the same folding, so that what differs only in accents, case, white
//! space or the form of an apostrophe is equal.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::decompose_compatible;

/// A text folded, with where its pieces stem from.
#[derive(Debug, Default)]
pub struct Folded {
    pub text: String,
    /// In order.
    pieces: Vec<Piece>,
    /// How long the text as read is.
    end: usize,
}

/// A piece of the folded text: what folds to itself, byte for byte, or what one other character folds to.
#[derive(Debug)]
struct Piece {
    start: usize,
    /// The byte of the text as read.
    at: usize,
    same: bool,
}

impl Folded {
    pub fn new(text: &str) -> Self {
        let mut folded = Self::default();
        folded.read(text);
        folded
    }

    /// Folds `text` in the room that the last one took.
    ///
    /// White space in a row stays there: whoever reads the words skips it.
    pub fn read(&mut self, text: &str) {
        self.end = text.len();
        self.text.clear();
        self.pieces.clear();
        let mut rest = text;
        while !rest.is_empty() {
            let (same, behind) = rest.split_at(same(rest));
            let next = behind.chars().next();
            self.piece(text.len() - rest.len(), true, |folded| folded.push_str(same));
            if let Some(c) = next {
                self.piece(text.len() - behind.len(), false, |folded| push(folded, c));
            }
            rest = behind.get(next.map_or(0, char::len_utf8)..).unwrap_or_default();
        }
        self.text.make_ascii_lowercase();
    }

    /// Adds what `fold` adds for what stands at byte `at` of the text as read, if that is anything.
    fn piece(&mut self, at: usize, same: bool, fold: impl FnOnce(&mut String)) {
        let start = self.text.len();
        fold(&mut self.text);
        if self.text.len() > start {
            self.pieces.push(Piece { start, at, same });
        }
    }

    /// The byte of the text as read where folded byte `at` begins, unless `at` splits one of its characters.
    pub fn back(&self, at: usize) -> Option<usize> {
        if at >= self.text.len() {
            return Some(self.end);
        }
        let next = self.pieces.partition_point(|piece| piece.start <= at);
        let piece = self.pieces.get(next.checked_sub(1)?)?;
        (piece.same || piece.start == at).then(|| piece.at + (at - piece.start))
    }
}

/// How many bytes `text` begins with that fold to themselves, but for the case of ASCII.
fn same(text: &str) -> usize {
    let mut end = 0;
    loop {
        let rest = text.get(end..).unwrap_or_default();
        let plain = ascii(rest.as_bytes());
        let letters = rest.get(plain..).unwrap_or_default().chars().take_while(|c| itself(*c));
        let letters: usize = letters.map(char::len_utf8).sum();
        end += plain + letters;
        if letters == 0 {
            return end;
        }
    }
}

/// How many bytes of ASCII `text` begins with.
fn ascii(text: &[u8]) -> usize {
    const STEP: usize = 16;
    let whole = text.chunks_exact(STEP).take_while(|chunk| chunk.is_ascii()).count() * STEP;
    let rest = text.get(whole..).unwrap_or_default();
    if rest.is_ascii() { text.len() } else { whole + rest.iter().take_while(|byte| byte.is_ascii()).count() }
}

/// Adds what `c` folds to.
fn push(folded: &mut String, c: char) {
    let everyday = plain(c);
    if everyday.is_ascii() {
        folded.push(everyday);
    } else if c.is_whitespace() {
        folded.push(' ');
    } else if voiced(c) {
        folded.extend(std::iter::once(c).nfkc());
    } else {
        decompose_compatible(c, |part| {
            if !accent(part) {
                folded.extend(part.to_lowercase().filter(|c| !accent(*c)));
            }
        });
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

/// Whether `c` folds to itself, of those that whole texts are made of: an ideograph, Arabic, small Cyrillic, dashes
/// and quotation marks. Of others the tables of Unicode say it.
fn itself(c: char) -> bool {
    matches!(c, '–' | '—' | '“' | '”' | '„' | '•' | '«' | '»' | '§' | '€'
        | '\u{4e00}'..='\u{9fff}' | 'ا'..='غ' | 'ف'..='ي' | 'а'..='и' | 'к'..='я')
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
    fn accents_and_case_fold_and_lead_back() {
        let folded = Folded::new("L’État \n  fort");
        assert_eq!(folded.text, "l'etat \n  fort");
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
    fn every_character_leads_back_to_itself() {
        let text = "Über 中国’s “Ёлка”, … دولة e\u{301}\u{a0}ﬁn";
        let folded = Folded::new(text);
        for (name, read) in [
            ("uber", "Über"),
            ("中国", "中国"),
            ("елка", "Ёлка"),
            ("دولة", "دولة"),
            ("e", "e\u{301}"),
            ("fin", "ﬁn"),
        ] {
            let start = folded.text.rfind(name).expect("it is there");
            let range =
                folded.back(start).expect("a start")..folded.back(start + name.len()).expect("an end");
            assert_eq!(text.get(range), Some(read));
        }
    }

    #[test]
    fn a_folded_byte_inside_a_character_leads_nowhere() {
        let folded = Folded::new("각");
        assert!(folded.text.len() > 3, "a syllable folds to its letters");
        assert_eq!(folded.back("\u{1100}".len()), None);
    }

    #[test]
    fn a_letter_known_to_fold_to_itself_does() {
        for c in ('\u{80}'..='\u{ffff}').filter(|c| itself(*c)) {
            let parts: String = c.nfkd().filter(|c| !accent(*c)).flat_map(char::to_lowercase).collect();
            assert_eq!(parts, c.to_string());
        }
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
