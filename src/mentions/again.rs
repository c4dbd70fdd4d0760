//! A bottom line that says a sentence of the text again: whom both name is named once.

use std::ops::Range;

use memchr::memmem::Finder;

use super::Mention;
use super::passage::Passage;

/// Bytes of the text in which sentences of the bottom line are looked for.
const LOOKED: usize = 256 << 10;
/// Sentences that are looked for.
const SENTENCES: usize = 32;
/// Words of a sentence, fewer than which stand anywhere.
const WORDS: usize = 3;

/// The mentions that count: all but those in sentences of the bottom line that stand in the text word for word. Where
/// there is a bottom line, it is the first of `passages`.
pub fn once<'m, 'a>(
    mentions: &'m [Mention<'a>],
    passages: &[Passage],
    has_bluf: bool,
) -> impl Iterator<Item = &'m Mention<'a>> {
    let named = |range: &Range<usize>| {
        mentions.iter().take_while(|it| it.passage == 0).any(|it| range.contains(&it.range.start))
    };
    let again: Vec<Range<usize>> = match passages {
        [bluf, text @ ..] if has_bluf => {
            let sentences = sentences(&bluf.text).filter(named).take(SENTENCES);
            sentences.filter(|it| bluf.text.get(it.clone()).is_some_and(|words| holds(text, words))).collect()
        }
        _ => Vec::new(),
    };
    mentions
        .iter()
        .filter(move |it| it.passage > 0 || !again.iter().any(|sentence| sentence.contains(&it.range.start)))
}

/// The sentences of a text, cut at every full stop before a space: one that is cut too often is found all the same.
fn sentences(text: &str) -> impl Iterator<Item = Range<usize>> {
    let mut from = 0;
    text.split_inclusive(". ").map(move |words| {
        let start = from;
        from += words.len();
        start..from
    })
}

/// Whether the text has these words one after another.
fn holds(text: &[Passage], sentence: &str) -> bool {
    let words = sentence.trim().trim_end_matches('.');
    if words.split_whitespace().count() < WORDS {
        return false;
    }
    let sought = Finder::new(words);
    let mut looked = 0;
    text.iter()
        .take_while(|it| {
            looked += it.text.len();
            looked <= LOOKED
        })
        .any(|it| sought.find(it.text.as_bytes()).is_some())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::Inline;

    #[test]
    fn sentences_stand_one_after_another() {
        let text = "One two. Three, Mr. Four said. Five";
        let parts: Vec<&str> = sentences(text).filter_map(|it| text.get(it)).collect();
        assert_eq!(parts, ["One two. ", "Three, Mr. ", "Four said. ", "Five"]);
    }

    #[test]
    fn a_word_or_two_are_no_sentence_that_is_said_again() {
        let passage = |text: &str| Passage::new(&[Inline::text(text)]);
        let text = [passage("Nvidia denies it, as said before.")];
        assert!(holds(&text, "Nvidia denies it. "));
        assert!(!holds(&text, "Nvidia denies. "));
        assert!(!holds(&text, "Wang denies it. "));
    }
}
