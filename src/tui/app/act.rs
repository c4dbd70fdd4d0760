//! What each action does, by what is open and where the keys go.

use super::{App, Effect, Order, Overlay, Reader, Section, Sheet, Side};
use crate::mentions::mark::Shown;
use crate::tui::keys::Action;
use crate::tui::panes::{COLUMNS, Focus};

/// How much wider or narrower a key makes the text column.
const STEP: u16 = 4;

impl App {
    pub(super) fn act(&mut self, order: Order) -> Vec<Effect> {
        match self.overlay {
            Some(Overlay::Picker(_)) => self.act_picker(order),
            Some(Overlay::Card(_)) => self.act_card(order),
            Some(Overlay::Prompt(_)) => self.act_prompt(order),
            Some(Overlay::Confirm(_)) => self.act_confirm(order),
            Some(Overlay::Labels(_)) | None => self.act_reader(order),
        }
    }

    fn act_reader(&mut self, order: Order) -> Vec<Effect> {
        use Action as A;
        if self.waits(order) {
            return Vec::new();
        }
        match order.action {
            A::LineDown
            | A::LineUp
            | A::PageDown
            | A::PageUp
            | A::HalfDown
            | A::HalfUp
            | A::Top
            | A::Bottom => {
                self.travel(order);
                Vec::new()
            }
            A::Home
            | A::Briefings
            | A::Actors
            | A::Topics
            | A::Claims
            | A::Timeline
            | A::Sources
            | A::Glossary => self.show_section(section(order.action)),
            A::Left | A::Right | A::Fold | A::NextLink | A::PreviousLink => self.act_pane(order.action),
            A::Names | A::Unfold | A::Narrower | A::Wider | A::Theme | A::Mouse => {
                self.act_look(order.action)
            }
            A::Save | A::Pipe | A::Copy | A::CopyCited | A::Edit | A::Star | A::ToggleRead => {
                self.act_out(order.action)
            }
            A::Note => {
                self.ask_note();
                Vec::new()
            }
            A::Open => self.enter(),
            A::Picture => self.toggle_picture(),
            A::Source => self.toggle_source(),
            A::Back => self.go_back(),
            A::Forward => self.go_forward(),
            A::Mark | A::GoMark => self.act_mark(order),
            A::FindNext | A::FindPrevious => self.step_find(order.action == A::FindNext),
            A::NextUnread | A::PreviousUnread => self.step_unread(order.action == A::NextUnread),
            A::Notes => self.open(&crate::id::Id::page(crate::id::Kind::Notes).into()),
            A::Problems => self.open(&crate::id::Id::page(crate::id::Kind::Problems).into()),
            A::Help => self.open(&crate::id::Id::page(crate::id::Kind::Help).into()),
            A::Reload => {
                self.tell("reading the library again…");
                vec![Effect::Load]
            }
            A::Suspend => vec![Effect::Suspend],
            A::Quit => self.quit(),
            A::Close if self.focus != Focus::List && self.in_picture() => self.leave_picture(),
            action => {
                self.act_page(Order { action, ..order });
                Vec::new()
            }
        }
    }

    /// Actions that only look at the open page, or open an overlay.
    fn act_page(&mut self, order: Order) {
        match order.action {
            Action::Percent => self.go_percent(order.count),
            Action::NextHeading => self.with_page(|sheet| sheet.step_heading(true)),
            Action::PreviousHeading => self.with_page(|sheet| sheet.step_heading(false)),
            Action::NextPassage | Action::PreviousPassage => {
                self.step_passage(order.action == Action::NextPassage);
            }
            Action::NextChange => self.step_change(true),
            Action::PreviousChange => self.step_change(false),
            Action::Labels => self.show_labels(),
            Action::Find => self.ask_find(),
            Action::Search => self.ask_search(),
            Action::GoTo => self.pick_page(),
            Action::Outline => self.pick_heading(),
            Action::Palette => self.pick_command(),
            Action::Peek => self.show_peek(),
            Action::Linked => self.open_linked(),
            Action::Details => self.show_details(),
            Action::Filter => self.ask_filter(),
            Action::Close => self.close(),
            Action::SlideLeft | Action::SlideRight => self.slide(order.action == Action::SlideRight),
            _ => {}
        }
    }

    fn with_page(&mut self, change: impl FnOnce(&mut Sheet)) {
        if let Some(reader) = &mut self.reader {
            self.focus = Focus::Page;
            change(&mut reader.sheet);
        }
    }

    /// The document that the keys go to.
    pub(super) fn sheet(&mut self) -> Option<&mut Sheet> {
        match (&mut self.overlay, self.focus) {
            (Some(Overlay::Card(card)), _) => Some(&mut card.sheet),
            (_, Focus::Page) => self.reader.as_mut().map(|reader| &mut reader.sheet),
            (_, Focus::Aside) => self.reader.as_mut().map(|reader| &mut reader.aside),
            (_, Focus::List) => None,
        }
    }

    /// Moves by lines and pages.
    fn travel(&mut self, order: Order) {
        if self.focus == Focus::List {
            let page = page_of(usize::from(self.panes.list.height));
            let last = self.list.rows.len().saturating_sub(1);
            match order.action {
                Action::Top => self.list.selected = 0,
                Action::Bottom => self.list.selected = last,
                action => self.list.step(rows(action, page)),
            }
        } else {
            // In a picture the arrows go from name to name; all that moves further moves the page.
            let arrow = matches!(order.action, Action::LineDown | Action::LineUp);
            let drawn = arrow && self.focus == Focus::Page && self.in_picture();
            if let Some(sheet) = self.sheet()
                && !(drawn && sheet.step_toward(order.action))
            {
                travel(sheet, order);
            }
            // In a page that stands on one screen whole nothing moves but the place one is at.
            let whole = |it: &&mut Reader| it.side != Side::Picture && it.sheet.len() <= it.sheet.height;
            if let Some(reader) = self.reader.as_mut().filter(whole)
                && self.focus == Focus::Page
                && self.overlay.is_none()
            {
                reader.choose();
            }
        }
    }

    fn go_percent(&mut self, count: Option<usize>) {
        let percent = count.unwrap_or(0).min(100);
        self.with_page(|sheet| sheet.go(sheet.len() * percent / 100));
    }

    fn act_pane(&mut self, action: Action) -> Vec<Effect> {
        match (self.focus, action) {
            (Focus::List, Action::NextLink | Action::PreviousLink) | (Focus::Aside, Action::Left) => {
                self.focus = Focus::Page;
            }
            (Focus::List, _) => return self.act_list(action),
            (Focus::Page, Action::Left | Action::Right) if self.step_in_picture(action) => {}
            (Focus::Page, Action::Left | Action::Right) if self.slide_with(action) => {}
            (_, Action::NextLink | Action::PreviousLink) => {
                if let Some(sheet) = self.sheet() {
                    sheet.step_link(action == Action::NextLink);
                }
            }
            (_, Action::Left) => self.focus = Focus::List,
            (Focus::Page, Action::Right) if !self.selected() => self.enter_aside(),
            (_, Action::Right) => return self.follow(),
            _ => {}
        }
        Vec::new()
    }

    /// Selects the link of a picture that lies in the direction of an arrow. Says whether there is one.
    fn step_in_picture(&mut self, action: Action) -> bool {
        self.in_picture() && self.sheet().is_some_and(|sheet| sheet.step_toward(action))
    }

    /// Slides what is wider than the window while an arrow has nothing else to do there. Says whether it did.
    fn slide_with(&mut self, arrow: Action) -> bool {
        let sheet = self.reader.as_mut().map(|reader| &mut reader.sheet);
        sheet.is_some_and(|sheet| {
            (arrow == Action::Left || sheet.link.is_none()) && sheet.slide(arrow == Action::Right)
        })
    }

    /// Slides what is wider than the window.
    pub(super) fn slide(&mut self, right: bool) {
        let Some(sheet) = self.reader.as_mut().map(|reader| &mut reader.sheet) else { return };
        if sheet.slide(right) {
            return;
        }
        let (folds, slides) = (sheet.folds(), sheet.slides());
        self.tell(match (folds, slides, right) {
            (true, ..) => "wide lines go on below; w makes them whole",
            (false, true, true) => "this is its right end",
            (false, true, false) => "this is its left end",
            (false, false, _) => "nothing here is wider than the window",
        });
    }

    /// Folds what is too wide, or makes it whole.
    fn unfold(&mut self) {
        self.slides = !self.slides;
        self.tell(if self.slides {
            "wide lines are whole: < and > slide them"
        } else {
            "wide lines go on below"
        });
    }

    fn enter_aside(&mut self) {
        if let Some(reader) = &mut self.reader
            && !self.panes.aside.is_empty()
            && reader.aside.has_links()
        {
            self.focus = Focus::Aside;
            if reader.aside.link.is_none() {
                reader.aside.step_link(true);
            }
        }
    }

    /// Whether a link is selected where the keys go.
    fn selected(&mut self) -> bool {
        self.sheet().is_some_and(|sheet| sheet.link.is_some())
    }

    fn act_list(&mut self, action: Action) -> Vec<Effect> {
        let Some(held) = &self.held else {
            return Vec::new();
        };
        match action {
            Action::Left => {
                let _moved = self.list.fold(Some(false), held) || self.list.up();
            }
            Action::Right if self.list.id().is_some() => return self.enter(),
            Action::Right => {
                self.list.fold(Some(true), held);
            }
            _ if self.list.fold(None, held) => {}
            _ => self.list.step(page_of(usize::from(self.panes.list.height))),
        }
        Vec::new()
    }

    fn act_look(&mut self, action: Action) -> Vec<Effect> {
        match action {
            Action::Names => self.next_names(),
            Action::Unfold => self.unfold(),
            Action::Narrower => self.widen(self.column.saturating_sub(STEP)),
            Action::Wider => self.widen(self.column + STEP),
            Action::Theme if self.options.no_colour => self.tell("NO_COLOR is set, so there are no colours"),
            Action::Theme => {
                self.theme = self.theme.next();
                self.tell(&format!("theme: {}", self.theme.name()));
            }
            _ => {
                self.mouse = !self.mouse;
                self.tell(if self.mouse {
                    "the mouse scrolls and clicks here again"
                } else {
                    "the mouse selects text now; M takes it back"
                });
                return vec![Effect::Mouse(self.mouse)];
            }
        }
        vec![Effect::KeepLook(self.look())]
    }

    /// Shows more or fewer of the names in a text as links.
    fn next_names(&mut self) {
        let (names, words) = match self.names {
            Shown::First => (Shown::All, "every name in a text is a link"),
            Shown::All => (Shown::None, "no name is a link by itself; A brings the links back"),
            Shown::None => (Shown::First, "the first of each name in a paragraph is a link"),
        };
        self.names = names;
        self.renew_page();
        self.tell(words);
    }

    fn widen(&mut self, column: u16) {
        // A step from what is seen, not from a width that the screen never had.
        let shown = self.panes.page.width.saturating_sub(2).max(*COLUMNS.start());
        let column = if column < self.column { column.min(shown.saturating_sub(STEP)) } else { column };
        self.column = column.clamp(*COLUMNS.start(), *COLUMNS.end());
        self.tell(&format!("text at most {} columns wide", self.column));
    }

    fn act_confirm(&mut self, order: Order) -> Vec<Effect> {
        match (order.action, self.overlay.take()) {
            (Action::Yes, Some(Overlay::Confirm(confirm))) => vec![confirm.wish],
            (Action::Quit, _) => self.quit(),
            _ => Vec::new(),
        }
    }

    /// Closes what is open, one thing at a time; never quits.
    fn close(&mut self) {
        if self.focus == Focus::List && !self.list.filter.is_empty() {
            self.filter("");
        } else if let Some(reader) = &mut self.reader {
            if reader.find.take().is_some() {
                self.trail = None;
                return;
            }
            reader.sheet.link = None;
            reader.chosen = None;
            reader.aside.link = None;
            self.focus = if self.focus == Focus::Aside { Focus::Page } else { self.focus };
        }
    }

    pub(super) fn quit(&mut self) -> Vec<Effect> {
        self.remember();
        vec![self.state(), Effect::Quit]
    }
}

fn section(action: Action) -> Section {
    match action {
        Action::Briefings => Section::Briefings,
        Action::Actors => Section::Actors,
        Action::Topics => Section::Topics,
        Action::Claims => Section::Claims,
        Action::Timeline => Section::Timeline,
        Action::Sources => Section::Sources,
        Action::Glossary => Section::Glossary,
        _ => Section::Home,
    }
}

/// How many rows an action moves, where a page has `page` rows.
fn rows(action: Action, page: isize) -> isize {
    let half = (page / 2).max(1);
    match action {
        Action::LineDown => 1,
        Action::LineUp => -1,
        Action::PageDown => page,
        Action::PageUp => -page,
        Action::HalfDown => half,
        Action::HalfUp => -half,
        _ => 0,
    }
}

/// Rows that a page moves: two of the last one stay in view, so that the eye finds its place.
fn page_of(height: usize) -> isize {
    isize::try_from(height.saturating_sub(2).max(1)).unwrap_or(isize::MAX)
}

pub(super) fn travel(sheet: &mut Sheet, order: Order) {
    let page = page_of(sheet.height);
    match (order.action, order.count) {
        (Action::Top | Action::Bottom, Some(line)) => sheet.go(line.saturating_sub(1)),
        (Action::Top, None) => sheet.go(0),
        (Action::Bottom, None) => sheet.go_end(),
        (action, _) => sheet.scroll(rows(action, page)),
    }
}
