//! A document being read: the rows in view, where the reader is, the selected link.
//!
//! What is kept is a place in the document, never a row, so that a change of width moves nothing.

mod links;
mod renew;
mod slide;

use std::ops::Range;
use std::sync::Arc;

use crate::document::Document;
use crate::layout::{
    Count, Counted, Form, Heading, Hits, Line, LinkAt, Point, Room, Row, Rows, Shown, Words,
};

pub use crate::layout::Spot;

/// Rows of a table's head that are held in view: no more than a page down leaves of the one before.
const HELD: usize = 2;

/// A document being read and the reader's place in it.
#[derive(Clone, Debug, Default)]
pub struct Sheet {
    rows: Rows,
    /// The first row in view.
    pub top: usize,
    /// The row the reader is at: it is in view, and counts and passages start from it.
    pub here: usize,
    /// The selected link.
    pub link: Option<LinkAt>,
    pub height: usize,
    /// By how many columns what is wider than the window has been slid to the left.
    left: usize,
    top_spot: Spot,
    here_spot: Spot,
}

impl Sheet {
    pub fn new(document: Arc<Document>, room: impl Into<Room>, height: usize) -> Self {
        let mut sheet = Self { rows: Rows::new(document, room), height, ..Self::default() };
        sheet.stand(Point::default(), Point::default());
        sheet
    }

    /// Takes another size and keeps the place.
    pub fn fit(&mut self, room: impl Into<Room>, height: usize) {
        let room = room.into();
        if room.columns == 0 || height == 0 || (self.height == height && self.rows.room() == room) {
            return;
        }
        if self.rows.room() != room {
            self.rows.widen(room);
        }
        self.height = height;
        let (top, here) = (self.rows.find(self.top_spot), self.rows.find(self.here_spot));
        self.stand(top, here);
        if let Some(link) = self.link {
            self.rows.ready(self.rows.link_point(link), 0, 1);
            self.link = Some(link).filter(|link| self.rows.link(*link).is_some());
        }
    }

    pub fn document(&self) -> &Arc<Document> {
        self.rows.document()
    }

    pub fn width(&self) -> usize {
        self.rows.room().columns
    }

    /// How many rows there are; a guess while a long document is being counted.
    pub fn len(&self) -> usize {
        self.rows.len()
    }

    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// Whether the numbers of rows are more than a guess.
    pub fn is_counted(&self) -> bool {
        self.rows.is_counted()
    }

    /// What must be counted behind.
    pub fn to_count(&mut self) -> Option<Count> {
        self.rows.to_count()
    }

    /// Takes what was counted, if it is of this document; what is in view stays.
    pub fn counted(&mut self, counted: &Counted) {
        let (top, here) = (self.rows.point(self.top), self.rows.point(self.here));
        self.rows.take(counted);
        self.stand(top, here);
    }

    /// A row that is laid out, as all in view and around it are.
    pub fn row(&self, row: usize) -> Option<Row<'_>> {
        self.rows.row(row)
    }

    pub fn line(&self, row: usize) -> Option<&Line> {
        self.rows.line(row)
    }

    /// The row in view that a place starts on.
    pub fn row_in_view(&self, at: usize) -> Option<usize> {
        let place = |row: usize| self.line(row).map(|line| line.at);
        let rows = self.rows();
        let last = rows.clone().rev().find(|row| place(*row).is_some_and(|it| it <= at))?;
        let first = rows.clone().find(|row| place(*row) == place(last))?;
        let above = first.checked_sub(1).filter(|_| first == rows.start).and_then(place);
        let goes_on = last + 1 == rows.end && place(rows.end).is_some_and(|it| it <= at);
        (above != place(first) && !goes_on).then_some(first)
    }

    /// The rows that stand over the first ones in view, which they hide: the head of a table that began above.
    pub fn held(&self) -> Range<usize> {
        let head = self.rows.head(self.top);
        if head.len() <= HELD && head.len() * 4 <= self.height { head } else { 0..0 }
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
        self.len().saturating_sub(self.height.max(1))
    }

    /// The last row in view.
    fn bottom(&self) -> usize {
        (self.top + self.height.max(1)).min(self.len().max(1)) - 1
    }

    /// Puts the window at `top` and the reader at `here`, as far as the document goes. All around is laid out.
    fn stand(&mut self, top: Point, here: Point) {
        let high = self.height.max(1);
        self.rows.ready(here, 2 * high, 2 * high);
        self.rows.ready(top, 2 * high, 2 * high);
        self.top = self.rows.row_of(top).min(self.last_top());
        self.here = self.rows.row_of(here).clamp(self.top, self.bottom());
        self.slide_back();
    }

    fn settle(&mut self) {
        self.stand(self.rows.point(self.top), self.rows.point(self.here));
        self.top_spot = self.rows.spot(self.top);
        self.here_spot = self.rows.spot(self.here);
    }

    /// Moves the window by `rows`. The place moves with it; what is selected stays only while in view.
    pub fn scroll(&mut self, rows: isize) {
        let (top, here) = (self.rows.point(self.top), self.rows.point(self.here));
        let far = rows.unsigned_abs() + 2 * self.height;
        self.rows.ready(top, far, far);
        (self.top, self.here) = (self.rows.row_of(top), self.rows.row_of(here));
        let from = self.top;
        self.top = self.top.saturating_add_signed(rows).min(self.last_top());
        let first = self.top + self.held().len();
        self.here = if self.top == from { self.here.saturating_add_signed(rows) } else { first };
        self.link = self.link.filter(|link| self.shows(*link));
        self.settle();
    }

    /// Goes to `row`: it is the first in view unless the document ends before.
    pub fn go(&mut self, row: usize) {
        self.go_point(self.rows.point(row));
    }

    /// Goes to the last row.
    pub fn go_end(&mut self) {
        self.go(self.len().saturating_sub(1));
    }

    /// Goes to a place.
    pub fn go_to(&mut self, spot: Spot) {
        let point = self.rows.find(spot);
        self.go_point(point);
    }

    fn go_point(&mut self, point: Point) {
        self.link = None;
        self.stand(point, point);
        let held = self.held().len();
        if self.here < self.top + held {
            self.top = self.top.saturating_sub(held);
        }
        self.settle();
    }

    /// Goes to a footnote. Says whether there is one of this label.
    pub fn go_note(&mut self, label: &str) -> bool {
        let note = self.rows.note(label);
        note.map(|point| self.go_point(point)).is_some()
    }

    /// Whether there is a footnote of this label.
    pub fn has_note(&self, label: &str) -> bool {
        self.rows.note(label).is_some()
    }

    /// Puts the window at `top` and the reader at `here`, as they were.
    pub fn restore(&mut self, top: Spot, here: Spot, link: Option<LinkAt>) {
        let (top, here) = (self.rows.find(top), self.rows.find(here));
        self.stand(top, here);
        self.link = link;
        self.settle();
    }

    /// Brings `row` into view, with a few rows around it, moving as little as possible.
    pub fn reveal(&mut self, row: usize) {
        self.reveal_point(self.rows.point(row));
    }

    /// Brings what begins at a place into view, and the reader to it.
    pub fn reveal_place(&mut self, at: usize) {
        self.link = None;
        let point = self.rows.find(Spot { at, rows: 0 });
        self.reveal_point(point);
    }

    /// The place of the row that a place stands on.
    pub fn row_place(&mut self, at: usize) -> usize {
        let point = self.rows.find(Spot { at, rows: 0 });
        let (top, here) = (self.rows.point(self.top), self.rows.point(self.here));
        self.rows.ready(point, 0, 1);
        (self.top, self.here) = (self.rows.row_of(top), self.rows.row_of(here));
        self.rows.line(self.rows.row_of(point)).map_or(at, |line| line.at)
    }

    /// Lays out so many rows on both sides of where the reader is.
    pub fn lay_out(&mut self, far: usize) {
        let (top, here) = (self.rows.point(self.top), self.rows.point(self.here));
        self.rows.ready(here, far, far);
        (self.top, self.here) = (self.rows.row_of(top), self.rows.row_of(here));
    }

    fn reveal_point(&mut self, point: Point) {
        let top = self.rows.point(self.top);
        self.rows.ready(point, 2 * self.height, 2 * self.height);
        let (row, margin) = (self.rows.row_of(point), (self.height / 4).min(4));
        self.top = self.rows.row_of(top);
        if row < self.top + margin {
            self.top = row.saturating_sub(margin);
        } else if row + margin >= self.top + self.height {
            self.top = (row + margin + 1).saturating_sub(self.height).min(row);
        }
        self.top = self.top.min(self.last_top());
        self.here = row;
        self.settle();
    }

    /// The document's words, in which words are found; see [`Rows::words`].
    pub fn words(&self, form: Form, end: char) -> Words {
        self.rows.words(form, end)
    }

    /// What is in view of what was found.
    pub fn found_in_view(&self, hits: &Hits) -> Vec<(usize, Shown)> {
        self.rows.shown(hits, self.rows())
    }

    /// The first of what was found that stands where the reader is or below.
    pub fn first_found(&mut self, hits: &Hits) -> Option<usize> {
        let here = self.rows.point(self.here);
        self.rows.found_from(hits, here)
    }

    /// Brings what was found into view.
    pub fn reveal_found(&mut self, hits: &Hits, nth: usize) {
        if let Some(point) = self.rows.found(hits, nth) {
            self.reveal_point(point);
            self.link = None;
            self.reveal_hit(hits, nth);
        }
    }

    /// Where the heading with this anchor stands.
    fn heading(&mut self, anchor: &str) -> Option<Point> {
        let nth = self.rows.headings().iter().position(|heading| heading.anchor == anchor)?;
        self.rows.heading(nth)
    }

    /// Goes to the heading with this anchor. Says whether there is one.
    pub fn go_heading(&mut self, anchor: &str) -> bool {
        let point = self.heading(anchor);
        point.map(|point| self.go_point(point)).is_some()
    }

    /// The headings in order.
    pub fn headings(&self) -> &[Heading] {
        self.rows.headings()
    }

    /// Goes to the `nth` heading.
    pub fn go_nth_heading(&mut self, nth: usize) {
        if let Some(point) = self.rows.heading(nth) {
            self.go_point(point);
        }
    }

    /// The heading the reader is under, by its number.
    pub fn under(&self) -> Option<usize> {
        self.rows.under(self.here)
    }

    /// Goes to the next heading, or to the one before.
    pub fn step_heading(&mut self, forward: bool) {
        let under = self.under();
        if forward {
            return self.go_nth_heading(under.map_or(0, |nth| nth + 1));
        }
        // from below a heading to it, from the heading itself to the one before
        let own = under.and_then(|nth| Some((nth, self.rows.heading(nth)?)));
        match own {
            Some((_, point)) if self.rows.row_of(point) < self.here => self.go_point(point),
            Some((nth, _)) if nth > 0 => self.go_nth_heading(nth - 1),
            _ => self.go(0),
        }
    }

    /// Goes to the next of these places, which rise, or to the one before. Says whether there is one.
    pub fn step_place(&mut self, places: &[usize], forward: bool) -> bool {
        let here = self.rows.point(self.here);
        let mut points = places.iter().map(|at| self.rows.find(Spot { at: *at, rows: 0 }));
        let next = if forward { points.find(|it| *it > here) } else { points.rfind(|it| *it < here) };
        next.map(|point| self.go_point(point)).is_some()
    }

    /// The rows in view.
    pub fn rows(&self) -> Range<usize> {
        self.top..(self.top + self.height).min(self.len())
    }

    /// How far through the document the last row in view is, in percent.
    pub fn percent(&self) -> usize {
        match self.len() {
            0 => 100,
            rows => (self.bottom() + 1) * 100 / rows,
        }
    }
}
