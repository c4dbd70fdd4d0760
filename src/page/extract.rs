//! Extracts: the sentence around each mention, as a row whose names lead to the place in the text.
//!
//! A sentence is cut where Unicode ends one, but not after an abbreviation; a cell is read with its row.

use std::ops::Range;

use unicode_segmentation::UnicodeSegmentation;

use super::BODY;
use super::draft::Row;
use super::row::{help, quiet};
use crate::document::{Inline, Target};
use crate::id::{Address, Id};
use crate::library::record::Briefing;
use crate::links::texts::{Reading, Spot};
use crate::text::Text;

/// Words that end with a full stop inside a sentence.
const ABBREVIATIONS: [&str; 40] = [
    "Adm", "Apr", "Art", "Aug", "Brig", "Capt", "Co", "Col", "Corp", "Dec", "Dr", "Feb", "Fig", "Gen", "Gov",
    "Hon", "Inc", "Jan", "Jr", "Lt", "Ltd", "Maj", "Mr", "Mrs", "Ms", "No", "Nov", "Oct", "Prof", "Rep",
    "Reps", "Sec", "Sen", "Sens", "Sept", "Sgt", "Sr", "St", "approx", "vs",
];
/// Letters up to which a word with a full stop in it is an abbreviation: `U.S`, `a.m`.
const DOTTED: usize = 6;
/// What a passage has in place of code and pictures, and what is shown for it: both of three bytes.
const GAP: (char, &str) = ('\u{fffc}', "…");

/// A sentence in which something is named.
pub struct Extract {
    text: String,
    /// The bytes of `text` that name it, and where in the page they stand.
    names: Vec<(Range<usize>, Option<usize>)>,
    /// The line of the file that the first of the names stands on; none for the bottom line of an index.
    line: Option<u32>,
    /// The name is one that several records share.
    shared: bool,
}

/// A run of text with the mentions in it: a passage, or the cells of a row joined.
struct Stretch<'a> {
    text: String,
    names: Vec<(Range<usize>, Option<usize>, &'a Spot<'a>)>,
    /// It is shown whole: a row has no sentences.
    whole: bool,
}

/// The sentences of `briefing` that `spots` stand in, each once, of at most about `letters` letters.
pub fn extracts(reading: &Reading, briefing: &Briefing, spots: &[Spot<'_>], letters: usize) -> Vec<Extract> {
    let lead = usize::from(briefing.bluf.is_some());
    let together = reading.document.together();
    let row = |spot: &Spot<'_>| {
        let passage = spot.passage as usize;
        let row = passage.checked_sub(lead).and_then(|run| together.get(run).cloned());
        row.map_or(passage..passage + 1, |row| row.start + lead..row.end + lead)
    };
    let rows = spots.chunk_by(|a, b| row(a) == row(b));
    let stretches =
        rows.filter_map(|spots| spots.first().map(|first| stretch(reading, row(first), lead, spots)));
    let title = Text::line(&briefing.title);
    stretches.flat_map(|it| it.extracts(letters)).filter(|it| it.text != title.as_str()).collect()
}

fn stretch<'a>(reading: &Reading, row: Range<usize>, lead: usize, spots: &'a [Spot<'a>]) -> Stretch<'a> {
    let mut stretch = Stretch { text: String::new(), names: Vec::new(), whole: row.len() > 1 };
    for index in row {
        let Some(passage) = reading.passages().get(index) else { continue };
        if !stretch.text.is_empty() {
            stretch.text.push_str(" | ");
        }
        let shift = stretch.text.len();
        stretch.text.push_str(&passage.text);
        for spot in spots.iter().filter(|it| it.passage as usize == index) {
            let (start, end) = (spot.range.start as usize, spot.range.end as usize);
            // A text that has changed since it was read has no such words.
            if passage.text.get(start..end).is_some() {
                let at = (index >= lead).then(|| BODY + passage.source(start));
                stretch.names.push((shift + start..shift + end, at, spot));
            }
        }
    }
    stretch
}

impl Stretch<'_> {
    fn extracts(&self, letters: usize) -> Vec<Extract> {
        let sentences = if self.whole { vec![whole(&self.text)] } else { sentences(&self.text) };
        let nth = |start: usize| sentences.partition_point(|it| it.end <= start);
        let groups = self.names.chunk_by(|a, b| nth(a.0.start) == nth(b.0.start));
        groups
            .filter_map(|names| self.extract(sentences.get(nth(names.first()?.0.start))?, names, letters))
            .collect()
    }

    fn extract(
        &self,
        sentence: &Range<usize>,
        names: &[(Range<usize>, Option<usize>, &Spot<'_>)],
        letters: usize,
    ) -> Option<Extract> {
        let (first, at, spot) = names.first()?;
        let end = names.iter().map(|it| it.0.end).fold(sentence.end, usize::max);
        let whole = trimmed(&self.text, sentence.start..end);
        let shown = around(&self.text, whole.clone(), first, letters);
        let before = if shown.start > whole.start { "… " } else { "" };
        let after = if shown.end < whole.end { " …" } else { "" };
        let words = self.text.get(shown.clone())?.replace(GAP.0, GAP.1);
        let names = names.iter().filter(|(name, ..)| shown.start <= name.start && name.end <= shown.end);
        let moved = |at: usize| at - shown.start + before.len();
        let names = names.map(|(name, at, _)| (moved(name.start)..moved(name.end), *at)).collect();
        let line = at.map(|_| spot.line);
        Some(Extract { text: format!("{before}{words}{after}"), names, line, shared: spot.shared })
    }
}

impl Extract {
    /// The sentence, its names strong and leading to their place, and the line it stands on.
    pub fn row(&self, briefing: &Briefing) -> Row {
        let mut row = Row::new();
        let mut from = 0;
        for (range, at) in &self.names {
            row.extend(text(&self.text, from..range.start));
            let place = at.map_or_else(
                || Id::clone(&briefing.id).into(),
                |at| Address::at(Id::clone(&briefing.id), at),
            );
            let words = Text::from(self.text.get(range.clone()).unwrap_or_default());
            row.push(Inline::link(Target::Page(place), vec![Inline::strong(words)]));
            from = range.end;
        }
        row.extend(text(&self.text, from..self.text.len()));
        let place = self.line.map_or_else(|| "bottom line".to_owned(), |line| format!("line {line}"));
        if self.shared {
            row.extend([quiet(" ("), help(format!("{place}, ")), quiet("a name that others share)")]);
        } else {
            row.push(help(format!(" ({place})")));
        }
        row
    }

    /// The words alone, for where there is no room for more.
    pub fn words(&self) -> Text {
        Text::line(&self.text)
    }
}

fn whole(text: &str) -> Range<usize> {
    0..text.len()
}

fn text(whole: &str, range: Range<usize>) -> Option<Inline> {
    let words = whole.get(range).filter(|words| !words.is_empty())?;
    Some(Inline::text(words))
}

/// The sentences of `text`, in order, with nothing between them.
fn sentences(text: &str) -> Vec<Range<usize>> {
    let mut sentences: Vec<Range<usize>> = Vec::new();
    let mut open = false;
    for (start, words) in text.split_sentence_bound_indices() {
        let end = start + words.len();
        match sentences.last_mut() {
            Some(last) if open => last.end = end,
            _ => sentences.push(start..end),
        }
        open = abbreviated(words);
    }
    sentences
}

/// Whether the full stop at the end of `words` ends an abbreviation rather than a sentence.
fn abbreviated(words: &str) -> bool {
    let Some(before) = words.trim_end().strip_suffix('.') else { return false };
    let word =
        before.rsplit(|c: char| c.is_whitespace() || matches!(c, '(' | '“' | '"')).next().unwrap_or(before);
    let letters = word.chars().count();
    let initial = letters == 1 && word.chars().all(char::is_uppercase);
    ABBREVIATIONS.contains(&word) || initial || (word.contains('.') && letters <= DOTTED)
}

/// `range` without the white space at its ends.
fn trimmed(text: &str, range: Range<usize>) -> Range<usize> {
    let words = text.get(range.clone()).unwrap_or_default();
    let start = range.start + (words.len() - words.trim_start().len());
    start..range.start + words.trim_end().len()
}

/// The part of `sentence` around `name` that has about `letters` letters, cut between words.
fn around(text: &str, sentence: Range<usize>, name: &Range<usize>, letters: usize) -> Range<usize> {
    let count = |range: Range<usize>| text.get(range).map_or(0, |it| it.chars().count());
    if count(sentence.clone()) <= letters {
        return sentence;
    }
    let spare = letters.saturating_sub(count(name.clone()));
    let behind = count(name.end..sentence.end);
    // What the end does not need, the start may have.
    let before = (spare / 3).max(spare.saturating_sub(behind)).min(count(sentence.start..name.start));
    let start = back(text, sentence.start..name.start, before);
    let end = on(text, name.end..sentence.end, spare - before);
    start..end
}

/// The start of the last `letters` letters of `range`, at a word.
fn back(text: &str, range: Range<usize>, letters: usize) -> usize {
    let words = text.get(range.clone()).unwrap_or_default();
    let Some(extra) = words.chars().count().checked_sub(letters).filter(|it| *it > 0) else {
        return range.start;
    };
    let cut = words.char_indices().nth(extra).map_or(words.len(), |(at, _)| at);
    let rest = words.get(cut..).unwrap_or_default();
    range.start + cut + rest.find(' ').map_or(0, |space| space + 1)
}

/// The end of the first `letters` letters of `range`, at a word.
fn on(text: &str, range: Range<usize>, letters: usize) -> usize {
    let words = text.get(range.clone()).unwrap_or_default();
    let Some((cut, _)) = words.char_indices().nth(letters) else { return range.end };
    let kept = words.get(..cut).unwrap_or_default();
    range.start + kept.rfind(' ').unwrap_or(cut)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parts(text: &str) -> Vec<&str> {
        sentences(text).into_iter().filter_map(|it| text.get(it)).map(str::trim).collect()
    }

    #[test]
    fn a_sentence_ends_where_a_reader_ends_it() {
        let cases: [(&str, &[&str]); 7] = [
            ("One. Two? Three!", &["One.", "Two?", "Three!"]),
            ("The U.S. Senate met. It voted.", &["The U.S. Senate met.", "It voted."]),
            ("Gen. Smith and J. P. Morgan came.", &["Gen. Smith and J. P. Morgan came."]),
            ("So said Wang. He left.", &["So said Wang.", "He left."]),
            ("At AMD. Then at Intel.", &["At AMD.", "Then at Intel."]),
            ("它很大。他走了。", &["它很大。", "他走了。"]),
            ("", &[]),
        ];
        for (text, expected) in cases {
            assert_eq!(parts(text), expected, "{text}");
        }
    }

    #[test]
    fn a_long_sentence_is_cut_between_words_around_the_name() {
        let text = "one two three four NAME five six seven eight";
        let at = text.find("NAME").unwrap();
        let cut = |letters| text.get(around(text, whole(text), &(at..at + 4), letters)).unwrap();
        assert_eq!(cut(60), text);
        assert_eq!(cut(24), "four NAME five six");
        assert_eq!(cut(4), "NAME");
    }

    proptest::proptest! {
        #[test]
        fn a_cut_holds_the_name_and_ends_between_letters(
            before in "[a-zü漢 .]{0,40}", name in "[A-ZÄ漢]{1,6}", after in "[a-zü漢 .]{0,40}", letters in 0..60_usize
        ) {
            let text = format!("{before}{name}{after}");
            let at = before.len()..before.len() + name.len();
            let cut = around(&text, 0..text.len(), &at, letters);
            proptest::prop_assert!(cut.start <= at.start && at.end <= cut.end);
            proptest::prop_assert!(text.get(cut).is_some());
        }

        #[test]
        fn sentences_leave_nothing_out(text in "[a-zA-Z漢。.!? ]{0,60}") {
            let joined: String = sentences(&text).into_iter().filter_map(|it| text.get(it)).collect();
            proptest::prop_assert_eq!(joined, text);
        }
    }
}
