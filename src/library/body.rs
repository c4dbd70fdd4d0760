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

/// On which line of its file each byte of a body stands.
#[derive(Debug)]
pub struct Lines<'a> {
    text: &'a [u8],
    first: usize,
    /// How many lines end before each stretch of the text.
    ends: Vec<usize>,
}

/// How many bytes are counted together: few enough to be counted again for each question.
const STRETCH: usize = 1 << 8;

impl Lines<'_> {
    /// The line that byte `at` of the body stands on.
    pub fn of(&self, at: usize) -> usize {
        let at = at.min(self.text.len());
        let stretch = at / STRETCH;
        let here = self.text.get(stretch * STRETCH..at).unwrap_or_default();
        self.first + self.ends.get(stretch).copied().unwrap_or_default() + breaks(here)
    }
}

/// How many lines end in `text`: counted in bytes as long as a byte can count, which is many at a time.
pub fn breaks(text: &[u8]) -> usize {
    let few = |bytes: &[u8]| bytes.iter().map(|byte| u8::from(*byte == b'\n')).sum::<u8>();
    text.chunks(usize::from(u8::MAX)).map(|bytes| usize::from(few(bytes))).sum()
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
        let bytes = match String::from_utf8(read.bytes.into_owned()) {
            // it stays where it was read to: a copy would take its time and its room
            Ok(mut text) => {
                text.drain(..cut.body);
                return Ok(Self { text, line: cut.line, offset: cut.body, problems: Vec::new() });
            }
            Err(broken) => broken.into_bytes(),
        };
        let text = String::from_utf8_lossy(bytes.get(cut.body..).unwrap_or_default());
        let bad = matches!(text, Cow::Owned(_));
        let problems = bad.then(|| not_utf8(&bytes, file)).into_iter().collect();
        Ok(Self { text: text.into_owned(), line: cut.line, offset: cut.body, problems })
    }

    /// Counts its lines.
    pub fn lines(&self) -> Lines<'_> {
        let text = self.text.as_bytes();
        let mut ends = vec![0];
        ends.extend(text.chunks(STRETCH).scan(0, |ended, stretch| {
            *ended += breaks(stretch);
            Some(*ended)
        }));
        Lines { text, first: self.line, ends }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_counted_from_the_first_of_the_body() {
        let text = "one\ntwo\n".repeat(500);
        let body = Body { line: 5, text, ..Body::default() };
        let lines = body.lines();
        for at in [0, 3, 4, 7, 8, 1023, 1024, 1025, 2048, 3999, 4000, 9999] {
            let before = body.text.bytes().take(at).filter(|byte| *byte == b'\n').count();
            assert_eq!(lines.of(at), 5 + before, "{at}");
        }
    }
}
