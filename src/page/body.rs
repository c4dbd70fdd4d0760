//! The file's own text inside its page: parsed, moved to its places, its links made to lead somewhere.

use std::collections::BTreeMap;
use std::ops::Range;

use super::{BODY, Context};
use crate::document::{Block, BlockKind, Document, Inline, Named, plain};
use crate::id::Id;
use crate::library::problem::Problem;
use crate::library::record::Briefing;
use crate::links::texts::Reading;
use crate::mentions::mark::Marks;
use crate::mentions::{Mention, once};
use crate::text::{Text, fold};

/// A file of more bytes opens on its beginning.
const LONG: u64 = 150_000;
/// So many words may stand before those of an excerpt: what a picture shows.
const BEFORE: usize = 30;
/// How many bytes of a long file are its beginning: more than a screen can show.
const BEGINNING: usize = 32_000;

/// The text of a briefing: its bottom line, and the blocks of its body with the places they take.
pub struct Body {
    pub bluf: Vec<Inline>,
    pub blocks: Vec<Block>,
    pub places: Range<usize>,
    pub named: Names,
}

/// Whom a text names or links to, and how often, in the order of their first mention.
#[derive(Default)]
pub struct Names {
    pub records: Vec<(Id, usize)>,
    /// Names that several records share.
    pub shared: Vec<(Named, usize)>,
}

/// The body of `it`, or what stands in its place if it cannot be read. Names in it are links.
pub fn body(context: Context<'_>, it: &Briefing) -> Body {
    whole(context, it, Reading::new(context.library, it))
}

/// The beginning of the body of `it`, if it is long, and the size of its file.
pub fn beginning(context: Context<'_>, it: &Briefing) -> Option<(Body, u64)> {
    let (body, size) = context.library.beginning(it, LONG, BEGINNING)?;
    Some((whole(context, it, Reading::of(context.library, it, Ok(body))), size))
}

fn whole(context: Context<'_>, it: &Briefing, mut text: Reading) -> Body {
    let mut bluf = text.bluf();
    let mentions = text.mentions(context.links.matcher(), &it.id);
    let passages = if mentions.is_empty() { &[] } else { text.passages() };
    let named = Names::new(once(&mentions, passages, it.bluf.is_some()));
    let marks = Marks::new(&mentions, context.names);
    text.draw(&marks, &mut bluf);
    let Reading { mut document, body, .. } = text;
    let found = match body {
        Ok(found) => found,
        Err(problem) => return Body { bluf, places: BODY..BODY, blocks: vec![unreadable(&problem)], named },
    };
    say_once(it, &mut bluf, &mut document);
    document.shift(BODY);
    Body { bluf, places: BODY..BODY + found.text.len(), blocks: document.blocks, named }
}

/// The bottom line to show above a text that begins with `document`; the text leaves out what its page says.
pub fn opening(it: &Briefing, document: &mut Document) -> Vec<Inline> {
    let mut bluf = it.bluf.iter().map(|bluf| Inline::text(Text::line(bluf))).collect();
    say_once(it, &mut bluf, document);
    bluf
}

/// Leaves out a bottom line that the text begins with, and a first heading that is the page's title.
fn say_once(it: &Briefing, bluf: &mut Vec<Inline>, document: &mut Document) {
    if begins_with(document, bluf) {
        bluf.clear();
    }
    if document.blocks.first().is_some_and(|first| repeats(first, &it.title)) {
        document.blocks.remove(0);
    }
}

impl Names {
    fn new<'m, 'a: 'm>(mentions: impl Iterator<Item = &'m Mention<'a>>) -> Self {
        let mut names = Self::default();
        let mut places = BTreeMap::new();
        for mention in mentions {
            let ids = mention.who.all();
            let known = places.get(ids).copied();
            let nth = match ids {
                [id] => count(&mut names.records, known, || Id::clone(id)),
                _ => count(&mut names.shared, known, || mention.named()),
            };
            places.insert(ids, nth);
        }
        names
    }
}

/// Counts one more of the `known`th, else a first of what `new` makes; answers with its number.
fn count<T>(counts: &mut Vec<(T, usize)>, known: Option<usize>, new: impl FnOnce() -> T) -> usize {
    if let Some((nth, (_, count))) = known.and_then(|nth| Some((nth, counts.get_mut(nth)?))) {
        *count += 1;
        return nth;
    }
    counts.push((new(), 1));
    counts.len() - 1
}

/// Whether the block is a first heading that says what the page's title says.
fn repeats(block: &Block, title: &str) -> bool {
    match &block.kind {
        BlockKind::Heading { level: 1, inlines, .. } => {
            fold(&Text::line(&plain(inlines))) == fold(&Text::line(title))
        }
        _ => false,
    }
}

/// Whether a text begins with the words of its bottom line: an excerpt that another tool made, often cut in the
/// middle of a sentence. It says nothing that does not stand right below. A picture may stand before it.
fn begins_with(document: &Document, bluf: &[Inline]) -> bool {
    let lead = fold(&Text::line(&plain(bluf)));
    let owed: Vec<&str> = words(&lead).collect();
    if owed.is_empty() {
        return false;
    }
    let mut told: Vec<String> = Vec::new();
    document.inlines(|inlines| {
        if told.len() < owed.len() + BEFORE {
            told.extend(words(&fold(&Text::line(&plain(inlines)))).map(str::to_owned));
        }
    });
    told.windows(owed.len()).take(BEFORE).any(|words| words == owed)
}

fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty())
}

fn unreadable(problem: &Problem) -> Block {
    let told = vec![Inline::Text { text: Text::line(&problem.to_string()), at: BODY }];
    let paragraph = Block::new(BlockKind::Paragraph(told), BODY..BODY);
    let title = vec![Inline::Text { text: Text::from("This text cannot be read"), at: BODY }];
    Block::new(BlockKind::Callout { kind: Text::from("warning"), title, blocks: vec![paragraph] }, BODY..BODY)
}
