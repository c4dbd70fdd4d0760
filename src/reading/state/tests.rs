//! What is kept comes back whole, whatever happens to the file and whoever else writes to it.

use super::*;
use crate::date::Day;
use crate::id::Kind;
use std::fs;

fn state() -> State {
    let mut state = State::default();
    let id = Id::new(Kind::Briefing, "a/b");
    state.reading.read.insert(id.clone(), u64::MAX);
    state.reading.seen.insert(id.clone(), Passages::read("0000002affffffff").unwrap());
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
    assert!(written.contains("\"later\":{\"a\":[1]}") && written.contains("\"strange:x\":5"), "{written}");
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
