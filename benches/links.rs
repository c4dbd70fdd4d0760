//! What gathering mentions costs beside reading and parsing the same files alone, as ratios in one run.
//!
//! `cargo bench --bench links -- LIBRARY` takes any library; without one, the shipped library.

use std::fmt::Write as _;
use std::io::Write as _;
use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

use dossier::document::parse::parse;
use dossier::library::folder::Root;
use dossier::library::{self, Library, Table};
use dossier::links::texts::Texts;
use dossier::mentions::Matcher;
use rayon::prelude::*;

const RUNS: usize = 5;

fn main() {
    let folder = std::env::args().skip(1).find(|it| !it.starts_with('-'));
    let root = folder.map_or(Root::shipped(), |it| Root::open(Path::new(&it)).expect("the library opens"));
    let mut library = library::load(root);
    let matcher = Matcher::new(&library);
    let floor = best(|| read_and_parse(&library));
    let nothing = best(|| gather(&library, &matcher, &Texts::default()));
    let mut known = Texts::new(&library, &matcher, &Texts::default(), &|| {});
    let unchanged = best(|| gather(&library, &matcher, &known));
    let changed = best(|| {
        let mut briefings: Vec<_> = library.briefings.values().cloned().map(Arc::new).collect();
        if let Some(briefing) = briefings.first_mut().map(Arc::make_mut) {
            briefing.print = briefing.print.wrapping_add(1);
        }
        library.briefings = Table::new(briefings);
        known = Texts::new(&library, &matcher, &known, &|| {});
    });
    let mut table = format!("{} briefings, best of {RUNS}\n", library.briefings.len());
    for (what, took) in [
        ("read and parse", floor),
        ("from nothing", nothing),
        ("unchanged", unchanged),
        ("one file changed", changed),
    ] {
        let ratio = took.as_secs_f64() / floor.as_secs_f64();
        writeln!(table, "{what:<18}{took:>12.2?}{ratio:>8.2}x").expect("a string takes it");
    }
    std::io::stdout().write_all(table.as_bytes()).expect("written");
}

fn read_and_parse(library: &Library) {
    let briefings: Vec<_> = library.briefings.values().collect();
    let blocks: usize = briefings
        .par_iter()
        .map(|it| library.body(it).map_or(0, |body| parse(&body.text).blocks.len()))
        .sum();
    std::hint::black_box(blocks);
}

fn gather(library: &Library, matcher: &Matcher, known: &Texts) {
    std::hint::black_box(Texts::new(library, matcher, known, &|| {}));
}

fn best(mut run: impl FnMut()) -> Duration {
    let time = |()| {
        let start = Instant::now();
        run();
        start.elapsed()
    };
    std::iter::repeat_n((), RUNS).map(time).min().unwrap_or_default()
}
