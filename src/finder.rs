//! The best titles and names for a few letters: the only user of fuzzy-matcher.
//!
//! Names are folded once; a query first takes what matches whole, and only then what matches loosely.

mod name;

use std::cmp::Reverse;
use std::ops::Range;
use std::sync::Arc;

use fuzzy_matcher::FuzzyMatcher;
use fuzzy_matcher::skim::SkimMatcherV2;
use rayon::prelude::*;

use crate::id::{Id, Kind};
use crate::library::Library;
use crate::text::{Text, fold};
use name::{Name, Sort, each, letters};

/// Letters of a query beyond these are not looked at.
const LONGEST: usize = 100;
/// In a loose match, each letter stands at most so far behind the one before, or begins a word.
const NEAR: usize = 3;

/// Everything that can be gone to, by each of its names.
pub struct Finder {
    records: Vec<Record>,
    names: Vec<Name>,
    matcher: SkimMatcherV2,
}

/// One page; its names stand together, its title first.
struct Record {
    id: Arc<Id>,
    names: Range<usize>,
}

/// A page that a query may mean.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hit {
    pub id: Id,
    pub title: Text,
    /// Which characters of `title` matched, rising. Empty if another name did.
    pub positions: Vec<usize>,
    /// The other name that matched: an alias, an acronym, a misspelling, an id.
    pub via: Option<Text>,
}

/// How well a name matches, the best first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Tier {
    Exact,
    Prefix,
    /// Every word begins a word of the name.
    Words,
    /// Every word stands somewhere in the name.
    Inside,
    Fuzzy,
}

/// The order of hits: the smallest is the best. The fields' order is the order of what counts.
type Rank = (Tier, Reverse<i64>, Sort, Shelf, usize, usize);

/// Which of two names that match alike is the likelier: what is read, what it speaks of, what it rests on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Shelf {
    Read,
    Known,
    Rest,
}

/// A query as it is compared.
struct Query {
    whole: String,
    words: Vec<String>,
    letters: u64,
}

/// A record that matches, by which of its names.
struct Candidate {
    rank: Rank,
    record: usize,
    name: usize,
}

impl Query {
    fn new(written: &str) -> Self {
        let start: String = written.chars().take(LONGEST).collect();
        let words: Vec<String> = fold(&start).split_whitespace().map(str::to_owned).collect();
        let whole = words.join(" ");
        Self { letters: letters(&whole), whole, words }
    }
}

impl Finder {
    pub fn new(library: &Library) -> Self {
        let (mut records, mut waiting) = (Vec::new(), Vec::new());
        each(library, &mut |id, names| {
            let (id, start) = (library.names.own(id), waiting.len());
            waiting.extend(names.into_iter().map(|(sort, shown)| (Arc::clone(&id), sort, shown)));
            records.push(Record { id, names: start..waiting.len() });
        });
        let waiting = waiting.into_par_iter().with_min_len(1024);
        let names = waiting.map(|(id, sort, shown)| Name::new(&id, sort, shown)).collect();
        Self { records, names, matcher: SkimMatcherV2::default().respect_case() }
    }

    /// How many names are known.
    pub fn len(&self) -> usize {
        self.names.len()
    }

    pub fn is_empty(&self) -> bool {
        self.names.is_empty()
    }

    /// The `limit` best pages for `query`, the best first. Every word of it must match.
    pub fn best(&self, query: &str, limit: usize) -> Vec<Hit> {
        let query = Query::new(query);
        if query.words.is_empty() {
            return self.records.iter().take(limit).filter_map(|it| self.unasked(it)).collect();
        }
        let mut found = self.candidates(|name, key| plainly(name, key, &query));
        if found.len() < limit {
            found = self.candidates(|name, key| {
                plainly(name, key, &query).or_else(|| self.loosely(name, key, &query))
            });
        }
        if found.len() > limit && limit > 0 {
            found.select_nth_unstable_by_key(limit - 1, |it| it.rank);
        }
        found.truncate(limit);
        found.sort_unstable_by_key(|it| it.rank);
        found.iter().filter_map(|it| self.hit(it, &query)).collect()
    }

    /// Each record whose names `matching` accepts, as they are compared, with the best of them.
    fn candidates(&self, matching: impl Fn(&Name, &str) -> Option<(Tier, i64)> + Sync) -> Vec<Candidate> {
        let best = |(record, it): (usize, &Record)| {
            let names = self.names.get(it.names.clone())?;
            let ranked = names.iter().enumerate().filter_map(|(nth, name)| {
                let key = name.key(&it.id);
                let (tier, score) = matching(name, key)?;
                let rank = (tier, Reverse(score), name.sort, shelf(it.id.kind), key.len(), record);
                Some(Candidate { rank, record, name: it.names.start + nth })
            });
            ranked.min_by_key(|candidate| candidate.rank)
        };
        self.records.par_iter().enumerate().with_min_len(2048).filter_map(best).collect()
    }

    fn loosely(&self, name: &Name, key: &str, query: &Query) -> Option<(Tier, i64)> {
        let has_letters = name.letters & query.letters == query.letters;
        if name.sort == Sort::Id || !has_letters || !query.words.iter().all(|word| is_in_order(key, word)) {
            return None;
        }
        let mut sum = 0;
        for word in &query.words {
            let (score, places) = self.matcher.fuzzy_indices(key, word)?;
            if !is_close(key, &places) {
                return None;
            }
            sum += score;
        }
        Some((Tier::Fuzzy, sum))
    }

    fn unasked(&self, record: &Record) -> Option<Hit> {
        let title = self.names.get(record.names.start)?.shown(&record.id);
        Some(Hit { id: Id::clone(&record.id), title, positions: Vec::new(), via: None })
    }

    fn hit(&self, candidate: &Candidate, query: &Query) -> Option<Hit> {
        let record = self.records.get(candidate.record)?;
        let mut hit = self.unasked(record)?;
        let name = self.names.get(candidate.name)?;
        if candidate.name == record.names.start {
            let key = name.key(&record.id);
            hit.positions = self.positions(&hit.title, key, query, candidate.rank.0);
        } else {
            hit.via = Some(name.shown(&record.id));
        }
        Some(hit)
    }

    /// The characters of a name as `shown` that `query` matches; `key` is the same as it is compared.
    fn positions(&self, shown: &str, key: &str, query: &Query, tier: Tier) -> Vec<usize> {
        let mut folded: Vec<usize> = match tier {
            Tier::Exact | Tier::Prefix => (0..query.whole.chars().count()).collect(),
            Tier::Words => query.words.iter().flat_map(|word| span(word, word_start(key, word))).collect(),
            Tier::Inside => query.words.iter().flat_map(|word| span(word, key.find(word))).collect(),
            Tier::Fuzzy => self.loose_positions(key, query),
        };
        if tier == Tier::Words || tier == Tier::Inside {
            folded = chars_of(key, &folded);
        }
        let mut positions = shown_positions(shown, &folded);
        positions.sort_unstable();
        positions.dedup();
        positions
    }

    fn loose_positions(&self, key: &str, query: &Query) -> Vec<usize> {
        let found = query.words.iter().filter_map(|word| self.matcher.fuzzy_indices(key, word));
        found.flat_map(|(_, positions)| positions).collect()
    }
}

fn plainly(name: &Name, key: &str, query: &Query) -> Option<(Tier, i64)> {
    if name.letters & query.letters != query.letters {
        return None;
    }
    let tier = if key.starts_with(&query.whole) {
        match name.sort {
            _ if key.len() == query.whole.len() => Tier::Exact,
            Sort::Id => Tier::Inside,
            _ => Tier::Prefix,
        }
    } else if name.sort != Sort::Id && query.words.iter().all(|word| word_start(key, word).is_some()) {
        Tier::Words
    } else if query.words.iter().all(|word| key.contains(word.as_str())) {
        Tier::Inside
    } else {
        return None;
    };
    Some((tier, 0))
}

fn shelf(kind: Kind) -> Shelf {
    match kind {
        Kind::Event | Kind::Claim | Kind::Term => Shelf::Known,
        Kind::Source | Kind::Folder => Shelf::Rest,
        _ => Shelf::Read,
    }
}

/// Whether the letters of `word` follow one another in `key` from the start of a word on: the cheap test that
/// spares most names the dear one.
fn is_in_order(key: &str, word: &str) -> bool {
    let mut letters = word.chars();
    let Some(first) = letters.next() else { return true };
    let mut before = None;
    let mut rest = key.chars();
    let begun = rest.any(|c| {
        let begins = before.replace(c).is_none_or(|before: char| !before.is_alphanumeric());
        begins && c == first
    });
    begun && letters.all(|letter| rest.any(|c| c == letter))
}

/// Whether letters matched loosely are no accident: the first begins a word, and so does each that is far
/// from the one before.
fn is_close(key: &str, places: &[usize]) -> bool {
    let chars: Vec<char> = key.chars().collect();
    let begins = |at: usize| {
        let before = at.checked_sub(1).and_then(|before| chars.get(before));
        before.is_none_or(|c| !c.is_alphanumeric())
    };
    let follows = |pair: &[usize]| match pair {
        [before, at] => at - before <= NEAR || begins(*at),
        _ => true,
    };
    places.first().is_some_and(|first| begins(*first)) && places.windows(2).all(follows)
}

/// The byte at which a word of `key` begins with `word`.
fn word_start(key: &str, word: &str) -> Option<usize> {
    let begins = |at: usize| {
        let before = key.get(..at).and_then(|start| start.chars().next_back());
        before.is_none_or(|c| !c.is_alphanumeric())
    };
    key.match_indices(word).map(|(at, _)| at).find(|at| begins(*at))
}

/// The bytes that `word` takes from `at`.
fn span(word: &str, at: Option<usize>) -> Range<usize> {
    at.map(|at| at..at + word.len()).unwrap_or_default()
}

/// The characters of `key` that the bytes belong to.
fn chars_of(key: &str, bytes: &[usize]) -> Vec<usize> {
    let starts = key.char_indices().enumerate();
    starts.filter(|(_, (byte, _))| bytes.contains(byte)).map(|(nth, _)| nth).collect()
}

/// The characters of `shown` that characters of its folded form come from.
fn shown_positions(shown: &str, folded: &[usize]) -> Vec<usize> {
    let mut positions = Vec::new();
    let mut next = 0;
    for (nth, c) in shown.chars().enumerate() {
        let length = fold(c.encode_utf8(&mut [0; 4])).chars().count();
        if folded.iter().any(|it| (next..next + length).contains(it)) {
            positions.push(nth);
        }
        next += length;
    }
    positions
}

#[cfg(test)]
mod tests {
    use super::*;

    fn finder(names: &[&str]) -> Finder {
        let records: Vec<_> = (0..names.len())
            .map(|nth| Record { id: Id::new(Kind::Actor, nth.to_string()).into(), names: nth..nth + 1 })
            .collect();
        let name =
            |(name, record): (&&str, &Record)| Name::new(&record.id, Sort::Title, Some(Text::from(*name)));
        let names = names.iter().zip(&records).map(name).collect();
        Finder { records, names, matcher: SkimMatcherV2::default().respect_case() }
    }

    fn titles(finder: &Finder, query: &str) -> Vec<String> {
        finder.best(query, 10).into_iter().map(|hit| hit.title.into_string()).collect()
    }

    #[test]
    fn an_exact_name_comes_before_a_start_and_a_start_before_a_word() {
        let finder = finder(&["The China office", "Chinatown", "China", "Indochina"]);
        assert_eq!(titles(&finder, "china"), ["China", "Chinatown", "The China office", "Indochina"]);
    }

    #[test]
    fn accents_and_case_do_not_count() {
        assert_eq!(titles(&finder(&["Recep Tayyip Erdoğan"]), "ERDOGAN"), ["Recep Tayyip Erdoğan"]);
        assert_eq!(titles(&finder(&["Presidence"]), "présid"), ["Presidence"]);
    }

    #[test]
    fn every_word_must_match_in_any_order() {
        let finder = finder(&["Export controls on chips", "Export licences"]);
        assert_eq!(titles(&finder, "chip exp"), ["Export controls on chips"]);
        assert!(titles(&finder, "export zebra").is_empty());
    }

    #[test]
    fn letters_left_out_still_match_but_scattered_ones_do_not() {
        let finder = finder(&["Nvidia", "Many lovely old squares"]);
        assert_eq!(titles(&finder, "nvda"), ["Nvidia"]);
    }

    #[test]
    fn positions_are_characters_of_the_title_as_shown() {
        let finder = finder(&["Straße Überblick"]);
        assert_eq!(finder.best("uber", 1).first().map(|hit| hit.positions.clone()), Some(vec![7, 8, 9, 10]));
    }

    #[test]
    fn a_query_of_brackets_or_a_megabyte_finds_nothing_and_returns() {
        let finder = finder(&["Nvidia"]);
        assert!(titles(&finder, &"(".repeat(1_000_000)).is_empty());
        assert_eq!(titles(&finder, "  ").len(), 1);
    }
}
