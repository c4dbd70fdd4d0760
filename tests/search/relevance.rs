//! The briefing that should come first, for queries that people might type.

use std::path::Path;

use super::indexed::Indexed;
use crate::shared::shared;

/// The query and the id of each row for `library`.
fn rows(library: &str) -> Vec<(&'static str, &'static str)> {
    let table = include_str!("../relevance.tsv");
    let rows = table.lines().skip(1).filter_map(|row| {
        let mut cells = row.split('\t');
        let (of, query, first) = (cells.next()?, cells.next()?, cells.next()?);
        (of == library).then_some((query, first))
    });
    rows.collect()
}

/// How often the expected briefing is the first briefing, and how often among the first three.
fn judged(indexed: &Indexed, rows: &[(&str, &str)]) -> (usize, usize) {
    let (mut first, mut third) = (0, 0);
    for (query, expected) in rows {
        let hits = indexed.find(query).hits;
        let briefings = hits.iter().filter(|hit| hit.id.to_string().starts_with("briefing:"));
        let place = briefings.map(|hit| hit.id.slug.as_str()).position(|slug| slug == *expected);
        if place != Some(0) {
            let found: Vec<_> =
                hits.iter().take(4).map(|hit| format!("{} {:.1}", hit.id, hit.score)).collect();
            eprintln!("{query}: {expected} at {place:?} of {found:?}");
        }
        first += usize::from(place == Some(0));
        third += usize::from(place.is_some_and(|place| place < 3));
    }
    (first, third)
}

#[test]
fn the_expected_briefing_comes_first() {
    let shipped = Path::new(env!("CARGO_MANIFEST_DIR")).join("briefings");
    let (mut all, mut first, mut third) = (0, 0, 0);
    let digitalgov = shared("corpora/digitalgov");
    for (name, folder) in [("shipped", Some(shipped)), ("digitalgov", digitalgov)] {
        let Some(folder) = folder else { continue };
        let rows = rows(name);
        let judged = judged(&Indexed::new(&folder, None), &rows);
        all += rows.len();
        first += judged.0;
        third += judged.1;
    }
    // `--no-capture` shows it.
    eprintln!("of {all} queries {first} have the expected briefing first, {third} among the first three");
    assert!(first * 100 >= all * 90, "first in {first} of {all}");
    assert!(third * 100 >= all * 98, "among three in {third} of {all}");
}
