//! Every limit of a library, at it and one past it: at it all is read, past it a problem says what and how much.
#![allow(clippy::unwrap_used, reason = "a test ends where its setting up fails")]

use std::fs::{self, File};
use std::path::Path;

use dossier::library::folder::Root;
use dossier::library::{Library, load};
use dossier::text::Text;

fn library(make: impl FnOnce(&Path)) -> (tempfile::TempDir, Library) {
    let folder = tempfile::tempdir().unwrap();
    make(folder.path());
    let library = load(Root::open(folder.path()).unwrap());
    (folder, library)
}

fn problems(make: impl FnOnce(&Path)) -> String {
    let (_folder, library) = library(make);
    library.problems.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n")
}

#[test]
fn a_file_of_sixty_four_megabytes_is_read_and_a_longer_one_is_named() {
    for (length, past) in [(64 << 20, false), ((64 << 20) + 1, true)] {
        let (_folder, library) =
            library(|at| File::create(at.join("a.md")).unwrap().set_len(length).unwrap());
        let said = library.problems.iter().map(ToString::to_string).collect::<String>();
        assert_eq!(said.contains("longer than 64 MB"), past, "{said}");
        let body = library.body(&library.briefings["a"]);
        assert_eq!(body.is_err(), past);
    }
}

#[test]
fn an_index_of_sixteen_megabytes_is_read_and_a_longer_one_is_named() {
    for (more, past) in [(0, false), (1, true)] {
        let text = format!("title: Read\n#{}", "x".repeat((16 << 20) - 13 + more));
        let (_folder, library) = library(|at| {
            fs::write(at.join("index.yaml"), &text).unwrap();
            fs::write(at.join("a.md"), "").unwrap();
        });
        let said = library.problems.iter().map(ToString::to_string).collect::<String>();
        assert_eq!(said.contains("index.yaml: longer than 16 MB"), past, "{said}");
        assert_eq!(library.title == Text::line("Read"), !past);
    }
}

#[test]
fn front_matter_of_a_megabyte_is_read_and_longer_one_is_text() {
    for (length, past) in [((1 << 20) - 20, false), ((1 << 20) + 20, true)] {
        let text = format!("---\ntitle: Read\nx: {}\n---\n", "y".repeat(length));
        let (_folder, library) = library(|at| fs::write(at.join("a.md"), &text).unwrap());
        assert_eq!(library.briefings["a"].title == Text::line("Read"), !past);
        assert_eq!(library.problems.len(), usize::from(past), "{:?}", library.problems);
    }
}

#[test]
fn yaml_nests_sixty_four_deep_and_no_deeper() {
    for (depth, past) in [(63, false), (65, true)] {
        let text = format!("x: {}y{}\n", "[".repeat(depth), "]".repeat(depth));
        let said = problems(|at| {
            fs::write(at.join("index.yaml"), &text).unwrap();
            fs::write(at.join("a.md"), "").unwrap();
        });
        assert_eq!(said.contains("index.yaml:1:"), past, "{said}");
    }
}

#[test]
fn folders_are_read_sixty_four_deep_and_no_deeper() {
    for (depth, past) in [(64, false), (65, true)] {
        let said = problems(|at| {
            let folder = at.join("d/".repeat(depth));
            fs::create_dir_all(&folder).unwrap();
            fs::write(folder.join("a.md"), "").unwrap();
        });
        assert_eq!(said.contains("more than 64 folders deep"), past, "{said}");
    }
}

#[cfg(unix)]
#[test]
fn a_path_of_four_thousand_and_ninety_six_bytes_is_read_and_a_longer_one_is_named() {
    use cap_std::ambient_authority;
    use cap_std::fs::Dir;
    for (last, past) in [(4096 - 16 * 251 - 3, false), (4096 - 16 * 251 - 2, true)] {
        let said = problems(|at| {
            let mut dir = Dir::open_ambient_dir(at, ambient_authority()).unwrap();
            for _ in 0..16 {
                let name = "d".repeat(250);
                dir.create_dir(&name).unwrap();
                dir = dir.open_dir(&name).unwrap();
            }
            dir.write(format!("{}.md", "n".repeat(last)), "").unwrap();
        });
        assert_eq!(said.contains("the path is too long"), past, "{last} {said}");
    }
}

#[test]
fn of_a_thousand_problems_of_a_file_all_are_named_and_more_are_counted() {
    for (count, past) in [(1000, false), (1001, true)] {
        let index = format!("briefings:\n{}", "  - file: missing.md\n".repeat(count));
        let said = problems(|at| {
            fs::write(at.join("index.yaml"), &index).unwrap();
            fs::write(at.join("a.md"), "").unwrap();
        });
        assert_eq!(said.contains("from here on 1 more problems"), past);
    }
}

/// Run with `cargo test --release limits:: -- --ignored`: some minutes.
#[test]
#[ignore = "writes two hundred thousand files"]
fn two_hundred_thousand_files_are_read_and_the_rest_is_counted() {
    for (count, past) in [(200_000, false), (200_001, true)] {
        let said = problems(|at| {
            for n in 0..count {
                let folder = at.join(format!("{:03}", n / 1000));
                if n % 1000 == 0 {
                    fs::create_dir(&folder).unwrap();
                }
                File::create(folder.join(format!("{n}.md"))).unwrap();
            }
        });
        assert_eq!(said.contains("more than 200000 files"), past, "{said}");
    }
}

/// Run with `cargo test --release limits:: -- --ignored`: some minutes.
#[test]
#[ignore = "parses two million values"]
fn a_million_values_are_read_and_the_rest_is_named() {
    for (count, past) in [(999_990, false), (1_000_010, true)] {
        let text = format!("x: [{}]\n", "a,".repeat(count));
        let said = problems(|at| {
            fs::write(at.join("index.yaml"), &text).unwrap();
            fs::write(at.join("a.md"), "").unwrap();
        });
        assert_eq!(said.contains("more than 1000000 values"), past, "{said}");
    }
}

#[test]
fn blocks_nest_a_hundred_deep_and_emphasis_thirty_two_and_no_deeper() {
    use dossier::document::{BlockKind, Inline, parse::parse};
    for (written, drawn) in [(99, 99), (100, 100), (101, 100), (1000, 100)] {
        let document = parse(&format!("{}x", "> ".repeat(written)));
        let (mut blocks, mut deep) = (&document.blocks, 0);
        while let Some(BlockKind::Quote(inner)) = blocks.first().map(|it| &it.kind) {
            (blocks, deep) = (inner, deep + 1);
        }
        assert_eq!(deep, drawn, "{written} quotes");
    }
    for (written, drawn) in [(31, 31), (32, 32), (33, 32), (500, 32)] {
        let document = parse(&format!("{}x{}", "*a _a ".repeat(written / 2), " b_ b*".repeat(written / 2)));
        let mut inlines = match document.blocks.first().map(|it| &it.kind) {
            Some(BlockKind::Paragraph(inlines)) => inlines,
            other => panic!("{other:?}"),
        };
        let mut deep = 0;
        while let Some(Inline::Emphasis(inner)) = inlines.iter().find(|it| matches!(it, Inline::Emphasis(_)))
        {
            (inlines, deep) = (inner, deep + 1);
        }
        assert_eq!(deep, drawn.min(written / 2 * 2), "{written} emphases");
    }
}

#[test]
fn standard_input_of_sixty_four_megabytes_is_read_and_more_is_refused() {
    use std::io::Write;
    use std::process::{Command, Stdio};
    for (length, past) in [(64 << 20, false), ((64 << 20) + 1, true)] {
        let home = tempfile::tempdir().unwrap();
        let mut command = Command::new(env!("CARGO_BIN_EXE_dossier"));
        command.args(["list", "-L", "-"]).env("HOME", home.path());
        command.stdin(Stdio::piped()).stdout(Stdio::null()).stderr(Stdio::piped());
        let mut child = command.spawn().unwrap();
        let mut input = child.stdin.take().unwrap();
        let writer = std::thread::spawn(move || {
            let _refused = input.write_all(&vec![b'\n'; length]);
        });
        let output = child.wait_with_output().unwrap();
        writer.join().unwrap();
        let said = String::from_utf8_lossy(&output.stderr);
        assert_eq!(said.contains("standard input: longer than 64 MB"), past, "{said}");
        assert_eq!(output.status.success(), !past, "{said}");
    }
}

#[test]
fn a_hundred_thousand_acronyms_of_a_text_are_checked_and_more_are_named() {
    let letter = |n: usize| char::from(b'A' + u8::try_from(n % 26).unwrap());
    let word = |n: usize| [n / 17_576, n / 676, n / 26, n].map(letter).iter().collect::<String>();
    for (count, past) in [(100_000, false), (100_001, true)] {
        let text: Vec<String> = (0..count).map(word).collect();
        let (_folder, library) = library(|at| {
            fs::write(at.join("glossary.yaml"), "- {term: QQ, definition: x}\n").unwrap();
            fs::write(at.join("a.md"), text.join(" ")).unwrap();
        });
        let said = dossier::check::all(&library, None).0;
        let told = said.iter().any(|it| it.message.contains("more than 100000 names and acronyms"));
        assert_eq!(told, past);
    }
}
