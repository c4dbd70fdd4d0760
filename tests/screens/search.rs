//! Searching by key script: the line, the results, the way from hit to hit, and what is kept.

use std::fmt::Write as _;
use std::sync::OnceLock;

use dossier::page;
use dossier::search::Search;
use dossier::tui::app::{Effect, Message, Options};
use dossier::tui::seeker::Answer;

use super::{Desk, SIZES, library, options};

/// The index of the tests' library, made once, in memory.
fn index() -> Search {
    static INDEX: OnceLock<Search> = OnceLock::new();
    let made = || {
        let held = library();
        let mut search = Search::open(&held.library, None).unwrap();
        search.refresh(&held.library, &held.links, &mut |_| true).unwrap();
        search
    };
    INDEX.get_or_init(made).clone()
}

/// A reader that can search, with one page open.
fn desk(size: (u16, u16), address: &str) -> Desk {
    let mut desk = Desk::at(size, address);
    desk.tell(Message::Searchable(Box::new(index())));
    desk
}

/// The screens after `keys` on the page at `address`, at every size.
fn screens(address: &str, keys: &str) -> String {
    let mut all = String::new();
    for size in SIZES {
        writeln!(all, "── {} x {} ──\n{}", size.0, size.1, desk(size, address).keys(keys).screen()).unwrap();
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
    begin: "home", "S";
    typing: "home", "Slicen";
    results: "home", "Slicences⏎";
    results_of_a_field: "home", "Sactor:ferrier -kind:actor⏎";
    a_mistake: "home", "Saktor:ferrier licences⏎";
    nothing: "home", "Slicenses zebra⏎";
    understood: "home", "Slicence* -actor:ferrier OR \"wall of paper\"⏎=";
    a_hit: "home", "S\"two offices\"⏎⏎";
    keep: "home", "Slicences⏎*";
    names_and_texts: "home", "owall of";
}

fn row(desk: &Desk, nth: usize) -> String {
    desk.screen().lines().nth(nth).unwrap_or_default().to_owned()
}

fn position(desk: &Desk) -> String {
    row(desk, usize::from(desk.app.size.1) - 1)
}

#[test]
fn a_hit_opens_at_its_place_and_n_goes_on_through_all_results() {
    let desk = desk((80, 24), "home").keys("Slicences chips⏎");
    assert_eq!(desk.page(), "search:licences chips");
    let all = desk.app.reader.as_ref().unwrap().page.answers.clone().unwrap();
    assert!(all.hits.len() > 1, "{all:?}");
    let mut desk = desk.keys("⏎");
    for (nth, hit) in all.hits.iter().enumerate() {
        let here = format!("in result {} of {}", nth + 1, all.hits.len());
        assert_eq!(desk.page(), hit.id.to_string());
        // Through the matches of this one, however many, and over the end of the last.
        while position(&desk).contains(&here) && desk.app.notice.is_none() {
            desk = desk.keys("n");
        }
    }
    assert!(desk.app.notice.as_ref().unwrap().contains("the last of"), "{:?}", desk.app.notice);
    let last = all.hits.last().unwrap().id.to_string();
    let desk = desk.keys("⌫");
    assert_eq!(desk.page(), "search:licences chips");
    assert_eq!(desk.keys("⏎").page(), last, "the result seen last is selected");
}

#[test]
fn n_goes_back_too_and_on_the_results_from_one_to_the_next() {
    let desk = desk((80, 24), "home").keys("Slicences⏎n");
    let target = |desk: &Desk| desk.app.reader.as_ref().unwrap().sheet.target().cloned();
    let second = target(&desk);
    let desk = desk.keys("N");
    assert_ne!(target(&desk), second);
    let desk = desk.keys("n");
    assert_eq!(target(&desk), second);
    let mut desk = desk.keys("⏎");
    while position(&desk).contains("in result 2 of") {
        desk = desk.keys("N");
    }
    assert!(position(&desk).contains("in result 1 of"), "{}", position(&desk));
}

#[test]
fn escape_in_the_line_leaves_everything_as_it_was() {
    for (address, keys) in [("briefing:chip-memo", "]]]]⇥"), ("home", "2jj"), ("actor:ferrier", "v↓")] {
        let desk = desk((80, 24), address).keys(keys);
        let before = desk.screen();
        assert_eq!(desk.keys("Slicences↑↓⎋").screen(), before, "{address}");
    }
}

#[test]
fn what_was_open_before_a_search_is_gone_back_to() {
    let desk = desk((80, 24), "briefing:chip-memo").keys("]]]]");
    let before = desk.screen();
    let desk = desk.keys("Slicences⏎⌫");
    assert_eq!(desk.screen(), before);
    assert_eq!(desk.keys("L").page(), "search:licences");
}

#[test]
fn arrows_bring_back_the_queries_asked_before() {
    let desk = desk((80, 24), "home").keys("Slicences⏎Schips⏎1Sfer");
    let line = |desk: &Desk| row(desk, 22);
    let desk = desk.keys("↑");
    assert!(line(&desk).starts_with("search: chips"), "{}", line(&desk));
    let desk = desk.keys("↑↑↑");
    assert!(line(&desk).starts_with("search: licences"), "{}", line(&desk));
    let desk = desk.keys("↓↓");
    assert!(line(&desk).starts_with("search: fer "), "{}", line(&desk));
    let Some(Effect::Keep(state)) = desk.effects.last() else { panic!("{:?}", desk.effects) };
    assert_eq!(state.reading.asked_lately(), ["chips", "licences"]);
}

#[test]
fn a_search_is_kept_under_a_name_listed_and_forgotten() {
    let desk = desk((80, 24), "home").keys("Slicences⏎*^umy list⏎");
    let Some(Effect::Keep(state)) = desk.effects.last() else { panic!("{:?}", desk.effects) };
    assert_eq!(state.reading.searches.get("my list").map(dossier::text::Text::as_str), Some("licences"));
    for keys in ["S", "omy", ":my"] {
        let desk = Desk { app: desk_with(&state.reading), effects: Vec::new() }.keys(keys);
        assert!(desk.screen().contains("my list"), "{keys}\n{}", desk.screen());
        let enter = if keys.starts_with('S') { "⏎⏎" } else { "⏎" };
        assert_eq!(desk.keys(enter).page(), "search:licences", "{keys}");
    }
    let desk = desk.keys("*");
    assert!(desk.app.notice.as_ref().unwrap().contains("no longer kept"));
    assert!(desk.app.reading.searches.is_empty());
}

/// A reader that has done what `reading` says.
fn desk_with(reading: &dossier::reading::Reading) -> dossier::tui::app::App {
    let mut desk = desk((80, 24), "home");
    desk.app.reading = reading.clone();
    desk.app
}

#[test]
fn a_name_is_not_taken_from_another_search() {
    let desk = desk((80, 24), "home").keys("Slicences⏎*^umine⏎Schips⏎*^umine⏎");
    assert!(desk.app.notice.as_ref().unwrap().contains("choose another name"), "{:?}", desk.app.notice);
    let desk = desk.keys("2⏎");
    assert_eq!(desk.app.reading.searches.len(), 2);
}

#[test]
fn an_answer_that_comes_too_late_changes_nothing() {
    let mut desk = desk((80, 24), "home").keys("Slicences⎋");
    let before = desk.screen();
    let page = page::typed(desk.app.desk().unwrap().context(), "chips");
    desk.tell(Message::Answered(Answer::Page(Box::new(page))));
    assert_eq!(desk.screen(), before);
}

#[test]
fn a_query_given_at_the_start_waits_for_the_index() {
    let mut desk = Desk::with((80, 24), Options { start: Some("search:licences".into()), ..options() });
    assert!(desk.screen().contains("not open yet"), "{}", desk.screen());
    desk.tell(Message::Searchable(Box::new(index())));
    assert!(desk.screen().contains("results"), "{}", desk.screen());
    assert_eq!(desk.keys("⏎").screen().matches("in result 1 of").count(), 1);
}

#[test]
fn while_the_index_is_made_the_footer_says_how_far_it_is() {
    let mut desk = desk((80, 24), "home");
    desk.tell(Message::Indexing(40));
    assert!(position(&desk).contains("indexing 40%"), "{}", position(&desk));
    let mut desk = desk.keys("S");
    assert!(row(&desk, 22).contains("indexing 40%"), "{}", row(&desk, 22));
    desk.tell(Message::Searchable(Box::new(index())));
    assert!(!desk.screen().contains("indexing"), "{}", desk.screen());
}

#[test]
fn whole_names_of_chips_are_marked_and_nothing_beside_them() {
    let desk = desk((80, 24), "home").keys("S212⏎⏎");
    let reader = desk.app.reader.as_ref().unwrap();
    let find = reader.find.as_ref().unwrap();
    let mut marked = 0;
    for row in reader.sheet.rows() {
        let text = reader.sheet.line(row).unwrap().text();
        for piece in find.on(row) {
            assert_eq!(text.get(piece.bytes.clone()), Some("212"), "{text}");
            marked += 1;
        }
    }
    assert!(marked > 0);
}

#[test]
fn no_size_is_too_small_to_search() {
    for keys in ["S", "Slic", "Slicences⏎", "Slicences⏎⏎", "Slicences⏎*", "owall"] {
        for (width, height) in [(0, 0), (1, 1), (2, 5), (5, 2), (7, 4), (9, 7), (13, 3)] {
            desk((width, height), "home").keys(keys).screen();
            desk((80, 24), "home").keys(keys).resize(width, height).screen();
        }
    }
}

#[test]
fn results_have_the_strictest_marking_of_what_they_show() {
    for size in SIZES {
        for (keys, marking) in [
            ("S", "TLP:GREEN"),
            ("Slicences", "TLP:AMBER"),
            ("Slicences⏎=", "TLP:AMBER"),
            ("Slicences⏎*", "TLP:AMBER"),
            ("Skind:explainer⏎", "TLP:GREEN"),
        ] {
            let screen = desk(size, "home").keys(keys).screen();
            let rows: Vec<&str> = screen.lines().take(usize::from(size.1)).collect();
            assert!(rows[0].contains(marking) && rows[rows.len() - 1].contains(marking), "{keys}\n{screen}");
        }
    }
}
