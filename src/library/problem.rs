//! What is wrong in a library: where, what, and what to write instead. Never fatal.

use std::fmt;
use std::sync::Arc;

use super::limits;
use crate::text::Text;

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// Something could not be read or used.
    Error,
    /// Everything was read, but something is doubtful.
    Warning,
}

/// A place in a file of the library. `line` and `column` count from 1; 0 means the file as a whole.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Place {
    /// The path from the library's root, with `/` between its parts. Shared: every reference has a place.
    pub file: Arc<Text>,
    pub line: usize,
    pub column: usize,
}

impl Place {
    pub fn new(file: &Arc<Text>, line: usize, column: usize) -> Self {
        Self { file: Arc::clone(file), line, column }
    }

    /// The file as a whole.
    pub fn file(path: &str) -> Self {
        Self { file: Arc::new(Text::line(path)), line: 0, column: 0 }
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.line, self.column) {
            (0, _) => write!(f, "{}", self.file),
            (line, 0) => write!(f, "{}:{line}", self.file),
            (line, column) => write!(f, "{}:{line}:{column}", self.file),
        }
    }
}

/// One thing that is wrong: lower case, no full stop; the help says what to do.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Problem {
    pub place: Place,
    pub severity: Severity,
    pub message: Text,
    pub help: Option<Text>,
    /// How many it stands for, where the rest of a file's problems are only counted.
    pub(super) rest: usize,
}

impl Problem {
    pub fn error(place: Place, message: impl Into<Text>) -> Self {
        Self { place, severity: Severity::Error, message: message.into(), help: None, rest: 0 }
    }

    pub fn warning(place: Place, message: impl Into<Text>) -> Self {
        Self { place, severity: Severity::Warning, message: message.into(), help: None, rest: 0 }
    }

    #[must_use]
    pub fn help(mut self, help: impl Into<Text>) -> Self {
        self.help = Some(help.into());
        self
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.place, self.message)?;
        match &self.help {
            Some(help) => write!(f, "; {help}"),
            None => Ok(()),
        }
    }
}

/// Names the first problems of each file and counts the rest. They are in order, and may have been bounded before.
pub fn bound(problems: &mut Vec<Problem>) {
    let mut rests: Vec<(Place, usize)> = Vec::new();
    let mut last: Option<Arc<Text>> = None;
    let (mut count, mut counted) = (0, false);
    problems.retain(|problem| {
        let file = &problem.place.file;
        if last.as_ref() != Some(file) {
            (last, count, counted) = (Some(Arc::clone(file)), 0, false);
        }
        count += usize::from(problem.rest == 0);
        let kept = problem.rest == 0 && count <= limits::PROBLEMS;
        if !kept {
            if !counted {
                rests.push((problem.place.clone(), 0));
            }
            counted = true;
            if let Some((_, rest)) = rests.last_mut() {
                *rest = rest.saturating_add(problem.rest.max(1));
            }
        }
        kept
    });
    for (place, rest) in rests {
        let message = format!("from here on {rest} more problems in this file");
        problems.push(Problem { rest, ..Problem::warning(place, message) });
    }
    problems.sort();
}

#[cfg(test)]
mod tests {
    use super::*;

    fn problems(file: &str, count: usize) -> Vec<Problem> {
        let file = Arc::new(Text::line(file));
        (1..=count).map(|line| Problem::warning(Place::new(&file, line, 0), "wrong")).collect()
    }

    #[test]
    fn what_is_bounded_twice_counts_all_of_each_file() {
        let mut all = problems("a", limits::PROBLEMS + 5);
        all.extend(problems("b", limits::PROBLEMS));
        bound(&mut all);
        all.extend(problems("a", 3));
        all.sort();
        bound(&mut all);
        let rest: Vec<_> = all.iter().filter(|it| it.rest > 0).map(ToString::to_string).collect();
        assert_eq!(rest, ["a:998: from here on 8 more problems in this file"]);
        assert_eq!(all.len(), 2 * limits::PROBLEMS + 1);
    }
}
