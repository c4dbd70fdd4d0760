//! A document at a width: lines of spans that say what they are, never how they look.
//!
//! Both the reading pane and the plain-text copy show exactly these lines.

use crate::document::{Document, Role, Target};

/// What a span is: its role, and what the author stressed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Face {
    pub role: Role,
    pub strong: bool,
    pub emphasis: bool,
    pub struck: bool,
}

/// A run of text with one face; `link` is an index into [`Layout::links`].
#[derive(Clone, Debug, PartialEq)]
pub struct Span {
    pub text: String,
    pub face: Face,
    pub link: Option<usize>,
}

/// One row. `at` is the place of its first character; places never fall from row to row.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Line {
    pub spans: Vec<Span>,
    pub at: usize,
}

/// A heading and the row it stands on.
#[derive(Clone, Debug, PartialEq)]
pub struct Heading {
    pub level: u8,
    pub title: String,
    pub anchor: String,
    pub row: usize,
}

/// A link and the row it starts on.
#[derive(Clone, Debug, PartialEq)]
pub struct Link {
    pub target: Target,
    pub row: usize,
}

/// A document laid out. No line is wider than `width` but for words that cannot be broken below 12 columns.
#[derive(Clone, Debug, Default)]
pub struct Layout {
    pub lines: Vec<Line>,
    pub links: Vec<Link>,
    pub headings: Vec<Heading>,
    pub width: usize,
}

impl Line {
    /// The words of the row.
    pub fn text(&self) -> String {
        self.spans.iter().map(|span| span.text.as_str()).collect()
    }
}

impl Layout {
    /// Lays `document` out for `width` columns.
    pub fn new(_document: &Document, width: usize) -> Self {
        Self { width, ..Self::default() }
    }

    /// The row that shows the place `at`.
    pub fn row(&self, at: usize) -> usize {
        self.lines.partition_point(|line| line.at <= at).saturating_sub(1)
    }
}
