//! What pages take from the texts: mentions in their sentences, cards, reasons, who links here, pictures.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use dossier::document::{BlockKind, Document, Named, Target};
use dossier::export::{self, Options};
use dossier::id::{Address, Id, Kind};
use dossier::layout::Layout;
use dossier::links::Links;
use dossier::page::{self, BODY};
use dossier::text::{Text, width};

use crate::pages::shelf::{Shelf, lines, made, shown, shown_at};

fn id(address: &str) -> Id {
    address.parse().expect("an address")
}

/// The links of a document that lead to pages.
fn addresses(document: &Document) -> Vec<&Address> {
    let pages = document.links().into_iter().filter_map(|target| match target {
        Target::Page(address) => Some(address),
        _ => None,
    });
    pages.collect()
}

#[test]
fn pages_say_what_the_texts_say() {
    let shelf = Shelf::ferry();
    let pages = [
        "actor:harbour-line",
        "topic:night-service",
        "claim:forty-a-night",
        "source:gazette-story",
        "event:hearing",
        "briefing:minutes",
        "term:hl",
    ];
    for address in pages {
        for columns in [80, 140] {
            let name = format!("{}_{columns}", address.replace(':', "-"));
            insta::assert_snapshot!(name, shown_at(&shelf.page(address), columns));
        }
    }
}

#[test]
fn a_card_says_what_a_record_is() {
    let shelf = Shelf::ferry();
    let mut cards = String::new();
    for address in [
        "actor:harbour-line",
        "actor:council",
        "topic:night-service",
        "term:hl",
        "claim:forty-a-night",
        "event:hearing",
        "source:gazette-story",
        "briefing:ferry-decision",
        "actor:nobody",
    ] {
        let card = lines(&page::peek(shelf.context(), &id(address)), 50);
        writeln!(cards, "{card}{}", "-".repeat(50)).expect("written");
    }
    insta::assert_snapshot!(cards);
}

#[test]
fn who_links_here_stands_once_with_how() {
    let shelf = Shelf::ferry();
    let mut pages = String::new();
    for address in ["actor:harbour-line", "source:count-report", "claim:boats-are-old"] {
        pages.push_str(&shown(&page::linked(shelf.context(), &id(address))));
    }
    insta::assert_snapshot!(pages);
}

#[test]
fn a_link_says_why_it_is_one_and_how_to_stop_it() {
    let shelf = Shelf::ferry();
    let named = |ids: &[&str], name: &str, rule: &str| Named {
        ids: ids.iter().map(|it| id(it)).collect(),
        name: Text::from(name),
        rule: Text::from(rule),
    };
    let weak = "a weak alias; its full name stands in the same text";
    let mut reasons = String::new();
    for named in [
        named(&["actor:mayor"], "Ada Quay", "its name"),
        named(&["actor:mayor"], "Mayor Quay", "an alias"),
        named(&["actor:harbour-line"], "the line", weak),
        named(&["topic:night-service"], "night ferries", "an alias"),
        named(&["term:slip"], "slip", "its name"),
        named(&["actor:harbour-line", "term:hl"], "HL", "an alias"),
    ] {
        let document = page::why(shelf.context(), &named, &id("briefing:minutes"));
        writeln!(reasons, "{}{}", lines(&document, 72), "-".repeat(72)).expect("written");
    }
    insta::assert_snapshot!(reasons);
}

#[test]
fn records_that_share_a_name_are_told_apart() {
    let shelf = Shelf::ferry();
    let ids = [id("actor:harbour-line"), id("term:hl"), id("topic:money")];
    let choices = page::choices(shelf.context(), &ids);
    let told: Vec<String> =
        choices.iter().map(|it| format!("{}: {} ({})", it.id, it.name, it.difference)).collect();
    insta::assert_snapshot!(told.join("\n"));
}

#[test]
fn an_actor_and_its_time_are_drawn() {
    for (folder, address) in [("tests/fixtures/ferry", "actor:harbour-line"), ("briefings", "actor:nvidia")] {
        let shelf = Shelf::open(folder);
        for (columns, rows) in [(60, 24), (80, 24), (140, 40)] {
            let page = page::picture(shelf.context(), &id(address), columns, rows).expect("a picture");
            insta::assert_snapshot!(
                format!("{}_{columns}", address.replace(':', "-drawn-")),
                shown_at(&page, columns)
            );
        }
    }
}

#[test]
fn a_timeline_is_drawn_by_month_and_kind() {
    let shelf = Shelf::open("briefings");
    let page = page::picture(shelf.context(), &id("timeline"), 80, 24).expect("a picture");
    insta::assert_snapshot!(shown_at(&page, 80));
}

#[test]
fn what_has_no_neighbours_and_no_events_has_no_picture() {
    let (_folder, shelf) = made(&[("actors.yaml", "- {id: a, name: Ada}\n")]);
    for address in ["actor:a", "timeline", "claims", "actor:nobody"] {
        assert!(page::picture(shelf.context(), &id(address), 80, 24).is_none(), "{address}");
    }
}

#[test]
fn a_copy_of_a_picture_is_its_table_and_its_list() {
    let shelf = Shelf::open("briefings");
    let page = page::picture(shelf.context(), &id("actor:nvidia"), 72, 24).expect("a picture");
    insta::assert_snapshot!(export::text(&[page], &Options::default()));
}

#[test]
fn mentions_that_are_not_read_yet_are_said_to_be_gathered() {
    let mut shelf = Shelf::ferry();
    shelf.links = Links::new(&shelf.library);
    for address in ["actor:harbour-line", "topic:night-service"] {
        let page = shown(&shelf.page(address));
        assert_eq!(page.matches("Mentions are still being gathered.").count(), 1, "{page}");
    }
}

#[test]
fn of_one_named_in_thousands_of_briefings_the_newest_are_shown() {
    let actors = ("actors.yaml".to_owned(), "- {id: ada, name: Ada Quay}\n".to_owned());
    let files: Vec<(String, String)> = (0..230)
        .map(|day| {
            (
                format!("2025-{:02}-{:02}-n{day}.md", day / 28 + 1, day % 28 + 1),
                format!("# Day {day}\n\nAda Quay spoke.\n"),
            )
        })
        .chain([actors])
        .collect();
    let files: Vec<(&str, &str)> = files.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect();
    let (_folder, shelf) = made(&files);
    let page = shown(&shelf.page("actor:ada"));
    assert_eq!(page.matches("Ada Quay spoke.").count(), 200);
    assert!(page.contains("Day 229") && !page.contains("Day 29\n"), "the newest are shown");
    assert!(page.contains("and 30 briefings more; dossier links actor:ada lists them all"), "{page}");
}

#[test]
fn a_changed_text_is_not_cut_where_its_old_words_stood() {
    let files = [
        ("actors.yaml", "- {id: ada, name: Ada Quay}\n"),
        ("one.md", "# One\n\nSo it was, said Ada Quay.\n"),
    ];
    let (folder, shelf) = made(&files);
    std::fs::write(folder.path().join("one.md"), "# One\n\nÄÖÜ.\n").expect("written");
    assert!(shown(&shelf.page("actor:ada")).contains("One"));
}

#[test]
fn a_card_of_a_text_without_a_bottom_line_shows_how_it_begins() {
    let (_folder, shelf) = made(&[("one.md", "# One\n\n---\n\n- The *first* words\n- and more\n")]);
    let card = lines(&page::peek(shelf.context(), &id("briefing:one")), 50);
    assert_eq!(card, "One\nbriefing\nThe first words and more\n");
}

#[test]
fn a_card_is_small() {
    let shelf = Shelf::open("briefings");
    for id in shelf.every() {
        let rows = Layout::new(&page::peek(shelf.context(), &id), 50).lines.len();
        assert!(rows <= 8, "{id}: {rows} rows");
    }
}

#[test]
fn every_made_link_leads_to_a_page() {
    let shelf = Shelf::open("briefings");
    for id in shelf.every() {
        let linked = page::linked(shelf.context(), &id).document.as_ref().clone();
        let card = page::peek(shelf.context(), &id);
        let picture = page::picture(shelf.context(), &id, 80, 24).map(|page| page.document.as_ref().clone());
        for document in [Some(linked), Some(card), picture].into_iter().flatten() {
            for address in addresses(&document) {
                assert!(shelf.library.holds(&address.id), "{address} from {id}");
            }
        }
    }
}

#[test]
fn a_mention_leads_to_where_it_stands() {
    let shelf = Shelf::open("briefings");
    let mut followed = 0;
    for actor in shelf.library.actors.values() {
        let page = page::build(shelf.context(), &actor.id);
        for address in addresses(&page.document) {
            let Some(at) = address.at else { continue };
            let briefing = &shelf.library.briefings[&address.id.slug];
            let text = shelf.library.body(briefing).expect("a body").text;
            let place = text.get(at - BODY..).expect("a place between letters");
            assert!(place.starts_with(char::is_alphanumeric), "{}: {place:.20}", actor.id);
            followed += 1;
        }
    }
    assert!(followed > 400, "{followed} mentions");
}

#[test]
fn a_briefing_stands_once_among_those_on_a_record() {
    let shelf = Shelf::open("briefings");
    for id in shelf.every().iter().filter(|id| matches!(id.kind, Kind::Actor | Kind::Topic | Kind::Term)) {
        let page = page::build(shelf.context(), id);
        let section = page.document.blocks.iter().skip_while(
            |block| !matches!(&block.kind, BlockKind::Heading { anchor, .. } if anchor == "briefings"),
        );
        let lists = section.filter_map(|block| match &block.kind {
            BlockKind::List { items, .. } => Some(items),
            _ => None,
        });
        let Some(items) = lists.take(1).next() else { continue };
        let firsts: Vec<Id> = items
            .iter()
            .filter_map(|item| {
                let row = Document { blocks: item.blocks.first().cloned().into_iter().collect() };
                addresses(&row).first().map(|address| address.id.clone())
            })
            .collect();
        assert_eq!(firsts.iter().collect::<BTreeSet<_>>().len(), firsts.len(), "{id}");
    }
}

#[test]
fn pictures_keep_to_their_room() {
    let shelf = Shelf::open("briefings");
    let ids = ["actor:nvidia", "actor:jensen-huang", "topic:export-controls", "timeline"].map(id);
    for columns in (12..200).step_by(7) {
        for rows in [0, 6, 13, 24, 60] {
            for id in &ids {
                let Some(page) = page::picture(shelf.context(), id, columns, rows) else { continue };
                let layout = Layout::new(&page.document, columns);
                for line in &layout.lines {
                    assert!(width(line.text()) <= columns, "{id} at {columns}: {}", line.text());
                }
                assert!(layout.lines.is_sorted_by_key(|line| line.at), "{id}");
            }
        }
    }
}

#[test]
fn everyone_in_the_table_is_in_the_picture() {
    let shelf = Shelf::open("briefings");
    for actor in shelf.library.actors.values() {
        let Some(page) = page::picture(shelf.context(), &actor.id, 80, 24) else { continue };
        for block in &page.document.blocks {
            let BlockKind::Drawing { lines, twin } = &block.kind else { continue };
            let paragraph =
                |line: &Vec<_>| dossier::document::Block::new(BlockKind::Paragraph(line.clone()), 0..0);
            let drawn = Document { blocks: lines.iter().map(paragraph).collect() };
            let told = Document { blocks: twin.clone() };
            let ids = |document: &Document| {
                addresses(document).iter().map(|it| it.id.clone()).collect::<BTreeSet<_>>()
            };
            let (drawn, told) = (ids(&drawn), ids(&told));
            assert!(drawn.is_subset(&told), "{}", actor.id);
            assert!(told.iter().all(|id| id.kind == Kind::Event) || drawn == told, "{}", actor.id);
        }
    }
}

#[test]
fn a_bottom_line_that_says_a_sentence_of_the_text_again_names_nobody_twice() {
    let bluf = "Ada Ferrier asked for a list. Then Ada Ferrier left the room early.";
    let memo =
        format!("---\nbluf: {bluf}\n---\n# Memo\n\nSo said many: Ada Ferrier asked\nfor a list. No more.\n");
    let (_folder, shelf) = made(&[("actors.yaml", "- {id: ada, name: Ada Ferrier}\n"), ("memo.md", &memo)]);
    let page = shown(&shelf.page("actor:ada"));
    assert!(page.contains("Named twice in 1 briefing."), "{page}");
    assert_eq!(page.matches("asked for a list").count(), 1, "{page}");
    assert!(shown(&shelf.page("briefing:memo")).contains("Ada Ferrier\u{a0}×2"));
}
