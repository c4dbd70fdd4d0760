//! Keys in: counts, keys of two strokes, and what is typed into a line.

use ratatui::crossterm::event::{KeyCode, KeyEvent, KeyModifiers};

use super::{App, Count, Effect, Labels, Order, Overlay, Purpose};
use crate::layout::LinkAt;
use crate::tui::keys::{Action, Meaning, Scope, meaning, token};
use crate::tui::panes::Focus;

impl App {
    pub(super) fn key(&mut self, key: KeyEvent) -> Vec<Effect> {
        self.notice = None;
        let Some(token) = token(key) else {
            return Vec::new();
        };
        if token.starts_with("Alt-") && meaning(self.scope(), &token) == Meaning::Nothing {
            // Esc and a key typed right after it come as one key with Alt.
            let mut effects = self.key(KeyCode::Esc.into());
            effects.extend(self.key(KeyEvent { modifiers: key.modifiers - KeyModifiers::ALT, ..key }));
            return effects;
        }
        match self.overlay {
            Some(Overlay::Labels(_)) => self.label(&token),
            Some(Overlay::Picker(_) | Overlay::Prompt(_)) => self.type_in(key, &token),
            _ => self.stroke(&token),
        }
    }

    /// A key that is a command, or a part of one.
    fn stroke(&mut self, token: &str) -> Vec<Effect> {
        if self.overlay.is_none() && self.typed.is_empty() && self.digit(token) {
            return self.section_of(token);
        }
        let begun = !self.typed.is_empty();
        if begun {
            self.typed.push(' ');
        }
        self.typed.push_str(token);
        match meaning(self.scope(), &self.typed) {
            Meaning::Begun => Vec::new(),
            Meaning::Nothing => {
                let typed = std::mem::take(&mut self.typed).replace(' ', "");
                self.count = Count::default();
                if begun && token != "Esc" {
                    self.tell(&format!("no command {typed}; ? shows the keys"));
                }
                Vec::new()
            }
            Meaning::Action(action, letter) => {
                self.typed.clear();
                let count = self.counted(action);
                self.act(Order { action, count, letter })
            }
        }
    }

    /// Takes a digit. In a list digits open sections and count nothing.
    fn digit(&mut self, token: &str) -> bool {
        let digit = matches!(token.as_bytes(), [b'0'..=b'9']);
        let counts = self.focus != Focus::List || !self.count.digits.is_empty();
        if !digit || !counts || self.reader.is_none() {
            return false;
        }
        if self.count.digits.is_empty() {
            self.count.before = Some((self.list.section, self.focus, self.back.len()));
        }
        if self.count.digits.len() < 9 {
            self.count.digits.push_str(token);
        }
        true
    }

    fn section_of(&mut self, token: &str) -> Vec<Effect> {
        match meaning(Scope::Reader, token) {
            Meaning::Action(action, _) => self.act(Order { action, count: None, letter: None }),
            _ => Vec::new(),
        }
    }

    /// The number typed before `action`, if it takes one; what the digits opened is closed again then.
    fn counted(&mut self, action: Action) -> Option<usize> {
        let Count { digits, before } = std::mem::take(&mut self.count);
        let section = digits.len() == 1 && matches!(digits.as_bytes(), [b'1'..=b'6']);
        let takes = match action {
            Action::Top | Action::Bottom => !section,
            Action::Percent => true,
            _ => false,
        };
        let number = digits.parse().ok().filter(|_| takes)?;
        if let Some((section, focus, visits)) = before {
            self.undo_section(section, focus, visits);
        }
        Some(number)
    }

    /// The number typed so far, for the footer; a digit that opened a section is none yet.
    pub fn digits(&self) -> &str {
        match self.count.digits.as_bytes() {
            [b'1'..=b'6'] => "",
            _ => &self.count.digits,
        }
    }

    /// A key in a picker or a prompt: a command of theirs, or a letter of their line.
    fn type_in(&mut self, key: KeyEvent, token: &str) -> Vec<Effect> {
        if let Meaning::Action(action, _) = meaning(self.scope(), token) {
            return self.act(Order { action, count: None, letter: None });
        }
        let changed = match &mut self.overlay {
            Some(Overlay::Picker(picker)) => picker.line.key(key),
            Some(Overlay::Prompt(prompt)) => prompt.line.key(key),
            _ => false,
        };
        if changed { self.retyped() } else { Vec::new() }
    }

    /// Text pasted into a line; elsewhere it means nothing, whatever letters it holds.
    pub(super) fn paste(&mut self, text: &str) -> Vec<Effect> {
        match &mut self.overlay {
            Some(Overlay::Picker(picker)) => picker.line.insert(text),
            Some(Overlay::Prompt(prompt)) => prompt.line.insert(text),
            _ => return Vec::new(),
        }
        self.retyped()
    }

    fn retyped(&mut self) -> Vec<Effect> {
        match &self.overlay {
            Some(Overlay::Picker(_)) => self.pick_again(),
            Some(Overlay::Prompt(prompt)) => {
                let words = prompt.line.text().to_owned();
                match prompt.purpose {
                    Purpose::Find(from) => self.find_from(from, &words),
                    Purpose::Filter => self.filter(&words),
                    Purpose::Search(_) => self.seek(),
                    Purpose::Save(_) | Purpose::Pipe(_) | Purpose::Keep(_) | Purpose::Note(_) => {}
                }
            }
            _ => {}
        }
        Vec::new()
    }

    /// A letter of a link's label.
    fn label(&mut self, token: &str) -> Vec<Effect> {
        let Some(Overlay::Labels(mut labels)) = self.overlay.take() else {
            return Vec::new();
        };
        if let Meaning::Action(Action::Quit, _) = meaning(Scope::Labels, token) {
            return self.quit();
        }
        labels.typed.push_str(token);
        if let Some(label) = labels.labels.iter().find(|label| label.keys == labels.typed) {
            let (link, aside) = (label.link, label.aside);
            return self.jump(link, aside);
        }
        if labels.labels.iter().any(|label| label.keys.starts_with(&labels.typed)) {
            self.overlay = Some(Overlay::Labels(labels));
        } else if token != "Esc" {
            self.tell(&format!("no link has the label {}", labels.typed));
        }
        Vec::new()
    }

    /// Puts a label on every link in view.
    pub(super) fn show_labels(&mut self) {
        let Some(reader) = &self.reader else {
            return;
        };
        let page = if self.panes.page.is_empty() { Vec::new() } else { reader.sheet.shown() };
        let aside = if self.panes.aside.is_empty() { Vec::new() } else { reader.aside.shown() };
        let links: Vec<(LinkAt, bool)> = page
            .into_iter()
            .map(|link| (link, false))
            .chain(aside.into_iter().map(|link| (link, true)))
            .collect();
        if links.is_empty() {
            self.tell("no link on this screen");
            return;
        }
        let names = Labels::names(links.len()).into_iter();
        let label = |(keys, (link, aside))| super::overlay::Label { keys, link, aside };
        self.overlay = Some(Overlay::Labels(Labels {
            typed: String::new(),
            labels: names.zip(links).map(label).collect(),
        }));
    }

    /// Opens a link that was named by its label.
    fn jump(&mut self, link: LinkAt, aside: bool) -> Vec<Effect> {
        self.focus = if aside { Focus::Aside } else { Focus::Page };
        if let Some(sheet) = self.sheet() {
            sheet.select(link);
        }
        self.follow()
    }
}
