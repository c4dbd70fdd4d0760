//! Notes: what a reader wrote on a passage of a briefing.
//!
//! The passage is known by its words and only then by its place, so that a note stays where it belongs when the
//! file changes, and is listed apart where its passage is gone. A note never changes: one that is edited is
//! another, so two readers who edit the same one both keep what they wrote.

use std::cmp::Ordering;
use std::collections::HashMap;

use crate::date::{Date, Day};
use crate::document::Block;
use crate::document::passages::passages;
use crate::id::Id;
use crate::text::{Text, fit, fold};

/// The columns of a passage that a note keeps.
const PASSAGE: usize = 240;

/// Passages looked at on each side of where a note stood, where none has its words any more.
const NEAR: usize = 200;

/// What a reader wrote on a passage. The order is that of the pages.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Note {
    pub on: Id,
    /// The place of the passage when the note was made.
    pub at: usize,
    /// How the passage began; empty for a note on the briefing as a whole.
    pub passage: Text,
    pub words: Text,
    pub made: Day,
}

impl Note {
    /// An empty note on the passage of `blocks` that `place` lies in; on the whole where there is none.
    pub fn begun(on: Id, blocks: &[Block], place: usize, made: Day) -> Self {
        let found = passages(blocks).into_iter().rev().find(|it| it.at <= place);
        let (at, passage) = found.map(|it| (it.at, start(&it.words()))).unwrap_or_default();
        Self { on, at, passage, words: Text::default(), made }
    }

    /// When it is due: the first `by DATE` in its words.
    pub fn due(&self) -> Option<Date> {
        self.terms().find_map(dated)
    }

    /// What stands where a date is meant and is none, as `2025-02-30`.
    pub fn wrong_date(&self) -> Option<&str> {
        let meant = |word: &&str| {
            let (year, rest) = word.split_once('-').unwrap_or_default();
            year.len() == 4
                && format!("{year}{rest}").bytes().all(|byte| byte.is_ascii_digit() || byte == b'-')
        };
        self.terms().filter(meant).find(|word| dated(word).is_none())
    }

    /// Each word that stands after a `by`.
    fn terms(&self) -> impl Iterator<Item = &str> {
        let words = self.words.split_whitespace();
        let pairs = words.clone().zip(words.skip(1)).filter(|(by, _)| by.eq_ignore_ascii_case("by"));
        pairs.map(|(_, word)| word.trim_end_matches(['.', ',', ';', ':', ')', '!', '?']))
    }
}

/// A date that has an end.
fn dated(word: &str) -> Option<Date> {
    Date::parse(word).filter(|date| date.latest.is_some())
}

/// How a passage begins.
fn start(words: &Text) -> Text {
    Text::line(fit(words, PASSAGE).trim_end())
}

/// Where in `blocks` each note stands now; `None` for one whose passage is gone.
pub fn placed(notes: &[&Note], blocks: &[Block]) -> Vec<Option<usize>> {
    if notes.is_empty() {
        return Vec::new();
    }
    let known: Vec<(usize, String)> =
        passages(blocks).iter().map(|it| (it.at, fold(&start(&it.words())))).collect();
    let mut same: HashMap<&str, Vec<usize>> = HashMap::new();
    for (at, words) in &known {
        same.entry(words).or_default().push(*at);
    }
    notes.iter().map(|note| place(note, &known, &same)).collect()
}

fn place(note: &Note, known: &[(usize, String)], same: &HashMap<&str, Vec<usize>>) -> Option<usize> {
    let passage = fold(&note.passage);
    if passage.is_empty() {
        return Some(0);
    }
    if let Some(places) = same.get(passage.as_str()) {
        return places.iter().copied().min_by_key(|at| at.abs_diff(note.at));
    }
    let here = known.partition_point(|(at, _)| *at < note.at);
    let near = known.iter().skip(here.saturating_sub(NEAR)).take(2 * NEAR);
    let alike = near.map(|(at, words)| (likeness(&passage, words), *at)).filter(|(like, _)| *like >= 60);
    alike.min_by_key(|(like, at)| (100 - like, at.abs_diff(note.at))).map(|(_, at)| at)
}

/// How many in a hundred of the words of two texts they share.
fn likeness(a: &str, b: &str) -> usize {
    let words = |text: &str| {
        let mut words: Vec<String> = text.split_whitespace().map(str::to_owned).collect();
        words.sort_unstable();
        words
    };
    let (a, b) = (words(a), words(b));
    let (mut ones, mut others, mut shared) = (a.iter().peekable(), b.iter().peekable(), 0);
    while let (Some(one), Some(other)) = (ones.peek(), others.peek()) {
        let order = one.cmp(other);
        shared += usize::from(order == Ordering::Equal);
        if order != Ordering::Greater {
            ones.next();
        }
        if order != Ordering::Less {
            others.next();
        }
    }
    200 * shared / (a.len() + b.len()).max(1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::parse::parse;
    use crate::id::Kind;

    const DAY: Day = Day { year: 2025, month: 4, day: 9 };
    const TEXT: &str =
        "# Head\n\nThe ferry is late again tonight.\n\nSame.\n\nNobody counted the boats.\n\nSame.\n";

    fn note(words: &str) -> Note {
        let on = Id::new(Kind::Briefing, "x");
        let place = TEXT.find(words).unwrap();
        Note::begun(on, &parse(TEXT).blocks, place, DAY)
    }

    /// The words that stand where a note on `words` of the text is placed in `changed`.
    fn now<'a>(note: &Note, changed: &'a str) -> Option<&'a str> {
        let at = placed(&[note], &parse(changed).blocks)[0]?;
        Some(changed.get(at..).unwrap().lines().next().unwrap())
    }

    #[test]
    fn a_note_is_on_the_passage_one_reads() {
        assert_eq!(&*note("late").passage, "The ferry is late again tonight.");
        assert_eq!(&*note("counted").passage, "Nobody counted the boats.");
        let whole = Note::begun(Id::new(Kind::Briefing, "x"), &parse("").blocks, 7, DAY);
        assert_eq!((&*whole.passage, whole.at), ("", 0));
        assert_eq!(placed(&[&whole], &parse(TEXT).blocks), [Some(0)]);
    }

    #[test]
    fn it_stays_at_its_words_when_the_text_around_them_changes() {
        let late = note("late");
        for changed in [
            TEXT.to_owned(),
            format!("Much more.\n\n{}{TEXT}", "New.\n\n".repeat(500)),
            TEXT.replace("again tonight", "*again*\ntonight"),
            TEXT.replace("The ferry is late again tonight", "The ferry is very late again tonight"),
        ] {
            assert!(now(&late, &changed).is_some_and(|it| it.starts_with("The ferry")), "{changed}");
        }
    }

    #[test]
    fn of_passages_alike_it_takes_the_nearest() {
        let (first, last) = (TEXT.find("Same").unwrap(), TEXT.rfind("Same").unwrap());
        let at = |place| Note::begun(Id::new(Kind::Briefing, "x"), &parse(TEXT).blocks, place, DAY);
        let places = placed(&[&at(first), &at(last)], &parse(TEXT).blocks);
        assert_eq!(places, [Some(first), Some(last)]);
    }

    #[test]
    fn it_has_no_place_where_its_words_are_gone() {
        assert_eq!(now(&note("late"), "# Head\n\nAll else is new here.\n"), None);
        assert_eq!(now(&note("late"), ""), None);
    }

    #[test]
    fn a_note_is_due_when_its_words_say_so() {
        let due = |words: &str| {
            Note { words: Text::line(words), ..note("late") }.due().map(|it| it.written.to_string())
        };
        assert_eq!(due("ask the mayor by 2025-05-01, then write"), Some("2025-05-01".to_owned()));
        assert_eq!(due("By 2025-05."), Some("2025-05".to_owned()));
        assert_eq!(due("by the harbour"), None);
        assert_eq!(due("2025-05-01"), None);
    }

    #[test]
    fn a_date_that_is_none_is_told_from_other_words() {
        let wrong =
            |words: &str| Note { words: Text::line(words), ..note("late") }.wrong_date().map(str::to_owned);
        assert_eq!(wrong("ask by 2025-02-30, or not"), Some("2025-02-30".to_owned()));
        assert_eq!(wrong("ask by 2025-13"), Some("2025-13".to_owned()));
        assert_eq!(wrong("by 2025-02-28, by 3 boats, by 2025 people, by 1500-ton-crane"), None);
    }
}
