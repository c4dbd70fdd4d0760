//! Sets lines: keeps the indentation, the bars and bullets before each, their places and the rows of links.

use super::flow::Flow;
use super::wrap::wrap;
use super::{Face, Grid, Heading, Line, Link, Note, Room, Span, Wide};
use crate::document::{Block, Inline, Role};
use crate::text::width;

/// Columns below which indentation stops growing, so that text still fits.
pub const ROOM: usize = 12;
/// Columns by which what is left of a line of code hangs.
const HANG: usize = 4;

/// What stands before lines: once `first`, then `rest`.
#[derive(Debug)]
struct Prefix {
    first: Option<Span>,
    rest: Span,
}

/// Lines being set, and all that must be known for the next one.
#[derive(Debug, Default)]
pub struct Setter {
    pub lines: Vec<Line>,
    pub links: Vec<Link>,
    pub headings: Vec<Heading>,
    pub notes: Vec<Note>,
    pub grids: Vec<Grid>,
    /// The face of plain text here.
    pub face: Face,
    /// How many bulleted lists are around.
    pub bullets: usize,
    /// Whether what is wider than the room stays whole.
    pub slides: bool,
    /// What is being set.
    pub wide: Wide,
    /// Columns for a line without its prefixes, less what a frame needs on the right.
    width: usize,
    prefixes: Vec<Prefix>,
    /// Columns of all prefixes.
    indent: usize,
    /// The place of the last line.
    at: usize,
    /// The end of the block being set: no line of it may have a place behind.
    end: usize,
    /// Links up to here have their row.
    placed: usize,
}

impl Setter {
    pub fn new(room: Room) -> Self {
        Self { width: room.columns.max(1), slides: room.slides, ..Self::default() }
    }

    /// Columns left for text.
    pub fn room(&self) -> usize {
        self.width.saturating_sub(self.indent).max(1)
    }

    /// Columns left for text in the next line, before which a bullet may still have to stand.
    fn first_room(&self) -> usize {
        let columns = |prefix: &Prefix| width(&prefix.first.as_ref().unwrap_or(&prefix.rest).text);
        self.width.saturating_sub(self.prefixes.iter().map(columns).sum()).max(1)
    }

    /// Begins a block at its place.
    pub fn begin(&mut self, block: &Block) {
        self.at = self.at.max(block.source.start);
        self.end = block.source.end.max(self.at);
    }

    /// Puts `first` before the next line and `rest` before those that follow, until [`Setter::outdent`].
    pub fn indent(&mut self, first: Option<Span>, rest: Span) {
        let fits = self.room() >= width(&rest.text) + ROOM;
        let rest = if fits { rest } else { Span { text: String::new(), ..rest } };
        if let Some(first) = &first
            && self.first_room() < width(&first.text) + ROOM
        {
            self.flush();
        }
        self.indent += width(&rest.text);
        self.prefixes.push(Prefix { first, rest });
    }

    /// Takes the last indentation away. A bullet that no text came for stands alone.
    pub fn outdent(&mut self) {
        self.flush();
        if let Some(prefix) = self.prefixes.pop() {
            self.indent -= width(&prefix.rest.text);
        }
    }

    /// Columns of a whole line, prefixes and all.
    pub fn line_width(&self) -> usize {
        self.width
    }

    /// Makes the room narrower on the right by `columns`, or wider again.
    pub fn narrow(&mut self, columns: usize) {
        self.width = self.width.saturating_sub(columns);
    }

    pub fn widen(&mut self, columns: usize) {
        self.width += columns;
    }

    /// Sets bullets that wait for their text on a line of their own.
    fn flush(&mut self) {
        if self.prefixes.iter().any(|prefix| prefix.first.is_some()) {
            self.line(Vec::new(), None);
        }
    }

    /// For what needs the same room in every line: a bullet wider than the indentation stands alone before it.
    pub fn even(&mut self) {
        if self.first_room() < self.room() {
            self.flush();
        }
    }

    /// Sets one line. Without a place of its own it has that of the line before.
    pub fn line(&mut self, spans: Vec<Span>, at: Option<usize>) {
        if self.prefixes.is_empty() {
            return self.push(spans, at);
        }
        let prefixes = self.prefixes.iter_mut();
        let mut all: Vec<Span> = prefixes
            .map(|prefix| prefix.first.take().unwrap_or_else(|| prefix.rest.clone()))
            .filter(|span| !span.text.is_empty())
            .collect();
        all.extend(spans);
        self.push(all, at);
    }

    /// Sets an empty line, in which only bars stand.
    pub fn blank(&mut self) {
        let rests = self.prefixes.iter().map(|prefix| prefix.rest.clone());
        let spans = rests.filter(|span| !span.text.is_empty()).collect();
        self.push(spans, None);
    }

    fn push(&mut self, mut spans: Vec<Span>, at: Option<usize>) {
        trim(&mut spans);
        if let Some(at) = at {
            self.at = self.at.max(at.min(self.end));
        }
        let row = self.lines.len();
        for link in spans.iter().filter_map(|span| span.link) {
            if let Some(link) = self.links.get_mut(link) {
                link.row = link.row.min(row);
            }
        }
        self.lines.push(Line { spans, at: self.at, wide: self.wide });
    }

    /// Gives links that show nothing the row they would stand on.
    pub fn place_links(&mut self) {
        let row = self.lines.len().saturating_sub(1);
        for link in self.links.iter_mut().skip(self.placed) {
            link.row = link.row.min(row);
        }
        self.placed = self.links.len();
    }

    /// The flow of running text here.
    pub fn flow(&mut self, inlines: &[Inline]) -> Flow {
        Flow::new(inlines, self.face, &mut self.links)
    }

    /// Wraps and sets running text; answers with the columns of its longest line.
    pub fn text(&mut self, flow: &Flow) -> usize {
        let lines = wrap(&flow.text, self.first_room(), self.room());
        let mut longest = 0;
        let mut from = 0;
        for (index, range) in lines.into_iter().enumerate() {
            let (spans, at) = flow.line(range, &mut from);
            longest = longest.max(spans.iter().map(|span| width(&span.text)).sum());
            self.line(spans, at.filter(|_| index > 0));
        }
        longest
    }

    /// Lets what is set next keep its rows whole, if it is wider than the room and the reader slides.
    pub fn slide(&mut self, wider: bool) {
        let slides = self.slides && wider;
        self.wide = if slides { Wide::Slides(self.width.saturating_sub(self.room())) } else { Wide::No };
    }

    /// Lets the first `columns` of what slides stay, if they leave room enough for the others.
    pub fn hold(&mut self, columns: usize) {
        let room = self.room();
        if let Wide::Slides(fixed) = &mut self.wide
            && columns * 3 <= room
        {
            *fixed += columns;
        }
    }

    /// Sets text whose lines stay as they are; only those too long are cut, and what is left hangs below.
    pub fn verbatim(&mut self, text: &str, face: Face, start: usize) {
        let mut at = start;
        for line in text.split('\n') {
            let room = self.room();
            let mut rest = line.trim_end();
            let hang = rest.len() - rest.trim_start_matches(' ').len() + HANG;
            let hang = if hang + 2 * ROOM > room { 0 } else { hang };
            let mut before = 0;
            loop {
                let slides = matches!(self.wide, Wide::Slides(_));
                let shown = if slides { rest } else { cut(rest, fit_some(rest, room - before)) };
                if !slides {
                    let goes_on = before > 0 || shown.len() < rest.len();
                    self.wide = if goes_on { Wide::Folded } else { Wide::No };
                }
                let words = format!("{}{shown}", " ".repeat(before));
                self.line(if shown.is_empty() { Vec::new() } else { vec![Span::new(words, face)] }, Some(at));
                rest = rest.strip_prefix(shown).unwrap_or_default().trim_start_matches(' ');
                if rest.is_empty() {
                    break;
                }
                before = hang;
            }
            at += line.len() + 1;
        }
        self.wide = Wide::No;
    }
}

/// The longest start of `text` that fits, but at least one grapheme.
fn fit_some(text: &str, columns: usize) -> &str {
    match crate::text::fit(text, columns) {
        "" => crate::text::graphemes(text).next().unwrap_or_default(),
        start => start,
    }
}

/// `start` of a line that goes on, cut where it may be read on best: behind its last space, else behind its last
/// sign that is no letter, if that is not too far to the left.
fn cut<'a>(line: &'a str, start: &'a str) -> &'a str {
    if start.len() == line.len() || line.get(start.len()..).is_some_and(|rest| rest.starts_with(' ')) {
        return start;
    }
    let indent = start.len() - start.trim_start_matches(' ').len();
    let behind = |end: Option<usize>, part: usize| {
        end.filter(|end| (end - indent.min(*end)) * part > start.len() - indent)
            .and_then(|end| start.get(..end))
    };
    let space = behind(start.rfind(' ').map(|at| at + 1), 3);
    let sign = |c: char| c.is_ascii_punctuation() && c != '_';
    space.or_else(|| behind(start.rfind(sign).map(|at| at + 1), 2)).unwrap_or(start)
}

/// A span of a role, for what layout itself draws.
pub fn drawn(text: impl Into<String>, role: Role) -> Span {
    Span::new(text, Face { role, ..Face::default() })
}

/// Takes trailing spaces away.
fn trim(spans: &mut Vec<Span>) {
    while let Some(last) = spans.last_mut() {
        let shown = last.text.trim_end().len();
        last.text.truncate(shown);
        if !last.text.is_empty() {
            break;
        }
        spans.pop();
    }
}
