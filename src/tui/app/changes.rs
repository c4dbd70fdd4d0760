//! What changed in a briefing since it was last seen: told when it is opened, marked beside its passages.

use super::{App, Side};
use crate::id::Kind;
use crate::reading::{Changes, Passages};

impl App {
    /// Holds the open briefing against what it was when it was last seen, and remembers it as it is now.
    ///
    /// What it was when this reader first opened it counts until the reader ends: who comes back to a page finds
    /// its changes still marked.
    pub(super) fn compare(&mut self) {
        let Some(reader) = self.reader.as_mut().filter(|it| it.side == Side::Page) else {
            return;
        };
        let page = &reader.page;
        if page.id.kind != Kind::Briefing || page.passages.is_empty() {
            return;
        }
        let Some(now) = Passages::new(&page.passages) else { return };
        let last = self.reading.seen.insert(page.id.clone(), now.clone());
        let same = last.as_ref() == Some(&now);
        if let Some(last) = last.filter(|_| !same) {
            self.before.entry(page.id.clone()).or_insert(last);
        }
        let before = self.before.get(&page.id);
        let changes = before.map(|it| it.changes(&page.passages)).unwrap_or_default();
        reader.changes = Changes { same, ..changes };
    }

    /// Says how much of a changed briefing is not as it was: where no passage is, what stands above them or their order.
    pub(super) fn tell_changes(&mut self) {
        let Some(changes) = self.reader.as_ref().map(|reader| &reader.changes) else { return };
        let other = || "changed since you read it: above the text, or in its order".to_owned();
        if let Some(said) = said(changes).or_else(|| changes.same.then(other)) {
            self.tell(&said);
        }
    }

    /// Goes to the next passage that changed, or to the one before.
    pub(super) fn step_change(&mut self, forward: bool) {
        let Some(reader) = &mut self.reader else { return };
        let places = &reader.changes.places;
        let trouble = if places.is_empty() {
            "no passage here changed since you last read it"
        } else if reader.sheet.step_place(places, forward) {
            return;
        } else if forward {
            "nothing changed after this"
        } else {
            "nothing changed before this"
        };
        self.tell(trouble);
    }
}

/// Changes in words; `None` where there are none.
fn said(changes: &Changes) -> Option<String> {
    let new = match changes.places.len() {
        0 => String::new(),
        1 => "1 passage is new or changed".to_owned(),
        many => format!("{many} passages are new or changed"),
    };
    let gone = match changes.gone {
        0 => String::new(),
        1 => "1 passage is gone".to_owned(),
        many => format!("{many} passages are gone"),
    };
    match (new.is_empty(), gone.is_empty()) {
        (true, true) => None,
        (true, false) => Some(format!("{gone} since you read it")),
        (false, true) => Some(format!("{new} since you read it; ]c goes to the next")),
        (false, false) => Some(format!("{new}, {gone} since you read it; ]c goes to the next")),
    }
}
