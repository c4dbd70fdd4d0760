//! What loading cannot see: names that clash, claims firmer than their sources, words that look like names.
//!
//! Every check is a function from the library to problems; `dossier check` shows them beside those of loading.

mod claims;
mod everyday;
mod hidden;
mod names;
mod relations;
mod texts;

use crate::library::Library;
use crate::library::problem::{Place, Problem};
use crate::links::Links;

/// Everything that is wrong or doubtful, in order of file and line: what loading found, and what these checks find.
///
/// Reads every text once more; see [`quick`] for what can be said without.
pub fn all(library: &Library, links: &Links) -> Vec<Problem> {
    let mut problems = quick(library, links);
    problems.extend(texts::check(library, links));
    problems.sort();
    problems.dedup();
    problems
}

/// What can be said without reading a text.
pub fn quick(library: &Library, links: &Links) -> Vec<Problem> {
    let mut problems = library.problems.clone();
    problems.extend(names::check(library));
    problems.extend(relations::check(library));
    problems.extend(claims::check(library));
    problems.extend(links.texts().into_iter().flat_map(|texts| texts::dangling(library, texts)));
    problems.sort();
    problems.dedup();
    problems
}

/// A line of the file that `place` is in.
fn at_line(place: &Place, line: usize) -> Place {
    Place { file: place.file.clone(), line, column: 0 }
}
