//! A document's text as it is read: one passage for each paragraph, heading, cell or term.
//!
//! A name may run across a soft line break or the edge of an emphasis, but not across code or a picture.

use std::ops::Range;

use crate::document::{Document, Inline, Run, Target};

/// Stands for what is not running text: no name matches across it.
pub(super) const GAP: char = '\u{fffc}';

/// The running text of one block of inlines.
#[derive(Debug, Default)]
pub struct Passage {
    /// The text as read; a soft line break is a space.
    pub text: String,
    /// Which bytes of `text` stem from which bytes of the source, in order.
    pieces: Vec<Piece>,
    /// The bytes of `text` that are already links, with their targets.
    pub links: Vec<(Range<usize>, Target)>,
    /// The bytes of `text` that are templates of another tool, such as `{{< figure … >}}`: no running text.
    templates: Vec<Range<usize>>,
    /// Whether it is a heading: there a capital means nothing.
    pub heading: bool,
}

#[derive(Debug)]
struct Piece {
    start: usize,
    at: usize,
}

impl Passage {
    /// The byte of the source that byte `start` of the text stands for.
    pub fn source(&self, start: usize) -> usize {
        let piece = self.pieces.partition_point(|piece| piece.start <= start);
        match piece.checked_sub(1).and_then(|piece| self.pieces.get(piece)) {
            Some(piece) => piece.at + (start - piece.start),
            None => self.pieces.first().map_or(0, |piece| piece.at),
        }
    }

    /// Whether all of `range` lies inside a link that is already there.
    pub fn linked(&self, range: &Range<usize>) -> bool {
        let next = self.links.partition_point(|(link, _)| link.start <= range.start);
        let link = next.checked_sub(1).and_then(|at| self.links.get(at));
        link.is_some_and(|(link, _)| range.end <= link.end)
    }

    /// Whether any of `range` lies in a link that the author wrote to a page: that link says who is meant.
    pub fn told(&self, range: &Range<usize>) -> bool {
        let from = self.links.partition_point(|(link, _)| link.end <= range.start);
        let links = self.links.get(from..).unwrap_or_default().iter();
        links
            .take_while(|(link, _)| link.start < range.end)
            .any(|(_, target)| matches!(target, Target::Page(_)))
    }

    /// Whether `range` lies in a template.
    pub fn templated(&self, range: &Range<usize>) -> bool {
        let next = self.templates.partition_point(|template| template.start <= range.start);
        let template = next.checked_sub(1).and_then(|at| self.templates.get(at));
        template.is_some_and(|template| range.end <= template.end)
    }

    pub fn new(inlines: &[Inline]) -> Self {
        let (text, pieces) = (String::with_capacity(length(inlines)), Vec::with_capacity(inlines.len()));
        let mut passage = Self { text, pieces, ..Self::default() };
        passage.push(inlines, &mut |_| {});
        passage.templates = templates(&passage.text);
        passage
    }

    /// Becomes the passage of `inlines`, whose links lead where `resolve` says, in the room that it has.
    fn read(&mut self, inlines: &[Inline], heading: bool, resolve: &mut dyn FnMut(&mut Target)) {
        self.text.clear();
        self.pieces.clear();
        self.links.clear();
        self.push(inlines, resolve);
        self.templates = templates(&self.text);
        self.heading = heading;
    }

    fn push(&mut self, inlines: &[Inline], resolve: &mut dyn FnMut(&mut Target)) {
        for inline in inlines {
            match inline {
                Inline::Text { text, at } => {
                    self.pieces.push(Piece { start: self.text.len(), at: *at });
                    self.text.push_str(text);
                }
                Inline::Emphasis(inner)
                | Inline::Strong(inner)
                | Inline::Struck(inner)
                | Inline::Role(_, inner) => self.push(inner, resolve),
                Inline::Link { target, inlines } => {
                    let start = self.text.len();
                    self.push(inlines, resolve);
                    let mut target = (**target).clone();
                    resolve(&mut target);
                    self.links.push((start..self.text.len(), target));
                }
                Inline::Break | Inline::SoftBreak => self.text.push(' '),
                Inline::NoteMark(_) | Inline::Seam { .. } => {}
                Inline::Code(_) | Inline::Picture { .. } | Inline::Html(_) | Inline::Math(_) => {
                    self.text.push(GAP);
                }
            }
        }
    }
}

/// About how many bytes the text of `inlines` takes.
fn length(inlines: &[Inline]) -> usize {
    let length = |inline: &Inline| match inline {
        Inline::Text { text, .. } => text.len(),
        Inline::Emphasis(inner) | Inline::Strong(inner) | Inline::Link { inlines: inner, .. } => {
            length(inner)
        }
        _ => 1,
    };
    inlines.iter().map(length).sum()
}

/// Every passage of `document`, one for each run of inlines, in reading order.
pub fn passages(document: &Document) -> Vec<Passage> {
    let mut passages = Vec::new();
    document.runs(|inlines, run| {
        passages.push(Passage { heading: run == Run::Heading, ..Passage::new(inlines) });
    });
    passages
}

/// The passages of one text after another, each in the room that the last one took.
#[derive(Debug, Default)]
pub struct Room {
    passages: Vec<Passage>,
    used: usize,
}

/// Passages of a text, or bytes of a passage, whose room is not kept for the next.
const LONG: usize = 1 << 16;

impl Room {
    /// Empties it for the next text. What a very long one took is given back.
    pub fn clear(&mut self) {
        self.used = 0;
        if self.passages.len() > LONG || self.passages.iter().any(|it| it.text.capacity() > LONG) {
            self.passages = Vec::new();
        }
    }

    /// Adds the passages of `document`, whose links lead where `resolve` says: it need not be changed itself.
    pub fn add(&mut self, document: &Document, mut resolve: impl FnMut(&mut Target)) {
        document.runs(|inlines, run| self.next().read(inlines, run == Run::Heading, &mut resolve));
    }

    /// Adds a passage of its own.
    pub fn add_text(&mut self, inlines: &[Inline]) {
        self.next().read(inlines, false, &mut |_| {});
    }

    pub fn passages(&self) -> &[Passage] {
        self.passages.get(..self.used).unwrap_or_default()
    }

    fn next(&mut self) -> &mut Passage {
        let next = self.used;
        self.used += 1;
        if next == self.passages.len() {
            self.passages.push(Passage::default());
        }
        &mut self.passages[next]
    }
}

/// The templates in `text`: `{{ … }}` and `{% … %}`.
fn templates(text: &str) -> Vec<Range<usize>> {
    let mut found: Vec<Range<usize>> = Vec::new();
    let mut open: Option<(usize, &str)> = None;
    // most texts have none, and a search for one byte is much cheaper than one for three
    if memchr::memchr(b'{', text.as_bytes()).is_none() {
        return found;
    }
    for (at, _) in text.match_indices(['{', '}', '%']) {
        let rest = text.get(at..).unwrap_or_default();
        match open {
            None if rest.starts_with("{{") => open = Some((at, "}}")),
            None if rest.starts_with("{%") => open = Some((at, "%}")),
            Some((start, close)) if rest.starts_with(close) => {
                found.push(start..at + close.len());
                open = None;
            }
            _ => {}
        }
    }
    found
}
