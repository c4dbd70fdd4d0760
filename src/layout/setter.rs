//! Sets lines: keeps the indentation, the bars and bullets before each, their places and the rows of links.

use std::ops::Range;

use super::flow::Flow;
use super::line::{Drawn, Line, spaces};
use super::wrap::wrap_into;
use super::{Face, Grid, Heading, Link, Note, Room, Wide};
use crate::document::{Block, Inline};

/// Columns below which indentation stops growing, so that text still fits.
pub const ROOM: usize = 12;
/// Columns by which what is left of a line of code hangs.
const HANG: usize = 4;

/// What stands before lines: once `first`, then `rest`.
#[derive(Debug)]
struct Prefix {
    first: Option<Drawn>,
    rest: Drawn,
}

/// What was used and is free again: most of the time is saved by not asking for memory.
#[derive(Debug, Default)]
struct Spare {
    flows: Vec<Flow>,
    lines: Vec<Line>,
    ranges: Vec<Range<usize>>,
    /// The ranges of each cell of a row.
    cells: Vec<Vec<Range<usize>>>,
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
    spare: Spare,
}

impl Setter {
    pub fn new(room: Room) -> Self {
        Self { width: room.columns.max(1), slides: room.slides, ..Self::default() }
    }

    /// Forgets what was set, to set something else in the same room.
    pub fn renew(&mut self) {
        self.lines.iter_mut().for_each(Line::clear);
        self.spare.lines.append(&mut self.lines);
        self.links.clear();
        self.headings.clear();
        self.notes.clear();
        self.grids.clear();
        (self.at, self.end, self.placed) = (0, 0, 0);
    }

    /// Columns left for text.
    pub fn room(&self) -> usize {
        self.width.saturating_sub(self.indent).max(1)
    }

    /// Columns left for text in the next line, before which a bullet may still have to stand.
    fn first_room(&self) -> usize {
        let columns = |prefix: &Prefix| prefix.first.as_ref().unwrap_or(&prefix.rest).columns;
        self.width.saturating_sub(self.prefixes.iter().map(columns).sum()).max(1)
    }

    /// Begins a block at its place.
    pub fn begin(&mut self, block: &Block) {
        self.at = self.at.max(block.source.start);
        self.end = block.source.end.max(self.at);
    }

    /// Puts `first` before the next line and `rest` before those that follow, until [`Setter::outdent`].
    pub fn indent(&mut self, first: Option<Drawn>, rest: Drawn) {
        let fits = self.room() >= rest.columns + ROOM;
        let rest = if fits { rest } else { rest.emptied() };
        if let Some(first) = &first
            && self.first_room() < first.columns + ROOM
        {
            self.flush();
        }
        self.indent += rest.columns;
        self.prefixes.push(Prefix { first, rest });
    }

    /// Takes the last indentation away. A bullet that no text came for stands alone.
    pub fn outdent(&mut self) {
        self.flush();
        if let Some(prefix) = self.prefixes.pop() {
            self.indent -= prefix.rest.columns;
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
            let bullets = self.next_line();
            self.set(bullets, None);
        }
    }

    /// For what needs the same room in every line: a bullet wider than the indentation stands alone before it.
    pub fn even(&mut self) {
        if self.first_room() < self.room() {
            self.flush();
        }
    }

    /// The next line, with what stands before its words.
    pub fn next_line(&mut self) -> Line {
        let mut line = self.spare.lines.pop().unwrap_or_else(|| Line::with_room(self.width));
        for prefix in &mut self.prefixes {
            match prefix.first.take() {
                Some(first) => line.draw(&first),
                None => line.draw(&prefix.rest),
            }
        }
        line
    }

    /// Sets a line of nothing but what is drawn.
    pub fn draw(&mut self, drawn: &Drawn) {
        let mut line = self.next_line();
        line.draw(drawn);
        self.set(line, None);
    }

    /// Sets an empty line, in which only bars stand.
    pub fn blank(&mut self) {
        let mut line = self.spare.lines.pop().unwrap_or_default();
        self.prefixes.iter().for_each(|prefix| line.draw(&prefix.rest));
        self.set(line, None);
    }

    /// Sets a line in which nothing stands at all.
    pub fn gap(&mut self) {
        let at = self.lines.last().map_or(0, |line| line.at);
        let mut line = self.spare.lines.pop().unwrap_or_default();
        line.at = at;
        self.lines.push(line);
    }

    /// Sets one line. Without a place of its own it has that of the line before.
    pub fn set(&mut self, mut line: Line, at: Option<usize>) {
        line.trim();
        if let Some(at) = at {
            self.at = self.at.max(at.min(self.end));
        }
        (line.at, line.wide) = (self.at, self.wide);
        let row = self.lines.len();
        for link in line.links() {
            if let Some(link) = self.links.get_mut(link) {
                link.row = link.row.min(row);
            }
        }
        self.lines.push(line);
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
        let mut flow = self.spare.flows.pop().unwrap_or_default();
        flow.fill(inlines, self.face, &mut self.links);
        flow
    }

    /// Takes back a flow that was set.
    pub fn done(&mut self, flow: Flow) {
        self.spare.flows.push(flow);
    }

    /// Wraps and sets running text.
    pub fn text(&mut self, flow: &Flow) {
        self.running(flow, &mut |_, _| {});
    }

    /// The same; answers with the columns of its longest line.
    pub fn measured(&mut self, flow: &Flow) -> usize {
        let mut longest = 0;
        self.running(flow, &mut |line, start| longest = line.columns_from(start).max(longest));
        longest
    }

    /// Wraps and sets running text; `seen` gets each line, and the byte of it where the words begin.
    fn running(&mut self, flow: &Flow, seen: &mut dyn FnMut(&Line, usize)) {
        let mut ranges = std::mem::take(&mut self.spare.ranges);
        wrap_into(&flow.text, self.first_room(), self.room(), &mut ranges);
        let mut from = 0;
        for (index, range) in ranges.drain(..).enumerate() {
            let mut line = self.next_line();
            let start = line.text().len();
            let at = flow.write(range, &mut from, &mut line);
            seen(&line, start);
            self.set(line, at.filter(|_| index > 0));
        }
        self.spare.ranges = ranges;
    }

    /// Wraps the cells of a row of a table, each into its columns.
    pub fn wrap_cells<'a>(
        &mut self,
        cells: impl Iterator<Item = (&'a Flow, usize)>,
    ) -> Vec<Vec<Range<usize>>> {
        let mut wrapped = std::mem::take(&mut self.spare.cells);
        let mut count = 0;
        for (cell, columns) in cells {
            if wrapped.len() == count {
                wrapped.push(Vec::new());
            }
            if let Some(ranges) = wrapped.get_mut(count) {
                wrap_into(&cell.text, columns, columns, ranges);
            }
            count += 1;
        }
        wrapped.iter_mut().skip(count).for_each(Vec::clear);
        wrapped
    }

    /// Takes back the ranges of cells that were set.
    pub fn cells_done(&mut self, wrapped: Vec<Vec<Range<usize>>>) {
        self.spare.cells = wrapped;
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
                let mut line = self.next_line();
                let first = line.count();
                line.join(&spaces(before), (face, None), first);
                line.join(shown, (face, None), first);
                self.set(line, Some(at));
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
