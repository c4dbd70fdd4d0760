//! All events in order of time: what has happened by year and month, and what is planned.

use super::draft::{Draft, Row};
use super::row::{event, in_order, is_planned};
use super::{Context, Page};
use crate::date::Date;
use crate::id::{Id, Kind};
use crate::library::record::Event;
use crate::text::Text;

const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

pub fn timeline(context: Context<'_>) -> Page {
    let title = Text::from(Kind::Timeline.title());
    let mut draft = Draft::new(&title);
    let (planned, past): (Vec<&Event>, Vec<&Event>) =
        in_order(context.library.events.values()).into_iter().partition(|it| is_planned(it, context.today));
    let mut written = (None, None);
    let mut rows = Vec::new();
    for it in past {
        let under = (year(it), month(it));
        if under != written && (under.0.is_some() || written.0.is_some()) {
            draft.list(std::mem::take(&mut rows));
            headings(&mut draft, written, under);
            written = under;
        }
        rows.push(event(context.library, it));
    }
    draft.list(rows);
    draft.section("Planned", rows_of(context, &planned));
    if context.library.events.is_empty() {
        draft.prose(Some(&Text::from("This library records no events: they are listed in events.yaml.")));
    }
    Page::made(context, Id::page(Kind::Timeline), title, draft)
}

fn rows_of(context: Context<'_>, events: &[&Event]) -> Vec<Row> {
    events.iter().map(|it| event(context.library, it)).collect()
}

/// The headings of a new month, and of a new year where one begins.
fn headings(draft: &mut Draft, before: (Option<i32>, Option<u8>), now: (Option<i32>, Option<u8>)) {
    if before.0 != now.0 {
        draft.heading(2, &now.0.map_or_else(|| "No date".to_owned(), |year| year.to_string()));
    }
    if let Some(name) = now.1.and_then(|month| MONTHS.get(usize::from(month).wrapping_sub(1))) {
        let year = now.0.unwrap_or_default();
        draft.heading(3, &format!("{name} {year}"));
    }
}

fn year(it: &Event) -> Option<i32> {
    it.date.as_ref().and_then(|date| date.earliest).map(|day| day.year)
}

/// The month, if the date says one: `2025` does not.
pub fn month(it: &Event) -> Option<u8> {
    let date = it.date.as_ref()?;
    says_month(date).then_some(date.earliest?.month)
}

fn says_month(date: &Date) -> bool {
    let first = date.written.split('/').next().unwrap_or_default();
    first.trim_start_matches('-').contains('-') || first.contains(' ')
}
