//! Parsing and laying out documents of three sizes, generated here, and what a hostile author would send.

use std::fmt::Write;
use std::sync::Arc;

use divan::counter::BytesCount;
use divan::{Bencher, black_box};
use dossier::document::parse::parse;
use dossier::layout::{Hits, Layout, Rows};
use dossier::text::fold;

fn main() {
    divan::main();
}

const SIZES: [usize; 3] = [3_000, 100_000, 1_000_000];

/// A section with everything that briefings hold, some 1,400 bytes of it, until there are `bytes`.
fn briefing(bytes: usize) -> String {
    let mut text = String::new();
    for number in 1.. {
        if text.len() >= bytes {
            break;
        }
        let _ = write!(
            text,
            "## What is known, part {number}\n\n\
             On **23 January** [Alexandr Wang](actor:alexandr-wang) told a broadcaster that *DeepSeek* held about \
             50,000 chips of the newest kind[^{number}], which could not be talked about because of the \
             [export controls](https://example.org/press-release/{number}) in force. The company has not answered, \
             and its own paper names `2,048` chips of an older kind; both can be true, since a firm may hold more \
             than it used for one training run.\n\n\
             - The claim was repeated by others, none of whom said that they had seen the chips themselves.\n\
             - The maker of the chips said that what it sold was sold lawfully.\n  \
             - Nested: état-major, Überblick, 50 %, – and so on.\n\n\
             > A quote of some length, so that it has to be wrapped over more than one line at most widths.\n\n\
             | Chip | Sold to China | Remark |\n|:-----|------:|:---------|\n\
             | H100 | 0 | banned since October 2022, before it was shipped |\n\
             | H800 | 30,000 | made for China, then banned in October 2023 |\n\n\
             [^{number}]: As transcribed by one outlet; the recording was not seen.\n\n"
        );
    }
    text
}

#[divan::bench(args = SIZES)]
fn parsing(bencher: Bencher<'_, '_>, bytes: usize) {
    let text = briefing(bytes);
    bencher.counter(BytesCount::of_str(&text)).bench(|| parse(black_box(&text)));
}

/// The parser alone: what all else is measured against.
#[divan::bench(args = SIZES)]
fn floor(bencher: Bencher<'_, '_>, bytes: usize) {
    let text = briefing(bytes);
    let options = pulldown_cmark::Options::all();
    bencher
        .counter(BytesCount::of_str(&text))
        .bench(|| pulldown_cmark::Parser::new_ext(black_box(&text), options).count());
}

#[divan::bench(args = SIZES)]
fn laying_out(bencher: Bencher<'_, '_>, bytes: usize) {
    let text = briefing(bytes);
    let document = parse(&text);
    bencher.counter(BytesCount::of_str(&text)).bench(|| Layout::new(black_box(&document), 72));
}

#[divan::bench]
fn finding(bencher: Bencher<'_, '_>) {
    let rows = Rows::new(Arc::new(parse(&briefing(1_000_000))), 72);
    let words = Arc::new(rows.words(fold, '\n'));
    let all = |text: &str| text.match_indices("export controls").map(|(at, it)| at..at + it.len()).collect();
    bencher.bench(|| Hits::new(Arc::clone(black_box(&words)), all));
}

/// What must be done before the first thing is found.
#[divan::bench]
fn reading_words(bencher: Bencher<'_, '_>) {
    let rows = Rows::new(Arc::new(parse(&briefing(1_000_000))), 72);
    bencher.bench(|| black_box(&rows).words(fold, '\n'));
}

/// What the reader does when a long page gets another width: the rows in sight, and then all of them.
#[divan::bench]
fn widening(bencher: Bencher<'_, '_>) {
    let mut rows = Rows::new(Arc::new(parse(&briefing(1_000_000))), 72);
    bencher.bench_local(|| {
        rows.widen(if rows.room().columns == 72 { 60 } else { 72 });
        rows.ready(rows.point(0), 80, 80);
    });
}

/// 200 KB of what makes slow parsers slow.
#[divan::bench(args = ["[", "> ", "*a_", "`", "- ", "| ", "<", "![", "[[", "$", "~", "[^a]", "\n>", "a\n: b\n", "https://"])]
fn hostile(bencher: Bencher<'_, '_>, piece: &str) {
    let text = piece.repeat(200_000 / piece.len());
    bencher.bench(|| Layout::new(&parse(black_box(&text)), 72).lines.len());
}
