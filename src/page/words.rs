//! Words for codes: what a reader sees instead of `in-clearance`, `F` and `6`.

use crate::date::Date;
use crate::text::Text;

/// A code as words: `open-letter` becomes `open letter`. What was not written as a code stays as it is.
pub fn words(code: &str) -> Text {
    let coded = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-' || c == '_';
    if code.chars().all(coded) { Text::line(&code.replace(['-', '_'], " ")) } else { Text::line(code) }
}

/// `word` with a capital, as it begins a heading.
pub fn capital(word: &str) -> Text {
    let mut letters = word.chars();
    match letters.next() {
        Some(first) => Text::from(first.to_uppercase().chain(letters).collect::<String>()),
        None => Text::default(),
    }
}

/// `1 claim`, `3 claims`, `2 entries`.
pub fn count(number: usize, one: &str) -> String {
    if number == 1 { format!("1 {one}") } else { format!("{number} {}", many(one)) }
}

/// `once`, `twice`, `3 times`.
pub fn times(number: usize) -> String {
    match number {
        1 => "once".to_owned(),
        2 => "twice".to_owned(),
        number => format!("{number} times"),
    }
}

/// The plural of the words that pages count.
pub fn many(one: &str) -> String {
    match one {
        "person" => "people".to_owned(),
        one => match one.strip_suffix('y') {
            Some(stem) if !one.ends_with("ay") => format!("{stem}ies"),
            _ => format!("{one}s"),
        },
    }
}

/// From when to when: `2016 to 2025-06`, `since 2016`, `until 2025`.
pub fn period(start: Option<&Date>, end: Option<&Date>) -> Option<String> {
    match (start, end) {
        (Some(start), Some(end)) => Some(format!("{start} to {end}")),
        (Some(start), None) => Some(format!("since {start}")),
        (None, Some(end)) => Some(format!("until {end}")),
        (None, None) => None,
    }
}

/// What an Admiralty letter says about a source.
pub fn reliability(letter: &str) -> Text {
    Text::line(match letter.trim() {
        "A" | "a" => "completely reliable",
        "B" | "b" => "usually reliable",
        "C" | "c" => "fairly reliable",
        "D" | "d" => "not usually reliable",
        "E" | "e" => "unreliable",
        "F" | "f" => "reliability cannot be judged",
        other => other,
    })
}

/// What an Admiralty figure says about a piece of information.
pub fn credibility(figure: u8) -> &'static str {
    match figure {
        1 => "confirmed by other sources",
        2 => "probably true",
        3 => "possibly true",
        4 => "doubtful",
        5 => "improbable",
        _ => "truth cannot be judged",
    }
}

/// How someone was at an event.
pub fn attendance(code: &str) -> Text {
    Text::line(match code {
        "confirmed" => "attended",
        "reported" => "reportedly attended",
        other => other,
    })
}

/// How someone answered a claim.
pub fn position(code: &str) -> Text {
    if code == "declines" { Text::from("declines to comment") } else { words(code) }
}

/// What a talking point is for, as the heading of its group.
pub fn usage(code: &str) -> Text {
    match code {
        "make" => Text::from("Points to make"),
        "if-raised" => Text::from("If raised"),
        "ask" => Text::from("Questions to ask"),
        "avoid" => Text::from("Avoid"),
        other => capital(&words(other)),
    }
}

/// How one claim stands to another: from the one that says it, and from the other.
pub fn relation(code: &str) -> (Text, Text) {
    let back = match code {
        "asserts" => "asserted by",
        "contradicts" => "contradicted by",
        "narrows" => "narrowed by",
        "updates" => "updated by",
        _ => return (words(code), words(code)),
    };
    (words(code), Text::from(back))
}

/// The host of a web address, which says more than the whole of it.
pub fn host(url: &str) -> Text {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    let host = rest.split(['/', '?', '#']).next().unwrap_or(rest);
    Text::line(host.strip_prefix("www.").unwrap_or(host))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_become_words_and_other_text_stays() {
        let cases =
            [("in-clearance", "in clearance"), ("Standards Track", "Standards Track"), ("e-Mail", "e-Mail")];
        for (code, expected) in cases {
            assert_eq!(words(code), expected);
        }
    }

    #[test]
    fn things_are_counted_in_english() {
        let counted = [count(1, "entry"), count(2, "entry"), count(0, "claim"), count(3, "person")];
        assert_eq!(counted, ["1 entry", "2 entries", "0 claims", "3 people"]);
    }

    #[test]
    fn grades_that_cannot_be_judged_say_so() {
        assert_eq!(reliability("F"), "reliability cannot be judged");
        assert_eq!(credibility(6), "truth cannot be judged");
    }

    #[test]
    fn the_host_of_an_address_is_short() {
        assert_eq!(host("https://www.bis.gov/rule?x#y"), "bis.gov");
        assert_eq!(host("mailto:a@b.org"), "mailto:a@b.org");
    }
}
