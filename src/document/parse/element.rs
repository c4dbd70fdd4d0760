//! What the elements of HTML are to a reader of text: one table of names.

/// What an element does to the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Element {
    /// Says nothing of how its words read.
    Plain,
    /// Its words stand apart from those around it.
    Apart,
    Paragraph,
    /// A line above something: a summary, a caption.
    Title,
    Heading(u8),
    List,
    Numbered,
    Item,
    Quote,
    Preformatted,
    Table,
    Row,
    Cell,
    HeadCell,
    Definitions,
    Term,
    Meaning,
    Rule,
    Break,
    Strong,
    Emphasis,
    Struck,
    Mono,
    Raised,
    Lowered,
    Quoted,
    Link,
    Picture,
    /// Something played or shown in place, which here is a link to it.
    Embedded,
    Input,
    /// Not for readers: shown quietly, whole.
    Program,
}

/// The element of that name, in lower case; `None` for what no HTML names.
pub fn element(name: &str) -> Option<Element> {
    Some(match name {
        "span" | "font" | "u" | "ins" | "small" | "big" | "mark" | "label" | "abbr" | "acronym" | "time"
        | "data" | "bdi" | "bdo" | "wbr" | "nobr" | "ruby" | "rb" | "rt" | "rp" | "button" | "output"
        | "picture" | "tbody" | "thead" | "tfoot" | "colgroup" | "col" | "map" | "area" | "noscript"
        | "svg" | "g" | "path" | "circle" | "rect" | "line" | "polygon" | "polyline" | "ellipse" | "defs"
        | "use" | "param" | "track" | "select" | "html" | "body" | "meta" | "blink" => Element::Plain,
        "div" | "section" | "article" | "center" | "main" | "header" | "footer" | "nav" | "aside"
        | "figure" | "form" | "fieldset" | "address" | "details" | "hgroup" | "option" | "optgroup"
        | "head" | "dialog" => Element::Apart,
        "p" => Element::Paragraph,
        "summary" | "caption" | "figcaption" | "legend" => Element::Title,
        "h1" => Element::Heading(1),
        "h2" => Element::Heading(2),
        "h3" => Element::Heading(3),
        "h4" => Element::Heading(4),
        "h5" => Element::Heading(5),
        "h6" => Element::Heading(6),
        "ul" | "menu" | "dir" => Element::List,
        "ol" => Element::Numbered,
        "li" => Element::Item,
        "blockquote" => Element::Quote,
        "pre" | "xmp" | "listing" => Element::Preformatted,
        "table" => Element::Table,
        "tr" => Element::Row,
        "td" => Element::Cell,
        "th" => Element::HeadCell,
        "dl" => Element::Definitions,
        "dt" => Element::Term,
        "dd" => Element::Meaning,
        "hr" => Element::Rule,
        "br" => Element::Break,
        "b" | "strong" => Element::Strong,
        "i" | "em" | "cite" | "dfn" | "var" => Element::Emphasis,
        "s" | "del" | "strike" => Element::Struck,
        "code" | "tt" | "kbd" | "samp" => Element::Mono,
        "sup" => Element::Raised,
        "sub" => Element::Lowered,
        "q" => Element::Quoted,
        "a" => Element::Link,
        "img" => Element::Picture,
        "iframe" | "embed" | "video" | "audio" | "source" | "object" => Element::Embedded,
        "input" => Element::Input,
        "script" | "style" | "template" | "textarea" => Element::Program,
        _ => return None,
    })
}

impl Element {
    /// Whether it never ends, or need not.
    pub fn may_stay_open(self) -> bool {
        matches!(
            self,
            Self::Paragraph
                | Self::Item
                | Self::Row
                | Self::Cell
                | Self::HeadCell
                | Self::Term
                | Self::Meaning
                | Self::Rule
                | Self::Break
                | Self::Picture
                | Self::Embedded
                | Self::Input
        )
    }

    /// Whether it is a block where blocks can stand.
    pub fn is_block(self) -> bool {
        matches!(
            self,
            Self::Apart
                | Self::Paragraph
                | Self::Title
                | Self::Heading(_)
                | Self::List
                | Self::Numbered
                | Self::Item
                | Self::Quote
                | Self::Preformatted
                | Self::Table
                | Self::Row
                | Self::Cell
                | Self::HeadCell
                | Self::Definitions
                | Self::Term
                | Self::Meaning
                | Self::Rule
        )
    }
}

/// What stands raised in a line, in signs that stand raised by themselves or behind a `^`.
pub fn raised(text: &str) -> String {
    const ORDINALS: [&str; 10] = ["st", "nd", "rd", "th", "tm", "sm", "e", "er", "re", "o"];
    let plain = ORDINALS.iter().any(|it| text.eq_ignore_ascii_case(it));
    let odd = !text.is_ascii() || text.trim().is_empty();
    if plain || odd {
        text.to_owned()
    } else {
        shifted(text, "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾", '^')
    }
}

/// What stands lowered in a line.
pub fn lowered(text: &str) -> String {
    let odd = !text.is_ascii() || text.trim().is_empty();
    if odd { text.to_owned() } else { shifted(text, "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎", '_') }
}

fn shifted(text: &str, signs: &str, mark: char) -> String {
    let sign = |c: char| "0123456789+-=()".chars().zip(signs.chars()).find(|(plain, _)| *plain == c);
    let all: Option<String> = text.chars().map(|c| sign(c).map(|(_, sign)| sign)).collect();
    let whole = if text.contains(' ') { format!("{mark}({text})") } else { format!("{mark}{text}") };
    all.unwrap_or(whole)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn raised_and_lowered_text_keeps_its_meaning() {
        for (text, up, down) in [
            ("2", "²", "₂"),
            ("-10", "⁻¹⁰", "₋₁₀"),
            ("th", "th", "_th"),
            ("n", "^n", "_n"),
            ("a b", "^(a b)", "_(a b)"),
            ("®", "®", "®"),
        ] {
            assert_eq!((raised(text).as_str(), lowered(text).as_str()), (up, down));
        }
    }
}
