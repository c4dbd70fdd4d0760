//! The terminal taken and given back: on quitting, on an error, on a panic, by force.

use std::io::{self, Stdout, Write, stdout};
use std::panic;
use std::sync::Once;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;

use ratatui::Terminal;
use ratatui::backend::CrosstermBackend;
use ratatui::buffer::Buffer;
use ratatui::crossterm::clipboard::CopyToClipboard;
use ratatui::crossterm::cursor::Show;
use ratatui::crossterm::event::{
    DisableBracketedPaste, DisableMouseCapture, EnableBracketedPaste, EnableMouseCapture,
};
use ratatui::crossterm::execute;
#[cfg(unix)]
use ratatui::crossterm::queue;
use ratatui::crossterm::terminal::{
    EnterAlternateScreen, LeaveAlternateScreen, disable_raw_mode, enable_raw_mode,
};
use ratatui::layout::{Position, Rect};

use crate::text::{self, Text};
use crate::tui::app::App;
use crate::tui::view::view;

/// Whether the terminal is ours at the moment, so that it is given back once and only then.
static TAKEN: AtomicBool = AtomicBool::new(false);
/// Whether another program has it until it ends.
static LENT: AtomicBool = AtomicBool::new(false);
static HOOK: Once = Once::new();

/// The terminal while the reader has it. Dropping it gives it back.
pub struct Screen {
    terminal: Terminal<CrosstermBackend<Stdout>>,
    mouse: bool,
}

impl Screen {
    pub fn open(mouse: bool) -> io::Result<Self> {
        HOOK.call_once(hook);
        take(mouse)?;
        match Terminal::new(CrosstermBackend::new(stdout())) {
            Ok(terminal) => Ok(Self { terminal, mouse }),
            Err(error) => {
                give_back();
                Err(error)
            }
        }
    }

    pub fn size(&self) -> io::Result<(u16, u16)> {
        self.terminal.size().map(|size| (size.width, size.height))
    }

    pub fn draw(&mut self, app: &App) -> io::Result<()> {
        let drawn = self.terminal.draw(|frame| {
            view(app, frame);
            guard(frame.buffer_mut());
        });
        drawn.map(|_| ())
    }

    /// Takes the mouse, or leaves it to the terminal.
    pub fn set_mouse(&mut self, mouse: bool) -> io::Result<()> {
        self.mouse = mouse;
        set_mouse(mouse)
    }

    /// Leaves the terminal to `other` while it runs, then takes it again.
    pub fn lend<T>(&mut self, other: impl FnOnce() -> T) -> io::Result<T> {
        give_back();
        LENT.store(true, Ordering::SeqCst);
        let answer = other();
        LENT.store(false, Ordering::SeqCst);
        take(self.mouse)?;
        self.repaint()?;
        Ok(answer)
    }

    /// Makes the next frame draw every cell, whatever the terminal shows now.
    ///
    /// Not `Terminal::clear`, which asks the terminal where its cursor is and waits for an answer.
    pub fn repaint(&mut self) -> io::Result<()> {
        let size = self.terminal.size()?;
        self.terminal.resize(Rect::from((Position::ORIGIN, size)))
    }

    /// Puts text on the clipboard, if the terminal has one. No terminal says whether it did.
    pub fn copy(&mut self, text: &str) -> io::Result<()> {
        execute!(self.terminal.backend_mut(), CopyToClipboard::to_clipboard_from(text))
    }

    pub fn close(self) {
        drop(self);
    }
}

impl Drop for Screen {
    fn drop(&mut self) {
        give_back();
    }
}

fn take(mouse: bool) -> io::Result<()> {
    TAKEN.store(true, Ordering::SeqCst);
    let taken = enable_raw_mode()
        .and_then(|()| execute!(stdout(), EnterAlternateScreen, EnableBracketedPaste))
        .and_then(|()| if mouse { set_mouse(true) } else { Ok(()) });
    if taken.is_err() {
        give_back();
    }
    taken
}

fn set_mouse(mouse: bool) -> io::Result<()> {
    if mouse { execute!(stdout(), EnableMouseCapture) } else { execute!(stdout(), DisableMouseCapture) }
}

/// The last look at what goes to the terminal: were anything in it not cleaned, it would still not act.
fn guard(buffer: &mut Buffer) {
    let acts = |c: char| c.is_control() || text::hides(c);
    for cell in &mut buffer.content {
        if !cell.symbol().is_ascii() && cell.symbol().chars().any(acts)
            || cell.symbol().bytes().any(|byte| byte < b' ' || byte == 0x7f)
        {
            cell.set_symbol("\u{fffd}");
        }
    }
}

/// Whether another program has the terminal at the moment.
#[cfg(unix)]
pub fn is_lent() -> bool {
    LENT.load(Ordering::SeqCst)
}

/// Gives the terminal back past a thread that is stuck while it draws, and without waiting for the terminal.
#[cfg(unix)]
pub fn give_back_by_force() {
    use std::os::unix::fs::OpenOptionsExt;
    if !TAKEN.swap(false, Ordering::SeqCst) {
        return;
    }
    let mut bytes = Vec::new();
    let _written = queue!(bytes, DisableMouseCapture, DisableBracketedPaste, LeaveAlternateScreen, Show);
    let at_once = i32::try_from(rustix::fs::OFlags::NONBLOCK.bits()).unwrap_or_default();
    let terminal = std::fs::OpenOptions::new().write(true).custom_flags(at_once).open("/dev/tty");
    let _written = terminal.and_then(|mut terminal| terminal.write_all(&bytes));
    let _cooked = disable_raw_mode();
}

/// Gives the terminal back as it was. What fails on the way is passed over: there is nobody left to tell.
fn give_back() {
    if TAKEN.swap(false, Ordering::SeqCst) {
        let _written =
            execute!(stdout(), DisableMouseCapture, DisableBracketedPaste, LeaveAlternateScreen, Show);
        let _flushed = stdout().flush();
        let _cooked = disable_raw_mode();
    }
}

/// On a panic of the thread that draws: the terminal first, then the words, cleaned.
///
/// A panic of another thread becomes a message in the reader, so it prints nothing over the screen.
fn hook() {
    let drawing = thread::current().id();
    let before = panic::take_hook();
    panic::set_hook(Box::new(move |panic| {
        if !TAKEN.load(Ordering::SeqCst) {
            before(panic);
        } else if thread::current().id() == drawing {
            give_back();
            let words = Text::new(&panic.to_string());
            eprintln!("dossier stopped by a fault of its own: {words}");
        }
    }));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_not_cleaned_does_not_act_either() {
        let mut buffer = Buffer::empty(Rect::new(0, 0, 5, 1));
        let symbols = ["\u{1b}[2J", "\u{202e}", "a\u{301}", "漢", "\u{9b}"];
        for (cell, symbol) in buffer.content.iter_mut().zip(symbols) {
            cell.set_symbol(symbol);
        }
        guard(&mut buffer);
        let left: Vec<&str> = buffer.content.iter().map(ratatui::buffer::Cell::symbol).collect();
        assert_eq!(left, ["\u{fffd}", "\u{fffd}", "a\u{301}", "漢", "\u{fffd}"]);
    }
}
