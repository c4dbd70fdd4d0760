//! What the documentation shows is true: its examples load, and what it names is there.

use std::fs;
use std::path::Path;
use std::process::Command;

use assert_cmd::prelude::*;
use dossier::tui::keys::{BINDINGS, Scope};

/// The text of a file of the repository.
fn read(path: &str) -> String {
    fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(path)).expect(path)
}

/// The fenced blocks whose opening line names a file: its name, and the block's text.
pub fn examples(page: &str) -> Vec<(String, String)> {
    let mut found: Vec<(String, String)> = Vec::new();
    let mut inside = false;
    for line in page.lines() {
        match line.strip_prefix("```") {
            Some(_) if inside => inside = false,
            Some(info) => {
                inside = true;
                found.push((
                    info.split_once(' ').map(|(_, name)| name.to_owned()).unwrap_or_default(),
                    String::new(),
                ));
            }
            None if inside => {
                let text = &mut found.last_mut().expect("a block is open").1;
                text.push_str(line);
                text.push('\n');
            }
            None => {}
        }
    }
    found.retain(|(name, _)| !name.is_empty());
    found
}

#[test]
fn the_examples_of_the_format_are_a_library_without_problems() {
    let folder = tempfile::tempdir().unwrap();
    let examples = examples(&read("docs/format.md"));
    assert!(examples.len() >= 10, "{}", examples.len());
    for (name, text) in examples {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    let checked =
        Command::cargo_bin("dossier").unwrap().args(["check", "--strict", "-L"]).arg(folder.path()).output();
    let checked = checked.unwrap();
    let said = String::from_utf8_lossy(&checked.stdout);
    assert!(checked.status.success(), "{said}");
    assert_eq!(
        said,
        "2 briefings, 3 actors, 2 topics, 1 claim, 1 event, 2 sources, 1 term, 1 packet: no problems\n"
    );
}

#[test]
fn the_examples_of_ones_own_folder_open_without_problems() {
    let folder = tempfile::tempdir().unwrap();
    for (name, text) in examples(&read("docs/your-own-folder.md")) {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    let run = |words: &[&str]| {
        let output = Command::cargo_bin("dossier").unwrap().args(words).arg("-L").arg(folder.path()).output();
        String::from_utf8_lossy(&output.unwrap().stdout).into_owned()
    };
    let said = run(&["check", "--strict"]);
    assert_eq!(said, "4 briefings, 3 actors: no problems\n");
    let links = run(&["links", "briefing:winter-timetable"]);
    assert!(links.contains("night-ferry") && links.contains("Night ferry"), "{links}");
    let page = run(&["show", "briefing:2025-03-04-new-pier"]);
    assert!(page.contains("Jane Doe") && page.contains("said. Tickets"), "{page}");
}

#[test]
fn every_file_that_the_documentation_links_to_is_there() {
    for page in [
        "README.md",
        "ARCHITECTURE.md",
        "CONTRIBUTING.md",
        "CHANGELOG.md",
        "docs/format.md",
        "docs/scripts.md",
        "docs/your-own-folder.md",
    ] {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join(page);
        let folder = folder.parent().unwrap().to_owned();
        let text = read(page);
        let prose: String = text.split("```").step_by(2).collect();
        for part in prose.split("](").skip(1) {
            let target = part.split([')', '#']).next().unwrap_or_default();
            if target.is_empty() || target.contains(':') || target.starts_with("../power") {
                continue;
            }
            assert!(folder.join(target).exists(), "{page} links to {target}");
        }
    }
}

/// The table of keys as Markdown, one table for each place where keys hold.
fn keys() -> String {
    let table = |scope: Scope| {
        let title = match scope {
            Scope::Reader => "everywhere",
            Scope::Page => "in a page",
            scope => scope.title(),
        };
        let title: String = title.chars().enumerate().map(first_upper).collect();
        let rows = BINDINGS.iter().filter(|it| it.scope == scope && !it.keys.is_empty());
        let rows: Vec<String> = rows.map(|it| format!("| {} | {} |\n", shown(it.keys), it.help)).collect();
        format!("\n## {title}\n\n| key | does |\n|---|---|\n{}", rows.concat())
    };
    let first = [Scope::Reader, Scope::Page, Scope::List];
    let rest = Scope::ALL.into_iter().filter(|scope| !first.contains(scope));
    let tables: String = first.into_iter().chain(rest).map(table).collect();
    format!(
        "# Keys\n\nThe reader's own table, which `?` shows too. What has no key is under `:`, with everything \
         else.\n{tables}"
    )
}

fn first_upper((at, c): (usize, char)) -> char {
    if at == 0 { c.to_ascii_uppercase() } else { c }
}

/// Keys as they are typed: `] ]` is `]]`, and `{x}` any letter.
fn shown(keys: &[&str]) -> String {
    let key = |key: &&str| {
        let key = key.replace(' ', "").replace("{x}", "x").replace('|', "\\|");
        if key.contains('`') { format!("`` {key} ``") } else { format!("`{key}`") }
    };
    keys.iter().map(key).collect::<Vec<_>>().join(" ")
}

#[test]
fn the_page_of_keys_is_the_readers_own_table() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/keys.md");
    if std::env::var_os("DOSSIER_WRITE_DOCS").is_some() {
        fs::write(&path, keys()).unwrap();
    }
    assert_eq!(read("docs/keys.md"), keys(), "write it anew with DOSSIER_WRITE_DOCS=1 cargo test docs::");
}

#[test]
fn the_page_on_the_architecture_lists_every_layer_in_order() {
    let law = read("src/lib.rs");
    let layers: Vec<&str> =
        law.lines().filter_map(|it| it.strip_prefix("pub mod ")?.strip_suffix(';')).collect();
    let page = read("ARCHITECTURE.md");
    let listed = page.lines().filter_map(|line| line.split_once("  ")).map(|(name, _)| name);
    let listed: Vec<&str> = listed.filter(|name| layers.contains(name)).collect();
    assert_eq!(listed, layers);
}

#[test]
fn every_command_of_the_program_is_named_in_the_readme() {
    let readme = read("README.md");
    for command in ["list", "show", "export", "check", "init", "new", "completions", "man"] {
        assert!(readme.contains(&format!("dossier {command}")), "{command}");
    }
}
