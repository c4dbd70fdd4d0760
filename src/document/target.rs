//! Where a link as written leads: decided by its form alone; the library resolves the rest.

use std::fmt::Write;

use percent_encoding::percent_decode_str;

use super::Target;
use crate::id::Address;
use crate::text::Text;

/// Schemes without `//` that name something outside.
const OUTSIDE: [&str; 8] = ["http", "https", "mailto", "tel", "sms", "urn", "doi", "news"];
/// Schemes that run something, or carry their content with them: links to them lead nowhere.
const LOST: [&str; 6] = ["javascript", "vbscript", "data", "file", "blob", "about"];

/// About what an address takes beside its slug.
const ROOM: usize = 20;

impl Target {
    /// The target of a link or a picture, from its destination as Markdown gives it.
    pub fn from_written(written: &str) -> Self {
        let written = written.trim();
        if let Some(anchor) = written.strip_prefix('#') {
            return Self::Heading(percent_decode_str(anchor).decode_utf8_lossy().into_owned());
        }
        if let Some(rest) = written.strip_prefix("//") {
            return Self::Web(Text::line(&format!("https://{rest}")));
        }
        if let Some((_, slug)) = written.split_once(':')
            && !slug.is_empty()
            && let Ok(address) = written.parse::<Address>()
        {
            return Self::Page(address);
        }
        match scheme(written) {
            Some(scheme) if LOST.contains(&scheme.as_str()) => Self::Lost(Text::line(written)),
            Some(scheme) if OUTSIDE.contains(&scheme.as_str()) => Self::Web(Text::line(written)),
            Some(_) if written.contains("://") => Self::Web(Text::line(written)),
            _ => Self::Path(written.to_owned()),
        }
    }

    /// The target as it was written.
    pub fn written(&self) -> Text {
        match self {
            Self::Page(address) => {
                let mut written = String::with_capacity(address.id.slug.len() + ROOM);
                // writing to a string cannot fail
                let _ = write!(written, "{address}");
                Text::line(&written)
            }
            Self::Heading(anchor) => Text::line(&format!("#{anchor}")),
            Self::Note(text) | Self::Web(text) | Self::Lost(text) => text.clone(),
            Self::Path(path) | Self::Wiki(path) => Text::line(path),
            Self::Named(named) => {
                Text::line(&named.ids.iter().map(ToString::to_string).collect::<Vec<_>>().join(", "))
            }
        }
    }
}

/// The scheme of a URL in lower case. One letter is a Windows drive, not a scheme.
fn scheme(written: &str) -> Option<String> {
    let (scheme, _) = written.split_once(':')?;
    let legal = scheme.len() > 1
        && scheme.starts_with(|c: char| c.is_ascii_alphabetic())
        && scheme.bytes().all(|b| b.is_ascii_alphanumeric() || b"+-.".contains(&b));
    legal.then(|| scheme.to_ascii_lowercase())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_target_is_told_by_its_form() {
        let web = |text: &str| Target::Web(text.into());
        let path = |text: &str| Target::Path(text.into());
        let lost = |text: &str| Target::Lost(text.into());
        let cases = [
            ("https://a.org/b?c#d", web("https://a.org/b?c#d")),
            ("HTTP://A.org", web("HTTP://A.org")),
            ("//a.org/b", web("https://a.org/b")),
            ("mailto:a@b.org", web("mailto:a@b.org")),
            ("zotero://select/1", web("zotero://select/1")),
            ("javascript:alert(1)", lost("javascript:alert(1)")),
            (" JavaScript:alert(1)", lost("JavaScript:alert(1)")),
            ("data:text/html,x", lost("data:text/html,x")),
            ("file:///etc/passwd", lost("file:///etc/passwd")),
            ("#what-is%20known", Target::Heading("what-is known".into())),
            ("actor:nvidia", Target::Page("actor:nvidia".parse().unwrap())),
            ("briefing:x#y", Target::Page("briefing:x#y".parse().unwrap())),
            ("actor:", path("actor:")),
            ("home", path("home")),
            ("../a%20b.md#c", path("../a%20b.md#c")),
            ("C:\\a.md", path("C:\\a.md")),
            ("note: x.md", path("note: x.md")),
            ("", path("")),
        ];
        for (written, expected) in cases {
            assert_eq!(Target::from_written(written), expected, "{written}");
        }
    }
}
