//! Links to numbers: a change of the document before it is laid out, and the list that explains the numbers.

use std::collections::HashMap;

use super::{Options, References, Row, columns, plain};
use crate::document::{Document, Inline, Role, Target, plain as words_of};
use crate::page::host;
use crate::text::{Text, width};

/// Columns by which a line is indented at most, as a rule.
const INDENT: usize = 12;

/// The addresses outside that were numbered so far, in order.
#[derive(Debug, Default)]
pub struct Numbers {
    addresses: Vec<Text>,
    known: HashMap<Text, usize>,
}

impl Numbers {
    /// Writes behind each link to the outside where it leads, in the way that was asked for.
    pub fn write(&mut self, document: &mut Document, options: &Options) {
        if options.references != References::None {
            document.inlines_mut(|inlines| self.inlines(inlines, options));
        }
    }

    fn inlines(&mut self, inlines: &mut Vec<Inline>, options: &Options) {
        for mut inline in std::mem::take(inlines) {
            match &mut inline {
                Inline::Emphasis(inner)
                | Inline::Strong(inner)
                | Inline::Struck(inner)
                | Inline::Role(_, inner) => self.inlines(inner, options),
                _ => {}
            }
            let reference = match &mut inline {
                Inline::Link { target: Target::Web(address), inlines } => {
                    let words = words_of(inlines);
                    let reference = self.reference(address, &words, options);
                    // an address that would be broken stands whole in the list: here its beginning is enough
                    if options.references == References::End
                        && reference.is_some()
                        && is_same(&words, address)
                    {
                        *inlines = vec![Inline::text(host(address))];
                    }
                    reference
                }
                // a file of the folder that is no page
                Inline::Link { target: Target::Path(path), inlines } => {
                    self.reference(&Text::line(path), &words_of(inlines), options)
                }
                _ => None,
            };
            inlines.push(inline);
            inlines.extend(reference.map(|it| Inline::role(Role::Quiet, it)));
        }
    }

    /// What stands behind the words of a link: nothing if they are its address and will not be broken.
    fn reference(&mut self, address: &Text, words: &str, options: &Options) -> Option<String> {
        let shown = is_same(words, address);
        match options.references {
            References::None => None,
            References::Inline => (!shown).then(|| format!(" <{address}>")),
            References::End => {
                let fits = width(words) + INDENT <= columns(options);
                (!shown || !fits).then(|| format!("\u{a0}[{}]", self.number(address)))
            }
        }
    }

    fn number(&mut self, address: &Text) -> usize {
        if let Some(number) = self.known.get(address) {
            return *number;
        }
        self.addresses.push(address.clone());
        self.known.insert(address.clone(), self.addresses.len());
        self.addresses.len()
    }

    /// The list of references, each address whole on its line.
    pub fn list(&self, options: &Options) -> Vec<Row> {
        if self.addresses.is_empty() {
            return Vec::new();
        }
        let mut rows = vec![
            Row::default(),
            Row { heading: true, ..Row::new("References") },
            Row { rule: true, ..Row::new("----------") },
            Row::default(),
        ];
        let digits = self.addresses.len().to_string().len() + 2;
        for (index, address) in self.addresses.iter().enumerate() {
            let number = format!("[{}]", index + 1);
            rows.push(Row::new(format!(
                "{number:<digits$} {}",
                plain(&address.replace(' ', "%20"), options)
            )));
        }
        rows
    }
}

/// Whether the words of a link are its address.
fn is_same(words: &str, address: &str) -> bool {
    bare(words) == bare(address)
}

/// An address without what readers leave out when they write one.
fn bare(address: &str) -> &str {
    let address = address.trim().trim_end_matches('/');
    ["https://", "http://", "mailto:"].iter().find_map(|start| address.strip_prefix(start)).unwrap_or(address)
}
