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
    /// `options` are for plain text. It takes the pages: of what nobody else holds no second copy is made.
    pub fn write(
        self,
        title: Option<&str>,
        mut pages: Vec<Page>,
        lang: Option<&str>,
        options: &Options,
    ) -> String {
        if !options.whole && self != Self::Json {
            pages = pages.into_iter().map(aids::without).collect();
        }
        if pages.len() > 1 && self != Self::Json {
            number_notes(&mut pages);
        }
        let pages = pages.as_slice();
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

/// Numbers footnotes on from page to page: a number means one thing in all of a copy.
fn number_notes(pages: &mut [Page]) {
    let mut count = 0;
    for page in pages {
        if page.document.blocks.iter().any(notes::is_note) {
            count = notes::after(Arc::make_mut(&mut page.document), count);
        }
    }
}

fn pretty(value: &impl Serialize) -> String {
    let mut json = escaped(indented(value));
    json.push('\n');
    json
}
