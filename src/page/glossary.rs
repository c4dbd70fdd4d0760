//! The glossary, and the page of one term with what bears the same name.

use super::draft::{Draft, Row, block};
use super::field::Fields;
use super::row::link;
use super::words::capital;
use super::{Context, Page, mentions};
use crate::document::{BlockKind, Definition, Inline};
use crate::id::{Id, Kind};
use crate::library::Found;
use crate::library::record::Term;
use crate::text::{Text, fold};

pub fn glossary(context: Context<'_>) -> Page {
    let title = Text::from(Kind::Glossary.title());
    let mut draft = Draft::new(&title);
    let mut terms: Vec<&Term> = context.library.terms.values().collect();
    terms.sort_by_cached_key(|it| (fold(&it.term), it.id.clone()));
    let entries: Vec<Definition> = terms.iter().map(|it| entry(it)).collect();
    if entries.is_empty() {
        draft.prose(Some(&Text::from("This library explains no terms: they are listed in glossary.yaml.")));
    } else {
        draft.block(BlockKind::Definitions(entries));
    }
    Page::made(context, Id::page(Kind::Glossary), title, draft)
}

fn entry(it: &Term) -> Definition {
    let meaning = [it.expansion.as_ref(), it.definition.as_ref()].into_iter().flatten();
    let meaning: Vec<String> = meaning.map(|part| sentence(part)).collect();
    let paragraph = block(BlockKind::Paragraph(vec![Inline::text(meaning.join(" "))]));
    Definition { term: vec![Inline::page(it.id.clone(), it.term.clone())], meanings: vec![vec![paragraph]] }
}

/// One line that begins and ends as a sentence does.
fn sentence(text: &str) -> String {
    let line = Text::line(text);
    let line = capital(&line);
    let ends = line.ends_with(['.', '!', '?', ':', ';']);
    if ends { line.into_string() } else { format!("{line}.") }
}

pub fn term(context: Context<'_>, it: &Term) -> Page {
    let mut draft = Draft::new(&it.term);
    let fields =
        Fields::default().text("Stands for", it.expansion.as_ref()).names("Also written", &it.aliases);
    draft.fields(fields.done());
    draft.prose(it.definition.as_ref());
    draft.section("See also", namesakes(context, it));
    mentions::section(&mut draft, context, &it.id, "Briefings", mentions::SHORT);
    Page::made(context, it.id.clone(), it.term.clone(), draft)
}

/// Actors and topics that bear the term or what it stands for as a name.
fn namesakes(context: Context<'_>, it: &Term) -> Vec<Row> {
    let mut found: Vec<Id> = Vec::new();
    for name in std::iter::once(&it.term).chain(&it.expansion) {
        match context.library.find(name) {
            Found::One(id) => found.push(id),
            Found::Many(ids) => found.extend(ids),
            Found::Nothing { .. } => {}
        }
    }
    found.retain(|id| *id != it.id);
    found.sort_unstable();
    found.dedup();
    found.iter().map(|id| vec![link(context.library, id)]).collect()
}
