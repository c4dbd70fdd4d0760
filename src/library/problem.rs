//! What is wrong in a library: where, what, and what to write instead. Never fatal.

use std::fmt;
use std::sync::Arc;

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
}

impl Problem {
    pub fn error(place: Place, message: impl Into<Text>) -> Self {
        Self { place, severity: Severity::Error, message: message.into(), help: None }
    }

    pub fn warning(place: Place, message: impl Into<Text>) -> Self {
        Self { place, severity: Severity::Warning, message: message.into(), help: None }
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
