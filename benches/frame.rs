//! What a key costs, from the key to the painted cells: on small and big pages and in long lists.

use std::fmt::Write;

use divan::Bencher;
use dossier::date::Day;
use dossier::library::folder::Root;
use dossier::tui::app::{App, Held, Message, Options};
use dossier::tui::view::view;
use ratatui::Terminal;
use ratatui::backend::TestBackend;
use ratatui::crossterm::event::KeyCode;

fn main() {
    divan::main();
}

const SIZES: [usize; 3] = [3_000, 100_000, 1_000_000];

/// A reader with what `root` holds, and a terminal for it.
fn reader(root: Root) -> (App, Terminal<TestBackend>) {
    let today = Day { year: 2025, month: 10, day: 1 };
    let options = Options { theme: None, no_colour: false, ascii: false, mouse: true, today, start: None };
    let mut app = App::new((140, 40), options);
    app.update(Message::Loaded(Held::new(dossier::library::load(root)), None));
    (app, Terminal::new(TestBackend::new(140, 40)).expect("a terminal in memory"))
}

fn press(app: &mut App, keys: &str) {
    for key in keys.chars() {
        let code = match key {
            '\n' => KeyCode::Enter,
            '\u{8}' => KeyCode::Backspace,
            key => KeyCode::Char(key),
        };
        app.update(Message::Key(code.into()));
    }
}

/// A reader with one text of `bytes` open.
fn page(bytes: usize) -> (App, Terminal<TestBackend>) {
    let mut text = String::from("# A long text\n\n");
    for number in 1.. {
        if text.len() >= bytes {
            break;
        }
        let _ = write!(
            text,
            "## Part {number}\n\nWords that have to be wrapped over more than one line, with *some* of them \
             stressed, and [a link](https://example.org/{number}) here and there, as in any note.\n\n\
             - one of several points, of which this one takes a line or two at most widths\n- and another\n\n"
        );
    }
    let (mut app, terminal) = reader(Root::stdin(text));
    press(&mut app, "2j\n");
    (app, terminal)
}

/// One key down and up again, each painted: twice what the reader feels.
fn there_and_back(bencher: Bencher<'_, '_>, desk: (App, Terminal<TestBackend>), keys: [&str; 2]) {
    let (mut app, mut terminal) = desk;
    bencher.bench_local(|| {
        for key in keys {
            press(&mut app, key);
            terminal.draw(|frame| view(&app, frame)).expect("drawn in memory");
        }
    });
}

#[divan::bench(args = SIZES)]
fn frame(bencher: Bencher<'_, '_>, bytes: usize) {
    let (app, mut terminal) = page(bytes);
    bencher.bench_local(|| {
        terminal.draw(|frame| view(&app, frame)).expect("drawn in memory");
    });
}

#[divan::bench(args = SIZES)]
fn two_lines(bencher: Bencher<'_, '_>, bytes: usize) {
    there_and_back(bencher, page(bytes), ["j", "k"]);
}

#[divan::bench(args = SIZES)]
fn two_pages(bencher: Bencher<'_, '_>, bytes: usize) {
    there_and_back(bencher, page(bytes), [" ", "b"]);
}

#[divan::bench(args = SIZES)]
fn end_and_top(bencher: Bencher<'_, '_>, bytes: usize) {
    there_and_back(bencher, page(bytes), ["G", "g"]);
}

#[divan::bench(args = SIZES)]
fn two_widths(bencher: Bencher<'_, '_>, bytes: usize) {
    there_and_back(bencher, page(bytes), ["-", "+"]);
}

/// A reader of 10,000 actors.
fn list() -> (App, Terminal<TestBackend>) {
    let folder = tempfile::tempdir().expect("a folder");
    let mut actors = String::new();
    for number in 0..10_000 {
        let _ =
            writeln!(actors, "- {{id: actor-{number}, name: Actor of number {number}, kind: organization}}");
    }
    std::fs::write(folder.path().join("actors.yaml"), actors).expect("written");
    let (mut app, terminal) = reader(Root::open(folder.path()).expect("opened"));
    press(&mut app, "3 ");
    (app, terminal)
}

#[divan::bench]
fn two_rows_of_ten_thousand(bencher: Bencher<'_, '_>) {
    there_and_back(bencher, list(), ["j", "k"]);
}

#[divan::bench]
fn bottom_and_top_of_ten_thousand(bencher: Bencher<'_, '_>) {
    there_and_back(bencher, list(), ["G", "g"]);
}

#[divan::bench]
fn filter_ten_thousand(bencher: Bencher<'_, '_>) {
    let (mut app, terminal) = list();
    press(&mut app, "/");
    there_and_back(bencher, (app, terminal), ["7", "\u{8}"]);
}

#[divan::bench]
fn go_to_among_ten_thousand(bencher: Bencher<'_, '_>) {
    let (mut app, mut terminal) = list();
    bencher.bench_local(|| {
        press(&mut app, "onum77");
        terminal.draw(|frame| view(&app, frame)).expect("drawn in memory");
        app.update(Message::Key(KeyCode::Esc.into()));
    });
}
