//! Names in running text become mentions: which words, which name of which record, by which rule.
//!
//! Names come only from the library's YAML, never guessed. All are searched in one pass over folded text; then
//! each find has to hold against the rules of `edges` and, where the name is weak, of `surname`.

mod again;
mod edges;
mod find;
mod fold;
mod index;
pub mod mark;
mod name;
pub mod passage;
mod sieve;
mod surname;
mod tokens;
mod words;

use std::collections::{BTreeMap, BTreeSet};
use std::ops::{Deref, Range};
use std::sync::Arc;

pub use again::once;

use crate::document::Target;
use crate::id::{Id, Kind};
use crate::library::Library;
use crate::text::Text;
use find::Whole;
use index::Index;
use name::{Name, names};
use passage::Passage;

/// The version of the rules by which names link: one more with every change, so that what was found by others is
/// found again.
const RULES: &str = "4";
/// How many records may share a name; of more, the first stand for all in the chooser.
const SHARED: usize = 40;

/// How a name links.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Rule {
    /// The record's own name.
    Name,
    /// One of its aliases, its notation, or a term's expansion.
    Alias,
    /// A weak alias, because the full name stands in the same text.
    Surname,
    /// A link that the author wrote.
    Written,
}

impl Rule {
    pub fn words(self) -> &'static str {
        match self {
            Self::Name => "its name",
            Self::Alias => "an alias",
            Self::Surname => "a weak alias; its full name stands in the same text",
            Self::Written => "a link the author wrote",
        }
    }
}

/// Whom a mention means: one record, or several that share the name, which is never guessed.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Who<'a> {
    One(Whom<'a>),
    Several(Vec<Whom<'a>>),
}

/// A record that a mention means.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Whom<'a> {
    id: &'a Id,
    /// Its place among those that have names; none where only a link leads to it.
    pub number: Option<u32>,
}

/// Words of a text that name a record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mention<'a> {
    pub who: Who<'a>,
    pub rule: Rule,
    /// The name as the library writes it; none for a link that the author wrote.
    pub name: Option<&'a Text>,
    /// Which passage of the document, in reading order.
    pub passage: usize,
    /// The bytes of the passage's text.
    pub range: Range<usize>,
    /// The byte of the source it starts at.
    pub at: usize,
}

/// All names of a library, ready to be found in any text.
#[derive(Debug, Default)]
pub struct Matcher {
    index: Index,
    /// For each number in the index, the names that fold to the same words.
    names: Vec<Vec<Name>>,
    /// The records that are known by these names, in order; a record's place here is its number.
    known: Arc<[Arc<Id>]>,
    /// Changes when any name or rule does.
    stamp: u64,
    /// Records that must not link in a briefing.
    never: BTreeMap<Id, BTreeSet<Arc<Id>>>,
}

impl Matcher {
    /// Takes every name of the library's actors, topics and terms.
    pub fn new(library: &Library) -> Self {
        let names = names(library);
        let known: BTreeSet<_> = names.iter().map(|name| Arc::clone(&name.id)).collect();
        let known: Arc<[_]> = known.into_iter().collect();
        let mut index = Index::new(names.len());
        let mut all: Vec<Vec<Name>> = Vec::new();
        for mut name in names {
            name.record = number(&known, &name.id).unwrap_or_default();
            let Some(number) = name.folded().and_then(|words| index.insert(&words)) else { continue };
            if number == all.len() {
                all.push(Vec::new());
            }
            if let Some(same) = all.get_mut(number).filter(|same| same.len() < SHARED) {
                same.push(name);
            }
        }
        let never = never(library);
        Self { index, stamp: stamp(&known, &all, &never), names: all, known, never }
    }

    /// The records that have names, in order.
    pub fn known(&self) -> &Arc<[Arc<Id>]> {
        &self.known
    }

    /// A number that changes when a name, a rule or a `never_in` does.
    pub fn stamp(&self) -> u64 {
        self.stamp
    }

    /// Whether the library names nothing.
    pub fn is_empty(&self) -> bool {
        self.names.is_empty()
    }

    /// Every mention in `passages`, which are those of one text, in reading order: a surname in one links by a full
    /// name in another. `briefing` is the one it is the text of.
    ///
    /// Links in the passages count once they are resolved: see [`Library::resolve`].
    pub fn in_passages<'a>(&'a self, passages: &'a [Passage], briefing: &Id) -> Vec<Mention<'a>> {
        let written: Vec<_> =
            passages.iter().enumerate().flat_map(|(index, passage)| self.written(passage, index)).collect();
        let whole = Whole::read(self, passages, &written);
        let meant = whole.meant(passages, self.never.get(briefing));
        let mut mentions: Vec<Mention> = Vec::with_capacity(meant.len() + written.len());
        let (mut meant, mut written) = (meant.into_iter().peekable(), written.into_iter().peekable());
        for (index, passage) in passages.iter().enumerate() {
            let first = mentions.len();
            while let Some(it) = written.next_if(|it| it.passage == index) {
                mentions.push(it);
            }
            while let Some(it) = meant.next_if(|it| it.find.passage == index) {
                mentions.push(Mention {
                    who: it.who,
                    rule: it.name.rule.unwrap_or(Rule::Alias),
                    name: Some(&it.name.text),
                    passage: index,
                    at: passage.source(it.find.range.start),
                    range: it.find.range.clone(),
                });
            }
            if let Some(here) = mentions.get_mut(first..).filter(|here| here.len() > 1) {
                here.sort_by_key(|mention| mention.range.start);
                let kept = bracketed_once(&passage.text, here);
                mentions.truncate(first + kept);
            }
        }
        mentions
    }

    /// The links that the author wrote in `passage` to records of the library.
    fn written<'a>(&'a self, passage: &'a Passage, index: usize) -> impl Iterator<Item = Mention<'a>> {
        passage.links.iter().filter_map(move |(range, target)| {
            let Target::Page(address) = target else { return None };
            Some(Mention {
                who: Who::One(self.whom(&address.id)?),
                rule: Rule::Written,
                name: None,
                passage: index,
                at: passage.source(range.start),
                range: range.clone(),
            })
        })
    }

    /// The record that a link to `id` leads to; of records without names nothing is known here.
    fn whom<'a>(&'a self, id: &'a Id) -> Option<Whom<'a>> {
        let number = number(&self.known, id);
        let named = matches!(id.kind, Kind::Actor | Kind::Topic | Kind::Term);
        (if named { number.is_some() } else { id.kind.has_slug() }).then_some(Whom { id, number })
    }
}

/// The place of `id` among those that have names.
fn number(known: &[Arc<Id>], id: &Id) -> Option<u32> {
    known.binary_search_by(|it| (**it).cmp(id)).ok().and_then(|at| u32::try_from(at).ok())
}

fn never(library: &Library) -> BTreeMap<Id, BTreeSet<Arc<Id>>> {
    let mut never: BTreeMap<Id, BTreeSet<Arc<Id>>> = BTreeMap::new();
    for actor in library.actors.values() {
        for briefing in actor.never_in.iter().filter_map(|it| it.id.as_deref().cloned()) {
            never.entry(briefing).or_default().insert(Arc::new(actor.id.clone()));
        }
    }
    never
}

/// A number made of all that decides what links; equal on every machine.
fn stamp(known: &[Arc<Id>], names: &[Vec<Name>], never: &BTreeMap<Id, BTreeSet<Arc<Id>>>) -> u64 {
    let known = known.iter().map(ToString::to_string);
    let names = names.iter().flatten().map(|it| {
        let rule = it.rule.map_or("hidden", Rule::words);
        format!("{}\n{}\n{rule}", it.id, it.text)
    });
    let never =
        never.iter().flat_map(|(briefing, ids)| ids.iter().map(move |id| format!("{briefing}\n{id}")));
    let parts: Vec<String> =
        std::iter::once(RULES.to_owned()).chain(known).chain(names).chain(never).collect();
    crate::library::stamp(&parts.iter().map(String::as_bytes).collect::<Vec<_>>())
}

/// Moves the mentions of one passage that stay to the front, and says how many: not those in brackets right after
/// another name of the same record.
///
/// A name that several records share means the one beside it: `Bureau of Industry and Security (BIS)`.
fn bracketed_once(text: &str, mentions: &mut [Mention<'_>]) -> usize {
    let mut kept = 1;
    for at in 1..mentions.len() {
        let (before, rest) = mentions.split_at_mut(at);
        let (Some(last), Some(mention)) = (before.get_mut(kept - 1), rest.first()) else { break };
        if in_brackets(text, &last.range, &mention.range)
            && let Some(same) = last.who.shared(&mention.who)
        {
            last.who = Who::One(same);
        } else {
            mentions.swap(kept, at);
            kept += 1;
        }
    }
    kept
}

/// Whether brackets open between the two ranges and `second` is the first thing in them.
fn in_brackets(text: &str, first: &Range<usize>, second: &Range<usize>) -> bool {
    const QUOTES: &[char] =
        &['"', '\'', '“', '”', '„', '‘', '’', '«', '»', '「', '」', ' ', '\u{a0}', '\u{202f}'];
    let between = text.get(first.end..second.start).unwrap_or_default();
    let Some(lead) = between.trim_start().strip_prefix(['(', '（', '[']) else { return false };
    let rest = text.get(second.end..).unwrap_or_default().trim_start_matches(QUOTES);
    let lead = lead.trim_matches(QUOTES);
    let small =
        ["", "the", "or", "also", "hereafter", "hereinafter", "die", "der", "das", "kurz", "le", "la", "les"];
    small.contains(&lead) && rest.starts_with([')', '）', ']', ',', '，', ';', '；', ':'])
}

impl<'a> Who<'a> {
    /// All that it may mean.
    pub fn all(&self) -> &[Whom<'a>] {
        match self {
            Self::One(one) => std::slice::from_ref(one),
            Self::Several(several) => several,
        }
    }

    /// The one record that both may mean, where one of them means only that.
    fn shared(&self, other: &Self) -> Option<Whom<'a>> {
        match (self, other) {
            (Self::One(id), Self::One(same)) if id == same => Some(*id),
            (Self::One(id), Self::Several(ids)) | (Self::Several(ids), Self::One(id)) if ids.contains(id) => {
                Some(*id)
            }
            _ => None,
        }
    }
}

impl Deref for Whom<'_> {
    type Target = Id;

    fn deref(&self) -> &Id {
        self.id
    }
}
