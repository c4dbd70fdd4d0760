//! What is fuzzed: each function takes any bytes, and must neither panic nor let anything through that acts.
//!
//! `cargo fuzz` calls them with bytes it finds; `tests/fuzzed.rs` with the seeds, which hold what was found once.

use std::sync::Arc;

use dossier::date::Day;
use dossier::document::parse::parse;
use dossier::layout::Layout;
use dossier::library::folder::Root;
use dossier::library::{load, yaml};
use dossier::text::Text;
use dossier::tui::app::{App, Effect, Held, Message, Options};
use dossier::tui::state::State;
use dossier::tui::view::view;
use ratatui::Terminal;
use ratatui::backend::TestBackend;
use ratatui::crossterm::event::{KeyCode, KeyEvent, KeyModifiers};

fn acts(text: &str) -> bool {
    text.chars().any(|c| c.is_control() && c != '\n' || dossier::text::hides(c))
}

/// YAML to values with places, and as the front matter of a briefing to a record.
pub fn yaml(data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    let parsed = yaml::parse(&text, &Arc::new(Text::line("fuzzed.yaml")), 1);
    for problem in &parsed.problems {
        assert!(!acts(&problem.to_string()), "{problem:?}");
    }
    let library = load(Root::stdin(format!("---\n{text}\n---\nx\n")));
    for problem in &library.problems {
        assert!(!acts(&problem.to_string()), "{problem:?}");
    }
}

/// Markdown to lines: the first byte is the width, the rest the text.
pub fn markdown(data: &[u8]) {
    let Some((width, data)) = data.split_first() else { return };
    let document = parse(&String::from_utf8_lossy(data));
    let width = usize::from(*width);
    let layout = Layout::new(&document, width);
    let mut at = 0;
    for line in &layout.lines {
        let text = line.text();
        assert!(!acts(&text), "{text:?}");
        assert!(width < 12 || dossier::text::width(&text) <= width, "{width}: {text:?}");
        assert!(line.at >= at, "a place falls back");
        at = line.at;
    }
}

/// A state file to a state, and that to a file that says the same.
pub fn state(data: &[u8]) {
    if let Some(state) = State::from_bytes(data) {
        let written = state.to_bytes().expect("a state can be written");
        assert_eq!(State::from_bytes(&written), Some(state));
    }
}

/// Keys typed into the reader: before the first `\0` the keys, after it the text of the library.
pub fn keys(data: &[u8]) {
    let split = data.iter().position(|byte| *byte == 0).unwrap_or(data.len());
    let (keys, text) = data.split_at(split);
    let text = String::from_utf8_lossy(text).into_owned();
    let options = Options {
        theme: None,
        no_colour: false,
        ascii: false,
        mouse: false,
        today: Day { year: 2025, month: 4, day: 9 },
        start: None,
    };
    let mut size = (80, 24);
    let mut app = App::new(size, options);
    app.update(Message::Loaded(Held::new(load(Root::stdin(text))), None));
    for byte in keys.iter().take(200) {
        let message = match byte {
            0x80.. => {
                size = (u16::from(byte % 97) + 1, u16::from(byte % 31) + 1);
                Message::Resize(size.0, size.1)
            }
            byte => Message::Key(key(*byte)),
        };
        if app.update(message).contains(&Effect::Quit) {
            return;
        }
        let mut terminal = Terminal::new(TestBackend::new(size.0, size.1)).expect("a screen");
        terminal.draw(|frame| view(&app, frame)).expect("drawn");
        for cell in terminal.backend().buffer().content() {
            assert!(!acts(cell.symbol()), "{:?}", cell.symbol());
        }
    }
}

fn key(byte: u8) -> KeyEvent {
    let code = match byte {
        1 => KeyCode::Up,
        2 => KeyCode::Down,
        3 => KeyCode::Left,
        4 => KeyCode::Right,
        5 => KeyCode::PageDown,
        6 => KeyCode::PageUp,
        8 | 127 => KeyCode::Backspace,
        9 => KeyCode::Tab,
        10 | 13 => KeyCode::Enter,
        27 => KeyCode::Esc,
        byte @ 0x20..=0x7e => KeyCode::Char(char::from(byte)),
        byte => return KeyEvent::new(KeyCode::Char(char::from(byte % 26 + b'a')), KeyModifiers::CONTROL),
    };
    KeyEvent::new(code, KeyModifiers::NONE)
}
