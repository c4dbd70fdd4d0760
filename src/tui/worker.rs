//! The threads beside the loop. Each does one thing in order, so no answer can overtake another.

use std::io;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;
use std::sync::mpsc::{Sender, channel};
use std::thread;
use std::time::Duration;

use ratatui::crossterm::event::{self, Event as Input};

use super::keeper::Keep;
use super::{Event, Load, fault};
use crate::library::Library;
use crate::text::Text;
use crate::tui::app::{Held, Message};
use crate::tui::state::{self, State};

/// Reads keys and sends all that wait as one batch, then waits to be told to go on.
///
/// So nothing reads the terminal while the loop works on a batch, and an editor can have it.
pub fn keys(events: Sender<Event>) -> Sender<()> {
    let (go, going) = channel();
    thread::spawn(move || {
        loop {
            let read =
                catch_unwind(batch).unwrap_or_else(|_| Err(io::Error::other("a fault of dossier's own")));
            let event = read.map_or_else(Event::Gone, Event::Keys);
            let ended = matches!(event, Event::Gone(_));
            if events.send(event).is_err() || ended || going.recv().is_err() {
                return;
            }
        }
    });
    go
}

/// Everything that was typed by now; waits for the first.
fn batch() -> io::Result<Vec<Message>> {
    let mut batch = Vec::new();
    loop {
        batch.extend(message(event::read()?));
        fault::here("keys");
        if !event::poll(Duration::ZERO)? {
            return Ok(batch);
        }
    }
}

fn message(input: Input) -> Option<Message> {
    match input {
        Input::Key(key) => Some(Message::Key(key)),
        Input::Mouse(mouse) => Some(Message::Mouse(mouse)),
        Input::Paste(text) => Some(Message::Paste(text)),
        Input::Resize(width, height) => Some(Message::Resize(width, height)),
        Input::FocusGained | Input::FocusLost => None,
    }
}

/// Loads the library now, and again whenever asked. `keeper` is told where its state is kept.
pub fn loader(mut load: Load, events: Sender<Event>, keeper: Sender<Keep>) -> Sender<()> {
    let (ask, asked) = channel();
    thread::spawn(move || {
        let mut first = true;
        loop {
            let read = catch_unwind(AssertUnwindSafe(|| {
                fault::here("load");
                load().map(Held::new)
            }));
            let message = match read {
                Ok(Ok(held)) => {
                    let kept = std::mem::take(&mut first).then(|| kept(&held.library, &events, &keeper));
                    Message::Loaded(held, kept)
                }
                Ok(Err(trouble)) => Message::Told(trouble),
                Err(_) => {
                    Message::Told(Text::line("the library could not be read: a fault of dossier's own"))
                }
            };
            if events.send(Event::One(message)).is_err() || asked.recv().is_err() {
                return;
            }
            // Asked twice while it was reading, it reads once.
            while asked.try_recv().is_ok() {}
        }
    });
    ask
}

/// The state that was kept for a library; what was wrong with it is told.
fn kept(library: &Library, events: &Sender<Event>, keeper: &Sender<Keep>) -> Box<State> {
    let Some(file) = place(library) else { return Box::default() };
    let (state, trouble) = state::load(&file);
    if let Some(trouble) = trouble {
        let _ended = events.send(Event::One(Message::Told(trouble)));
    }
    let state = Box::new(state);
    let _ended = keeper.send(Keep::Known(file, state.clone()));
    state
}

/// Where the state of a library is kept.
fn place(library: &Library) -> Option<PathBuf> {
    let shipped = library.root.is_shipped().then(|| PathBuf::from("shipped"));
    state::file(&library.root.path("").or(shipped)?)
}
