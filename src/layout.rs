//! A document at a width: lines of spans that say what they are, never how they look.
//!
//! Both the reading pane and the plain-text copy show exactly these lines.

mod block;
mod drawing;
mod find;
mod flow;
mod frame;
mod setter;
mod table;
mod unspaced;
mod wrap;

use crate::document::{Block, BlockKind, Document, Role, Target};
use setter::{Setter, drawn};

pub use find::Match;
pub use wrap::wrap;

/// Columns of the line above the footnotes: shorter than a rule of the author's.
const NOTES: usize = 20;

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

/// What a footnote says, and the row it starts on.
#[derive(Clone, Debug, PartialEq)]
pub struct Note {
    pub label: String,
    pub row: usize,
}

/// A document laid out. No line is wider than `width` but for words that cannot be broken below 12 columns.
#[derive(Clone, Debug, Default)]
pub struct Layout {
    pub lines: Vec<Line>,
    pub links: Vec<Link>,
    pub headings: Vec<Heading>,
    pub notes: Vec<Note>,
    pub width: usize,
}

impl Face {
    #[must_use]
    pub fn with(self, role: Role) -> Self {
        Self { role, ..self }
    }
}

impl Span {
    pub fn new(text: impl Into<String>, face: Face) -> Self {
        Self { text: text.into(), face, link: None }
    }
}

impl Line {
    /// The words of the row.
    pub fn text(&self) -> String {
        self.spans.iter().map(|span| span.text.as_str()).collect()
    }

    /// Whether it is only drawn: the line under a heading or the head of a table.
    pub fn is_rule(&self) -> bool {
        !self.spans.is_empty() && self.spans.iter().all(|span| span.face.role == Role::Rule)
    }
}

impl Layout {
    /// Lays `document` out for `width` columns: blocks in order, then the footnotes under a rule.
    pub fn new(document: &Document, width: usize) -> Self {
        let mut layout = Self { width, ..Self::default() };
        let (mut notes, body): (Vec<_>, Vec<_>) =
            document.blocks.iter().partition(|block| matches!(block.kind, BlockKind::Note { .. }));
        for block in body {
            layout.add(block);
        }
        if !notes.is_empty() {
            layout.separate();
            layout.lines.push(Line {
                spans: vec![drawn("─".repeat(width.min(NOTES)), Role::Rule)],
                at: layout.end(),
            });
        }
        notes.sort_by_key(|block| number(block));
        for block in notes {
            layout.add(block);
        }
        layout
    }

    /// The place of the last line.
    fn end(&self) -> usize {
        self.lines.last().map_or(0, |line| line.at)
    }

    /// Adds an empty line, but not above the first.
    fn separate(&mut self) {
        if !self.lines.is_empty() {
            self.lines.push(Line { spans: Vec::new(), at: self.end() });
        }
    }

    /// Sets one block by itself, so that later only those in sight need be, and adds its lines.
    fn add(&mut self, block: &Block) {
        let mut setter = Setter::new(self.width);
        setter.block(block);
        self.separate();
        let end = self.end();
        let row = self.lines.len();
        let link = self.links.len();
        for mut line in setter.lines {
            line.at = line.at.max(end);
            for span in &mut line.spans {
                span.link = span.link.map(|index| index + link);
            }
            self.lines.push(line);
        }
        self.links.extend(setter.links.into_iter().map(|it| Link { row: it.row + row, ..it }));
        self.headings.extend(setter.headings.into_iter().map(|it| Heading { row: it.row + row, ..it }));
        self.notes.extend(setter.notes.into_iter().map(|it| Note { row: it.row + row, ..it }));
    }

    /// The row that shows the place `at`: the first of those that start there or, if none does, before it.
    pub fn row(&self, at: usize) -> usize {
        let behind = self.lines.partition_point(|line| line.at <= at);
        let Some(line) = behind.checked_sub(1).and_then(|row| self.lines.get(row)) else { return 0 };
        self.lines.partition_point(|it| it.at < line.at)
    }
}

/// The number of a footnote.
fn number(block: &Block) -> usize {
    match &block.kind {
        BlockKind::Note { label, .. } => label.parse().unwrap_or(usize::MAX),
        _ => 0,
    }
}
