//! Events to a tree: opens and closes frames, gathers words, hoists footnotes to the top.

use std::collections::HashMap;
use std::ops::Range;
use std::sync::Arc;

use percent_encoding::percent_decode_str;
use pulldown_cmark::{Event, Tag};
use unicode_width::UnicodeWidthChar;

use super::frame::{Frame, Open};
use super::{DEPTH, INLINE_DEPTH};
use crate::document::autolink::addresses;
use crate::document::template::Masked;
use crate::document::{Block, BlockKind, Definition, Inline, Item, Role, Target, callout, plain, says};
use crate::text::{Text, fold};

/// What lets a line end within a word.
const SOFT_HYPHEN: char = '\u{ad}';
const BREAK_HERE: char = '\u{200b}';

/// The state of one parse.
pub struct Builder<'a> {
    pub source: &'a str,
    /// What was parsed in its place, if there are templates in it.
    pub masked: Option<&'a Masked>,
    pub stack: Vec<Frame>,
    /// The running text of all frames, one behind the other.
    inlines: Vec<Inline>,
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
    /// Footnotes found inside other blocks, waiting for the top.
    notes: Vec<Block>,
    /// Whether the HTML at hand is a block by itself, and not a part of running text.
    pub alone: bool,
    /// Where the last end of each HTML element stands, for those that were asked for.
    pub ends: HashMap<String, usize>,
}

impl<'a> Builder<'a> {
    pub fn new(source: &'a str, masked: Option<&'a Masked>) -> Self {
        Self {
            source,
            masked,
            stack: vec![Frame::new(Open::Root, 0)],
            inlines: Vec::new(),
            opened: Vec::new(),
            depth: 0,
            inline_depth: 0,
            links: 0,
            words: String::new(),
            words_at: 0,
            end: 0,
            notes: Vec::new(),
            alone: false,
            ends: HashMap::new(),
        }
    }

    pub fn event(&mut self, event: Event<'_>, range: Range<usize>) {
        let at = range.start;
        match event {
            Event::Start(tag) => return self.start(tag, &range),
            Event::End(_) => {
                self.end = range.end;
                return self.stop();
            }
            Event::Text(text) => self.text(&text, &range),
            Event::Code(code) => {
                let code =
                    self.unmasked_code(&range).map_or_else(|| Text::line(&code), |code| Text::line(&code));
                self.inline(Inline::Code(code), at);
            }
            Event::InlineMath(math) => self.math(&math, "$", &range),
            Event::DisplayMath(math) => self.math(&math, "$$", &range),
            Event::Html(html) | Event::InlineHtml(html) => self.html(&html, &range),
            Event::FootnoteReference(label) => self.inline(Inline::NoteMark(Text::line(&label)), at),
            Event::SoftBreak => self.inline(Inline::SoftBreak, at),
            Event::HardBreak => self.inline(Inline::Break, at),
            Event::Rule => self.block(BlockKind::Rule, range.clone()),
            Event::TaskListMarker(done) => self.task(done, at),
        }
        self.end = self.end.max(range.end);
    }

    /// How many blocks of the text are whole.
    pub fn done(&self) -> usize {
        self.stack.first().map_or(0, |root| root.blocks.len())
    }

    /// Takes the blocks that are whole.
    pub fn take(&mut self) -> Vec<Block> {
        self.stack.first_mut().map(|root| std::mem::take(&mut root.blocks)).unwrap_or_default()
    }

    /// The blocks that were not taken.
    pub fn finish(mut self) -> Vec<Block> {
        self.settle();
        while self.stack.len() > 1 {
            self.close();
        }
        self.hoist();
        self.take()
    }

    pub fn top(&self) -> Option<&Open> {
        self.stack.last().map(|frame| &frame.open)
    }

    fn start(&mut self, tag: Tag<'_>, range: &Range<usize>) {
        let at = range.start;
        if let Tag::CodeBlock(kind) = &tag {
            self.info(kind, range);
        }
        let Some(mut open) = Open::from_tag(tag) else {
            self.opened.push(false);
            return;
        };
        if let Open::Link(target, _) | Open::Picture { target, .. } = &mut open {
            self.unmask_target(target, range);
        }
        if open.is_inline() {
            self.flush();
            self.imply(at);
        } else {
            self.settle();
        }
        let fits = self.fits(&open);
        self.opened.push(fits);
        if fits {
            if matches!(open, Open::Paragraph) {
                self.loosen();
            }
            self.push_frame(Frame::new(open, at));
        }
    }

    /// Whether there is room for it where the builder stands.
    pub fn fits(&self, open: &Open) -> bool {
        match open {
            // the list around it was flattened, or it stands nowhere it could
            Open::Item(_) => matches!(self.top(), Some(Open::List { .. })),
            Open::Term | Open::Meaning => matches!(self.top(), Some(Open::Definitions(_))),
            open if open.deepens() => self.depth < DEPTH,
            open if open.is_inline() => self.inline_depth < INLINE_DEPTH,
            _ => true,
        }
    }

    pub fn push_frame(&mut self, frame: Frame) {
        let open = &frame.open;
        self.depth += usize::from(open.deepens());
        self.inline_depth += usize::from(open.is_inline());
        self.links += usize::from(matches!(open, Open::Link(..) | Open::Picture { .. }));
        self.enter(frame);
    }

    fn enter(&mut self, frame: Frame) {
        self.stack.push(Frame { first: self.inlines.len(), ..frame });
    }

    fn stop(&mut self) {
        self.settle();
        if self.opened.pop() == Some(true) {
            self.close();
        }
    }

    /// A paragraph of its own in an item makes its list loose.
    pub fn loosen(&mut self) {
        if let [.., list, item] = self.stack.as_mut_slice()
            && let (Open::List { tight, .. }, Open::Item(_)) = (&mut list.open, &item.open)
        {
            *tight = false;
        }
    }

    pub fn text(&mut self, text: &str, range: &Range<usize>) {
        match self.stack.last_mut().map(|frame| &mut frame.open) {
            Some(Open::Code { raw, .. }) => {
                return raw.push_str(unmasked(self.source, self.masked, text, range));
            }
            Some(Open::Html(raw, pieces)) => {
                pieces.push((raw.len(), range.start));
                return raw.push_str(text);
            }
            _ => {}
        }
        let text = unmasked(self.source, self.masked, text, range);
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
        let written = unmasked(self.source, self.masked, &written, range);
        let next = self.source.get(range.end..).and_then(|rest| rest.chars().next());
        let money = math.starts_with(|c: char| c.is_ascii_digit())
            && next.is_some_and(|c| c.is_alphanumeric() || c == '$');
        if money {
            self.text(written, range);
        } else {
            self.inline(Inline::Math(Text::line(written)), range.start);
        }
    }

    fn html(&mut self, html: &str, range: &Range<usize>) {
        if let Some(Frame { open: Open::Html(raw, pieces), .. }) = self.stack.last_mut() {
            pieces.push((raw.len(), range.start));
            raw.push_str(html);
        } else {
            self.html_in_line(html, range.start);
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

    pub fn inline(&mut self, inline: Inline, at: usize) {
        self.flush();
        self.imply(at);
        self.push_inline(inline);
    }

    pub fn push_inline(&mut self, inline: Inline) {
        self.inlines.push(inline);
    }

    /// The last piece of running text in what is open, not in what is around it.
    pub fn last_inline(&self) -> Option<&Inline> {
        let first = self.stack.last()?.first;
        self.inlines.get(first..)?.last()
    }

    /// Opens a paragraph for words that stand where only blocks do, and a part for those that HTML puts between
    /// the parts of a table or a list.
    pub fn imply(&mut self, at: usize) {
        let missing = match self.top() {
            Some(Open::List { .. }) => Open::Item(None),
            Some(Open::Table(_)) => Open::Row { head: false, cells: Vec::new() },
            Some(Open::Row { .. }) => Open::Cell,
            Some(open) if open.holds_blocks() || matches!(open, Open::Definitions(_)) => {
                return self.enter(Frame::new(Open::Implied, at));
            }
            _ => return,
        };
        self.enter(Frame { element: Some(String::new()), ..Frame::new(missing, at) });
        self.imply(at);
    }

    /// Ends the words at hand, the HTML in their line, and the paragraph that they implied.
    pub fn settle(&mut self) {
        self.flush();
        while self.stack.last().is_some_and(|frame| frame.element.is_some() && frame.open.is_inline()) {
            self.close();
        }
        if matches!(self.top(), Some(Open::Implied)) {
            self.close();
        }
    }

    /// Ends the words gathered: templates in them are read, bare addresses linked, the rest cleaned.
    pub fn flush(&mut self) {
        if self.words.is_empty() {
            return;
        }
        let mut words = std::mem::take(&mut self.words);
        self.push_all(&words);
        // the room it took serves the next words
        words.clear();
        self.words = words;
    }

    fn push_all(&mut self, words: &str) {
        let Some(masked) = self.masked else { return self.link_words(words, 0..words.len()) };
        let start = self.words_at;
        let mut from = 0;
        let first = masked.found.partition_point(|it| it.start < start);
        for template in masked.found.iter().skip(first).take_while(|it| it.end <= start + words.len()) {
            let here = template.start - start..template.end - start;
            let written = self.source.get(template.clone());
            if let Some(written) = written.filter(|it| words.get(here.clone()) == Some(*it)) {
                self.link_words(words, from..here.start);
                self.template(written, template.start);
                (self.words_at, from) = (start, here.end);
            }
        }
        self.link_words(words, from..words.len());
    }

    /// Adds a piece of the words, with the bare addresses in it as links.
    fn link_words(&mut self, words: &str, range: Range<usize>) {
        let mut from = range.start;
        let piece = words.get(range.clone()).unwrap_or_default();
        let found = if self.links == 0 { addresses(piece) } else { Vec::new() };
        for address in found {
            let address = address.start + range.start..address.end + range.start;
            self.push_words(words, from..address.start);
            from = address.end;
            let Some(shown) = words.get(address.clone()) else { continue };
            let written =
                if shown.starts_with("www.") { format!("http://{shown}") } else { shown.to_owned() };
            let inlines = vec![Inline::Text { text: Text::new(shown), at: self.words_at + address.start }];
            self.push_inline(Inline::link(Target::from_written(&written), inlines));
        }
        self.push_words(words, from..range.end);
    }

    fn push_words(&mut self, words: &str, range: Range<usize>) {
        let at = self.words_at + range.start;
        let Some(words) = words.get(range).filter(|words| !words.is_empty()) else { return };
        let mut from = 0;
        for (seam, sign) in seams(words) {
            let before = words.get(from..seam).unwrap_or_default();
            self.push_inline(Inline::Text { text: Text::new(before), at: at + from });
            self.push_inline(Inline::Seam { hyphen: sign.starts_with(SOFT_HYPHEN) });
            from = seam + sign.len();
        }
        let rest = words.get(from..).unwrap_or_default();
        self.push_inline(Inline::Text { text: Text::new(rest), at: at + from });
    }

    pub fn block(&mut self, kind: BlockKind, source: Range<usize>) {
        self.settle();
        self.push_block(Block::new(kind, source));
    }

    fn push_block(&mut self, block: Block) {
        let top = self.stack.len() == 1;
        // a caption stands before its table
        let holder = self.stack.iter().rposition(|frame| !frame.open.holds_parts()).unwrap_or(0);
        if matches!(block.kind, BlockKind::Note { .. }) && !top {
            self.notes.push(block);
        } else if let Some(frame) = self.stack.get_mut(holder) {
            push(&mut frame.blocks, block);
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
    pub fn close(&mut self) {
        let Some(Frame { open, start, blocks, first, element }) = self.stack.pop() else { return };
        let inlines: Vec<_> = self.inlines.drain(first.min(self.inlines.len())..).collect();
        self.depth -= usize::from(open.deepens());
        self.inline_depth -= usize::from(open.is_inline());
        let source = start..self.end.max(start);
        let kind = match open {
            Open::Root => return,
            Open::Paragraph | Open::Implied if is_blank(&inlines) => return,
            Open::Paragraph | Open::Implied => BlockKind::Paragraph(inlines),
            Open::Heading(level) => BlockKind::Heading { level, inlines, anchor: String::new() },
            Open::Quote(Some(kind)) => BlockKind::Callout { kind, title: Vec::new(), blocks },
            Open::Quote(None) => callout::from_quote(blocks),
            Open::List { start, tight, items } => BlockKind::List { start, tight, items },
            Open::Note(label) => BlockKind::Note { label, blocks },
            Open::Definitions(definitions) => BlockKind::Definitions(definitions),
            Open::Code { language, raw }
                if element.is_none() && language.is_empty() && self.is_prose(&raw, start) =>
            {
                return self.prose(&raw, start);
            }
            Open::Code { language, raw } => {
                let text = Text::new(raw.trim_end_matches(['\n', '\r']));
                BlockKind::Code { language, text, number: None }
            }
            Open::Html(raw, pieces) => return self.html_alone(&raw, &pieces),
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
            Open::Mono | Open::Raised | Open::Lowered => return self.close_element(&open, inlines),
            Open::Link(target, title) => {
                self.links -= 1;
                let aside = aside(&title, &inlines, &target);
                self.push_inline(link(target, inlines));
                return aside.into_iter().for_each(|aside| self.push_inline(aside));
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

/// Adds to what something holds: as a rule it is one, and `Vec` would make room for four.
fn push<T>(held: &mut Vec<T>, one: T) {
    if held.is_empty() {
        held.reserve_exact(1);
    }
    held.push(one);
}

/// The places within words at which their author lets a line end, and the signs that stand there.
fn seams(words: &str) -> impl Iterator<Item = (usize, &str)> {
    let letter = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
    let signs = if words.is_ascii() { "" } else { words };
    signs.match_indices([SOFT_HYPHEN, BREAK_HERE]).filter(move |(at, sign)| {
        let (before, after) = (words.get(..*at), words.get(at + sign.len()..));
        letter(before.and_then(|it| it.chars().next_back())) && letter(after.and_then(|it| it.chars().next()))
    })
}

fn is_blank(inlines: &[Inline]) -> bool {
    inlines.iter().all(|it| matches!(it, Inline::SoftBreak | Inline::Break))
}

/// A link with nothing to show shows where it leads.
fn link(target: Target, mut inlines: Vec<Inline>) -> Inline {
    let shows = inlines.iter().any(|it| matches!(it, Inline::Picture { .. }));
    if !shows && !says(&inlines) {
        inlines = vec![Inline::text(target.written())];
    }
    Inline::link(target, inlines)
}

/// A picture; `![[…]]` without a picture's ending embeds a page, which here is a link to it.
fn picture(target: Target, wiki: bool, inlines: &[Inline]) -> Inline {
    let words = Text::line(&plain(inlines));
    let file = match &target {
        Target::Path(path) | Target::Wiki(path) => path.clone(),
        target => target.written().into_string(),
    };
    if wiki && !is_picture(&file) {
        return Inline::link(target, vec![Inline::text(words)]);
    }
    // Obsidian writes sizes there: ![[chart.png|300]]
    let size = !words.is_empty() && words.chars().all(|c| c.is_ascii_digit() || c == 'x');
    let alt = if words.is_empty() || size { file_name(&file) } else { words };
    Inline::Picture { target: Arc::new(target), alt }
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

/// What the title of a link says beyond its words and its address.
fn aside(title: &Text, inlines: &[Inline], target: &Target) -> Option<Inline> {
    if title.is_empty() {
        return None;
    }
    let (said, shown) = (fold(title), fold(&plain(inlines)));
    let more = said.contains(char::is_alphabetic) && !shown.contains(&said) && *title != target.written();
    more.then(|| Inline::role(Role::Quiet, format!(" ({title})")))
}

/// `text` as it was before masking, where it stands in the source byte for byte.
fn unmasked<'t>(source: &'t str, masked: Option<&Masked>, text: &'t str, range: &Range<usize>) -> &'t str {
    let Some(masked) = masked else { return text };
    let same = masked.text.get(range.clone()) == Some(text);
    if same { source.get(range.clone()).unwrap_or(text) } else { text }
}
