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
use crate::reading::{Note, Reading};
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
mod tests {
    use super::*;
    use crate::date::Day;
    use crate::id::Kind;
    use std::fs;

    fn state() -> State {
        let mut state = State::default();
        let id = Id::new(Kind::Briefing, "a/b");
        state.reading.read.insert(id.clone(), u64::MAX);
        state.reading.starred.insert(Id::new(Kind::Actor, "nvidia"));
        state.reading.places.insert(id.clone(), 1234);
        state.marks.insert('x', (id, 7));
        state.reading.notes.insert(note("ask"));
        state.reading.searches.insert("chips".into(), "actor:nvidia chips".into());
        state.reading.ask("licences");
        state
    }

    fn note(words: &str) -> Note {
        let (on, made) = (Id::new(Kind::Briefing, "a/b"), Day { year: 2025, month: 4, day: 9 });
        Note { on, at: 7, passage: Text::line("So it began"), words: Text::line(words), made }
    }

    fn keep(file: &Path, state: &State) {
        assert_eq!(save(file, &State::default(), state).unwrap(), None);
    }

    #[test]
    fn what_is_kept_comes_back() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("deep/er/state.json");
        keep(&file, &state());
        assert_eq!(load(&file), (state(), None));
    }

    #[test]
    fn nothing_kept_is_no_trouble() {
        assert_eq!(load(Path::new("/nowhere/state.json")), (State::default(), None));
    }

    #[test]
    fn a_damaged_file_is_set_aside_and_nothing_is_overwritten() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("state.json");
        let damages = [&b"{"[..], b"\xff\xfe", b"[]", b"", b"{\"version\": -1}"];
        for (at, damage) in damages.into_iter().enumerate() {
            fs::write(&file, damage).unwrap();
            let (state, trouble) = load(&file);
            assert_eq!(state, State::default());
            assert!(trouble.unwrap().contains("damaged"));
            assert_eq!(fs::read(folder.path().join(format!("state.damaged-{}", at + 1))).unwrap(), damage);
            assert!(!file.exists());
        }
    }

    #[test]
    fn a_file_that_is_longer_than_any_state_is_set_aside_unread() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("state.json");
        keep(&file, &state());
        let whole = fs::read(&file).unwrap();
        for (length, past) in [(LONGEST, false), (LONGEST + 1, true)] {
            let mut text = whole.clone();
            text.resize(usize::try_from(length).unwrap(), b' ');
            fs::write(&file, &text).unwrap();
            let (_, trouble) = load(&file);
            assert_eq!(trouble.is_some(), past, "{trouble:?}");
            assert_eq!(folder.path().join("state.damaged-1").exists(), past);
        }
    }

    #[test]
    fn after_damage_the_copy_of_before_is_used() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("state.json");
        keep(&file, &state());
        let newer = State { marks: BTreeMap::new(), ..state() };
        save(&file, &state(), &newer).unwrap();
        fs::write(&file, b"{\"version\":1,\"th").unwrap();
        let (state_read, trouble) = load(&file);
        assert_eq!(state_read, state());
        assert!(trouble.unwrap().contains("the copy of before is used"));
    }

    #[test]
    fn a_file_of_a_newer_version_is_set_aside_whole() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("state.json");
        let newer = b"{\"version\": 99, \"read\": [1]}";
        fs::write(&file, newer).unwrap();
        let told = save(&file, &State::default(), &state()).unwrap().unwrap();
        assert!(told.contains("a newer dossier"), "{told}");
        assert_eq!(fs::read(folder.path().join("state.newer-1")).unwrap(), newer);
        assert_eq!(load(&file), (state(), None));
    }

    #[test]
    fn what_another_version_wrote_beside_stays() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("state.json");
        fs::write(&file, b"{\"version\":1,\"later\":{\"a\":[1]},\"read\":{\"strange:x\":5}}").unwrap();
        keep(&file, &state());
        let written = fs::read_to_string(&file).unwrap();
        assert!(
            written.contains("\"later\":{\"a\":[1]}") && written.contains("\"strange:x\":5"),
            "{written}"
        );
    }

    #[test]
    fn two_readers_lose_nothing_of_each_other() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("state.json");
        let (one, two) = (Id::new(Kind::Actor, "one"), Id::new(Kind::Actor, "two"));
        keep(&file, &state());
        let (mut mine, mut theirs) = (state(), state());
        mine.reading.starred.insert(one.clone());
        mine.reading.read.clear();
        mine.reading.searches.insert("mine".into(), "one".into());
        mine.reading.ask("first");
        theirs.reading.starred.insert(two.clone());
        theirs.marks.clear();
        theirs.reading.searches.remove("chips");
        theirs.reading.ask("second");
        save(&file, &state(), &mine).unwrap();
        save(&file, &state(), &theirs).unwrap();
        let (both, _) = load(&file);
        assert!(both.reading.starred.contains(&one) && both.reading.starred.contains(&two));
        assert!(both.reading.read.is_empty(), "what one marked as unread stays unread");
        assert!(both.marks.is_empty());
        assert_eq!(both.reading.searches.keys().map(Text::as_str).collect::<Vec<_>>(), ["mine"]);
        assert_eq!(both.reading.asked_lately(), ["first", "second", "licences"]);
        // Saved again with nothing new, neither takes back what the other did.
        save(&file, &mine, &mine).unwrap();
        assert_eq!(load(&file).0, both);
    }

    /// What is kept after two readers at once saved a hundred times each, `change` made before each.
    fn of_two_readers(change: impl Fn(&mut State, &str, usize) + Sync) -> State {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("state.json");
        std::thread::scope(|scope| {
            for reader in ["one", "two"] {
                let (file, change) = (&file, &change);
                scope.spawn(move || {
                    let mut base = State::default();
                    for at in 0..100 {
                        let mut next = base.clone();
                        change(&mut next, reader, at);
                        save(file, &base, &next).unwrap();
                        base = next;
                    }
                });
            }
        });
        load(&file).0
    }

    #[test]
    fn a_thousand_marks_of_each_of_two_readers_at_once_are_all_there() {
        let kept = of_two_readers(|state, reader, at| {
            let ids = (0..10).map(|n| Id::new(Kind::Briefing, format!("{reader}-{at}-{n}")));
            state.reading.starred.extend(ids);
        });
        assert_eq!(kept.reading.starred.len(), 2000);
    }

    #[test]
    fn a_thousand_notes_of_each_of_two_readers_at_once_are_all_there() {
        let kept = of_two_readers(|state, reader, at| {
            state.reading.notes.extend((0..10).map(|n| note(&format!("{reader} {at} {n}"))));
        });
        assert_eq!(kept.reading.notes.len(), 2000);
    }

    #[test]
    fn of_a_note_that_two_readers_edit_both_forms_are_kept_and_one_that_is_edited_outlives_a_removal() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("state.json");
        let with = |words: &[&str]| {
            let mut state = State::default();
            state.reading.notes.extend(words.iter().map(|it| note(it)));
            state
        };
        let old = with(&["ask", "read"]);
        keep(&file, &old);
        save(&file, &old, &with(&["ask the mayor", "read"])).unwrap();
        save(&file, &old, &with(&["ask the port", "read"])).unwrap();
        save(&file, &old, &with(&["read"])).unwrap();
        assert_eq!(load(&file).0, with(&["ask the mayor", "ask the port", "read"]));
    }

    #[test]
    fn a_note_that_this_version_cannot_read_stays_in_the_file() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("state.json");
        let strange = r#"{"on":"strange:x","at":1,"passage":"p","words":"w","made":"never"}"#;
        fs::write(&file, format!("{{\"version\":1,\"notes\":[{strange}]}}")).unwrap();
        keep(&file, &state());
        assert!(fs::read_to_string(&file).unwrap().contains(strange));
        assert_eq!(load(&file).0, state());
    }

    /// A disk on which calls fail from one of them on, or only that one.
    struct Failing {
        left: std::cell::Cell<usize>,
        once: bool,
        /// The failed write had written half.
        half: bool,
    }

    impl Failing {
        fn call(&self) -> io::Result<()> {
            let left = self.left.get();
            if left != 0 {
                self.left.set(left.saturating_sub(1));
                return Ok(());
            }
            if self.once {
                self.left.set(usize::MAX);
            }
            Err(io::Error::from(io::ErrorKind::StorageFull))
        }
    }

    impl Disk for Failing {
        fn read(&self, path: &Path) -> io::Result<Vec<u8>> {
            self.call().and_then(|()| System.read(path))
        }
        fn create(&self, path: &Path) -> io::Result<fs::File> {
            self.call().and_then(|()| System.create(path))
        }
        fn write(&self, file: &mut fs::File, bytes: &[u8]) -> io::Result<()> {
            let done = self.call();
            if done.is_err() && self.half {
                System.write(file, &bytes[..bytes.len() / 2])?;
            }
            done.and_then(|()| System.write(file, bytes))
        }
        fn sync(&self, file: &fs::File) -> io::Result<()> {
            self.call().and_then(|()| System.sync(file))
        }
        fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
            self.call().and_then(|()| System.rename(from, to))
        }
        fn remove(&self, path: &Path) -> io::Result<()> {
            self.call().and_then(|()| System.remove(path))
        }
        fn link(&self, from: &Path, to: &Path) -> io::Result<()> {
            self.call().and_then(|()| System.link(from, to))
        }
        fn sync_folder(&self, folder: &Path) -> io::Result<()> {
            self.call().and_then(|()| System.sync_folder(folder))
        }
    }

    /// Far more calls than saving makes.
    const CALLS: usize = 30;

    #[test]
    fn whatever_call_fails_the_state_is_the_old_one_or_the_new_one() {
        let new = State { marks: BTreeMap::new(), ..state() };
        let mut failures = 0;
        for (once, half) in [(true, false), (true, true), (false, false), (false, true)] {
            for call in 0..CALLS {
                let folder = tempfile::tempdir().unwrap();
                let file = folder.path().join("state.json");
                keep(&file, &state());
                let disk = Failing { left: call.into(), once, half };
                let saved = save_on(&disk, &file, &state(), &new);
                failures += usize::from(saved.is_err());
                let (found, trouble) = load(&file);
                assert!(found == state() || found == new, "call {call}: {found:?}");
                assert!(saved.is_err() || found == new, "call {call} says saved");
                assert_eq!(trouble, None, "call {call}");
                // The next time it is saved as if nothing had been.
                assert_eq!(save(&file, &state(), &new).unwrap(), None, "call {call}");
                assert_eq!(load(&file), (new.clone(), None), "call {call}");
            }
        }
        assert!(failures > 16, "{failures}");
    }

    #[test]
    fn a_damaged_file_is_never_lost_whatever_call_fails() {
        for call in 0..CALLS {
            let folder = tempfile::tempdir().unwrap();
            let file = folder.path().join("state.json");
            fs::write(&file, b"damaged").unwrap();
            let disk = Failing { left: call.into(), once: false, half: true };
            let _failed = save_on(&disk, &file, &State::default(), &state());
            let kept = fs::read_dir(folder.path()).unwrap().flatten();
            let kept = kept.filter(|it| fs::read(it.path()).unwrap() == b"damaged").count();
            assert_eq!(kept, 1, "call {call}");
        }
    }

    #[cfg(unix)]
    #[test]
    fn nobody_else_can_read_it() {
        use std::os::unix::fs::PermissionsExt;
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("state.json");
        keep(&file, &state());
        save(&file, &state(), &State::default()).unwrap();
        for name in ["state.json", "state.before", "state.lock"] {
            let mode = fs::metadata(folder.path().join(name)).unwrap().permissions().mode();
            assert_eq!(mode & 0o777, 0o600, "{name}");
        }
        assert_eq!(fs::metadata(&file).unwrap().permissions().mode() & 0o777, 0o600);
    }
}
