//! dossier: a briefing reader for the terminal.
//!
//! The modules below stand in layers: each may name only those above it. A test reads this list as
//! the law. Data flows one way: a folder becomes a [`library::Library`], a record of it a page, a
//! page a [`document::Document`], a document a [`layout::Layout`], and that is painted or printed.

pub mod text;
pub mod marking;
pub mod date;
pub mod id;
pub mod pack;
pub mod document;
pub mod library;
pub mod store;
pub mod mentions;
pub mod links;
pub mod check;
pub mod reading;
pub mod search;
pub mod finder;
pub mod page;
pub mod layout;
pub mod export;
pub mod save;
pub mod cli;
pub mod tui;
