//! What this reader has done: what was read and when, what is starred and noted, where they were.
//!
//! Lives in the reader's own state folder, never in the library. Only the page of notes shows
//! notes whole, so that none leaves with anything else.

mod note;
mod seen;
pub mod state;

use std::collections::{BTreeMap, BTreeSet};

use crate::id::Id;
use crate::text::Text;

/// So many queries are remembered.
const ASKED: usize = 100;

pub use note::{Note, placed};
pub use seen::{Changes, Passages, Summed};

/// The state of one reader of one library.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Reading {
    /// Briefings read, with the stamp of the file as it was then; see `Briefing::stamp`.
    pub read: BTreeMap<Id, u64>,
    /// Briefings as they were when they were last open.
    pub seen: BTreeMap<Id, Passages>,
    pub starred: BTreeSet<Id>,
    /// The place last looked at in a page.
    pub places: BTreeMap<Id, usize>,
    pub notes: BTreeSet<Note>,
    /// Queries that were given a name, by it.
    pub searches: BTreeMap<Text, Text>,
    /// Queries that were asked; the greater the number, the later.
    pub asked: BTreeMap<Text, u64>,
}

/// Whether a briefing was read, and whether its file changed since.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Seen {
    New,
    Changed,
    Read,
}

impl Reading {
    /// The notes on a briefing, in the order of their places.
    pub fn notes_on(&self, briefing: &Id) -> Vec<&Note> {
        self.notes.iter().filter(|it| it.on == *briefing).collect()
    }

    pub fn seen(&self, briefing: &Id, stamp: u64) -> Seen {
        match self.read.get(briefing) {
            None => Seen::New,
            Some(read) if *read == stamp => Seen::Read,
            Some(_) => Seen::Changed,
        }
    }

    /// Notes that `query` was asked. Of very many the oldest are forgotten.
    pub fn ask(&mut self, query: &str) {
        let last = self.asked.values().max().copied().unwrap_or_default();
        self.asked.insert(Text::line(query), last.saturating_add(1));
        while self.asked.len() > ASKED {
            let oldest = self.asked.iter().min_by_key(|(_, nth)| **nth).map(|(query, _)| query.clone());
            oldest.and_then(|query| self.asked.remove(&query));
        }
    }

    /// The queries that were asked, the latest first.
    pub fn asked_lately(&self) -> Vec<&Text> {
        let mut asked: Vec<(&Text, &u64)> = self.asked.iter().collect();
        asked.sort_by_key(|(query, nth)| (std::cmp::Reverse(**nth), *query));
        asked.into_iter().map(|(query, _)| query).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_latest_queries_come_first_and_the_oldest_are_forgotten() {
        let mut reading = Reading::default();
        for query in (0..=ASKED).map(|nth| format!("query {nth}")).chain(["query 5".to_owned()]) {
            reading.ask(&query);
        }
        let asked = reading.asked_lately();
        assert_eq!((asked.len(), asked[0].as_str(), asked[1].as_str()), (ASKED, "query 5", "query 100"));
        assert!(!reading.asked.contains_key("query 0"));
    }
}
