//! Markdown to lines: what a reader sees of each construct, and the laws that hold for any text.

use dossier::document::{Block, BlockKind, Document, Field, Inline, Item, Target, parse::parse};
use dossier::layout::Layout;
use dossier::text::width;
use proptest::prelude::*;

/// The page of `markdown`, a line a row.
fn shown(markdown: &str, columns: usize) -> String {
    rows(&Layout::new(&parse(markdown), columns)).join("\n")
}

fn rows(layout: &Layout) -> Vec<String> {
    layout.lines.iter().map(|line| line.text().to_owned()).collect()
}

#[test]
fn each_construct_reads_as_meant() {
    let cases: &[(&str, &str)] = &[
        ("a\nb", "a b"),
        ("a  \nb\\\nc<br>d", "a\nb\nc\nd"),
        ("*a* **b** ~~c~~ `d  e`", "a b ~~c~~ d e"),
        ("# Title", "Title\n====="),
        ("Title\n---", "Title\n-----"),
        ("### Third", "Third"),
        ("- a\n- b", "• a\n• b"),
        ("- a\n\n- b", "• a\n\n• b"),
        ("- a\n  - b\n    - c\n      - d", "• a\n  – b\n    · c\n      · d"),
        ("9. a\n10. b", " 9. a\n10. b"),
        ("- [ ] a\n- [x] b", "[ ] a\n[x] b"),
        ("1. [x] a", "1. [x] a"),
        ("-\n- b", "•\n• b"),
        ("> a\n>\n> b", "│ a\n│\n│ b"),
        ("> [!WARNING]\n> a", "│ Warning\n│ a"),
        ("> [!tip]+ Do this\n> a\n>\n> b", "│ Tip: Do this\n│ a\n│\n│ b"),
        ("> [!faq]- Is **it**?", "│ Faq: Is it?"),
        ("> [not a callout]\n> a", "│ [not a callout] a"),
        ("```rust\nfn a() {\n    b\n}\n```", "  fn a() {\n      b\n  }"),
        ("***", "──────────────────────────────"),
        ("Term\n: meaning", "Term\n    meaning"),
        ("![A chart](a.png) ![](b/c%20d.png)", "[Picture: A chart] [Picture: c\nd.png]"),
        ("![[a.png|300]] ![[Some note]]", "[Picture: a.png] Some note"),
        ("[[Name]] [[a b|shown]] `[[Code]]`", "Name shown [[Code]]"),
        ("[](https://a.org)", "https://a.org"),
        ("a <!-- gone --> b <u>c</u>", "a b c"),
        ("<!-- gone -->\n\na", "a"),
        ("<!-- never closed", "<!-- never closed"),
        ("US$5/$10 and $a_b_c$", "US$5/$10 and $a_b_c$"),
        ("x[^1]\n\n[^1]: y", "x\u{a0}[note\u{a0}1]\n\n────────────────────\n\n[note\u{a0}1] y"),
        (
            "x[^b] y[^a]\n\n[^a]: A\n[^b]: B[^a]",
            "x\u{a0}[note\u{a0}1] y\u{a0}[note\u{a0}2]\n\n────────────────────\n\n[note\u{a0}1] B\u{a0}[note\u{a0}2]\n\n[note\u{a0}2] A",
        ),
        ("x[^1] alone", "x[^1] alone"),
        ("&amp; &#27;[31m \\*", "& ␛[31m *"),
    ];
    for (markdown, expected) in cases {
        assert_eq!(&shown(markdown, 30), expected, "{markdown}");
    }
}

#[test]
fn simple_html_reads_as_what_it_means() {
    let cases: &[(&str, &str)] = &[
        ("H<sub>2</sub>O, 10<sup>5</sup>, 1<sup>st</sup>, x<sub>i</sub>", "H₂O, 10⁵, 1st, x_i"),
        ("a <b>b <i>c</b> d</i> <code>e_f_</code>", "a b c d e_f_"),
        ("*a <b>b* c</b>", "a b c"),
        ("see <a href=\"https://a.org\">the page</a>.", "see the page."),
        ("x <number> and List<String> y", "x <number> and List<String> y"),
        ("<address>", "<address>"),
        ("<p align=\"center\">One\n two</p><p>Three &amp; &rsquo;four", "One two\n\nThree & ’four"),
        ("<div>\n\n*a*\n\n</div>", "a"),
        ("<details><summary>More <b>here</b></summary>\n\nText\n\n</details>", "More here\n\nText"),
        ("<ul>\n<li>One\n<li>Two <ol><li>a</li></ol></li></ul>after", "• One\n• Two\n  1. a\n\nafter"),
        ("<h2>Head</h2>text<hr>", "Head\n----\n\ntext\n\n──────────────────────────────"),
        ("<img src=\"a/b.png\" alt=\"A chart\"> <img src=\"c.png\">", "[Picture: A chart] [Picture:\nc.png]"),
        (
            "<table><caption>Caption</caption><tr><th>A<th>B<tr><td>1</td><td><p>2</p><p>3</p></table>",
            "Caption\n\nA  B\n─  ─\n1  2\n   3",
        ),
        ("<table><tr><td>a<td>b</table>", "a  b"),
        ("|a|\n|-|\n|<ul><li>x</li><li>y</li></ul>|", "a\n───\n• x\n• y"),
        ("<pre>a\n  b &lt;c&gt;</pre>", "  a\n    b <c>"),
        ("<dl><dt>Term<dd>Meaning</dl>", "Term\n    Meaning"),
        ("<blockquote>a<br>b</blockquote>", "│ a\n│ b"),
        ("<script>\nlet a = 1 < 2;\n</script>\n\nb", "<script>\nlet a = 1 < 2;\n</script>\n\nb"),
        ("<Card title=\"A b\">\n\nText\n\n</Card>", "<Card title=\"A b\">\n\nText"),
        ("<td>stray</td> words", "stray  words"),
        ("<ul>stray<li>a</ul>", "• stray\n• a"),
        ("<iframe src=\"https://a.org/v\" title=\"The film\"></iframe>", "The film"),
        ("<input type=\"checkbox\" checked> done", "[x] done"),
        ("- <b>x\n  - y</b>", "• x\n  – y"),
    ];
    for (markdown, expected) in cases {
        assert_eq!(&shown(markdown, 30), expected, "{markdown}");
    }
}

#[test]
fn templates_are_no_noise() {
    let cases: &[(&str, &str)] = &[
        ("See [the page]({{< ref \"a_b.md\" >}} \"The page\") now", "See the page now"),
        ("<a href=\"{{< ref \"a.md\" >}}\" target=\"_blank\">here</a>", "here"),
        ("{{< note >}}\nWords.\n{{< /note >}}", "Words."),
        ("a {{< img src=\"c_d.png\" alt=\"A *b* c\" >}} d", "a [Picture: A *b* c] d"),
        ("{{< button href=\"https://a.org\" text=\"Go there\" >}}", "Go there"),
        ("by {{ page.author }} `{{ x_y }}`", "by {{ page.author }} {{ x_y }}"),
        ("```\n{{< x\n  y >}}\n```", "  {{< x\n    y >}}"),
        ("[a]({{ site.baseurl }}/b.md) ![c]({{site.url}}/d.png)", "a [Picture: c]"),
        ("$x_{{a}}$ {% if b %}", "$x_{{a}}$ {% if b %}"),
        ("|a|\n|-|\n|{{< ring title=\"x|y\" >}}|", "a\n───\nx|y"),
    ];
    for (markdown, expected) in cases {
        assert_eq!(&shown(markdown, 40), expected, "{markdown}");
    }
    let document = parse("[a]({{< ref \"b.md\" >}}#c) [d]({{ site.baseurl }}/e.md) [f](g.md \"H i\")");
    let path = |path: &str| Target::Path(path.into());
    let expected = [Target::Wiki("b.md#c".into()), path("/e.md"), path("g.md")];
    assert_eq!(document.links(), expected.iter().collect::<Vec<_>>());
    assert_eq!(shown("[f](g.md \"H i\") [f](g.md \"F\")", 40), "f (H i) f");
    assert_eq!(shown("```py title=\"a b\"\nx\n```", 40), "title=\"a b\"\n\n  x");
}

#[test]
fn tables_share_the_width() {
    let cases: &[(&str, usize, &str)] = &[
        ("|a|b|\n|-|-|\n|1|2|", 30, "a  b\n─  ─\n1  2"),
        ("|a|b|\n|-:|:-:|\n|100|x|\n|1|yyy|", 30, "  a   b\n───  ───\n100   x\n  1  yyy"),
        ("|a|b|\n|-|-|", 30, "a  b\n─  ─"),
        ("||\n|-|\n|x|", 30, "x"),
        ("|a|\n|-|\n|x<br>y|", 30, "a\n─\nx\ny"),
        ("|a|b|\n|-|-|\n|[[n\\|s]]|`x\\|y`|", 30, "a  b\n─  ───\ns  x|y"),
        (
            "|Name|What it is|\n|-|-|\n|H100|a chip that is banned for export|\n|B|c|",
            30,
            "Name  What it is\n────  ────────────────────────\nH100  a chip that is banned\n      for export\n\nB     c",
        ),
        (
            "|First|Second|Third|\n|-|-|-|\n|some words|other words|more words here|",
            20,
            "First: some words\nSecond: other words\nThird: more words\n  here",
        ),
    ];
    for (markdown, columns, expected) in cases {
        assert_eq!(&shown(markdown, *columns), expected, "{markdown}");
    }
}

#[test]
fn targets_are_told_apart() {
    let markdown = "[a](https://x.org) [b](actor:nvidia) [c](#d) [e](f/g.md#h) [[i#j|k]] [l](javascript:x) <m@n.org>\n\
                    https://bare.org, [o][p] x[^q]\n\n[p]: r.md\n\n[^q]: s";
    let document = parse(markdown);
    let expected = [
        Target::Web("https://x.org".into()),
        Target::Page("actor:nvidia".parse().unwrap()),
        Target::Heading("d".into()),
        Target::Path("f/g.md#h".into()),
        Target::Wiki("i#j".into()),
        Target::Lost("javascript:x".into()),
        Target::Web("mailto:m@n.org".into()),
        Target::Web("https://bare.org".into()),
        Target::Path("r.md".into()),
    ];
    assert_eq!(document.links(), expected.iter().collect::<Vec<_>>());
    let layout = Layout::new(&document, 40);
    let drawn: Vec<_> = layout.links.iter().map(|link| &*link.target).collect();
    assert_eq!(drawn.last(), Some(&&Target::Note("1".into())));
    assert_eq!(drawn.len(), expected.len() + 1);
}

#[test]
fn a_link_over_the_end_of_a_line_is_one_link() {
    let layout = Layout::new(&parse("some words before [a long link over two lines](x.md) and after"), 24);
    let rows: Vec<_> = (0..layout.lines.len())
        .filter(|row| layout.lines[*row].spans().any(|span| span.link == Some(0)))
        .collect();
    assert_eq!(rows, [0, 1]);
    assert_eq!(layout.links.len(), 1);
    assert_eq!(layout.links[0].row, 0);
}

#[test]
fn places_lead_to_rows_and_back() {
    let markdown =
        "# One\n\nfirst words that go over the end of a line\n\n## Two\n\n- item\n\n| a |\n|---|\n| cell |\n";
    let document = parse(markdown);
    for columns in [12, 20, 80] {
        let layout = Layout::new(&document, columns);
        for word in ["One", "first", "line", "Two", "item", "cell"] {
            let at = markdown.find(word).unwrap();
            let row = layout.row(at);
            assert!(
                layout.lines[row].text().contains(word),
                "{word} at {columns}: {}",
                layout.lines[row].text()
            );
        }
        assert_eq!(layout.headings.iter().map(|it| it.anchor.as_str()).collect::<Vec<_>>(), ["one", "two"]);
    }
}

#[test]
fn what_nests_too_deep_is_flattened_but_kept() {
    for depth in [100, 500, 20_000] {
        let quotes = format!("{}deep", "> ".repeat(depth));
        let emphasis = format!("{}deep{}", "*a _b ".repeat(depth), "_ *".repeat(depth));
        for markdown in [quotes, emphasis] {
            let document = parse(&markdown);
            assert!(rows(&Layout::new(&document, 40)).iter().any(|row| row.contains("deep")), "{depth}");
            drop(document.clone());
        }
    }
    let list: Vec<_> = (0..500).map(|depth| format!("{}- w{depth}\n", "  ".repeat(depth))).collect();
    let text = shown(&list.concat(), 40);
    assert!((0..500).all(|depth| text.split_whitespace().any(|word| word == format!("w{depth}"))));
}

#[test]
fn a_shift_moves_every_place() {
    let markdown = "# a\n\n- b **c**\n\n> d\n\nt\n: m\n";
    let mut shifted = parse(markdown);
    shifted.shift(1000);
    let (plain, moved) = (Layout::new(&parse(markdown), 40), Layout::new(&shifted, 40));
    let places = |layout: &Layout| layout.lines.iter().map(|line| line.at).collect::<Vec<_>>();
    assert_eq!(places(&moved), places(&plain).into_iter().map(|at| at + 1000).collect::<Vec<_>>());
}

#[test]
fn a_rich_page_at_four_widths() {
    let markdown = include_str!("rich.md");
    for columns in [20, 40, 72, 100] {
        insta::assert_snapshot!(format!("rich_{columns}"), shown(markdown, columns));
    }
}

/// Fields and panels as pages make them, bare and inside a quote and a list.
fn made() -> Document {
    let field = |label: &str, value: &str| Field { label: label.into(), value: vec![Inline::text(value)] };
    let fields = BlockKind::Fields(vec![
        field("Date", "2025-10-01, information as of 2025-09-30"),
        field("From", "Desk officer"),
        field("A label that is longer than the others", "and its value, which is long as well"),
        field("Empty", ""),
    ]);
    let mut blocks = vec![Block::new(fields, 0..10)];
    for title in
        ["Decision asked by 2027-01-29", "", "A_title_that_cannot_be_broken_and_is_longer_than_many_screens"]
    {
        let inner = parse("Approve the wording.\n\n- [ ] Approve\n- [ ] Disapprove\n\n| a | b |\n|---|---|\n| c | d |\n\n***").blocks;
        let panel = BlockKind::Panel { title: vec![Inline::strong(title)], blocks: inner };
        blocks.push(Block::new(panel, 10..20));
    }
    let item = Item { done: None, blocks: blocks.clone() };
    let list =
        BlockKind::List { start: Some(98), tight: false, items: vec![item.clone(), item.clone(), item] };
    blocks.push(Block::new(BlockKind::Quote(vec![Block::new(list, 20..30)]), 20..30));
    Document { blocks }
}

#[test]
fn fields_and_panels_keep_the_width_at_every_width() {
    for columns in 12..=120 {
        assert_eq!(check(&made(), columns), Ok(()), "{columns} columns");
    }
    let rows = |columns| rows(&Layout::new(&made(), columns)).join("\n");
    insta::assert_snapshot!("made_30", rows(30));
    insta::assert_snapshot!("made_60", rows(60));
}

/// All text of a document, as a walk over the tree finds it. Footnotes stand elsewhere on the page.
fn words(blocks: &[Block], all: &mut String) {
    for block in blocks {
        match &block.kind {
            BlockKind::List { items, .. } => items.iter().for_each(|item| words(&item.blocks, all)),
            BlockKind::Quote(blocks) => words(blocks, all),
            BlockKind::Callout { kind, title, blocks } => {
                // `[!NOTE] Note` says it once
                if !dossier::document::plain(title).eq_ignore_ascii_case(kind) {
                    inline_words(title, all);
                }
                words(blocks, all);
            }
            BlockKind::Code { text, .. } | BlockKind::Html(text) => all.push_str(text),
            BlockKind::Definitions(definitions) => {
                for definition in definitions {
                    inline_words(&definition.term, all);
                    definition.meanings.iter().for_each(|it| words(it, all));
                }
            }
            BlockKind::Note { .. } => {}
            _ => Document { blocks: vec![block.clone()] }.inlines(|it| inline_words(it, all)),
        }
    }
}

fn inline_words(inlines: &[Inline], all: &mut String) {
    all.push_str(&dossier::document::plain(inlines));
}

/// Whether `all` holds the characters of `part` in their order; white space does not count.
fn holds(all: &str, part: &str) -> bool {
    let mut all = all.chars();
    part.chars().filter(|c| !c.is_whitespace()).all(|c| all.any(|it| it == c))
}

fn has_table(blocks: &[Block]) -> bool {
    format!("{blocks:?}").contains("Table(")
}

/// The laws of every layout.
fn check(document: &Document, columns: usize) -> Result<(), String> {
    let layout = Layout::new(document, columns);
    let mut last = 0;
    for line in &layout.lines {
        let text = line.text();
        let used = width(text);
        if used > columns {
            return Err(format!("{used} columns of {columns}: {text:?}"));
        }
        if text.trim_end() != text {
            return Err(format!("white space at the end: {text:?}"));
        }
        if line.at < last {
            return Err(format!("the place falls from {last} to {}", line.at));
        }
        last = line.at;
    }
    if layout.links.iter().any(|link| link.row >= layout.lines.len().max(1)) {
        return Err("a link without a row".to_owned());
    }
    let mut all = String::new();
    words(&document.blocks, &mut all);
    if !has_table(&document.blocks) && !holds(&rows(&layout).concat(), &all) {
        return Err(format!("words lost of {all:?}:\n{}", rows(&layout).join("\n")));
    }
    Ok(())
}

/// Pieces of Markdown, HTML and templates.
const PIECES: &[&str] = &[
    "word ",
    "longer-word ",
    "\n",
    "\n\n",
    "  ",
    "    ",
    "- ",
    "1. ",
    "- [x] ",
    "> ",
    "# ",
    "## ",
    "*",
    "**",
    "_",
    "~~",
    "`",
    "```\n",
    "[",
    "](x.md)",
    "](https://a.org/b)",
    "[[",
    "]]",
    "![",
    "|",
    "|-|:-:|\n",
    "[^1]",
    "[^1]: ",
    ": ",
    "---\n",
    "<div>",
    "</div>",
    "<p>",
    "<b>",
    "</b>",
    "<ul>",
    "<li>",
    "</ul>",
    "<table>",
    "<tr>",
    "<td>",
    "<th>",
    "</table>",
    "<sup>",
    "</sup>",
    "<pre>",
    "</pre>",
    "<a href=\"x.md\">",
    "</a>",
    "<dl><dt>",
    "<dd>",
    "<img alt=\"y\">",
    "<Card x={1}>",
    "{{< a \"b\" >}}",
    "{{< /a >}}",
    "]({{< ref \"c\" >}})",
    "{% d %}",
    "<br>",
    "<!--",
    "-->",
    "> [!note] ",
    "$",
    "\\",
    "&amp;",
    "https://a.org/long/path ",
    "中文字",
    "👩‍👩‍👧",
    "e\u{301}",
    "\u{a0}",
    "ไทย",
    "so\u{ad}ft",
    "o\u{200b}pen",
    "שלום",
    "\t",
    "\r\n",
    "a\n===\n",
    "\u{1b}[31m",
    "\u{202e}",
];

/// Text made of pieces of Markdown, so that constructs meet that no author would put together.
fn markdown() -> impl Strategy<Value = String> {
    prop::collection::vec(prop::sample::select(PIECES), 0..60).prop_map(|pieces| pieces.concat())
}

#[test]
fn a_line_ends_within_a_word_where_its_author_lets_it() {
    let lines = |markdown: &str, columns| -> Vec<String> {
        Layout::new(&parse(markdown), columns).lines.iter().map(|line| line.text().to_owned()).collect()
    };
    assert_eq!(lines("Hy\u{ad}phen\u{ad}ation is *al\u{ad}lowed*", 12), ["Hyphenation", "is allowed"]);
    assert_eq!(
        lines("The hy\u{ad}phen\u{ad}ation is *al\u{ad}lowed*", 12),
        ["The hyphen-", "ation is al-", "lowed"]
    );
    assert_eq!(lines("open\u{200b}door open\u{200b}door", 14), ["opendoor open", "door"]);
    assert_eq!(lines("costs 5\u{202f}000\u{a0}km a year", 12), ["costs", "5\u{202f}000\u{a0}km a", "year"]);
    assert_eq!(lines("\u{ad}a \u{200b}b", 12), ["a b"], "only between letters");
    let title = Layout::new(&parse("# Hy\u{ad}phen"), 20).headings[0].title.clone();
    assert_eq!(title, "Hyphen");
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_text_keeps_its_words_and_its_width(text in "\\PC{0,300}", columns in 12usize..=120) {
        prop_assert_eq!(check(&parse(&text), columns), Ok(()));
    }

    #[test]
    fn any_markdown_keeps_its_words_and_its_width(text in markdown(), columns in 12usize..=120) {
        prop_assert_eq!(check(&parse(&text), columns), Ok(()));
    }

    #[test]
    fn no_width_is_too_small_to_draw(text in markdown(), columns in 0usize..12) {
        Layout::new(&parse(&text), columns);
    }
}
