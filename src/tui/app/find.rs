//! Finding words in a laid-out page: across line ends, without regard to case and accents.

use std::ops::Range;

use crate::document::Role;
use crate::layout::{Layout, Line};
use crate::search::{BREAK, Marks};
use crate::text::fold;

/// A page's rows as one folded text. A row ends with a space, so that a match may go on in the next.
#[derive(Clone, Debug, Default)]
struct Folded {
    text: String,
    /// Where each row starts in the text.
    rows: Vec<usize>,
}

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
    pub pieces: Vec<Piece>,
    /// The first piece of each match.
    pub hits: Vec<usize>,
    /// The match that was gone to last.
    pub current: Option<usize>,
    folded: Folded,
    width: usize,
}

impl Find {
    /// Looks for `words` on the page; what was folded before is used again.
    pub fn look(&mut self, layout: &Layout, words: &str) {
        if self.folded.rows.is_empty() || self.width != layout.width {
            self.folded = Folded::new(layout);
            self.width = layout.width;
        }
        words.clone_into(&mut self.words);
        self.marks = None;
        (self.pieces, self.hits, self.current) = (Vec::new(), Vec::new(), None);
        let needle = fold(&words.split_whitespace().collect::<Vec<_>>().join(" "));
        if needle.is_empty() {
            return;
        }
        for (at, found) in self.folded.text.match_indices(needle.as_str()) {
            let hit = self.hits.len();
            self.hits.push(self.pieces.len());
            self.folded.pieces(layout, at..at + found.len(), hit, &mut self.pieces);
        }
    }

    /// What a query looks for, on a page.
    pub fn marked(marks: &Marks, layout: &Layout) -> Self {
        let mut find = Self { marks: Some(marks.clone()), ..Self::default() };
        find.mark(layout);
        find
    }

    fn mark(&mut self, layout: &Layout) {
        let Some(marks) = &self.marks else { return };
        let (mut text, mut rows) = (String::new(), Vec::new());
        for line in &layout.lines {
            let row = line.text();
            let words = row.get(lead(line)..).unwrap_or_default().trim_end();
            // No phrase runs on from one paragraph into the next.
            text.push(if words.is_empty() || line.is_rule() { BREAK } else { ' ' });
            rows.push(text.len());
            text.push_str(words);
        }
        let mut pieces = Vec::new();
        let mut hits = Vec::new();
        for found in marks.marker().find(&text) {
            let first = rows.partition_point(|start| *start <= found.range.start).saturating_sub(1);
            hits.push(pieces.len());
            for (row, start) in rows.iter().enumerate().skip(first).take_while(|it| *it.1 < found.range.end) {
                let lead = layout.lines.get(row).map_or(0, lead);
                // The blank between two rows is on neither.
                let end = rows.get(row + 1).map_or(text.len(), |next| next - 1);
                let from = found.range.start.max(*start) - start;
                let bytes = lead + from..lead + found.range.end.min(end).saturating_sub(*start);
                if !bytes.is_empty() {
                    pieces.push(Piece { row, bytes, hit: hits.len() - 1 });
                }
            }
        }
        (self.pieces, self.hits, self.current) = (pieces, hits, None);
    }

    /// Looks again, where the page was laid out anew.
    pub fn again(&mut self, layout: &Layout) {
        let (words, current) = (std::mem::take(&mut self.words), self.current);
        self.folded = Folded::default();
        match self.marks {
            Some(_) => self.mark(layout),
            None => self.look(layout, &words),
        }
        self.current = current.filter(|hit| *hit < self.hits.len());
    }

    pub fn row(&self, hit: usize) -> Option<usize> {
        self.hits.get(hit).and_then(|piece| self.pieces.get(*piece)).map(|piece| piece.row)
    }

    /// Goes to the match at or after `row`, or to the first.
    pub fn start(&mut self, row: usize) -> Option<usize> {
        let hit = self.hits.iter().position(|piece| self.pieces.get(*piece).is_some_and(|it| it.row >= row));
        self.current = hit.or_else(|| (!self.hits.is_empty()).then_some(0));
        self.current.and_then(|hit| self.row(hit))
    }

    /// Goes to the next match, or to the one before, and round at the ends.
    pub fn step(&mut self, forward: bool) -> Option<usize> {
        let count = self.hits.len();
        let next = match self.current {
            _ if count == 0 => return None,
            None => 0,
            Some(hit) if forward => (hit + 1) % count,
            Some(hit) => (hit + count - 1) % count,
        };
        self.current = Some(next);
        self.row(next)
    }

    /// The pieces on `row`.
    pub fn on(&self, row: usize) -> &[Piece] {
        let from = self.pieces.partition_point(|piece| piece.row < row);
        let to = self.pieces.partition_point(|piece| piece.row <= row);
        self.pieces.get(from..to).unwrap_or_default()
    }

    /// `3/17`, or that there is none.
    pub fn count(&self) -> String {
        match (self.current, self.hits.len()) {
            (_, 0) => "no match".to_owned(),
            (Some(hit), all) => format!("{}/{all}", hit + 1),
            (None, all) => format!("{all} matches"),
        }
    }
}

impl Folded {
    fn new(layout: &Layout) -> Self {
        let mut folded = Self::default();
        for line in &layout.lines {
            folded.rows.push(folded.text.len());
            let text = line.text();
            let words = fold(text.get(lead(line)..).unwrap_or_default());
            folded.text.push_str(words.trim_end());
            folded.text.push(' ');
        }
        folded
    }

    /// The parts of a match, row by row, in bytes of the rows' own texts.
    fn pieces(&self, layout: &Layout, range: Range<usize>, hit: usize, pieces: &mut Vec<Piece>) {
        let first = self.rows.partition_point(|start| *start <= range.start).saturating_sub(1);
        for row in first..self.rows.len() {
            let start = self.rows[row];
            if start >= range.end {
                break;
            }
            let from = range.start.saturating_sub(start);
            let bytes = layout.lines.get(row).map_or(0..0, |line| unfold(line, from..range.end - start));
            if !bytes.is_empty() {
                pieces.push(Piece { row, bytes, hit });
            }
        }
    }
}

/// How many bytes at the start of a row are indent, bullets and bars: no words.
fn lead(line: &Line) -> usize {
    let mut bytes = 0;
    for span in &line.spans {
        let ornament = matches!(span.face.role, Role::Marker | Role::Rule)
            || span.text.chars().all(|c| c == ' ' || c == '│' || c == '|');
        if !ornament {
            let indent = span.text.len() - span.text.trim_start().len();
            return bytes + indent;
        }
        bytes += span.text.len();
    }
    bytes
}

/// The bytes of a row's text that `folded`, bytes of its folded words, came from.
fn unfold(line: &Line, folded: Range<usize>) -> Range<usize> {
    let (text, lead) = (line.text(), lead(line));
    let words = text.get(lead..).unwrap_or_default();
    let (mut at, mut from, mut to) = (0, None, words.len());
    for (byte, c) in words.char_indices() {
        let letters = fold(c.encode_utf8(&mut [0; 4])).len();
        // An accent of its own folds to nothing; it belongs to the letter before.
        if at >= folded.end && letters > 0 {
            to = byte;
            break;
        }
        if from.is_none() && at >= folded.start && letters > 0 {
            from = Some(byte);
        }
        at += letters;
    }
    match from {
        Some(from) => lead + from..lead + words.get(..to).unwrap_or(words).trim_end().len(),
        None => 0..0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::layout::{Face, Span};

    fn layout(rows: &[&str]) -> Layout {
        let line = |text: &&str| Line {
            spans: vec![Span { text: (*text).to_owned(), face: Face::default(), link: None }],
            at: 0,
        };
        Layout { lines: rows.iter().map(line).collect(), width: 40, ..Layout::default() }
    }

    fn found(rows: &[&str], words: &str) -> Vec<(usize, String)> {
        let layout = layout(rows);
        let mut find = Find::default();
        find.look(&layout, words);
        find.pieces
            .iter()
            .map(|it| (it.row, layout.lines[it.row].text().get(it.bytes.clone()).unwrap().to_owned()))
            .collect()
    }

    #[test]
    fn case_and_accents_do_not_count() {
        assert_eq!(found(&["The Président said"], "PRESIDENT"), [(0, "Président".to_owned())]);
        assert_eq!(found(&["ß, é und É"], "é").len(), 2);
        assert_eq!(found(&["son œuvre, cafe\u{301} clos"], "Œuvre"), [(0, "œuvre".to_owned())]);
        assert_eq!(found(&["son œuvre, cafe\u{301} clos"], "café"), [(0, "cafe\u{301}".to_owned())]);
        assert_eq!(found(&["Œuvre ßé x"], "x"), [(0, "x".to_owned())]);
    }

    #[test]
    fn words_are_found_across_a_line_end() {
        let rows = ["    new export", "    controls on"];
        assert_eq!(found(&rows, "export controls"), [(0, "export".to_owned()), (1, "controls".to_owned())]);
    }

    #[test]
    fn stepping_goes_round() {
        let layout = layout(&["a b", "a"]);
        let mut find = Find::default();
        find.look(&layout, "a");
        assert_eq!((find.start(1), find.count()), (Some(1), "2/2".to_owned()));
        assert_eq!((find.step(true), find.count()), (Some(0), "1/2".to_owned()));
        assert_eq!((find.step(false), find.count()), (Some(1), "2/2".to_owned()));
    }

    #[test]
    fn nothing_found_says_so() {
        let mut find = Find::default();
        find.look(&layout(&["a"]), "xyz");
        assert_eq!((find.start(0), find.count()), (None, "no match".to_owned()));
    }
}
