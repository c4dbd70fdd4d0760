//! A query as the engine runs it, and the words that it looks for.
//!
//! Words are looked for in titles, names and bodies at once; fields become exact terms, after the names in
//! them have been looked up among the records.

use std::collections::BTreeSet;
use std::ops::Bound;

use tantivy::Searcher;
use tantivy::query::{AllQuery, BooleanQuery, Occur, Query as Engine, RangeQuery, TermSetQuery};
use tantivy::schema::{Field as Column, Term};

use super::entry::{called, number, version};
use super::known::Known;
use super::marks::{Marks, Part, Pattern};
use super::query::{Ending, Field, Node, Query, Span, State, Words};
use super::schema::Fields;
use super::words::{Wanted, wanted};
use crate::reading::Reading;
use crate::text::slug;
use anywhere::or_any;
use like::Others;
use parts::{any, beginning, boosted, filter, phrase, term, text};

mod any_of;
mod anywhere;
mod like;
mod names;
mod parts;

pub(super) use names::record;

/// How much a word counts in a title, among the names, in the body.
const TITLE: f32 = 4.0;
const NAMES: f32 = 2.0;
const BODY: f32 = 1.0;
/// How much any of many words counts, all of them alike.
const SOME: f32 = 0.3;
/// Words beside a misspelt one that count by how rare they are.
const LIKELY: usize = 8;

type Boxed = Box<dyn Engine>;

/// A query made ready.
pub(super) struct Plan {
    pub query: Boxed,
    pub marks: Marks,
    /// Whether it has words to rank by; else the newest come first.
    pub ranked: bool,
    /// The addresses of whom or what the query names by a field.
    pub own: Vec<String>,
}

/// Makes plans for one state of the index.
pub(super) struct Planner<'a> {
    pub searcher: &'a Searcher,
    pub fields: Fields,
    pub reading: &'a Reading,
    pub known: &'a Known,
}

/// What is gathered while a query is planned.
#[derive(Default)]
struct Sketch {
    marks: Marks,
    ranked: bool,
    /// Inside what must not be there.
    negated: bool,
    own: Vec<String>,
}

/// A word or a phrase, made ready to be looked for.
pub(super) struct Said {
    wanted: Vec<Wanted>,
    ending: Ending,
    /// For each column, the likeliest words that a misspelt one or a beginning may be.
    others: Vec<(Column, Others)>,
    /// Several parts of one word: they may also stand in one.
    joined: bool,
}

impl Said {
    fn others(&self, column: Column) -> Others {
        let found = self.others.iter().find(|(of, _)| *of == column);
        found.map(|(_, others)| others.clone()).unwrap_or_default()
    }
}

impl Planner<'_> {
    pub fn plan(&self, query: &Query) -> tantivy::Result<Plan> {
        let mut sketch = Sketch::default();
        let mut planned = self.node(&query.tree, &mut sketch)?;
        if let Some(plain) = query.plain() {
            planned = self.favoured(planned, query, &plain)?;
        }
        let Sketch { marks, ranked, own, .. } = sketch;
        Ok(Plan { query: planned, marks, ranked, own })
    }

    fn node(&self, node: &Node, sketch: &mut Sketch) -> tantivy::Result<Boxed> {
        Ok(match node {
            Node::All(parts) => self.all(parts, sketch)?,
            Node::Any(parts) => {
                let parts = parts.iter().map(|part| self.node(part, sketch)).collect::<Result<_, _>>()?;
                any(parts)
            }
            Node::Not(part) => {
                let without = self.unmarked(part, sketch)?;
                Box::new(BooleanQuery::new(vec![
                    (Occur::Must, Box::new(AllQuery) as Boxed),
                    (Occur::MustNot, without),
                ]))
            }
            Node::Words(words) => self.words(words, sketch)?,
            Node::In(field, words) => self.within(*field, words, sketch)?,
            Node::Date(span) => self.dated(*span),
            Node::Is(state) => self.state(*state),
            Node::HasAsk => filter(self.fact("has=ask")),
            Node::HasNote => {
                let noted: BTreeSet<String> = self.reading.notes.iter().map(|it| it.on.to_string()).collect();
                filter(self.keys(noted))
            }
        })
    }

    fn all(&self, parts: &[Node], sketch: &mut Sketch) -> tantivy::Result<Boxed> {
        let mut clauses: Vec<(Occur, Boxed)> = Vec::with_capacity(parts.len() + 1);
        for part in parts {
            clauses.push(match part {
                Node::Not(part) => (Occur::MustNot, self.unmarked(part, sketch)?),
                part => (Occur::Must, self.node(part, sketch)?),
            });
        }
        if clauses.iter().all(|(occur, _)| *occur == Occur::MustNot) {
            clauses.push((Occur::Must, Box::new(AllQuery)));
        }
        Ok(Box::new(BooleanQuery::new(clauses)))
    }

    /// What must not be there: nothing of it is marked.
    fn unmarked(&self, part: &Node, sketch: &mut Sketch) -> tantivy::Result<Boxed> {
        let before = std::mem::replace(&mut sketch.negated, true);
        let ranked = sketch.ranked;
        let planned = self.node(part, sketch);
        sketch.negated = before;
        sketch.ranked = ranked;
        planned
    }

    /// Plain words that stand together, or that are a name as a whole, count for more.
    fn favoured(&self, planned: Boxed, query: &Query, plain: &str) -> tantivy::Result<Boxed> {
        let mut named = Vec::from_iter(self.rare(self.fields.facts, &called(&slug(plain)), TITLE)?);
        // Whatever has that very name is called so.
        let kinds = if named.is_empty() { &[][..] } else { &["actor", "topic"] };
        for kind in kinds {
            for id in self.named_exactly(kind, plain)? {
                named.extend(self.rare(self.fields.tags, &id, BODY)?);
            }
        }
        let mut clauses = vec![(Occur::Must, or_any(planned, named))];
        let mut words = wanted(plain, true);
        if query.is_being_typed() {
            words.pop();
        }
        if words.len() > 1 && matches!(query.tree, Node::All(_)) {
            for (field, boost) in
                [(self.fields.title, TITLE), (self.fields.names, NAMES), (self.fields.body, BODY)]
            {
                clauses.push((Occur::Should, boosted(phrase(field, &words), boost)));
            }
        }
        Ok(match (clauses.pop(), clauses.is_empty()) {
            (Some((Occur::Must, only)), true) => only,
            (last, _) => {
                clauses.extend(last);
                Box::new(BooleanQuery::new(clauses))
            }
        })
    }

    /// A word or a phrase, wherever it stands.
    fn words(&self, words: &Words, sketch: &mut Sketch) -> tantivy::Result<Boxed> {
        let columns = [(self.fields.title, TITLE), (self.fields.names, NAMES), (self.fields.body, BODY)];
        self.ranking(words, &columns, sketch)
    }

    /// Words that rank what they are found in, in some columns.
    fn ranking(
        &self,
        words: &Words,
        columns: &[(Column, f32)],
        sketch: &mut Sketch,
    ) -> tantivy::Result<Boxed> {
        sketch.ranked = true;
        let mut looked: Vec<Column> = columns.iter().map(|(column, _)| *column).collect();
        // By the words of the bodies is marked.
        if !looked.contains(&self.fields.body) {
            looked.push(self.fields.body);
        }
        let said = self.said(words, looked)?;
        if !sketch.negated {
            sketch.marks.push(self.pattern(&said));
        }
        self.anywhere(columns, &said)
    }

    /// What was said, with the words of the index that a misspelt one or a beginning may be.
    fn said(&self, words: &Words, mut columns: Vec<Column>) -> tantivy::Result<Said> {
        let wanted = wanted(&words.text, words.quoted);
        let ending = ending(words);
        let last = wanted.last().map(|word| word.word.as_str());
        let alone = wanted.len() == 1;
        let others = |column: Column| {
            let others = match (last, ending) {
                (Some(word), Ending::Typo) => self.like(column, word),
                (Some(word), Ending::Prefix) if alone => self.all_beginning_with(column, word),
                (Some(word), Ending::Prefix | Ending::Typing) => self.beginning_with(column, word),
                _ => return None,
            };
            Some(others.map(|others| (column, others)))
        };
        // Of a phrase they only say what to mark.
        if !alone {
            columns.retain(|column| *column == self.fields.body);
        }
        let others = columns.into_iter().filter_map(others).collect::<tantivy::Result<_>>()?;
        let joined = !words.quoted && !words.text.contains(char::is_whitespace);
        Ok(Said { wanted, ending, others, joined })
    }

    /// What to mark in a text.
    fn pattern(&self, said: &Said) -> Pattern {
        let last = said.wanted.len().saturating_sub(1);
        let others = said.others(self.fields.body);
        let mut pattern = Pattern::default();
        for (nth, word) in said.wanted.iter().enumerate() {
            let prefix = nth == last && matches!(said.ending, Ending::Prefix | Ending::Typing);
            let mut any = if said.ending == Ending::Typo { Vec::new() } else { word.forms.clone() };
            if prefix || said.ending == Ending::Typo {
                any.extend_from_slice(&others.words);
            }
            pattern.parts.push(Part { any, prefix });
        }
        pattern
    }

    fn within(&self, field: Field, words: &Words, sketch: &mut Sketch) -> tantivy::Result<Boxed> {
        match field {
            Field::Title => self.ranking(words, &[(self.fields.title, TITLE)], sketch),
            Field::Actor | Field::From | Field::Topic | Field::Claim => self.named(field, words, sketch),
            Field::Kind | Field::Status | Field::Marking => self.worded(field.word(), words),
            Field::Folder => self.folder(words),
        }
    }

    /// `kind:memo`: that very kind if there is one, else every kind with that word in it.
    fn worded(&self, what: &str, words: &Words) -> tantivy::Result<Boxed> {
        let value = slug(&words.text);
        if matches!(words.ending, Ending::Prefix | Ending::Typing) {
            return Ok(filter(beginning(self.fields.facts, &format!("{what}={value}"))));
        }
        let whole = format!("{what}={value}");
        if self.frequency(self.fields.facts, &whole)? > 0 {
            return Ok(filter(self.fact(&whole)));
        }
        let parts =
            value.split('-').map(|part| (Occur::Must, self.fact(&format!("{what}@{part}")))).collect();
        Ok(filter(Box::new(BooleanQuery::new(parts))))
    }

    /// A folder by its path from the root, else by the name of any part of a path.
    fn folder(&self, words: &Words) -> tantivy::Result<Boxed> {
        let mut path = String::new();
        for part in words.text.split('/').map(slug).filter(|part| !part.is_empty()) {
            path.push('/');
            path.push_str(&part);
        }
        let whole = format!("folder={path}");
        if matches!(words.ending, Ending::Prefix | Ending::Typing) {
            return Ok(filter(beginning(self.fields.facts, &whole)));
        }
        if self.frequency(self.fields.facts, &whole)? > 0 {
            return Ok(filter(self.fact(&whole)));
        }
        Ok(filter(self.fact(&format!("folder@{}", slug(&words.text)))))
    }

    fn dated(&self, span: Span) -> Boxed {
        let day = |column: Column, day| Term::from_field_i64(column, number(day));
        let mut clauses: Vec<(Occur, Boxed)> = Vec::new();
        if let Some(to) = span.to {
            let until = Bound::Included(day(self.fields.earliest, to));
            clauses.push((Occur::Must, Box::new(RangeQuery::new(Bound::Unbounded, until))));
        }
        if let Some(from) = span.from {
            let since = Bound::Included(day(self.fields.latest, from));
            clauses.push((Occur::Must, Box::new(RangeQuery::new(since, Bound::Unbounded))));
        }
        filter(Box::new(BooleanQuery::new(clauses)))
    }

    /// What this reader did, which no index knows.
    fn state(&self, state: State) -> Boxed {
        let reading = self.reading;
        match state {
            State::Starred => filter(self.keys(reading.starred.iter().map(ToString::to_string))),
            State::Unread => {
                let read = self.keys(reading.read.keys().map(ToString::to_string));
                let briefings = beginning(self.fields.key, "briefing:");
                filter(Box::new(BooleanQuery::new(vec![(Occur::Must, briefings), (Occur::MustNot, read)])))
            }
            State::Changed => {
                let same = reading.read.iter().map(|(id, stamp)| version(id, *stamp));
                let read = self.keys(reading.read.keys().map(ToString::to_string));
                let same = TermSetQuery::new(same.map(|it| text(self.fields.version, &it)));
                filter(Box::new(BooleanQuery::new(vec![
                    (Occur::Must, read),
                    (Occur::MustNot, Box::new(same)),
                ])))
            }
        }
    }

    /// The records of these addresses.
    fn keys(&self, ids: impl IntoIterator<Item = String>) -> Boxed {
        Box::new(TermSetQuery::new(ids.into_iter().map(|id| text(self.fields.key, &id))))
    }

    fn fact(&self, fact: &str) -> Boxed {
        term(self.fields.facts, fact)
    }

    fn frequency(&self, column: Column, term: &str) -> tantivy::Result<u64> {
        self.known.frequency(&text(column, term))
    }
}

/// How the words may go on; a single letter, or a script without spaces, may not while it is typed.
fn ending(words: &Words) -> Ending {
    let last = words.text.split_whitespace().next_back().unwrap_or_default();
    let long =
        last.chars().count() > 1 && last.chars().next_back().is_some_and(|c| c.is_ascii() || c < '\u{e00}');
    if words.ending == Ending::Typing && !long { Ending::Whole } else { words.ending }
}
