//! Whole screens by key script: what is drawn after these keys, at three sizes.

#![allow(clippy::unwrap_used, reason = "a test ends where its setting up fails")]

mod search;
mod wide;

use std::fmt::Write;
use std::path::Path;
use std::sync::OnceLock;

use dossier::date::Day;
use dossier::document::Role;
use dossier::library::Library;
use dossier::library::folder::Root;
use dossier::links::Links;
use dossier::mentions::mark::Shown;
use dossier::tui::app::{App, Effect, Held, Message, Options, Row};
use dossier::tui::pipe::Said;
use dossier::tui::view::view;
use ratatui::Terminal;
use ratatui::backend::TestBackend;
use ratatui::crossterm::event::{KeyCode, KeyEvent, KeyModifiers, MouseButton, MouseEvent, MouseEventKind};
use ratatui::style::Modifier;

use crate::shared::shared;

const SIZES: [(u16, u16); 3] = [(40, 12), (80, 24), (140, 40)];

/// A reader without a terminal.
pub struct Desk {
    pub app: App,
    pub effects: Vec<Effect>,
}

/// The library of the tests, read once.
fn library() -> Held {
    static LIBRARY: OnceLock<Held> = OnceLock::new();
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/reader");
    let load = || whole(dossier::library::load(Root::open(&folder).unwrap()));
    LIBRARY.get_or_init(load).clone()
}

/// A library whose texts have been read too.
fn whole(library: Library) -> Held {
    let links = Links::whole(&library, None, &|| {});
    Held::new(library).with(links)
}

fn options() -> Options {
    let today = Day { year: 2025, month: 3, day: 12 };
    Options { theme: None, no_colour: false, ascii: false, mouse: true, today, start: None }
}

impl Desk {
    pub fn open(size: (u16, u16)) -> Self {
        Self::with(size, options())
    }

    fn with(size: (u16, u16), options: Options) -> Self {
        let mut desk = Self { app: App::new(size, options), effects: Vec::new() };
        desk.tell(Message::Loaded(library(), None));
        desk
    }

    /// The reader with one page open.
    pub fn at(size: (u16, u16), address: &str) -> Self {
        Self::with(size, Options { start: Some(address.to_owned()), ..options() })
    }

    pub fn tell(&mut self, message: Message) {
        self.effects.extend(self.app.update(message));
    }

    /// Presses keys: letters as they are, `⏎ ⎋ ⇥ ⇤ ⌫ ← → ↑ ↓` for those without one, `^` before a control letter.
    pub fn keys(mut self, script: &str) -> Self {
        let mut letters = script.chars();
        while let Some(letter) = letters.next() {
            let code = match letter {
                '⏎' => KeyCode::Enter,
                '⎋' => KeyCode::Esc,
                '⇥' => KeyCode::Tab,
                '⇤' => KeyCode::BackTab,
                '⌫' => KeyCode::Backspace,
                '←' => KeyCode::Left,
                '→' => KeyCode::Right,
                '↑' => KeyCode::Up,
                '↓' => KeyCode::Down,
                '^' => {
                    let control = KeyCode::Char(letters.next().unwrap());
                    self.tell(Message::Key(KeyEvent::new(control, KeyModifiers::CONTROL)));
                    continue;
                }
                letter => KeyCode::Char(letter),
            };
            self.tell(Message::Key(code.into()));
        }
        self
    }

    fn resize(mut self, width: u16, height: u16) -> Self {
        self.tell(Message::Resize(width, height));
        self
    }

    fn click(mut self, column: u16, row: u16) -> Self {
        let kind = MouseEventKind::Down(MouseButton::Left);
        self.tell(Message::Mouse(MouseEvent { kind, column, row, modifiers: KeyModifiers::NONE }));
        self
    }

    /// The page that is open.
    pub fn page(&self) -> String {
        self.app.reader.as_ref().unwrap().page.id.to_string()
    }

    /// The screen's rows, then the cursor and what is drawn reversed between the bars.
    pub fn screen(&self) -> String {
        let (width, height) = self.app.size;
        let mut terminal = Terminal::new(TestBackend::new(width, height)).unwrap();
        terminal.draw(|frame| view(&self.app, frame)).unwrap();
        let backend = terminal.backend();
        let buffer = backend.buffer();
        let mut shown = String::new();
        let mut selected = Vec::new();
        for y in 0..height {
            let (mut row, mut reversed) = (String::new(), String::new());
            let mut wide = 0;
            for x in 0..width {
                let cell = &buffer[(x, y)];
                if x < wide {
                    continue;
                }
                wide = x + u16::try_from(dossier::text::width(cell.symbol())).unwrap();
                row.push_str(cell.symbol());
                if cell.modifier.contains(Modifier::REVERSED) {
                    reversed.push_str(cell.symbol());
                }
            }
            writeln!(shown, "{}", row.trim_end()).unwrap();
            if y > 0 && y + 1 < height && !reversed.trim().is_empty() {
                selected.push(reversed.trim().to_owned());
            }
        }
        let cursor = backend.cursor_position();
        let place =
            if backend.cursor_visible() { format!("{},{}", cursor.x, cursor.y) } else { "hidden".to_owned() };
        writeln!(shown, "cursor {place}; selected {selected:?}").unwrap();
        shown
    }
}

/// The screens after `keys` on the page at `address`, at every size.
fn screens(address: &str, keys: &str) -> String {
    let mut all = String::new();
    for size in SIZES {
        let desk = Desk::at(size, address).keys(keys);
        writeln!(all, "── {} x {} ──\n{}", size.0, size.1, desk.screen()).unwrap();
    }
    all
}

macro_rules! shows {
    ($($name:ident: $address:literal, $keys:literal;)*) => {
        $(#[test]
        fn $name() {
            insta::assert_snapshot!(screens($address, $keys));
        })*
    };
}

shows! {
    page_home: "home", "";
    page_briefings: "briefings", "";
    page_folder: "folder:chips", "";
    page_briefing: "briefing:chip-memo", "";
    page_briefing_further_down: "briefing:chip-memo", "]]]]]]";
    page_odd_characters: "briefing:odd", "";
    page_actors: "actors", "";
    page_actor: "actor:ferrier", "";
    page_topics: "topics", "";
    page_topic: "topic:licences", "";
    page_claims: "claims", "";
    page_claim: "claim:fifty-thousand", "";
    page_timeline: "timeline", "";
    page_event: "event:hearing", "";
    page_sources: "sources", "";
    page_source: "source:gazette", "";
    page_glossary: "glossary", "";
    page_term: "term:ear", "";
    page_packet: "packet:morning", "";
    page_problems: "problems", "";
    page_help: "help", "";
    page_not_there: "actor:nobody", "";
    list_home: "home", "←";
    list_briefings: "home", "2jjj";
    list_folded: "home", "2jj ";
    list_actors: "home", "3";
    list_topics: "home", "4";
    list_claims: "home", "5";
    list_timeline: "home", "6";
    list_filtered: "home", "2/note⏎";
    finder: "home", "o";
    finder_typed: "home", "oferr";
    palette: "home", ":";
    palette_typed: "home", ":theme";
    outline: "briefing:chip-memo", "t";
    details: "briefing:chip-memo", "=";
    names_first: "briefing:hearing-note", "";
    names_all: "briefing:hearing-note", "A";
    names_none: "briefing:hearing-note", "AA";
    name_selected: "briefing:hearing-note", "⇥";
    peek: "briefing:hearing-note", "⇥K";
    peek_of_a_shared_name: "briefing:hearing-note", "⇥⇥K";
    peek_of_a_footnote: "briefing:chip-memo", "/in January⏎⇥K";
    peek_of_a_row: "home", "3jjK";
    chooser: "briefing:hearing-note", "⇥⇥⏎";
    noting: "briefing:chip-memo", "/in January⏎aask for the long list";
    noted: "briefing:chip-memo", "/in January⏎aask for the long list by 2025-04-01⏎/Two offices⏎acount them⏎⎋g";
    noted_details: "briefing:chip-memo", "/in January⏎aask for the long list⏎=";
    page_notes: "briefing:chip-memo", "/in January⏎aask for the long list by 2025-04-01⏎ganot for the minister⏎:notes⏎⇥";
    page_notes_none: "notes", "";
    why: "briefing:hearing-note", "⇥=";
    why_of_a_shared_name: "briefing:hearing-note", "⇥⇥=";
    linked: "actor:ferrier", "r";
    picture_of_an_actor: "actor:ferrier", "v";
    picture_with_a_neighbour_selected: "actor:ferrier", "v↓↓";
    picture_of_a_topic: "topic:licences", "v";
    picture_of_the_timeline: "timeline", "v";
    names_labelled: "briefing:hearing-note", "F";
    labels: "briefing:chip-memo", "F";
    link_selected: "briefing:chip-memo", "⇥⇥⇥";
    find_typing: "briefing:chip-memo", "/list";
    find_found: "briefing:chip-memo", "/shorter list⏎n";
    find_nothing: "briefing:chip-memo", "/zebra⏎";
    save: "briefing:chip-memo", "s";
    source: "briefing:chip-memo", "\\";
    save_name: "briefing:chip-memo", "smark⏎";
    confirm_outside: "briefing:chip-memo", "/the gazette⏎n⇥⏎";
}

#[test]
fn back_and_forward_restore_page_place_and_selection() {
    let desk = Desk::at((80, 24), "briefing:chip-memo").keys("jjj⇥⇥⇥");
    let before = desk.screen();
    let desk = desk.keys("⏎");
    assert_ne!(desk.page(), "briefing:chip-memo");
    let there = desk.screen();
    let desk = desk.keys("⌫");
    assert_eq!(desk.screen(), before);
    assert_eq!(desk.keys("L").screen(), there);
}

#[test]
fn a_change_of_size_keeps_the_place() {
    let desk = Desk::at((80, 24), "briefing:chip-memo").keys("]]]]");
    let before = desk.screen();
    let mut desk = desk;
    for (width, height) in [(40, 12), (1, 1), (0, 0), (140, 40), (33, 7), (80, 24)] {
        desk = desk.resize(width, height);
        desk.screen();
    }
    assert_eq!(desk.screen(), before);
}

#[test]
fn no_size_is_too_small() {
    for keys in ["", "←", "o", ":", "=", "t", "F", "s", "/x", "2/x", "?"] {
        for width in 0..14 {
            for height in 0..8 {
                Desk::open((width, height)).keys(keys).screen();
                Desk::open((80, 24)).keys(keys).resize(width, height).screen();
            }
        }
    }
}

#[test]
fn the_marking_stands_on_the_first_and_the_last_row() {
    for (address, marking) in
        [("briefing:chip-memo", "TLP:AMBER"), ("actor:ferrier", "TLP:AMBER"), ("glossary", "TLP:GREEN")]
    {
        for size in SIZES {
            for keys in ["", "o", "=", ":", "s"] {
                let screen = Desk::at(size, address).keys(keys).screen();
                let rows: Vec<&str> = screen.lines().take(usize::from(size.1)).collect();
                assert!(rows[0].contains(marking) && rows[rows.len() - 1].contains(marking), "{screen}");
            }
        }
    }
}

#[test]
fn a_number_before_g_is_a_line_and_opens_no_section() {
    let desk = Desk::at((80, 24), "briefing:chip-memo").keys("12g");
    assert_eq!(desk.page(), "briefing:chip-memo");
    assert_eq!(desk.app.reader.as_ref().unwrap().sheet.here, 11);
    assert!(desk.screen().contains("line 12 of"), "{}", desk.screen());
    let desk = desk.keys("100%");
    assert!(desk.screen().contains("100%"));
    assert_eq!(desk.keys("⌫").page(), "briefing:chip-memo");
}

#[test]
fn a_list_says_what_no_longer_holds_in_place_of_its_date() {
    let folder = tempfile::tempdir().unwrap();
    for (name, head) in [
        ("new.md", "date: 2025-03-02\nsupersedes: old"),
        ("old.md", "date: 2025-03-01"),
        ("gone.md", "date: 2025-03-03\nstatus: withdrawn"),
    ] {
        std::fs::write(folder.path().join(name), format!("---\n{head}\n---\n\n# What we know\n")).unwrap();
    }
    let mut desk = Desk::open((80, 24));
    desk.tell(Message::Loaded(Held::new(dossier::library::load(Root::open(folder.path()).unwrap())), None));
    let screen = desk.keys("2").screen();
    let told: Vec<&str> =
        screen.lines().filter_map(|row| row.split_once("● ")?.1.split('│').next()).collect();
    let told: Vec<&str> = told.into_iter().map(str::trim).filter(|row| row.starts_with("What")).collect();
    assert_eq!(
        told,
        ["What we know  withdrawn", "What we know 2025-03-02", "What we know superseded"],
        "{screen}"
    );
}

#[test]
fn what_a_command_prints_shows_whole_in_a_card_but_over_nothing_that_is_typed() {
    let all = (1..=60).map(|nth| format!("line {nth} of it")).collect::<Vec<_>>().join("\n");
    let said =
        || Said { line: "`wc` says: line 60 of it".into(), failed: false, all: Some(all.as_str().into()) };
    let mut desk = Desk::at((80, 24), "briefing:chip-memo");
    desk.tell(Message::Piped("wc".to_owned(), said()));
    assert!(desk.screen().contains("wc says") && desk.screen().contains("line 1 of it"), "{}", desk.screen());
    let mut desk = desk.keys("G");
    assert!(desk.screen().contains("line 60 of it"), "{}", desk.screen());
    desk = desk.keys("⎋/chip");
    desk.tell(Message::Piped("wc".to_owned(), said()));
    assert!(desk.screen().contains("find: chip") && !desk.screen().contains("wc says"), "{}", desk.screen());
}

#[test]
fn keys_typed_before_the_library_is_there_count_once_it_is() {
    let mut desk = Desk { app: App::new((80, 24), options()), effects: Vec::new() }.keys("oferr⏎");
    assert!(desk.screen().contains("reading the library"), "{}", desk.screen());
    desk.tell(Message::Loaded(library(), None));
    assert_eq!(desk.page(), "actor:ferrier");
    let quick = Desk { app: App::new((80, 24), options()), effects: Vec::new() }.keys("q");
    assert_eq!(quick.effects, [Effect::Quit]);
}

#[test]
fn digits_alone_open_sections() {
    for (key, title) in
        [("2", "Briefings"), ("3", "Actors"), ("4", "Topics"), ("5", "Claims"), ("6", "Timeline")]
    {
        let screen = Desk::open((80, 24)).keys(key).screen();
        assert!(screen.contains(&format!(" {title} (")), "{screen}");
    }
    assert_eq!(Desk::at((80, 24), "timeline").keys("1").page(), "home");
}

#[test]
fn escape_never_quits_and_q_does() {
    let desk = Desk::open((80, 24)).keys("o⎋:⎋/a⎋⎋⎋⎋=⎋F⎋2/x⎋⎋s⎋⎋⎋");
    assert!(!desk.effects.contains(&Effect::Quit));
    assert!(desk.keys("q").effects.contains(&Effect::Quit));
    for before in ["", "o", ":", "/", "F", "s", "=", "2/"] {
        assert!(Desk::open((80, 24)).keys(before).keys("^c").effects.contains(&Effect::Quit), "{before}");
    }
}

#[test]
fn a_briefing_that_is_opened_counts_as_read_until_marked_otherwise() {
    let desk = Desk::open((80, 24));
    assert!(desk.screen().contains("4 unread"), "{}", desk.screen());
    let desk = desk.keys("o").keys("licences for⏎");
    assert_eq!(desk.page(), "briefing:chip-memo");
    assert!(desk.screen().contains("3 unread"), "{}", desk.screen());
    assert!(desk.keys("U").screen().contains("4 unread"));
}

#[test]
fn the_next_unread_briefing_opens_in_the_order_of_the_list() {
    let desk = Desk::open((80, 24)).keys("]u");
    let first = desk.page();
    let desk = desk.keys("]u");
    assert_ne!(desk.page(), first);
    assert_eq!(desk.keys("U").keys("[u").app.notice.as_deref(), Some("no unread briefing before this one"));
}

#[test]
fn a_save_proposes_a_name_and_asks_before_replacing() {
    let desk = Desk::at((80, 24), "briefing:chip-memo").keys("s⏎⏎");
    let Some(Effect::Write { path, text, overwrite: false }) = desk.effects.last().cloned() else {
        panic!("{:?}", desk.effects);
    };
    assert_eq!(path, Path::new("chip-memo.txt"));
    assert!(text.trim_start().starts_with("TLP:AMBER"), "{text}");
    let mut desk = desk;
    desk.tell(Message::Exists(path.clone(), text.clone()));
    let desk = desk.keys("n");
    assert!(!desk.effects.iter().any(|it| matches!(it, Effect::Write { overwrite: true, .. })));
    let mut desk = desk;
    desk.tell(Message::Exists(path.clone(), text.clone()));
    assert_eq!(desk.keys("y").effects.last(), Some(&Effect::Write { path, text, overwrite: true }));
}

#[test]
fn a_page_is_given_to_the_command_that_was_typed_and_to_no_other() {
    let desk = Desk::at((80, 24), "briefing:chip-memo").keys("|⏎|wc⎋|lp -n 2⏎");
    let given: Vec<(String, String)> = desk
        .effects
        .iter()
        .filter_map(|it| match it {
            Effect::Pipe { command, text } => Some((command.clone(), text.clone())),
            _ => None,
        })
        .collect();
    let [(command, text)] = given.as_slice() else { panic!("{given:?}") };
    assert_eq!(command, "lp -n 2");
    assert!(text.trim_start().starts_with("TLP:AMBER"), "{text}");
}

#[test]
fn an_outside_link_opens_only_after_yes_and_a_lost_one_says_so() {
    let desk = Desk::at((80, 24), "briefing:chip-memo").keys("/the gazette⏎⇥⏎");
    assert!(desk.screen().contains("https://example.org/gazette?year=2025&issue=12"), "{}", desk.screen());
    assert!(desk.effects.iter().all(|it| !matches!(it, Effect::Open(_))));
    let desk = desk.keys("y");
    assert!(
        matches!(desk.effects.last(), Some(Effect::Open(url)) if url.as_str().starts_with("https://example.org/"))
    );
    let desk = desk.keys("⇥⏎");
    assert!(desk.app.notice.as_ref().unwrap().contains("leads nowhere"), "{:?}", desk.app.notice);
}

#[test]
fn a_file_that_is_no_page_is_named_and_handed_on_only_after_yes() {
    let desk = Desk::at((80, 24), "odd").keys("/the table⏎⇥");
    let copied = Desk::at((80, 24), "odd").keys("/the table⏎⇥y");
    assert!(
        matches!(copied.effects.last(), Some(Effect::Copy(path)) if path.ends_with("chips/notes/prices.csv"))
    );
    let desk = desk.keys("⏎");
    assert!(desk.screen().contains("this is a text, not a page"), "{}", desk.screen());
    assert!(desk.screen().contains("prices.csv"), "{}", desk.screen());
    assert!(!desk.effects.iter().any(|it| matches!(it, Effect::View(_))));
    let desk = desk.keys("y");
    assert!(
        matches!(desk.effects.last(), Some(Effect::View(path)) if path.ends_with("chips/notes/prices.csv"))
    );
    // what might do something when it is opened is only named
    let desk = desk.keys("⇥⏎");
    assert!(desk.app.overlay.is_none());
    assert!(desk.app.notice.as_ref().unwrap().contains("plan.html is a file that is no page"));
}

#[test]
fn the_source_is_shown_at_the_same_place_and_left_again() {
    let desk = Desk::at((80, 24), "briefing:chip-memo").keys("]]]]");
    let (before, place) = (desk.screen(), desk.app.reader.as_ref().unwrap().sheet.place());
    let desk = desk.keys("\\");
    let first = desk.screen().lines().nth(1).unwrap().to_owned();
    assert!(first.contains("  ## "), "{}", desk.screen());
    assert_eq!(desk.app.reader.as_ref().unwrap().sheet.place().at, place.at);
    let desk = desk.keys("\\");
    assert_eq!(desk.screen(), before);
    let desk = desk.keys("g\\");
    assert!(desk.screen().contains("  1  # Licences for chips"), "{}", desk.screen());
    assert_eq!(desk.keys("⌫").app.reader.as_ref().unwrap().sheet.top, 0);
}

#[test]
fn the_source_of_a_record_is_where_it_is_declared() {
    let desk = Desk::at((80, 24), "actor:ministry");
    let page = desk.screen();
    let desk = desk.keys("\\");
    let sheet = &desk.app.reader.as_ref().unwrap().sheet;
    assert!(sheet.line(sheet.here).unwrap().text().contains("- id: ministry"), "{}", desk.screen());
    assert_eq!(desk.keys("\\").screen(), page);
    let desk = Desk::at((80, 24), "home").keys("\\");
    assert_eq!(desk.app.notice.as_deref(), Some("this page comes from no file"));
}

#[test]
fn the_head_of_a_long_table_stays_in_view() {
    let folder = tempfile::tempdir().unwrap();
    let rows = (0..60).map(|row| format!("| name {row} | {row} |")).collect::<Vec<_>>().join("\n");
    let text = format!("# Long\n\nBefore.\n\n| Name | Number |\n|---|---|\n{rows}\n\nBehind.\n");
    std::fs::write(folder.path().join("long.md"), text).unwrap();
    let mut desk = Desk {
        app: App::new((60, 20), Options { start: Some("long".into()), ..options() }),
        effects: Vec::new(),
    };
    desk.tell(Message::Loaded(whole(dossier::library::load(Root::open(folder.path()).unwrap())), None));
    let row = |desk: &Desk, nth: usize| desk.screen().lines().nth(nth).unwrap().trim().to_owned();
    let desk = desk.keys("  ");
    assert_eq!((row(&desk, 1), row(&desk, 2).starts_with('─')), ("Name     Number".to_owned(), true));
    let third = row(&desk, 3);
    let desk = desk.keys("j");
    assert_ne!(row(&desk, 3), third, "it scrolls below");
    let desk = desk.keys("/name 50⏎");
    assert!(desk.screen().contains("name 50"), "{}", desk.screen());
    let desk = desk.keys("G");
    assert!(desk.screen().contains("Behind."));
    // what is gone to is not hidden
    let place = desk.app.reader.as_ref().unwrap().sheet.len() / 2;
    let mut desk = desk;
    desk.app.reader.as_mut().unwrap().sheet.go(place);
    let shown = desk.app.reader.as_ref().unwrap().sheet.line(place).unwrap().text();
    assert!(desk.screen().contains(shown.trim_end()), "{shown}\n{}", desk.screen());
}

#[test]
fn a_footnote_is_gone_to_and_come_back_from() {
    let desk = Desk::at((80, 24), "briefing:chip-memo").keys("/in January⏎⇥");
    let before = desk.screen();
    let desk = desk.keys("⏎");
    assert!(desk.screen().contains("Gazette of 12 January 2025, page 3"), "{}", desk.screen());
    assert_eq!(desk.keys("⌫⎋").screen().lines().next(), before.lines().next());
}

#[test]
fn labels_jump_to_links() {
    let desk = Desk::at((80, 24), "home").keys("F");
    let screen = desk.screen();
    assert_ne!(desk.keys("a").page(), "home", "{screen}");
}

#[test]
fn the_passage_is_copied_with_where_it_comes_from() {
    let desk = Desk::at((80, 24), "briefing:chip-memo").keys("/a count by⏎⎋Y");
    let Some(Effect::Copy(text)) = desk.effects.last() else {
        panic!("{:?}", desk.effects);
    };
    assert!(text.contains("Ask both offices"), "{text}");
    assert!(
        text.contains(
            "Licences for chips, 2025-03-10, chips/chip-memo.md, \
         briefing:chip-memo, TLP:AMBER"
        ),
        "{text}"
    );
}

#[test]
fn marks_come_back_to_their_place() {
    let desk = Desk::at((80, 24), "briefing:chip-memo").keys("]]]]ma");
    let before = desk.app.reader.as_ref().unwrap().visit();
    let desk = desk.keys("1'a");
    assert_eq!(desk.app.reader.as_ref().unwrap().visit(), before);
}

#[test]
fn a_star_and_the_theme_are_kept() {
    let desk = Desk::at((80, 24), "actor:ferrier").keys("*TA");
    let [.., Effect::Keep(state), Effect::KeepLook(_), Effect::KeepLook(look)] = desk.effects.as_slice()
    else {
        panic!("{:?}", desk.effects);
    };
    assert!(state.reading.starred.contains(&"actor:ferrier".parse().unwrap()));
    assert_eq!((look.theme.name(), look.names), ("light", Shown::All));
    assert!(desk.keys("1←").screen().contains("Starred"));
}

#[test]
fn a_click_takes_the_row_or_link_under_it() {
    let desk = Desk::open((80, 24)).keys("3");
    let screen = desk.screen();
    let row = screen.lines().position(|line| line.starts_with("  Ada Ferrier")).unwrap();
    assert_eq!(desk.click(5, u16::try_from(row).unwrap()).page(), "actor:ferrier");
}

#[test]
fn a_wheel_scrolls_what_is_under_it() {
    let mut desk = Desk::at((80, 24), "briefing:chip-memo");
    let kind = MouseEventKind::ScrollDown;
    desk.tell(Message::Mouse(MouseEvent { kind, column: 60, row: 10, modifiers: KeyModifiers::NONE }));
    assert_eq!(desk.app.reader.as_ref().unwrap().sheet.top, 3);
}

#[test]
fn a_word_at_the_start_is_looked_up() {
    assert_eq!(Desk::at((80, 24), "A. Ferrier").page(), "actor:ferrier");
    let desk = Desk::at((80, 24), "ferier");
    assert!(desk.app.notice.as_ref().unwrap().contains("did you mean"), "{:?}", desk.app.notice);
}

#[test]
fn reading_again_keeps_place_and_says_so() {
    let desk = Desk::at((80, 24), "briefing:chip-memo").keys("]]]]R");
    assert_eq!(desk.effects.last(), Some(&Effect::Load));
    let before = desk.app.reader.as_ref().unwrap().sheet.top;
    let mut desk = desk;
    desk.tell(Message::Loaded(library(), None));
    assert_eq!(desk.app.reader.as_ref().unwrap().sheet.top, before);
}

#[test]
fn as_many_names_are_links_as_the_reader_wants() {
    for (keys, wanted) in [
        ("", "Ada Ferrier, Port, Office, Ministry of Trade, EAR, Chipworks, Port Office"),
        ("A", "Ada Ferrier, Ferrier, Port, Office, Ministry of Trade, Ferrier, EAR, Chipworks, Port Office"),
        ("AA", "Port Office"),
        ("AAA", "Ada Ferrier, Port, Office, Ministry of Trade, EAR, Chipworks, Port Office"),
    ] {
        let desk = Desk::at((80, 24), "briefing:hearing-note").keys(keys);
        let sheet = &desk.app.reader.as_ref().unwrap().sheet;
        let lines = (0..sheet.len()).filter_map(|row| sheet.line(row));
        let names =
            lines.flat_map(dossier::layout::Line::spans).filter(|span| span.face.role == Role::Mention);
        assert_eq!(names.map(|span| span.text.trim()).collect::<Vec<_>>().join(", "), wanted, "{keys}");
    }
}

#[test]
fn links_that_arrive_later_move_nothing() {
    for (address, keys) in [
        ("actor:ferrier", "]]]]⇥"),
        ("briefing:hearing-note", "⇥⇥"),
        ("briefing:chip-memo", "]]]]jj/list⏎"),
        ("topic:licences", "G⇤"),
        ("home", "⇥"),
    ] {
        let options = Options { start: Some(address.to_owned()), ..options() };
        let mut desk = Desk { app: App::new((80, 24), options), effects: Vec::new() };
        let links = std::sync::Arc::clone(&library().links);
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/reader");
        let bare = Held::new(dossier::library::load(Root::open(&folder).unwrap()));
        desk.tell(Message::Loaded(bare, None));
        let mut desk = desk.keys(keys);
        let seen = |desk: &Desk| {
            let sheet = &desk.app.reader.as_ref().unwrap().sheet;
            let row = |row: usize| sheet.line(row).unwrap().text().to_owned();
            (row(sheet.top), row(sheet.here), sheet.target().cloned())
        };
        let before = seen(&desk);
        desk.tell(Message::Gathering(40));
        assert!(desk.screen().contains("gathering mentions 40%"), "{}", desk.screen());
        desk.tell(Message::Linked(links));
        assert_eq!(seen(&desk), before, "{address} {keys}");
        assert!(!desk.screen().contains("gathering"), "{}", desk.screen());
    }
}

#[test]
fn links_that_arrive_wait_for_an_open_card() {
    let mut desk = Desk::at((80, 24), "briefing:hearing-note").keys("F");
    let before = desk.screen();
    desk.tell(Message::Linked(std::sync::Arc::clone(&library().links)));
    assert_eq!(desk.screen(), before);
    assert_eq!(desk.keys("a").page(), "actor:ferrier");
}

#[test]
fn a_card_opens_what_it_is_about_and_closes_without_moving() {
    let desk = Desk::at((80, 24), "briefing:hearing-note").keys("⇥");
    let before = desk.screen();
    for close in ["K", "⎋", "q"] {
        assert_eq!(Desk::at((80, 24), "briefing:hearing-note").keys("⇥K").keys(close).screen(), before);
    }
    assert_eq!(desk.keys("K⏎").page(), "actor:ferrier");
}

#[test]
fn a_name_that_records_share_is_never_guessed() {
    let desk = Desk::at((80, 24), "briefing:hearing-note").keys("⇥⇥⏎");
    assert_eq!(desk.page(), "briefing:hearing-note");
    assert_eq!(desk.keys("↓⏎").page(), "actor:south-office");
    assert_eq!(Desk::at((80, 24), "briefing:hearing-note").keys("⇥⇥K⏎⏎").page(), "actor:north-office");
}

#[test]
fn who_links_here_is_a_page_with_a_way_back() {
    let desk = Desk::at((80, 24), "actor:ferrier").keys("jj");
    let before = desk.screen();
    let desk = desk.keys("r");
    assert!(desk.screen().contains("Links to Ada Ferrier"), "{}", desk.screen());
    assert_eq!(desk.keys("⌫").screen(), before);
}

#[test]
fn in_a_picture_the_arrows_go_from_name_to_name_and_space_turns_the_page() {
    let desk = Desk::at((80, 12), "actor:ferrier").keys("v");
    let paged = Desk::at((80, 12), "actor:ferrier").keys("v ");
    assert_ne!(desk.screen(), paged.screen());
    assert_eq!(paged.app.reader.as_ref().and_then(|reader| reader.sheet.link), None);
}

#[test]
fn commands_are_found_by_their_names() {
    let desk = Desk::at((80, 24), "home").keys(":probl");
    assert!(desk.screen().contains("problems: what is wrong in the library"), "{}", desk.screen());
}

#[test]
fn a_picture_leads_on_and_back_to_the_text() {
    let desk = Desk::at((80, 24), "actor:ferrier").keys("jj");
    let before = desk.screen();
    let desk = desk.keys("v");
    assert!(desk.screen().contains("Picture: Ada Ferrier"), "{}", desk.screen());
    let desk = desk.keys("v");
    assert_eq!(desk.screen(), before);
    assert_eq!(desk.keys("v↓⎋").screen(), before);
    let desk = Desk::at((140, 40), "actor:ferrier").keys("v⇥⏎");
    assert_ne!(desk.page(), "actor:ferrier");
    assert!(desk.keys("⌫").screen().contains("Picture: Ada Ferrier"));
}

#[test]
fn a_picture_is_drawn_anew_for_another_size_and_keeps_its_selection() {
    let desk = Desk::at((140, 40), "actor:ferrier").keys("v⇥⇥");
    let target = |desk: &Desk| desk.app.reader.as_ref().unwrap().sheet.target().cloned();
    let (before, screen) = (target(&desk), desk.screen());
    let desk = desk.resize(80, 24);
    assert_eq!(target(&desk), before);
    assert_eq!(desk.resize(140, 40).screen(), screen);
}

#[test]
fn at_the_start_arrows_and_enter_get_somewhere() {
    for size in SIZES {
        let desk = Desk::open(size).keys("↓⏎");
        let desk = if desk.page() == "home" { desk.keys("⏎") } else { desk };
        assert_ne!(desk.page(), "home", "{size:?}");
    }
}

#[test]
fn without_colours_none_is_used() {
    use ratatui::style::Color;
    let desk = Desk::with(
        (140, 40),
        Options { no_colour: true, start: Some("briefing:chip-memo".into()), ..options() },
    );
    let desk = desk.keys("/list⏎⇥");
    let mut terminal = Terminal::new(TestBackend::new(140, 40)).unwrap();
    terminal.draw(|frame| view(&desk.app, frame)).unwrap();
    for cell in terminal.backend().buffer().content() {
        assert_eq!((cell.fg, cell.bg), (Color::Reset, Color::Reset));
    }
}

#[test]
fn in_ascii_the_frame_of_the_screen_is_ascii() {
    let desk = Desk::with((140, 40), Options { ascii: true, start: Some("home".into()), ..options() });
    for keys in ["", "o", ":"] {
        let screen = Desk::with((140, 40), desk.app.options.clone()).keys(keys).screen();
        let odd: Vec<char> = screen.chars().filter(|c| !c.is_ascii()).collect();
        assert!(odd.is_empty(), "{odd:?}\n{screen}");
    }
}

#[test]
fn folders_of_others_are_read_without_a_fault() {
    let Some(corpora) = shared("corpora") else { return };
    let folders = std::fs::read_dir(corpora).unwrap().map(|entry| entry.unwrap().path());
    let mut folders: Vec<_> = folders.filter(|path| path.is_dir()).collect();
    folders.sort();
    for folder in folders {
        let held = whole(dossier::library::load(Root::open(&folder).unwrap()));
        let mut desk = Desk { app: App::new((140, 40), options()), effects: Vec::new() };
        desk.tell(Message::Loaded(held, None));
        for keys in ["", "2", "G⏎", "G⏎", "/the⏎nnN", "⇥⇥⏎⎋", "t⏎", "=⎋", "F⎋", "oa⏎", "s⎋", "6", "]u]u[u"]
        {
            desk = desk.keys(keys);
            for (width, height) in SIZES {
                desk = desk.resize(width, height);
                let screen = desk.screen();
                assert!(
                    screen.lines().next().is_some_and(|row| row.contains("MARKING")),
                    "{folder:?} {keys}"
                );
            }
        }
        println!("{}\n{}", folder.display(), desk.screen());
    }
}

#[test]
fn a_page_that_is_opened_shows_in_the_list_even_in_a_folded_folder() {
    let mut desk = Desk::open((80, 24)).keys("2");
    let folded = |desk: &Desk| {
        let rows = desk.app.list.rows.iter();
        rows.filter(|row| matches!(row, Row::Group { open: false, .. })).count()
    };
    while let Some(open) =
        desk.app.list.rows.iter().position(|row| matches!(row, Row::Group { open: true, .. }))
    {
        desk.app.list.selected = open;
        desk = desk.keys(" ");
    }
    let before = folded(&desk);
    let desk = desk.keys("ochip memo⏎");
    assert_eq!(desk.app.list.id().map(ToString::to_string), Some(desk.page()));
    assert!(folded(&desk) < before);
}
