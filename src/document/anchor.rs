//! Anchors of headings, as GitHub makes them: what `#…` in a link names.

use std::collections::HashMap;

use foldhash::fast::RandomState;
use unicode_normalization::char::is_combining_mark;

use super::{Document, Inline, Role, push_plain};

/// Gives every heading of a document that was just parsed its anchor.
pub fn name(document: &mut Document) {
    let mut anchors = Anchors::default();
    document.headings_mut(|inlines, anchor| *anchor = anchors.give(&named(inlines)));
}

/// The words of a heading that make its anchor.
fn named(inlines: &[Inline]) -> String {
    let mut words = String::new();
    for loud in inlines.split(|it| matches!(it, Inline::Role(Role::Quiet, _))) {
        push_plain(loud, &mut words);
    }
    words
}

/// The anchors given so far, so that no two headings share one.
#[derive(Debug, Default)]
struct Anchors {
    /// How often an anchor was asked for again.
    given: HashMap<String, usize, RandomState>,
}

impl Anchors {
    /// The anchor of a heading: lower case, no punctuation, `-` for spaces; the second of a name gets `-1`.
    fn give(&mut self, heading: &str) -> String {
        let name = anchor(heading);
        let Some(mut times) = self.given.get(&name).copied() else {
            self.given.insert(name.clone(), 0);
            return name;
        };
        let given = loop {
            times += 1;
            let given = format!("{name}-{times}");
            if !self.given.contains_key(&given) {
                break given;
            }
        };
        self.given.insert(name, times);
        self.given.insert(given.clone(), 0);
        given
    }
}

/// The anchor of a heading that is the first of its name.
pub fn anchor(heading: &str) -> String {
    let mut anchor = String::with_capacity(heading.len());
    for c in heading.trim().chars() {
        match c {
            ' ' | '\n' => anchor.push('-'),
            c if c.is_ascii_alphanumeric() => anchor.push(c.to_ascii_lowercase()),
            c if c.is_alphanumeric() || c == '-' || c == '_' || is_combining_mark(c) => {
                anchor.extend(c.to_lowercase());
            }
            _ => {}
        }
    }
    anchor
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn anchors_are_made_as_github_makes_them() {
        let cases = [
            ("What is known", "what-is-known"),
            ("Q&A: costs, risks", "qa-costs-risks"),
            ("H100 / H800 chips", "h100--h800-chips"),
            ("snake_case kept-dash", "snake_case-kept-dash"),
            ("Überblick 你好", "überblick-你好"),
            ("🚀 Launch", "-launch"),
        ];
        for (heading, expected) in cases {
            assert_eq!(Anchors::default().give(heading), expected);
        }
    }

    #[test]
    fn no_two_headings_share_an_anchor() {
        let mut anchors = Anchors::default();
        let given: Vec<_> = ["A", "A", "A-1", "A", ""].map(|it| anchors.give(it)).into();
        assert_eq!(given, ["a", "a-1", "a-1-1", "a-2", ""]);
    }
}
