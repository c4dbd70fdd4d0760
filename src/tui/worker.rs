//! The threads beside the loop. Each does one thing in order, so no answer can overtake another.

use std::io;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::{Sender, channel};
use std::thread;
use std::time::{Duration, Instant};

use ratatui::crossterm::event::{self, Event as Input};

use super::keeper::Keep;
use super::{Event, Load, fault};
use crate::library::Library;
use crate::links::Links;
use crate::reading::state::{self, State};
use crate::store;
use crate::text::Text;
use crate::tui::app::{Held, Message};
use crate::tui::look;

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
pub fn loader(load: Load, events: Sender<Event>, keeper: Sender<Keep>) -> Sender<()> {
    let (ask, asked) = channel();
    thread::spawn(move || {
        let mut loader = Loader { load, events, keeper, first: true, texts: None };
        if let Some(file) = store::look() {
            loader.send(Message::Look(look::load(&file)));
        }
        loop {
            let ended = catch_unwind(AssertUnwindSafe(|| loader.turn()));
            let trouble = match ended {
                Ok(ended) => ended.err(),
                Err(_) => Some(Text::line("the library could not be read: a fault of dossier's own")),
            };
            if let Some(trouble) = trouble {
                loader.send(Message::Told(trouble));
            }
            if asked.recv().is_err() {
                return;
            }
            // Asked twice while it was reading, it reads once.
            while asked.try_recv().is_ok() {}
        }
    });
    ask
}

/// Reads the library, and then what its texts say.
struct Loader {
    load: Load,
    events: Sender<Event>,
    keeper: Sender<Keep>,
    first: bool,
    /// What the texts said when they were read last.
    texts: Option<Arc<Links>>,
}

impl Loader {
    /// The first time, the library goes to the screen before its texts are read; later the screen has one to show.
    fn turn(&mut self) -> Result<(), Text> {
        fault::here("load");
        let held = Held::new((self.load)()?);
        if std::mem::take(&mut self.first) {
            let state = self.kept(&held.library);
            self.send(Message::Loaded(held.clone(), Some(Box::new(state))));
            held.finder();
            let links = Arc::new(self.gather(&held));
            self.texts = Some(Arc::clone(&links));
            self.send(Message::Linked(links));
        } else {
            let links = self.gather(&held);
            held.finder();
            let held = held.with(links);
            self.texts = Some(Arc::clone(&held.links));
            self.send(Message::Loaded(held, None));
        }
        Ok(())
    }

    /// The state that was kept for a library; what was wrong with it is told.
    fn kept(&self, library: &Library) -> State {
        let Some(file) = store::state(&library.root) else { return State::default() };
        let (state, trouble) = state::load(&file);
        if let Some(trouble) = trouble {
            self.send(Message::Told(trouble));
        }
        let _ended = self.keeper.send(Keep::Known(file, Box::new(state.clone())));
        state
    }

    /// The links that the texts make too; only those that have changed since the last time are read.
    fn gather(&self, held: &Held) -> Links {
        let (library, cache) = (&held.library, store::cache(&held.library.root));
        let gauge = Gauge::new(library.briefings.len(), &self.events);
        let tick = || gauge.tick();
        let texts = match self.texts.as_ref().and_then(|links| links.texts()) {
            Some(old) => held.links.read_changed(library, old, cache.as_deref(), &tick),
            None => held.links.read_texts(library, cache.as_deref(), &tick),
        };
        (*held.links).clone().with(texts)
    }

    /// Where nobody listens any more, the reader is closing.
    fn send(&self, message: Message) {
        let _ended = self.events.send(Event::One(message));
    }
}

/// Says how far the texts are read, once that has taken a while.
struct Gauge<'a> {
    all: usize,
    done: AtomicUsize,
    told: AtomicUsize,
    since: Instant,
    events: &'a Sender<Event>,
}

/// Work that is done within this time needs no gauge.
const PATIENCE: Duration = Duration::from_millis(500);

impl<'a> Gauge<'a> {
    fn new(all: usize, events: &'a Sender<Event>) -> Self {
        let (done, told) = (AtomicUsize::new(0), AtomicUsize::new(0));
        Self { all, done, told, since: Instant::now(), events }
    }

    fn tick(&self) {
        let done = self.done.fetch_add(1, Ordering::Relaxed) + 1;
        let percent = done * 100 / self.all.max(1);
        if self.since.elapsed() > PATIENCE && self.told.fetch_max(percent, Ordering::Relaxed) < percent {
            let _ended = self.events.send(Event::One(Message::Gathering(percent)));
        }
    }
}
