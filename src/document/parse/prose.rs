//! Prose that its author only indented, which Markdown takes for code: read as what it says.
//!
//! Editors that make HTML leave such text in the middle of a page: paragraphs of a list that stand too far to the
//! right, cells between their tags. Code has no long sentences, so only what has one is read so.

use super::builder::Builder;
use super::decode;

/// Words of a line that make a sentence of it.
const SENTENCE: usize = 12;
/// Words of a line that are enough where a sign of a printer's stands among them, such as `&#8217;`.
const PRINTED: usize = 3;
/// Bytes of a line that are looked at.
const LOOK: usize = 2000;

impl Builder<'_> {
    /// Reads the text of an indented block, which stands in the source from `start` on, as HTML: words between
    /// tags, or words alone.
    pub fn prose(&mut self, raw: &str, start: usize) {
        let mut pieces = Vec::new();
        let mut parsed = String::with_capacity(raw.len());
        let (mut from, mut at) = (0, start);
        let source = self.source.get(start..).unwrap_or_default();
        for (line, written) in raw.split_inclusive('\n').zip(source.split_inclusive('\n')) {
            let place = at + written.len().saturating_sub(line.len());
            pieces.push((from, place));
            // templates are masked in HTML: their quotes stand within those of its attributes
            let masked = self.masked.and_then(|it| it.text.get(place..place + line.len()));
            parsed.push_str(masked.unwrap_or(line));
            from += line.len();
            at += written.len();
        }
        self.html_alone(&parsed, &pieces);
    }

    /// Whether the block of code that starts at `start` is one only because it is indented, and is none.
    pub fn is_prose(&self, raw: &str, start: usize) -> bool {
        let fenced = self.source.get(start..).map(str::trim_start);
        !fenced.is_none_or(|code| code.starts_with("```") || code.starts_with("~~~"))
            && raw.lines().any(is_sentence)
    }
}

/// Whether a line is one of a text: enough words, nearly all of them of letters.
fn is_sentence(line: &str) -> bool {
    let line = line.get(..LOOK).unwrap_or(line);
    let told = decode(line);
    let told = without_tags(&told);
    let (words, odd): (Vec<_>, Vec<_>) = told.split_whitespace().partition(|word| is_word(word));
    let printed = ["&#8", "&rsquo;", "&ldquo;", "&mdash;", "&ndash;"].iter().any(|it| line.contains(it));
    let ends = !line.trim_end().ends_with([';', '{', '}', '\\']);
    ends && words.len() >= if printed { PRINTED } else { SENTENCE } && odd.len() * 10 <= words.len()
}

/// Whether it is a word of a language, with what may stand around it: a quote, a comma.
fn is_word(word: &str) -> bool {
    let around = |c: char| !c.is_alphanumeric();
    let bare = word.trim_matches(around);
    let joins =
        |c: char| c.is_alphanumeric() || matches!(c, '\'' | '’' | '-' | '–' | '—' | '.' | ',' | '/' | '&');
    let outside = word.chars().filter(|c| around(*c) && "{}=|\\<>_;$".contains(*c)).count();
    outside == 0
        && !word.starts_with("--")
        && (matches!(word, "–" | "—" | "-" | "&") || !bare.is_empty() && bare.chars().all(joins))
}

fn without_tags(line: &str) -> String {
    let mut words = String::with_capacity(line.len());
    for piece in line.split('<') {
        words.push_str(piece.split_once('>').map_or(piece, |(_, behind)| behind));
        words.push(' ');
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sentence_is_told_from_code() {
        let cases = [
            ("More than 20% of the 18-34 group is mobile-only, and only 3% use desktop exclusively.", true),
            (
                "<em>Page view</em> is the number of times a page was viewed during the period (e.g., monthly)",
                true,
            ),
            ("&#8211; Name of the account", true),
            ("Tracked over time, total visits create a trend", false),
            (
                "def validate(self, transaction: Transaction, signer: int) -> int: # note that it is not read",
                false,
            ),
            ("let total = a + b + c + d + e + f + g + h + i + j + k + l;", false),
            (
                "INSERT INTO notes (id, title) VALUES (1, 'one'), (2, 'two'), (3, 'three'), (4, 'four');",
                false,
            ),
            ("$ cargo run --release -- --width 72 --pages --ascii --mail --large show home --json", false),
        ];
        for (line, sentence) in cases {
            assert_eq!(is_sentence(line), sentence, "{line}");
        }
    }
}
