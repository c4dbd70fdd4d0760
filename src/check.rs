//! What loading cannot see: names that clash, claims firmer than their sources, words that look like names.
//!
//! Every check is a function from the library to problems; `dossier check` shows them beside those of loading.

mod claims;
mod everyday;
mod hidden;
mod misspelt;
mod names;
mod relations;
mod texts;

use std::panic::resume_unwind;
use std::path::Path;

use rayon::prelude::*;

use crate::library::Library;
use crate::library::problem::{Place, Problem, bound};
use crate::links::Links;

/// Everything that is wrong or doubtful, in order of file and line: what loading found, and what these checks find.
/// The links too, which it needs.
///
/// Reads every text once, and brings `cache` up to date with what links are in it; see [`quick`] for what can be
/// said without.
pub fn all(library: &Library, cache: Option<&Path>) -> (Vec<Problem>, Links) {
    let (links, known, mut problems) = std::thread::scope(|scope| {
        let beside = scope.spawn(|| (texts::Known::new(library), records(library)));
        let links = Links::new(library);
        let (known, problems) = beside.join().unwrap_or_else(|fault| resume_unwind(fault));
        (links, known, problems)
    });
    let doubts = texts::Check::new(library, &known);
    let read = links.read_texts(library, cache, &doubts);
    problems.extend(doubts.all(links.matcher()));
    drop(known);
    problems.extend(texts::dangling(library, &read));
    (in_order(problems), links.with(read))
}

/// What can be said without reading a text.
pub fn quick(library: &Library, links: &Links) -> Vec<Problem> {
    let mut problems = records(library);
    problems.extend(links.texts().into_iter().flat_map(|texts| texts::dangling(library, texts)));
    in_order(problems)
}

/// What loading found, and what is doubtful in the records.
fn records(library: &Library) -> Vec<Problem> {
    let mut problems = library.problems.clone();
    problems.extend(names::check(library));
    problems.extend(relations::check(library));
    problems.extend(claims::check(library));
    problems
}

/// By file and line, each once, and of one file no more than anyone reads.
fn in_order(mut problems: Vec<Problem>) -> Vec<Problem> {
    problems.par_sort_unstable();
    problems.dedup();
    bound(&mut problems);
    problems
}

/// A line of the file that `place` is in.
fn at_line(place: &Place, line: usize) -> Place {
    Place { file: place.file.clone(), line, column: 0 }
}
