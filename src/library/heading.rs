//! What a text itself shows of its title: the first heading, or the words of the file's name.

use crate::date::Date;
use crate::text::fold;

/// Bytes of a heading that are read as a title.
const LONGEST: usize = 1000;

/// Letters of an acronym; longer words in capitals are names such as README, which say nothing.
const ACRONYM: usize = 5;

/// A heading at the start of a file.
struct Heading<'a> {
    level: usize,
    text: &'a str,
    /// Whether nothing that is read stands before it.
    leads: bool,
}

/// The heading that is the title of `text`, plain. A file whose name is written as people write titles
/// keeps it, unless a first heading that leads the text says more of the same: `Meeting 44` and
/// `Core Developers Meeting 44`, but not `Engines` and `Types`.
pub fn title(text: &str, name: &str) -> Option<String> {
    let headings = headings(text);
    let leading = headings.first().filter(|first| first.leads);
    let alone = |level| headings.iter().filter(|heading| heading.level == level).count() == 1;
    let chosen = if is_title(name) {
        leading.filter(|first| first.level == 1 && says_more(first.text, name, alone(1)))
    } else {
        let first = headings.iter().find(|heading| heading.level == 1);
        first.or(leading.filter(|first| alone(first.level)))
    };
    chosen.map(|heading| plain(heading.text)).filter(|title| !title.trim().is_empty())
}

/// Whether a name is written as titles are: with spaces, with capitals within, or as a short acronym.
fn is_title(name: &str) -> bool {
    let capital = name.contains(char::is_uppercase) && !name.contains('_');
    name.contains(' ') || capital && (name.contains(char::is_lowercase) || name.len() <= ACRONYM)
}

/// Whether a heading has all words of a name; one of them is enough where it is the text's only one.
fn says_more(heading: &str, name: &str, alone: bool) -> bool {
    let (heading, name) = (fold(heading), fold(name));
    let words = |text: &'_ str| -> Vec<String> {
        let words = text.split(|c: char| !c.is_alphanumeric());
        words.filter(|word| !word.is_empty()).map(str::to_owned).collect()
    };
    let known = words(&heading);
    let mut wanted = words(&name).into_iter();
    if alone {
        wanted.any(|word| word.len() > 2 && known.contains(&word))
    } else {
        wanted.all(|word| known.contains(&word))
    }
}

fn headings(text: &str) -> Vec<Heading<'_>> {
    let mut found = Vec::new();
    let mut fence: Option<&str> = None;
    let mut comment = false;
    let mut leads = true;
    let mut paragraph: Option<(&str, bool)> = None;
    for line in text.lines() {
        let trimmed = line.trim();
        if let Some(mark) = fence {
            fence = Some(mark).filter(|mark| !trimmed.starts_with(mark));
            continue;
        }
        if comment || trimmed.starts_with("<!--") {
            comment = !trimmed.contains("-->");
            continue;
        }
        if let Some((heading, leads)) = paragraph.filter(|_| underlines(trimmed)) {
            let level = if trimmed.starts_with('=') { 1 } else { 2 };
            found.push(Heading { level, text: heading, leads });
            paragraph = None;
            continue;
        }
        if let Some(mark) = ["```", "~~~"].into_iter().find(|mark| trimmed.starts_with(mark)) {
            fence = Some(mark);
        }
        let level = trimmed.bytes().take_while(|byte| *byte == b'#').count();
        let rest = trimmed.get(level..).unwrap_or_default();
        if (1..=6).contains(&level) && rest.starts_with([' ', '\t']) && !line.starts_with("    ") {
            found.push(Heading { level, text: rest.trim_matches(['#', ' ', '\t']), leads });
            (leads, paragraph) = (false, None);
        } else if trimmed.is_empty() {
            paragraph = None;
        } else {
            let quiet = trimmed.starts_with(['<', '!']) || trimmed.starts_with("[!");
            paragraph = paragraph.map_or(Some((trimmed, leads)), |_| None).filter(|_| !quiet);
            leads &= quiet;
        }
    }
    found
}

/// Whether a line makes a heading of the one above it.
fn underlines(line: &str) -> bool {
    line.len() >= 3 && (line.bytes().all(|byte| byte == b'=') || line.bytes().all(|byte| byte == b'-'))
}

/// A heading without its markup: links and emphasis leave their words, comments and tags nothing.
pub fn plain(heading: &str) -> String {
    let mut words = String::with_capacity(heading.len());
    let mut rest = heading.get(..heading.floor_char_boundary(LONGEST)).unwrap_or_default();
    while let Some(c) = rest.chars().next() {
        rest = rest.get(c.len_utf8()..).unwrap_or_default();
        let before = words.chars().next_back();
        match c {
            '\\' if rest.starts_with(|c: char| c.is_ascii_punctuation()) => {
                words.extend(rest.chars().next());
                rest = rest.get(1..).unwrap_or_default();
            }
            '<' if rest.starts_with("!--") => rest = rest.split_once("-->").map_or("", |split| split.1),
            '<' if rest.starts_with(|c: char| c.is_ascii_alphabetic() || c == '/') && rest.contains('>') => {
                rest = rest.split_once('>').map_or("", |split| split.1);
            }
            '{' if rest.starts_with(['#', '.', ':']) && rest.ends_with('}') => rest = "",
            '!' if rest.starts_with('[') => {}
            '[' => {
                let (text, after) = link(rest);
                words.push_str(&text);
                rest = after;
            }
            '*' | '`' => {}
            '~' if rest.starts_with('~') => rest = rest.get(1..).unwrap_or_default(),
            '_' if before.is_none_or(|c| !c.is_alphanumeric())
                || rest.chars().next().is_none_or(|c| !c.is_alphanumeric() && c != '_') => {}
            c => words.push(c),
        }
    }
    let words = words.replace("&amp;", "&").replace("&nbsp;", " ").replace("&quot;", "\"");
    words.trim().to_owned()
}

/// The words of what stands after a `[`, and what comes after the link; `rest` itself if it is no link.
fn link(rest: &str) -> (String, &str) {
    if let Some((name, after)) = rest.strip_prefix('[').and_then(|rest| rest.split_once("]]")) {
        return (name.rsplit('|').next().unwrap_or(name).to_owned(), after);
    }
    let mut depth = 1_usize;
    let end = rest.char_indices().find(|(_, c)| {
        depth = match c {
            '[' => depth + 1,
            ']' => depth - 1,
            _ => depth,
        };
        depth == 0
    });
    let Some((end, _)) = end else { return ("[".to_owned(), rest) };
    let (text, after) = (rest.get(..end).unwrap_or_default(), rest.get(end + 1..).unwrap_or_default());
    let close = match after.chars().next() {
        Some('(') => ')',
        Some('[') => ']',
        _ => return (format!("[{text}]"), after),
    };
    match after.split_once(close) {
        Some((_, after)) => (text.replace(['*', '`', '[', ']'], ""), after),
        None => (text.to_owned(), after),
    }
}

/// The date that starts a file's name, and what stands after it: `2025-04-09-hearing-note`.
pub fn dated(stem: &str) -> Option<(Date, &str)> {
    [10, 8].into_iter().find_map(|length| {
        let (date, rest) = stem.split_at_checked(length)?;
        let apart = rest.is_empty() || rest.starts_with(['-', '_', ' ', '.']);
        let date = Date::parse(date).filter(|date| apart && date.earliest == date.latest)?;
        Some((date, rest.trim_start_matches(['-', '_', ' ', '.'])))
    })
}

/// A file's or folder's name as a title. One with spaces or capitals is one already; else `-` and `_` part
/// its words, a date before them goes, and the first letter is raised.
pub fn words(stem: &str) -> String {
    if stem.contains(' ') {
        return stem.to_owned();
    }
    let name = match dated(stem) {
        Some((_, "")) => return stem.to_owned(),
        Some((_, rest)) => rest,
        None => stem,
    };
    let spaced = name.replace('_', " ");
    let spaced = if name.contains(char::is_uppercase) { spaced } else { spaced.replace('-', " ") };
    let mut letters = spaced.trim().chars();
    match letters.next() {
        Some(first) if !name.contains(char::is_uppercase) => first.to_uppercase().chain(letters).collect(),
        Some(_) => spaced.trim().to_owned(),
        None => stem.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_heading_is_the_title_where_it_is_one() {
        for (text, name, title) in [
            ("# One\n\ntext", "one", "One"),
            ("text\n\n# One", "one", "One"),
            ("One\n===\n", "one", "One"),
            ("```\n# no\n```\n# Yes", "one", "Yes"),
            ("<!-- # no -->\n# Yes", "one", "Yes"),
            ("## Alone\n\ntext", "one", "Alone"),
            ("## First\n\n## Second", "one", "-"),
            ("#tag\n\ntext", "one", "-"),
            (
                "# Execution Layer Meeting 165 <!-- omit in toc -->",
                "Meeting 165",
                "Execution Layer Meeting 165",
            ),
            ("text\n# The Chat", "Asking about religion", "-"),
            ("# In one\n# In other", "My note", "-"),
            ("# Types", "Engines", "-"),
            ("# Contributing here", "CONTRIBUTING", "Contributing here"),
            ("a paragraph\nof two lines\n---\n", "one", "-"),
            ("# ", "one", "-"),
        ] {
            assert_eq!(super::title(text, name).as_deref().unwrap_or("-"), title, "{text}");
        }
    }

    #[test]
    fn a_title_has_no_markup() {
        for (heading, words) in [
            ("**Bold** and *thin* `code`", "Bold and thin code"),
            ("[A link](https://example.org/a_b) after", "A link after"),
            ("[[Note|shown]] and [[Other]]", "shown and Other"),
            ("snake_case stays, _this_ goes", "snake_case stays, this goes"),
            ("Title {#anchor}", "Title"),
            ("![logo](x.png) Name", "logo Name"),
            ("a \\* b &amp; c", "a * b & c"),
            ("[draft] Plan", "[draft] Plan"),
            ("<span>Hi</span> 3 < 4", "Hi 3 < 4"),
        ] {
            assert_eq!(plain(heading), words);
        }
    }

    #[test]
    fn the_words_of_a_name_make_a_title() {
        for (stem, title) in [
            ("2025-04-09-hearing-note", "Hearing note"),
            ("20250409_note", "Note"),
            ("Bat Kol", "Bat Kol"),
            ("2025-04-09 Call with X", "2025-04-09 Call with X"),
            ("Account-Abstraction", "Account-Abstraction"),
            ("CommunityCall_03", "CommunityCall 03"),
            ("2025-04-09", "2025-04-09"),
            ("wang-open-letter", "Wang open letter"),
            ("---", "---"),
        ] {
            assert_eq!(words(stem), title);
        }
    }

    proptest::proptest! {
        #[test]
        fn no_text_makes_it_panic(text in "[#\\[\\](){}<>!`~*_\\\\a-z\n é=|-]{0,80}") {
            let _ = (title(&text, "x"), plain(&text), words(&text), dated(&text));
        }
    }
}
