//! HTML to tags and text: a tolerant reader of the simple HTML that people put into Markdown.
//!
//! It knows no document, only `<…>`; what a tag means is decided where the tree is built. Nothing is ever refused: a
//! `<` that begins no tag is text.

use std::ops::Range;

/// A piece of HTML, by its bytes.
#[derive(Debug, PartialEq)]
pub enum Token<'a> {
    Text(Range<usize>),
    Tag(Tag<'a>, Range<usize>),
    /// A comment that ends.
    Comment,
    /// A declaration, or a comment that never ends.
    Other(Range<usize>),
}

/// One tag: `<a href="…">` or `</a>`.
#[derive(Debug, PartialEq)]
pub struct Tag<'a> {
    /// In lower case.
    pub name: String,
    /// Whether it ends its element.
    pub closes: bool,
    attributes: &'a str,
}

/// The tokens of `html`, in order.
pub struct Tokens<'a> {
    html: &'a str,
    at: usize,
    /// Whether no `>` is left, so that no tag can end.
    endless: bool,
}

impl<'a> Tokens<'a> {
    pub fn new(html: &'a str) -> Self {
        Self { html, at: 0, endless: false }
    }

    /// Goes on behind the end of the element `name`, whose start was just read; answers with where that is.
    pub fn pass(&mut self, name: &str) -> usize {
        let rest = self.html.get(self.at..).unwrap_or_default();
        let end = [format!("</{name}"), format!("</{}", name.to_ascii_uppercase())];
        let found = end.iter().filter_map(|end| rest.find(end.as_str())).min();
        let end = found
            .map(|at| at + rest.get(at..).and_then(|it| it.find('>')).map_or(rest.len() - at, |end| end + 1));
        self.at += end.unwrap_or(rest.len());
        self.at
    }

    fn markup(&mut self, start: usize) -> Option<Token<'a>> {
        let rest = self.html.get(start..)?;
        if let Some(inside) = rest.strip_prefix("<!--") {
            let Some(end) = inside.find("-->") else {
                self.at = self.html.len();
                return Some(Token::Other(start..self.at));
            };
            self.at = start + "<!--".len() + end + "-->".len();
            return Some(Token::Comment);
        }
        if rest.starts_with("<!") || rest.starts_with("<?") {
            self.at = start + rest.find('>').map_or(rest.len(), |end| end + 1);
            return Some(Token::Other(start..self.at));
        }
        let length = self.tag_length(rest)?;
        self.at = start + length;
        Some(Token::Tag(Tag::read(rest.get(..length)?)?, start..self.at))
    }

    /// The bytes of the tag that `rest` begins with, if it does. A quote that never ends is none.
    fn tag_length(&mut self, rest: &str) -> Option<usize> {
        let name = rest.strip_prefix("</").or_else(|| rest.strip_prefix('<'))?;
        if self.endless || !name.starts_with(|c: char| c.is_ascii_alphabetic()) {
            return None;
        }
        let mut quote = None;
        let mut first = None;
        for (at, byte) in rest.bytes().enumerate() {
            match (quote, byte) {
                (None, b'>') => return Some(at + 1),
                (Some(_), b'>') => first = first.or(Some(at + 1)),
                (None, b'"' | b'\'') if rest.get(..at).is_some_and(|it| it.ends_with('=')) => {
                    quote = Some(byte);
                }
                (Some(open), byte) if open == byte => quote = None,
                _ => {}
            }
        }
        self.endless = first.is_none();
        first
    }
}

impl<'a> Iterator for Tokens<'a> {
    type Item = Token<'a>;

    fn next(&mut self) -> Option<Token<'a>> {
        let start = self.at;
        let rest = self.html.get(start..).filter(|rest| !rest.is_empty())?;
        if rest.starts_with('<')
            && let Some(token) = self.markup(start)
        {
            return Some(token);
        }
        let begun = usize::from(rest.starts_with('<'));
        let length = rest.get(begun..).and_then(|it| it.find('<')).map_or(rest.len(), |at| at + begun);
        self.at = start + length;
        Some(Token::Text(start..self.at))
    }
}

impl<'a> Tag<'a> {
    /// The tag that all of `written` is.
    pub fn read(written: &'a str) -> Option<Self> {
        let inside = written.strip_prefix('<')?.strip_suffix('>')?;
        let (inside, closes) = inside.strip_prefix('/').map_or((inside, false), |inside| (inside, true));
        let end = inside.find(|c: char| !c.is_ascii_alphanumeric() && c != '-').unwrap_or(inside.len());
        let (name, attributes) = inside.split_at_checked(end)?;
        let fine = attributes.is_empty() || attributes.starts_with(|c: char| c.is_whitespace() || c == '/');
        (!name.is_empty() && fine).then(|| Self { name: name.to_ascii_lowercase(), closes, attributes })
    }

    /// Whether it says more than its name.
    pub fn is_bare(&self) -> bool {
        self.attributes.trim_matches(|c: char| c.is_whitespace() || c == '/').is_empty()
    }

    /// The value of an attribute as written, empty where it has none.
    pub fn attribute(&self, wanted: &str) -> Option<&'a str> {
        let mut rest = self.attributes;
        loop {
            rest = rest.trim_start_matches(|c: char| c.is_whitespace() || c == '/');
            if rest.is_empty() {
                return None;
            }
            let end = rest.find(|c: char| c.is_whitespace() || c == '=' || c == '/').unwrap_or(rest.len());
            let (name, behind) = rest.split_at_checked(end.max(1)).unwrap_or((rest, ""));
            let (value, behind) = value(behind);
            if name.eq_ignore_ascii_case(wanted) {
                return Some(value);
            }
            rest = behind;
        }
    }
}

/// The value that `=…` at the start of `rest` gives, and what comes after it.
fn value(rest: &str) -> (&str, &str) {
    let Some(written) = rest.trim_start().strip_prefix('=') else { return ("", rest) };
    let written = written.trim_start();
    for quote in ['"', '\''] {
        if let Some(inside) = written.strip_prefix(quote) {
            return inside.split_once(quote).unwrap_or((inside, ""));
        }
    }
    let end = written.find(char::is_whitespace).unwrap_or(written.len());
    written.split_at_checked(end).unwrap_or((written, ""))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(html: &str) -> Vec<String> {
        let show = |token| match token {
            Token::Text(range) => format!("text {}", html.get(range).unwrap()),
            Token::Tag(tag, _) if tag.closes => format!("end {}", tag.name),
            Token::Tag(tag, _) => format!("tag {}", tag.name),
            Token::Comment => "comment".to_owned(),
            Token::Other(range) => format!("other {}", html.get(range).unwrap()),
        };
        Tokens::new(html).map(show).collect()
    }

    #[test]
    fn html_is_tags_and_text() {
        let cases: [(&str, &[&str]); 8] = [
            ("<B>x</B> y", &["tag b", "text x", "end b", "text  y"]),
            ("a < b <1> <", &["text a ", "text < b ", "text <1> ", "text <"]),
            ("<a href=\"x>y\">z", &["tag a", "text z"]),
            ("<a href=\"x>z", &["tag a", "text z"]),
            ("<a href", &["text <a href"]),
            ("x<!-- y -->z", &["text x", "comment", "text z"]),
            ("<!-- y", &["other <!-- y"]),
            ("<!DOCTYPE html><br/>", &["other <!DOCTYPE html>", "tag br"]),
        ];
        for (html, expected) in cases {
            assert_eq!(told(html), expected, "{html}");
        }
    }

    #[test]
    fn attributes_are_read_however_they_are_quoted() {
        let tag = Tag::read("<img src='a b.png' ALT=\"A chart\" hidden width=3/>").unwrap();
        let read = |name| tag.attribute(name);
        assert_eq!((read("src"), read("alt")), (Some("a b.png"), Some("A chart")));
        assert_eq!((read("hidden"), read("width"), read("title")), (Some(""), Some("3/"), None));
        assert!(!tag.is_bare() && Tag::read("<br />").unwrap().is_bare());
        assert_eq!(Tag::read("<http://x.org>"), None);
    }

    proptest::proptest! {
        #[test]
        fn tokens_cover_all_of_any_text(html in "(<|>|/|!--|-->|a |href=|\"|'|b|\n|é){0,40}") {
            let mut at = 0;
            let mut tokens = Tokens::new(&html);
            while let Some(token) = tokens.next() {
                if let Token::Text(range) | Token::Tag(_, range) | Token::Other(range) = token {
                    proptest::prop_assert_eq!(range.start, at);
                }
                proptest::prop_assert!(tokens.at > at);
                at = tokens.at;
            }
            proptest::prop_assert_eq!(at, html.len());
        }
    }
}
