//! `dossier init`: a first index.yaml, made of what the Markdown files of a folder already say.

use std::io::Write;

use crate::cli::arguments::Init;
use crate::cli::choice::Choice;
use crate::cli::new::quoted;
use crate::cli::{Outcome, Stop};
use crate::library::Library;
use crate::library::record::Briefing;
use crate::save::{self, Unsaved};
use crate::text::Text;

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

/// The text of an index that names every briefing, folder by folder.
fn index(library: &Library) -> Result<String, Stop> {
    let title = if library.title.is_empty() { library.root.label() } else { library.title.clone() };
    let mut index = include_str!("../../assets/index.yaml").replace("{title}", &quoted(&title)?);
    let mut briefings: Vec<&Briefing> = library.briefings.values().collect();
    briefings.sort_by(|a, b| (&a.folder, &a.file).cmp(&(&b.folder, &b.file)));
    if briefings.is_empty() {
        index.push_str(
            "# briefings:\n#   - file: a-first-briefing.md\n#     date: 2025-01-21\n#     topics: []\n",
        );
        return Ok(index);
    }
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

/// What the index says of one briefing: where it is, what it is called and when it was written.
fn entry(briefing: &Briefing) -> Result<String, Stop> {
    // A path must stay what it is on disk, so it is quoted and not cleaned.
    let file = serde_json::to_string(&briefing.file).map_err(|error| Stop::usage(error.to_string()))?;
    let date = match &briefing.date {
        Some(date) => format!("    date: {}\n", quoted(&date.written)?),
        None => String::new(),
    };
    Ok(format!("  - file: {file}\n    title: {}\n{date}", quoted(&briefing.title)?))
}
