//! The one table of keys: dispatch, footer, help page and palette are all read from it.
//!
//! A row without keys is a command of the palette only.

mod table;

use ratatui::crossterm::event::{KeyCode, KeyEvent, KeyModifiers};

use crate::text::width;

pub use table::BINDINGS;

macro_rules! actions {
    ($($(#[$doc:meta])* $name:ident),* $(,)?) => {
        /// What the reader can ask for.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub enum Action { $($(#[$doc])* $name),* }

        impl Action {
            pub const ALL: &[Self] = &[$(Self::$name),*];
        }
    };
}

actions! {
    LineDown, LineUp, PageDown, PageUp, HalfDown, HalfUp, Top, Bottom, Percent,
    NextHeading, PreviousHeading, NextPassage, PreviousPassage, NextChange, PreviousChange, NextUnread, PreviousUnread,
    NextLink, PreviousLink, Open, Labels, Back, Forward, Mark, GoMark,
    Find, FindNext, FindPrevious, Search, GoTo, Outline, Peek, Details, Linked, Picture, Source, Palette,
    Home, Briefings, Actors, Topics, Claims, Timeline, Sources, Glossary, Notes, Problems, Help,
    Left, Right, Fold, Filter,
    Save, Pipe, Copy, CopyCited, Edit, Star, ToggleRead, Note,
    Names, Unfold, SlideLeft, SlideRight, Narrower, Wider, Theme, Mouse, Reload, Close, Yes, Suspend, Quit,
}

/// Where a key holds. Keys of [`Scope::Reader`] hold in the list and in the page, behind their own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Scope {
    Reader,
    List,
    Page,
    /// An overlay that shows a document.
    Sheet,
    /// An overlay that chooses among rows while one types.
    Picker,
    /// A line to type.
    Prompt,
    /// A label to type.
    Labels,
    /// A question.
    Confirm,
}

impl Scope {
    pub const ALL: [Self; 8] = [
        Self::List,
        Self::Page,
        Self::Reader,
        Self::Sheet,
        Self::Picker,
        Self::Prompt,
        Self::Labels,
        Self::Confirm,
    ];

    /// What the help calls it; nothing for what holds while reading.
    pub fn title(self) -> &'static str {
        match self {
            Self::Reader | Self::Page => "",
            Self::List => "in a list",
            Self::Sheet => "in a card",
            Self::Picker => "while choosing",
            Self::Prompt => "while typing",
            Self::Labels => "with labels shown",
            Self::Confirm => "when asked",
        }
    }
}

/// One row of the table. A key is a token of [`token`]; tokens with a space between are typed one after
/// the other, and `{x}` stands for any letter.
pub struct Binding {
    pub scope: Scope,
    pub keys: &'static [&'static str],
    pub action: Action,
    /// One or two words, for the footer.
    pub name: &'static str,
    /// What it does, for the help and the palette.
    pub help: &'static str,
}

use Action as A;
use Scope::{Confirm, Labels, List, Page, Picker, Prompt, Reader, Sheet};

/// The most useful actions while a link of the page is selected.
pub const ON_LINK: &[Action] = &[A::Open, A::Peek, A::Details, A::NextLink, A::Back];

/// The most useful actions on a page that has a picture.
pub const ON_DRAWN: &[Action] = &[A::NextLink, A::Picture, A::Linked, A::Back, A::Help];

/// The most useful actions on a page of results, and in a result that was opened.
pub const ON_RESULTS: &[Action] = &[A::Open, A::FindNext, A::Search, A::Star, A::Back];
pub const ON_HIT: &[Action] = &[A::FindNext, A::FindPrevious, A::Back, A::Search, A::Help];

/// The most useful actions where something is wider than the window: folded, or to be slid sideways.
pub const ON_FOLDED: &[Action] = &[A::NextLink, A::Back, A::Find, A::Unfold, A::Help];
pub const ON_SLIDING: &[Action] = &[A::SlideLeft, A::SlideRight, A::Unfold, A::Find, A::Help];

/// The most useful actions in a picture.
pub const IN_PICTURE: &[Action] = &[A::NextLink, A::Open, A::Peek, A::Picture, A::Back];

/// The actions the footer shows, the most useful first.
pub fn useful(scope: Scope) -> &'static [Action] {
    match scope {
        Reader | Page => &[A::NextLink, A::Back, A::Find, A::Search, A::Help],
        List => &[A::Open, A::Filter, A::NextLink, A::Search, A::Help],
        Sheet => &[A::Close, A::Open, A::NextLink, A::PageDown, A::Bottom],
        Picker => &[A::Open, A::Close, A::LineDown, A::LineUp, A::PageDown],
        Prompt => &[A::Open, A::Close],
        Labels => &[A::Close],
        Confirm => &[A::Yes, A::Close],
    }
}

/// The keys of `actions`, each with its name; where there is little room, the shortest key.
pub fn hints(scope: Scope, actions: &[Action], short: bool, ascii: bool) -> Vec<(String, &'static str)> {
    let hint = |action: &Action| {
        let binding = binding(scope, *action)?;
        let shortest = binding.keys.iter().min_by_key(|keys| width(&shown(keys, ascii)));
        let keys = if short { shortest? } else { binding.keys.first()? };
        Some((shown(keys, ascii), binding.name))
    };
    actions.iter().filter_map(hint).collect()
}

/// What typed keys mean so far.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Meaning {
    /// An action, and the letter that stood for `{x}`.
    Action(Action, Option<char>),
    /// The start of something longer.
    Begun,
    Nothing,
}

/// What `typed`, tokens with a space between, means in `scope`.
pub fn meaning(scope: Scope, typed: &str) -> Meaning {
    let mut begun = false;
    for scope in chain(scope) {
        for binding in BINDINGS.iter().filter(|binding| binding.scope == *scope) {
            for keys in binding.keys {
                match compare(keys, typed) {
                    Meaning::Action(_, letter) => return Meaning::Action(binding.action, letter),
                    Meaning::Begun => begun = true,
                    Meaning::Nothing => {}
                }
            }
        }
    }
    if begun { Meaning::Begun } else { Meaning::Nothing }
}

/// The scopes a key is looked up in, first to last.
fn chain(scope: Scope) -> &'static [Scope] {
    match scope {
        Reader => &[Reader],
        List => &[List, Reader],
        Page => &[Page, Reader],
        Sheet => &[Sheet],
        Picker => &[Picker],
        Prompt => &[Prompt],
        Labels => &[Labels],
        Confirm => &[Confirm],
    }
}

fn compare(keys: &str, typed: &str) -> Meaning {
    let (mut keys, mut letter) = (keys.split(' '), None);
    for token in typed.split(' ') {
        match keys.next() {
            Some("{x}") if token.chars().count() == 1 => letter = token.chars().next(),
            Some(key) if key == token => {}
            _ => return Meaning::Nothing,
        }
    }
    // Which action it is, the caller knows from the row.
    if keys.next().is_none() { Meaning::Action(A::Close, letter) } else { Meaning::Begun }
}

/// The name of a key, as the table writes it.
pub fn token(key: KeyEvent) -> Option<String> {
    let name = match key.code {
        KeyCode::Char(' ') => "Space".to_owned(),
        KeyCode::Char(c) if key.modifiers.contains(KeyModifiers::CONTROL) => {
            return Some(format!("Ctrl-{}", c.to_ascii_uppercase()));
        }
        KeyCode::Char(c) => c.to_string(),
        KeyCode::Enter => "Enter".to_owned(),
        KeyCode::Esc => "Esc".to_owned(),
        KeyCode::Tab if key.modifiers.contains(KeyModifiers::SHIFT) => "Shift-Tab".to_owned(),
        KeyCode::Tab => "Tab".to_owned(),
        KeyCode::BackTab => "Shift-Tab".to_owned(),
        KeyCode::Backspace => "Backspace".to_owned(),
        KeyCode::Delete => "Delete".to_owned(),
        KeyCode::Up => "Up".to_owned(),
        KeyCode::Down => "Down".to_owned(),
        KeyCode::Left => "Left".to_owned(),
        KeyCode::Right => "Right".to_owned(),
        KeyCode::Home => "Home".to_owned(),
        KeyCode::End => "End".to_owned(),
        KeyCode::PageUp => "PgUp".to_owned(),
        KeyCode::PageDown => "PgDn".to_owned(),
        KeyCode::F(number) => format!("F{number}"),
        _ => return None,
    };
    let alt = key.modifiers.contains(KeyModifiers::ALT);
    Some(if alt { format!("Alt-{name}") } else { name })
}

/// A key as people write it: `]]`, `mx`, `←`, or `Left` in ASCII.
pub fn shown(keys: &str, ascii: bool) -> String {
    keys.split(' ')
        .map(|key| match key {
            "{x}" => "x",
            "Left" if !ascii => "←",
            "Right" if !ascii => "→",
            "Up" if !ascii => "↑",
            "Down" if !ascii => "↓",
            "Alt-Left" if !ascii => "Alt-←",
            "Alt-Right" if !ascii => "Alt-→",
            key => key,
        })
        .collect()
}

/// All keys of a row.
pub fn all_shown(binding: &Binding, ascii: bool) -> String {
    let keys: Vec<String> = binding.keys.iter().map(|keys| shown(keys, ascii)).collect();
    keys.join(" ")
}

/// The row that binds `action` where `scope` holds.
pub fn binding(scope: Scope, action: Action) -> Option<&'static Binding> {
    chain(scope).iter().find_map(|scope| BINDINGS.iter().find(|it| it.scope == *scope && it.action == action))
}

/// The table as the help page shows it: keys and what they do.
pub fn rows(ascii: bool) -> Vec<(String, String)> {
    let mut rows = Vec::with_capacity(BINDINGS.len());
    for scope in [Reader, Page, List, Sheet, Picker, Prompt, Labels, Confirm] {
        for binding in BINDINGS.iter().filter(|binding| binding.scope == scope) {
            let keys = all_shown(binding, ascii);
            let what = match scope.title() {
                "" => binding.help.to_owned(),
                place => format!("{place}: {}", binding.help),
            };
            rows.push((if keys.is_empty() { ":".to_owned() } else { keys }, what));
        }
    }
    rows
}

/// Every command once, for the palette; those that only move come last.
pub fn commands() -> Vec<&'static Binding> {
    let first = |binding: &&Binding| {
        BINDINGS.iter().find(|it| it.action == binding.action).is_some_and(|it| std::ptr::eq(it, *binding))
    };
    let offered = |binding: &&Binding| {
        matches!(binding.scope, Reader | Page | List)
            && !matches!(binding.action, A::Palette | A::Mark | A::GoMark | A::Percent)
    };
    let mut commands: Vec<&Binding> = BINDINGS.iter().filter(offered).filter(first).collect();
    commands.sort_by_key(|binding| moves(binding.action));
    commands
}

/// Whether an action only moves: nobody looks for it by its name.
fn moves(action: Action) -> bool {
    let by_rows =
        matches!(action, A::LineDown | A::LineUp | A::PageDown | A::PageUp | A::HalfDown | A::HalfUp);
    let by_things = matches!(
        action,
        A::Top
            | A::Bottom
            | A::NextHeading
            | A::PreviousHeading
            | A::NextChange
            | A::PreviousChange
            | A::NextLink
            | A::PreviousLink
            | A::Open
    );
    by_rows
        || by_things
        || matches!(action, A::SlideLeft | A::SlideRight)
        || matches!(action, A::Left | A::Right | A::Close | A::Fold | A::FindNext | A::FindPrevious)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    #[test]
    fn no_key_stands_twice_in_a_scope() {
        let mut seen = HashSet::new();
        for binding in BINDINGS {
            for key in binding.keys {
                assert!(seen.insert((binding.scope, *key)), "{key} twice in {:?}", binding.scope);
            }
        }
    }

    #[test]
    fn no_key_hides_a_longer_one() {
        for scope in Scope::ALL {
            let keys: Vec<&str> = chain(scope)
                .iter()
                .flat_map(|it| BINDINGS.iter().filter(move |b| b.scope == *it))
                .flat_map(|b| b.keys)
                .copied()
                .collect();
            for key in &keys {
                let longer = format!("{key} ");
                assert!(!keys.iter().any(|it| it.starts_with(&longer)), "{key} hides a longer key");
            }
        }
    }

    #[test]
    fn every_action_is_bound_or_in_the_palette() {
        for action in Action::ALL {
            let bound = BINDINGS.iter().any(|it| it.action == *action && !it.keys.is_empty());
            assert!(bound || commands().iter().any(|it| it.action == *action), "{action:?}");
        }
    }

    #[test]
    fn every_binding_is_in_the_help() {
        let rows = rows(false);
        for binding in BINDINGS {
            assert!(rows.iter().any(|(_, help)| help.ends_with(binding.help)), "{}", binding.help);
        }
    }

    #[test]
    fn keys_of_two_strokes_begin_and_end() {
        assert_eq!(meaning(Page, "]"), Meaning::Begun);
        assert_eq!(meaning(Page, "] ]"), Meaning::Action(Action::NextHeading, None));
        assert_eq!(meaning(Page, "m a"), Meaning::Action(Action::Mark, Some('a')));
        assert_eq!(meaning(List, "] x"), Meaning::Nothing);
    }

    #[test]
    fn a_lists_own_key_comes_before_everyones() {
        assert_eq!(meaning(List, "/"), Meaning::Action(Action::Filter, None));
        assert_eq!(meaning(Page, "/"), Meaning::Action(Action::Find, None));
        assert_eq!(meaning(List, "Space"), Meaning::Action(Action::Fold, None));
    }
}
