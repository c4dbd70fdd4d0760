//! Every kind of page of a small library, as it reads at 72 columns.

pub mod shelf;

use std::fmt::Write as _;

use dossier::document::Document;
use dossier::id::{Id, Kind};
use dossier::layout::Layout;
use dossier::links::Relation;
use dossier::page::{self, BODY};

use shelf::{Shelf, made, shown};

#[test]
fn every_kind_of_page_reads_well() {
    let shelf = Shelf::ferry();
    let addresses = [
        "home",
        "briefings",
        "folder:crossing",
        "briefing:ferry-decision",
        "briefing:ferry-decision-v1",
        "briefing:ferry-count",
        "actors",
        "actor:harbour-line",
        "actor:mayor",
        "actor:town",
        "topics",
        "topic:night-service",
        "claims",
        "claim:forty-a-night",
        "claim:empty-boats",
        "timeline",
        "event:hearing",
        "sources",
        "source:gazette-story",
        "source:count-report",
        "glossary",
        "term:hl",
        "packet:council",
        "problems",
        "help",
    ];
    for address in addresses {
        let name = address.replace(':', "-");
        insta::assert_snapshot!(name, shown(&shelf.page(address)));
    }
}

#[test]
fn details_show_what_a_page_leaves_out() {
    let shelf = Shelf::ferry();
    let id = "briefing:ferry-decision".parse().unwrap();
    insta::assert_snapshot!(shown(&page::details(shelf.context(), &id)));
}

#[test]
fn a_bare_word_opens_what_it_names() {
    let shelf = Shelf::ferry();
    for (word, address) in
        [("ada quay", "actor:mayor"), ("NS", "topic:night-service"), ("timeline", "timeline")]
    {
        assert_eq!(page::lookup(shelf.context(), word).id.to_string(), address, "{word}");
    }
}

#[test]
fn a_word_with_two_meanings_lists_both() {
    let shelf = Shelf::ferry();
    insta::assert_snapshot!(shown(&page::lookup(shelf.context(), "HL")));
}

#[test]
fn a_word_that_names_nothing_suggests_the_nearest() {
    let shelf = Shelf::ferry();
    insta::assert_snapshot!(shown(&page::lookup(shelf.context(), "harbour lime")));
}

#[test]
fn an_address_that_leads_nowhere_makes_a_page_that_says_so() {
    let shelf = Shelf::ferry();
    insta::assert_snapshot!(shown(&shelf.page("actor:major")));
}

#[test]
fn home_tells_what_is_new_to_one_who_has_read() {
    let mut shelf = Shelf::ferry();
    let decision = Id::new(Kind::Briefing, "ferry-decision");
    shelf.reading.read.insert(decision, 1);
    insta::assert_snapshot!(shown(&shelf.page("home")));
}

#[test]
fn the_first_twenty_rows_say_what_a_reader_must_know() {
    let shelf = Shelf::ferry();
    let page = shelf.page("briefing:ferry-decision");
    let rows: Vec<String> =
        Layout::new(&page.document, 80).lines.iter().take(20).map(|line| line.text().to_owned()).collect();
    let rows = rows.join("\n");
    let musts = [
        "TLP:AMBER",
        "action memo",
        "2025-09-30",
        "2025-09-28",
        "final",
        "40 people",
        "Decision asked",
        "2025-10-20",
    ];
    for must in musts {
        assert!(rows.contains(must), "{must} is not in\n{rows}");
    }
}

#[test]
fn every_page_has_its_title_as_first_heading_and_places_that_rise() {
    for folder in ["tests/fixtures/ferry", "briefings"] {
        let shelf = Shelf::open(folder);
        for id in shelf.every() {
            let page = page::build(shelf.context(), &id);
            let layout = Layout::new(&page.document, 80);
            let first = layout.headings.first().map(|it| it.title.clone()).unwrap_or_default();
            assert_eq!(first, page.title.as_str(), "{id}");
            assert!(layout.lines.is_sorted_by_key(|line| line.at), "{id}");
        }
    }
}

#[test]
fn a_text_alone_reads_the_same_in_pieces_as_whole() {
    let some = |nth: usize| {
        format!(
            "## Part {nth}\n\nWords[^a{nth}] of *it*.\n\n- one\n- two[^b]\n\n| a | b |\n|---|---|\n| c | {nth} |\n\n\
             [^a{nth}]: Said by {nth}, as elsewhere[^b].\n\n"
        )
    };
    let many: String = (0..150).map(some).collect();
    for (text, least) in [
        (format!("---\nbluf: Words of it\n---\n# Text\n\n{many}[^b]: The last note.\n"), 2000),
        ("# Text\n\nFew words.\n".to_owned(), 3),
        (String::new(), 0),
    ] {
        let shelf = Shelf::text(text);
        let it = shelf.library.briefings.values().next().unwrap();
        let rows = |document: &Document| -> Vec<String> {
            Layout::new(document, 72).lines.iter().map(|line| line.text().to_owned()).collect()
        };
        let whole = rows(&page::build(shelf.context(), &it.id).document);
        let mut pieces: Vec<String> = Vec::new();
        page::pieces(shelf.context(), it, &shelf.library.body(it).unwrap().text, &mut |piece| {
            let more = rows(&piece);
            let parted = !pieces.is_empty() && !more.is_empty();
            pieces.extend(parted.then(String::new));
            pieces.extend(more);
        });
        assert_eq!(pieces, whole);
        assert!(whole.len() > least, "{}", whole.len());
    }
}

#[test]
fn every_link_of_every_page_leads_to_a_page() {
    let shelf = Shelf::open("briefings");
    for id in shelf.every() {
        let page = page::build(shelf.context(), &id);
        for link in page.document.links() {
            if let dossier::document::Target::Page(address) = link {
                assert!(shelf.library.holds(&address.id), "{address} on {id}");
            }
        }
    }
}

#[test]
fn the_body_has_its_own_places() {
    let shelf = Shelf::ferry();
    let page = shelf.page("briefing:ferry-decision");
    let body = page.body.unwrap();
    assert_eq!(body.start, BODY);
    let known = page.document.blocks.iter().find(|it| body.contains(&it.source.start)).unwrap();
    assert!(known.source.start > BODY, "the first heading of the file is left out, its bytes are not");
    assert!(page.document.blocks.last().unwrap().source.start >= body.end);
}

#[test]
fn a_reference_is_one_link_however_often_it_is_written() {
    let shelf = Shelf::ferry();
    let from = Id::new(Kind::Briefing, "ferry-decision");
    let uses = shelf.links.from(&from).iter().filter(|it| it.relation == Relation::Uses);
    let claims: Vec<&str> = uses.map(|it| it.to.slug.as_str()).collect();
    assert_eq!(claims, ["empty-boats", "forty-a-night"]);
}

#[test]
fn every_link_is_seen_from_both_ends() {
    let shelf = Shelf::open("briefings");
    let ids = shelf.every();
    let out: usize = ids.iter().map(|id| shelf.links.from(id).len()).sum();
    let back: usize = ids.iter().map(|id| shelf.links.to(id).len()).sum();
    assert_eq!(out, back);
    for link in ids.iter().flat_map(|id| shelf.links.from(id)) {
        assert!(shelf.links.to(&link.to).any(|it| it == link), "{link:?}");
    }
}

#[test]
fn a_plain_folder_has_a_home() {
    let files = [("b/one.md", "# One\n"), ("b/two.md", "# Two\n"), ("2025-01-02-three.md", "# Three\n")];
    let (_folder, shelf) = made(&files);
    let home = shown(&shelf.page("home"));
    let rows: Vec<&str> = home.lines().skip(3).filter(|row| !row.is_empty()).collect();
    insta::assert_snapshot!(rows.join("\n"));
}

#[test]
fn an_empty_folder_says_what_is_missing() {
    let (_folder, shelf) = made(&[]);
    for address in ["briefings", "actors", "topics", "claims", "timeline", "sources", "glossary"] {
        assert!(shown(&shelf.page(address)).contains("This library"), "{address}");
    }
}

#[test]
fn topics_stand_once_however_deep_or_circular_their_tree() {
    let mut topics =
        String::from("- {id: a, name: Topic a, broader: b}\n- {id: b, name: Topic b, broader: a}\n");
    for nth in 0..500 {
        writeln!(topics, "- {{id: t{nth}, name: Deep {nth}, broader: t{}}}", nth + 1).expect("written");
    }
    let (_folder, shelf) = made(&[("topics.yaml", &topics)]);
    let page = shown(&shelf.page("topics"));
    let named = |name: &str| page.lines().filter(|row| row.ends_with(name)).count();
    for name in ["Topic a", "Topic b", "Deep 0", "Deep 499", "Deep 250"] {
        assert_eq!(named(name), 1, "{name}");
    }
}

#[test]
fn a_partnership_that_both_declare_is_one_tie() {
    let actors = "- {id: a, name: Ada, relations: [{type: partners-with, to: b}]}\n\
                  - {id: b, name: Bea, relations: [{type: partners-with, to: a}]}\n";
    let (_folder, shelf) = made(&[("actors.yaml", actors)]);
    assert_eq!(shown(&shelf.page("actor:a")).matches("partners with").count(), 1);
}

#[test]
fn a_body_that_cannot_be_read_is_a_warning_in_its_place() {
    let (folder, shelf) = made(&[("one.md", "# One\n\nText.\n")]);
    std::fs::remove_file(folder.path().join("one.md")).expect("removed");
    let page = shown(&shelf.page("briefing:one"));
    assert!(page.contains("This text cannot be read"), "{page}");
}

#[test]
fn keys_stand_in_the_help_when_they_are_given() {
    let page = page::help(&[("q".to_owned(), "quit".to_owned())]);
    assert!(shown(&page).contains("q  quit"), "{}", shown(&page));
}
