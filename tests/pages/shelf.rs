//! A library opened for tests of its pages, and its pages as text.
#![allow(dead_code, reason = "each test that uses this uses a part of it")]

use std::path::Path;

use dossier::date::Day;
use dossier::document::Document;
use dossier::id::{Id, Kind};
use dossier::layout::Layout;
use dossier::library::folder::Root;
use dossier::library::{self, Library};
use dossier::links::Links;
use dossier::page::{self, Context, Page};
use dossier::reading::Reading;

const TODAY: Day = Day { year: 2025, month: 10, day: 1 };

/// A library with what its pages need.
pub struct Shelf {
    pub library: Library,
    pub links: Links,
    pub reading: Reading,
}

impl Shelf {
    pub fn open(folder: &str) -> Self {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
        Self::of(Root::open(&path).expect("the folder opens"))
    }

    /// A text alone.
    pub fn text(text: String) -> Self {
        Self::of(Root::stdin(text))
    }

    fn of(root: Root) -> Self {
        let library = library::load(root);
        let links = Links::whole(&library, None, &|| {});
        Self { library, links, reading: Reading::default() }
    }

    pub fn ferry() -> Self {
        Self::open("tests/fixtures/ferry")
    }

    pub fn context(&self) -> Context<'_> {
        Context {
            search: None,
            library: &self.library,
            links: &self.links,
            reading: &self.reading,
            today: TODAY,
            names: dossier::mentions::mark::Shown::default(),
        }
    }

    pub fn page(&self, address: &str) -> Page {
        page::build(self.context(), &address.parse().expect("an address"))
    }

    /// Every page there is.
    pub fn every(&self) -> Vec<Id> {
        let library = &self.library;
        let single = Kind::ALL.into_iter().filter(|kind| !kind.has_slug()).map(Id::page);
        let folders = library.folders.keys().map(|path| Id::new(Kind::Folder, path.clone()));
        let mut ids: Vec<Id> = single.chain(folders).collect();
        ids.extend(library.briefings.values().map(|it| Id::clone(&it.id)));
        ids.extend(library.actors.values().map(|it| it.id.clone()));
        ids.extend(library.topics.values().map(|it| it.id.clone()));
        ids.extend(library.claims.values().map(|it| it.id.clone()));
        ids.extend(library.events.values().map(|it| it.id.clone()));
        ids.extend(library.sources.values().map(|it| it.id.clone()));
        ids.extend(library.terms.values().map(|it| it.id.clone()));
        ids.extend(library.packets.values().map(|it| it.id.clone()));
        ids
    }
}

/// A library of these files, in a folder that lasts as long as the guard.
pub fn made(files: &[(&str, &str)]) -> (tempfile::TempDir, Shelf) {
    let folder = tempfile::tempdir().expect("a folder");
    for (name, text) in files {
        let path = folder.path().join(name);
        std::fs::create_dir_all(path.parent().expect("a parent")).expect("made");
        std::fs::write(path, text).expect("written");
    }
    let library = library::load(Root::open(folder.path()).expect("the folder opens"));
    let links = Links::whole(&library, None, &|| {});
    (folder, Shelf { library, links, reading: Reading::default() })
}

/// The page as lines at 72 columns, what stands beside it after a line of dashes.
pub fn shown(page: &Page) -> String {
    shown_at(page, 72)
}

pub fn shown_at(page: &Page, columns: usize) -> String {
    let marking = page.marking.as_ref().map_or("NO MARKING", |it| it.as_str());
    let mut text = format!("({marking})\n{}", lines(&page.document, columns));
    let aside = lines(&page.aside, 34);
    if !aside.is_empty() {
        text.push_str("- - -\n");
    }
    text + &aside
}

/// The lines of a document.
pub fn lines(document: &Document, columns: usize) -> String {
    let mut text = String::new();
    for line in &Layout::new(document, columns).lines {
        text.push_str(line.text().trim_end());
        text.push('\n');
    }
    text
}
