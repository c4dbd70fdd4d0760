//! References by id or by name find their records; what is not found is named with the nearest id.
//!
//! Where a library has no registry of a kind, references of that kind are plain words and nothing is said.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::sync::Arc;

use super::convert::briefing::Draft;
use super::names::Names;
use super::problem::Problem;
use super::record::{Actor, Claim, Event, Packet, Ref, Source, Topic};
use super::{Library, cores};
use crate::id::{Id, Kind};
use crate::text::{Text, fold, nearest, slug};

/// How many times the nearest id is looked for at most, and how many ids may be looked at for it in all.
const SUGGESTIONS: usize = 200;
const LOOKED_AT: usize = 2_000_000;
/// How many of the records that share a name are named.
const NAMED: usize = 4;

/// What is said of a reference that is not found.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Lost {
    /// Nothing: it may well be the name of someone the library does not know.
    Fine,
    /// A warning if it is written like an id.
    Id,
    /// A warning.
    Any,
}

/// Resolves every reference of the library, and of the briefings that its drafts make.
pub fn all(library: &mut Library, drafts: &mut [Draft]) {
    let names = std::mem::take(&mut library.names);
    let mut resolver = Resolver { names: &names, near: HashMap::new(), looked_at: 0, problems: Vec::new() };
    resolver.drafts(drafts);
    library.actors.values_mut().for_each(|it| resolver.actor(it));
    library.topics.values_mut().for_each(|it| resolver.topic(it));
    library.claims.values_mut().for_each(|it| resolver.claim(it));
    library.events.values_mut().for_each(|it| resolver.event(it));
    library.sources.values_mut().for_each(|it| resolver.source(it));
    library.packets.values_mut().for_each(|it| resolver.packet(it));
    let mut problems = resolver.problems;
    cut_cycles(&mut library.topics, &mut problems);
    relate(&mut library.topics);
    library.problems.append(&mut problems);
    library.names = names;
}

/// What a reference means.
#[derive(PartialEq, Eq)]
enum Sought {
    One(Arc<Id>),
    Nothing,
    /// So many records, of which these are the first.
    Several(usize, Vec<Arc<Id>>),
}

impl Sought {
    fn id(&self) -> Option<&Arc<Id>> {
        if let Self::One(id) = self { Some(id) } else { None }
    }
}

struct Resolver<'a> {
    names: &'a Names,
    near: HashMap<(Kind, Text), Option<String>>,
    /// How many ids have been looked at for the nearest.
    looked_at: usize,
    problems: Vec<Problem>,
}

/// The references of a briefing, what kinds of record they may mean, and what is said of one that is not found.
macro_rules! references {
    ($briefing:expr, $own_topics:expr, $iter:ident) => {{
        let topics = if $own_topics { Lost::Any } else { Lost::Fine };
        let it = $briefing;
        let all = it.supersedes.$iter().map(|it| (it, Kind::Briefing, Lost::Any));
        let all = all.chain(it.from.$iter().map(|it| (it, Kind::Actor, Lost::Fine)));
        let all = all.chain(it.to.$iter().map(|it| (it, Kind::Actor, Lost::Fine)));
        let all = all.chain(it.actors.$iter().map(|it| (it, Kind::Actor, Lost::Any)));
        let all = all.chain(it.topics.$iter().map(move |it| (it, Kind::Topic, topics)));
        let all = all.chain(it.events.$iter().map(|it| (it, Kind::Event, Lost::Any)));
        let all = all.chain(it.claims.$iter().map(|it| (it, Kind::Claim, Lost::Any)));
        let all = all.chain(it.sources.$iter().map(|it| (it, Kind::Source, Lost::Any)));
        all.chain(it.points.$iter().flat_map(|it| it.claims.$iter()).map(|it| (it, Kind::Claim, Lost::Any)))
    }};
}

impl Resolver<'_> {
    /// Looks the references of all briefings up at once, then says what was not found. A briefing whose references
    /// mean what they meant is not touched, so that it stays shared.
    fn drafts(&mut self, drafts: &mut [Draft]) {
        let names = self.names;
        let lost = cores::each(drafts.iter_mut().collect(), |draft: &mut Draft| {
            let own_topics = draft.own_topics;
            let (mut lost, mut ids, mut same) = (Vec::new(), Vec::new(), true);
            for (reference, kind, silence) in references!(&*draft.briefing, own_topics, iter) {
                let found = seek(names, &reference.text, &[kind]);
                same &= reference.id.as_ref() == found.id();
                ids.push(found.id().cloned());
                if found.id().is_none() && silence != Lost::Fine {
                    lost.push((reference.clone(), kind, silence, found));
                }
            }
            if !same {
                let all = references!(Arc::make_mut(&mut draft.briefing), own_topics, iter_mut);
                all.zip(ids).for_each(|((reference, ..), id)| reference.id = id);
            }
            lost
        });
        for (reference, kind, silence, found) in lost.iter().flatten() {
            self.missing(reference, &[*kind], *silence, found);
        }
    }

    fn actor(&mut self, it: &mut Actor) {
        self.each(&mut it.parent, &[Kind::Actor], Lost::Id);
        self.each(&mut it.never_in, &[Kind::Briefing], Lost::Any);
        self.each(&mut it.sources, &[Kind::Source], Lost::Any);
        for membership in &mut it.memberships {
            self.one(&mut membership.organization, &[Kind::Actor], Lost::Id);
            self.each(&mut membership.sources, &[Kind::Source], Lost::Any);
        }
        for relation in &mut it.relations {
            self.one(&mut relation.to, &[Kind::Actor], Lost::Id);
            self.each(&mut relation.sources, &[Kind::Source], Lost::Any);
        }
        for stance in &mut it.stances {
            self.one(&mut stance.topic, &[Kind::Topic], Lost::Any);
            self.each(&mut stance.sources, &[Kind::Source], Lost::Any);
        }
    }

    fn topic(&mut self, it: &mut Topic) {
        self.each(&mut it.broader, &[Kind::Topic], Lost::Any);
        self.each(&mut it.related, &[Kind::Topic], Lost::Any);
    }

    fn claim(&mut self, it: &mut Claim) {
        self.each(&mut it.claimant, &[Kind::Actor], Lost::Id);
        self.each(&mut it.about, &[Kind::Actor, Kind::Topic], Lost::Any);
        for change in &mut it.status_history {
            self.each(&mut change.sources, &[Kind::Source], Lost::Any);
        }
        for response in &mut it.responses {
            self.one(&mut response.actor, &[Kind::Actor], Lost::Id);
            self.each(&mut response.source, &[Kind::Source], Lost::Id);
        }
        for evidence in &mut it.evidence {
            self.one(&mut evidence.source, &[Kind::Source], Lost::Any);
        }
        for variant in &mut it.variants {
            self.each(&mut variant.source, &[Kind::Source], Lost::Id);
        }
        for related in &mut it.related {
            self.one(&mut related.claim, &[Kind::Claim], Lost::Any);
        }
    }

    fn event(&mut self, it: &mut Event) {
        self.each(&mut it.topics, &[Kind::Topic], Lost::Any);
        self.each(&mut it.claims, &[Kind::Claim], Lost::Any);
        self.each(&mut it.sources, &[Kind::Source], Lost::Any);
        for participant in &mut it.participants {
            self.one(&mut participant.actor, &[Kind::Actor], Lost::Id);
        }
        for account in &mut it.accounts {
            self.each(&mut account.source, &[Kind::Source], Lost::Id);
            self.each(&mut account.issued_by, &[Kind::Actor], Lost::Id);
        }
    }

    fn source(&mut self, it: &mut Source) {
        self.each(&mut it.based_on, &[Kind::Source], Lost::Any);
    }

    fn packet(&mut self, it: &mut Packet) {
        for item in &mut it.items {
            self.one(&mut item.briefing, &[Kind::Briefing], Lost::Any);
        }
    }

    fn each<'r>(&mut self, refs: impl IntoIterator<Item = &'r mut Ref>, kinds: &[Kind], lost: Lost) {
        for reference in refs {
            self.one(reference, kinds, lost);
        }
    }

    fn one(&mut self, reference: &mut Ref, kinds: &[Kind], lost: Lost) {
        let found = seek(self.names, &reference.text, kinds);
        reference.id = found.id().cloned();
        self.missing(reference, kinds, lost, &found);
    }

    /// Says that a reference means nothing, or more than one record.
    fn missing(&mut self, reference: &Ref, kinds: &[Kind], lost: Lost, found: &Sought) {
        match found {
            Sought::Nothing => self.not_found(reference, kinds, lost),
            Sought::Several(count, several) if lost != Lost::Fine => {
                let ids: Vec<&str> = several.iter().map(|id| id.slug.as_str()).collect();
                let message = format!("`{}` is the name of {count} records", reference.text);
                let problem = Problem::warning(reference.place.clone(), message);
                self.problems.push(problem.help(format!("write the id: {}", ids.join(" or "))));
            }
            _ => {}
        }
    }

    fn not_found(&mut self, reference: &Ref, kinds: &[Kind], lost: Lost) {
        let id_like = || super::convert::is_slug(&reference.text);
        let silent = match lost {
            Lost::Fine => true,
            Lost::Id => !id_like(),
            Lost::Any => false,
        };
        if silent || kinds.iter().all(|kind| self.names.slugs(*kind).next().is_none()) {
            return;
        }
        let words: Vec<&str> = kinds.iter().map(|kind| kind.word()).collect();
        let message = format!("unknown {} `{}`", words.join(" or "), reference.text);
        let near = kinds.iter().find_map(|kind| self.nearest(*kind, &reference.text));
        let problem = Problem::warning(reference.place.clone(), message);
        self.problems.push(match (near, kinds.first()) {
            (Some(near), _) => problem.help(format!("did you mean `{near}`?")),
            (None, Some(Kind::Briefing)) => problem.help("write the id of a briefing of this library"),
            (None, _) => problem.help(format!("add it to {}.yaml, or correct the id", file_of(kinds))),
        });
    }

    fn nearest(&mut self, kind: Kind, text: &Text) -> Option<String> {
        let key = (kind, text.clone());
        if let Some(near) = self.near.get(&key) {
            return near.clone();
        }
        if self.near.len() >= SUGGESTIONS || self.looked_at >= LOOKED_AT {
            return None;
        }
        self.looked_at += self.names.slugs(kind).count();
        let near = nearest(&slug(text), self.names.slugs(kind)).map(str::to_owned);
        self.near.insert(key, near.clone());
        near
    }
}

/// The records of these kinds that `text` is the id of, else the address, else a name.
fn seek(names: &Names, text: &str, kinds: &[Kind]) -> Sought {
    let by_id = |slug: &str| kinds.iter().find_map(|kind| names.id(*kind, slug)).cloned();
    if let Some(id) = by_id(text) {
        return Sought::One(id);
    }
    if text.contains(':')
        && let Ok(id) = text.parse::<Id>()
        && kinds.contains(&id.kind)
        && let Some(id) = names.id(id.kind, &id.slug)
    {
        return Sought::One(Arc::clone(id));
    }
    let found = named(names, &fold(text), kinds);
    // `Name (@handle)` and `Name <mail>`
    let plain = text.find(" (").or_else(|| text.find(" <"));
    if let Some(name) =
        plain.and_then(|at| text.get(..at)).filter(|name| found == Sought::Nothing && !name.is_empty())
    {
        return seek(names, name, kinds);
    }
    if found == Sought::Nothing {
        return by_id(&slug(text)).map_or(Sought::Nothing, Sought::One);
    }
    found
}

/// What a folded name means among `kinds`. The records of a name stand in the order of kinds.
fn named(names: &Names, name: &str, kinds: &[Kind]) -> Sought {
    let all = names.get(name).unwrap_or_default();
    let of_kind = |kind: &Kind| {
        let from = all.partition_point(|id| id.kind < *kind);
        let to = all.partition_point(|id| id.kind <= *kind);
        all.get(from..to).unwrap_or_default()
    };
    let found: Vec<&[Arc<Id>]> = kinds.iter().map(of_kind).collect();
    let first: Vec<Arc<Id>> = found.iter().copied().flatten().take(NAMED).cloned().collect();
    match first.as_slice() {
        [] => Sought::Nothing,
        [id] => Sought::One(Arc::clone(id)),
        _ => Sought::Several(found.iter().map(|ids| ids.len()).sum(), first),
    }
}

/// The registry that the first of `kinds` stands in.
fn file_of(kinds: &[Kind]) -> &'static str {
    match kinds.first() {
        Some(Kind::Topic) => "topics",
        Some(Kind::Claim) => "claims",
        Some(Kind::Event) => "events",
        Some(Kind::Source) => "sources",
        _ => "actors",
    }
}

/// Cuts the references of `broader` that lead back to their topic, each an error of its record.
fn cut_cycles(topics: &mut BTreeMap<String, Topic>, problems: &mut Vec<Problem>) {
    /// How far a topic has been walked.
    #[derive(Clone, Copy, PartialEq)]
    enum Seen {
        Open,
        Done,
    }
    let mut seen: HashMap<String, Seen> = HashMap::new();
    let mut cuts: BTreeSet<(String, String)> = BTreeSet::new();
    for start in topics.keys() {
        let mut path: Vec<(&str, usize)> = vec![(start, 0)];
        if seen.contains_key(start) {
            continue;
        }
        seen.insert(start.clone(), Seen::Open);
        while let Some((slug, next)) = path.last_mut() {
            let above = topics.get(*slug).and_then(|topic| topic.broader.get(*next));
            *next += 1;
            let Some(reference) = above else {
                seen.insert((*slug).to_owned(), Seen::Done);
                path.pop();
                continue;
            };
            let Some((above, _)) = reference.id.as_ref().and_then(|id| topics.get_key_value(&id.slug)) else {
                continue;
            };
            match seen.get(above) {
                Some(Seen::Open) => {
                    let message = format!("`{slug}` is made broader than itself by `{above}`");
                    let problem = Problem::error(reference.place.clone(), message);
                    problems.push(problem.help("remove one `broader` of the circle"));
                    cuts.insert(((*slug).to_owned(), above.clone()));
                }
                Some(Seen::Done) => {}
                None => {
                    seen.insert(above.clone(), Seen::Open);
                    path.push((above, 0));
                }
            }
        }
    }
    for (slug, above) in cuts {
        if let Some(topic) = topics.get_mut(&slug) {
            topic.broader.retain(|it| it.id.as_ref().is_none_or(|id| id.slug != above));
        }
    }
}

/// Makes `related` hold from both ends.
fn relate(topics: &mut BTreeMap<String, Topic>) {
    let mut missing: Vec<(String, Ref)> = Vec::new();
    let mut known: HashSet<(String, String)> = HashSet::new();
    for topic in topics.values() {
        let related = topic.related.iter().filter_map(|reference| reference.id.as_ref());
        known.extend(related.map(|id| (topic.id.slug.clone(), id.slug.clone())));
    }
    for topic in topics.values() {
        for id in topic.related.iter().filter_map(|reference| reference.id.as_ref()) {
            if **id == topic.id || !known.insert((id.slug.clone(), topic.id.slug.clone())) {
                continue;
            }
            let back = Ref {
                text: topic.name.clone(),
                id: Some(Arc::new(topic.id.clone())),
                place: topic.place.clone(),
            };
            missing.push((id.slug.clone(), back));
        }
    }
    for (slug, back) in missing {
        if let Some(topic) = topics.get_mut(&slug) {
            topic.related.push(back);
        }
    }
}
