//! What is wider than the window: folded, or whole and slid sideways.

use dossier::library::folder::Root;
use dossier::tui::app::{App, Message, Options};
use dossier::tui::panes::Focus;

use super::{Desk, options, whole};

/// Code, a table, and text around them.
const WIDE: &str = "# Wide\n\nWords that wrap as always, whatever becomes of the code below them.\n\n\
    ```\nlet wide = [\"one\", \"two\", \"three\", \"four\", \"five\", \"six\", \"seven\", \"eight\", \"nine\"];\nend\n```\n\n\
    | Name | First column | Second column | Third column | Fourth column | Fifth column | Sixth column |\n\
    |---|---|---|---|---|---|---|\n\
    | one | some words | [two](https://example.org) | other words | more | words | sixth |\n";

/// Presses keys in a reader that has the page open.
fn after(size: (u16, u16), keys: &str) -> Desk {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("page.md"), WIDE).unwrap();
    std::fs::write(folder.path().join("index.yaml"), "title: Wide").unwrap();
    let held = whole(dossier::library::load(Root::open(folder.path()).unwrap()));
    let options = Options { start: Some("briefing:page".to_owned()), ..options() };
    let mut desk = Desk { app: App::new(size, options), effects: Vec::new() };
    desk.tell(Message::Loaded(held, None));
    desk.keys(keys)
}

#[test]
fn what_is_too_wide_is_folded_or_slid_while_text_stays() {
    for (name, keys) in
        [("folded", ""), ("whole", "w"), ("slid", "w>"), ("linked", "w⇥"), ("found", "w/sixth⏎")]
    {
        let screens: Vec<String> = [(40, 16), (80, 24)].map(|size| after(size, keys).screen()).into();
        insta::assert_snapshot!(name, screens.join("\n"));
    }
}

#[test]
fn the_source_slides_behind_its_numbers() {
    insta::assert_snapshot!("source", after((60, 16), "\\w>").screen());
}

#[test]
fn arrows_slide_only_while_there_is_more() {
    let focus = |keys: &str| after((80, 24), keys).app.focus;
    assert_eq!(focus("←"), Focus::List, "nothing is slid");
    assert_eq!(focus("w→→←"), Focus::Page);
    assert_eq!(focus("w→←←"), Focus::List, "it is at its left end again");
}

#[test]
fn a_link_that_is_slid_is_clicked_where_it_is_seen() {
    let desk = after((80, 24), "w⇥⎋");
    let screen = desk.screen();
    let (row, line) = screen.lines().enumerate().find(|(_, line)| line.contains("two  ")).unwrap();
    let column = line.chars().position(|c| c == 't').unwrap();
    let at = |at: usize| u16::try_from(at).unwrap();
    assert!(desk.click(at(column), at(row)).app.reader.unwrap().sheet.link.is_some());
}
