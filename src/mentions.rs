//! Names in running text become mentions: which words, which name of which record, by which rule.
//!
//! Names come only from the library's YAML, never guessed. All are searched in one pass over folded text; then
//! each find has to hold against the rules of `edges` and, where the name is weak, of `surname`.

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
use std::ops::Range;
use std::sync::Arc;

use crate::document::{Document, Target};
use crate::id::{Id, Kind};
use crate::library::Library;
use crate::text::Text;
use find::Whole;
use index::Index;
use name::{Name, Record, names};
use passage::{Passage, passages};

/// The version of the rules by which names link: one more with every change, so that what was found by others is
/// found again.
const RULES: &str = "3";
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
pub enum Who {
    One(Arc<Id>),
    Several(Vec<Arc<Id>>),
}

/// Words of a text that name a record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mention {
    pub who: Who,
    pub rule: Rule,
    /// The name as the library writes it.
    pub name: Arc<Text>,
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
    /// The records that are known by these names, each by its number.
    known: BTreeMap<Arc<Id>, Record>,
    /// Changes when any name or rule does.
    stamp: u64,
    /// Records that must not link in a briefing.
    never: BTreeMap<Id, BTreeSet<Arc<Id>>>,
}

impl Matcher {
    /// Takes every name of the library's actors, topics and terms.
    pub fn new(library: &Library) -> Self {
        let names = names(library);
        let mut index = Index::new(names.len());
        let mut all: Vec<Vec<Name>> = Vec::new();
        let mut known: BTreeMap<_, Record> = BTreeMap::new();
        for mut name in names {
            let next = known.len();
            name.record = *known.entry(Arc::clone(&name.id)).or_insert(next);
            let Some(number) = name.folded().and_then(|words| index.insert(&words)) else { continue };
            if number == all.len() {
                all.push(Vec::new());
            }
            if let Some(same) = all.get_mut(number).filter(|same| same.len() < SHARED) {
                same.push(name);
            }
        }
        let never = never(library);
        Self { index, stamp: stamp(&all, &never), names: all, known, never }
    }

    /// A number that changes when a name, a rule or a `never_in` does.
    pub fn stamp(&self) -> u64 {
        self.stamp
    }

    /// Every mention in `document`, in reading order; `briefing` is the one it is the text of.
    ///
    /// Links in the document count once they are resolved: see [`Library::resolve`].
    pub fn mentions(&self, document: &Document, briefing: &Id) -> Vec<Mention> {
        self.in_passages(&passages(document), briefing)
    }

    /// Every mention in `passages`, which are those of one text: a surname in one links by a full name in another.
    pub fn in_passages(&self, passages: &[Passage], briefing: &Id) -> Vec<Mention> {
        let whole = Whole::read(self, passages);
        let meant = whole.meant(passages, self.never.get(briefing));
        let mut mentions = Vec::new();
        for (index, (passage, meant)) in passages.iter().zip(meant).enumerate() {
            let mut here: Vec<_> = self.written(passage, index).collect();
            here.extend(meant.into_iter().map(|it| Mention {
                who: it.who,
                rule: it.name.rule.unwrap_or(Rule::Alias),
                name: Arc::clone(&it.name.text),
                passage: index,
                at: passage.source(it.find.range.start),
                range: it.find.range.clone(),
            }));
            if !passage.links.is_empty() {
                here.sort_by_key(|mention| mention.range.start);
            }
            mentions.extend(bracketed_once(&passage.text, here));
        }
        mentions
    }

    /// The links that the author wrote in `passage` to records of the library.
    fn written(&self, passage: &Passage, index: usize) -> impl Iterator<Item = Mention> {
        passage.links.iter().filter_map(move |(range, target)| match target {
            Target::Page(address) if self.holds(&address.id) => Some(Mention {
                who: Who::One(Arc::new(address.id.clone())),
                rule: Rule::Written,
                name: Arc::new(Text::line(passage.text.get(range.clone()).unwrap_or_default())),
                passage: index,
                at: passage.source(range.start),
                range: range.clone(),
            }),
            _ => None,
        })
    }

    /// Whether a link to `id` leads to a record; of records without names nothing is known here.
    fn holds(&self, id: &Id) -> bool {
        match id.kind {
            Kind::Actor | Kind::Topic | Kind::Term => self.known.contains_key(id),
            kind => kind.has_slug(),
        }
    }
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
fn stamp(names: &[Vec<Name>], never: &BTreeMap<Id, BTreeSet<Arc<Id>>>) -> u64 {
    let names = names.iter().flatten().map(|it| {
        let rule = it.rule.map_or("hidden", Rule::words);
        format!("{}\n{}\n{rule}", it.id, it.text)
    });
    let never =
        never.iter().flat_map(|(briefing, ids)| ids.iter().map(move |id| format!("{briefing}\n{id}")));
    let parts: Vec<String> = std::iter::once(RULES.to_owned()).chain(names).chain(never).collect();
    crate::library::stamp(&parts.iter().map(String::as_bytes).collect::<Vec<_>>())
}

/// The mentions of one passage without those in brackets right after another name of the same record.
///
/// A name that several records share means the one beside it: `Bureau of Industry and Security (BIS)`.
fn bracketed_once(text: &str, mentions: Vec<Mention>) -> Vec<Mention> {
    let mut kept: Vec<Mention> = Vec::with_capacity(mentions.len());
    for mention in mentions {
        if let Some(last) = kept.last_mut()
            && in_brackets(text, &last.range, &mention.range)
            && let Some(same) = last.who.shared(&mention.who)
        {
            last.who = Who::One(same);
        } else {
            kept.push(mention);
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

impl Who {
    /// The one record that both may mean, where one of them means only that.
    fn shared(&self, other: &Self) -> Option<Arc<Id>> {
        match (self, other) {
            (Self::One(id), Self::One(same)) if id == same => Some(Arc::clone(id)),
            (Self::One(id), Self::Several(ids)) | (Self::Several(ids), Self::One(id)) if ids.contains(id) => {
                Some(Arc::clone(id))
            }
            _ => None,
        }
    }
}
