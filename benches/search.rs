//! Search in a library of any size, set beside the bare engine in the same run: time to index, size of the index,
//! time for the first 20 hits with their extracts for each way of asking.
//!
//! `DOSSIER_LIBRARY=FOLDER cargo bench --bench search`, with `DOSSIER_INDEX=FOLDER` to keep the index between runs.
//! `benches/search.py` measures whole processes.

#![allow(clippy::print_stdout, reason = "a bench prints its figures")]

use std::env;
use std::fs;
use std::path::Path;
use std::time::{Duration, Instant};

use dossier::date::Day;
use dossier::library::folder::Root;
use dossier::library::{Library, load};
use dossier::links::Links;
use dossier::reading::Reading;
use dossier::search::{Query, Search, Wanted};

#[path = "search/bare.rs"]
mod bare;
use bare::{Asked, Bare};

const TODAY: Day = Day { year: 2026, month: 11, day: 23 };
const ROUNDS: usize = 7;
const TYPED: &str = "market;export controls;quarterly capital review;government policy report";
const WORDS: &str = "the;market;government;policy;website;usability;accessibility;plain language;data report;\
                     customer experience survey;zyxqvarnok";
const PHRASES: &str = "annual report;plain language;federal government;user experience;united states;social media;\
                       the public;executive order;of the";
const PREFIXES: &str = "ma;mark;gov;acc;poli;us;transp;w";
const TYPOS: &str = "goverment;acessibility;polcy;markt;websit;custmer;langauge;experence";

/// One way of asking: what is asked of us, and of the bare engine.
type Way = (&'static str, Vec<(Query, Asked)>);

fn main() {
    let Some(folder) = env::var_os("DOSSIER_LIBRARY") else {
        eprintln!("skipped: DOSSIER_LIBRARY names no folder");
        return;
    };
    let kept = env::var_os("DOSSIER_INDEX");
    let made = tempfile::tempdir().expect("a folder for the index");
    let cache = kept.as_deref().map_or(made.path(), Path::new);
    let started = Instant::now();
    let library = load(Root::open(Path::new(&folder)).expect("the folder opens"));
    let (briefings, actors) = (library.briefings.len(), library.actors.len());
    println!("load {:.3} s: {briefings} briefings, {actors} actors", seconds(started));
    let started = Instant::now();
    let links = Links::new(&library);
    println!("links {:.3} s", seconds(started));
    let search = indexed(&library, &links, cache);
    let started = Instant::now();
    let bare = Bare::new(&library);
    println!("bare engine, in memory, texts read: {:.3} s", seconds(started));
    println!("\nms for the first 20 with extracts: median, 95th of 100, worst; ours, then the bare engine's");
    for (name, asked) in ways(&library) {
        compare(&library, &search, &bare, name, &asked);
    }
}

fn indexed(library: &Library, links: &Links, cache: &Path) -> Search {
    let started = Instant::now();
    let mut search = Search::open(library, Some(cache)).expect("search opens");
    println!("open {:.4} s", seconds(started));
    let started = Instant::now();
    let refreshed = search.refresh(library, links, &mut |_| true).expect("the index is brought up to date");
    println!("refresh {:.3} s: {refreshed:?}, index of {} bytes", seconds(started), size(cache));
    let started = Instant::now();
    search.refresh(library, links, &mut |_| true).expect("the index is up to date");
    println!("refresh again {:.4} s; memory {} MB", seconds(started), memory());
    search
}

fn ways(library: &Library) -> Vec<Way> {
    let words = |line: &str| line.split(' ').map(str::to_owned).collect::<Vec<_>>();
    let parsed = |line: &str| Query::parse(line, TODAY).0;
    let each =
        |lines: &'static str, ask: &dyn Fn(&str) -> (Query, Asked)| lines.split(';').map(ask).collect();
    let starts = |line: &'static str| (1..=line.len()).filter_map(move |end| line.get(..end));
    let typed = TYPED.split(';').flat_map(starts).filter(|line| !line.ends_with(' '));
    let actors = library.actors.values().step_by(library.actors.len().div_ceil(40).max(1));
    vec![
        ("typed, each key", typed.map(|it| (Query::typing(it, TODAY).0, Asked::Typed(words(it)))).collect()),
        ("words", each(WORDS, &|it| (parsed(it), Asked::Words(words(it))))),
        ("phrases", each(PHRASES, &|it| (parsed(&format!("\"{it}\"")), Asked::Phrase(words(it))))),
        ("prefixes", each(PREFIXES, &|it| (parsed(&format!("{it}*")), Asked::Prefix(it.to_owned())))),
        ("typos", each(TYPOS, &|it| (parsed(&format!("{it}~")), Asked::Typo(it.to_owned())))),
        (
            "actor:",
            actors
                .map(|it| (parsed(&format!("actor:\"{}\"", it.name)), Asked::Actor(it.id.slug.clone())))
                .collect(),
        ),
    ]
}

/// Asks both in turn, some rounds; of each question the best round counts.
fn compare(library: &Library, search: &Search, bare: &Bare, name: &str, asked: &[(Query, Asked)]) {
    let reading = Reading::default();
    let mut ours = Vec::new();
    let mut theirs = Vec::new();
    for (query, asked) in asked {
        let find =
            || search.find(query, &library.root, &reading, Wanted::default()).expect("an answer").total;
        ours.push((best(find), query.to_string()));
        theirs.push((best(|| bare.find(asked)), query.to_string()));
    }
    let (ours, theirs) = (figures(ours), figures(theirs));
    let ratio = |nth: usize| ours.0[nth] / theirs.0[nth];
    println!(
        "{name:>16}  {:6.2} {:6.2} {:6.2}   {:6.2} {:6.2} {:6.2}   {:.2}x {:.2}x   worst for {}",
        ours.0[0],
        ours.0[1],
        ours.0[2],
        theirs.0[0],
        theirs.0[1],
        theirs.0[2],
        ratio(0),
        ratio(1),
        ours.1
    );
}

fn best<T>(mut ask: impl FnMut() -> T) -> Duration {
    let timed = |_| {
        let started = Instant::now();
        std::hint::black_box(ask());
        started.elapsed()
    };
    (0..ROUNDS).map(timed).min().unwrap_or_default()
}

/// Median, 95th of 100 and worst in milliseconds, and what took longest.
fn figures(mut times: Vec<(Duration, String)>) -> ([f64; 3], String) {
    times.sort();
    let at = |part: usize| {
        let nth = (times.len() * part / 100).min(times.len() - 1);
        times[nth].0.as_secs_f64() * 1e3
    };
    ([at(50), at(95), at(100)], times.last().map(|(_, query)| query.clone()).unwrap_or_default())
}

fn seconds(since: Instant) -> f64 {
    since.elapsed().as_secs_f64()
}

fn size(folder: &Path) -> u64 {
    let Ok(entries) = fs::read_dir(folder) else { return 0 };
    let size = |entry: fs::DirEntry| match entry.metadata() {
        Ok(known) if known.is_dir() => size(&entry.path()),
        Ok(known) => known.len(),
        Err(_) => 0,
    };
    entries.flatten().map(size).sum()
}

/// The most memory this process has had, where the system tells.
fn memory() -> u64 {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    line.and_then(|line| line.split_whitespace().next()?.parse::<u64>().ok()).unwrap_or(0) / 1024
}
