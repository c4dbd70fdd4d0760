//! A program in a real pseudo-terminal, and what its screen shows.
//!
//! Nothing sleeps: each step waits until the screen shows what it should, or fails at a deadline.
#![cfg(unix)]
#![allow(clippy::unwrap_used, reason = "a test ends where its setting up fails")]

use std::io::{Read, Write};
use std::num::NonZeroU16;
use std::path::Path;
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::time::{Duration, Instant};

use portable_pty::{Child, CommandBuilder, ExitStatus, MasterPty, PtySize, native_pty_system};

/// The program.
pub const DOSSIER: &str = env!("CARGO_BIN_EXE_dossier");

/// Far beyond what any step takes, even on a busy machine.
pub const DEADLINE: Duration = Duration::from_mins(1);

/// A program, its terminal, and the screen as drawn so far.
pub struct Terminal {
    pub master: Box<dyn MasterPty + Send>,
    pub child: Box<dyn Child + Send + Sync>,
    pub keys: Box<dyn Write + Send>,
    pub output: Receiver<Vec<u8>>,
    pub screen: vt100::Parser,
    /// The terminal's settings before the program started.
    pub before: String,
}

/// A terminal's size.
pub fn size(rows: u16, cols: u16) -> PtySize {
    PtySize { rows, cols, pixel_width: 0, pixel_height: 0 }
}

/// An empty screen.
pub fn blank(rows: u16, cols: u16) -> vt100::Parser {
    vt100::Parser::new(cells(rows), cells(cols), 0)
}

fn cells(count: u16) -> NonZeroU16 {
    NonZeroU16::new(count).unwrap()
}

/// The fixture library.
pub fn library() -> String {
    format!("{}/tests/fixtures/reader", env!("CARGO_MANIFEST_DIR"))
}

impl Terminal {
    /// Starts a command whose state, cache and work are in `folder`.
    pub fn start(folder: &Path, command: &[&str], variables: &[(&str, &str)]) -> Self {
        let pair = native_pty_system().openpty(size(24, 80)).unwrap();
        let before = format!("{:?}", pair.master.get_termios());
        let mut builder = CommandBuilder::new(command[0]);
        builder.args(&command[1..]);
        builder.cwd(folder);
        builder.env_remove("NO_COLOR");
        for (name, place) in [
            ("HOME", ""),
            ("XDG_STATE_HOME", "state"),
            ("XDG_CONFIG_HOME", "config"),
            ("XDG_CACHE_HOME", "cache"),
        ] {
            builder.env(name, folder.join(place));
        }
        for (name, value) in [("TERM", "xterm-256color"), ("PS1", "ready$ ")].iter().chain(variables) {
            builder.env(name, value);
        }
        let child = pair.slave.spawn_command(builder).unwrap();
        let keys = pair.master.take_writer().unwrap();
        let output = drawn(pair.master.try_clone_reader().unwrap());
        Self { master: pair.master, child, keys, output, screen: blank(24, 80), before }
    }

    /// Starts the reader on the fixture library.
    pub fn open(folder: &Path) -> Self {
        Self::start(folder, &[DOSSIER, &library()], &[])
    }

    /// Waits until the screen is as wanted.
    pub fn until(&mut self, wanted: impl Fn(&vt100::Screen) -> bool) {
        let end = Instant::now() + DEADLINE;
        while !wanted(self.screen.screen()) {
            match self.output.recv_timeout(end.saturating_duration_since(Instant::now())) {
                Ok(bytes) => self.screen.process(&bytes),
                Err(error) => panic!("{error}; the screen is\n{}", self.screen.screen().contents()),
            }
        }
    }

    /// Waits until `words` stand on the screen.
    pub fn shows(&mut self, words: &str) {
        self.until(|screen| screen.contents().contains(words));
    }

    pub fn type_in(&mut self, keys: &str) {
        self.keys.write_all(keys.as_bytes()).unwrap();
        self.keys.flush().unwrap();
    }

    pub fn resize(&mut self, rows: u16, cols: u16) {
        self.master.resize(size(rows, cols)).unwrap();
        self.screen.screen_mut().set_size(cells(rows), cells(cols));
    }

    /// Waits for the end; everything that was drawn is on the screen then.
    pub fn end(&mut self) -> ExitStatus {
        let end = Instant::now() + DEADLINE;
        let status = loop {
            if let Some(status) = self.child.try_wait().unwrap() {
                break status;
            }
            match self.output.recv_timeout(Duration::from_millis(20)) {
                Ok(bytes) => self.screen.process(&bytes),
                Err(RecvTimeoutError::Timeout) => {}
                Err(RecvTimeoutError::Disconnected) => std::thread::yield_now(),
            }
            let drawn = self.screen.screen().contents();
            assert!(Instant::now() < end, "still running; the screen is\n{drawn}");
        };
        while let Ok(bytes) = self.output.recv_timeout(Duration::from_millis(200)) {
            self.screen.process(&bytes);
        }
        status
    }

    /// The terminal is as it was before the program started.
    pub fn is_given_back(&self) {
        assert_eq!(format!("{:?}", self.master.get_termios()), self.before);
        let screen = self.screen.screen();
        assert!(!screen.alternate_screen() && !screen.hide_cursor() && !screen.bracketed_paste());
        assert_eq!(screen.mouse_protocol_mode(), vt100::MouseProtocolMode::None);
    }

    /// Waits for an end without a fault that gives the terminal back.
    pub fn ends_well(mut self) {
        assert!(self.end().success());
        self.is_given_back();
    }
}

/// Takes what is drawn, on a thread of its own.
fn drawn(mut reader: Box<dyn Read + Send>) -> Receiver<Vec<u8>> {
    let (sender, output) = channel();
    std::thread::spawn(move || {
        let mut bytes = [0; 4096];
        while let Ok(count @ 1..) = reader.read(&mut bytes) {
            if sender.send(bytes[..count].to_vec()).is_err() {
                return;
            }
        }
    });
    output
}
