//! Dates in a query: as EDTF writes them, or in words that count from today. Weeks begin on Monday.

use jiff::civil;
use jiff::{Span as Time, ToSpan};

use super::Span;
use crate::date::{Date, Day};

/// The days that `A..B` means, where either side may be open; else those of a single date. Tells whether
/// the sides had to be exchanged.
pub(super) fn range(value: &str, today: Day) -> Option<(Span, bool)> {
    let Some((from, to)) = value.split_once("..").filter(|_| !value.contains('/')) else {
        return Some((span(value, today)?, false));
    };
    let side = |side: &str| match side.trim() {
        "" => Some(None),
        date => span(date, today).map(Some),
    };
    let (from, to) = (side(from)?, side(to.trim_start_matches('.'))?);
    let between = |from: Option<Span>, to: Option<Span>| Span {
        from: from.and_then(|span| span.from),
        to: to.and_then(|span| span.to),
    };
    let asked = between(from, to);
    let backwards = matches!((asked.from, asked.to), (Some(from), Some(to)) if to < from);
    Some((if backwards { between(to, from) } else { asked }, backwards))
}

/// The days that one date, written or in words, can mean.
pub(super) fn span(value: &str, today: Day) -> Option<Span> {
    if let Some((from, to)) = words(value, today) {
        return Some(Span { from: Some(from), to: Some(to) });
    }
    let date = Date::parse(value)?;
    let told = |day: Option<Day>| day.is_none_or(|day| (0..=9999).contains(&day.year));
    (told(date.earliest) && told(date.latest)).then_some(Span { from: date.earliest, to: date.latest })
}

/// The day before.
pub(super) fn before(day: Day) -> Option<Day> {
    Some(shown(civil_of(day)?.yesterday().ok()?)).filter(|day| day.year >= 0)
}

/// `today`, `yesterday`, `"last week"`, `"this month"`, `"last 30 days"`…
fn words(value: &str, today: Day) -> Option<(Day, Day)> {
    let now = civil_of(today)?;
    let lower = value.trim().to_lowercase().replace(['-', '_'], " ");
    let words: Vec<&str> = lower.split_whitespace().collect();
    let (first, last) = match words[..] {
        ["today"] => (now, now),
        ["yesterday"] => (now.yesterday().ok()?, now.yesterday().ok()?),
        ["tomorrow"] => (now.tomorrow().ok()?, now.tomorrow().ok()?),
        ["this", unit] => period(now, unit)?,
        ["last" | "past" | "previous", unit] => period(now.checked_sub(one(unit)?).ok()?, unit)?,
        ["next", unit] => period(now.checked_add(one(unit)?).ok()?, unit)?,
        ["last" | "past", count, unit] => {
            let count: i64 = count.parse().ok().filter(|count| (1..=9999).contains(count))?;
            (
                now.checked_sub(one(unit.strip_suffix('s').unwrap_or(unit))?.checked_mul(count).ok()?)
                    .ok()?,
                now,
            )
        }
        _ => return None,
    };
    Some((shown(first), shown(last))).filter(|(first, last)| first.year >= 0 && last.year >= 0)
}

fn one(unit: &str) -> Option<Time> {
    Some(match unit {
        "day" => 1.day(),
        "week" => 1.week(),
        "month" => 1.month(),
        "year" => 1.year(),
        _ => return None,
    })
}

/// The week, month or year that `day` lies in.
fn period(day: civil::Date, unit: &str) -> Option<(civil::Date, civil::Date)> {
    Some(match unit {
        "week" => {
            let monday = day.checked_sub(i64::from(day.weekday().to_monday_zero_offset()).days()).ok()?;
            (monday, monday.checked_add(6.days()).ok()?)
        }
        "month" => (day.first_of_month(), day.last_of_month()),
        "year" => (day.first_of_year(), day.last_of_year()),
        _ => return None,
    })
}

fn civil_of(day: Day) -> Option<civil::Date> {
    civil::Date::new(
        i16::try_from(day.year).ok()?,
        i8::try_from(day.month).ok()?,
        i8::try_from(day.day).ok()?,
    )
    .ok()
}

fn shown(day: civil::Date) -> Day {
    Day { year: day.year().into(), month: day.month().unsigned_abs(), day: day.day().unsigned_abs() }
}
