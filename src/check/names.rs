//! Names that would link wrongly: shared by two records, too short, too common, or not what they look like.

use std::collections::BTreeMap;

use unicode_normalization::UnicodeNormalization;

use super::everyday::is_common;
use crate::id::{Id, Kind};
use crate::library::Library;
use crate::library::problem::{Place, Problem};
use crate::text::{Text, fold};

/// A name that links by itself.
struct Name<'a> {
    text: &'a Text,
    id: &'a Id,
    place: &'a Place,
}

pub fn check(library: &Library) -> Vec<Problem> {
    let names = linking(library);
    let mut problems = clashes(&names);
    for name in &names {
        problems.extend(too_weak(name));
        problems.extend(two_scripts(name));
    }
    problems
}

fn linking(library: &Library) -> Vec<Name<'_>> {
    let mut names = Vec::new();
    for it in library.actors.values() {
        let texts = std::iter::once(&it.name).chain(&it.aliases);
        names.extend(texts.map(|text| Name { text, id: &it.id, place: &it.place }));
    }
    for it in library.topics.values() {
        let texts = std::iter::once(&it.name).chain(&it.aliases).chain(&it.notation);
        names.extend(texts.map(|text| Name { text, id: &it.id, place: &it.place }));
    }
    for it in library.terms.values() {
        let texts = std::iter::once(&it.term).chain(&it.aliases).chain(&it.expansion);
        names.extend(texts.map(|text| Name { text, id: &it.id, place: &it.place }));
    }
    // Of two that share a name, the later in the file is the one to look at.
    names.sort_by_key(|name| name.place);
    names
}

/// One problem for each record that shares a name with one before it.
fn clashes(names: &[Name<'_>]) -> Vec<Problem> {
    let mut known: BTreeMap<String, &Name<'_>> = BTreeMap::new();
    let mut problems = Vec::new();
    for name in names {
        let first = known.entry(fold(name.text)).or_insert(name);
        if first.id != name.id {
            let message = format!("`{}` names both {} and {}", name.text, first.id, name.id);
            problems.push(Problem::warning(name.place.clone(), message).help(
                "readers are asked which one is meant; write a longer name, or make it a weak alias of one",
            ));
        }
    }
    problems
}

/// A name that is one letter, or a plain word.
fn too_weak(name: &Name<'_>) -> Option<Problem> {
    let letters = name.text.chars().filter(|c| c.is_alphanumeric()).count();
    let cased = name.text.chars().any(|c| c.is_lowercase() || c.is_uppercase());
    if letters < 2 && cased {
        let message = format!("`{}` is too short to link", name.text);
        return Some(
            Problem::warning(name.place.clone(), message).help("write a longer name, or leave it out"),
        );
    }
    let shouted = name.text.chars().any(char::is_uppercase) && !name.text.chars().any(char::is_lowercase);
    let common = name.id.kind == Kind::Actor && !shouted && is_common(&fold(name.text));
    common.then(|| {
        let message = format!("`{}` is a plain word, and would link wherever it stands", name.text);
        Problem::warning(name.place.clone(), message)
            .help("move it to `weak_aliases`, which link only where the full name stands too")
    })
}

/// A word of the name that mixes alphabets: one letter of it only looks like the others.
fn two_scripts(name: &Name<'_>) -> Option<Problem> {
    let word = name.text.split(|c: char| !c.is_alphabetic()).find(|word| mixed(word))?;
    let odd = word.chars().find(|c| is_lookalike(*c))?;
    let message =
        format!("`{}` has a letter of another alphabet: `{odd}` (U+{:04X})", name.text, u32::from(odd));
    Some(
        Problem::warning(name.place.clone(), message)
            .help("type the name anew; a name in two scripts does not match"),
    )
}

/// Whether Latin letters stand beside Greek or Cyrillic ones.
fn mixed(word: &str) -> bool {
    let latin = word.nfkd().any(|c| c.is_ascii_alphabetic());
    latin && word.chars().any(is_lookalike)
}

fn is_lookalike(c: char) -> bool {
    matches!(u32::from(c), 0x370..=0x52f)
}
