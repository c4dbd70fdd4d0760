//! What can be read, as a tree: the one form every page takes before it is laid out.
//!
//! Blocks carry the place they came from, so that a place survives a change of width.

mod anchor;
mod autolink;
mod callout;
mod html;
pub mod notes;
pub mod parse;
pub mod passages;
mod target;
mod template;
mod walk;
pub mod web;

use std::ops::Range;
use std::sync::Arc;

use crate::id::{Address, Id};
use crate::text::Text;

pub use walk::Run;

pub use anchor::anchor;
pub use parse::decode;

/// A readable thing: blocks in reading order.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Document {
    pub blocks: Vec<Block>,
}

/// One block and the bytes of the source it stands for. Sources rise from block to block.
#[derive(Clone, Debug, PartialEq)]
pub struct Block {
    pub kind: BlockKind,
    pub source: Range<usize>,
}

#[derive(Clone, Debug, PartialEq)]
pub enum BlockKind {
    /// `level` is 1 to 6; `anchor` is what `#…` in a link names, as GitHub makes it.
    Heading {
        level: u8,
        inlines: Vec<Inline>,
        anchor: String,
    },
    Paragraph(Vec<Inline>),
    /// `start` is the first number of an ordered list. A tight list has no blank lines between items.
    List {
        start: Option<u64>,
        tight: bool,
        items: Vec<Item>,
    },
    Quote(Vec<Block>),
    /// `> [!NOTE]` and its like; `kind` in lower case, `title` empty where the author gave none.
    Callout {
        kind: Text,
        title: Vec<Inline>,
        blocks: Vec<Block>,
    },
    /// `number` is that of its first line, where lines are numbered; made by pages.
    Code {
        language: Text,
        text: Text,
        number: Option<usize>,
    },
    Table(Table),
    /// What a footnote says; `label` is its number in the order of the marks.
    Note {
        label: Text,
        blocks: Vec<Block>,
    },
    Definitions(Vec<Definition>),
    Rule,
    /// HTML or a template, shown quietly as it was written.
    Html(Text),
    /// Metadata in two columns, `Label: value`; made by pages, never by Markdown.
    Fields(Vec<Field>),
    /// A picture in characters; made by pages. Where it has no room, and in every copy, its twin says the same
    /// in words.
    Drawing {
        lines: Vec<Vec<Inline>>,
        twin: Vec<Block>,
    },
    /// A frame for what must not be overlooked, such as the decision asked; made by pages.
    Panel {
        title: Vec<Inline>,
        blocks: Vec<Block>,
    },
}

/// An item of a list; `done` says whether it is a task, and whether it is done.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Item {
    pub done: Option<bool>,
    pub blocks: Vec<Block>,
}

#[derive(Clone, Debug, Default, PartialEq)]
pub struct Table {
    /// One for each column; rows may be shorter or longer, what is missing is empty.
    pub aligns: Vec<Align>,
    pub head: Vec<Vec<Inline>>,
    pub rows: Vec<Vec<Vec<Inline>>>,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Align {
    #[default]
    Left,
    Center,
    Right,
}

#[derive(Clone, Debug, PartialEq)]
pub struct Definition {
    pub term: Vec<Inline>,
    pub meanings: Vec<Vec<Block>>,
}

#[derive(Clone, Debug, PartialEq)]
pub struct Field {
    pub label: Text,
    pub value: Vec<Inline>,
}

#[derive(Clone, Debug, PartialEq)]
pub enum Inline {
    /// Running text; `at` is the byte of the source it starts at.
    Text {
        text: Text,
        at: usize,
    },
    Code(Text),
    Emphasis(Vec<Inline>),
    Strong(Vec<Inline>),
    Struck(Vec<Inline>),
    /// The target is held apart: most inlines are text, and take no room for what they do not have. Layouts share it.
    Link {
        target: Arc<Target>,
        inlines: Vec<Inline>,
    },
    /// Shown as `[Picture: alt]`.
    Picture {
        target: Arc<Target>,
        alt: Text,
    },
    /// A mark that leads to the footnote with this label.
    NoteMark(Text),
    /// HTML in a line, shown quietly.
    Html(Text),
    /// Math as it was written, with its dollars: most dollars in briefings are money.
    Math(Text),
    /// A line break that the author asked for.
    Break,
    /// A line break in the source that means a space.
    SoftBreak,
    /// Where the author lets a line end within a word: with a hyphen there, or with nothing.
    Seam {
        hyphen: bool,
    },
    /// What a piece of a made page is; see [`Role`].
    Role(Role, Vec<Inline>),
}

/// What a piece of text is, never how it looks: the theme alone decides that.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Role {
    #[default]
    Body,
    Heading(u8),
    /// The line under a heading, a rule, the edges of tables and panels.
    Rule,
    Link,
    /// A name in running text, linked by itself.
    Mention,
    Code,
    /// The bar before a quote, and what it quotes.
    Quote,
    /// A bullet, a number, a tick box.
    Marker,
    /// The name of a field: `Date:`.
    Label,
    /// Beside the point: extracts, places, counts.
    Quiet,
    /// Helps to find one's way in the library, such as how often a name stands: no part of a copy. A heading that is one
    /// is so with its whole section.
    Aid,
    /// A handling marking: TLP:AMBER.
    Marking,
    /// Must be seen: STALE, superseded, a problem.
    Warning,
    /// The state of a claim or an event, always as a word.
    Status,
    /// What a search or a find looked for.
    Match,
    /// A heading of a callout.
    Callout,
}

/// Where a link leads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Target {
    /// A page of this library.
    Page(Address),
    /// A heading of this page, by anchor.
    Heading(String),
    /// A footnote of this page, by label.
    Note(Text),
    /// An address outside, as written: opened only for http, https and mailto, and after asking.
    Web(Text),
    /// A path as written, from this file, with its `#…`: the library resolves it. One that is left is the path
    /// from the root of a file that is no page: a picture, a PDF.
    Path(String),
    /// The name in `[[name#heading]]`: the library resolves it.
    Wiki(String),
    /// Leads nowhere: as written.
    Lost(Text),
    /// A name in running text, linked by itself.
    Named(Named),
}

/// Why words of running text are a link.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Named {
    /// The record; more than one where they share the name, which is never guessed.
    pub ids: Vec<Id>,
    /// The name as the library writes it.
    pub name: Text,
    /// The rule by which it links, in words.
    pub rule: Text,
}

impl Block {
    pub fn new(kind: BlockKind, source: Range<usize>) -> Self {
        Self { kind, source }
    }
}

impl Inline {
    /// Text made by a page.
    pub fn text(text: impl Into<Text>) -> Self {
        Self::Text { text: text.into(), at: 0 }
    }

    pub fn role(role: Role, text: impl Into<Text>) -> Self {
        Self::Role(role, vec![Self::text(text)])
    }

    pub fn strong(text: impl Into<Text>) -> Self {
        Self::Strong(vec![Self::text(text)])
    }

    /// A link that shows `inlines`.
    pub fn link(target: Target, inlines: Vec<Self>) -> Self {
        Self::Link { target: Arc::new(target), inlines }
    }

    /// A link to a page of the library.
    pub fn page(address: impl Into<Address>, text: impl Into<Text>) -> Self {
        Self::link(Target::Page(address.into()), vec![Self::text(text)])
    }
}

/// The words of `inlines` without any markup.
pub fn plain(inlines: &[Inline]) -> String {
    let mut words = String::new();
    push_plain(inlines, &mut words);
    words
}

/// Whether `inlines` have a word to read.
fn says(inlines: &[Inline]) -> bool {
    inlines.iter().any(|inline| match inline {
        Inline::Text { text, .. } | Inline::Code(text) | Inline::Html(text) | Inline::Math(text) => {
            !text.trim().is_empty()
        }
        Inline::Emphasis(inner)
        | Inline::Strong(inner)
        | Inline::Struck(inner)
        | Inline::Link { inlines: inner, .. }
        | Inline::Role(_, inner) => says(inner),
        Inline::Picture { alt, .. } => !alt.trim().is_empty(),
        Inline::NoteMark(_) | Inline::Seam { .. } | Inline::Break | Inline::SoftBreak => false,
    })
}

fn push_plain(inlines: &[Inline], words: &mut String) {
    for inline in inlines {
        match inline {
            Inline::Text { text, .. } | Inline::Code(text) | Inline::Html(text) | Inline::Math(text) => {
                words.push_str(text);
            }
            Inline::Emphasis(inner)
            | Inline::Strong(inner)
            | Inline::Struck(inner)
            | Inline::Link { inlines: inner, .. }
            | Inline::Role(_, inner) => push_plain(inner, words),
            Inline::Picture { alt, .. } => words.push_str(alt),
            Inline::NoteMark(_) | Inline::Seam { .. } => {}
            Inline::Break | Inline::SoftBreak => words.push(' '),
        }
    }
}
