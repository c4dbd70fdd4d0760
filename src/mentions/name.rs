//! One name of one record, and whether it may stand where it was found.

use std::ops::Range;
use std::sync::Arc;

use super::Rule;
use super::edges::{after, double_barrelled, shouted, stands_alone};
use super::fold::{Folded, exact};
use super::surname::{Bearer, bearer, younger};
use crate::id::{Id, Kind};
use crate::library::Library;
use crate::text::Text;

/// The number of a record among those that have names.
pub type Record = u32;

/// A name as the library writes it.
#[derive(Clone, Debug)]
pub struct Name {
    pub id: Arc<Id>,
    /// Given by the matcher.
    pub record: Record,
    pub text: Text,
    /// None for a hidden name: it never links, and nothing inside it does.
    pub rule: Option<Rule>,
    /// A person's name may go on: `Anna Smith-Jones`.
    person: bool,
    /// Three letters or fewer, or all capitals: must stand exactly so.
    exact: Option<String>,
    /// The same with a plural `s` after it: `GPUs`.
    plural: bool,
}

/// What a name is at a place where it was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stand {
    Holds,
    /// A weak alias in small letters: the word is a plain word in this text.
    Plain,
    /// A weak alias that is another person's.
    Another,
    No,
}

impl Name {
    fn new(id: &Arc<Id>, text: &Text, rule: Option<Rule>) -> Self {
        let letters = text.chars().filter(|c| c.is_alphanumeric()).count();
        let capitals = text.chars().any(char::is_uppercase) && !text.chars().any(char::is_lowercase);
        let cased = text.chars().any(|c| c.is_uppercase() || c.is_lowercase());
        let exact = (cased && (letters <= 3 || capitals)).then(|| exact(text.trim()));
        Self { id: Arc::clone(id), record: 0, text: text.clone(), rule, person: false, exact, plural: false }
    }

    /// The name folded as texts are, if there is a letter in it.
    pub fn folded(&self) -> Option<String> {
        let mut folded = Folded::new(self.text.trim()).text;
        if self.plural {
            folded.push('s');
        }
        folded.chars().any(char::is_alphanumeric).then_some(folded)
    }

    /// The plural of an acronym that is a thing's.
    fn plural(&self) -> Option<Self> {
        let thing = self.id.kind != Kind::Actor && self.exact.is_some();
        let letter = self.text.trim_end().ends_with(char::is_alphanumeric);
        (thing && letter).then(|| Self { plural: true, ..self.clone() })
    }

    pub fn is_weak(&self) -> bool {
        self.rule == Some(Rule::Surname)
    }

    /// Whether this name stands wherever `other` does: it is written alike, and for the like.
    pub fn stands_as(&self, other: &Self) -> bool {
        self.is_weak() == other.is_weak()
            && (self.person, self.plural) == (other.person, other.plural)
            && self.exact == other.exact
            && self.text == other.text
    }

    /// What this name is at `range` of `text`.
    pub fn stand(&self, text: &str, range: &Range<usize>) -> Stand {
        let words = text.get(range.clone()).unwrap_or_default();
        let may = stands_alone(text, range)
            && self.exactly(words)
            && !(self.exact.is_some() && shouted(text, range));
        if !may {
            Stand::No
        } else if self.is_weak() {
            self.weakly(text, range, words)
        } else if self.person && (double_barrelled(text, range) || younger(after(text, range.end))) {
            Stand::No
        } else {
            Stand::Holds
        }
    }

    fn weakly(&self, text: &str, range: &Range<usize>, words: &str) -> Stand {
        if !self.capitals(words) {
            return if words.chars().any(char::is_uppercase) { Stand::No } else { Stand::Plain };
        }
        match bearer(text, range, self.person) {
            Bearer::Open => Stand::Holds,
            Bearer::Another => Stand::Another,
            Bearer::Nobody => Stand::No,
        }
    }

    /// Whether `words` are this name to the letter, where they must be.
    fn exactly(&self, words: &str) -> bool {
        let Some(wanted) = &self.exact else { return true };
        let words = if self.plural { words.strip_suffix('s').unwrap_or_default() } else { words };
        exact(words) == *wanted
    }

    /// Whether every word that begins with a capital in the name does so in `words`.
    fn capitals(&self, words: &str) -> bool {
        let small = |word: &str| word.starts_with(char::is_lowercase);
        self.text
            .split_whitespace()
            .zip(words.split_whitespace())
            .all(|(name, word)| small(name) || !small(word))
    }
}

/// Every name that is looked for, of every record that has mentions, each once.
pub fn names(library: &Library) -> Vec<Name> {
    let mut names = Vec::new();
    for actor in library.actors.values() {
        let id = Arc::new(actor.id.clone());
        let first = names.len();
        add(&mut names, &id, Some(Rule::Name), [&actor.name]);
        add(&mut names, &id, Some(Rule::Alias), &actor.aliases);
        add(&mut names, &id, Some(Rule::Surname), &actor.weak_aliases);
        add(&mut names, &id, None, &actor.hidden_names);
        let person = actor.kind.as_deref() == Some("person");
        names.iter_mut().skip(first).for_each(|name| name.person = person);
    }
    for topic in library.topics.values() {
        let id = Arc::new(topic.id.clone());
        add(&mut names, &id, Some(Rule::Name), [&topic.name]);
        add(&mut names, &id, Some(Rule::Alias), topic.aliases.iter().chain(&topic.notation));
        add(&mut names, &id, None, &topic.hidden_names);
    }
    for term in library.terms.values() {
        let id = Arc::new(term.id.clone());
        add(&mut names, &id, Some(Rule::Name), [&term.term]);
        add(&mut names, &id, Some(Rule::Alias), term.aliases.iter().chain(&term.expansion));
    }
    names
}

fn add<'a>(
    names: &mut Vec<Name>,
    id: &Arc<Id>,
    rule: Option<Rule>,
    texts: impl IntoIterator<Item = &'a Text>,
) {
    for text in texts {
        let name = Name::new(id, text, rule);
        names.extend(name.plural());
        names.push(name);
    }
}
