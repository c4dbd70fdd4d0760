//! Links to numbers: a change of the document before it is laid out, and the list that explains the numbers.
//!
//! In a copy a number means one thing. A source keeps the number that it has in the list of sources, other addresses
//! go on behind them, and all of them stay clear of numbers in brackets that the author wrote.

use std::collections::{BTreeMap, HashMap};
use std::ops::Range;

use super::{Options, References, Row, columns, plain};
use crate::document::{Block, BlockKind, Document, Inline, Role, Target, plain as words_of};
use crate::page::{Page, host};
use crate::text::{Text, width};

/// Columns by which a line is indented at most, as a rule.
const INDENT: usize = 12;
/// A number in brackets with more digits is none of a list: a year, a sum.
const DIGITS: usize = 3;

/// The addresses outside that were numbered so far.
#[derive(Debug, Default)]
pub struct Numbers {
    addresses: BTreeMap<usize, Text>,
    known: HashMap<Text, usize>,
    /// The last number that is taken.
    last: usize,
    /// An author wrote numbers in brackets, so that none of the sources' numbers may stand in brackets too.
    written: bool,
}

impl Numbers {
    /// Numbers for the copy of these pages.
    pub fn new(pages: &[Page]) -> Self {
        let written = pages.iter().map(|page| highest(&page.document)).max().unwrap_or(0);
        if written == 0 {
            return Self::default();
        }
        let held = pages.iter().filter_map(|page| sources(&page.document.blocks, page.body.as_ref()?.end));
        let held = held.map(|(_, items)| items).max().unwrap_or(0);
        Self { last: written.max(held), written: true, ..Self::default() }
    }

    /// Writes behind each link to the outside where it leads, in the way that was asked for. `body` are the places of
    /// the file's own text, if the page shows a file.
    pub fn write(&mut self, document: &mut Document, body: Option<&Range<usize>>, options: &Options) {
        if options.references == References::End
            && !self.written
            && let Some(body) = body
        {
            self.keep_sources(document, body.end);
        }
        if options.references != References::None {
            document.inlines_mut(|inlines| self.inlines(inlines, options));
        }
    }

    /// Lets the sources have the numbers of their list, which goes on from what is taken already.
    fn keep_sources(&mut self, document: &mut Document, behind: usize) {
        let Some((at, count)) = sources(&document.blocks, behind) else { return };
        let first = self.last + 1;
        self.last += count;
        let Some(BlockKind::List { start, items, .. }) = document.blocks.get_mut(at).map(|it| &mut it.kind)
        else {
            return;
        };
        *start = u64::try_from(first).ok();
        for (number, item) in (first..).zip(items) {
            let mut keep = |inlines: &mut Vec<Inline>| {
                for inline in inlines {
                    if let Inline::Link { target, inlines } = inline
                        && let Target::Web(address) = &**target
                        && self.known.get(address).is_none_or(|it| *it == number)
                    {
                        self.known.insert(address.clone(), number);
                        self.addresses.insert(number, address.clone());
                        // its number stands before it
                        *inline = Inline::Role(Role::Link, std::mem::take(inlines));
                    }
                }
            };
            item.blocks.iter_mut().for_each(|block| block.inlines_mut(&mut keep));
        }
    }

    fn inlines(&mut self, inlines: &mut Vec<Inline>, options: &Options) {
        for mut inline in std::mem::take(inlines) {
            match &mut inline {
                Inline::Emphasis(inner)
                | Inline::Strong(inner)
                | Inline::Struck(inner)
                | Inline::Role(_, inner) => self.inlines(inner, options),
                _ => {}
            }
            let reference = match &mut inline {
                Inline::Link { target, inlines } => match &**target {
                    Target::Web(address) => {
                        let words = words_of(inlines);
                        let reference = self.reference(address, &words, options);
                        // an address that would be broken stands whole in the list: here its beginning is enough
                        if options.references == References::End
                            && reference.is_some()
                            && is_same(&words, address)
                        {
                            *inlines = vec![Inline::text(host(address))];
                        }
                        reference
                    }
                    // a file of the folder that is no page
                    Target::Path(path) => self.reference(&Text::line(path), &words_of(inlines), options),
                    _ => None,
                },
                _ => None,
            };
            inlines.push(inline);
            inlines.extend(reference.map(|it| Inline::role(Role::Quiet, it)));
        }
    }

    /// What stands behind the words of a link: nothing if they are its address and will not be broken.
    fn reference(&mut self, address: &Text, words: &str, options: &Options) -> Option<String> {
        let shown = is_same(words, address);
        match options.references {
            References::None => None,
            References::Inline => (!shown).then(|| format!(" <{address}>")),
            References::End => {
                let fits = width(words) + INDENT <= columns(options);
                (!shown || !fits).then(|| format!("\u{a0}[{}]", self.number(address)))
            }
        }
    }

    fn number(&mut self, address: &Text) -> usize {
        if let Some(number) = self.known.get(address) {
            return *number;
        }
        self.last += 1;
        self.addresses.insert(self.last, address.clone());
        self.known.insert(address.clone(), self.last);
        self.last
    }

    /// The list of references, each address whole on its line.
    pub fn list(&self, options: &Options) -> Vec<Row> {
        if self.addresses.is_empty() {
            return Vec::new();
        }
        let mut rows = vec![
            Row::default(),
            Row { heading: true, ..Row::new("References") },
            Row { rule: true, ..Row::new("----------") },
            Row::default(),
        ];
        let digits = self.last.to_string().len() + 2;
        for (number, address) in &self.addresses {
            let number = format!("[{number}]");
            rows.push(Row::new(format!(
                "{number:<digits$} {}",
                plain(&address.replace(' ', "%20"), options)
            )));
        }
        rows
    }
}

/// Where the list of sources stands that a page writes behind the text it shows, and how many they are.
fn sources(blocks: &[Block], behind: usize) -> Option<(usize, usize)> {
    let from = blocks.iter().position(|block| {
        let own = block.source.start >= behind;
        own && matches!(&block.kind, BlockKind::Heading { anchor, .. } if anchor == "sources")
    })?;
    match &blocks.get(from + 1)?.kind {
        BlockKind::List { start: Some(1), items, .. } => Some((from + 1, items.len())),
        _ => None,
    }
}

/// The highest number that the text has in brackets, as `[12]`; 0 where it has none.
fn highest(document: &Document) -> usize {
    let mut highest = 0;
    document.inlines(|inlines| {
        let words = words_of(inlines);
        for (at, _) in words.match_indices('[') {
            let rest = words.get(at + 1..).unwrap_or_default();
            let digits = rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len());
            if (1..=DIGITS).contains(&digits) && rest.get(digits..).is_some_and(|rest| rest.starts_with(']'))
            {
                highest = rest.get(..digits).and_then(|it| it.parse().ok()).unwrap_or(0).max(highest);
            }
        }
    });
    highest
}

/// Whether the words of a link are its address.
fn is_same(words: &str, address: &str) -> bool {
    bare(words) == bare(address)
}

/// An address without what readers leave out when they write one.
fn bare(address: &str) -> &str {
    let address = address.trim().trim_end_matches('/');
    ["https://", "http://", "mailto:"].iter().find_map(|start| address.strip_prefix(start)).unwrap_or(address)
}
