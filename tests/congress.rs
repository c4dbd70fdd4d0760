//! The example that makes actors of the files on Congress, and that their surnames link to nobody else.

use std::path::{Path, PathBuf};

use dossier::document::parse::parse;
use dossier::id::{Id, Kind};
use dossier::library::folder::Root;
use dossier::library::{Library, load};
use dossier::mentions::passage::passages;
use dossier::mentions::{Matcher, Mention, Rule};
use rayon::iter::{IntoParallelRefIterator, ParallelIterator};

use crate::shared::shared;

#[path = "../examples/congress.rs"]
#[allow(dead_code, reason = "the example's own main is not called here")]
mod example;

const PEOPLE: &str = "\
- id: {bioguide: S000148}
  name: {first: Charles, middle: E., last: Schumer, nickname: Chuck, official_full: Charles E. Schumer}
  terms:
  - {type: sen, start: '2023-01-03', state: NY, party: Democrat}
- id: {bioguide: J000288}
  name: {first: Henry, middle: C., last: Johnson, suffix: Jr., nickname: Hank, official_full: 'Henry C. \"Hank\" Johnson, Jr.'}
  terms:
  - {type: sen, start: '2005-01-03', state: XX, party: None}
  - {type: rep, start: '2025-01-03', state: GA, party: Democrat}
";

const COMMITTEES: &str = "\
- {type: house, name: House Committee on the Judiciary, thomas_id: HSJU, jurisdiction: It judges. It also rules.}
- {type: senate, name: Senate Select Committee on Intelligence, thomas_id: SLIN}
";

const SEATS: &str = "\
HSJU:
- {name: Hank Johnson, bioguide: J000288, title: Ranking Member}
HSJU03:
- {name: Hank Johnson, bioguide: J000288}
";

fn library(actors: &str) -> Library {
    let folder = tempfile::tempdir().expect("a folder");
    std::fs::write(folder.path().join("actors.yaml"), actors).expect("written");
    load(Root::open(folder.path()).expect("opened"))
}

fn made_of_corpus() -> Option<String> {
    let folder = shared("corpora/congress")?;
    let read = |name: &str| {
        let text = std::fs::read_to_string(folder.join(name)).expect("read");
        example::values(&text, name).expect("well-formed")
    };
    let people = read("legislators-current.yaml");
    let committees = read("committees-current.yaml");
    Some(example::actors(&people, Some(&committees), Some(&read("committee-membership-current.yaml"))))
}

#[test]
fn people_committees_and_seats_become_actors() {
    let values = |text| example::values(text, "x.yaml").expect("well-formed");
    let actors = example::actors(&values(PEOPLE), Some(&values(COMMITTEES)), Some(&values(SEATS)));
    assert!(library(&actors).problems.is_empty(), "{:#?}", library(&actors).problems);
    insta::assert_snapshot!(actors);
}

#[test]
fn congress_loads_without_a_problem() {
    let Some(actors) = made_of_corpus() else { return };
    let library = library(&actors);
    assert!(library.problems.is_empty(), "{:#?}", library.problems);
    let people = library.actors.values().filter(|it| it.kind.as_deref() == Some("person")).count();
    assert_eq!(people, 537);
}

/// None of the 537 is named in full and then by surname there: a surname that links is somebody else's, or a word.
#[test]
fn no_surname_of_congress_links_in_pages_on_other_things() {
    let (Some(actors), Some(folder)) = (made_of_corpus(), shared("corpora/digitalgov/content")) else {
        return;
    };
    let library = library(&actors);
    let matcher = Matcher::new(&library);
    let mut files = Vec::new();
    push_files(&folder, &mut files);
    files.sort();
    let wrong: Vec<String> = files.par_iter().flat_map(|file| surnames(&matcher, file)).collect();
    assert!(files.len() > 4_000, "{}", files.len());
    assert!(wrong.is_empty(), "{wrong:#?}");
}

fn push_files(folder: &Path, files: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).expect("read").flatten() {
        match entry.path() {
            path if path.is_dir() => push_files(&path, files),
            path => files.push(path),
        }
    }
}

/// The weak aliases that link in `file`.
fn surnames(matcher: &Matcher, file: &Path) -> Vec<String> {
    let text = std::fs::read_to_string(file).unwrap_or_default();
    let document = parse(&text);
    let passages = passages(&document);
    let mentions = matcher.in_passages(&passages, &Id::new(Kind::Briefing, "page"));
    let shown =
        |it: &Mention<'_>| format!("{}: {:?} in {:?}", file.display(), it.name, passages[it.passage].text);
    mentions.iter().filter(|it| it.rule == Rule::Surname).map(shown).collect()
}
