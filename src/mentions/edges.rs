//! Whether a name that was found may stand there: word edges, hyphens, addresses, other people's surnames.
//!
//! Precision first: one wrong link to a minister's name costs more than ten that are missing.

use std::ops::Range;

/// Words before a surname that name an office, not another person's given name.
const HONORIFICS: &[&str] = &[
    "mr",
    "mrs",
    "ms",
    "mx",
    "miss",
    "dr",
    "prof",
    "professor",
    "sir",
    "lord",
    "lady",
    "dame",
    "sen",
    "senator",
    "rep",
    "representative",
    "congressman",
    "congresswoman",
    "chair",
    "chairman",
    "chairwoman",
    "chairperson",
    "speaker",
    "leader",
    "secretary",
    "minister",
    "president",
    "chancellor",
    "commissioner",
    "director",
    "governor",
    "general",
    "admiral",
    "colonel",
    "ambassador",
    "judge",
    "justice",
    "member",
    "founder",
    "nominee",
    "herr",
    "frau",
    "monsieur",
    "madame",
    "mme",
    "m",
    "señor",
    "señora",
    "adviser",
    "advisor",
    "deputy",
    "vice",
];

/// Words that begin a sentence without being a name.
const OPENERS: &[&str] = &[
    "a",
    "an",
    "the",
    "and",
    "but",
    "or",
    "nor",
    "so",
    "yet",
    "if",
    "as",
    "at",
    "by",
    "for",
    "from",
    "in",
    "of",
    "on",
    "to",
    "with",
    "when",
    "while",
    "where",
    "what",
    "who",
    "why",
    "how",
    "that",
    "this",
    "these",
    "those",
    "then",
    "there",
    "here",
    "after",
    "before",
    "since",
    "until",
    "because",
    "although",
    "though",
    "both",
    "did",
    "does",
    "do",
    "has",
    "had",
    "have",
    "is",
    "was",
    "were",
    "are",
    "can",
    "could",
    "may",
    "might",
    "should",
    "would",
    "will",
    "according",
    "asked",
    "like",
    "unlike",
    "today",
    "yesterday",
    "later",
    "earlier",
    "again",
    "also",
    "only",
    "even",
    "once",
    "instead",
    "meanwhile",
    "however",
    "points",
    "note",
    "see",
    "against",
    "about",
];

/// Short words that a line in capitals writes like an acronym.
const SHOUTED: &[&str] = &[
    "us", "it", "who", "am", "is", "as", "or", "in", "on", "at", "an", "he", "me", "we", "be", "do", "go",
    "if", "no", "so", "to", "up", "all", "any", "can", "may", "aid", "ice", "cap", "nice", "act", "arm",
    "and", "the", "for", "not", "one", "our", "out", "own", "era", "ban", "set", "see", "say", "now", "new",
    "old", "top", "war",
];

/// Whether `c` belongs to a word.
fn in_word(c: char) -> bool {
    c.is_alphanumeric() || c == '_' || unicode_normalization::char::is_combining_mark(c)
}

/// Whether `c` is of a script that puts no spaces between words.
fn spaceless(c: char) -> bool {
    matches!(u32::from(c),
        0x0e00..=0x0eff | 0x1000..=0x109f | 0x1780..=0x17ff | 0x3040..=0x30ff | 0x31f0..=0x31ff
        | 0x3400..=0x4dbf | 0x4e00..=0x9fff | 0xf900..=0xfaff | 0xff66..=0xff9f | 0x20000..=0x3ffff)
}

fn before(text: &str, at: usize) -> Option<char> {
    text.get(..at)?.chars().next_back()
}

fn after(text: &str, at: usize) -> Option<char> {
    text.get(at..)?.chars().next()
}

/// Whether a word may begin or end between `left` and `right`.
fn parted(left: Option<char>, right: Option<char>) -> bool {
    let (Some(left), Some(right)) = (left, right) else { return true };
    !in_word(left) || !in_word(right) || spaceless(left) || spaceless(right)
}

/// Whether `range` of `text` begins and ends at word edges and is no part of an address or a handle.
///
/// An acronym may carry a plural `s`: `GPUs`.
pub fn stands_alone(text: &str, range: &Range<usize>, plural: bool) -> bool {
    let first = after(text, range.start);
    let last = before(text, range.end);
    let (left, right) = (before(text, range.start), after(text, range.end));
    let ends = parted(last, right)
        || (plural && right == Some('s') && parted(Some('s'), after(text, range.end + 1)));
    parted(left, first) && ends && !matches!(left, Some('@' | '#')) && !in_address(text, range)
}

/// Whether the run of characters without spaces around `range` is a web or mail address or a path.
fn in_address(text: &str, range: &Range<usize>) -> bool {
    let start = text.get(..range.start).and_then(|t| t.rfind(char::is_whitespace)).map_or(0, |at| at + 1);
    let head = text.get(start..range.start).unwrap_or_default();
    let tail = text.get(range.end..).unwrap_or_default();
    let tail = tail.split(char::is_whitespace).next().unwrap_or_default();
    if head.contains("://") || head.contains("www.") || head.contains('@') || head.contains('\\') {
        return true;
    }
    let mut tail = tail.chars();
    match tail.next() {
        Some('@' | '\\') => true,
        Some('.') => tail.next().is_some_and(char::is_lowercase),
        Some(':') => tail.as_str().starts_with("//"),
        _ => {
            head.ends_with('.')
                && head.chars().rev().nth(1).is_some_and(|c| c.is_lowercase() && !spaceless(c))
        }
    }
}

fn hyphen(c: char) -> bool {
    matches!(c, '-' | '‐' | '‑')
}

/// Whether a hyphen joins `range` to a capitalised word, as in a double-barrelled surname.
///
/// `China-based` is not such a neighbour, `Smith-Jones` is.
pub fn double_barrelled(text: &str, range: &Range<usize>) -> bool {
    let next = text.get(range.end..).unwrap_or_default();
    let joined = |hyphened: Option<char>, letter: Option<char>| {
        hyphened.is_some_and(hyphen) && letter.is_some_and(char::is_uppercase)
    };
    let previous = text.get(..range.start).unwrap_or_default();
    let word = previous.trim_end_matches(hyphen);
    let word = word.rsplit(|c: char| !in_word(c)).next().unwrap_or_default();
    joined(next.chars().next(), next.chars().nth(1))
        || joined(previous.chars().next_back(), word.chars().next())
}

/// Whether the words beside a bare surname make it somebody else's: `Lisa Wang`, `Warren Buffett`.
pub fn someone_elses(text: &str, range: &Range<usize>) -> bool {
    given_name(text.get(..range.start).unwrap_or_default())
        || surname(text.get(range.end..).unwrap_or_default())
}

/// Whether `previous` ends in what looks like a given name or an initial.
fn given_name(previous: &str) -> bool {
    let Some(previous) = previous.strip_suffix(char::is_whitespace) else { return false };
    let initial = previous.ends_with('.');
    let word =
        previous.trim_end_matches('.').rsplit(|c: char| c.is_whitespace() || "([\"“‘".contains(c)).next();
    let word = word.unwrap_or_default();
    if !word.chars().next().is_some_and(char::is_uppercase)
        || word.contains(['\'', '’', ',', ';', ':', '?', '!', ')'])
    {
        return false;
    }
    let folded = crate::text::fold(word);
    if HONORIFICS.contains(&folded.as_str()) {
        return false;
    }
    if initial {
        return word.chars().count() == 1;
    }
    !OPENERS.contains(&folded.as_str()) && !acronym(word)
}

/// Whether `next` begins with what looks like a surname.
fn surname(next: &str) -> bool {
    let Some(next) = next.strip_prefix(char::is_whitespace) else { return false };
    let word = next.split(|c: char| !in_word(c)).next().unwrap_or_default();
    word.chars().next().is_some_and(char::is_uppercase) && !acronym(word)
}

/// Two or more letters, all capitals: an office or a place, not a given name.
fn acronym(word: &str) -> bool {
    word.chars().count() > 1 && !word.chars().any(char::is_lowercase)
}

/// Whether `word`, a short name in capitals, stands in a text that is all capitals and is a plain word there.
pub fn shouted(text: &str, word: &str) -> bool {
    SHOUTED.contains(&word.to_lowercase().as_str())
        && text.split_whitespace().count() > 2
        && !text.chars().any(char::is_lowercase)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str, name: &str) -> Range<usize> {
        let start = text.find(name).expect("the name is in the text");
        start..start + name.len()
    }

    #[test]
    fn a_name_ends_at_word_edges() {
        for (text, name, alone) in [
            ("the China-based firm", "China", true),
            ("Indochina", "china", false),
            ("China’s", "China", true),
            ("Chinatown", "China", false),
            ("据Nvidia公司", "Nvidia", true),
            ("中国政府", "中国", true),
            ("see https://nvidia.com/x", "nvidia", false),
            ("nvidia.com", "nvidia", false),
            ("made by Nvidia. Then", "Nvidia", true),
            ("press@nvidia.com", "nvidia", false),
            ("@nvidia", "nvidia", false),
            ("US/China", "China", true),
            ("snake_china", "china", false),
            ("l’Iran", "Iran", true),
        ] {
            assert_eq!(stands_alone(text, &at(text, name), false), alone, "{text}");
        }
    }

    #[test]
    fn an_acronym_may_be_plural() {
        let text = "ten GPUs, a GPUsomething";
        assert!(stands_alone(text, &(4..7), true));
        assert!(!stands_alone(text, &(4..7), false));
        assert!(!stands_alone(text, &(12..15), true));
    }

    #[test]
    fn a_surname_beside_another_name_is_someone_elses() {
        for (text, name, elses) in [
            ("Lisa Wang said", "Wang", true),
            ("Mr Wang said", "Wang", false),
            ("Mr. Wang said", "Wang", false),
            ("But Wang said", "Wang", false),
            ("said. Wang then", "Wang", false),
            ("CEO Wang", "Wang", false),
            ("Warren Buffett", "Warren", true),
            ("Scale’s Wang", "Wang", false),
            ("J. Wang", "Wang", true),
            ("Senator Warren, who", "Warren", false),
        ] {
            assert_eq!(someone_elses(text, &at(text, name)), elses, "{text}");
        }
    }

    #[test]
    fn a_hyphened_surname_is_double_barrelled() {
        for (text, name, double) in [
            ("Anna Smith-Jones", "Anna Smith", true),
            ("Mbeki-Jones", "Jones", true),
            ("a Wang-led firm", "Wang", false),
            ("non-Wang", "Wang", false),
        ] {
            assert_eq!(double_barrelled(text, &at(text, name)), double, "{text}");
        }
    }
}
