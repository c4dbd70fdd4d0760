//! The terminal is given back, and what the reader did is kept, however the program ends.
//!
//! Each test runs the program in a pseudo-terminal, ends it in one way, and compares the terminal's settings
//! before and after, what was drawn last, and the state on disk.
#![cfg(unix)]
#![allow(clippy::unwrap_used, reason = "a test ends where its setting up fails")]

use std::path::{Path, PathBuf};
use std::sync::mpsc::channel;
use std::time::{Duration, Instant};

use rustix::process::{Pid, Signal, kill_process};

use crate::pseudo::{DEADLINE, DOSSIER, Terminal, blank, library, size};

impl Terminal {
    fn signal(&self, signal: Signal) {
        let id = self.child.process_id().and_then(|id| Pid::from_raw(id.cast_signed())).unwrap();
        kill_process(id, signal).unwrap();
    }

    /// Opens a briefing, which is something to keep.
    fn read_something(&mut self) {
        self.shows("4 unread");
        self.type_in("olicences for\r");
        self.shows("3 unread");
    }
}

/// The state that was kept, as text.
fn kept(folder: &Path) -> String {
    let files = std::fs::read_dir(folder.join("state/dossier/reading")).unwrap().flatten();
    let files: Vec<PathBuf> = files.map(|it| it.path()).collect();
    let file = files.iter().find(|it| it.extension().is_some_and(|end| end == "json"));
    std::fs::read_to_string(file.unwrap()).unwrap()
}

#[test]
fn a_signal_ends_it_with_the_terminal_given_back_and_the_place_kept() {
    for (signal, name) in [(Signal::TERM, "Terminated"), (Signal::INT, "Interrupt"), (Signal::HUP, "Hangup")]
    {
        let folder = tempfile::tempdir().unwrap();
        let mut terminal = Terminal::open(folder.path());
        terminal.read_something();
        terminal.type_in("]]]");
        terminal.until(|screen| screen.rows(0, 80).nth(1).is_some_and(|row| !row.contains("Licences")));
        terminal.signal(signal);
        let status = terminal.end();
        assert!(status.to_string().contains(name), "{status}");
        terminal.is_given_back();
        assert!(kept(folder.path()).contains("\"places\":{\"briefing:"), "{}", kept(folder.path()));
    }
}

#[test]
fn a_fault_in_any_thread_leaves_the_terminal_and_the_words_clean() {
    for (place, code) in [("draw", 101), ("keys", 2)] {
        let folder = tempfile::tempdir().unwrap();
        let mut terminal =
            Terminal::start(folder.path(), &[DOSSIER, &library()], &[("DOSSIER_FAULT", place)]);
        terminal.type_in("j");
        let status = terminal.end();
        assert_eq!(status.exit_code(), code, "{place}: {}", terminal.screen.screen().contents());
        terminal.is_given_back();
        let said = terminal.screen.screen().contents();
        // What the fault quoted was cleaned: its escape is a picture, not a command.
        assert!(said.contains("a fault o") && (place != "draw" || said.contains("␛]0;in draw␇")), "{said}");
    }
}

#[test]
fn a_fault_while_loading_or_keeping_is_a_message() {
    for (place, words) in [("load", "could not be read: a fault"), ("keep", "cannot be kept: a fault")] {
        let folder = tempfile::tempdir().unwrap();
        let mut terminal =
            Terminal::start(folder.path(), &[DOSSIER, &library()], &[("DOSSIER_FAULT", place)]);
        if place == "keep" {
            terminal.read_something();
        }
        terminal.shows(words);
        terminal.type_in("q");
        terminal.ends_well();
    }
}

#[test]
fn ctrl_z_gives_the_terminal_to_the_shell_and_fg_takes_it_again() {
    if !Path::new("/bin/bash").exists() {
        eprintln!("skipped: /bin/bash is not here");
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let mut terminal = Terminal::start(folder.path(), &["/bin/bash", "--norc", "--noprofile", "-i"], &[]);
    terminal.shows("ready$");
    terminal.type_in(&format!("'{DOSSIER}' '{}'\r", library()));
    terminal.read_something();
    for _ in 0..2 {
        terminal.type_in("\x1a");
        terminal.until(|screen| !screen.alternate_screen() && screen.contents().contains("Stopped"));
        assert!(!terminal.screen.screen().hide_cursor());
        terminal.type_in("clear; stty -a | grep -o '[-]*icanon'\r");
        terminal.until(|screen| screen.contents().starts_with("icanon"));
        terminal.type_in("fg\r");
        terminal.until(|screen| screen.alternate_screen() && screen.contents().contains("3 unread"));
    }
    terminal.type_in("q");
    terminal.until(|screen| !screen.alternate_screen() && screen.contents().trim_end().ends_with("ready$"));
    terminal.type_in("exit\r");
    terminal.end();
}

#[test]
fn without_a_shell_ctrl_z_only_says_so() {
    let folder = tempfile::tempdir().unwrap();
    let mut terminal = Terminal::open(folder.path());
    terminal.shows("4 unread");
    terminal.type_in("\x1a");
    terminal.shows("no shell to go back to");
    terminal.type_in("q");
    terminal.ends_well();
}

/// Whether `env` can start a program with a signal blocked.
fn env_blocks() -> bool {
    let tried = std::process::Command::new("env").args(["--block-signal=HUP", "true"]).output();
    tried.is_ok_and(|output| output.status.success())
}

#[test]
fn a_terminal_that_vanishes_ends_it_even_with_hangup_blocked() {
    for blocked in [false, true] {
        if blocked && !env_blocks() {
            eprintln!("skipped: `env` here cannot block a signal");
            continue;
        }
        let folder = tempfile::tempdir().unwrap();
        let library = library();
        let plain = ["env", DOSSIER, &library];
        let blocking = ["env", "--block-signal=HUP", DOSSIER, &library];
        let command: &[&str] = if blocked { &blocking } else { &plain };
        let mut terminal = Terminal::start(folder.path(), command, &[]);
        terminal.read_something();
        let Terminal { master, mut child, keys, output, .. } = terminal;
        // The thread that listens holds the terminal open; it ends with the first bytes nobody takes.
        drop(output);
        master.resize(size(30, 90)).unwrap();
        drop((master, keys));
        let end = Instant::now() + DEADLINE;
        while child.try_wait().unwrap().is_none() {
            assert!(Instant::now() < end, "still running, blocked: {blocked}");
            std::thread::yield_now();
        }
        assert!(kept(folder.path()).contains("\"read\":{\"briefing:"));
    }
}

#[test]
fn a_terminal_that_takes_nothing_any_more_does_not_hold_it() {
    let folder = tempfile::tempdir().unwrap();
    let mut terminal = Terminal::open(folder.path());
    terminal.read_something();
    // Nobody reads from here on: what is drawn fills the terminal's buffer, and drawing waits for ever.
    terminal.output = channel().1;
    for at in 0..200 {
        terminal.master.resize(size(20 + at % 30, 80 + at % 40)).unwrap();
        terminal.type_in("gG");
    }
    terminal.signal(Signal::TERM);
    let end = Instant::now() + DEADLINE;
    while terminal.child.try_wait().unwrap().is_none() {
        assert!(Instant::now() < end, "still running");
        std::thread::yield_now();
    }
    assert_eq!(format!("{:?}", terminal.master.get_termios()), terminal.before);
}

#[test]
fn a_thousand_resizes_are_survived() {
    let folder = tempfile::tempdir().unwrap();
    let mut terminal = Terminal::open(folder.path());
    terminal.read_something();
    for at in 0..1000_u16 {
        terminal.master.resize(size(1 + at * 7 % 60, 1 + at * 13 % 200)).unwrap();
        while let Ok(bytes) = terminal.output.try_recv() {
            drop(bytes);
        }
    }
    terminal.master.resize(size(24, 80)).unwrap();
    terminal.screen = blank(24, 80);
    terminal.screen.process(b"\x1b[?1049h\x1b[?25l");
    terminal.shows("3 unread");
    terminal.type_in("q");
    assert!(terminal.end().success());
}

/// Run with `cargo test signals:: -- --ignored`: some minutes.
#[test]
#[ignore = "kills the program two hundred times"]
fn two_hundred_kills_while_saving_lose_nothing_that_was_said_to_be_kept() {
    let folder = tempfile::tempdir().unwrap();
    for round in 0..200_u32 {
        let mut terminal = Terminal::open(folder.path());
        terminal.shows("unread");
        terminal.type_in("olicences for\r");
        // Stars taken and given as fast as it goes; killed at another moment each time.
        terminal.type_in(&"*".repeat(20));
        let end = Instant::now() + Duration::from_micros(u64::from(round) * 150);
        while Instant::now() < end {
            std::hint::spin_loop();
        }
        terminal.signal(Signal::KILL);
        terminal.end();
        let files = std::fs::read_dir(folder.path().join("state/dossier/reading"));
        let damaged = files.into_iter().flatten().flatten();
        let damaged = damaged.filter(|it| it.file_name().to_string_lossy().contains("damaged")).count();
        assert_eq!(damaged, 0, "round {round}");
    }
    let mut terminal = Terminal::open(folder.path());
    terminal.shows("3 unread");
    terminal.type_in("q");
    assert!(terminal.end().success());
    assert!(kept(folder.path()).contains("\"read\":{\"briefing:"));
}

#[test]
fn a_disk_that_does_not_answer_holds_up_no_key_and_the_page_comes_when_it_does() {
    let folder = tempfile::tempdir().unwrap();
    let slow = folder.path().join("slow");
    let variables = [("DOSSIER_SLOW_AT", "page"), ("DOSSIER_SLOW", slow.to_str().unwrap())];
    let mut terminal = Terminal::start(folder.path(), &[DOSSIER, &library()], &variables);
    terminal.shows("4 unread");
    std::fs::write(&slow, "").unwrap();
    terminal.type_in("olicences for\r");
    terminal.shows("still being read");
    terminal.type_in("2");
    terminal.shows("Note for the hearing");
    terminal.type_in("\t");
    std::fs::remove_file(&slow).unwrap();
    terminal.shows("Kind:     action memo");
    terminal.shows("3 unread");
    std::fs::write(&slow, "").unwrap();
    terminal.type_in("ohearing\r");
    terminal.shows("still being read");
    terminal.type_in("q");
    terminal.ends_well();
}

#[test]
fn a_card_that_waits_for_a_disk_holds_up_no_key_and_shows_when_it_is_there() {
    for (key, shown) in [("K", "Ada Ferrier"), ("=", "Declared in")] {
        let folder = tempfile::tempdir().unwrap();
        let slow = folder.path().join("slow");
        std::fs::write(&slow, "").unwrap();
        let variables = [("DOSSIER_SLOW_AT", "card"), ("DOSSIER_SLOW", slow.to_str().unwrap())];
        let mut terminal = Terminal::start(folder.path(), &[DOSSIER, &library()], &variables);
        terminal.shows("4 unread");
        terminal.type_in("3jj");
        terminal.type_in(key);
        terminal.shows("this is still being read");
        std::fs::remove_file(&slow).unwrap();
        terminal.shows(shown);
        std::fs::write(&slow, "").unwrap();
        terminal.type_in("\u{1b}j");
        terminal.type_in(key);
        terminal.shows("this is still being read");
        terminal.type_in("\u{1b}2");
        terminal.shows("Note for the hearing");
        terminal.type_in("q");
        terminal.ends_well();
    }
}

#[test]
fn a_file_that_is_saved_to_a_drive_that_does_not_answer_holds_up_no_key() {
    let folder = tempfile::tempdir().unwrap();
    let (slow, copy) = (folder.path().join("slow"), folder.path().join("copy.txt"));
    std::fs::write(&slow, "").unwrap();
    let variables = [("DOSSIER_SLOW_AT", "write"), ("DOSSIER_SLOW", slow.to_str().unwrap())];
    let mut terminal =
        Terminal::start(folder.path(), &[DOSSIER, &library(), "briefing:chip-memo"], &variables);
    terminal.shows("Bottom line");
    terminal.type_in(&format!("s\r\u{15}{}\r", copy.display()));
    terminal.type_in("2");
    terminal.shows("Note for the hearing");
    assert!(!copy.exists());
    std::fs::remove_file(&slow).unwrap();
    terminal.shows("saved as");
    assert!(copy.exists());
    terminal.type_in("q");
    terminal.ends_well();
}

#[test]
fn a_fault_in_making_a_page_costs_that_page() {
    let folder = tempfile::tempdir().unwrap();
    let mut terminal = Terminal::start(folder.path(), &[DOSSIER, &library()], &[("DOSSIER_FAULT", "page")]);
    terminal.shows("a fault of dossier's own, in making this page");
    terminal.type_in("?");
    terminal.shows("Everything here is a page");
    terminal.type_in("q");
    terminal.ends_well();
}
