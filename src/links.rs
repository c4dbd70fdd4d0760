//! What links to what: every declared reference, readable from both ends.
//!
//! A pair of records is linked once for each relation, however often it is written, so counts are honest.

mod by;
mod cache;
mod spots;
pub mod texts;

use std::collections::HashMap;
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::id::Id;
use crate::library::Library;
use crate::library::record::{Actor, Briefing, Claim, Event, Packet, RELATIONS, Ref, Source, Topic};
use crate::mentions::Matcher;
use crate::text::Text;
use texts::{Texts, Witness};

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

/// All links of a library. A copy shares what it holds.
#[derive(Clone, Debug, Default)]
pub struct Links {
    declared: Arc<Declared>,
    matcher: Arc<Matcher>,
    texts: Option<Arc<Texts>>,
}

/// The declared links, each held once.
#[derive(Debug, Default)]
struct Declared {
    /// Every record, in order; a record's place here is its rank.
    ids: Vec<Arc<Id>>,
    /// In the order of the records that declare them.
    links: Vec<Link>,
    /// Where those of each rank begin.
    outgoing: Vec<u32>,
    /// The places of the links in the order of the records that they lead to.
    backward: Vec<u32>,
    /// Where those of each rank begin.
    incoming: Vec<u32>,
}

impl Links {
    /// The declared links, and the names made ready; what the texts say is added by [`Links::with`].
    pub fn new(library: &Library) -> Self {
        let declared = Arc::new(Declared::new(library));
        let matcher = Arc::new(Matcher::new(library));
        Self { declared, matcher, texts: None }
    }

    /// All links, those of the texts too. What `cache` keeps is not read again, and it is brought up to date.
    pub fn whole(library: &Library, cache: Option<&Path>, witness: &dyn Witness) -> Self {
        let links = Self::new(library);
        let texts = links.read_texts(library, cache, witness);
        links.with(texts)
    }

    /// Reads the texts of the library, those that have changed since `cache` was written.
    ///
    /// A cache that cannot be written costs only the time to read the texts again.
    pub fn read_texts(&self, library: &Library, cache: Option<&Path>, witness: &dyn Witness) -> Texts {
        let kept =
            cache.map(|folder| cache::load(&kept_in(folder), library, &self.matcher)).unwrap_or_default();
        self.read_changed(library, &kept, cache, witness)
    }

    /// Reads the texts that have changed since `old` was read, and brings `cache` up to date.
    pub fn read_changed(
        &self,
        library: &Library,
        old: &Texts,
        cache: Option<&Path>,
        witness: &dyn Witness,
    ) -> Texts {
        let texts = Texts::new(library, &self.matcher, old, witness);
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
    pub fn matcher(&self) -> &Matcher {
        &self.matcher
    }

    /// What the texts say; `None` until they have been read.
    pub fn texts(&self) -> Option<&Texts> {
        self.texts.as_deref()
    }

    /// The briefings whose text names or links to `id`, in the order of ids; none until the texts have been read.
    pub fn naming(&self, id: &Id) -> impl Iterator<Item = &Arc<Id>> {
        self.texts.iter().flat_map(move |texts| texts.briefings(id))
    }

    /// What `id` refers to, by relation.
    pub fn from(&self, id: &Id) -> &[Link] {
        let declared = &*self.declared;
        let links = declared.rank(id).and_then(|rank| declared.links.get(range(&declared.outgoing, rank)?));
        links.unwrap_or_default()
    }

    /// What refers to `id`, by relation.
    pub fn to(&self, id: &Id) -> impl ExactSizeIterator<Item = &Link> + Clone {
        let declared = &*self.declared;
        let places =
            declared.rank(id).and_then(|rank| declared.backward.get(range(&declared.incoming, rank)?));
        places.unwrap_or_default().iter().map(|place| &declared.links[*place as usize])
    }
}

/// The file of a cache that keeps the texts.
fn kept_in(cache: &Path) -> PathBuf {
    cache.join("mentions")
}

impl Declared {
    fn new(library: &Library) -> Self {
        let ids = library.names.all().to_vec();
        let mut found = Collector::new(&ids);
        collect(library, &mut found);
        let mut raw = found.raw;
        raw.sort_by_key(Raw::forward);
        raw.dedup_by_key(|it| it.forward());
        // Far more links than there can be records would be needed to reach the end of these numbers.
        raw.truncate(u32::MAX as usize);
        let outgoing = starts(ids.len(), raw.iter().map(|it| it.from));
        let incoming = starts(ids.len(), raw.iter().map(|it| it.to));
        let mut backward: Vec<u32> = (0..).take(raw.len()).collect();
        backward.sort_unstable_by_key(|place| raw.get(*place as usize).map(Raw::backward));
        let mut links: Vec<_> = raw.into_iter().filter_map(|it| it.link(&ids)).collect();
        links.shrink_to_fit();
        Self { ids, links, outgoing, backward, incoming }
    }

    fn rank(&self, id: &Id) -> Option<usize> {
        self.ids.binary_search_by(|it| (**it).cmp(id)).ok()
    }
}

/// Where the links of each of so many ranks begin, and where the last ends, if they stand in the order of ranks.
fn starts(ranks: usize, of: impl Iterator<Item = usize>) -> Vec<u32> {
    let mut starts = vec![0; ranks + 1];
    for rank in of {
        if let Some(count) = starts.get_mut(rank + 1) {
            *count += 1;
        }
    }
    let mut sum = 0;
    for start in &mut starts {
        sum += *start;
        *start = sum;
    }
    starts
}

fn range(starts: &[u32], rank: usize) -> Option<Range<usize>> {
    Some(*starts.get(rank)? as usize..*starts.get(rank + 1)? as usize)
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

    fn link(self, ids: &[Arc<Id>]) -> Option<Link> {
        let (from, to) = (Arc::clone(ids.get(self.from)?), Arc::clone(ids.get(self.to)?));
        Some(Link { from, to, relation: self.relation, note: self.note })
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
