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

/// A row folded. Columns are counted only where something was found: most rows hold nothing.
struct Folded<'a> {
    line: &'a Line,
    words: String,
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

impl<'a> Folded<'a> {
    fn new(line: &'a Line) -> Self {
        let mut words = String::with_capacity(line.spans.iter().map(|span| span.text.len()).sum());
        for span in &line.spans {
            // bars and indentation are not words: what is looked for may go on behind them
            let text = if words.is_empty() { span.text.trim_start_matches(['│', ' ']) } else { &span.text };
            if text.is_ascii() {
                words.push_str(text);
            } else {
                words.push_str(&fold(text));
            }
        }
        words.make_ascii_lowercase();
        Self { line, words }
    }

    /// The columns that show a piece of the folded words.
    fn columns(&self, range: Range<usize>) -> Range<usize> {
        let (mut start, mut end) = (None, None);
        let (mut column, mut folded) = (0, 0);
        for grapheme in self.line.spans.iter().flat_map(|span| graphemes(&span.text)) {
            if folded > 0 || !matches!(grapheme, "│" | " ") {
                folded += fold(grapheme).len();
                start = start.or((folded > range.start).then_some(column));
                end = end.or((folded >= range.end).then_some(column + width(grapheme)));
            }
            column += width(grapheme);
        }
        start.unwrap_or(column)..end.unwrap_or(column)
    }

    /// Where `needle` starts in this row and ends in the one `below`.
    fn over<'b>(
        &'b self,
        below: &'b Self,
        needle: &'b str,
    ) -> impl Iterator<Item = (Range<usize>, Range<usize>)> + 'b {
        let cuts = needle.match_indices([' ', '-']).filter(|_| !self.words.is_empty());
        cuts.filter_map(|(cut, sign)| {
            // a space is gone at the end of a line, a hyphen stays there
            let (above, under) = (needle.get(..cut + usize::from(sign == "-"))?, needle.get(cut + 1..)?);
            if under.is_empty() {
                return None;
            }
            let start = self.words.len().checked_sub(above.len())?;
            (self.words.ends_with(above) && below.words.starts_with(under))
                .then(|| (self.columns(start..self.words.len()), below.columns(0..under.len())))
        })
    }
}
