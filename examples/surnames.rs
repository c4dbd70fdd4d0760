//! Prints every weak alias of a library that links, with the words around it, to be read by a person.
//!
//! ```text
//! cargo run --release --example surnames -- LIBRARY
//! chips/h20.md    actor:jensen-huang    said so, and »Huang« flew to Beijing
//! ```

use std::error::Error;
use std::io::{BufWriter, Write, stdout};
use std::ops::Range;
use std::path::Path;

use dossier::document::parse::parse;
use dossier::library::folder::Root;
use dossier::library::record::Briefing;
use dossier::library::{Library, load};
use dossier::mentions::passage::{Passage, passages};
use dossier::mentions::{Matcher, Mention, Rule, Who};

fn main() -> Result<(), Box<dyn Error>> {
    let folder = std::env::args().nth(1).ok_or("name a library's folder")?;
    let library = load(Root::open(Path::new(&folder)).map_err(|problem| problem.to_string())?);
    let matcher = Matcher::new(&library);
    let mut out = BufWriter::new(stdout().lock());
    for briefing in library.briefings.values() {
        let passages = read(&library, briefing).unwrap_or_default();
        for mention in matcher.in_passages(&passages, &briefing.id) {
            if mention.rule == Rule::Surname {
                writeln!(out, "{}\t{}", briefing.file, shown(&passages, &mention))?;
            }
        }
    }
    Ok(out.flush()?)
}

/// The text of a briefing, its links leading where they lead.
fn read(library: &Library, briefing: &Briefing) -> Option<Vec<Passage>> {
    let mut document = parse(&library.body(briefing).ok()?.text);
    document.map_targets(|target| library.resolve(&briefing.file, target));
    Some(passages(&document))
}

/// Whom the words mean, and the words with some of the text around them.
fn shown(passages: &[Passage], mention: &Mention<'_>) -> String {
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
