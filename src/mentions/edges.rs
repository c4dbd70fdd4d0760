//! Whether a name that was found may stand there: word edges, hyphens, addresses, words in capitals.
//!
//! Precision first: one wrong link to a minister's name costs more than ten that are missing.

use std::ops::Range;

use super::words::{ELISIONS, OBJECTS, SHOUTED};

/// How many bytes around a name are looked at: enough for an address or a headline, and never a whole text.
const NEAR: usize = 200;

/// Whether `c` belongs to a word. A joiner without width does: `ایران‌خودرو` is one.
pub fn in_word(c: char) -> bool {
    everyday(c) || c.is_alphanumeric() || matches!(c, '_' | '\u{200c}' | '\u{200d}') || mark(c)
}

/// Letters that whole texts are made of, told without the tables of Unicode: Latin, Arabic, Cyrillic.
fn everyday(c: char) -> bool {
    matches!(c, 'a'..='z' | 'A'..='Z' | 'ا'..='غ' | 'ف'..='ي' | 'А'..='я')
}

fn mark(c: char) -> bool {
    !c.is_ascii() && unicode_normalization::char::is_combining_mark(c)
}

/// Whether `c` is of a script that puts no spaces between words.
pub fn spaceless(c: char) -> bool {
    matches!(u32::from(c),
        0x0e00..=0x0eff | 0x1000..=0x109f | 0x1780..=0x17ff | 0x3040..=0x30ff | 0x31f0..=0x31ff
        | 0x3400..=0x4dbf | 0x4e00..=0x9fff | 0xf900..=0xfaff | 0xff66..=0xff9f | 0x20000..=0x3ffff)
}

pub fn hyphen(c: char) -> bool {
    matches!(c, '-' | '‐' | '‑')
}

pub fn apostrophe(c: char) -> bool {
    matches!(c, '\'' | '’' | 'ʼ')
}

/// The text just before byte `at`, and no more than is looked at.
pub fn before(text: &str, at: usize) -> &str {
    let from = text.floor_char_boundary(at.saturating_sub(NEAR));
    text.get(from..at).unwrap_or_default()
}

/// The text just after byte `at`, and no more than is looked at.
pub fn after(text: &str, at: usize) -> &str {
    let to = text.ceil_char_boundary((at + NEAR).min(text.len()));
    text.get(at..to).unwrap_or_default()
}

fn last(text: &str) -> Option<char> {
    text.chars().next_back()
}

fn first(text: &str) -> Option<char> {
    text.chars().next()
}

/// Whether a word may begin or end between `left` and `right`.
fn parted(left: Option<char>, right: Option<char>) -> bool {
    let (Some(left), Some(right)) = (left, right) else { return true };
    !in_word(left) || !in_word(right) || spaceless(left) || spaceless(right)
}

/// Whether `range` of `text` begins and ends at word edges and is no part of an address or a handle.
pub fn stands_alone(text: &str, range: &Range<usize>) -> bool {
    let (head, tail) = (before(text, range.start), after(text, range.end));
    let name = text.get(range.clone()).unwrap_or_default();
    let sign = |inner: Option<char>, outer: Option<char>| {
        // A name that ends in a sign, such as `U.S.`, is no part of `U.S.S.R.`
        inner.is_some_and(|c| !in_word(c)) && outer.is_some_and(|c| in_word(c) && !spaceless(c))
    };
    parted(last(head), first(name))
        && parted(last(name), first(tail))
        && !sign(first(name), last(head))
        && !sign(last(name), first(tail))
        && !matches!(last(head), Some('@' | '#'))
        && elided(head).is_none_or(|word| ELISIONS.hold(word))
        && !in_address(head, name, tail)
}

/// The letters before the apostrophe that `head` ends in: the `d` of `d’`.
pub fn elided(head: &str) -> Option<&str> {
    let word = head.strip_suffix(apostrophe)?;
    let word = word.rsplit(|c: char| !c.is_alphabetic()).next()?;
    (!word.is_empty()).then_some(word)
}

/// Whether an address ends at `c`, were it part of one.
fn outside(c: char) -> bool {
    !everyday(c)
        && (c.is_whitespace() || spaceless(c) || "()[]<>{}\"“”‘’«»„,;，。、；：（）《》「」【】".contains(c))
}

/// Whether `name` between `head` and `tail` is part of a web or mail address, a path or a switch.
fn in_address(head: &str, name: &str, tail: &str) -> bool {
    let whole = head;
    let head = head.rsplit(outside).next().unwrap_or_default();
    let tail = tail.split(outside).next().unwrap_or_default();
    let begins = last(whole.strip_suffix(head).unwrap_or_default()).is_none_or(char::is_whitespace);
    if head.contains("://") || head.contains(['@', '\\']) || begins && head.starts_with(['/', '~', '.']) {
        return true;
    }
    let switch = head == "--" && first(name).is_some_and(char::is_lowercase);
    switch
        || goes_on(tail)
        || dotted(last_two(head))
        || (head.contains('/') || tail.contains('/')) && host(head, tail)
}

/// Whether `tail` makes an address of what stands before it: `.com`, `@…`, `://`.
fn goes_on(tail: &str) -> bool {
    let mut chars = tail.chars();
    match chars.next() {
        Some('@' | '\\') => true,
        Some('.') => chars.next().is_some_and(char::is_alphanumeric),
        Some(':') => chars.as_str().starts_with("//"),
        _ => false,
    }
}

fn last_two(head: &str) -> (Option<char>, Option<char>) {
    let mut chars = head.chars().rev();
    let end = chars.next();
    (chars.next(), end)
}

/// Whether a name after these characters goes on from them: `www.`, `docs.`; a sentence would have a space.
fn dotted((previous, end): (Option<char>, Option<char>)) -> bool {
    end == Some('.') && previous.is_some_and(|c| c.is_lowercase() || c.is_ascii_digit())
}

/// Whether there is a dot between small letters or digits beside the name, as in `example.org/name`.
fn host(head: &str, tail: &str) -> bool {
    let small = |c: char| c.is_lowercase() || c.is_ascii_digit();
    [head, tail].iter().any(|part| {
        part.match_indices('.').any(|(at, _)| {
            part.get(..at).and_then(last).is_some_and(small)
                && part.get(at + 1..).and_then(first).is_some_and(small)
        })
    })
}

/// Whether a hyphen joins `range` to a capitalised word, as in a double-barrelled surname.
///
/// `China-based` is not such a neighbour, `Smith-Jones` is.
pub fn double_barrelled(text: &str, range: &Range<usize>) -> bool {
    let (head, tail) = (before(text, range.start), after(text, range.end));
    let capital = |word: &str| first(word).is_some_and(char::is_uppercase);
    let left =
        head.strip_suffix(hyphen).map(|head| head.rsplit(|c: char| !in_word(c)).next().unwrap_or_default());
    tail.strip_prefix(hyphen).is_some_and(capital) || left.is_some_and(capital)
}

/// Whether `range`, a short name in capitals, is a plain word of a line in capitals: `GIVE US TIME`.
pub fn shouted(text: &str, range: &Range<usize>) -> bool {
    let word = text.get(range.clone()).unwrap_or_default();
    if !SHOUTED.hold(word) {
        return false;
    }
    let (head, tail) = (before(text, range.start), after(text, range.end));
    let (left, right) = (loud_before(head), loud_after(tail));
    let whole = left.1 && right.1;
    let loud = 1 + left.0 + right.0;
    if loud < 3 || loud == 3 && !whole {
        return false;
    }
    let object = OBJECTS.hold(word);
    let article = head.trim_end().rsplit(char::is_whitespace).next() == Some("THE");
    !(article || object && (left.0 == 0 || tail.starts_with(hyphen)))
}

/// How many words in capitals stand right before, and whether the text begins with them.
fn loud_before(head: &str) -> (usize, bool) {
    let mut count = 0;
    for word in head.split_whitespace().rev() {
        if !loud(word) || word.ends_with([',', ';', ':', '.', '?', '!', '—', '–']) {
            return (count, false);
        }
        count += 1;
    }
    (count, true)
}

/// How many words in capitals stand right after, and whether the text ends with them.
fn loud_after(tail: &str) -> (usize, bool) {
    let mut count = 0;
    if tail.starts_with([',', ';', ':', '.', '?', '!']) {
        return (0, tail.trim_end_matches(['.', '?', '!']).is_empty());
    }
    for word in tail.split_whitespace() {
        if !loud(word) {
            return (count, false);
        }
        count += 1;
        if word.ends_with([',', ';', ':', '.', '?', '!']) {
            return (count, false);
        }
    }
    (count, true)
}

fn loud(word: &str) -> bool {
    word.chars().any(char::is_uppercase) && !word.chars().any(char::is_lowercase)
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
            ("O’Brien", "Brien", false),
            ("‘China’", "China", true),
            ("github.com/nvidia/cuda", "nvidia", false),
            ("data/china/a.csv", "china", false),
            ("and/or China/Taiwan.", "China", true),
            ("the U.S.S.R.", "U.S.", false),
            ("--china", "china", false),
            ("/usr/china/x", "china", false),
            ("(US)/China", "China", true),
            ("美国/中国", "中国", true),
            ("见https://x.cn/，中国", "中国", true),
            ("见https://x.cn/中国", "中国", false),
            ("ایران‌خودرو", "ایران", false),
        ] {
            assert_eq!(stands_alone(text, &at(text, name)), alone, "{text}");
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

    #[test]
    fn a_plain_word_in_a_line_of_capitals_is_no_acronym() {
        for (text, name, plain) in [
            ("GIVE US THE CHIPS", "US", true),
            ("US TELLS CHINA NO", "US", false),
            ("the US NDAA rules", "US", false),
            ("He wrote: GIVE US TIME TO READ", "US", true),
            ("THE US AND THE WHO PART", "WHO", false),
            ("WHO GAINS AND WHO LOSES", "WHO", true),
            ("US, UK AND EU AGREE", "US", false),
            ("US-BACKED BID FAILS", "US", false),
            ("TELL US!", "US", false),
            ("FBI RAIDS OFFICE AGAIN", "FBI", false),
        ] {
            assert_eq!(shouted(text, &at(text, name)), plain, "{text}");
        }
    }
}
