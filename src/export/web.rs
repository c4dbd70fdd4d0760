//! A page as HTML: one file by itself, no script, nothing fetched, readable aloud and on paper.

use std::fmt::Write as _;

use super::NO_MARKING;
use crate::document::{Align, Block, BlockKind, Definition, Document, Inline, Item, Role, Table, Target};
use crate::marking::strictest;
use crate::page::Page;

/// The look: the reader's own fonts and colours, a column that reads well, a page that prints well.
const STYLE: &str = "body{max-width:42rem;margin:2rem auto;padding:0 1rem;font:1rem/1.5 serif;color-scheme:light dark}\
h1,h2,h3,h4,h5,h6{line-height:1.2;break-after:avoid}table{border-collapse:collapse}th,td{padding:.2rem .6rem;\
border-bottom:1px solid;text-align:start;vertical-align:top}pre{white-space:pre-wrap;overflow-wrap:anywhere}\
blockquote,.callout{margin:1rem 0;padding-left:1rem;border-left:.2rem solid}.panel{border:1px solid;padding:.5rem 1rem}\
.marking{text-align:center;font-weight:bold}.quiet{opacity:.75}dt{font-weight:bold}article+article{break-before:page}";

/// The HTML of pages. `lang` is the language they are written in, where it is known.
pub fn html(title: &str, pages: &[Page], lang: Option<&str>) -> String {
    let marking = strictest(pages.iter().map(|page| page.marking.as_deref()));
    let marking = escaped(marking.as_deref().unwrap_or(NO_MARKING));
    let lang = lang.filter(|lang| is_language(lang)).unwrap_or("en");
    let mut text = format!(
        "<!DOCTYPE html>\n<html lang=\"{lang}\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>{}</title>\n\
         <style>{STYLE}</style>\n</head>\n<body>\n<p class=\"marking\">{marking}</p>\n<main>\n",
        escaped(title)
    );
    for (index, page) in pages.iter().enumerate() {
        let prefix = if pages.len() > 1 { format!("p{}-", index + 1) } else { String::new() };
        text.push_str("<article>\n");
        text.push_str(&Writer { prefix }.document(&page.document));
        text.push_str("</article>\n");
    }
    text.extend(["</main>\n<p class=\"marking\">", &marking, "</p>\n</body>\n</html>\n"]);
    text
}

/// Whether this has the shape of a language tag: `de`, `zh-Hant`, `en-GB` (BCP 47).
fn is_language(tag: &str) -> bool {
    let mut parts = tag.split('-');
    let first = parts.next().is_some_and(|part| (2..=3).contains(&part.len()));
    let rest = parts.all(|part| (1..=8).contains(&part.len()));
    first && rest && tag.chars().all(|c| c == '-' || c.is_ascii_alphanumeric())
}

/// Writes one page; its anchors begin with `prefix`, so that those of several do not clash.
struct Writer {
    prefix: String,
}

impl Writer {
    /// The blocks, then the footnotes.
    fn document(&self, document: &Document) -> String {
        let (notes, body): (Vec<_>, Vec<_>) =
            document.blocks.iter().partition(|block| matches!(block.kind, BlockKind::Note { .. }));
        let mut text: String = body.into_iter().map(|it| self.block(it)).collect();
        if !notes.is_empty() {
            let notes: String = notes.into_iter().map(|it| self.block(it)).collect();
            let _ = write!(text, "<section aria-label=\"Notes\">\n<hr>\n{notes}</section>\n");
        }
        text
    }

    fn blocks(&self, blocks: &[Block]) -> String {
        blocks.iter().map(|block| self.block(block)).collect()
    }

    fn block(&self, block: &Block) -> String {
        match &block.kind {
            BlockKind::Heading { level, inlines, anchor } => {
                let id = escaped(&format!("{}{anchor}", self.prefix));
                format!("<h{level} id=\"{id}\">{}</h{level}>\n", self.running(inlines))
            }
            BlockKind::Paragraph(inlines) => format!("<p>{}</p>\n", self.running(inlines)),
            BlockKind::List { start, tight, items } => self.list(*start, *tight, items),
            BlockKind::Drawing { twin, .. } => self.blocks(twin),
            BlockKind::Quote(inner) => format!("<blockquote>\n{}</blockquote>\n", self.blocks(inner)),
            BlockKind::Callout { kind, title, blocks } => {
                let title =
                    if title.is_empty() { String::new() } else { format!(": {}", self.running(title)) };
                let head = format!("<p><strong>{}{title}</strong></p>", escaped(&capitalised(kind)));
                format!("<div class=\"callout\" role=\"note\">\n{head}\n{}</div>\n", self.blocks(blocks))
            }
            BlockKind::Code { text, .. } => format!("<pre><code>{}</code></pre>\n", escaped(text)),
            BlockKind::Table(table) => self.table(table),
            BlockKind::Note { label, blocks } => {
                let id = escaped(&format!("{}note-{label}", self.prefix));
                format!(
                    "<div id=\"{id}\" role=\"note\"><p>[note {}]</p>\n{}</div>\n",
                    escaped(label),
                    self.blocks(blocks)
                )
            }
            BlockKind::Definitions(all) => {
                format!("<dl>\n{}</dl>\n", all.iter().map(|it| self.definition(it)).collect::<String>())
            }
            BlockKind::Rule => "<hr>\n".to_owned(),
            BlockKind::Html(text) => format!("<pre class=\"quiet\">{}</pre>\n", escaped(text)),
            BlockKind::Fields(fields) => {
                let field = |label: &str, value: &[Inline]| {
                    format!("<dt>{}</dt><dd>{}</dd>\n", escaped(label), self.running(value))
                };
                let all: String = fields.iter().map(|it| field(&it.label, &it.value)).collect();
                format!("<dl>\n{all}</dl>\n")
            }
            BlockKind::Panel { title, blocks } => {
                let title = if title.is_empty() {
                    String::new()
                } else {
                    format!("<p>{}</p>\n", self.running(title))
                };
                format!("<section class=\"panel\">\n{title}{}</section>\n", self.blocks(blocks))
            }
        }
    }

    fn list(&self, start: Option<u64>, tight: bool, items: &[Item]) -> String {
        let item = |item: &Item| {
            let tick = match item.done {
                Some(true) => "☑ <span class=\"quiet\">(done)</span> ",
                Some(false) => "☐ ",
                None => "",
            };
            let inner = match item.blocks.as_slice() {
                [Block { kind: BlockKind::Paragraph(inlines), .. }, rest @ ..] => {
                    let words = format!("{tick}{}", self.running(inlines));
                    let words = if tight { words } else { format!("<p>{words}</p>\n") };
                    words + &self.blocks(rest)
                }
                blocks => tick.to_owned() + &self.blocks(blocks),
            };
            format!("<li>{inner}</li>\n")
        };
        let all: String = items.iter().map(item).collect();
        match start {
            Some(1) => format!("<ol>\n{all}</ol>\n"),
            Some(start) => format!("<ol start=\"{start}\">\n{all}</ol>\n"),
            None => format!("<ul>\n{all}</ul>\n"),
        }
    }

    fn definition(&self, definition: &Definition) -> String {
        let meanings = definition.meanings.iter().map(|it| format!("<dd>{}</dd>\n", self.blocks(it)));
        format!("<dt>{}</dt>\n{}", self.running(&definition.term), meanings.collect::<String>())
    }

    fn table(&self, table: &Table) -> String {
        let style = |at: usize| match table.aligns.get(at) {
            Some(Align::Right) => " style=\"text-align:end\"",
            Some(Align::Center) => " style=\"text-align:center\"",
            _ => "",
        };
        let row = |cells: &[Vec<Inline>], open: &str, close: &str| {
            let cells = cells.iter().enumerate();
            let all =
                cells.map(|(at, cell)| format!("<{open}{}>{}</{close}>", style(at), self.running(cell)));
            format!("<tr>{}</tr>\n", all.collect::<String>())
        };
        let head = row(&table.head, "th scope=\"col\"", "th");
        let rows: String = table.rows.iter().map(|it| row(it, "td", "td")).collect();
        format!("<table>\n<thead>\n{head}</thead>\n<tbody>\n{rows}</tbody>\n</table>\n")
    }

    fn running(&self, inlines: &[Inline]) -> String {
        inlines.iter().map(|inline| self.inline(inline)).collect()
    }

    fn inline(&self, inline: &Inline) -> String {
        let within = |tag: &str, inner: &[Inline]| format!("<{tag}>{}</{tag}>", self.running(inner));
        match inline {
            Inline::Text { text, .. } | Inline::Math(text) => escaped(text),
            Inline::Code(code) => format!("<code>{}</code>", escaped(code)),
            Inline::Emphasis(inner) => within("em", inner),
            Inline::Strong(inner) | Inline::Role(Role::Marking | Role::Warning, inner) => {
                within("strong", inner)
            }
            Inline::Struck(inner) => within("s", inner),
            Inline::Role(Role::Quiet | Role::Aid, inner) => {
                format!("<span class=\"quiet\">{}</span>", self.running(inner))
            }
            Inline::Role(_, inner) => self.running(inner),
            Inline::Html(text) => format!("<span class=\"quiet\">{}</span>", escaped(text)),
            Inline::Link { target, inlines } => {
                let to = match &**target {
                    Target::Web(to) if is_safe(to) => escaped(to),
                    Target::Heading(anchor) => escaped(&format!("#{}{anchor}", self.prefix)),
                    _ => return self.running(inlines),
                };
                format!("<a href=\"{to}\">{}</a>", self.running(inlines))
            }
            Inline::Picture { alt, .. } => format!("<span role=\"img\">[Picture: {}]</span>", escaped(alt)),
            Inline::NoteMark(label) => {
                let to = escaped(&format!("#{}note-{label}", self.prefix));
                format!(" <a href=\"{to}\" role=\"doc-noteref\">[note {}]</a>", escaped(label))
            }
            Inline::Break => "<br>\n".to_owned(),
            Inline::SoftBreak => "\n".to_owned(),
            Inline::Seam { hyphen } => if *hyphen { "&shy;" } else { "<wbr>" }.to_owned(),
        }
    }
}

/// Whether following an address does no more than open a page or a mail.
fn is_safe(address: &str) -> bool {
    ["https://", "http://", "mailto:"].iter().any(|start| address.to_ascii_lowercase().starts_with(start))
}

fn capitalised(word: &str) -> String {
    let mut chars = word.chars();
    chars.next().map(|first| first.to_uppercase().chain(chars).collect()).unwrap_or_default()
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}
