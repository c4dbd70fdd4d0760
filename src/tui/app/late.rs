//! Pages that are late: what shows until they come, and what becomes of the keys pressed meanwhile.
//!
//! Of a long text the beginning is there at once. Whoever moves in it stays where they are when the rest comes; what
//! needs the whole, such as going to the end, is done then.

use super::{App, Arrival, Effect, Order, Reader, Side};
use crate::id::{Address, Id, Kind};
use crate::layout::Counted;
use crate::page::Page;
use crate::tui::builder::Built;
use crate::tui::keys::Action;
use crate::tui::panes::Focus;

impl App {
    /// Shows a page, now or when it is there.
    pub(super) fn show(&mut self, id: &Id, side: Side, arrival: Arrival) -> Vec<Effect> {
        match self.build(id, side, true) {
            Some(Built::Now(reader)) => self.settle(*reader, &arrival),
            Some(Built::Later(reader)) => {
                self.begin_page(*reader, arrival);
                Vec::new()
            }
            None => Vec::new(),
        }
    }

    /// Enters what stands for a page that is late. A place that is there already is gone to.
    fn begin_page(&mut self, reader: Reader, arrival: Arrival) {
        let end = reader.page.body.as_ref().map_or(0, |body| body.end);
        self.put(reader);
        let place = match &arrival {
            Arrival::At(Address { heading: Some(anchor), .. }) => {
                self.reader.as_mut().map(|reader| reader.sheet.go_heading(anchor));
                None
            }
            Arrival::At(Address { at: Some(at), .. }) => Some(*at),
            Arrival::At(Address { id, .. }) => self.reading.places.get(id).copied(),
            Arrival::Hit(address) => address.at,
            Arrival::Again(visit) => Some(visit.top.at),
            Arrival::Here | Arrival::Then(_) => None,
        };
        if let Some(at) = place.filter(|at| *at < end) {
            self.go_place(at);
        }
        self.late = Some(arrival);
    }

    /// Enters a page and goes to the place in it.
    fn settle(&mut self, reader: Reader, arrival: &Arrival) -> Vec<Effect> {
        self.put(reader);
        match arrival {
            Arrival::At(Address { heading: Some(anchor), .. }) => self.go_heading(anchor),
            Arrival::At(Address { at: Some(at), .. }) => self.go_place(*at),
            Arrival::At(_) => self.resume(),
            Arrival::Hit(address) => self.land(address.at),
            Arrival::Again(visit) => {
                if let Some(reader) = &mut self.reader {
                    reader.restore(visit);
                }
            }
            Arrival::Here | Arrival::Then(_) => {}
        }
        self.mend();
        match arrival {
            Arrival::At(Address { id: Id { kind: Kind::Search, .. }, .. }) => self.first_result(),
            _ => self.read(),
        }
    }

    /// Whether only the beginning of the page is there, with the rest on its way.
    pub(super) fn is_begun(&self) -> bool {
        self.late.is_some() && self.reader.as_ref().is_some_and(Reader::is_beginning)
    }

    /// From now on the reader is where they have gone to themselves, whatever was to be shown first.
    pub(super) fn stay(&mut self) {
        if self.is_begun() {
            self.late = Some(Arrival::Here);
        }
    }

    /// Keeps for later what needs the whole of a page of which only the beginning is there. Says whether it does.
    pub(super) fn waits(&mut self, order: Order) -> bool {
        let whole = match order.action {
            Action::Bottom | Action::Percent => true,
            Action::Top => order.count.is_some(),
            _ => false,
        };
        self.stay();
        let waits = whole && self.focus == Focus::Page && self.is_begun();
        if waits {
            self.late = Some(Arrival::Then(order));
            self.tell("the rest of this page is still being read");
        }
        waits
    }

    /// Takes in a page that was late, if it is still the one that is open and no newer one stands there already.
    pub(super) fn built(&mut self, reader: Reader) -> Vec<Effect> {
        let own = |it: &Reader| {
            it.page.id == reader.page.id && it.side == reader.side && it.number <= reader.number
        };
        if !self.reader.as_ref().is_some_and(own) {
            return Vec::new();
        }
        if reader.is_beginning() {
            if !self.is_begun()
                && let Some(arrival) = self.late.take()
            {
                self.begin_page(reader, arrival);
            }
            return Vec::new();
        }
        let missed = std::mem::take(&mut self.unlinked) && reader.is_of_texts();
        self.stale |= missed;
        match self.late.take() {
            Some(Arrival::Here) => self.go_on(reader),
            Some(Arrival::Then(order)) => {
                let mut effects = self.go_on(reader);
                effects.extend(self.act(order));
                effects
            }
            Some(arrival) => {
                let effects = self.settle(reader, &arrival);
                self.find_again();
                effects
            }
            None => {
                self.replace(reader);
                Vec::new()
            }
        }
    }

    /// Takes in the rows that were counted, if they are of what is open.
    pub(super) fn take_counted(&mut self, counted: &Counted) -> Vec<Effect> {
        if let Some(reader) = &mut self.reader {
            reader.counted(counted);
        }
        Vec::new()
    }

    /// Puts the whole of a page in the place of its beginning, in which the reader has moved.
    fn go_on(&mut self, mut reader: Reader) -> Vec<Effect> {
        if let Some(old) = self.reader.take() {
            reader.fit(&self.panes);
            reader.go_on(old);
        }
        self.put(reader);
        self.find_again();
        self.read()
    }

    /// Puts a newer form of the open page in its place.
    pub(super) fn replace(&mut self, mut reader: Reader) {
        if let Some(old) = self.reader.take() {
            reader.fit(&self.panes);
            reader.stand_as(old);
        }
        self.reader = Some(reader);
        self.compare();
    }

    fn put(&mut self, mut reader: Reader) {
        (self.late, self.unlinked) = (None, false);
        self.panes = self.panes_with(self.focus);
        reader.fit(&self.panes);
        self.reader = Some(reader);
        self.compare();
    }

    pub(super) fn enter_page(&mut self, page: Page, side: Side) {
        let panes = self.panes_with(self.focus);
        self.put(Reader::new(page, side, &panes));
    }
}

#[cfg(test)]
mod tests {
    use std::fmt::Write;

    use ratatui::crossterm::event::KeyCode;

    use super::*;
    use crate::date::Day;
    use crate::library::folder::Root;
    use crate::page;
    use crate::tui::app::{Held, Message, Options};
    use crate::tui::panes::Panes;

    const SIZE: (u16, u16) = (80, 24);

    /// A long text with all its words numbered.
    fn text() -> String {
        let mut text = String::from("# Long\n\n");
        for number in 0..9_000 {
            let _ = write!(text, "Paragraph {number} has some words.\n\n");
        }
        text + "The last words.\n"
    }

    /// A reader with the beginning of the text open, and the whole of it.
    fn begun() -> (App, Reader) {
        let today = Day { year: 2025, month: 3, day: 12 };
        let options =
            Options { theme: None, no_colour: false, ascii: false, mouse: true, today, start: None };
        let mut app = App::new(SIZE, options);
        app.update(Message::Loaded(Held::new(crate::library::load(Root::stdin(text()))), None));
        let context = app.desk().unwrap().context();
        let id = context.library.opening();
        assert_eq!(id.kind, Kind::Briefing);
        let panes = Panes::new(SIZE.0, SIZE.1, app.column, Focus::Page);
        let open = |page| Reader::new(page, Side::Page, &panes);
        let (beginning, whole) = (page::beginning(context, &id).unwrap(), page::build(context, &id));
        assert!(beginning.document.blocks.len() * 4 < whole.document.blocks.len());
        let (beginning, whole) = (open(beginning), open(whole));
        app.begin_page(beginning, Arrival::At(id.into()));
        (app, whole)
    }

    fn press(app: &mut App, keys: &str) {
        for key in keys.chars() {
            app.update(Message::Key(KeyCode::Char(key).into()));
        }
    }

    /// The words of the first row in view, or of the first with any.
    fn top(app: &App) -> String {
        let sheet = &app.reader.as_ref().unwrap().sheet;
        let mut rows = sheet.rows().filter_map(|row| sheet.line(row)).map(crate::layout::Line::text);
        rows.find(|row| !row.is_empty()).unwrap().to_owned()
    }

    #[test]
    fn keys_pressed_in_the_beginning_of_a_long_page_count_in_the_whole() {
        for (keys, stays) in
            [("", true), ("jjjj", true), ("   ", true), ("  b", true), ("Gg", true), ("50%", false)]
        {
            let (mut app, whole) = begun();
            press(&mut app, keys);
            let before = top(&app);
            app.update(Message::Built(Box::new(whole)));
            assert_eq!(top(&app) == before, stays, "{keys}");
            assert!(!app.reader.as_ref().unwrap().is_beginning());
        }
    }

    #[test]
    fn a_jump_to_the_end_is_made_when_the_end_is_there() {
        let (mut app, whole) = begun();
        press(&mut app, "G");
        assert!(app.notice.as_ref().unwrap().contains("still being read"));
        assert!(top(&app).contains("Long"), "it has not moved");
        app.update(Message::Built(Box::new(whole)));
        let sheet = &app.reader.as_ref().unwrap().sheet;
        assert_eq!(sheet.line(sheet.here).unwrap().text(), "The last words.");
    }

    #[test]
    fn what_is_looked_for_is_found_when_it_comes() {
        let (mut app, whole) = begun();
        press(&mut app, "/last words");
        assert_eq!(app.reader.as_ref().unwrap().find.as_ref().unwrap().count(), "no match");
        app.update(Message::Built(Box::new(whole)));
        let reader = app.reader.as_ref().unwrap();
        assert_eq!(reader.find.as_ref().unwrap().count(), "1/1");
        assert_eq!(reader.sheet.line(reader.sheet.here).unwrap().text(), "The last words.");
    }

    #[test]
    fn of_pages_on_their_way_the_one_ordered_last_stays_whichever_comes_last() {
        for order in [[0, 1, 2], [2, 1, 0], [1, 2, 0], [2, 0, 1]] {
            let (mut app, whole) = begun();
            let id = whole.page.id.clone();
            app.update(Message::Built(Box::new(whole)));
            let pages = [(); 3].map(|()| match app.build(&id, Side::Page, false) {
                Some(Built::Now(reader)) => reader,
                _ => panic!("without threads it is made at once"),
            });
            for at in order {
                app.update(Message::Built(pages[at].clone()));
            }
            assert_eq!(app.reader.unwrap().number, pages[2].number, "{order:?}");
        }
    }

    #[test]
    fn a_beginning_is_never_saved() {
        let (mut app, _) = begun();
        press(&mut app, "s");
        assert!(app.notice.as_ref().unwrap().contains("cannot be saved"));
    }
}
