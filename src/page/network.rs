//! The picture of a network: the subject in the middle, its neighbours left and right of it, the nearest on top,
//! each a link at the end of its line.
//!
//! Two columns of names stay readable where lines across a plane would cross: 24 names fit into 60 by 18.

use super::Context;
use super::draft::Row;
use super::neighbours::Neighbour;
use super::row::quiet;
use crate::document::{Inline, Role};
use crate::id::Id;
use crate::text::{Text, shorten, width};

/// Columns and rows below which there is no picture.
const LEAST: (usize, usize) = (48, 7);
/// Columns between a name and the subject's box: a space, two of its line, the stem, two to the box.
const LINE: usize = 6;
/// Rows under the picture for what its lines mean.
const LEGEND: usize = 2;
/// Lines of the subject's name.
const NAME: usize = 3;

/// The picture, of at most `columns` by `rows` characters.
pub fn draw(
    context: Context<'_>,
    id: &Id,
    neighbours: &[Neighbour],
    columns: usize,
    rows: usize,
) -> Option<Vec<Row>> {
    let name = context
        .library
        .name(id)
        .filter(|_| columns >= LEAST.0 && rows >= LEAST.1 && !neighbours.is_empty())?;
    let plane = Plane::new(context, name, columns, rows - LEGEND, neighbours);
    let mut lines: Vec<Row> = (0..plane.height).map(|row| plane.row(row)).collect();
    lines.push(Row::new());
    lines.push(vec![quiet("══ tied   ── only named with it   3 in 3 briefings")]);
    Some(lines)
}

/// What is drawn, and where.
struct Plane<'a> {
    context: Context<'a>,
    /// The subject's box, line by line.
    heart: Vec<String>,
    left: Side<'a>,
    right: Side<'a>,
    height: usize,
    /// Columns of a name.
    room: usize,
}

/// The neighbours of one side, `step` rows apart from `first` on.
struct Side<'a> {
    neighbours: Vec<&'a Neighbour>,
    first: usize,
    step: usize,
}

impl<'a> Side<'a> {
    fn new(neighbours: Vec<&'a Neighbour>, step: usize, height: usize) -> Self {
        let first = (height - span(neighbours.len(), step)) / 2;
        Self { neighbours, first, step }
    }

    fn at(&self, row: usize) -> Option<&'a Neighbour> {
        let below = row.checked_sub(self.first).filter(|below| below % self.step == 0)?;
        self.neighbours.get(below / self.step).copied()
    }

    /// The piece of the stem in this row, seen from the left; `middle` is the row of the subject.
    fn stem(&self, row: usize, middle: usize) -> Stem {
        let last = self.first + span(self.neighbours.len(), self.step).saturating_sub(1);
        let (top, bottom) = (self.first.min(middle), last.max(middle));
        let inside = !self.neighbours.is_empty();
        Stem {
            up: inside && top < row && row <= bottom,
            down: inside && top <= row && row < bottom,
            out: self.at(row).is_some(),
            to_heart: inside && row == middle,
        }
    }
}

/// Rows from the first to the last of so many names.
fn span(count: usize, step: usize) -> usize {
    count.saturating_sub(1) * step + usize::from(count > 0)
}

/// Where the lines go from a piece of a stem.
struct Stem {
    up: bool,
    down: bool,
    out: bool,
    to_heart: bool,
}

impl Stem {
    /// The character; `heart_right` where the subject is to the right of it.
    fn character(&self, heart_right: bool) -> &'static str {
        let (left, right) = if heart_right { (self.out, self.to_heart) } else { (self.to_heart, self.out) };
        match (self.up, self.down, left, right) {
            (true, true, true, true) => "┼",
            (true, true, true, false) => "┤",
            (true, true, false, true) => "├",
            (true, true, false, false) => "│",
            (true, false, true, true) => "┴",
            (true, false, true, false) => "┘",
            (true, false, false, true) => "└",
            (false, true, true, true) => "┬",
            (false, true, true, false) => "┐",
            (false, true, false, true) => "┌",
            (false, false, true, true) => "─",
            _ => " ",
        }
    }
}

impl<'a> Plane<'a> {
    fn new(context: Context<'a>, name: &Text, columns: usize, rows: usize, all: &'a [Neighbour]) -> Self {
        let all = all.get(..all.len().min(2 * rows)).unwrap_or_default();
        let (right, left): (Vec<_>, Vec<_>) = all.iter().enumerate().partition(|(nth, _)| nth % 2 == 0);
        let plain =
            |side: Vec<(usize, &'a Neighbour)>| side.into_iter().map(|(_, it)| it).collect::<Vec<_>>();
        let (right, left) = (plain(right), plain(left));
        let step = if span(right.len(), 2) <= rows { 2 } else { 1 };
        let heart = heart(name, columns / 5);
        let height = span(right.len(), step).max(heart.len());
        let wide = heart.first().map_or(0, |line| width(line));
        let room = columns.saturating_sub(wide + 2 * LINE) / 2;
        let (left, right) = (Side::new(left, step, height), Side::new(right, step, height));
        Self { context, heart, left, right, height, room }
    }

    fn row(&self, row: usize) -> Row {
        let middle = self.height / 2;
        let mut line = Row::new();
        let left = self.left.at(row);
        let words = left.map(|it| self.words(it)).unwrap_or_default();
        let used: usize =
            words.iter().map(|it| width(&crate::document::plain(std::slice::from_ref(it)))).sum();
        line.push(Inline::text(" ".repeat(self.room.saturating_sub(used))));
        line.extend(words);
        let stem = self.left.stem(row, middle);
        let dash = |on: bool| if on { "──" } else { "  " };
        line.push(rule(format!(" {}{}{}", edge(left), stem.character(true), dash(stem.to_heart))));
        line.extend(self.heart(row, middle));
        let (right, stem) = (self.right.at(row), self.right.stem(row, middle));
        line.push(rule(format!("{}{}{} ", dash(stem.to_heart), stem.character(false), edge(right))));
        line.extend(right.map(|it| self.words(it)).unwrap_or_default());
        line
    }

    /// The part of the subject's box in this row.
    fn heart(&self, row: usize, middle: usize) -> Row {
        let top = middle.saturating_sub(self.heart.len() / 2);
        let Some(line) = row.checked_sub(top).and_then(|nth| self.heart.get(nth)) else {
            let wide = self.heart.first().map_or(0, |line| width(line));
            return vec![Inline::text(" ".repeat(wide))];
        };
        let name = line.strip_prefix('│').and_then(|rest| rest.strip_suffix('│'));
        let Some(name) = name else { return vec![rule(line.clone())] };
        let side = |joins: bool, joint: &str| rule(if joins { joint } else { "│" }.to_owned());
        let joins = |side: &Side<'_>| row == middle && !side.neighbours.is_empty();
        vec![side(joins(&self.left), "┤"), Inline::strong(name), side(joins(&self.right), "├")]
    }

    /// A neighbour's name as a link, how it is tied where there is room to say so, and in how many briefings.
    fn words(&self, it: &Neighbour) -> Row {
        let count = if it.briefings > 0 { format!(" {}", it.briefings) } else { String::new() };
        let name = self.context.library.name(&it.id).cloned().unwrap_or_default();
        let room = self.room.saturating_sub(width(&count));
        let mut row = vec![Inline::page(it.id.clone(), shorten(&name, room).into_owned())];
        let tie = it.ties.first().map(|tie| format!(" ({tie})"));
        let tie = tie.filter(|tie| width(&name) + width(tie) <= room).unwrap_or_default();
        row.push(quiet(format!("{tie}{count}")));
        row
    }
}

fn rule(line: String) -> Inline {
    Inline::role(Role::Rule, line)
}

/// The line to a neighbour: double where a tie is declared.
fn edge(neighbour: Option<&Neighbour>) -> &'static str {
    match neighbour {
        Some(it) if it.ties.is_empty() => "──",
        Some(_) => "══",
        None => "  ",
    }
}

/// A box around `name`, whose lines have at most `room` columns where its words allow.
fn heart(name: &Text, room: usize) -> Vec<String> {
    let room = room.max(10);
    let mut lines: Vec<String> = Vec::new();
    for word in Text::line(name).split(' ') {
        let full = lines.len() == NAME;
        match lines.last_mut() {
            Some(line) if full || width(line) + 1 + width(word) <= room => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(word.to_owned()),
        }
    }
    let lines: Vec<String> = lines.iter().map(|line| shorten(line, room).into_owned()).collect();
    let wide = lines.iter().map(|line| width(line)).max().unwrap_or(0);
    let centred = |line: &String| {
        let free = wide - width(line);
        format!("│ {}{line}{} │", " ".repeat(free / 2), " ".repeat(free - free / 2))
    };
    let edge = "─".repeat(wide + 2);
    let names = lines.iter().map(centred);
    std::iter::once(format!("┌{edge}┐")).chain(names).chain([format!("└{edge}┘")]).collect()
}
