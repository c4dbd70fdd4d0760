//! What lies on top of the panes. One enum, so two overlays cannot be open at once.

use std::sync::Arc;

use ratatui::layout::{Margin, Rect};

use crate::document::Document;
use crate::id::{Address, Id};
use crate::layout::LinkAt;
use crate::page::Answers;
use crate::reading::Note;
use crate::text::{Text, fold};
use crate::tui::app::card::Asked;
use crate::tui::app::prompt::Line;
use crate::tui::app::sheet::{Sheet, Spot};
use crate::tui::app::{Arrival, Effect, Reader, Saved};
use crate::tui::keys::{Action, Scope};
use crate::tui::panes::{Focus, Panes};

#[derive(Clone, Debug)]
pub enum Overlay {
    Picker(Picker),
    Card(Card),
    Labels(Labels),
    Prompt(Prompt),
    Confirm(Confirm),
}

impl Overlay {
    /// Which keys hold in it.
    pub fn scope(&self) -> Scope {
        match self {
            Self::Picker(_) => Scope::Picker,
            Self::Card(_) => Scope::Sheet,
            Self::Labels(_) => Scope::Labels,
            Self::Prompt(_) => Scope::Prompt,
            Self::Confirm(_) => Scope::Confirm,
        }
    }
}

/// Rows to choose from by typing a few letters.
#[derive(Clone, Debug)]
pub struct Picker {
    pub title: Text,
    pub line: Line,
    pub rows: Vec<Pick>,
    pub selected: usize,
    pub top: usize,
    /// Whether rows come from the finder; else they are those of `all` that hold the typed words.
    pub finder: bool,
    /// What was found in texts for what is typed.
    pub found: Option<Arc<Answers>>,
    all: Vec<Pick>,
}

#[derive(Clone, Debug)]
pub struct Pick {
    pub label: Text,
    /// Beside the label: a kind, a key.
    pub detail: Text,
    /// The other name that was found, before the detail.
    pub via: Option<Text>,
    /// Which characters of the label matched.
    pub positions: Vec<usize>,
    pub choice: Choice,
}

/// What taking a row does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Choice {
    Page(Address),
    /// A place of a text that has what was typed.
    Hit(Address),
    Command(Action),
    /// To save in this form.
    Save(Saved),
    /// A heading of the page, by its number.
    Heading(usize),
}

impl Choice {
    /// The page it leads to.
    pub fn id(&self) -> Option<&Id> {
        match self {
            Self::Page(address) | Self::Hit(address) => Some(&address.id),
            Self::Command(_) | Self::Save(_) | Self::Heading(_) => None,
        }
    }
}

impl Picker {
    /// A picker among known rows.
    pub fn new(title: &str, all: Vec<Pick>) -> Self {
        let rows = all.clone();
        let (line, title) = (Line::default(), Text::line(title));
        Self { title, line, rows, selected: 0, top: 0, finder: false, found: None, all }
    }

    /// Keeps the rows that hold every typed word.
    pub fn narrow(&mut self) {
        let words: Vec<String> = fold(self.line.text()).split_whitespace().map(str::to_owned).collect();
        let fits = |pick: &&Pick| {
            let text = fold(&format!("{} {}", pick.label, pick.detail));
            words.iter().all(|word| text.contains(word.as_str()))
        };
        self.rows = self.all.iter().filter(fits).cloned().collect();
        (self.selected, self.top) = (0, 0);
    }

    pub fn step(&mut self, rows: isize) {
        self.selected = self.selected.saturating_add_signed(rows).min(self.rows.len().saturating_sub(1));
    }

    /// Keeps the selection in view in a box that shows `height` rows.
    pub fn fit(&mut self, height: usize) {
        self.top = self.top.min(self.selected);
        if height > 0 && self.selected >= self.top + height {
            self.top = self.selected + 1 - height;
        }
    }
}

/// A document in a box.
#[derive(Clone, Debug, Default)]
pub struct Card {
    pub title: Text,
    pub sheet: Sheet,
    /// The records it is about: what Enter opens where no link of the card is selected.
    pub about: Vec<Id>,
    /// As high as what it says, and no wider than that needs.
    pub small: bool,
    /// What it will show once that is there.
    pub waits_for: Option<Box<Asked>>,
    /// The row of the screen that it stands below or above, so that it hides nothing of what one reads.
    pub near: Option<u16>,
}

impl Card {
    pub fn small(title: Text, document: Document) -> Self {
        Self { small: true, ..Self::large(title, document) }
    }

    pub fn large(title: Text, document: Document) -> Self {
        Self { title, sheet: Sheet::new(Arc::new(document), 0, 0), ..Self::default() }
    }

    /// Its box on the screen.
    pub fn frame(&self, panes: &Panes) -> Rect {
        if !self.small {
            return panes.overlay(80, 24);
        }
        let rows = u16::try_from(self.sheet.len()).unwrap_or(u16::MAX).saturating_add(2);
        let area = panes.overlay(60, rows);
        let end = panes.header.height + panes.rows();
        let y = match self.near {
            Some(row) if row + 1 + area.height <= end => row + 1,
            Some(row) if row >= area.height + panes.header.height => row - area.height,
            _ => area.y,
        };
        Rect { y, ..area }
    }

    /// What is inside the frame.
    pub fn area(&self, panes: &Panes) -> Rect {
        self.frame(panes).inner(Margin { horizontal: 2, vertical: 1 })
    }

    /// Takes the sizes of the screen.
    pub fn fit(&mut self, panes: &Panes) {
        let area = self.area(panes);
        self.sheet.fit(usize::from(area.width), usize::from(area.height.max(1)));
        // Only now is it known how many rows it takes.
        let area = self.area(panes);
        self.sheet.fit(usize::from(area.width), usize::from(area.height));
    }
}

/// A letter or two on every link in view.
#[derive(Clone, Debug, Default)]
pub struct Labels {
    pub typed: String,
    pub labels: Vec<Label>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Label {
    pub keys: String,
    pub link: LinkAt,
    /// Whether the link is in the pane on the right.
    pub aside: bool,
}

impl Labels {
    const LETTERS: &'static str = "asdfghjklqwertyuiopzxcvbnm";

    /// Labels for so many links, all of one length.
    pub fn names(count: usize) -> Vec<String> {
        let letters: Vec<char> = Self::LETTERS.chars().collect();
        if count <= letters.len() {
            return letters.iter().take(count).map(char::to_string).collect();
        }
        let pairs = letters.iter().flat_map(|a| letters.iter().map(move |b| format!("{a}{b}")));
        pairs.take(count).collect()
    }
}

/// A line to type, in the row of the keys.
#[derive(Clone, Debug)]
pub struct Prompt {
    pub purpose: Purpose,
    pub line: Line,
}

#[derive(Clone, Debug)]
pub enum Purpose {
    /// Words to find, and where the search started.
    Find(Spot),
    /// Words that a list's rows must hold.
    Filter,
    /// The name of the file to save the text in.
    Save(String),
    /// The command to give the text to.
    Pipe(String),
    /// The words of a note.
    Note(Box<Noting>),
    /// A query, and what was open before.
    Search(Box<Before>),
    /// The name to keep a query under.
    Keep(Id),
}

/// What was open before the line of a query.
#[derive(Clone, Debug)]
pub struct Before {
    pub reader: Option<Reader>,
    pub focus: Focus,
    /// Where to go in it, if it was not there yet.
    pub(super) late: Option<Arrival>,
    /// Which of the queries asked before stands in the line, and what was typed there.
    pub nth: Option<usize>,
    pub typed: String,
}

impl Purpose {
    pub fn label(&self) -> &'static str {
        match self {
            Self::Find(_) => "find: ",
            Self::Filter => "filter: ",
            Self::Save(_) => "save as: ",
            Self::Pipe(_) => "give to: ",
            Self::Note(noting) if noting.old.is_some() => "change note: ",
            Self::Note(_) => "note: ",
            Self::Search(_) => "search: ",
            Self::Keep(_) => "keep as: ",
        }
    }
}

/// A note being written: on which passage, and what it takes the place of.
#[derive(Clone, Debug)]
pub struct Noting {
    pub note: Note,
    pub old: Option<Note>,
}

/// A question, and what to do if the answer is yes.
#[derive(Clone, Debug)]
pub struct Confirm {
    pub question: Text,
    pub detail: Text,
    pub wish: Effect,
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    #[test]
    fn no_label_is_the_start_of_another() {
        for count in [0, 1, 26, 27, 400] {
            let names = Labels::names(count);
            assert_eq!(names.len(), count);
            let lengths: HashSet<usize> = names.iter().map(String::len).collect();
            assert!(lengths.len() <= 1);
            assert_eq!(names.iter().collect::<HashSet<_>>().len(), count);
        }
    }
}
