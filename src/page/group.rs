//! Records grouped by a code that each may have: a kind, a status.

use std::collections::HashMap;

use crate::text::Text;

/// `records` by `code`: the codes of `order` first, others by name, those without one last.
pub fn grouped<'a, T>(
    records: &[&'a T],
    code: impl Fn(&'a T) -> Option<&'a Text>,
    order: &[&str],
) -> Vec<(Option<&'a str>, Vec<&'a T>)> {
    let mut groups: Vec<(Option<&str>, Vec<&T>)> = Vec::new();
    let mut places = HashMap::new();
    for record in records {
        let code = code(record).map(Text::as_str);
        let nth = *places.entry(code).or_insert(groups.len());
        match groups.get_mut(nth) {
            Some((_, group)) => group.push(*record),
            None => groups.push((code, vec![*record])),
        }
    }
    let rank = |code: Option<&str>| match code {
        Some(code) => order.iter().position(|it| *it == code).unwrap_or(order.len()),
        None => order.len() + 1,
    };
    groups.sort_by_key(|(code, _)| (rank(*code), *code));
    groups
}
