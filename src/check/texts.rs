//! What is doubtful in the texts: links to nowhere, acronyms nobody explains, names misspelt by one letter.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use rayon::prelude::*;
use unicode_segmentation::UnicodeSegmentation;

use super::at_line;
use crate::library::Library;
use crate::library::problem::{Place, Problem};
use crate::library::record::Briefing;
use crate::links::Links;
use crate::links::texts::{Reading, Texts};
use crate::text::{Text, fold};

/// A name with fewer letters has too many neighbours to be called misspelt.
const LETTERS: usize = 7;
/// One with more is no slip of the pen in one letter, and too long to be held against every run of words.
const MOST_LETTERS: usize = 100;

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

/// Reads every text for words that are no names but look like one, and for acronyms.
pub fn check(library: &Library, links: &Links) -> Vec<Problem> {
    let known = Known::new(library);
    let briefings: Vec<&Briefing> = library.briefings.values().collect();
    briefings.into_par_iter().flat_map_iter(|it| one(library, links, &known, it)).collect()
}

/// What every text is held against.
struct Known {
    /// Folded name with one letter left out -> the names it stems from.
    near: HashMap<String, Vec<Text>>,
    /// Every folded name, hidden ones too.
    names: HashSet<String>,
    /// How many words the longest of the names has.
    longest: usize,
    /// For each number of characters, whether a misspelt name may have so many.
    lengths: [bool; MOST_LETTERS + 2],
    /// Names, notations and terms in capitals.
    acronyms: BTreeSet<String>,
    /// Whether the library explains terms at all.
    explains: bool,
}

impl Known {
    fn new(library: &Library) -> Self {
        let mut known = Self {
            near: HashMap::new(),
            names: HashSet::new(),
            longest: 0,
            lengths: [false; MOST_LETTERS + 2],
            acronyms: BTreeSet::new(),
            explains: !library.terms.is_empty(),
        };
        for it in library.actors.values() {
            let all = [&it.aliases, &it.weak_aliases, &it.hidden_names];
            all.into_iter().flatten().for_each(|name| known.name(name));
            known.name(&it.name);
            std::iter::once(&it.name).chain(&it.aliases).for_each(|name| known.misspellable(name));
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
        self.names.insert(fold(name));
        self.acronyms_of(name);
    }

    fn acronyms_of(&mut self, name: &Text) {
        let capitals = name.unicode_words().filter(|word| is_acronym(word)).map(str::to_owned);
        self.acronyms.extend(capitals);
    }

    fn misspellable(&mut self, name: &Text) {
        let folded = fold(name);
        let length = folded.chars().count();
        if folded.chars().filter(|c| c.is_alphabetic()).count() < LETTERS || length > MOST_LETTERS {
            return;
        }
        self.lengths.iter_mut().skip(length - 1).take(3).for_each(|it| *it = true);
        self.longest = self.longest.max(name.unicode_words().count());
        for key in std::iter::once(folded.clone()).chain(shorter(&folded)) {
            self.near.entry(key).or_default().push(name.clone());
        }
    }

    /// The name that `words`, which are no name, differ from by one letter.
    fn misspelt(&self, words: &str) -> Option<&Text> {
        let of_length = |length: usize| self.lengths.get(length).copied().unwrap_or_default();
        // Folding leaves as many letters where all are ASCII; nearly every run of words ends here.
        if words.is_ascii() && !of_length(words.len()) {
            return None;
        }
        let folded = fold(words);
        if !of_length(folded.chars().count()) {
            return None;
        }
        if folded.chars().filter(|c| c.is_alphabetic()).count() < LETTERS || self.names.contains(&folded) {
            return None;
        }
        let keys = std::iter::once(folded.clone()).chain(shorter(&folded));
        let found = keys.filter_map(|key| self.near.get(&key)).flatten();
        let mut found = found.filter(|name| strsim::osa_distance(&fold(name), &folded) == 1);
        found.find(|name| !plural(&fold(name), &folded))
    }
}

/// `word` with each of its letters left out in turn.
fn shorter(word: &str) -> impl Iterator<Item = String> {
    let letters: Vec<char> = word.chars().collect();
    (0..letters.len()).map(move |gone| {
        letters.iter().enumerate().filter(|(at, _)| *at != gone).map(|(_, letter)| letter).collect()
    })
}

/// Whether the two differ only by the `s` of a plural, or in a digit: another thing, not a misspelling.
fn plural(name: &str, words: &str) -> bool {
    let digits = |text: &str| text.chars().filter(char::is_ascii_digit).collect::<String>();
    let singular =
        |text: &str| text.split(' ').map(|word| word.trim_end_matches('s').to_owned()).collect::<Vec<_>>();
    singular(name) == singular(words) || digits(name) != digits(words)
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

fn one(library: &Library, links: &Links, known: &Known, briefing: &Briefing) -> Vec<Problem> {
    let reading = Reading::new(library, briefing);
    let place = Place::file(&briefing.file);
    let line = reading.lines();
    let hidden = reading.body.as_ref().ok().and_then(|body| super::hidden::check(&place, body));
    let mut problems: Vec<Problem> = hidden.into_iter().collect();
    let mut acronyms: BTreeMap<String, u32> = BTreeMap::new();
    let mut explained: BTreeSet<&str> = BTreeSet::new();
    let mut judged: HashSet<&str> = HashSet::new();
    let mentions = reading.mentions(links.matcher(), &briefing.id);
    let mut rest = mentions.as_slice();
    for (index, passage) in reading.passages().iter().enumerate() {
        let (named, others) = rest.split_at(rest.partition_point(|it| it.passage <= index));
        rest = others;
        // In order, none over another.
        let free = |start: usize, end: usize| {
            let before = named.partition_point(|it| it.range.start < end);
            before.checked_sub(1).and_then(|at| named.get(at)).is_none_or(|it| it.range.end <= start)
        };
        let words: Vec<(usize, &str)> = passage.text.unicode_word_indices().collect();
        for (at, word) in &words {
            let end = at + word.len();
            explained.extend(explained_at(&passage.text, *at, word));
            if is_acronym(word) && free(*at, end) && !hyphened(&passage.text, *at, end) {
                acronyms.entry((*word).to_owned()).or_insert_with(|| line(index, passage.source(*at)));
            }
        }
        for (start, window) in windows(&passage.text, &words, known.longest) {
            if !free(start, start + window.len()) || judged.contains(window) {
                continue;
            }
            judged.insert(window);
            if let Some(name) = known.misspelt(window) {
                let message = format!("`{window}` looks like `{name}`, but for one letter");
                let place = at_line(&place, line(index, passage.source(start)) as usize);
                problems.push(Problem::warning(place, message).help(
                    "correct it, or add it to the actor's `aliases`, or to `hidden_names` to leave it as it is",
                ));
            }
        }
    }
    if known.explains {
        acronyms.retain(|word, _| !explained.contains(word.as_str()));
        problems.extend(unexplained(known, acronyms, &place));
    }
    problems
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
fn unexplained(known: &Known, acronyms: BTreeMap<String, u32>, place: &Place) -> Vec<Problem> {
    let strange = acronyms.into_iter().filter(|(word, _)| !known.acronyms.contains(word));
    strange
        .map(|(word, line)| {
            Problem::warning(at_line(place, line as usize), format!("nothing explains `{word}`"))
                .help("write it out at its first use, or add it to glossary.yaml")
        })
        .collect()
}
