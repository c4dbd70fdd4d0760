//! Nothing was found: what to try instead. Each way out is a link that finds something.

use crate::document::Inline;
use crate::id::Id;
use crate::page::Context;
use crate::page::draft::{Draft, Row};
use crate::page::lookup::suggest;
use crate::page::row::quiet;
use crate::page::words::count;
use crate::search::query::{Ending, Node};
use crate::search::{Query, Search, Wanted};
use crate::text::Text;

/// So many parts of a query are tried by themselves.
const PARTS: usize = 8;

pub fn write(draft: &mut Draft, context: Context<'_>, search: &Search, query: &Query, typing: bool) {
    draft.paragraph(vec![Inline::text("Nothing was found.")]);
    if typing || query.is_empty() {
        return;
    }
    let found = |query: &Query| {
        let wanted = Wanted { hits: 1, extracts: 0, counts: false };
        let results = search.find(query, &context.library.root, context.reading, wanted);
        results.map_or(0, |it| it.total)
    };
    let parts = match &query.tree {
        Node::All(parts) => parts.as_slice(),
        part => std::slice::from_ref(part),
    };
    let tried = parts.iter().take(PARTS).flat_map(|part| tried(part, parts.len() > 1, &found));
    draft.section("What finds something", tried.collect());
    if let Some(words) = query.plain() {
        draft.heading(2, "Names");
        suggest(draft, context.library, &words, &[]);
    }
}

/// A part of the query by itself and, where it finds nothing, with other letters.
fn tried(part: &Node, alone: bool, found: &dyn Fn(&Query) -> usize) -> Vec<Row> {
    if matches!(part, Node::Not(_)) {
        return Vec::new();
    }
    let own = Query { tree: part.clone() };
    let records = if alone { found(&own) } else { 0 };
    if records > 0 {
        return vec![row(&own, records)];
    }
    let like = loose(part).map(|tree| Query { tree });
    let like = like.map(|query| (found(&query), query)).filter(|(records, _)| *records > 0);
    like.map(|(records, query)| row(&query, records)).into_iter().collect()
}

/// The same word, misspelt as it may be.
fn loose(part: &Node) -> Option<Node> {
    let open = |words: &crate::search::query::Words| {
        let single = !words.text.contains(' ') && words.text.chars().count() > 2;
        let text = words.text.clone();
        single.then_some(crate::search::query::Words { text, quoted: false, ending: Ending::Typo })
    };
    match part {
        Node::Words(words) => open(words).map(Node::Words),
        Node::In(field, words) => open(words).map(|words| Node::In(*field, words)),
        _ => None,
    }
}

fn row(query: &Query, records: usize) -> Row {
    let line = query.to_string();
    vec![
        Inline::page(Id::search(&line), Text::line(&line)),
        quiet(format!(" ({})", count(records, "result"))),
    ]
}
