//! Search over the shipped library and libraries made here: what is found, where, and what stays found.

mod counted;
mod current;
pub mod indexed;
mod life;
mod relevance;

use std::collections::BTreeSet;

use crate::shared::shared;
use dossier::document::{Inline, Role, plain};
use dossier::id::Id;
use dossier::library::record::Ref;
use dossier::reading::Note;
use dossier::search::Query;
use dossier::text::fold;
use indexed::{Indexed, TODAY, written};

#[test]
fn the_shipped_library_answers() {
    let shipped = Indexed::shipped();
    for (line, expected) in [
        ("nvidia", "actor:nvidia"),
        ("NVIDIA", "actor:nvidia"),
        ("export controls", "topic:export-controls"),
        ("open letter", "briefing:wang-open-letter"),
        ("\"open letter\"", "briefing:wang-open-letter"),
        ("wang-open-letter", "briefing:wang-open-letter"),
        ("50,000 H100", "briefing:deepseek-chip-claim"),
        ("50000 h100", "briefing:deepseek-chip-claim"),
        ("five asks", "briefing:wang-five-asks"),
        ("singapor~ servers", "briefing:singapore-servers"),
        ("sacntions~ OR stargate", "briefing:stargate-announcement"),
        ("markets january", "briefing:market-reaction-2025-01-27"),
        ("kind:open-letter", "briefing:wang-open-letter"),
        ("title:stargate", "briefing:stargate-announcement"),
    ] {
        let results = shipped.find(line);
        let first = results.hits.first().map(|hit| hit.id.to_string());
        assert_eq!(first.as_deref(), Some(expected), "{line}");
    }
}

#[test]
fn an_extract_has_no_marks_of_footnotes() {
    let texts =
        "# A\n\nAn apple[^one] fell[^two], it is said[^3].\n\n## Notes\n\n[^one]: a\n[^two]: b\n[^3]: c\n";
    let folder = written(&[("a.md", texts)]);
    let results = Indexed::new(folder.path(), None).find("apple");
    let extract = results.hits.first().and_then(|hit| hit.extracts.first()).expect("an extract");
    assert_eq!(plain(&extract.words), "An apple fell, it is said.");
}

#[test]
fn without_takes_away_and_or_adds() {
    let shipped = Indexed::shipped();
    let total = |line: &str| shipped.find(line).total;
    assert!(total("nvidia -singapore") < total("nvidia"));
    assert_eq!(total("nvidia -nvidia"), 0);
    assert_eq!(total("nvidia OR stargate"), total("nvidia") + total("stargate") - total("nvidia stargate"));
    assert_eq!(total("-nvidia") + total("nvidia"), total(""));
    assert_eq!(total("(nvidia OR stargate) chips"), total("nvidia OR stargate chips"));
    assert!(total("chip*") >= total("chip"));
    assert!(total("\"export controls\"") <= total("export controls"));
    assert_eq!(total("zyxqvarnok"), 0);
}

#[test]
fn every_name_of_every_actor_and_topic_finds_its_page_first() {
    let shipped = Indexed::shipped();
    let actors = shipped.library.actors.values().map(|it| (&it.id, &it.name));
    let topics = shipped.library.topics.values().map(|it| (&it.id, &it.name));
    for (id, name) in actors.chain(topics) {
        let results = shipped.find(&format!("\"{name}\""));
        let exact: Vec<_> = results.hits.iter().take_while(|hit| hit.exact).map(|hit| &hit.id).collect();
        assert!(exact.contains(&id), "{name}: {exact:?}");
    }
}

/// Whom a reference names.
fn names(refs: &[Ref], id: &Id) -> bool {
    refs.iter().any(|it| it.id.as_deref() == Some(id))
}

#[test]
fn an_actor_is_found_wherever_it_is_declared_or_mentioned_and_nowhere_else() {
    let shipped = Indexed::shipped();
    let texts = shipped.links.texts().expect("the texts were read");
    for actor in shipped.library.actors.values() {
        let mut expected: BTreeSet<String> = shipped
            .library
            .briefings
            .values()
            .filter(|it| {
                let declared = [&it.actors, &it.from, &it.to].iter().any(|refs| names(refs, &actor.id));
                declared || texts.spots(&it.id, &actor.id).next().is_some()
            })
            .map(|it| it.id.to_string())
            .collect();
        expected.insert(actor.id.to_string());
        let found = shipped.all(&format!("actor:{} kind:* -kind:claim", actor.id.slug));
        assert_eq!(found, expected, "{}", actor.id);
    }
}

#[test]
fn whom_a_query_names_comes_first_with_a_page_of_its_own() {
    let shipped = Indexed::shipped();
    let first = |line: &str| shipped.find(line).hits.first().map(|hit| hit.id.to_string());
    assert_eq!(first("actor:nvidia").as_deref(), Some("actor:nvidia"));
    assert_eq!(first("topic:export-controls").as_deref(), Some("topic:export-controls"));
    assert!(first("actor:nvidia smuggling").is_some_and(|id| id.starts_with("briefing:")));
    assert!(first("-actor:nvidia").is_some_and(|id| id != "actor:nvidia"));
    assert!(first("from:nvidia").is_none_or(|id| id != "actor:nvidia"));
}

#[test]
fn dates_topics_and_folders_agree_with_the_records() {
    let shipped = Indexed::shipped();
    let briefings = || shipped.library.briefings.values();
    let ids = |it: Vec<&Id>| -> BTreeSet<String> { it.into_iter().map(ToString::to_string).collect() };
    let april = |date: &str| date.starts_with("2025-04");
    let expected =
        briefings().filter(|it| it.date.as_ref().is_some_and(|date| april(&date.written))).map(|it| &*it.id);
    assert_eq!(shipped.all("date:2025-04"), ids(expected.collect()));
    let expected = briefings().filter(|it| it.folder == "chips").map(|it| &*it.id);
    assert_eq!(shipped.all("folder:chips"), ids(expected.collect()));
    let expected = briefings().filter(|it| !it.asks.is_empty()).map(|it| &*it.id);
    assert_eq!(shipped.all("has:ask"), ids(expected.collect()));
    let total: usize = ["date:..2025-03-31", "date:2025-04..2025-08-31", "after:2025-09"]
        .iter()
        .map(|line| shipped.find(line).total)
        .sum();
    assert_eq!(total, briefings().filter(|it| it.date.is_some()).count());
}

#[test]
fn what_this_reader_did_can_be_asked_for() {
    let mut shipped = Indexed::shipped();
    let all = shipped.library.briefings.len();
    assert_eq!(shipped.find("is:unread").total, all);
    assert_eq!(shipped.find("is:starred").total, 0);
    let mut briefings = shipped.library.briefings.values();
    let (read, changed) = (briefings.next().unwrap().clone(), briefings.next().unwrap().clone());
    shipped.reading.read.insert(Id::clone(&read.id), read.stamp);
    shipped.reading.read.insert(Id::clone(&changed.id), changed.stamp ^ 1);
    shipped.reading.starred.insert(Id::clone(&read.id));
    for words in ["Ask them.", "By Friday."] {
        let mut note = Note::begun(Id::clone(&read.id), &[], 0, TODAY);
        note.words = words.into();
        shipped.reading.notes.insert(note);
    }
    assert_eq!(shipped.find("is:unread").total, all - 2);
    assert_eq!(shipped.all("is:changed"), BTreeSet::from([changed.id.to_string()]));
    assert_eq!(shipped.all("is:starred -is:unread"), BTreeSet::from([read.id.to_string()]));
    assert_eq!(shipped.all("has:note"), BTreeSet::from([read.id.to_string()]));
    assert_eq!(shipped.find("kind:* -kind:claim is:unread -has:note").total, all - 2);
}

#[test]
fn counts_are_queries_that_find_as_many() {
    let shipped = Indexed::shipped();
    let counts = shipped.counts("deepseek");
    assert!(counts.actors.iter().any(|it| it.narrow == "actor:nvidia"));
    for it in counts.kinds.iter().chain(&counts.actors).chain(&counts.topics).chain(&counts.years) {
        assert_eq!(shipped.find(&format!("deepseek {}", it.narrow)).total, it.count, "{}", it.narrow);
    }
}

/// The words of an extract that are marked.
fn marked(words: &[Inline]) -> Vec<String> {
    let only = |it: &Inline| match it {
        Inline::Role(Role::Match, inner) => Some(plain(inner)),
        _ => None,
    };
    words.iter().filter_map(only).collect()
}

#[test]
fn a_hit_stands_where_its_extract_says() {
    let shipped = Indexed::shipped();
    let mut seen = 0;
    for line in ["nvidia", "\"export controls\"", "licence*", "wang~", "actor:deepseek", "H100"] {
        for hit in shipped.find(line).hits {
            let Some(briefing) = shipped.library.briefings.get(&hit.id.slug) else { continue };
            let body = shipped.library.body(briefing).unwrap();
            for extract in &hit.extracts {
                let Some(at) = extract.at else { continue };
                let first = marked(&extract.words).into_iter().next().expect("something is marked");
                let there = body.text.get(at..).unwrap();
                let read: String = there.split_whitespace().take(4).collect::<Vec<_>>().join(" ");
                assert!(fold(&read).starts_with(&fold(&first)), "{line} in {}: {first}, not {read}", hit.id);
                let lines = body.text.get(..at).unwrap().matches('\n').count();
                assert_eq!(extract.line, body.line + lines, "{line}");
                seen += 1;
            }
        }
    }
    assert!(seen > 20);
}

#[test]
fn while_typing_every_beginning_of_a_word_finds_it() {
    let shipped = Indexed::shipped();
    for start in ["st", "star", "starg", "stargate", "\"open let", "actor:alex", "title:stargat"] {
        assert!(shipped.typing(start).total > 0, "{start}");
    }
}

#[test]
fn other_scripts_and_spellings_are_found() {
    let folder = written(&[
        ("zh.md", "# 芯片\n\n习近平主席谈芯片出口管制。\n"),
        ("ja.md", "# 半導体\n\n東京で半導体の輸出規制が議論された。\n"),
        ("ar.md", "# حقوق\n\nتراجعت الأسعار في السوق العالمية.\n"),
        ("de.md", "# Maßnahmen\n\nDie Ausfuhrkontrollen der Straße Über Zürich.\n"),
        ("fr.md", "# Présidence\n\nL'État de l'Europe et la réunion.\n"),
        (
            "code.md",
            "# Code\n\nUse `dossier_check` and re-export AT&T's 5.5 figures.\n\n```\nlet hidden = 1;\n```\n",
        ),
    ]);
    let made = Indexed::new(folder.path(), None);
    for (line, expected) in [
        ("出口管制", "zh"),
        ("习近平", "zh"),
        ("管", "zh"),
        ("輸出規制", "ja"),
        ("الاسعار", "ar"),
        ("strasse", "de"),
        ("ausfuhrkontrollen", "de"),
        ("uber zurich", "de"),
        ("presidence", "fr"),
        ("europe", "fr"),
        ("etat", "fr"),
        ("dossier_check", "code"),
        ("hidden", "code"),
        ("re-export", "code"),
        ("reexport", "code"),
        ("export", "code"),
        ("AT&T", "code"),
        ("5.5", "code"),
    ] {
        assert_eq!(made.all(line), BTreeSet::from([format!("briefing:{expected}")]), "{line}");
    }
    for line in ["制管", "平近", "5.6", "state"] {
        assert_eq!(made.find(line).total, 0, "{line}");
    }
}

#[test]
fn stems_are_of_lower_case_words_and_quoted_words_have_no_other_form() {
    let folder = written(&[
        ("one.md", "# One\n\nThe ministers inspected an apple.\n"),
        ("two.md", "# Two\n\nApple met the minister.\n"),
    ]);
    let made = Indexed::new(folder.path(), None);
    assert_eq!(made.find("minister").total, 2);
    assert_eq!(made.find("ministers").total, 2);
    assert_eq!(made.find("\"ministers\"").total, 1);
    assert_eq!(made.find("inspecting").total, 1);
    assert_eq!(made.find("apples").total, 1);
    assert_eq!(made.find("Apples").total, 0);
    assert_eq!(made.find("\"minister inspected\"").total, 0);
}

#[test]
fn phrases_do_not_run_across_paragraphs() {
    let folder =
        written(&[("one.md", "# One\n\nends with alpha\n\nbeta begins\n\nsoft\nbreak **bold** end\n")]);
    let made = Indexed::new(folder.path(), None);
    assert_eq!(made.find("\"alpha beta\"").total, 0);
    assert_eq!(made.find("\"soft break bold end\"").total, 1);
    assert_eq!(made.find("alpha beta").total, 1);
}

#[test]
fn the_covenants_are_found_in_every_script() {
    let Some(folder) = shared("corpora/covenant-i18n") else { return };
    let made = Indexed::new(&folder, None);
    for line in ["骚扰", "ハラスメント", "المساهمين", "belästigung"] {
        assert!(made.find(line).total > 0, "{line}");
    }
}

/// The code in the first column of the tables of the documentation.
fn documented() -> Vec<String> {
    let text = include_str!("../docs/search.md");
    let rows = text.lines().filter_map(|line| line.strip_prefix("| `"));
    rows.filter_map(|row| row.split_once("` |").map(|(query, _)| query.to_owned())).collect()
}

#[test]
fn every_documented_query_finds_something_and_has_no_mistake() {
    let mut shipped = Indexed::shipped();
    let noted = Id::clone(&shipped.library.briefings.values().next().unwrap().id);
    shipped.reading.notes.insert(Note::begun(noted, &[], 0, TODAY));
    let documented = documented();
    assert!(documented.len() > 20);
    for line in documented {
        let (_, complaints) = Query::parse(&line, TODAY);
        assert!(complaints.is_empty(), "{line}: {complaints:?}");
        assert!(shipped.find(&line).total > 0, "{line}");
    }
}

#[test]
fn every_documented_mistake_is_explained_as_documented() {
    let text = include_str!("../docs/search.md");
    let block = text.split("```text\n").nth(1).and_then(|rest| rest.split("```").next()).unwrap();
    let lines: Vec<&str> = block.lines().collect();
    for pair in lines.chunks(2) {
        let (_, complaints) = Query::parse(pair[0], TODAY);
        let told: Vec<String> = complaints.iter().map(ToString::to_string).collect();
        assert_eq!(told, [pair[1].trim()], "{}", pair[0]);
    }
}
