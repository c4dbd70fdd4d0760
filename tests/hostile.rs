//! Hostile libraries, one for each class of trouble: each loads, nothing of it acts, nothing outside is read.
//!
//! The cases are made here and run through the program as a reader would: its problems, its lists, every page
//! and the export. A case that once went wrong stays.
#![allow(clippy::unwrap_used, reason = "a test ends where its setting up fails")]

mod cases;
mod drawn;
mod long;
mod masses;
mod places;

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use crate::shared::shared;
use cases::{Case, Place, SECRET};

/// A character that acts on a terminal or hides: none may be in any output.
fn acts(c: char) -> bool {
    matches!(c, '\0'..='\u{9}' | '\u{b}'..='\u{1f}' | '\u{7f}'..='\u{9f}')
        || matches!(c, '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}' | '\u{200e}' | '\u{200f}')
        || matches!(c, '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}')
        || matches!(c, '\u{e0000}'..='\u{e007f}' | '\u{fdd0}'..='\u{fdef}' | '\u{3164}' | '\u{115f}')
        || u32::from(c) & 0xfffe == 0xfffe
}

/// The most marks on one character that may be printed.
const MARKS: usize = 8;

fn is_mark(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}')
}

fn run(library: &Path, home: &Path, arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_dossier"));
    command.arg("-L").arg(library).args(arguments).env("HOME", home).env_remove("DOSSIER_LIBRARY");
    for name in ["XDG_STATE_HOME", "XDG_CACHE_HOME", "XDG_CONFIG_HOME"] {
        command.env(name, home);
    }
    command.output().unwrap()
}

/// What a command printed, held against what no command may print.
fn checked(case: &Case, arguments: &[&str], output: &Output) -> String {
    let label = format!("{} {arguments:?}", case.name);
    let code = output.status.code();
    assert!(
        matches!(code, Some(0..=2)),
        "{label}: {} {}",
        output.status,
        String::from_utf8_lossy(&output.stderr)
    );
    let mut all = String::new();
    for bytes in [&output.stdout, &output.stderr] {
        let text = std::str::from_utf8(bytes).unwrap_or_else(|error| panic!("{label}: {error}"));
        let found: String = text.chars().skip_while(|c| !acts(*c)).take(20).collect();
        assert!(found.is_empty(), "{label}: {found:?}");
        let mut run = 0;
        for c in text.chars() {
            run = if is_mark(c) { run + 1 } else { 0 };
            assert!(run <= MARKS, "{label}: a flood of marks");
        }
        assert!(!text.contains("fault of its own") && !text.contains("panicked"), "{label}: {text}");
        assert!(!text.contains(SECRET), "{label}: shows what is outside");
        all.push_str(text);
    }
    all
}

/// Whether a page of HTML does anything but show: it holds no element that runs or fetches, and no such address.
fn runs(html: &str) -> bool {
    let lower = html.to_lowercase();
    let elements = ["<script", "<img", "<svg", "<iframe", "<object", "<link", "<base", "<form"];
    let tags = lower.split('<').skip(1).filter_map(|it| it.split('>').next());
    elements.iter().any(|it| lower.contains(it))
        || tags
            .into_iter()
            .any(|tag| tag.contains(" on") || tag.contains("javascript:") || tag.contains("data:"))
}

/// The addresses in a list that was printed as JSON.
fn addresses(json: &str) -> Vec<String> {
    let rows: serde_json::Value = serde_json::from_str(json).unwrap_or_default();
    let rows = rows.as_array().cloned().unwrap_or_default();
    rows.iter().filter_map(|row| row.get("address")?.as_str().map(str::to_owned)).collect()
}

const KINDS: [&str; 7] = ["briefings", "actors", "topics", "claims", "events", "sources", "terms"];

fn pass(case: &Case) {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir(folder.path().join("outside")).unwrap();
    for name in ["secret.md", "secret.yaml"] {
        fs::write(folder.path().join("outside").join(name), format!("# {SECRET}\n\n{SECRET}\n")).unwrap();
    }
    let (library, home) = (folder.path().join("library"), folder.path().join("home"));
    fs::create_dir_all(library.join("briefings")).unwrap();
    fs::write(library.join("briefings/good.md"), "# Good\n\nALWAYS-READABLE\n").unwrap();
    (case.make)(&Place(&library));
    let said = |arguments: &[&str]| checked(case, arguments, &run(&library, &home, arguments));
    let problems = said(&["check"]);
    let mut all = problems.clone() + &said(&["check", "--json"]);
    let mut pages = vec!["briefing:good".to_owned()];
    for kind in KINDS {
        all += &said(&["list", kind]);
        pages.extend(addresses(&said(&["list", kind, "--json"])).into_iter().take(12));
    }
    let fixed = ["home", "briefings", "actors", "topics", "timeline", "problems"].map(str::to_owned);
    let words: Vec<&str> =
        ["show", "--"].into_iter().chain(fixed.iter().chain(&pages).map(String::as_str)).collect();
    all += &said(&words);
    let words: Vec<&str> = ["export", "--"].into_iter().chain(pages.iter().map(String::as_str)).collect();
    all += &said(&words);
    for page in pages.iter().take(2) {
        all += &said(&["links", "--", page]);
        said(&["links", "--json", "--", page]);
        said(&["show", "--json", "--", page]);
    }
    for form in
        [&["--format", "html"][..], &["--format", "markdown"], &["--format", "json"], &["--ascii", "--mail"]]
    {
        let first = pages.iter().take(6).map(String::as_str);
        let words: Vec<&str> =
            ["export"].into_iter().chain(form.iter().copied()).chain(["--"]).chain(first).collect();
        let text = said(&words);
        assert!(form.get(1) != Some(&"html") || !runs(&text), "{}: HTML that runs", case.name);
    }
    for query in ["seen OR after OR readable", "title:x* OR actor:x*", "date:..2030"] {
        said(&["search", query]);
        said(&["search", "--json", query]);
        said(&["list", "briefings", query]);
    }
    drawn::drawn(case.name, &library);
    assert!(all.contains("ALWAYS-READABLE"), "{}: the good briefing is gone\n{all}", case.name);
    // What is read may be broken over lines anywhere.
    let squeezed: String = all.split_whitespace().collect();
    for words in case.shows {
        let words: String = words.split_whitespace().collect();
        assert!(squeezed.contains(&words), "{}: does not show {words}\n{all}", case.name);
    }
    for words in case.says {
        assert!(problems.contains(words), "{}: check does not say `{words}`\n{problems}", case.name);
    }
}

/// Words that mean harm as what is typed on the command line.
#[test]
fn what_is_typed_acts_no_more_than_what_is_read() {
    let case = Case { name: "arguments", make: |_| (), shows: &[], says: &[] };
    let folder = tempfile::tempdir().unwrap();
    let library = folder.path().join("a\u{1b}]0;t\u{7}\u{202e}b\u{9b}");
    fs::create_dir_all(&library).unwrap();
    fs::write(library.join("x.md"), "# x\n\nx\n").unwrap();
    let odd = [
        cases::ACTS,
        "briefing:\u{1b}[2J",
        "\u{202e}x:y",
        "--\u{9b}31m",
        "x#\u{7}",
        "../../etc/passwd",
        "\u{3164}",
    ];
    for words in odd {
        for command in ["show", "export", "links", "search", "list", "check", "new", "completions", "nothing"]
        {
            for arguments in
                [&[command, words][..], &[command, "briefings", words], &[command, "--json", words]]
            {
                checked(&case, arguments, &run(&library, folder.path(), arguments));
            }
        }
        let elsewhere = folder.path().join(words.replace('/', "_"));
        checked(&case, &["check"], &run(&elsewhere, folder.path(), &["check"]));
    }
    fs::write(
        folder.path().join("config.toml"),
        format!("library = {}\n{} = 1\n", cases::quoted(cases::ACTS), cases::quoted(cases::ACTS)),
    )
    .unwrap();
    let mut command = Command::new(env!("CARGO_BIN_EXE_dossier"));
    command
        .args(["list"])
        .current_dir(folder.path())
        .env("HOME", folder.path())
        .env("XDG_CONFIG_HOME", folder.path());
    fs::create_dir_all(folder.path().join("dossier")).unwrap();
    fs::rename(folder.path().join("config.toml"), folder.path().join("dossier/config.toml")).unwrap();
    checked(&case, &["list"], &command.output().unwrap());
}

/// Writes every case into the folder that `DOSSIER_CASES` names, for programs that measure.
#[test]
fn every_case_is_written_where_it_is_asked_for() {
    let Some(folder) = std::env::var_os("DOSSIER_CASES").map(std::path::PathBuf::from) else { return };
    fs::create_dir_all(folder.join("outside")).unwrap();
    for case in cases::all() {
        let library = folder.join(case.name);
        fs::create_dir_all(library.join("briefings")).unwrap();
        fs::write(library.join("briefings/good.md"), "# Good\n\nALWAYS-READABLE\n").unwrap();
        (case.make)(&Place(&library));
    }
}

fn group(from: usize) {
    let cases = cases::all();
    let failed: Vec<&str> = cases
        .iter()
        .skip(from)
        .step_by(4)
        .filter(|case| std::panic::catch_unwind(|| pass(case)).is_err())
        .map(|case| case.name)
        .collect();
    assert!(failed.is_empty(), "{failed:?}");
}

#[test]
fn every_fourth_case_passes_from_the_first() {
    group(0);
}

#[test]
fn every_fourth_case_passes_from_the_second() {
    group(1);
}

#[test]
fn every_fourth_case_passes_from_the_third() {
    group(2);
}

#[test]
fn every_fourth_case_passes_from_the_fourth() {
    group(3);
}

#[test]
fn the_corpus_of_all_classes_passes_where_it_is() {
    let Some(corpus) = shared("hostile") else { return };
    if std::env::var_os("DOSSIER_HOSTILE").is_none() {
        eprintln!("skipped: some minutes; DOSSIER_HOSTILE asks for them");
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let python = |arguments: &[&std::ffi::OsStr]| {
        let output = Command::new("python3").args(arguments).output().unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stdout));
    };
    let (make, schema) = (corpus.join("make.py"), corpus.join("schema.json"));
    python(&[make.as_ref(), folder.path().as_ref(), "--schema".as_ref(), schema.as_ref()]);
    python(&[corpus.join("run.py").as_ref(), folder.path().as_ref(), env!("CARGO_BIN_EXE_dossier").as_ref()]);
}
