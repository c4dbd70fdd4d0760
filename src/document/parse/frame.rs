//! What is open while a document is built: one frame for each block or inline not yet closed.

use pulldown_cmark::{Alignment, BlockQuoteKind, CodeBlockKind, LinkType, Tag};

use crate::document::{Align, Block, Definition, Inline, Item, Table, Target};
use crate::text::Text;

/// Something open: what it is, where it began, and what it holds so far.
pub struct Frame {
    pub open: Open,
    pub start: usize,
    pub blocks: Vec<Block>,
    /// How many of the inlines gathered stand before its own.
    pub first: usize,
    /// The HTML element that it is, where Markdown did not open it.
    pub element: Option<String>,
}

pub enum Open {
    Root,
    Paragraph,
    /// A paragraph that the text did not open: the words of a tight item.
    Implied,
    Heading(u8),
    Quote(Option<Text>),
    List {
        start: Option<u64>,
        tight: bool,
        items: Vec<Item>,
    },
    Item(Option<bool>),
    Note(Text),
    Definitions(Vec<Definition>),
    Term,
    Meaning,
    Code {
        language: Text,
        raw: String,
    },
    /// HTML gathered, and for each piece where it starts and where it stands in the source.
    Html(String, Vec<(usize, usize)>),
    Table(Table),
    Row {
        head: bool,
        cells: Vec<Vec<Inline>>,
    },
    Cell,
    /// `<code>` and its like.
    Mono,
    /// `<sup>`.
    Raised,
    /// `<sub>`.
    Lowered,
    Emphasis,
    Strong,
    Struck,
    /// Where it leads, and the title that says more of it.
    Link(Target, Text),
    Picture {
        target: Target,
        /// `![[…]]`, which embeds pages too.
        wiki: bool,
    },
}

impl Frame {
    pub fn new(open: Open, start: usize) -> Self {
        Self { open, start, blocks: Vec::new(), first: 0, element: None }
    }
}

impl Open {
    pub fn from_tag(tag: Tag<'_>) -> Option<Self> {
        Some(match tag {
            Tag::Paragraph => Self::Paragraph,
            Tag::Heading { level, .. } => Self::Heading(level as u8),
            Tag::BlockQuote(kind) => Self::Quote(kind.map(|kind| Text::new(callout(kind)))),
            Tag::CodeBlock(kind) => Self::Code { language: language(&kind), raw: String::new() },
            Tag::HtmlBlock => Self::Html(String::new(), Vec::new()),
            Tag::List(start) => Self::List { start, tight: true, items: Vec::new() },
            Tag::Item => Self::Item(None),
            Tag::FootnoteDefinition(label) => Self::Note(Text::line(&label)),
            Tag::DefinitionList => Self::Definitions(Vec::new()),
            Tag::DefinitionListTitle => Self::Term,
            Tag::DefinitionListDefinition => Self::Meaning,
            Tag::Table(aligns) => {
                Self::Table(Table { aligns: aligns.into_iter().map(align).collect(), ..Table::default() })
            }
            Tag::TableHead => Self::Row { head: true, cells: Vec::new() },
            Tag::TableRow => Self::Row { head: false, cells: Vec::new() },
            Tag::TableCell => Self::Cell,
            Tag::Emphasis => Self::Emphasis,
            Tag::Strong => Self::Strong,
            Tag::Strikethrough => Self::Struck,
            Tag::Link { link_type, dest_url, title, .. } => {
                Self::Link(target(link_type, &dest_url), Text::line(&title))
            }
            Tag::Image { link_type, dest_url, .. } => Self::Picture {
                target: target(link_type, &dest_url),
                wiki: matches!(link_type, LinkType::WikiLink { .. }),
            },
            Tag::Superscript | Tag::Subscript | Tag::MetadataBlock(_) => return None,
        })
    }

    /// Whether blocks stand in it.
    pub fn holds_blocks(&self) -> bool {
        matches!(self, Self::Root | Self::Quote(_) | Self::Item(_) | Self::Note(_) | Self::Meaning)
    }

    /// Whether only parts of its own kind stand in it: items, rows, cells.
    pub fn holds_parts(&self) -> bool {
        matches!(self, Self::List { .. } | Self::Table(_) | Self::Row { .. } | Self::Definitions(_))
    }

    /// Whether it adds a level that layout and walks descend into.
    pub fn deepens(&self) -> bool {
        matches!(self, Self::Quote(_) | Self::List { .. } | Self::Note(_) | Self::Definitions(_))
    }

    /// Whether it is a piece of running text that holds running text.
    pub fn is_inline(&self) -> bool {
        matches!(
            self,
            Self::Emphasis
                | Self::Strong
                | Self::Struck
                | Self::Mono
                | Self::Raised
                | Self::Lowered
                | Self::Link(..)
                | Self::Picture { .. }
        )
    }
}

fn target(form: LinkType, written: &str) -> Target {
    match form {
        LinkType::WikiLink { .. } => Target::Wiki(written.trim().trim_end_matches('\\').to_owned()),
        LinkType::Email => Target::Web(Text::line(&format!("mailto:{written}"))),
        _ => Target::from_written(written),
    }
}

fn callout(kind: BlockQuoteKind) -> &'static str {
    match kind {
        BlockQuoteKind::Note => "note",
        BlockQuoteKind::Tip => "tip",
        BlockQuoteKind::Important => "important",
        BlockQuoteKind::Warning => "warning",
        BlockQuoteKind::Caution => "caution",
    }
}

fn language(kind: &CodeBlockKind<'_>) -> Text {
    match kind {
        CodeBlockKind::Indented => Text::default(),
        CodeBlockKind::Fenced(info) => Text::line(info.split([' ', ',']).next().unwrap_or_default()),
    }
}

fn align(alignment: Alignment) -> Align {
    match alignment {
        Alignment::None | Alignment::Left => Align::Left,
        Alignment::Center => Align::Center,
        Alignment::Right => Align::Right,
    }
}
