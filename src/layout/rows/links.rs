//! The links of a document: those near what is in view are laid out, others are laid out to be looked for.

use std::ops::Range;

use super::{LinkAt, Point, Rows};
use crate::layout::Link;

impl Rows {
    /// A link, if its part is laid out.
    pub fn link(&self, at: LinkAt) -> Option<&Link> {
        self.laid.get(&at.part)?.links.get(at.nth)
    }

    /// The row that a link starts on, if its part is laid out.
    pub fn link_row(&self, at: LinkAt) -> Option<usize> {
        self.link(at).map(|link| self.row_of(Point { part: at.part, row: link.row }))
    }

    /// The links that are laid out, in order.
    pub fn links(&self) -> impl Iterator<Item = LinkAt> {
        self.laid.iter().flat_map(|(part, it)| (0..it.links.len()).map(|nth| LinkAt { part: *part, nth }))
    }

    /// The links that start on some rows, as far as these are laid out.
    pub fn links_on(&self, rows: Range<usize>) -> Vec<LinkAt> {
        let (first, last) = (self.point(rows.start).part, self.point(rows.end.saturating_sub(1)).part);
        let laid = self.laid.range(first..=last.max(first));
        let links = laid.flat_map(|(part, it)| (0..it.links.len()).map(|nth| LinkAt { part: *part, nth }));
        links.filter(|link| self.link_row(*link).is_some_and(|row| rows.contains(&row))).collect()
    }

    /// The first link of the part of `from`, or of those behind it, that `fits`; parts are laid out to look.
    pub fn link_after(&mut self, from: Point, fits: impl Fn(LinkAt, Point) -> bool) -> Option<LinkAt> {
        (from.part..self.whole.parts.len()).find_map(|part| self.link_in(part, false, &fits))
    }

    /// The last link of the part of `from`, or of those before it, that `fits`.
    pub fn link_before(&mut self, from: Point, fits: impl Fn(LinkAt, Point) -> bool) -> Option<LinkAt> {
        (0..=from.part).rev().find_map(|part| self.link_in(part, true, &fits))
    }

    fn link_in(&mut self, part: usize, last: bool, fits: &impl Fn(LinkAt, Point) -> bool) -> Option<LinkAt> {
        if !self.whole.linked.get(part).copied().unwrap_or(false) {
            return None;
        }
        let links = &self.lay(part)?.links;
        let fits =
            |(nth, link): &(usize, &Link)| fits(LinkAt { part, nth: *nth }, Point { part, row: link.row });
        let mut found = links.iter().enumerate().filter(fits).map(|(nth, _)| LinkAt { part, nth });
        if last { found.last() } else { found.next() }
    }

    /// The point where a link's part begins, as far as there is one.
    pub fn link_point(&self, at: LinkAt) -> Point {
        Point { part: at.part.min(self.whole.parts.len().saturating_sub(1)), row: 0 }
    }
}
