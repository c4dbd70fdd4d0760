//! The threads beside the loop. Each does one thing in order, so no answer can overtake another.

use std::io;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread::{self, JoinHandle};
use std::time::Duration;

use ratatui::crossterm::event::{self, Event as Input};

use super::{Event, Load};
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
            let event = batch().map_or_else(Event::Gone, Event::Keys);
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

/// Loads the library now, and again whenever asked.
pub fn loader(mut load: Load, events: Sender<Event>) -> Sender<()> {
    let (ask, asked) = channel();
    thread::spawn(move || {
        let mut first = true;
        loop {
            let message = match catch_unwind(AssertUnwindSafe(|| load().map(Held::new))) {
                Ok(Ok(held)) => {
                    let kept = std::mem::take(&mut first).then(|| kept(&held.library));
                    loaded(held, kept, &events)
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

/// The state that was kept for a library, and what was wrong with it.
fn kept(library: &Library) -> (State, Option<Text>) {
    place(library).map(|file| state::load(&file)).unwrap_or_default()
}

fn loaded(held: Held, kept: Option<(State, Option<Text>)>, events: &Sender<Event>) -> Message {
    match kept {
        Some((state, trouble)) => {
            if let Some(trouble) = trouble {
                let _ended = events.send(Event::One(Message::Told(trouble)));
            }
            Message::Loaded(held, Some(Box::new(state)))
        }
        None => Message::Loaded(held, None),
    }
}

/// Where the state of a library is kept.
pub fn place(library: &Library) -> Option<PathBuf> {
    let shipped = library.root.is_shipped().then(|| PathBuf::from("shipped"));
    state::file(&library.root.path("").or(shipped)?)
}

/// A state to keep, and where.
pub type Keep = (PathBuf, Box<State>);

/// Keeps the newest state it is given. Ends when nobody can give it another.
pub fn keeper(events: Sender<Event>) -> (Sender<Keep>, JoinHandle<()>) {
    let (keep, kept) = channel();
    (keep, thread::spawn(move || keep_all(&kept, &events)))
}

fn keep_all(kept: &Receiver<Keep>, events: &Sender<Event>) {
    let mut told = false;
    while let Ok(mut newest) = kept.recv() {
        while let Ok(newer) = kept.try_recv() {
            newest = newer;
        }
        let (file, state) = newest;
        if let Err(error) = state::save(&file, &state)
            && !std::mem::replace(&mut told, true)
        {
            let words = format!("what you read and starred cannot be kept: {error}");
            let _ended = events.send(Event::One(Message::Told(Text::line(&words))));
        }
    }
}
