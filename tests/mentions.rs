//! Hand-marked sentences: the words that link, to which records, in which order, and that nothing else does.
//!
//! `tests/mentions/sentences.tsv` says how its marks are written; `tests/mentions/library` holds the names.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::path::Path;

use dossier::document::parse::parse;
use dossier::document::{Document, Inline, plain};
use dossier::id::{Id, Kind};
use dossier::library::folder::Root;
use dossier::library::{Library, load};
use dossier::mentions::passage::passages;
use dossier::mentions::{Matcher, Mention, Rule, Who};
use proptest::collection::vec;
use proptest::prelude::*;

/// Words, and the records they link to.
type Mark = (String, Vec<String>);

/// One line of the table.
struct Row {
    line: usize,
    language: String,
    markdown: String,
    marks: Vec<Mark>,
}

fn folder() -> &'static Path {
    Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/mentions"))
}

fn library() -> Library {
    let library = load(Root::open(&folder().join("library")).expect("the library opens"));
    assert!(library.problems.is_empty(), "{:#?}", library.problems);
    library
}

fn rows() -> Vec<Row> {
    let table = std::fs::read_to_string(folder().join("sentences.tsv")).expect("the table can be read");
    let lines = table.lines().enumerate().filter(|(_, line)| !line.starts_with('#'));
    lines
        .skip(1)
        .map(|(at, line)| {
            let columns: Vec<_> = line.split('\t').collect();
            let [language, _origin, sentence] = columns[..] else { panic!("line {}: {line}", at + 1) };
            let (markdown, marks) = marked(&sentence.replace('⏎', "\n\n").replace('↵', "\n"));
            Row { line: at + 1, language: language.to_owned(), markdown, marks }
        })
        .collect()
}

/// A sentence without its marks, and the marks.
fn marked(sentence: &str) -> (String, Vec<Mark>) {
    let mut markdown = String::new();
    let mut marks = Vec::new();
    let mut rest = sentence;
    while let Some((before, after)) = rest.split_once('{') {
        let (mark, after) = after.split_once('}').expect("a mark is closed");
        let (words, who) = mark.rsplit_once('|').expect("a mark says whom");
        markdown.push_str(before);
        markdown.push_str(words);
        let mut who: Vec<_> = who.trim_start_matches('?').split(',').map(str::to_owned).collect();
        who.sort();
        marks.push((shown(words), who));
        rest = after;
    }
    markdown.push_str(rest);
    (markdown, marks)
}

/// Marked words as they are read, without their Markdown.
fn shown(words: &str) -> String {
    let mut shown = String::new();
    parse(words).inlines(|inlines: &[Inline]| shown.push_str(&plain(inlines)));
    shown
}

fn resolved(library: &Library, markdown: &str) -> Document {
    let mut document = parse(markdown);
    document.map_targets(|target| library.resolve("sentences.md", target));
    document
}

fn found(matcher: &Matcher, document: &Document) -> Vec<Mark> {
    let passages = passages(document);
    let mut mentions = matcher.in_passages(&passages, &Id::new(Kind::Briefing, "sentences"));
    mentions.retain(named);
    let text =
        |it: &Mention<'_>| passages[it.passage].text.get(it.range.clone()).unwrap_or_default().to_owned();
    let words = mentions.iter().map(text);
    let who = mentions.iter().map(|it| it.who.all().iter().map(|whom| whom.to_string()).collect());
    words.zip(who).collect()
}

/// Whether it is a mention of a record that has names; a link to a claim is one too, but none of these.
fn named(mention: &Mention<'_>) -> bool {
    matches!(&mention.who, Who::One(id) if matches!(id.kind, Kind::Actor | Kind::Topic | Kind::Term))
        || matches!(mention.who, Who::Several(_))
}

fn told(marks: &[Mark]) -> String {
    let each: Vec<_> = marks.iter().map(|(words, who)| format!("{words} → {}", who.join(" or "))).collect();
    if each.is_empty() { "nothing".to_owned() } else { each.join("; ") }
}

#[test]
fn every_marked_sentence_links_as_marked_and_nowhere_else() {
    let library = library();
    let matcher = Matcher::new(&library);
    let rows = rows();
    let mut wrong = 0;
    let mut report = String::new();
    for row in &rows {
        let found = found(&matcher, &resolved(&library, &row.markdown));
        if found != row.marks {
            wrong += 1;
            let (marked, found) = (told(&row.marks), told(&found));
            writeln!(report, "{}: {}\n  marked: {marked}\n  found:  {found}", row.line, row.markdown)
                .unwrap();
        }
    }
    assert_eq!(wrong, 0, "of {} rows differ\n{report}", rows.len());
}

#[test]
fn the_table_covers_its_languages() {
    let mut count: BTreeMap<String, usize> = BTreeMap::new();
    let rows = rows();
    for row in &rows {
        *count.entry(row.language.clone()).or_default() += 1;
    }
    assert!(rows.len() >= 400, "{}", rows.len());
    for (language, least) in [("en", 220), ("de", 50), ("fr", 50), ("zh", 40), ("ar", 30)] {
        assert!(count[language] >= least, "{language}: {}", count[language]);
    }
}

#[test]
fn every_mark_names_a_record_that_there_is() {
    let library = library();
    for row in rows() {
        for id in row.marks.iter().flat_map(|(_, who)| who) {
            let id: Id = id.parse().expect("an address");
            assert!(library.holds(&id), "line {}: {id}", row.line);
        }
    }
}

#[test]
fn a_name_that_runs_over_the_end_of_a_link_to_a_page_leaves_the_link_alone() {
    let library = library();
    let document = resolved(&library, "[中国](actor:china)银行 and [Bank of](https://example.org) China.");
    let (matcher, passages) = (Matcher::new(&library), passages(&document));
    let mentions = matcher.in_passages(&passages, &Id::new(Kind::Briefing, "x"));
    let words = |it: &Mention<'_>| passages[it.passage].text.get(it.range.clone()).map(str::to_owned);
    let found: Vec<_> = mentions.iter().map(|it| (words(it), it.rule)).collect();
    assert_eq!(found.first(), Some(&(Some("中国".to_owned()), Rule::Written)), "{found:?}");
    assert_eq!(found.len(), 2, "{found:?}");
}

/// Pieces of text that names are made of, and that make trouble around them.
const PIECES: [&str; 40] = [
    "Alexandr",
    "Wang",
    "China",
    "US",
    "U.S.",
    "Bank of",
    "中国",
    "银行",
    "الصين",
    "Çin",
    "ビ",
    "각",
    "ß",
    "ﬁ",
    "İ",
    "e\u{301}",
    "\u{200d}",
    "\u{fffc}",
    " ",
    "  ",
    "\n",
    ".",
    ",",
    "-",
    "’",
    "'",
    "’s",
    "(",
    ")",
    "“",
    "/",
    "@",
    "{{",
    "}}",
    "**",
    "`",
    "[",
    "](actor:china)",
    "GIVE",
    "s",
];

proptest! {
    #[test]
    fn mentions_lie_in_order_inside_their_passages(pieces in vec(prop::sample::select(&PIECES[..]), 0..40)) {
        let library = library();
        let matcher = Matcher::new(&library);
        let document = resolved(&library, &pieces.concat());
        let passages = passages(&document);
        let mentions = matcher.in_passages(&passages, &Id::new(Kind::Briefing, "x"));
        for mention in &mentions {
            prop_assert!(passages[mention.passage].text.get(mention.range.clone()).is_some_and(|it| !it.is_empty()));
        }
        for pair in mentions.windows(2) {
            let (one, two) = (&pair[0], &pair[1]);
            let after = one.passage == two.passage && one.range.end <= two.range.start;
            prop_assert!(one.passage < two.passage || after, "{one:?} {two:?}");
        }
    }
}
