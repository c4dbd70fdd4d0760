//! The words of the source are the words of the page: nothing that carries words is ever dropped.
//!
//! What a file says is counted by the events of the Markdown parser alone, without our tree or our layout. A word
//! that is missing must have been broken over lines: its letters are then among the words the page has too many.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use dossier::document::parse::parse;
use dossier::export::{self, References};
use dossier::id::{Id, Kind};
use dossier::layout::{Layout, Line};
use dossier::page::Page;
use dossier::text::{clean, fold, width};
use pulldown_cmark::{Event, Options, Parser};
use rayon::prelude::*;

use crate::shared::shared;

/// How often each word stands there.
type Count = BTreeMap<String, usize>;

fn count(text: &str, words: &mut Count) {
    for word in fold(&clean(text)).split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()) {
        *words.entry(word.to_owned()).or_default() += 1;
    }
}

/// The words that a reader of `markdown` is owed.
fn owed(markdown: &str) -> Count {
    // a callout that is called what it is says so once
    let markdown = &markdown
        .replace("[!note] Note", "[!note]")
        .replace("[!NOTE] NOTE", "[!NOTE]")
        .replace("[!NOTE] Note", "[!NOTE]");
    let mut words = Count::new();
    let options = Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_DEFINITION_LIST
        | Options::ENABLE_GFM
        | Options::ENABLE_WIKILINKS
        | Options::ENABLE_MATH;
    // words that markup parts in the middle are one word
    let mut line = String::new();
    let mut html = String::new();
    let mut indented = false;
    for event in Parser::new_ext(&without_templates(markdown), options) {
        match event {
            Event::Text(text) if indented => html.push_str(&text),
            Event::Text(text) | Event::Code(text) | Event::InlineMath(text) | Event::DisplayMath(text) => {
                line.push_str(&text);
            }
            Event::InlineHtml(tag) if tag.starts_with("<!--") => {}
            Event::InlineHtml(tag) => {
                line.push_str(if tag.len() > 8 || tag.contains("br") { " " } else { "" });
            }
            Event::Html(raw) => html.push_str(&raw),
            // prose may stand there, with tags and references: they need not be shown
            Event::Start(pulldown_cmark::Tag::CodeBlock(pulldown_cmark::CodeBlockKind::Indented)) => {
                indented = true;
                line.push(' ');
            }
            Event::SoftBreak | Event::HardBreak => line.push(' '),
            Event::Start(tag) if !is_inline(tag.to_end()) => line.push(' '),
            Event::End(tag) if !is_inline(tag) => {
                indented = false;
                count(&std::mem::take(&mut line), &mut words);
                count(&between_tags(&std::mem::take(&mut html)), &mut words);
            }
            // marks and rules, and what only stresses
            _ => {}
        }
    }
    words
}

fn is_inline(tag: pulldown_cmark::TagEnd) -> bool {
    use pulldown_cmark::TagEnd::{Emphasis, Image, Link, Strikethrough, Strong};
    matches!(tag, Emphasis | Image | Link | Strikethrough | Strong)
}

/// The text of a block of HTML: crude, but no code of ours.
fn between_tags(html: &str) -> String {
    let mut words = String::new();
    let mut rest = html;
    while let Some((before, after)) = rest.split_once('<') {
        words.push_str(before);
        let end = if after.starts_with("!--") { "-->" } else { ">" };
        let begins = after.starts_with(|c: char| c.is_ascii_alphabetic() || "/!".contains(c));
        match after.split_once(end).filter(|_| begins) {
            Some((_, behind)) => rest = behind,
            None => rest = after,
        }
        words.push(' ');
    }
    words.push_str(rest);
    dossier::document::decode(&words).into_owned()
}

/// Templates leave only the values that are words.
fn without_templates(markdown: &str) -> String {
    let mut left = String::with_capacity(markdown.len());
    let mut rest = markdown;
    while let Some((before, after)) = rest.split_once("{{<") {
        left.push_str(before);
        let Some((inside, behind)) = after.split_once(">}}").filter(|(inside, _)| !inside.contains("\n\n"))
        else {
            left.push_str("{{<");
            rest = after;
            continue;
        };
        if before.ends_with("](") || before.ends_with("]: ") {
            left.push('_');
        } else if !before.ends_with('"') {
            // something still stands there, so that what follows is no code
            left.push_str("{}");
            for key in ["alt=\"", "label=\"", "text=\"", "title=\""] {
                let value = inside.split_once(key).and_then(|(_, value)| value.split_once('"'));
                left.extend(
                    value.map(|(value, _)| value.replace(['*', '_', '`', '\n', '[', ']', '<', '|'], " ")),
                );
            }
        }
        rest = behind;
    }
    left.push_str(rest);
    left
}

fn shown(layout: &Layout) -> Count {
    let mut words = Count::new();
    for line in &layout.lines {
        count(&line.text(), &mut words);
    }
    words
}

/// The words of `one` that are more than in `other`.
fn more(one: &Count, other: &Count) -> Count {
    let left =
        one.iter().map(|(word, times)| (word, times.saturating_sub(other.get(word).copied().unwrap_or(0))));
    left.filter(|(_, times)| *times > 0).map(|(word, times)| (word.clone(), times)).collect()
}

fn letters(words: &Count) -> BTreeMap<char, usize> {
    let mut letters = BTreeMap::new();
    for (word, times) in words {
        word.chars().for_each(|c| *letters.entry(c).or_default() += times);
    }
    letters
}

/// What is wrong with the page of a file at a width.
fn wrong(markdown: &str, owed: &Count, columns: usize) -> Option<String> {
    let layout = Layout::new(&parse(markdown), columns);
    if let Some(line) = layout.lines.iter().map(Line::text).find(|line| width(line) > columns) {
        return Some(format!("wider than {columns}: {line}"));
    }
    lost(owed, &shown(&layout)).map(|lost| format!("at {columns} columns lost {lost}"))
}

/// The words that are owed and not shown, if their letters are not there either.
fn lost(owed: &Count, shown: &Count) -> Option<String> {
    let missing = more(owed, shown);
    let spare = letters(&more(shown, owed));
    let lost = letters(&missing).iter().any(|(c, times)| spare.get(c).copied().unwrap_or(0) < *times);
    lost.then(|| format!("{missing:?}"))
}

/// What is wrong with the copies of a page, in every form.
fn wrong_copy(markdown: &str, owed: &Count) -> Option<String> {
    let page = |markdown: &str| {
        let id = Id::new(Kind::Briefing, "example");
        [Page::new(id, "Example".into(), parse(markdown))]
    };
    let (whole, empty) = (page(markdown), page(""));
    let plain = |width: usize, ascii: bool, pages: bool, page: &[Page]| {
        let options = export::Options {
            width,
            ascii,
            pages,
            references: References::None,
            ..export::Options::default()
        };
        export::text(page, &options)
    };
    for (columns, ascii, pages) in [(40, false, false), (72, false, true), (72, true, false)] {
        let text = plain(columns, ascii, pages, &whole);
        if let Some(line) = text.lines().find(|line| width(line) > columns) {
            return Some(format!("a copy wider than {columns}: {line}"));
        }
    }
    let html = |page: &[Page]| between_tags(&export::html("Example", page, None));
    let copies =
        [(plain(40, false, false, &whole), plain(40, false, false, &empty)), (html(&whole), html(&empty))];
    copies.iter().find_map(|(whole, empty)| {
        // what stands on every copy, such as the marking, makes up for nothing
        let (mut words, mut own) = (Count::new(), Count::new());
        count(whole, &mut words);
        count(empty, &mut own);
        lost(owed, &more(&words, &own)).map(|lost| format!("a copy lost {lost}"))
    })
}

fn files(folder: PathBuf) -> Vec<PathBuf> {
    let mut folders = vec![folder];
    let mut files = Vec::new();
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).expect("a folder").flatten() {
            let path = entry.path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|it| it == "md") {
                files.push(path);
            }
        }
    }
    files.sort();
    files
}

fn check(files: &[PathBuf], widths: &[usize]) {
    let wrong: Vec<String> = files
        .par_iter()
        .flat_map_iter(|path| {
            let text = String::from_utf8_lossy(&std::fs::read(path).expect("a file")).into_owned();
            let owed = owed(&text);
            let found: Vec<_> = widths.iter().filter_map(|columns| wrong(&text, &owed, *columns)).collect();
            found.into_iter().map(|it| format!("{}: {it:.600}", path.display())).collect::<Vec<_>>()
        })
        .collect();
    eprintln!("{} files read at {} widths, {} wrong", files.len(), widths.len(), wrong.len());
    assert!(wrong.is_empty(), "{} of {} files:\n{}", wrong.len(), files.len(), wrong.join("\n"));
}

#[test]
fn a_sample_of_the_corpora_keeps_its_words() {
    let Some(corpora) = shared("corpora") else { return };
    let short = |path: &PathBuf| std::fs::metadata(path).is_ok_and(|it| it.len() < 30_000);
    let sample: Vec<PathBuf> = files(corpora).into_iter().filter(short).step_by(97).collect();
    check(&sample, &[20, 40, 72, 100]);
}

#[test]
#[ignore = "reads thousands of files: cargo test --release words:: -- --ignored"]
fn every_file_of_the_corpora_keeps_its_words() {
    let Some(corpora) = shared("corpora") else { return };
    check(&files(corpora), &[20, 40, 72, 100]);
}

#[test]
fn the_rich_page_keeps_its_words() {
    // the size of a picture is no word
    let text = &include_str!("rich.md").replace("|300]]", "]]");
    for columns in 12..=120 {
        assert_eq!(wrong(text, &owed(text), columns), None);
    }
}

#[test]
fn a_word_that_is_lost_is_seen() {
    assert!(wrong("some words <div hidden>", &owed("some words and more"), 40).is_some());
}

/// An example of a specification: Markdown, and the HTML that it is.
struct Example {
    name: String,
    markdown: String,
    html: String,
}

/// The examples of the specifications of `CommonMark` and GFM and of their extensions, as the Markdown parser's own
/// tests ship them (under its licence, MIT; the specifications are CC-BY-SA 4.0). They are read from cargo's
/// folder, where the parser's source stands whenever this can be built from the registry.
fn examples() -> Vec<Example> {
    let home = std::env::var_os("CARGO_HOME").map(PathBuf::from);
    let home = home.or_else(|| std::env::var_os("HOME").map(|home| Path::new(&home).join(".cargo")));
    let registries = home.and_then(|home| std::fs::read_dir(home.join("registry/src")).ok());
    let crates =
        registries.into_iter().flatten().flatten().filter_map(|it| std::fs::read_dir(it.path()).ok());
    let is_parser = |name: &str| name.starts_with("pulldown-cmark-0.13");
    let mut found: Vec<PathBuf> = crates
        .flat_map(|folder| folder.flatten().map(|it| it.path()))
        .filter(|path| path.file_name().and_then(|name| name.to_str()).is_some_and(is_parser))
        .collect();
    found.sort();
    let mut examples = Vec::new();
    for file in
        ["spec", "gfm_table", "gfm_strikethrough", "gfm_tasklist", "table", "footnotes", "definition_lists"]
            .into_iter()
            .chain(["wikilinks", "math", "blockquotes_tags", "regression", "strikethrough", "heading_attrs"])
    {
        let path = found.last().map(|folder| folder.join(format!("tests/suite/{file}.rs")));
        let text = path.and_then(|path| std::fs::read_to_string(path).ok()).unwrap_or_default();
        let raw = |part: &str, key: &str| {
            let (_, rest) = part.split_once(&format!("let {key} = r##\""))?;
            Some(rest.split_once("\"##;")?.0.to_owned())
        };
        for (index, part) in text.split("#[test]").skip(1).enumerate() {
            if let (Some(markdown), Some(html)) = (raw(part, "original"), raw(part, "expected")) {
                examples.push(Example { name: format!("{file} {}", index + 1), markdown, html });
            }
        }
    }
    if examples.is_empty() {
        eprintln!("skipped: the parser's source is not in cargo's registry folder");
    }
    examples
}

/// Examples of what we read otherwise, and why. All else in the specifications holds word for word.
const OTHERWISE: &[(&str, &str)] = &[];

#[test]
fn every_example_of_the_specifications_keeps_its_words() {
    let mut lost = Vec::new();
    let all = examples();
    for example in &all {
        let specified = example.name.starts_with("spec ") || example.name.starts_with("gfm_");
        let owed = if specified { owed_by_html(&example.html) } else { Count::new() };
        for columns in [12, 20, 40, 72, 100] {
            if OTHERWISE.iter().any(|(name, _)| *name == example.name) {
                continue;
            }
            let found = wrong(&example.markdown, &owed, columns);
            lost.extend(found.map(|it| format!("{}: {it}\n{}\n", example.name, example.markdown)));
        }
        let found = wrong_copy(&example.markdown, &owed);
        lost.extend(found.map(|it| format!("{}: {it}\n{}\n", example.name, example.markdown)));
    }
    eprintln!("{} examples, {} wrong", all.len(), lost.len());
    assert!(lost.is_empty(), "{} wrong:\n{}", lost.len(), lost.join("\n"));
}

/// The words of what an example should become, with those of its pictures.
fn owed_by_html(html: &str) -> Count {
    let mut words = Count::new();
    // a tag within a word does not part it
    let joined =
        html.replace("<em>", "").replace("</em>", "").replace("<strong>", "").replace("</strong>", "");
    count(&between_tags(&joined), &mut words);
    words
}

/// The examples of `CommonMark` that show a construct, or where a reader could be misled: by their numbers.
const CHOSEN: [usize; 80] = [
    4, 6, 9, 12, 16, 25, 37, 43, 57, 62, 64, 65, 71, 80, 81, 92, 95, 96, 107, 108, 119, 124, 128, 142, 148,
    152, 169, 170, 177, 188, 192, 204, 217, 222, 227, 228, 232, 234, 248, 252, 254, 263, 266, 278, 285, 292,
    294, 298, 304, 306, 308, 318, 320, 324, 326, 327, 340, 354, 356, 394, 405, 418, 460, 483, 496, 506, 517,
    518, 527, 540, 572, 581, 588, 594, 604, 611, 613, 627, 633, 639,
];

#[test]
fn a_hundred_examples_read_as_they_should() {
    let all = examples();
    if all.is_empty() {
        return;
    }
    let numbers = CHOSEN.map(|number| format!("spec {number}"));
    let mut chosen: Vec<&Example> = all.iter().filter(|it| numbers.contains(&it.name)).collect();
    chosen.extend(all.iter().filter(|it| it.name.starts_with("gfm_")));
    chosen.extend(all.iter().filter(|it| it.name.starts_with("footnotes ")));
    chosen.truncate(100);
    assert_eq!(chosen.len(), 100);
    let shown: Vec<String> = chosen
        .iter()
        .map(|example| {
            let layout = Layout::new(&parse(&example.markdown), 40);
            let rows: Vec<String> = layout.lines.iter().map(Line::text).collect();
            format!("━━ {}\n{}\n── reads\n{}\n", example.name, example.markdown.trim_end(), rows.join("\n"))
        })
        .collect();
    insta::assert_snapshot!("specifications", shown.concat().replace('\t', "→"));
}
