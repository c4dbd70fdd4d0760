//! What the index holds of each record, and how.
//!
//! Three fields of words, two of exact terms, three of numbers, and the little that a list of hits shows.
//! Bodies are not stored: extracts are read from the files.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use tantivy::Index;
use tantivy::schema::{
    FAST, Field, INDEXED, IndexRecordOption, STORED, STRING, Schema, TextFieldIndexing, TextOptions,
};
use tantivy::tokenizer::{Token, TokenStream, Tokenizer};

use super::words::{Cutter, Tokens};

/// Changes whenever an index written by an older program would answer otherwise.
pub(super) const VERSION: u32 = 3;

const WORDS: &str = "words";

/// The fields of the index.
#[derive(Clone, Copy, Debug)]
pub(super) struct Fields {
    /// The record's address: one document each.
    pub key: Field,
    /// Changes when the record or its file does.
    pub stamp: Field,
    /// The name of the record.
    pub title: Field,
    /// Its other names, those of what it declares to be about, and its bottom line.
    pub names: Field,
    pub body: Field,
    /// What lists count and narrow by: `kind=memo`, `actor:nvidia`, `topic~some-name`, `year=2025`.
    pub tags: Field,
    /// What else can be asked for: `status=draft`, `about=actor:nvidia`, `actor=scale-ai`…
    pub facts: Field,
    /// A briefing as it stood; apart, since it is asked for seldom and each has its own.
    pub version: Field,
    /// The first and the last day it can be of, as days; see `entry`.
    pub earliest: Field,
    pub latest: Field,
    /// What a hit shows, as JSON; see `Record`.
    pub record: Field,
}

impl Fields {
    pub fn schema() -> (Schema, Self) {
        let mut schema = Schema::builder();
        let words = |norms: bool| {
            let indexing = TextFieldIndexing::default()
                .set_tokenizer(WORDS)
                .set_fieldnorms(norms)
                .set_index_option(IndexRecordOption::WithFreqsAndPositions);
            TextOptions::default().set_indexing_options(indexing)
        };
        let terms = TextOptions::default().set_indexing_options(
            TextFieldIndexing::default()
                .set_tokenizer("raw")
                .set_fieldnorms(false)
                .set_index_option(IndexRecordOption::Basic),
        );
        let fields = Self {
            key: schema.add_text_field("key", STRING | FAST),
            stamp: schema.add_u64_field("stamp", FAST),
            title: schema.add_text_field("title", words(true)),
            names: schema.add_text_field("names", words(true)),
            body: schema.add_text_field("body", words(true)),
            tags: schema.add_text_field("tags", terms.clone() | FAST),
            facts: schema.add_text_field("facts", terms.clone()),
            version: schema.add_text_field("version", terms),
            earliest: schema.add_i64_field("earliest", FAST | INDEXED),
            latest: schema.add_i64_field("latest", FAST | INDEXED),
            record: schema.add_text_field("record", TextOptions::default() | STORED),
        };
        (schema.build(), fields)
    }
}

/// Bytes of text that were given to the engine and that it has not begun to cut.
pub(super) type Waiting = Arc<AtomicI64>;

/// Teaches `index` to cut words as queries are cut, and to tell how much text waits.
pub(super) fn teach(index: &Index) -> Waiting {
    let waiting = Waiting::default();
    let words = Words { cutter: Cutter::remembering(), waiting: Arc::clone(&waiting) };
    index.tokenizers().register(WORDS, words);
    waiting
}

/// The length of a text, as it is counted while it waits.
pub(super) fn length(text: &str) -> i64 {
    i64::try_from(text.len()).unwrap_or(i64::MAX)
}

/// The engine's view of a [`Cutter`].
#[derive(Clone)]
struct Words {
    cutter: Cutter,
    waiting: Waiting,
}

struct WordStream<'a> {
    tokens: Tokens<'a>,
    token: Token,
}

impl Tokenizer for Words {
    type TokenStream<'a> = WordStream<'a>;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> WordStream<'a> {
        self.waiting.fetch_sub(length(text), Ordering::Relaxed);
        WordStream { tokens: self.cutter.cut(text), token: Token::default() }
    }
}

impl TokenStream for WordStream<'_> {
    fn advance(&mut self) -> bool {
        let Some(next) = self.tokens.advance() else { return false };
        self.token.text.clear();
        self.token.text.push_str(&next.text);
        self.token.offset_from = next.range.start;
        self.token.offset_to = next.range.end;
        self.token.position = next.position;
        true
    }

    fn token(&self) -> &Token {
        &self.token
    }

    fn token_mut(&mut self) -> &mut Token {
        &mut self.token
    }
}
