//! Folders become libraries: what each form of the format means, and what is said of what is wrong.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on should stop there")]

use std::fs;
use std::path::Path;

use dossier::document::Target;
use dossier::id::{Id, Kind};
use dossier::library::folder::Root;
use dossier::library::record::Ref;
use dossier::library::{Found, Library, load};

use crate::shared::shared;

/// A library of these files, in a folder called `library` that is gone when the test ends.
fn library(files: &[(&str, &str)]) -> (tempfile::TempDir, Library) {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path().join("library");
    fs::create_dir(&root).unwrap();
    for (path, text) in files {
        let path = root.join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    let library = load(Root::open(&root).unwrap());
    (folder, library)
}

fn loaded(files: &[(&str, &str)]) -> Library {
    library(files).1
}

fn problems(library: &Library) -> String {
    let said = library.problems.iter().map(|problem| format!("{:?} {problem}", problem.severity));
    said.collect::<Vec<_>>().join("\n")
}

fn titles(library: &Library) -> Vec<String> {
    library.briefings.values().map(|it| format!("{} = {}", it.id.slug, it.title)).collect()
}

/// `text -> id` of references.
fn shown(refs: &[Ref]) -> Vec<String> {
    let id = |it: &Ref| it.id.as_ref().map_or("-".to_owned(), ToString::to_string);
    refs.iter().map(|it| format!("{} -> {}", it.text, id(it))).collect()
}

#[test]
fn a_folder_of_markdown_is_a_library() {
    let library = loaded(&[
        ("2025-04-09-hearing-note.md", "Some text."),
        ("Bat Kol.md", "text"),
        ("a/letter.md", "# The **letter**\n"),
        ("_drafts/x.md", ""),
        (".hidden.md", ""),
        (".git/y.md", ""),
        ("node_modules/z.md", ""),
        ("target/z.md", ""),
        ("picture.png", ""),
    ]);
    assert_eq!(
        titles(&library),
        ["2025-04-09-hearing-note = Hearing note", "bat-kol = Bat Kol", "letter = The letter", "x = X"]
    );
    assert_eq!(library.title, "library");
    assert_eq!(problems(&library), "");
    let dated = &library.briefings["2025-04-09-hearing-note"];
    assert_eq!(dated.date.as_ref().map(ToString::to_string).as_deref(), Some("2025-04-09"));
    let folders: Vec<_> = library.folders.values().map(|it| (it.path.as_str(), it.title.as_str())).collect();
    assert_eq!(folders, [("", "library"), ("_drafts", "Drafts"), ("a", "A")]);
}

#[test]
fn the_index_wins_over_front_matter_over_the_text() {
    let library = loaded(&[
        ("index.yaml", "briefings:\n  - file: a.md\n    title: Index\n    kind: letter\n"),
        ("a.md", "---\ntitle: Front\ndate: 2025-01\nkind: memo\nx-own: [1, {b: c}]\n---\n# Heading\n"),
    ]);
    let it = &library.briefings["a"];
    assert_eq!((it.title.as_str(), it.kind.as_deref()), ("Index", Some("letter")));
    assert_eq!(it.date.as_ref().map(ToString::to_string).as_deref(), Some("2025-01"));
    let extra: Vec<_> = it.extra.iter().map(|extra| format!("{}: {}", extra.key, extra.value)).collect();
    assert_eq!(extra, ["x-own: 1, {b: c}"]);
    assert_eq!(problems(&library), "");
}

#[test]
fn keys_of_other_tools_are_known() {
    let library = loaded(&[(
        "a.md",
        "---\nTitle: A\nauthors:\n  - name: Ann\n    orcid: 1\n  - Bo\ntags: x, y\ncategories: [z]\ncreated: January 21, 2025\ndescription: What it says\nstatus: whatever\ndate:\n---\n",
    )]);
    let it = &library.briefings["a"];
    assert_eq!(it.title, "A");
    assert_eq!(shown(&it.from), ["Ann -> -", "Bo -> -"]);
    assert_eq!(shown(&it.topics), ["x -> -", "y -> -", "z -> -"]);
    assert_eq!(it.date.as_ref().map(ToString::to_string).as_deref(), Some("January 21, 2025"));
    assert_eq!(it.bluf.as_deref(), Some("What it says"));
    assert_eq!(it.status.as_deref(), Some("whatever"));
    assert_eq!((it.extra.len(), problems(&library).as_str()), (0, ""));
}

#[test]
fn a_numbered_proposal_shows_its_number() {
    let library = loaded(&[
        ("eip-7.md", "---\neip: 7\ntitle: Calls\n---\n"),
        ("eip-8.md", "---\neip: 9\ntitle: B\n---\n"),
    ]);
    assert_eq!(titles(&library), ["eip-7 = EIP-7: Calls", "eip-8 = B"]);
}

#[test]
fn a_record_beside_a_readme_is_its_front_matter() {
    let library = loaded(&[
        ("1-x/kep.yaml", "title: A proposal\nstatus: provisional\nauthors: ['@ann']\n"),
        ("1-x/README.md", "# KEP-1: X\n"),
        ("2-y/other.yaml", "- no\n"),
        ("2-y/README.md", "# Y\n"),
    ]);
    assert_eq!(titles(&library), ["1-x/readme = A proposal", "2-y/readme = Y"]);
    assert_eq!(shown(&library.briefings["1-x/readme"].from), ["@ann -> -"]);
    assert_eq!(problems(&library), "");
}

#[test]
fn registries_have_two_forms_and_stand_at_the_root() {
    let library = loaded(&[
        ("index.yaml", "title: L\n"),
        ("actors.yaml", "actors:\n  - {id: nvidia, name: Nvidia, aliases: NVDA}\n"),
        ("topics.yaml", "- {name: Export controls, notation: EC}\n"),
        ("a/actors.yaml", "- {id: x, name: X}\n"),
        ("a/b.md", "---\nactors: [Nvidia, nvda]\ntopics: EC\n---\n"),
    ]);
    assert_eq!(library.actors.keys().collect::<Vec<_>>(), ["nvidia"]);
    assert_eq!(library.topics.keys().collect::<Vec<_>>(), ["export-controls"]);
    let it = &library.briefings["b"];
    assert_eq!(shown(&it.actors), ["Nvidia -> actor:nvidia", "nvda -> actor:nvidia"]);
    assert_eq!(shown(&it.topics), ["EC -> topic:export-controls"]);
    assert_eq!(
        problems(&library),
        "Warning a/actors.yaml: `actors` are read at the root only; move the records to the file of that name at the root"
    );
}

#[test]
fn a_small_library_has_its_registries_in_the_index_of_the_root() {
    let library = loaded(&[
        ("index.yaml", "title: L\nactors:\n- {id: nvidia, name: Nvidia}\ntopics: [chips, power]\n"),
        ("a/index.yaml", "actors:\n- {id: x, name: X}\n"),
        ("a/b.md", "---\nactors: [nvidia, atlantis]\n---\n"),
    ]);
    assert_eq!(library.actors.keys().collect::<Vec<_>>(), ["nvidia"]);
    assert!(library.topics.is_empty());
    assert!(problems(&library).contains("atlantis"), "{}", problems(&library));
}

#[test]
fn ids_are_stems_unless_two_are_the_same() {
    let library = loaded(&[
        ("a/note.md", ""),
        ("b/note.md", ""),
        ("note.md", ""),
        ("c/Long Note.md", ""),
        ("d/own.md", "---\nid: chosen\n---\n"),
        ("e/chosen.md", ""),
        ("f/⚖.md", ""),
    ]);
    let ids: Vec<_> = library.briefings.files().map(|it| format!("{} {}", it.file, it.id.slug)).collect();
    assert_eq!(
        ids,
        [
            "a/note.md a/note",
            "b/note.md b/note",
            "c/Long Note.md long-note",
            "d/own.md chosen",
            "e/chosen.md e/chosen",
            "f/⚖.md x1e1426fa",
            "note.md note",
        ]
    );
}

#[test]
fn markings_come_from_the_nearest_that_has_one() {
    let library = loaded(&[
        ("index.yaml", "marking: TLP:GREEN\n"),
        ("a/index.yaml", "marking: TLP:AMBER\nbriefings:\n  - {file: own.md, marking: TLP:RED}\n"),
        ("a/own.md", ""),
        ("a/b/below.md", ""),
        ("top.md", ""),
    ]);
    let marking = |id: &str| library.briefings[id].marking.as_deref().map(str::to_owned);
    assert_eq!(marking("own").as_deref(), Some("TLP:RED"));
    assert_eq!(marking("below").as_deref(), Some("TLP:AMBER"));
    assert_eq!(marking("top").as_deref(), Some("TLP:GREEN"));
}

#[test]
fn tabs_are_pages_of_their_own() {
    let library = loaded(&[
        (
            "a/index.yaml",
            "briefings:\n  - file: b.md\n    tabs:\n      - {label: A, file: tabs/one.md}\n      - two.md\n",
        ),
        ("a/b.md", ""),
        ("a/tabs/one.md", "# One"),
    ]);
    let tabs = &library.briefings["b"].tabs;
    assert_eq!(tabs[0].briefing, Some(Id::new(Kind::Briefing, "one")));
    assert_eq!((tabs[1].briefing.as_ref(), tabs[1].title.as_str()), (None, "Two"));
    assert!(problems(&library).contains("no such file `a/two.md` for a tab"), "{}", problems(&library));
}

#[test]
fn related_holds_from_both_ends_and_broader_has_no_circles() {
    let library = loaded(&[(
        "topics.yaml",
        "- {id: a, name: A, related: b, broader: b}\n- {id: b, name: B, broader: [c, d]}\n- {id: c, name: C, broader: a}\n- {id: d, name: D, broader: d}\n",
    )]);
    assert_eq!(shown(&library.topics["b"].related), ["A -> topic:a"]);
    assert_eq!(shown(&library.topics["b"].broader), ["c -> topic:c", "d -> topic:d"]);
    assert_eq!(shown(&library.topics["c"].broader), Vec::<String>::new());
    assert_eq!(
        problems(&library),
        "Error topics.yaml:3:29: `c` is made broader than itself by `a`; remove one `broader` of the circle\n\
         Error topics.yaml:4:29: `d` is made broader than itself by `d`; remove one `broader` of the circle"
    );
}

#[test]
fn what_is_wrong_is_named_and_the_rest_loads() {
    let library = loaded(&[
        ("index.yaml", include_str!("wrong/index.yaml")),
        ("actors.yaml", include_str!("wrong/actors.yaml")),
        ("claims.yaml", include_str!("wrong/claims.yaml")),
        ("good.md", "# Good\n"),
        ("letter.md", "---\ntitle: One: two\nkind: letter\n---\ntext"),
        ("open.md", "---\ntitle: never closed\n"),
    ]);
    assert_eq!(titles(&library), ["good-id = Good", "letter = One: two", "open = Open"]);
    insta::assert_snapshot!(problems(&library));
}

#[test]
fn a_library_without_a_registry_says_nothing_of_names() {
    let library =
        loaded(&[("index.yaml", "title: L\n"), ("a.md", "---\ntopics: [x]\nactors: [Y]\nfrom: Z\n---\n")]);
    assert_eq!(problems(&library), "");
}

#[test]
fn words_of_others_are_not_doubted() {
    let library = loaded(&[("a.md", "---\nstatus: Stagnant\npriority: 3\nsummary: long\n---\n")]);
    assert_eq!(problems(&library), "");
}

#[test]
fn links_lead_to_pages() {
    let library = loaded(&[
        ("actors.yaml", "- {id: nvidia, name: Nvidia, aliases: [NVDA]}\n"),
        ("a/one.md", "---\naliases: [Uno]\n---\n"),
        ("a/Two Words.md", ""),
        ("a/same.md", ""),
        ("b/same.md", ""),
        ("b/deep/x.md", ""),
        ("b/README.md", ""),
        ("c/y.md", ""),
        ("site/_risks/r-1.md", ""),
    ]);
    for (from, written, leads) in [
        ("a/one.md", "same.md", "briefing:a/same"),
        ("a/one.md", "same", "briefing:a/same"),
        ("a/one.md", "./Two%20Words.md#a%20b", "briefing:two-words#a b"),
        ("a/one.md", "../b/same.md?x=1", "briefing:b/same"),
        ("a/one.md", "..\\b\\same.md", "briefing:b/same"),
        ("b/deep/x.md", "/a/one.md", "briefing:one"),
        ("a/one.md", "/a/one.html", "briefing:one"),
        ("a/one.md", "../b", "briefing:readme"),
        ("a/one.md", "../c/", "folder:c"),
        ("a/one.md", "TWO words.md", "briefing:two-words"),
        ("site/_risks/r-1.md", "/risks/r-1/", "briefing:r-1"),
        ("a/one.md", "../../etc/passwd", "lost"),
        ("a/one.md", "..%2f..%2fx.md", "lost"),
        ("a/one.md", "missing.md", "lost"),
        ("a/one.md", "", "lost"),
    ] {
        assert_eq!(leads_to(&library, from, &Target::Path(written.to_owned())), leads, "{written}");
    }
    for (from, written, leads) in [
        ("a/one.md", "Two Words", "briefing:two-words"),
        ("a/one.md", "same", "briefing:a/same"),
        ("b/deep/x.md", "same", "briefing:b/same"),
        ("a/one.md", "b/same#What is known", "briefing:b/same#what-is-known"),
        ("c/y.md", "deep/x", "briefing:x"),
        ("a/one.md", "Uno", "briefing:one"),
        ("a/one.md", "nvda", "actor:nvidia"),
        ("a/one.md", "actor:nvidia", "actor:nvidia"),
        ("a/one.md", "x#^block", "briefing:x"),
        ("a/one.md", "nobody", "lost"),
        ("a/one.md", "actor:nobody", "lost"),
    ] {
        assert_eq!(leads_to(&library, from, &Target::Wiki(written.to_owned())), leads, "{written}");
    }
}

fn leads_to(library: &Library, from: &str, target: &Target) -> String {
    let mut target = target.clone();
    library.resolve(from, &mut target);
    match target {
        Target::Page(address) => address.to_string(),
        Target::Lost(_) => "lost".to_owned(),
        other => format!("{other:?}"),
    }
}

#[test]
fn a_body_is_read_when_it_is_opened() {
    let (folder, library) = library(&[("a.md", "\u{feff}---\ntitle: A\n---\n\n# A\n"), ("b.md", "text")]);
    let body = library.body(&library.briefings["a"]).unwrap();
    assert_eq!((body.text.as_str(), body.line, body.offset), ("\n# A\n", 4, 20));
    fs::write(folder.path().join("library/b.md"), b"one\ntw\xffo\0\n").unwrap();
    let body = library.body(&library.briefings["b"]).unwrap();
    assert_eq!(body.text, "one\ntw\u{fffd}o\0\n");
    let said: Vec<_> = body.problems.iter().map(ToString::to_string).collect();
    assert_eq!(
        said,
        ["b.md:2:3: this is not UTF-8 text; what cannot be read shows as �; save the file as UTF-8"]
    );
    fs::remove_file(folder.path().join("library/b.md")).unwrap();
    assert_eq!(
        library.body(&library.briefings["b"]).unwrap_err().to_string(),
        "b.md: no such file or folder"
    );
}

#[test]
fn one_file_is_a_library_and_its_folder_is_not_read() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("a.md"), "# Only\n").unwrap();
    fs::write(folder.path().join("b.md"), "# Other\n").unwrap();
    fs::write(folder.path().join("index.yaml"), "title: L\n").unwrap();
    let library = load(Root::open(&folder.path().join("a.md")).unwrap());
    assert_eq!((titles(&library), library.title.as_str()), (vec!["a = Only".to_owned()], "Only"));
    assert_eq!(leads_to(&library, "a.md", &Target::Path("b.md".to_owned())), "lost");
    assert_eq!(library.body(&library.briefings["a"]).unwrap().text, "# Only\n");
}

#[test]
fn standard_input_is_a_library() {
    let library = load(Root::stdin("---\ntitle: Piped\n---\nbody".to_owned()));
    assert_eq!(titles(&library), ["standard-input = Piped"]);
    assert_eq!(library.body(&library.briefings["standard-input"]).unwrap().text, "body");
    assert_eq!(library.root.path("x"), None);
}

#[test]
fn the_shipped_library_has_no_problems() {
    let library = load(Root::shipped());
    assert_eq!(problems(&library), "");
    assert!(library.briefings.len() >= 14);
    for briefing in library.briefings.values() {
        assert!(!library.body(briefing).unwrap().text.is_empty());
    }
    assert_eq!(library.find("Alexandr Wang"), Found::One(Id::new(Kind::Actor, "alexandr-wang")));
}

#[test]
fn what_is_no_library_is_refused() {
    let missing = Root::open(Path::new("/no/such/place")).unwrap_err();
    assert_eq!(
        missing.to_string(),
        "/no/such/place: no such file or folder; name a folder or a Markdown file"
    );
}

#[cfg(unix)]
#[test]
fn nothing_outside_is_read_and_nothing_waits() {
    use std::os::unix::ffi::OsStrExt;
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path().join("library");
    fs::create_dir_all(root.join("in")).unwrap();
    fs::write(folder.path().join("secret.md"), "# Secret").unwrap();
    fs::write(root.join("in/good.md"), "# Good").unwrap();
    let link = |to: &str, name: &str| std::os::unix::fs::symlink(to, root.join(name)).unwrap();
    link("../secret.md", "out.md");
    link("..", "around");
    link("in/good.md", "inside.md");
    link("loop.md", "loop.md");
    link("gone.md", "dead.md");
    let pipe = root.join("pipe.md");
    assert!(std::process::Command::new("mkfifo").arg(&pipe).status().unwrap().success());
    // Not every system lets such a name be.
    let named = fs::write(root.join(std::ffi::OsStr::from_bytes(b"caf\xe9\x1b[1m.md")), "").is_ok();
    fs::write(root.join("bell\x07.md"), "").unwrap();
    let library = load(Root::open(&root).unwrap());
    assert_eq!(titles(&library), ["bell = Bell\u{2407}", "good = Good", "inside = Good"]);
    let said = problems(&library);
    let (first, rest) = if named { said.split_once('\n').unwrap() } else { ("", said.as_str()) };
    assert!(!named || first == "Error caf�␛[1m.md: the name is not UTF-8 text, so it is not read; rename it");
    insta::assert_snapshot!(rest, @r"
    Error dead.md: a link that leads nowhere
    Error loop.md: a link that cannot be followed, so not read
    Error out.md: a link that leads out of the library, so not read
    Error pipe.md: a pipe, a socket or a device, so not read
    ");
    let mut briefing = library.briefings["good"].clone();
    for path in ["out.md", "around/secret.md", "../secret.md", "/etc/passwd", "pipe.md", "in"] {
        path.clone_into(&mut briefing.file);
        assert!(library.body(&briefing).is_err(), "{path}");
    }
}

#[test]
fn a_page_that_only_describes_an_author_is_an_actor() {
    let Some(corpora) = shared("corpora") else { return };
    let library = load(Root::open(&corpora.join("digitalgov")).unwrap());
    let author = library.actors.values().find(|it| it.name == "Edgardo Morales");
    assert_eq!(author.map(|it| it.place.file.as_str()), Some("content/authors/edgardo-morales/_index.md"));
}

#[test]
fn real_folders_load_with_the_titles_a_person_would_give() {
    let Some(corpora) = shared("corpora") else { return };
    for (corpus, file, title) in [
        ("eips", "EIPS/eip-1559.md", "EIP-1559: Fee market change for ETH 1.0 chain"),
        ("eips", "EIPS/eip-1013.md", "EIP-1013: Hardfork Meta: Constantinople"),
        ("digitalgov", "content/resources/18f-methods.md", "18F Methods"),
        ("vaultofknowledge", "Bat Kol.md", "Bat Kol"),
        ("vaultofknowledge", "Abortion.md", "Abortion"),
        ("eth-pm", "AllCoreDevs-EL-Meetings/Meeting 165.md", "Execution Layer Meeting 165"),
        ("finos-aigov", "docs/_risks/ri-10_prompt-injection.md", "Prompt Injection"),
        ("covenant-i18n", "content/version/1/3/0/code-of-conduct.sl.md", "Kodeks ravnanja sodelavcev"),
        ("congress", "README.md", "congress-legislators"),
    ] {
        let library = load(Root::open(&corpora.join(corpus)).unwrap());
        let found = library.briefings.at(file).map(|it| it.title.as_str());
        assert_eq!(found, Some(title), "{corpus}/{file}");
        assert!(library.briefings.values().all(|it| !it.title.is_empty()));
        assert!(library.problems.len() < 40, "{}", problems(&library));
    }
}

#[test]
fn an_empty_folder_says_that_it_is() {
    assert_eq!(
        problems(&loaded(&[])),
        "Warning .: no Markdown file is here, so there is nothing to read; name a folder that holds Markdown files"
    );
}

#[test]
fn what_is_too_much_is_named() {
    let deep = format!("{}x.md", "a/".repeat(70));
    let long = format!("title: L\n#{}", "x".repeat(16 << 20));
    let front = format!("---\ntitle: Long\nx: {}\n---\n", "y".repeat(2 << 20));
    let library =
        loaded(&[(&deep, ""), ("b/index.yaml", &long), ("front.md", &front), ("good.md", "# Good")]);
    assert_eq!(titles(&library), ["front = Front", "good = Good"]);
    let deepest = format!("{}a", "a/".repeat(64));
    assert_eq!(
        problems(&library),
        format!(
            "Error {deepest}: more than 64 folders deep, so not read\n\
             Error b/index.yaml: longer than 16 MB; split it into smaller files\n\
             Warning front.md:1:1: front matter starts here and does not end, so all of the file is shown as text; end it with a line `---`"
        )
    );
}

#[test]
fn many_of_one_kind_of_mistake_are_counted() {
    let index = format!("briefings:\n{}", "  - file: missing.md\n".repeat(5000));
    let library = loaded(&[("index.yaml", &index), ("good.md", "")]);
    assert_eq!(library.problems.len(), 1001);
    let last = library.problems.last().map(ToString::to_string);
    assert_eq!(last.as_deref(), Some("index.yaml:1002:11: from here on 4000 more problems in this file"));
}

#[test]
fn names_that_make_one_slug_are_numbered() {
    let library = loaded(&[("a b.md", ""), ("a  b.md", ""), ("a-b.md", ""), ("A B.md", "")]);
    let ids: Vec<_> = library.briefings.files().map(|it| it.id.slug.clone()).collect();
    assert_eq!(ids, ["a-b", "a-b-2", "a-b-3", "a-b-4"]);
}

#[test]
fn great_lists_take_no_more_than_their_length() {
    let many = |word: &str| (0..30_000).map(|at| format!("{word}{at}, ")).collect::<Vec<_>>().concat();
    let topic = |at| format!("- {{id: t{at}, name: T{at}, related: t0, broader: [t{at}, t{at}]}}\n");
    let topics = (0..20_000).map(topic).collect::<Vec<_>>().concat();
    let broken = (0..30_000).map(|at| format!("k{at}: v: w\n")).collect::<Vec<_>>().concat();
    let library = loaded(&[
        ("topics.yaml", &topics),
        ("a.md", &format!("---\ntags: [{}]\nkeywords: \"{}\"\n---\n", many("t"), many("k"))),
        ("b.md", &format!("---\n{broken}---\n")),
    ]);
    assert_eq!(library.topics["t0"].related.len(), 20_000);
    assert_eq!((library.briefings["a"].topics.len(), library.briefings["b"].extra.len()), (60_000, 30_000));
}

proptest::proptest! {
    #[test]
    fn no_text_makes_loading_panic(text in "(---\n|title: |id: |date: |topics: |asks:\n|  - |a|: |\\[|\\]|#|\"|2025-0|\n|\u{1b}|é|\\PC){0,40}") {
        let library = load(Root::stdin(text));
        proptest::prop_assert_eq!(library.briefings.len(), 1);
        for briefing in library.briefings.values() {
            proptest::prop_assert!(!briefing.title.is_empty() && !briefing.id.slug.is_empty());
            proptest::prop_assert!(library.body(briefing).is_ok());
        }
    }

    #[test]
    fn no_link_makes_resolving_panic(written in "(\\.\\./|/|\\.|#|%2f|%|\\?|\\\\|a|:|\\PC){0,12}") {
        let library = load(Root::stdin("# A".to_owned()));
        for target in [Target::Path(written.clone()), Target::Wiki(written)] {
            let _ = leads_to(&library, "a/b.md", &target);
        }
    }
}
