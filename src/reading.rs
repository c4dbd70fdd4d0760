//! What this reader has done: what was read and when, what is starred and noted, where they were.
//!
//! Lives in the reader's own state folder, never in the library. Only the page of notes shows
//! notes whole, so that none leaves with anything else.

mod note;
pub mod state;

use std::collections::{BTreeMap, BTreeSet};

use crate::id::Id;

pub use note::{Note, placed};

/// The state of one reader of one library.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Reading {
    /// Briefings read, with the stamp of the file as it was then; see `Briefing::stamp`.
    pub read: BTreeMap<Id, u64>,
    pub starred: BTreeSet<Id>,
    /// The place last looked at in a page.
    pub places: BTreeMap<Id, usize>,
    pub notes: BTreeSet<Note>,
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
}
