//! What is open while a document is built: one frame for each block or inline not yet closed.

use pulldown_cmark::{Alignment, BlockQuoteKind, CodeBlockKind, LinkType, Tag};

use crate::document::{Align, Block, Definition, Inline, Item, Table, Target};
use crate::text::Text;

/// Something open: what it is, where it began, and what it holds so far.
pub struct Frame {
    pub open: Open,
    pub start: usize,
    pub blocks: Vec<Block>,
    pub inlines: Vec<Inline>,
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
    Html(String),
    Table(Table),
    Row {
        head: bool,
        cells: Vec<Vec<Inline>>,
    },
    Cell,
    Emphasis,
    Strong,
    Struck,
    Link(Target),
    Picture {
        target: Target,
        /// `![[…]]`, which embeds pages too.
        wiki: bool,
    },
}

impl Frame {
    pub fn new(open: Open, start: usize) -> Self {
        Self { open, start, blocks: Vec::new(), inlines: Vec::new() }
    }
}

impl Open {
    pub fn from_tag(tag: Tag<'_>) -> Option<Self> {
        Some(match tag {
            Tag::Paragraph => Self::Paragraph,
            Tag::Heading { level, .. } => Self::Heading(level as u8),
            Tag::BlockQuote(kind) => Self::Quote(kind.map(|kind| Text::new(callout(kind)))),
            Tag::CodeBlock(kind) => Self::Code { language: language(&kind), raw: String::new() },
            Tag::HtmlBlock => Self::Html(String::new()),
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
            Tag::Link { link_type, dest_url, .. } => Self::Link(target(link_type, &dest_url)),
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

    /// Whether it adds a level that layout and walks descend into.
    pub fn deepens(&self) -> bool {
        matches!(self, Self::Quote(_) | Self::List { .. } | Self::Note(_) | Self::Definitions(_))
    }

    /// Whether it is a piece of running text that holds running text.
    pub fn is_inline(&self) -> bool {
        matches!(self, Self::Emphasis | Self::Strong | Self::Struck | Self::Link(_) | Self::Picture { .. })
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
