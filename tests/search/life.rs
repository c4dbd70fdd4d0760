//! The life of an index: kept up to date, shared, damaged, set aside, made anew.
#![allow(clippy::unwrap_used, reason = "a test that cannot begin has failed")]

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use dossier::library::folder::Root;
use dossier::library::{Library, load};
use dossier::links::Links;
use dossier::reading::Reading;
use dossier::search::{Current, Query, Search, Seen, Wanted};

use super::indexed::{Indexed, TODAY, written};

const LINES: [&str; 5] = ["alpha", "\"beta gamma\"", "gam*", "actor:nvidia", "date:2025"];

fn library() -> tempfile::TempDir {
    written(&[
        ("one.md", "---\ndate: 2025-01-21\n---\n# One\n\nThe alpha and the beta gamma.\n"),
        ("two.md", "# Two\n\n## Part\n\nAlpha met Nvidia; gammas too.\n"),
        ("actors.yaml", "- id: nvidia\n  name: Nvidia\n  aliases: [NVDA]\n"),
    ])
}

/// What the lines find, in a form that compares.
fn answers(indexed: &Indexed) -> BTreeMap<&'static str, Vec<String>> {
    let answer = |line: &&'static str| {
        let mut found: Vec<String> = indexed
            .find(line)
            .hits
            .iter()
            .map(|hit| format!("{} {} {}", hit.id, hit.line, hit.extracts.len()))
            .collect();
        found.sort();
        (*line, found)
    };
    LINES.iter().map(answer).collect()
}

#[test]
fn an_index_that_is_up_to_date_is_left_alone() {
    let (folder, cache) = (library(), tempfile::tempdir().unwrap());
    let first = Indexed::new(folder.path(), Some(cache.path()));
    assert_eq!(first.refreshed.indexed, 3);
    let expected = answers(&first);
    drop(first);
    let second = Indexed::new(folder.path(), Some(cache.path()));
    assert_eq!((second.refreshed.indexed, second.refreshed.removed), (0, 0));
    assert_eq!(answers(&second), expected);
    assert_eq!(answers(&Indexed::new(folder.path(), None)), expected);
}

#[test]
fn what_is_changed_added_and_removed_is_all_that_is_touched() {
    let (folder, cache) = (library(), tempfile::tempdir().unwrap());
    drop(Indexed::new(folder.path(), Some(cache.path())));
    fs::write(folder.path().join("one.md"), "# One\n\nNow about delta.\n").unwrap();
    fs::write(folder.path().join("three.md"), "# Three\n\nMore delta.\n").unwrap();
    fs::remove_file(folder.path().join("two.md")).unwrap();
    let after = Indexed::new(folder.path(), Some(cache.path()));
    assert_eq!((after.refreshed.indexed, after.refreshed.removed), (2, 1));
    assert_eq!(after.find("delta").total, 2);
    assert_eq!(after.find("alpha").total, 0);
}

#[test]
fn a_new_name_finds_the_texts_that_were_there_before_it() {
    let (folder, cache) = (library(), tempfile::tempdir().unwrap());
    drop(Indexed::new(folder.path(), Some(cache.path())));
    let actors = "- id: nvidia\n  name: Nvidia\n- id: beta\n  name: Beta Gamma\n";
    fs::write(folder.path().join("actors.yaml"), actors).unwrap();
    let after = Indexed::new(folder.path(), Some(cache.path()));
    assert_eq!(after.find("actor:beta -kind:actor").total, 1);
    assert_eq!(after.find("actor:nvda").total, 0);
}

#[test]
fn what_an_earlier_run_left_answers_without_a_look_at_the_library() {
    let (folder, cache) = (library(), tempfile::tempdir().unwrap());
    let root = Root::open(folder.path()).unwrap();
    assert!(Search::kept(&root, cache.path()).is_none());
    let expected = Indexed::new(folder.path(), Some(cache.path()));
    let kept = Search::kept(&root, cache.path()).unwrap();
    assert!(kept.age().is_some_and(|age| age.as_secs() < 600));
    for line in LINES {
        let query = Query::parse(line, TODAY).0;
        assert_eq!(
            kept.find(&query, &root, &expected.reading, Wanted::default()).unwrap(),
            expected.find(line),
            "{line}"
        );
    }
    let other = Root::open(cache.path()).unwrap();
    assert!(Search::kept(&other, cache.path()).is_none());
}

#[test]
fn a_refresh_that_is_stopped_goes_on_next_time() {
    let (folder, cache) = (library(), tempfile::tempdir().unwrap());
    let library = load(Root::open(folder.path()).unwrap());
    let links = Links::new(&library);
    let mut search = Search::open(&library, Some(cache.path())).unwrap();
    assert!(search.refresh(&library, &links, &mut |_| false).unwrap().stopped);
    drop(search);
    assert_eq!(Indexed::new(folder.path(), Some(cache.path())).refreshed.indexed, 3);
}

#[test]
fn a_second_reader_never_waits_for_the_one_that_indexes() {
    let (folder, cache) = (library(), tempfile::tempdir().unwrap());
    let expected = answers(&Indexed::new(folder.path(), Some(cache.path())));
    let lock = fs::File::create(cache.path().join("search/.tantivy-writer.lock")).unwrap();
    lock.lock().unwrap();
    fs::write(folder.path().join("three.md"), "# Three\n\nMore delta.\n").unwrap();
    let second = Indexed::new(folder.path(), Some(cache.path()));
    assert!(second.refreshed.busy);
    assert_eq!(answers(&second), expected);
    drop(lock);
    assert_eq!(Indexed::new(folder.path(), Some(cache.path())).find("delta").total, 1);
}

#[test]
fn a_cache_that_cannot_be_used_costs_only_the_time_to_index() {
    let folder = library();
    let file = tempfile::NamedTempFile::new().unwrap();
    let made = Indexed::new(folder.path(), Some(file.path()));
    assert_eq!(made.find("alpha").total, 2);
}

#[test]
fn an_index_of_another_library_is_set_aside() {
    let (folder, cache) = (library(), tempfile::tempdir().unwrap());
    drop(Indexed::new(folder.path(), Some(cache.path())));
    let other = written(&[("other.md", "# Other\n\nSomething else.\n")]);
    let made = Indexed::new(other.path(), Some(cache.path()));
    assert_eq!(made.find("alpha").total, 0);
    assert_eq!(made.find("something").total, 1);
    assert!(cache.path().join("search/set-aside").is_dir());
}

/// Every file below `folder`, with its bytes.
fn files(folder: &Path) -> Vec<(PathBuf, Vec<u8>)> {
    let mut found = Vec::new();
    let mut waiting = vec![folder.to_owned()];
    while let Some(folder) = waiting.pop() {
        for entry in fs::read_dir(folder).expect("the index opens").flatten() {
            if entry.path().is_dir() {
                waiting.push(entry.path());
            } else {
                found.push((entry.path(), fs::read(entry.path()).expect("the index is read")));
            }
        }
    }
    found.sort();
    found
}

/// Ways to damage a file of these bytes; `None` deletes it.
fn damages(bytes: &[u8]) -> Vec<Option<Vec<u8>>> {
    let mut ways = vec![None, Some(Vec::new())];
    let places =
        [0, bytes.len() / 3, bytes.len() / 2, bytes.len().saturating_sub(30), bytes.len().saturating_sub(1)];
    for at in places {
        ways.push(Some(bytes[..at].to_vec()));
        let mut flipped = bytes.to_vec();
        if let Some(byte) = flipped.get_mut(at) {
            *byte ^= 0x21;
        }
        ways.push(Some(flipped));
    }
    ways.push(Some([bytes, b"more"].concat()));
    ways
}

/// Damages every file in every way, of all these one in `step`, and looks at the answers.
fn damaged(step: usize) {
    let (folder, cache) = (library(), tempfile::tempdir().unwrap());
    let seen = Seen::look(&Root::open(folder.path()).unwrap());
    let first = Indexed::new(folder.path(), Some(cache.path()));
    first.search.note(&seen);
    let expected = answers(&first);
    drop(first);
    let library = load(Root::open(folder.path()).unwrap());
    let whole = files(cache.path());
    assert!(whole.len() > 5);
    let all = whole.iter().flat_map(|(path, bytes)| {
        damages(bytes).into_iter().enumerate().map(move |(way, damaged)| (path, way, damaged))
    });
    for (path, way, damaged) in all.step_by(step) {
        fs::remove_dir_all(cache.path()).unwrap();
        for (path, bytes) in &whole {
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, bytes).unwrap();
        }
        match damaged {
            Some(damaged) => fs::write(path, damaged).unwrap(),
            None => fs::remove_file(path).unwrap(),
        }
        let what = format!("{} way {way}", path.display());
        never_wrong(&library, cache.path(), &expected, &what);
        let mut again = Indexed::new(folder.path(), Some(cache.path()));
        for line in LINES {
            again.again(line);
        }
        assert_eq!(answers(&again), expected, "{what}");
    }
}

/// What a damaged index answers, loaded or not: all or nothing.
fn never_wrong(library: &Library, cache: &Path, expected: &BTreeMap<&str, Vec<String>>, what: &str) {
    let (root, reading) = (&library.root, Reading::default());
    for line in LINES {
        let query = Query::parse(line, TODAY).0;
        let current = Current::open(root, cache, false);
        let found = current.and_then(|mut current| current.find(&query, &reading, Wanted::default()));
        assert!(found.is_none_or(|found| found.total == expected[line].len()), "{what}: {line} at once");
    }
    let search = Search::open(library, Some(cache)).unwrap();
    for line in LINES {
        let found = search.find(&Query::parse(line, TODAY).0, root, &reading, Wanted::default());
        let total = found.map_or(0, |found| found.total);
        assert!(total == 0 || total == expected[line].len(), "{what}: {line}");
    }
}

#[test]
fn a_damaged_index_never_answers_wrong() {
    // Shares no factor with the number of ways, so that each file and each way has its turn.
    damaged(9);
}

#[test]
#[ignore = "takes a minute"]
fn an_index_damaged_in_every_way_never_answers_wrong() {
    damaged(1);
}
