//! Pages and cards, each made on a thread of its own: a disk that does not answer holds up no key, and a fault in
//! making one page costs that page. What a long page takes its time for, its end and its counted rows, comes behind.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::mpsc::{RecvTimeoutError, Sender, channel};
use std::thread;
use std::time::Duration;

use super::{Event, fault};
use crate::document::{Block, BlockKind, Document, Inline};
use crate::id::Id;
use crate::layout::{Count, Counted};
use crate::page::{self, Page};
use crate::text::Text;
use crate::tui::app::{Desk, Message, Reader, Side};
use crate::tui::panes::Panes;

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
    /// How many things have been ordered.
    ordered: AtomicUsize,
    late: Arc<AtomicUsize>,
    /// The newest of the counts; older ones are given up.
    count: Arc<AtomicUsize>,
}

/// What can be ordered.
pub trait Order: Clone + Send + 'static {
    type Made: Send + 'static;
    /// Where tests make a fault or a delay.
    const PLACE: &'static str;

    fn make(&self, desk: Desk<'_>) -> Self::Made;

    /// What is worth showing before the whole is made.
    fn beginning(&self, _: Desk<'_>) -> Option<Self::Made> {
        None
    }

    /// What stands in its place where it cannot be made.
    fn instead(&self, why: &str) -> Self::Made;

    /// How it comes when it is late.
    fn message(self, made: Self::Made) -> Message;
}

/// A page: a side of a thing, laid out for a screen.
#[derive(Clone)]
pub struct Wanted {
    /// The place in the row of orders; see [`Builder::number`].
    pub number: usize,
    pub id: Id,
    pub side: Side,
    pub panes: Panes,
    /// Whether the beginning of a long page is worth showing until the rest is there.
    pub soon: bool,
}

impl Order for Wanted {
    type Made = Box<Reader>;
    const PLACE: &'static str = "page";

    fn make(&self, desk: Desk<'_>) -> Box<Reader> {
        let column = self.panes.column;
        let page = match self.side {
            Side::Page => page::build(desk.context(), &self.id),
            Side::Source => page::raw(desk.context(), &self.id)
                .map_or_else(|| told(&self.id, "this page comes from no file"), |(page, _)| page),
            Side::Linked => page::linked(desk.context(), &self.id),
            Side::Picture => {
                let size = (usize::from(column.width), usize::from(column.height));
                page::picture(desk.context(), &self.id, size.0, size.1)
                    .unwrap_or_else(|| told(&self.id, "there is nothing to draw here yet"))
            }
        };
        self.open(page)
    }

    fn beginning(&self, desk: Desk<'_>) -> Option<Box<Reader>> {
        let wanted = self.soon && self.side == Side::Page;
        wanted.then(|| page::beginning(desk.context(), &self.id)).flatten().map(|page| self.open(page))
    }

    fn instead(&self, why: &str) -> Box<Reader> {
        // Any page that was made is newer than one that was not.
        Box::new(Reader::new(told(&self.id, why), self.side, &self.panes))
    }

    fn message(self, made: Box<Reader>) -> Message {
        Message::Built(made)
    }
}

impl Wanted {
    fn open(&self, page: Page) -> Box<Reader> {
        let mut reader = Box::new(Reader::new(page, self.side, &self.panes));
        reader.number = self.number;
        reader
    }
}

/// What was ordered.
pub enum Built<T> {
    Now(T),
    /// What stands in its place until it comes as a message.
    Later(T),
}

impl Builder {
    pub fn new(events: Sender<Event>) -> Self {
        Self { events: Some(events), ..Self::default() }
    }

    /// The number of the next order. Several are under way at once, and the one ordered first may come last: what is
    /// older than what is shown is not taken.
    pub fn number(&self) -> usize {
        self.ordered.fetch_add(1, Ordering::Relaxed) + 1
    }

    pub fn build<O: Order>(&self, desk: Desk<'_>, order: &O) -> Built<O::Made> {
        let Some(events) = self.events.clone() else {
            return Built::Now(order.make(desk));
        };
        if self.late.load(Ordering::Relaxed) >= LATE {
            return Built::Now(order.instead("too many pages are waiting for a disk that does not answer"));
        }
        let (held, reading, today, names) = (desk.held.clone(), desk.reading.clone(), desk.today, desk.names);
        let (done, made) = channel();
        let way = Way {
            events,
            done,
            order: order.clone(),
            waited: Arc::new(AtomicBool::new(true)),
            late: Arc::clone(&self.late),
        };
        let search = desk.search.cloned();
        let waited = Arc::clone(&way.waited);
        let work = move || {
            let search = search.as_ref();
            let desk = Desk { held: &held, reading: &reading, search, today, names };
            let built = catch_unwind(AssertUnwindSafe(|| {
                fault::here(O::PLACE);
                fault::slow(O::PLACE);
                if let Some(beginning) = way.order.beginning(desk) {
                    way.send(beginning, false);
                }
                way.order.make(desk)
            }));
            let made =
                built.unwrap_or_else(|_| way.order.instead("a fault of dossier's own, in making this page"));
            way.send(made, true);
        };
        if thread::Builder::new().stack_size(STACK).spawn(work).is_err() {
            return Built::Now(order.instead("the system has no thread left to make this page"));
        }
        let sent = match made.recv_timeout(PATIENCE) {
            Ok(sent) => Some(sent),
            Err(RecvTimeoutError::Timeout) if waited.swap(false, Ordering::SeqCst) => {
                self.late.fetch_add(1, Ordering::Relaxed);
                return Built::Later(order.instead(LATE_WORDS));
            }
            // It was made in the very moment that nobody waited any more, or never will be.
            Err(_) => made.recv().ok(),
        };
        match sent {
            Some((made, true)) => Built::Now(made),
            Some((beginning, false)) => {
                self.late.fetch_add(1, Ordering::Relaxed);
                Built::Later(beginning)
            }
            None => Built::Now(order.instead("it could not be made")),
        }
    }

    /// Counts rows: at once where there is no thread for it, else they come as a [`Message::Counted`].
    pub fn count(&self, counts: Vec<Count>) -> Vec<Counted> {
        let Some(events) = self.events.clone() else {
            return counts.iter().filter_map(|count| count.run(&|| true)).collect();
        };
        let mine = self.count.fetch_add(1, Ordering::Relaxed) + 1;
        let newest = Arc::clone(&self.count);
        let work = move || {
            let wanted = || newest.load(Ordering::Relaxed) == mine;
            for count in counts {
                if let Ok(Some(counted)) = catch_unwind(AssertUnwindSafe(|| count.run(&wanted))) {
                    let _ended = events.send(Event::One(Message::Counted(Box::new(counted))));
                }
            }
        };
        // Without a thread for it the numbers stay a guess.
        let _counted = thread::Builder::new().stack_size(STACK).spawn(work);
        Vec::new()
    }
}

/// The way of what was ordered to the screen: as an answer while a key waits for it, afterwards as a message.
struct Way<O: Order> {
    order: O,
    events: Sender<Event>,
    done: Sender<(O::Made, bool)>,
    waited: Arc<AtomicBool>,
    late: Arc<AtomicUsize>,
}

impl<O: Order> Way<O> {
    /// Whoever comes second knows of the other: what is sent goes one way or the other, never both.
    fn send(&self, made: O::Made, whole: bool) {
        if self.waited.swap(false, Ordering::SeqCst) {
            let _ended = self.done.send((made, whole));
            return;
        }
        if whole {
            self.late.fetch_sub(1, Ordering::Relaxed);
        }
        let _ended = self.events.send(Event::One(self.order.clone().message(made)));
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
const LATE_WORDS: &str = "this page is still being read; it shows as soon as the disk answers";

/// A page that only says why there is none.
fn told(id: &Id, words: &str) -> Page {
    let paragraph = BlockKind::Paragraph(vec![Inline::text(Text::line(words))]);
    Page::new(id.clone(), Text::line(&id.to_string()), Document { blocks: vec![Block::new(paragraph, 0..0)] })
}
