//! Files that change under the reader's eyes: what can be read is, what cannot is said, and nothing waits.
#![cfg(unix)]
#![allow(clippy::unwrap_used, reason = "a test ends where its setting up fails")]

use std::fs;
use std::os::unix::fs::symlink;
use std::path::Path;
use std::process::Command;

use dossier::library::folder::Root;
use dossier::library::load;

use crate::pseudo::{DOSSIER, Terminal};

/// What becomes of a file, and what is then read of it or said in its place.
type Change = (&'static str, fn(&Path), Result<&'static str, &'static str>);

#[test]
fn what_becomes_of_a_file_while_it_is_read_is_said_and_nothing_waits() {
    let changes: [Change; 9] = [
        ("nothing", |_| {}, Ok("Old words.")),
        ("changed", |file| fs::write(file, "# A\n\nNew words.\n").unwrap(), Ok("New words.")),
        ("shortened", |file| fs::write(file, "").unwrap(), Ok("")),
        (
            "renamed over",
            |file| {
                let other = file.with_file_name("other");
                fs::write(&other, "# B\n\nOther words.\n").unwrap();
                fs::rename(other, file).unwrap();
            },
            Ok("Other words."),
        ),
        ("deleted", |file| fs::remove_file(file).unwrap(), Err("no such file")),
        (
            "a folder",
            |file| {
                fs::remove_file(file).unwrap();
                fs::create_dir(file).unwrap();
            },
            Err("not a regular file"),
        ),
        (
            "a pipe",
            |file| {
                fs::remove_file(file).unwrap();
                assert!(Command::new("mkfifo").arg(file).status().unwrap().success());
            },
            Err("not a regular file"),
        ),
        (
            "a link out",
            |file| {
                fs::remove_file(file).unwrap();
                symlink("/etc/passwd", file).unwrap();
            },
            Err("may not be read"),
        ),
        ("its folder gone", |file| fs::remove_dir_all(file.parent().unwrap()).unwrap(), Err("no such file")),
    ];
    for (name, change, expected) in changes {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path().join("library");
        fs::create_dir(&root).unwrap();
        let file = root.join("a.md");
        fs::write(&file, "# A\n\nOld words.\n").unwrap();
        let library = load(Root::open(&root).unwrap());
        change(&file);
        match (library.body(&library.briefings["a"]), expected) {
            (Ok(body), Ok(words)) => assert!(body.text.contains(words), "{name}: {}", body.text),
            (Err(problem), Err(words)) => assert!(problem.to_string().contains(words), "{name}: {problem}"),
            (found, _) => panic!("{name}: {found:?}"),
        }
    }
}

#[test]
fn the_place_is_kept_by_its_words_when_text_is_written_above_it() {
    use dossier::document::parse::parse;
    use dossier::tui::app::Sheet;
    let paragraphs =
        |from: usize| (from..40).map(|n| format!("Paragraph number {n}.\n\n")).collect::<Vec<_>>().concat();
    let document = |text: &str| std::sync::Arc::new(parse(&format!("# A\n\n{text}")));
    let mut old = Sheet::new(document(&paragraphs(0)), 40, 10);
    old.go(30);
    let words = old.line(old.top).unwrap().text();
    let others = [
        document(&format!("New.\n\nwords.\n\nabove.\n\n{}", paragraphs(0))),
        document(&paragraphs(3)),
        document(&paragraphs(0).replace("# A", "# B")),
    ];
    for other in others {
        let mut new = Sheet::new(other, 40, 10);
        new.stand_as(&old);
        assert_eq!(new.line(new.top).unwrap().text(), words);
    }
}

/// A library of three briefings, and one of them open in the reader.
fn reading(folder: &Path, variables: &[(&str, &str)]) -> Terminal {
    let library = folder.join("library");
    fs::create_dir(&library).unwrap();
    for name in ["one", "two", "three"] {
        fs::write(library.join(format!("{name}.md")), format!("# About {name}\n\nOld words.\n")).unwrap();
    }
    let library = library.to_str().unwrap();
    let mut terminal = Terminal::start(folder, &[DOSSIER, library, "one"], variables);
    terminal.shows("Old words.");
    terminal
}

#[test]
fn a_file_that_changes_shows_and_so_does_one_that_comes_or_goes() {
    let folder = tempfile::tempdir().unwrap();
    let mut terminal = reading(folder.path(), &[]);
    let library = folder.path().join("library");
    fs::write(library.join("one.md"), "# About one\n\nNew words.\n").unwrap();
    terminal.shows("New words.");
    terminal.shows("1 briefing changed");
    // As editors save: another file is put in its place.
    fs::write(library.join(".one.md.swp"), "# About one\n\nSaved words.\n").unwrap();
    fs::rename(library.join(".one.md.swp"), library.join("one.md")).unwrap();
    terminal.shows("Saved words.");
    fs::create_dir_all(library.join("deep/er")).unwrap();
    fs::write(library.join("deep/er/four.md"), "# About four\n\nSee [one](../../one.md).\n").unwrap();
    terminal.shows("1 briefing new");
    // What is new is watched too, and can be found and followed.
    fs::write(library.join("deep/er/four.md"), "# About four\n\nBack to [one](../../one.md).\n").unwrap();
    terminal.shows("1 briefing changed");
    terminal.type_in("oabout four\r");
    terminal.shows("Back to");
    fs::remove_file(library.join("two.md")).unwrap();
    terminal.shows("1 briefing gone");
    fs::rename(library.join("deep"), library.join("moved")).unwrap();
    terminal.shows("1 briefing new, 1 gone");
    terminal.type_in("q");
    terminal.ends_well();
}

#[test]
fn a_burst_of_changes_is_one_and_the_library_may_go_and_come_back() {
    let folder = tempfile::tempdir().unwrap();
    let mut terminal = reading(folder.path(), &[]);
    let library = folder.path().join("library");
    for n in 0..300 {
        fs::write(library.join(format!("more-{n}.md")), format!("# More of {n}\n")).unwrap();
    }
    terminal.shows("briefings new");
    fs::rename(&library, folder.path().join("away")).unwrap();
    fs::write(folder.path().join("away/one.md"), "# About one\n\nWords from away.\n").unwrap();
    fs::rename(folder.path().join("away"), &library).unwrap();
    terminal.shows("Words from away.");
    terminal.type_in("q");
    terminal.ends_well();
}

#[test]
fn a_single_file_is_watched_and_leaves_nothing_behind() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("letter.md");
    fs::write(&file, "# A letter\n\nOld words.\n").unwrap();
    let mut terminal = Terminal::start(folder.path(), &[DOSSIER, file.to_str().unwrap()], &[]);
    terminal.shows("Old words.");
    fs::write(&file, "# A letter\n\nNew words.\n").unwrap();
    terminal.shows("New words.");
    terminal.type_in("q");
    terminal.ends_well();
    assert!(!folder.path().join("cache").exists());
}

#[test]
fn what_changed_while_nobody_read_shows_behind_what_the_cache_keeps() {
    let folder = tempfile::tempdir().unwrap();
    let mut terminal = reading(folder.path(), &[]);
    let cache = folder.path().join("cache/dossier");
    let is_kept = || {
        fs::read_dir(&cache).into_iter().flatten().flatten().any(|it| it.path().join("catalogue").is_file())
    };
    while !is_kept() {
        std::thread::yield_now();
    }
    terminal.type_in("q");
    terminal.ends_well();
    let library = folder.path().join("library");
    fs::write(library.join("one.md"), "# About one\n\nNew words.\n").unwrap();
    fs::write(library.join("two.md"), "# About the second\n").unwrap();
    let mut terminal = Terminal::start(folder.path(), &[DOSSIER, library.to_str().unwrap(), "one"], &[]);
    terminal.shows("New words.");
    terminal.shows("2 briefings changed");
    terminal.type_in("oabout the second\r");
    terminal.shows("About the second");
    terminal.type_in("q");
    terminal.ends_well();
}
