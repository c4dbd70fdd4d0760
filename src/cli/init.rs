//! `dossier init`: a first index.yaml, made of what the Markdown files of a folder already say.

use std::collections::BTreeMap;
use std::io::Write;

use crate::cli::arguments::Init;
use crate::cli::choice::Choice;
use crate::cli::new::quoted;
use crate::cli::rows::many;
use crate::cli::{Outcome, Stop};
use crate::library::Library;
use crate::library::record::Briefing;
use crate::save::{self, Unsaved};
use crate::text::Text;

/// So many briefings are named at most: more than anybody would complete by hand.
const NAMED: usize = 100;
/// So many keys of other tools are told.
const KEYS: usize = 10;

pub fn run(init: &Init, out: &mut dyn Write) -> Result<Outcome, Stop> {
    if !init.folder.is_dir() {
        let folder = init.folder.display();
        return Err(Stop::usage(Text::line(&format!(
            "{folder}: no folder; make it first, or name one that is there"
        ))));
    }
    let path = init.folder.join("index.yaml");
    let library = Choice::Path(init.folder.clone()).load()?;
    save::write(&path, &index(&library)?, false).map_err(|why| {
        let why = match why {
            Unsaved::Exists => Text::line("exists; it is left as it is"),
            Unsaved::Failed(said) => said,
        };
        Stop::usage(Text::line(&format!("{}: {why}", path.display())))
    })?;
    let count = library.briefings.len();
    writeln!(out, "{}", Text::line(&path.to_string_lossy()))?;
    match count {
        0 => writeln!(out, "no Markdown files yet; `dossier new TITLE` starts one")?,
        1 => writeln!(
            out,
            "1 briefing; `dossier {}` opens the reader",
            Text::line(&init.folder.to_string_lossy())
        )?,
        _ => writeln!(
            out,
            "{count} briefings; `dossier {}` opens the reader",
            Text::line(&init.folder.to_string_lossy())
        )?,
    }
    Ok(Outcome::Fine)
}

/// The text of an index: what was found, and the briefings by name, folder by folder.
fn index(library: &Library) -> Result<String, Stop> {
    let title = if library.title.is_empty() { library.root.label() } else { library.title.clone() };
    let mut index = include_str!("../../assets/index.yaml")
        .replace("{title}", &quoted(&title)?)
        .replace("{found}", &found(library));
    let mut briefings: Vec<&Briefing> = library.briefings.values().collect();
    if briefings.is_empty() {
        index.push_str(
            "# briefings:\n#   - file: a-first-briefing.md\n#     date: 2025-01-21\n#     topics: []\n",
        );
        return Ok(index);
    }
    if briefings.len() > NAMED {
        // the newest, and of those without a date the ones that lie highest
        let rank = |it: &&Briefing| {
            let date = it.date.as_ref().and_then(|date| date.earliest);
            (std::cmp::Reverse(date), it.file.matches('/').count(), it.file.clone())
        };
        let dated = briefings.iter().filter(|it| it.date.is_some()).count();
        let which = if dated >= NAMED { "the newest" } else { "a few" };
        briefings.sort_by_cached_key(rank);
        briefings.truncate(NAMED);
        let named =
            format!("# Only {which} of them are named here. The others are briefings all the same.\n");
        index.push_str(&named);
    }
    briefings.sort_by(|a, b| (&a.folder, &a.file).cmp(&(&b.folder, &b.file)));
    index.push_str("briefings:\n");
    let mut folder = "";
    for briefing in briefings {
        if briefing.folder != folder {
            folder = &briefing.folder;
            index.extend(["\n  # ", &Text::line(folder), "\n"]);
        }
        index.push_str(&entry(briefing)?);
    }
    Ok(index)
}

/// What is known without an index, in comments: it shows what there is to add.
fn found(library: &Library) -> String {
    let briefings = || library.briefings.values();
    let of = |holds: fn(&&Briefing) -> bool| briefings().filter(holds).count();
    let mut lines = vec![
        format!(
            "# Found: {} in {}.",
            many(briefings().count(), "briefing"),
            many(library.folders.len(), "folder")
        ),
        format!(
            "# With a date: {}, from somebody: {}, with topics: {}, with a summary: {}.",
            of(|it| it.date.is_some()),
            of(|it| !it.from.is_empty()),
            of(|it| !it.topics.is_empty()),
            of(|it| it.bluf.is_some()),
        ),
    ];
    let mut keys: BTreeMap<&str, usize> = BTreeMap::new();
    for extra in briefings().flat_map(|it| &it.extra) {
        *keys.entry(extra.key.as_str()).or_default() += 1;
    }
    let mut keys: Vec<(&str, usize)> = keys.into_iter().collect();
    keys.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    let most: Vec<&str> = keys.iter().take(KEYS).map(|(key, _)| *key).collect();
    if !most.is_empty() {
        let more = if keys.len() > KEYS { " and others" } else { "" };
        lines.push(format!("# Kept as they are, and shown with the details: {}{more}.", most.join(", ")));
    }
    if !library.actors.is_empty() || !library.topics.is_empty() {
        let (actors, topics) = (library.actors.len(), library.topics.len());
        let (actors, topics) = (many(actors, "actor"), many(topics, "topic"));
        lines.push(format!("# Other files of the folder are read as {actors} and {topics}."));
    }
    lines.join("\n")
}

/// What the index says of one briefing: where it is. What was found in it stands beside, so that nothing is said
/// twice and goes out of date.
fn entry(briefing: &Briefing) -> Result<String, Stop> {
    // A path must stay what it is on disk, so it is quoted and not cleaned.
    let file = serde_json::to_string(&briefing.file).map_err(|error| Stop::usage(error.to_string()))?;
    let date = briefing.date.as_ref().map(|date| format!(", {}", date.written)).unwrap_or_default();
    Ok(format!("  - file: {file} # {}\n", Text::line(&format!("{}{date}", briefing.title))))
}
