//! Selecting links: one after another, or in the direction of an arrow as on a map.

use std::ops::Range;

use super::Sheet;
use crate::document::Target;
use crate::layout::{LinkAt, Point, Span};
use crate::text::width;
use crate::tui::keys::Action;

impl Sheet {
    /// The row that a link starts on, if it is near what is in view.
    pub fn link_row(&self, link: LinkAt) -> Option<usize> {
        self.rows.link_row(link)
    }

    /// Whether the link starts on a row in view.
    pub fn shows(&self, link: LinkAt) -> bool {
        self.rows.link_row(link).is_some_and(|row| self.rows().contains(&row))
    }

    /// The links that start in view.
    pub fn shown(&self) -> Vec<LinkAt> {
        self.rows.links_on(self.rows())
    }

    /// Selects the next link, or the one before; with none selected, the nearest in view.
    pub fn step_link(&mut self, forward: bool) {
        let here = self.rows.point(self.here);
        let end = self.rows.point(self.top + self.height);
        let below = self.top + self.height >= self.len();
        let next = match (self.link, forward) {
            (Some(link), true) => self.rows.link_after(self.rows.link_point(link), |it, _| it > link),
            (Some(link), false) => self.rows.link_before(self.rows.link_point(link), |it, _| it < link),
            (None, true) => self.rows.link_after(here, |_, row| row >= here),
            (None, false) if self.here > self.top => self.rows.link_before(here, |_, row| row < here),
            (None, false) => self.rows.link_before(end, |_, row| below || row < end),
        };
        if let Some(link) = next.or(self.link) {
            self.select(link);
        }
    }

    /// Selects the first link of all.
    pub fn select_first(&mut self) {
        if let Some(link) = self.rows.link_after(Point::default(), |_, _| true) {
            self.select(link);
        }
    }

    /// Whether there is a link, in view or not.
    pub fn has_links(&mut self) -> bool {
        self.rows.link_after(Point::default(), |_, _| true).is_some()
    }

    /// Selects a link and brings it into view.
    pub fn select(&mut self, link: LinkAt) {
        if let Some(row) = self.rows.link_row(link) {
            if self.rows().contains(&row) {
                self.here = row;
                self.settle();
            } else {
                self.reveal(row);
            }
            self.link = Some(link);
            if let Some((row, columns)) = self.spot_of(link) {
                self.reveal_columns(row, columns);
            }
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
        let found = self.rows.links().filter_map(|link| Some((far(self.spot_of(link)?)?, link)));
        let next = found.min().map(|(_, link)| link);
        if let Some(link) = next {
            self.select(link);
        }
        next.is_some()
    }

    /// The row that a link starts on, and its columns there.
    fn spot_of(&self, link: LinkAt) -> Option<(usize, Range<usize>)> {
        let number = self.rows.link_row(link)?;
        let row = self.rows.row(number)?;
        let spans: Vec<Span> = row.line.spans().collect();
        let columns = |it: &[Span]| it.iter().map(|span| width(span.text)).sum::<usize>();
        let own = spans.iter().position(|span| row.link(span.link) == Some(link))?;
        let after = own + spans.iter().skip(own).take_while(|span| row.link(span.link) == Some(link)).count();
        Some((number, columns(spans.get(..own)?)..columns(spans.get(..after)?)))
    }

    pub fn target(&self) -> Option<&Target> {
        self.link.and_then(|link| self.rows.link(link)).map(|link| &*link.target)
    }
}
