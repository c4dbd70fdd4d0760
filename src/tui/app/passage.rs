//! The passage that is meant by what is done to one: it is marked where it is chosen, copied or noted on.
//!
//! A passage is chosen by its places, and only as long as the reader stays where it was chosen.

use std::ops::Range;

use super::{App, Reader, Spot};
use crate::document::passages::passages;
use crate::layout::Line;
use crate::tui::keys::Action;

/// Rows on each side that are laid out for a copy: more is too long for a clipboard.
const FAR: usize = 2_000;

/// The passage that is meant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Chosen {
    /// Where the reader was when it was chosen.
    here: Spot,
    /// The place that it begins at.
    pub at: usize,
    /// The places of its rows: a row that has more before its words, such as the name of a callout, begins earlier.
    pub places: Range<usize>,
    /// What it was copied with: the same again takes all that stands around it up to the blank rows.
    copied: Option<Action>,
}

impl Reader {
    /// The passage that was chosen, while the reader is still there.
    pub fn chosen(&self) -> Option<&Chosen> {
        self.chosen.as_ref().filter(|it| it.here == self.sheet.here_place())
    }

    /// Chooses the passage that the reader is at.
    pub fn choose(&mut self) {
        let at = self.sheet.line(self.from()).map_or(self.sheet.here_place().at, |line| line.at);
        self.choose_at(at);
    }

    /// Chooses the passage that lies at a place.
    fn choose_at(&mut self, at: usize) {
        let places = self.places();
        let mut next = places.partition_point(|it| *it <= at);
        let mut row = |nth: usize| places.get(nth).map(|it| self.sheet.row_place(*it));
        while row(next).is_some_and(|row| row <= at) {
            next += 1;
        }
        let first = next.checked_sub(1);
        let start = first.and_then(&mut row).unwrap_or_default();
        let end = row(next).unwrap_or(usize::MAX).max(start + 1);
        let own = first.and_then(|nth| places.get(nth)).copied().unwrap_or_default();
        let here = self.sheet.here_place();
        self.chosen = Some(Chosen { here, at: own, places: start..end, copied: None });
    }

    /// Marks no passage.
    pub fn unchoose(&mut self) {
        self.chosen = None;
    }

    /// Goes to the next passage that begins in `within`, or to the one before, and chooses it. Says whether there is one.
    pub fn step_passage(&mut self, forward: bool, within: &Range<usize>) -> bool {
        if self.chosen().is_none() {
            self.choose();
        }
        let start = self.chosen.as_ref().map_or(0, |it| it.at);
        let places = self.places();
        let mut places = places.iter().copied().filter(|at| within.contains(at));
        let next = if forward { places.find(|at| *at > start) } else { places.rfind(|at| *at < start) };
        if let Some(at) = next {
            self.sheet.reveal_place(at);
            self.choose_at(at);
        }
        next.is_some()
    }

    /// The words that `key` copies: those of the passage, and of all around it where they were copied just before.
    pub fn copy(&mut self, key: Action) -> String {
        self.sheet.lay_out(FAR);
        let again = self.chosen().is_some_and(|it| it.copied == Some(key));
        if self.chosen().is_none() {
            self.choose();
        }
        let rows = if again { self.around() } else { self.own() };
        let at = |row: usize| self.sheet.line(row).map(|line| line.at);
        let places = at(rows.start).zip(at(rows.end.saturating_sub(1)));
        if let (Some(chosen), Some((first, last))) = (&mut self.chosen, places) {
            chosen.copied = Some(key).filter(|_| !again);
            chosen.places = if again { first..last + 1 } else { chosen.places.clone() };
        }
        let rows = rows.filter_map(|row| self.sheet.line(row)).map(Line::text);
        rows.map(str::trim_end).collect::<Vec<_>>().join("\n")
    }

    /// Whether the same key once more copies more.
    pub fn copies_more(&self) -> bool {
        self.chosen().is_some_and(|it| it.copied.is_some()) && self.around().len() > self.own().len()
    }

    /// The places that passages begin at, each once.
    fn places(&self) -> Vec<usize> {
        let mut places: Vec<usize> = passages(&self.page.document.blocks).iter().map(|it| it.at).collect();
        places.dedup();
        places
    }

    /// The first row that is not blank, from where the reader is.
    fn from(&self) -> usize {
        (self.sheet.here..self.sheet.len()).find(|row| !self.is_blank(*row)).unwrap_or(self.sheet.here)
    }

    fn is_blank(&self, row: usize) -> bool {
        self.sheet.line(row).is_none_or(|line| line.text().trim().is_empty())
    }

    /// The rows of the chosen passage.
    fn own(&self) -> Range<usize> {
        let Some(Chosen { places, .. }) = &self.chosen else { return 0..0 };
        let lies = |row: usize| self.sheet.line(row).is_some_and(|line| places.contains(&line.at));
        let (start, mut end) = self.rows_while(lies);
        while end > start && self.is_blank(end - 1) {
            end -= 1;
        }
        start..end
    }

    /// The rows around the reader up to blank ones.
    fn around(&self) -> Range<usize> {
        let (start, end) = self.rows_while(|row| !self.is_blank(row));
        start..end
    }

    /// The rows around the reader of which `lies` holds.
    fn rows_while(&self, lies: impl Fn(usize) -> bool) -> (usize, usize) {
        let from = self.from();
        let (mut start, mut end) = (from, from);
        while start > 0 && lies(start - 1) {
            start -= 1;
        }
        while end < self.sheet.len() && lies(end) {
            end += 1;
        }
        while start < end && self.is_blank(start) {
            start += 1;
        }
        (start, end)
    }
}

impl App {
    /// Goes to the next passage, or to the one before, and marks it.
    pub(super) fn step_passage(&mut self, forward: bool) {
        let Some(reader) = &mut self.reader else { return };
        if !reader.step_passage(forward, &(0..usize::MAX)) {
            self.tell(match (forward, self.is_begun()) {
                (true, true) => "the rest of this page is still being read",
                (true, false) => "this is the last passage",
                (false, _) => "this is the first passage",
            });
        }
    }
}
