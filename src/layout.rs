//! A document at a width: lines of spans that say what they are, never how they look.
//!
//! Both the reading pane and the plain-text copy show exactly these lines.

mod block;
mod drawing;
mod flow;
mod frame;
mod line;
mod part;
mod rows;
mod setter;
mod table;
mod unspaced;
mod words;
mod wrap;

use std::ops::Range;
use std::sync::Arc;

use crate::document::{Document, Role, Target};

pub use line::{Line, Span};
pub use part::RowByRow;
pub use rows::{Count, Counted, LinkAt, Point, Row, Rows, Spot};
pub use words::{Form, Hits, Shown, Words};
pub use wrap::wrap;

/// What a span is: its role, and what the author stressed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Face {
    pub role: Role,
    pub strong: bool,
    pub emphasis: bool,
    pub struck: bool,
}

/// What becomes of a row of code or of a table that is wider than there is room.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Wide {
    /// It fits.
    #[default]
    No,
    /// It goes on in the rows below.
    Folded,
    /// It is whole and may be wider than the room; so many of its columns stay where the others slide.
    Slides(usize),
}

/// The columns there are, and whether code and tables that are wider stay whole, to be slid sideways.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Room {
    pub columns: usize,
    pub slides: bool,
}

impl From<usize> for Room {
    /// Room in which everything is shown: what is wider goes on below.
    fn from(columns: usize) -> Self {
        Self { columns, slides: false }
    }
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
    pub target: Arc<Target>,
    pub row: usize,
}

/// What a footnote says, and the row it starts on.
#[derive(Clone, Debug, PartialEq)]
pub struct Note {
    pub label: String,
    pub row: usize,
}

/// A table whose columns stand side by side, and the rows it takes.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Grid {
    /// The names of its columns and the line below; empty where they have none.
    pub head: Range<usize>,
    /// Where each of its own rows begins.
    pub rows: Vec<usize>,
    pub end: usize,
}

/// A document laid out. No line is wider than `width` but for words that cannot be broken below 12 columns.
#[derive(Clone, Debug, Default)]
pub struct Layout {
    pub lines: Vec<Line>,
    pub links: Vec<Link>,
    pub headings: Vec<Heading>,
    pub notes: Vec<Note>,
    pub grids: Vec<Grid>,
    pub width: usize,
}

impl Face {
    #[must_use]
    pub fn with(self, role: Role) -> Self {
        Self { role, ..self }
    }
}

impl Grid {
    /// The same so many rows further down.
    fn below(self, rows: usize) -> Self {
        Self {
            head: self.head.start + rows..self.head.end + rows,
            rows: self.rows.into_iter().map(|row| row + rows).collect(),
            end: self.end + rows,
        }
    }
}

impl Layout {
    /// Lays `document` out for `width` columns: blocks in order, then the footnotes under a rule.
    pub fn new(document: &Document, width: usize) -> Self {
        let mut layout = Self { width, ..Self::default() };
        Self::parts(document, width).for_each(|part| layout.append(part));
        layout
    }

    /// The same a part at a time: each counts its rows and links from nothing.
    pub fn parts(document: &Document, width: usize) -> impl Iterator<Item = Self> {
        part::parts(document).into_iter().map(move |part| part.lay(document, width.into()))
    }

    /// Adds the rows of the next part.
    fn append(&mut self, part: Self) {
        let (row, link) = (self.lines.len(), self.links.len());
        self.lines.extend(part.lines.into_iter().map(|mut line| {
            line.shift_links(link);
            line
        }));
        self.links.extend(part.links.into_iter().map(|it| Link { row: it.row + row, ..it }));
        self.headings.extend(part.headings.into_iter().map(|it| Heading { row: it.row + row, ..it }));
        self.grids.extend(part.grids.into_iter().map(|it| it.below(row)));
        self.notes.extend(part.notes.into_iter().map(|it| Note { row: it.row + row, ..it }));
    }

    /// The row that shows the place `at`: the first of those that start there or, if none does, before it.
    pub fn row(&self, at: usize) -> usize {
        let behind = self.lines.partition_point(|line| line.at <= at);
        let Some(line) = behind.checked_sub(1).and_then(|row| self.lines.get(row)) else { return 0 };
        self.lines.partition_point(|it| it.at < line.at)
    }
}
