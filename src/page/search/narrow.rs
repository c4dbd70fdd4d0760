//! How the results divide, by kind, actor, topic and year: each a link to a narrower query.

use crate::document::{Document, Inline};
use crate::id::{Id, Kind};
use crate::library::Library;
use crate::page::draft::{Draft, Row};
use crate::page::field::Fields;
use crate::page::row::{help, quiet};
use crate::page::words::{capital, words};
use crate::search::{Count, Counts};
use crate::text::Text;

/// So many of each are shown, the most frequent.
const MOST: usize = 8;
const TITLE: &str = "Narrow";

/// The narrower queries, by what they narrow.
pub struct Narrow {
    groups: Vec<Group>,
}

struct Group {
    title: &'static str,
    rows: Vec<Row>,
    /// How many more there are than are shown.
    more: usize,
}

impl Narrow {
    /// What narrows `line`, which is a query as it is typed and found so many.
    pub fn new(library: &Library, (line, found): (&str, usize), counts: &Counts) -> Self {
        let groups = [
            ("Kind", &counts.kinds),
            ("Actor", &counts.actors),
            ("Topic", &counts.topics),
            ("Year", &counts.years),
        ];
        let group = |(title, counts): (&'static str, &Vec<Count>)| {
            let asked = |it: &Count| line.split_whitespace().any(|word| it.narrow == *word);
            // what holds of all that was found narrows nothing
            let mut fresh = counts.iter().filter(|it| it.count < found && !asked(it));
            let rows = fresh.by_ref().take(MOST).map(|it| row(library, line, it)).collect();
            Group { title, rows, more: fresh.count() }
        };
        Self { groups: groups.into_iter().map(group).collect() }
    }

    /// At the end of the page, a line for each.
    pub fn write(&self, draft: &mut Draft) {
        let fields = self.groups.iter().fold(Fields::default(), |fields, group| {
            let mut all = Row::new();
            for row in &group.rows {
                all.extend((!all.is_empty()).then(|| Inline::text(", ")));
                all.extend(row.iter().cloned());
            }
            all.extend(group.rest().map(|rest| quiet(format!(", {rest}"))));
            fields.row(group.title, all)
        });
        let fields = fields.done();
        if !fields.is_empty() {
            draft.headed(2, help(TITLE), 0);
            draft.fields(fields);
        }
    }

    /// Beside the page, as lists.
    pub fn beside(self) -> Document {
        let mut draft = Draft::default();
        let groups: Vec<Group> = self.groups.into_iter().filter(|group| !group.rows.is_empty()).collect();
        if !groups.is_empty() {
            draft.heading(2, TITLE);
        }
        for group in groups {
            // a number beside the title would be taken for how many there are
            draft.heading(3, group.title);
            let rest = group.rest();
            draft.list(group.rows);
            draft.paragraph(rest.map(quiet).into_iter().collect());
        }
        draft.document()
    }
}

impl Group {
    fn rest(&self) -> Option<String> {
        (self.more > 0).then(|| format!("and {} more", self.more))
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
    // Who has no page of their own is known by the slug of a name alone.
    library.name(&Id::new(kind, value)).cloned().unwrap_or_else(|| capital(&words(value)))
}
