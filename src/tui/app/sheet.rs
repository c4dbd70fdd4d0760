//! A document being read: the rows in view, where the reader is, the selected link.
//!
//! What is kept is a place in the document, never a row, so that a change of width moves nothing.

use std::ops::Range;

use crate::document::{Document, Target};
use crate::layout::{Layout, Line, Span};
use crate::text::width;
use crate::tui::keys::Action;

/// How many rows without words may stand between a row and the words it is known by.
const WORDLESS: usize = 6;

/// A place and how many rows below the first row of that place.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Spot {
    pub at: usize,
    pub rows: usize,
}

/// A laid-out document and the reader's place in it.
#[derive(Clone, Debug, Default)]
pub struct Sheet {
    pub layout: Layout,
    /// The first row in view.
    pub top: usize,
    /// The row the reader is at: it is in view, and counts and passages start from it.
    pub here: usize,
    /// The selected link, an index into the layout's.
    pub link: Option<usize>,
    pub height: usize,
    top_spot: Spot,
    here_spot: Spot,
}

impl Sheet {
    pub fn new(document: &Document, width: usize, height: usize) -> Self {
        Self { layout: Layout::new(document, width), height, ..Self::default() }
    }

    /// Lays the document out anew if the width changed, and keeps the place.
    pub fn fit(&mut self, document: &Document, width: usize, height: usize) {
        if width == 0 || height == 0 {
            return;
        }
        let changed = self.height != height || self.layout.width != width;
        if self.layout.width != width {
            self.layout = Layout::new(document, width);
            self.link = self.link.filter(|link| *link < self.layout.links.len());
        }
        self.height = height;
        if changed {
            self.top = self.row(self.top_spot).min(self.last_top());
            self.here = self.row(self.here_spot).clamp(self.top, self.bottom());
        }
    }

    /// The row of `spot` at this width.
    fn row(&self, spot: Spot) -> usize {
        let first = self.layout.row(spot.at);
        let after = self.layout.lines.partition_point(|line| line.at <= spot.at);
        let exact = self.layout.lines.get(first).is_some_and(|line| line.at == spot.at);
        if exact { (first + spot.rows).min(after - 1) } else { first }
    }

    /// The row of a place.
    pub fn row_of(&self, at: usize) -> usize {
        self.row(Spot { at, rows: 0 })
    }

    fn spot(&self, row: usize) -> Spot {
        let at = self.layout.lines.get(row).map_or(0, |line| line.at);
        let first = self.layout.lines.partition_point(|line| line.at < at);
        Spot { at, rows: row.saturating_sub(first) }
    }

    /// The place of the first row in view.
    pub fn place(&self) -> Spot {
        self.top_spot
    }

    /// The place of the row the reader is at.
    pub fn here_place(&self) -> Spot {
        self.here_spot
    }

    pub fn last_top(&self) -> usize {
        self.layout.lines.len().saturating_sub(self.height.max(1))
    }

    /// The last row in view.
    fn bottom(&self) -> usize {
        (self.top + self.height.max(1)).min(self.layout.lines.len().max(1)) - 1
    }

    fn settle(&mut self) {
        self.top = self.top.min(self.last_top());
        self.here = self.here.clamp(self.top, self.bottom());
        self.top_spot = self.spot(self.top);
        self.here_spot = self.spot(self.here);
    }

    /// Moves the window by `rows`. The place moves with it; what is selected stays only while in view.
    pub fn scroll(&mut self, rows: isize) {
        let from = self.top;
        self.top = self.top.saturating_add_signed(rows).min(self.last_top());
        self.here = if self.top == from { self.here.saturating_add_signed(rows) } else { self.top };
        self.link = self.link.filter(|link| self.shows(*link));
        self.settle();
    }

    /// Goes to `row`: it is the first in view unless the document ends before.
    pub fn go(&mut self, row: usize) {
        let row = row.min(self.layout.lines.len().saturating_sub(1));
        self.top = row.min(self.last_top());
        self.here = row;
        self.link = None;
        self.settle();
    }

    /// Goes to a place.
    pub fn go_to(&mut self, spot: Spot) {
        self.go(self.row(spot));
    }

    /// Puts the window at `top` and the reader at `here`, as they were.
    pub fn restore(&mut self, top: Spot, here: Spot, link: Option<usize>) {
        self.top = self.row(top).min(self.last_top());
        self.here = self.row(here);
        self.link = link.filter(|link| *link < self.layout.links.len());
        self.settle();
    }

    /// The link to `target` that is the nearest to the `nth` of all.
    pub fn like(&self, target: &Target, nth: usize) -> Option<usize> {
        let same = self.layout.links.iter().enumerate().filter(|(_, link)| link.target == *target);
        same.map(|(at, _)| at).min_by_key(|at| at.abs_diff(nth))
    }

    /// Shows what `old` shows, an earlier form of the document at the same width.
    pub fn stand_as(&mut self, old: &Self) {
        let here = self.moved(old, old.here);
        self.top = self.moved(old, old.top).min(self.last_top());
        self.here = here;
        let selected = old.link.and_then(|link| old.layout.links.get(link));
        self.link = selected.and_then(|old_link| {
            let row = self.moved(old, old_link.row);
            let same =
                self.layout.links.iter().enumerate().filter(|(_, link)| link.target == old_link.target);
            same.min_by_key(|(_, link)| link.row.abs_diff(row)).map(|(at, _)| at)
        });
        self.settle();
    }

    /// Where a row of `old` is now: where its words stand, of several places the one nearest to so many rows
    /// below the heading it stood under.
    fn moved(&self, old: &Self, row: usize) -> usize {
        let above = old.layout.headings.partition_point(|heading| heading.row <= row);
        let heading = above.checked_sub(1).and_then(|at| old.layout.headings.get(at));
        let (before, now) = match heading {
            // A heading that is gone leaves only its place.
            Some(it) => (it.row, self.heading(&it.anchor).unwrap_or_else(|| self.row(old.spot(it.row)))),
            None => (0, 0),
        };
        let near = (now + row - before).min(self.layout.lines.len().saturating_sub(1));
        self.same_words(old, row, near).unwrap_or(near)
    }

    /// The row nearest to `near` with the words of a row of `old`, or of the next one there that has words.
    fn same_words(&self, old: &Self, row: usize, near: usize) -> Option<usize> {
        let mut rows = old.layout.lines.iter().skip(row).take(WORDLESS).map(Line::text).enumerate();
        let (below, words) = rows.find(|(_, text)| text.chars().any(char::is_alphanumeric))?;
        let lines = self.layout.lines.iter().enumerate();
        let same = lines.filter(|(_, line)| line.text() == words).map(|(at, _)| at.saturating_sub(below));
        same.min_by_key(|at| at.abs_diff(near))
    }

    /// Brings `row` into view, with a few rows around it, moving as little as possible.
    pub fn reveal(&mut self, row: usize) {
        let margin = (self.height / 4).min(4);
        if row < self.top + margin {
            self.top = row.saturating_sub(margin);
        } else if row + margin >= self.top + self.height {
            self.top = (row + margin + 1).saturating_sub(self.height).min(row);
        }
        self.top = self.top.min(self.last_top());
        self.here = row;
        self.settle();
    }

    /// The row of the heading with this anchor.
    pub fn heading(&self, anchor: &str) -> Option<usize> {
        self.layout.headings.iter().find(|heading| heading.anchor == anchor).map(|heading| heading.row)
    }

    /// The heading the reader is under, an index into the layout's.
    pub fn under(&self) -> Option<usize> {
        self.layout.headings.partition_point(|heading| heading.row <= self.here).checked_sub(1)
    }

    /// Goes to the next heading, or to the one before.
    pub fn step_heading(&mut self, forward: bool) {
        let headings = &self.layout.headings;
        let row = if forward {
            headings.iter().find(|heading| heading.row > self.here).map(|heading| heading.row)
        } else {
            headings.iter().rfind(|heading| heading.row < self.here).map(|heading| heading.row)
        };
        match row {
            Some(row) => self.go(row),
            None if !forward => self.go(0),
            None => {}
        }
    }

    /// Whether the link starts on a row in view.
    pub fn shows(&self, link: usize) -> bool {
        self.layout.links.get(link).is_some_and(|link| self.rows().contains(&link.row))
    }

    /// The links that start in view, an index each.
    pub fn shown(&self) -> Vec<usize> {
        (0..self.layout.links.len()).filter(|link| self.shows(*link)).collect()
    }

    /// The rows in view.
    pub fn rows(&self) -> Range<usize> {
        self.top..(self.top + self.height).min(self.layout.lines.len())
    }

    /// Selects the next link, or the one before; with none selected, the nearest in view.
    pub fn step_link(&mut self, forward: bool) {
        let links = &self.layout.links;
        let next = match (self.link, forward) {
            (Some(link), true) => (link + 1 < links.len()).then_some(link + 1),
            (Some(link), false) => link.checked_sub(1),
            (None, true) => links.iter().position(|link| link.row >= self.here),
            (None, false) if self.here > self.top => links.iter().rposition(|link| link.row < self.here),
            (None, false) => links.iter().rposition(|link| link.row < self.top + self.height),
        };
        if let Some(link) = next.or(self.link) {
            self.select(link);
        }
    }

    /// Selects a link and brings it into view.
    pub fn select(&mut self, link: usize) {
        if let Some(row) = self.layout.links.get(link).map(|link| link.row) {
            if self.rows().contains(&row) {
                self.here = row;
                self.settle();
            } else {
                self.reveal(row);
            }
            self.link = Some(link);
        }
    }

    /// Selects the nearest link in the direction of an arrow, as on a map. Says whether there is one.
    pub fn step_toward(&mut self, arrow: Action) -> bool {
        let Some((row, columns)) = self.link.and_then(|link| self.spot_of(link)) else {
            self.link = self.shown().first().copied();
            return self.link.is_some();
        };
        // Up and down goes to the next that lies in the same columns, left and right to what lies beside.
        let far = |(at, other): (usize, Range<usize>)| {
            let aside = other.start.saturating_sub(columns.end).max(columns.start.saturating_sub(other.end));
            let over = other.start < columns.end && columns.start < other.end;
            let ahead = match arrow {
                Action::LineDown => at > row,
                Action::LineUp => at < row,
                Action::Right => other.start >= columns.end,
                Action::Left => other.end <= columns.start,
                _ => false,
            };
            let vertical = matches!(arrow, Action::LineDown | Action::LineUp);
            let cost = if vertical {
                (!over, at.abs_diff(row), aside)
            } else {
                (at != row, at.abs_diff(row), aside)
            };
            ahead.then_some(cost)
        };
        let found = (0..self.layout.links.len()).filter_map(|link| Some((far(self.spot_of(link)?)?, link)));
        let next = found.min().map(|(_, link)| link);
        if let Some(link) = next {
            self.select(link);
        }
        next.is_some()
    }

    /// The row that a link starts on, and its columns there.
    fn spot_of(&self, link: usize) -> Option<(usize, Range<usize>)> {
        let row = self.layout.links.get(link)?.row;
        let spans = &self.layout.lines.get(row)?.spans;
        let columns = |it: &[Span]| it.iter().map(|span| width(&span.text)).sum::<usize>();
        let own = spans.iter().position(|span| span.link == Some(link))?;
        let after = own + spans.iter().skip(own).take_while(|span| span.link == Some(link)).count();
        Some((row, columns(spans.get(..own)?)..columns(spans.get(..after)?)))
    }

    pub fn target(&self) -> Option<&Target> {
        self.link.and_then(|link| self.layout.links.get(link)).map(|link| &link.target)
    }

    /// How far through the document the last row in view is, in percent.
    pub fn percent(&self) -> usize {
        match self.layout.lines.len() {
            0 => 100,
            rows => (self.bottom() + 1) * 100 / rows,
        }
    }
}
