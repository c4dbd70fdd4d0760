//! What is doubtful in the texts: links to nowhere, acronyms nobody explains, names misspelt by one letter.

use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::sync::{Mutex, PoisonError};

use rayon::prelude::*;
use unicode_segmentation::UnicodeSegmentation;

use super::at_line;
use super::misspelt::{self, MOST_LETTERS};
use crate::id::Id;
use crate::library::problem::{Place, Problem, bound};
use crate::library::record::Briefing;
use crate::library::{Library, limits};
use crate::links::texts::{Reading, Seen, Texts, Witness, alone};
use crate::mentions::Matcher;
use crate::text::{Text, fold};

/// Links in the texts that lead nowhere.
pub fn dangling(library: &Library, texts: &Texts) -> Vec<Problem> {
    let of = |briefing: &Briefing| {
        let place = Place::file(&briefing.file);
        let links = texts.dangling(&briefing.id).iter();
        links.map(move |it| {
            let message = match it.target.as_str() {
                "" => "a link without an address".to_owned(),
                target => format!("the link to `{target}` leads nowhere"),
            };
            Problem::warning(at_line(&place, it.line as usize), message).help(remedy(library, &it.target))
        })
    };
    library.briefings.values().flat_map(of).collect()
}

/// What to write instead of a link that leads nowhere: the one file of its name, if there is one elsewhere.
fn remedy(library: &Library, target: &str) -> String {
    let path = target.split(['#', '?']).next().unwrap_or_default().trim_end_matches('/');
    let name = path.rsplit('/').next().unwrap_or_default();
    let bare = name.strip_suffix(".md").unwrap_or(name);
    let is_file = path.contains('/') || bare != name;
    let known = library.names.get(&fold(bare)).unwrap_or_default();
    let mut files = known.iter().filter_map(|id| library.briefings.get(&id.slug));
    match (target, files.next(), files.next()) {
        ("", ..) => "write one between its brackets, or leave the brackets out".to_owned(),
        (_, Some(file), None) if is_file => format!("did you mean `{}`?", file.file),
        _ if target.contains('/') || path.contains('.') => {
            "write the path from this file, or an address such as `briefing:ID`".to_owned()
        }
        _ => "no page has this name; correct it, or write that page".to_owned(),
    }
}

/// Reads every text that is not read for `links` anyway, for words that are no names but look like one, and for
/// acronyms. Looks on while the others are read.
pub struct Check<'a> {
    library: &'a Library,
    known: &'a Known<'a>,
    found: Mutex<Found>,
}

/// What was found in the texts that were looked at.
#[derive(Default)]
struct Found {
    problems: Vec<Problem>,
    seen: HashSet<Id>,
}

impl<'a> Check<'a> {
    pub fn new(library: &'a Library, known: &'a Known<'a>) -> Self {
        Self { library, known, found: Mutex::default() }
    }

    fn take(&self, briefing: &Briefing, mut problems: Vec<Problem>) {
        let mut found = self.found.lock().unwrap_or_else(PoisonError::into_inner);
        found.problems.append(&mut problems);
        found.seen.insert(Id::clone(&briefing.id));
    }

    /// What is doubtful in all the texts.
    pub fn all(self, matcher: &Matcher) -> Vec<Problem> {
        let Found { mut problems, seen } = self.found.into_inner().unwrap_or_else(PoisonError::into_inner);
        let left: Vec<&Briefing> =
            self.library.briefings.values().filter(|briefing| !seen.contains(&briefing.id)).collect();
        problems.par_extend(left.into_par_iter().flat_map_iter(|briefing| {
            let body = self.library.body(briefing);
            let _held = alone(&body);
            let reading = Reading::of(self.library, briefing, body);
            let mentions = reading.mentions(matcher, &briefing.id);
            let seen = Seen { body: &reading.body, passages: reading.passages(), mentions: &mentions };
            one(self.known, briefing, &seen)
        }));
        problems
    }
}

impl Witness for Check<'_> {
    fn done(&self, briefing: &Briefing, seen: Option<&Seen<'_>>) {
        if let Some(seen) = seen {
            self.take(briefing, one(self.known, briefing, seen));
        }
    }
}

/// What every text is held against.
pub struct Known<'a> {
    /// Names of actors that may be misspelt.
    actors: misspelt::Names<'a>,
    /// Every folded name, hidden ones too.
    names: HashSet<String>,
    /// Names, notations and terms in capitals.
    acronyms: BTreeSet<String>,
    /// Whether the library explains terms at all.
    explains: bool,
}

impl<'a> Known<'a> {
    pub fn new(library: &'a Library) -> Self {
        let actors = library.actors.values().flat_map(|it| std::iter::once(&it.name).chain(&it.aliases));
        let mut known = Self {
            actors: misspelt::Names::new(actors),
            names: HashSet::new(),
            acronyms: BTreeSet::new(),
            explains: !library.terms.is_empty(),
        };
        for it in library.actors.values() {
            let all = [&it.aliases, &it.weak_aliases, &it.hidden_names];
            all.into_iter().flatten().for_each(|name| known.name(name));
            known.name(&it.name);
        }
        for it in library.topics.values() {
            let all = it.aliases.iter().chain(&it.hidden_names).chain(&it.notation);
            all.chain([&it.name]).for_each(|name| known.name(name));
        }
        for it in library.sources.values() {
            it.publisher
                .iter()
                .chain(&it.creator)
                .chain([&it.title])
                .for_each(|name| known.acronyms_of(name));
        }
        for it in library.terms.values() {
            it.aliases.iter().chain(&it.expansion).chain([&it.term]).for_each(|name| known.name(name));
        }
        known
    }

    fn name(&mut self, name: &Text) {
        if self.actors.may_be(name) {
            self.names.insert(fold(name));
        }
        self.acronyms_of(name);
    }

    fn acronyms_of(&mut self, name: &Text) {
        let capitals = name.unicode_words().filter(|word| is_acronym(word)).map(str::to_owned);
        self.acronyms.extend(capitals);
    }
}

/// Two to six capitals, and perhaps digits behind them.
fn is_acronym(word: &str) -> bool {
    let letters = word.trim_end_matches(|c: char| c.is_ascii_digit());
    (2..=6).contains(&letters.len())
        && letters.len() == word.len()
        && word.bytes().all(|b| b.is_ascii_uppercase())
}

/// Whether a hyphen joins the word at `start..end` to another: `C-SPAN` is no acronym of its own.
fn hyphened(text: &str, start: usize, end: usize) -> bool {
    text.get(..start).is_some_and(|before| before.ends_with('-'))
        || text.get(end..).is_some_and(|after| after.starts_with('-'))
}

fn one(known: &Known<'_>, briefing: &Briefing, seen: &Seen<'_>) -> Vec<Problem> {
    let place = Place::file(&briefing.file);
    let line = seen.lines(briefing);
    let hidden = seen.body.as_ref().ok().and_then(|body| super::hidden::check(&place, body));
    let mut problems: Vec<Problem> = hidden.into_iter().collect();
    let mut acronyms: BTreeMap<&str, u32> = BTreeMap::new();
    let mut explained: BTreeSet<&str> = BTreeSet::new();
    let mut judged: HashSet<&str> = HashSet::new();
    let mut full = None;
    let mut rest = seen.mentions;
    for (index, passage) in seen.passages.iter().enumerate() {
        let (named, others) = rest.split_at(rest.partition_point(|it| it.passage <= index));
        rest = others;
        // In order, none over another.
        let free = |start: usize, end: usize| {
            let before = named.partition_point(|it| it.range.start < end);
            before.checked_sub(1).and_then(|at| named.get(at)).is_none_or(|it| it.range.end <= start)
        };
        let words: Vec<(usize, &str)> = passage.text.unicode_word_indices().collect();
        for (at, word) in words.iter().filter(|_| known.explains) {
            let end = at + word.len();
            if acronyms.len() + explained.len() >= limits::RUNS {
                full = full.or(Some(line(index, passage.source(*at))));
                break;
            }
            explained.extend(explained_at(&passage.text, *at, word));
            if is_acronym(word) && free(*at, end) && !hyphened(&passage.text, *at, end) {
                acronyms.entry(word).or_insert_with(|| line(index, passage.source(*at)));
            }
        }
        let runs = windows(&passage.text, &words, known.actors.longest);
        for (start, window) in runs.filter(|(_, window)| known.actors.may_be(window)) {
            if judged.len() >= limits::RUNS {
                full = full.or(Some(line(index, passage.source(start))));
                break;
            }
            if !free(start, start + window.len()) || !judged.insert(window) {
                continue;
            }
            if let Some(name) = known.actors.misspelt(window, &known.names) {
                let message = format!("`{window}` looks like `{name}`, but for one letter");
                let place = at_line(&place, line(index, passage.source(start)) as usize);
                problems.push(Problem::warning(place, message).help(
                    "correct it, or add it to the actor's `aliases`, or to `hidden_names` to leave it as it is",
                ));
            }
        }
    }
    acronyms.retain(|word, _| !explained.contains(word));
    problems.extend(unexplained(known, acronyms, &place));
    problems.extend(full.map(|line| too_many(at_line(&place, line as usize))));
    problems.sort_unstable();
    bound(&mut problems);
    problems
}

/// Says that a text holds more that might be names than are looked at.
fn too_many(place: Place) -> Problem {
    let message = format!("more than {} names and acronyms; from here on not all are checked", limits::RUNS);
    Problem::warning(place, message).help("split the file")
}

/// Runs of up to `longest` words that begin and end with a capital.
fn windows<'a, 'w>(
    text: &'a str,
    words: &'w [(usize, &'a str)],
    longest: usize,
) -> impl Iterator<Item = (usize, &'a str)> + use<'a, 'w> {
    let capital = |word: &str| word.chars().next().is_some_and(char::is_uppercase);
    words.iter().enumerate().filter(move |(_, (_, word))| capital(word)).flat_map(
        move |(first, (start, _))| {
            let rest = words.get(first..words.len().min(first + longest)).unwrap_or_default();
            // No name has more bytes in all its letters.
            rest.iter()
                .take_while(move |(at, _)| at - start <= 4 * (MOST_LETTERS + 1))
                .filter(move |(_, word)| capital(word))
                .filter_map(move |(at, word)| Some((*start, text.get(*start..at + word.len())?)))
        },
    )
}

/// The acronym at `at`, where brackets beside it explain it: `(ABC)`, `(ABC,`, `ABC (`, `ABCs)`.
fn explained_at<'a>(text: &str, at: usize, word: &'a str) -> Option<&'a str> {
    let (before, after) = (text.get(..at)?, text.get(at + word.len()..)?);
    let singular = word.strip_suffix('s').filter(|_| after.starts_with(')'));
    let opened = before.ends_with('(') && after.starts_with([')', ',']);
    singular.or((opened || after.starts_with(" (")).then_some(word)).filter(|word| is_acronym(word))
}

/// Acronyms that the library does not explain.
fn unexplained(known: &Known<'_>, acronyms: BTreeMap<&str, u32>, place: &Place) -> Vec<Problem> {
    let strange = acronyms.into_iter().filter(|(word, _)| !known.acronyms.contains(*word));
    strange
        .map(|(word, line)| {
            Problem::warning(at_line(place, line as usize), format!("nothing explains `{word}`"))
                .help("write it out at its first use, or add it to glossary.yaml")
        })
        .collect()
}
