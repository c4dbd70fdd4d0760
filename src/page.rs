//! Pages: one function a kind, from the library to a document.

use std::ops::Range;

use crate::date::Day;
use crate::document::Document;
use crate::id::Id;
use crate::library::Library;
use crate::links::Links;
use crate::reading::Reading;
use crate::text::Text;

/// Where the body of a file starts in the places of its page. What a page puts before the body has the
/// places below, so a place in the body stays the same however the head changes.
pub const BODY: usize = 1 << 20;

/// All that a page is made from. Pages change nothing.
#[derive(Clone, Copy)]
pub struct Context<'a> {
    pub library: &'a Library,
    pub links: &'a Links,
    pub reading: &'a Reading,
    pub today: Day,
}

/// One readable page.
#[derive(Clone, Debug)]
pub struct Page {
    pub id: Id,
    pub title: Text,
    pub document: Document,
    /// What stands beside it where there is room: what is "in this briefing", with counts.
    pub aside: Document,
    /// The handling marking to show with it; `None` is shown as NO MARKING.
    pub marking: Option<Text>,
    /// The places that the file's own text takes, if the page shows a file.
    pub body: Option<Range<usize>>,
}

/// The page that `id` names. A record that is not there makes a page that says so.
pub fn build(_context: Context<'_>, id: &Id) -> Page {
    Page {
        id: id.clone(),
        title: Text::default(),
        document: Document::default(),
        aside: Document::default(),
        marking: None,
        body: None,
    }
}
