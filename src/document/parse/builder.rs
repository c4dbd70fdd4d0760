//! Events to a tree: opens and closes frames, gathers words, hoists footnotes to the top.

use std::ops::Range;

use percent_encoding::percent_decode_str;
use pulldown_cmark::{Event, Tag};
use unicode_width::UnicodeWidthChar;

use super::frame::{Frame, Open};
use super::{DEPTH, INLINE_DEPTH};
use crate::document::anchor::Anchors;
use crate::document::autolink::addresses;
use crate::document::{Block, BlockKind, Definition, Document, Inline, Item, Target, callout, plain};
use crate::text::Text;

/// The state of one parse.
pub struct Builder<'a> {
    source: &'a str,
    stack: Vec<Frame>,
    /// For each open tag whether it has a frame; those nested too deep have none.
    opened: Vec<bool>,
    depth: usize,
    inline_depth: usize,
    /// Links and pictures open, in which a bare address is no link of its own.
    links: usize,
    /// Words not yet cleaned, and where they began.
    words: String,
    words_at: usize,
    /// Where the last event ended.
    end: usize,
    anchors: Anchors,
    /// Footnotes found inside other blocks, waiting for the top.
    notes: Vec<Block>,
}

impl<'a> Builder<'a> {
    pub fn new(source: &'a str) -> Self {
        Self {
            source,
            stack: vec![Frame::new(Open::Root, 0)],
            opened: Vec::new(),
            depth: 0,
            inline_depth: 0,
            links: 0,
            words: String::new(),
            words_at: 0,
            end: 0,
            anchors: Anchors::default(),
            notes: Vec::new(),
        }
    }

    pub fn event(&mut self, event: Event<'_>, range: Range<usize>) {
        let at = range.start;
        match event {
            Event::Start(tag) => return self.start(tag, at),
            Event::End(_) => {
                self.end = range.end;
                return self.stop();
            }
            Event::Text(text) => self.text(&text, &range),
            Event::Code(code) => self.inline(Inline::Code(Text::line(&code)), at),
            Event::InlineMath(math) => self.math(&math, "$", &range),
            Event::DisplayMath(math) => self.math(&math, "$$", &range),
            Event::Html(html) | Event::InlineHtml(html) => self.html(&html, at),
            Event::FootnoteReference(label) => self.inline(Inline::NoteMark(Text::line(&label)), at),
            Event::SoftBreak => self.inline(Inline::SoftBreak, at),
            Event::HardBreak => self.inline(Inline::Break, at),
            Event::Rule => self.block(BlockKind::Rule, range.clone()),
            Event::TaskListMarker(done) => self.task(done, at),
        }
        self.end = self.end.max(range.end);
    }

    pub fn finish(mut self) -> Document {
        self.settle();
        while self.stack.len() > 1 {
            self.close();
        }
        self.hoist();
        Document { blocks: self.stack.pop().map(|root| root.blocks).unwrap_or_default() }
    }

    fn top(&self) -> Option<&Open> {
        self.stack.last().map(|frame| &frame.open)
    }

    fn start(&mut self, tag: Tag<'_>, at: usize) {
        let Some(open) = Open::from_tag(tag) else {
            self.opened.push(false);
            return;
        };
        if open.is_inline() {
            self.flush();
            self.imply(at);
        } else {
            self.settle();
        }
        let fits = match &open {
            // the list around it was flattened, or it stands nowhere it could
            Open::Item(_) => matches!(self.top(), Some(Open::List { .. })),
            Open::Term | Open::Meaning => matches!(self.top(), Some(Open::Definitions(_))),
            open if open.deepens() => self.depth < DEPTH,
            open if open.is_inline() => self.inline_depth < INLINE_DEPTH,
            _ => true,
        };
        self.opened.push(fits);
        if fits {
            if matches!(open, Open::Paragraph) {
                self.loosen();
            }
            self.depth += usize::from(open.deepens());
            self.inline_depth += usize::from(open.is_inline());
            self.links += usize::from(matches!(open, Open::Link(_) | Open::Picture { .. }));
            self.stack.push(Frame::new(open, at));
        }
    }

    fn stop(&mut self) {
        self.settle();
        if self.opened.pop() == Some(true) {
            self.close();
        }
    }

    /// A paragraph of its own in an item makes its list loose.
    fn loosen(&mut self) {
        if let [.., list, item] = self.stack.as_mut_slice()
            && let (Open::List { tight, .. }, Open::Item(_)) = (&mut list.open, &item.open)
        {
            *tight = false;
        }
    }

    fn text(&mut self, text: &str, range: &Range<usize>) {
        if let Some(Frame { open: Open::Code { raw, .. } | Open::Html(raw), .. }) = self.stack.last_mut() {
            raw.push_str(text);
            return;
        }
        let follows = self.words_at + self.words.len() == range.start
            || text.chars().next().is_some_and(|c| c.width() == Some(0));
        if self.words.is_empty() || !follows {
            self.flush();
            self.words_at = range.start;
        }
        self.imply(range.start);
        self.words.push_str(text);
    }

    /// Math as it was written; but `$5/$10` is money, whatever the rules of math say.
    fn math(&mut self, math: &str, dollars: &str, range: &Range<usize>) {
        let written = format!("{dollars}{math}{dollars}");
        let next = self.source.get(range.end..).and_then(|rest| rest.chars().next());
        let money = math.starts_with(|c: char| c.is_ascii_digit())
            && next.is_some_and(|c| c.is_alphanumeric() || c == '$');
        if money {
            self.text(&written, range);
        } else {
            self.inline(Inline::Math(Text::line(&written)), range.start);
        }
    }

    fn html(&mut self, html: &str, at: usize) {
        if let Some(Frame { open: Open::Html(raw), .. }) = self.stack.last_mut() {
            raw.push_str(html);
            return;
        }
        let tag: String = html.chars().filter(|c| !c.is_whitespace()).take(6).collect();
        if tag.eq_ignore_ascii_case("<br>") || tag.eq_ignore_ascii_case("<br/>") {
            self.inline(Inline::Break, at);
        } else if !html.starts_with("<!--") {
            self.inline(Inline::Html(Text::line(html)), at);
        }
    }

    fn task(&mut self, done: bool, at: usize) {
        let item = self.stack.iter_mut().rev().take(2).find_map(|frame| match &mut frame.open {
            Open::Item(task) => Some(task),
            _ => None,
        });
        match item {
            Some(task) => *task = Some(done),
            None => self.inline(Inline::text(if done { "[x] " } else { "[ ] " }), at),
        }
    }

    fn inline(&mut self, inline: Inline, at: usize) {
        self.flush();
        self.imply(at);
        self.push_inline(inline);
    }

    fn push_inline(&mut self, inline: Inline) {
        if let Some(frame) = self.stack.last_mut() {
            frame.inlines.push(inline);
        }
    }

    /// Opens a paragraph for words that stand where only blocks do.
    fn imply(&mut self, at: usize) {
        if self.top().is_some_and(Open::holds_blocks) {
            self.stack.push(Frame::new(Open::Implied, at));
        }
    }

    /// Ends the words at hand, and the paragraph that they implied.
    fn settle(&mut self) {
        self.flush();
        if matches!(self.top(), Some(Open::Implied)) {
            self.close();
        }
    }

    /// Cleans the words gathered and links the bare addresses in them.
    fn flush(&mut self) {
        if self.words.is_empty() {
            return;
        }
        let words = std::mem::take(&mut self.words);
        let mut from = 0;
        let found = if self.links == 0 { addresses(&words) } else { Vec::new() };
        for address in found {
            self.push_words(&words, from..address.start);
            from = address.end;
            let Some(shown) = words.get(address.clone()) else { continue };
            let written =
                if shown.starts_with("www.") { format!("http://{shown}") } else { shown.to_owned() };
            let inlines = vec![Inline::Text { text: Text::new(shown), at: self.words_at + address.start }];
            self.push_inline(Inline::Link { target: Target::from_written(&written), inlines });
        }
        self.push_words(&words, from..words.len());
    }

    fn push_words(&mut self, words: &str, range: Range<usize>) {
        let at = self.words_at + range.start;
        if let Some(text) = words.get(range)
            && !text.is_empty()
        {
            self.push_inline(Inline::Text { text: Text::new(text), at });
        }
    }

    fn block(&mut self, kind: BlockKind, source: Range<usize>) {
        self.settle();
        self.push_block(Block::new(kind, source));
    }

    fn push_block(&mut self, block: Block) {
        let top = self.stack.len() == 1;
        if matches!(block.kind, BlockKind::Note { .. }) && !top {
            self.notes.push(block);
        } else if let Some(frame) = self.stack.last_mut() {
            frame.blocks.push(block);
            if top {
                self.hoist();
            }
        }
    }

    /// Footnotes stand at the top, behind the block they were found in.
    fn hoist(&mut self) {
        if let Some(root) = self.stack.first_mut() {
            root.blocks.append(&mut self.notes);
        }
    }

    /// Closes the frame on top and gives what it made to the one below.
    fn close(&mut self) {
        let Some(Frame { open, start, blocks, inlines }) = self.stack.pop() else { return };
        self.depth -= usize::from(open.deepens());
        self.inline_depth -= usize::from(open.is_inline());
        let source = start..self.end.max(start);
        let kind = match open {
            Open::Root => return,
            Open::Paragraph | Open::Implied if is_blank(&inlines) => return,
            Open::Paragraph | Open::Implied => BlockKind::Paragraph(inlines),
            Open::Heading(level) => {
                let anchor = self.anchors.give(&plain(&inlines));
                BlockKind::Heading { level, inlines, anchor }
            }
            Open::Quote(Some(kind)) => BlockKind::Callout { kind, title: Vec::new(), blocks },
            Open::Quote(None) => callout::from_quote(blocks),
            Open::List { start, tight, items } => BlockKind::List { start, tight, items },
            Open::Note(label) => BlockKind::Note { label, blocks },
            Open::Definitions(definitions) => BlockKind::Definitions(definitions),
            Open::Code { language, raw } => {
                BlockKind::Code { language, text: Text::new(raw.trim_end_matches(['\n', '\r'])) }
            }
            Open::Html(raw) => match without_comments(&raw) {
                Some(text) => BlockKind::Html(text),
                None => return,
            },
            Open::Table(table) => BlockKind::Table(table),
            open @ (Open::Item(_) | Open::Term | Open::Meaning | Open::Row { .. } | Open::Cell) => {
                return self.give(open, blocks, inlines);
            }
            open => return self.close_inline(open, inlines),
        };
        self.push_block(Block::new(kind, source));
    }

    /// Gives a part to the list, table or definitions that it is a part of.
    fn give(&mut self, part: Open, blocks: Vec<Block>, inlines: Vec<Inline>) {
        let Some(whole) = self.stack.last_mut().map(|frame| &mut frame.open) else { return };
        match (whole, part) {
            (Open::List { items, .. }, Open::Item(done)) => items.push(Item { done, blocks }),
            (Open::Definitions(all), Open::Term) => {
                all.push(Definition { term: inlines, meanings: Vec::new() });
            }
            (Open::Definitions(all), Open::Meaning) => {
                if let Some(definition) = all.last_mut() {
                    definition.meanings.push(blocks);
                }
            }
            (Open::Table(table), Open::Row { head: true, cells }) => table.head = cells,
            (Open::Table(table), Open::Row { head: false, cells }) => table.rows.push(cells),
            (Open::Row { cells, .. }, Open::Cell) => cells.push(inlines),
            _ => {}
        }
    }

    fn close_inline(&mut self, open: Open, inlines: Vec<Inline>) {
        let inline = match open {
            Open::Emphasis => Inline::Emphasis(inlines),
            Open::Strong => Inline::Strong(inlines),
            Open::Struck => Inline::Struck(inlines),
            Open::Link(target) => {
                self.links -= 1;
                link(target, inlines)
            }
            Open::Picture { target, wiki } => {
                self.links -= 1;
                picture(target, wiki, &inlines)
            }
            _ => return,
        };
        self.push_inline(inline);
    }
}

fn is_blank(inlines: &[Inline]) -> bool {
    inlines.iter().all(|it| matches!(it, Inline::SoftBreak | Inline::Break))
}

/// A link with nothing to show shows where it leads.
fn link(target: Target, mut inlines: Vec<Inline>) -> Inline {
    let shows = inlines.iter().any(|it| matches!(it, Inline::Picture { .. }));
    if !shows && plain(&inlines).trim().is_empty() {
        inlines = vec![Inline::text(target.written())];
    }
    Inline::Link { target, inlines }
}

/// A picture; `![[…]]` without a picture's ending embeds a page, which here is a link to it.
fn picture(target: Target, wiki: bool, inlines: &[Inline]) -> Inline {
    let words = Text::line(&plain(inlines));
    let file = match &target {
        Target::Path(path) | Target::Wiki(path) => path.clone(),
        target => target.written().into_string(),
    };
    if wiki && !is_picture(&file) {
        return Inline::Link { target, inlines: vec![Inline::text(words)] };
    }
    // Obsidian writes sizes there: ![[chart.png|300]]
    let size = !words.is_empty() && words.chars().all(|c| c.is_ascii_digit() || c == 'x');
    let alt = if words.is_empty() || size { file_name(&file) } else { words };
    Inline::Picture { target, alt }
}

fn is_picture(file: &str) -> bool {
    let ending = file.rsplit_once('.').map(|(_, ending)| ending.to_ascii_lowercase());
    let pictures = ["png", "jpg", "jpeg", "gif", "svg", "webp", "bmp", "avif", "tif", "tiff", "heic", "ico"];
    ending.is_some_and(|ending| pictures.contains(&ending.as_str()))
}

/// The last part of a path or URL, without what follows `?` or `#`.
fn file_name(path: &str) -> Text {
    let path = path.split(['?', '#']).next().unwrap_or_default().trim_end_matches('/');
    let name = path.rsplit(['/', '\\']).next().unwrap_or_default();
    Text::line(&percent_decode_str(name).decode_utf8_lossy())
}

/// HTML without its comments, which no Markdown reader shows; nothing if they were all. A comment never closed
/// is kept: it may be half the text.
fn without_comments(html: &str) -> Option<Text> {
    let mut kept = String::with_capacity(html.len());
    let mut rest = html;
    while let Some((before, after)) = rest.split_once("<!--") {
        let Some((_, behind)) = after.split_once("-->") else { break };
        kept.push_str(before);
        rest = behind;
    }
    kept.push_str(rest);
    let kept = kept.trim_matches(['\n', '\r', ' ', '\t']);
    (!kept.is_empty()).then(|| Text::new(kept))
}
