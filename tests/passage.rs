//! The passage that is copied or noted on is marked, and another is chosen by keys.
#![allow(clippy::unwrap_used, reason = "a test ends where its setting up fails")]

use std::path::Path;

use dossier::library::folder::Root;
use dossier::library::load;
use dossier::tui::app::{Effect, Held, Message, Overlay, Purpose};

use super::screens::Desk;

const TEXT: &str = "# Short\n\nThe first thing.\n\n- one\n- two\n\n```\ncode\n\nmore code\n```\n\nThe end.\n";

/// A reader with a text that stands on one screen whole.
fn short(folder: &Path) -> Desk {
    std::fs::write(folder.join("short.md"), TEXT).unwrap();
    let mut desk = Desk::open((80, 24));
    desk.tell(Message::Loaded(Held::new(load(Root::open(folder).unwrap())), None));
    desk.keys("oshort⏎")
}

/// The rows with a bar beside them.
fn marked(desk: &Desk) -> Vec<String> {
    let screen = desk.screen();
    screen.lines().filter_map(|row| Some(row.split_once('▌')?.1.trim().to_owned())).collect()
}

fn copied(desk: &Desk) -> Vec<String> {
    let copies = desk.effects.iter().filter_map(|effect| match effect {
        Effect::Copy(text) => Some(text.clone()),
        _ => None,
    });
    copies.collect()
}

#[test]
fn nothing_is_marked_until_a_passage_is_meant() {
    let folder = tempfile::tempdir().unwrap();
    assert_eq!(marked(&short(folder.path())), Vec::<String>::new());
}

#[test]
fn braces_go_from_passage_to_passage_and_escape_takes_the_mark_away() {
    let folder = tempfile::tempdir().unwrap();
    let mut desk = short(folder.path());
    let mut seen = Vec::new();
    for _ in 0..6 {
        desk = desk.keys("}");
        seen.push(marked(&desk));
    }
    let one = |text: &str| vec![text.to_owned()];
    let code = vec!["code".to_owned(), "more code".to_owned()];
    assert_eq!(
        seen,
        [one("The first thing."), one("• one"), one("• two"), code, one("The end."), one("The end.")]
    );
    let desk = desk.keys("{{");
    assert_eq!(marked(&desk), ["• two"]);
    assert_eq!(marked(&desk.keys("⎋")), Vec::<String>::new());
}

#[test]
fn a_line_down_in_a_page_that_fits_the_screen_marks_where_one_is() {
    let folder = tempfile::tempdir().unwrap();
    assert_eq!(marked(&short(folder.path()).keys("jjj")), ["The first thing."]);
}

#[test]
fn what_is_copied_is_marked_and_the_same_again_copies_all_around_it() {
    let folder = tempfile::tempdir().unwrap();
    let desk = short(folder.path()).keys("}}y");
    assert_eq!(marked(&desk), ["• one"]);
    assert!(desk.screen().contains("again for all around it"), "{}", desk.screen());
    let desk = desk.keys("y");
    assert_eq!(marked(&desk), ["• one", "• two"]);
    assert_eq!(copied(&desk), ["• one", "• one\n• two"]);
}

#[test]
fn code_is_copied_whole_with_its_empty_lines() {
    let folder = tempfile::tempdir().unwrap();
    let desk = short(folder.path()).keys("}}}}y");
    assert_eq!(copied(&desk), ["  code\n\n  more code"]);
}

#[test]
fn a_note_that_is_written_marks_its_passage() {
    let folder = tempfile::tempdir().unwrap();
    assert_eq!(marked(&short(folder.path()).keys("a↓")), ["The first thing."]);
}

#[test]
fn without_lines_and_marks_the_bar_is_a_sign_of_plain_letters() {
    let folder = tempfile::tempdir().unwrap();
    let mut desk = short(folder.path());
    desk.app.options.ascii = true;
    let screen = desk.keys("}").screen();
    assert!(screen.contains(">The first thing."), "{screen}");
}

#[test]
fn a_note_is_on_the_passage_that_is_marked_whatever_it_is() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("rich.md"), include_str!("rich.md")).unwrap();
    let mut desk = Desk::open((80, 24));
    desk.tell(Message::Loaded(Held::new(load(Root::open(folder.path()).unwrap())), None));
    let mut desk = desk.keys("orich⏎ga");
    let letters = |text: &str| text.chars().filter(|c| c.is_alphanumeric()).collect::<String>();
    for step in 0..36 {
        desk = desk.keys("↓");
        let Some(Overlay::Prompt(prompt)) = &desk.app.overlay else { panic!("no line after {step}") };
        let Purpose::Note(noting) = &prompt.purpose else { panic!("another line after {step}") };
        let passage: String = letters(&noting.note.passage).chars().take(10).collect();
        let marked = marked(&desk);
        assert!(letters(&marked.concat()).contains(&passage), "{passage} is not in {marked:?}");
    }
}
