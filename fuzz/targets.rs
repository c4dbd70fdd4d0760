//! What is fuzzed: each function takes any bytes, and must neither panic nor let anything through that acts.
//!
//! `cargo fuzz` calls them with bytes it finds; `tests/fuzzed.rs` with the seeds, which hold what was found once.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::sync::{Arc, OnceLock};

use dossier::date::Day;
use dossier::document::parse::parse;
use dossier::document::plain;
use dossier::layout::Layout;
use dossier::library::folder::Root;
use dossier::library::{Library, load, yaml};
use dossier::links::Links;
use dossier::reading::Reading;
use dossier::reading::state::State;
use dossier::search::{Query, Results, Search, Wanted};
use dossier::text::Text;
use dossier::tui::app::{App, Effect, Held, Message, Options};
use dossier::tui::view::view;
use ratatui::Terminal;
use ratatui::backend::TestBackend;
use ratatui::crossterm::event::{KeyCode, KeyEvent, KeyModifiers};

const TODAY: Day = Day { year: 2025, month: 4, day: 9 };

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
        assert!(!acts(text), "{text:?}");
        assert!(width < 12 || dossier::text::width(text) <= width, "{width}: {text:?}");
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
    let options =
        Options { theme: None, no_colour: false, ascii: false, mouse: false, today: TODAY, start: None };
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

/// A library with its search, made once.
struct Desk {
    library: Library,
    search: Search,
}

impl Desk {
    fn new(library: Library, links: &Links, cache: Option<&Path>) -> Self {
        let mut search = Search::open(&library, cache).expect("memory");
        search.refresh(&library, links, &mut |_| true).expect("an index");
        Self { library, search }
    }

    fn find(&self, query: &Query) -> Result<Results, Text> {
        let wanted = Wanted { counts: true, ..Wanted::default() };
        self.search.find(query, &self.library.root, &Reading::default(), wanted)
    }
}

fn check_results(results: &Results) {
    for hit in &results.hits {
        assert!(!acts(&hit.title) && !acts(&hit.file), "{hit:?}");
        for extract in &hit.extracts {
            assert!(!acts(&extract.section) && !acts(&plain(&extract.words)), "{extract:?}");
        }
    }
}

/// A query, whole and while it is typed, to its explanation and to answers from the shipped library.
pub fn query(data: &[u8]) {
    static DESK: OnceLock<Desk> = OnceLock::new();
    let desk = DESK.get_or_init(|| {
        let library = load(Root::shipped());
        let links = Links::whole(&library, None, &|| {});
        Desk::new(library, &links, None)
    });
    let line = String::from_utf8_lossy(data);
    for parse in [Query::parse, Query::typing] {
        let (query, complaints) = parse(&line, TODAY);
        for words in query.explain().iter().chain(complaints.iter().map(|it| &it.what)) {
            assert!(!acts(words), "{words:?}");
        }
        // As it is typed it means the same, where all of it is understood.
        let (again, _) = parse(&query.to_string(), TODAY);
        assert_eq!(again.explain().is_empty(), query.explain().is_empty());
        check_results(&desk.find(&query).expect("an index in memory answers"));
    }
}

/// A library on disk, and the files of its index as they were made.
struct Indexed {
    folder: tempfile::TempDir,
    files: BTreeMap<String, Vec<u8>>,
}

impl Indexed {
    fn library(&self) -> Library {
        load(Root::open(&self.folder.path().join("library")).expect("a library"))
    }

    fn made() -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let library = folder.path().join("library");
        fs::create_dir(&library).expect("a folder");
        for (name, text) in [
            ("one.md", "---\ndate: 2025-01-21\n---\n# One\n\nThe alpha and the beta gamma.\n"),
            ("two.md", "# Two\n\n## Part\n\nAlpha met Nvidia; gammas too.\n"),
            ("actors.yaml", "- id: nvidia\n  name: Nvidia\n  aliases: [NVDA]\n"),
        ] {
            fs::write(library.join(name), text).expect("a file");
        }
        let mut made = Self { folder, files: BTreeMap::new() };
        let library = made.library();
        drop(Desk::new(library, &Links::new(&made.library()), Some(&made.cache())));
        for file in fs::read_dir(made.index()).expect("an index").flatten() {
            let name = file.file_name().to_string_lossy().into_owned();
            made.files.insert(name, fs::read(file.path()).expect("a file"));
        }
        made
    }

    fn cache(&self) -> std::path::PathBuf {
        self.folder.path().join("cache")
    }

    fn index(&self) -> std::path::PathBuf {
        self.cache().join("search/current")
    }

    /// The index as it was made, but for what `data` changes: each change names a file, a place and what to do there.
    fn spoil(&self, data: &[u8]) {
        let index = self.index();
        let _none = fs::remove_dir_all(self.cache().join("search"));
        fs::create_dir_all(&index).expect("a folder");
        let mut files = self.files.clone();
        let mut data = data;
        while let Some((head, rest)) = data.split_at_checked(4) {
            let (nth, action, at) = (head[0], head[1], usize::from(u16::from_be_bytes([head[2], head[3]])));
            let length = usize::from(action >> 3).min(rest.len());
            let (piece, rest) = rest.split_at(length);
            data = rest;
            let Some(name) = files.keys().nth(usize::from(nth) % files.len().max(1)).cloned() else { break };
            let Some(bytes) = files.get_mut(&name) else { break };
            let at = at % (bytes.len() + 1);
            let end = (at + length).min(bytes.len());
            match action & 7 {
                0 => bytes.truncate(at),
                1 => drop(bytes.splice(at..end, piece.iter().copied())),
                2 => drop(bytes.splice(at..at, piece.iter().copied())),
                3 => drop(files.remove(&name)),
                4 => *bytes = piece.to_vec(),
                5 => drop(bytes.drain(at..end)),
                6 => bytes.iter_mut().skip(at).take(1).for_each(|byte| *byte ^= 1 << (nth >> 5)),
                _ => {
                    let other = bytes.clone();
                    files.values_mut().skip(at % 7).take(1).for_each(|it| it.clone_from(&other));
                }
            }
        }
        for (name, bytes) in files {
            fs::write(index.join(name), bytes).expect("a file");
        }
    }
}

/// Any bytes as the files of an index: it answers as a whole one does, or is made anew and then does.
pub fn index(data: &[u8]) {
    static INDEXED: OnceLock<(Indexed, Vec<String>)> = OnceLock::new();
    let found = |desk: &Desk| {
        let (query, _) = Query::parse("alpha OR actor:nvidia", TODAY);
        let mut hits = desk.find(&query).map(|results| {
            check_results(&results);
            results.hits.iter().map(|hit| hit.id.to_string()).collect::<Vec<_>>()
        });
        if let Ok(hits) = &mut hits {
            hits.sort();
        }
        hits
    };
    let (indexed, whole) = INDEXED.get_or_init(|| {
        let indexed = Indexed::made();
        let library = indexed.library();
        let links = Links::new(&library);
        let whole = found(&Desk::new(library, &links, None)).expect("an answer");
        (indexed, whole)
    });
    indexed.spoil(data);
    let library = indexed.library();
    let links = Links::new(&library);
    if let Some(kept) = Search::kept(&library.root, &indexed.cache()) {
        // Without a refresh it may say that it cannot; what it says must not act.
        let _unreadable = found(&Desk { library: indexed.library(), search: kept });
    }
    let mut desk = Desk::new(library, &links, Some(&indexed.cache()));
    let mut hits = found(&desk);
    if hits.is_err() {
        desk.search.refresh(&desk.library, &links, &mut |_| true).expect("made anew");
        hits = found(&desk);
    }
    assert_eq!(hits.as_ref(), Ok(whole));
}
