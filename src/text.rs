//! Text from outside made safe to show, and measured: the one door every foreign string goes through.
//!
//! [`Text`] can only be made by [`clean`]ing, so what holds a `Text` can be drawn, printed or logged.

use std::borrow::{Borrow, Cow};
use std::fmt;
use std::ops::Deref;
use std::sync::Arc;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;
use unicode_segmentation::UnicodeSegmentation;
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// How many marks may stand on one base character; more is a flood, not a script.
const MARKS: usize = 8;
/// The most signs in a row for what cannot be shown.
const SIGNS: usize = 64;
/// How many joiners may hold one character together; families of emoji have four.
const JOINERS: usize = 8;

/// A string no byte of which acts on a terminal. Holds no control character but `\n`. Clones share it.
#[derive(Clone, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Text(Arc<str>);

impl Text {
    /// Cleans `raw`, keeping its lines.
    pub fn new(raw: &str) -> Self {
        if raw.is_empty() {
            return Self::default();
        }
        Self(clean(raw).into())
    }

    /// Cleans `raw` into one line: every run of white space becomes one space, the ends are trimmed.
    pub fn line(raw: &str) -> Self {
        let cleaned = clean(raw);
        let space = |byte: Option<&u8>| matches!(byte, Some(b' ' | b'\n'));
        let ends = space(cleaned.as_bytes().first()) || space(cleaned.as_bytes().last());
        let tidy = !ends
            && !has_pair(&cleaned, |at, next| at == b'\n' || next == b'\n' || at == b' ' && next == b' ');
        let line = if tidy { cleaned } else { one_line(&cleaned).into() };
        if line.is_empty() {
            return Self::default();
        }
        Self(line.into())
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }

    pub fn into_string(self) -> String {
        self.0.as_ref().to_owned()
    }
}

impl Deref for Text {
    type Target = str;
    fn deref(&self) -> &str {
        &self.0
    }
}

impl AsRef<str> for Text {
    fn as_ref(&self) -> &str {
        &self.0
    }
}

impl Borrow<str> for Text {
    fn borrow(&self) -> &str {
        &self.0
    }
}

impl From<&str> for Text {
    fn from(raw: &str) -> Self {
        Self::new(raw)
    }
}

impl From<String> for Text {
    fn from(raw: String) -> Self {
        match clean(&raw) {
            Cow::Borrowed(_) => Self(raw.into()),
            Cow::Owned(cleaned) => Self(cleaned.into()),
        }
    }
}

impl PartialEq<str> for Text {
    fn eq(&self, other: &str) -> bool {
        *self.0 == *other
    }
}

impl PartialEq<&str> for Text {
    fn eq(&self, other: &&str) -> bool {
        *self.0 == **other
    }
}

impl fmt::Display for Text {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

impl fmt::Debug for Text {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.0, f)
    }
}

impl serde::Serialize for Text {
    fn serialize<S: serde::Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_str(&self.0)
    }
}

/// `text` with one space for every run of white space, and none at its ends.
fn one_line(text: &str) -> String {
    let mut line = String::with_capacity(text.len());
    for word in text.split([' ', '\n']).filter(|word| !word.is_empty()) {
        if !line.is_empty() {
            line.push(' ');
        }
        line.push_str(word);
    }
    line
}

/// `raw` with everything a terminal might act on, or that hides, shown safely or dropped.
///
/// C0 and DEL become control pictures (`␛`), C1 becomes `�`, of each run of them the first sixty-four; a tab
/// four spaces, odd line breaks a space, `\r\n` a `\n`; bidi controls, tags, variation selectors (of whose width terminals disagree),
/// zero-width and other invisible characters are dropped, but joiners between letters and emoji stay; at
/// most eight marks stand on one character, and a mark that stands on none gets `◌`, so that marks of one
/// text cannot pile up on the end of another.
pub fn clean(raw: &str) -> Cow<'_, str> {
    if plain(raw.as_bytes()) || harmless_start(raw) == raw.len() {
        return Cow::Borrowed(raw);
    }
    let mut cleaner = Cleaner { safe: String::with_capacity(raw.len()), marks: 0, joined: 0, signs: 0 };
    let mut rest = cleaner.pass(raw).chars();
    while let Some(c) = rest.next() {
        cleaner.take(c, rest.clone().next());
        rest = cleaner.pass(rest.as_str()).chars();
    }
    if cleaner.safe == raw { Cow::Borrowed(raw) } else { Cow::Owned(cleaner.safe) }
}

/// Whether there is nothing but printable ASCII and ends of lines: told many bytes at a time.
fn plain(raw: &[u8]) -> bool {
    raw.iter().fold(true, |all, byte| all & is_plain(*byte))
}

#[inline]
fn is_plain(byte: u8) -> bool {
    byte == b'\n' || (0x20..0x7f).contains(&byte)
}

/// The bytes at the start of `raw` that [`clean`] leaves as they are; looked at closely is only what is not plain.
fn harmless_start(raw: &str) -> usize {
    let mut rest = raw;
    loop {
        let ahead = rest.as_bytes().iter().take_while(|byte| is_plain(**byte)).count();
        rest = rest.get(ahead..).unwrap_or_default();
        let mut chars = rest.chars();
        if !chars.next().is_some_and(harmless) {
            return raw.len() - rest.len();
        }
        rest = chars.as_str();
    }
}

/// Whether two bytes somewhere in `text` that stand side by side are a `pair`. It does not stop at the first: most
/// texts have none, and that is told many bytes at a time.
#[inline]
pub fn has_pair(text: &str, pair: impl Fn(u8, u8) -> bool) -> bool {
    let behind = text.as_bytes().get(1..).unwrap_or_default();
    text.as_bytes().iter().zip(behind).fold(false, |any, (at, next)| any | pair(*at, *next))
}

/// Whether `c` is one of the everyday characters that [`clean`] leaves as they are wherever they stand: letters
/// of scripts that most texts are made of, quotation marks, dashes, signs of currencies.
fn harmless(c: char) -> bool {
    matches!(c,
        '\n' | ' '..='~' | '\u{a0}'..='\u{ac}' | '\u{ae}'..='\u{2ff}' | '\u{391}'..='\u{3a1}' | '\u{3a3}'..='\u{482}'
        | '\u{5d0}'..='\u{5ea}' | '\u{620}'..='\u{64a}' | '\u{2010}'..='\u{2027}' | '\u{2030}'..='\u{205e}'
        | '\u{20a0}'..='\u{20bf}' | '\u{3000}'..='\u{3029}' | '\u{3041}'..='\u{3096}' | '\u{30a0}'..='\u{30ff}'
        | '\u{4e00}'..='\u{9fff}' | '\u{ac00}'..='\u{d7a3}' | '\u{ff01}'..='\u{ff60}')
}

/// Whether `c` is dropped by [`clean`] because it hides something from the reader: a bidi control, a tag, a
/// character of no width. Those that many editors leave behind, such as variation selectors, are none.
pub fn hides(c: char) -> bool {
    let usual = matches!(
        c,
        '\u{ad}' | '\u{feff}' | '\u{fe00}'..='\u{fe0f}' | '\u{2060}' | '\u{200b}' | '\u{200e}' | '\u{200f}'
    );
    invisible(c) && !usual
}

/// What is drawn for a character that cannot be shown.
fn sign(c: char) -> Option<char> {
    match c {
        '\t' | '\n' | '\r' | '\u{b}' | '\u{c}' | '\u{85}' => None,
        '\0'..='\u{1f}' => char::from_u32(0x2400 + u32::from(c)),
        '\u{7f}' => Some('\u{2421}'),
        '\u{80}'..='\u{9f}' | '\u{fffd}' => Some('\u{fffd}'),
        _ => None,
    }
}

/// A text on its way through the door.
struct Cleaner {
    safe: String,
    /// Marks on the character at its end.
    marks: usize,
    /// Joiners in the cluster at its end.
    joined: usize,
    /// Signs at its end that stand for what cannot be shown.
    signs: usize,
}

impl Cleaner {
    /// Takes what is harmless at the start of `rest` as it is, and gives back what stands behind it.
    fn pass<'t>(&mut self, rest: &'t str) -> &'t str {
        // joiners are counted from character to character
        if self.safe.ends_with('\u{200d}') {
            return rest;
        }
        let (before, behind) = rest.split_at_checked(harmless_start(rest)).unwrap_or(("", rest));
        if !before.is_empty() {
            self.safe.push_str(before);
            (self.marks, self.joined, self.signs) = (0, 0, 0);
        }
        behind
    }

    fn take(&mut self, c: char, next: Option<char>) {
        if let Some(sign) = sign(c) {
            return self.sign(sign);
        }
        self.signs = 0;
        match c {
            '\n' => self.put("\n"),
            '\r' if next == Some('\n') => {}
            '\t' => self.put("    "),
            '\r' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}' => self.put(" "),
            '\u{200c}' | '\u{200d}' => self.join(c, next),
            c if invisible(c) => {}
            c if c.width() == Some(0) => self.mark(c),
            c => self.base(c),
        }
    }

    /// What was no text at all, such as megabytes of zeros, would be three times as long in signs.
    fn sign(&mut self, sign: char) {
        self.signs += 1;
        if self.signs <= SIGNS {
            self.base(sign);
        }
    }

    /// White space: nothing that a mark could stand on.
    fn put(&mut self, space: &str) {
        self.safe.push_str(space);
        (self.marks, self.joined) = (0, 0);
    }

    fn base(&mut self, c: char) {
        if !self.safe.ends_with('\u{200d}') {
            self.joined = 0;
        }
        self.safe.push(c);
        self.marks = 0;
    }

    fn mark(&mut self, c: char) {
        if self.safe.is_empty() || self.safe.ends_with([' ', '\n']) {
            self.base('\u{25cc}');
        }
        self.marks += 1;
        if self.marks <= MARKS {
            self.safe.push(c);
        }
    }

    fn join(&mut self, joiner: char, next: Option<char>) {
        let between = next.is_some_and(joins) && self.safe.chars().next_back().is_some_and(joins);
        self.joined += usize::from(between);
        if between && self.joined <= JOINERS {
            self.safe.push(joiner);
        }
    }
}

/// Whether a joiner beside `c` means something: letters of joining scripts, marks, emoji.
fn joins(c: char) -> bool {
    !c.is_ascii()
        && !c.is_whitespace()
        && !c.is_control()
        && !invisible(c)
        && !matches!(c, '\u{200c}' | '\u{200d}')
}

/// Characters that show nothing and change how others show, or pass for a space.
fn invisible(c: char) -> bool {
    matches!(c,
        '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}'
        | '\u{180b}'..='\u{180f}' | '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}'
        | '\u{2060}'..='\u{206f}' | '\u{3164}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{ffa0}' | '\u{fff0}'..='\u{fffb}'
        | '\u{1bca0}'..='\u{1bca3}' | '\u{1d173}'..='\u{1d17a}' | '\u{e0000}'..='\u{e0fff}')
        || (u32::from(c) & 0xfffe) == 0xfffe
        || matches!(c, '\u{fdd0}'..='\u{fdef}')
}

/// Columns that `text` takes in a terminal.
pub fn width(text: &str) -> usize {
    if text.is_ascii() { text.len() } else { text.width() }
}

/// The characters of `text` as a reader sees them, each never to be cut.
pub fn graphemes(text: &str) -> impl DoubleEndedIterator<Item = &str> {
    text.graphemes(true)
}

/// Bytes of the widest text that is worth measuring whole, for each column that it may take.
const BYTES: usize = 64;

/// The longest start of `text` that fits into `columns`.
pub fn fit(text: &str, columns: usize) -> &str {
    // One line of megabytes is cut row by row: to measure all of its rest for each of them would take for ever.
    if text.len() / BYTES <= columns && width(text) <= columns {
        return text;
    }
    let mut used = 0;
    for (at, grapheme) in text.grapheme_indices(true) {
        used += width(grapheme);
        if used > columns {
            return text.get(..at).unwrap_or_default();
        }
    }
    text
}

/// `text` if it fits into `columns`, else its start and `…`.
pub fn shorten(text: &str, columns: usize) -> Cow<'_, str> {
    if width(text) <= columns {
        return Cow::Borrowed(text);
    }
    match columns {
        0 => Cow::Borrowed(""),
        _ => Cow::Owned(format!("{}…", fit(text, columns - 1).trim_end())),
    }
}

/// The last parts of a path that fit in `columns`, after `more`: they tell more than the first.
pub fn tail<'a>(path: &'a str, columns: usize, more: &str) -> Cow<'a, str> {
    if width(path) <= columns {
        return Cow::Borrowed(path);
    }
    let room = columns.saturating_sub(width(more));
    let mut ends = path.match_indices('/').filter_map(|(at, _)| path.get(at..));
    match ends.find(|end| width(end) <= room) {
        Some(end) => Cow::Owned(format!("{more}{end}")),
        None => Cow::Owned(format!("{}{more}", fit(path.rsplit('/').next().unwrap_or(path), room))),
    }
}

/// `text` for comparing: compatibility forms and accents undone, lower case.
pub fn fold(text: &str) -> String {
    if text.is_ascii() {
        return text.to_ascii_lowercase();
    }
    text.nfkd().filter(|c| !is_combining_mark(*c)).flat_map(char::to_lowercase).collect()
}

/// `text` as a slug: folded letters and digits of any script, everything else one `-`.
pub fn slug(text: &str) -> String {
    let mut slug = String::with_capacity(text.len());
    for c in fold(text).chars() {
        if c.is_alphanumeric() {
            slug.push(c);
        } else if !slug.is_empty() && !slug.ends_with('-') {
            slug.push('-');
        }
    }
    slug.truncate(slug.trim_end_matches('-').len());
    slug
}

/// The longest word for which a nearest one is looked for; what is longer is no slip of the pen.
const LONGEST: usize = 100;

/// The entry of `known` nearest to `word` by edit distance, if one is near enough to suggest.
pub fn nearest<'a>(word: &str, known: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    let word = fold(word);
    let length = word.chars().count();
    if length > LONGEST {
        return None;
    }
    let far = (length / 3).clamp(1, 4);
    known
        .filter(|name| name.chars().count().abs_diff(length) <= far)
        .map(|name| (strsim::damerau_levenshtein(&word, &fold(name)), name))
        .filter(|(distance, _)| *distance <= far)
        .min()
        .map(|(_, name)| name)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn nothing_that_acts_on_a_terminal_is_left() {
        for (raw, safe) in [
            ("plain\nlines", "plain\nlines"),
            ("\u{1b}[31mred", "␛[31mred"),
            ("\u{1b}]52;c;QUJD\u{7}", "␛]52;c;QUJD␇"),
            ("\u{1b}]8;;http://x\u{1b}\\y", "␛]8;;http://x␛\\y"),
            ("\u{1b}P\u{1b}_\u{1b}^\u{1b}X\u{1b}c", "␛P␛_␛^␛X␛c"),
            ("\u{9b}31m", "\u{fffd}31m"),
            ("a\tb", "a    b"),
            ("a\r\nb\rc\u{85}d\u{2028}e\u{2029}f\u{b}g\u{c}h", "a\nb c d e f g h"),
            ("bell\u{7}\u{8}\u{e}\u{f}\u{7f}\0", "bell␇␈␎␏␡␀"),
        ] {
            assert_eq!(clean(raw), safe, "{raw:?}");
        }
    }

    #[test]
    fn every_control_character_is_shown_and_every_invisible_one_dropped() {
        let controls = (0..0x20).chain(0x7f..0xa0).filter(|c| *c != 0xa);
        for c in controls.filter_map(char::from_u32) {
            let shown = clean(&format!("a{c}b")).into_owned();
            assert!(shown.len() > 2 && !shown.contains(char::is_control), "{c:?}");
        }
        let invisible = [
            0xad..0xae,
            0x34f..0x350,
            0x61c..0x61d,
            0x115f..0x1161,
            0x17b4..0x17b6,
            0x180b..0x1810,
            0x200b..0x200c,
            0x200e..0x2010,
            0x202a..0x202f,
            0x2060..0x2070,
            0x3164..0x3165,
            0xfdd0..0xfdf0,
            0xfe00..0xfe10,
            0xfeff..0xff00,
            0xffa0..0xffa1,
            0xfff9..0xfffc,
            0x1_bca0..0x1_bca4,
            0x1_d173..0x1_d17b,
            0xe_0000..0xe_1000,
            0x1_fffe..0x2_0000,
            0x10_fffe..0x11_0000,
        ];
        for c in invisible.into_iter().flatten().filter_map(char::from_u32) {
            assert_eq!(clean(&format!("a{c}b")), "ab", "{c:?}");
        }
    }

    proptest! {
        #[test]
        fn a_text_is_cleaned_in_stretches_as_it_is_character_by_character(
            raw in "([a-z ]{0,5}|[éक中🚀\u{200d}\u{301}\u{200b}\t\r\n\u{1b}]{1,6}|\\u{1b}{1,30}){0,12}"
        ) {
            let mut each = Cleaner { safe: String::new(), marks: 0, joined: 0, signs: 0 };
            let mut chars = raw.chars();
            while let Some(c) = chars.next() {
                each.take(c, chars.clone().next());
            }
            prop_assert_eq!(clean(&raw), each.safe);
        }
    }

    #[test]
    fn what_is_harmless_is_left_as_it_is() {
        for c in ('\0'..='\u{ffff}').filter(|c| harmless(*c)) {
            let mut cleaner = Cleaner { safe: String::new(), marks: 0, joined: 0, signs: 0 };
            cleaner.take(c, None);
            assert_eq!((cleaner.safe.chars().collect::<Vec<_>>(), cleaner.marks), (vec![c], 0), "{c:?}");
        }
    }

    #[test]
    fn what_hides_is_told_from_what_editors_leave_behind() {
        for (c, expected) in [('\u{202e}', true), ('\u{e0041}', true), ('\u{3164}', true), ('\u{2066}', true)]
        {
            assert_eq!(hides(c), expected, "{c:?}");
        }
        for c in ['a', '\u{feff}', '\u{fe0f}', '\u{ad}', '\u{200d}', '\u{301}'] {
            assert!(!hides(c), "{c:?}");
        }
    }

    #[test]
    fn real_scripts_stay_as_they_are() {
        for text in [
            "می\u{200c}خواهم",
            "\u{1f468}\u{200d}\u{1f469}\u{200d}\u{1f467}",
            "क्\u{200d}ष",
            "שלום",
            "漢字",
            "Côte d’Ivoire",
            "Co\u{302}te",
            "Türkiye",
            "\u{1f3f4} \u{1f469}\u{1f3fd}\u{200d}\u{1f680}",
            "ශ්\u{200d}රී ලංකා",
            "ประเทศไทย",
            "a\u{301}\u{302}\u{303}\u{304}\u{305}\u{306}\u{307}\u{308}",
        ] {
            assert!(matches!(clean(text), Cow::Borrowed(_)), "{text}");
        }
    }

    #[test]
    fn a_flood_of_marks_or_joiners_is_cut() {
        let marks = |count| "\u{301}".repeat(count);
        assert_eq!(clean(&format!("a{}b", marks(100))), format!("a{}b", marks(MARKS)));
        assert_eq!(clean(&format!("é\u{200d}{}", marks(100))), format!("é\u{200d}{}", marks(MARKS)));
        let family = "\u{1f468}\u{200d}".repeat(100);
        let longest = graphemes(&clean(&family)).map(|it| it.matches('\u{200d}').count()).max();
        assert_eq!(longest, Some(JOINERS));
        assert_eq!(clean("é\u{200d}\u{200d}\u{200d}é"), "é\u{200d}é");
    }

    #[test]
    fn a_flood_of_what_is_no_text_is_cut() {
        assert_eq!(clean(&"\0".repeat(1000)), "␀".repeat(SIGNS));
        assert_eq!(
            clean(&format!("a{}b\0", "\u{fffd}\u{9b}".repeat(1000))),
            format!("a{}b␀", "�".repeat(SIGNS))
        );
        assert_eq!(clean(&"\u{1b}[m".repeat(100)), "␛[m".repeat(100));
    }

    #[test]
    fn a_long_text_is_cut_where_a_short_one_is() {
        for unit in ["a", "漢", "e\u{301}", "\u{1f469}\u{200d}\u{1f680}"] {
            let (short, long) = (unit.repeat(90), unit.repeat(100_000));
            for columns in [0, 1, 7, 80] {
                assert_eq!(fit(&short, columns), fit(&long, columns), "{unit} {columns}");
            }
        }
    }

    #[test]
    fn a_mark_that_stands_on_nothing_gets_a_circle_to_stand_on() {
        for (raw, safe) in
            [("\u{301}", "◌\u{301}"), ("a\n\u{301}b", "a\n◌\u{301}b"), (" \u{301}", " ◌\u{301}")]
        {
            assert_eq!(clean(raw), safe, "{raw:?}");
        }
    }

    #[test]
    fn a_line_has_no_breaks_and_no_double_spaces() {
        assert_eq!(Text::line("  one\n two\t\u{b}three  "), "one two three");
        assert_eq!(Text::line("\n"), "");
    }

    #[test]
    fn text_is_cut_between_characters() {
        for (text, columns, start) in
            [("abc", 2, "ab"), ("漢字", 3, "漢"), ("e\u{301}f", 1, "e\u{301}"), ("abc", 0, ""), ("", 5, "")]
        {
            assert_eq!(fit(text, columns), start, "{text}");
        }
        assert_eq!(shorten("one two", 5), "one…");
        assert_eq!(shorten("one", 3), "one");
    }

    #[test]
    fn of_a_path_the_last_parts_are_kept() {
        let cases = [
            ("a/b", 3, "a/b"),
            ("aa/bb/cc", 7, "…/bb/cc"),
            ("aa/bb/cc", 6, "…/cc"),
            ("aa/longer", 4, "lon…"),
        ];
        for (path, columns, kept) in cases {
            assert_eq!(tail(path, columns, "…"), kept, "{path} in {columns}");
        }
    }

    #[test]
    fn what_differs_only_in_case_and_accents_folds_alike() {
        for (one, other) in [("Erdoğan", "erdogan"), ("ÉTAT", "état"), ("ﬁn", "fin"), ("Путин", "путин")]
        {
            assert_eq!(fold(one), fold(other));
        }
    }

    #[test]
    fn slugs_are_of_letters_digits_and_dashes() {
        for (text, made) in [
            ("Scale AI, Inc.", "scale-ai-inc"),
            ("--a--", "a"),
            ("Côte", "cote"),
            ("習近平", "習近平"),
            ("⚖", ""),
        ] {
            assert_eq!(slug(text), made);
        }
    }

    #[test]
    fn the_nearest_word_is_suggested_if_it_is_near() {
        let known = ["alexandr-wang", "nvidia", "scale-ai"];
        let near = |word| nearest(word, known.into_iter());
        assert_eq!(near("alexander-wang"), Some("alexandr-wang"));
        assert_eq!(near("Nvidai"), Some("nvidia"));
        assert_eq!(near("openai"), None);
        assert_eq!(near(&"x".repeat(10_000)), None);
    }

    proptest::proptest! {
        #[test]
        fn clean_text_is_safe_and_stays_clean(raw in "(\\PC|\\pC|[a-c\u{300}-\u{305}\u{200c}\u{200d}]){0,60}") {
            let safe = clean(&raw).into_owned();
            proptest::prop_assert!(safe.chars().all(|c| c == '\n' || !c.is_control()));
            proptest::prop_assert_eq!(clean(&safe), safe.as_str());
        }

        #[test]
        fn what_is_cut_fits(raw in "\\PC{0,40}", columns in 0..30_usize) {
            let text = clean(&raw);
            proptest::prop_assert!(width(fit(&text, columns)) <= columns);
            proptest::prop_assert!(width(&shorten(&text, columns)) <= columns);
        }

        #[test]
        fn a_slug_of_a_slug_is_itself(raw in "\\PC{0,40}") {
            let made = slug(&raw);
            proptest::prop_assert_eq!(slug(&made), made);
        }
    }
}
