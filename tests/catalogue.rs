//! What changed is read again and nothing else, and what comes of it is what reading everything gives.

#![allow(clippy::unwrap_used, reason = "a test ends where its setting up fails")]

use std::fs;
use std::path::{Path, PathBuf};

use dossier::library::catalogue::Catalogue;
use dossier::library::folder::Root;
use dossier::library::load::kept_in;
use dossier::library::{Library, load, open};
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};

fn root(folder: &Path) -> Root {
    Root::open(folder).unwrap()
}

fn write(folder: &Path, path: &str, text: &str) {
    let file = folder.join(path);
    fs::create_dir_all(file.parent().unwrap()).unwrap();
    fs::write(file, text).unwrap();
}

/// Everything that a library says, as words.
fn said(library: &Library) -> String {
    use std::fmt::Write;
    let mut said = format!("{} {:?} {:?}\n", library.title, library.description, library.marking);
    for it in library.briefings.values() {
        let (json, place, stamp) = (serde_json::to_string(it).unwrap(), &it.place, it.stamp);
        writeln!(said, "{json} {place} {stamp} {:?}", it.tabs).unwrap();
    }
    let Library { folders, names, record_files, others, problems, .. } = library;
    write!(said, "{folders:#?}\n{names:?}\n{record_files:?}\n{others:?}\n{problems:#?}\n").unwrap();
    let Library { actors, topics, claims, events, sources, terms, packets, .. } = library;
    write!(said, "{actors:#?}{topics:#?}{claims:#?}{events:#?}{sources:#?}{terms:#?}{packets:#?}").unwrap();
    said
}

/// A library with everything whose meaning depends on something else.
fn library() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (path, text) in STARTS {
        write(folder.path(), path, text);
    }
    folder
}

const STARTS: [(&str, &str); 11] = [
    ("index.yaml", "title: Shelf\nmarking: CLEAR\nbriefings:\n  - {file: a.md, actors: [wang, Nobody]}\n"),
    (
        "actors.yaml",
        "- {id: wang, name: Alexandr Wang, never_in: [b]}\n- {id: acme, name: Acme, parent: wang}\n",
    ),
    (
        "topics.yaml",
        "- {id: chips, name: Chips, related: [power]}\n- {id: power, name: Power, broader: chips}\n",
    ),
    ("a.md", "# A\n\nText of a.\n"),
    ("b.md", "---\ntitle: B\nsupersedes: a\ntabs: [deep/c.md]\ntopics: [chips]\n---\nText of b.\n"),
    ("deep/index.yaml", "title: Deep\nmarking: AMBER\nbriefings:\n  - {file: c.md, id: sea, bluf: Low.}\n"),
    ("deep/c.md", "# C\n"),
    ("deep/d.md", "---\nid: sea\n---\n# D\n"),
    ("lone/README.md", "# Lone\n"),
    ("lone/record.yaml", "title: The lone one\nactors: [acme]\n"),
    ("authors/jo/_index.md", "---\ndisplay_name: Jo Doe\n---\n"),
];

/// What may become of a library.
#[derive(Clone, Debug)]
enum Change {
    Write(&'static str, &'static str),
    Remove(&'static str),
    Rename(&'static str, &'static str),
}

const CHANGES: [Change; 24] = [
    Change::Write("a.md", "# Another A\n\nOther text.\n"),
    Change::Write("a.md", "# A\n\nTaxt of a.\n"),
    Change::Write("b.md", "---\ntitle: Bee\naliases: [Honey]\nactors: [Honey]\n---\n"),
    Change::Write("b.md", "---\nid: a\ntitle: [\n---\n"),
    Change::Write("new.md", "---\nsupersedes: sea\nmarking: RED\n---\n# New\n"),
    Change::Write("deep/new.md", "# New in the deep\n"),
    Change::Write("lone/second.md", "# Beside the lone one\n"),
    Change::Write("lone/other.yaml", "title: Two records\n"),
    Change::Write("lone/index.yaml", "title: No longer alone\nlang: fr\n"),
    Change::Write("authors/jo/_index.md", "---\ndisplay_name: Jo Smith\nactors: [wang]\n---\nWords.\n"),
    Change::Write("authors/al.yaml", "name: Al\n"),
    Change::Write(
        "index.yaml",
        "title: Shelf\nbriefings:\n  - {file: a.md, actors: [acme]}\n  - {file: gone.md}\n",
    ),
    Change::Write("index.yaml", "briefings: [{file: deep/d.md, title: From above}]\n"),
    Change::Write("deep/index.yaml", "briefings:\n  - {file: ../a.md, title: From below}\n"),
    Change::Write("actors.yaml", "- {id: jo, name: Jo}\n- {id: acme, name: Acme, parent: jo}\n"),
    Change::Write("topics.yaml", "- {id: power, name: Power, broader: power}\n"),
    Change::Write("picture.png", "no picture"),
    Change::Remove("deep/c.md"),
    Change::Remove("index.yaml"),
    Change::Remove("deep/index.yaml"),
    Change::Remove("lone/record.yaml"),
    Change::Remove("b.md"),
    Change::Rename("deep", "deeper"),
    Change::Rename("a.md", "z.md"),
];

impl Change {
    /// Does it, where it can be done.
    fn make(&self, folder: &Path) {
        match self {
            Self::Write(path, text) => write(folder, path, text),
            Self::Remove(path) => drop(fs::remove_file(folder.join(path))),
            Self::Rename(from, to) => drop(fs::rename(folder.join(from), folder.join(to))),
        }
    }
}

#[test]
fn after_any_changes_it_is_the_library_that_reading_everything_gives() {
    let cases = prop::collection::vec(prop::collection::vec(prop::sample::select(&CHANGES[..]), 1..4), 1..5);
    let mut runner = TestRunner::new(Config { cases: 60, failure_persistence: None, ..Config::default() });
    let law = |steps: Vec<Vec<Change>>| {
        let folder = library();
        let mut catalogue = Catalogue::new(&root(folder.path()));
        for changes in steps {
            for change in &changes {
                change.make(folder.path());
            }
            catalogue.refresh(&root(folder.path()));
            let again = catalogue.library(root(folder.path()));
            prop_assert_eq!(said(&again), said(&load(root(folder.path()))), "after {:?}", changes);
        }
        Ok(())
    };
    runner.run(&cases, law).unwrap();
}

#[test]
fn every_single_change_is_seen_and_so_is_its_being_undone() {
    for change in &CHANGES {
        let folder = library();
        let mut catalogue = Catalogue::new(&root(folder.path()));
        let before = said(&catalogue.library(root(folder.path())));
        change.make(folder.path());
        assert!(catalogue.refresh(&root(folder.path())).read, "{change:?}");
        let after = said(&catalogue.library(root(folder.path())));
        assert_eq!(after, said(&load(root(folder.path()))), "{change:?}");
        assert_ne!(after, before, "{change:?}");
    }
}

#[test]
fn what_is_kept_comes_back_and_is_not_read_again() {
    let (folder, cache) = (library(), tempfile::tempdir().unwrap());
    let first = open(root(folder.path()), Some(cache.path()));
    let mut kept = Catalogue::kept(&root(folder.path()), &kept_in(cache.path())).expect("it was kept");
    assert_eq!(said(&kept.library(root(folder.path()))), said(&first));
    let changes = kept.refresh(&root(folder.path()));
    assert!(!changes.read, "{changes:?}");
    assert_eq!(said(&open(root(folder.path()), Some(cache.path()))), said(&first));
}

#[test]
fn of_what_changed_while_nobody_looked_everything_is_seen() {
    for change in &CHANGES {
        let (folder, cache) = (library(), tempfile::tempdir().unwrap());
        open(root(folder.path()), Some(cache.path()));
        change.make(folder.path());
        let opened = open(root(folder.path()), Some(cache.path()));
        assert_eq!(said(&opened), said(&load(root(folder.path()))), "{change:?}");
    }
}

#[cfg(unix)]
#[test]
fn a_file_put_in_the_place_of_another_with_its_size_and_time_is_seen() {
    let (folder, cache) = (library(), tempfile::tempdir().unwrap());
    let file = folder.path().join("a.md");
    let time = fs::metadata(&file).unwrap().modified().unwrap();
    let first = open(root(folder.path()), Some(cache.path()));
    let other = folder.path().join("other");
    fs::write(&other, "# Z\n\nText of z.\n").unwrap();
    fs::File::options().write(true).open(&other).unwrap().set_modified(time).unwrap();
    fs::rename(&other, &file).unwrap();
    let again = open(root(folder.path()), Some(cache.path()));
    let (first, again) = (&first.briefings["a"], &again.briefings["a"]);
    assert_eq!((first.title.as_str(), again.title.as_str()), ("A", "Z"));
    assert_ne!(first.print, again.print, "what is derived from its text is void");
}

#[test]
fn a_catalogue_that_is_damaged_or_of_another_library_is_none() {
    let (folder, cache) = (library(), tempfile::tempdir().unwrap());
    let expected = said(&open(root(folder.path()), Some(cache.path())));
    let file = kept_in(cache.path());
    let whole = fs::read(&file).unwrap();
    let other = library();
    assert!(Catalogue::kept(&root(other.path()), &file).is_none(), "of another folder");
    for at in (0..whole.len()).step_by(whole.len() / 40) {
        for damaged in [&whole[..at], &flipped(&whole, at)] {
            fs::write(&file, damaged).unwrap();
            assert!(Catalogue::kept(&root(folder.path()), &file).is_none(), "damaged at {at}");
        }
    }
    assert_eq!(said(&open(root(folder.path()), Some(cache.path()))), expected);
    fs::remove_file(&file).unwrap();
    fs::create_dir(&file).unwrap();
    assert_eq!(
        said(&open(root(folder.path()), Some(cache.path()))),
        expected,
        "a folder stands in its place"
    );
}

fn flipped(bytes: &[u8], at: usize) -> Vec<u8> {
    let mut flipped = bytes.to_vec();
    flipped[at] ^= 0x20;
    flipped
}

/// The files in a folder and below, sorted.
fn files(folder: &Path) -> Vec<PathBuf> {
    let mut waiting = vec![folder.to_owned()];
    let mut files = Vec::new();
    while let Some(folder) = waiting.pop() {
        for path in fs::read_dir(folder).into_iter().flatten().flatten().map(|it| it.path()) {
            if path.is_dir() { waiting.push(path) } else { files.push(path) }
        }
    }
    files.sort();
    files
}

#[cfg(unix)]
#[test]
fn what_is_kept_is_for_its_reader_alone_and_with_no_cache_nothing_is() {
    use std::os::unix::fs::PermissionsExt;
    let (folder, home) = (library(), tempfile::tempdir().unwrap());
    let run = |words: &[&str], variables: &[(&str, &str)]| {
        let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_dossier"));
        command.arg("-L").arg(folder.path()).args(words).env("HOME", home.path());
        for name in ["XDG_CACHE_HOME", "XDG_STATE_HOME", "XDG_CONFIG_HOME"] {
            command.env_remove(name);
        }
        let ended = command.envs(variables.iter().copied()).output().unwrap();
        (String::from_utf8(ended.stdout).unwrap(), ended.status.success())
    };
    let config = home.path().join(".config/dossier/config.yaml");
    let plain = [&["search", "text"][..], &["list", "actors"], &["show", "a"], &["links", "wang"]];
    for words in plain {
        let flagged: Vec<&str> = words.iter().copied().chain(["--no-cache"]).collect();
        let found = run(&flagged, &[]);
        assert!(found.1, "{flagged:?} {}", found.0);
        assert_eq!(run(words, &[("DOSSIER_NO_CACHE", "1")]), found);
        fs::create_dir_all(config.parent().unwrap()).unwrap();
        fs::write(&config, "cache: false\n").unwrap();
        assert_eq!(run(words, &[]), found);
        fs::remove_file(&config).unwrap();
        assert_eq!(files(home.path()), Vec::<PathBuf>::new(), "{words:?} kept something");
    }
    for words in plain {
        let flagged: Vec<&str> = words.iter().copied().chain(["--no-cache"]).collect();
        assert_eq!(run(words, &[]), run(&flagged, &[]), "{words:?}");
    }
    let kept = files(home.path());
    assert!(kept.iter().any(|it| it.ends_with("catalogue")), "{kept:?}");
    for path in
        kept.iter().flat_map(|file| file.ancestors()).filter(|it| it.starts_with(home.path().join(".cache")))
    {
        let mode = fs::metadata(path).unwrap().permissions().mode() & 0o777;
        let wanted = if path.is_dir() { 0o700 } else { 0o600 };
        assert_eq!(mode, wanted, "{}", path.display());
    }
}
