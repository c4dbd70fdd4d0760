//! The language by tables, its mistakes and explanations as snapshots, its laws.

use std::fmt::Write as _;

use proptest::prelude::*;

use super::*;

const TODAY: Day = Day { year: 2025, month: 10, day: 1 };

/// The query as it would be typed.
fn canonical(line: &str) -> String {
    Query::parse(line, TODAY).0.to_string()
}

fn complaints(line: &str) -> Vec<String> {
    let (_, complaints) = Query::parse(line, TODAY);
    complaints.iter().map(ToString::to_string).collect()
}

#[test]
fn a_query_is_shown_as_it_would_be_typed() {
    for (line, shown) in [
        ("export controls", "export controls"),
        ("  export   controls ", "export controls"),
        ("\"exact words\"", "\"exact words\""),
        ("“exact   words”", "\"exact words\""),
        ("„genau so“ hier", "\"genau so\" hier"),
        ("chips -without", "chips -without"),
        ("chips –without", "chips -without"),
        ("chips NOT without", "chips -without"),
        ("chips - without", "chips without"),
        ("a OR b", "a OR b"),
        ("a | b", "a OR b"),
        ("a or b", "a or b"),
        ("a AND b", "a b"),
        ("a b OR c d", "a b OR c d"),
        ("a (b OR c) d", "a b OR c d"),
        ("(a b) OR c", "(a b) OR c"),
        ("((a)) (b (c))", "a b c"),
        ("-(a OR b)", "-(a OR b)"),
        ("-(a)", "-a"),
        ("--a", "-a"),
        ("-(-a)", "a"),
        ("() a ( - )", "a"),
        ("chip*", "chip*"),
        ("wang~", "wang~"),
        ("\"scale a\"*", "\"scale a\"*"),
        ("actor:wang", "actor:wang"),
        ("Actor:Wang", "actor:Wang"),
        ("actor: wang", "actor:wang"),
        ("author:jane", "from:jane"),
        ("actor:\"scale ai\" chips", "actor:\"scale ai\" chips"),
        ("actor:wang*", "actor:wang*"),
        ("-topic:export-controls", "-topic:export-controls"),
        ("marking:TLP:AMBER", "marking:TLP:AMBER"),
        ("TLP:AMBER", "TLP:AMBER"),
        ("https://example.org/a?b=(c)", "https://example.org/a?b= c"),
        ("at 10:30", "at 10:30"),
        ("folder:ai-race/2025", "folder:ai-race/2025"),
        ("is:unread is:Starred", "is:unread is:starred"),
        ("has:ask", "has:ask"),
        ("has:notes", "has:note"),
        ("\"OR\" \"a:b\"", "\"OR\" \"a:b\""),
        ("OR~", "\"OR\""),
        ("H100 GB200 5.5", "H100 GB200 5.5"),
        ("芯片 \"出口管制\"", "芯片 \"出口管制\""),
        ("a\"b c\"d", "a \"b c\" d"),
        ("& !! ...", ""),
        ("", ""),
    ] {
        assert_eq!(canonical(line), shown, "{line}");
    }
}

#[test]
fn dates_are_shown_as_days() {
    for (line, shown) in [
        ("date:2025", "date:2025-01-01..2025-12-31"),
        ("date:2025-01", "date:2025-01-01..2025-01-31"),
        ("date:2025-01-21", "date:2025-01-21"),
        ("date:2025-01..2025-03", "date:2025-01-01..2025-03-31"),
        ("date:2025-01/2025-03", "date:2025-01-01..2025-03-31"),
        ("date:..2025-03", "date:..2025-03-31"),
        ("date:2025-03..", "date:2025-03-01.."),
        ("date:2025-03..2025-01", "date:2025-01-01..2025-03-31"),
        ("after:2025-01", "date:2025-01-01.."),
        ("before:2025-03", "date:..2025-02-28"),
        ("before:2024-03-01", "date:..2024-02-29"),
        ("date:today", "date:2025-10-01"),
        ("before:yesterday", "date:..2025-09-29"),
        ("after:yesterday", "date:2025-09-30.."),
        ("date:\"last week\"", "date:2025-09-22..2025-09-28"),
        ("date:\"this week\"", "date:2025-09-29..2025-10-05"),
        ("date:\"last month\"", "date:2025-09-01..2025-09-30"),
        ("date:last-month", "date:2025-09-01..2025-09-30"),
        ("date:\"this year\"", "date:2025-01-01..2025-12-31"),
        ("date:\"last year\"", "date:2024-01-01..2024-12-31"),
        ("date:\"last 7 days\"", "date:2025-09-24..2025-10-01"),
        ("after:\"last month\" chips", "date:2025-09-01.. chips"),
        ("date:\"last year\"..today", "date:2024-01-01..2025-10-01"),
        ("date:2025-01..\"last month\"", "date:2025-01-01..2025-09-30"),
        ("date:\"January 2025\"", "date:2025-01-01..2025-01-31"),
        ("date: 2025-01 x", "date:2025-01-01..2025-01-31 x"),
        ("after: -x", "-x"),
        ("date:soon x", "x"),
    ] {
        assert_eq!(canonical(line), shown, "{line}");
    }
}

#[test]
fn a_mistake_is_explained_and_the_rest_is_searched() {
    let mut told = String::new();
    for line in [
        "a OR",
        "OR a",
        "a OR OR b",
        "(a b",
        "a)",
        "\"a b",
        "aktor:wang",
        "foo:bar",
        "actor: OR x",
        "date:soon",
        "date:2025-03..2025-01",
        "is:red",
        "has:cats",
        "ch*p",
        "ab~",
        "\"a b\"~",
        "- ( ) OR AND",
        "...",
    ] {
        let (query, complaints) = Query::parse(line, TODAY);
        let _ = writeln!(told, "{line}\n    searched: {query}");
        for it in complaints {
            let _ = writeln!(told, "    {}..{}: {it}", it.range.start, it.range.end);
        }
    }
    insta::assert_snapshot!(told);
}

#[test]
fn a_query_is_told_in_plain_words() {
    let mut told = String::new();
    for line in [
        "",
        "export controls",
        "a OR b",
        "(a OR b) (c OR (d e)) -(f g) -h",
        "\"exact words\" Nvidia chip* wang~ sanctions~ \"scale a\"*",
        "actor:wang from:\"policy desk\" topic:chips* kind:memo folder:chips title:letter status:draft marking:amber claim:disputed",
        "date:2025-01-21 date:2025 after:2025 before:2025",
        "is:unread is:starred is:changed has:ask has:note",
    ] {
        let _ = writeln!(told, "{line}");
        for condition in Query::parse(line, TODAY).0.explain() {
            let _ = writeln!(told, "    {condition}");
        }
    }
    insta::assert_snapshot!(told);
}

#[test]
fn while_typing_the_last_word_is_a_beginning() {
    let ending = |line: &str| match Query::typing(line, TODAY).0.tree {
        Node::Words(words) | Node::In(_, words) => Some(words.ending),
        _ => None,
    };
    for (line, expected) in [
        ("chi", Some(Ending::Typing)),
        ("chi ", Some(Ending::Whole)),
        ("actor:wa", Some(Ending::Typing)),
        ("\"scale a", Some(Ending::Typing)),
        ("\"scale a\"", Some(Ending::Whole)),
        ("chi*", Some(Ending::Prefix)),
        ("wang~", Some(Ending::Typo)),
        ("(chi", Some(Ending::Typing)),
    ] {
        assert_eq!(ending(line), expected, "{line}");
    }
}

#[test]
fn while_typing_what_is_unfinished_is_no_mistake() {
    for line in
        ["a OR", "a OR ", "(a", "\"a b", "actor:", "date:", "date:20", "is:", "is:un", "has:a", "-", "", "OR"]
    {
        let (_, complaints) = Query::typing(line, TODAY);
        if line != "OR" {
            assert!(complaints.is_empty(), "{line}: {complaints:?}");
        }
    }
    assert_eq!(Query::typing("is:red x", TODAY).1.len(), 1);
}

#[test]
fn only_plain_words_can_be_a_title() {
    let plain = |line: &str| Query::parse(line, TODAY).0.plain();
    assert_eq!(plain("Scale AI").as_deref(), Some("Scale AI"));
    assert_eq!(plain("\"Scale AI\"").as_deref(), Some("Scale AI"));
    assert_eq!(plain("scale -ai"), None);
    assert_eq!(plain("actor:wang"), None);
    assert_eq!(plain(""), None);
}

#[test]
fn at_every_limit_there_is_a_message_and_an_answer() {
    let words = |count: usize| vec!["a"; count].join(" ");
    assert!(complaints(&words(TERMS)).is_empty());
    assert_eq!(complaints(&words(TERMS + 1)), ["the query has too many words; the first 64 are searched"]);
    assert_eq!(canonical(&words(1000)), words(TERMS));
    let nested = |depth: usize| format!("{}a{}", "(".repeat(depth), ")".repeat(depth));
    assert!(complaints(&nested(DEPTH)).is_empty());
    assert_eq!(
        complaints(&nested(DEPTH + 1)),
        ["there are too many brackets inside each other; those deeper than 12 are ignored"]
    );
    assert_eq!(canonical(&nested(5000)), "a");
    assert!(complaints(&"x".repeat(WORD)).is_empty());
    assert_eq!(
        complaints(&"x".repeat(WORD + 1)),
        ["a word or phrase is too long; its first 200 bytes are searched"]
    );
    assert_eq!(
        complaints(&format!("a{}", " ".repeat(LONGEST))),
        ["the query is too long; its first 16384 bytes are searched"]
    );
}

#[test]
fn hostile_lines_are_answered_with_a_few_messages() {
    for line in [
        "(".repeat(200_000),
        ")".repeat(200_000),
        "-".repeat(200_000),
        "\"".repeat(200_000),
        "OR ".repeat(200_000),
        "-(a OR ".repeat(100_000),
        "word ".repeat(200_000),
        "x".repeat(1_000_000),
        "actor:".repeat(100_000),
        "date:".repeat(100_000),
        "*~".repeat(100_000),
        "\u{1b}[31m".repeat(10_000),
    ] {
        let (query, complaints) = Query::parse(&line, TODAY);
        assert!(
            (1..=COMPLAINTS).contains(&complaints.len()),
            "{}: {complaints:?}",
            line.get(..10).unwrap_or_default()
        );
        let shown = query.to_string();
        assert!(shown.len() <= LONGEST && Query::parse(&shown, TODAY).0 == query);
    }
}

const PIECES: &[&str] = &[
    "(",
    ")",
    "-",
    "OR",
    "AND",
    "NOT",
    "|",
    "\"",
    "“",
    "”",
    "*",
    "~",
    ":",
    "..",
    " ",
    "  ",
    "a",
    "Wang",
    "chips",
    "芯片",
    "é",
    "\u{200b}",
    "\t",
    "actor:",
    "topic:",
    "title:",
    "date:",
    "after:",
    "is:unread",
    "has:ask",
    "has:note",
    "2025-01",
    "yesterday",
    "foo:",
    "5.5",
    "H100",
    "TLP:AMBER",
    "\u{301}",
];

fn piece() -> impl Strategy<Value = String> {
    prop_oneof![8 => proptest::sample::select(PIECES).prop_map(str::to_owned), 1 => ".{0,6}"]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]

    #[test]
    fn what_is_shown_reads_back_as_the_same_query(pieces in proptest::collection::vec(piece(), 0..24)) {
        let line = pieces.concat();
        let (query, complaints) = Query::parse(&line, TODAY);
        prop_assert!(complaints.len() <= COMPLAINTS);
        let shown = query.to_string();
        let (again, _) = Query::parse(&shown, TODAY);
        prop_assert_eq!(&again, &query, "{:?} shown as {:?}", line, shown);
    }

    #[test]
    fn typing_never_panics_and_complains_inside_the_line(pieces in proptest::collection::vec(piece(), 0..24)) {
        let line = pieces.concat();
        let cleaned = crate::text::clean(&line);
        let (query, complaints) = Query::typing(&line, TODAY);
        prop_assert!(complaints.iter().all(|it| cleaned.get(it.range.clone()).is_some()));
        prop_assert!(query.explain().iter().all(|it| !it.is_empty()));
    }
}
