//! Pages made on a thread of their own: a disk that does not answer holds up no key, and a fault in making one
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

/// Makes pages. The default one makes them where it stands, however long that takes.
#[derive(Default)]
pub struct Builder {
    events: Option<Sender<Event>>,
    late: Arc<AtomicUsize>,
}

/// What to make: a side of a thing, for a pane of so many columns and rows.
#[derive(Clone)]
pub struct Wanted {
    pub id: Id,
    pub side: Side,
    pub pane: (u16, u16),
}

impl Wanted {
    fn make(&self, desk: Desk<'_>) -> Page {
        let (columns, rows) = (usize::from(self.pane.0), usize::from(self.pane.1));
        match self.side {
            Side::Page => page::build(desk.context(), &self.id),
            Side::Source => page::raw(desk.context(), &self.id)
                .map_or_else(|| told(&self.id, "this page comes from no file"), |(page, _)| page),
            Side::Linked => page::linked(desk.context(), &self.id),
            Side::Picture => page::picture(desk.context(), &self.id, columns, rows)
                .unwrap_or_else(|| told(&self.id, "there is nothing to draw here yet")),
        }
    }
}

/// A page, or word that it comes as a [`Message::Built`].
pub enum Built {
    Now(Page),
    Later,
}

impl Builder {
    pub fn new(events: Sender<Event>) -> Self {
        Self { events: Some(events), late: Arc::default() }
    }

    pub fn build(&self, desk: Desk<'_>, order: Wanted) -> Built {
        let Some(events) = self.events.clone() else {
            return Built::Now(order.make(desk));
        };
        if self.late.load(Ordering::Relaxed) >= LATE {
            let words = "too many pages are waiting for a disk that does not answer";
            return Built::Now(told(&order.id, words));
        }
        let (held, reading, today, names) = (desk.held.clone(), desk.reading.clone(), desk.today, desk.names);
        let (late, waited) = (Arc::clone(&self.late), Arc::new(AtomicBool::new(true)));
        let (done, made) = channel();
        let waiting = Arc::clone(&waited);
        let name = order.id.clone();
        let search = desk.search.cloned();
        let work = move || {
            let search = search.as_ref();
            let desk = Desk { held: &held, reading: &reading, search, today, names };
            let built = catch_unwind(AssertUnwindSafe(|| {
                fault::here("page");
                fault::slow("page");
                order.make(desk)
            }));
            let page =
                built.unwrap_or_else(|_| told(&order.id, "a fault of dossier's own, in making this page"));
            // Whoever comes second knows of the other: the page goes one way or the other, never both.
            if waiting.swap(false, Ordering::SeqCst) {
                let _ended = done.send(page);
            } else {
                late.fetch_sub(1, Ordering::Relaxed);
                let _ended = events.send(Event::One(Message::Built(order.side, Box::new(page))));
            }
        };
        if thread::Builder::new().stack_size(STACK).spawn(work).is_err() {
            return Built::Now(told(&name, "the system has no thread left to make this page"));
        }
        match made.recv_timeout(PATIENCE) {
            Ok(page) => Built::Now(page),
            Err(RecvTimeoutError::Timeout) if waited.swap(false, Ordering::SeqCst) => {
                self.late.fetch_add(1, Ordering::Relaxed);
                Built::Later
            }
            // It was made in the very moment that nobody waited any more, or never will be.
            Err(_) => {
                made.recv().map_or_else(|_| Built::Now(told(&name, "it could not be made")), Built::Now)
            }
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
    Page {
        id: id.clone(),
        title: Text::line(&id.to_string()),
        document: Arc::new(Document { blocks: vec![Block::new(paragraph, 0..0)] }),
        aside: Document::default(),
        marking: None,
        body: None,
        answers: None,
    }
}
