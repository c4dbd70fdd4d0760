//! The answers to a query, the best first, each with the sentences that hold what was looked for.
//!
//! A query is an address like any other, so results are exported, gone back to and followed as any page is.

mod begin;
mod explain;
mod narrow;
mod tries;

use std::sync::Arc;

use super::draft::{Draft, Row};
use super::row::{apart, aside, coded, dated, quiet, status};
use super::words::count;
use super::{BODY, Context, Page, peek};
use crate::document::{Document, Inline, Role, plain};
use crate::id::{Address, Id, Kind};
use crate::library::Mark;
use crate::library::record::Briefing;
use crate::marking::strictest;
use crate::search::{Complaint, Extract, Hit, Marks, Query, Results, Search, Wanted};
use crate::text::{Text, shorten};

pub use explain::explain;

/// So many records are shown, and fewer while one still types.
const HITS: usize = 100;
const TYPED: usize = 20;
/// Columns of a heading that an extract stands under.
const SECTION: usize = 40;
/// Columns of a bottom line, where nothing of a briefing was looked for by words.
const BLUF: usize = 160;

/// What a page of results found: for going from one to the next.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Answers {
    /// What to mark in a page that is opened from here.
    pub marks: Marks,
    /// The records shown, the best first, each with the place of its best extract.
    pub hits: Vec<Address>,
    /// How many there are in all.
    pub total: usize,
}

impl From<&Results> for Answers {
    fn from(results: &Results) -> Self {
        let hits = results.hits.iter().map(place).collect();
        Self { marks: results.marks.clone(), hits, total: results.total }
    }
}

/// A query as it was read, and what it found.
struct Answer {
    query: Query,
    complaints: Vec<Complaint>,
    results: Results,
    /// No word was found as it stands, so its end is left open.
    opened: bool,
    /// The query as it is to be typed, for queries that narrow it.
    line: String,
}

/// The results of `line`.
pub fn search(context: Context<'_>, line: &str) -> Page {
    page(context, line, false)
}

/// The results of a line that is being typed: its last word may be a beginning.
pub fn typed(context: Context<'_>, line: &str) -> Page {
    page(context, line, true)
}

fn page(context: Context<'_>, line: &str, typing: bool) -> Page {
    let id = Id::search(line);
    let Some(search) = context.search else {
        return told(context, id, "The index that search needs is not open yet.");
    };
    if id.slug.is_empty() {
        let title = Text::from(Kind::Search.title());
        return Page::made(context, id, title, begin::draft(context, search));
    }
    match Answer::new(context, search, line, typing) {
        Ok(answer) => answer.page(context, search, id, typing),
        Err(_why) => told(context, id, "The search index cannot be read. It is being made anew."),
    }
}

fn title(id: &Id) -> Text {
    match id.slug.as_str() {
        "" => Text::from(Kind::Search.title()),
        line => Text::line(&format!("{}: {line}", Kind::Search.title())),
    }
}

/// A page that says why there are no results.
fn told(context: Context<'_>, id: Id, why: &str) -> Page {
    let title = title(&id);
    let mut draft = Draft::new(&title);
    draft.paragraph(vec![Inline::text(why)]);
    Page::made(context, id, title, draft)
}

impl Answer {
    fn new(context: Context<'_>, search: &Search, line: &str, typing: bool) -> Result<Self, Text> {
        let hits = if typing { TYPED } else { HITS };
        let wanted = Wanted { hits, counts: true, ..Wanted::default() };
        let find = |query: &Query| search.find(query, &context.library.root, context.reading, wanted);
        let (open, unfinished) = Query::typing(line, context.today);
        if typing {
            let results = find(&open)?;
            let line = open.to_string();
            return Ok(Self { query: open, complaints: unfinished, results, opened: false, line });
        }
        let (query, complaints) = Query::parse(line, context.today);
        let results = find(&query)?;
        let written = if complaints.is_empty() { Text::line(line).into_string() } else { query.to_string() };
        if results.hits.is_empty() && open != query {
            let wider = find(&open)?;
            if !wider.hits.is_empty() {
                let line = open.to_string();
                return Ok(Self { query: open, complaints, results: wider, opened: true, line });
            }
        }
        Ok(Self { query, complaints, results, opened: false, line: written })
    }

    fn page(self, context: Context<'_>, search: &Search, id: Id, typing: bool) -> Page {
        let title = title(&id);
        let mut draft = Draft::new(&title);
        for complaint in &self.complaints {
            draft.warning(vec![Inline::text(Text::line(&complaint.to_string()))]);
        }
        let shown: Vec<&Hit> =
            self.results.hits.iter().filter(|hit| context.library.name(&hit.id).is_some()).collect();
        let mut beside = Document::default();
        if shown.is_empty() {
            tries::write(&mut draft, context, search, &self.query, typing);
        } else {
            draft.paragraph(self.found(shown.len()));
            draft.nested(shown.iter().map(|hit| result(context, hit)).collect());
            let narrow =
                narrow::Narrow::new(context.library, (&self.line, self.results.total), &self.results.counts);
            narrow.write(&mut draft);
            beside = narrow.beside();
        }
        let answers =
            Answers { hits: shown.iter().map(|hit| place(hit)).collect(), ..(&self.results).into() };
        let marking = marking(context, &shown);
        let page = Page::made(context, id, title, draft);
        Page { aside: beside, answers: Some(Arc::new(answers)), marking, ..page }
    }

    /// How much was found.
    fn found(&self, shown: usize) -> Row {
        let total = self.results.total.max(shown);
        let mut told = count(total, "result");
        if total > shown {
            told = format!("The best {shown} of {told}");
        }
        if self.opened {
            told.push_str(", none with this very word: these have words that begin so");
        }
        vec![quiet(told)]
    }
}

/// The strictest marking of what the results show of the briefings.
fn marking(context: Context<'_>, shown: &[&Hit]) -> Option<Text> {
    let own = context.library.marking.as_deref();
    let of = |hit: &&Hit| match context.library.briefings.get(&hit.id.slug) {
        Some(it) if hit.id.kind == Kind::Briefing => it.marking.as_deref(),
        _ => own,
    };
    match shown {
        [] => context.library.marking.clone(),
        shown => strictest(shown.iter().map(of)).map(|it| Text::line(&it)),
    }
}

/// Where a hit leads: to its best extract.
fn place(hit: &Hit) -> Address {
    match hit.extracts.first().and_then(|it| it.at) {
        Some(at) if hit.id.kind == Kind::Briefing => Address::at(hit.id.clone(), BODY + at),
        _ => hit.id.clone().into(),
    }
}

/// A record by its name, with its extracts below.
fn result(context: Context<'_>, hit: &Hit) -> (Row, Vec<Row>) {
    let mut row = vec![Inline::page(place(hit), hit.title.clone())];
    let briefing = context.library.briefings.get(&hit.id.slug).filter(|_| hit.id.kind == Kind::Briefing);
    let parts = if let Some(it) = briefing {
        let apart = apart(context.library, &it.id, &[Mark::Status, Mark::Date]);
        vec![apart, coded(it.kind.as_ref()), dated(it.date.as_ref()), standing(it)]
    } else {
        let kind = vec![quiet(peek::kind(context.library, &hit.id))];
        vec![kind, apart(context.library, &hit.id, &[Mark::Kind, Mark::Date])]
    };
    row.extend(aside(parts));
    // That the title is found in the title is plain.
    let telling = hit.extracts.iter().filter(|it| Text::line(&plain(&it.words)) != hit.title);
    let mut extracts: Vec<Row> = telling.enumerate().map(|(nth, it)| extract(hit, it, nth == 0)).collect();
    if let (true, Some(bluf)) = (extracts.is_empty(), briefing.and_then(|it| it.bluf.as_ref())) {
        extracts.push(vec![Inline::text(shorten(&Text::line(bluf), BLUF).into_owned())]);
    }
    (row, extracts)
}

/// The state of a briefing that is not simply what to read.
fn standing(it: &Briefing) -> Row {
    let unsettled = it.status.as_ref().filter(|status| !matches!(status.as_str(), "final" | "cleared"));
    if it.past().is_some() {
        return unsettled.map(|it| Inline::role(Role::Warning, Text::line(it))).into_iter().collect();
    }
    status(unsettled)
}

/// The sentence around what was found, after a link to its place. Where no heading stands above it, the title is its
/// name; to the first place the title itself leads.
fn extract(hit: &Hit, it: &Extract, first: bool) -> Row {
    let mut row = Row::new();
    if let Some(at) = it.at.filter(|_| !(first && it.section.is_empty())) {
        let name = if it.section.is_empty() { &hit.title } else { &it.section };
        let name = Text::line(&shorten(name, SECTION));
        row.push(Inline::page(Address::at(hit.id.clone(), BODY + at), name));
        row.push(quiet(": "));
    }
    row.extend(it.words.iter().map(strong));
    row
}

/// What was looked for is strong, so that it shows without colours too.
fn strong(inline: &Inline) -> Inline {
    match inline {
        Inline::Role(Role::Match, words) => Inline::Strong(words.clone()),
        other => other.clone(),
    }
}
