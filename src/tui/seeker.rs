//! The threads of search: one keeps the index up to the library, one answers what is typed.
//!
//! No key waits for either: of several questions only the newest is answered, and what is indexed so far is searched
//! while the rest is being read.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::thread;
use std::time::{Duration, Instant};

use super::{Event, fault};
use crate::date::Day;
use crate::mentions::mark::Shown;
use crate::page::{self, Page};
use crate::reading::Reading;
use crate::search::{Progress, Query, Results, Search, Wanted};
use crate::store;
use crate::text::Text;
use crate::tui::app::{Desk, Held, Message};

/// Work that is done within this time needs no gauge.
const PATIENCE: Duration = Duration::from_millis(500);
/// How long the end waits for what is indexed to be kept: what is lost costs only being indexed again.
const END: Duration = Duration::from_millis(300);
/// How long until the index is looked at again that another reader is making, at first and at most.
const AGAIN: Duration = Duration::from_secs(1);
const RARELY: Duration = Duration::from_secs(16);

/// Searches beside the loop. The default one answers where it stands, and indexes nothing.
#[derive(Default)]
pub struct Seeker {
    threads: Option<Threads>,
}

struct Threads {
    index: Sender<Held>,
    ask: Sender<Asked>,
    stop: Arc<AtomicBool>,
    /// Closed when nothing is indexed any more.
    ended: Receiver<()>,
}

/// What is asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Question {
    /// The page of a line that is being typed.
    Page(String),
    /// So many records that have the words of a line in their text.
    Hits(String, usize),
}

/// What is answered.
pub enum Answer {
    Page(Box<Page>),
    /// What was found for a line.
    Hits(String, Box<Results>),
}

/// A question and all that is needed to answer it.
struct Asked {
    question: Question,
    held: Held,
    reading: Reading,
    search: Option<Search>,
    today: Day,
    names: Shown,
}

impl Seeker {
    pub(super) fn new(events: Sender<Event>) -> Self {
        let (index, tasks) = channel();
        let (ask, asked) = channel();
        let (end, ended) = channel();
        let stop = Arc::new(AtomicBool::new(false));
        let indexer = Indexer { events: events.clone(), stop: Arc::clone(&stop), search: None };
        thread::spawn(move || {
            indexer.work(&tasks);
            drop(end);
        });
        thread::spawn(move || answers(&asked, &events));
        Self { threads: Some(Threads { index, ask, stop, ended }) }
    }

    /// Brings the index up to a library, in the background. The texts are indexed once they have been gathered.
    pub fn index(&self, held: &Held) {
        if let Some(threads) = &self.threads {
            let _ended = threads.index.send(held.clone());
        }
    }

    /// Answers, now or by a [`Message::Answered`].
    pub fn ask(&self, desk: Desk<'_>, question: Question) -> Option<Answer> {
        let Some(threads) = &self.threads else {
            return answer(desk, &question);
        };
        // What was read matters to few queries, and may be long.
        let (Question::Page(line) | Question::Hits(line, _)) = &question;
        let personal =
            line.is_empty() || ["is:", "has:"].iter().any(|it| line.to_ascii_lowercase().contains(it));
        let reading = if personal { desk.reading.clone() } else { Reading::default() };
        let (held, search) = (desk.held.clone(), desk.search.cloned());
        let asked = Asked { question, held, reading, search, today: desk.today, names: desk.names };
        let _ended = threads.ask.send(asked);
        None
    }

    /// Ends what is being indexed; waits a moment for it to be kept.
    pub fn end(&mut self) {
        if let Some(Threads { index, stop, ended, .. }) = self.threads.take() {
            stop.store(true, Ordering::Relaxed);
            drop(index);
            let _late = ended.recv_timeout(END);
        }
    }
}

/// Answers the newest of the questions that wait, until nobody asks any more.
fn answers(asked: &Receiver<Asked>, events: &Sender<Event>) {
    while let Ok(first) = asked.recv() {
        let it = asked.try_iter().last().unwrap_or(first);
        let answer = catch_unwind(AssertUnwindSafe(|| {
            fault::here("search");
            fault::slow("search");
            let (reading, search) = (&it.reading, it.search.as_ref());
            answer(Desk { held: &it.held, reading, search, today: it.today, names: it.names }, &it.question)
        }));
        let message = match answer {
            Ok(Some(answer)) => Message::Answered(answer),
            Ok(None) => continue,
            Err(_) => Message::Told(Text::line("this could not be searched: a fault of dossier's own")),
        };
        if events.send(Event::One(message)).is_err() {
            return;
        }
    }
}

fn answer(desk: Desk<'_>, question: &Question) -> Option<Answer> {
    match question {
        Question::Page(line) => Some(Answer::Page(Box::new(page::typed(desk.context(), line)))),
        Question::Hits(line, most) => {
            let (query, _) = Query::typing(line, desk.today);
            let wanted = Wanted { hits: *most, extracts: 1, counts: false };
            let results = desk.search?.find(&query, &desk.held.library.root, desk.reading, wanted);
            results.ok().map(|results| Answer::Hits(line.clone(), Box::new(results)))
        }
    }
}

/// Keeps the index.
struct Indexer {
    events: Sender<Event>,
    stop: Arc<AtomicBool>,
    search: Option<Search>,
}

impl Indexer {
    /// Works until the reader ends.
    fn work(mut self, tasks: &Receiver<Held>) {
        let Ok(mut held) = tasks.recv() else { return };
        let mut wait = AGAIN;
        loop {
            let ended = catch_unwind(AssertUnwindSafe(|| self.index(&held)));
            let busy = match ended {
                Ok(Ok(busy)) => busy,
                Ok(Err(why)) => {
                    self.tell(&format!("search does not work: {why}"));
                    false
                }
                Err(_) => {
                    self.tell("the search index could not be made: a fault of dossier's own");
                    false
                }
            };
            // While another reader makes it: what that one has found by then is found here too.
            let next = if busy { tasks.recv_timeout(wait) } else { tasks.recv().map_err(Into::into) };
            match next {
                Ok(newest) => (held, wait) = (newest, AGAIN),
                Err(RecvTimeoutError::Timeout) => wait = (wait * 2).min(RARELY),
                Err(RecvTimeoutError::Disconnected) => return,
            }
            held = tasks.try_iter().last().unwrap_or(held);
        }
    }

    /// Opens the index where it is not open, and brings it up to the library. Says whether another reader is at that.
    fn index(&mut self, held: &Held) -> Result<bool, Text> {
        fault::here("index");
        let library = &held.library;
        let mut search = if let Some(search) = self.search.take() {
            search
        } else {
            let search = Search::open(library, store::cache(&library.root).as_deref())?;
            self.send(Message::Searchable(Box::new(search.clone())));
            search.warm();
            search
        };
        if held.links.texts().is_none() {
            self.search = Some(search);
            return Ok(false);
        }
        let (since, mut told) = (Instant::now(), 0);
        let stop = Arc::clone(&self.stop);
        let mut progress = |it: Progress| {
            let percent = it.done * 100 / it.total.max(1);
            if since.elapsed() > PATIENCE && percent > told {
                told = percent;
                self.send(Message::Indexing(percent));
            }
            !stop.load(Ordering::Relaxed)
        };
        let refreshed = search.refresh(library, &held.links, &mut progress);
        if let (Ok(refreshed), Some(seen)) = (&refreshed, held.seen.get())
            && !refreshed.busy
            && !refreshed.stopped
        {
            search.note(seen);
        }
        self.search = Some(search.clone());
        self.send(Message::Searchable(Box::new(search.clone())));
        search.warm();
        Ok(refreshed?.busy)
    }

    fn tell(&self, words: &str) {
        self.send(Message::Told(Text::line(words)));
    }

    /// Where nobody listens any more, the reader is closing.
    fn send(&self, message: Message) {
        let _ended = self.events.send(Event::One(message));
    }
}
