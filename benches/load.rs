//! How long a library takes to load: an index of 1,000 briefings, and a folder of as many without one.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use dossier::library::{folder::Root, load};

const FILES: usize = 1000;

fn main() {
    divan::main();
}

/// Writes a library of ten folders, with an index in each if `indexed`.
fn write(root: &Path, indexed: bool) {
    let mut actors = String::from("actors:\n");
    for actor in 0..200 {
        let _ = writeln!(
            actors,
            "  - {{id: actor-{actor}, name: Actor {actor}, aliases: [A{actor}], kind: person}}"
        );
    }
    fs::write(root.join("actors.yaml"), actors).expect("a place to write");
    for folder in 0..10 {
        let place = root.join(format!("f{folder}"));
        fs::create_dir(&place).expect("a place to write");
        let mut index = format!("title: Folder {folder}\nbriefings:\n");
        for file in 0..FILES / 10 {
            let fields = format!(
                "title: Briefing {folder} {file}\n    kind: info-memo\n    date: \"2025-01-{:02}\"\n    status: final\n    \
                 actors: [actor-{}, Actor {}, A{}]\n    bluf: \"What it comes down to, in a line or two.\"",
                file % 28 + 1,
                file % 200,
                file * 7 % 200,
                file * 3 % 200,
            );
            let name = format!("b{folder}-{file}.md");
            let _ = writeln!(index, "  - file: {name}\n    {fields}");
            let front = if indexed {
                String::new()
            } else {
                format!("---\n{}\n---\n", fields.replace("\n    ", "\n"))
            };
            let body = "Some words of a briefing, one after the other. ".repeat(60);
            fs::write(place.join(name), format!("{front}# Briefing\n\n{body}\n")).expect("a place to write");
        }
        if indexed {
            fs::write(place.join("index.yaml"), index).expect("a place to write");
        }
    }
}

#[divan::bench(args = [true, false])]
fn thousand_files(bencher: divan::Bencher<'_, '_>, indexed: bool) {
    let folder = tempfile::tempdir().expect("a place to write");
    write(folder.path(), indexed);
    bencher.bench(|| load(Root::open(folder.path()).expect("the folder just written")));
}
