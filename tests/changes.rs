//! What changed in a briefing since it was last read: told, marked, gone to, and kept between runs.
#![allow(clippy::unwrap_used, reason = "a test ends where its setting up fails")]

use std::fs;
use std::path::Path;

use dossier::library::folder::Root;
use dossier::library::load;
use dossier::reading::state::State;
use dossier::tui::app::{Effect, Held, Message};
use dossier::tui::keys::Action;

use super::screens::Desk;

const TEXT: &str = "# One\n\nThe first thing said.\n\n- a point\n- another point\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\nThe ferry is late again.\n\nThe end.\n";

/// A library of one text, with a reader that does what `script` says in it.
fn desk(folder: &Path, state: Option<State>, script: &str) -> Desk {
    let mut desk = Desk::open((80, 24));
    reload(&mut desk, folder, state);
    desk.keys(script)
}

fn reload(desk: &mut Desk, folder: &Path, state: Option<State>) {
    let held = Held::new(load(Root::open(folder).unwrap()));
    desk.tell(Message::Loaded(held, state.map(Box::new)));
}

fn write(folder: &Path, text: &str) {
    fs::write(folder.join("one.md"), text).unwrap();
}

/// What the reader kept last, as it comes back from its file.
fn kept(desk: &Desk) -> State {
    let kept = desk.effects.iter().rev().find_map(|effect| match effect {
        Effect::Keep(state) => state.to_bytes(),
        _ => None,
    });
    State::from_bytes(&kept.unwrap()).unwrap()
}

/// The rows that are marked as changed.
fn marked(desk: &Desk) -> Vec<String> {
    let page = desk.screen();
    let rows = page.lines().filter_map(|row| row.split_once("│+").map(|(_, words)| words.trim().to_owned()));
    rows.collect()
}

/// A text that was read as [`TEXT`], left, changed to `text`, and opened again in another run.
fn again(text: &str) -> (tempfile::TempDir, Desk) {
    let folder = tempfile::tempdir().unwrap();
    write(folder.path(), TEXT);
    let state = kept(&desk(folder.path(), None, "oone⏎"));
    write(folder.path(), text);
    let desk = desk(folder.path(), Some(state), "oone⏎");
    (folder, desk)
}

#[test]
fn what_is_new_since_the_last_time_is_told_and_marked() {
    let text = TEXT.replace("another point", "a sharper point").replace("| 2 |", "| 3 |");
    let (_folder, desk) = again(&text);
    assert!(
        desk.screen().contains("2 passages are new or changed since you read it; ]c goes"),
        "{}",
        desk.screen()
    );
    let marks = marked(&desk);
    assert!(marks.len() == 2 && marks[0].contains("a sharper point") && marks[1].contains('3'), "{marks:?}");
}

#[test]
fn the_keys_go_from_change_to_change() {
    let text = TEXT.replace("first", "very first").replace("The end.", "The new end.");
    let (_folder, desk) = again(&text);
    let at = |desk: &Desk| desk.app.reader.clone().unwrap().copy(Action::Copy);
    let desk = desk.keys("]c");
    assert_eq!(at(&desk), "The very first thing said.");
    let desk = desk.keys("]c");
    assert_eq!(at(&desk), "The new end.");
    let desk = desk.keys("]c");
    assert!(desk.screen().contains("nothing changed after this"), "{}", desk.screen());
    let desk = desk.keys("[c");
    assert_eq!(at(&desk), "The very first thing said.");
}

#[test]
fn what_is_gone_is_counted_and_what_moved_is_no_change() {
    let (_folder, desk) = again(&TEXT.replace("The ferry is late again.\n\n", ""));
    assert!(desk.screen().contains("1 passage is gone since you read it"), "{}", desk.screen());
    assert_eq!(marked(&desk), Vec::<String>::new());
    let moved = format!("{}\nThe first thing said.\n", TEXT.replace("The first thing said.\n\n", ""));
    let (_folder, desk) = again(&moved);
    assert!(
        desk.screen().contains("since you read it: above the text, or in its order"),
        "{}",
        desk.screen()
    );
    assert!(desk.keys("]c").screen().contains("no passage here changed"));
}

#[test]
fn a_change_above_the_text_is_told_as_such() {
    let (_folder, desk) = again(&format!("---\nbluf: Refuse.\n---\n\n{TEXT}"));
    assert!(desk.screen().contains("changed since you read it: above the text"), "{}", desk.screen());
    assert_eq!(marked(&desk), Vec::<String>::new());
}

#[test]
fn a_new_text_is_all_new_and_none_of_it_is_marked() {
    let folder = tempfile::tempdir().unwrap();
    write(folder.path(), TEXT);
    let desk = desk(folder.path(), None, "oone⏎");
    assert!(!desk.screen().contains("since you read it"));
    assert_eq!(marked(&desk), Vec::<String>::new());
}

#[test]
fn changes_stay_marked_while_the_reader_runs_and_are_known_the_next_time() {
    let (folder, desk) = again(&TEXT.replace("late", "early"));
    let mut desk = desk.keys("1oone⏎");
    assert_eq!(marked(&desk), ["The ferry is early again."]);
    // changed once more while it is open
    write(folder.path(), &TEXT.replace("late", "early").replace("The end.", "The very end."));
    reload(&mut desk, folder.path(), None);
    assert_eq!(marked(&desk), ["The ferry is early again.", "The very end."]);
    let desk = desk.keys("U");
    let next = self::desk(folder.path(), Some(kept(&desk)), "oone⏎");
    assert_eq!(marked(&next), Vec::<String>::new());
}
