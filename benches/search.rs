//! Search in a library of any size: time to index, size of the index, time to open, time for each kind of query.
//!
//! `DOSSIER_LIBRARY=FOLDER cargo bench --bench search`, with `DOSSIER_INDEX=FOLDER` to keep the index between runs;
//! `benches/search_engine.sh` sets the figures beside those of a bare program on the same engine.

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

const TODAY: Day = Day { year: 2026, month: 11, day: 23 };
/// Lines as they are typed, a query for each of their beginnings.
const TYPED: &str = "market;export controls;quarterly capital review;government policy report";
/// Lines that are asked as they stand.
const ASKED: &str = "market;the;government policy;\"annual report\";mark*;goverment~;market -policy;market OR policy;date:2024";

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
    println!(
        "load {:.3} s: {} briefings, {} actors",
        seconds(started),
        library.briefings.len(),
        library.actors.len()
    );
    let started = Instant::now();
    let links = Links::new(&library);
    println!("links {:.3} s", seconds(started));
    let search = indexed(&library, &links, cache);
    if env::var_os("DOSSIER_ANSWERS").is_some() {
        answers(&library, &search);
        return;
    }
    queries(&library, &search, "typed", &typed());
    let asked = env::var("DOSSIER_QUERIES").unwrap_or_else(|_| ASKED.to_owned());
    for line in asked.split(';') {
        let query = Query::parse(line, TODAY).0;
        queries(&library, &search, line, &vec![query; 50]);
    }
    for actor in library.actors.values().step_by(library.actors.len().div_ceil(3).max(1)) {
        let line = format!("actor:\"{}\"", actor.name);
        let query = Query::parse(&line, TODAY).0;
        queries(&library, &search, &line, &vec![query; 50]);
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

/// All that some queries find, to set beside the answers of another index.
fn answers(library: &Library, search: &Search) {
    println!("answers of {} records", search.len());
    for line in ASKED.split(';') {
        let query = Query::parse(line, TODAY).0;
        let found = search
            .find(&query, &library.root, &Reading::default(), Wanted { hits: 60_000, extracts: 0 })
            .expect("an answer");
        let mut ids: Vec<String> = found.hits.iter().map(|hit| hit.id.to_string()).collect();
        ids.sort();
        println!("{line}: {} {}", found.total, ids.join(" "));
    }
}

/// Every beginning of every line.
fn typed() -> Vec<Query> {
    let starts = |line: &'static str| (1..=line.len()).filter_map(move |end| line.get(..end));
    TYPED.split(';').flat_map(starts).map(|line| Query::typing(line, TODAY).0).collect()
}

/// The time for the first 20 hits, without extracts, with one and with three each.
fn queries(library: &Library, search: &Search, name: &str, queries: &[Query]) {
    for extracts in [0, 1, 3] {
        let (total, times, worst) = timed(library, search, queries, Wanted { hits: 20, extracts });
        let at =
            |part: usize| times.get(times.len() * part / 100).map_or(0.0, |time| time.as_secs_f64() * 1e3);
        let figures = format!("median {:.3} ms, 95th {:.3} ms, worst {:.3} ms", at(50), at(95), at(99));
        println!("{name}: {total} found, {extracts} extracts each: {figures}; worst for {worst}");
    }
}

fn timed(
    library: &Library,
    search: &Search,
    queries: &[Query],
    wanted: Wanted,
) -> (usize, Vec<Duration>, String) {
    let reading = Reading::default();
    let mut times: Vec<Duration> = Vec::new();
    let (mut total, mut worst) = (0, String::new());
    for query in queries {
        let started = Instant::now();
        total = search.find(query, &library.root, &reading, wanted).expect("an answer").total;
        let time = started.elapsed();
        if times.iter().all(|it| *it < time) {
            worst = query.to_string();
        }
        times.push(time);
    }
    times.sort();
    (total, times, worst)
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
