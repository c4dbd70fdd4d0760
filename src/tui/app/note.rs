//! Notes on passages: written, changed and taken away in the row of the keys.

use super::overlay::{Noting, Overlay, Purpose};
use super::{App, Effect, Reader, Side};
use crate::id::Kind;
use crate::page::{self, BODY, Page};
use crate::reading::{Note, Reading};
use crate::text::Text;
use crate::tui::app::prompt::Line;
use crate::tui::keys::Action;

impl App {
    /// Asks for the words of a note on the passage one reads; those of the note that it has can be changed.
    pub(super) fn ask_note(&mut self) {
        if let Some(reader) = self.reader.as_mut().filter(|it| it.chosen().is_none()) {
            reader.choose();
        }
        match self.noting() {
            Ok(noting) => {
                self.mark_noted(&noting);
                let line = Line::new(noting.old.as_ref().map_or("", |note| note.words.as_str()));
                self.prompt(Purpose::Note(Box::new(noting)), line);
            }
            Err(why) => {
                if let Some(reader) = &mut self.reader {
                    reader.unchoose();
                }
                self.tell(why);
            }
        }
    }

    /// Marks nothing where a note is on no passage that is shown: on the whole, or in the list of notes.
    fn mark_noted(&mut self, noting: &Noting) {
        let whole = |it: &&mut Reader| noting.note.passage.is_empty() || it.page.id.kind != Kind::Briefing;
        if let Some(reader) = self.reader.as_mut().filter(whole) {
            reader.unchoose();
        }
    }

    /// Lets the note that is being written be on the next passage, or on the one before. What has been typed stays;
    /// a passage that has a note shows its words where nothing was typed yet.
    pub(super) fn step_note(&mut self, way: Action) {
        let forward = matches!(way, Action::LineDown | Action::PageDown);
        let Some(reader) = self.reader.as_mut().filter(|it| it.page.id.kind == Kind::Briefing) else {
            return;
        };
        let body = reader.page.body.clone().unwrap_or_default();
        if !reader.step_passage(forward, &body) {
            return;
        }
        let Ok(next) = self.noting() else { return };
        let Some(Overlay::Prompt(prompt)) = self.overlay.take() else { return };
        let Purpose::Note(noting) = prompt.purpose else { return };
        let was = noting.old.as_ref().map_or("", |note| note.words.as_str());
        let untouched = prompt.line.text() == was;
        let line = match &next.old {
            Some(old) if untouched => Line::new(&old.words),
            None if untouched => Line::default(),
            _ => prompt.line,
        };
        // Words that were typed are another note, and replace none.
        let old = next.old.filter(|_| untouched);
        self.prompt(Purpose::Note(Box::new(Noting { old, ..next })), line);
    }

    /// The note that is meant, or why there can be none.
    fn noting(&self) -> Result<Noting, &'static str> {
        let (held, reader) = match (&self.held, &self.reader) {
            (Some(held), Some(reader)) if self.late.is_none() => (held, reader),
            _ => return Err("this page is still being read"),
        };
        if held.library.root.path("").is_none() && !held.library.root.is_shipped() {
            return Err("notes on what came by standard input cannot be kept");
        }
        match (reader.page.id.kind, reader.side) {
            (Kind::Briefing, Side::Page) => Ok(self.on_passage(reader)),
            (Kind::Notes, Side::Page) => on_row(reader).ok_or("go to a note first; a changes it"),
            _ => Err("notes are made in briefings"),
        }
    }

    /// The note on the passage that the reader is at; on the whole briefing above and below its text.
    fn on_passage(&self, reader: &Reader) -> Noting {
        let page = &reader.page;
        let here = reader.chosen().map_or(reader.sheet.here_place().at, |it| it.at);
        let inside = page.body.as_ref().is_some_and(|body| body.contains(&here));
        let blocks = &page.document.blocks;
        let body = blocks.partition_point(|block| block.source.start < BODY);
        let blocks = blocks.get(body..).filter(|_| inside).unwrap_or_default();
        let note = Note::begun(page.id.clone(), blocks, here, self.options.today);
        let old = page.notes.iter().find(|(at, _)| *at == note.at).map(|(_, old)| old.clone());
        Noting { note, old }
    }

    /// Keeps a note with these words, in place of what was there; without words, takes that away.
    pub(super) fn note(&mut self, noting: Noting, words: &str) -> Vec<Effect> {
        let words = Text::line(words.trim());
        let Noting { note, old } = noting;
        let told = match (&old, words.is_empty()) {
            (None, true) => return Vec::new(),
            (Some(old), false) if old.words == words => return Vec::new(),
            (Some(_), true) => "the note is taken away",
            (Some(_), false) => "the note is changed",
            (None, false) => "noted; = lists your notes on this page, :notes all of them",
        };
        if let Some(old) = &old {
            self.reading.notes.remove(old);
        }
        let mut wrong = None;
        if !words.is_empty() {
            // What it was on stays as it was first read: those are the words to look for.
            let place = old.unwrap_or(note);
            let note = Note { words, made: self.options.today, ..place };
            wrong = note.wrong_date().filter(|_| note.due().is_none()).map(str::to_owned);
            self.reading.notes.insert(note);
        }
        self.renew_page();
        match wrong {
            Some(date) => self.tell(&format!("noted, but home does not list it: {date} is no date")),
            None => self.tell(told),
        }
        vec![self.state()]
    }

    /// `page` as it may leave: home lists notes with a date, and no note leaves but with the page of notes.
    pub(super) fn without_notes(&self, page: Page) -> Option<Page> {
        if page.id.kind != Kind::Home {
            return Some(page);
        }
        let desk = self.desk()?;
        let reading = Reading { notes: std::collections::BTreeSet::new(), ..desk.reading.clone() };
        Some(page::build(super::Desk { reading: &reading, ..desk }.context(), &page.id))
    }
}

/// The note of the page of notes that the reader is at.
fn on_row(reader: &Reader) -> Option<Noting> {
    let here = reader.sheet.here_place().at;
    let note = &reader.page.notes.iter().rev().find(|(at, _)| *at <= here)?.1;
    Some(Noting { note: note.clone(), old: Some(note.clone()) })
}
