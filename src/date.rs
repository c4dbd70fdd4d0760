//! Dates as EDTF writes them: shown as written, sorted by their earliest day.
//!
//! EDTF levels 0 and 1, and the forms people write: `January 21, 2025`, `2025/01/21`, YAML's timestamps.

use std::fmt;

use crate::text::Text;

/// One day of the proleptic Gregorian calendar. A year or month of which no day is known sorts by its first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Day {
    pub year: i32,
    pub month: u8,
    pub day: u8,
}

impl Day {
    /// The day, if the calendar has it.
    pub fn new(year: i32, month: u8, day: u8) -> Option<Self> {
        let known = (1..=12).contains(&month) && (1..=days_in(year, month)).contains(&day);
        known.then_some(Self { year, month, day })
    }

    /// The day it is here, by the system's clock and time zone.
    pub fn today() -> Self {
        let now = jiff::Zoned::now();
        let (year, month, day) = (now.year(), now.month(), now.day());
        Self { year: year.into(), month: month.unsigned_abs(), day: day.unsigned_abs() }
    }
}

impl fmt::Display for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}-{:02}", self.year, self.month, self.day)
    }
}

/// A date or an interval as written, with the earliest and the latest day it can mean.
///
/// `earliest` is `None` for text that is no date and for `../2025`; `latest` is `None` for `2025/..`.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Date {
    pub written: Text,
    pub earliest: Option<Day>,
    pub latest: Option<Day>,
}

impl Date {
    /// The date that `written` means; `None` if it means none, as `soon` and `2025-02-30` do.
    pub fn parse(written: &str) -> Option<Self> {
        let written = written.trim();
        let (earliest, latest) =
            if let Some(days) = single(written) { (Some(days.0), Some(days.1)) } else { interval(written)? };
        Some(Self { written: Text::line(shown(written)), earliest, latest })
    }

    /// Text that stands where a date should, of which no day is known.
    pub fn as_written(written: &str) -> Self {
        Self { written: Text::line(written), earliest: None, latest: None }
    }
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.written.fmt(f)
    }
}

impl serde::Serialize for Date {
    fn serialize<S: serde::Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        self.written.serialize(to)
    }
}

/// The first and the last day that something written can mean.
type Days = (Day, Day);

/// `written` without the seconds and the zone that only a program writes: `2025-01-21 10:00:00 -0500`.
fn shown(written: &str) -> &str {
    match timestamp(written) {
        Some((day, time)) if time.matches(':').count() >= 2 || day.len() == written.len() => day,
        _ => written,
    }
}

/// The parts of `2025-01-21T10:00:00Z` and its like, if `written` is one.
fn timestamp(written: &str) -> Option<(&str, &str)> {
    let (day, rest) = written.split_at_checked(10)?;
    let time = rest.trim_start_matches(['T', 't', ' ']);
    let timed = time.len() < rest.len() && time.as_bytes().first().is_some_and(u8::is_ascii_digit);
    (timed && time.contains(':')).then_some((day, time))
}

fn single(written: &str) -> Option<Days> {
    if let Some((day, _)) = timestamp(written) {
        return edtf(day);
    }
    edtf(written).or_else(|| slashed(written)).or_else(|| compact(written)).or_else(|| named(written))
}

/// `2025-02-04/2025-02-05`, `2025/..`, `../2025`; an end left empty is unknown, which sorts as open.
fn interval(written: &str) -> Option<(Option<Day>, Option<Day>)> {
    let (from, to) = written.split_once('/')?;
    let end = |side: &str| match side.trim() {
        "" | ".." => Some(None),
        date => edtf(date).map(Some),
    };
    match (end(from)?, end(to)?) {
        (None, None) => None,
        (Some((first, _)), Some((_, last))) if last < first => None,
        (from, to) => Some((from.map(|days| days.0), to.map(|days| days.1))),
    }
}

/// `2025`, `2025-01`, `2025-01-21`, with `~`, `?`, `%` at any part, `X` for unknown digits, and seasons (21 to 24).
fn edtf(written: &str) -> Option<Days> {
    let (before_common_era, rest) = match written.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, written),
    };
    let mut parts = rest.split('-').map(|part| part.trim_matches(['~', '?', '%']));
    let (mut first, mut last) = year(parts.next()?)?;
    if before_common_era {
        (first, last) = (-last, -first);
    }
    let month = parts.next();
    let day = parts.next();
    if parts.next().is_some() {
        return None;
    }
    let (from, to) = months(month)?;
    match day {
        None | Some("XX") => Some((Day::new(first, from, 1)?, Day::new(last, to, days_in(last, to))?)),
        Some(day) => {
            let day = two_digits(day)?;
            Some((Day::new(first, from, day)?, Day::new(last, to, day)?))
        }
    }
}

/// The years that `2025`, `202X` or `20XX` can mean.
fn year(written: &str) -> Option<(i32, i32)> {
    let known = written.trim_end_matches('X');
    if written.len() != 4 || known.is_empty() || !known.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let unknown = 10_i32.pow(u32::try_from(written.len() - known.len()).ok()?);
    let first = known.parse::<i32>().ok()? * unknown;
    Some((first, first + unknown - 1))
}

/// The months that `01`, `XX`, a season or nothing can mean.
fn months(written: Option<&str>) -> Option<(u8, u8)> {
    match written {
        None | Some("XX") => Some((1, 12)),
        Some("0X") => Some((1, 9)),
        Some("1X") => Some((10, 12)),
        Some(month) => match two_digits(month)? {
            month @ 1..=12 => Some((month, month)),
            21 => Some((3, 5)),
            22 => Some((6, 8)),
            23 => Some((9, 11)),
            24 => Some((12, 12)),
            _ => None,
        },
    }
}

fn two_digits(written: &str) -> Option<u8> {
    let digits = written.len() == 2 && written.bytes().all(|byte| byte.is_ascii_digit());
    digits.then(|| written.parse().ok())?
}

/// `2025/01/21` and `2025/01`.
fn slashed(written: &str) -> Option<Days> {
    let parts = written.split('/').count();
    let month = written.split('/').nth(1)?;
    let short = (2..=3).contains(&parts) && two_digits(month).is_some();
    short.then(|| edtf(&written.replace('/', "-")))?
}

/// `20250121`.
fn compact(written: &str) -> Option<Days> {
    let digits = written.len() == 8 && written.bytes().all(|byte| byte.is_ascii_digit());
    let day = Day::new(
        written.get(..4).filter(|_| digits)?.parse().ok()?,
        written.get(4..6)?.parse().ok()?,
        written.get(6..)?.parse().ok()?,
    )?;
    Some((day, day))
}

const MONTHS: [&str; 12] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];

const WEEKDAYS: [&str; 7] = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];

/// `January 21, 2025`, `21 January 2025`, `Tue, 21st Jan. 2025`, `January 2025`.
fn named(written: &str) -> Option<Days> {
    if written.len() > 40 || !written.is_ascii() {
        return None;
    }
    let lower = written.to_ascii_lowercase();
    let mut words: Vec<&str> =
        lower.split([' ', ',', '.', '-']).filter(|word| !word.is_empty() && *word != "of").collect();
    if words.first().is_some_and(|word| starts_one_of(word, &WEEKDAYS).is_some()) {
        words.remove(0);
    }
    let (day, month, year) = match words[..] {
        [month, year] => (None, month, year),
        [first, second, year] if starts_one_of(first, &MONTHS).is_some() => (Some(second), first, year),
        [first, second, year] => (Some(first), second, year),
        _ => return None,
    };
    let month = u8::try_from(starts_one_of(month, &MONTHS)? + 1).ok()?;
    let year = self::year(year).filter(|(first, last)| first == last)?.0;
    let Some(day) = day else {
        return Some((Day::new(year, month, 1)?, Day::new(year, month, days_in(year, month))?));
    };
    let day = day.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    let day = Day::new(year, month, day.parse().ok()?)?;
    Some((day, day))
}

/// Which of `names` the word is, or is the first three letters or more of.
fn starts_one_of(word: &str, names: &[&str]) -> Option<usize> {
    names.iter().position(|name| word.len() >= 3 && name.starts_with(word))
}

fn days_in(year: i32, month: u8) -> u8 {
    match month {
        4 | 6 | 9 | 11 => 30,
        2 if year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) => 29,
        2 => 28,
        _ => 31,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `earliest..latest` of what is written, or `-`.
    fn days(written: &str) -> String {
        let show = |day: Option<Day>| day.map_or_else(String::new, |day| day.to_string());
        match Date::parse(written) {
            Some(date) => format!("{}..{}", show(date.earliest), show(date.latest)),
            None => "-".to_owned(),
        }
    }

    #[test]
    fn edtf_dates_mean_their_first_and_last_day() {
        for (written, means) in [
            ("2025", "2025-01-01..2025-12-31"),
            ("2025-02", "2025-02-01..2025-02-28"),
            ("2024-02", "2024-02-01..2024-02-29"),
            ("2025-01-21", "2025-01-21..2025-01-21"),
            ("2025-01-21~", "2025-01-21..2025-01-21"),
            ("2025?", "2025-01-01..2025-12-31"),
            ("2025-10%", "2025-10-01..2025-10-31"),
            ("2025-~10-21", "2025-10-21..2025-10-21"),
            ("202X", "2020-01-01..2029-12-31"),
            ("20XX", "2000-01-01..2099-12-31"),
            ("2025-XX", "2025-01-01..2025-12-31"),
            ("2025-01-XX", "2025-01-01..2025-01-31"),
            ("2025-21", "2025-03-01..2025-05-31"),
            ("-0044-03-15", "-044-03-15..-044-03-15"),
        ] {
            assert_eq!(days(written), means, "{written}");
        }
    }

    #[test]
    fn intervals_may_be_open_or_unknown_at_one_end() {
        for (written, means) in [
            ("2025-02-04/2025-02-05", "2025-02-04..2025-02-05"),
            ("2024/2025", "2024-01-01..2025-12-31"),
            ("2025-02/..", "2025-02-01.."),
            ("../2025", "..2025-12-31"),
            ("2025/", "2025-01-01.."),
            ("2025-02-05/2025-02-04", "-"),
            ("../..", "-"),
        ] {
            assert_eq!(days(written), means, "{written}");
        }
    }

    #[test]
    fn the_usual_forms_are_read() {
        for written in [
            "2025-01-21T10:00:00Z",
            "2025-01-21 10:00:00 -0500",
            "2025-01-21T10:00",
            "January 21, 2025",
            "21 January 2025",
            "Jan 21, 2025",
            "Jan. 21, 2025",
            "Tuesday, January 21st, 2025",
            "21-Jan-2025",
            "2025/01/21",
            "20250121",
            "  2025-01-21 ",
        ] {
            assert_eq!(days(written), "2025-01-21..2025-01-21", "{written}");
        }
        assert_eq!(days("January 2025"), "2025-01-01..2025-01-31");
    }

    #[test]
    fn what_is_no_date_is_none() {
        for written in [
            "",
            "soon",
            "2025-02-30",
            "2025-13",
            "2025-1-2",
            "25",
            "1.10",
            "21/01/2025",
            "2025-01-01-01",
            "Smarch 3, 2025",
            "99999999",
            "2025-00-10",
            "2025-01-00",
            "X",
            "XXXX",
            "2025-01-21x",
            "é025-01-21",
        ] {
            assert_eq!(days(written), "-", "{written}");
        }
    }

    #[test]
    fn a_timestamp_with_seconds_shows_its_day() {
        let written = |text: &str| Date::parse(text).map(|date| date.to_string());
        assert_eq!(written("2025-01-21 10:00:00 -0500").as_deref(), Some("2025-01-21"));
        assert_eq!(written("2025-01-21T10:00Z").as_deref(), Some("2025-01-21T10:00Z"));
        assert_eq!(written("January 21, 2025").as_deref(), Some("January 21, 2025"));
    }

    proptest::proptest! {
        #[test]
        fn reading_a_date_never_panics(written in ".{0,40}") {
            let _ = Date::parse(&written);
        }

        #[test]
        fn every_day_reads_back(year in 1..9999_i32, month in 1..=12_u8, day in 1..=31_u8) {
            if let Some(day) = Day::new(year, month, day) {
                let read = Date::parse(&day.to_string()).and_then(|date| date.earliest);
                proptest::prop_assert_eq!(read, Some(day));
            }
        }
    }
}
