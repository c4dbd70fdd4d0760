//! Who, what and when over real files, counted by a plain reading of the lines of their front matter.
#![allow(clippy::unwrap_used, reason = "a test that cannot begin has failed")]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use dossier::library::record::Topic;
use dossier::text::fold;

use super::indexed::Indexed;
use crate::shared::shared;

/// What the first lines of a file say, read line by line: no YAML, none of the program's own code.
#[derive(Default)]
struct Front {
    authors: BTreeSet<String>,
    topics: BTreeSet<String>,
    date: String,
    text: String,
}

fn front(text: &str) -> Front {
    let mut front = Front::default();
    let Some((head, body)) = text.strip_prefix("---").and_then(|rest| rest.split_once("\n---")) else {
        return front;
    };
    body.clone_into(&mut front.text);
    let mut key = "";
    for line in head.lines() {
        let item =
            line.trim().strip_prefix("- ").map(|item| item.trim().trim_matches(['"', '\'']).to_owned());
        match (item, key) {
            (Some(item), "authors") => drop(front.authors.insert(item)),
            (Some(item), "topics") => drop(front.topics.insert(item)),
            _ => {}
        }
        if let Some((name, value)) =
            line.split_once(':').filter(|(name, _)| !name.starts_with([' ', '#', '-']))
        {
            key = name;
            if name == "date" {
                value.trim().clone_into(&mut front.date);
            }
        }
    }
    front
}

/// The front matter of every file below `folder` that is a briefing, by its path.
fn fronts(indexed: &Indexed, folder: &Path) -> BTreeMap<String, Front> {
    let files = indexed.library.briefings.values().map(|it| it.file.clone());
    let read = |file: String| {
        let bytes = fs::read(folder.join(&file)).unwrap();
        let front = front(&String::from_utf8_lossy(&bytes));
        (file, front)
    };
    files.map(read).collect()
}

/// The files that are found.
fn found(indexed: &Indexed, line: &str) -> BTreeSet<String> {
    let briefings = indexed.hits(line).into_iter().filter(|hit| hit.id.to_string().starts_with("briefing:"));
    briefings.map(|hit| hit.file.to_string()).collect()
}

/// The files whose front matter is so.
fn files(fronts: &BTreeMap<String, Front>, is: impl Fn(&Front) -> bool) -> BTreeSet<String> {
    fronts.iter().filter(|(_, front)| is(front)).map(|(file, _)| file.clone()).collect()
}

#[test]
fn authors_topics_and_months_agree_with_the_lines_of_the_front_matter() {
    let Some(folder) = shared("corpora/digitalgov") else { return };
    let made = Indexed::new(&folder, None);
    let fronts = fronts(&made, &folder);
    let all = |of: fn(&Front) -> &BTreeSet<String>| fronts.values().flat_map(of).collect::<BTreeSet<_>>();
    let authors = all(|front| &front.authors);
    assert!(authors.len() > 700, "{}", authors.len());
    for author in authors {
        let expected = files(&fronts, |front| front.authors.contains(author));
        assert_eq!(found(&made, &format!("from:\"{author}\"")), expected, "from:{author}");
        assert!(found(&made, &format!("actor:\"{author}\"")).is_superset(&expected), "actor:{author}");
    }
    let topics = all(|front| &front.topics);
    assert!(topics.len() > 50, "{}", topics.len());
    for topic in topics {
        let expected = files(&fronts, |front| front.topics.contains(topic));
        let found = found(&made, &format!("topic:\"{topic}\""));
        assert!(found.is_superset(&expected), "topic:{topic}");
        let names = made.library.topics.get(topic.as_str()).map(names).unwrap_or_default();
        for file in found.difference(&expected) {
            let text = fold(&fronts[file].text);
            assert!(names.iter().any(|name| text.contains(name)), "topic:{topic} finds {file}");
        }
    }
    let months: BTreeSet<&str> = fronts.values().filter_map(|front| front.date.get(..7)).collect();
    assert!(months.len() > 100, "{}", months.len());
    for month in months {
        let expected = files(&fronts, |front| front.date.starts_with(month));
        assert_eq!(found(&made, &format!("date:{month}")), expected, "date:{month}");
    }
}

/// What a text may call a topic by.
fn names(topic: &Topic) -> Vec<String> {
    std::iter::once(&topic.name).chain(&topic.aliases).map(|name| fold(name)).collect()
}
