//! The program as a script sees it: what is printed, where, and the exit code.
//!
//! Most cases are transcripts (`$ dossier …`, output, exit code) of a small library in `tests/fixtures/desk`.

#![allow(clippy::unwrap_used, reason = "a test ends where its setting up fails")]

use std::ffi::OsStr;
use std::fs;
use std::io::{Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use assert_cmd::prelude::*;
use serde_json::Value;

/// The program, seeing nothing of the settings of whoever runs the tests.
fn dossier(folder: impl AsRef<Path>) -> Command {
    let nowhere = std::env::temp_dir().join("dossier-tests-no-such-home");
    let mut command = Command::cargo_bin("dossier").unwrap();
    command.current_dir(folder).stdin(Stdio::null()).env("XDG_CONFIG_HOME", &nowhere).env("HOME", &nowhere);
    for name in ["DOSSIER_LIBRARY", "NO_COLOR", "COLUMNS"] {
        command.env_remove(name);
    }
    command
}

fn repository() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn desk() -> PathBuf {
    repository().join("tests/fixtures/desk")
}

fn run(folder: impl AsRef<Path>, words: &[&str]) -> Output {
    dossier(folder).args(words).output().unwrap()
}

fn out(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).unwrap()
}

fn err(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).unwrap()
}

fn json(output: &Output) -> Value {
    serde_json::from_slice(&output.stdout).unwrap()
}

/// What a terminal shows when these lines are typed one after the other in `folder`.
fn transcript(folder: impl AsRef<Path>, lines: &[&str]) -> String {
    let typed = |line: &&str| {
        let words: Vec<&str> = line.split_whitespace().skip(1).collect();
        let output = run(&folder, &words);
        let code = match output.status.code().unwrap() {
            0 => String::new(),
            code => format!("[exit {code}]\n"),
        };
        format!("$ {line}\n{}{}{code}\n", out(&output), err(&output))
    };
    lines.iter().map(typed).collect()
}

/// A folder with these files.
fn folder(files: &[(&str, &str)]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (name, text) in files {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    folder
}

fn piped(command: &mut Command, input: &str) -> Output {
    let mut child =
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    child.stdin.take().unwrap().write_all(input.as_bytes()).unwrap();
    child.wait_with_output().unwrap()
}

#[test]
fn briefings_are_listed_by_what_a_query_asks_for_and_words_stand_in_titles() {
    let listed = |query: &[&str]| {
        let output = run(desk(), &[&["list", "briefings"], query].concat());
        let lines = out(&output).lines().map(|it| it.split_whitespace().next().unwrap().to_owned()).collect();
        (output.status.code().unwrap(), lines)
    };
    let (_, all): (_, Vec<String>) = listed(&[]);
    let (_, kind) = listed(&["--", "-kind:nothing-like-it"]);
    assert_eq!(kind, all, "in the order of the list");
    let (_, since) = listed(&["after:2025-01"]);
    let (_, before) = listed(&["before:2025-01"]);
    let (_, undated) = listed(&["--", "-after:0001"]);
    assert_eq!(since.len() + before.len() + undated.len(), all.len());
    assert_eq!(listed(&["kind:nothing-like-it"]), (1, Vec::new()));
    let (_, shore) = listed(&["shore"]);
    let (_, searched) = listed(&["\"shore\""]);
    assert!(shore.iter().all(|it| searched.contains(it)), "{shore:?} {searched:?}");
}

#[test]
fn the_answers_to_a_query_are_a_page_like_any_other() {
    let shown = out(&run(desk(), &["show", "search:shore power"]));
    assert!(shown.contains("Search: shore power") && shown.contains("Narrow"), "{shown}");
    let exported = out(&run(desk(), &["export", "search:shore power"]));
    assert!(exported.contains("Search: shore power"), "{exported}");
    let json = json(&run(desk(), &["show", "--json", "search:shore power"]));
    assert_eq!(json["address"], "search:shore power");
    assert!(!json["results"].as_array().unwrap().is_empty());
    let nothing = out(&run(desk(), &["show", "search:shoore"]));
    assert!(nothing.contains("Nothing was found.") && nothing.contains("shoore~"), "{nothing}");
}

#[test]
fn list_prints_a_line_for_each_record() {
    insta::assert_snapshot!(transcript(
        desk(),
        &[
            "dossier list",
            "dossier list actors",
            "dossier list topics",
            "dossier list claims",
            "dossier list events",
            "dossier list sources",
            "dossier list glossary",
            "dossier list packets",
        ]
    ));
}

#[test]
fn list_finds_by_title_name_id_and_path_without_regard_to_case() {
    insta::assert_snapshot!(transcript(
        desk(),
        &[
            "dossier list briefings FERRIES shore",
            "dossier list actors ferries",
            "dossier list actors nordlyne",
            "dossier list briefings power/",
            "dossier list briefings nothing-like-it",
        ]
    ));
}

#[test]
fn a_kind_that_is_none_is_wrong_usage() {
    insta::assert_snapshot!(transcript(desk(), &["dossier list actros", "dossier list shore power"]));
}

#[test]
fn show_prints_the_page_between_its_markings() {
    insta::assert_snapshot!(transcript(desk(), &["dossier show power-offer --width 72"]));
}

#[test]
fn show_prints_one_section_of_a_page() {
    insta::assert_snapshot!(transcript(
        desk(),
        &["dossier show power-offer#what-to-do --width 72", "dossier show power-offer#what-to-dew"]
    ));
}

#[test]
fn a_word_is_looked_up_and_what_is_not_there_is_said_with_what_is_near() {
    insta::assert_snapshot!(transcript(
        desk(),
        &[
            "dossier show Lindqvists",
            "dossier show actor:nordlin",
            "dossier show topic:nordline",
            "dossier show twin",
            "dossier show zzzzzzzzzzzz",
            "dossier show timelin",
            "dossier show events",
            "dossier export power-offer nordlin",
        ]
    ));
}

#[test]
fn every_name_of_a_page_leads_to_it() {
    let page = out(&run(desk(), &["show", "actor:nordline"]));
    assert!(page.contains("Nordline"), "{page}");
    for word in ["nordline", "NORDLINE", "Nordline Ferries"] {
        assert_eq!(out(&run(desk(), &["show", word])), page, "{word}");
    }
    let briefing = out(&run(desk(), &["show", "briefing:power-offer"]));
    for word in
        ["power-offer.md", "power/power-offer.md", "./power/power-offer.md", "Shore power for the ferries"]
    {
        assert_eq!(out(&run(desk(), &["show", word])), briefing, "{word}");
    }
}

#[test]
fn the_library_may_be_named_before_or_after_the_commands_word_or_by_the_environment() {
    let listed = out(&run(desk(), &["list"]));
    assert!(!listed.is_empty());
    let path = desk();
    let path = path.to_str().unwrap();
    let elsewhere = tempfile::tempdir().unwrap();
    for words in
        [&["-L", path, "list"][..], &["list", "-L", path], &["list", "--library", path], &[path, "list"]]
    {
        assert_eq!(out(&run(&elsewhere, words)), listed, "{words:?}");
    }
    let named = dossier(&elsewhere).arg("list").env("DOSSIER_LIBRARY", path).output().unwrap();
    assert_eq!(out(&named), listed);
}

#[test]
fn the_configuration_file_names_the_library_that_nobody_named() {
    let home = folder(&[("dossier/config.yaml", &format!("library: {:?}\n", desk()))]);
    let elsewhere = tempfile::tempdir().unwrap();
    let listed =
        |config: &Path| dossier(&elsewhere).arg("list").env("XDG_CONFIG_HOME", config).output().unwrap();
    #[cfg(unix)]
    assert_eq!(out(&listed(home.path())), out(&run(desk(), &["list"])));
    let broken = folder(&[("dossier/config.yaml", "library: [\n")]);
    #[cfg(unix)]
    assert_eq!(listed(broken.path()).status.code(), Some(2));
    let _ = (home, broken, listed);
}

#[test]
fn a_library_that_is_not_there_is_said_with_exit_code_two() {
    insta::assert_snapshot!(transcript(
        desk(),
        &["dossier list -L nowhere", "dossier check -L nowhere", "dossier nowhere actor:nordline"]
    ));
}

#[test]
fn json_carries_the_formats_keys_and_where_each_record_stands() {
    let rows = json(&run(desk(), &["list", "briefings", "--json"]));
    let row = rows.as_array().unwrap().iter().find(|row| row["id"] == "power-offer").unwrap();
    for (key, value) in [
        ("address", "briefing:power-offer"),
        ("title", "Shore power for the ferries"),
        ("kind", "action-memo"),
        ("date", "2025-03-04"),
        ("path", "power/power-offer.md"),
        ("status", "cleared"),
        ("marking", "OFFICIAL"),
    ] {
        assert_eq!(row[key], value, "{key}");
    }
    assert_eq!(row["actors"], serde_json::json!(["actor:nordline", "actor:port-authority"]));
    assert_eq!(row["asks"][0]["recommended"], "Accept");
}

#[test]
fn every_kind_lists_as_json_with_the_same_first_keys() {
    for kind in ["briefings", "actors", "topics", "claims", "events", "sources", "glossary", "packets"] {
        let rows = json(&run(desk(), &["list", kind, "--json"]));
        for row in rows.as_array().unwrap() {
            for key in ["address", "title", "kind", "date", "path", "line", "id"] {
                assert!(row.get(key).is_some(), "{kind}: no {key} in {row}");
            }
        }
        assert!(!rows.as_array().unwrap().is_empty(), "{kind}");
    }
}

#[test]
fn the_json_of_a_page_says_what_it_links_to_and_what_links_to_it() {
    let actor = json(&run(desk(), &["show", "nordline", "--json"]));
    assert_eq!(actor["address"], "actor:nordline");
    let mentions = [("briefing:2025-02-20-call-with-nordline", 1), ("briefing:power-offer", 1)];
    let mentions = mentions.map(|(address, count)| serde_json::json!({"address": address, "count": count}));
    assert_eq!(actor["mentions"], serde_json::json!(mentions));
    let has = |key: &str, address: &str| actor[key].as_array().unwrap().iter().any(|it| it == address);
    assert!(has("links", "topic:shore-power"), "{actor}");
    assert!(has("linked_from", "briefing:power-offer"), "{actor}");
    assert!(json(&run(desk(), &["show", "timeline", "--json"]))["links"].is_array());
}

#[test]
fn a_list_that_finds_nothing_is_an_empty_array_and_exit_code_one() {
    let output = run(desk(), &["list", "briefings", "nothing-like-it", "--json"]);
    assert_eq!((json(&output), output.status.code()), (serde_json::json!([]), Some(1)));
}

#[test]
fn check_says_file_line_and_column_and_what_to_write() {
    let library = folder(&[
        (
            "index.yaml",
            "title: Desk\nbriefings:\n  - file: a.md\n    actors: [nordlin]\n    status: finall\n",
        ),
        ("actors.yaml", "- id: nordline\n  name: Nordline\n"),
        ("a.md", "# A\n"),
    ]);
    insta::assert_snapshot!(transcript(
        &library,
        &["dossier check", "dossier check --strict", "dossier check --json", "dossier check -L ."]
    ));
}

#[test]
fn warnings_fail_only_a_strict_check_and_errors_every_check() {
    let code = |library: &tempfile::TempDir, words: &[&str]| run(library, words).status.code();
    let doubtful =
        folder(&[("index.yaml", "briefings:\n  - file: a.md\n    date: someday\n"), ("a.md", "# A\n")]);
    assert_eq!(code(&doubtful, &["check"]), Some(0));
    assert_eq!(code(&doubtful, &["check", "--strict"]), Some(1));
    let wrong = folder(&[("index.yaml", "briefings: [\n"), ("a.md", "# A\n")]);
    assert_eq!(code(&wrong, &["check"]), Some(1));
}

#[test]
fn a_copy_leaves_out_what_helps_only_in_the_library_unless_it_is_to_be_whole() {
    let aids = ["Network: who appears with it", "(line ", "Named "];
    let has = |copy: &str| aids.iter().filter(|it| copy.contains(**it)).count();
    for form in [&[][..], &["--format", "markdown"], &["--format", "html"]] {
        let copy = |more: &[&str]| {
            out(&run(repository(), &[&["-L", "briefings", "export", "nvidia"], form, more].concat()))
        };
        assert_eq!((has(&copy(&[])), has(&copy(&["--whole"]))), (0, 3), "{form:?}");
        assert!(copy(&[]).contains("completely reliable"), "{form:?}");
    }
}

#[test]
fn the_copy_is_the_same_every_time_fits_its_width_and_carries_its_marking_first_and_last() {
    let copy = run(desk(), &["export", "power-offer", "nordline"]);
    assert_eq!(copy.status.code(), Some(0), "{}", err(&copy));
    assert_eq!(copy.stdout, run(desk(), &["export", "power-offer", "nordline"]).stdout);
    assert_copy(&out(&copy), "OFFICIAL");
}

/// What holds for every copy without `--pages`.
fn assert_copy(copy: &str, marking: &str) {
    let lines: Vec<&str> = copy.lines().collect();
    assert_eq!(lines.first().map(|it| it.trim()), Some(marking));
    assert_eq!(lines.last().map(|it| it.trim()), Some(marking));
    assert!(copy.ends_with('\n'));
    for line in lines {
        assert_eq!(line, line.trim_end());
        assert!(!line.chars().any(char::is_control), "{line:?}");
        assert!(dossier::text::width(line) <= 72 || line.contains("://"), "{line}");
    }
}

#[test]
fn the_copy_goes_into_a_file_once_and_over_it_only_by_force() {
    let place = tempfile::tempdir().unwrap();
    let copy = place.path().join("copy.txt");
    let export = |more: &[&OsStr]| {
        dossier(desk()).args(["export", "power-offer", "-o"]).arg(&copy).args(more).output().unwrap()
    };
    let first = export(&[]);
    assert_eq!((first.status.code(), out(&first)), (Some(0), String::new()));
    assert_eq!(fs::read(&copy).unwrap(), run(desk(), &["export", "power-offer"]).stdout);
    fs::write(&copy, "mine").unwrap();
    let second = export(&[]);
    assert_eq!(second.status.code(), Some(2));
    assert!(err(&second).ends_with("copy.txt: exists; --force overwrites it\n"), "{}", err(&second));
    assert_eq!(fs::read_to_string(&copy).unwrap(), "mine");
    assert_eq!(export(&["--force".as_ref()]).status.code(), Some(0));
    assert_ne!(fs::read_to_string(&copy).unwrap(), "mine");
    assert_eq!(fs::read_dir(&place).unwrap().count(), 1);
}

#[test]
fn a_copy_in_ascii_is_ascii_and_a_copy_in_pages_has_form_feeds() {
    let plain = run(desk(), &["export", "power-offer", "--ascii"]);
    assert!(plain.stdout.is_ascii());
    let paged = out(&run(desk(), &["export", "power-offer", "nordline", "timeline", "--pages"]));
    assert!(paged.contains('\u{c}') && paged.contains("Page 1 of "), "{paged}");
}

#[test]
fn a_copy_says_how_much_has_no_form_in_ascii() {
    let place = folder(&[("tokyo.md", "# 東京\n\nCafé, 5 €.\n")]);
    let copy = run(&place, &["export", "tokyo.md", "--ascii"]);
    assert!(out(&copy).contains("Cafe, 5 EUR."), "{}", out(&copy));
    assert_eq!(err(&copy), "dossier: --ascii: 2 characters with no form in ASCII; they stand as `?`\n");
}

#[test]
fn an_option_that_would_change_nothing_is_refused() {
    let cases = [
        (&["--format", "html", "--ascii"][..], "--ascii: is for plain text"),
        (&["--format", "markdown", "--pages"], "--pages: is for plain text"),
        (&["--format", "json", "--refs", "none"], "--refs: is for plain text"),
        (&["--large", "--width", "60"], "cannot be used with"),
    ];
    for (options, said) in cases {
        let output = run(desk(), &[&["export", "power-offer"], options].concat());
        assert_eq!((output.status.code(), out(&output)), (Some(2), String::new()), "{options:?}");
        assert!(err(&output).contains(said), "{}", err(&output));
    }
}

#[test]
fn standard_input_is_a_library_of_one_text() {
    let text = "---\ntitle: From a pipe\n---\n\nSome *words*.\n";
    let nowhere = tempfile::tempdir().unwrap();
    for words in [&["show", "-"][..], &["-L", "-", "show"], &["export", "-"]] {
        let output = piped(dossier(&nowhere).args(words), text);
        assert!(out(&output).contains("From a pipe") && out(&output).contains("Some words."), "{words:?}");
    }
    let listed = piped(dossier(&nowhere).args(["list", "-L", "-"]), text);
    assert!(out(&listed).contains("From a pipe"), "{}", out(&listed));
}

#[test]
fn a_markdown_file_is_a_library_of_its_own() {
    let place = folder(&[("letter.md", "# A letter\n\nDear reader. [[Other]]\n"), ("other.md", "# Other\n")]);
    for words in [&["show", "letter.md"][..], &["show", "-L", "letter.md"], &["letter.md", "show"]] {
        let shown = out(&run(&place, words));
        assert!(shown.contains("Dear reader."), "{words:?}: {shown}");
    }
    assert!(out(&run(&place, &["export", "letter.md"])).contains("Dear reader."));
    assert!(!out(&run(&place, &["list", "-L", "letter.md"])).contains("Other"));
    // what lies beside it was not asked for; an index makes one library of both
    let linked = || out(&run(&place, &["show", "letter.md", "--json"])).contains("briefing:other");
    assert!(!linked());
    fs::write(place.path().join("index.yaml"), "title: Letters\n").unwrap();
    assert!(linked());
    assert!(out(&run(&place, &["show", "other.md", "--json"])).contains("briefing:letter"));
}

#[test]
fn what_an_index_says_of_a_text_is_found_in_the_index() {
    let index = "briefings:\n  - file: letter.md\n    bluf: Nordline offers a plant\n";
    let place = folder(&[
        ("index.yaml", index),
        ("actors.yaml", "- {id: nordline, name: Nordline}\n"),
        ("letter.md", "# A letter\n\nOf Nordline.\n"),
    ]);
    let links = out(&run(&place, &["links", "nordline"]));
    assert!(links.contains("index.yaml:2: briefing:letter"), "{links}");
    assert!(links.contains("letter.md:3: briefing:letter"), "{links}");
    let hits = out(&run(&place, &["search", "plant"]));
    assert!(hits.starts_with("letter.md: ") && hits.contains("plant"), "{hits}");
}

#[test]
fn a_page_carries_the_strictest_marking_of_what_it_quotes() {
    let place = folder(&[
        ("index.yaml", "marking: OFFICIAL\n"),
        ("actors.yaml", "- {id: nordline, name: Nordline}\n- {id: other, name: Somebody Else}\n"),
        ("letter.md", "---\nmarking: SECRET\n---\n\n# A letter\n\nOf Nordline.\n"),
    ]);
    for (page, marking) in [("actor:nordline", "SECRET"), ("actor:other", "OFFICIAL"), ("home", "SECRET")] {
        let copy = out(&run(&place, &["export", page]));
        let banner: Vec<&str> = copy.lines().map(str::trim).collect();
        assert_eq!((banner.first(), banner.last()), (Some(&marking), Some(&marking)), "{page}: {copy}");
    }
}

#[test]
fn annexes_travel_with_a_packet_and_are_named_where_they_do_not() {
    let index = "packets:\n  - {id: box, title: The box, items: [{briefing: memo}]}\n\
                 briefings:\n  - file: memo.md\n    tabs: [{label: Tab A, file: wording.md}]\n";
    let place = folder(&[
        ("index.yaml", index),
        ("memo.md", "# Memo\n\nApprove Tab A.\n"),
        ("wording.md", "# Wording\n\nWe take note.\n"),
    ]);
    let all = run(&place, &["export", "packet:box"]);
    assert!(out(&all).contains("We take note.") && err(&all).is_empty(), "{}", err(&all));
    let alone = run(&place, &["export", "memo"]);
    assert!(!out(&alone).contains("We take note."));
    assert!(
        err(&alone).contains("an annex is not in this copy; name it too: briefing:wording"),
        "{}",
        err(&alone)
    );
    let both = run(&place, &["export", "memo", "wording"]);
    assert!(out(&both).contains("We take note.") && err(&both).is_empty(), "{}", err(&both));
}

#[test]
fn a_library_is_checked_only_where_there_is_one() {
    let empty = folder(&[]);
    let checked = run(&empty, &["check", "--strict"]);
    assert_eq!(checked.status.code(), Some(2));
    assert!(err(&checked).contains("no library here to check; write `dossier check DIR`"));
    let place = folder(&[("some/letter.md", "# A letter\n")]);
    assert!(out(&run(&place, &["check", "some"])).contains("1 briefing: no problems"));
}

#[test]
fn a_query_of_nothing_is_wrong_usage() {
    for query in ["", "date:soon"] {
        let searched = run(desk(), &["search", query]);
        assert_eq!((searched.status.code(), out(&searched)), (Some(2), String::new()), "{query}");
        assert!(err(&searched).contains("nothing was searched"), "{query}");
    }
}

#[test]
fn colour_goes_to_a_terminal_or_where_it_is_always_wanted() {
    let coloured = |words: &[&str]| out(&run(desk(), words)).contains('\u{1b}');
    assert!(!coloured(&["show", "power-offer"]));
    assert!(coloured(&["show", "power-offer", "--color", "always"]));
    assert!(!coloured(&["show", "power-offer", "--color", "always", "--plain"]));
    assert!(coloured(&["list", "--color=always"]));
    assert!(!coloured(&["--color", "never", "list"]));
}

#[test]
fn colours_leave_the_words_as_they_are() {
    let plain = out(&run(desk(), &["show", "power-offer"]));
    let coloured = out(&run(desk(), &["show", "power-offer", "--color", "always"]));
    let mut bare = String::new();
    for (at, part) in coloured.split("\u{1b}[").enumerate() {
        bare.push_str(if at == 0 { part } else { part.split_once('m').unwrap().1 });
    }
    let trimmed: Vec<&str> = bare.lines().map(str::trim_end).collect();
    assert_eq!(trimmed, plain.lines().collect::<Vec<_>>());
}

#[test]
fn output_that_nobody_reads_ends_quietly() {
    for words in
        [&["list", "sources", "--json"][..], &["show", "help"], &["export", "power-offer"], &["--help"]]
    {
        let mut command = dossier(repository());
        command.args(words).args(["-L", "tests/fixtures/desk"]).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().unwrap();
        drop(child.stdout.take());
        let code = child.wait().unwrap().code();
        let mut said = String::new();
        child.stderr.take().unwrap().read_to_string(&mut said).unwrap();
        assert_eq!((code, said.as_str()), (Some(0), ""), "{words:?}");
    }
}

#[test]
fn without_a_terminal_the_reader_names_show() {
    let output = run(desk(), &[]);
    assert_eq!(output.status.code(), Some(2));
    assert!(err(&output).contains("dossier show"), "{}", err(&output));
}

#[test]
fn wrong_usage_is_exit_code_two_and_help_is_none() {
    for words in
        [&["list", "--wrong"][..], &["show", "a", "b"], &["export"], &["export", "a", "--width", "20"]]
    {
        let output = run(desk(), words);
        assert_eq!((output.status.code(), out(&output)), (Some(2), String::new()), "{words:?}");
        assert!(err(&output).starts_with("dossier: "), "{}", err(&output));
    }
    for words in [&["--help"][..], &["help"], &["list", "--help"], &["--version"]] {
        let output = run(desk(), words);
        assert_eq!((output.status.code(), err(&output)), (Some(0), String::new()), "{words:?}");
    }
}

#[test]
fn every_help_text_shows_examples_and_fits_a_terminal() {
    for command in [
        "",
        "list",
        "search",
        "index",
        "show",
        "export",
        "links",
        "check",
        "init",
        "new",
        "completions",
        "man",
    ] {
        let words: Vec<&str> = [command, "--help"].into_iter().filter(|it| !it.is_empty()).collect();
        let help = out(&run(desk(), &words));
        assert!(help.contains("Examples:\n") || command == "index", "{command}");
        assert!(!help.contains('\\'), "{help}");
        assert!(help.lines().all(|line| dossier::text::width(line) <= 100), "{help}");
    }
}

#[test]
fn errors_are_said_without_what_would_act_on_a_terminal() {
    for words in
        [&["show", "x\u{1b}[31my\u{202e}"][..], &["-L", "no\u{1b}]0;x\u{7}", "list"], &["list", "\u{9b}1m"]]
    {
        let said = err(&run(desk(), words));
        assert_eq!(dossier::text::clean(&said), said);
        assert!(said.starts_with("dossier: "), "{said}");
    }
}

#[test]
fn completions_and_manual_pages_are_printed() {
    for shell in ["bash", "elvish", "fish", "powershell", "zsh"] {
        assert!(out(&run(desk(), &["completions", shell])).contains("dossier"), "{shell}");
    }
    assert!(out(&run(desk(), &["man"])).contains(".TH dossier 1"));
    assert!(out(&run(desk(), &["man", "export"])).contains(".TH dossier-export 1"));
    assert_eq!(run(desk(), &["man", "nothing"]).status.code(), Some(2));
}

#[test]
fn init_writes_an_index_of_what_is_there_and_never_over_one() {
    let place = folder(&[
        ("2025-03-04-first, a memo.md", "# First & foremost\n"),
        ("deeper/second.md", "---\ntitle: \"Yes: no\"\ndate: 2025-03\n---\nText\n"),
    ]);
    let made = run(&place, &["init"]);
    assert_eq!(made.status.code(), Some(0), "{}", err(&made));
    insta::assert_snapshot!(
        fs::read_to_string(place.path().join("index.yaml"))
            .unwrap()
            .replace(&place.path().file_name().unwrap().to_string_lossy().to_string(), "FOLDER")
    );
    let checked = run(&place, &["check", "--strict"]);
    assert_eq!(checked.status.code(), Some(0), "{}", out(&checked));
    assert_eq!(run(&place, &["init"]).status.code(), Some(2));
    assert_eq!(run(&place, &["init", "nowhere"]).status.code(), Some(2));
}

#[test]
fn init_in_an_empty_folder_makes_an_index_that_loads() {
    let place = tempfile::tempdir().unwrap();
    assert_eq!(run(&place, &["init"]).status.code(), Some(0));
    let checked = run(&place, &["check"]);
    assert_eq!(checked.status.code(), Some(0), "{}", out(&checked));
}

#[test]
fn new_writes_a_briefing_that_checks_clean_and_never_over_one() {
    let place = tempfile::tempdir().unwrap();
    let made = run(&place, &["new", "What: #now, *Zoë*?"]);
    assert_eq!(
        (err(&made), out(&made)),
        (String::new(), "./what-now-zoe.md\n".replace('/', std::path::MAIN_SEPARATOR_STR))
    );
    assert_eq!(run(&place, &["new", "What: #now, *Zoë*?"]).status.code(), Some(2));
    assert_eq!(run(&place, &["new", "meeting-note"]).status.code(), Some(2));
    assert_eq!(run(&place, &["new", "meeting-note", "A call"]).status.code(), Some(0));
    assert_eq!(run(&place, &["new", "action-memo", "A decision"]).status.code(), Some(0));
    let checked = run(&place, &["check", "--strict", "-L", "."]);
    assert_eq!(checked.status.code(), Some(0), "{}", out(&checked));
    let rows = json(&run(&place, &["list", "-L", ".", "--json"]));
    let titles: Vec<&str> =
        rows.as_array().unwrap().iter().map(|row| row["title"].as_str().unwrap()).collect();
    assert_eq!(titles, ["A call", "A decision", "What: #now, *Zoë*?"]);
}

#[test]
fn the_shipped_library_is_sound_and_opens_where_there_is_no_other() {
    let checked = run(repository(), &["check", "-L", "briefings", "--strict"]);
    assert_eq!(checked.status.code(), Some(0), "{}", out(&checked));
    assert_eq!(out(&checked).lines().count(), 1);
    let nowhere = tempfile::tempdir().unwrap();
    let built_in = json(&run(&nowhere, &["list", "briefings", "--json"]));
    assert!(built_in.as_array().unwrap().len() >= 14);
    assert_eq!(built_in, json(&run(repository(), &["list", "briefings", "--json", "-L", "briefings"])));
}

#[test]
fn every_briefing_that_ships_makes_a_sound_copy() {
    let rows = json(&run(repository(), &["list", "briefings", "--json", "-L", "briefings"]));
    for row in rows.as_array().unwrap() {
        let address = row["address"].as_str().unwrap();
        let copy = run(repository(), &["export", address, "-L", "briefings"]);
        assert_copy(&out(&copy), row["marking"].as_str().unwrap_or("NO MARKING"));
    }
}

#[test]
fn a_dead_link_names_the_file_that_may_be_meant_and_help_is_not_said_twice() {
    let folder = tempfile::tempdir().unwrap();
    let text = "[a](x/two.md) [b](nowhere.md) [c](else.md) [d]() [[No note]] [[Neither]]\n";
    fs::create_dir(folder.path().join("notes")).unwrap();
    fs::write(folder.path().join("one.md"), text).unwrap();
    fs::write(folder.path().join("notes/two.md"), "# Two\n").unwrap();
    insta::assert_snapshot!(transcript(folder.path(), &["dossier -L . check"]));
}

#[test]
fn a_setting_that_there_is_not_is_named_with_its_place_and_what_is_known() {
    let home = folder(&[("dossier/config.yaml", "cache: maybe\nlibary: /tmp\nwidth: 80\n")]);
    let said = |words: &[&str]| {
        err(&dossier(desk()).args(words).env("XDG_CONFIG_HOME", home.path()).output().unwrap())
    };
    let listed = said(&["list", "-L", "."]);
    for told in [
        "config.yaml:1:8: `cache` is neither true nor false: `maybe`; write `cache: false` to keep nothing",
        "config.yaml:2:1: no setting is called `libary`; did you mean `library`? known are library and cache",
        "config.yaml:3:1: no setting is called `width`; known are library and cache",
    ] {
        assert_eq!(listed.matches(told).count(), 1, "{told}\n{listed}");
    }
    assert_eq!(said(&["completions", "bash"]), "");
}

#[test]
fn a_new_briefing_says_what_is_wrong_with_its_words() {
    let place = folder(&[]);
    let said = |words: &[&str]| {
        let output = run(&place, &[&["new"], words].concat());
        (output.status.code(), err(&output).trim().to_owned())
    };
    let refused = |told: &str| (Some(2), format!("dossier: {told}"));
    assert_eq!(
        said(&["Chip", "export", "licences"]),
        refused("a title of several words stands in quotes: dossier new \"Chip export licences\"")
    );
    assert_eq!(
        said(&["meeting-note", "Call", "with", "Ada"]),
        refused("a title of several words stands in quotes: dossier new meeting-note \"Call with Ada\"")
    );
    let near = "`meeting-nte`: no kind that is known; did you mean `meeting-note`? any other can be written into the file";
    assert_eq!(said(&["meeting-nte", "Call"]), refused(near));
    assert_eq!(fs::read_dir(place.path()).unwrap().count(), 0);
    assert_eq!(said(&["speech", "Call"]), (Some(0), String::new()));
}

#[test]
fn a_condition_that_cannot_be_read_is_told_and_the_rest_is_searched() {
    let told = "dossier: left out: `date:soon`, as `soon` is no date; write 2025, 2025-01";
    for words in [&["search", "date:soon power"][..], &["list", "briefings", "date:soon", "power"]] {
        let output = run(desk(), words);
        assert!(err(&output).starts_with(told), "{}", err(&output));
        assert!(!out(&output).is_empty(), "{words:?}");
    }
    let nothing = run(desk(), &["list", "briefings", "date:soon"]);
    assert_eq!(nothing.status.code(), Some(2));
    assert!(err(&nothing).starts_with(told) && err(&nothing).contains("nothing is left to look for"));
}

#[test]
fn a_list_stays_in_its_columns_whatever_the_length_of_ids_and_says_what_terms_stand_for() {
    let long = "a-very-long-name-of-a-file-that-says-more-than-anybody-wants.md";
    let glossary = "- {term: AGI, expansion: artificial general intelligence}\n- {term: Chip}\n";
    let place = folder(&[
        (long, "# Long\n"),
        ("b.md", "# Short\n"),
        ("glossary.yaml", glossary),
        ("index.yaml", "title: T\n"),
    ]);
    let listed = out(&run(&place, &["list", "-L", "."]));
    let starts: Vec<Option<usize>> =
        listed.lines().map(|line| line.find("Long").or_else(|| line.find("Short"))).collect();
    assert!(starts.len() == 2 && starts[0] == starts[1] && starts[0].is_some(), "{listed}");
    let terms = out(&run(&place, &["list", "glossary", "-L", "."]));
    assert_eq!(terms, "term:agi   AGI: artificial general intelligence\nterm:chip  Chip\n");
}

#[test]
fn a_wide_table_stands_whole_beside_text_that_keeps_its_columns() {
    let cell = "many words that take more than a third of the line";
    let text = "some words ".repeat(20);
    let file = format!(
        "# Wide\n\n{text}\n\n| a | b |\n|---|---|\n| {cell} | {cell} |\n\nsaid[^1]\n\n[^1]: note\n\nend\n"
    );
    let place = folder(&[("wide.md", &file)]);
    let shown = |more: &[&str]| out(&run(&place, &[&["show", "wide.md"], more].concat()));
    let wide = shown(&["--wide"]);
    assert!(wide.contains(&format!("\n{cell}  {cell}\n")), "{wide}");
    assert!(!shown(&[]).contains(&format!("{cell}  {cell}")));
    let text = |shown: &str| shown.lines().filter(|line| line.starts_with("some words")).map(str::len).max();
    assert_eq!(text(&wide), text(&shown(&[])));
    // footnotes stay at the end, under their line
    let (end, note) = (wide.find("\nend\n").unwrap(), wide.find("1] note").unwrap());
    assert!(end < note, "{wide}");
}
