//! What the reader did, kept between runs: one file for each library in the platform's state folder.
//!
//! Two readers of one library share the file: each changes in it only what it changed itself since it last
//! saved, so neither loses what the other did. A file that cannot be understood is set aside, never overwritten.

use std::collections::{BTreeMap, BTreeSet};
use std::io;
use std::path::Path;

use serde::{Deserialize, Serialize};

use crate::date::Date;
use crate::id::Id;
use crate::reading::{Note, Passages, Reading};
use crate::store::kept::{self, Disk, Kept, LONGEST, System};
use crate::text::Text;

/// What is kept.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct State {
    pub reading: Reading,
    pub marks: BTreeMap<char, (Id, usize)>,
}

impl State {
    /// The state that a file holds; `None` for one that is damaged, or that a newer dossier wrote.
    pub fn from_bytes(bytes: &[u8]) -> Option<Self> {
        parse(bytes).ok().map(Into::into)
    }

    /// What a file that holds this state would hold.
    pub fn to_bytes(&self) -> Option<Vec<u8>> {
        serde_json::to_vec(&Written::from(self)).ok()
    }
}

/// The form it has in the file. Addresses are written as everywhere.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
struct Written {
    version: u32,
    #[serde(default)]
    read: BTreeMap<String, u64>,
    #[serde(default)]
    seen: BTreeMap<String, String>,
    #[serde(default)]
    starred: BTreeSet<String>,
    #[serde(default)]
    places: BTreeMap<String, usize>,
    #[serde(default)]
    marks: BTreeMap<char, (String, usize)>,
    #[serde(default)]
    notes: BTreeSet<WrittenNote>,
    /// Queries by the names they were given.
    #[serde(default)]
    searches: BTreeMap<String, String>,
    /// Queries that were asked, and in which order.
    #[serde(default)]
    asked: BTreeMap<String, u64>,
    /// What another version wrote beside; kept as it is.
    #[serde(flatten)]
    other: BTreeMap<String, serde_json::Value>,
}

/// A note as it is written.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
struct WrittenNote {
    on: String,
    at: usize,
    passage: String,
    words: String,
    made: String,
}

impl From<&Note> for WrittenNote {
    fn from(note: &Note) -> Self {
        let Note { on, at, passage, words, made } = note;
        let (on, made) = (on.to_string(), made.to_string());
        Self { on, at: *at, passage: passage.to_string(), words: words.to_string(), made }
    }
}

impl WrittenNote {
    /// The note, if this version can tell what it is on and when it was made.
    fn read(&self) -> Option<Note> {
        let made = Date::parse(&self.made)?.earliest.filter(|day| (1..=9999).contains(&day.year))?;
        let (passage, words) = (Text::line(&self.passage), Text::line(&self.words));
        Some(Note { on: self.on.parse().ok()?, at: self.at, passage, words, made })
    }
}

/// No query or name of one is longer.
const QUERY: usize = 4096;

/// The form that this program writes and reads.
const VERSION: u32 = 1;

impl From<&State> for Written {
    fn from(state: &State) -> Self {
        let reading = &state.reading;
        Self {
            version: VERSION,
            read: reading.read.iter().map(|(id, stamp)| (id.to_string(), *stamp)).collect(),
            seen: reading.seen.iter().map(|(id, it)| (id.to_string(), it.written())).collect(),
            starred: reading.starred.iter().map(Id::to_string).collect(),
            places: reading.places.iter().map(|(id, at)| (id.to_string(), *at)).collect(),
            marks: state.marks.iter().map(|(mark, (id, at))| (*mark, (id.to_string(), *at))).collect(),
            notes: reading.notes.iter().map(WrittenNote::from).collect(),
            searches: reading.searches.iter().map(|(name, it)| (name.to_string(), it.to_string())).collect(),
            asked: reading.asked.iter().map(|(query, nth)| (query.to_string(), *nth)).collect(),
            other: BTreeMap::new(),
        }
    }
}

impl From<Written> for State {
    fn from(written: Written) -> Self {
        let id = |written: &str| written.parse::<Id>().ok();
        let mut reading = Reading::default();
        reading.read.extend(written.read.iter().filter_map(|(it, stamp)| Some((id(it)?, *stamp))));
        let passages = |(it, sums): (&String, &String)| Some((id(it)?, Passages::read(sums)?));
        reading.seen.extend(written.seen.iter().filter_map(passages));
        reading.starred.extend(written.starred.iter().filter_map(|it| id(it)));
        reading.places.extend(written.places.iter().filter_map(|(it, at)| Some((id(it)?, *at))));
        reading.notes.extend(written.notes.iter().filter_map(WrittenNote::read));
        let line = |written: &str| Some(Text::line(written)).filter(|it| !it.is_empty() && it.len() <= QUERY);
        let searches = written.searches.iter().filter_map(|(name, it)| Some((line(name)?, line(it)?)));
        reading.searches.extend(searches);
        reading.asked.extend(written.asked.iter().filter_map(|(it, nth)| Some((line(it)?, *nth))));
        let marks = written.marks.iter().filter_map(|(mark, (it, at))| Some((*mark, (id(it)?, *at))));
        Self { reading, marks: marks.collect() }
    }
}

impl Written {
    /// Changes here what differs between `base` and `ours`, and nothing else.
    fn follow(&mut self, base: &Self, ours: &Self) {
        follow(&mut self.read, &base.read, &ours.read);
        follow(&mut self.seen, &base.seen, &ours.seen);
        follow(&mut self.places, &base.places, &ours.places);
        follow(&mut self.marks, &base.marks, &ours.marks);
        follow(&mut self.searches, &base.searches, &ours.searches);
        follow(&mut self.asked, &base.asked, &ours.asked);
        follow_set(&mut self.starred, &base.starred, &ours.starred);
        follow_set(&mut self.notes, &base.notes, &ours.notes);
    }
}

/// Takes out of `theirs` what `ours` has no more, and puts in what is new there.
fn follow_set<T: Ord + Clone>(theirs: &mut BTreeSet<T>, base: &BTreeSet<T>, ours: &BTreeSet<T>) {
    theirs.retain(|it| ours.contains(it) || !base.contains(it));
    theirs.extend(ours.difference(base).cloned());
}

/// Changes in `theirs` the entries that differ between `base` and `ours`.
fn follow<K: Ord + Clone, V: PartialEq + Clone>(
    theirs: &mut BTreeMap<K, V>,
    base: &BTreeMap<K, V>,
    ours: &BTreeMap<K, V>,
) {
    theirs.retain(|key, _| ours.contains_key(key) || !base.contains_key(key));
    let changed = ours.iter().filter(|(key, value)| base.get(*key) != Some(*value));
    theirs.extend(changed.map(|(key, value)| (key.clone(), value.clone())));
}

/// Why a file is no state that this program can read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Strange {
    Damaged,
    /// Written by a version of dossier that is newer than this one.
    Newer,
}

impl Strange {
    fn word(self) -> &'static str {
        match self {
            Self::Damaged => "damaged",
            Self::Newer => "newer",
        }
    }
}

fn parse(bytes: &[u8]) -> Result<Written, Strange> {
    if bytes.len() as u64 > LONGEST {
        return Err(Strange::Damaged);
    }
    let version = |value: &serde_json::Value| value.get("version").and_then(serde_json::Value::as_u64);
    match serde_json::from_slice::<Written>(bytes) {
        Ok(written) if written.version <= VERSION => Ok(written),
        _ => match serde_json::from_slice(bytes).ok().as_ref().and_then(version) {
            Some(version) if version > u64::from(VERSION) => Err(Strange::Newer),
            _ => Err(Strange::Damaged),
        },
    }
}

/// Reads the state and changes nothing, be it damaged; nothing was done where there is none.
///
/// # Errors
/// It cannot be read or understood.
pub fn look(file: &Path) -> Result<State, Text> {
    let trouble = |why: &str| Text::line(&format!("what you read and starred {why}"));
    match kept::read(&System, file) {
        Ok(Some(bytes)) => match parse(&bytes) {
            Ok(written) => Ok(written.into()),
            Err(Strange::Newer) => Err(trouble("is kept in the form of a newer dossier")),
            Err(Strange::Damaged) => Err(trouble("is damaged; the reader mends it when it starts")),
        },
        Ok(None) => Ok(State::default()),
        Err(error) => Err(trouble(&format!("could not be read: {error}"))),
    }
}

/// Reads the state; what is wrong with it is said beside.
pub fn load(file: &Path) -> (State, Option<Text>) {
    let read = match kept::read(&System, file) {
        Ok(Some(bytes)) => parse(&bytes),
        Ok(None) => return (State::default(), None),
        Err(error) => {
            return (
                State::default(),
                Some(Text::line(&format!("what you read and starred could not be read: {error}"))),
            );
        }
    };
    if let Ok(written) = read {
        return (written.into(), None);
    }
    match rescue(file) {
        Ok((written, trouble)) => (written.into(), trouble),
        Err(error) => (
            State::default(),
            Some(Text::line(&format!(
                "what you read and starred is damaged, and could not be set aside: {error}"
            ))),
        ),
    }
}

fn rescue(file: &Path) -> io::Result<(Written, Option<Text>)> {
    rescued(&Kept::hold(&System, file)?, file)
}

/// What the file holds; one that cannot be understood is set aside, and the copy of before is taken.
fn rescued(kept: &Kept<'_>, file: &Path) -> io::Result<(Written, Option<Text>)> {
    let empty = || Written::from(&State::default());
    let Some(bytes) = kept.read()? else { return Ok((empty(), None)) };
    let strange = match parse(&bytes) {
        Ok(written) => return Ok((written, None)),
        Err(strange) => strange,
    };
    let aside = kept.set_aside(strange.word())?;
    let aside = aside.to_string_lossy();
    let before = kept::read(&System, &kept::before(file)).ok().flatten();
    let before = before.and_then(|bytes| parse(&bytes).ok());
    let what = match (strange, &before) {
        (Strange::Newer, _) => "what you read and starred is kept in the form of a newer dossier",
        (Strange::Damaged, Some(_)) => "what you read and starred was damaged; the copy of before is used",
        (Strange::Damaged, None) => "what you read and starred was damaged",
    };
    Ok((before.unwrap_or_else(empty), Some(Text::line(&format!("{what}; the file is now {aside}")))))
}

/// Writes what changed between `base`, which this reader last saved or read, and `ours`. What is told: a
/// file that could not be understood and was set aside.
pub fn save(file: &Path, base: &State, ours: &State) -> io::Result<Option<Text>> {
    save_on(&System, file, base, ours)
}

fn save_on(disk: &dyn Disk, file: &Path, base: &State, ours: &State) -> io::Result<Option<Text>> {
    let kept = Kept::hold(disk, file)?;
    let (found, told) = rescued(&kept, file)?;
    let mut written = found.clone();
    written.follow(&base.into(), &ours.into());
    if written != found {
        kept.write(&serde_json::to_vec(&written)?)?;
    }
    Ok(told)
}

#[cfg(test)]
mod tests;
