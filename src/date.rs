//! Dates as EDTF writes them: shown as written, sorted by their earliest day.

use std::fmt;

use crate::text::Text;

/// One day of the proleptic Gregorian calendar. A year or month of which no day is known sorts by its first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Day {
    pub year: i32,
    pub month: u8,
    pub day: u8,
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
