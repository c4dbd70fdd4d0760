//! Templates of site builders in Markdown: `{{< … >}}`, `{{% … %}}`, `{{ … }}`, `{% … %}`.
//!
//! They are masked before parsing, byte for byte, so that no place moves and no markup is seen in them. One that
//! stands where a link leads is masked by where it leads; the others are read for the words they carry.

use std::collections::HashSet;
use std::ops::Range;

/// Bytes within which a template must end.
const LONGEST: usize = 4000;
/// Ends of the names of arguments whose values are words to read.
const WORDY: [&str; 14] = [
    "kicker",
    "title",
    "heading",
    "name",
    "text",
    "label",
    "quote",
    "cite",
    "caption",
    "description",
    "summary",
    "alt",
    "intro",
    "deck",
];
/// Ends of the names of arguments that say where something is.
const LEADING: [&str; 6] = ["href", "url", "link", "file", "src", "page"];

/// A source whose templates are masked.
pub struct Masked {
    pub text: String,
    /// The templates, in order.
    pub found: Vec<Range<usize>>,
    /// The names of templates that end somewhere, and so only stand around words.
    pub boxes: HashSet<String>,
}

/// What a template stands for.
#[derive(Debug, PartialEq)]
pub enum Meaning<'a> {
    /// The start or the end of a box around words.
    Nothing,
    Picture {
        file: &'a str,
        alt: &'a str,
        caption: &'a str,
    },
    Link {
        to: String,
        words: Vec<&'a str>,
    },
    Words(Vec<&'a str>),
    /// Something that only its site can fill in.
    Unknown,
}

/// Masks the templates of `source`; `None` if it has none.
pub fn mask(source: &str) -> Option<Masked> {
    if !source.contains("{{") && !source.contains("{%") {
        return None;
    }
    let mut text = String::with_capacity(source.len());
    let mut found = Vec::new();
    let mut boxes = HashSet::new();
    while let Some(start) = next(source, text.len()) {
        text.push_str(source.get(text.len()..start)?);
        let length = source.get(start..).and_then(length)?;
        let written = source.get(start..start + length)?;
        let covered = mask_one(source, start, written, &mut text);
        found.push(start..start + covered);
        boxes.extend(call(written).0.strip_prefix('/').map(str::to_owned));
    }
    if found.is_empty() {
        return None;
    }
    text.push_str(source.get(text.len()..)?);
    Some(Masked { text, found, boxes })
}

/// Where the next template from `from` on starts.
fn next(source: &str, from: usize) -> Option<usize> {
    let rest = source.get(from..)?;
    let mut braces = rest.match_indices('{').map(|(at, _)| from + at);
    braces.find(|at| source.get(*at..).and_then(length).is_some())
}

/// The bytes of the template that `rest` starts with.
fn length(rest: &str) -> Option<usize> {
    let (end, lines) = match rest.as_bytes() {
        [b'{', b'{', b'<', ..] => (">}}", true),
        [b'{', b'{', b'%', ..] => ("%}}", true),
        [b'{', b'{', ..] => ("}}", false),
        [b'{', b'%', ..] => ("%}", false),
        _ => return None,
    };
    let near = rest.get(..rest.floor_char_boundary(LONGEST))?;
    let inside = near.get(2..)?;
    let length = inside.find(end)? + 2 + end.len();
    let written = rest.get(..length)?;
    let broken =
        if lines { written.contains("\n\n") || written.contains("\n\r\n") } else { written.contains('\n') };
    (!broken).then_some(length)
}

/// Adds the mask of one template, and answers with the bytes it covers.
fn mask_one(source: &str, start: usize, written: &str, text: &mut String) -> usize {
    let before = source.get(..start).unwrap_or_default();
    let rest = source.get(start + written.len()..).unwrap_or_default();
    let linked = before.ends_with("](") || before.ends_with("]: ");
    let valued = before.ends_with("=\"") || before.ends_with("='");
    let to = (linked || valued).then(|| place(written)).flatten();
    if let Some(to) = to {
        let stop = |c: char| c.is_whitespace() || matches!(c, ')' | '"' | '\'' | '<' | '>');
        let suffix = rest.get(..rest.find(stop).unwrap_or(rest.len())).unwrap_or_default();
        let signs = if linked { ("<", ">") } else { ("", "") };
        let covered = written.len() + suffix.len();
        let used = to.len() + suffix.len() + signs.0.len() + signs.1.len();
        if let Some(spaces) = covered.checked_sub(used) {
            text.extend([signs.0, &" ".repeat(spaces), to, suffix, signs.1]);
            return covered;
        }
    }
    text.extend(["{{", &"x".repeat(written.len() - 4), "}}"]);
    written.len()
}

/// Where a template leads that stands for the target of a link: its one quoted value, or what `link` names.
fn place(written: &str) -> Option<&str> {
    let (name, arguments) = call(written);
    let mut values = Arguments(arguments).filter_map(|(key, value)| key.is_none().then_some(value));
    let first = values.next().or_else(|| written.split('"').nth(1));
    let known = matches!(name, "ref" | "relref" | "tmp" | "link" | "url" | "asset-static" | "post_url");
    let quoted = written.contains('"');
    first.filter(|it| (known || quoted) && !it.is_empty() && !it.contains(['<', '>', '\n', '"']))
}

/// The name of what a template calls, and the arguments as written.
fn call(written: &str) -> (&str, &str) {
    let inside =
        written.trim_start_matches(['{', '<', '%', '-']).trim_end_matches(['}', '>', '%', '-']).trim();
    let inside = inside.strip_suffix('/').unwrap_or(inside);
    let end = inside.find(|c: char| c.is_whitespace() || c == '"').unwrap_or(inside.len());
    inside.split_at_checked(end).unwrap_or((inside, ""))
}

/// `key="value"` and `value`, in order.
struct Arguments<'a>(&'a str);

impl<'a> Iterator for Arguments<'a> {
    type Item = (Option<&'a str>, &'a str);

    fn next(&mut self) -> Option<Self::Item> {
        let rest = self.0.trim_start();
        if rest.is_empty() {
            return None;
        }
        let end = rest
            .find(|c: char| c.is_whitespace() || matches!(c, '=' | '"' | '`' | '\''))
            .unwrap_or(rest.len());
        let (word, behind) = rest.split_at_checked(end)?;
        let (key, behind) = match behind.trim_start().strip_prefix('=') {
            Some(value) if !word.is_empty() => (Some(word), value.trim_start()),
            _ if word.is_empty() => (None, rest),
            _ => {
                self.0 = behind;
                return Some((None, word));
            }
        };
        let quote = behind.chars().next().filter(|c| matches!(c, '"' | '`' | '\''));
        let (value, behind) = match quote {
            Some(quote) => {
                let inside = behind.get(1..)?;
                inside.split_once(quote).unwrap_or((inside, ""))
            }
            None if behind.starts_with('=') => ("", behind.get(1..)?),
            None => behind.split_at_checked(behind.find(char::is_whitespace).unwrap_or(behind.len()))?,
        };
        self.0 = behind;
        Some((key, value))
    }
}

/// What the template `written` means; `boxes` are the names of those that stand around words.
pub fn meaning<'a>(written: &'a str, boxes: &HashSet<String>) -> Meaning<'a> {
    let shortcode = written.starts_with("{{<") || written.starts_with("{{%");
    let (name, arguments) = call(written);
    if name.starts_with('/') || matches!(name, "raw" | "endraw" | "comment" | "endcomment") {
        return Meaning::Nothing;
    }
    if !shortcode && !name.starts_with("include") {
        return Meaning::Unknown;
    }
    let given: Vec<_> = Arguments(arguments).collect();
    let of = |wanted: &str| {
        let value = given.iter().find(|(key, _)| key.is_some_and(|key| key.eq_ignore_ascii_case(wanted)));
        value.map(|(_, value)| value.trim()).filter(|value| !value.is_empty())
    };
    let ends = |key: Option<&str>, of: &[&str]| {
        key.is_some_and(|key| of.iter().any(|end| key.to_ascii_lowercase().ends_with(end)))
    };
    let to = given.iter().find(|(key, value)| ends(*key, &LEADING) && !value.trim().is_empty());
    let to = to.map(|(_, value)| value.trim());
    let first = || given.first().filter(|(key, _)| key.is_none()).map(|(_, value)| *value);
    let pictured = ["img", "image", "figure", "picture", "photo"].iter().any(|it| name.contains(it));
    if let Some(file) = to.or_else(first).filter(|_| pictured) {
        let alt = of("alt").or_else(|| of("title")).unwrap_or_default();
        let caption = of("caption").filter(|it| *it != alt).unwrap_or_default();
        return Meaning::Picture { file, alt, caption };
    }
    let sentence = |value: &str| value.contains(' ') && value.contains(char::is_alphabetic);
    let said = given.iter().filter(|(key, value)| {
        ends(*key, &WORDY) || key.is_some() && sentence(value) && !ends(*key, &["class", "style", "query"])
    });
    let words: Vec<&str> = said.map(|(_, value)| value.trim()).filter(|value| !value.is_empty()).collect();
    let to = match name {
        "youtube" => of("id").or_else(first).map(|id| format!("https://www.youtube.com/watch?v={id}")),
        _ => to.map(str::to_owned),
    };
    match to {
        Some(to) => Meaning::Link { to, words },
        None if !words.is_empty() => Meaning::Words(words),
        None if boxes.contains(name) => Meaning::Nothing,
        None => Meaning::Unknown,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Text;

    #[test]
    fn a_mask_moves_no_place() {
        for (source, masked) in [
            ("a {{< b >}} c", "a {{xxxxx}} c"),
            ("[a]({{< ref \"b.md\" >}} \"t\")", "[a](< b.md> \"t\")"),
            ("[a]({{< ref \"b.md\" >}}#c)", "[a](< b.md#c>)"),
            ("<a href=\"{{< ref \"b\" >}}\">", "<a href=\" b\">"),
            ("[a]({% link b.md %})", "[a](< b.md>)"),
            ("{% if a %}é", "{{xxxxxx}}é"),
        ] {
            let made = mask(source).unwrap().text;
            assert_eq!(made.len(), source.len());
            assert_eq!(Text::line(&made), masked);
        }
        for source in ["", "{ {", "{{ never", "{{< a\n\nb >}}", "{{ a\nb }}"] {
            assert!(mask(source).is_none(), "{source}");
        }
    }

    #[test]
    fn a_template_means_its_words() {
        let boxes = mask("{{< note >}}{{< /note >}}").unwrap().boxes;
        let picture = |file, alt, caption| Meaning::Picture { file, alt, caption };
        for (written, meant) in [
            (
                "{{< legacy-img src=\"a.jpg\" alt=\"A chart\" caption=\"\" >}}",
                picture("a.jpg", "A chart", ""),
            ),
            ("{{< img src=a-b >}}", picture("a-b", "", "")),
            ("{{< note variant=\"x\" >}}", Meaning::Nothing),
            ("{{< /note >}}", Meaning::Nothing),
            ("{{< ring title=\"Who\" >}}", Meaning::Words(vec!["Who"])),
            (
                "{{< button href=\"https://a.org\" text=\"Go\" >}}",
                Meaning::Link { to: "https://a.org".into(), words: vec!["Go"] },
            ),
            (
                "{{< youtube id=\"x1\" title=\"Day 2\" >}}",
                Meaning::Link { to: "https://www.youtube.com/watch?v=x1".into(), words: vec!["Day 2"] },
            ),
            ("{{ page.title }}", Meaning::Unknown),
            ("{% for a in b %}", Meaning::Unknown),
        ] {
            assert_eq!(meaning(written, &boxes), meant, "{written}");
        }
    }

    proptest::proptest! {
        #[test]
        fn any_mask_is_as_long_as_its_text(source in "([{]{2}|[}]{2}|<|>|%|[{]%|%[}]|ref |\"|=|\\]\\(|\\)|a|é| |\n){0,30}") {
            if let Some(masked) = mask(&source) {
                proptest::prop_assert_eq!(masked.text.len(), source.len());
            }
            let _ = meaning(&source, &HashSet::new());
        }
    }
}
