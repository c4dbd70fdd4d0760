//! The text of a briefing, read from its file when it is opened and not before.

use std::borrow::Cow;

use super::folder::Root;
use super::indexes::not_utf8;
use super::problem::Problem;
use super::record::Briefing;
use super::{Library, front, limits};

/// A file's text without its front matter.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Body {
    /// What is not UTF-8 reads `�`.
    pub text: String,
    /// The line of the file on which it starts, from 1.
    pub line: usize,
    /// The byte of the file at which it starts.
    pub offset: usize,
    /// What was wrong in reading it.
    pub problems: Vec<Problem>,
}

impl Library {
    /// Reads the body of a briefing.
    pub fn body(&self, briefing: &Briefing) -> Result<Body, Problem> {
        Body::read(&self.root, &briefing.file)
    }

    /// The whole of a file as it is written; what is not UTF-8 reads `�`.
    pub fn source(&self, file: &str) -> Result<String, Problem> {
        let read = self.root.whole(file, limits::FILE)?;
        Ok(String::from_utf8_lossy(&read.bytes).into_owned())
    }

    /// The first `length` bytes or less of a briefing's body, up to the end of a block, with the size of its file;
    /// nothing if that is not longer than `long`.
    pub fn beginning(&self, briefing: &Briefing, long: u64, length: usize) -> Option<(Body, u64)> {
        let read = self.root.head(&briefing.file, length).ok().filter(|read| read.size > long)?;
        let cut = front::cut(&read.bytes);
        let text = String::from_utf8_lossy(read.bytes.get(cut.body..)?);
        let end = text.rfind("\n\n").or_else(|| text.rfind('\n'))?;
        let text = text.get(..=end).filter(|text| !text.trim().is_empty())?.to_owned();
        Some((Body { text, line: cut.line, offset: cut.body, problems: Vec::new() }, read.size))
    }
}

impl Body {
    /// Reads the body of a Markdown file, whose record need not be known.
    pub fn read(root: &Root, file: &str) -> Result<Self, Problem> {
        let read = root.whole(file, limits::FILE)?;
        let cut = front::cut(&read.bytes);
        let body = read.bytes.get(cut.body..).unwrap_or_default();
        let text = String::from_utf8_lossy(body);
        let bad = matches!(text, Cow::Owned(_));
        let problems = bad.then(|| not_utf8(&read.bytes, file)).into_iter().collect();
        Ok(Self { text: text.into_owned(), line: cut.line, offset: cut.body, problems })
    }
}
