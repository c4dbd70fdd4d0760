//! Full-text search: the query language, the words of a text, the index and its answers.
//!
//! A query and a text are cut into words by the same code, so what is indexed can be found.

pub mod query;
pub mod words;

pub use query::{Complaint, Query};
