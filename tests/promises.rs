//! The page of promises names only tests that are there, and each promise has one.

use std::fs;
use std::path::{Path, PathBuf};

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// The names of all tests, in the source and beside it.
fn tests() -> Vec<String> {
    let mut waiting = vec![root().join("src"), root().join("tests")];
    let mut found = Vec::new();
    while let Some(folder) = waiting.pop() {
        for path in fs::read_dir(folder).expect("a folder").flatten().map(|it| it.path()) {
            if path.is_dir() {
                waiting.push(path);
            } else if path.extension().is_some_and(|it| it == "rs") {
                found.extend(names(&path));
            }
        }
    }
    found
}

fn names(path: &Path) -> Vec<String> {
    let text = fs::read_to_string(path).expect("source is UTF-8");
    let name = |line: &str| line.trim().strip_prefix("fn ")?.split('(').next().map(str::to_owned);
    text.split("#[test]").skip(1).filter_map(|it| it.lines().find_map(name)).collect()
}

#[test]
fn every_promise_names_tests_that_are_there() {
    let page = fs::read_to_string(root().join("docs/promises.md")).expect("the page");
    let tests = tests();
    let mut all = 0;
    for promise in page.split("\n## ").skip(1) {
        let named = promise.lines().filter_map(|line| line.strip_prefix("- `")?.strip_suffix('`'));
        let named: Vec<&str> = named.collect();
        assert!(!named.is_empty(), "nothing holds: {}", promise.lines().next().unwrap_or_default());
        for name in named {
            all += 1;
            assert!(tests.iter().any(|test| test == name), "there is no test `{name}`");
        }
    }
    assert!(all > 40, "{all}");
}
