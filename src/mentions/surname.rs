//! Whether a weak alias, such as a bare surname, may mean its record here, or is somebody or something else.
//!
//! The words beside it decide: a given name, an initial, a place, a longer name that it is a part of.

use std::ops::Range;

use super::edges::{after, before, double_barrelled, elided, hyphen, in_word};

/// Words before a surname that name an office, not another person's given name.
const HONORIFICS: &[&str] = &[
    "mr",
    "mrs",
    "ms",
    "mx",
    "miss",
    "dr",
    "prof",
    "professor",
    "sir",
    "lord",
    "lady",
    "dame",
    "sen",
    "senator",
    "rep",
    "representative",
    "congressman",
    "congresswoman",
    "delegate",
    "chair",
    "chairman",
    "chairwoman",
    "chairperson",
    "speaker",
    "leader",
    "whip",
    "secretary",
    "minister",
    "president",
    "chancellor",
    "commissioner",
    "director",
    "governor",
    "gov",
    "mayor",
    "general",
    "gen",
    "admiral",
    "colonel",
    "captain",
    "ambassador",
    "judge",
    "justice",
    "member",
    "founder",
    "nominee",
    "candidate",
    "adviser",
    "advisor",
    "deputy",
    "vice",
    "former",
    "chief",
    "officer",
    "executive",
    "head",
    "premier",
    "prime",
    "king",
    "queen",
    "prince",
    "princess",
    "pope",
    "spokesman",
    "spokeswoman",
    "spokesperson",
    "republican",
    "democrat",
    "democratic",
    "billionaire",
    "investor",
    "entrepreneur",
    "herr",
    "frau",
    "präsident",
    "präsidentin",
    "kanzler",
    "kanzlerin",
    "ministerin",
    "monsieur",
    "madame",
    "mme",
    "mlle",
    "m",
    "ministre",
    "président",
    "présidente",
    "señor",
    "señora",
    "don",
    "presidente",
    "signor",
    "signora",
];

/// Words that begin a sentence without being a name, and the names of days.
const OPENERS: &[&str] = &[
    "a",
    "an",
    "the",
    "and",
    "but",
    "or",
    "nor",
    "so",
    "yet",
    "if",
    "as",
    "at",
    "by",
    "for",
    "from",
    "in",
    "of",
    "on",
    "to",
    "with",
    "when",
    "while",
    "where",
    "what",
    "who",
    "why",
    "how",
    "that",
    "this",
    "these",
    "those",
    "then",
    "there",
    "here",
    "after",
    "before",
    "since",
    "until",
    "because",
    "although",
    "though",
    "both",
    "did",
    "does",
    "do",
    "has",
    "had",
    "have",
    "is",
    "was",
    "were",
    "are",
    "can",
    "could",
    "might",
    "should",
    "would",
    "will",
    "according",
    "asked",
    "like",
    "unlike",
    "today",
    "yesterday",
    "later",
    "earlier",
    "again",
    "also",
    "only",
    "even",
    "once",
    "instead",
    "meanwhile",
    "however",
    "points",
    "note",
    "see",
    "against",
    "about",
    "now",
    "still",
    "thus",
    "hence",
    "each",
    "every",
    "some",
    "many",
    "most",
    "all",
    "no",
    "not",
    "never",
    "perhaps",
    "maybe",
    "than",
    "either",
    "neither",
    "per",
    "via",
    "under",
    "over",
    "through",
    "during",
    "within",
    "without",
    "between",
    "among",
    "beyond",
    "despite",
    "except",
    "unless",
    "whether",
    "which",
    "whose",
    "whom",
    "said",
    "says",
    "i",
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "friday",
    "saturday",
    "sunday",
    // German, French, Spanish
    "und",
    "aber",
    "oder",
    "der",
    "die",
    "das",
    "den",
    "dem",
    "für",
    "von",
    "mit",
    "bei",
    "nach",
    "laut",
    "le",
    "la",
    "les",
    "el",
    "et",
    "mais",
    "ou",
    "selon",
    "pour",
    "chez",
    "avec",
    "y",
    "pero",
    "según",
];

/// Months, which are no given names after a preposition: `In June Wang left`.
const MONTHS: &[&str] = &[
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];

/// Words after a surname that make the name of a thing, not of another person.
const THINGS: &[&str] = &[
    "act",
    "administration",
    "amendment",
    "avenue",
    "building",
    "cabinet",
    "campaign",
    "center",
    "centre",
    "committee",
    "corp",
    "county",
    "doctrine",
    "family",
    "foundation",
    "group",
    "hall",
    "inc",
    "institute",
    "letter",
    "memo",
    "organization",
    "organisation",
    "plan",
    "report",
    "school",
    "street",
    "team",
    "tower",
    "university",
    "white",
];

/// Before these, a weak alias with a comma after it is a place: `in Warren, Michigan`.
const PLACES: &[&str] = &["in", "near", "from", "at", "outside", "around"];

/// Between a capitalised word and a weak alias, these make one longer name: `Code for America`.
const JOINTS: &[&str] = &["of", "for", "de", "du", "des", "da", "do", "di", "del", "von", "van"];

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

/// Whose name the weak alias at `range` is.
pub fn bearer(text: &str, range: &Range<usize>) -> Bearer {
    let (head, tail) = (before(text, range.start), after(text, range.end));
    let loud = acronym(text.get(range.clone()).unwrap_or_default());
    if double_barrelled(text, range)
        || elided(head).is_some_and(|word| word.starts_with(char::is_uppercase))
        || compound(tail)
        || cited(tail)
        || placed(head, tail)
        || joined(head)
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
    HONORIFICS.contains(&last_word(head.trim_end_matches('.')).to_lowercase().as_str())
}

/// Whether a sentence begins after `head`.
pub fn opens(head: &str) -> bool {
    let head = head.trim_end_matches(|c: char| c.is_whitespace() || "\"'“”‘’„«»()[]*".contains(c));
    head.chars().next_back().is_none_or(|c| ".?!:;…•–—|。！？：；".contains(c))
}

/// Whether a generation follows: `Donald Trump Jr.` is not Donald Trump.
pub fn younger(tail: &str) -> bool {
    let tail = tail.strip_prefix(',').unwrap_or(tail);
    let Some(tail) = tail.strip_prefix(char::is_whitespace) else { return false };
    matches!(first_word(tail), "Jr" | "Sr" | "II" | "III" | "fils" | "père")
}

fn last_word(head: &str) -> &str {
    head.rsplit(|c: char| c.is_whitespace() || "([\"“‘«„".contains(c)).next().unwrap_or_default()
}

fn first_word(tail: &str) -> &str {
    tail.split(|c: char| !in_word(c)).next().unwrap_or_default()
}

fn capital(word: &str) -> bool {
    word.starts_with(char::is_uppercase)
}

/// Two or more letters, all capitals: an office or a place, not a given name.
fn acronym(word: &str) -> bool {
    word.chars().count() > 1 && !word.chars().any(char::is_lowercase)
}

/// Whether `head` ends in what looks like a given name or an initial. In capitals (`loud`) every word does.
fn given_name(head: &str, loud: bool) -> bool {
    let Some(head) = head.strip_suffix(char::is_whitespace) else { return false };
    let initial = head.ends_with('.');
    let word = last_word(head.trim_end_matches('.'));
    if !capital(word)
        || word.contains(['\'', '’', ',', ';', ':', '?', '!', ')', ']', '”', '"', '»', '…', '—', '–'])
    {
        return false;
    }
    let small = word.to_lowercase();
    if HONORIFICS.contains(&small.as_str()) {
        return false;
    }
    if initial {
        return word.chars().count() == 1;
    }
    let before = head.get(..head.len() - word.len()).unwrap_or_default().trim_end();
    let dated =
        MONTHS.contains(&small.as_str()) && OPENERS.contains(&last_word(before).to_lowercase().as_str());
    !OPENERS.contains(&small.as_str()) && !dated && (loud || !acronym(word))
}

/// What the word after a bare surname makes of it: `Wang Huning` is another, `Warren County` nobody.
fn surname(tail: &str, loud: bool) -> Bearer {
    let Some(tail) = tail.strip_prefix(char::is_whitespace) else { return Bearer::Open };
    let word = first_word(tail);
    let initial =
        word.chars().count() == 1 && tail.get(word.len()..).is_some_and(|rest| rest.starts_with('.'));
    let small = word.to_lowercase();
    if !capital(word)
        || !initial && (word == "I" || OPENERS.contains(&small.as_str()))
        || !loud && acronym(word)
    {
        Bearer::Open
    } else if loud || THINGS.contains(&small.as_str()) {
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

/// Whether it stands where a place does: `in Warren, Michigan`.
fn placed(head: &str, tail: &str) -> bool {
    let preposition = PLACES.contains(&last_word(head.trim_end()).to_lowercase().as_str());
    preposition && tail.strip_prefix(", ").is_some_and(capital)
}

/// Whether a longer name ends in it: `Bank of America`.
fn joined(head: &str) -> bool {
    let Some(head) = head.strip_suffix(char::is_whitespace) else { return false };
    let joint = last_word(head);
    let name = last_word(head.get(..head.len() - joint.len()).unwrap_or_default().trim_end());
    let title = HONORIFICS.contains(&name.to_lowercase().as_str());
    JOINTS.contains(&joint) && capital(name) && !title && !acronym(name)
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
            ("Warren Buffett", "Warren", Another),
            ("Scale’s Wang", "Wang", Open),
            ("J. Wang", "Wang", Another),
            ("Senator Warren, who", "Warren", Open),
            ("Warren County", "Warren", Nobody),
            ("Wang et al. (2023)", "Wang", Nobody),
            ("Wang, L.", "Wang", Nobody),
            ("in Warren, Michigan", "Warren", Nobody),
            ("asked Warren, Sanders", "Warren", Open),
            ("Code for America", "America", Nobody),
            ("Secretary of America", "America", Open),
            ("a Meta-analysis", "Meta", Nobody),
            ("a Meta-owned firm", "Meta", Open),
            ("D’Souza", "Souza", Nobody),
            ("d’Macron", "Macron", Open),
            ("LISA WANG JOINS", "WANG", Another),
            ("WANG JOINS", "WANG", Nobody),
            ("In June Wang left", "Wang", Open),
            ("then June Wang left", "Wang", Open),
            ("saw June Wang", "Wang", Another),
            ("On Tuesday Wang left", "Wang", Open),
        ] {
            let start = text.find(name).expect("the name is in the text");
            assert_eq!(bearer(text, &(start..start + name.len())), whose, "{text}");
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
