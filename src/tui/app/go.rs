//! Going from page to page, back and forward, and to places within a page.

use super::follow::look_up;
use super::{App, Arrival, Effect, Overlay, Reader, Row, Section, Side, Spot, Visit};
use crate::id::{Address, Id, Kind};
use crate::page;
use crate::reading::Seen;
use crate::tui::builder::{Built, Wanted};
use crate::tui::keys;
use crate::tui::panes::Focus;

/// How many pages back one can go.
const VISITS: usize = 500;

impl App {
    /// The first page, once the library is there.
    pub(super) fn begin(&mut self) {
        self.show_list(Section::Home);
        self.focus = Focus::Page;
        let start = self.options.start.take();
        let address = match (&start, &self.held) {
            (Some(word), Some(held)) => look_up(held, word),
            (None, Some(held)) => Ok(held.library.opening().into()),
            _ => Ok(Id::page(Kind::Home).into()),
        };
        match address {
            Ok(address) => {
                self.open(&address);
                if start.is_some() {
                    self.follow_list();
                } else if address.id.kind == Kind::Home {
                    self.offer_list();
                }
            }
            Err(trouble) => {
                self.open(&Id::page(Kind::Home).into());
                self.notice = Some(trouble);
            }
        }
        self.back.clear();
    }

    /// Where list and page stand side by side, the list has the keys at first: arrows and Enter get one further.
    fn offer_list(&mut self) {
        if self.panes_with(Focus::Page).both() {
            self.focus = Focus::List;
            let first = self.list.rows.iter().position(|row| matches!(row, Row::Item { .. }));
            self.list.selected = first.unwrap_or(0);
        }
    }

    /// Opens a page at its heading, or at the place where it was left.
    pub(super) fn open(&mut self, address: &Address) -> Vec<Effect> {
        if self.held.is_none() {
            return Vec::new();
        }
        self.push();
        self.overlay = None;
        self.focus = Focus::Page;
        self.show(&address.id, Side::Page, Arrival::At(address.clone()))
    }

    /// Opens the page of who links to what is selected in the list, or to what is open.
    pub(super) fn open_linked(&mut self) {
        match self.subject().filter(|id| id.kind.is_record()) {
            Some(id) => self.open_side(&id, Side::Linked),
            None => self.tell("only single records are linked to; open or select one first"),
        }
    }

    /// Opens the picture of what is selected or open; in the picture, goes back to the text.
    pub(super) fn toggle_picture(&mut self) -> Vec<Effect> {
        let Some(id) = self.subject() else {
            return Vec::new();
        };
        if self.focus != Focus::List && self.in_picture() {
            return self.leave_picture();
        }
        if matches!(id.kind, Kind::Actor | Kind::Topic | Kind::Timeline) {
            self.open_side(&id, Side::Picture);
        } else {
            self.tell("v draws actors, topics, the timeline");
        }
        Vec::new()
    }

    /// Whether the page shows a picture.
    pub fn in_picture(&self) -> bool {
        self.reader.as_ref().is_some_and(|reader| reader.side == Side::Picture)
    }

    /// From the picture to the text of the same thing.
    pub(super) fn leave_picture(&mut self) -> Vec<Effect> {
        let Some(id) = self.reader.as_ref().map(|reader| reader.page.id.clone()) else {
            return Vec::new();
        };
        match self.back.last() {
            Some(visit) if visit.id == id && visit.side == Side::Page => self.go_back(),
            _ => self.open(&id.into()),
        }
    }

    /// Opens another side of a thing.
    fn open_side(&mut self, id: &Id, side: Side) {
        if self.reader.as_ref().is_none_or(|it| it.side != side || it.page.id != *id) {
            self.push();
            self.focus = Focus::Page;
            self.show(id, side, Arrival::At(id.clone().into()));
        }
    }

    /// A page, or what stands for it until it comes; nothing before the library is there.
    pub(super) fn build(&self, id: &Id, side: Side, soon: bool) -> Option<Built<Box<Reader>>> {
        let desk = self.desk()?;
        let panes = self.panes_with(Focus::Page);
        if id.kind == Kind::Help && side == Side::Page {
            let page = page::help(&keys::rows(self.options.ascii));
            return Some(Built::Now(Box::new(Reader::new(page, side, &panes))));
        }
        let number = self.builder.number();
        Some(self.builder.build(desk, &Wanted { number, id: id.clone(), side, panes, soon }))
    }

    /// Remembers the open page for going back.
    pub(super) fn push(&mut self) {
        self.remember();
        self.forward.clear();
        if let Some(reader) = &self.reader {
            self.come_from(reader.visit());
        }
    }

    /// Puts a visit where going back finds it first.
    pub(super) fn come_from(&mut self, visit: Visit) {
        self.back.push(visit);
        let over = self.back.len().saturating_sub(VISITS);
        self.back.drain(..over);
    }

    /// Keeps the place in an open briefing for the next time it is opened.
    pub(super) fn remember(&mut self) {
        if self.late.is_some() {
            return;
        }
        let text = |reader: &&Reader| reader.page.id.kind == Kind::Briefing && reader.side == Side::Page;
        let Some(reader) = self.reader.as_ref().filter(text) else {
            return;
        };
        let id = reader.page.id.clone();
        if reader.sheet.top == 0 {
            self.reading.places.remove(&id);
        } else {
            self.reading.places.insert(id, reader.sheet.place().at);
        }
    }

    pub(super) fn resume(&mut self) {
        let Some(reader) = self.reader.as_mut().filter(|reader| reader.side == Side::Page) else {
            return;
        };
        if let Some(at) = self.reading.places.get(&reader.page.id) {
            reader.sheet.go_to(Spot { at: *at, rows: 0 });
            if reader.sheet.top > 0 {
                self.tell("where you left it; g goes to the top");
            }
        }
    }

    /// An open briefing counts as read.
    pub(super) fn read(&mut self) -> Vec<Effect> {
        let Some(reader) = self.reader.as_ref().filter(|_| self.late.is_none()) else {
            return Vec::new();
        };
        let id = reader.page.id.clone();
        let Some(stamp) = self.stamp(&id).filter(|_| reader.side == Side::Page) else {
            return Vec::new();
        };
        match self.reading.seen(&id, stamp) {
            Seen::Read => return Vec::new(),
            Seen::Changed => self.tell_changes(),
            Seen::New => {}
        }
        self.reading.read.insert(id, stamp);
        self.unread = self.unread.saturating_sub(1);
        vec![self.state()]
    }

    /// What a briefing's file is known by; nothing else has one.
    pub(super) fn stamp(&self, id: &Id) -> Option<u64> {
        let held = self.held.as_ref().filter(|_| id.kind == Kind::Briefing)?;
        held.library.briefings.get(&id.slug).map(|briefing| briefing.stamp)
    }

    pub(super) fn go_place(&mut self, at: usize) {
        if let Some(reader) = &mut self.reader {
            reader.sheet.go_to(Spot { at, rows: 0 });
        }
    }

    pub(super) fn go_heading(&mut self, anchor: &str) {
        let Some(reader) = &mut self.reader else {
            return;
        };
        if !reader.sheet.go_heading(anchor) {
            self.tell(&format!("this page has no heading `{anchor}`"));
        }
    }

    /// Builds the open page anew; what was in view stays in view, and what was selected stays selected.
    pub(super) fn renew_page(&mut self) {
        self.stale = false;
        let Some((id, side)) = self.reader.as_ref().map(|it| (it.page.id.clone(), it.side)) else {
            return;
        };
        // A page that is late replaces this one when it comes.
        if let Some(Built::Now(reader)) = self.build(&id, side, false) {
            self.replace(*reader);
        }
    }

    pub(super) fn renew_list(&mut self) {
        let mut list = std::mem::take(&mut self.list);
        if let Some(desk) = self.desk() {
            list.load(&desk);
        }
        self.list = list;
    }

    pub(super) fn go_back(&mut self) -> Vec<Effect> {
        let Some(visit) = self.back.pop() else {
            self.tell("nothing to go back to");
            return Vec::new();
        };
        self.remember();
        let here = self.reader.as_ref().map(Reader::visit);
        self.forward.extend(here);
        self.arrive(&visit)
    }

    pub(super) fn go_forward(&mut self) -> Vec<Effect> {
        let Some(visit) = self.forward.pop() else {
            self.tell("nothing to go forward to");
            return Vec::new();
        };
        self.remember();
        let here = self.reader.as_ref().map(Reader::visit);
        self.back.extend(here);
        self.arrive(&visit)
    }

    fn arrive(&mut self, visit: &Visit) -> Vec<Effect> {
        self.focus = Focus::Page;
        let same = self.reader.as_ref().is_some_and(|it| it.page.id == visit.id && it.side == visit.side);
        match &mut self.reader {
            Some(reader) if same => {
                reader.restore(visit);
                self.read()
            }
            _ => self.show(&visit.id, visit.side, Arrival::Again(visit.clone())),
        }
    }

    /// Takes back what digits opened that turned out to be a number.
    pub(super) fn undo_section(&mut self, section: Section, focus: Focus, visits: usize) {
        if self.list.section != section {
            self.show_list(section);
        }
        if self.back.len() > visits {
            self.back.truncate(visits + 1);
            self.go_back();
            self.forward.clear();
        }
        self.focus = focus;
        self.notice = None;
    }

    /// Shows a section in the list; home also shows its page.
    pub(super) fn show_section(&mut self, section: Section) -> Vec<Effect> {
        self.show_list(section);
        if section == Section::Home {
            let here = self.reader.as_ref().is_some_and(|reader| reader.page.id.kind == Kind::Home);
            self.focus = Focus::Page;
            return if here { Vec::new() } else { self.open(&Id::page(Kind::Home).into()) };
        }
        self.focus = Focus::List;
        Vec::new()
    }

    fn show_list(&mut self, section: Section) {
        let mut list = std::mem::take(&mut self.list);
        if let Some(desk) = self.desk() {
            list.show(section, &desk);
        }
        self.list = list;
    }

    /// Shows the open page's section in the list, with the page selected.
    pub(super) fn follow_list(&mut self) {
        let Some(id) = self.reader.as_ref().map(|reader| reader.page.id.clone()) else {
            return;
        };
        if let Some(section) = Section::of(id.kind) {
            if section != self.list.section {
                self.show_list(section);
            }
            if let Some(held) = &self.held {
                self.list.reveal(&id, held);
            }
        }
    }

    /// What commands about a thing are about: the selected row of a list, else the open page.
    pub(super) fn subject(&self) -> Option<Id> {
        match (self.focus, &self.reader) {
            (Focus::List, _) => self.list.id().cloned(),
            (_, Some(reader)) => Some(reader.page.id.clone()),
            (_, None) => None,
        }
    }

    /// Whether an overlay that takes letters is open.
    pub fn typing(&self) -> bool {
        matches!(self.overlay, Some(Overlay::Picker(_) | Overlay::Prompt(_)))
    }
}
