//! The thread that keeps what the reader did, so that no disk, however slow, holds up a key.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread;
use std::time::Duration;

use super::{Event, fault};
use crate::reading::state::{self, State};
use crate::store;
use crate::text::Text;
use crate::tui::app::Message;
use crate::tui::look::{self, Look};

/// How long the end waits for a disk that does not answer.
const PATIENCE: Duration = Duration::from_millis(1200);

/// What the thread is told.
pub enum Keep {
    /// Where the state of the library is kept, and what is kept there now.
    Known(PathBuf, Box<State>),
    Save(Box<State>),
    Look(Look),
    End,
}

/// The thread that keeps the state.
pub struct Keeper {
    keep: Sender<Keep>,
    /// What could not be kept, once all is done.
    done: Receiver<Option<Text>>,
}

impl Keeper {
    pub fn start(events: Sender<Event>) -> Self {
        let (keep, kept) = channel();
        let (end, done) = channel();
        thread::spawn(move || {
            let _nobody_waits = end.send(Desk::new(events).work(&kept));
        });
        Self { keep, done }
    }

    /// For those who learn where the state is.
    pub fn sender(&self) -> Sender<Keep> {
        self.keep.clone()
    }

    pub fn save(&self, state: Box<State>) {
        let _ended = self.keep.send(Keep::Save(state));
    }

    pub fn save_look(&self, look: Look) {
        let _ended = self.keep.send(Keep::Look(look));
    }

    /// Waits until all is kept, but not for ever; what was not kept is said.
    pub fn end(self) -> Option<Text> {
        let _ended = self.keep.send(Keep::End);
        let late = || Some(Text::line("the disk did not answer, so the last of what you read is not kept"));
        self.done.recv_timeout(PATIENCE).unwrap_or_else(|_late| late())
    }
}

/// What the thread knows.
struct Desk {
    events: Sender<Event>,
    file: Option<PathBuf>,
    /// What this reader last saved or read: whatever differs from it was done since.
    base: State,
    told: bool,
}

impl Desk {
    fn new(events: Sender<Event>) -> Self {
        Self { events, file: None, base: State::default(), told: false }
    }

    /// Works until the end; what was not kept in the end is said.
    fn work(mut self, kept: &Receiver<Keep>) -> Option<Text> {
        let mut newest = None;
        let mut trouble = None;
        while let Ok(first) = kept.recv() {
            let (mut ended, mut look) = (false, None);
            for word in std::iter::once(first).chain(kept.try_iter()) {
                match word {
                    Keep::Known(file, base) => (self.file, self.base) = (Some(file), *base),
                    Keep::Save(state) => newest = Some(state),
                    Keep::Look(it) => look = Some(it),
                    Keep::End => ended = true,
                }
            }
            // It is only taste: where it cannot be kept, it is as it was the next time.
            if let (Some(look), Some(file)) = (look, store::look()) {
                let _as_before = look::save(&file, look);
            }
            if let Some(state) = &newest {
                trouble = self.save(state).err();
                newest = newest.filter(|_| trouble.is_some());
            }
            if ended {
                break;
            }
        }
        trouble
    }

    /// Keeps `state`; the first time that fails is told.
    fn save(&mut self, state: &State) -> Result<(), Text> {
        let Some(file) = &self.file else { return Ok(()) };
        let saved = catch_unwind(AssertUnwindSafe(|| {
            fault::here("keep");
            state::save(file, &self.base, state)
        }));
        let fail = |why: &str| Text::line(&format!("what you read and starred cannot be kept: {why}"));
        let why = match saved {
            Ok(Ok(told)) => {
                self.base = state.clone();
                self.told = false;
                if let Some(told) = told {
                    self.tell(told);
                }
                return Ok(());
            }
            Ok(Err(error)) => fail(&error.to_string()),
            Err(_) => fail("a fault of dossier's own"),
        };
        if !std::mem::replace(&mut self.told, true) {
            self.tell(why.clone());
        }
        Err(why)
    }

    fn tell(&self, words: Text) {
        let _ended = self.events.send(Event::One(Message::Told(words)));
    }
}
