//! A timeline as a chart: a row for each kind of event, a column for each month, a bar where something happened.
//!
//! What does not fit into the columns, or says no month, is counted in words below.

use std::collections::BTreeMap;

use super::draft::Row;
use super::row::quiet;
use super::timeline::month;
use super::words::{count, words};
use crate::date::Day;
use crate::document::{Inline, Role};
use crate::library::record::Event;
use crate::text::{Text, fit, shorten, width};

/// Columns below which there is no chart.
const LEAST: usize = 40;
/// Columns of the longest name of a kind.
const LABEL: usize = 16;
/// Columns for the count at the end of a row.
const COUNT: usize = 5;
/// Columns of a month where there is room.
const WIDEST: usize = 4;
const BARS: [&str; 8] = ["▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"];
/// The first letters of the months.
const LETTERS: [&str; 12] = ["J", "F", "M", "A", "M", "J", "J", "A", "S", "O", "N", "D"];

/// The chart of `events`, which must be in order, at most `columns` wide; none where no event says its month.
pub fn draw(events: &[&Event], today: Day, columns: usize) -> Option<Vec<Row>> {
    let kinds = kinds(events);
    let label = kinds.keys().map(|kind| width(kind)).max()?.min(LABEL);
    let room = columns.checked_sub(label + 1 + COUNT).filter(|_| columns >= LEAST)?;
    let scale = Scale::new(&kinds, today, room)?;
    let mut lines: Vec<Row> =
        kinds.iter().filter_map(|(kind, events)| scale.row(kind, events, label)).collect();
    lines.push(vec![quiet(format!("{}{}", " ".repeat(label + 1), scale.letters()))]);
    lines.push(vec![Inline::role(Role::Label, format!("{}{}", " ".repeat(label + 1), scale.years()))]);
    let drawn: usize = kinds.values().flatten().filter(|(month, _)| scale.holds(*month)).count();
    if events.len() > drawn {
        lines.push(Row::new());
        let left = count(events.len() - drawn, "event");
        lines.push(vec![quiet(fit(&format!("{left} outside these months, or without a month"), columns))]);
    }
    Some(lines)
}

/// A month counted from the year 0.
type Month = i32;

/// The events of each kind, with their months.
fn kinds<'a>(events: &[&'a Event]) -> BTreeMap<Text, Vec<(Month, &'a Event)>> {
    let mut kinds: BTreeMap<Text, Vec<(Month, &Event)>> = BTreeMap::new();
    for event in events {
        let day = event.date.as_ref().and_then(|date| date.earliest).filter(|_| month(event).is_some());
        let Some(day) = day else { continue };
        let kind = event.classification.as_ref().map_or_else(|| Text::from("other"), |code| words(code));
        kinds.entry(kind).or_default().push((month_of(day), event));
    }
    kinds
}

fn month_of(day: Day) -> Month {
    day.year.saturating_mul(12) + i32::from(day.month) - 1
}

/// Which months are drawn, how wide, and how many events make a whole bar.
struct Scale {
    first: Month,
    months: usize,
    cell: usize,
    most: usize,
}

impl Scale {
    fn new(kinds: &BTreeMap<Text, Vec<(Month, &Event)>>, today: Day, room: usize) -> Option<Self> {
        let all = || kinds.values().flatten().map(|(month, _)| *month);
        let (first, last) = (all().min()?, all().max()?);
        let most = kinds
            .values()
            .flat_map(|events| events.chunk_by(|a, b| a.0 == b.0).map(<[_]>::len))
            .max()
            .unwrap_or(1)
            .max(4);
        // Of a long time the months up to today and as many of those to come as leave half the room.
        let columns = Month::try_from(room).unwrap_or(Month::MAX);
        let last = last.min(month_of(today).saturating_add(columns / 2)).max(first);
        let first = first.max(last.saturating_sub(columns - 1));
        let months = usize::try_from(last - first).unwrap_or(0) + 1;
        Some(Self { first, months, cell: (room / months).clamp(1, WIDEST), most })
    }

    fn holds(&self, month: Month) -> bool {
        self.column(month).is_some()
    }

    /// Which of the months drawn it is.
    fn column(&self, month: Month) -> Option<usize> {
        usize::try_from(month.checked_sub(self.first)?).ok().filter(|it| *it < self.months)
    }

    /// The row of a kind: its name, its bars, its count.
    fn row(&self, kind: &Text, events: &[(Month, &Event)], label: usize) -> Option<Row> {
        let held: Vec<_> = events.iter().filter(|(month, _)| self.holds(*month)).collect();
        let name = shorten(kind, label);
        let mut row = vec![Inline::role(Role::Label, format!("{name}{} ", " ".repeat(label - width(&name))))];
        let mut next = 0;
        for same in held.chunk_by(|a, b| a.0 == b.0) {
            let (month, event) = same.first()?;
            let column = self.column(*month)?;
            let gap = (column - next) * self.cell;
            row.push(Inline::text(" ".repeat(gap)));
            let wide = (self.cell - 1).max(1);
            row.push(Inline::page(event.id.clone(), self.bar(same.len()).repeat(wide)));
            row.push(Inline::text(" ".repeat(self.cell - wide)));
            next = column + 1;
        }
        let rest = (self.months - next) * self.cell;
        row.push(quiet(format!("{}{:>COUNT$}", " ".repeat(rest), held.len())));
        (!held.is_empty()).then_some(row)
    }

    /// As high as `count` is of the most.
    fn bar(&self, count: usize) -> &'static str {
        let eighths = (count * BARS.len()).div_ceil(self.most);
        BARS.get(eighths.saturating_sub(1)).or(BARS.last()).copied().unwrap_or_default()
    }

    /// The first letter of each month under its column.
    fn letters(&self) -> String {
        let mut line = String::with_capacity(self.months * self.cell);
        for column in 0..self.months {
            let month = usize::try_from(self.month(column).rem_euclid(12)).unwrap_or(0);
            line.push_str(LETTERS.get(month).copied().unwrap_or_default());
            line.push_str(&" ".repeat(self.cell - 1));
        }
        line
    }

    fn month(&self, column: usize) -> Month {
        self.first.saturating_add(Month::try_from(column).unwrap_or(Month::MAX))
    }

    /// Each year under its first month, where there is room for it.
    fn years(&self) -> String {
        let mut line = String::new();
        for column in 0..self.months {
            let month = self.month(column);
            let starts = column == 0 || month.rem_euclid(12) == 0;
            let at = column * self.cell;
            if starts && (line.is_empty() || width(&line) < at) && at + 4 <= self.months * self.cell {
                line.push_str(&" ".repeat(at - width(&line)));
                line.push_str(&month.div_euclid(12).to_string());
            }
        }
        line
    }
}
