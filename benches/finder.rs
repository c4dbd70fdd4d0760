//! How long a keystroke takes among 50,000 titles and names.

#[path = "made/library.rs"]
mod made;

use divan::Bencher;
use dossier::finder::Finder;

fn main() {
    divan::main();
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
