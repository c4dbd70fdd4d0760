//! A made-up library of a size, written to a folder that goes when it is dropped, and loaded from there.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use dossier::library::folder::Root;
use dossier::library::{self, Library};

const WORDS: [&str; 12] = [
    "harbour", "export", "licence", "grid", "council", "survey", "border", "budget", "ferry", "chip",
    "census", "treaty",
];

/// `briefings` briefings on five of `actors` actors each, every actor with three aliases.
pub fn library(briefings: usize, actors: usize) -> Library {
    let folder = tempfile::tempdir().expect("a folder for the library");
    write(folder.path(), briefings, actors);
    let mut library = library::load(Root::open(folder.path()).expect("the folder opens"));
    // The page of a list does not read bodies, and a folder that is gone holds none.
    library.problems.clear();
    library
}

fn write(folder: &Path, briefings: usize, actors: usize) {
    let mut index = String::from("title: Made up\nbriefings:\n");
    for nth in 0..briefings {
        fs::write(folder.join(format!("b{nth}.md")), format!("# {}\n", title(nth))).expect("written");
        let (year, month, day) = (2010 + nth % 16, 1 + nth % 12, 1 + nth % 28);
        let about: Vec<String> = (0..5).map(|step| format!("a{}", (nth * 7 + step * 31) % actors)).collect();
        writeln!(
            index,
            "- {{file: b{nth}.md, title: {}, kind: info-memo, date: \"{year}-{month:02}-{day:02}\", actors: [{}]}}",
            title(nth),
            about.join(", ")
        )
        .expect("written");
    }
    fs::write(folder.join("index.yaml"), index).expect("written");
    let mut who = String::new();
    for nth in 0..actors {
        let name = title(nth + 5);
        writeln!(
            who,
            "- {{id: a{nth}, name: The {name} office, kind: organization, aliases: [Office {nth}, {name} bureau, OF{nth}]}}"
        )
        .expect("written");
    }
    fs::write(folder.join("actors.yaml"), who).expect("written");
}

/// A title that no other number has.
fn title(nth: usize) -> String {
    let word = |nth: usize| WORDS[nth % WORDS.len()];
    format!("The {} and the {} of {} {nth}", word(nth), word(nth / 12 + 3), word(nth / 144 + 7))
}
