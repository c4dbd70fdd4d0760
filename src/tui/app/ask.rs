//! Prompts and questions, and what goes out of the reader: saved, copied, edited, opened.

use std::path::PathBuf;

use super::overlay::{Confirm, Overlay, Prompt, Purpose};
use super::{App, Effect, Find, Order, Side, Spot};
use crate::document::{Target, web};
use crate::id::{Id, Kind};
use crate::page::{BODY, Page};
use crate::reading::Seen;
use crate::text::{Text, shorten};
use crate::tui::app::prompt::Line;
use crate::tui::builder::{self, Built};
use crate::tui::keys::Action;
use crate::tui::panes::Focus;

/// Terminals drop longer clipboard texts without a word.
const LONGEST_COPY: usize = 70_000;
/// Columns of how a copied passage begins.
const BEGINS: usize = 20;

impl App {
    pub(super) fn prompt(&mut self, purpose: Purpose, line: Line) {
        self.overlay = Some(Overlay::Prompt(Prompt { purpose, line }));
    }

    pub(super) fn act_prompt(&mut self, order: Order) -> Vec<Effect> {
        if let Action::LineUp | Action::LineDown | Action::PageUp | Action::PageDown = order.action {
            if matches!(&self.overlay, Some(Overlay::Prompt(it)) if matches!(it.purpose, Purpose::Note(_))) {
                self.step_note(order.action);
            } else {
                self.act_query(order);
            }
            return Vec::new();
        }
        let Some(Overlay::Prompt(prompt)) = self.overlay.take() else {
            return Vec::new();
        };
        match (order.action, prompt.purpose) {
            (Action::Quit, _) => return self.quit(),
            (Action::Open, Purpose::Save(text)) => return write(prompt.line.text(), text),
            (Action::Open, Purpose::Pipe(text)) => return self.pipe(prompt.line.text(), text),
            (Action::Open, Purpose::Note(noting)) => return self.note(*noting, prompt.line.text()),
            (Action::Open, Purpose::Find(_)) => self.found(),
            (Action::Open, Purpose::Search(before)) => return self.searched(*before, prompt.line.text()),
            (Action::Open, Purpose::Keep(id)) => return self.kept_search(id, &prompt.line),
            (_, Purpose::Search(before)) => self.unsearched(*before),
            (_, Purpose::Filter) if order.action == Action::Close => self.filter(""),
            (_, Purpose::Find(from)) => self.unfind(from),
            _ => {}
        }
        Vec::new()
    }

    pub(super) fn ask_filter(&mut self) {
        self.prompt(Purpose::Filter, Line::new(&self.list.filter.clone()));
    }

    pub(super) fn filter(&mut self, words: &str) {
        if let Some(held) = &self.held {
            self.list.set_filter(words, held);
        }
    }

    pub(super) fn ask_find(&mut self) {
        let Some(reader) = &self.reader else {
            return;
        };
        self.focus = Focus::Page;
        let from = reader.sheet.here_place();
        self.prompt(Purpose::Find(from), Line::default());
    }

    /// Looks for the words typed so far and goes to the first match from where the search started.
    pub(super) fn find_from(&mut self, from: Spot, words: &str) {
        let Some(reader) = &mut self.reader else {
            return;
        };
        let find = reader.find.get_or_insert_with(Find::default);
        find.look(&reader.sheet, words);
        reader.sheet.go_to(from);
        find.start(&mut reader.sheet);
    }

    /// Looks anew for what is being typed, where more of the page has come.
    pub(super) fn find_again(&mut self) {
        if let Some(Overlay::Prompt(Prompt { purpose: Purpose::Find(from), line })) = &self.overlay {
            let (from, words) = (*from, line.text().to_owned());
            self.find_from(from, &words);
        }
    }

    fn found(&mut self) {
        let found = self.reader.as_ref().and_then(|reader| reader.find.as_ref());
        match found.map(|find| (find.words.trim().is_empty(), find.is_empty(), find.words.clone())) {
            Some((false, true, words)) if self.late.is_some() => {
                self.tell(&format!(
                    "`{words}` is not in what is here yet; the rest of this page is still being read"
                ));
            }
            Some((false, true, words)) => self.tell(&format!("`{words}` is not on this page")),
            Some((true, ..)) => self.forget_find(),
            _ => {}
        }
    }

    fn unfind(&mut self, from: Spot) {
        self.forget_find();
        if let Some(reader) = &mut self.reader {
            reader.sheet.go_to(from);
        }
    }

    fn forget_find(&mut self) {
        if let Some(reader) = &mut self.reader {
            reader.find = None;
        }
    }

    pub(super) fn step_find(&mut self, forward: bool) -> Vec<Effect> {
        if let Some(effects) = self.step_trail(forward) {
            return effects;
        }
        let Some(reader) = &mut self.reader else {
            return Vec::new();
        };
        if let Some(find) = &mut reader.find {
            find.step(forward, &mut reader.sheet);
        } else if !self.step_result(forward) {
            self.tell("nothing was looked for; / finds in this page");
        }
        Vec::new()
    }

    /// Actions that carry something out of the reader, or mark a thing.
    pub(super) fn act_out(&mut self, action: Action) -> Vec<Effect> {
        match action {
            Action::Save => self.pick_form(),
            Action::Pipe => self.ask_pipe(),
            Action::Copy => return self.copy(),
            Action::CopyCited => return self.copy_cited(),
            Action::Edit => return self.edit(),
            Action::Star => return self.star(),
            _ => return self.toggle_read(),
        }
        Vec::new()
    }

    /// The page of what is selected in the list, or the open one.
    pub(super) fn page(&self) -> Option<Page> {
        let id = self.subject()?;
        match &self.reader {
            Some(reader) if reader.page.id == id && self.late.is_some() => None,
            Some(reader) if reader.page.id == id => Some(reader.page.clone()),
            _ => match self.build(&id, Side::Page, false)? {
                Built::Now(reader) => Some(reader.page),
                Built::Later(_) => None,
            },
        }
    }

    pub(super) fn ask_overwrite(&mut self, path: PathBuf, text: String) {
        self.overlay = Some(Overlay::Confirm(Confirm {
            question: Text::line("this file is there already; replace it?"),
            detail: Text::line(&path.to_string_lossy()),
            wish: Effect::Write { path, text, overwrite: true },
        }));
    }

    /// Asks before an address goes to the platform's opener, and shows all of it, in the form it goes out in.
    pub(super) fn ask_open(&mut self, address: &Text) {
        let Some(opened) = web::ascii(address) else {
            self.tell(&format!("only http, https and mailto addresses are opened, not {address}"));
            return;
        };
        let opened = Text::line(&opened);
        self.overlay = Some(Overlay::Confirm(Confirm {
            question: Text::line("leave dossier and open this address?"),
            detail: opened.clone(),
            wish: Effect::Open(opened),
        }));
    }

    fn copy(&mut self) -> Vec<Effect> {
        let linked = match self.sheet().and_then(|sheet| sheet.target().cloned()) {
            Some(Target::Web(address)) => Some(address.to_string()),
            Some(Target::Path(file)) => Some(self.whereabouts(&file)),
            _ => None,
        };
        let text = match (self.focus, linked) {
            (Focus::List, _) => self.subject().map(|id| self.named(&id)),
            (_, Some(address)) => Some(address),
            _ => return self.copy_passage(Action::Copy),
        };
        self.copied(text.unwrap_or_default(), "")
    }

    fn copy_cited(&mut self) -> Vec<Effect> {
        self.copy_passage(Action::CopyCited)
    }

    /// Copies the passage that is meant, and tells which it is.
    fn copy_passage(&mut self, key: Action) -> Vec<Effect> {
        let Some(reader) = &mut self.reader else {
            return Vec::new();
        };
        let passage = reader.copy(key);
        let begins = shorten(&Text::line(passage.trim()), BEGINS).into_owned();
        let more = reader.copies_more();
        let which = if more { "; again for all around it".to_owned() } else { format!(": {begins}") };
        let source = self.reader.as_ref().map(|reader| self.citation(&reader.page)).unwrap_or_default();
        match key {
            _ if passage.is_empty() => self.copied(passage, ""),
            Action::CopyCited => self.copied(format!("{passage}\n\n{source}\n"), &which),
            _ => self.copied(passage, &which),
        }
    }

    /// Where a passage comes from: title, date, file, address, marking.
    fn citation(&self, page: &Page) -> String {
        let held = self.held.as_ref();
        let briefing = held.and_then(|held| held.library.briefings.get(&page.id.slug));
        let briefing = briefing.filter(|_| page.id.kind == Kind::Briefing);
        let mut parts = vec![page.title.to_string()];
        parts.extend(briefing.and_then(|it| it.date.as_ref()).map(|date| date.written.to_string()));
        let declared = held.and_then(|held| held.library.place(&page.id)).map(|place| place.file.to_string());
        parts.extend(briefing.map(|it| Text::line(&it.file).into_string()).or(declared));
        parts.push(page.id.to_string());
        parts.push(page.marking.as_ref().map_or("NO MARKING", Text::as_str).to_owned());
        parts.join(", ")
    }

    fn copied(&mut self, text: String, which: &str) -> Vec<Effect> {
        if text.trim().is_empty() {
            self.tell("there is nothing to copy here");
            return Vec::new();
        }
        if text.len() > LONGEST_COPY {
            self.tell("too long for the clipboard; s saves the whole page as a file");
            return Vec::new();
        }
        let words = text.split_whitespace().count();
        self.tell(&format!("sent {words} words to the terminal's clipboard{which}"));
        vec![Effect::Copy(text)]
    }

    fn named(&self, id: &Id) -> String {
        let name = self.held.as_ref().and_then(|held| held.library.name(id));
        name.map_or_else(|| id.to_string(), |name| format!("{name} ({id})"))
    }

    /// Opens the file that what is open comes from, at the line one reads.
    fn edit(&mut self) -> Vec<Effect> {
        let found = self.subject().and_then(|id| self.source(&id));
        let Some((path, line)) = found else {
            self.tell("this page comes from no file");
            return Vec::new();
        };
        self.remember();
        vec![self.state(), Effect::Edit(path, line)]
    }

    fn source(&self, id: &Id) -> Option<(PathBuf, usize)> {
        let held = self.held.as_ref()?;
        let Some(briefing) = held.library.briefings.get(&id.slug).filter(|_| id.kind == Kind::Briefing)
        else {
            let place = held.library.place(id)?;
            return Some((held.library.root.path(&place.file)?, place.line.max(1)));
        };
        let open = self.reader.as_ref().filter(|reader| reader.page.id == *id);
        let at = open.and_then(|reader| reader.sheet.here_place().at.checked_sub(BODY));
        let (library, wanted) = (std::sync::Arc::clone(&held.library), briefing.clone());
        let body = builder::soon(move || library.body(&wanted).ok()).flatten();
        let line = body.map_or(1, |body| {
            let before = body.text.get(..at.unwrap_or(0)).unwrap_or_default();
            body.line + before.matches('\n').count()
        });
        Some((held.library.root.path(&briefing.file)?, line))
    }

    fn star(&mut self) -> Vec<Effect> {
        let subject = self.subject();
        if let Some(id) = subject.as_ref().filter(|id| id.kind == Kind::Search) {
            return self.keep_search(id);
        }
        let Some(id) = subject.filter(|id| id.kind.has_slug()) else {
            self.tell("only single records can be starred");
            return Vec::new();
        };
        let starred = self.reading.starred.insert(id.clone());
        if !starred {
            self.reading.starred.remove(&id);
        }
        self.tell(if starred { "starred; home lists it" } else { "the star is taken away" });
        vec![self.state()]
    }

    fn toggle_read(&mut self) -> Vec<Effect> {
        let stamp = self.subject().and_then(|id| self.stamp(&id).map(|stamp| (id, stamp)));
        let Some((id, stamp)) = stamp else {
            self.tell("only briefings are read or unread");
            return Vec::new();
        };
        if self.reading.seen(&id, stamp) == Seen::Read {
            self.reading.read.remove(&id);
            self.tell("marked as unread");
        } else {
            self.reading.read.insert(id, stamp);
            self.tell("marked as read");
        }
        self.count_unread();
        vec![self.state()]
    }
}

fn write(name: &str, text: String) -> Vec<Effect> {
    match name.trim() {
        "" => Vec::new(),
        name => vec![Effect::Write { path: home(name), text, overwrite: false }],
    }
}

/// `~/` is the reader's home, as in a shell.
fn home(name: &str) -> PathBuf {
    match (name.strip_prefix("~/"), etcetera::home_dir()) {
        (Some(rest), Ok(home)) => home.join(rest),
        _ => PathBuf::from(name),
    }
}
