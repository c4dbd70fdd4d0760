//! Prints who is mentioned in each briefing of a library, one JSON object a line.
//!
//! ```text
//! cargo run --release --example mentions -- LIBRARY
//! {"path":"chips/h20.md","mentions":{"nvidia":12,"china":7},"ambiguous":1}
//! ```
//!
//! `mentions` counts the actors alone, by id; `ambiguous` the names that several records share. With `--weak` it
//! prints instead every weak alias that links, with the words around it, to be read by a person.

use std::collections::BTreeMap;
use std::error::Error;
use std::io::{BufWriter, Write, stdout};
use std::ops::Range;
use std::path::Path;

use dossier::document::parse::parse;
use dossier::id::Kind;
use dossier::library::folder::Root;
use dossier::library::record::Briefing;
use dossier::library::{Library, load};
use dossier::mentions::passage::{Passage, passages};
use dossier::mentions::{Matcher, Mention, Rule, Who};

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let folder = arguments.iter().find(|it| !it.starts_with('-')).ok_or("name a library's folder")?;
    let weak = arguments.iter().any(|it| it == "--weak");
    let library = load(Root::open(Path::new(folder)).map_err(|problem| problem.to_string())?);
    let matcher = Matcher::new(&library);
    let mut out = BufWriter::new(stdout().lock());
    for briefing in library.briefings.values() {
        let passages = read(&library, briefing).unwrap_or_default();
        let mentions = matcher.in_passages(&passages, &briefing.id);
        if weak {
            for mention in mentions.iter().filter(|it| it.rule == Rule::Surname) {
                writeln!(out, "{}\t{}", briefing.file, shown(&passages, mention))?;
            }
        } else {
            writeln!(out, "{}", counted(briefing, &mentions))?;
        }
    }
    Ok(out.flush()?)
}

/// The text of a briefing, its links leading where they lead.
fn read(library: &Library, briefing: &Briefing) -> Option<Vec<Passage>> {
    let mut document = parse(&library.body(briefing).ok()?.text);
    document.map_targets(|target| *target = library.resolve(&briefing.file, target));
    Some(passages(&document))
}

fn counted(briefing: &Briefing, mentions: &[Mention]) -> serde_json::Value {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    let mut ambiguous = 0;
    for mention in mentions {
        match &mention.who {
            Who::One(id) if id.kind == Kind::Actor => *counts.entry(&id.slug).or_default() += 1,
            Who::One(_) => {}
            Who::Several(_) => ambiguous += 1,
        }
    }
    serde_json::json!({ "path": briefing.file.as_str(), "mentions": counts, "ambiguous": ambiguous })
}

/// Whom the words mean, and the words with some of the text around them.
fn shown(passages: &[Passage], mention: &Mention) -> String {
    let text = passages.get(mention.passage).map_or("", |it| it.text.as_str());
    let from = text.floor_char_boundary(mention.range.start.saturating_sub(60));
    let to = text.ceil_char_boundary((mention.range.end + 60).min(text.len()));
    let part = |range: Range<usize>| text.get(range).unwrap_or_default().replace('\n', " ");
    let who = match &mention.who {
        Who::One(id) => id.to_string(),
        Who::Several(ids) => format!("{} records", ids.len()),
    };
    let (before, after) = (part(from..mention.range.start), part(mention.range.end..to));
    format!("{who}\t{before}»{}«{after}", part(mention.range.clone()))
}
