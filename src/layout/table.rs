//! Tables: columns that share the width fairly, or one block a row where they cannot.

use super::flow::Flow;
use super::line::{blank, ruled};
use super::setter::Setter;
use super::wrap::{longest, natural};
use super::{Face, Grid, Wide};
use crate::document::{Align, Inline, Role, Table};

/// Columns between two columns.
const GAP: usize = 2;
/// Columns below which a column of longer text is not worth having.
const LEAST: usize = 8;
/// Columns that longer text has in a table that is slid sideways; an address has up to three times as many.
const ROOMY: usize = 40;

impl Setter {
    pub fn table(&mut self, table: &Table) {
        self.even();
        let count = table.rows.iter().map(Vec::len).chain([table.head.len()]).max().unwrap_or(0);
        let face = self.face;
        self.face = Face { strong: true, ..face };
        let head = self.cells(&table.head, count);
        self.face = face;
        let rows: Vec<Vec<Flow>> = table.rows.iter().map(|row| self.cells(row, count)).collect();
        let aligned = |widths: Vec<usize>| -> Vec<(usize, Align)> {
            let align = |column: usize| table.aligns.get(column).copied().unwrap_or_default();
            widths.into_iter().enumerate().map(|(column, width)| (width, align(column))).collect()
        };
        match widths(&head, &rows, self.room()) {
            Some(widths) => self.grid(&head, &rows, &aligned(widths)),
            None if self.slides => {
                let widths = roomy(&head, &rows);
                self.slide(true);
                self.hold(widths.first().copied().unwrap_or(0) + GAP);
                self.grid(&head, &rows, &aligned(widths));
            }
            None => {
                self.wide = Wide::Folded;
                self.records(&head, &rows);
            }
        }
        self.wide = Wide::No;
        rows.into_iter().chain([head]).flatten().for_each(|cell| self.done(cell));
    }

    fn cells(&mut self, row: &[Vec<Inline>], count: usize) -> Vec<Flow> {
        let mut cells: Vec<Flow> = row.iter().map(|cell| self.flow(cell)).collect();
        cells.resize_with(count, Flow::default);
        cells
    }

    /// Columns side by side, the head over a line.
    fn grid(&mut self, head: &[Flow], rows: &[Vec<Flow>], columns: &[(usize, Align)]) {
        let top = self.lines.len();
        if head.iter().any(|cell| !cell.text.is_empty()) {
            self.row(head, columns);
            let mut line = self.next_line();
            for (nth, (width, _)) in columns.iter().enumerate() {
                line.draw(&blank(if nth > 0 { GAP } else { 0 }).of(Role::Rule));
                line.draw(&ruled(*width));
            }
            self.set(line, None);
        }
        let mut grid = Grid { head: top..self.lines.len(), ..Grid::default() };
        let wrapped = |row: &&Vec<Flow>| {
            row.iter()
                .zip(columns)
                .any(|(cell, (width, _))| natural(&cell.text) > *width || cell.text.contains('\n'))
        };
        let airy = rows.iter().filter(wrapped).count() * 4 >= rows.len();
        for (index, row) in rows.iter().enumerate() {
            if index > 0 && airy {
                self.blank();
            }
            grid.rows.push(self.lines.len());
            self.row(row, columns);
        }
        grid.end = self.lines.len();
        self.grids.push(grid);
    }

    fn row(&mut self, cells: &[Flow], columns: &[(usize, Align)]) {
        let wrapped = self.wrap_cells(cells.iter().zip(columns.iter().map(|(width, _)| *width)));
        let height = wrapped.iter().map(Vec::len).max().unwrap_or(0);
        let mut from = vec![0; cells.len()];
        for index in 0..height {
            let mut line = self.next_line();
            let mut place = None;
            // columns that are owed before the next text
            let mut owed = 0;
            for (((cell, lines), from), (room, align)) in
                cells.iter().zip(&wrapped).zip(&mut from).zip(columns)
            {
                let range = lines.get(index).cloned().unwrap_or_default();
                if range.is_empty() {
                    owed += room + GAP;
                    continue;
                }
                let free = room.saturating_sub(cell.columns(range.clone()));
                let before = match align {
                    Align::Left => 0,
                    Align::Center => free / 2,
                    Align::Right => free,
                };
                line.draw(&blank(owed + before));
                let at = cell.write(range, from, &mut line);
                place = place.or(at);
                owed = free - before + GAP;
            }
            self.set(line, place);
        }
        self.cells_done(wrapped);
    }

    /// One block a row: `Head: value`, each value hanging.
    fn records(&mut self, head: &[Flow], rows: &[Vec<Flow>]) {
        if rows.is_empty() {
            head.iter().filter(|cell| !cell.text.is_empty()).for_each(|cell| {
                self.text(cell);
            });
        }
        for (index, row) in rows.iter().enumerate() {
            if index > 0 {
                self.blank();
            }
            for (column, (head, cell)) in head.iter().zip(row).enumerate() {
                // the head of a column without a word in it is said once
                let empty = |row: &Vec<Flow>| row.get(column).is_none_or(|cell| cell.text.is_empty());
                if index == 0 && !head.text.is_empty() && rows.iter().all(empty) {
                    let label = Face { role: Role::Label, ..self.face };
                    self.text(&Flow::words(&format!("{}:", head.title()), label));
                }
                self.record(head, cell);
            }
        }
    }

    fn record(&mut self, head: &Flow, cell: &Flow) {
        let face = Face { role: Role::Label, ..self.face };
        if cell.text.is_empty() {
            // nothing to say
        } else if head.text.is_empty() {
            self.text(cell);
        } else {
            self.labelled(&format!("{}:", head.title()), cell, face);
        }
    }
}

/// The width of each column: what it wants if all fit, else at least its longest word and a share of the rest
/// by what it holds. `None` if some column would be too narrow to read.
fn widths(head: &[Flow], rows: &[Vec<Flow>], room: usize) -> Option<Vec<usize>> {
    let count = head.len();
    let room = room.checked_sub(GAP * count.saturating_sub(1))?;
    let widest = |columns: fn(&str) -> usize| {
        let mut widest = vec![1; count];
        for row in rows.iter().map(Vec::as_slice).chain([head]) {
            for (widest, cell) in widest.iter_mut().zip(row) {
                *widest = columns(&cell.text).max(*widest);
            }
        }
        widest
    };
    let wants = widest(natural);
    if wants.iter().sum::<usize>() <= room {
        return Some(wants);
    }
    let mut least = widest(longest);
    for (want, least) in wants.iter().zip(&mut least) {
        // a word that no table could hold, such as an address, is broken
        *least = (*least).min(room / 2).max(LEAST).min(*want);
    }
    let spare = room.checked_sub(least.iter().sum())?;
    let lacks: Vec<_> = wants.iter().zip(&least).map(|(want, least)| want - least).collect();
    Some(share(least, &lacks, spare))
}

/// The width of each column where there is all the room one wants: only what is long to read is wrapped.
fn roomy(head: &[Flow], rows: &[Vec<Flow>]) -> Vec<usize> {
    let mut widths = vec![1; head.len()];
    for row in rows.iter().map(Vec::as_slice).chain([head]) {
        for (width, cell) in widths.iter_mut().zip(row) {
            let most = longest(&cell.text).clamp(ROOMY, 3 * ROOMY);
            *width = natural(&cell.text).min(most).max(*width);
        }
    }
    widths
}

/// Shares `spare` columns: first to those that lack little, so that few cells wrap; what is left to the others
/// by what they lack. `least` is what each has, `lacks` what it would need more.
fn share(mut widths: Vec<usize>, lacks: &[usize], mut spare: usize) -> Vec<usize> {
    let mut open: Vec<usize> = (0..lacks.len()).filter(|column| lack(lacks, *column) > 0).collect();
    loop {
        let fair = spare / open.len().max(1);
        let (small, large): (Vec<_>, Vec<_>) = open.iter().partition(|column| lack(lacks, **column) <= fair);
        for column in &small {
            spare -= lack(lacks, *column);
            give(&mut widths, *column, lack(lacks, *column));
        }
        open = large;
        if small.is_empty() {
            break;
        }
    }
    let lacking: usize = open.iter().map(|column| lack(lacks, *column)).sum::<usize>().max(1);
    let mut left = spare;
    for column in &open {
        let given = spare.saturating_mul(lack(lacks, *column)) / lacking;
        give(&mut widths, *column, given);
        left -= given;
    }
    for column in open.into_iter().take(left) {
        give(&mut widths, column, 1);
    }
    widths
}

fn lack(lacks: &[usize], column: usize) -> usize {
    lacks.get(column).copied().unwrap_or(0)
}

fn give(widths: &mut [usize], column: usize, columns: usize) {
    if let Some(width) = widths.get_mut(column) {
        *width += columns;
    }
}
