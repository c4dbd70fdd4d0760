//! Where a page ends: never behind a heading, nor with one line of a paragraph alone on either side if it can be.

use super::Row;

/// The pages of `rows`, each of at most `capacity` rows, without empty rows at their ends. At least one.
pub fn pages(rows: &[Row], capacity: usize) -> Vec<Vec<Row>> {
    let bound = bound(rows);
    let mut pages = Vec::new();
    let mut rest = 0;
    while rest < rows.len() {
        let start = rest + rows.iter().skip(rest).take_while(|row| row.text.is_empty()).count();
        let head = rows.get(start).and_then(|row| row.head.as_deref());
        let head = head.filter(|head| head.len() * 3 <= capacity).unwrap_or_default();
        let full = start + capacity - head.len();
        rest = if full >= rows.len() { rows.len() } else { end(&bound, start, full) };
        let page = rows.get(start..rest).unwrap_or_default();
        let shown = page.iter().rposition(|row| !row.text.is_empty()).map_or(0, |last| last + 1);
        if shown > 0 || pages.is_empty() {
            pages.push(head.iter().chain(page.iter().take(shown)).cloned().collect());
        }
    }
    if pages.is_empty() { vec![Vec::new()] } else { pages }
}

/// The end of a page that starts at `start` and may go to `full`: the last good one in its lower half.
fn end(bound: &[bool], start: usize, full: usize) -> usize {
    let least = start + (full - start) / 2;
    (least..=full).rev().find(|end| bound.get(end - 1) == Some(&false)).unwrap_or(full)
}

/// For each row whether it must not be the last on a page.
fn bound(rows: &[Row]) -> Vec<bool> {
    let mut bound = vec![false; rows.len()];
    let mut bind = |row: usize| {
        if let Some(row) = bound.get_mut(row) {
            *row = true;
        }
    };
    for run in runs(rows) {
        // one line alone at the foot of a page, or at the head of the next
        if run.len() > 1 {
            bind(run.start);
            bind(run.end - 2);
        }
    }
    let ends = ends(rows);
    let mut headed = 0;
    for (index, (row, end)) in rows.iter().zip(ends).enumerate() {
        if row.heading {
            headed = end;
        }
        if row.goes_on || index < headed {
            bind(index);
        }
        // a line drawn below the head of a table
        let above = index > 0 && rows.get(index - 1).is_some_and(|row| !row.text.is_empty());
        if row.rule && above {
            bind(index - 1);
            bind(index);
        }
    }
    bound
}

/// For each row where the lines that go on from it, and the empty rows behind them, end.
fn ends(rows: &[Row]) -> Vec<usize> {
    let mut ends = vec![rows.len(); rows.len()];
    for (index, pair) in rows.windows(2).enumerate().rev() {
        let last = pair.first().is_some_and(|it| it.text.is_empty())
            && pair.last().is_some_and(|it| !it.text.is_empty());
        let end = if last { index + 1 } else { ends.get(index + 1).copied().unwrap_or(rows.len()) };
        if let Some(it) = ends.get_mut(index) {
            *it = end;
        }
    }
    ends
}

/// Rows without an empty one between them.
fn runs(rows: &[Row]) -> impl Iterator<Item = std::ops::Range<usize>> + '_ {
    let mut at = 0;
    rows.split(|row| row.text.is_empty()).filter_map(move |run| {
        let start = at;
        at += run.len() + 1;
        (!run.is_empty()).then(|| start..start + run.len())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(written: &str) -> Vec<Row> {
        let row = |line: &str| Row { heading: line.starts_with('#'), ..Row::new(line) };
        written.lines().map(row).collect()
    }

    fn paged(written: &str, capacity: usize) -> Vec<String> {
        let page = |page: Vec<Row>| page.into_iter().map(|row| row.text).collect::<Vec<_>>().join("/");
        pages(&rows(written), capacity).into_iter().map(page).collect()
    }

    #[test]
    fn a_table_keeps_its_rows_whole_and_its_head_on_every_page() {
        let head: std::rc::Rc<[Row]> = [Row::new("H")].into();
        let cell = |text: &str, goes_on| Row { goes_on, head: Some(head.clone()), ..Row::new(text) };
        let mut rows = vec![Row::new("H")];
        for nth in 0..3 {
            rows.extend([cell(&format!("a{nth}"), true), cell(&format!("b{nth}"), false), Row::default()]);
        }
        let page = |page: Vec<Row>| page.into_iter().map(|row| row.text).collect::<Vec<_>>().join("/");
        let pages: Vec<String> = pages(&rows, 5).into_iter().map(page).collect();
        assert_eq!(pages, ["H/a0/b0", "H/a1/b1", "H/a2/b2"]);
    }

    #[test]
    fn pages_end_where_nothing_is_left_alone() {
        let cases: [(&str, usize, &[&str]); 8] = [
            ("", 6, &[""]),
            ("a\nb\n\nc\nd\n\ne\nf", 6, &["a/b//c/d", "e/f"]),
            ("a\n\n\nb\nc\n\n# h\n\nd\ne\nf\ng", 7, &["a///b/c", "# h//d/e/f/g"]),
            ("a\n\nb\nc\nd\n\ne", 4, &["a", "b/c/d", "e"]),
            ("a\nb\nc\nd\ne\nf\ng", 6, &["a/b/c/d/e", "f/g"]),
            ("a\nb\nc\nd\ne\nf\ng\nh", 4, &["a/b/c/d", "e/f/g/h"]),
            ("# a\n#\n\n\n#\nb\nc", 4, &["# a/#", "#/b/c"]),
            ("# a\n# b\n# c\n# d\n# e", 3, &["# a/# b/# c", "# d/# e"]),
        ];
        for (written, capacity, expected) in cases {
            assert_eq!(paged(written, capacity), expected, "{written}");
        }
    }
}
