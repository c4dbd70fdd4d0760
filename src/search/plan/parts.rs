//! The parts that queries of the engine are put together from.

use tantivy::query::{
    BooleanQuery, BoostQuery, ConstScoreQuery, EmptyQuery, FuzzyTermQuery, Occur, PhraseQuery, TermQuery,
};
use tantivy::schema::{Field as Column, IndexRecordOption, Term};

use super::Boxed;
use crate::search::words::Wanted;

/// A term of one column.
pub(super) fn text(column: Column, term: &str) -> Term {
    Term::from_field_text(column, term)
}

pub(super) fn boosted(query: Boxed, boost: f32) -> Boxed {
    Box::new(BoostQuery::new(query, boost))
}

/// A condition that ranks nothing.
pub(super) fn filter(query: Boxed) -> Boxed {
    Box::new(ConstScoreQuery::new(query, 0.0))
}

pub(super) fn any(mut parts: Vec<Boxed>) -> Boxed {
    match (parts.pop(), parts.is_empty()) {
        (None, _) => Box::new(EmptyQuery),
        (Some(only), true) => only,
        (Some(last), false) => {
            parts.push(last);
            Box::new(BooleanQuery::new(parts.into_iter().map(|part| (Occur::Should, part)).collect()))
        }
    }
}

/// `words` one after another, each as written.
pub(super) fn phrase(column: Column, words: &[Wanted]) -> Boxed {
    let terms: Vec<Term> = words.iter().map(|word| text(column, &word.word)).collect();
    match &terms[..] {
        [] => Box::new(EmptyQuery),
        [only] => Box::new(TermQuery::new(only.clone(), IndexRecordOption::WithFreqs)),
        _ => Box::new(PhraseQuery::new(terms)),
    }
}

/// An exact term, which is there or not.
pub(super) fn term(column: Column, term: &str) -> Boxed {
    Box::new(TermQuery::new(text(column, term), IndexRecordOption::Basic))
}

/// Everything with a term that begins so.
pub(super) fn beginning(column: Column, start: &str) -> Boxed {
    Box::new(FuzzyTermQuery::new_prefix(text(column, start), 0, false))
}
