//! Following links: to pages, to places of the page, to one of several records, or out of the reader.

use super::overlay::{Choice, Overlay, Pick, Picker};
use super::{App, Effect, Held};
use crate::document::Target;
use crate::id::{Address, Id};
use crate::library::Found;
use crate::page;
use crate::text::Text;
use crate::tui::panes::Focus;

impl App {
    /// Opens what is selected.
    pub(super) fn enter(&mut self) -> Vec<Effect> {
        if self.focus != Focus::List {
            return self.follow();
        }
        match (self.list.id().cloned(), &self.held) {
            (Some(id), _) => self.open(&id.into()),
            (None, Some(held)) => {
                self.list.fold(None, held);
                Vec::new()
            }
            (None, None) => Vec::new(),
        }
    }

    /// Follows the selected link.
    pub(super) fn follow(&mut self) -> Vec<Effect> {
        let Some(target) = self.sheet().and_then(|sheet| sheet.target().cloned()) else {
            self.first_link();
            return Vec::new();
        };
        match target {
            Target::Page(address) => return self.open_result(&address),
            Target::Heading(anchor) => {
                self.leave_place();
                self.go_heading(&anchor);
            }
            Target::Note(label) => self.go_note(&label),
            Target::Web(address) => self.ask_open(&address),
            Target::Lost(words) => self.lost(&words),
            Target::Named(named) => return self.open_one_of(&named.ids, &named.name),
            Target::Path(file) => self.ask_view(&file),
            Target::Wiki(words) => self.lost(&words),
        }
        Vec::new()
    }

    /// Selects a link in view, where Enter was pressed and none was selected.
    fn first_link(&mut self) {
        let found = self.sheet().is_some_and(|sheet| {
            sheet.step_link(true);
            sheet.link.is_some_and(|link| sheet.shows(link)) || {
                sheet.link = None;
                false
            }
        });
        self.tell(if found { "Enter opens it, Tab goes to the next" } else { "no link on this screen" });
    }

    /// Opens the record, or lets the reader choose where several share the name: never guessed.
    pub(super) fn open_one_of(&mut self, ids: &[Id], name: &Text) -> Vec<Effect> {
        if let [id] = ids {
            return self.open(&id.clone().into());
        }
        let choices = self.desk().map(|desk| page::choices(desk.context(), ids)).unwrap_or_default();
        let pick = |it: page::Choice| Pick {
            label: it.name,
            detail: it.difference,
            via: None,
            positions: Vec::new(),
            choice: Choice::Page(it.id.into()),
        };
        let title = format!("{} records share the name {name}", choices.len());
        self.overlay = Some(Overlay::Picker(Picker::new(&title, choices.into_iter().map(pick).collect())));
        Vec::new()
    }

    fn lost(&mut self, words: &str) {
        self.tell(&format!("this link leads nowhere: {words}"));
    }

    /// Remembers the place before a jump within the page.
    pub(super) fn leave_place(&mut self) {
        self.push();
        self.overlay = None;
        self.focus = Focus::Page;
    }

    fn go_note(&mut self, label: &Text) {
        if !self.reader.as_ref().is_some_and(|reader| reader.sheet.has_note(label)) {
            return self.tell(&format!("there is no footnote {label}"));
        }
        self.leave_place();
        if let Some(reader) = &mut self.reader {
            reader.sheet.go_note(label);
        }
    }
}

/// The page a word given at the start means, or why there is none.
pub(super) fn look_up(held: &Held, word: &str) -> Result<Address, Text> {
    if let Ok(address) = word.parse::<Address>() {
        return Ok(address);
    }
    match held.library.find(word) {
        Found::One(id) => Ok(id.into()),
        Found::Many(ids) => {
            let names: Vec<String> = ids.iter().map(Id::to_string).collect();
            Err(Text::line(&format!("`{word}` names {}; o finds each", names.join(", "))))
        }
        Found::Nothing { nearest: Some(near) } => {
            Err(Text::line(&format!("nothing is called `{word}`; did you mean `{near}`?")))
        }
        Found::Nothing { nearest: None } => {
            Err(Text::line(&format!("nothing is called `{word}`; o finds by letters")))
        }
    }
}
