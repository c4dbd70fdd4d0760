//! Answers without loading: given only while nothing shows that the library has changed.
#![allow(clippy::unwrap_used, reason = "a test that cannot begin has failed")]

use std::fs::{self, File};
use std::path::Path;
use std::time::{Duration, UNIX_EPOCH};

use dossier::library::folder::Root;
use dossier::library::load;
use dossier::links::Links;
use dossier::reading::Reading;
use dossier::search::{Current, Query, Results, Search, Seen, Wanted};

use super::indexed::{Indexed, TODAY};

/// A library with an index that knows what it looked like.
struct Kept {
    folder: tempfile::TempDir,
    cache: tempfile::TempDir,
}

impl Kept {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let sub = folder.path().join("sub");
        fs::create_dir(&sub).unwrap();
        fs::write(folder.path().join("one.md"), "# One\n\nThe alpha of Nvidia.\n").unwrap();
        fs::write(sub.join("two.md"), "# Two\n\nThe beta.\n").unwrap();
        fs::write(folder.path().join("actors.yaml"), "- id: nvidia\n  name: Nvidia\n").unwrap();
        // Long ago, so that every change after it shows.
        let long_ago = UNIX_EPOCH + Duration::from_secs(1_000_000_000);
        for name in ["one.md", "sub/two.md", "actors.yaml", "sub", ""] {
            File::open(folder.path().join(name)).unwrap().set_modified(long_ago).unwrap();
        }
        let kept = Self { folder, cache: tempfile::tempdir().unwrap() };
        kept.index();
        kept
    }

    fn index(&self) {
        let seen = Seen::look(&self.root());
        Indexed::new(self.folder.path(), Some(self.cache.path())).search.note(&seen);
    }

    fn path(&self, name: &str) -> std::path::PathBuf {
        self.folder.path().join(name)
    }

    fn root(&self) -> Root {
        Root::open(self.folder.path()).unwrap()
    }

    fn found(&self, line: &str, every: bool) -> Option<Results> {
        let root = self.root();
        let mut current = Current::open(&root, self.cache.path(), every)?;
        current.find(&Query::parse(line, TODAY).0, &Reading::default(), Wanted::default())
    }

    fn total(&self, line: &str) -> Option<usize> {
        self.found(line, false).map(|found| found.total)
    }
}

/// What is done to a file.
type Change = (&'static str, fn(&Kept));

fn append(path: &Path, text: &str) {
    let before = fs::read_to_string(path).unwrap();
    fs::write(path, before + text).unwrap();
}

#[test]
fn an_answer_without_loading_is_the_same() {
    let kept = Kept::new();
    let loaded = Indexed::new(kept.folder.path(), None);
    for line in ["alpha", "bet", "bet*", "actor:nvidia", "nothing-of-this", "-alpha"] {
        for every in [false, true] {
            assert_eq!(kept.found(line, every), Some(loaded.find(line)), "{line}");
        }
    }
}

#[test]
fn none_is_given_before_the_library_was_looked_at() {
    let kept = Kept::new();
    fs::remove_dir_all(kept.cache.path().join("search")).unwrap();
    assert_eq!(kept.total("alpha"), None);
    Indexed::new(kept.folder.path(), Some(kept.cache.path()));
    assert_eq!(kept.total("alpha"), None, "what it looked like is not known");
}

#[test]
fn what_comes_goes_is_renamed_or_replaced_is_noticed() {
    let changes: [Change; 6] = [
        ("comes", |it| fs::write(it.path("sub/three.md"), "# Three\n").unwrap()),
        ("goes", |it| fs::remove_file(it.path("sub/two.md")).unwrap()),
        ("is renamed", |it| fs::rename(it.path("sub/two.md"), it.path("sub/deux.md")).unwrap()),
        ("is replaced", |it| {
            fs::write(it.path(".new"), "# Two\n\nThe gamma.\n").unwrap();
            fs::rename(it.path(".new"), it.path("sub/two.md")).unwrap();
        }),
        ("folder comes", |it| fs::create_dir(it.path("sub/deep")).unwrap()),
        ("registry is changed", |it| append(&it.path("actors.yaml"), "- id: amd\n  name: AMD\n")),
    ];
    for (what, change) in changes {
        let kept = Kept::new();
        change(&kept);
        assert_eq!(kept.total("alpha"), None, "a file {what}");
        kept.index();
        assert_eq!(kept.total("alpha"), Some(1), "a file {what}");
    }
}

#[test]
fn a_text_changed_in_place_is_noticed_where_it_would_be_shown_and_where_nothing_would() {
    let kept = Kept::new();
    append(&kept.path("sub/two.md"), "\nAnd gamma.\n");
    assert_eq!(kept.total("beta"), None, "it would be shown");
    assert_eq!(kept.total("gamma"), None, "nothing would be shown");
    assert_eq!(kept.total("alpha"), Some(1), "another is shown");
    assert!(kept.found("alpha", true).is_none(), "every file is looked at");
    kept.index();
    assert_eq!(kept.total("gamma"), Some(1));
}

#[cfg(unix)]
#[test]
fn a_text_changed_in_place_with_its_size_and_time_kept_is_noticed() {
    let kept = Kept::new();
    let path = kept.path("sub/two.md");
    let (text, time) = (fs::read_to_string(&path).unwrap(), fs::metadata(&path).unwrap().modified().unwrap());
    fs::write(&path, text.replace("beta", "zeta")).unwrap();
    File::options().write(true).open(&path).unwrap().set_modified(time).unwrap();
    assert_eq!(kept.total("beta"), None, "it would be shown");
    assert!(kept.found("alpha", true).is_none(), "every file is looked at");
}

#[test]
fn a_folder_that_changed_without_its_files_costs_one_look_at_them() {
    let kept = Kept::new();
    fs::write(kept.path("sub/.two.md.swp"), "what an editor leaves").unwrap();
    assert_eq!(kept.total("alpha"), Some(1));
    fs::remove_file(kept.path("sub/.two.md.swp")).unwrap();
    assert_eq!(kept.total("alpha"), Some(1));
}

#[test]
fn after_ten_minutes_every_file_is_looked_at() {
    let kept = Kept::new();
    append(&kept.path("sub/two.md"), "\nAnd gamma.\n");
    assert_eq!(kept.total("alpha"), Some(1));
    let checked = File::options().write(true).open(kept.cache.path().join("search/checked")).unwrap();
    let age = std::time::SystemTime::now() - Duration::from_mins(11);
    checked.set_modified(age).unwrap();
    assert_eq!(kept.total("alpha"), None);
}

#[test]
fn what_another_reader_indexes_makes_the_look_of_before_worthless() {
    let kept = Kept::new();
    let two = kept.path("sub/two.md");
    let (before, when) = (fs::read(&two).unwrap(), fs::metadata(&two).unwrap().modified().unwrap());
    append(&two, "\nAnd gamma.\n");
    let library = load(kept.root());
    let mut search = Search::open(&library, Some(kept.cache.path())).unwrap();
    search.refresh(&library, &Links::new(&library), &mut |_| true).unwrap();
    drop(search);
    fs::write(&two, before).unwrap();
    File::options().write(true).open(&two).unwrap().set_modified(when).unwrap();
    assert_eq!(kept.total("beta"), None);
}
