//! Going from page to page, back and forward, and to places within a page.

use super::{App, Effect, Held, Order, Reader, Section, Spot, Visit, section};
use crate::document::Target;
use crate::id::{Address, Id, Kind};
use crate::library::Found;
use crate::page::{self, Page};
use crate::reading::Seen;
use crate::text::Text;
use crate::tui::app::overlay::Overlay;
use crate::tui::keys::{self, Action};
use crate::tui::panes::{Focus, Panes};

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
                }
            }
            Err(trouble) => {
                self.open(&Id::page(Kind::Home).into());
                self.notice = Some(trouble);
            }
        }
        self.back.clear();
    }

    /// Opens a page at its heading, or at the place where it was left.
    pub(super) fn open(&mut self, address: &Address) -> Vec<Effect> {
        let Some(page) = self.build(&address.id) else {
            return Vec::new();
        };
        self.push();
        self.overlay = None;
        self.focus = Focus::Page;
        self.enter_page(page);
        match &address.heading {
            Some(anchor) => self.go_heading(anchor),
            None => self.resume(),
        }
        self.read()
    }

    pub(super) fn build(&self, id: &Id) -> Option<Page> {
        let desk = self.desk()?;
        if id.kind == Kind::Help {
            return Some(page::help(&keys::rows(self.options.ascii)));
        }
        Some(page::build(desk.context(), id))
    }

    fn enter_page(&mut self, page: Page) {
        self.panes = Panes::new(self.size.0, self.size.1, self.column, self.focus);
        self.reader = Some(Reader::new(page, &self.panes));
    }

    /// Remembers the open page for going back.
    fn push(&mut self) {
        self.remember();
        self.forward.clear();
        if let Some(reader) = &self.reader {
            self.back.push(reader.visit());
            let over = self.back.len().saturating_sub(VISITS);
            self.back.drain(..over);
        }
    }

    /// Keeps the place in an open briefing for the next time it is opened.
    pub(super) fn remember(&mut self) {
        let Some(reader) = self.reader.as_ref().filter(|reader| reader.page.id.kind == Kind::Briefing) else {
            return;
        };
        let id = reader.page.id.clone();
        if reader.sheet.top == 0 {
            self.reading.places.remove(&id);
        } else {
            self.reading.places.insert(id, reader.sheet.place().at);
        }
    }

    fn resume(&mut self) {
        let Some(reader) = &mut self.reader else {
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
    fn read(&mut self) -> Vec<Effect> {
        let Some(reader) = &self.reader else {
            return Vec::new();
        };
        let id = &reader.page.id;
        let Some(stamp) = self.stamp(id) else {
            return Vec::new();
        };
        if self.reading.seen(id, stamp) == Seen::Read {
            return Vec::new();
        }
        self.reading.read.insert(id.clone(), stamp);
        self.unread = self.unread.saturating_sub(1);
        vec![self.state()]
    }

    /// What a briefing's file is known by; nothing else has one.
    pub(super) fn stamp(&self, id: &Id) -> Option<u64> {
        let held = self.held.as_ref().filter(|_| id.kind == Kind::Briefing)?;
        held.library.briefings.get(&id.slug).map(|briefing| briefing.stamp)
    }

    fn go_heading(&mut self, anchor: &str) {
        let Some(reader) = &mut self.reader else {
            return;
        };
        match reader.sheet.heading(anchor) {
            Some(row) => reader.sheet.go(row),
            None => self.tell(&format!("this page has no heading `{anchor}`")),
        }
    }

    /// Builds the open page and the list anew, at the same places.
    pub(super) fn renew(&mut self) {
        if let Some(visit) = self.reader.as_ref().map(Reader::visit) {
            self.revisit(&visit);
        }
        self.renew_list();
    }

    pub(super) fn renew_list(&mut self) {
        let mut list = std::mem::take(&mut self.list);
        if let Some(desk) = self.desk() {
            list.load(&desk);
        }
        self.list = list;
    }

    fn revisit(&mut self, visit: &Visit) {
        if let Some(page) = self.build(&visit.id) {
            let find = self.reader.take().filter(|it| it.page.id == visit.id).and_then(|it| it.find);
            self.enter_page(page);
            if let Some(reader) = &mut self.reader {
                reader.restore(visit);
                reader.find = find;
                if let Some(find) = &mut reader.find {
                    find.again(&reader.sheet.layout);
                }
            }
        }
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
        let same = self.reader.as_ref().is_some_and(|reader| reader.page.id == visit.id);
        match &mut self.reader {
            Some(reader) if same => reader.restore(visit),
            _ => self.revisit(visit),
        }
        self.read()
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
            self.list.select(&id);
        }
    }

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
            self.tell("no link is selected; Tab selects the next");
            return Vec::new();
        };
        match target {
            Target::Page(address) => return self.open(&address),
            Target::Heading(anchor) => {
                self.leave_place();
                self.go_heading(&anchor);
            }
            Target::Note(label) => self.go_note(&label),
            Target::Web(address) => self.ask_open(&address),
            Target::Lost(words) => self.lost(&words),
            Target::Named(named) => match named.ids.as_slice() {
                [id] => return self.open(&id.clone().into()),
                _ => self.tell("several records share this name"),
            },
            Target::Path(words) | Target::Wiki(words) => self.lost(&words),
        }
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
        let notes = self.reader.as_ref().map(|reader| reader.sheet.layout.notes.as_slice());
        let row = notes.and_then(|notes| notes.iter().find(|note| label == note.label.as_str()));
        match row.map(|note| note.row) {
            Some(row) => {
                self.leave_place();
                if let Some(reader) = &mut self.reader {
                    reader.sheet.go(row);
                }
            }
            None => self.tell(&format!("there is no footnote {label}")),
        }
    }

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
        let here = self.subject().and_then(|id| order.iter().position(|it| *it == id));
        let unread = |id: &&Id| self.stamp(id).is_some_and(|it| self.reading.seen(id, it) != Seen::Read);
        let after = here.map_or(0, |at| at + 1);
        let before = here.unwrap_or(order.len());
        let found = if forward {
            order.iter().skip(after).find(unread)
        } else {
            order.iter().take(before).rfind(unread)
        };
        let Some(id) = found.cloned() else {
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

/// The page a word given at the start means, or why there is none.
fn look_up(held: &Held, word: &str) -> Result<Address, Text> {
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
