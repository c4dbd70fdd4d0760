//! Handling markings compared: which of several is the strictest, so that a packet never says less than its parts.
//!
//! Markings are verbatim text; those of the common schemes have a rank, and what has none is never dropped.

use crate::text::{Text, fold};

/// Markings by how strict they are; the longer of two that begin alike stands first.
const LEVELS: [(&str, u8); 17] = [
    ("top secret", 6),
    ("tlp:red", 5),
    ("secret", 5),
    ("tlp:amber+strict", 4),
    ("confidential", 4),
    ("tlp:amber", 3),
    ("official-sensitive", 3),
    ("official sensitive", 3),
    ("restricted", 3),
    ("cui", 3),
    ("fouo", 3),
    ("tlp:green", 2),
    ("official", 2),
    ("internal", 2),
    ("tlp:clear", 0),
    ("tlp:white", 0),
    ("unclassified", 0),
];
/// Unmarked says nothing, which is not the same as clear.
const UNMARKED: u8 = 1;

/// The strictest of `markings`; those that cannot be ranked, or are as strict in another scheme, stand beside it.
pub fn strictest<'a>(markings: impl Iterator<Item = Option<&'a Text>>) -> Option<Text> {
    let mut all: Vec<(Option<u8>, Option<&Text>)> = markings.map(|it| (level(it), it)).collect();
    let highest = all.iter().filter_map(|(level, _)| *level).max();
    all.retain(|(level, _)| level.is_none() || *level == highest);
    all.sort_by(|a, b| b.cmp(a));
    let mut words: Vec<&str> = Vec::new();
    for word in all.into_iter().filter_map(|(_, marking)| marking) {
        if !words.contains(&word.as_str()) {
            words.push(word);
        }
    }
    (!words.is_empty()).then(|| Text::line(&words.join("; ")))
}

/// How strict a marking is; `None` if its words are not known.
fn level(marking: Option<&Text>) -> Option<u8> {
    let Some(marking) = marking else { return Some(UNMARKED) };
    let folded = fold(marking.trim());
    let begins = |word: &str| {
        folded.strip_prefix(word).is_some_and(|rest| !rest.starts_with(|c: char| c.is_alphanumeric()))
    };
    LEVELS.iter().find(|(word, _)| begins(word)).map(|(_, level)| *level)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_strictest_marking_stands_for_all() {
        let cases: [(&[&str], &str); 7] = [
            (&["TLP:GREEN", "TLP:RED", "TLP:AMBER"], "TLP:RED"),
            (&["TLP:AMBER", "TLP:AMBER+STRICT"], "TLP:AMBER+STRICT"),
            (&["UNCLASSIFIED", "SECRET//NOFORN"], "SECRET//NOFORN"),
            (&["CUI", "", "CUI"], "CUI"),
            (&["TLP:CLEAR", ""], ""),
            (&["CUI", "TLP:AMBER"], "TLP:AMBER; CUI"),
            (&["EMBARGOED", "TLP:GREEN"], "TLP:GREEN; EMBARGOED"),
        ];
        for (markings, expected) in cases {
            let texts: Vec<Text> = markings.iter().map(|it| Text::from(*it)).collect();
            let given = texts.iter().map(|it| (!it.is_empty()).then_some(it));
            assert_eq!(strictest(given).unwrap_or_default(), expected, "{markings:?}");
        }
    }
}
