//! Finding words in a page: across line ends, without regard to case and accents, in rows that nobody has seen yet.

use std::ops::Range;
use std::sync::Arc;

use crate::layout::{Hits, Shown, Words};
use crate::search::{BREAK, Marks};
use crate::text::fold;
use crate::tui::app::sheet::Sheet;

/// A part of a match on one row: bytes of the row's text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Piece {
    pub row: usize,
    pub bytes: Range<usize>,
    /// Which match it is a part of.
    pub hit: usize,
}

/// What was looked for on a page and where it is.
#[derive(Clone, Debug, Default)]
pub struct Find {
    pub words: String,
    /// What a query looked for; then there are no words.
    pub marks: Option<Marks>,
    /// The match that was gone to last.
    pub current: Option<usize>,
    /// The page's text, once something was looked for, and where that is.
    text: Option<Arc<Words>>,
    hits: Arc<Hits>,
    /// What is in view of the matches, by row.
    pieces: Vec<Piece>,
}

impl Find {
    /// Looks for `words` on the page; what was folded before is used again.
    pub fn look(&mut self, sheet: &Sheet, words: &str) {
        let text = self.text.get_or_insert_with(|| Arc::new(sheet.words(fold, '\n')));
        let needle = fold(&words.split_whitespace().collect::<Vec<_>>().join(" "));
        let all = move |text: &str| match needle.as_str() {
            "" => Vec::new(),
            needle => text.match_indices(needle).map(|(at, found)| at..at + found.len()).collect(),
        };
        self.hits = Arc::new(Hits::new(Arc::clone(text), all));
        words.clone_into(&mut self.words);
        (self.marks, self.current) = (None, None);
        self.pieces.clear();
    }

    /// What a query looks for, on a page.
    pub fn marked(marks: &Marks, sheet: &Sheet) -> Self {
        let text = Arc::new(sheet.words(str::to_owned, BREAK));
        let wanted = marks.clone();
        let all = move |text: &str| wanted.marker().find(text).into_iter().map(|it| it.range).collect();
        let hits = Arc::new(Hits::new(Arc::clone(&text), all));
        Self { marks: Some(marks.clone()), text: Some(text), hits, ..Self::default() }
    }

    /// Looks again, where the page is a new one.
    pub fn again(&mut self, sheet: &Sheet) {
        let (words, current) = (std::mem::take(&mut self.words), self.current);
        if let Some(marks) = self.marks.take() {
            *self = Self::marked(&marks, sheet);
        } else {
            self.text = None;
            self.look(sheet, &words);
        }
        self.current = current.filter(|hit| *hit < self.hits.len());
    }

    /// Notes what is in view of the matches.
    pub fn show(&mut self, sheet: &Sheet) {
        let piece = |(hit, shown): (usize, Shown)| Piece { row: shown.row, bytes: shown.bytes, hit };
        self.pieces = sheet.found_in_view(&self.hits).into_iter().map(piece).collect();
    }

    /// How many matches there are.
    pub fn len(&self) -> usize {
        self.hits.len()
    }

    pub fn is_empty(&self) -> bool {
        self.hits.len() == 0
    }

    /// Goes to the match at or after where the reader is, or to the first.
    pub fn start(&mut self, sheet: &mut Sheet) {
        let hit = sheet.first_found(&self.hits);
        self.current = hit.or_else(|| (!self.is_empty()).then_some(0));
        self.go(sheet);
    }

    /// Goes to the next match, or to the one before, and round at the ends.
    pub fn step(&mut self, forward: bool, sheet: &mut Sheet) {
        let count = self.len();
        self.current = match self.current {
            _ if count == 0 => return,
            None => Some(0),
            Some(hit) if forward => Some((hit + 1) % count),
            Some(hit) => Some((hit + count - 1) % count),
        };
        self.go(sheet);
    }

    fn go(&self, sheet: &mut Sheet) {
        if let Some(hit) = self.current {
            sheet.reveal_found(&self.hits, hit);
        }
    }

    /// The pieces on `row`.
    pub fn on(&self, row: usize) -> &[Piece] {
        let from = self.pieces.partition_point(|piece| piece.row < row);
        let to = self.pieces.partition_point(|piece| piece.row <= row);
        self.pieces.get(from..to).unwrap_or_default()
    }

    /// `3/17`, or that there is none.
    pub fn count(&self) -> String {
        match (self.current, self.len()) {
            (_, 0) => "no match".to_owned(),
            (Some(hit), all) => format!("{}/{all}", hit + 1),
            (None, all) => format!("{all} matches"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::parse::parse;

    fn sheet(markdown: &str, width: usize) -> Sheet {
        Sheet::new(Arc::new(parse(markdown)), width, 40)
    }

    /// What is shown of `words` in so many columns, row by row.
    fn found(markdown: &str, width: usize, words: &str) -> Vec<(usize, String)> {
        let sheet = sheet(markdown, width);
        let mut find = Find::default();
        find.look(&sheet, words);
        find.show(&sheet);
        let text = |it: &Piece| sheet.line(it.row).unwrap().text().get(it.bytes.clone()).unwrap().to_owned();
        find.pieces.iter().map(|it| (it.row, text(it))).collect()
    }

    fn pieces(rows: &[(usize, &str)]) -> Vec<(usize, String)> {
        rows.iter().map(|(row, text)| (*row, (*text).to_owned())).collect()
    }

    #[test]
    fn case_and_accents_do_not_count() {
        assert_eq!(found("The Président said", 40, "PRESIDENT"), pieces(&[(0, "Président")]));
        assert_eq!(found("ß, é und É", 40, "é").len(), 2);
        assert_eq!(found("son œuvre, cafe\u{301} clos", 40, "Œuvre"), pieces(&[(0, "œuvre")]));
        assert_eq!(found("son œuvre, cafe\u{301} clos", 40, "café"), pieces(&[(0, "cafe\u{301}")]));
        assert_eq!(found("Œuvre ßé x", 40, "x"), pieces(&[(0, "x")]));
    }

    #[test]
    fn words_are_found_wherever_lines_end_and_whatever_stands_before_them() {
        let text = "# Über\n\n> Export controls are one of *export* CONTROLS, state-of-the-art";
        for (words, expected) in [
            ("uber", pieces(&[(0, "Über")])),
            ("export controls", pieces(&[(3, "Export controls"), (4, "export"), (5, "CONTROLS")])),
            ("state-of-the-art", pieces(&[(5, "state-"), (6, "of-the-art")])),
            ("nowhere", Vec::new()),
            (" ", Vec::new()),
        ] {
            assert_eq!(found(text, 20, words), expected, "{words}");
        }
        assert_eq!(found("- 中国的芯片", 8, "的芯"), pieces(&[(0, "的"), (1, "芯")]));
        assert_eq!(found("- one\n  [x](y)\n- [ ] two", 20, "two"), pieces(&[(1, "two")]));
        assert_eq!(found("> [!NOTE] On chips\n> words", 20, "note: on"), pieces(&[(0, "Note: On")]));
        assert_eq!(found("    a code\n    of lines", 20, "code of"), pieces(&[]));
    }

    #[test]
    fn words_are_found_in_tables_that_are_wrapped_or_become_records() {
        let table = "| Chip | Remark |\n|---|---|\n| H100 | banned since October, before it was shipped |\n";
        for (width, words) in [(60, "october, before"), (30, "october"), (16, "banned since"), (12, "h100")] {
            assert!(!found(table, width, words).is_empty(), "{words} at {width}");
        }
    }

    #[test]
    fn stepping_goes_round() {
        let mut sheet = sheet("a b\n\na", 40);
        let mut find = Find::default();
        sheet.reveal(2);
        find.look(&sheet, "a");
        find.start(&mut sheet);
        assert_eq!((sheet.here, find.count()), (2, "2/2".to_owned()));
        find.step(true, &mut sheet);
        assert_eq!((sheet.here, find.count()), (0, "1/2".to_owned()));
        find.step(false, &mut sheet);
        assert_eq!((sheet.here, find.count()), (2, "2/2".to_owned()));
    }

    #[test]
    fn nothing_found_says_so() {
        let mut sheet = sheet("a", 40);
        let mut find = Find::default();
        find.look(&sheet, "xyz");
        find.start(&mut sheet);
        assert_eq!((find.current, find.count()), (None, "no match".to_owned()));
    }
}
