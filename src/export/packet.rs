//! The first page of a packet: its title, and what is in it on which page.

use super::{NO_MARKING, Options, Row, banner, capacity, columns, paginate, plain};
use crate::layout::wrap;
use crate::page::Page;
use crate::text::{Text, width};

/// Columns kept for the number of a page.
const NUMBER: usize = 6;

/// Title and contents. Numbers of pages stand there when there are pages.
pub fn contents(
    title: &str,
    pages: &[Page],
    parts: &[Vec<Row>],
    marking: Option<&str>,
    options: &Options,
) -> Vec<Row> {
    let rows = list(title, pages, &vec![0; parts.len()], options);
    if !options.pages {
        return rows;
    }
    let capacity = capacity(banner(marking, options).len(), options);
    // the list is as long whatever the numbers are
    let mut next = paginate::pages(&rows, capacity).len() + 1;
    let starts: Vec<_> = parts
        .iter()
        .map(|part| {
            let start = next;
            next += paginate::pages(part, capacity).len();
            start
        })
        .collect();
    list(title, pages, &starts, options)
}

fn list(title: &str, pages: &[Page], starts: &[usize], options: &Options) -> Vec<Row> {
    let columns = columns(options);
    let title = plain(&Text::line(title), options);
    let mut rows: Vec<Row> = cut(&title, columns).map(Row::new).collect();
    let line = rows.iter().map(|row| width(&row.text)).max().unwrap_or(0);
    rows.push(Row { rule: true, ..Row::new("=".repeat(line)) });
    rows.extend([Row::default(), Row { heading: true, ..Row::new("Contents") }]);
    rows.extend([Row { rule: true, ..Row::new("--------") }, Row::default()]);
    let digits = pages.len().to_string().len();
    for (index, (page, start)) in pages.iter().zip(starts).enumerate() {
        let marking = page.marking.as_deref().unwrap_or(NO_MARKING);
        let words = plain(&Text::line(&format!("{} ({marking})", page.title)), options);
        let mut lines: Vec<String> = cut(&words, columns - digits - 2 - NUMBER).map(str::to_owned).collect();
        if let Some(last) = lines.last_mut().filter(|_| options.pages) {
            let room = columns - digits - 2;
            let dots = room.saturating_sub(width(last) + NUMBER);
            *last = format!("{last} {}{start:>5}", ".".repeat(dots));
        }
        let number = format!("{:>digits$}. ", index + 1);
        for (index, line) in lines.into_iter().enumerate() {
            let before = if index == 0 { number.clone() } else { " ".repeat(digits + 2) };
            rows.push(Row::new(before + &line));
        }
    }
    rows
}

fn cut(text: &str, columns: usize) -> impl Iterator<Item = &str> {
    wrap(text, columns, columns).into_iter().filter_map(move |line| text.get(line))
}
