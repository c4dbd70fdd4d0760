//! What links to what: every declared reference, readable from both ends.
//!
//! A pair of records is linked once for each relation, however often it is written, so counts are honest.

pub mod cache;
pub mod texts;

use std::collections::HashMap;
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::id::{Id, Kind};
use crate::library::Library;
use crate::library::record::{Actor, Briefing, Claim, Event, Packet, RELATIONS, Ref, Source, Topic};
use crate::mentions::Matcher;
use crate::text::Text;
use texts::Texts;

/// How one record refers to another. Read forward from the one that declares it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Relation {
    About,
    Author,
    Reader,
    Covers,
    Uses,
    Supersedes,
    Annex,
    Item,
    Parent,
    Member,
    /// One of [`RELATIONS`], by its place there; another word is the last of them, and stands in the note.
    Tie(u8),
    Stance,
    Broader,
    Related,
    Claimant,
    Response,
    RelatedClaim,
    Participant,
    Heard,
    Account,
    Evidence,
    Retold,
    BasedOn,
    Cites,
}

impl Relation {
    /// How it reads from the record that declares it: `SELF member of OTHER`.
    pub fn word(self) -> &'static str {
        self.words().0
    }

    /// How it reads from the other end: `OTHER has the member SELF`.
    pub fn inverse(self) -> &'static str {
        self.words().1
    }

    fn words(self) -> (&'static str, &'static str) {
        match self {
            Self::About => ("about", "subject of"),
            Self::Author => ("from", "author of"),
            Self::Reader => ("to", "addressed by"),
            Self::Covers => ("covers", "covered in"),
            Self::Uses => ("uses", "used in"),
            Self::Supersedes => ("supersedes", "superseded by"),
            Self::Annex => ("has the annex", "annex of"),
            Self::Item => ("holds", "in the packet"),
            Self::Parent => ("part of", "includes"),
            Self::Member => ("member of", "has the member"),
            Self::Tie(kind) => tie(kind),
            Self::Stance => ("has a stance on", "subject of a stance of"),
            Self::Broader => ("narrower than", "broader than"),
            Self::Claimant => ("made by", "made"),
            Self::Response => ("answered by", "answered"),
            Self::Related | Self::RelatedClaim => ("related to", "related to"),
            Self::Participant => ("with", "took part in"),
            Self::Heard => ("heard", "heard at"),
            Self::Account => ("told by", "tells of"),
            Self::Evidence => ("has evidence from", "evidence on"),
            Self::Retold => ("retold by", "retells"),
            Self::BasedOn => ("based on", "basis of"),
            Self::Cites => ("cites", "cited by"),
        }
    }
}

fn tie(kind: u8) -> (&'static str, &'static str) {
    RELATIONS.get(usize::from(kind)).map_or(("linked to", "linked to"), |(_, forward, back)| (forward, back))
}

/// The relation that `kind` of an actor's relation names, and whether the word is a known one.
fn tie_of(kind: &str) -> (Relation, bool) {
    let known = RELATIONS.iter().position(|(word, ..)| *word == kind);
    let at = known.unwrap_or(RELATIONS.len() - 1);
    (Relation::Tie(u8::try_from(at).unwrap_or(u8::MAX)), known.is_some())
}

/// One record refers to another. `note` is what was written beside: a role, a position.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    pub from: Arc<Id>,
    pub to: Arc<Id>,
    pub relation: Relation,
    pub note: Option<Text>,
}

/// All links of a library, in the order of their records. A copy shares what it holds.
#[derive(Clone, Debug, Default)]
pub struct Links {
    /// Every record, in order; a record's place here is its rank.
    ids: Arc<[Arc<Id>]>,
    outgoing: Arc<Index>,
    incoming: Arc<Index>,
    /// `None` where the names could not be made ready for the search.
    matcher: Option<Arc<Matcher>>,
    texts: Option<Arc<Texts>>,
}

/// Links in the order of one of their ends; those of rank `n` begin at `starts[n]`.
#[derive(Debug, Default)]
struct Index {
    links: Vec<Link>,
    starts: Vec<usize>,
}

impl Links {
    /// The declared links, and the names made ready; what the texts say is added by [`Links::with`].
    pub fn new(library: &Library) -> Self {
        let ids = records(library);
        let mut found = Collector::new(&ids);
        collect(library, &mut found);
        let mut raw = found.raw;
        raw.sort_by_key(Raw::forward);
        raw.dedup_by_key(|it| it.forward());
        let outgoing = Index::new(&ids, &raw, |it| it.from);
        raw.sort_by_key(Raw::backward);
        let incoming = Index::new(&ids, &raw, |it| it.to);
        let matcher = Some(Arc::new(Matcher::new(library)));
        let (outgoing, incoming) = (Arc::new(outgoing), Arc::new(incoming));
        Self { ids: ids.into(), outgoing, incoming, matcher, texts: None }
    }

    /// All links, those of the texts too. What `cache` keeps is not read again, and it is brought up to date.
    pub fn whole(library: &Library, cache: Option<&Path>, tick: &(dyn Fn() + Sync)) -> Self {
        let links = Self::new(library);
        let texts = links.read_texts(library, cache, tick);
        links.with(texts)
    }

    /// Reads the texts of the library, those that have changed since `cache` was written.
    ///
    /// A cache that cannot be written costs only the time to read the texts again.
    pub fn read_texts(&self, library: &Library, cache: Option<&Path>, tick: &(dyn Fn() + Sync)) -> Texts {
        let kept = cache.map(|folder| cache::load(&kept_in(folder))).unwrap_or_default();
        self.read_changed(library, &kept, cache, tick)
    }

    /// Reads the texts that have changed since `old` was read, and brings `cache` up to date.
    pub fn read_changed(
        &self,
        library: &Library,
        old: &Texts,
        cache: Option<&Path>,
        tick: &(dyn Fn() + Sync),
    ) -> Texts {
        let Some(matcher) = &self.matcher else { return Texts::default() };
        let texts = Texts::new(library, matcher, old, tick);
        if let Some(folder) = cache.filter(|_| texts != *old) {
            let _again_next_time = cache::save(&kept_in(folder), &texts);
        }
        texts
    }

    /// Keeps what the texts say in `cache`; where that fails, they are read again the next time.
    pub fn keep(&self, cache: &Path) {
        if let Some(texts) = &self.texts {
            let _again_next_time = cache::save(&kept_in(cache), texts);
        }
    }

    /// These links and what the texts say.
    #[must_use]
    pub fn with(self, texts: Texts) -> Self {
        Self { texts: Some(Arc::new(texts)), ..self }
    }

    /// What finds names in a text.
    pub fn matcher(&self) -> Option<&Matcher> {
        self.matcher.as_deref()
    }

    /// What the texts say; `None` until they have been read.
    pub fn texts(&self) -> Option<&Texts> {
        self.texts.as_deref()
    }

    /// What `id` refers to, by relation.
    pub fn from(&self, id: &Id) -> &[Link] {
        self.rank(id).map(|rank| self.outgoing.of(rank)).unwrap_or_default()
    }

    /// What refers to `id`, by relation.
    pub fn to(&self, id: &Id) -> &[Link] {
        self.rank(id).map(|rank| self.incoming.of(rank)).unwrap_or_default()
    }

    fn rank(&self, id: &Id) -> Option<usize> {
        self.ids.binary_search_by(|it| (**it).cmp(id)).ok()
    }
}

/// The file of a cache that keeps the texts.
fn kept_in(cache: &Path) -> PathBuf {
    cache.join("mentions")
}

impl Index {
    /// `raw` must be in the order of `end`.
    fn new(ids: &[Arc<Id>], raw: &[Raw], end: fn(&Raw) -> usize) -> Self {
        let links = raw.iter().filter_map(|it| it.link(ids)).collect();
        let mut starts = vec![0; ids.len() + 1];
        for it in raw {
            if let Some(count) = starts.get_mut(end(it) + 1) {
                *count += 1;
            }
        }
        let mut sum = 0;
        for start in &mut starts {
            sum += *start;
            *start = sum;
        }
        Self { links, starts }
    }

    fn of(&self, rank: usize) -> &[Link] {
        let range = self.range(rank).unwrap_or_default();
        self.links.get(range).unwrap_or_default()
    }

    fn range(&self, rank: usize) -> Option<Range<usize>> {
        Some(*self.starts.get(rank)?..*self.starts.get(rank + 1)?)
    }
}

/// Every record that can be linked, in the order of ids.
fn records(library: &Library) -> Vec<Arc<Id>> {
    let mut ids: Vec<Arc<Id>> = Vec::new();
    let mut add = |kind, slug: &String| ids.push(Arc::new(Id::new(kind, slug.clone())));
    library.briefings.keys().for_each(|slug| add(Kind::Briefing, slug));
    library.actors.keys().for_each(|slug| add(Kind::Actor, slug));
    library.topics.keys().for_each(|slug| add(Kind::Topic, slug));
    library.claims.keys().for_each(|slug| add(Kind::Claim, slug));
    library.events.keys().for_each(|slug| add(Kind::Event, slug));
    library.sources.keys().for_each(|slug| add(Kind::Source, slug));
    library.terms.keys().for_each(|slug| add(Kind::Term, slug));
    library.packets.keys().for_each(|slug| add(Kind::Packet, slug));
    ids.sort_unstable();
    ids
}

/// A link between two ranks.
struct Raw {
    from: usize,
    to: usize,
    relation: Relation,
    note: Option<Text>,
}

impl Raw {
    fn forward(&self) -> (usize, Relation, usize) {
        (self.from, self.relation, self.to)
    }

    fn backward(&self) -> (usize, Relation, usize) {
        (self.to, self.relation, self.from)
    }

    fn link(&self, ids: &[Arc<Id>]) -> Option<Link> {
        let (from, to) = (Arc::clone(ids.get(self.from)?), Arc::clone(ids.get(self.to)?));
        Some(Link { from, to, relation: self.relation, note: self.note.clone() })
    }
}

/// Gathers the links of one record after another.
struct Collector<'a> {
    ranks: HashMap<&'a Id, usize>,
    from: usize,
    raw: Vec<Raw>,
}

impl<'a> Collector<'a> {
    fn new(ids: &'a [Arc<Id>]) -> Self {
        let ranks = ids.iter().enumerate().map(|(rank, id)| (&**id, rank)).collect();
        Self { ranks, from: 0, raw: Vec::new() }
    }

    /// Whether the record is one of the library's; what follows is said by it.
    fn begin(&mut self, id: &Id) -> bool {
        let rank = self.ranks.get(id).copied();
        self.from = rank.unwrap_or_default();
        rank.is_some()
    }

    fn id(&mut self, relation: Relation, to: Option<&Id>, note: Option<&Text>) {
        let to = to.and_then(|id| self.ranks.get(id).copied()).filter(|to| *to != self.from);
        if let Some(to) = to {
            self.raw.push(Raw { from: self.from, to, relation, note: note.cloned() });
        }
    }

    fn one(&mut self, relation: Relation, to: &Ref, note: Option<&Text>) {
        self.id(relation, to.id.as_deref(), note);
    }

    fn maybe(&mut self, relation: Relation, to: Option<&Ref>, note: Option<&Text>) {
        self.id(relation, to.and_then(|it| it.id.as_deref()), note);
    }

    fn all(&mut self, relation: Relation, to: &[Ref]) {
        for it in to {
            self.one(relation, it, None);
        }
    }
}

fn collect(library: &Library, found: &mut Collector<'_>) {
    library.briefings.values().for_each(|it| briefing(it, found));
    library.actors.values().for_each(|it| actor(it, found));
    library.topics.values().for_each(|it| topic(it, found));
    library.claims.values().for_each(|it| claim(it, found));
    library.events.values().for_each(|it| event(it, found));
    library.sources.values().for_each(|it| source(it, found));
    library.packets.values().for_each(|it| packet(it, found));
}

fn briefing(it: &Briefing, found: &mut Collector<'_>) {
    if !found.begin(&it.id) {
        return;
    }
    found.all(Relation::About, &it.actors);
    found.all(Relation::About, &it.topics);
    found.all(Relation::Author, &it.from);
    found.all(Relation::Reader, &it.to);
    found.all(Relation::Covers, &it.events);
    found.all(Relation::Uses, &it.claims);
    found.all(Relation::Cites, &it.sources);
    found.all(Relation::Supersedes, &it.supersedes);
    for point in &it.points {
        found.all(Relation::Uses, &point.claims);
    }
    for tab in &it.tabs {
        found.id(Relation::Annex, tab.briefing.as_ref(), tab.label.as_ref());
    }
}

fn actor(it: &Actor, found: &mut Collector<'_>) {
    if !found.begin(&it.id) {
        return;
    }
    found.maybe(Relation::Parent, it.parent.as_ref(), None);
    found.all(Relation::Cites, &it.sources);
    for membership in &it.memberships {
        found.one(Relation::Member, &membership.organization, membership.role.as_ref());
        found.all(Relation::Cites, &membership.sources);
    }
    for relation in &it.relations {
        let (tie, known) = tie_of(&relation.kind);
        let note = if known { relation.role.as_ref() } else { Some(&relation.kind) };
        found.one(tie, &relation.to, note);
        found.all(Relation::Cites, &relation.sources);
    }
    for stance in &it.stances {
        found.one(Relation::Stance, &stance.topic, Some(&stance.position));
        found.all(Relation::Cites, &stance.sources);
    }
}

fn topic(it: &Topic, found: &mut Collector<'_>) {
    if !found.begin(&it.id) {
        return;
    }
    found.all(Relation::Broader, &it.broader);
    // Related topics name each other after loading: the link is kept once, from the first of the two.
    for other in it.related.iter().filter(|other| other.id.as_ref().is_some_and(|id| **id > it.id)) {
        found.one(Relation::Related, other, None);
    }
}

fn claim(it: &Claim, found: &mut Collector<'_>) {
    if !found.begin(&it.id) {
        return;
    }
    found.maybe(Relation::Claimant, it.claimant.as_ref(), it.hedge.as_ref());
    found.all(Relation::About, &it.about);
    for change in &it.status_history {
        found.all(Relation::Cites, &change.sources);
    }
    for response in &it.responses {
        found.one(Relation::Response, &response.actor, Some(&response.position));
        found.maybe(Relation::Cites, response.source.as_ref(), None);
    }
    for evidence in &it.evidence {
        found.one(Relation::Evidence, &evidence.source, Some(&evidence.stance));
    }
    for variant in &it.variants {
        found.maybe(Relation::Retold, variant.source.as_ref(), variant.drift.as_ref());
    }
    for related in &it.related {
        found.one(Relation::RelatedClaim, &related.claim, Some(&related.relation));
    }
}

fn event(it: &Event, found: &mut Collector<'_>) {
    if !found.begin(&it.id) {
        return;
    }
    found.all(Relation::About, &it.topics);
    found.all(Relation::Heard, &it.claims);
    found.all(Relation::Cites, &it.sources);
    for participant in &it.participants {
        found.one(Relation::Participant, &participant.actor, participant.role.as_ref());
    }
    for account in &it.accounts {
        found.maybe(Relation::Account, account.source.as_ref(), account.form.as_ref());
        found.maybe(Relation::Account, account.issued_by.as_ref(), account.form.as_ref());
    }
}

fn source(it: &Source, found: &mut Collector<'_>) {
    if found.begin(&it.id) {
        found.all(Relation::BasedOn, &it.based_on);
    }
}

fn packet(it: &Packet, found: &mut Collector<'_>) {
    if !found.begin(&it.id) {
        return;
    }
    for item in &it.items {
        found.one(Relation::Item, &item.briefing, item.note.as_ref());
    }
}
