//! The forms in which pages are written: one function, for the command line and for the reader.

use std::sync::Arc;

use serde::Serialize;

use super::indent::indented;
use super::{Options, aids, escaped, html, json, markdown, packet, text};
use crate::document::notes;
use crate::page::Page;

/// What is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    Text,
    Markdown,
    Html,
    Json,
}

impl Form {
    /// The end of the names of such files.
    pub fn ending(self) -> &'static str {
        match self {
            Self::Text => "txt",
            Self::Markdown => "md",
            Self::Html => "html",
            Self::Json => "json",
        }
    }

    /// The pages in this form: a packet, where there is a title of them all. `lang` is the language of HTML, and
    /// `options` are for plain text.
    pub fn write(self, title: Option<&str>, pages: &[Page], lang: Option<&str>, options: &Options) -> String {
        let plain: Vec<Page>;
        let pages = if options.whole || self == Self::Json {
            pages
        } else {
            plain = pages.iter().map(aids::without).collect();
            plain.as_slice()
        };
        let apart: Vec<Page>;
        let pages = if pages.len() < 2 || self == Self::Json {
            pages
        } else {
            apart = notes_apart(pages);
            apart.as_slice()
        };
        match (self, pages, title) {
            (Self::Markdown, _, _) => markdown(pages),
            (Self::Html, _, _) => {
                let first = pages.first().map(|page| page.title.as_str());
                html(title.or(first).unwrap_or_default(), pages, lang)
            }
            (Self::Json, [page], _) => pretty(&json(page)),
            (Self::Json, pages, _) => pretty(&pages.iter().map(json).collect::<Vec<_>>()),
            (Self::Text, _, Some(title)) => packet(title, pages, options),
            (Self::Text, _, None) => text(pages, options),
        }
    }
}

/// The pages with their footnotes numbered on from page to page: a number means one thing in all of a copy.
fn notes_apart(pages: &[Page]) -> Vec<Page> {
    let mut count = 0;
    let mut apart = pages.to_vec();
    for page in &mut apart {
        if page.document.blocks.iter().any(notes::is_note) {
            count = notes::after(Arc::make_mut(&mut page.document), count);
        }
    }
    apart
}

fn pretty(value: &impl Serialize) -> String {
    let mut json = escaped(indented(value));
    json.push('\n');
    json
}
