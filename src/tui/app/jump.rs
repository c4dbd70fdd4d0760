//! Going to places that were marked, and to what has not been read.

use std::sync::Arc;

use super::{App, Effect, Order, Spot, section};
use crate::id::Id;
use crate::reading::Seen;
use crate::tui::keys::Action;

impl App {
    pub(super) fn act_mark(&mut self, order: Order) -> Vec<Effect> {
        let Some(letter) = order.letter else {
            return Vec::new();
        };
        if order.action == Action::Mark {
            return self.set_mark(letter);
        }
        let Some((id, at)) = self.marks.get(&letter).cloned() else {
            self.tell(&format!("no place is marked {letter}"));
            return Vec::new();
        };
        let effects = self.open(&id.into());
        self.notice = None;
        if let Some(reader) = &mut self.reader {
            reader.sheet.go_to(Spot { at, rows: 0 });
        }
        effects
    }

    fn set_mark(&mut self, letter: char) -> Vec<Effect> {
        let Some(reader) = &self.reader else {
            return Vec::new();
        };
        let place = (reader.page.id.clone(), reader.sheet.here_place().at);
        self.marks.insert(letter, place);
        self.tell(&format!("marked {letter}; '{letter} comes back here"));
        vec![self.state()]
    }

    /// Opens the next unread briefing in the order of the list, or the one before.
    pub(super) fn step_unread(&mut self, forward: bool) -> Vec<Effect> {
        let Some(desk) = self.desk() else {
            return Vec::new();
        };
        let order = section::order(&desk.held.library);
        let open = self.reader.as_ref().map(|reader| &reader.page.id);
        let here = open.and_then(|id| order.iter().position(|it| **it == *id));
        let unread = |id: &&Arc<Id>| self.stamp(id).is_some_and(|it| self.reading.seen(id, it) != Seen::Read);
        let after = here.map_or(0, |at| at + 1);
        let before = here.unwrap_or(order.len());
        let found = if forward {
            order.iter().skip(after).find(unread)
        } else {
            order.iter().take(before).rfind(unread)
        };
        let Some(id) = found.map(|id| Id::clone(id)) else {
            self.tell(if forward {
                "no unread briefing after this one"
            } else {
                "no unread briefing before this one"
            });
            return Vec::new();
        };
        let effects = self.open(&id.into());
        self.follow_list();
        effects
    }
}
