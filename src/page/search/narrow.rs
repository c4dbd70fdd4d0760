//! How the results divide, by kind, actor, topic and year: each a link to a narrower query.

use crate::document::{Document, Inline};
use crate::id::{Id, Kind};
use crate::library::Library;
use crate::page::draft::{Draft, Row};
use crate::page::field::Fields;
use crate::page::row::quiet;
use crate::page::words::words;
use crate::search::{Count, Counts};
use crate::text::Text;

/// So many of each are shown, the most frequent.
const MOST: usize = 8;
const TITLE: &str = "Narrow";

/// The narrower queries, by what they narrow.
pub struct Narrow {
    groups: Vec<(&'static str, Vec<Row>)>,
}

impl Narrow {
    /// What narrows `line`, which is a query as it is typed and found so many.
    pub fn new(library: &Library, (line, found): (&str, usize), counts: Counts) -> Self {
        let groups = [
            ("Kind", counts.kinds),
            ("Actor", counts.actors),
            ("Topic", counts.topics),
            ("Year", counts.years),
        ];
        let rows = |counts: Vec<Count>| {
            let asked = |it: &Count| line.split_whitespace().any(|word| it.narrow == *word);
            // what holds of all that was found narrows nothing
            let fresh = counts.into_iter().filter(|it| it.count < found && !asked(it));
            fresh.take(MOST).map(|it| row(library, line, &it)).collect()
        };
        Self { groups: groups.into_iter().map(|(title, counts)| (title, rows(counts))).collect() }
    }

    /// At the end of the page, a line for each.
    pub fn write(&self, draft: &mut Draft) {
        let fields = self.groups.iter().fold(Fields::default(), |fields, (title, rows)| {
            let mut all = Row::new();
            for row in rows {
                all.extend((!all.is_empty()).then(|| Inline::text(", ")));
                all.extend(row.iter().cloned());
            }
            fields.row(title, all)
        });
        let fields = fields.done();
        if !fields.is_empty() {
            draft.heading(2, TITLE);
            draft.fields(fields);
        }
    }

    /// Beside the page, as lists.
    pub fn beside(self) -> Document {
        let mut draft = Draft::default();
        draft.groups(TITLE, self.groups.into_iter().map(|(title, rows)| (title.into(), rows)).collect());
        draft.document()
    }
}

fn row(library: &Library, line: &str, it: &Count) -> Row {
    let query = Id::search(&format!("{line} {}", it.narrow));
    vec![Inline::page(query, name(library, &it.narrow)), quiet(format!("\u{a0}{}", it.count))]
}

/// What `field:value` is called.
fn name(library: &Library, narrow: &Text) -> Text {
    let (field, value) = narrow.split_once(':').unwrap_or_default();
    let kind = match field {
        "actor" => Kind::Actor,
        "topic" => Kind::Topic,
        _ => return words(value),
    };
    library.name(&Id::new(kind, value)).cloned().unwrap_or_else(|| words(value))
}
