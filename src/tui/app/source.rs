//! The file behind a page: there and back again at the same place.

use super::{App, Arrival, Effect, Side};
use crate::id::{Address, Id, Kind};
use crate::page::BODY;
use crate::tui::builder;
use crate::tui::panes::Focus;

impl App {
    /// Shows the source of what is selected or open; in the source, goes back to the page.
    pub(super) fn toggle_source(&mut self) -> Vec<Effect> {
        let here = self.reader.as_ref().filter(|_| self.focus != Focus::List);
        if here.is_some_and(|reader| reader.side == Side::Source) {
            return self.leave_source();
        }
        let page = here.filter(|reader| reader.side == Side::Page);
        let top = page.map(|reader| (reader.page.id.clone(), reader.sheet.place().at));
        let Some(id) = self.subject().filter(|id| self.has_file(id)) else {
            self.tell("this page comes from no file");
            return Vec::new();
        };
        let at = match top {
            Some((open, at)) if open == id && id.kind == Kind::Briefing && at >= BODY => Some(at),
            _ => self.declared(&id),
        };
        self.push();
        self.focus = Focus::Page;
        let address = Address { id: id.clone(), heading: None, at: Some(at.unwrap_or(0)) };
        self.show(&id, Side::Source, Arrival::At(address))
    }

    fn has_file(&self, id: &Id) -> bool {
        self.held.as_ref().is_some_and(|held| held.library.place(id).is_some())
    }

    /// Where a record stands in a file that it shares with others.
    fn declared(&self, id: &Id) -> Option<usize> {
        let held = self.held.clone().filter(|_| id.kind != Kind::Briefing)?;
        let (id, today) = (id.clone(), self.options.today);
        builder::soon(move || {
            let reading = crate::reading::Reading::default();
            let (library, links) = (&*held.library, &*held.links);
            let names = crate::mentions::mark::Shown::default();
            let context =
                crate::page::Context { library, links, reading: &reading, search: None, today, names };
            crate::page::raw(context, &id).and_then(|(_, at)| at)
        })
        .flatten()
    }

    fn leave_source(&mut self) -> Vec<Effect> {
        let Some((id, at)) = self.reader.as_ref().map(|it| (it.page.id.clone(), it.sheet.place().at)) else {
            return Vec::new();
        };
        let from = self.back.last().is_some_and(|visit| visit.id == id && visit.side == Side::Page);
        if from && (id.kind != Kind::Briefing || at < BODY) {
            return self.go_back();
        }
        if from {
            self.back.pop();
        }
        let at = Some(if at < BODY { 0 } else { at });
        self.show(&id, Side::Page, Arrival::At(Address { id: id.clone(), heading: None, at }))
    }
}
