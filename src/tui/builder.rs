//! Pages and cards, each made on a thread of its own: a disk that does not answer holds up no key, and a fault in making one
//! page costs that page.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::mpsc::{RecvTimeoutError, Sender, channel};
use std::thread;
use std::time::Duration;

use super::{Event, fault};
use crate::document::{Block, BlockKind, Document, Inline};
use crate::id::Id;
use crate::page::{self, Page};
use crate::text::Text;
use crate::tui::app::{Desk, Message, Side};

/// How long a key waits for its page. Nearly all are made in a tenth of it.
const PATIENCE: Duration = Duration::from_millis(60);
/// How many pages may be late at once; a dead drive is not asked again and again.
const LATE: usize = 8;
/// As much as the first thread of a program has.
const STACK: usize = 8 << 20;

/// Makes pages and cards. The default one makes them where it stands, however long that takes.
#[derive(Default)]
pub struct Builder {
    events: Option<Sender<Event>>,
    late: Arc<AtomicUsize>,
}

/// What can be ordered.
pub trait Order: Clone + Send + 'static {
    type Made: Send + 'static;
    /// Where tests make a fault or a delay.
    const PLACE: &'static str;

    fn make(&self, desk: Desk<'_>) -> Self::Made;

    /// What stands in its place where it cannot be made.
    fn instead(&self, why: &str) -> Self::Made;

    /// How it comes when it is late.
    fn message(self, made: Self::Made) -> Message;
}

/// A page: a side of a thing, for a pane of so many columns and rows.
#[derive(Clone)]
pub struct Wanted {
    pub id: Id,
    pub side: Side,
    pub pane: (u16, u16),
}

impl Order for Wanted {
    type Made = Page;
    const PLACE: &'static str = "page";

    fn make(&self, desk: Desk<'_>) -> Page {
        let (columns, rows) = (usize::from(self.pane.0), usize::from(self.pane.1));
        match self.side {
            Side::Page => page::build(desk.context(), &self.id),
            Side::Linked => page::linked(desk.context(), &self.id),
            Side::Picture => page::picture(desk.context(), &self.id, columns, rows)
                .unwrap_or_else(|| self.instead("there is nothing to draw here yet")),
        }
    }

    fn instead(&self, why: &str) -> Page {
        told(&self.id, why)
    }

    fn message(self, made: Page) -> Message {
        Message::Built(self.side, Box::new(made))
    }
}

/// What was ordered, or word that it comes as a message.
pub enum Built<T = Page> {
    Now(T),
    Later,
}

impl Builder {
    pub fn new(events: Sender<Event>) -> Self {
        Self { events: Some(events), late: Arc::default() }
    }

    pub fn build<O: Order>(&self, desk: Desk<'_>, order: O) -> Built<O::Made> {
        let Some(events) = self.events.clone() else {
            return Built::Now(order.make(desk));
        };
        if self.late.load(Ordering::Relaxed) >= LATE {
            return Built::Now(order.instead("too many pages are waiting for a disk that does not answer"));
        }
        let (held, reading, today, names) = (desk.held.clone(), desk.reading.clone(), desk.today, desk.names);
        let (late, waited) = (Arc::clone(&self.late), Arc::new(AtomicBool::new(true)));
        let (done, made) = channel();
        let waiting = Arc::clone(&waited);
        let ordered = order.clone();
        let search = desk.search.cloned();
        let work = move || {
            let search = search.as_ref();
            let desk = Desk { held: &held, reading: &reading, search, today, names };
            let built = catch_unwind(AssertUnwindSafe(|| {
                fault::here(O::PLACE);
                fault::slow(O::PLACE);
                order.make(desk)
            }));
            let built =
                built.unwrap_or_else(|_| order.instead("a fault of dossier's own, in making this page"));
            // Whoever comes second knows of the other: it goes one way or the other, never both.
            if waiting.swap(false, Ordering::SeqCst) {
                let _ended = done.send(built);
            } else {
                late.fetch_sub(1, Ordering::Relaxed);
                let _ended = events.send(Event::One(order.message(built)));
            }
        };
        if thread::Builder::new().stack_size(STACK).spawn(work).is_err() {
            return Built::Now(ordered.instead("the system has no thread left to make this page"));
        }
        match made.recv_timeout(PATIENCE) {
            Ok(built) => Built::Now(built),
            Err(RecvTimeoutError::Timeout) if waited.swap(false, Ordering::SeqCst) => {
                self.late.fetch_add(1, Ordering::Relaxed);
                Built::Later
            }
            // It was made in the very moment that nobody waited any more, or never will be.
            Err(_) => Built::Now(made.recv().unwrap_or_else(|_| ordered.instead("it could not be made"))),
        }
    }
}

/// What `work` gives, if the disk lets it in the time that a key may take.
pub fn soon<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Option<T> {
    let (done, made) = channel();
    let spawned = thread::Builder::new().spawn(move || {
        let _nobody_waits = done.send(work());
    });
    spawned.ok().and_then(|_| made.recv_timeout(PATIENCE).ok())
}

/// What stands in the place of a page that is late.
pub fn waiting(id: &Id) -> Page {
    told(id, "this page is still being read; it shows as soon as the disk answers")
}

/// A page that only says why there is none.
fn told(id: &Id, words: &str) -> Page {
    let paragraph = BlockKind::Paragraph(vec![Inline::text(Text::line(words))]);
    Page::new(id.clone(), Text::line(&id.to_string()), Document { blocks: vec![Block::new(paragraph, 0..0)] })
}
