//! Names in running text become mentions: which words, which name of which record, by which rule.
//!
//! Names come only from the library's YAML, never guessed. All are searched in one pass over folded text
//! (the only user of aho-corasick); then each find has to hold against the rules of `edges`.

mod edges;
mod fold;
pub mod mark;
pub mod passage;

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::sync::Arc;

use aho_corasick::{AhoCorasick, MatchKind};

use crate::document::{Document, Target};
use crate::id::{Id, Kind};
use crate::library::Library;
use crate::text::Text;
use fold::Folded;
use passage::{Passage, passages};

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

/// One name of one record.
#[derive(Clone, Debug)]
struct Name {
    id: Arc<Id>,
    text: Arc<Text>,
    rule: Rule,
    /// Three letters or fewer, or all capitals: must stand exactly as written.
    exact: Option<String>,
}

/// Whom a mention means: one record, or several that share the name, which is never guessed.
#[derive(Clone, Debug, PartialEq, Eq)]
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
#[derive(Debug)]
pub struct Matcher {
    search: AhoCorasick,
    /// For each pattern, the names that fold to it.
    patterns: Vec<Vec<Name>>,
    /// Changes when any name does.
    stamp: u64,
    /// Records that must not link in a briefing.
    never: BTreeMap<Id, BTreeSet<Arc<Id>>>,
}

/// A find that holds against every rule but that of weak aliases.
struct Find<'a> {
    range: Range<usize>,
    names: Vec<&'a Name>,
}

impl Matcher {
    /// Takes every name of the library's actors, topics and terms.
    ///
    /// # Errors
    /// Names too many or too long for one search, in words.
    pub fn new(library: &Library) -> Result<Self, Text> {
        let mut patterns: BTreeMap<String, Vec<Name>> = BTreeMap::new();
        for name in names(library) {
            let folded = Folded::new(name.text.trim()).text;
            if folded.chars().any(char::is_alphanumeric) {
                patterns.entry(folded).or_default().push(name);
            }
        }
        let search = AhoCorasick::builder()
            .match_kind(MatchKind::Standard)
            .build(patterns.keys())
            .map_err(|trouble| Text::from(format!("names: {trouble}")))?;
        let stamp = stamp(&patterns, &never(library));
        Ok(Self { stamp, search, patterns: patterns.into_values().collect(), never: never(library) })
    }

    /// A number that changes when a name, a rule or a `never_in` does.
    pub fn stamp(&self) -> u64 {
        self.stamp
    }

    /// Every mention in `document`, in reading order; `briefing` is the one it is the text of.
    pub fn mentions(&self, document: &Document, briefing: &Id) -> Vec<Mention> {
        self.in_passages(&passages(document), briefing)
    }

    /// Every mention in `passages`, which are those of one text: a surname in one links by a full name in another.
    pub fn in_passages(&self, passages: &[Passage], briefing: &Id) -> Vec<Mention> {
        let finds: Vec<Vec<Find<'_>>> = passages.iter().map(|passage| self.finds(passage)).collect();
        let full = full_names(passages, &finds);
        let mut mentions = Vec::new();
        for (index, (passage, finds)) in passages.iter().zip(&finds).enumerate() {
            let first = mentions.len();
            mentions.extend(written(passage, index));
            for find in finds.iter().filter(|find| !passage.linked(&find.range)) {
                let Some((who, rule, name)) = self.meaning(find, &full, briefing) else { continue };
                let at = passage.source(find.range.start);
                mentions.push(Mention { who, rule, name, passage: index, range: find.range.clone(), at });
            }
            let here = mentions.get_mut(first..).unwrap_or_default();
            here.sort_by_key(|mention| mention.range.start);
            drop_bracketed(&passage.text, &mut mentions, first);
        }
        mentions
    }

    /// The names in `passage` that hold against the rules: leftmost first, the longest at a place, none inside another.
    fn finds(&self, passage: &Passage) -> Vec<Find<'_>> {
        let folded = Folded::new(&passage.text);
        let mut finds: Vec<Find<'_>> = self
            .search
            .find_overlapping_iter(&folded.text)
            .filter_map(|hit| {
                let range = folded.back(hit.start())?..folded.back(hit.end())?;
                let names = self.patterns.get(hit.pattern().as_usize())?;
                let names: Vec<_> = names.iter().filter(|name| name.holds(&passage.text, &range)).collect();
                (!names.is_empty()).then_some(Find { range, names })
            })
            .collect();
        finds.sort_by_key(|find| (find.range.start, std::cmp::Reverse(find.range.end)));
        let mut end = 0;
        finds.retain(|find| {
            let apart = find.range.start >= end;
            if apart {
                end = find.range.end;
            }
            apart
        });
        finds
    }

    /// Which record a find means in a text whose full names are `full`; `None` where it means none.
    fn meaning(
        &self,
        find: &Find<'_>,
        full: &BTreeSet<Arc<Id>>,
        briefing: &Id,
    ) -> Option<(Who, Rule, Arc<Text>)> {
        let never = |id: &Arc<Id>| self.never.get(briefing).is_some_and(|ids| ids.contains(id));
        let candidates: Vec<_> =
            find.names.iter().filter(|name| name.rule != Rule::Surname || full.contains(&name.id)).collect();
        let strong = candidates.iter().any(|name| name.rule != Rule::Surname);
        let first = candidates.first()?;
        let ids: BTreeSet<_> = candidates.iter().map(|name| &name.id).filter(|id| !never(id)).collect();
        let mut ids = ids.into_iter().cloned();
        let who = match (ids.next()?, ids.len()) {
            (id, 0) => Who::One(id),
            (_, _) if !strong => return None,
            (id, _) => Who::Several(std::iter::once(id).chain(ids).collect()),
        };
        let name = match &who {
            Who::One(id) => candidates.iter().find(|name| name.id == *id).unwrap_or(first),
            Who::Several(_) => first,
        };
        Some((who, name.rule, Arc::clone(&name.text)))
    }
}

impl Name {
    fn new(id: &Arc<Id>, text: &Text, rule: Rule) -> Self {
        let letters = text.chars().filter(|c| c.is_alphanumeric()).count();
        let capitals = text.chars().any(char::is_uppercase) && !text.chars().any(char::is_lowercase);
        let cased = text.chars().any(|c| c.is_uppercase() || c.is_lowercase());
        let exact = (cased && (letters <= 3 || capitals)).then(|| fold::exact(text.trim()));
        Self { id: Arc::clone(id), text: Arc::new(text.clone()), rule, exact }
    }

    /// Whether this name may stand at `range` of `text`.
    fn holds(&self, text: &str, range: &Range<usize>) -> bool {
        let Some(words) = text.get(range.clone()) else { return false };
        if !edges::stands_alone(text, range, self.exact.is_some() && self.id.kind != Kind::Actor) {
            return false;
        }
        if let Some(exact) = &self.exact {
            return fold::exact(words) == *exact && !edges::shouted(text, words);
        }
        match self.rule {
            Rule::Surname => {
                words.chars().next().is_some_and(|c| !c.is_lowercase())
                    && !edges::someone_elses(text, range)
                    && !edges::double_barrelled(text, range)
            }
            _ => {
                !(self.id.kind == Kind::Actor && words.contains(' ') && edges::double_barrelled(text, range))
            }
        }
    }
}

/// Every name that may link, of every record that has mentions.
fn names(library: &Library) -> Vec<Name> {
    let mut names = Vec::new();
    for actor in library.actors.values() {
        let id = Arc::new(actor.id.clone());
        names.push(Name::new(&id, &actor.name, Rule::Name));
        names.extend(actor.aliases.iter().map(|alias| Name::new(&id, alias, Rule::Alias)));
        names.extend(actor.weak_aliases.iter().map(|alias| Name::new(&id, alias, Rule::Surname)));
    }
    for topic in library.topics.values() {
        let id = Arc::new(topic.id.clone());
        names.push(Name::new(&id, &topic.name, Rule::Name));
        let others = topic.aliases.iter().chain(&topic.notation);
        names.extend(others.map(|alias| Name::new(&id, alias, Rule::Alias)));
    }
    for term in library.terms.values() {
        let id = Arc::new(term.id.clone());
        names.push(Name::new(&id, &term.term, Rule::Name));
        let others = term.aliases.iter().chain(&term.expansion);
        names.extend(others.map(|alias| Name::new(&id, alias, Rule::Alias)));
    }
    names.sort_by(|a, b| (&a.id, a.rule, &a.text).cmp(&(&b.id, b.rule, &b.text)));
    names.dedup_by(|a, b| a.id == b.id && a.text == b.text);
    names
}

fn never(library: &Library) -> BTreeMap<Id, BTreeSet<Arc<Id>>> {
    let mut never: BTreeMap<Id, BTreeSet<Arc<Id>>> = BTreeMap::new();
    for actor in library.actors.values() {
        for briefing in actor.never_in.iter().filter_map(|it| it.id.clone()) {
            never.entry(briefing).or_default().insert(Arc::new(actor.id.clone()));
        }
    }
    never
}

/// A number made of all that decides what links; equal on every machine.
fn stamp(patterns: &BTreeMap<String, Vec<Name>>, never: &BTreeMap<Id, BTreeSet<Arc<Id>>>) -> u64 {
    let all = patterns.values().flatten();
    let names = all.map(|it| format!("{}\n{}\n{}", it.id, it.text, it.rule.words()));
    let never =
        never.iter().flat_map(|(briefing, ids)| ids.iter().map(move |id| format!("{briefing}\n{id}")));
    let parts: Vec<String> = names.chain(never).collect();
    crate::library::stamp(&parts.iter().map(String::as_bytes).collect::<Vec<_>>())
}

/// The records whose full name, or a link to them, stands in the text.
fn full_names(passages: &[Passage], finds: &[Vec<Find<'_>>]) -> BTreeSet<Arc<Id>> {
    let found = finds.iter().flatten().filter_map(|find| {
        let strong = find.names.iter().filter(|name| name.rule != Rule::Surname);
        let ids: BTreeSet<_> = strong.map(|name| &name.id).collect();
        ids.first().copied().filter(|_| ids.len() == 1).cloned()
    });
    let linked = passages.iter().flat_map(|passage| &passage.links).filter_map(|(_, target)| match target {
        Target::Page(address) => Some(Arc::new(address.id.clone())),
        _ => None,
    });
    found.chain(linked).collect()
}

/// The links that the author wrote in `passage` to records of the library.
fn written(passage: &Passage, index: usize) -> impl Iterator<Item = Mention> {
    passage.links.iter().filter_map(move |(range, target)| match target {
        Target::Page(address) if address.id.kind.has_slug() => Some(Mention {
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

/// Drops, from `mentions[first..]`, each that stands in brackets right after a mention of the same record.
fn drop_bracketed(text: &str, mentions: &mut Vec<Mention>, first: usize) {
    let mut index = first + 1;
    while let (Some(before), Some(here)) = (mentions.get(index.wrapping_sub(1)), mentions.get(index)) {
        let between = text.get(before.range.end..here.range.start).unwrap_or_default();
        let closed = text.get(here.range.end..).is_some_and(|rest| rest.starts_with([')', '）', ',', ';']));
        let same = matches!((&before.who, &here.who), (Who::One(a), Who::One(b)) if a == b);
        if same && closed && matches!(between.trim(), "(" | "（" | "(the") {
            mentions.remove(index);
        } else {
            index += 1;
        }
    }
}
