//! Choosing by a few letters: pages, commands, headings.

use super::overlay::{Choice, Overlay, Pick, Picker};
use super::{App, Effect, Held, Order, picker_rows};
use crate::id::Id;
use crate::text::{Text, tail};
use crate::tui::keys::{self, Action};

/// More pages than this are never worth reading through.
const HITS: usize = 100;
/// Columns of what tells two pages of one title apart.
const APART: usize = 24;

/// What a command does, after its name where the name is not among the words.
fn called(binding: &keys::Binding) -> String {
    let keys::Binding { name, help, .. } = binding;
    if help.contains(name) { (*help).to_owned() } else { format!("{name}: {help}") }
}

/// `word` beside a title, with what tells it from others of the same.
pub(super) fn told_apart(held: &Held, id: &Id, word: &str, ascii: bool) -> Text {
    match held.library.apart(id, &[]) {
        Some(apart) => Text::line(&format!("{word}, {}", tail(&apart, APART, if ascii { "~" } else { "…" }))),
        None => Text::line(word),
    }
}

impl App {
    pub(super) fn act_picker(&mut self, order: Order) -> Vec<Effect> {
        let page = isize::try_from(picker_rows(&self.panes)).unwrap_or(1).max(1);
        let Some(Overlay::Picker(picker)) = &mut self.overlay else {
            return Vec::new();
        };
        match order.action {
            Action::LineDown => picker.step(1),
            Action::LineUp => picker.step(-1),
            Action::PageDown => picker.step(page),
            Action::PageUp => picker.step(-page),
            Action::Close => self.overlay = None,
            Action::Quit => return self.quit(),
            _ => return self.choose(),
        }
        Vec::new()
    }

    fn choose(&mut self) -> Vec<Effect> {
        let Some(Overlay::Picker(picker)) = &self.overlay else {
            return Vec::new();
        };
        let Some(choice) = picker.rows.get(picker.selected).map(|pick| pick.choice.clone()) else {
            return Vec::new();
        };
        let (line, found) = (picker.line.text().to_owned(), picker.found.clone());
        self.overlay = None;
        match choice {
            Choice::Page(address) => {
                let effects = self.open(&address);
                self.follow_list();
                effects
            }
            Choice::Hit(address) => self.open_pick(&line, found, &address),
            Choice::Save(saved) => {
                self.ask_save(saved);
                Vec::new()
            }
            Choice::Command(action) => self.act(Order { action, count: None, letter: None }),
            Choice::Heading(nth) => {
                self.leave_place();
                if let Some(reader) = &mut self.reader {
                    reader.sheet.go_nth_heading(nth);
                }
                Vec::new()
            }
        }
    }

    pub(super) fn pick_page(&mut self) {
        let mut picker = Picker::new("go to", Vec::new());
        picker.finder = true;
        self.overlay = Some(Overlay::Picker(picker));
        self.pick_again();
    }

    /// Makes the rows for what is typed now.
    pub(super) fn pick_again(&mut self) {
        let (Some(Overlay::Picker(picker)), Some(held)) = (&mut self.overlay, &self.held) else {
            return;
        };
        if !picker.finder {
            picker.narrow();
            return;
        }
        let typed = picker.line.text().to_owned();
        let hits = held.finder().best(&typed, HITS);
        let ascii = self.options.ascii;
        let pick = |hit: crate::finder::Hit| {
            let detail = told_apart(held, &hit.id, &hit.id.kind.title().to_lowercase(), ascii);
            let choice = Choice::Page(hit.id.into());
            Pick { label: hit.title, detail, via: hit.via, positions: hit.positions, choice }
        };
        picker.rows = hits.into_iter().map(pick).collect();
        (picker.selected, picker.top, picker.found) = (0, 0, None);
        if !typed.trim().is_empty() {
            let kept = self.kept_picks(&typed);
            if let Some(Overlay::Picker(picker)) = &mut self.overlay {
                picker.rows.splice(0..0, kept);
            }
        }
        self.seek_texts(&typed);
    }

    pub(super) fn pick_command(&mut self) {
        let ascii = self.options.ascii;
        let pick = |binding: &&keys::Binding| Pick {
            label: Text::line(&called(binding)),
            detail: Text::line(&keys::all_shown(binding, ascii)),
            via: None,
            positions: Vec::new(),
            choice: Choice::Command(binding.action),
        };
        let commands = keys::commands();
        let picks = commands.iter().map(pick).chain(self.kept_picks(""));
        self.overlay = Some(Overlay::Picker(Picker::new("commands", picks.collect())));
    }

    pub(super) fn pick_heading(&mut self) {
        let Some(reader) = &self.reader else {
            return;
        };
        let sheet = &reader.sheet;
        let pick = |(nth, heading): (usize, &crate::layout::Heading)| {
            let indent = "  ".repeat(usize::from(heading.level.saturating_sub(1)));
            let label = Text::new(&format!("{indent}{}", heading.title));
            Pick {
                label,
                detail: Text::default(),
                via: None,
                positions: Vec::new(),
                choice: Choice::Heading(nth),
            }
        };
        let picks: Vec<Pick> = sheet.headings().iter().enumerate().map(pick).collect();
        if picks.is_empty() {
            self.tell("this page has no headings");
            return;
        }
        let mut picker = Picker::new("outline", picks);
        picker.selected = sheet.under().unwrap_or(0);
        self.overlay = Some(Overlay::Picker(picker));
    }
}
