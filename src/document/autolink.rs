//! Bare addresses in running text, as GitHub links them: `https://…`, `http://…`, `www.…`.

use std::ops::Range;

use crate::text::has_pair;

/// The addresses in `text`, in order.
pub fn addresses(text: &str) -> Vec<Range<usize>> {
    let mut found: Vec<Range<usize>> = Vec::new();
    // most texts have neither `:/` nor `w.`
    if !has_pair(text, |at, next| matches!((at, next), (b':', b'/') | (b'w', b'.'))) {
        return found;
    }
    for start in starts(text) {
        let inside = found.last().is_some_and(|last| start < last.end);
        if !inside && opens(text, start) {
            let end = end_of(text, start);
            if has_host(text.get(start..end).unwrap_or_default()) {
                found.push(start..end);
            }
        }
    }
    found
}

/// Where an address might start, in order.
fn starts(text: &str) -> Vec<usize> {
    let schemes = text.match_indices(':').filter_map(|(at, _)| {
        let (before, behind) = text.split_at_checked(at)?;
        let scheme = ["https", "http"].into_iter().find(|scheme| before.ends_with(scheme))?;
        behind.starts_with("://").then(|| at - scheme.len())
    });
    let hosts =
        text.match_indices('.').filter_map(|(at, _)| Some(text.get(..at)?.strip_suffix("www")?.len()));
    let mut starts: Vec<_> = schemes.chain(hosts).collect();
    starts.sort_unstable();
    starts
}

/// An address starts after nothing, white space or an opening sign.
fn opens(text: &str, at: usize) -> bool {
    let before = text.get(..at).and_then(|before| before.chars().next_back());
    before.is_none_or(|c| c.is_whitespace() || "*_~([{<\"'“‘«—–:,;|=".contains(c))
}

/// The end of the address: white space or `<`, less the punctuation that belongs to the sentence.
fn end_of(text: &str, start: usize) -> usize {
    let rest = text.get(start..).unwrap_or_default();
    let stop = rest.find(|c: char| c.is_whitespace() || c == '<').unwrap_or(rest.len());
    let mut address = rest.get(..stop).unwrap_or_default();
    let opened = address.matches('(').count();
    let mut closed = address.matches(')').count();
    while let Some(last) = address.chars().next_back() {
        let stray = last == ')' && closed > opened;
        if !stray && !"?!.,:;*_~'\"”’»]}|".contains(last) {
            break;
        }
        closed -= usize::from(stray);
        address = address.get(..address.len() - last.len_utf8()).unwrap_or_default();
    }
    start + address.len()
}

/// Whether there is a host with a dot in it, or a port: `http://localhost:80`.
fn has_host(address: &str) -> bool {
    let host = address.split_once("://").map_or(address, |(_, rest)| rest);
    let host = host.split(['/', '?', '#']).next().unwrap_or_default();
    let mut labels = host.split(['.', ':']);
    host.contains(['.', ':'])
        && labels
            .all(|label| !label.is_empty() && label.chars().all(|c| c.is_alphanumeric() || "-_@".contains(c)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bare_addresses_are_found_without_the_sentence_around_them() {
        let cases: [(&str, &[&str]); 9] = [
            ("see https://a.org/b, or www.c.org.", &["https://a.org/b", "www.c.org"]),
            ("(http://a.org/x(y))", &["http://a.org/x(y)"]),
            ("“https://a.org/é”", &["https://a.org/é"]),
            ("xhttps://a.org", &[]),
            ("https:// and www. alone", &[]),
            ("http://localhost:80/x", &["http://localhost:80/x"]),
            ("https://a.org/?q=1&r=2#s!", &["https://a.org/?q=1&r=2#s"]),
            ("no address", &[]),
            ("www.www.www.", &["www.www.www"]),
        ];
        for (text, expected) in cases {
            let found: Vec<_> = addresses(text).into_iter().filter_map(|it| text.get(it)).collect();
            assert_eq!(found, expected, "{text}");
        }
    }
}
