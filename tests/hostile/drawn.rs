//! A hostile library in the reader itself: every list, the first pages of each kind, cards, pictures, searches.

use std::path::Path;

use dossier::date::Day;
use dossier::library::folder::Root;
use dossier::library::load;
use dossier::links::Links;
use dossier::tui::app::{App, Effect, Held, Message, Options};
use dossier::tui::view::view;
use ratatui::Terminal;
use ratatui::backend::TestBackend;
use ratatui::crossterm::event::{KeyCode, KeyEvent};

use super::acts;

/// What is typed: `⏎ ⎋ ⇥` for keys without a letter.
const SCRIPTS: [&str; 8] = [
    "G\u{20}\u{20}g⇥⇥=⎋K⎋F⎋r",
    "2jj⏎\u{20}⇥=⎋K⎋t⎋/a⏎nN⎋AA\u{20}G",
    "3jj⏎⇥K⎋v⇥⇥⏎",
    "4j⏎v⇥⏎",
    "5j⏎⇥⏎=⎋",
    "6jj⏎v⇥",
    "oa⏎*U",
    "2jj⏎aa note⏎:notes⏎⇥⇥⏎\u{20}y",
];

/// Draws the library at `folder` after every script. Whatever would act fails the test.
pub fn drawn(name: &str, folder: &Path) {
    let library = load(Root::open(folder).expect("it opens"));
    let links = Links::whole(&library, None, &|| {});
    let held = Held::new(library).with(links);
    for (nth, script) in SCRIPTS.into_iter().enumerate() {
        let size = [(100, 30), (140, 40), (40, 12)][nth % 3];
        let options = Options {
            theme: None,
            no_colour: nth == 0,
            ascii: false,
            mouse: false,
            today: Day { year: 2025, month: 4, day: 9 },
            start: None,
        };
        let mut app = App::new(size, options);
        app.update(Message::Loaded(held.clone(), None));
        for letter in script.chars() {
            let code = match letter {
                '⏎' => KeyCode::Enter,
                '⎋' => KeyCode::Esc,
                '⇥' => KeyCode::Tab,
                letter => KeyCode::Char(letter),
            };
            for effect in app.update(Message::Key(KeyEvent::from(code))) {
                if let Effect::Copy(text) | Effect::Write { text, .. } = effect {
                    assert!(!text.chars().any(acts), "{name}: {script}: hands out {text:?}");
                }
            }
            draw(name, &app, size);
        }
    }
}

fn draw(name: &str, app: &App, size: (u16, u16)) {
    let mut terminal = Terminal::new(TestBackend::new(size.0, size.1)).expect("a screen");
    terminal.draw(|frame| view(app, frame)).expect("drawn");
    for cell in terminal.backend().buffer().content() {
        assert!(!cell.symbol().chars().any(|c| acts(c) || c == '\n'), "{name}: draws {:?}", cell.symbol());
    }
}
