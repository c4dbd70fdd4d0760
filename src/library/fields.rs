//! The fields of a record as it is written: read by name and kind, what is wrong named, the rest kept.
//!
//! A record may be written in layers (an index entry over front matter): the first that has a key wins.

pub mod learn;

use std::collections::HashSet;
use std::sync::Arc;

use self::learn::{Learned, Shape};
use super::problem::{Place, Problem};
use super::record::{Extra, Ref};
use super::yaml::{Entry, Node, Value};
use crate::date::Date;
use crate::document::decode;
use crate::text::{Text, fold, nearest};

/// One map of a record, and the file it stands in.
pub struct Layer<'a> {
    file: &'a Arc<Text>,
    entries: &'a [Entry],
    used: Vec<bool>,
}

impl<'a> Layer<'a> {
    /// The map of `node`; a layer without keys if it is none.
    pub fn new(file: &'a Arc<Text>, node: &'a Node) -> Self {
        let entries = match &node.value {
            Value::Map(entries) => entries.as_slice(),
            _ => &[],
        };
        Self { file, entries, used: vec![false; entries.len()] }
    }
}

/// The fields of one record.
pub struct Fields<'a, 'p> {
    layers: Vec<Layer<'a>>,
    pub problems: &'p mut Vec<Problem>,
    /// Whether words that the format does not list are doubtful; in others' files they are not.
    pub strict: bool,
    /// The keys that were looked for.
    asked: Vec<&'static str>,
    /// What was asked for, where that is to be learned and nothing read.
    learned: Option<Learned<'a>>,
}

/// A value that was found: where, and under which key.
#[derive(Clone, Copy)]
pub struct Found<'a> {
    pub file: &'a Arc<Text>,
    pub entry: &'a Entry,
}

impl Found<'_> {
    pub fn place(&self) -> Place {
        place(self.file, &self.entry.value)
    }
}

pub fn place(file: &Arc<Text>, node: &Node) -> Place {
    Place::new(file, node.line, node.column)
}

impl<'a, 'p> Fields<'a, 'p> {
    pub fn new(layers: Vec<Layer<'a>>, problems: &'p mut Vec<Problem>, strict: bool) -> Self {
        Self { layers, problems, strict, asked: Vec::new(), learned: None }
    }

    /// The fields of a map in a file of our own.
    pub fn of(file: &'a Arc<Text>, node: &'a Node, problems: &'p mut Vec<Problem>) -> Self {
        Self::new(vec![Layer::new(file, node)], problems, true)
    }

    /// The value of the first of `keys` that the first layer has which has any; empty values are absent.
    /// The same key in the layers below counts as read.
    pub fn find(&mut self, keys: &[&'static str]) -> Option<Found<'a>> {
        if let Some(sample) = self.sample() {
            self.note(keys, || Shape::Text);
            return Some(sample);
        }
        let mut found: Option<(Found<'a>, &str)> = None;
        self.asked.extend(keys);
        for layer in &mut self.layers {
            for key in keys {
                if found.is_some_and(|(_, taken)| taken != *key) {
                    continue;
                }
                let at = layer.entries.iter().position(|entry| entry.key.eq_ignore_ascii_case(key));
                let Some(at) = at else { continue };
                let (Some(entry), Some(used)) = (layer.entries.get(at), layer.used.get_mut(at)) else {
                    continue;
                };
                *used = true;
                if found.is_none() && !entry.value.is_empty() {
                    found = Some((Found { file: layer.file, entry }, key));
                }
            }
        }
        found.map(|(found, _)| found)
    }

    /// Text of several lines.
    pub fn text(&mut self, keys: &[&'static str]) -> Option<Text> {
        let found = self.find(keys)?;
        Some(Text::new(self.scalar(found).trim()))
    }

    /// Text on one line.
    pub fn line(&mut self, key: &'static str) -> Option<Text> {
        let found = self.find(&[key])?;
        Some(Text::line(&self.scalar(found))).filter(|line| !line.is_empty())
    }

    /// The text that stands at `found`; a list or a map there is shown as it is, and named.
    fn scalar(&mut self, found: Found<'a>) -> String {
        if !matches!(found.entry.value.value, Value::Text { .. }) {
            let message = format!("`{}` should be one text", found.entry.key);
            self.warn(found.place(), message, "write it in one value, in quotes if need be");
        }
        let written = found.entry.value.shown();
        // sites write titles as HTML: `U&#46;S&#46;`
        if self.strict { written } else { decode(&written).into_owned() }
    }

    pub fn date(&mut self, keys: &[&'static str]) -> Option<Date> {
        let found = self.find(keys)?;
        self.note(keys, || Shape::Date);
        let written = self.scalar(found);
        let date = Date::parse(&written);
        if date.is_none() {
            let message = format!("`{}` is no date: `{}`", found.entry.key, Text::line(&written));
            self.warn(found.place(), message, "write it as 2025-01-21, 2025-01 or 2025");
        }
        Some(date.unwrap_or_else(|| Date::as_written(&written)))
    }

    /// A word; one that is not among `known` is kept and, in our own files, named with the nearest.
    pub fn word(&mut self, key: &'static str, known: &[&str]) -> Option<Text> {
        let found = self.find(&[key])?;
        if !known.is_empty() {
            self.note(&[key], || Shape::Word(known.iter().map(|&word| word.to_owned()).collect()));
        }
        let word = Text::line(&self.scalar(found));
        let same = known.iter().find(|known| fold(known) == fold(&word));
        if same.is_none() && !known.is_empty() && self.strict {
            let help = match nearest(&word, known.iter().copied()) {
                Some(near) => format!("did you mean `{near}`?"),
                None => format!("one of {}", known.join(", ")),
            };
            self.warn(found.place(), format!("unknown {key} `{word}`"), &help);
        }
        Some(same.map_or(word, |known| Text::line(known)))
    }

    pub fn flag(&mut self, key: &'static str) -> Option<bool> {
        let found = self.find(&[key])?;
        self.note(&[key], || Shape::Flag);
        let written = self.scalar(found);
        match fold(written.trim()).as_str() {
            "true" | "yes" | "on" | "1" => Some(true),
            "false" | "no" | "off" | "0" => Some(false),
            _ => {
                let message = format!("`{key}` should be true or false");
                self.warn(found.place(), message, "write true or false");
                None
            }
        }
    }

    /// A list of lines; one value is a list of one.
    pub fn lines(&mut self, key: &'static str) -> Vec<Text> {
        let Some(found) = self.find(&[key]) else { return Vec::new() };
        self.note(&[key], || Shape::Texts);
        items(&found.entry.value)
            .iter()
            .filter(|item| !item.is_empty())
            .map(|item| Text::line(&name_of(item)))
            .filter(|line| !line.is_empty())
            .collect()
    }

    /// A list of references, not yet resolved; one value is a list of one.
    pub fn refs(&mut self, keys: &[&'static str]) -> Vec<Ref> {
        let refs = self.find(keys).map(refs_at).unwrap_or_default();
        self.note(keys, || Shape::Texts);
        refs
    }

    /// All the values under any of `keys` in the first layer that has one of them. Of the keys after the
    /// first, which other tools use, one text may hold several values parted by commas.
    pub fn union(&mut self, keys: &[&'static str]) -> Vec<Ref> {
        let mut refs: Vec<Ref> = Vec::new();
        let mut known: HashSet<Text> = HashSet::new();
        self.note(keys, || Shape::Texts);
        self.asked.extend(keys);
        let is = |entry: &Entry| {
            let key = keys.iter().position(|key| entry.key.eq_ignore_ascii_case(key));
            key.filter(|_| !entry.value.is_empty())
        };
        let Some(layer) =
            self.layers.iter_mut().find(|layer| layer.entries.iter().any(|it| is(it).is_some()))
        else {
            return refs;
        };
        for (entry, used) in layer.entries.iter().zip(&mut layer.used) {
            let Some(key) = is(entry) else { continue };
            *used = true;
            for found in refs_at(Found { file: layer.file, entry }) {
                let parts =
                    if key == 0 { vec![found.text.as_str()] } else { found.text.split(',').collect() };
                for part in parts {
                    let text = Text::line(part);
                    if !text.is_empty() && known.insert(text.clone()) {
                        refs.push(Ref { text, id: None, place: found.place.clone() });
                    }
                }
            }
        }
        refs
    }

    /// References to people: in others' files one text may name several, `A (@a), B (@b)`.
    pub fn people(&mut self, keys: &[&'static str]) -> Vec<Ref> {
        let refs = self.refs(keys);
        if self.strict {
            return refs;
        }
        let several = refs.iter().flat_map(|it| {
            let parts = people(&it.text).into_iter().map(Text::line).filter(|text| !text.is_empty());
            parts.map(|text| Ref { text, id: None, place: it.place.clone() })
        });
        several.collect()
    }

    /// One reference; of several, the first, and a warning.
    pub fn reference(&mut self, key: &'static str) -> Option<Ref> {
        let found = self.find(&[key])?;
        let mut refs = refs_at(found);
        if refs.len() > 1 {
            self.warn(found.place(), format!("`{key}` should be one value"), "only the first is read");
        }
        (!refs.is_empty()).then(|| refs.swap_remove(0))
    }

    /// The records of a list, each read by `read`; text where a record should be goes to its field `short`.
    pub fn each<T>(
        &mut self,
        key: &'static str,
        short: &str,
        read: impl Fn(&mut Fields<'_, '_>, &Place) -> Option<T>,
    ) -> Vec<T> {
        let Some(found) = self.find(&[key]) else { return Vec::new() };
        let mut records: Vec<T> = self.note_records(key, short, &read).into_iter().collect();
        if self.learned.is_some() {
            return records;
        }
        for node in items(&found.entry.value) {
            let place = place(found.file, node);
            let whole;
            let map = match &node.value {
                Value::Map(_) => node,
                Value::Text { .. } if !short.is_empty() && !node.is_empty() => {
                    let (key, line, column) = (short.to_owned(), node.line, node.column);
                    let entry = Entry { key, line, column, value: node.clone() };
                    whole = Node { value: Value::Map(vec![entry]), line, column };
                    &whole
                }
                _ => {
                    self.warn(place, format!("an entry of `{key}` is no map"), "write it as `key: value`");
                    continue;
                }
            };
            let layer = vec![Layer::new(found.file, map)];
            let mut fields = Fields::new(layer, self.problems, self.strict);
            records.extend(read(&mut fields, &place));
            fields.name_unread();
        }
        records
    }

    /// What `read` finds under `key`, which must be there: an error where it is not.
    pub fn required<T>(
        &mut self,
        key: &'static str,
        place: &Place,
        read: impl Fn(&mut Self, &'static str) -> Option<T>,
    ) -> Option<T> {
        let value = read(self, key);
        self.note_required(key);
        if value.is_none() {
            let problem =
                Problem::error(place.clone(), format!("`{key}` is missing, so this entry is not read"));
            self.problems.push(problem.help(format!("write `{key}: …`")));
        }
        value
    }

    /// Every key that was not read, as written; of one key in several layers, the first. In our own YAML
    /// files, one that is nearly a known key is named.
    pub fn extra(&mut self) -> Vec<Extra> {
        let mut extra = Vec::new();
        let mut known = HashSet::new();
        for layer in &self.layers {
            let own = self.strict && layer.file.ends_with("ml");
            for (entry, used) in layer.entries.iter().zip(&layer.used) {
                if *used || entry.value.is_empty() || !known.insert(entry.key.as_str()) {
                    continue;
                }
                self.problems.extend(own.then(|| slip(layer.file, entry, &self.asked)).flatten());
                let value = Text::new(entry.value.shown().trim());
                extra.push(Extra { key: Text::line(&entry.key), value });
            }
        }
        extra
    }

    /// Names the keys that were not read, where there is nothing to keep them in.
    fn name_unread(&mut self) {
        for layer in self.layers.iter().filter(|_| self.strict) {
            for (entry, used) in layer.entries.iter().zip(&layer.used) {
                if *used || entry.value.is_empty() || entry.key.starts_with("x-") {
                    continue;
                }
                let plain = || {
                    let place = Place::new(layer.file, entry.line, entry.column);
                    let message = format!("unknown key `{}`, which is not shown", Text::line(&entry.key));
                    Problem::warning(place, message).help(format!("known here: {}", self.asked.join(", ")))
                };
                self.problems.push(slip(layer.file, entry, &self.asked).unwrap_or_else(plain));
            }
        }
    }

    pub fn warn(&mut self, place: Place, message: impl Into<Text>, help: &str) {
        self.problems.push(Problem::warning(place, message).help(help));
    }
}

/// A warning if a key is one of `known` but for a slip of the pen.
pub fn slip(file: &Arc<Text>, entry: &Entry, known: &[&'static str]) -> Option<Problem> {
    let far = entry.key.len() / 4;
    let near = nearest(&entry.key, known.iter().copied())?;
    let slipped = far > 0 && near != entry.key && strsim::damerau_levenshtein(&entry.key, near) <= far;
    slipped.then(|| {
        let place = Place::new(file, entry.line, entry.column);
        Problem::warning(place, format!("unknown key `{}`", Text::line(&entry.key)))
            .help(format!("did you mean `{near}`?"))
    })
}

/// The items of a list; one value is a list of one.
pub fn items(node: &Node) -> &[Node] {
    match &node.value {
        Value::List(items) => items,
        _ => std::slice::from_ref(node),
    }
}

fn refs_at(found: Found<'_>) -> Vec<Ref> {
    let mut refs = Vec::new();
    for item in items(&found.entry.value) {
        let text = Text::line(&name_of(item));
        if !text.is_empty() && !item.is_empty() {
            refs.push(Ref { text, id: None, place: place(found.file, item) });
        }
    }
    refs
}

/// The people that a text names, parted by commas, `and`, `&` or `;`. `Wang, Alexandr` is one.
fn people(text: &str) -> Vec<&str> {
    let mut parts = Vec::new();
    let (mut from, mut depth) = (0, 0_usize);
    for (at, c) in text.char_indices() {
        let rest = text.get(at..).unwrap_or_default();
        let sign =
            [", and ", ", ", ",", "; ", " and ", " & "].into_iter().find(|sign| rest.starts_with(sign));
        match (c, sign) {
            ('(' | '<' | '[', _) => depth += 1,
            (')' | '>' | ']', _) => depth = depth.saturating_sub(1),
            (_, Some(sign)) if depth == 0 && at >= from => {
                parts.push(text.get(from..at).unwrap_or_default().trim());
                from = at + sign.len();
            }
            _ => {}
        }
    }
    parts.push(text.get(from..).unwrap_or_default().trim());
    let sure = parts.iter().all(|it| it.contains([' ', '<'])) || parts.iter().any(|it| it.contains('@'));
    if sure { parts } else { vec![text] }
}

/// The name in a value: the text, or what a map calls itself, as authors are often written.
pub fn name_of(node: &Node) -> String {
    const NAMES: [&str; 6] = ["id", "name", "display_name", "title", "label", "term"];
    match &node.value {
        Value::Text { text, .. } => text.clone(),
        Value::Map(_) => NAMES.iter().find_map(|key| node.at(key)).unwrap_or(node).shown(),
        Value::List(_) => node.shown(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn people_in_one_text_are_told_apart() {
        let cases: [(&str, &[&str]); 7] = [
            ("A B (@a), C (@c, x), D <d@e.org>", &["A B (@a)", "C (@c, x)", "D <d@e.org>"]),
            ("Vitalik Buterin <v@b.com>", &["Vitalik Buterin <v@b.com>"]),
            ("Jane Doe and John Smith", &["Jane Doe", "John Smith"]),
            ("Wang, Alexandr", &["Wang, Alexandr"]),
            ("Smith, John A.", &["Smith, John A."]),
            ("Tom, Dick, Harry", &["Tom, Dick, Harry"]),
            ("", &[""]),
        ];
        for (text, parts) in cases {
            assert_eq!(people(text), parts, "{text}");
        }
    }
}
