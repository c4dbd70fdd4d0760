//! References by id or by name find their records; what is not found is named with the nearest id.
//!
//! Where a library has no registry of a kind, references of that kind are plain words and nothing is said.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use super::Library;
use super::problem::Problem;
use super::record::{Actor, Briefing, Claim, Event, Packet, Ref, Source, Topic};
use crate::id::{Id, Kind};
use crate::text::{Text, fold, nearest, slug};

/// How many times the nearest id is looked for: it costs a look at every id there is.
const SUGGESTIONS: usize = 200;

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

/// Resolves every reference of the library. `own_topics` says of each briefing, in order, whether it names
/// its topics as this format does.
pub fn all(library: &mut Library, own_topics: &[bool]) {
    let mut briefings = std::mem::take(&mut library.briefings);
    let mut actors = std::mem::take(&mut library.actors);
    let mut topics = std::mem::take(&mut library.topics);
    let mut claims = std::mem::take(&mut library.claims);
    let mut events = std::mem::take(&mut library.events);
    let mut sources = std::mem::take(&mut library.sources);
    let mut packets = std::mem::take(&mut library.packets);
    let known = Known::new([
        (Kind::Briefing, ids(&briefings)),
        (Kind::Actor, ids(&actors)),
        (Kind::Topic, ids(&topics)),
        (Kind::Claim, ids(&claims)),
        (Kind::Event, ids(&events)),
        (Kind::Source, ids(&sources)),
    ]);
    let mut resolver = Resolver { names: &library.names, known, near: HashMap::new(), problems: Vec::new() };
    for (briefing, own) in briefings.values_mut().zip(own_topics) {
        resolver.briefing(briefing, *own);
    }
    for it in actors.values_mut() {
        resolver.actor(it);
    }
    for it in topics.values_mut() {
        resolver.topic(it);
    }
    for it in claims.values_mut() {
        resolver.claim(it);
    }
    for it in events.values_mut() {
        resolver.event(it);
    }
    for it in sources.values_mut() {
        resolver.source(it);
    }
    for it in packets.values_mut() {
        resolver.packet(it);
    }
    let mut problems = resolver.problems;
    cut_cycles(&mut topics, &mut problems);
    relate(&mut topics);
    library.problems.append(&mut problems);
    library.briefings = briefings;
    library.actors = actors;
    library.topics = topics;
    library.claims = claims;
    library.events = events;
    library.sources = sources;
    library.packets = packets;
}

fn ids<T>(records: &BTreeMap<String, T>) -> Vec<String> {
    records.keys().cloned().collect()
}

/// The ids there are of each kind, sorted.
struct Known(Vec<(Kind, Vec<String>)>);

impl Known {
    fn new<const N: usize>(ids: [(Kind, Vec<String>); N]) -> Self {
        Self(ids.into())
    }

    fn of(&self, kind: Kind) -> &[String] {
        self.0.iter().find(|(known, _)| *known == kind).map_or(&[], |(_, ids)| ids)
    }

    fn has(&self, kind: Kind, slug: &str) -> bool {
        self.of(kind).binary_search_by(|known| known.as_str().cmp(slug)).is_ok()
    }
}

struct Resolver<'a> {
    names: &'a BTreeMap<String, Vec<Id>>,
    known: Known,
    near: HashMap<(Kind, Text), Option<String>>,
    problems: Vec<Problem>,
}

impl Resolver<'_> {
    fn briefing(&mut self, it: &mut Briefing, own_topics: bool) {
        let topics = if own_topics { Lost::Any } else { Lost::Fine };
        self.each(&mut it.supersedes, &[Kind::Briefing], Lost::Any);
        self.each(&mut it.from, &[Kind::Actor], Lost::Fine);
        self.each(&mut it.to, &[Kind::Actor], Lost::Fine);
        self.each(&mut it.actors, &[Kind::Actor], Lost::Any);
        self.each(&mut it.topics, &[Kind::Topic], topics);
        self.each(&mut it.events, &[Kind::Event], Lost::Any);
        self.each(&mut it.claims, &[Kind::Claim], Lost::Any);
        self.each(&mut it.sources, &[Kind::Source], Lost::Any);
        for point in &mut it.points {
            self.each(&mut point.claims, &[Kind::Claim], Lost::Any);
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
        match self.look_up(&reference.text, kinds).as_slice() {
            [id] => reference.id = Some(id.clone()),
            [] => self.not_found(reference, kinds, lost),
            several if lost != Lost::Fine => {
                let ids: Vec<&str> = several.iter().take(4).map(|id| id.slug.as_str()).collect();
                let message = format!("`{}` is the name of {} records", reference.text, several.len());
                let problem = Problem::warning(reference.place.clone(), message);
                self.problems.push(problem.help(format!("write the id: {}", ids.join(" or "))));
            }
            _ => {}
        }
    }

    /// The records of these kinds that `text` is the id of, else the address, else a name.
    fn look_up(&self, text: &str, kinds: &[Kind]) -> Vec<Id> {
        let by_id = |slug: &str| kinds.iter().find(|kind| self.known.has(**kind, slug));
        if let Some(kind) = by_id(text) {
            return vec![Id::new(*kind, text)];
        }
        if let Ok(id) = text.parse::<Id>()
            && kinds.contains(&id.kind)
            && self.known.has(id.kind, &id.slug)
        {
            return vec![id];
        }
        let named = self.names.get(&fold(text)).map(Vec::as_slice).unwrap_or_default();
        let named: Vec<Id> = named.iter().filter(|id| kinds.contains(&id.kind)).cloned().collect();
        // `Name (@handle)` and `Name <mail>`
        let plain = text.find(" (").or_else(|| text.find(" <"));
        if let Some(name) =
            plain.and_then(|at| text.get(..at)).filter(|name| named.is_empty() && !name.is_empty())
        {
            return self.look_up(name, kinds);
        }
        if named.is_empty() {
            let slug = slug(text);
            return by_id(&slug).map(|kind| Id::new(*kind, slug.as_str())).into_iter().collect();
        }
        named
    }

    fn not_found(&mut self, reference: &Ref, kinds: &[Kind], lost: Lost) {
        let id_like = || super::convert::is_slug(&reference.text);
        let silent = match lost {
            Lost::Fine => true,
            Lost::Id => !id_like(),
            Lost::Any => false,
        };
        if silent || kinds.iter().all(|kind| self.known.of(*kind).is_empty()) {
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
        if self.near.len() >= SUGGESTIONS {
            return None;
        }
        let near = nearest(&slug(text), self.known.of(kind).iter().map(String::as_str)).map(str::to_owned);
        self.near.insert(key, near.clone());
        near
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
            if *id == topic.id || !known.insert((id.slug.clone(), topic.id.slug.clone())) {
                continue;
            }
            let back =
                Ref { text: topic.name.clone(), id: Some(topic.id.clone()), place: topic.place.clone() };
            missing.push((id.slug.clone(), back));
        }
    }
    for (slug, back) in missing {
        if let Some(topic) = topics.get_mut(&slug) {
            topic.related.push(back);
        }
    }
}
