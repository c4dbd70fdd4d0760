//! The reader: terminal, threads, the loop and the effects.
//!
//! One thread reads keys, one loads the library, one keeps the state; all three only send messages to
//! the loop, which alone changes the [`app::App`] and draws. It draws when no message waits, never by a clock.

pub mod app;
pub mod keys;
pub mod look;
mod outside;
pub mod panes;
pub mod state;
mod terminal;
pub mod theme;
pub mod view;
mod worker;

use std::io::{self, IsTerminal};
use std::sync::mpsc::{Receiver, Sender, TryRecvError, channel};

use crate::library::Library;
use crate::text::Text;
use app::{App, Effect, Message, Options};
use outside::Outside;
use terminal::Screen;

/// Reads the library from its root, as often as the reader asks for it.
pub type Load = Box<dyn FnMut() -> Result<Library, Text> + Send>;

/// Whether there is a terminal to read in; if not, what to do instead.
///
/// `piped` says that standard input holds the library, so that keys come from the terminal itself.
pub fn available(piped: bool) -> Result<(), Text> {
    let trouble = if std::env::var_os("TERM").is_some_and(|term| term == "dumb") {
        "TERM is `dumb`, which cannot show the reader"
    } else if !io::stdout().is_terminal() {
        "standard output is no terminal, so the reader cannot open"
    } else if !piped && !io::stdin().is_terminal() {
        "standard input is no terminal, so the reader cannot take keys"
    } else {
        return Ok(());
    };
    Err(Text::line(&format!("{trouble}; `dossier show ADDRESS` prints a page as plain lines")))
}

/// Opens the reader and returns when it is quit. The terminal is given back whatever happens.
pub fn run(load: Load, options: Options) -> Result<(), Text> {
    let (sender, messages) = channel();
    let mut screen = Screen::open(options.mouse).map_err(|error| trouble(&error))?;
    let size = screen.size().map_err(|error| trouble(&error))?;
    let mut app = App::new(size, options);
    let go = worker::keys(sender.clone());
    let outside = Outside::new(worker::loader(load, sender.clone()), worker::keeper(sender.clone()), sender);
    let ended = read(&mut app, &mut screen, outside, &messages, &go);
    screen.close();
    ended.map_err(|error| trouble(&error))
}

/// What the threads send: keys by the batch, everything else one by one.
enum Event {
    Keys(Vec<Message>),
    One(Message),
    /// The terminal is gone.
    Gone(io::Error),
}

/// The loop: take what has happened, then draw.
fn read(
    app: &mut App,
    screen: &mut Screen,
    mut outside: Outside,
    messages: &Receiver<Event>,
    go: &Sender<()>,
) -> io::Result<()> {
    loop {
        let (width, height) = screen.size()?;
        if app.size != (width, height) {
            // A resize that comes together with a key can be lost on the way; the next frame finds it.
            app.update(Message::Resize(width, height));
            screen.repaint()?;
        }
        screen.draw(app)?;
        let Ok(mut event) = messages.recv() else {
            return Ok(());
        };
        loop {
            let keys = matches!(event, Event::Keys(_));
            let batch = match event {
                Event::Keys(batch) => batch,
                Event::One(message) => vec![message],
                Event::Gone(error) => return Err(error),
            };
            for message in batch {
                if let Message::Resize(..) = message {
                    // Even where the size is what it was: on the way there the terminal may have lost cells.
                    screen.repaint()?;
                }
                for effect in app.update(message) {
                    if effect == Effect::Quit {
                        outside.close();
                        return Ok(());
                    }
                    outside.perform(effect, app, screen)?;
                }
            }
            if keys {
                // The thread that reads keys waits for this, so an editor has the terminal to itself.
                let _ended = go.send(());
            }
            event = match messages.try_recv() {
                Ok(event) => event,
                Err(TryRecvError::Empty) => break,
                Err(TryRecvError::Disconnected) => return Ok(()),
            };
        }
    }
}

fn trouble(error: &io::Error) -> Text {
    Text::line(&format!("the terminal failed: {error}"))
}
