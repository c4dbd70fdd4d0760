//! The program in a real pseudo-terminal: it starts, reads, follows, goes back, saves, quits, restores.
//!
//! Nothing sleeps: each step waits until the screen shows what it should, or fails at a deadline.
#![cfg(unix)]
#![allow(clippy::unwrap_used, reason = "a test ends where its setting up fails")]

use std::io::{Read, Write};
use std::num::NonZeroU16;
use std::path::Path;
use std::sync::mpsc::{Receiver, channel};
use std::time::{Duration, Instant};

use portable_pty::{Child, CommandBuilder, PtyPair, PtySize, native_pty_system};

/// Far beyond what any step takes, even on a busy machine.
const DEADLINE: Duration = Duration::from_mins(1);

struct Terminal {
    pair: PtyPair,
    child: Box<dyn Child + Send + Sync>,
    keys: Box<dyn Write + Send>,
    output: Receiver<Vec<u8>>,
    screen: vt100::Parser,
    before: String,
}

fn size(rows: u16, cols: u16) -> PtySize {
    PtySize { rows, cols, pixel_width: 0, pixel_height: 0 }
}

fn count(cells: u16) -> NonZeroU16 {
    NonZeroU16::new(cells).unwrap()
}

fn library() -> String {
    format!("{}/tests/fixtures/reader", env!("CARGO_MANIFEST_DIR"))
}

impl Terminal {
    /// Starts the reader on the fixture library, its state and its work in `folder`.
    fn start(folder: &Path, arguments: &[&str], variables: &[(&str, &str)]) -> Self {
        let pair = native_pty_system().openpty(size(24, 80)).unwrap();
        let before = format!("{:?}", pair.master.get_termios());
        let mut command = CommandBuilder::new(env!("CARGO_BIN_EXE_dossier"));
        command.args(arguments);
        command.cwd(folder);
        command.env("TERM", "xterm-256color");
        command.env("HOME", folder);
        command.env("XDG_STATE_HOME", folder.join("state"));
        command.env("XDG_CONFIG_HOME", folder.join("config"));
        command.env("XDG_CACHE_HOME", folder.join("cache"));
        command.env_remove("NO_COLOR");
        for (name, value) in variables {
            command.env(name, value);
        }
        let child = pair.slave.spawn_command(command).unwrap();
        let mut reader = pair.master.try_clone_reader().unwrap();
        let (sender, output) = channel();
        std::thread::spawn(move || {
            let mut bytes = [0; 4096];
            while let Ok(count @ 1..) = reader.read(&mut bytes) {
                if sender.send(bytes[..count].to_vec()).is_err() {
                    return;
                }
            }
        });
        let keys = pair.master.take_writer().unwrap();
        Self { pair, child, keys, output, screen: vt100::Parser::new(count(24), count(80), 0), before }
    }

    fn open(folder: &Path) -> Self {
        Self::start(folder, &[&library()], &[])
    }

    /// Waits until the screen is as wanted.
    fn until(&mut self, wanted: impl Fn(&vt100::Screen) -> bool) {
        let end = Instant::now() + DEADLINE;
        while !wanted(self.screen.screen()) {
            let left = end.saturating_duration_since(Instant::now());
            match self.output.recv_timeout(left) {
                Ok(bytes) => self.screen.process(&bytes),
                Err(error) => panic!("{error}; the screen is\n{}", self.screen.screen().contents()),
            }
        }
    }

    /// Waits until `words` stand on the screen.
    fn shows(&mut self, words: &str) {
        self.until(|screen| screen.contents().contains(words));
    }

    fn type_in(&mut self, keys: &str) {
        self.keys.write_all(keys.as_bytes()).unwrap();
        self.keys.flush().unwrap();
    }

    fn resize(&mut self, rows: u16, cols: u16) {
        self.pair.master.resize(size(rows, cols)).unwrap();
        self.screen.screen_mut().set_size(count(rows), count(cols));
    }

    /// Waits for the end, and checks that the terminal is as it was before the start.
    fn ends_well(mut self) {
        self.until(|screen| !screen.alternate_screen() && !screen.hide_cursor());
        assert!(self.child.wait().unwrap().success());
        assert_eq!(format!("{:?}", self.pair.master.get_termios()), self.before);
        let screen = self.screen.screen();
        assert!(!screen.bracketed_paste());
        assert_eq!(screen.mouse_protocol_mode(), vt100::MouseProtocolMode::None);
    }
}

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
    terminal.type_in("s\r");
    terminal.shows("saved as");
    let saved = std::fs::read_to_string(folder.path().join("chip-memo.txt")).unwrap();
    assert!(saved.contains("Licences for chips") && saved.contains("TLP:AMBER"), "{saved}");
    terminal.type_in("s\r");
    terminal.shows("replace it?");
    terminal.type_in("nq");
    terminal.ends_well();
}

#[test]
fn mentions_are_gathered_while_one_reads_and_kept_for_the_next_time() {
    let folder = tempfile::tempdir().unwrap();
    for _ in 0..2 {
        let mut terminal = Terminal::start(folder.path(), &[&library(), "actor:ferrier"], &[]);
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
fn every_size_is_survived() {
    let folder = tempfile::tempdir().unwrap();
    let mut terminal = Terminal::open(folder.path());
    terminal.shows("4 briefings, 5 actors");
    for (rows, cols) in [(1, 1), (2, 3), (12, 40), (60, 200), (1, 80), (24, 1), (24, 80)] {
        // A letter of the marking stands on the first row of every screen, however small.
        terminal.screen.process(b"\x1b[2J");
        terminal.resize(rows, cols);
        let mark = if cols < 9 { "…" } else { "TLP:GREEN" };
        terminal.until(|screen| screen.contents().contains(mark));
    }
    terminal.shows("4 briefings, 5 actors");
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
    let mut terminal = Terminal::start(folder.path(), &[library.to_str().unwrap(), "note"], &variables);
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
fn without_a_terminal_it_says_so_and_names_show() {
    let folder = tempfile::tempdir().unwrap();
    let run = |term: &str| {
        let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_dossier"));
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
