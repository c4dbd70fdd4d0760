//! The thread that reads the library: from the cache at once, then what changed since, and again whenever files change.
//!
//! It does one thing after the other, so no answer can overtake another. Many changes at once cost one reading, and
//! what is kept in the cache is written when nothing has happened for a while.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::thread;
use std::time::{Duration, Instant};

use super::keeper::Keep;
use super::watch::{Waker, Watch};
use super::{Event, Load, fault};
use crate::library::catalogue::{Catalogue, Changes};
use crate::library::folder::Root;
use crate::library::load::kept_in;
use crate::links::Links;
use crate::reading::state::{self, State};
use crate::search::Seen;
use crate::store;
use crate::text::Text;
use crate::tui::app::{Held, Message};
use crate::tui::look;

/// So long nothing may happen before what changed is read: editors save in several steps.
const QUIET: Duration = Duration::from_millis(150);
/// Where changes do not end, they are read all the same.
const PATIENCE: Duration = Duration::from_millis(600);
/// How soon a file is looked at again that changed in the moment when it was read.
const AGAIN: Duration = Duration::from_millis(2200);
/// How long nothing has happened when the cache is written.
const IDLE: Duration = Duration::from_secs(5);

/// Reads the library now, and again when it changes or whenever asked. `keeper` is told where its state is kept.
pub fn start(load: Load, events: Sender<Event>, keeper: Sender<Keep>) -> Sender<()> {
    let (ask, asked) = channel();
    let waker = Waker::new(ask.clone());
    thread::spawn(move || {
        let watch = Watch::new(waker);
        let (catalogue, links) = (Catalogue::default(), None);
        let due = Due { again: false, write: false };
        let seen = Seen::default();
        let mut loader = Loader { load, events, keeper, first: true, catalogue, seen, links, watch, due };
        if let Some(file) = store::look() {
            loader.send(Message::Look(look::load(&file)));
        }
        loop {
            let since = Instant::now();
            let ended = catch_unwind(AssertUnwindSafe(|| loader.turn()));
            let trouble = match ended {
                Ok(ended) => ended.err(),
                Err(_) => Some(Text::line("the library could not be read: a fault of dossier's own")),
            };
            loader.watch.took(since.elapsed(), trouble.is_none());
            if let Some(trouble) = trouble {
                loader.send(Message::Told(trouble));
            }
            // Whoever changes files without end gets half of the time at most.
            if loader.wait(&asked, since.elapsed()).is_none() {
                return;
            }
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
    /// What reading each file gave.
    catalogue: Catalogue,
    /// What the folder looked like before that.
    seen: Seen,
    /// What the texts said when they were read last.
    links: Option<Arc<Links>>,
    watch: Watch,
    due: Due,
}

/// What is to be done when nothing happens.
struct Due {
    /// Another look at files that changed in the moment when they were read.
    again: bool,
    /// The cache.
    write: bool,
}

impl Loader {
    /// The first time, what the cache keeps goes to the screen before anything is looked at; then the library, before
    /// its texts are read. Later the screen has one to show.
    fn turn(&mut self) -> Result<(), Text> {
        fault::here("load");
        let root = (self.load)()?;
        if std::mem::take(&mut self.first) {
            return self.begin(root);
        }
        let changes = self.look(&root);
        if changes.read {
            let held = self.read(root);
            let links = self.gather(&held);
            held.finder();
            let held = held.with(links);
            self.links = Some(Arc::clone(&held.links));
            self.send(Message::Loaded(held, None));
            self.tell(changes);
        }
        Ok(())
    }

    fn begin(&mut self, root: Root) -> Result<(), Text> {
        let state = Some(Box::new(self.state(&root)));
        let kept = store::cache(&root).and_then(|cache| Catalogue::kept(&root, &kept_in(&cache)));
        let Some(kept) = kept else {
            self.look(&root);
            let held = self.read(root);
            self.send(Message::Loaded(held.clone(), state));
            self.read_texts(&held);
            self.write_catalogue();
            return Ok(());
        };
        self.catalogue = kept;
        let mut held = self.held(root);
        self.send(Message::Loaded(held.clone(), state));
        self.send(Message::Checking(true));
        let root = (self.load)()?;
        let changes = self.look(&root);
        if changes.read {
            held = self.read(root);
            self.send(Message::Loaded(held.clone(), None));
            self.tell(changes);
        } else {
            let _new = held.seen.set(std::mem::take(&mut self.seen));
        }
        self.send(Message::Checking(false));
        self.read_texts(&held);
        Ok(())
    }

    /// Reads what changed, and goes on watching.
    fn look(&mut self, root: &Root) -> Changes {
        let mut walk = root.walk();
        let mut troubles = Vec::new();
        // What is changed before it is watched is seen by the walk after.
        while self.watch.follow(root, &walk.folders, &mut troubles) {
            walk = root.walk();
        }
        for trouble in troubles {
            self.send(Message::Told(trouble));
        }
        self.seen = Seen::from(&walk);
        let changes = self.catalogue.refresh_from(root, walk);
        self.due.again = changes.doubtful;
        self.due.write |= changes.read;
        changes
    }

    fn held(&mut self, root: Root) -> Held {
        Held::new(self.catalogue.library(root))
    }

    /// The library that was just read.
    fn read(&mut self, root: Root) -> Held {
        let held = self.held(root);
        let _new = held.seen.set(std::mem::take(&mut self.seen));
        held
    }

    /// The texts are read while the library is on the screen.
    fn read_texts(&mut self, held: &Held) {
        held.finder();
        let links = Arc::new(self.gather(held));
        self.links = Some(Arc::clone(&links));
        self.send(Message::Linked(links));
    }

    /// The state that was kept for a library; what was wrong with it is told.
    fn state(&self, root: &Root) -> State {
        let Some(file) = store::state(root) else { return State::default() };
        let (state, trouble) = state::load(&file);
        if let Some(trouble) = trouble {
            self.send(Message::Told(trouble));
        }
        let _ended = self.keeper.send(Keep::Known(file, Box::new(state.clone())));
        state
    }

    /// The links that the texts make too; only those that have changed since the last time are read.
    fn gather(&self, held: &Held) -> Links {
        let library = &held.library;
        let gauge = Gauge::new(library.briefings.len(), &self.events);
        let tick = || gauge.tick();
        let texts = match self.links.as_ref().and_then(|links| links.texts()) {
            Some(old) => held.links.read_changed(library, old, None, &tick),
            None => held.links.read_texts(library, store::cache(&library.root).as_deref(), &tick),
        };
        (*held.links).clone().with(texts)
    }

    /// Waits until there is something to do; `None` when the reader has ended. A burst of changes is waited for.
    fn wait(&mut self, asked: &Receiver<()>, took: Duration) -> Option<()> {
        loop {
            let patience = [
                self.due.again.then_some(AGAIN),
                self.due.write.then_some(IDLE.max(took)),
                self.watch.interval(),
            ];
            let next = match patience.into_iter().flatten().min() {
                Some(patience) => asked.recv_timeout(patience),
                None => asked.recv().map_err(Into::into),
            };
            match next {
                Ok(()) => break,
                Err(RecvTimeoutError::Timeout) if self.due.again || !self.due.write => return Some(()),
                Err(RecvTimeoutError::Timeout) => self.write(),
                Err(RecvTimeoutError::Disconnected) => return None,
            }
        }
        let since = Instant::now();
        let quiet = QUIET.max(took.min(PATIENCE));
        self.watch.heard();
        while since.elapsed() < PATIENCE && asked.recv_timeout(quiet).is_ok() {
            self.watch.heard();
        }
        Some(())
    }

    /// Writes the cache. What cannot be written is read again by the next run.
    fn write(&mut self) {
        if let Some((cache, links)) = self.write_catalogue().zip(self.links.as_ref()) {
            links.keep(&cache);
        }
    }

    /// Writes what reading each file gave. Gives the folder of the cache.
    fn write_catalogue(&mut self) -> Option<PathBuf> {
        self.due.write = false;
        let root = (self.load)().ok()?;
        let cache = store::cache(&root)?;
        let _again_next_time = self.catalogue.keep(&root, &kept_in(&cache));
        store::prune(&cache);
        Some(cache)
    }

    /// Says quietly what changed.
    fn tell(&self, changes: Changes) {
        if let Some(words) = said(changes) {
            self.send(Message::Told(words));
        }
    }

    /// Where nobody listens any more, the reader is closing.
    fn send(&self, message: Message) {
        let _ended = self.events.send(Event::One(message));
    }
}

/// `2 briefings changed, 1 new`; nothing where no briefing did.
fn said(changes: Changes) -> Option<Text> {
    let counts = [(changes.changed, "changed"), (changes.new, "new"), (changes.gone, "gone")];
    let mut words = Vec::new();
    for (count, word) in counts.into_iter().filter(|(count, _)| *count > 0) {
        words.push(match (words.is_empty(), count) {
            (true, 1) => format!("1 briefing {word}"),
            (true, _) => format!("{count} briefings {word}"),
            (false, _) => format!("{count} {word}"),
        });
    }
    let other = || changes.yaml.then(|| "what the library says of its records changed".to_owned());
    Some(words.join(", ")).filter(|words| !words.is_empty()).or_else(other).map(|words| Text::line(&words))
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
const SOON: Duration = Duration::from_millis(500);

impl<'a> Gauge<'a> {
    fn new(all: usize, events: &'a Sender<Event>) -> Self {
        let (done, told) = (AtomicUsize::new(0), AtomicUsize::new(0));
        Self { all, done, told, since: Instant::now(), events }
    }

    fn tick(&self) {
        let done = self.done.fetch_add(1, Ordering::Relaxed) + 1;
        let percent = done * 100 / self.all.max(1);
        if self.since.elapsed() > SOON && self.told.fetch_max(percent, Ordering::Relaxed) < percent {
            let _ended = self.events.send(Event::One(Message::Gathering(percent)));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_changed_is_said_in_a_few_words() {
        for ((changed, new, gone), words) in [
            ((2, 1, 0), "2 briefings changed, 1 new"),
            ((1, 0, 0), "1 briefing changed"),
            ((0, 3, 1), "3 briefings new, 1 gone"),
            ((0, 0, 1), "1 briefing gone"),
        ] {
            let changes = Changes { new, changed, gone, ..Changes::default() };
            assert_eq!(said(changes).as_deref(), Some(words));
        }
        assert_eq!(said(Changes::default()), None);
        let yaml = Changes { yaml: true, ..Changes::default() };
        assert_eq!(said(yaml).as_deref(), Some("what the library says of its records changed"));
    }
}
