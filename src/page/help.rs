//! How to use dossier, in prose; the table of keys is given by whoever reads keys.

use super::Page;
use super::draft::{Draft, Row};
use crate::document::{Align, Inline, Table};
use crate::id::{Id, Kind};
use crate::text::Text;

const OPENING: [&str; 3] = [
    "Everything here is a page: briefings, and the actors, topics, claims, events and sources behind them. \
     Every name that is marked leads to its own page, and the way back is always open.",
    "Start at Home: what needs a decision, what is new or changed, and what is contested. \
     Open a briefing: its first lines say what it asks for, by when, and how it may be handled.",
    "Nothing is ever written into the library, nothing is fetched from outside, and a link out of the library \
     is opened only after its whole address was shown.",
];

/// Questions of the first day, with what to do.
const HOW: [(&str, &str); 7] = [
    (
        "What do we hold on it?",
        "Search: results show as you type. Add actor:NAME, kind:memo or after:2025-02 to narrow them, or take a count beside the results.",
    ),
    (
        "Who is this?",
        "Go to the name and open it: the page shows what ties the actor to others, where it stands, what it claims and what is claimed about it.",
    ),
    (
        "How sure is that?",
        "Open the claim: it shows who says so, in what words, who disputes it, and the evidence with its grade.",
    ),
    ("What does this rest on?", "Open a source: it lists every claim, event and briefing that leans on it."),
    ("What does this acronym mean?", "Open the glossary."),
    ("Take it to the meeting:", "save the page as plain text, or run `dossier export ADDRESS`."),
    ("Something looks wrong:", "open Problems, which names file and line, and what to write instead."),
];

/// The command line, by what one wants.
const COMMANDS: [(&str, &str); 13] = [
    (
        "dossier [LIBRARY] [ADDRESS]",
        "open the reader: LIBRARY is a folder, a Markdown file, or - for standard input",
    ),
    ("dossier list briefings", "list records: also actors, topics, claims, events, sources"),
    ("dossier search QUERY", "find words in all texts: `actor:wang chips after:2025-02`"),
    ("dossier show ADDRESS", "print a page"),
    ("dossier export ADDRESS… -o FILE", "save pages as plain text"),
    ("dossier links ADDRESS", "who names it, where, and by which rule"),
    ("dossier check", "name every problem, with file and line"),
    ("dossier init", "start a library in a folder"),
    ("dossier new", "start a briefing"),
    ("dossier index", "make ready for searching, before it is asked for"),
    ("dossier schema FILE", "print a schema, with which an editor helps to write the YAML"),
    ("dossier completions SHELL", "print completions for a shell"),
    ("dossier man", "print the manual page"),
];

const ADDRESSES: [(&str, &str); 8] = [
    ("home", "the first page"),
    ("briefing:ID", "a briefing; with #heading, a place in it"),
    ("actor:ID, topic:ID, claim:ID", "who, what about, who says what"),
    ("event:ID, source:ID, term:ID", "what happened, where it comes from, what it means"),
    ("briefings, actors, topics, claims", "the lists; also timeline, sources, glossary, problems"),
    ("search:QUERY", "what a query finds, best first"),
    ("notes", "what you noted with a; nothing else prints or exports it"),
    ("a word", "looked up among all ids, names, titles and aliases"),
];

/// The help page. `keys` are pairs of keys and what they do, in the order to show them.
pub fn help(keys: &[(String, String)]) -> Page {
    let title = Text::from(Kind::Help.title());
    let mut draft = Draft::new(&title);
    for paragraph in OPENING {
        draft.prose(Some(&Text::from(paragraph)));
    }
    if !keys.is_empty() {
        draft.heading(2, "Keys");
        draft.table(table(keys.iter().map(|(keys, what)| (keys.as_str(), what.as_str()))));
    }
    draft.heading(2, "How to");
    draft.list(HOW.iter().map(|(what, how)| answer(what, how)).collect());
    draft.heading(2, "On the command line");
    draft.table(table(COMMANDS.into_iter()));
    draft.heading(2, "Addresses");
    draft.table(table(ADDRESSES.into_iter()));
    let id = Id::page(Kind::Help);
    Page::new(id, title, draft.document())
}

fn answer(what: &str, how: &str) -> Row {
    vec![Inline::strong(what), Inline::text(format!(" {how}"))]
}

fn table<'a>(rows: impl Iterator<Item = (&'a str, &'a str)>) -> Table {
    let cells =
        |(left, right): (&str, &str)| vec![vec![Inline::Code(Text::from(left))], vec![Inline::text(right)]];
    Table { aligns: vec![Align::Left; 2], head: Vec::new(), rows: rows.map(cells).collect() }
}
