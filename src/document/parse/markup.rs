//! HTML to the same tree: elements open and close frames as Markdown does.
//!
//! An element in running text stays in its line. One that HTML need not have named, or that never ends, is shown as
//! it was written: `<number>` is a word of the author's. No word between tags is ever lost.

use std::ops::Range;
use std::sync::Arc;

use super::builder::Builder;
use super::decode;
use super::element::{Element, element, lowered, raised};
use super::frame::{Frame, Open};
use crate::document::html::{Tag, Token, Tokens};
use crate::document::{BlockKind, Inline, Table, Target, plain};
use crate::text::Text;

/// Columns that one cell may take.
const SPAN: usize = 50;

impl Builder<'_> {
    /// A tag or a comment in running text.
    pub fn html_in_line(&mut self, html: &str, at: usize) {
        match Tag::read(html) {
            Some(tag) => self.tag(&tag, html, at),
            None if html.starts_with("<!--") && html.ends_with("-->") => {}
            None => self.inline(Inline::Html(Text::line(html)), at),
        }
    }

    /// HTML that is a block by itself. `pieces` say for its bytes where they stand in the source.
    pub fn html_alone(&mut self, raw: &str, pieces: &[(usize, usize)]) {
        let floor = self.stack.len();
        self.alone = true;
        let place = |at: usize| {
            let behind = pieces.partition_point(|(start, _)| *start <= at);
            let piece = behind.checked_sub(1).and_then(|index| pieces.get(index));
            piece.map_or(0, |(start, source)| source + (at - start))
        };
        let mut tokens = Tokens::new(raw);
        while let Some(token) = tokens.next() {
            match token {
                Token::Comment => {}
                Token::Text(range) => self.html_text(raw, range, &place),
                Token::Other(range) => self.quiet(raw, range, &place),
                Token::Tag(tag, range) if element(&tag.name) == Some(Element::Program) && !tag.closes => {
                    let end = tokens.pass(&tag.name);
                    self.quiet(raw, range.start..end, &place);
                }
                Token::Tag(tag, range) => {
                    self.tag(&tag, raw.get(range.clone()).unwrap_or_default(), place(range.start));
                }
            }
        }
        self.flush();
        while self.stack.len() > floor {
            self.close();
        }
        self.alone = false;
    }

    /// What is for no reader: shown as it was written, on lines of its own.
    fn quiet(&mut self, raw: &str, range: Range<usize>, place: &dyn Fn(usize) -> usize) {
        let source = place(range.start)..place(range.end);
        let written = raw.get(range).unwrap_or_default();
        let written = self.as_written(written, source.start).trim();
        if written.is_empty() || written.starts_with("<!DOCTYPE") {
            return;
        }
        let shown = Text::new(written);
        if self.flows() {
            self.inline(Inline::Html(Text::line(&shown)), source.start);
        } else {
            self.block(BlockKind::Html(shown), source);
        }
    }

    /// Words between tags: references read, lines joined.
    fn html_text(&mut self, raw: &str, range: Range<usize>, place: &dyn Fn(usize) -> usize) {
        let text = raw.get(range.clone()).unwrap_or_default();
        if let Some(Frame { open: Open::Code { raw, .. }, .. }) = self.stack.last_mut() {
            return raw.push_str(&decode(text));
        }
        let mut at = range.start;
        for line in text.split_inclusive('\n') {
            let words = line.trim();
            let start = at + (line.len() - line.trim_start().len());
            at += line.len();
            if line.starts_with([' ', '\t']) && !words.is_empty() {
                self.space(place(start));
            }
            if !words.is_empty() {
                let start = place(start);
                self.text(&decode(words), &(start..start + words.len()));
            }
            if line.ends_with([' ', '\t', '\n', '\r']) {
                self.space(place(at));
            }
        }
    }

    /// White space between words; none where nothing stands before it.
    fn space(&mut self, at: usize) {
        self.flush();
        let begun = self.last_inline().is_some();
        let inline = self.top().is_some_and(Open::is_inline);
        if (begun || inline) && !self.parted() {
            self.inline(Inline::SoftBreak, at);
        }
    }

    /// One tag, wherever it stands.
    fn tag(&mut self, tag: &Tag<'_>, written: &str, at: usize) {
        let known = element(&tag.name);
        if let Some(Frame { open: Open::Code { raw, .. }, element: Some(name), .. }) = self.stack.last_mut()
            && !(tag.closes && *name == tag.name)
        {
            match known {
                Some(Element::Break) => raw.push('\n'),
                Some(element) if !element.is_block() => {}
                _ => raw.push_str(written),
            }
            return;
        }
        match known {
            Some(element) if tag.closes => self.end(element, &tag.name, at),
            Some(element)
                if tag.is_bare() && !element.may_stay_open() && !self.ends_behind(&tag.name, at) =>
            {
                self.as_words(written, at);
            }
            Some(element) if element.is_block() && self.flows() && !self.follows(element) => {
                self.part(element, at);
            }
            Some(element) if element.is_block() => self.open_block(element, tag, at),
            Some(element) => self.open_inline(element, tag, written, at),
            // the end of what was shown when it began
            None if tag.closes => {}
            None => self.as_words(written, at),
        }
    }

    fn as_words(&mut self, written: &str, at: usize) {
        let written = Text::line(self.as_written(written, at));
        self.inline(Inline::Html(written), at);
    }

    /// Whether an element of that name ends somewhere behind `at`.
    fn ends_behind(&mut self, name: &str, at: usize) -> bool {
        let source = self.source;
        let last = || {
            let ends = [format!("</{name}"), format!("</{}", name.to_ascii_uppercase())];
            let is =
                |at: &usize| source.get(*at..).is_some_and(|it| ends.iter().any(|end| it.starts_with(end)));
            source.rmatch_indices('<').map(|(at, _)| at).find(is).unwrap_or(0)
        };
        let known = self.ends.get(name).copied();
        let last = known.unwrap_or_else(last);
        if known.is_none() {
            self.ends.insert(name.to_owned(), last);
        }
        last > at
    }

    /// Whether words here stand in one line, so that no block can begin.
    pub fn flows(&self) -> bool {
        let held = self.stack.iter().rev().find_map(|frame| match &frame.open {
            Open::Heading(_) | Open::Cell | Open::Term => Some(true),
            Open::Paragraph | Open::Implied => Some(!self.alone),
            open if open.is_inline() => None,
            _ => Some(false),
        });
        held.unwrap_or(false)
    }

    /// Whether the element ends the line at hand by being the next part of the same table or list of terms.
    fn follows(&self, element: Element) -> bool {
        let line = self.stack.iter().rev().find(|it| matches!(it.open, Open::Cell | Open::Term));
        let part = line.filter(|frame| frame.element.is_some()).map(|frame| &frame.open);
        match element {
            Element::Row | Element::Cell | Element::HeadCell => matches!(part, Some(Open::Cell)),
            Element::Term | Element::Meaning => matches!(part, Some(Open::Term)),
            _ => false,
        }
    }

    /// Whether a new line or a space has just begun.
    fn parted(&self) -> bool {
        matches!(self.last_inline(), Some(Inline::Break | Inline::SoftBreak))
    }

    /// A block in running text is a new line of it.
    fn part(&mut self, element: Element, at: usize) {
        self.flush();
        let begun = self.last_inline().is_some();
        match element {
            Element::Cell | Element::HeadCell => self.space(at),
            _ if begun && !self.parted() => self.inline(Inline::Break, at),
            _ => {}
        }
        if element == Element::Item {
            self.inline(Inline::text("• "), at);
        }
    }

    /// Ends the paragraph at hand.
    fn boundary(&mut self) {
        self.settle();
        if self.stack.last().is_some_and(|it| it.element.is_some() && matches!(it.open, Open::Paragraph)) {
            self.close();
        }
    }

    fn push_element(&mut self, open: Open, name: &str, at: usize) {
        if self.fits(&open) {
            self.push_frame(Frame { element: Some(name.to_owned()), ..Frame::new(open, at) });
        }
    }

    fn open_block(&mut self, element: Element, tag: &Tag<'_>, at: usize) {
        if !self.follows(element) {
            self.boundary();
        }
        let name = tag.name.as_str();
        match element {
            Element::Paragraph | Element::Title => {
                self.loosen();
                self.push_element(Open::Paragraph, name, at);
                if element == Element::Title {
                    self.push_element(Open::Strong, "", at);
                }
            }
            Element::Heading(level) => self.push_element(Open::Heading(level), name, at),
            Element::List => self.push_element(list(None), name, at),
            Element::Numbered => {
                let start = tag.attribute("start").and_then(|start| start.parse().ok()).unwrap_or(1);
                self.push_element(list(Some(start)), name, at);
            }
            Element::Item => {
                self.within(|open| matches!(open, Open::List { .. }), list(None), at);
                self.push_element(Open::Item(None), name, at);
            }
            Element::Quote => self.push_element(Open::Quote(None), name, at),
            Element::Preformatted => {
                self.push_element(Open::Code { language: Text::default(), raw: String::new() }, name, at);
            }
            Element::Table => self.push_element(Open::Table(Table::default()), name, at),
            Element::Row => {
                self.within(|open| matches!(open, Open::Table(_)), Open::Table(Table::default()), at);
                self.push_element(Open::Row { head: false, cells: Vec::new() }, name, at);
            }
            Element::Cell | Element::HeadCell => self.open_cell(element, tag, at),
            Element::Definitions => self.push_element(Open::Definitions(Vec::new()), name, at),
            Element::Term => {
                self.within(|open| matches!(open, Open::Definitions(_)), Open::Definitions(Vec::new()), at);
                self.push_element(Open::Term, name, at);
            }
            Element::Meaning => {
                self.leave_to(|open| matches!(open, Open::Definitions(_)));
                // a meaning of nothing is a paragraph
                if matches!(self.top(), Some(Open::Definitions(all)) if !all.is_empty()) {
                    self.push_element(Open::Meaning, name, at);
                }
            }
            Element::Rule => self.block(BlockKind::Rule, at..at),
            _ => {}
        }
    }

    /// A cell. A row that begins with a head cell, before all others, is the head of its table.
    fn open_cell(&mut self, element: Element, tag: &Tag<'_>, at: usize) {
        if !self.leave_to(|open| matches!(open, Open::Row { .. })) {
            self.within(|open| matches!(open, Open::Table(_)), Open::Table(Table::default()), at);
            self.push_element(Open::Row { head: false, cells: Vec::new() }, "tr", at);
        }
        if let [.., table, row] = self.stack.as_mut_slice()
            && let (Open::Table(table), Open::Row { head, cells }) = (&table.open, &mut row.open)
        {
            let first = table.head.is_empty() && table.rows.is_empty() && cells.is_empty();
            *head |= first && element == Element::HeadCell;
        }
        self.push_element(Open::Cell, &tag.name, at);
        let span = tag.attribute("colspan").and_then(|it| it.parse::<usize>().ok()).unwrap_or(1);
        if let [.., row, _] = self.stack.as_mut_slice()
            && let Open::Row { cells, .. } = &mut row.open
        {
            cells.extend((1..span.min(SPAN)).map(|_| Vec::new()));
        }
    }

    /// Leaves what is open up to a frame that is `wanted`; whether there is one.
    fn leave_to(&mut self, wanted: impl Fn(&Open) -> bool) -> bool {
        let own = |frame: &&Frame| frame.element.is_some() || matches!(frame.open, Open::Implied);
        let Some(depth) = self.stack.iter().rev().take_while(own).position(|frame| wanted(&frame.open))
        else {
            return false;
        };
        let keep = self.stack.len() - depth;
        self.flush();
        while self.stack.len() > keep {
            self.close();
        }
        true
    }

    /// Leaves to a frame that is `wanted`, or opens one where there is none.
    fn within(&mut self, wanted: impl Fn(&Open) -> bool, missing: Open, at: usize) {
        if !self.leave_to(wanted) {
            self.push_element(missing, "", at);
        }
    }

    fn open_inline(&mut self, element: Element, tag: &Tag<'_>, written: &str, at: usize) {
        let open = match element {
            Element::Strong => Open::Strong,
            Element::Emphasis => Open::Emphasis,
            Element::Struck => Open::Struck,
            Element::Mono => Open::Mono,
            Element::Raised => Open::Raised,
            Element::Lowered => Open::Lowered,
            Element::Link => match self.value(tag, "href", at) {
                Some(to) if self.is_free() => {
                    let mut target = Target::from_written(&to);
                    self.unmask_target(&mut target, &(at..at + written.len()));
                    Open::Link(target, Text::line(&self.value(tag, "title", at).unwrap_or_default()))
                }
                _ => return,
            },
            _ => return self.single(element, tag, written, at),
        };
        self.flush();
        self.imply(at);
        self.push_element(open, &tag.name, at);
    }

    /// An element that holds no words of its own.
    fn single(&mut self, element: Element, tag: &Tag<'_>, written: &str, at: usize) {
        let value = |name| self.value(tag, name, at);
        match element {
            Element::Break => self.inline(Inline::Break, at),
            Element::Quoted => self.inline(Inline::text("“"), at),
            Element::Picture => {
                let file = value("src").unwrap_or_default();
                let alt = value("alt").filter(|alt| !alt.trim().is_empty()).or_else(|| value("title"));
                self.picture(&file, &alt.unwrap_or_default(), at);
            }
            Element::Embedded => {
                let Some(to) = value("src").or_else(|| value("data")).filter(|to| !to.trim().is_empty())
                else {
                    return;
                };
                let words = value("title").filter(|it| !it.trim().is_empty()).unwrap_or_else(|| to.clone());
                let inlines = vec![Inline::Text { text: Text::line(&words), at }];
                self.inline(Inline::link(Target::from_written(&to), inlines), at);
                self.space(at);
            }
            Element::Input => {
                let box_like = value("type").is_some_and(|it| it.eq_ignore_ascii_case("checkbox"));
                let shown = match value("checked") {
                    Some(_) if box_like => "[x] ".to_owned(),
                    None if box_like => "[ ] ".to_owned(),
                    _ => value("value").or_else(|| value("placeholder")).unwrap_or_default(),
                };
                if !shown.is_empty() {
                    self.inline(Inline::Text { text: Text::new(&shown), at }, at);
                }
            }
            Element::Program => self.as_words(written, at),
            _ => {}
        }
    }

    pub fn picture(&mut self, file: &str, alt: &str, at: usize) {
        let target = Target::from_written(file);
        let name = file.split(['?', '#']).next().unwrap_or_default().rsplit('/').next().unwrap_or_default();
        let alt = Text::line(if alt.trim().is_empty() { name } else { alt });
        self.inline(Inline::Picture { target: Arc::new(target), alt }, at);
    }

    /// The value of an attribute, as text.
    fn value(&self, tag: &Tag<'_>, name: &str, at: usize) -> Option<String> {
        let value = tag.attribute(name)?;
        Some(decode(self.as_written_within(value, at)).into_owned())
    }

    /// Whether no link is open, so that one can begin.
    fn is_free(&self) -> bool {
        !self.stack.iter().any(|frame| matches!(frame.open, Open::Link(..)))
    }

    fn end(&mut self, element: Element, name: &str, at: usize) {
        if element == Element::Quoted {
            return self.inline(Inline::text("”"), at);
        }
        let own = |frame: &&Frame| frame.element.is_some() || matches!(frame.open, Open::Implied);
        let is = |frame: &Frame| frame.element.as_deref() == Some(name);
        let found = self.stack.iter().rev().take_while(own).position(is);
        if let Some(depth) = found {
            let keep = self.stack.len() - depth - 1;
            self.flush();
            while self.stack.len() > keep {
                self.close();
            }
        } else if element.is_block() && self.flows() {
            if !matches!(element, Element::Cell | Element::HeadCell | Element::Item) {
                self.part(Element::Apart, at);
            }
        } else if element.is_block() {
            self.boundary();
        }
    }

    /// Ends what changes the words in it: a code, something raised or lowered.
    pub fn close_element(&mut self, open: &Open, inlines: Vec<Inline>) {
        let linked =
            inlines.iter().any(|it| !matches!(it, Inline::Text { .. } | Inline::SoftBreak | Inline::Break));
        let words = plain(&inlines);
        if linked || words.trim().is_empty() {
            return inlines.into_iter().for_each(|inline| self.push_inline(inline));
        }
        let at =
            inlines.iter().find_map(|it| if let Inline::Text { at, .. } = it { Some(*at) } else { None });
        let text = |text: String| Inline::Text { text: Text::line(&text), at: at.unwrap_or_default() };
        self.push_inline(match open {
            Open::Raised => text(raised(&words)),
            Open::Lowered => text(lowered(&words)),
            _ => Inline::Code(Text::line(&words)),
        });
    }
}

fn list(start: Option<u64>) -> Open {
    Open::List { start, tight: true, items: Vec::new() }
}
