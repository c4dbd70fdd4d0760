//! The format, learned from those who read it: what each reader of records asks for, under which keys.

use std::sync::Arc;

use super::{Fields, Found};
use crate::library::problem::Place;
use crate::library::yaml::{Entry, Node, Value};
use crate::text::Text;

/// A key of a record, and what may stand there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Key {
    pub name: &'static str,
    pub shape: Shape,
    /// Whether a record without it is not read.
    pub required: bool,
}

/// What may stand under a key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Shape {
    Text,
    Date,
    /// One of these words.
    Word(Vec<String>),
    Flag,
    /// A list of texts; one is a list of one.
    Texts,
    /// A list of records; one is a list of one, and where `short` says so a text stands for a record.
    Records {
        keys: Vec<Key>,
        short: bool,
    },
}

/// What a reader has asked for so far. It gets the same answer to everything, so that it asks on.
pub struct Learned<'a> {
    sample: Found<'a>,
    keys: Vec<Key>,
}

/// The keys that `read` asks for, in its order.
pub fn learned(read: impl FnOnce(&mut Fields<'_, '_>, &Place)) -> Vec<Key> {
    let (file, mut problems) = (Arc::new(Text::default()), Vec::new());
    let text = Value::Text { text: "1".to_owned(), quoted: false };
    let value = Node { value: text, line: 1, column: 1 };
    let entry = Entry { key: String::new(), line: 1, column: 1, value };
    let mut fields = Fields::new(Vec::new(), &mut problems, true);
    let sample = Found { file: &file, entry: &entry };
    fields.learned = Some(Learned { sample, keys: Vec::new() });
    read(&mut fields, &sample.place());
    fields.learned.map(|it| it.keys).unwrap_or_default()
}

impl<'a> Fields<'a, '_> {
    /// The answer that a reader gets from whom the format is learned.
    pub(super) fn sample(&self) -> Option<Found<'a>> {
        self.learned.as_ref().map(|it| it.sample)
    }

    /// Notes that `shape` was asked for under each of `keys`, where the format is learned.
    pub(super) fn note(&mut self, keys: &[&'static str], shape: impl Fn() -> Shape) {
        let Some(learned) = &mut self.learned else { return };
        for name in keys {
            match learned.keys.iter_mut().find(|it| it.name == *name) {
                Some(known) => known.shape = shape(),
                None => learned.keys.push(Key { name, shape: shape(), required: false }),
            }
        }
    }

    /// Notes that no record is read without `key`, where the format is learned.
    pub(super) fn note_required(&mut self, key: &str) {
        let keys = self.learned.as_mut().map(|it| &mut it.keys);
        if let Some(known) = keys.and_then(|keys| keys.iter_mut().find(|it| it.name == key)) {
            known.required = true;
        }
    }

    /// Notes what `read` asks for in the records under `key`; returns what it makes of the answers.
    pub(super) fn note_records<T>(
        &mut self,
        key: &'static str,
        short: &str,
        read: impl Fn(&mut Fields<'_, '_>, &Place) -> Option<T>,
    ) -> Option<T> {
        let sample = self.sample()?;
        let mut inner = Fields::new(Vec::new(), self.problems, self.strict);
        inner.learned = Some(Learned { sample, keys: Vec::new() });
        let record = read(&mut inner, &sample.place());
        let keys = inner.learned.map(|it| it.keys).unwrap_or_default();
        self.note(&[key], || Shape::Records { keys: keys.clone(), short: !short.is_empty() });
        record
    }
}
