//! A card of a record: what it is in a few lines, to be read without leaving the page.
//!
//! At most eight rows at fifty columns: what does not fit is on the record's own page.

use super::Context;
use super::draft::{Draft, Row};
use super::mentions::sentences;
use super::row::{newest, quiet};
use super::words::{reliability, words};
use crate::date::Date;
use crate::document::parse::parse;
use crate::document::{Block, BlockKind, Document, Inline, Role, plain};
use crate::id::{Id, Kind};
use crate::library::Library;
use crate::library::record::{Briefing, Claim, Ref};
use crate::text::{Text, fit, width};

/// Columns of the narrowest card.
const COLUMNS: usize = 50;
/// Letters of the sentence of the last mention.
const LETTERS: usize = 90;
/// Bytes of a text in which its first words are looked for.
const BEGINNING: usize = 8_000;

/// A card of `id`.
pub fn peek(context: Context<'_>, id: &Id) -> Document {
    let library = context.library;
    let Some(name) = library.name(id) else {
        return card(vec![vec![Inline::text(Text::line(&format!("{id} is not in this library")))]]);
    };
    let mut rows = vec![vec![Inline::strong(clip(name, 2))]];
    rows.push(vec![quiet(clip(&kind(library, id), 1))]);
    match summary(library, id) {
        Some(text) => rows.push(vec![Inline::text(clip(&text, 2))]),
        None => rows.extend(opening(library, id).map(|text| vec![Inline::text(clip(&text, 3))])),
    }
    rows.extend(last(context, id));
    card(rows)
}

fn card(rows: Vec<Row>) -> Document {
    let mut all = Row::new();
    for row in rows {
        all.extend((!all.is_empty()).then_some(Inline::Break));
        all.extend(row);
    }
    let mut draft = Draft::default();
    draft.paragraph(all);
    draft.document()
}

/// What it is, and how it stands: `claim, disputed, 2025-09-15`.
pub fn kind(library: &Library, id: &Id) -> Text {
    let parts = parts(library, id);
    let kind = Text::from(id.kind.word());
    let parts: Vec<String> = std::iter::once(kind).chain(parts).map(Text::into_string).collect();
    Text::line(&parts.join(", "))
}

fn parts(library: &Library, id: &Id) -> Vec<Text> {
    let code = |code: &Option<Text>| code.as_ref().map(|code| words(code));
    let date = |date: &Option<Date>| date.as_ref().map(|date| date.written.clone());
    let slug = id.slug.as_str();
    let found = match id.kind {
        Kind::Briefing => {
            library.briefings.get(slug).map(|it| vec![code(&it.kind), date(&it.date), code(&it.status)])
        }
        Kind::Actor => library.actors.get(slug).map(|it| vec![code(&it.kind), code(&it.classification)]),
        Kind::Topic => library.topics.get(slug).map(|it| vec![it.notation.clone()]),
        Kind::Claim => library.claims.get(slug).map(|it| vec![code(&it.status), date(&it.date)]),
        Kind::Event => library
            .events
            .get(slug)
            .map(|it| vec![code(&it.classification), date(&it.date), code(&it.status)]),
        Kind::Source => {
            library.sources.get(slug).map(|it| vec![code(&it.kind), date(&it.date), code(&it.status)])
        }
        _ => None,
    };
    found.into_iter().flatten().flatten().collect()
}

/// The one thing to know about it.
fn summary(library: &Library, id: &Id) -> Option<Text> {
    let slug = id.slug.as_str();
    match id.kind {
        Kind::Briefing => library.briefings.get(slug)?.bluf.clone(),
        Kind::Actor => {
            library.actors.get(slug).and_then(|it| it.summary.clone().or_else(|| it.disambiguation.clone()))
        }
        Kind::Topic => {
            library.topics.get(slug).and_then(|it| it.definition.clone().or_else(|| it.scope_note.clone()))
        }
        Kind::Term => library.terms.get(slug).map(|it| {
            let parts: Vec<&str> = it.expansion.iter().chain(&it.definition).map(Text::as_str).collect();
            Text::line(&parts.join(": "))
        }),
        Kind::Claim => library.claims.get(slug).map(|it| said(library, it)),
        Kind::Event => {
            library.events.get(slug).and_then(|it| it.outcome.clone().or_else(|| it.location.clone()))
        }
        Kind::Source => library.sources.get(slug).map(|it| {
            let grade = it.reliability.as_ref().map(|letter| reliability(letter));
            let parts: Vec<&str> = it.publisher.iter().chain(&grade).map(Text::as_str).collect();
            Text::line(&parts.join("; "))
        }),
        _ => None,
    }
    .filter(|text| !text.is_empty())
}

/// How the text of a briefing begins that has no bottom line: its first words that are no heading.
fn opening(library: &Library, id: &Id) -> Option<Text> {
    let it = library.briefings.get(&id.slug).filter(|_| id.kind == Kind::Briefing)?;
    let long = || library.beginning(it, BEGINNING as u64, BEGINNING).map(|(body, _)| body.text);
    let text = long().or_else(|| library.body(it).ok().map(|body| body.text))?;
    let is_text = |block: &Block| !matches!(block.kind, BlockKind::Heading { .. } | BlockKind::Rule);
    let words = |block: Block| {
        let mut words = Vec::new();
        Document { blocks: vec![block] }.inlines(|inlines| words.push(plain(inlines)));
        Text::line(&words.join(" "))
    };
    parse(&text).blocks.into_iter().filter(is_text).map(words).find(|words| !words.trim().is_empty())
}

/// Who says it, and how surely.
fn said(library: &Library, it: &Claim) -> Text {
    let name = |who: &Ref| who.id.as_ref().and_then(|id| library.name(id)).unwrap_or(&who.text).clone();
    let who = it.claimant.as_ref().map(|who| format!("said by {}", name(who)));
    let hedge = it.hedge.as_ref().map(|hedge| format!("“{hedge}”"));
    Text::line(&who.into_iter().chain(hedge).collect::<Vec<_>>().join(", "))
}

/// Where it was named last: when, in which briefing, in which words. A briefing is named in no text.
fn last(context: Context<'_>, id: &Id) -> Vec<Row> {
    let named = context.links.naming(id);
    let briefings = named.filter(|it| ***it != *id).filter_map(|it| context.library.briefings.get(&it.slug));
    if let Some(it) = newest(briefings).first() {
        let sentence = sentences(context, it, id, LETTERS).into_iter().next().map(|it| it.words());
        let sentence = sentence.map(|words| vec![Inline::text(clip(&words, 2))]);
        return std::iter::once(dated("Last named", it.date.as_ref(), it)).chain(sentence).collect();
    }
    first_use(context, id).map(|it| dated("In", it.date.as_ref(), it)).into_iter().collect()
}

/// For what no text names, the newest briefing that refers to it.
fn first_use<'a>(context: Context<'a>, id: &Id) -> Option<&'a Briefing> {
    let ids = context.citing(id, Kind::Briefing, |_| true);
    newest(ids.into_iter().filter_map(|id| context.library.briefings.get(&id.slug))).first().copied()
}

fn dated(label: &str, date: Option<&Date>, it: &Briefing) -> Row {
    let label = format!("{label}{}: ", date.map(|date| format!(" {date}")).unwrap_or_default());
    let room = COLUMNS.saturating_sub(width(&label));
    let title = crate::text::shorten(&it.title, room).into_owned();
    vec![Inline::role(Role::Label, label), Inline::page(Id::clone(&it.id), title)]
}

/// The words of `text` that fit into `rows` rows of a card.
fn clip(text: &str, rows: usize) -> Text {
    let line = Text::line(text);
    let (mut row, mut used, mut end) = (1, 0, 0);
    for word in line.split_inclusive(' ') {
        let columns = width(word.trim_end());
        if used > 0 && used + columns > COLUMNS {
            (row, used) = (row + 1, 0);
        }
        // Words longer than a row are broken by the layout; two columns are kept for the dots.
        let last = if row == rows { 2 } else { 0 };
        if row > rows || used + columns + last > COLUMNS {
            let rest = if row == rows { fit(word, COLUMNS.saturating_sub(used + last)) } else { "" };
            let rest = if columns > COLUMNS { rest } else { "" };
            return Text::line(&format!(
                "{}{rest}…",
                line.get(..end).unwrap_or_default().trim_end_matches(' ')
            ));
        }
        used += columns + 1;
        end += word.len();
    }
    line
}
