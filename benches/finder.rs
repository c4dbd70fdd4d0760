//! How long a keystroke takes among 50,000 titles and names; `benches/finder_fzf.sh` tells what fzf takes.

#![allow(clippy::print_stdout, reason = "a bench prints its figures")]

use std::hint::black_box;
use std::time::Instant;

#[path = "made/library.rs"]
mod made;

use divan::Bencher;
use dossier::finder::Finder;

/// Lines as they are typed: each of their beginnings is a key.
const TYPED: [&str; 6] = ["harbour", "office 77", "ferry council", "hrbr cncl", "zzzqqq", "o9f7"];

fn main() {
    keys();
    divan::main();
}

/// The first answer after each key; of a key the best of five rounds counts.
fn keys() {
    let finder = finder();
    let starts = TYPED.iter().flat_map(|line| (1..=line.len()).filter_map(|end| line.get(..end)));
    let best = |line| {
        let timed = |_| {
            let started = Instant::now();
            black_box(finder.best(line, 20));
            started.elapsed()
        };
        (0..5).map(timed).min().unwrap_or_default().as_secs_f64() * 1e3
    };
    let mut times: Vec<f64> = starts.map(best).collect();
    times.sort_by(f64::total_cmp);
    let at = |part: usize| times[(times.len() * part / 100).min(times.len() - 1)];
    println!("{} keys: median {:.2} ms, 95th {:.2} ms, worst {:.2} ms", times.len(), at(50), at(95), at(100));
}

/// 10,000 titles, and 10,000 actors of four names and an id each.
fn finder() -> Finder {
    let finder = Finder::new(&made::library(10_000, 10_000));
    assert!(finder.len() >= 50_000, "{} names", finder.len());
    finder
}

#[divan::bench(args = ["a", "ha", "harbour", "office 77", "ferry council", "hrbr cncl", "zzzqqq", "o9f7"])]
fn keystroke(bencher: Bencher, query: &str) {
    let finder = finder();
    bencher.bench_local(|| finder.best(query, 20));
}

#[divan::bench]
fn build(bencher: Bencher) {
    let library = made::library(10_000, 10_000);
    bencher.bench_local(|| Finder::new(&library));
}
