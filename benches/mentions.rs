//! How fast names are found: building the matcher, and megabytes of prose a second by how many names there are.
//!
//! The prose is that of the shipped briefings with names planted in it. Fifty thousand actors must not cost more
//! than twice what two thousand cost; compare the medians of `find`.

use std::fmt::Write;
use std::sync::OnceLock;

use divan::counter::BytesCount;
use divan::{Bencher, black_box};
use dossier::document::parse::parse;
use dossier::id::{Id, Kind};
use dossier::library::folder::Root;
use dossier::library::{Library, load};
use dossier::mentions::Matcher;
use dossier::mentions::passage::{Passage, passages};

const GIVEN: [&str; 20] = [
    "Ada", "Bartosz", "Chloé", "Dmitri", "Elif", "Fatima", "Grace", "Hugo", "Ingrid", "James", "Kofi",
    "Layla", "Mateo", "Nadia", "Omar", "Priya", "Rosa", "Sofia", "Tariq", "Wei",
];
const SYLLABLES: [&str; 24] = [
    "ba", "bra", "dor", "el", "far", "gan", "hel", "jor", "kor", "la", "mar", "nel", "or", "pa", "qui",
    "rin", "sa", "tor", "ul", "ven", "wen", "xa", "yor", "zel",
];
const PROSE: usize = 1 << 20;

fn main() {
    divan::main();
}

/// The name of person `n`: given names repeat, family names are of three syllables.
fn name(n: usize) -> (String, String) {
    let syllable = |at: usize| SYLLABLES[at % SYLLABLES.len()];
    let family = format!("{}{}{}", syllable(n), syllable(n / 24), syllable(n / 576));
    let (first, rest) = family.split_at(1);
    let family = first.to_uppercase() + rest;
    (GIVEN[(n * 7 + n / 13_824) % GIVEN.len()].to_owned(), family)
}

fn library(actors: usize) -> Library {
    let folder = tempfile::tempdir().expect("a folder");
    let mut yaml = String::from("actors:\n");
    for n in 0..actors {
        let (given, family) = name(n);
        writeln!(yaml, "  - {{id: a{n}, name: {given} {family}, kind: person, aliases: [{given} J. {family}, FX{n}], weak_aliases: [{family}]}}").expect("written");
    }
    std::fs::write(folder.path().join("actors.yaml"), yaml).expect("written");
    load(Root::open(folder.path()).expect("opened"))
}

/// The shipped briefings, over and over, with one of the first five hundred names every thousand bytes.
fn prose() -> &'static [Passage] {
    static PASSAGES: OnceLock<Vec<Passage>> = OnceLock::new();
    PASSAGES.get_or_init(|| {
        let shipped = load(Root::shipped());
        let mut markdown = String::new();
        let mut next = 0;
        for briefing in shipped.briefings.values().cycle() {
            for paragraph in shipped.body(briefing).expect("a body").text.split("\n\n") {
                markdown.push_str(paragraph);
                if markdown.len() / 1000 > next && !paragraph.starts_with(['|', '`', '[']) {
                    let (given, family) = name(next * 31 % 500);
                    write!(markdown, " {given} {family} said so, and {family} meant it.").expect("written");
                    next += 1;
                }
                markdown.push_str("\n\n");
            }
            if markdown.len() > PROSE {
                return passages(&parse(&markdown));
            }
        }
        Vec::new()
    })
}

#[divan::bench(args = [2_000, 50_000], sample_count = 10)]
fn build(bencher: Bencher<'_, '_>, actors: usize) {
    let library = library(actors);
    bencher.bench_local(|| Matcher::new(black_box(&library)));
}

#[divan::bench(args = [500, 2_000, 50_000], sample_count = 50)]
fn find(bencher: Bencher<'_, '_>, actors: usize) {
    let matcher = Matcher::new(&library(actors));
    let prose = prose();
    let bytes: usize = prose.iter().map(|it| it.text.len()).sum();
    let briefing = Id::new(Kind::Briefing, "bench");
    bencher
        .counter(BytesCount::new(bytes))
        .bench_local(|| matcher.in_passages(black_box(prose), &briefing).len());
}
