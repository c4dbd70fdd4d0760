//! The seeds of the fuzzers, which hold every input that once went wrong, and bytes made from them.

#[path = "../fuzz/targets.rs"]
mod targets;

use std::fs;
use std::path::Path;

/// The seeds of a target, in order.
fn seeds(target: &str) -> Vec<Vec<u8>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz/seeds").join(target);
    let mut files: Vec<_> = fs::read_dir(folder).expect(target).flatten().map(|it| it.path()).collect();
    files.sort();
    files.iter().map(|file| fs::read(file).expect("a seed")).collect()
}

/// How many inputs are made of each seed; more on request: `DOSSIER_ROUNDS=100000 cargo test fuzzed::`.
fn rounds() -> u64 {
    std::env::var("DOSSIER_ROUNDS").ok().and_then(|it| it.parse().ok()).unwrap_or(60)
}

/// Xorshift: the same inputs every time.
struct Dice(u64);

impl Dice {
    fn below(&mut self, sides: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % (sides.max(1) as u64)).unwrap_or(0)
    }
}

/// Pieces that parsers stumble over.
const PIECES: [&str; 34] = [
    "\u{1b}[31m",
    "\u{9b}",
    "\u{202e}",
    "\u{301}",
    "\u{200d}",
    "\u{fe0f}",
    "漢",
    "\r",
    "\n",
    "\t",
    "- ",
    "> ",
    "```\n",
    "|",
    "[[",
    "]]",
    "![",
    "](",
    "[^1]",
    "&#27;",
    "<b>",
    "<!--",
    "*",
    "**",
    "$",
    "{",
    "}",
    ": ",
    "? ",
    "&a ",
    "*a",
    "---\n",
    "\0",
    "\"",
];

/// A seed with some of it cut, doubled, or spoilt.
fn spoil(seed: &[u8], dice: &mut Dice) -> Vec<u8> {
    let mut data = seed.to_vec();
    for _ in 0..=dice.below(8) {
        let at = dice.below(data.len() + 1);
        match dice.below(5) {
            0 => data.truncate(at.max(1)),
            1 => {
                let piece = PIECES[dice.below(PIECES.len())].repeat(1 + dice.below(20));
                data.splice(at..at, piece.bytes());
            }
            2 => {
                let from = dice.below(at + 1);
                let piece = data[from..at].to_vec();
                data.splice(at..at, piece);
            }
            3 if at < data.len() => data[at] = u8::try_from(dice.below(256)).unwrap_or(0),
            _ => {
                let to = (at + dice.below(9)).min(data.len());
                data.drain(at.min(to)..to);
            }
        }
        data.truncate(20_000);
    }
    data
}

fn fuzz(name: &str, rounds: u64, target: fn(&[u8])) {
    for seed in seeds(name) {
        target(&seed);
        let mut dice = Dice(0x9e37_79b9_7f4a_7c15);
        for _ in 0..rounds {
            let data = spoil(&seed, &mut dice);
            let stands = std::panic::catch_unwind(|| target(&data)).is_ok();
            assert!(stands, "{name} fails on {:?}", String::from_utf8_lossy(&data));
        }
    }
}

#[test]
fn yaml_of_any_kind_becomes_records_or_problems() {
    fuzz("yaml", rounds(), targets::yaml);
}

#[test]
fn markdown_of_any_kind_becomes_lines_that_fit() {
    fuzz("markdown", rounds(), targets::markdown);
}

#[test]
fn a_state_of_any_kind_is_read_or_refused() {
    fuzz("state", rounds(), targets::state);
}

#[test]
fn keys_of_any_kind_leave_the_reader_standing() {
    fuzz("keys", rounds(), targets::keys);
}

#[test]
fn a_query_of_any_kind_is_explained_and_answered() {
    fuzz("query", rounds(), targets::query);
}

#[test]
fn an_index_of_any_bytes_answers_or_is_made_anew() {
    fuzz("index", rounds() / 12, targets::index);
}
