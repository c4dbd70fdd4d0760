//! Words found in a document, and the rows that show them.

use std::ops::Range;

use super::{Point, Rows};
use crate::layout::words::{Form, Hits, Shown, Words};

impl Rows {
    /// The words of the document put in a form to be compared, `end` behind each block or cell.
    pub fn words(&self, form: Form, end: char) -> Words {
        Words::new(&self.whole.document, &self.whole.parts, (form, end))
    }

    /// Where something found stands: the row it begins on.
    pub fn found(&mut self, hits: &Hits, nth: usize) -> Option<Point> {
        let part = hits.part(nth)?;
        let points = self.found_in(hits, part)?;
        points.get(nth - hits.of_part(part).start).copied()
    }

    /// The first thing found at or behind a point.
    pub fn found_from(&mut self, hits: &Hits, from: Point) -> Option<usize> {
        let points = self.found_in(hits, from.part)?;
        let nth = hits.of_part(from.part).start + points.iter().take_while(|point| **point < from).count();
        (nth < hits.len()).then_some(nth)
    }

    /// Where a part shows what was found in it.
    fn found_in(&mut self, hits: &Hits, part: usize) -> Option<Vec<Point>> {
        let rows = hits.rows(part, &self.lay(part)?.lines);
        Some(rows.into_iter().map(|row| Point { part, row }).collect())
    }

    /// What some rows show of what was found, as far as they are laid out: which hit, and where.
    pub fn shown(&self, hits: &Hits, rows: Range<usize>) -> Vec<(usize, Shown)> {
        let mut all = Vec::new();
        let (first, last) = (self.point(rows.start).part, self.point(rows.end).part);
        for (part, layout) in self.laid.range(first..=last.max(first)) {
            let own = hits.of_part(*part);
            if own.is_empty() {
                continue;
            }
            let start = self.starts.get(*part).copied().unwrap_or(0);
            let wanted = rows.start.saturating_sub(start)..(rows.end + 1).saturating_sub(start);
            for (nth, pieces) in hits.shown(*part, &layout.lines, wanted) {
                all.extend(
                    pieces.into_iter().map(|it| (own.start + nth, Shown { row: it.row + start, ..it })),
                );
            }
        }
        all.sort_by_key(|(_, piece)| piece.row);
        all
    }
}
