//! Words folded for searching: case, accents and compatibility forms as everywhere, and letters that people
//! type in another way.

use crate::text::fold;

/// Appends `word` as it is compared; an abbreviation loses its points.
pub(super) fn folded(word: &str, to: &mut String) {
    if word.is_ascii() && !word.contains('.') {
        let start = to.len();
        to.push_str(word);
        to.get_mut(start..).unwrap_or_default().make_ascii_lowercase();
        return;
    }
    let number = word.bytes().any(|byte| byte.is_ascii_digit());
    let kept = |c: &char| number || *c != '.';
    for c in fold(word).chars().filter(kept) {
        match c {
            'ß' => to.push_str("ss"),
            'æ' => to.push_str("ae"),
            'œ' => to.push_str("oe"),
            'þ' => to.push_str("th"),
            'ø' => to.push('o'),
            'ł' => to.push('l'),
            'đ' | 'ð' => to.push('d'),
            'ı' => to.push('i'),
            'ς' => to.push('σ'),
            '\u{640}' | '\u{200c}' | '\u{200d}' => {}
            c => to.push(c),
        }
    }
}
