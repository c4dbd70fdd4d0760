//! Saving a page: first in which form, then under which name.

use super::overlay::{Card, Choice, Overlay, Pick, Picker, Purpose};
use super::{App, Effect, prompt::Line};
use crate::document::{Block, BlockKind, Document};
use crate::export::{self, Form, Options};
use crate::page::Page;
use crate::text::Text;
use crate::tui::pipe::Said;

/// A form to save in, as the command line has it too.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Saved {
    Plain,
    Pages,
    Large,
    Mail,
    Ascii,
    Markdown,
    Html,
    Json,
}

/// The forms in the order in which they are offered: what it is, and what for.
const FORMS: [(Saved, &str, &str); 8] = [
    (Saved::Plain, "plain text", "to read or paste"),
    (Saved::Pages, "text in pages", "to print"),
    (Saved::Large, "large print", "44 columns"),
    (Saved::Mail, "text for a mail", "safe in its body"),
    (Saved::Ascii, "text in ASCII", "for old systems"),
    (Saved::Markdown, "Markdown", "for other tools"),
    (Saved::Html, "HTML", "for a browser"),
    (Saved::Json, "JSON", "for programs"),
];

const UNREAD: &str = "a page that is still being read cannot be saved";

impl Saved {
    fn form(self) -> Form {
        match self {
            Self::Markdown => Form::Markdown,
            Self::Html => Form::Html,
            Self::Json => Form::Json,
            _ => Form::Text,
        }
    }

    fn options(self, ascii: bool) -> Options {
        Options {
            ascii: ascii || self == Self::Ascii,
            pages: self == Self::Pages,
            mail: self == Self::Mail,
            large: self == Self::Large,
            ..Options::default()
        }
    }
}

impl App {
    /// Offers the forms; Enter takes plain text.
    pub(super) fn pick_form(&mut self) {
        if self.subject().is_none() {
            return self.tell("select what to save first");
        }
        if self.is_begun() {
            return self.tell(UNREAD);
        }
        let pick = |(saved, label, detail): (Saved, &str, &str)| Pick {
            label: Text::line(label),
            detail: Text::line(detail),
            via: None,
            positions: Vec::new(),
            choice: Choice::Save(saved),
        };
        let picks = FORMS.into_iter().map(pick).collect();
        self.overlay = Some(Overlay::Picker(Picker::new("save as", picks)));
    }

    /// Asks for the name of the file, and proposes one.
    pub(super) fn ask_save(&mut self, saved: Saved) {
        let Some((page, text)) = self.written(saved) else {
            return self.tell(UNREAD);
        };
        let name = export::file_name(&page);
        let name = match saved {
            // not the name that the page's own file may have
            Saved::Markdown => name.replace(".txt", "-copy.md"),
            _ => name.replace(".txt", &format!(".{}", saved.form().ending())),
        };
        self.prompt(Purpose::Save(text), Line::new(&name));
    }

    /// Asks for the command that is to have the page's plain text.
    pub(super) fn ask_pipe(&mut self) {
        if self.subject().is_none() {
            return self.tell("select what to give away first");
        }
        match self.written(Saved::Plain).filter(|_| !self.is_begun()) {
            Some((_, text)) => self.prompt(Purpose::Pipe(text), Line::new("")),
            None => self.tell(UNREAD),
        }
    }

    /// Gives the text to the command.
    pub(super) fn pipe(&mut self, command: &str, text: String) -> Vec<Effect> {
        let command = command.trim().to_owned();
        if command.is_empty() {
            return Vec::new();
        }
        self.tell(&format!("`{command}` is at it"));
        vec![Effect::Pipe { command, text }]
    }

    /// Shows what the command printed: in the row of the keys, or in a card where it is more, if nothing else is open.
    pub(super) fn piped(&mut self, command: &str, said: Said) -> Vec<Effect> {
        let Said { line, failed, all } = said;
        match all.filter(|_| self.overlay.is_none()) {
            Some(text) => {
                let code = BlockKind::Code { language: Text::default(), text, number: None };
                let document = Document { blocks: vec![Block::new(code, 0..0)] };
                let title = Text::line(&format!("{command} {}", if failed { "failed" } else { "says" }));
                self.overlay = Some(Overlay::Card(Card::large(title, document)));
                self.notice = None;
            }
            None => self.tell(&line),
        }
        Vec::new()
    }

    /// The page of what is open or selected, and its text in a form; `None` while it is being read.
    fn written(&self, saved: Saved) -> Option<(Page, String)> {
        let page = self.page().and_then(|page| self.without_notes(page))?;
        let options = saved.options(self.options.ascii);
        let lang = self.held.as_ref().and_then(|held| held.library.lang(&page.id));
        let text = saved.form().write(None, vec![page.clone()], lang, &options);
        Some((page, text))
    }
}
