//! Where queries begin: those that were kept, those that were asked last, and how one is written.

use crate::document::{Align, Inline, Table};
use crate::id::Id;
use crate::page::Context;
use crate::page::draft::{Draft, Row};
use crate::page::row::quiet;
use crate::page::words::count;
use crate::search::Search;
use crate::text::Text;

/// So many of the queries asked last are shown.
const LAST: usize = 10;

/// What can be written, by example.
const WAYS: [(&str, &str); 10] = [
    ("export controls", "both words, anywhere in a briefing"),
    ("\"export controls\"", "exactly these words"),
    ("chips -nvidia", "the first word and not the second"),
    ("licence OR permit", "either"),
    ("licen*  lutnik~", "a beginning; a word that may be misspelt"),
    ("actor:wang", "about, by, to or mentioning anyone of that name"),
    ("topic:export-controls", "about or mentioning a topic"),
    ("kind:memo  folder:chips", "of a kind; in a folder. Also from, title, status, marking, claim"),
    ("after:2025-02  date:\"last month\"", "of a time. Also before"),
    ("is:unread  has:ask", "not read yet; asking for a decision. Also is:starred, is:changed, has:note"),
];

pub fn draft(context: Context<'_>, search: &Search) -> Draft {
    let mut draft = Draft::new(&Text::from("Search"));
    let records = usize::try_from(search.len()).unwrap_or(usize::MAX);
    draft.paragraph(vec![quiet(format!("{} can be searched.", count(records, "record")))]);
    let kept = context.reading.searches.iter();
    draft.section("Kept searches", kept.map(|(name, query)| kept_row(name, query)).collect());
    let asked = context.reading.asked_lately().into_iter().take(LAST);
    draft.section(
        "Asked lately",
        asked.map(|query| vec![Inline::page(Id::search(query), query.clone())]).collect(),
    );
    draft.heading(2, "What can be written");
    let cell = |(query, what): (&str, &str)| vec![vec![Inline::Code(query.into())], vec![Inline::text(what)]];
    draft.table(Table {
        aligns: vec![Align::Left; 2],
        head: Vec::new(),
        rows: WAYS.into_iter().map(cell).collect(),
    });
    draft
}

fn kept_row(name: &Text, query: &Text) -> Row {
    let mut row = vec![Inline::page(Id::search(query), name.clone())];
    if name != query {
        row.push(quiet(format!(": {query}")));
    }
    row
}
