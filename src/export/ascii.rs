//! Text in ASCII: what has a plain form is written in it, what has none is `?`.
//!
//! Drawn lines and bullets map one to one, so the same function serves text before and lines after the layout.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use crate::document::Document;
use crate::page::Page;
use crate::text::Text;

/// Characters that no normal form brings down to ASCII as a reader would write them.
const PLAIN: [(&str, &str); 39] = [
    (
        "\u{a0}\u{2000}\u{2001}\u{2002}\u{2003}\u{2004}\u{2005}\u{2006}\u{2007}\u{2008}\u{2009}\u{200a}\u{202f}\u{205f}\u{3000}",
        " ",
    ),
    ("‘’‚‛′´ʹʻʼʽˈ＇", "'"),
    ("“”„‟″«»ˮ", "\""),
    ("‹", "<"),
    ("›", ">"),
    ("‐‑‒–−─━┄┅┈┉╌╍⁃", "-"),
    ("—―", "--"),
    ("═", "="),
    ("│┃┆┇┊┋║¦", "|"),
    ("┌┐└┘├┤┬┴┼╔╗╚╝╠╣╦╩╬┏┓┗┛╭╮╰╯", "+"),
    ("▁▂▃▄▅▆▇█", "#"),
    ("•‣●◦○▪■□▸►", "*"),
    ("·∙⋅", "."),
    ("…", "..."),
    ("×✕✗✘", "x"),
    ("✓✔☑", "v"),
    ("÷", "/"),
    ("→⟶➔➜⇒", "->"),
    ("←⟵⇐", "<-"),
    ("↔⇔", "<->"),
    ("≤", "<="),
    ("≥", ">="),
    ("≠", "!="),
    ("≈", "~"),
    ("±", "+/-"),
    ("‖∥", "||"),
    ("∼", "~"),
    ("≡", "="),
    ("©", "(c)"),
    ("®", "(R)"),
    ("°", "deg"),
    ("µμ", "u"),
    ("ßẞ", "ss"),
    ("æÆ", "ae"),
    ("œŒ", "oe"),
    ("øØ", "o"),
    ("łŁ", "l"),
    ("đðÐĐ", "d"),
    ("þÞ", "th"),
];

/// Signs that are written as words, which stand apart from their neighbours.
const WORDS: [(char, &str); 12] = [
    ('∞', "infinity"),
    ('√', "sqrt"),
    ('∈', "in"),
    ('∪', "union"),
    ('∩', "intersection"),
    ('∅', "empty set"),
    ('€', "EUR"),
    ('£', "GBP"),
    ('¥', "JPY"),
    ('₹', "INR"),
    ('§', "Sec."),
    ('¶', "Para."),
];

/// Spaces and hyphens at which no line ends.
const BOUND: [char; 4] = ['\u{a0}', '\u{202f}', '\u{2007}', '\u{2011}'];

/// `text` with every character in ASCII. Lines stay lines.
pub fn text(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut before = ' ';
    // whether a sign was just written as a word
    let mut word = false;
    for c in text.chars() {
        if std::mem::take(&mut word) && c.is_alphanumeric() {
            plain.push(' ');
        }
        let last = std::mem::replace(&mut before, c);
        // a power of ten must not become a number of its own: 10⁵ is 10^5
        if is_raised(c) && (last.is_ascii_digit() || is_symbol(last)) {
            plain.push('^');
        }
        if c.is_ascii() {
            plain.push(c);
        } else if let Some((_, written)) = WORDS.iter().find(|(sign, _)| *sign == c) {
            if plain.ends_with(char::is_alphanumeric) {
                plain.push(' ');
            }
            plain.push_str(written);
            word = true;
        } else if let Some((_, written)) = PLAIN.iter().find(|(chars, _)| chars.contains(c)) {
            push_like(&mut plain, c, written);
        } else {
            push_normal(&mut plain, c);
        }
    }
    plain
}

/// Whether it is a letter of mathematics: 𝔹⁸ is a power, m² a unit.
fn is_symbol(c: char) -> bool {
    matches!(c, '\u{2102}'..='\u{2124}' | '\u{1d400}'..='\u{1d7ff}')
}

fn is_raised(c: char) -> bool {
    matches!(c, '⁰' | '¹' | '²' | '³' | '⁴'..='⁹' | '⁺' | '⁻')
}

/// Letters keep their case: `Ø` is `O`, `Æ` is `AE`.
fn push_like(plain: &mut String, c: char, written: &str) {
    if c.is_uppercase() { plain.push_str(&written.to_uppercase()) } else { plain.push_str(written) }
}

fn push_normal(plain: &mut String, c: char) {
    let invisible = is_combining_mark(c) || matches!(c, '\u{200c}' | '\u{200d}' | '\u{fe00}'..='\u{fe0f}');
    if invisible {
        return;
    }
    let from = plain.len();
    for part in std::iter::once(c).nfkd().filter(|part| !is_combining_mark(*part)) {
        match part {
            '\u{2044}' => plain.push('/'),
            '\u{131}' => plain.push('i'),
            '\u{2212}' => plain.push('-'),
            part if part.is_ascii() => plain.push(part),
            _ => {
                plain.truncate(from);
                return plain.push('?');
            }
        }
    }
    if plain.len() == from {
        plain.push('?');
    }
}

/// As [`text`], but what holds words together stays until the lines are made.
fn bound(shown: &str) -> String {
    let mut plain = String::with_capacity(shown.len());
    for piece in shown.split_inclusive(BOUND) {
        let words = piece.strip_suffix(BOUND).unwrap_or(piece);
        plain.push_str(&text(words));
        plain.extend(piece.chars().next_back().filter(|_| words.len() < piece.len()));
    }
    plain
}

/// Brings all text of a document to ASCII but for [`BOUND`].
pub fn document(document: &mut Document) {
    document.map_texts(|shown| {
        if !shown.is_ascii() {
            *shown = Text::from(bound(shown));
        }
    });
}

/// How many characters of these pages have no form in ASCII.
pub fn unwritten(pages: &[Page]) -> usize {
    let mut count = 0;
    for page in pages {
        let mut document = Document::clone(&page.document);
        document.map_texts(|shown| {
            if !shown.is_ascii() {
                count += marks(&text(shown)).saturating_sub(marks(shown));
            }
        });
    }
    count
}

fn marks(text: &str) -> usize {
    text.chars().filter(|c| matches!(c, '?' | '？')).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_written_as_a_typist_would() {
        let cases = [
            ("“Überblick” – naïve façade…", "\"Uberblick\" - naive facade..."),
            ("Straße, Łódź, Ærø, smørrebrød", "Strasse, Lodz, AEro, smorrebrod"),
            ("½ of 10 µm² ≥ 5 °C", "1/2 of 10 um2 >= 5 degC"),
            ("日本 🚀 ﬁne e\u{301}", "?? ? fine e"),
            ("│ ─ • ┌", "| - * +"),
            ("a\nb", "a\nb"),
            ("10⁻¹⁵ m², H₂O", "10^-15 m2, H2O"),
            ("A∪B, x ∈ S, 5€, €5m, § 7, §7", "A union B, x in S, 5 EUR, EUR 5m, Sec. 7, Sec. 7"),
            ("𝕋 ∪ 𝔹⁸ⁿ ‖ ℤ²", "T union B^8n || Z^2"),
        ];
        for (written, expected) in cases {
            assert_eq!(text(written), expected);
        }
    }
}
