//! Fields whose values are names: whom or what a value means, and what refers to it.

use std::collections::BTreeSet;

use tantivy::collector::TopDocs;
use tantivy::query::{BooleanQuery, ConstScoreQuery, Occur, Query as Engine};
use tantivy::schema::Value;
use tantivy::{DocAddress, Searcher, TantivyDocument};

use super::parts::{any, filter, term};
use super::{Boxed, Planner, Sketch};
use crate::search::entry::Record;
use crate::search::marks::{Part, Pattern};
use crate::search::query::{Ending, Field, Words};
use crate::search::words::wanted;
use crate::text::{Text, slug};

/// Records that one value may name.
const MEANT: usize = 200;

/// What a value means: records, and names that no record has.
#[derive(Default)]
struct Meant {
    records: Vec<Record>,
    unknown: BTreeSet<String>,
}

impl Planner<'_> {
    /// `actor:wang`: what is about, by, to or mentions whom the value names, and their own pages.
    pub(super) fn named(&self, field: Field, words: &Words, sketch: &mut Sketch) -> tantivy::Result<Boxed> {
        let kind = match field {
            Field::Topic => "topic",
            Field::Claim => "claim",
            _ => "actor",
        };
        let meant = self.meant(kind, words)?;
        let terms = meant.records.iter().map(|it| it.id.clone());
        let terms = terms.chain(meant.unknown.iter().map(|slug| format!("{kind}~{slug}")));
        let fields = self.fields;
        let mut parts: Vec<Boxed> = Vec::new();
        if !sketch.negated && matches!(field, Field::Actor | Field::Topic) {
            sketch.own.extend(meant.records.iter().map(|it| it.id.clone()));
        }
        for it in terms {
            match field {
                Field::From => parts.push(filter(self.fact(&format!("from={it}")))),
                Field::Claim => parts.push(filter(self.fact(&it))),
                _ => {
                    parts.push(filter(term(fields.tags, &it)));
                    parts.push(Box::new(ConstScoreQuery::new(self.fact(&format!("about={it}")), 1.0)));
                }
            }
        }
        if !sketch.negated && field != Field::From {
            for name in meant.records.iter().flat_map(|it| std::iter::once(&it.title).chain(&it.names)) {
                let parts = wanted(name, true).into_iter().map(|it| Part { any: it.forms, prefix: false });
                sketch.marks.push(Pattern { parts: parts.collect() });
            }
        }
        Ok(any(parts))
    }

    /// The addresses of the records that `value` names as a whole.
    pub(super) fn named_exactly(&self, kind: &str, value: &str) -> tantivy::Result<Vec<String>> {
        let fact = format!("{kind}={}", slug(value));
        if self.frequency(self.fields.facts, &fact)? == 0 {
            return Ok(Vec::new());
        }
        let found = self.records(&*self.fact(&fact))?;
        Ok(found.into_iter().map(|it| it.id).collect())
    }

    /// Those who have the value as a name; only if there are none, those who have it in a name.
    fn meant(&self, kind: &str, words: &Words) -> tantivy::Result<Meant> {
        let value = slug(&words.text);
        let mut meant = Meant::default();
        if matches!(words.ending, Ending::Whole | Ending::Typing) {
            meant.records = self.records(&*self.fact(&format!("{kind}={value}")))?;
            let unknown = format!("{kind}~{value}");
            if self.frequency(self.fields.tags, &unknown)? + self.frequency(self.fields.facts, &unknown)? > 0
            {
                meant.unknown.insert(value.clone());
            }
            let found = !meant.records.is_empty() || !meant.unknown.is_empty();
            if found && words.ending == Ending::Whole {
                return Ok(meant);
            }
        }
        let of_kind = filter(term(self.fields.tags, &format!("kind={kind}")));
        let mut clauses = vec![(Occur::Must, of_kind)];
        // A name is looked for as it stands; of a claim, which is a sentence, all words in any order.
        let pieces: Vec<&str> = match kind {
            "claim" if !words.quoted => words.text.split_whitespace().collect(),
            _ => vec![words.text.as_str()],
        };
        for piece in pieces {
            let piece = Words {
                text: Text::line(piece),
                quoted: words.quoted || kind != "claim",
                ending: words.ending,
            };
            let columns = [(self.fields.title, 1.0), (self.fields.names, 1.0)];
            let said = self.said(&piece, columns.iter().map(|(column, _)| *column).collect())?;
            clauses.push((Occur::Must, self.anywhere(&columns, &said)?));
        }
        let query = BooleanQuery::new(clauses);
        for record in self.records(&query)? {
            if !meant.records.contains(&record) {
                meant.records.push(record);
            }
        }
        self.unknown_with(kind, &value, words.ending, &mut meant.unknown)?;
        Ok(meant)
    }

    /// The names without a record that have `value` in them.
    fn unknown_with(
        &self,
        kind: &str,
        value: &str,
        ending: Ending,
        to: &mut BTreeSet<String>,
    ) -> tantivy::Result<()> {
        let start = format!("{kind}~");
        let open = matches!(ending, Ending::Prefix | Ending::Typing);
        for segment in self.searcher.segment_readers() {
            let inverted = segment.inverted_index(self.fields.tags)?;
            let mut stream = inverted.terms().range().ge(&start).lt(format!("{kind}\u{7f}")).into_stream()?;
            while stream.advance() && to.len() < MEANT {
                let Some(name) =
                    std::str::from_utf8(stream.key()).ok().and_then(|it| it.strip_prefix(&start))
                else {
                    continue;
                };
                if has_words(name, value, open) {
                    to.insert(name.to_owned());
                }
            }
        }
        Ok(())
    }

    fn records(&self, query: &dyn Engine) -> tantivy::Result<Vec<Record>> {
        let found = self.known.search(query, &TopDocs::with_limit(MEANT).order_by_score())?;
        let mut records: Vec<Record> =
            found.into_iter().filter_map(|(_, at)| record(self.searcher, self.fields.record, at)).collect();
        records.sort_by(|a, b| a.id.cmp(&b.id));
        Ok(records)
    }
}

/// What the index shows of a document.
pub(in crate::search) fn record(
    searcher: &Searcher,
    column: tantivy::schema::Field,
    at: DocAddress,
) -> Option<Record> {
    let document: TantivyDocument = searcher.doc(at).ok()?;
    let record = document.get_first(column).and_then(|value| value.as_str().map(str::to_owned))?;
    serde_json::from_str(&record).ok()
}

/// Whether the words of `value` stand in `name` one after another; with `open`, the last may go on.
fn has_words(name: &str, value: &str, open: bool) -> bool {
    name.match_indices(value).any(|(at, _)| {
        let before = name.get(..at).unwrap_or_default();
        let after = name.get(at + value.len()..).unwrap_or_default();
        (before.is_empty() || before.ends_with('-')) && (open || after.is_empty() || after.starts_with('-'))
    })
}
