//! How long links and pages take in a library of 10,000 briefings and 2,000 actors.

#[path = "made/library.rs"]
mod made;

use divan::Bencher;
use dossier::date::Day;
use dossier::id::{Id, Kind};
use dossier::links::Links;
use dossier::mentions::mark::Shown;
use dossier::page::{self, Context};
use dossier::reading::Reading;

fn main() {
    divan::main();
}

#[divan::bench]
fn links(bencher: Bencher) {
    let library = made::library(10_000, 2_000);
    bencher.bench_local(|| Links::new(&library));
}

#[divan::bench(args = ["home", "briefings", "actors", "actor:a7"])]
fn page(bencher: Bencher, address: &str) {
    let library = made::library(10_000, 2_000);
    let links = Links::new(&library);
    let reading = Reading::default();
    let today = Day { year: 2025, month: 10, day: 1 };
    let context = Context {
        library: &library,
        links: &links,
        reading: &reading,
        search: None,
        today,
        names: Shown::First,
    };
    let id = address.parse().unwrap_or(Id::page(Kind::Home));
    bencher.bench_local(|| page::build(context, &id));
}
