//! Pages of one title are told apart wherever titles are listed, by what is quickest to tell them.

#![allow(clippy::unwrap_used, reason = "a test ends where its setting up fails")]

use std::fs;
use std::path::Path;

use dossier::id::Id;
use dossier::library::folder::Root;
use dossier::library::{Library, Mark, load};

/// A library of these files.
fn library(files: &[(&str, &str)]) -> (tempfile::TempDir, Library) {
    let folder = tempfile::tempdir().unwrap();
    for (path, text) in files {
        let path = folder.path().join(path);
        fs::create_dir_all(path.parent().unwrap_or(Path::new("/"))).unwrap();
        fs::write(path, text).unwrap();
    }
    let library = load(Root::open(folder.path()).unwrap());
    (folder, library)
}

fn told(library: &Library, id: &str, shown: &[Mark]) -> Option<String> {
    let id: Id = id.parse().unwrap();
    library.apart(&id, shown).map(|text| text.as_str().to_owned())
}

fn notes() -> (tempfile::TempDir, Library) {
    library(&[
        ("a/first.md", "---\ntitle: Weekly note\ndate: 2025-03-01\n---\n"),
        ("a/second.md", "---\ntitle: weekly  note\n---\n"),
        ("b/third.md", "---\ntitle: Weekly note\n---\n"),
        ("b/alone.md", "---\ntitle: Alone\n---\n"),
    ])
}

#[test]
fn a_title_of_its_own_says_nothing_more() {
    let (_folder, library) = notes();
    assert_eq!(told(&library, "briefing:alone", &[]), None);
}

#[test]
fn a_folder_tells_before_a_date_and_a_date_before_a_file() {
    let (_folder, library) = notes();
    assert_eq!(told(&library, "briefing:third", &[]).as_deref(), Some("b"));
    assert_eq!(told(&library, "briefing:first", &[]).as_deref(), Some("2025-03-01"));
    assert_eq!(told(&library, "briefing:second", &[]).as_deref(), Some("a/second.md"));
}

#[test]
fn what_the_row_shows_already_is_not_said_again() {
    let (_folder, library) = notes();
    assert_eq!(told(&library, "briefing:first", &[Mark::Date]), None);
    assert_eq!(told(&library, "briefing:third", &[Mark::Folder]), None);
    assert_eq!(told(&library, "briefing:second", &[Mark::Folder]).as_deref(), Some("second.md"));
}

#[test]
fn a_version_that_no_longer_holds_says_so_and_the_other_its_date() {
    let (_folder, library) = library(&[
        ("v1.md", "---\ntitle: Paper\ndate: 2025-01-01\nstatus: superseded\n---\n"),
        ("v2.md", "---\ntitle: Paper\ndate: 2025-02-01\n---\n"),
    ]);
    assert_eq!(told(&library, "briefing:v1", &[]).as_deref(), Some("superseded"));
    assert_eq!(told(&library, "briefing:v2", &[]).as_deref(), Some("2025-02-01"));
    assert_eq!(told(&library, "briefing:v2", &[Mark::Status]), None);
}

#[test]
fn actors_of_one_name_are_told_by_their_kind_and_else_by_their_id() {
    let actors = "actors:\n- {id: a, name: Mercury, kind: company}\n- {id: b, name: Mercury, kind: person}\n- {id: c, name: Mercury, kind: person}\n";
    let (_folder, library) = library(&[("index.yaml", "title: T\n"), ("actors.yaml", actors)]);
    assert_eq!(told(&library, "actor:a", &[]).as_deref(), Some("company"));
    assert_eq!(told(&library, "actor:b", &[]).as_deref(), Some("b"));
}

#[test]
fn of_many_with_one_title_each_says_its_file() {
    let paths: Vec<String> = (0..40).map(|nth| format!("f{nth}/note.md")).collect();
    let files: Vec<(&str, &str)> = paths.iter().map(|path| (path.as_str(), "# Note\n")).collect();
    let (_folder, library) = library(&files);
    let told: Vec<_> = library.briefings.values().filter_map(|it| library.apart(&it.id, &[])).collect();
    assert_eq!(told.len(), 40);
    assert!(told.iter().all(|it| it.as_str().ends_with("/note.md")), "{told:?}");
}
