//! Bringing the index up to the library: what changed is read, parsed and indexed, what is gone is deleted.
//!
//! Two threads read and parse; how much text waits for the engine is bounded. Commits come early and often
//! enough that the first answers need not wait for the last file.

use std::collections::HashMap;
use std::fmt::Write;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use std::time::Duration;

use tantivy::merge_policy::LogMergePolicy;
use tantivy::schema::Term;
use tantivy::{DocAddress, Index, IndexReader, IndexWriter, TantivyDocument};

use super::entry::{Entries, Entry, Stamped};
use super::home::{Home, label};
use super::passage::Running;
use super::schema::{Fields, Waiting, length};
use crate::document::{Document, parse};
use crate::id::{Id, Kind};
use crate::library::record::Briefing;
use crate::library::{Library, stamp};
use crate::links::Links;
use crate::links::texts::Reading;

const THREADS: usize = 2;
/// Bytes that the engine may hold before it writes a segment, in all.
const HEAP: usize = 120_000_000;
/// Parts of a like size that are made one: every part has a dictionary that each search reads.
const ALIKE: usize = 4;
/// Bytes of text that may wait for the engine, and how often to look whether there are fewer.
const WAITING: i64 = 8_000_000;
const ROUNDS: usize = 20_000;
/// Records after which what is indexed can be found: few at first.
const FIRST_COMMIT: usize = 500;
const COMMIT: usize = 20_000;

/// Records that room is made for at once, whatever an index says that it holds.
const MANY: usize = 1 << 20;

/// How far a refresh has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Progress {
    pub done: usize,
    pub total: usize,
}

/// What a refresh did.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Refreshed {
    pub indexed: usize,
    pub removed: usize,
    /// Another process is indexing this library; its work is shared.
    pub busy: bool,
    /// It was stopped before the end.
    pub stopped: bool,
}

/// What has to be done.
struct Work {
    changed: Vec<Changed>,
    gone: Vec<String>,
}

/// A record that the index lacks or has otherwise.
struct Changed {
    id: Id,
    stamp: u64,
    /// Whether the index has it, so that this has to be deleted. A search for what is not there costs as much.
    there: bool,
}

impl Work {
    fn is_none(&self) -> bool {
        self.changed.is_empty() && self.gone.is_empty()
    }
}

/// Indexes one library.
pub(super) struct Filler<'a> {
    pub library: &'a Library,
    pub links: &'a Links,
    pub index: &'a Index,
    pub reader: &'a IndexReader,
    pub fields: Fields,
    pub home: &'a Home,
    pub waiting: &'a Waiting,
}

impl Filler<'_> {
    /// Brings the index up to the library. `progress` is told how far it is, and answers whether to go on.
    pub fn refresh(&self, progress: &mut dyn FnMut(Progress) -> bool) -> tantivy::Result<Refreshed> {
        let names = self.links.matcher().stamp() | 1;
        let entries = Entries::new(self.library);
        let known = label(self.index).is_some_and(|label| label.names == names);
        if self.work(&entries, known)?.is_none() {
            return Ok(Refreshed::default());
        }
        let mut writer = match self.index.writer_with_num_threads(THREADS, HEAP) {
            Err(tantivy::TantivyError::LockFailure(..)) => {
                self.reader.reload()?;
                return Ok(Refreshed { busy: true, ..Refreshed::default() });
            }
            writer => writer?,
        };
        let mut merging = LogMergePolicy::default();
        merging.set_min_num_segments(ALIKE);
        writer.set_merge_policy(Box::new(merging));
        self.waiting.store(0, Ordering::Relaxed);
        // From here on nobody else changes the index.
        self.reader.reload()?;
        let known = label(self.index).is_some_and(|label| label.names == names);
        let work = self.work(&entries, known)?;
        for key in &work.gone {
            writer.delete_term(Term::from_field_text(self.fields.key, key));
        }
        let done = self.fill(&mut writer, &entries, &work, progress)?;
        let stopped = done < work.changed.len();
        self.commit(&mut writer, if stopped && !known { 0 } else { names })?;
        writer.wait_merging_threads()?;
        self.reader.reload()?;
        // Another process may have begun with an older library and ended after us.
        let busy = !stopped && !self.work(&entries, true)?.is_none();
        Ok(Refreshed { indexed: done, removed: work.gone.len(), busy, stopped })
    }

    /// What the index lacks or has otherwise. Unless its mentions were found by the names `known`, all briefings.
    fn work(&self, entries: &Entries<'_>, known: bool) -> tantivy::Result<Work> {
        let mut indexed = self.indexed()?;
        let mut changed = Vec::new();
        let mut key = String::new();
        for Stamped { id, stamp } in entries.stamps() {
            key.clear();
            let _never_fails = write!(key, "{id}");
            let there = indexed.remove(&number(&key)).map(|(stamp, _)| stamp);
            let same = there == Some(stamp) && (known || id.kind != Kind::Briefing);
            if !same {
                changed.push(Changed { id: id.clone(), stamp, there: there.is_some() });
            }
        }
        let gone = indexed.into_values().map(|(_, at)| self.key(at)).collect::<tantivy::Result<Vec<_>>>()?;
        let mut gone: Vec<String> = gone.into_iter().flatten().collect();
        gone.sort_unstable();
        Ok(Work { changed, gone })
    }

    /// The stamp of every record in the index and where it stands, by the number of its address.
    fn indexed(&self) -> tantivy::Result<HashMap<u64, (u64, DocAddress)>> {
        let searcher = self.reader.searcher();
        let records = usize::try_from(searcher.num_docs()).unwrap_or_default();
        let mut indexed = HashMap::with_capacity(records.min(MANY));
        for (part, segment) in (0..).zip(searcher.segment_readers()) {
            let Some(keys) = segment.fast_fields().str("key")? else { continue };
            let stamps = segment.fast_fields().u64("stamp")?;
            let mut key = String::new();
            for doc in segment.doc_ids_alive() {
                let (Some(ord), Some(stamp)) = (keys.term_ords(doc).next(), stamps.first(doc)) else {
                    continue;
                };
                key.clear();
                if keys.ord_to_str(ord, &mut key)? {
                    indexed.insert(number(&key), (stamp, DocAddress::new(part, doc)));
                }
            }
        }
        Ok(indexed)
    }

    /// The address of the record that stands there.
    fn key(&self, at: DocAddress) -> tantivy::Result<Option<String>> {
        let searcher = self.reader.searcher();
        let Some(keys) = searcher.segment_reader(at.segment_ord).fast_fields().str("key")? else {
            return Ok(None);
        };
        let Some(ord) = keys.term_ords(at.doc_id).next() else { return Ok(None) };
        let mut key = String::new();
        Ok(keys.ord_to_str(ord, &mut key)?.then_some(key))
    }

    /// Indexes what changed; how much of it, if it was told to stop.
    fn fill(
        &self,
        writer: &mut IndexWriter,
        entries: &Entries<'_>,
        work: &Work,
        progress: &mut dyn FnMut(Progress) -> bool,
    ) -> tantivy::Result<usize> {
        let total = work.changed.len();
        let mut done = 0;
        let mut next_commit = FIRST_COMMIT;
        for chunk in work.changed.chunks(FIRST_COMMIT) {
            if !progress(Progress { done, total }) {
                return Ok(done);
            }
            self.chunk(writer, entries, chunk)?;
            done += chunk.len();
            if done >= next_commit && done < total {
                self.commit(writer, 0)?;
                next_commit += COMMIT;
            }
        }
        progress(Progress { done, total });
        Ok(done)
    }

    /// Indexes some records on all threads.
    fn chunk(&self, writer: &IndexWriter, entries: &Entries<'_>, chunk: &[Changed]) -> tantivy::Result<()> {
        let next = AtomicUsize::new(0);
        let work = || -> tantivy::Result<()> {
            while let Some(Changed { id, stamp, there }) = chunk.get(next.fetch_add(1, Ordering::Relaxed)) {
                if *there {
                    writer.delete_term(Term::from_field_text(self.fields.key, &id.to_string()));
                }
                if let Some((document, length)) = self.document(entries, id, *stamp) {
                    // counted only now: a text longer than all the room there is must not wait for itself
                    self.wait_for_room();
                    self.waiting.fetch_add(length, Ordering::Relaxed);
                    writer.add_document(document)?;
                }
            }
            Ok(())
        };
        thread::scope(|scope| {
            let threads: Vec<_> = (0..THREADS).map(|_| scope.spawn(work)).collect();
            threads.into_iter().try_for_each(|thread| {
                let ended = thread.join();
                ended.unwrap_or_else(|_| Err(tantivy::TantivyError::SystemError("a thread ended".to_owned())))
            })
        })
    }

    /// Waits while the engine has enough to do; not for ever, since its threads may have ended.
    fn wait_for_room(&self) {
        for _ in 0..ROUNDS {
            if self.waiting.load(Ordering::Relaxed) < WAITING {
                return;
            }
            thread::sleep(Duration::from_millis(1));
        }
    }

    fn commit(&self, writer: &mut IndexWriter, names: u64) -> tantivy::Result<()> {
        let label = serde_json::to_string(&self.home.label(names)).unwrap_or_default();
        let mut commit = writer.prepare_commit()?;
        commit.set_payload(&label);
        commit.commit()?;
        self.reader.reload()
    }

    /// A record as the engine takes it, with the body and the mentions of a briefing, and how long its texts are.
    fn document(&self, entries: &Entries<'_>, id: &Id, stamp: u64) -> Option<(TantivyDocument, i64)> {
        let mut entry = entries.entry(id)?;
        let briefing = self.library.briefings.get(&id.slug).filter(|_| id.kind == Kind::Briefing);
        let parsed = briefing.map(|briefing| self.read(briefing, &mut entry)).unwrap_or_default();
        let running = Running::new(&entry.head, &parsed);
        entry.record.sections = running.sections;
        entry.record.head = entry.head.iter().map(ToString::to_string).collect();
        let fields = self.fields;
        let mut document = TantivyDocument::default();
        document.add_text(fields.key, id.to_string());
        document.add_u64(fields.stamp, stamp);
        let mut all = 0;
        let texts = [(fields.title, entry.title), (fields.body, running.text.as_str())];
        for (field, text) in
            texts.into_iter().chain(entry.names.iter().map(|name| (fields.names, name.as_str())))
        {
            all += length(text);
            document.add_text(field, text);
        }
        entry.tags.iter().for_each(|tag| document.add_text(fields.tags, tag));
        entry.facts.iter().for_each(|fact| document.add_text(fields.facts, fact));
        entry.version.iter().for_each(|version| document.add_text(fields.version, version));
        if let Some((earliest, latest)) = entry.days {
            document.add_i64(fields.earliest, earliest);
            document.add_i64(fields.latest, latest);
        }
        document.add_text(fields.record, serde_json::to_string(&entry.record).unwrap_or_default());
        Some((document, all))
    }

    /// The body, and whom it names; empty if the file cannot be read, which the library's problems tell.
    fn read(&self, briefing: &Briefing, entry: &mut Entry<'_>) -> Document {
        if self.library.actors.is_empty() && self.library.topics.is_empty() {
            return self.parsed(briefing);
        }
        if let Some(texts) = self.links.texts() {
            texts.of(&briefing.id).for_each(|spot| mention(entry, spot.to));
            return self.parsed(briefing);
        }
        let reading = Reading::new(self.library, briefing);
        for found in reading.mentions(self.links.matcher(), &briefing.id) {
            found.who.all().iter().for_each(|id| mention(entry, id));
        }
        reading.document
    }

    fn parsed(&self, briefing: &Briefing) -> Document {
        self.library.body(briefing).map(|body| parse::parse(&body.text)).unwrap_or_default()
    }
}

/// Adds whom the text names; where several share the name, all of them.
fn mention(entry: &mut Entry<'_>, id: &Id) {
    if matches!(id.kind, Kind::Actor | Kind::Topic) {
        entry.tags.insert(id.to_string());
    }
}

/// An address as it is compared: there are a hundred thousand, and few are ever needed as text.
fn number(key: &str) -> u64 {
    stamp(&[key.as_bytes()])
}
