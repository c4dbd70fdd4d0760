//! Nothing goes round the one door: `text::clean` stands between what is foreign and every place where it shows.
//!
//! The types hold most of it (a `Text` is made only by cleaning); what they cannot see is held here, by reading
//! the source: ways to print, to draw and to turn paths into words stand only where they are known to be safe.

use std::fs;
use std::path::Path;

/// A way round, and the files that may use it, each for the reason beside it.
const WAYS: [(&str, &[&str]); 24] = [
    // what draws a string as it is
    ("Span::raw", &[]),
    ("Line::raw", &[]),
    ("Text::raw", &[]),
    ("Paragraph::new", &[]),
    ("set_string", &["tui/view/paint.rs"]),
    ("set_stringn", &["tui/view/paint.rs"]),
    ("set_symbol", &["tui/view/paint.rs", "tui/terminal.rs", "tui/front.rs"]), // texts, or what is no text made one
    ("set_span", &[]),
    ("set_line", &[]),
    ("SetTitle", &["tui/terminal.rs"]),
    // what prints
    ("println!", &[]),
    ("print!", &[]),
    ("eprint!", &[]),
    ("eprintln!", &["tui/terminal.rs"]), // the words of a fault, cleaned
    ("dbg!", &[]),
    (
        "stdout()",
        &[
            "main.rs",
            "tui.rs",
            "tui/terminal.rs",
            "cli/ansi.rs",
            "cli/show.rs",
            "cli/search.rs",
            "cli/list.rs",
        ],
    ), // opened, asked, never written past `out`
    ("stderr()", &["main.rs", "cli.rs", "cli/search.rs"]), // errors, which are texts, and the words of a fault
    // what makes a `Text` without cleaning, or goes round its type
    ("from_utf8_unchecked", &[]),
    ("transmute", &[]),
    // what reaches outside
    ("std::net", &[]),
    ("TcpStream", &[]),
    ("UdpSocket", &[]),
    ("UnixStream", &[]),
    ("Command::new", &["tui/outside.rs", "tui/pipe.rs"]), // the editor, the opener, a command that was typed
];

fn sources() -> Vec<(String, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut waiting = vec![root.clone()];
    let mut found = Vec::new();
    while let Some(folder) = waiting.pop() {
        for path in fs::read_dir(folder).expect("src can be read").flatten().map(|it| it.path()) {
            if path.is_dir() {
                waiting.push(path);
            } else if path.file_name().is_some_and(|it| it != "tests.rs") {
                found.push((name(&root, &path), code(&path)));
            }
        }
    }
    found
}

fn name(root: &Path, path: &Path) -> String {
    path.strip_prefix(root).expect("below src").to_string_lossy().replace('\\', "/")
}

/// The code of a file without its comments and without its tests.
fn code(path: &Path) -> String {
    let text = fs::read_to_string(path).expect("source is UTF-8");
    let text = text.split("#[cfg(test)]\nmod tests").next().unwrap_or_default();
    text.lines().map(|line| line.split("// ").next().unwrap_or_default()).collect::<Vec<_>>().join("\n")
}

/// Whether `way` stands in `code` as a whole word.
fn stands(code: &str, way: &str) -> bool {
    code.match_indices(way).any(|(at, _)| {
        let before = code.get(..at).and_then(|it| it.chars().next_back());
        let after = code.get(at + way.len()..).and_then(|it| it.chars().next());
        let part = |c: char| c.is_alphanumeric() || c == '_';
        !(before.is_some_and(part) || after.is_some_and(part) && way.ends_with(part))
    })
}

#[test]
fn every_way_round_the_door_is_closed() {
    let mut wrong = Vec::new();
    for (file, code) in sources() {
        for (way, homes) in WAYS {
            if stands(&code, way) && !homes.contains(&file.as_str()) {
                wrong.push(format!("src/{file} says `{way}`"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// What makes words of a path or of bytes, which are cleaned in the same expression.
const FOREIGN: [&str; 3] = [".to_string_lossy()", ".display()", "from_utf8_lossy("];

/// Files in which such words go on to be cleaned as a whole: as the name of a place, or as text to parse.
const CLEANED_LATER: [&str; 16] = [
    "library/folder.rs",         // Place::file cleans
    "library/folder/walk.rs",    // Place::file cleans
    "library/body.rs",           // parsed, then cleaned word by word
    "library/catalogue/read.rs", // parsed
    "library/front.rs",          // parsed
    "library/front/embedded.rs",
    "library/indexes.rs",        // parsed
    "library/follow.rs",         // compared with known paths only
    "document/target.rs",        // a target, cleaned when it is shown
    "document/parse/builder.rs", // Text::line in the same statement
    "cli/choice.rs",             // Text::line, or standard input, parsed
    "cli/init.rs",               // Text::line in the statements below
    "tui/outside.rs",            // compared with known editors
    "search/counts.rs",          // Text::line where it is counted
    "search/home.rs",            // compared with the index, never shown
    "reading/state.rs",          // Text::line in the statement below
];

#[test]
fn foreign_words_are_cleaned_where_they_are_made() {
    let mut wrong = Vec::new();
    for (file, code) in sources() {
        if CLEANED_LATER.contains(&file.as_str()) {
            continue;
        }
        for statement in code.split([';', '{', '}']).filter(|it| FOREIGN.iter().any(|way| it.contains(way))) {
            // A `format!` is cut at its braces; then the start of the statement stands before.
            let cleaned = code.find(statement).and_then(|at| code.get(..at + statement.len()));
            let near =
                cleaned.map(|it| it.chars().rev().take(statement.chars().count() + 120).collect::<String>());
            let near: String = near.unwrap_or_default().chars().rev().collect();
            if !["Text::line", "Text::new", "clean("].iter().any(|door| near.contains(door)) {
                wrong.push(format!("src/{file}: {}", statement.trim()));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn a_text_is_made_only_by_cleaning() {
    let text = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("src/text.rs")).unwrap();
    let code = text.split("#[cfg(test)]").next().unwrap_or_default();
    assert!(code.contains("pub struct Text(Arc<str>);"), "its string is private");
    assert!(!code.contains("derive(Clone, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize"));
    let made: Vec<&str> = code.lines().filter(|line| line.contains("Self(")).map(str::trim).collect();
    let known = [
        "Self(clean(raw).into())",
        "Self(line.into())",
        "Cow::Borrowed(_) => Self(raw.into()),",
        "Cow::Owned(cleaned) => Self(cleaned.into()),",
    ];
    assert!(made.iter().all(|line| known.contains(line)), "{made:?}");
    assert!(!code.contains("DerefMut") && !code.contains("fn as_mut"));
}
