//! What once cost more than it was long: seconds or gigabytes for a file of some hundred kilobytes.

use super::cases::{Case, cases};

pub fn all() -> Vec<Case> {
    let mut all = texts();
    all.extend(files());
    all
}

/// `count` of them; a program that was not optimised is spared most.
fn many(what: &str, count: usize) -> String {
    what.repeat(if cfg!(debug_assertions) { count / 20 } else { count })
}

/// `of` with each number up to `count`.
fn each(count: usize, of: impl Fn(usize) -> String) -> String {
    (0..count).map(of).collect()
}

fn texts() -> Vec<Case> {
    cases! {
        a_line_of_code_without_end ["AFTER-L"], [], |at| at.briefing(format!("```\n{}\n```\n\nAFTER-L\n", many("x", 8_000_000)));
        a_word_of_hyphens ["AFTER-L"], [], |at| at.briefing(format!("{}\n\n{}\n\nAFTER-L\n", many("<!--", 100_000), many("-", 500_000)));
        white_space_between_all_letters ["AFTER-L"], [], |at| at.briefing(format!("{}\n\nAFTER-L\n", many("a\tb", 200_000)));
        a_letter_found_everywhere ["AFTER-L"], [], |at| at.briefing(format!("{}\n\nAFTER-L\n", many("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaa ", 100_000)));
        headings_of_nothing ["AFTER-L"], [], |at| at.briefing(format!("{}\nAFTER-L\n", many("#\n", 100_000)));
        quotes_and_lists_by_turns ["AFTER-L"], [], |at| {
            let line = |n: usize| format!("{}{}{}x\n", "> ".repeat(n % 90), "- ".repeat(n % 80), "1. ".repeat(n % 70));
            let count = if cfg!(debug_assertions) { 200 } else { 3000 };
            at.briefing(format!("{}\nAFTER-L\n", each(count, line)));
        };
        capitals_by_the_thousand ["AFTER-L"], [], |at| {
            let letter = |n: usize| char::from(b'A' + u8::try_from(n * n % 26).unwrap_or_default());
            let name = |n: usize| each(n, |at| format!("{} ", letter(n + at)));
            at.file("actors.yaml", each(43, |n| format!("- {{id: a{n}, name: '{}'}}\n", name(n + 7).trim_end())));
            let count = if cfg!(debug_assertions) { 3000 } else { 300_000 };
            at.briefing(format!("{} AFTER-L\n", each(count, |n| format!("{} ", letter(n / 7 + n)))));
        };
        neighbours_of_one_name ["AFTER-L"], [], |at| {
            let first = |n: usize| u32::try_from(0x4e00 + n).ok().and_then(char::from_u32).unwrap_or_default();
            let count = if cfg!(debug_assertions) { 1000 } else { 20_000 };
            at.file("actors.yaml", each(count, |n| format!("- {{id: a{n}, name: {}bcdefghij}}\n", first(n))));
            at.briefing(format!("{} AFTER-L\n", each(count, |n| format!("{}bcdefghij ", first(n + 30_000)))));
        };
        acronyms_past_all_counting ["AFTER-L"], [], |at| {
            at.file("glossary.yaml", "- {term: QQ, definition: x}\n");
            let letter = |n: usize| char::from(b'A' + u8::try_from(n % 26).unwrap_or_default());
            let word = |n: usize| format!("{}{}{}{}{} ", letter(n), letter(n / 26), letter(n / 676), letter(n / 17_576), letter(n * 7));
            let count = if cfg!(debug_assertions) { 5000 } else { 300_000 };
            at.briefing(format!("{} AFTER-L\n", each(count, word)));
        };
    }
}

/// Files that are nothing but their length.
fn files() -> Vec<Case> {
    cases! {
        texts_longer_than_what_the_index_takes_at_once ["ALWAYS-READABLE"], [], |at| for n in 0..3 {
            at.file(&format!("briefings/l{n}.md"), format!("# L\n\n{}\n", many("word and Word of words. ", 400_000)));
        };
        zeros_by_the_megabyte ["ALWAYS-READABLE"], ["z0.md"], |at| for n in 0..4 {
            let length = if cfg!(debug_assertions) { 1 << 20 } else { 60 << 20 };
            zeros(at.0.join(format!("briefings/z{n}.md")), length);
        };
        zeros_past_all_limits ["ALWAYS-READABLE"], ["z0.md: error: longer than 64 MB"], |at| for n in 0..40 {
            zeros(at.0.join(format!("briefings/z{n}.md")), 1 << 40);
        };
        bytes_that_are_no_text ["ALWAYS-READABLE"], ["not UTF-8"], |at| at.briefing(b"\xff\xfe\x9b".repeat(if cfg!(debug_assertions) { 10_000 } else { 4_000_000 }));
    }
}

fn zeros(path: std::path::PathBuf, length: u64) {
    std::fs::File::create(path).expect("a file").set_len(length).expect("sparse");
}
