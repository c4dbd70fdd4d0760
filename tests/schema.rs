//! The schema of the format, printed for editors: what the program reads without a word is right by it, and it names what
//! the documentation names.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Arc;

use assert_cmd::prelude::*;
use dossier::library::yaml::{self, Node, Value};
use dossier::text::Text;
use serde_json::Value as Json;

const REGISTRIES: [&str; 6] = ["actors", "topics", "claims", "events", "sources", "glossary"];

fn schema(of: &str) -> Json {
    let printed =
        Command::cargo_bin("dossier").expect("built").args(["schema", of]).output().expect("it runs");
    assert!(printed.status.success(), "{}", String::from_utf8_lossy(&printed.stderr));
    serde_json::from_slice(&printed.stdout).expect("JSON")
}

/// What is wrong in `node` by `schema`, of the words that our schemas use; where there is a choice, nothing if one holds.
fn wrong(node: &Node, schema: &Json) -> Vec<String> {
    if let Some(choices) = schema["anyOf"].as_array() {
        let each: Vec<_> = choices.iter().map(|it| wrong(node, it)).collect();
        return each.into_iter().min_by_key(Vec::len).unwrap_or_default();
    }
    let (kind, shown) = match &node.value {
        Value::Map(_) => ("object", String::new()),
        Value::List(_) => ("array", String::new()),
        Value::Text { .. } if node.is_empty() => ("null", "null".to_owned()),
        Value::Text { text, .. } => ("string", text.clone()),
    };
    let mut found = Vec::new();
    let kinds = &schema["type"];
    if !kinds.is_null() && *kinds != kind && !kinds.as_array().is_some_and(|it| it.contains(&kind.into())) {
        found.push(format!("{}: {kind} is no {kinds}", node.line));
    }
    let is = |word: &Json| word.as_str().unwrap_or(&word.to_string()) == shown;
    if schema["enum"].as_array().is_some_and(|words| !words.iter().any(is)) {
        found.push(format!("{}: `{shown}` is none of {}", node.line, schema["enum"]));
    }
    match &node.value {
        Value::List(items) => {
            found.extend(items.iter().flat_map(|item| wrong(item, &schema["items"])));
        }
        Value::Map(entries) => {
            let required = schema["required"].as_array().into_iter().flatten();
            let missing = required.filter(|key| node.at(key.as_str().unwrap_or_default()).is_none());
            found.extend(missing.map(|key| format!("{}: {key} is missing", node.line)));
            for entry in entries {
                let known = &schema["properties"][&entry.key];
                if known.is_null() && schema["additionalProperties"] == false && !entry.key.starts_with("x-")
                {
                    found.push(format!("{}: no key `{}`", entry.line, entry.key));
                }
                found.extend(wrong(&entry.value, known));
            }
        }
        Value::Text { .. } => {}
    }
    found
}

fn check(text: &str, of: &str) -> Vec<String> {
    let read = yaml::parse(text, &Arc::new(Text::line(of)), 1);
    wrong(&read.node.expect("YAML"), &schema(of))
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let inside = fs::read_dir(folder).expect("a folder").map(|it| it.expect("a file").path());
    let mut found: Vec<_> =
        inside.flat_map(|path| if path.is_dir() { files(&path) } else { vec![path] }).collect();
    found.sort();
    found
}

#[test]
fn what_is_written_in_the_format_is_right_by_its_schema() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let examples = crate::docs::examples(&fs::read_to_string(root.join("docs/format.md")).unwrap());
    let shipped = files(&root.join("briefings")).into_iter().map(|path| {
        let text = fs::read_to_string(&path).unwrap();
        (path.display().to_string(), text)
    });
    let mut checked = 0;
    for (name, text) in examples.into_iter().chain(shipped) {
        let path = Path::new(&name);
        let stem = path.file_stem().unwrap_or_default().to_string_lossy();
        let front = text.strip_prefix("---\n").and_then(|it| it.split_once("\n---\n"));
        let found = match (path.extension().and_then(|it| it.to_str()), front) {
            (Some("yaml"), _) => check(&text, &stem),
            (Some("md"), Some((front, _))) => check(front, "front-matter"),
            _ => continue,
        };
        assert_eq!(found, Vec::<String>::new(), "{name}");
        checked += 1;
    }
    assert!(checked >= 20, "{checked}");
}

#[test]
fn what_the_format_does_not_know_is_wrong_by_its_schema() {
    for (of, text, said) in [
        ("actors", "- id: a\n  name: A\n  kind: persona\n", "2: "),
        ("actors", "- id: a\n  name: A\n  relations: [{type: owns}]\n", "\"to\" is missing"),
        ("actors", "actors: {id: a}\n", "object is no"),
        ("claims", "- id: a\n  text: A\n  evidence: [{source: s, stand: supports}]\n", "no key `stand`"),
        ("index", "briefings:\n  - file: a.md\n    status: done\n", "`done` is none of"),
        ("index", "briefings:\n  - title: A\n", "\"file\" is missing"),
        ("front-matter", "title: [A]\n", "array is no"),
        ("front-matter", "chatham_house: perhaps\n", "`perhaps` is none of"),
    ] {
        let found = check(text, of);
        let said = said.trim_start_matches("2: ");
        assert!(found.iter().any(|it| it.contains(said)), "{of}: {text}{found:?}");
    }
}

/// The keys in the first column of the tables below a heading of the format's page.
fn documented(heading: &str) -> BTreeSet<String> {
    let page = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/format.md"))
        .expect("it is there");
    let lines = page.lines().skip_while(|line| line.trim_start_matches(['#', ' ']) != heading).skip(1);
    let rows = lines.take_while(|line| !line.starts_with('#')).filter_map(|line| line.strip_prefix("| `"));
    let cells: Vec<String> =
        rows.map(|row| format!("`{}", row.split('|').next().unwrap_or_default())).collect();
    cells.iter().flat_map(|cell| cell.split('`').skip(1).step_by(2).map(str::to_owned)).collect()
}

fn known(of: &str) -> BTreeSet<String> {
    let schema = schema(of);
    let record = schema["anyOf"].get(0).map_or(&schema, |list| &list["items"]);
    record["properties"].as_object().expect("keys").keys().cloned().collect()
}

#[test]
fn the_schema_and_the_page_of_the_format_name_the_same_keys() {
    for name in REGISTRIES {
        let heading = name.split_at(1);
        let heading = heading.0.to_uppercase() + heading.1;
        assert_eq!(known(name), documented(&heading), "{name}");
    }
    let others = ["abstract", "author", "authors", "categories", "created", "description", "issued"];
    let others = others.into_iter().chain(["keywords", "published", "summary", "tags"]);
    let index = documented("index.yaml").into_iter().chain(others.map(str::to_owned));
    let both: BTreeSet<_> = known("index").union(&known("front-matter")).cloned().collect();
    assert_eq!(both, index.collect());
}
