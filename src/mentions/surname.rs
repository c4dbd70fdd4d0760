//! Whether a weak alias, such as a bare surname, may mean its record here, or is somebody or something else.
//!
//! The words beside it decide: a given name, an initial, a place, a longer name that it is a part of.

use std::ops::Range;

use super::edges::{after, apostrophe, before, double_barrelled, elided, hyphen, in_word};
use super::words::{AFTER_NOUN, ARTICLES, HONORIFICS, JOINTS, MONTHS, OPENERS, PLACES, PLAIN, THINGS, VERBS};

/// What the words beside a weak alias make of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Bearer {
    /// Nothing speaks against the record whose alias it is.
    Open,
    /// It is part of another name, or of a word.
    Nobody,
    /// It is another person's: from here on the bare surname may mean that person.
    Another,
}

/// Whose name the weak alias at `range` is, where the alias is a person's or that of something else.
pub fn bearer(text: &str, range: &Range<usize>, person: bool) -> Bearer {
    let (head, tail) = (before(text, range.start), after(text, range.end));
    let word = text.get(range.clone()).unwrap_or_default();
    let loud = acronym(word);
    if double_barrelled(text, range)
        || elided(head).is_some_and(|word| word.starts_with(char::is_uppercase))
        || compound(tail)
        || cited(tail)
        || placed(head, tail)
        || joined(head)
        || enclosed(head, tail)
        || person && (thing(head, tail) || numbered(tail))
        || opens(head) && PLAIN.hold(word) && !acts(tail)
    {
        Bearer::Nobody
    } else if given_name(head, loud) {
        Bearer::Another
    } else {
        surname(tail, loud)
    }
}

/// Whether a title stands before: `Rep. Green`, `Senator Warren`.
pub fn titled(head: &str) -> bool {
    let Some(head) = head.strip_suffix(char::is_whitespace) else { return false };
    HONORIFICS.hold(last_word(head.trim_end_matches('.')))
}

/// Whether a sentence begins after `head`, which does not end in a title.
pub fn opens(head: &str) -> bool {
    let listed = head.trim_end().strip_suffix('-').is_some_and(|it| it.is_empty() || it.ends_with(' '));
    let trimmed = head.trim_end_matches(|c: char| c.is_whitespace() || "\"'“”‘’„«»()[]*".contains(c));
    trimmed.chars().next_back().is_none_or(|c| ".?!:;…•–—|。！？：；".contains(c)) && !titled(head) || listed
}

/// Whether a generation follows: `Donald Trump Jr.` is not Donald Trump.
pub fn younger(tail: &str) -> bool {
    let tail = tail.strip_prefix(',').unwrap_or(tail);
    let Some(tail) = tail.strip_prefix(char::is_whitespace) else { return false };
    matches!(first_word(tail), "Jr" | "Sr" | "II" | "III" | "fils" | "père")
}

/// The word that `head` ends in; a hyphen or an apostrophe belongs to it.
fn last_word(head: &str) -> &str {
    head.rsplit(|c: char| !in_word(c) && !hyphen(c) && !apostrophe(c)).next().unwrap_or_default()
}

fn first_word(tail: &str) -> &str {
    tail.split(|c: char| !in_word(c)).next().unwrap_or_default()
}

/// The word after a space.
fn next_word(tail: &str) -> Option<&str> {
    tail.strip_prefix(char::is_whitespace).map(first_word)
}

fn capital(word: &str) -> bool {
    word.starts_with(char::is_uppercase)
}

/// Two or more letters, all capitals: an office or a place, not a given name.
fn acronym(word: &str) -> bool {
    word.chars().count() > 1 && !word.chars().any(char::is_lowercase)
}

/// Whether `head` ends in what looks like a given name or initials. In capitals (`loud`) every word does.
fn given_name(head: &str, loud: bool) -> bool {
    let Some(head) = head.strip_suffix(char::is_whitespace) else { return false };
    let dotless = head.trim_end_matches('.');
    let word = last_word(dotless);
    if !capital(word) || word.contains(apostrophe) {
        return false;
    }
    let before = dotless.strip_suffix(word).unwrap_or_default();
    if dotless.len() < head.len() {
        // `M.` is French for Mr, but not after a given name
        let monsieur = word == "M" && !capital(last_word(before.trim_end()));
        return word.chars().count() == 1 && !monsieur;
    }
    if HONORIFICS.hold(word) {
        return false;
    }
    let dated = MONTHS.hold(word) && OPENERS.hold(last_word(before.trim_end()));
    !OPENERS.hold(word) && !dated && (loud || !acronym(word))
}

/// What the word after a bare surname makes of it: `Wang Huning` is another, `Warren County` nobody.
fn surname(tail: &str, loud: bool) -> Bearer {
    let Some(tail) = tail.strip_prefix(char::is_whitespace) else { return Bearer::Open };
    let word = first_word(tail);
    let initial =
        word.chars().count() == 1 && tail.get(word.len()..).is_some_and(|rest| rest.starts_with('.'));
    if !capital(word) || !initial && (word == "I" || OPENERS.hold(word)) || !loud && acronym(word) {
        Bearer::Open
    } else if loud || THINGS.hold(word) {
        Bearer::Nobody
    } else {
        Bearer::Another
    }
}

/// Whether the alias is the first part of a compound: `Meta-analysis`. `Meta-owned` and `Meta-led` still mean it.
fn compound(tail: &str) -> bool {
    let Some(tail) = tail.strip_prefix(hyphen) else { return false };
    let word = first_word(tail);
    let said_of = ["led", "run", "era", "built", "born", "made", "style", "like", "held"];
    word.starts_with(char::is_lowercase) && !word.ends_with("ed") && !said_of.contains(&word)
}

/// Whether it stands as in a list of works: `Wang et al.`, `Wang, L.`
fn cited(tail: &str) -> bool {
    let initial = |rest: &str| {
        let mut chars = rest.chars();
        chars.next().is_some_and(char::is_uppercase) && chars.next() == Some('.')
    };
    tail.strip_prefix(" et al").is_some() || tail.strip_prefix(", ").is_some_and(initial)
}

/// Whether a number follows that is no time of day: `Rounds 4`, `Wang 2023`.
fn numbered(tail: &str) -> bool {
    let number = tail.strip_prefix(char::is_whitespace).unwrap_or_default();
    let rest = number.trim_start_matches(char::is_numeric);
    rest.len() < number.len() && !rest.starts_with(':')
}

/// Whether it stands where a place does: `in Warren, Michigan`.
fn placed(head: &str, tail: &str) -> bool {
    PLACES.hold(last_word(head.trim_end())) && tail.strip_prefix(", ").is_some_and(capital)
}

/// Whether a person's surname is the name of a place or a thing here: `in Jordan`, `the Hill`, `the Hunt and`.
fn thing(head: &str, tail: &str) -> bool {
    let Some(head) = head.strip_suffix(char::is_whitespace) else { return false };
    let word = last_word(head);
    let adjective =
        next_word(tail).is_some_and(|next| next.starts_with(char::is_lowercase) && !AFTER_NOUN.hold(next));
    word == "in" || ARTICLES.hold(word) && !adjective && !tail.starts_with(hyphen)
}

/// Whether a longer name ends in it: `Bank of America`, `Access to Justice`.
fn joined(head: &str) -> bool {
    let Some(head) = head.strip_suffix(char::is_whitespace) else { return false };
    let joint = last_word(head);
    let name = last_word(head.strip_suffix(joint).unwrap_or_default().trim_end());
    JOINTS.hold(joint) && capital(name) && !HONORIFICS.hold(name) && !VERBS.hold(name) && !acronym(name)
}

/// Whether it stands alone in quotes or brackets, as a nickname or a short form does: `Evan "Taylor" Yates`.
fn enclosed(head: &str, tail: &str) -> bool {
    head.ends_with(['"', '“', '‘', '(', '[', '«', '„'])
        && tail.starts_with(['"', '”', '’', ')', ']', '»', '“'])
        && !tail.starts_with("’s")
}

/// Whether what follows shows that somebody acts: `Young said`, `Young’s`.
fn acts(tail: &str) -> bool {
    tail.starts_with(apostrophe) || next_word(tail).is_some_and(|word| VERBS.hold(word))
}

#[cfg(test)]
mod tests {
    use super::*;
    use Bearer::{Another, Nobody, Open};

    #[test]
    fn the_words_beside_a_surname_say_whose_it_is() {
        for (text, name, whose) in [
            ("Lisa Wang said", "Wang", Another),
            ("Mr Wang said", "Wang", Open),
            ("Mr. Wang said", "Wang", Open),
            ("But Wang said", "Wang", Open),
            ("said. Wang then", "Wang", Open),
            ("CEO Wang", "Wang", Open),
            ("as Warren Buffett", "Warren", Another),
            ("Scale’s Wang", "Wang", Open),
            ("J. Wang", "Wang", Another),
            ("Senator Warren, who", "Warren", Open),
            ("at Warren County", "Warren", Nobody),
            ("Wang et al. (2023)", "Wang", Nobody),
            ("Wang, L.", "Wang", Nobody),
            ("in Warren, Michigan", "Warren", Nobody),
            ("asked Warren, Sanders", "Warren", Open),
            ("Code for America", "America", Nobody),
            ("Secretary of America", "America", Open),
            ("a Meta-analysis", "Meta", Nobody),
            ("a Meta-owned firm", "Meta", Open),
            ("D’Souza", "Souza", Nobody),
            ("selon d’Macron", "Macron", Open),
            ("LISA WANG JOINS", "WANG", Another),
            ("WANG JOINS", "WANG", Nobody),
            ("In June Wang left", "Wang", Open),
            ("then June Wang left", "Wang", Open),
            ("saw June Wang", "Wang", Another),
            ("On Tuesday Wang left", "Wang", Open),
            ("We asked Will Wang", "Wang", Another),
            ("—Holly Wang", "Wang", Another),
            ("Stephanie M. Wang", "Wang", Another),
            ("then M. Wang", "Wang", Open),
            ("at L. Wang", "Wang", Another),
            ("Evan \"Taylor\" Yates", "Taylor", Nobody),
            ("said ‘Wang’s right’", "Wang", Open),
            ("start on the Hill by", "Hill", Nobody),
            ("the Hill letter", "Hill", Open),
            ("abroad in Jordan through", "Jordan", Nobody),
            ("Access to Justice", "Justice", Nobody),
            ("wrote to Warren", "Warren", Open),
            ("Case in point", "Case", Nobody),
            ("Case said no", "Case", Open),
            ("Rep. Case in Hawaii", "Case", Open),
            ("for Rounds 4", "Rounds", Nobody),
        ] {
            let start = text.find(name).expect("the name is in the text");
            assert_eq!(bearer(text, &(start..start + name.len()), true), whose, "{text}");
        }
    }

    #[test]
    fn a_generation_makes_another_person() {
        for (tail, another) in [(" Jr. said", true), (", Jr., said", true), (" said", false), ("’s", false)]
        {
            assert_eq!(younger(tail), another, "{tail}");
        }
    }
}
