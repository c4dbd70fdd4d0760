//! The true form of an address that leads out: what the opener gets is what was shown, in ASCII alone.
//!
//! Browsers read `\` as `/`, forgive missing and doubled slashes, and show names of look-alike letters as they
//! like; here all of that is written out before anybody says yes.

use percent_encoding::{AsciiSet, CONTROLS, percent_decode_str, utf8_percent_encode};
use unicode_normalization::UnicodeNormalization;

/// What is never written as it is in a path, a query or a name of a user.
const ESCAPED: &AsciiSet = &CONTROLS
    .add(b' ')
    .add(b'"')
    .add(b'<')
    .add(b'>')
    .add(b'`')
    .add(b'{')
    .add(b'}')
    .add(b'|')
    .add(b'^')
    .add(b'\\');

/// Longer names are no names: a label has 63 bytes, a whole name 253.
const LABEL: usize = 63;
const HOST: usize = 253;

/// The address as an opener may get it; `None` if it is no `http`, `https` or `mailto` address, or if its host
/// is none that could exist.
pub fn ascii(address: &str) -> Option<String> {
    let (scheme, rest) = address.trim().split_once(':')?;
    let scheme = scheme.to_ascii_lowercase();
    match scheme.as_str() {
        "mailto" => mail(rest),
        "http" | "https" => {
            let rest = rest.trim_start_matches(['/', '\\']);
            let end = rest.find(['/', '\\', '?', '#']).unwrap_or(rest.len());
            let (authority, behind) = rest.split_at_checked(end)?;
            let path_end = behind.find(['?', '#']).unwrap_or(behind.len());
            let (path, query) = behind.split_at_checked(path_end)?;
            let path = path.replace('\\', "/");
            let path = if path.is_empty() { "/" } else { &path };
            Some(format!("{scheme}://{}{}{}", authority_of(authority)?, escaped(path), escaped(query)))
        }
        _ => None,
    }
}

fn escaped(text: &str) -> String {
    utf8_percent_encode(text, ESCAPED).to_string()
}

/// Some mail programs attach whatever file an address names; such an address is none.
fn mail(rest: &str) -> Option<String> {
    let (_, query) = rest.split_once('?').unwrap_or((rest, ""));
    let mut names = query.split('&').filter_map(|field| field.split('=').next());
    let attaches = names.any(|name| {
        let name = percent_decode_str(name).decode_utf8_lossy().to_ascii_lowercase();
        name.trim().starts_with("attach")
    });
    (!attaches && !rest.trim().is_empty()).then(|| format!("mailto:{}", escaped(rest.trim())))
}

/// `user@host:port` with its host as the network knows it.
fn authority_of(authority: &str) -> Option<String> {
    let (user, place) = match authority.rsplit_once('@') {
        Some((user, place)) => (format!("{}@", escaped(user).replace('@', "%40")), place),
        None => (String::new(), authority),
    };
    let (host, port) = match place.rsplit_once(':') {
        Some((host, port)) if port.bytes().all(|b| b.is_ascii_digit()) => (host, port),
        _ => (place, ""),
    };
    let port = if port.is_empty() { String::new() } else { format!(":{}", port.parse::<u16>().ok()?) };
    Some(format!("{user}{}{port}", host_of(host)?))
}

fn host_of(host: &str) -> Option<String> {
    if let Some(number) = host.strip_prefix('[').and_then(|it| it.strip_suffix(']')) {
        return number.parse::<core::net::Ipv6Addr>().ok().map(|number| format!("[{number}]"));
    }
    let host = percent_decode_str(host).decode_utf8().ok()?;
    let host: String = host.nfkc().flat_map(char::to_lowercase).nfkc().collect();
    let labels: Option<Vec<String>> =
        host.split(['.', '\u{3002}', '\u{ff0e}', '\u{ff61}']).map(label).collect();
    let host = labels?.join(".");
    (!host.trim_matches('.').is_empty() && host.len() <= HOST).then_some(host)
}

/// One part of a name, in ASCII. An empty one is left to the dots around it.
fn label(label: &str) -> Option<String> {
    let fits =
        |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_') || !c.is_ascii() && c.is_alphanumeric();
    let marks = |c: char| unicode_normalization::char::is_combining_mark(c);
    if !label.chars().all(|c| fits(c) || marks(c)) {
        return None;
    }
    let made = if label.is_ascii() { label.to_owned() } else { format!("xn--{}", punycode(label)?) };
    (made.len() <= LABEL).then_some(made)
}

/// RFC 3492: the ASCII letters first, then where each other one goes.
fn punycode(label: &str) -> Option<String> {
    const FIRST: u32 = 128;
    let mut out: String = label.chars().filter(char::is_ascii).collect();
    let basic = u32::try_from(out.len()).ok()?;
    if basic > 0 {
        out.push('-');
    }
    let all = u32::try_from(label.chars().count()).ok()?;
    let (mut code, mut delta, mut bias, mut done) = (FIRST, 0_u32, 72, basic);
    while done < all {
        let next = label.chars().map(u32::from).filter(|c| *c >= code).min()?;
        delta = delta.checked_add((next - code).checked_mul(done + 1)?)?;
        code = next;
        for c in label.chars().map(u32::from) {
            if c < code {
                delta = delta.checked_add(1)?;
            } else if c == code {
                number(delta, bias, &mut out);
                bias = adapted(delta, done + 1, done == basic);
                delta = 0;
                done += 1;
            }
        }
        delta = delta.checked_add(1)?;
        code += 1;
    }
    Some(out)
}

/// Writes `delta` in digits of a base that changes with `bias`.
fn number(mut delta: u32, bias: u32, out: &mut String) {
    let digit = |value: u32| char::from_u32(if value < 26 { 97 + value } else { 22 + value }).unwrap_or('a');
    let mut k: u32 = 36;
    loop {
        let threshold = k.saturating_sub(bias).clamp(1, 26);
        if delta < threshold {
            return out.push(digit(delta));
        }
        out.push(digit(threshold + (delta - threshold) % (36 - threshold)));
        delta = (delta - threshold) / (36 - threshold);
        k += 36;
    }
}

fn adapted(delta: u32, points: u32, first: bool) -> u32 {
    let mut delta = if first { delta / 700 } else { delta / 2 };
    delta += delta / points;
    let mut k = 0;
    while delta > 455 {
        delta /= 35;
        k += 36;
    }
    k + 36 * delta / (delta + 38)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_shown_as_the_network_reads_it() {
        for (written, shown) in [
            ("https://www.un.org", "https://www.un.org/"),
            ("HTTP://Example.ORG/Path?Q=1#f", "http://example.org/Path?Q=1#f"),
            ("https://www.\u{430}pple.com/", "https://www.xn--pple-43d.com/"),
            ("https://m\u{fc}nchen.de", "https://xn--mnchen-3ya.de/"),
            ("https://例え.テスト", "https://xn--r8jz45g.xn--zckzah/"),
            ("https://президент.рф", "https://xn--d1abbgf6aiiy.xn--p1ai/"),
            ("https://ｅxample。com/", "https://example.com/"),
            ("http://evil.example\\@good.example/", "http://evil.example/@good.example/"),
            ("http:/\\evil.example", "http://evil.example/"),
            ("https:evil.example", "https://evil.example/"),
            ("https://user:pw@evil.example:8080/x", "https://user:pw@evil.example:8080/x"),
            ("https://good.example@evil.example/", "https://good.example@evil.example/"),
            ("http://%65vil.example/", "http://evil.example/"),
            ("http://[::1]:80/", "http://[::1]:80/"),
            ("https://a.org/é \u{1b}\"<>`", "https://a.org/%C3%A9%20%1B%22%3C%3E%60"),
            ("https://a.org/--help;$(x)&y", "https://a.org/--help;$(x)&y"),
            ("mailto:a@b.org?subject=é", "mailto:a@b.org?subject=%C3%A9"),
        ] {
            let made = ascii(written);
            assert_eq!(made.as_deref(), Some(shown), "{written}");
            assert!(made.is_some_and(|made| made.is_ascii() && !made.contains(|c: char| c.is_control())));
        }
    }

    #[test]
    fn what_is_no_address_to_open_is_none() {
        for written in [
            "javascript:alert(1)",
            "file:///etc/passwd",
            "ms-msdt:/id",
            "--help",
            "",
            "http://",
            "https://a b.org/",
            "https://a.org:99999/",
            "https://a<b>.org/",
            "http://[::1/",
            "mailto:",
            "mailto:a@b.org?attach=/etc/passwd",
            "mailto:a@b.org?subject=x&At%74achment=/etc/passwd",
        ] {
            assert_eq!(ascii(written), None, "{written}");
        }
    }

    #[test]
    fn the_samples_of_rfc_3492_are_right() {
        for (label, made) in [
            (
                "\u{4ed6}\u{4eec}\u{4e3a}\u{4ec0}\u{4e48}\u{4e0d}\u{8bf4}\u{4e2d}\u{6587}",
                "ihqwcrb4cv8a8dqg056pqjye",
            ),
            ("ليهمابتكلموشعربي؟", "egbpdaj6bu4bxfgehfvwxn"),
            ("porquénopuedensimplementehablarenespañol", "porqunopuedensimplementehablarenespaol-fmd56a"),
            ("bücher", "bcher-kva"),
        ] {
            assert_eq!(punycode(label).as_deref(), Some(made));
        }
    }

    proptest::proptest! {
        #[test]
        fn what_is_opened_is_ascii_and_stays_what_it_is(rest in "\\PC{0,40}") {
            if let Some(made) = ascii(&format!("https://{rest}")) {
                proptest::prop_assert!(made.bytes().all(|b| (0x21..0x7f).contains(&b)));
                proptest::prop_assert_eq!(ascii(&made), Some(made.clone()));
            }
        }
    }
}
