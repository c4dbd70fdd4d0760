//! The forms in which pages are written: one function, for the command line and for the reader.

use serde::Serialize;

use super::indent::indented;
use super::{Options, aids, escaped, html, json, markdown, packet, text};
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

fn pretty(value: &impl Serialize) -> String {
    let mut json = escaped(indented(value));
    json.push('\n');
    json
}
