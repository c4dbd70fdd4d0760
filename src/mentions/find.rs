//! What is found in one text, and what it means there: weak aliases need the whole text to be judged.

use std::collections::{BTreeSet, HashMap};
use std::ops::Range;
use std::sync::Arc;

use super::edges::before;
use super::fold::Folded;
use super::name::{Name, Record, Stand};
use super::passage::Passage;
use super::surname::opens;
use super::{Matcher, Who};
use crate::document::Target;
use crate::id::Id;

/// Words that are a name, or several names of the same letters, by every rule but that of weak aliases.
pub struct Find<'a> {
    pub range: Range<usize>,
    /// Empty where the words are another person's surname.
    names: Vec<&'a Name>,
    /// Which names of the matcher fold to these words.
    number: usize,
    /// Whether a weak alias stands where a capital means nothing: a sentence begins, or it is a heading.
    opens: bool,
}

/// A find, whom it means, and by which name.
pub struct Meant<'b, 'a> {
    pub find: &'b Find<'a>,
    pub who: Who,
    pub name: &'a Name,
}

/// What was found in one passage.
#[derive(Default)]
struct Finds<'a> {
    /// In order, none inside another.
    finds: Vec<Find<'a>>,
    /// Weak aliases that stand in small letters, by number.
    plain: Vec<usize>,
}

/// What was found in a whole text.
pub struct Whole<'a> {
    passages: Vec<Finds<'a>>,
    /// The records whose full name stands in it, or a link to them.
    full: BTreeSet<Record>,
    /// Weak aliases that stand in small letters in it, by number: there they are plain words.
    plain: BTreeSet<usize>,
}

impl<'a> Whole<'a> {
    pub fn read(matcher: &'a Matcher, passages: &'a [Passage]) -> Self {
        let mut folded = Folded::default();
        let found: Vec<_> = passages
            .iter()
            .map(|passage| {
                folded.read(&passage.text);
                matcher.finds(passage, &folded)
            })
            .collect();
        let plain = found.iter().flat_map(|it| &it.plain).copied().collect();
        let mut full: BTreeSet<_> = found.iter().flat_map(|it| &it.finds).filter_map(Find::full).collect();
        full.extend(passages.iter().flat_map(|it| &it.links).filter_map(|(_, target)| match target {
            Target::Page(address) => matcher.known.get(&address.id).copied(),
            _ => None,
        }));
        Self { passages: found, full, plain }
    }

    /// The finds that mean someone, outside links, passage by passage: with whom, and by which name.
    pub fn meant(&self, passages: &[Passage], never: Option<&BTreeSet<Arc<Id>>>) -> Vec<Vec<Meant<'_, 'a>>> {
        let mut bearers = Bearers::default();
        let mut all = Vec::with_capacity(passages.len());
        for (found, passage) in self.passages.iter().zip(passages) {
            let mut here = Vec::new();
            for find in &found.finds {
                if let Some((who, name)) = self.meaning(find, &bearers, never)
                    && !passage.linked(&find.range)
                    && !passage.told(&find.range)
                {
                    here.push(Meant { find, who, name });
                }
                bearers.pass(find, passage.heading);
            }
            all.push(here);
        }
        all
    }

    /// Which record a find means; `None` where it means none.
    fn meaning(
        &self,
        find: &Find<'a>,
        bearers: &Bearers,
        never: Option<&BTreeSet<Arc<Id>>>,
    ) -> Option<(Who, &'a Name)> {
        let plain = find.opens && self.plain.contains(&find.number);
        let weak =
            |name: &Name| !plain && self.full.contains(&name.record) && !bearers.another(find, name.record);
        let links = |name: &&Name| name.rule.is_some() && (!name.is_weak() || weak(name));
        let candidates = || find.names.iter().copied().filter(links);
        let may = |id: &&'a Arc<Id>| never.is_none_or(|never| !never.contains(*id));
        let mut ids: Vec<_> = candidates().map(|name| &name.id).filter(may).collect();
        ids.sort_unstable();
        ids.dedup();
        let who = match ids.as_slice() {
            [] => return None,
            [one] => Who::One(Arc::clone(one)),
            several if candidates().any(|name| !name.is_weak()) => {
                Who::Several(several.iter().copied().cloned().collect())
            }
            _ => return None,
        };
        let name = candidates().find(|name| ids.first() == Some(&&name.id))?;
        Some((who, name))
    }
}

/// Who was last named in full before a place in a text: the record, or another of the same surname.
#[derive(Default)]
struct Bearers {
    /// How many finds lie behind.
    passed: usize,
    /// When each record was last named in full.
    full: HashMap<Record, usize>,
    /// When each surname was last another person's.
    others: HashMap<usize, usize>,
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
        let full = |name: &&&Name| name.rule.is_some() && !name.is_weak();
        let mut records = self.names.iter().filter(full).map(|name| name.record);
        let first = records.next()?;
        records.all(|record| record == first).then_some(first)
    }
}

impl Matcher {
    /// The names in `passage` that hold against the rules: leftmost first, the longest at a place, none inside another.
    fn finds(&self, passage: &Passage, folded: &Folded) -> Finds<'_> {
        let mut found = Finds::default();
        self.index.find(&folded.text, |here| {
            let longest = here.iter().rev().find(|(range, number)| {
                let (start, end) = (folded.back(range.start), folded.back(range.end));
                start.zip(end).is_some_and(|(start, end)| self.take(passage, start..end, *number, &mut found))
            });
            longest.map_or(0, |(range, _)| range.end)
        });
        found
    }

    /// Adds the names of `number` at `range` to what was found, if any may stand there.
    fn take<'a>(
        &'a self,
        passage: &Passage,
        range: Range<usize>,
        number: usize,
        found: &mut Finds<'a>,
    ) -> bool {
        let silent = passage.templated(&range);
        let all = self.names.get(number).filter(|_| !silent).map_or(&[][..], Vec::as_slice);
        let (mut names, mut another, mut plain) = (Vec::new(), false, false);
        let mut last: Option<(&Name, Stand)> = None;
        for name in all {
            // Of many who share a name only the first is looked at closely.
            let same = last.filter(|(other, _)| name.stands_as(other)).map(|(_, stand)| stand);
            let stand = same.unwrap_or_else(|| name.stand(&passage.text, &range));
            last = Some((name, stand));
            match stand {
                Stand::Holds => names.push(name),
                Stand::Another => another = true,
                Stand::Plain => plain = true,
                Stand::No => {}
            }
        }
        if plain {
            found.plain.push(number);
        }
        let holds = !names.is_empty();
        if holds || another {
            let weak = names.iter().any(|name| name.is_weak());
            let opens = weak && (passage.heading || opens(before(&passage.text, range.start)));
            found.finds.push(Find { range, names, number, opens });
        }
        holds
    }
}
