//! The rows of a document that may be long: laid out where they are looked at, elsewhere only counted.
//!
//! Rows are numbered as in the whole layout at this width. Right after the width of a long document has changed the
//! numbers are a guess, until [`Count`] has counted behind the reader's back: a [`Point`] stays true through both.

mod found;
mod links;

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;

use rayon::prelude::*;

use super::part::{Part, parts};
use super::{Grid, Heading, Layout, Line, Link, Room};
use crate::document::{BlockKind, Document, Target};

/// A document of no more parts is laid out whole.
const SHORT: usize = 400;
/// So many laid-out rows are kept before those out of sight are forgotten.
const KEPT: usize = 4_000;
/// Parts that are counted together, on one core.
const SLICE: usize = 500;

/// A place in the document and how many rows below the first row of that place.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Spot {
    pub at: usize,
    pub rows: usize,
}

/// A row by its part: it stays the same while rows elsewhere are counted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Point {
    part: usize,
    row: usize,
}

/// A link by its part: the `nth` that begins there.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct LinkAt {
    part: usize,
    nth: usize,
}

/// A laid-out row, its number, and the links that its spans name.
#[derive(Clone, Copy, Debug)]
pub struct Row<'a> {
    pub row: usize,
    pub line: &'a Line,
    part: usize,
    links: &'a [Link],
}

impl<'a> Row<'a> {
    /// The link that a span of this row names.
    pub fn link(&self, nth: Option<usize>) -> Option<LinkAt> {
        nth.map(|nth| LinkAt { part: self.part, nth })
    }

    /// Where a link that a span of this row names leads.
    pub fn target(&self, nth: Option<usize>) -> Option<&'a Target> {
        self.links.get(nth?).map(|link| &*link.target)
    }
}

/// What is the same at every width.
#[derive(Debug, Default)]
struct Whole {
    document: Arc<Document>,
    parts: Vec<Part>,
    /// Their rows are those of their parts.
    headings: Vec<Heading>,
    /// The part of each heading.
    places: Vec<usize>,
    /// Whether each part may have links.
    linked: Vec<bool>,
}

/// A document at a width.
#[derive(Clone, Debug, Default)]
pub struct Rows {
    whole: Arc<Whole>,
    room: Room,
    /// The number of each part's first row, and of all rows.
    starts: Vec<usize>,
    counted: bool,
    /// Whether somebody has been asked to count.
    asked: bool,
    laid: BTreeMap<usize, Layout>,
}

/// Rows to be counted: it takes a while, and belongs on a thread of its own.
#[derive(Clone, Debug)]
pub struct Count {
    whole: Arc<Whole>,
    room: Room,
}

/// What was counted.
#[derive(Clone, Debug)]
pub struct Counted {
    whole: Arc<Whole>,
    room: Room,
    starts: Vec<usize>,
}

impl Rows {
    /// Counts the rows of `document`; without any columns there are none.
    pub fn new(document: Arc<Document>, room: impl Into<Room>) -> Self {
        let room = room.into();
        let parts = if room.columns == 0 { Vec::new() } else { parts(&document) };
        let short = parts.len() <= SHORT;
        let lay = |part: &Part| {
            let layout = part.lay(&document, room);
            let drawn = part.block(&document).is_some_and(|it| matches!(it.kind, BlockKind::Drawing { .. }));
            let known = (layout.lines.len(), !layout.links.is_empty() || drawn);
            (known, layout.headings.clone(), short.then_some(layout))
        };
        let made: Vec<_> = if short {
            parts.iter().map(lay).collect()
        } else {
            parts.par_iter().with_min_len(SLICE).map(lay).collect()
        };
        let starts = sums(made.iter().map(|((rows, _), ..)| *rows));
        let linked = made.iter().map(|((_, linked), ..)| *linked).collect();
        let (mut headings, mut places, mut laid) = (Vec::new(), Vec::new(), BTreeMap::new());
        for (nth, (_, found, layout)) in made.into_iter().enumerate() {
            places.resize(places.len() + found.len(), nth);
            headings.extend(found);
            laid.extend(layout.map(|layout| (nth, layout)));
        }
        let whole = Arc::new(Whole { document, parts, headings, places, linked });
        Self { whole, room, starts, counted: true, asked: false, laid }
    }

    pub fn document(&self) -> &Arc<Document> {
        &self.whole.document
    }

    pub fn room(&self) -> Room {
        self.room
    }

    /// How many rows there are, as far as is known.
    pub fn len(&self) -> usize {
        self.starts.last().copied().unwrap_or(0)
    }

    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Whether every row has its right number.
    pub fn is_counted(&self) -> bool {
        self.counted
    }

    /// Takes another width: at once, but rows of a long document are only guessed until they are counted.
    pub fn widen(&mut self, room: impl Into<Room>) {
        let (parts, room, old) = (&self.whole.parts, room.into(), self.room.columns);
        if parts.len() <= SHORT || old == 0 || room.columns == 0 {
            *self = Self::new(Arc::clone(&self.whole.document), room);
            return;
        }
        let guess = |(nth, part): (usize, &Part)| {
            part.guess(&self.whole.document, self.height(nth), (old, room.columns))
        };
        self.starts = sums(parts.iter().enumerate().map(guess));
        (self.room, self.counted, self.asked) = (room, false, false);
        self.laid.clear();
    }

    /// What must be counted, if anything must. Said once for each width.
    pub fn to_count(&mut self) -> Option<Count> {
        let wanted = !self.counted && !std::mem::replace(&mut self.asked, true);
        wanted.then(|| Count { whole: Arc::clone(&self.whole), room: self.room })
    }

    /// Takes what was counted, if it is of this document at this width.
    pub fn take(&mut self, counted: &Counted) {
        if Arc::ptr_eq(&self.whole, &counted.whole) && self.room == counted.room {
            (self.starts, self.counted) = (counted.starts.clone(), true);
        }
    }

    fn height(&self, part: usize) -> usize {
        self.starts.get(part + 1).copied().unwrap_or(0) - self.starts.get(part).copied().unwrap_or(0)
    }

    /// Lays a part out, if it is not.
    fn lay(&mut self, nth: usize) -> Option<&Layout> {
        if !self.laid.contains_key(&nth) {
            let layout = self.whole.parts.get(nth)?.lay(&self.whole.document, self.room);
            let (old, new) = (self.height(nth), layout.lines.len());
            if old != new {
                self.starts.iter_mut().skip(nth + 1).for_each(|start| *start = *start + new - old);
            }
            self.laid.insert(nth, layout);
        }
        self.laid.get(&nth)
    }

    /// Lays out what is around `point`: so many rows before it, and so many from it on.
    pub fn ready(&mut self, point: Point, before: usize, after: usize) {
        let mut first = point.part;
        let Some(own) = self.lay(first).map(|layout| layout.lines.len()) else { return };
        let mut above = point.row;
        while above < before && first > 0 {
            first -= 1;
            above += self.lay(first).map_or(0, |layout| layout.lines.len());
        }
        let (mut last, mut below) = (point.part, own.saturating_sub(point.row));
        while below < after && last + 1 < self.whole.parts.len() {
            last += 1;
            below += self.lay(last).map_or(0, |layout| layout.lines.len());
        }
        self.forget(first..last + 1);
    }

    /// Forgets what is laid out beyond `near`, if that is much.
    fn forget(&mut self, near: Range<usize>) {
        let rows = |laid: &BTreeMap<usize, Layout>| laid.values().map(|it| it.lines.len()).sum::<usize>();
        if self.whole.parts.len() > SHORT && rows(&self.laid) > KEPT {
            self.laid.retain(|part, _| near.contains(part));
        }
    }

    /// The point of a row.
    pub fn point(&self, row: usize) -> Point {
        let row = row.min(self.len().saturating_sub(1));
        let part = self.starts.partition_point(|start| *start <= row).saturating_sub(1);
        Point { part, row: row - self.starts.get(part).copied().unwrap_or(0) }
    }

    /// The row of a point, at the end of its part if that has become shorter.
    pub fn row_of(&self, point: Point) -> usize {
        let last = self.height(point.part).saturating_sub(1);
        self.starts.get(point.part).copied().unwrap_or(0) + point.row.min(last)
    }

    /// A row, if it is laid out.
    pub fn row(&self, row: usize) -> Option<Row<'_>> {
        let point = self.point(row);
        let layout = self.laid.get(&point.part)?;
        let line = layout.lines.get(point.row).filter(|_| row < self.len())?;
        Some(Row { row, line, part: point.part, links: &layout.links })
    }

    /// The rows of the head of the table that `row` is a row of: none if it is of no table, or of a head itself.
    pub fn head(&self, row: usize) -> Range<usize> {
        let point = self.point(row);
        let inside = |grid: &&Grid| {
            let head = &grid.head;
            !head.is_empty() && head.start < point.row && point.row + head.len() < grid.end
        };
        let grids = self.laid.get(&point.part).map(|layout| layout.grids.as_slice()).unwrap_or_default();
        let first = row - point.row.min(row);
        grids.iter().find(inside).map_or(0..0, |grid| first + grid.head.start..first + grid.head.end)
    }

    /// A row's line, if it is laid out.
    pub fn line(&self, row: usize) -> Option<&Line> {
        self.row(row).map(|row| row.line)
    }

    /// The point that shows `spot`: the rows below its place, or, where none starts there, the last place before it.
    pub fn find(&mut self, spot: Spot) -> Point {
        let part = self.whole.parts.partition_point(|part| part.from <= spot.at).saturating_sub(1);
        let Some(layout) = self.lay(part) else { return Point::default() };
        let first = layout.row(spot.at);
        let after = layout.lines.partition_point(|line| line.at <= spot.at);
        let exact = layout.lines.get(first).is_some_and(|line| line.at == spot.at);
        let row = if exact { (first + spot.rows).min(after.saturating_sub(1)) } else { first };
        Point { part, row }
    }

    /// The spot of a row that is laid out.
    pub fn spot(&self, row: usize) -> Spot {
        let point = self.point(row);
        let Some(layout) = self.laid.get(&point.part) else { return Spot::default() };
        let at = layout.lines.get(point.row).map_or(0, |line| line.at);
        let first = layout.lines.partition_point(|line| line.at < at);
        Spot { at, rows: point.row.saturating_sub(first) }
    }

    /// The headings in order. What they say of rows holds only within their parts.
    pub fn headings(&self) -> &[Heading] {
        &self.whole.headings
    }

    /// Where a heading stands.
    pub fn heading(&mut self, nth: usize) -> Option<Point> {
        let part = self.whole.places.get(nth).copied()?;
        let anchor = self.whole.headings.get(nth)?.anchor.clone();
        let found = self.lay(part)?.headings.iter().find(|it| it.anchor == anchor);
        Some(Point { part, row: found.map_or(0, |it| it.row) })
    }

    /// The row that a heading stands on; a good guess where it is not laid out.
    pub fn stands(&self, nth: usize) -> Option<usize> {
        let (part, heading) = (*self.whole.places.get(nth)?, self.whole.headings.get(nth)?);
        let laid =
            self.laid.get(&part).and_then(|it| it.headings.iter().find(|it| it.anchor == heading.anchor));
        Some(self.row_of(Point { part, row: laid.unwrap_or(heading).row }))
    }

    /// The last heading at or before a row that is laid out.
    pub fn under(&self, row: usize) -> Option<usize> {
        let here = self.point(row);
        let first = self.whole.places.partition_point(|part| *part < here.part);
        let own = self.laid.get(&here.part).map(|it| it.headings.as_slice()).unwrap_or_default();
        (first + own.iter().take_while(|heading| heading.row <= here.row).count()).checked_sub(1)
    }

    /// Where the footnote with this label stands.
    pub fn note(&self, label: &str) -> Option<Point> {
        let is = |part: &Part| match part.block(&self.whole.document).map(|block| &block.kind) {
            Some(BlockKind::Note { label: own, .. }) => own == label,
            _ => false,
        };
        self.whole.parts.iter().position(is).map(|part| Point { part, row: 0 })
    }
}

impl Count {
    /// Counts, unless `wanted` says that nobody waits any more.
    pub fn run(&self, wanted: &(dyn Fn() -> bool + Sync)) -> Option<Counted> {
        let lay = |part: &Part| wanted().then(|| part.lay(&self.whole.document, self.room).lines.len());
        let parts = self.whole.parts.par_iter().with_min_len(SLICE);
        let heights: Vec<usize> = parts.map(lay).collect::<Option<_>>()?;
        let starts = sums(heights.into_iter());
        Some(Counted { whole: Arc::clone(&self.whole), room: self.room, starts })
    }
}

/// Where each begins if one follows the other, and where the last ends.
fn sums(heights: impl Iterator<Item = usize>) -> Vec<usize> {
    let mut end = 0;
    let ends = heights.map(|height| {
        end += height;
        end
    });
    std::iter::once(0).chain(ends).collect()
}

#[cfg(test)]
mod tests {
    use std::fmt::Write;

    use super::*;
    use crate::document::parse::parse;

    /// A document of more parts than are laid out whole, with everything that parts differ in.
    fn long() -> Arc<Document> {
        let mut text = String::new();
        for number in 0..120 {
            let _ = write!(
                text,
                "## Part {number}\n\nWords of some length, so that they wrap[^{number}] and [lead](https://a.org/{number}) \
                 somewhere.\n\n- one\n- two\n\n> quoted, and at some length too, so that it wraps\n\n| a | b |\n|--|--|\n\
                 | one | two |\n\n[^{number}]: What note {number} says.\n\n"
            );
        }
        for item in 0..100 {
            let _ = writeln!(text, "{item}. item");
        }
        Arc::new(parse(&text))
    }

    fn texts(lines: &[Line]) -> Vec<String> {
        lines.iter().map(|line| line.text().to_owned()).collect()
    }

    /// All rows, looked at a few at a time from the end.
    fn looked_at(rows: &mut Rows) -> Vec<String> {
        let mut all = Vec::new();
        for row in (0..rows.len()).rev() {
            rows.ready(rows.point(row), 3, 3);
            all.push(rows.line(row).map(Line::text).unwrap_or_default().to_owned());
        }
        all.reverse();
        all
    }

    #[test]
    fn rows_are_those_of_the_whole_layout_at_every_width() {
        let document = long();
        let mut rows = Rows::new(Arc::clone(&document), 72);
        assert!(rows.whole.parts.len() > SHORT && rows.laid.is_empty(), "it is long");
        for width in [72, 30, 55] {
            if rows.room().columns != width {
                rows.widen(width);
                let counted = rows.to_count().unwrap().run(&|| true).unwrap();
                rows.take(&counted);
                assert!(rows.is_counted());
            }
            let layout = Layout::new(&document, width);
            assert_eq!(looked_at(&mut rows), texts(&layout.lines), "{width}");
            for (nth, heading) in layout.headings.iter().enumerate() {
                let point = rows.heading(nth).unwrap();
                assert_eq!(rows.row_of(point), heading.row, "{width} {}", heading.title);
                assert_eq!(rows.under(heading.row), Some(nth));
            }
        }
    }

    #[test]
    fn a_place_is_found_before_rows_are_counted() {
        let document = long();
        let mut rows = Rows::new(Arc::clone(&document), 72);
        rows.widen(31);
        assert!(!rows.is_counted());
        let layout = Layout::new(&document, 31);
        for line in layout.lines.iter().step_by(37) {
            let point = rows.find(Spot { at: line.at, rows: 0 });
            rows.ready(point, 5, 20);
            let (row, right) = (rows.row_of(point), layout.row(line.at));
            let near = |row: usize| rows.line(row).map(Line::text);
            let expected: Vec<_> =
                layout.lines.iter().skip(right).take(10).map(|it| Some(it.text())).collect();
            let found: Vec<_> = (row..row + expected.len()).map(near).collect();
            assert_eq!(found, expected);
        }
    }

    #[test]
    fn what_was_counted_for_another_width_is_not_taken() {
        let mut rows = Rows::new(long(), 72);
        rows.widen(31);
        let counted = rows.to_count().unwrap().run(&|| true).unwrap();
        rows.widen(40);
        rows.take(&counted);
        assert!(!rows.is_counted());
        assert!(rows.to_count().unwrap().run(&|| false).is_none(), "nobody waits");
    }

    #[test]
    fn links_are_stepped_through_in_order() {
        let mut rows = Rows::new(long(), 72);
        let layout = Layout::new(rows.document(), 72);
        let (mut targets, mut last) = (Vec::new(), None);
        while let Some(link) = rows
            .link_after(last.map_or_else(Point::default, |it| rows.link_point(it)), |it, _| {
                last.is_none_or(|last| it > last)
            })
        {
            targets.push(rows.link(link).unwrap().target.clone());
            last = Some(link);
        }
        assert!(targets.iter().eq(layout.links.iter().map(|link| &link.target)));
    }
}
