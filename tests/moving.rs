//! Files that change under the reader's eyes: what can be read is, what cannot is said, and nothing waits.
#![cfg(unix)]
#![allow(clippy::unwrap_used, reason = "a test ends where its setting up fails")]

use std::fs;
use std::os::unix::fs::symlink;
use std::path::Path;
use std::process::Command;

use dossier::library::folder::Root;
use dossier::library::load;

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
