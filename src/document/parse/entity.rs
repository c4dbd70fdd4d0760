//! Character references: `&amp;`, `&#8217;`, `&rsquo;` in text that is no Markdown, such as HTML and YAML.

use std::borrow::Cow;

use pulldown_cmark::{Event, Parser};

/// The longest name of a character.
const LONGEST: usize = 32;

/// `text` with the characters that its references name.
pub fn decode(text: &str) -> Cow<'_, str> {
    let Some((before, mut rest)) = text.split_once('&') else { return Cow::Borrowed(text) };
    let mut decoded = before.to_owned();
    loop {
        match reference(rest) {
            Some((shown, behind)) => {
                decoded.push_str(&shown);
                rest = behind;
            }
            None => decoded.push('&'),
        }
        let Some((words, more)) = rest.split_once('&') else { break };
        decoded.push_str(words);
        rest = more;
    }
    decoded.push_str(rest);
    Cow::Owned(decoded)
}

/// What the reference at the start of `rest`, behind its `&`, names, and what comes after it.
fn reference(rest: &str) -> Option<(Cow<'static, str>, &str)> {
    let end = rest.bytes().take(LONGEST).position(|byte| byte == b';')?;
    let (name, behind) = (rest.get(..end)?, rest.get(end + 1..)?);
    let bare = name.strip_prefix('#').unwrap_or(name);
    if bare.is_empty() || !bare.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
        return None;
    }
    let known = match name {
        "amp" => "&",
        "lt" => "<",
        "gt" => ">",
        "quot" => "\"",
        "nbsp" => "\u{a0}",
        _ => return Some((by_parser(name)?.into(), behind)),
    };
    Some((known.into(), behind))
}

/// The Markdown parser knows all names, and gives them in no other way.
fn by_parser(name: &str) -> Option<String> {
    let written = format!("&{name};");
    let shown: String = Parser::new(&written)
        .filter_map(|event| if let Event::Text(text) = event { Some(text.into_string()) } else { None })
        .collect();
    (shown != written).then_some(shown)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_named_is_shown_and_the_rest_stays() {
        for (text, shown) in [
            ("U&#46;S&#46; &amp; &rsquo;&nbsp;&#x41;", "U.S. & ’\u{a0}A"),
            ("AT&T &; &#; &none; a & b;", "AT&T &; &#; &none; a & b;"),
            ("&amp;amp;", "&amp;"),
            ("no", "no"),
        ] {
            assert_eq!(decode(text), shown);
        }
    }
}
