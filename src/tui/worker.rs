//! The thread that reads keys.

use std::io;
use std::panic::catch_unwind;
use std::sync::mpsc::{Sender, channel};
use std::thread;
use std::time::Duration;

use ratatui::crossterm::event::{self, Event as Input};

use super::{Event, fault};
use crate::tui::app::Message;

/// How long more of a batch is looked for. Not zero: then crossterm would not look even at what it has read already.
const MOMENT: Duration = Duration::from_micros(50);

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
        if !event::poll(MOMENT)? {
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
