//! Who, what and when over real files, counted by a plain reading of the lines of their front matter.
#![allow(clippy::unwrap_used, reason = "a test that cannot begin has failed")]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use dossier::library::record::{Actor, Topic};
use dossier::text::fold;

use super::indexed::Indexed;
use crate::shared::shared;

/// What the first lines of a file say, read line by line: no YAML, none of the program's own code.
#[derive(Default)]
struct Front {
    authors: BTreeSet<String>,
    /// An author by name, where the others are ids.
    byline: String,
    topics: BTreeSet<String>,
    date: String,
    /// The whole file, folded.
    text: String,
}

fn front(text: &str) -> Front {
    let mut front = Front { text: fold(text), ..Front::default() };
    let Some((head, _)) = text.trim_start().strip_prefix("---").and_then(|rest| rest.split_once("\n---"))
    else {
        return front;
    };
    let mut key = "";
    for line in head.lines() {
        let item = line.trim().strip_prefix("- ").map(|item| item.trim().trim_matches(['"', '\'']));
        let item = item.map(|item| item.to_lowercase().replace(' ', "-"));
        match (item.filter(|item| !item.is_empty()), key) {
            (Some(item), "authors") => drop(front.authors.insert(item)),
            (Some(item), "topics") => drop(front.topics.insert(item)),
            _ => {}
        }
        if let Some((name, value)) =
            line.split_once(':').filter(|(name, _)| !name.starts_with([' ', '#', '-']))
        {
            key = name;
            match name {
                "date" => value.trim().clone_into(&mut front.date),
                "author" => front.byline = value.trim().to_lowercase().replace(' ', "-"),
                _ => {}
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
        let mut front = front(&String::from_utf8_lossy(&bytes));
        if !front.byline.is_empty() {
            front.authors.extend(called(indexed, &front.byline));
        }
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
    let mut wrong = Vec::new();
    for author in authors {
        let called = called(&made, author);
        let expected = files(&fronts, |front| !front.authors.is_disjoint(&called));
        let from = found(&made, &format!("from:\"{author}\""));
        let actor = found(&made, &format!("actor:\"{author}\""));
        if from != expected || !actor.is_superset(&expected) {
            let differ: Vec<_> = from.symmetric_difference(&expected).collect();
            wrong.push(format!("from:{author} differs in {differ:?}; actor: {}", actor.len()));
        }
    }
    let topics = all(|front| &front.topics);
    assert!(topics.len() > 50, "{}", topics.len());
    for topic in topics {
        let expected = files(&fronts, |front| front.topics.contains(topic));
        let found = found(&made, &format!("topic:\"{topic}\""));
        let names = made.library.topics.get(topic.as_str()).map(names).unwrap_or_default();
        let told = |file: &&String| names.iter().any(|name| fronts[*file].text.contains(name));
        let missing: Vec<_> = expected.difference(&found).collect();
        let more: Vec<_> = found.difference(&expected).filter(|file| !told(file)).collect();
        if !missing.is_empty() || !more.is_empty() {
            wrong.push(format!("topic:{topic} misses {missing:?}, has {more:?}"));
        }
    }
    let months: BTreeSet<&str> = fronts.values().filter_map(|front| front.date.get(..7)).collect();
    assert!(months.len() > 100, "{}", months.len());
    for month in months {
        let expected = files(&fronts, |front| front.date.starts_with(month));
        let found = found(&made, &format!("date:{month}"));
        if found != expected {
            wrong.push(format!("date:{month} {}, not {}", found.len(), expected.len()));
        }
    }
    assert!(wrong.is_empty(), "{} disagree:\n{}", wrong.len(), wrong.join("\n"));
}

/// The ids by which files call everyone of this name: some people have two.
fn called(made: &Indexed, author: &str) -> BTreeSet<String> {
    let so_called = |actor: &&Actor| {
        let others = actor.aliases.iter().chain(&actor.weak_aliases).chain(&actor.hidden_names);
        let mut names = std::iter::once(&actor.name).chain(others);
        names.any(|name| name.to_lowercase().replace(' ', "-") == author)
    };
    let actors = made.library.actors.values().filter(so_called);
    actors.map(|actor| actor.id.slug.clone()).chain([author.to_owned()]).collect()
}

/// What a text may call a topic by.
fn names(topic: &Topic) -> Vec<String> {
    let id = [topic.id.slug.clone(), topic.id.slug.replace('-', " ")];
    std::iter::once(&topic.name).chain(&topic.aliases).map(|name| fold(name)).chain(id).collect()
}
