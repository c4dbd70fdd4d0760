//! Find in page: where the words shown hold what is looked for, case and accents aside, over the ends of lines too.

use std::ops::Range;

use super::{Layout, Line};
use crate::text::{fold, graphemes, width};

/// A place where the words were found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Match {
    pub row: usize,
    /// Columns of the row.
    pub columns: Range<usize>,
    /// Columns of the next row, where the words go on over the end of the line.
    pub rest: Option<Range<usize>>,
}

/// A row folded, and for each of its bytes the columns before it.
struct Folded {
    words: String,
    columns: Vec<usize>,
}

impl Layout {
    /// Every place that shows `words`, in order. Nothing is nowhere.
    pub fn find(&self, words: &str) -> Vec<Match> {
        let needle = fold(&words.split_whitespace().collect::<Vec<_>>().join(" "));
        let mut found = Vec::new();
        if needle.is_empty() {
            return found;
        }
        let mut next = self.lines.first().map(Folded::new);
        for row in 0..self.lines.len() {
            let Some(here) = next.take() else { break };
            next = self.lines.get(row + 1).map(Folded::new);
            found.extend(here.words.match_indices(&needle).map(|(at, _)| Match {
                row,
                columns: here.columns(at..at + needle.len()),
                rest: None,
            }));
            if let Some(below) = &next {
                found.extend(here.over(below, &needle).map(|(columns, rest)| Match {
                    row,
                    columns,
                    rest: Some(rest),
                }));
            }
        }
        found
    }
}

impl Folded {
    fn new(line: &Line) -> Self {
        let mut folded = Self { words: String::new(), columns: Vec::new() };
        let mut column = 0;
        for grapheme in line.spans.iter().flat_map(|span| graphemes(&span.text)) {
            let bar = matches!(grapheme, "│" | " ") && folded.words.is_empty();
            if !bar {
                folded.words.push_str(&fold(grapheme));
                folded.columns.resize(folded.words.len(), column);
            }
            column += width(grapheme);
        }
        folded.columns.push(column);
        folded
    }

    fn columns(&self, range: Range<usize>) -> Range<usize> {
        let at = |byte: usize| self.columns.get(byte).or(self.columns.last()).copied().unwrap_or(0);
        at(range.start)..at(range.end)
    }

    /// Where `needle` starts in this row and ends in the one `below`, with a space for the end of the line.
    fn over<'a>(
        &'a self,
        below: &'a Self,
        needle: &'a str,
    ) -> impl Iterator<Item = (Range<usize>, Range<usize>)> + 'a {
        let cuts = needle.match_indices(' ').filter(|_| !self.words.is_empty());
        cuts.filter_map(|(cut, _)| {
            let (above, under) = (needle.get(..cut)?, needle.get(cut + 1..)?);
            let start = self.words.len().checked_sub(above.len())?;
            (self.words.ends_with(above) && below.words.starts_with(under))
                .then(|| (self.columns(start..self.words.len()), below.columns(0..under.len())))
        })
    }
}
