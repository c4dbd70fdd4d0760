//! Effects: the only part of the reader that writes files and starts programs.

use std::ffi::OsStr;
use std::io;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::time::{Duration, Instant};

use super::Event;
use super::front::Place;
use super::keeper::Keeper;
use crate::reading::state::State;
use crate::text::Text;
use crate::tui::app::{App, Effect, Message};
use crate::tui::terminal::Screen;

/// The threads that effects go to.
pub struct Outside {
    load: Sender<()>,
    keeper: Keeper,
    events: Sender<Event>,
    /// Where to keep the first screen, until there was one.
    front: Option<Place>,
    /// Each file that is being written holds a copy of the first; the second ends with the last of them.
    writing: (Sender<()>, Receiver<()>),
}

/// How long the end waits in all for a disk that does not answer.
const PATIENCE: Duration = Duration::from_millis(1400);

impl Outside {
    pub fn new(load: Sender<()>, keeper: Keeper, events: Sender<Event>, front: Option<Place>) -> Self {
        Self { load, keeper, events, front, writing: channel() }
    }

    /// Keeps what the library showed first.
    pub fn picture(&mut self, app: &App) {
        if app.held.is_some()
            && let Some(place) = self.front.take()
        {
            place.keep(app);
        }
    }

    /// Once keys were typed, what is shown is no first screen.
    pub fn typed(&mut self, keys: bool) {
        self.front = self.front.take().filter(|_| !keys);
    }

    /// Does what the reader asked. An error is the terminal's; all else becomes a message.
    pub fn perform(&mut self, effect: Effect, screen: &mut Screen) -> io::Result<()> {
        match effect {
            Effect::Quit => {}
            Effect::Load => {
                let _ended = self.load.send(());
            }
            Effect::Keep(state) => self.keep(state),
            Effect::KeepLook(look) => self.keeper.save_look(look),
            Effect::Suspend => self.suspend(screen)?,
            Effect::Write { path, text, overwrite } => self.write(path, text, overwrite),
            Effect::Copy(text) => screen.copy(&text)?,
            Effect::Pipe { command, text } => self.pipe(command, text),
            Effect::Edit(path, line) => {
                let ended = screen.lend(|| edit(&path, line))?;
                self.tell(ended);
            }
            Effect::Open(address) => self.tell(open(OsStr::new(address.as_str()))),
            Effect::View(path) => self.tell(open(path.as_os_str())),
            Effect::Mouse(mouse) => screen.set_mouse(mouse)?,
        }
        Ok(())
    }

    /// Writes a file beside the loop: the drive it goes to may be slow.
    fn write(&self, path: PathBuf, text: String, overwrite: bool) {
        let (events, writing) = (self.events.clone(), self.writing.0.clone());
        std::thread::spawn(move || {
            super::fault::slow("write");
            let _ended = events.send(Event::One(write(path, text, overwrite)));
            drop(writing);
        });
    }

    /// Gives a text to a command beside the loop: it may take its time.
    fn pipe(&self, command: String, text: String) {
        let (events, writing) = (self.events.clone(), self.writing.0.clone());
        std::thread::spawn(move || {
            let said = super::pipe::run(&command, text, writing);
            let _ended = events.send(Event::One(Message::Piped(command, said)));
        });
    }

    fn tell(&self, message: Message) {
        let _ended = self.events.send(Event::One(message));
    }

    /// Gives the terminal back to the shell until the reader comes back.
    pub fn suspend(&self, screen: &mut Screen) -> io::Result<()> {
        #[cfg(unix)]
        if super::signals::has_shell() {
            return screen.lend(super::signals::stop);
        }
        self.tell(Message::Told(Text::line("there is no shell to go back to")));
        screen.repaint()
    }

    pub fn keep(&self, state: Box<State>) {
        self.keeper.save(state);
    }

    /// Waits until all is kept; what was not is said.
    pub fn close(self) -> Option<Text> {
        let since = Instant::now();
        let lost = self.keeper.end();
        let (own, others) = self.writing;
        drop(own);
        let late =
            others.recv_timeout(PATIENCE.saturating_sub(since.elapsed())) == Err(RecvTimeoutError::Timeout);
        let unwritten =
            || Text::line("what was to be written is not: the disk or the command does not take it");
        lost.or_else(|| late.then(unwritten))
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

/// Gives an address or a whole path to the platform's opener, as one argument, and does not wait for it.
fn open(address: &OsStr) -> Message {
    let shown = Text::line(&address.to_string_lossy());
    let mut command = opener(address);
    command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    match command.spawn() {
        Ok(mut child) => {
            // Somebody must take its exit status, or it stays in the table of processes.
            std::thread::spawn(move || child.wait());
            Message::Told(Text::line(&format!("opening {shown}")))
        }
        Err(error) => Message::Told(Text::line(&format!("{shown} could not be opened: {error}"))),
    }
}

#[cfg(windows)]
fn opener(address: &OsStr) -> Command {
    // Not `cmd /c start`, which reads `&` and `^` in an address as its own.
    let mut command = Command::new("rundll32");
    command.arg("url.dll,FileProtocolHandler").arg(address);
    command
}

#[cfg(target_os = "macos")]
fn opener(address: &OsStr) -> Command {
    let mut command = Command::new("open");
    command.arg(address);
    command
}

#[cfg(not(any(windows, target_os = "macos")))]
fn opener(address: &OsStr) -> Command {
    let mut command = Command::new("xdg-open");
    command.arg(address);
    command
}
