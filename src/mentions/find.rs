//! What is found in one text, and what it means there: weak aliases need the whole text to be judged.

use std::collections::{BTreeSet, HashMap};
use std::ops::Range;
use std::sync::Arc;

use foldhash::fast::RandomState;

use super::edges::before;
use super::fold::Folded;
use super::index::Here;
use super::name::{Name, Record, Stand};
use super::passage::Passage;
use super::surname::opens;
use super::{Matcher, Mention, SHARED, Who, Whom};
use crate::id::Id;

/// Words that are a name, or several names of the same letters, by every rule but that of weak aliases.
pub struct Find<'a> {
    /// Which passage it stands in, and which bytes of it.
    pub passage: usize,
    pub range: Range<usize>,
    names: Held<'a>,
    /// Which names of the matcher fold to these words.
    number: usize,
    /// Whether a weak alias stands where a capital means nothing: a sentence begins, or it is a heading.
    opens: bool,
}

/// Those names of the same letters that may stand at a place: none where the words are another person's surname.
#[derive(Clone, Copy)]
struct Held<'a> {
    all: &'a [Name],
    /// A bit for each that may.
    held: u64,
}

const _: () = assert!(SHARED <= u64::BITS as usize, "a bit for each of those that share a name");

/// A find, whom it means, and by which name.
pub struct Meant<'b, 'a> {
    pub find: &'b Find<'a>,
    pub who: Who<'a>,
    pub name: &'a Name,
}

/// What was found in a whole text.
#[derive(Default)]
pub struct Whole<'a> {
    /// In order, none inside another.
    finds: Vec<Find<'a>>,
    /// The records whose full name stands in it, or a link to them; in order.
    full: Vec<Record>,
    /// Weak aliases that stand in small letters in it, by number: there they are plain words. In order.
    plain: Vec<usize>,
}

impl<'a> Held<'a> {
    fn names(self) -> impl Iterator<Item = &'a Name> {
        self.all.iter().enumerate().filter(move |(nth, _)| self.held >> nth & 1 == 1).map(|(_, name)| name)
    }

    fn is_empty(self) -> bool {
        self.held == 0
    }
}

impl<'a> Whole<'a> {
    /// `written` are the links that the author wrote.
    pub fn read(matcher: &'a Matcher, passages: &[Passage], written: &[Mention<'_>]) -> Self {
        let (mut folded, mut here) = (Folded::default(), Here::new());
        let mut whole = Self::default();
        for (nth, passage) in passages.iter().enumerate() {
            folded.read(&passage.text);
            // leftmost first, the longest at a place, none inside another
            matcher.index.find(&folded.text, &mut here, |here| {
                let longest = here.iter().rev().find(|(range, number)| {
                    let range = folded.back(range.start).zip(folded.back(range.end));
                    range.is_some_and(|(start, end)| whole.take(matcher, (nth, passage), start..end, *number))
                });
                longest.map_or(0, |(range, _)| range.end)
            });
        }
        whole.full.extend(whole.finds.iter().filter_map(Find::full));
        whole.full.extend(written.iter().flat_map(|it| it.who.all()).filter_map(|whom| whom.number));
        whole.full.sort_unstable();
        whole.plain.sort_unstable();
        whole
    }

    /// The finds that mean someone, outside links, in order: with whom, and by which name.
    pub fn meant(&self, passages: &[Passage], never: Option<&BTreeSet<Arc<Id>>>) -> Vec<Meant<'_, 'a>> {
        let mut bearers = Bearers::default();
        let mut all = Vec::with_capacity(self.finds.len());
        for find in &self.finds {
            let Some(passage) = passages.get(find.passage) else { break };
            if let Some((who, name)) = self.meaning(find, &bearers, never)
                && !passage.linked(&find.range)
                && !passage.told(&find.range)
            {
                all.push(Meant { find, who, name });
            }
            bearers.pass(find, passage.heading);
        }
        all
    }

    /// Which record a find means; `None` where it means none.
    fn meaning(
        &self,
        find: &Find<'a>,
        bearers: &Bearers,
        never: Option<&BTreeSet<Arc<Id>>>,
    ) -> Option<(Who<'a>, &'a Name)> {
        let plain = || find.opens && self.plain.binary_search(&find.number).is_ok();
        let weak = |name: &Name| {
            !plain() && self.full.binary_search(&name.record).is_ok() && !bearers.another(find, name.record)
        };
        let links = |name: &&Name| name.rule.is_some() && (!name.is_weak() || weak(name));
        let candidates = || find.names.names().filter(links);
        let mut ids: Vec<_> = Vec::new();
        let mut one = None;
        for name in candidates().filter(|name| never.is_none_or(|never| !never.contains(&name.id))) {
            match one {
                None => one = Some(name),
                Some(first) if first.record == name.record => {}
                Some(first) if ids.is_empty() => ids.extend([first.record, name.record]),
                Some(_) => ids.push(name.record),
            }
        }
        if ids.is_empty() {
            return one.map(|name| (Who::One(name.whom()), name));
        }
        if candidates().all(Name::is_weak) {
            return None;
        }
        ids.sort_unstable();
        ids.dedup();
        let first = |record: &Record| candidates().find(|name| name.record == *record);
        let several = ids.iter().filter_map(first).map(Name::whom).collect();
        Some((Who::Several(several), ids.first().and_then(first)?))
    }
}

/// Who was last named in full before a place in a text: the record, or another of the same surname.
#[derive(Default)]
struct Bearers {
    /// How many finds lie behind.
    passed: usize,
    /// When each record was last named in full.
    full: HashMap<Record, usize, RandomState>,
    /// When each surname was last another person's.
    others: HashMap<usize, usize, RandomState>,
}

impl Bearers {
    /// Whether the last person of that surname before `find` is another than `record`.
    fn another(&self, find: &Find<'_>, record: Record) -> bool {
        let other = self.others.get(&find.number);
        other.is_some_and(|other| self.full.get(&record).is_none_or(|full| full < other))
    }

    /// Goes on behind `find`.
    ///
    /// In a heading every word may have a capital, and none need be a given name.
    fn pass(&mut self, find: &Find<'_>, heading: bool) {
        self.passed += 1;
        if find.names.is_empty() && !heading {
            self.others.insert(find.number, self.passed);
        } else if let Some(record) = find.full() {
            self.full.insert(record, self.passed);
        }
    }
}

impl Find<'_> {
    /// The record whose full name this is, where it is that of one.
    fn full(&self) -> Option<Record> {
        let full = |name: &&Name| name.rule.is_some() && !name.is_weak();
        let mut records = self.names.names().filter(full).map(|name| name.record);
        let first = records.next()?;
        records.all(|record| record == first).then_some(first)
    }
}

impl Name {
    fn whom(&self) -> Whom<'_> {
        Whom { id: &self.id, number: Some(self.record) }
    }
}

impl<'a> Whole<'a> {
    /// Adds the names of `number` at `range` of the `nth` passage, if any may stand there by the rules.
    fn take(
        &mut self,
        matcher: &'a Matcher,
        (nth, passage): (usize, &Passage),
        range: Range<usize>,
        number: usize,
    ) -> bool {
        let silent = passage.templated(&range);
        let all = matcher.names.get(number).filter(|_| !silent).map_or(&[][..], Vec::as_slice);
        let (mut names, mut weak, mut another, mut plain) = (Held { all, held: 0 }, false, false, false);
        let mut last: Option<(&Name, Stand)> = None;
        for (nth, name) in all.iter().enumerate() {
            // Of many who share a name only the first is looked at closely.
            let same = last.filter(|(other, _)| name.stands_as(other)).map(|(_, stand)| stand);
            let stand = same.unwrap_or_else(|| name.stand(&passage.text, &range));
            last = Some((name, stand));
            match stand {
                Stand::Holds => {
                    names.held |= 1 << nth;
                    weak |= name.is_weak();
                }
                Stand::Another => another = true,
                Stand::Plain => plain = true,
                Stand::No => {}
            }
        }
        if plain {
            self.plain.push(number);
        }
        let holds = !names.is_empty();
        if holds || another {
            let opens = weak && (passage.heading || opens(before(&passage.text, range.start)));
            self.finds.push(Find { passage: nth, range, names, number, opens });
        }
        holds
    }
}
