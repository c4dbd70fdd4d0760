//! The engine alone, as one would use it who has only an afternoon: title, body and actors, bodies stored, extracts
//! by its own snippets, everything in memory. The floor that search is measured against.

use dossier::library::Library;
use tantivy::collector::{Count, TopDocs};
use tantivy::query::{BooleanQuery, FuzzyTermQuery, Occur, PhraseQuery, Query, TermQuery};
use tantivy::schema::{Field, IndexRecordOption, STORED, STRING, Schema, TEXT, Value};
use tantivy::snippet::SnippetGenerator;
use tantivy::{Index, IndexWriter, Searcher, TantivyDocument, Term};

/// What is asked of it.
#[derive(Clone, Debug)]
pub enum Asked {
    /// All of these words; the last may go on.
    Typed(Vec<String>),
    Words(Vec<String>),
    Phrase(Vec<String>),
    Prefix(String),
    Typo(String),
    Actor(String),
}

/// A library in the bare engine.
pub struct Bare {
    searcher: Searcher,
    title: Field,
    body: Field,
    actors: Field,
}

type Boxed = Box<dyn Query>;

impl Bare {
    pub fn new(library: &Library) -> Self {
        let mut schema = Schema::builder();
        let title = schema.add_text_field("title", TEXT | STORED);
        let body = schema.add_text_field("body", TEXT | STORED);
        let actors = schema.add_text_field("actors", STRING);
        let index = Index::create_in_ram(schema.build());
        let mut writer: IndexWriter = index.writer_with_num_threads(2, 80_000_000).expect("a writer");
        for briefing in library.briefings.values() {
            let mut document = TantivyDocument::default();
            document.add_text(title, &*briefing.title);
            document.add_text(body, library.body(briefing).map(|body| body.text).unwrap_or_default());
            let ids = briefing.actors.iter().filter_map(|it| it.id.as_ref());
            ids.for_each(|id| document.add_text(actors, &id.slug));
            writer.add_document(document).expect("added");
        }
        writer.commit().expect("committed");
        writer.wait_merging_threads().expect("merged");
        let searcher = index.reader().expect("a reader").searcher();
        Self { searcher, title, body, actors }
    }

    /// The first 20, each with its extract; how many there are, and the bytes shown.
    pub fn find(&self, asked: &Asked) -> (usize, usize) {
        let query = self.query(asked);
        let top = (TopDocs::with_limit(20).order_by_score(), Count);
        let (hits, count) = self.searcher.search(&query, &top).expect("an answer");
        let snippets = SnippetGenerator::create(&self.searcher, &*query, self.body).expect("snippets");
        let shown = hits.iter().map(|(_, at)| {
            let document: TantivyDocument = self.searcher.doc(*at).expect("a document");
            let title = document.get_first(self.title).and_then(|value| value.as_str().map(str::len));
            title.unwrap_or_default() + snippets.snippet_from_doc(&document).fragment().len()
        });
        (count, shown.sum())
    }

    fn query(&self, asked: &Asked) -> Boxed {
        match asked {
            Asked::Words(words) => all(words.iter().map(|word| self.anywhere(|field| exact(field, word)))),
            Asked::Typed(words) => {
                let (last, whole) = words.split_last().expect("a word");
                let whole = whole.iter().map(|word| self.anywhere(|field| exact(field, word)));
                all(whole.chain([self.anywhere(|field| beginning(field, last))]))
            }
            Asked::Prefix(start) => self.anywhere(|field| beginning(field, start)),
            Asked::Phrase(words) => self.anywhere(|field| {
                let terms = words.iter().map(|word| Term::from_field_text(field, word));
                Box::new(PhraseQuery::new(terms.collect()))
            }),
            Asked::Typo(word) => self.anywhere(|field| {
                let edits = if word.len() < 8 { 1 } else { 2 };
                Box::new(FuzzyTermQuery::new(Term::from_field_text(field, word), edits, true))
            }),
            Asked::Actor(id) => exact(self.actors, id),
        }
    }

    fn anywhere(&self, part: impl Fn(Field) -> Boxed) -> Boxed {
        let parts = [self.title, self.body].map(|field| (Occur::Should, part(field)));
        Box::new(BooleanQuery::new(parts.into()))
    }
}

fn exact(field: Field, word: &str) -> Boxed {
    Box::new(TermQuery::new(Term::from_field_text(field, word), IndexRecordOption::WithFreqs))
}

fn beginning(field: Field, start: &str) -> Boxed {
    Box::new(FuzzyTermQuery::new_prefix(Term::from_field_text(field, start), 0, false))
}

fn all(parts: impl Iterator<Item = Boxed>) -> Boxed {
    Box::new(BooleanQuery::new(parts.map(|part| (Occur::Must, part)).collect()))
}
