//! What is wider than the window: the rows of code and tables that slide sideways, while running text stays.

use std::ops::Range;

use super::Sheet;
use crate::layout::{Hits, Line, Wide};
use crate::text::width;

impl Sheet {
    /// The rows on the screen, those of a table's head that is held among them.
    fn lines(&self) -> impl Iterator<Item = &Line> {
        self.held().chain(self.rows()).filter_map(|row| self.line(row))
    }

    /// How far what is in view can be slid: to where its last column is seen.
    fn reach(&self) -> usize {
        let sliding = self.lines().filter(|line| matches!(line.wide, Wide::Slides(_)));
        sliding.map(Line::columns).max().unwrap_or(0).saturating_sub(self.width())
    }

    /// Whether a row in view is wider than there is room, and goes on below.
    pub fn folds(&self) -> bool {
        self.lines().any(|line| line.wide == Wide::Folded)
    }

    /// Whether a row in view can be slid.
    pub fn slides(&self) -> bool {
        self.left > 0 || self.reach() > 0
    }

    /// The columns seen of what is wider than the window, and how many it has.
    pub fn seen(&self) -> Option<(Range<usize>, usize)> {
        let all = self.reach() + self.width();
        let seen = self.left..(self.left + self.width()).min(all.max(self.left));
        self.slides().then_some((seen, all))
    }

    /// Slides by half a window. Says whether there was anything to slide to.
    pub fn slide(&mut self, forward: bool) -> bool {
        let (step, old) = ((self.width() / 2).max(1), self.left);
        self.left = if forward { (old + step).min(self.reach().max(old)) } else { old.saturating_sub(step) };
        self.left != old
    }

    /// Slides back when nothing that slides is in view any more.
    pub(super) fn slide_back(&mut self) {
        if self.left > 0 && !self.lines().any(|line| matches!(line.wide, Wide::Slides(_))) {
            self.left = 0;
        }
    }

    /// Where a column of a row is on the screen, if it is not slid away.
    pub fn shown_at(&self, line: &Line, column: usize) -> Option<usize> {
        match line.wide {
            Wide::Slides(fixed) if column >= fixed => {
                column.checked_sub(self.left).filter(|column| *column >= fixed)
            }
            _ => Some(column),
        }
    }

    /// What column of a row is at a column of the screen.
    pub fn column_at(&self, line: &Line, shown: usize) -> usize {
        match line.wide {
            Wide::Slides(fixed) if shown >= fixed => shown + self.left,
            _ => shown,
        }
    }

    /// The columns of a row that are slid away on the left: none of one that stays.
    pub fn hidden(&self, line: &Line) -> Range<usize> {
        match line.wide {
            Wide::Slides(fixed) => fixed..fixed + self.left,
            _ => 0..0,
        }
    }

    /// Slides so that some columns of a row are seen, as little as possible.
    pub(super) fn reveal_columns(&mut self, row: usize, columns: Range<usize>) {
        let Some(Wide::Slides(fixed)) = self.line(row).map(|line| line.wide) else { return };
        if columns.start < fixed {
            return;
        }
        // a mark stands in the last column where there is more
        let least = (columns.end + 1).saturating_sub(self.width());
        let most = columns.start.saturating_sub(fixed);
        let most = most.saturating_sub(usize::from(most > 0));
        self.left = self.left.max(least).min(most);
    }

    /// The same for something found.
    pub(super) fn reveal_hit(&mut self, hits: &Hits, nth: usize) {
        let shown = self.found_in_view(hits).into_iter().find(|(hit, _)| *hit == nth);
        let Some((_, shown)) = shown else { return };
        let text = self.line(shown.row).map(Line::text).unwrap_or_default();
        let start = width(text.get(..shown.bytes.start).unwrap_or_default());
        let columns = width(text.get(shown.bytes).unwrap_or_default());
        self.reveal_columns(shown.row, start..start + columns);
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::document::parse::parse;
    use crate::layout::Room;

    /// Code of a hundred columns between two paragraphs, in a window of twenty columns and eight rows.
    fn sheet() -> Sheet {
        let long = "0123456789".repeat(10);
        let text = format!("before\n\n```\n{long}\nshort\n```\n{}", "\nafter\n".repeat(20));
        Sheet::new(Arc::new(parse(&text)), Room { columns: 20, slides: true }, 8)
    }

    #[test]
    fn it_slides_to_the_last_column_and_back() {
        let mut sheet = sheet();
        assert_eq!(sheet.seen(), Some((0..20, 102)));
        while sheet.slide(true) {}
        assert_eq!(sheet.seen(), Some((82..102, 102)));
        while sheet.slide(false) {}
        assert_eq!(sheet.seen(), Some((0..20, 102)));
    }

    #[test]
    fn running_text_and_what_stands_before_the_lines_stay() {
        let mut sheet = sheet();
        sheet.slide(true);
        let (text, code) = (sheet.line(0).unwrap(), sheet.line(2).unwrap());
        assert_eq!((sheet.shown_at(text, 3), sheet.column_at(text, 3)), (Some(3), 3));
        assert_eq!(
            [0, 1, 2, 11, 12, 15].map(|at| sheet.shown_at(code, at)),
            [Some(0), Some(1), None, None, Some(2), Some(5)]
        );
        assert_eq!((sheet.column_at(code, 1), sheet.column_at(code, 2)), (1, 12));
    }

    #[test]
    fn it_is_back_at_the_left_once_nothing_that_slides_is_in_view() {
        let mut sheet = sheet();
        sheet.slide(true);
        sheet.scroll(2);
        assert!(sheet.slides());
        sheet.scroll(10);
        assert!(!sheet.slides() && sheet.seen().is_none());
    }

    #[test]
    fn columns_are_revealed_with_as_little_sliding_as_may_be() {
        let mut sheet = sheet();
        sheet.reveal_columns(2, 50..55);
        assert_eq!(sheet.left, 36);
        sheet.reveal_columns(2, 45..50);
        assert_eq!(sheet.left, 36);
        sheet.reveal_columns(2, 10..12);
        assert_eq!(sheet.left, 7);
        sheet.reveal_columns(0, 0..3);
        assert_eq!(sheet.left, 7);
    }
}
