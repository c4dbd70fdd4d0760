//! All that the reader shows, and the one function that changes it.
//!
//! A [`Message`] says what happened, an [`Effect`] what the outside must do; [`App::update`] turns one
//! into the other and touches neither terminal nor disk.

mod act;
mod ask;
mod find;
mod go;
mod hand;
mod list;
mod overlay;
mod pick;
mod point;
mod prompt;
mod reader;
mod section;
mod sheet;

use std::path::PathBuf;
use std::sync::Arc;

use ratatui::crossterm::event::{KeyEvent, KeyEventKind, MouseEvent};

use crate::date::Day;
use crate::finder::Finder;
use crate::id::Id;
use crate::library::Library;
use crate::links::Links;
use crate::mentions::mark::Shown;
use crate::page::Context;
use crate::reading::{Reading, Seen};
use crate::text::Text;
use crate::tui::keys::{Action, Scope};
use crate::tui::panes::{COLUMN, Focus, Panes};
use crate::tui::state::State;
use crate::tui::theme::Theme;

pub use find::{Find, Piece};
pub use list::{List, Row};
pub use overlay::{Card, Choice, Confirm, Labels, Overlay, Pick, Picker, Prompt, Purpose};
pub use prompt::Line;
pub use reader::{Reader, Visit};
pub use section::Section;
pub use sheet::{Sheet, Spot};

/// A library and what is derived from it. Replaced whole when the library is read again.
#[derive(Clone)]
pub struct Held {
    pub library: Arc<Library>,
    pub links: Arc<Links>,
    pub finder: Arc<Finder>,
}

impl Held {
    pub fn new(library: Library) -> Self {
        let (links, finder) = (Links::new(&library), Finder::new(&library));
        Self { library: Arc::new(library), links: Arc::new(links), finder: Arc::new(finder) }
    }
}

/// What lists and pages are made from.
#[derive(Clone, Copy)]
pub struct Desk<'a> {
    pub held: &'a Held,
    pub reading: &'a Reading,
    pub today: Day,
}

impl<'a> Desk<'a> {
    pub fn context(self) -> Context<'a> {
        let (library, links) = (&*self.held.library, &*self.held.links);
        Context { library, links, reading: self.reading, today: self.today, names: Shown::default() }
    }
}

/// What happened.
pub enum Message {
    Key(KeyEvent),
    Mouse(MouseEvent),
    Paste(String),
    Resize(u16, u16),
    /// The library was read. The state comes with the first one only.
    Loaded(Held, Option<Box<State>>),
    /// Something to say in the row of the keys.
    Told(Text),
    /// A file to write was there already.
    Exists(PathBuf, String),
    /// The editor was closed.
    Edited,
}

/// What the outside must do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Effect {
    Quit,
    Load,
    /// Keep what the reader did.
    Keep(Box<State>),
    Write {
        path: PathBuf,
        text: String,
        overwrite: bool,
    },
    Copy(String),
    /// Open a file in the reader's editor, at a line.
    Edit(PathBuf, usize),
    /// Give an address to the platform's opener.
    Open(Text),
    /// Take the mouse, or give it back to the terminal.
    Mouse(bool),
}

/// How the reader is started.
#[derive(Clone, Debug)]
pub struct Options {
    /// The theme; `None` takes the one used last.
    pub theme: Option<Theme>,
    /// Only the theme without colours, whatever was used last.
    pub no_colour: bool,
    /// Lines and marks in ASCII.
    pub ascii: bool,
    pub mouse: bool,
    pub today: Day,
    /// What to open first: an address, or a word to look up.
    pub start: Option<String>,
}

/// Everything the reader shows.
pub struct App {
    /// `None` until the library is read.
    pub held: Option<Held>,
    pub reading: Reading,
    pub marks: std::collections::BTreeMap<char, (Id, usize)>,
    pub options: Options,
    pub theme: Theme,
    /// The text column's columns.
    pub column: u16,
    pub mouse: bool,
    pub size: (u16, u16),
    pub panes: Panes,
    pub focus: Focus,
    pub list: List,
    pub reader: Option<Reader>,
    pub overlay: Option<Overlay>,
    pub notice: Option<Text>,
    /// Briefings that are new or changed.
    pub unread: usize,
    /// Keys typed that are not a command yet, tokens with a space between.
    pub typed: String,
    count: Count,
    back: Vec<Visit>,
    forward: Vec<Visit>,
}

/// Digits typed before a command, and what was open before the first of them.
///
/// Digits open sections at once; only when a command that takes a number follows is that undone.
#[derive(Default)]
struct Count {
    digits: String,
    before: Option<(Section, Focus, usize)>,
}

impl App {
    /// The reader before its library is there.
    pub fn new(size: (u16, u16), options: Options) -> Self {
        let theme = options.theme.unwrap_or_default();
        let mut app = Self {
            held: None,
            reading: Reading::default(),
            marks: std::collections::BTreeMap::new(),
            theme: if options.no_colour { Theme::NoColour } else { theme },
            mouse: options.mouse,
            options,
            column: COLUMN,
            size,
            panes: Panes::default(),
            focus: Focus::Page,
            list: List::default(),
            reader: None,
            overlay: None,
            notice: None,
            unread: 0,
            typed: String::new(),
            count: Count::default(),
            back: Vec::new(),
            forward: Vec::new(),
        };
        app.fit();
        app
    }

    /// Takes what happened. Nothing else changes an `App`.
    pub fn update(&mut self, message: Message) -> Vec<Effect> {
        let effects = match message {
            Message::Key(key) if key.kind == KeyEventKind::Release => Vec::new(),
            Message::Key(key) => self.key(key),
            Message::Mouse(mouse) => self.point(mouse),
            Message::Paste(text) => self.paste(&text),
            Message::Resize(width, height) => {
                self.size = (width, height);
                Vec::new()
            }
            Message::Loaded(held, state) => self.loaded(held, state),
            Message::Told(text) => {
                self.notice = Some(text);
                Vec::new()
            }
            Message::Exists(path, text) => {
                self.ask_overwrite(path, text);
                Vec::new()
            }
            Message::Edited => vec![Effect::Load],
        };
        self.fit();
        effects
    }

    /// What lists and pages are made from, once the library is there.
    pub fn desk(&self) -> Option<Desk<'_>> {
        let held = self.held.as_ref()?;
        Some(Desk { held, reading: &self.reading, today: self.options.today })
    }

    /// Which keys hold now.
    pub fn scope(&self) -> Scope {
        match (&self.overlay, self.focus) {
            (Some(overlay), _) => overlay.scope(),
            (None, Focus::List) => Scope::List,
            (None, Focus::Page | Focus::Aside) => Scope::Page,
        }
    }

    fn loaded(&mut self, held: Held, state: Option<Box<State>>) -> Vec<Effect> {
        let first = self.held.is_none();
        if let Some(state) = state {
            self.take(*state);
        }
        self.held = Some(held);
        self.count_unread();
        if first {
            self.begin();
        } else {
            self.renew();
            self.tell("the library was read again");
        }
        Vec::new()
    }

    fn take(&mut self, state: State) {
        self.reading = state.reading;
        self.marks = state.marks;
        if self.options.theme.is_none() && !self.options.no_colour {
            self.theme = state.theme;
        }
        self.column =
            state.column.clamp(*crate::tui::panes::COLUMNS.start(), *crate::tui::panes::COLUMNS.end());
    }

    /// What the reader did, to be kept.
    fn state(&self) -> Effect {
        let (reading, marks) = (self.reading.clone(), self.marks.clone());
        Effect::Keep(Box::new(State { reading, marks, theme: self.theme, column: self.column }))
    }

    fn count_unread(&mut self) {
        let unread = self.desk().map(|desk| {
            let briefings = desk.held.library.briefings.values();
            briefings.filter(|it| desk.reading.seen(&it.id, it.stamp) != Seen::Read).count()
        });
        self.unread = unread.unwrap_or_default();
    }

    fn tell(&mut self, words: &str) {
        self.notice = Some(Text::line(words));
    }

    /// Takes sizes and scrolls so that what is selected is in view.
    fn fit(&mut self) {
        let (width, height) = self.size;
        self.panes = Panes::new(width, height, self.column, self.focus);
        if self.panes.aside.is_empty() && self.focus == Focus::Aside {
            self.focus = Focus::Page;
        }
        let panes = self.panes;
        self.list.fit(usize::from(panes.list.height).saturating_sub(1));
        if let Some(reader) = &mut self.reader {
            reader.fit(&panes);
        }
        match &mut self.overlay {
            Some(Overlay::Picker(picker)) => picker.fit(picker_rows(&panes)),
            Some(Overlay::Card(card)) => {
                let area = card_area(&panes);
                card.sheet.fit(&card.document, usize::from(area.width), usize::from(area.height));
            }
            _ => {}
        }
    }
}

/// How many rows a picker shows.
pub fn picker_rows(panes: &Panes) -> usize {
    usize::from(panes.overlay(76, 20).height).saturating_sub(3)
}

/// The text of a card: its box without the frame.
pub fn card_area(panes: &Panes) -> ratatui::layout::Rect {
    let area = panes.overlay(80, 24);
    area.inner(ratatui::layout::Margin { horizontal: 2, vertical: 1 })
}

/// What a key asks for: the action, the number typed before it, the letter typed after it.
#[derive(Clone, Copy, Debug)]
struct Order {
    action: Action,
    count: Option<usize>,
    letter: Option<char>,
}
