//! Notes: made, found again, changed, taken away, and never given away by accident.
#![allow(clippy::unwrap_used, reason = "a test ends where its setting up fails")]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use dossier::export;
use dossier::library::folder::Root;
use dossier::library::load;
use dossier::reading::Note;
use dossier::tui::app::{Effect, Held, Message};

use super::screens::Desk;

const SIZE: (u16, u16) = (140, 40);
const MEMO: &str = "briefing:chip-memo";

/// The memo with a note on its first paragraph.
fn noted() -> Desk {
    Desk::at(SIZE, MEMO).keys("/in January⏎aask for the long list by 2025-04-01⏎")
}

/// The notes as they were last given to be kept.
fn kept(desk: &Desk) -> Vec<Note> {
    let states = desk.effects.iter().rev().filter_map(|effect| match effect {
        Effect::Keep(state) => Some(state.reading.notes.iter().cloned().collect()),
        _ => None,
    });
    states.into_iter().next().unwrap_or_default()
}

fn words(desk: &Desk) -> Vec<String> {
    kept(desk).iter().map(|note| note.words.to_string()).collect()
}

#[test]
fn a_note_is_kept_with_the_words_it_is_on() {
    let notes = kept(&noted());
    let [note] = notes.as_slice() else { panic!("{notes:?}") };
    assert_eq!(note.on.to_string(), MEMO);
    assert!(note.passage.starts_with("The department asked for a shorter list in January."), "{note:?}");
    assert_eq!(&*note.words, "ask for the long list by 2025-04-01");
}

#[test]
fn the_line_says_which_passage_and_what_is_no_date() {
    let desk = Desk::at(SIZE, MEMO).keys("/in January⏎a");
    assert!(desk.screen().contains("on “The department asked"), "{}", desk.screen());
    let desk = desk.keys("ask by 2025-02-30⏎");
    assert!(desk.screen().contains("home does not list it: 2025-02-30 is no date"), "{}", desk.screen());
    assert_eq!(words(&desk), ["ask by 2025-02-30"]);
}

#[test]
fn a_note_is_changed_and_taken_away_where_it_stands() {
    let desk = noted().keys("a now⏎");
    assert_eq!(words(&desk), ["ask for the long list by 2025-04-01 now"]);
    let desk = desk.keys("a^u⏎");
    assert_eq!(words(&desk), Vec::<String>::new());
    assert!(!desk.screen().contains('◆'));
}

#[test]
fn another_passage_is_chosen_from_the_line_and_gets_a_note_of_its_own() {
    let desk = Desk::at(SIZE, MEMO).keys("a↓first⏎a↓second⏎");
    let notes = kept(&desk);
    let said: Vec<&str> = notes.iter().map(|it| it.words.as_str()).collect();
    assert_eq!(said, ["first", "second"]);
    assert!(notes[0].at < notes[1].at && !notes[0].passage.is_empty(), "{notes:?}");
}

#[test]
fn what_is_typed_goes_along_and_replaces_no_other_note() {
    let desk = noted().keys("a↓other words↑⏎");
    assert_eq!(words(&desk), ["ask for the long list by 2025-04-01", "other words"]);
}

#[test]
fn the_line_says_that_a_note_is_changed() {
    assert!(noted().keys("a").screen().contains("change note: ask for"));
    assert!(!noted().keys("a↓").screen().contains("change note"));
}

#[test]
fn leaving_the_line_changes_nothing() {
    let desk = noted().keys("a and more⎋");
    assert_eq!(words(&desk), ["ask for the long list by 2025-04-01"]);
    assert_eq!(words(&Desk::at(SIZE, MEMO).keys("anothing⎋a⏎")), Vec::<String>::new());
}

#[test]
fn the_page_of_notes_leads_to_the_passage_and_changes_the_note() {
    let desk = noted().keys(":notes⏎");
    assert_eq!(desk.page(), "notes");
    let desk = desk.keys("⇥⇥");
    let opened = desk.keys("⏎");
    assert_eq!(opened.page(), MEMO);
    let here = opened.app.reader.as_ref().unwrap();
    assert!(here.sheet.line(here.sheet.here).unwrap().text().starts_with("The department"));
    let changed = noted().keys(":notes⏎⇥⇥a!⏎");
    assert_eq!(words(&changed), ["ask for the long list by 2025-04-01!"]);
    assert_eq!(words(&noted().keys(":notes⏎⇥⇥a^u⏎")), Vec::<String>::new());
}

#[test]
fn home_lists_a_note_that_has_a_date() {
    assert!(noted().keys("1").screen().contains("by 2025-04-01 ask for the long list"));
    assert!(!Desk::at(SIZE, MEMO).keys("asome day⏎1").screen().contains("some day"));
}

#[test]
fn nothing_is_noted_outside_of_briefings() {
    for address in ["actor:ferrier", "home", "topics", "problems"] {
        let desk = Desk::at(SIZE, address).keys("a");
        assert!(desk.screen().contains("notes are made in briefings"), "{address}");
    }
}

#[test]
fn no_page_that_is_saved_holds_a_note_but_the_page_of_notes() {
    for (keys, holds) in [("", false), ("1", false), ("=⎋", false), ("r", false), (":notes⏎", true)] {
        let desk = noted().keys(keys).keys("s⏎^u/tmp/x⏎");
        let text = desk.effects.iter().rev().find_map(|effect| match effect {
            Effect::Write { text, .. } => Some(text.clone()),
            _ => None,
        });
        assert_eq!(text.unwrap().contains("long list by 2025"), holds, "after {keys:?}");
    }
    let page = noted().app.reader.unwrap().page;
    assert_eq!(page.notes.len(), 1);
    for text in [
        export::text(std::slice::from_ref(&page), &export::Options::default()),
        export::markdown(std::slice::from_ref(&page)),
        export::html("x", std::slice::from_ref(&page), None),
        serde_json::to_string(&export::json(&page)).unwrap(),
    ] {
        assert!(!text.contains("long list by 2025"), "{text}");
    }
}

#[test]
fn a_note_follows_its_words_through_a_changed_file_or_is_listed_without_a_place() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("one.md");
    let held = || Held::new(load(Root::open(folder.path()).unwrap()));
    let text = "# One\n\nThe first thing said.\n\nThe ferry is late again.\n";
    fs::write(&file, text).unwrap();
    let mut desk = Desk::at(SIZE, "home");
    desk.tell(Message::Loaded(held(), None));
    let mut desk = desk.keys("oone⏎/ferry⏎awhy⏎");
    assert_eq!(words(&desk), ["why"]);
    let marked = |desk: &Desk| {
        let screen = desk.screen();
        screen.lines().find(|row| row.contains('◆')).map(str::to_owned)
    };
    assert!(marked(&desk).unwrap().contains("The ferry is late"));
    fs::write(&file, text.replace("The first", "New.\n\nNewer.\n\nThe first")).unwrap();
    desk.tell(Message::Loaded(held(), None));
    assert!(marked(&desk).unwrap().contains("The ferry is late"));
    fs::write(&file, "# One\n\nNothing of it is left.\n").unwrap();
    desk.tell(Message::Loaded(held(), None));
    assert_eq!(marked(&desk), None);
    assert!(desk.screen().contains("its passage is gone"));
    fs::remove_file(&file).unwrap();
    desk.tell(Message::Loaded(held(), None));
    let desk = desk.keys(":notes⏎");
    assert!(desk.screen().contains("does not hold it any more") && desk.screen().contains("why"));
}

/// The home of a reader who made a note in the library of these tests.
struct Home {
    folder: tempfile::TempDir,
    library: PathBuf,
    /// What was done in the reader.
    state: PathBuf,
}

impl Home {
    fn noted() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let library = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/reader");
        let name = dossier::store::state(&Root::open(&library).unwrap()).unwrap();
        let state = folder.path().join("dossier/reading").join(name.file_name().unwrap());
        fs::create_dir_all(state.parent().unwrap()).unwrap();
        let kept = noted().effects.into_iter().rev().find_map(|effect| match effect {
            Effect::Keep(state) => state.to_bytes(),
            _ => None,
        });
        fs::write(&state, kept.unwrap()).unwrap();
        Self { folder, library, state }
    }

    fn run(&self, words: &[&str]) -> Output {
        let mut command = Command::new(env!("CARGO_BIN_EXE_dossier"));
        command.arg("-L").arg(&self.library).args(words).env("HOME", self.folder.path());
        for name in ["XDG_STATE_HOME", "XDG_CACHE_HOME", "XDG_CONFIG_HOME"] {
            command.env(name, self.folder.path());
        }
        command.output().unwrap()
    }
}

#[test]
fn the_command_line_asks_what_the_reader_did_and_changes_nothing_of_it() {
    let home = Home::noted();
    let found = |line: &str| {
        let rows =
            String::from_utf8(home.run(&["search", line, "--json", "--limit", "1000"]).stdout).unwrap();
        rows.matches("\"address\":").count()
    };
    let all = found("is:unread");
    assert_eq!((found("has:note"), found("has:note is:unread"), found("is:starred")), (1, 0, 0));
    let listed = home.run(&["list", "briefings", "--", "-has:note"]);
    assert_eq!(String::from_utf8(listed.stdout).unwrap().lines().count(), all);
    for damage in ["{", "{\"version\":99}"] {
        fs::write(&home.state, damage).unwrap();
        let ended = home.run(&["search", "is:unread"]);
        assert_eq!(ended.status.code(), Some(2));
        assert!(String::from_utf8(ended.stderr).unwrap().contains("what you read and starred"));
        assert_eq!(fs::read_to_string(&home.state).unwrap(), damage);
        assert_eq!(home.run(&["search", "chips"]).status.code(), Some(0), "other queries do not need it");
    }
    fs::remove_file(&home.state).unwrap();
    assert_eq!((found("is:unread"), found("has:note")), (all + 1, 0));
    assert!(!home.state.exists());
}

#[test]
fn notes_are_printed_and_exported_only_by_their_name() {
    let home = Home::noted();
    let run = |words: &[&str]| String::from_utf8(home.run(words).stdout).unwrap();
    let noted = "ask for the long list";
    for words in [&["show", "notes"][..], &["export", "notes"], &["show", "notes", "--json"]] {
        assert!(run(words).contains(noted), "{words:?}");
    }
    for words in [
        &["show", MEMO][..],
        &["show", "home"],
        &["export", MEMO, "home"],
        &["show", MEMO, "--json"],
        &["export", MEMO, "--format", "html"],
        &["search", noted],
    ] {
        assert!(!run(words).contains(noted), "{words:?}");
    }
}
