//! Fields: the metadata at the head of a page, each a label and a value, none of them empty.

use super::draft::Row;
use super::row::{reference, references};
use super::words::words;
use crate::date::Date;
use crate::document::{Field, Inline};
use crate::library::Library;
use crate::library::record::Ref;
use crate::text::Text;

/// The fields written so far.
#[derive(Default)]
pub struct Fields {
    fields: Vec<Field>,
}

impl Fields {
    pub fn row(mut self, label: &str, value: Row) -> Self {
        if !value.is_empty() {
            self.fields.push(Field { label: Text::from(label), value });
        }
        self
    }

    pub fn text(self, label: &str, value: Option<&Text>) -> Self {
        self.row(label, value.map(|it| Inline::text(Text::line(it))).into_iter().collect())
    }

    /// A code, shown as words.
    pub fn code(self, label: &str, value: Option<&Text>) -> Self {
        self.row(label, value.map(|it| Inline::text(words(it))).into_iter().collect())
    }

    pub fn date(self, label: &str, value: Option<&Date>) -> Self {
        self.text(label, value.map(|it| &it.written))
    }

    pub fn names(self, label: &str, names: &[Text]) -> Self {
        let names: Vec<&str> = names.iter().map(Text::as_str).collect();
        self.row(label, if names.is_empty() { Row::new() } else { vec![Inline::text(names.join(", "))] })
    }

    pub fn one(self, label: &str, library: &Library, value: Option<&Ref>) -> Self {
        self.row(label, value.map(|it| reference(library, it)).into_iter().collect())
    }

    pub fn all(self, label: &str, library: &Library, values: &[Ref]) -> Self {
        self.row(label, references(library, values))
    }

    pub fn done(self) -> Vec<Field> {
        self.fields
    }
}
