//! Effects: the only part of the reader that writes files and starts programs.

use std::io;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::mpsc::Sender;
use std::thread::JoinHandle;

use super::Event;
use super::worker::Keep;
use crate::store;
use crate::text::Text;
use crate::tui::app::{App, Effect, Message};
use crate::tui::terminal::Screen;

/// The threads that effects go to.
pub struct Outside {
    load: Sender<()>,
    keep: Sender<Keep>,
    keeper: JoinHandle<()>,
    events: Sender<Event>,
}

impl Outside {
    pub fn new(load: Sender<()>, keeper: (Sender<Keep>, JoinHandle<()>), events: Sender<Event>) -> Self {
        let (keep, keeper) = keeper;
        Self { load, keep, keeper, events }
    }

    /// Does what the reader asked. An error is the terminal's; all else becomes a message.
    pub fn perform(&mut self, effect: Effect, app: &App, screen: &mut Screen) -> io::Result<()> {
        match effect {
            Effect::Quit => {}
            Effect::Load => {
                let _ended = self.load.send(());
            }
            Effect::Keep(state) => {
                if let Some(file) = app.held.as_ref().and_then(|held| store::state(&held.library.root)) {
                    let _ended = self.keep.send(Keep::State(file, state));
                }
            }
            Effect::KeepLook(look) => {
                let _ended = self.keep.send(Keep::Look(look));
            }
            Effect::Write { path, text, overwrite } => self.tell(write(path, text, overwrite)),
            Effect::Copy(text) => screen.copy(&text)?,
            Effect::Edit(path, line) => {
                let ended = screen.lend(|| edit(&path, line))?;
                self.tell(ended);
            }
            Effect::Open(address) => self.tell(open(&address)),
            Effect::Mouse(mouse) => screen.set_mouse(mouse)?,
        }
        Ok(())
    }

    fn tell(&self, message: Message) {
        let _ended = self.events.send(Event::One(message));
    }

    /// Waits until all is kept.
    pub fn close(self) {
        drop(self.keep);
        let _ended = self.keeper.join();
    }
}

fn write(path: PathBuf, text: String, overwrite: bool) -> Message {
    let shown = Text::line(&std::path::absolute(&path).unwrap_or_else(|_| path.clone()).to_string_lossy());
    match crate::save::write(&path, &text, overwrite) {
        Ok(()) => Message::Told(Text::line(&format!("saved as {shown}"))),
        Err(crate::save::Unsaved::Exists) => Message::Exists(path, text),
        Err(crate::save::Unsaved::Failed(why)) => {
            Message::Told(Text::line(&format!("{shown} was not saved: {why}")))
        }
    }
}

/// Runs the reader's editor on a file and waits for it.
fn edit(path: &Path, line: usize) -> Message {
    let chosen = ["VISUAL", "EDITOR"].iter().filter_map(|name| std::env::var(name).ok());
    let chosen = chosen.map(|it| it.trim().to_owned()).find(|it| !it.is_empty());
    let fallback = if cfg!(windows) { "notepad" } else { "vi" };
    let chosen = chosen.unwrap_or_else(|| fallback.to_owned());
    let mut words = chosen.split_whitespace();
    let program = words.next().unwrap_or(fallback);
    let mut command = Command::new(program);
    command.args(words);
    if takes_line(program) {
        command.arg(format!("+{line}"));
    }
    match command.arg(path).status() {
        Ok(status) if status.success() => Message::Edited,
        Ok(status) => Message::Told(Text::line(&format!("the editor {program} ended with {status}"))),
        Err(error) => {
            Message::Told(Text::line(&format!("the editor {program} could not be started: {error}")))
        }
    }
}

/// Whether the editor takes `+LINE` before the file.
fn takes_line(program: &str) -> bool {
    let name = Path::new(program).file_stem().map(|name| name.to_string_lossy().into_owned());
    let known = ["vi", "vim", "nvim", "nano", "emacs", "emacsclient", "micro", "kak", "joe", "mg", "ed"];
    name.is_some_and(|name| known.contains(&name.as_str()))
}

/// Gives an address to the platform's opener, as one argument, and does not wait for it.
fn open(address: &Text) -> Message {
    let mut command = opener(address);
    command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    match command.spawn() {
        Ok(mut child) => {
            // Somebody must take its exit status, or it stays in the table of processes.
            std::thread::spawn(move || child.wait());
            Message::Told(Text::line(&format!("opening {address}")))
        }
        Err(error) => Message::Told(Text::line(&format!("{address} could not be opened: {error}"))),
    }
}

#[cfg(windows)]
fn opener(address: &str) -> Command {
    // Not `cmd /c start`, which reads `&` and `^` in an address as its own.
    let mut command = Command::new("rundll32");
    command.args(["url.dll,FileProtocolHandler", address]);
    command
}

#[cfg(target_os = "macos")]
fn opener(address: &str) -> Command {
    let mut command = Command::new("open");
    command.arg(address);
    command
}

#[cfg(not(any(windows, target_os = "macos")))]
fn opener(address: &str) -> Command {
    let mut command = Command::new("xdg-open");
    command.arg(address);
    command
}
