//! All that the reader shows, and the one function that changes it.
//!
//! A [`Message`] says what happened, an [`Effect`] what the outside must do; [`App::update`] turns one
//! into the other and touches neither terminal nor disk.

mod act;
mod ask;
mod card;
mod changes;
mod file;
mod find;
mod follow;
mod go;
mod hand;
mod jump;
mod late;
mod list;
mod note;
mod overlay;
mod passage;
mod pick;
mod point;
mod prompt;
mod reader;
mod save;
mod search;
mod section;
mod sheet;
mod source;

use std::collections::BTreeSet;
use std::path::PathBuf;
use std::sync::{Arc, OnceLock};

use ratatui::crossterm::event::{KeyEvent, KeyEventKind, MouseEvent};

use crate::date::Day;
use crate::finder::Finder;
use crate::id::{Address, Id};
use crate::layout::Counted;
use crate::library::Library;
use crate::links::Links;
use crate::marking::strictest;
use crate::mentions::mark::Shown;
use crate::page::Context;
use crate::reading::state::State;
use crate::reading::{Passages, Reading, Seen};
use crate::search::{Search, Seen as Looked};
use crate::text::Text;
use crate::tui::builder::Builder;
use crate::tui::front::Front;
use crate::tui::keys::{self, Action, Scope};
use crate::tui::look::Look;
use crate::tui::panes::{COLUMN, COLUMNS, Focus, Panes};
use crate::tui::pipe::Said;
use crate::tui::seeker::{Answer, Seeker};
use crate::tui::theme::Theme;

pub use card::Asked;
pub use find::{Find, Piece};
pub use list::{List, Row};
pub use overlay::{Card, Choice, Confirm, Labels, Noting, Overlay, Pick, Picker, Prompt, Purpose};
pub use prompt::Line;
pub use reader::{Reader, Side, Visit};
pub use save::Saved;
pub use section::Section;
pub use sheet::{Sheet, Spot};

/// So many keys typed before the library is there are kept.
const EARLY: usize = 100;

/// A library and what is derived from it. Replaced whole when the library is read again.
#[derive(Clone)]
pub struct Held {
    pub library: Arc<Library>,
    pub links: Arc<Links>,
    /// What the library's folder looked like before it was read, once it was looked at.
    pub seen: Arc<OnceLock<Looked>>,
    finder: Arc<OnceLock<Finder>>,
    marking: Arc<OnceLock<Option<Text>>>,
}

impl Held {
    /// What the first screen needs: the records and what they declare. What the texts say is gathered later.
    pub fn new(library: Library) -> Self {
        let links = Links::new(&library);
        let (library, links) = (Arc::new(library), Arc::new(links));
        Self { library, links, seen: Arc::default(), finder: Arc::default(), marking: Arc::default() }
    }

    /// The same, with the links that the texts make.
    #[must_use]
    pub fn with(self, links: Links) -> Self {
        Self { links: Arc::new(links), ..self }
    }

    /// The strictest marking of the library and all that is in it, under which lists of it stand.
    pub fn marking(&self) -> Option<&Text> {
        let strictest = || {
            let own = self.library.marking.as_deref();
            let all: BTreeSet<Option<&str>> =
                self.library.briefings.values().map(|it| it.marking.as_deref()).chain([own]).collect();
            strictest(all.into_iter()).map(|it| Text::line(&it))
        };
        self.marking.get_or_init(strictest).as_ref()
    }

    /// Finds pages by name; made when it is first asked for.
    pub fn finder(&self) -> &Finder {
        self.finder.get_or_init(|| Finder::new(&self.library))
    }
}

/// What lists and pages are made from.
#[derive(Clone, Copy)]
pub struct Desk<'a> {
    pub held: &'a Held,
    pub reading: &'a Reading,
    pub search: Option<&'a Search>,
    pub today: Day,
    pub names: Shown,
}

impl<'a> Desk<'a> {
    pub fn context(self) -> Context<'a> {
        let (library, links) = (&*self.held.library, &*self.held.links);
        let Self { reading, search, today, names, .. } = self;
        Context { library, links, reading, search, today, names }
    }
}

/// What happened.
pub enum Message {
    Key(KeyEvent),
    Mouse(MouseEvent),
    Paste(String),
    Resize(u16, u16),
    /// How the reader liked it the last time, whatever the library.
    Look(Look),
    /// The library was read. The state comes with the first one only.
    Loaded(Held, Option<Box<State>>),
    /// Whether what is shown comes from the cache, and its files are being looked at.
    Checking(bool),
    /// So many percent of the texts have been read for names; said only where that takes long.
    Gathering(usize),
    /// The texts of the library that was loaded last have been read.
    Linked(Arc<Links>),
    /// Something to say in the row of the keys.
    Told(Text),
    /// A command that was given a text has ended.
    Piped(String, Said),
    /// A file to write was there already.
    Exists(PathBuf, String),
    /// The editor was closed.
    Edited,
    /// The index is open, or was brought up to the library.
    Searchable(Box<Search>),
    /// So many percent of what is to be indexed are; said only where that takes long.
    Indexing(usize),
    /// What was asked of the index.
    Answered(Answer),
    /// A page that was late is there.
    Built(Box<Reader>),
    /// The rows of a long page at a new width.
    Counted(Box<Counted>),
    /// A card that was late is there, if there is anything to show.
    Carded(Asked, Option<Box<Card>>),
}

/// What the outside must do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Effect {
    Quit,
    Load,
    /// Keep what the reader did.
    Keep(Box<State>),
    /// Keep how the reader likes it.
    KeepLook(Look),
    Write {
        path: PathBuf,
        text: String,
        overwrite: bool,
    },
    Copy(String),
    /// Give a text to a command of the reader's own.
    Pipe {
        command: String,
        text: String,
    },
    /// Open a file in the reader's editor, at a line.
    Edit(PathBuf, usize),
    /// Give an address to the platform's opener.
    Open(Text),
    /// Give a file of the library to the platform's opener.
    View(PathBuf),
    /// Take the mouse, or give it back to the terminal.
    Mouse(bool),
    /// Give the terminal back to the shell until the reader comes back.
    Suspend,
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
    /// Which names in a text are links.
    pub names: Shown,
    /// Whether code and tables that are wider than the window are slid sideways.
    pub slides: bool,
    pub mouse: bool,
    pub size: (u16, u16),
    pub panes: Panes,
    pub focus: Focus,
    pub list: List,
    pub reader: Option<Reader>,
    /// Briefings as they were before this reader first opened them, of those that have changed since.
    before: std::collections::BTreeMap<Id, Passages>,
    pub overlay: Option<Overlay>,
    pub notice: Option<Text>,
    /// Briefings that are new or changed.
    pub unread: usize,
    /// How many percent of the texts have been read for names, while they are.
    pub gathering: Option<usize>,
    /// Whether what is shown is what the cache had, and files may have changed since.
    pub checking: bool,
    /// How many percent are indexed, while that goes on.
    pub indexing: Option<usize>,
    /// What can be searched, once it is open.
    pub search: Option<Search>,
    /// Whether the open page was made before the newest links; it waits while an overlay points into it.
    stale: bool,
    /// What to show until the library is there.
    pub front: Option<Front>,
    /// Whether texts have been read since the page that is late was ordered.
    unlinked: bool,
    /// What makes pages.
    pub(super) builder: Builder,
    /// What searches.
    pub(super) seeker: Seeker,
    /// The results that one goes through.
    trail: Option<search::Trail>,
    /// What to do when the page that is open in name only is there.
    late: Option<Arrival>,
    /// Keys typed that are not a command yet, tokens with a space between.
    pub typed: String,
    /// Keys typed before the library was there; they count once it is.
    early: Vec<KeyEvent>,
    count: Count,
    back: Vec<Visit>,
    forward: Vec<Visit>,
}

/// Where to go in a page once it is there.
#[derive(Clone, Debug)]
enum Arrival {
    At(Address),
    Again(Visit),
    /// Where a result has what was looked for.
    Hit(Address),
    /// Where one is by then in the beginning that is shown meanwhile.
    Here,
    /// The same, and then what was asked for and needs the whole.
    Then(Order),
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
            names: Shown::default(),
            slides: false,
            size,
            panes: Panes::default(),
            focus: Focus::Page,
            list: List::default(),
            reader: None,
            before: std::collections::BTreeMap::new(),
            overlay: None,
            notice: None,
            unread: 0,
            checking: false,
            gathering: None,
            indexing: None,
            search: None,
            stale: false,
            front: None,
            unlinked: false,
            builder: Builder::default(),
            seeker: Seeker::default(),
            trail: None,
            late: None,
            typed: String::new(),
            early: Vec::new(),
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
            Message::Key(key) if self.held.is_none() => self.wait(key),
            Message::Key(key) => self.key(key),
            Message::Mouse(mouse) => self.point(mouse),
            Message::Paste(text) => self.paste(&text),
            Message::Resize(width, height) => {
                self.size = (width, height);
                Vec::new()
            }
            Message::Look(look) => {
                self.take_look(look);
                Vec::new()
            }
            Message::Loaded(held, state) => self.loaded(held, state),
            Message::Checking(checking) => {
                self.checking = checking;
                Vec::new()
            }
            Message::Gathering(percent) => {
                self.gathering = Some(percent);
                Vec::new()
            }
            Message::Linked(links) => {
                self.linked(links);
                Vec::new()
            }
            Message::Piped(command, said) => self.piped(&command, said),
            Message::Told(text) => {
                self.notice = Some(text);
                Vec::new()
            }
            Message::Exists(path, text) => {
                self.ask_overwrite(path, text);
                Vec::new()
            }
            Message::Searchable(search) => self.searchable(*search),
            Message::Indexing(percent) => {
                self.indexing = Some(percent);
                Vec::new()
            }
            Message::Answered(answer) => {
                self.answered(answer);
                Vec::new()
            }
            Message::Edited => vec![Effect::Load],
            Message::Built(reader) => self.built(*reader),
            Message::Counted(counted) => self.take_counted(&counted),
            Message::Carded(asked, card) => {
                self.carded(&asked, card);
                Vec::new()
            }
        };
        if self.stale && self.overlay.is_none() && self.late.is_none() {
            self.renew_page();
        }
        self.fit();
        effects
    }

    /// What is to be kept when all ends, however it ends; nothing before the library and its state are there.
    pub fn last(&mut self) -> Option<Box<State>> {
        self.held.as_ref()?;
        self.remember();
        match self.state() {
            Effect::Keep(state) => Some(state),
            _ => None,
        }
    }

    /// What lists and pages are made from, once the library is there.
    pub fn desk(&self) -> Option<Desk<'_>> {
        let held = self.held.as_ref()?;
        let (reading, search) = (&self.reading, self.search.as_ref());
        Some(Desk { held, reading, search, today: self.options.today, names: self.names })
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
            (self.reading, self.marks) = (state.reading, state.marks);
        }
        self.seeker.index(&held);
        self.held = Some(held);
        self.gathering = None;
        self.count_unread();
        if first {
            self.begin();
            let early = std::mem::take(&mut self.early).into_iter();
            return early.flat_map(|key| self.update(Message::Key(key))).collect();
        }
        self.renew_list();
        self.stale = true;
        Vec::new()
    }

    fn linked(&mut self, links: Arc<Links>) {
        self.gathering = None;
        if let Some(held) = &mut self.held {
            held.links = links;
            self.seeker.index(held);
            if self.late.is_some() {
                self.unlinked = true;
            } else {
                self.stale |= self.reader.as_ref().is_some_and(Reader::is_of_texts);
            }
        }
    }

    /// Keeps a key for when the library is there. Quitting waits for nothing.
    fn wait(&mut self, key: KeyEvent) -> Vec<Effect> {
        let meant = keys::token(key).map(|token| keys::meaning(Scope::Reader, &token));
        if meant == Some(keys::Meaning::Action(Action::Quit, None)) {
            return vec![Effect::Quit];
        }
        if self.early.len() < EARLY {
            self.early.push(key);
        }
        Vec::new()
    }

    fn take_look(&mut self, look: Look) {
        if self.options.theme.is_none() && !self.options.no_colour {
            self.theme = look.theme;
        }
        self.column = look.column.clamp(*COLUMNS.start(), *COLUMNS.end());
        self.names = look.names;
        self.slides = look.slides;
    }

    /// How the reader likes it, to be kept. A theme that was given or forced for this time is not.
    fn look(&self) -> Look {
        Look { theme: self.theme, column: self.column, names: self.names, slides: self.slides }
    }

    /// What the reader did, to be kept.
    fn state(&self) -> Effect {
        let (reading, marks) = (self.reading.clone(), self.marks.clone());
        Effect::Keep(Box::new(State { reading, marks }))
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

    /// Where things stand on this screen if the keys go to `focus`.
    fn panes_with(&self, focus: Focus) -> Panes {
        let (width, height) = self.size;
        Panes { slides: self.slides, ..Panes::new(width, height, self.column, focus) }
    }

    /// Takes sizes and scrolls so that what is selected is in view.
    fn fit(&mut self) {
        self.panes = self.panes_with(self.focus);
        if self.panes.aside.is_empty() && self.focus == Focus::Aside {
            self.focus = Focus::Page;
        }
        let panes = self.panes;
        if self.reader.as_mut().is_some_and(|reader| reader.misfits(&panes)) {
            self.renew_page();
        }
        self.list.fit(usize::from(panes.list.height).saturating_sub(1));
        if let Some(reader) = &mut self.reader {
            reader.fit(&panes);
            let counts = reader.to_count();
            if !counts.is_empty() {
                self.builder.count(counts).iter().for_each(|counted| reader.counted(counted));
            }
        }
        match &mut self.overlay {
            Some(Overlay::Picker(picker)) => picker.fit(picker_rows(&panes)),
            Some(Overlay::Card(card)) => card.fit(&panes),
            _ => {}
        }
    }
}

/// How many rows a picker shows.
pub fn picker_rows(panes: &Panes) -> usize {
    usize::from(panes.overlay(76, 20).height).saturating_sub(3)
}

/// What a key asks for: the action, the number typed before it, the letter typed after it.
#[derive(Clone, Copy, Debug)]
struct Order {
    action: Action,
    count: Option<usize>,
    letter: Option<char>,
}
