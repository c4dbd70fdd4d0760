//! The plain-text copy: what stands on it, and the laws that its bytes keep.

use std::sync::Arc;

use dossier::document::{
    Block, BlockKind, Definition, Document, Field, Inline, Item, Role, Target, parse::parse,
};
use dossier::export::{self, Form, Options, References, file_name, packet, text};
use dossier::id::{Id, Kind};
use dossier::layout::{Layout, Line};
use dossier::page::{self, Page};
use dossier::text::width;
use proptest::prelude::*;

fn page(title: &str, marking: Option<&str>, markdown: &str) -> Page {
    let id = Id::new(Kind::Briefing, title.to_lowercase());
    Page { marking: marking.map(Into::into), ..Page::new(id, title.into(), parse(markdown)) }
}

fn copy(markdown: &str, options: &Options) -> String {
    text(&[page("Test", Some("TLP:AMBER"), markdown)], options)
}

fn narrow() -> Options {
    Options { width: 40, ..Options::default() }
}

#[test]
fn a_copy_is_marked_first_and_last() {
    let marked = copy("Words.", &narrow());
    assert_eq!(marked, "               TLP:AMBER\n\nWords.\n\n               TLP:AMBER\n");
    let unmarked = text(&[page("Test", None, "Words.")], &narrow());
    assert_eq!(unmarked, "               NO MARKING\n\nWords.\n\n               NO MARKING\n");
}

#[test]
fn links_outside_are_numbered_once_and_listed_whole() {
    let long = format!("https://example.org/{}", "long-path/".repeat(10));
    let markdown = format!(
        "[One]({long}), [two](https://b.org), *[again]({long})*, [Nvidia](actor:nvidia), [a file](x.pdf), \
         https://b.org and <https://b.org/>."
    );
    let expected = format!(
        "One [1], two [2], again [1], Nvidia, a\nfile [3], https://b.org and\nhttps://b.org/.\n\n\
         References\n----------\n\n[1] {long}\n[2] https://b.org\n[3] x.pdf\n"
    );
    assert!(copy(&markdown, &narrow()).contains(&expected), "{}", copy(&markdown, &narrow()));
}

/// A page of a file with these sources behind its text.
fn sourced(title: &str, markdown: &str, sources: &[&str]) -> Page {
    let made = page(title, None, markdown);
    let end = markdown.len();
    let mut blocks = made.document.blocks.clone();
    let inlines = vec![Inline::text("Sources")];
    blocks.push(Block::new(BlockKind::Heading { level: 2, inlines, anchor: "sources".to_owned() }, end..end));
    let items = sources.iter().map(|address| {
        let target = Target::Web((*address).into());
        let row = vec![Inline::text("Report "), Inline::link(target, vec![Inline::text("its site")])];
        Item { done: None, blocks: vec![Block::new(BlockKind::Paragraph(row), end..end)] }
    });
    let list = BlockKind::List { start: Some(1), tight: true, items: items.collect() };
    blocks.push(Block::new(list, end..end));
    Page { document: Arc::new(Document { blocks }), body: Some(0..end), ..made }
}

#[test]
fn a_source_has_one_number_and_other_addresses_go_on_behind() {
    let one =
        sourced("One", "See [a](https://a.org) and [c](https://c.org).", &["https://x.org", "https://a.org"]);
    let copy = text(std::slice::from_ref(&one), &narrow());
    for line in [
        "See a [2] and c [3].",
        "1. Report its site",
        "[1] https://x.org\n[2] https://a.org\n[3] https://c.org",
    ] {
        assert!(copy.contains(line), "{line}:\n{copy}");
    }
    let two = sourced("Two", "See [c](https://c.org).", &["https://y.org"]);
    let copy = packet("Both", &[one, two], &narrow());
    for line in ["See c [3].", "4. Report its site", "[3] https://c.org\n[4] https://y.org"] {
        assert!(copy.contains(line), "{line}:\n{copy}");
    }
}

#[test]
fn footnotes_of_a_packet_are_numbered_on_from_page_to_page() {
    let note = |title: &str| page(title, None, "Said[^a] and done[^b].\n\n[^a]: first\n\n[^b]: second\n");
    let pages = [note("One"), note("Two")];
    for (form, marks) in [
        (Form::Text, ["[note\u{a0}1] first", "[note\u{a0}4] second"]),
        (Form::Markdown, ["[^1]: first", "[^4]: second"]),
    ] {
        let copy = form.write(Some("Both"), pages.to_vec(), None, &narrow()).replace("note 1", "note\u{a0}1");
        let copy = copy.replace("[note ", "[note\u{a0}");
        for mark in marks {
            assert_eq!(copy.matches(mark).count(), 1, "{mark}:\n{copy}");
        }
    }
}

#[test]
fn numbers_that_the_author_wrote_in_brackets_mean_what_he_meant() {
    let page = sourced("One", "As he said [7], see [a](https://a.org).", &["https://x.org", "https://a.org"]);
    let copy = text(&[page], &narrow());
    for line in [
        "As he said [7], see a [8].",
        "1. Report its site [9]",
        "2. Report its site [8]",
        "[8] https://a.org",
    ] {
        assert!(copy.contains(line), "{line}:\n{copy}");
    }
    assert!(!copy.contains("[1]") && !copy.contains("[2]"), "{copy}");
}

#[test]
fn an_address_too_long_for_a_line_stands_whole_only_in_the_list() {
    let long = format!("https://www.example.org/{}", "long-path/".repeat(6));
    let expected = format!("See example.org [1] (to be read).\n\nReferences\n----------\n\n[1] {long}\n");
    let written = copy(&format!("See {long} (to be read)."), &narrow());
    assert!(written.contains(&expected), "{written}");
}

#[test]
fn references_stand_where_they_were_asked_for() {
    let markdown = "See [the page](https://b.org).";
    let with = |references| copy(markdown, &Options { references, ..narrow() });
    assert!(with(References::Inline).contains("\nSee the page <https://b.org>.\n"));
    assert!(with(References::None).contains("\nSee the page.\n"));
    assert!(!with(References::None).contains("https"));
}

#[test]
fn a_rich_page_as_a_copy() {
    let rich = include_str!("rich.md");
    insta::assert_snapshot!("copy", copy(rich, &Options::default()));
    insta::assert_snapshot!(
        "copy_ascii_paged",
        copy(rich, &Options { ascii: true, pages: true, ..narrow() })
    );
}

#[test]
fn headings_of_every_level_are_told_from_the_text() {
    let copy = copy(
        "## Two\n\n### Three\n\ntext\n\n#### A heading that is longer than a line of forty columns\n\n\
         > ### Said\n>\n> text\n\n- ### Item\n",
        &narrow(),
    );
    for (words, line) in [
        ("Two", "---"),
        ("Three", "~~~~~"),
        ("columns", &"^".repeat(39)),
        ("│ Said", "│ ~~~~"),
        ("• Item", "  ~~~~"),
    ] {
        let lines: Vec<&str> = copy.lines().collect();
        let at = lines.iter().position(|it| it.ends_with(words)).expect(words);
        assert_eq!(lines.get(at + 1), Some(&line), "below {words}:\n{copy}");
    }
}

#[test]
fn a_packet_has_contents_and_the_strictest_marking() {
    let parts = [
        page(
            "The open letter",
            Some("TLP:GREEN"),
            "# The open letter\n\nSee [a](https://a.org) and [b](https://b.org).",
        ),
        page(
            "A claim with a title that is too long for one line",
            Some("TLP:AMBER"),
            "Text, [b](https://b.org).",
        ),
        page("Plain", None, "Short."),
    ];
    insta::assert_snapshot!("packet", packet("For the hearing", &parts, &Options { width: 60, ..narrow() }));
    let paged = packet("For the hearing", &parts, &Options { width: 60, pages: true, ..narrow() });
    insta::assert_snapshot!("packet_paged", paged);
}

#[test]
fn a_printed_page_has_58_lines_and_its_number() {
    let parts: Vec<_> =
        (0..60).map(|part| format!("## Part {part}\n\n{}\n\n", "some words ".repeat(30))).collect();
    let copy = copy(&parts.concat(), &Options { pages: true, ..Options::default() });
    let pages: Vec<_> = copy.split('\u{c}').collect();
    assert!(pages.len() > 5);
    for (index, page) in pages.iter().enumerate() {
        let lines: Vec<_> = page.lines().collect();
        assert_eq!(lines.len(), 58);
        assert_eq!((lines[0].trim(), lines[57].trim()), ("TLP:AMBER", "TLP:AMBER"));
        let number = format!("Page {} of {}", index + 1, pages.len());
        assert_eq!(lines[56], format!("Test{number:>68}"));
        let last = lines[..56].iter().rposition(|line| !line.is_empty()).unwrap();
        assert!(
            !lines[last].starts_with('-') && !lines[last].starts_with("Part"),
            "heading alone: {}",
            lines[last]
        );
    }
}

#[test]
fn a_mail_program_misreads_no_line() {
    let markdown = "From here on\n\n\\> no quotation\n\n\\.\n\n\\--\n\n> a quotation";
    let options = Options { mail: true, pages: true, ..Options::default() };
    let copy = copy(markdown, &options);
    assert!(copy.contains("\n From here on\n\n > no quotation\n\n .\n\n --\n\n│ a quotation\n"), "{copy}");
    assert!(!copy.contains('\u{c}'));
    let words = "word ".repeat(100);
    assert!(self::copy(&words, &options).lines().all(|line| width(line) <= 72));
}

#[test]
fn large_print_is_narrow_and_airy() {
    let copy = copy(
        &format!("# A\n\n{}\n\n## B\n\nc", "word ".repeat(30)),
        &Options { large: true, pages: true, ..Options::default() },
    );
    assert!(copy.lines().all(|line| width(line) <= 44));
    assert!(copy.contains("word\n\n\nB\n-\n"), "{copy}");
    assert_eq!(copy.lines().count(), 36);
}

#[test]
fn a_page_as_markdown_reads_the_same_again() {
    let rich = include_str!("rich.md");
    let page = page("Rich", Some("TLP:AMBER"), rich);
    let markdown = export::markdown(std::slice::from_ref(&page));
    insta::assert_snapshot!("rich_markdown", markdown);
    let rows = |document: &Document| {
        let layout = Layout::new(document, 72);
        layout.lines.iter().map(Line::text).collect::<Vec<_>>().join("\n")
    };
    let again = rows(&parse(&markdown));
    let body = again.replacen("TLP:AMBER\n\n", "", 1).replacen("\n\nTLP:AMBER", "", 1);
    assert_eq!(body, rows(&page.document));
}

#[test]
fn a_page_as_html_is_one_file_without_scripts() {
    let rich = include_str!("rich.md");
    let evil = page("<x>", None, "<script>alert(1)</script>\n\n[a](javascript:x) [b](https://b.org/?\"c&d)");
    let html = export::html("A & B", &[page("Rich", Some("TLP:AMBER"), rich), evil], Some("en-GB"));
    assert!(html.starts_with("<!DOCTYPE html>\n<html lang=\"en-GB\">"));
    assert!(html.contains("<title>A &amp; B</title>") && html.contains("<th scope=\"col\">Chip</th>"));
    assert!(html.contains("href=\"https://b.org/?&quot;c&amp;d\""), "{html}");
    assert!(!html.contains("<script") && !html.contains("javascript:"), "{html}");
    for tag in [
        "p", "li", "ul", "ol", "table", "tr", "td", "th", "a", "strong", "em", "code", "div", "section",
        "article",
    ] {
        let opened = html.matches(&format!("<{tag}>")).count() + html.matches(&format!("<{tag} ")).count();
        assert_eq!(opened, html.matches(&format!("</{tag}>")).count(), "{tag}");
    }
    insta::assert_snapshot!("rich_html", html);
}

#[test]
fn a_language_of_html_is_a_tag_or_english() {
    for (lang, written) in [
        (Some("de"), "de"),
        (Some("zh-Hant-TW"), "zh-Hant-TW"),
        (None, "en"),
        (Some(""), "en"),
        (Some("de-"), "en"),
        (Some("javascript:alert(1)"), "en"),
        (Some("de\" onload=\"x"), "en"),
    ] {
        let html = export::html("A", &[], lang);
        assert!(html.contains(&format!("<html lang=\"{written}\">")), "{lang:?}");
    }
}

#[test]
fn a_page_as_json_is_its_tree() {
    let page = page("A", None, "# A\n\nb *c* [d](https://e.org)");
    let written = serde_json::to_string(&export::json(&page)).unwrap();
    assert!(
        written.contains(r#""address":"briefing:a""#) && written.contains(r#""kind":"heading""#),
        "{written}"
    );
    assert!(written.contains(r#""to":{"address":"https://e.org","kind":"web"}"#), "{written}");
}

#[test]
fn the_keys_of_json_stand_in_the_order_of_the_alphabet() {
    let mut page = page("Rich", Some("TLP:AMBER"), include_str!("rich.md"));
    let made = [
        BlockKind::Code { language: "sh".into(), text: "ls".into(), number: Some(1) },
        BlockKind::Callout { kind: "note".into(), title: Vec::new(), blocks: Vec::new() },
        BlockKind::Drawing { lines: Vec::new(), twin: Vec::new() },
        BlockKind::Fields(vec![Field { label: "Date".into(), value: vec![Inline::text("today")] }]),
        BlockKind::Panel { title: vec![Inline::role(Role::Heading(2), "Ask")], blocks: Vec::new() },
        BlockKind::Definitions(vec![Definition {
            term: vec![Inline::strong("PLA")],
            meanings: vec![Vec::new()],
        }]),
    ];
    Arc::make_mut(&mut page.document).blocks.extend(made.map(|kind| Block::new(kind, 0..0)));
    let written = serde_json::to_string(&export::json(&page)).unwrap();
    // a map of values is sorted by its keys
    let sorted: serde_json::Value = serde_json::from_str(&written).unwrap();
    assert_eq!(written, sorted.to_string());
}

#[test]
fn a_name_is_proposed_that_every_system_takes() {
    let name = |kind, slug: &str| file_name(&Page { id: Id::new(kind, slug), ..page("x", None, "") });
    assert_eq!(name(Kind::Briefing, "wang-open-letter"), "wang-open-letter.txt");
    assert_eq!(name(Kind::Folder, "a/../b c"), "a-b-c.txt");
    assert_eq!(name(Kind::Briefing, "CON"), "briefing-con.txt");
    assert_eq!(name(Kind::Home, ""), "home.txt");
    assert!(name(Kind::Briefing, &"x".repeat(500)).len() < 100);
}

fn markdown() -> impl Strategy<Value = String> {
    let pieces = prop::sample::select(vec![
        "word ",
        "“quoted” ",
        "\n",
        "\n\n",
        "- ",
        "1. ",
        "> ",
        "# ",
        "*",
        "**",
        "`",
        "[a](https://a.org) ",
        "[b](actor:b) ",
        "https://c.org/d ",
        "\n|a|b|\n|-|-|\n|c|[d](https://d.org)|\n\n",
        "[^1]",
        "\n\n[^1]: note\n\n",
        "---\n",
        "中文 ",
        "Straße ",
        "€5 ",
        "\u{a0}",
        "\t",
        "\u{1b}[0m",
        "```\ncode\n```\n",
        "some more words ",
    ]);
    prop::collection::vec(pieces, 0..80).prop_map(|pieces| pieces.concat())
}

fn options() -> impl Strategy<Value = Options> {
    let references = prop::sample::select(vec![References::End, References::Inline, References::None]);
    (40usize..=200, any::<[bool; 4]>(), references).prop_map(
        |(width, [ascii, pages, mail, large], references)| Options {
            whole: true,
            width,
            ascii,
            pages,
            mail,
            large,
            references,
        },
    )
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_bytes_of_a_copy_are_clean(markdown in markdown(), options in options()) {
        let copy = copy(&markdown, &options);
        prop_assert_eq!(&copy, &self::copy(&markdown, &options));
        prop_assert!(copy.ends_with('\n') && !copy.ends_with("\n\n"));
        prop_assert!(!options.ascii || copy.is_ascii());
        for line in copy.lines() {
            let line = line.trim_start_matches('\u{c}');
            prop_assert_eq!(line.trim_end(), line);
            prop_assert!(!line.chars().any(char::is_control), "{:?}", line);
            prop_assert!(width(line) <= options.width || line.contains("://"), "{:?}", line);
        }
    }

    #[test]
    fn the_rows_of_a_copy_are_those_of_the_screen(markdown in markdown(), width in 40usize..=200) {
        let copy = copy(&markdown, &Options { width, references: References::None, ..Options::default() });
        let layout = Layout::new(&parse(&markdown), width);
        let rows: Vec<_> = layout.lines.iter().map(|line| line.text().replace('\u{a0}', " ")).collect();
        let lines: Vec<_> = copy.lines().collect();
        prop_assert_eq!(&lines[2..lines.len() - 2], rows.as_slice());
    }
}

#[test]
fn a_body_keeps_its_place_behind_the_head() {
    let mut document = parse("# Head");
    let mut body = parse("words");
    body.shift(page::BODY);
    document.blocks.extend(body.blocks);
    document.blocks.push(Block::new(BlockKind::Rule, page::BODY + 5..page::BODY + 6));
    let layout = Layout::new(&document, 40);
    assert_eq!(layout.lines[layout.row(page::BODY)].text(), "words");
}
