//! Words of the scripts that put no spaces between them: Thai, Lao, Khmer, Burmese and their kin.
//!
//! Unicode's rules leave these to dictionaries, so a dictionary it is; asked only for text that has such letters.

use icu_segmenter::LineSegmenter;
use icu_segmenter::options::LineBreakOptions;

/// Whether a line may end inside `word` only where a dictionary says so.
pub fn is_unspaced(word: &str) -> bool {
    word.chars().any(|c| {
        matches!(c,
            '\u{e00}'..='\u{eff}' // Thai, Lao
            | '\u{1000}'..='\u{109f}' | '\u{a9e0}'..='\u{a9ff}' | '\u{aa60}'..='\u{aa7f}' // Burmese
            | '\u{1780}'..='\u{17ff}' // Khmer
            | '\u{1950}'..='\u{19df}' | '\u{1a20}'..='\u{1aaf}' | '\u{aa80}'..='\u{aadf}' // Tai
        )
    })
}

/// The bytes behind which a line may end, the last of them the end of `word`.
pub fn breaks(word: &str) -> Vec<usize> {
    LineSegmenter::new_dictionary(LineBreakOptions::default())
        .segment_str(word)
        .filter(|at| *at > 0)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_told_apart() {
        for (text, expected) in [
            ("ประเทศไทยเป็นประเทศ", "ประเทศไทย|เป็น|ประเทศ"),
            ("កម្ពុជាជាប្រទេសមួយ", "កម្ពុជា|ជា|ប្រទេស|មួយ"),
            ("ປະເທດລາວ", "ປະເທດ|ລາວ"),
            ("မြန်မာနိုင်ငံ", "မြန်မာနိုင်ငံ"),
        ] {
            assert!(is_unspaced(text));
            let mut from = 0;
            let words = breaks(text).into_iter().map(|at| text.get(std::mem::replace(&mut from, at)..at));
            assert_eq!(words.map(Option::unwrap).collect::<Vec<_>>().join("|"), expected);
        }
        assert!(!is_unspaced("中国 and Ελλάδα"));
    }
}
