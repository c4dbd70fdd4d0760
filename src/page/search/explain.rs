//! How a query was understood, condition by condition, and what in it was not.

use crate::document::Inline;
use crate::id::Id;
use crate::page::draft::{Draft, Row};
use crate::page::field::Fields;
use crate::page::{Context, Page};
use crate::search::Query;
use crate::text::Text;

/// How the query of the address `id` was understood.
pub fn explain(context: Context<'_>, id: &Id) -> Page {
    let title = Text::from("How the query is understood");
    let mut draft = Draft::new(&title);
    let (query, complaints) = Query::parse(&id.slug, context.today);
    let line = Text::line(&id.slug);
    draft.fields(Fields::default().text("Query", Some(&line).filter(|it| !it.is_empty())).done());
    if !id.slug.is_empty() {
        draft.heading(2, "Looked for");
        let mut rows = Row::new();
        for told in query.explain() {
            rows.extend((!rows.is_empty()).then_some(Inline::Break));
            // What belongs together is indented, which plain blanks would not keep.
            let depth = told.len() - told.trim_start().len();
            rows.push(Inline::text(format!("{}{}", "\u{a0}".repeat(depth), told.trim_start())));
        }
        draft.paragraph(rows);
    }
    let rows = complaints.iter().map(|it| vec![Inline::text(Text::line(&it.to_string()))]);
    draft.section("Not understood", rows.collect());
    Page::made(context, id.clone(), title, draft)
}
