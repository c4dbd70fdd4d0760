//! The program in a real pseudo-terminal: it starts, reads, follows, goes back, saves, quits, restores.
#![cfg(unix)]
#![allow(clippy::unwrap_used, reason = "a test ends where its setting up fails")]

use std::fmt::Write;

use dossier::library::folder::Root;
use dossier::search::Current;

use crate::pseudo::{DEADLINE, DOSSIER, Terminal, library};

#[test]
fn it_reads_follows_goes_back_saves_and_quits() {
    let folder = tempfile::tempdir().unwrap();
    let mut terminal = Terminal::open(folder.path());
    terminal.shows("4 briefings, 5 actors");
    terminal.until(vt100::Screen::alternate_screen);
    terminal.type_in("2");
    terminal.shows("Note for the hearing");
    terminal.type_in("olicences for\r");
    terminal.shows("Kind:     action memo");
    terminal.type_in("/answered for\r");
    terminal.shows("1/1");
    terminal.type_in("\t\t\r");
    terminal.shows("Chief executive of Chipworks since 2019");
    terminal.type_in("\x7f");
    terminal.shows("called the longer list");
    terminal.type_in("s\r\r");
    terminal.shows("saved as");
    let saved = std::fs::read_to_string(folder.path().join("chip-memo.txt")).unwrap();
    assert!(saved.contains("Licences for chips") && saved.contains("TLP:AMBER"), "{saved}");
    terminal.type_in("s\r\r");
    terminal.shows("replace it?");
    terminal.type_in("nq");
    terminal.ends_well();
}

#[test]
fn a_page_is_given_to_a_command() {
    let folder = tempfile::tempdir().unwrap();
    let mut terminal = Terminal::start(folder.path(), &[DOSSIER, &library(), "briefing:chip-memo"], &[]);
    terminal.shows("Licences for chips");
    terminal.type_in("|cat > given.txt; echo printed\r");
    terminal.shows("says: printed");
    let given = std::fs::read_to_string(folder.path().join("given.txt")).unwrap();
    assert!(given.contains("Licences for chips") && given.contains("TLP:AMBER"), "{given}");
    terminal.type_in("|no-such-command\r");
    terminal.shows("failed");
    terminal.type_in("q");
    terminal.ends_well();
}

#[test]
fn mentions_are_gathered_while_one_reads_and_kept_for_the_next_time() {
    let folder = tempfile::tempdir().unwrap();
    for _ in 0..2 {
        let mut terminal = Terminal::start(folder.path(), &[DOSSIER, &library(), "actor:ferrier"], &[]);
        terminal.shows("Chief executive of Chipworks since 2019");
        terminal.type_in("r");
        terminal.shows("named 3 times");
        terminal.type_in("q");
        terminal.ends_well();
    }
    let kept = std::fs::read_dir(folder.path().join("cache/dossier")).unwrap();
    assert!(kept.flatten().any(|it| it.path().join("mentions").is_file()));
}

#[test]
fn the_place_and_what_was_read_survive_a_restart() {
    let folder = tempfile::tempdir().unwrap();
    let mut terminal = Terminal::open(folder.path());
    terminal.shows("4 unread");
    terminal.type_in("olicences for\r");
    terminal.shows("3 unread");
    terminal.type_in("]]]]]]");
    terminal.until(|screen| screen.rows(0, 80).nth(1).is_some_and(|row| row.contains("What to do")));
    terminal.type_in("q");
    terminal.ends_well();
    let mut terminal = Terminal::open(folder.path());
    terminal.shows("3 unread");
    terminal.type_in("olicences for\r");
    terminal.shows("where you left it");
    terminal.until(|screen| screen.rows(0, 80).nth(1).is_some_and(|row| row.contains("What to do")));
    terminal.type_in("\x03");
    terminal.ends_well();
}

#[test]
fn a_long_text_opens_goes_to_its_end_takes_another_size_and_is_searched() {
    let folder = tempfile::tempdir().unwrap();
    let mut text = String::from("# A long text\n\nThe first words.\n\n");
    for number in 0..20_000 {
        let _ = write!(
            text,
            "Paragraph {number} has words enough to be wrapped on a narrow screen, as most have.\n\n"
        );
    }
    std::fs::write(folder.path().join("long.md"), text + "The last words.\n").unwrap();
    let mut terminal = Terminal::start(folder.path(), &[DOSSIER, "long.md"], &[]);
    terminal.shows("The first words.");
    terminal.type_in("G");
    terminal.shows("The last words.");
    terminal.resize(30, 50);
    terminal.shows("The last words.");
    // Once the rows are counted anew their number stands there.
    terminal.until(|screen| {
        let last = screen.rows(0, 50).last().unwrap_or_default();
        last.contains("of 6") && last.contains("100%")
    });
    terminal.type_in("/paragraph 12345\r");
    terminal.shows("1/1");
    terminal.type_in("g");
    terminal.shows("The first words.");
    terminal.type_in("q");
    terminal.ends_well();
}

#[test]
fn every_size_is_survived() {
    let folder = tempfile::tempdir().unwrap();
    let mut terminal = Terminal::open(folder.path());
    terminal.shows("4 briefings, 5 actors");
    for (rows, cols) in [(1, 1), (2, 3), (12, 40), (60, 200), (1, 80), (24, 1), (24, 80)] {
        // A letter of the marking stands on the first row of every screen, however small.
        terminal.screen.process(b"\x1b[2J");
        terminal.resize(rows, cols);
        let mark = if cols < 9 { "…" } else { "TLP:AMBER" };
        terminal.until(|screen| screen.contents().contains(mark));
    }
    terminal.shows("4 briefings, 5 actors");
    terminal.type_in("q");
    terminal.ends_well();
}

#[test]
fn keys_are_never_left_lying_however_many_come_at_once_or_with_a_resize() {
    let folder = tempfile::tempdir().unwrap();
    let mut terminal = Terminal::open(folder.path());
    terminal.shows("4 briefings, 5 actors");
    // More than is read at once; the last opens the list of actors.
    terminal.type_in(&("j".repeat(2_500) + "3"));
    terminal.shows("Ada Ferrier");
    for at in 0..20 {
        terminal.resize(24, 80 + at);
        terminal.type_in("2");
        terminal.shows("Note for the hearing");
        terminal.resize(24, 80);
        terminal.type_in("3");
        terminal.shows("Ada Ferrier");
    }
    terminal.type_in("q");
    terminal.ends_well();
}

#[test]
fn an_editor_has_the_terminal_to_itself_and_its_changes_show() {
    let folder = tempfile::tempdir().unwrap();
    let library = folder.path().join("library");
    std::fs::create_dir(&library).unwrap();
    std::fs::write(library.join("note.md"), "# A note\n\nOld words.\n").unwrap();
    let editor = folder.path().join("editor");
    let script = "#!/bin/sh\necho ready\nread line\nprintf '# A note\\n\\n%s\\n' \"$line\" > \"$1\"\n";
    std::fs::write(&editor, script).unwrap();
    std::fs::set_permissions(&editor, std::os::unix::fs::PermissionsExt::from_mode(0o755)).unwrap();
    let variables = [("VISUAL", editor.to_str().unwrap())];
    let mut terminal =
        Terminal::start(folder.path(), &[DOSSIER, library.to_str().unwrap(), "note"], &variables);
    terminal.shows("Old words.");
    terminal.type_in("e");
    terminal.until(|screen| !screen.alternate_screen() && screen.contents().contains("ready"));
    terminal.type_in("New words.\r");
    terminal.until(|screen| screen.alternate_screen() && screen.contents().contains("New words."));
    terminal.type_in("q");
    terminal.ends_well();
}

#[test]
fn a_read_only_home_costs_only_a_message() {
    let folder = tempfile::tempdir().unwrap();
    // A file where the folder should be: even root cannot write there.
    std::fs::write(folder.path().join("state"), "").unwrap();
    let mut terminal = Terminal::open(folder.path());
    terminal.shows("4 unread");
    terminal.type_in("olicences for\r");
    terminal.shows("cannot be kept");
    terminal.type_in("q");
    terminal.ends_well();
}

#[test]
fn it_searches_as_one_types_and_lands_on_the_hit() {
    let folder = tempfile::tempdir().unwrap();
    let mut terminal = Terminal::open(folder.path());
    terminal.shows("4 briefings, 5 actors");
    terminal.type_in("S");
    terminal.shows("can be searched");
    terminal.type_in("offices che");
    terminal.shows("1 result");
    terminal.type_in("ck\r");
    terminal.shows("Enter open");
    terminal.type_in("\r");
    terminal.shows("in result 1 of");
    terminal.until(|screen| screen.contents().contains("Two offices check licences"));
    terminal.shows("2/6");
    terminal.type_in("n");
    terminal.shows("3/6");
    terminal.type_in("\x7f");
    terminal.shows("Search: offices check");
    terminal.type_in("q");
    terminal.ends_well();
}

#[test]
fn after_the_reader_has_indexed_a_command_answers_without_loading_a_file() {
    let folder = tempfile::tempdir().unwrap();
    let mut terminal = Terminal::open(folder.path());
    terminal.shows("4 briefings, 5 actors");
    terminal.type_in("Soffices check");
    terminal.shows("1 result");
    let cache = std::fs::read_dir(folder.path().join("cache/dossier")).unwrap().flatten().next().unwrap();
    let root = Root::open(std::path::Path::new(&library())).unwrap();
    let known = |every| Current::open(&root, &cache.path(), every).is_some_and(|it| !it.is_empty());
    // It is noted just after what was indexed can be found.
    let end = std::time::Instant::now() + DEADLINE;
    while !known(true) {
        assert!(std::time::Instant::now() < end, "what was indexed is not known to be so");
        std::thread::yield_now();
    }
    terminal.type_in("\x1b");
    terminal.shows("4 briefings, 5 actors");
    terminal.type_in("q");
    terminal.ends_well();
    assert!(known(true) && known(false));
}

#[test]
fn a_damaged_index_is_made_anew_while_one_reads() {
    let folder = tempfile::tempdir().unwrap();
    for damage in [false, true, true] {
        let indexes = std::fs::read_dir(folder.path().join("cache/dossier")).into_iter().flatten().flatten();
        for index in indexes.filter(|_| damage) {
            for file in std::fs::read_dir(index.path().join("search/current")).unwrap().flatten() {
                std::fs::write(file.path(), b"damaged").unwrap();
            }
        }
        let mut terminal = Terminal::open(folder.path());
        terminal.shows("4 briefings, 5 actors");
        terminal.type_in("Soffices check");
        terminal.shows("1 result");
        terminal.type_in("\x1b");
        terminal.shows("4 briefings, 5 actors");
        terminal.type_in("q");
        terminal.ends_well();
    }
}

#[test]
fn two_readers_share_an_index_and_neither_waits() {
    let folder = tempfile::tempdir().unwrap();
    let mut readers = [Terminal::open(folder.path()), Terminal::open(folder.path())];
    for reader in &mut readers {
        reader.shows("4 briefings, 5 actors");
        reader.type_in("Soffices check");
        reader.shows("1 result");
    }
    for mut reader in readers {
        reader.type_in("\x03");
        reader.ends_well();
    }
}

#[test]
fn without_a_terminal_it_says_so_and_names_show() {
    let folder = tempfile::tempdir().unwrap();
    let run = |term: &str| {
        let mut command = std::process::Command::new(DOSSIER);
        command.arg(library()).env("TERM", term).env("XDG_STATE_HOME", folder.path());
        command.stdin(std::process::Stdio::null()).output().unwrap()
    };
    for term in ["xterm", "dumb"] {
        let output = run(term);
        assert_eq!(output.status.code(), Some(2));
        assert!(output.stdout.is_empty());
        assert!(String::from_utf8_lossy(&output.stderr).contains("dossier show"));
    }
}
