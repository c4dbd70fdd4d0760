//! The order of the modules and the walls around dependencies, held against the source itself.
//!
//! `src/lib.rs` is the law: a module may name only those listed above it.

use std::fs;
use std::path::{Path, PathBuf};

/// A crate and the only files or folders of `src/` that may name it.
const WALLS: [(&str, &[&str]); 18] = [
    ("pulldown_cmark", &["document/parse"]),
    ("serde_yaml", &["library/yaml"]),
    ("toml", &["library"]),
    ("cap_std", &["library/folder"]),
    ("include_dir", &["library/folder"]),
    ("icu_segmenter", &["layout/unspaced"]),
    ("fuzzy_matcher", &["finder"]),
    ("tantivy", &["search"]),
    ("crc32fast", &["search", "pack"]),
    ("frostem", &["search"]),
    ("ratatui", &["tui"]),
    ("crossterm", &["tui"]),
    ("signal_hook", &["tui/signals"]),
    ("rustix", &["tui/signals", "tui/terminal", "tui/watch"]),
    ("notify", &["tui/watch"]),
    ("clap", &["cli"]),
    ("clap_complete", &["cli"]),
    ("clap_mangen", &["cli"]),
];

/// One file of `src/`, by its path from there, with comments blanked.
struct Source {
    path: String,
    raw: String,
    code: String,
}

impl Source {
    /// The names of its modules from the crate's root: `library/yaml.rs` is `["library", "yaml"]`.
    fn module(&self) -> Vec<&str> {
        self.path.trim_end_matches(".rs").split('/').collect()
    }
}

fn sources() -> Vec<Source> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut files = Vec::new();
    walk(&root, &mut files);
    files.sort();
    files.iter().map(|file| source(&root, file)).collect()
}

fn walk(folder: &Path, files: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).expect("src can be read").flatten() {
        let path = entry.path();
        if path.is_dir() {
            walk(&path, files);
        } else if path.extension().is_some_and(|it| it == "rs") {
            files.push(path);
        }
    }
}

fn source(root: &Path, file: &Path) -> Source {
    let raw = fs::read_to_string(file).expect("source is UTF-8");
    let path = file.strip_prefix(root).expect("below src").to_string_lossy().replace('\\', "/");
    let code =
        raw.lines().map(|line| line.split("//").next().unwrap_or_default()).collect::<Vec<_>>().join("\n");
    Source { path, raw, code }
}

/// The modules in the order of `src/lib.rs`.
fn layers() -> Vec<String> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/lib.rs");
    let text = fs::read_to_string(path).expect("src/lib.rs can be read");
    let named = |line: &str| line.strip_prefix("pub mod ")?.strip_suffix(';').map(str::to_owned);
    text.lines().filter_map(named).collect()
}

/// What follows each `start` in `code`: the first name of a path, or all first names of a `{group}`.
fn names_after(code: &str, start: &str) -> Vec<String> {
    let mut names = Vec::new();
    for (at, _) in code.match_indices(start) {
        let inside =
            code.get(..at).and_then(|it| it.chars().next_back()).is_some_and(|c| c == ':' || c == '_');
        let rest = code.get(at + start.len()..).unwrap_or_default();
        if inside {
            continue;
        }
        match rest.strip_prefix('{') {
            Some(group) => names.extend(group_names(group)),
            None => names.push(first_name(rest)),
        }
    }
    names
}

/// The first names of the entries of a group whose `{` was just read.
fn group_names(group: &str) -> Vec<String> {
    let mut names = vec![String::new()];
    let mut depth = 0;
    for c in group.chars() {
        match c {
            '{' => depth += 1,
            '}' if depth == 0 => break,
            '}' => depth -= 1,
            ',' if depth == 0 => names.push(String::new()),
            c if depth == 0 => names.last_mut().expect("never empty").push(c),
            _ => {}
        }
    }
    names.iter().map(|name| first_name(name.trim())).collect()
}

fn first_name(path: &str) -> String {
    path.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect()
}

/// Whether `word` stands in `code` as a whole name.
fn names(code: &str, word: &str) -> bool {
    let part = |c: char| c.is_alphanumeric() || c == '_';
    code.match_indices(word).any(|(at, _)| {
        let before = code.get(..at).and_then(|it| it.chars().next_back());
        let after = code.get(at + word.len()..).and_then(|it| it.chars().next());
        !before.is_some_and(part) && !after.is_some_and(part)
    })
}

#[test]
fn every_module_stands_in_the_list_of_layers() {
    let layers = layers();
    for source in sources() {
        let top = source.module()[0].to_owned();
        assert!(top == "main" || top == "lib" || layers.contains(&top), "{} is in no layer", source.path);
    }
}

#[test]
fn a_module_names_only_modules_above_it() {
    let layers = layers();
    let rank = |name: &str| layers.iter().position(|layer| layer == name);
    let mut wrong = Vec::new();
    for source in sources() {
        let module = source.module();
        let Some(own) = rank(module[0]) else { continue };
        let root = "super::".repeat(module.len());
        for name in names_after(&source.code, "crate::").iter().chain(&names_after(&source.code, &root)) {
            if rank(name).is_some_and(|other| other > own) {
                wrong.push(format!("src/{} names `{name}`, which is a layer below it", source.path));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn main_names_only_the_command_line_the_reader_and_the_day() {
    let main = sources().into_iter().find(|it| it.path == "main.rs").expect("there is a main");
    let names = names_after(&main.code, "dossier::");
    assert!(names.iter().all(|name| ["cli", "date", "tui"].contains(&name.as_str())), "{names:?}");
}

#[test]
fn a_walled_crate_is_named_only_behind_its_wall() {
    let mut wrong = Vec::new();
    for source in sources() {
        for (name, homes) in WALLS {
            let home = |home: &&str| {
                source.path == format!("{home}.rs") || source.path.starts_with(&format!("{home}/"))
            };
            if names(&source.code, name) && !homes.iter().any(home) {
                wrong.push(format!(
                    "src/{} names `{name}`, which belongs to {}",
                    source.path,
                    homes.join(", ")
                ));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_file_opens_by_saying_what_it_is() {
    for source in sources() {
        assert!(source.raw.starts_with("//! "), "src/{} does not open with //!", source.path);
    }
}

#[test]
fn no_file_is_called_mod_or_a_drawer_for_everything() {
    for source in sources() {
        let last = source.module().last().map(|it| (*it).to_owned()).unwrap_or_default();
        let banned = ["mod", "util", "utils", "helpers", "common", "types", "prelude", "misc"];
        assert!(!banned.contains(&last.as_str()), "src/{}", source.path);
    }
}

#[test]
fn nothing_is_unsafe_and_nothing_is_put_off() {
    for source in sources() {
        for word in ["unsafe", "todo", "unimplemented"] {
            assert!(!names(&source.code, word), "src/{} says `{word}`", source.path);
        }
        for word in ["TODO", "FIXME", "XXX"] {
            assert!(!names(&source.raw, word), "src/{} says `{word}`", source.path);
        }
    }
}

#[test]
fn groups_and_paths_give_their_first_names() {
    let cases = [
        ("use crate::text::Text;", vec!["text"]),
        ("use crate::{id::{Id, Kind}, page};", vec!["id", "page"]),
        ("use crate::{\n    id::Id,\n    tui::{run, keys},\n};", vec!["id", "tui", ""]),
        ("let x = other_crate::page;", vec![]),
    ];
    for (code, expected) in cases {
        assert_eq!(names_after(code, "crate::"), expected, "{code}");
    }
}
