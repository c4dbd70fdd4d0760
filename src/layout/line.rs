//! One row: its words as one text, and which bytes of it have which face.

use std::borrow::Cow;

use super::{Face, Wide};
use crate::document::Role;
use crate::text::width;

/// One row. `at` is the place of its first character; places never fall from row to row.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Line {
    text: String,
    stretches: Vec<Stretch>,
    pub at: usize,
    pub wide: Wide,
}

/// Of a row's text, up to `end` from where the one before ends: what it is.
#[derive(Clone, Debug, PartialEq)]
struct Stretch {
    end: usize,
    face: Face,
    link: Option<usize>,
}

/// A run of a row's text with one face; `link` is an index into the links of its layout.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Span<'a> {
    pub text: &'a str,
    pub face: Face,
    pub link: Option<usize>,
}

/// What layout itself draws: a bullet, a bar, an edge.
#[derive(Clone, Debug)]
pub struct Drawn {
    text: Cow<'static, str>,
    face: Face,
    pub columns: usize,
}

impl Line {
    /// An empty line with room for so many bytes, and for the few spans that most have.
    pub fn with_room(bytes: usize) -> Self {
        Self { text: String::with_capacity(bytes), stretches: Vec::with_capacity(4), ..Self::default() }
    }

    /// Forgets what is in it, but keeps the room for it.
    pub fn clear(&mut self) {
        self.text.clear();
        self.stretches.clear();
        (self.at, self.wide) = (0, Wide::No);
    }

    /// The words of the row.
    pub fn text(&self) -> &str {
        &self.text
    }

    pub fn spans(&self) -> impl DoubleEndedIterator<Item = Span<'_>> + ExactSizeIterator {
        self.stretches.iter().enumerate().map(|(nth, stretch)| Span {
            text: self.text.get(self.start(nth)..stretch.end).unwrap_or_default(),
            face: stretch.face,
            link: stretch.link,
        })
    }

    /// The links that begin in it or go on in it.
    pub fn links(&self) -> impl Iterator<Item = usize> {
        self.stretches.iter().filter_map(|stretch| stretch.link)
    }

    /// Whether it is only drawn: the line under a heading or the head of a table.
    pub fn is_rule(&self) -> bool {
        !self.stretches.is_empty() && self.stretches.iter().all(|it| it.face.role == Role::Rule)
    }

    /// Adds a span.
    pub fn push(&mut self, text: &str, face: Face, link: Option<usize>) {
        if !text.is_empty() {
            self.text.push_str(text);
            self.stretches.push(Stretch { end: self.text.len(), face, link });
        }
    }

    /// Adds to the last span, if it is of the same kind; else a span. None of those before `first` is added to.
    pub fn join(&mut self, text: &str, (face, link): (Face, Option<usize>), first: usize) {
        let count = self.stretches.len();
        match self.stretches.last_mut() {
            Some(last) if count > first && last.face == face && last.link == link => {
                self.text.push_str(text);
                last.end = self.text.len();
            }
            _ => self.push(text, face, link),
        }
    }

    pub fn draw(&mut self, drawn: &Drawn) {
        self.push(&drawn.text, drawn.face, None);
    }

    /// Adds the spans of `other`.
    pub fn extend(&mut self, other: &Self) {
        other.spans().for_each(|span| self.push(span.text, span.face, span.link));
    }

    /// How many spans it has.
    pub fn count(&self) -> usize {
        self.stretches.len()
    }

    /// Its columns.
    pub fn columns(&self) -> usize {
        width(&self.text)
    }

    /// Columns of what stands behind byte `from`.
    pub fn columns_from(&self, from: usize) -> usize {
        width(self.text.get(from..).unwrap_or_default())
    }

    /// Takes trailing spaces away.
    pub fn trim(&mut self) {
        let shown = self.text.trim_end().len();
        self.text.truncate(shown);
        while self.start(self.stretches.len().saturating_sub(1)) >= shown && !self.stretches.is_empty() {
            self.stretches.pop();
        }
        if let Some(last) = self.stretches.last_mut() {
            last.end = shown;
        }
    }

    /// Where a span begins.
    fn start(&self, nth: usize) -> usize {
        nth.checked_sub(1).and_then(|nth| self.stretches.get(nth)).map_or(0, |before| before.end)
    }

    /// Counts its links on from `links`.
    pub fn shift_links(&mut self, links: usize) {
        for stretch in &mut self.stretches {
            stretch.link = stretch.link.map(|nth| nth + links);
        }
    }
}

impl Drawn {
    pub fn new(text: impl Into<Cow<'static, str>>, face: Face) -> Self {
        let text = text.into();
        Self { columns: width(&text), text, face }
    }

    /// The same of another role.
    #[must_use]
    pub fn of(mut self, role: Role) -> Self {
        self.face.role = role;
        self
    }

    /// As wide as nothing.
    #[must_use]
    pub fn emptied(self) -> Self {
        Self::new("", self.face)
    }
}

/// Something of a role, for what layout itself draws.
pub fn drawn(text: impl Into<Cow<'static, str>>, role: Role) -> Drawn {
    Drawn::new(text, Face { role, ..Face::default() })
}

/// So many spaces, drawn: how wide they are need not be measured.
pub fn blank(columns: usize) -> Drawn {
    Drawn { text: spaces(columns), face: Face::default(), columns }
}

/// A rule of so many columns.
pub fn ruled(columns: usize) -> Drawn {
    Drawn { text: "─".repeat(columns).into(), face: Face::default(), columns }.of(Role::Rule)
}

/// So many spaces.
pub fn spaces(columns: usize) -> Cow<'static, str> {
    const SOME: &str = "                                                                                ";
    SOME.get(..columns).map_or_else(|| Cow::Owned(" ".repeat(columns)), Cow::Borrowed)
}
