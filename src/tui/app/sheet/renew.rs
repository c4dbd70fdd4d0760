//! Where one stood, in a newer form of the document: told by words, because places have moved.

use super::Sheet;
use crate::document::Target;
use crate::layout::{Line, LinkAt, Point};

/// How many rows without words may stand between a row and the words it is known by.
const WORDLESS: usize = 6;
/// How many rows before and behind a place may be looked through for the words that stood there.
const AROUND: usize = 2_000;
/// How many links before and behind one may be looked through for another that leads to the same.
const LIKE: usize = 500;

impl Sheet {
    /// The link to `target` that is the nearest to where `at` was.
    pub fn like(&mut self, target: &Target, at: LinkAt) -> Option<LinkAt> {
        self.rows.ready(self.rows.link_point(at), LIKE, LIKE);
        let same = |link: &LinkAt| self.rows.link(*link).is_some_and(|link| *link.target == *target);
        let links: Vec<LinkAt> = self.rows.links().collect();
        let nth = links.partition_point(|link| *link < at);
        let found = links.iter().enumerate().filter(|(_, link)| same(link));
        found.min_by_key(|(here, _)| here.abs_diff(nth)).map(|(_, link)| *link)
    }

    /// Shows what `old` shows, an earlier form of the document at the same width.
    pub fn stand_as(&mut self, old: &Self) {
        let top = self.moved(old, old.top);
        let here = self.moved(old, old.here);
        let selected = old.link.and_then(|link| Some((old.rows.link(link)?, old.rows.link_row(link)?)));
        self.link = selected.and_then(|(link, row)| {
            let moved = self.moved(old, row);
            let row = self.rows.row_of(moved);
            let same = |at: &LinkAt| self.rows.link(*at).is_some_and(|it| it.target == link.target);
            let links = self.rows.links().filter(same);
            links.min_by_key(|at| self.rows.link_row(*at).map_or(usize::MAX, |it| it.abs_diff(row)))
        });
        self.stand(top, here);
        self.settle();
    }

    /// Where a row of `old` is now: where its words stand, of several places the one nearest to so many rows
    /// below the heading it stood under.
    fn moved(&mut self, old: &Self, row: usize) -> Point {
        let heading =
            old.rows.under(row).and_then(|nth| old.rows.headings().get(nth).zip(old.rows.stands(nth)));
        let (before, now) = match heading {
            // A heading that is gone leaves only its place.
            Some((it, stood)) => {
                let now = self.heading(&it.anchor).unwrap_or_else(|| self.rows.find(old.rows.spot(stood)));
                (stood, self.rows.row_of(now))
            }
            None => (0, 0),
        };
        let near = (now + row - before).min(self.len().saturating_sub(1));
        let point = self.rows.point(near);
        self.rows.ready(point, AROUND, AROUND);
        self.same_words(old, row, self.rows.row_of(point))
    }

    /// The row nearest to `near` with the words of a row of `old`, or of the next one there that has words.
    fn same_words(&self, old: &Self, row: usize, near: usize) -> Point {
        let mut rows = (row..row + WORDLESS).map_while(|row| old.line(row)).map(Line::text).enumerate();
        let Some((below, words)) = rows.find(|(_, text)| text.chars().any(char::is_alphanumeric)) else {
            return self.rows.point(near);
        };
        let around = near.saturating_sub(AROUND)..(near + AROUND).min(self.len());
        let same = around.filter(|row| self.line(*row).is_some_and(|line| line.text() == words));
        let found = same.map(|at| at.saturating_sub(below)).min_by_key(|at| at.abs_diff(near));
        self.rows.point(found.unwrap_or(near))
    }
}
