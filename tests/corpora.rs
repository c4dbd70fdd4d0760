//! Other people's libraries as they are: what their links lead to, against counts made by another program.
//!
//! That program scans lines and knows no Markdown, so the two agree only nearly; where they do not, [`EXPECTED`]
//! says why.

use dossier::document::Target;
use dossier::document::parse::parse;
use dossier::library::folder::Root;
use dossier::library::{Library, load};
use rayon::prelude::*;

use crate::shared::shared;

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
            for mut target in parse(&body).links().into_iter().cloned() {
                let kind = match target {
                    Target::Path(_) => &mut paths,
                    Target::Wiki(_) => &mut wikis,
                    _ => continue,
                };
                library.resolve(&briefing.file, &mut target);
                let dead = matches!(target, Target::Lost(_));
                *kind = *kind + Links { all: 1, dead: usize::from(dead) };
            }
            (paths, wikis)
        })
        .reduce(Default::default, |one, other| (one.0 + other.0, one.1 + other.1))
}

/// For each library: relative and rooted links, dead ones, wikilinks, dead ones.
///
/// The other program's counts (`STATS.md` beside the corpora), where they differ, and why:
/// - digitalgov, 3,026 relative, 3,025 dead: it takes `{{< ref "x" >}}` for a file. Here such a link is found by its
///   name, as Hugo finds it, and counts as a wikilink; links in `<a href>` and of shortcodes with a file count too.
/// - covenant-i18n, 6 relative, 6 dead: the same, and none is dead.
/// - eips, 3,022 relative, 203 dead: 48 lead to `./eip-1` without `.md`, which GitHub's site and this find; the other
///   17 are links in code, or of pictures.
/// - eth-pm, 127 relative, 81 dead, 25 wikilinks: counted in 617 files, of which the corpus holds 73. A plain search
///   of these finds 22 relative links, one from the root, 21 dead, to slides and notes that are not there, and no
///   wikilink; links without an address, `[words]()`, count here as dead besides.
/// - finos-aigov, 3 relative and 16 from the root, all 19 dead: pages that the site makes by itself. 13 of those from
///   the root are pages of a Jekyll collection, which are found here in its folder.
/// - vaultofknowledge, 2,663 wikilinks, 334 dead: 156 of them embed pictures, which are not in the corpus. A plain
///   search finds 2,508 without these, as many as here.
const EXPECTED: [(&str, [usize; 4]); 7] = [
    ("congress", [2, 1, 0, 0]),
    ("covenant-i18n", [0, 0, 6, 0]),
    ("digitalgov", [338, 301, 3200, 89]),
    ("eips", [2998, 138, 0, 0]),
    ("eth-pm", [26, 25, 0, 0]),
    ("finos-aigov", [21, 6, 0, 0]),
    ("vaultofknowledge", [0, 0, 2508, 181]),
];

#[test]
#[ignore = "reads thousands of files: cargo test corpora:: -- --ignored --nocapture"]
fn links_lead_where_another_program_says() {
    let Some(corpora) = shared("corpora") else { return };
    for (name, expected) in EXPECTED {
        let (paths, wikis) = count(&load(Root::open(&corpora.join(name)).expect("a library")));
        let found = [paths.all, paths.dead, wikis.all, wikis.dead];
        eprintln!("{name}: {found:?}");
        let near = |(found, expected): (usize, usize)| found.abs_diff(expected) * 50 <= expected;
        assert!(found.into_iter().zip(expected).all(near), "{name}: {found:?}, not {expected:?}");
    }
}
