//! Running text made flat: one string for a whole paragraph, and runs that say what its pieces are.

use std::borrow::Cow;
use std::ops::Range;
use std::sync::Arc;

use super::line::Line;
use super::{Face, Link, wrap};
use crate::document::{Inline, Role, Target};
use crate::text::{has_pair, width};

/// What stands around words that are struck out.
const STRUCK: &str = "~~";

/// A paragraph's words with white space collapsed; `\n` is a line break asked for.
#[derive(Debug, Default)]
pub struct Flow {
    pub text: String,
    runs: Vec<Run>,
    /// Whether there are places in its words at which they may part.
    seams: bool,
}

/// From `start` on, until the next run: what the text is, and the place it came from.
#[derive(Clone, Debug)]
struct Run {
    start: usize,
    face: Face,
    link: Option<usize>,
    at: Option<usize>,
}

impl Flow {
    /// The flow of `inlines`. Their links are added to `links`, whose rows are set when they are drawn.
    pub fn new(inlines: &[Inline], face: Face, links: &mut Vec<Link>) -> Self {
        let mut flow = Self::default();
        flow.fill(inlines, face, links);
        flow
    }

    /// The same, in the place of what was there.
    pub fn fill(&mut self, inlines: &[Inline], face: Face, links: &mut Vec<Link>) {
        self.text.clear();
        self.runs.clear();
        self.seams = false;
        self.text.reserve(inlines.iter().map(length).sum());
        self.runs.reserve(inlines.len());
        self.inlines(inlines, face, None, links);
        let shown = self.text.trim_end_matches([' ', '\n']).len();
        self.text.truncate(shown);
    }

    /// Words of our own.
    pub fn words(text: &str, face: Face) -> Self {
        let mut flow = Self::default();
        flow.push(text, face, None, None);
        flow
    }

    /// Adds running text behind what is there.
    pub fn append(&mut self, inlines: &[Inline], face: Face, links: &mut Vec<Link>) {
        self.inlines(inlines, face, None, links);
    }

    /// Adds words behind those that are there.
    pub fn push(&mut self, text: &str, face: Face, link: Option<usize>, at: Option<usize>) {
        if self.takes_whole(text) {
            self.run(face, link, at);
            return self.text.push_str(text);
        }
        let mut rest = text;
        while !rest.is_empty() {
            let mut start = text.len() - rest.len();
            if self.text.is_empty() || self.text.ends_with([' ', '\n']) {
                let words = rest.trim_start_matches([' ', '\n']);
                start += rest.len() - words.len();
                rest = words;
            }
            let stop = first_end(rest);
            let (run, behind) = rest.split_at_checked(stop).unwrap_or((rest, ""));
            if !run.is_empty() {
                self.run(face, link, at.map(|at| at + start));
                self.text.push_str(run.strip_suffix('\n').unwrap_or(run));
                if run.ends_with('\n') {
                    self.text.push(' ');
                }
            }
            rest = behind;
        }
    }

    /// Whether there is no white space to collapse in `text`, nor between it and what is there.
    fn takes_whole(&self, text: &str) -> bool {
        let space = |byte: Option<&u8>| matches!(byte, Some(b' ' | b'\n'));
        let (first, last) = (text.as_bytes().first(), text.as_bytes().last());
        let begun = self.text.as_bytes().last();
        !text.is_empty()
            && !(space(first) && (begun.is_none() || space(begun)))
            && last != Some(&b'\n')
            && end_of_run(text) == text.len()
    }

    /// The words in one line, as they are read.
    pub fn title(&self) -> Cow<'_, str> {
        match self.shown(0..self.text.len(), false) {
            text if text.contains('\n') => Cow::Owned(text.replace('\n', " ")),
            text => text,
        }
    }

    fn run(&mut self, face: Face, link: Option<usize>, at: Option<usize>) {
        self.runs.push(Run { start: self.text.len(), face, link, at });
    }

    fn inlines(&mut self, inlines: &[Inline], face: Face, link: Option<usize>, links: &mut Vec<Link>) {
        for inline in inlines {
            match inline {
                Inline::Text { text, at } => self.push(text, face, link, Some(*at)),
                Inline::Code(text) => self.push(text, face.with(Role::Code), link, None),
                Inline::Html(text) => self.push(text, face.with(Role::Quiet), link, None),
                Inline::Math(text) => self.push(text, face, link, None),
                Inline::Emphasis(inner) => {
                    self.inlines(inner, Face { emphasis: true, ..face }, link, links);
                }
                Inline::Strong(inner) => self.inlines(inner, Face { strong: true, ..face }, link, links),
                Inline::Struck(inner) => {
                    let face = Face { struck: true, ..face };
                    // what is struck out must not read as if it stood, where nothing can be drawn through it
                    self.push(STRUCK, face, link, None);
                    self.inlines(inner, face, link, links);
                    self.push(STRUCK, face, link, None);
                }
                Inline::Role(Role::Aid, inner) if matches!(face.role, Role::Heading(_)) => {
                    self.inlines(inner, face, link, links);
                }
                Inline::Role(role, inner) => self.inlines(inner, face.with(*role), link, links),
                Inline::Link { target, inlines } => {
                    let link = Some(add(links, target));
                    let role = if matches!(**target, Target::Named(_)) { Role::Mention } else { Role::Link };
                    self.inlines(inlines, face.with(role), link, links);
                }
                Inline::Picture { target, alt } => {
                    let link = link.or_else(|| match **target {
                        Target::Web(_) => Some(add(links, target)),
                        _ => None,
                    });
                    self.push(&format!("[Picture: {alt}]"), face.with(Role::Quiet), link, None);
                }
                Inline::NoteMark(label) => {
                    let link = Some(add(links, &Arc::new(Target::Note(label.clone()))));
                    if !self.text.is_empty() && !self.text.ends_with([' ', '\n', '\u{a0}']) {
                        self.push("\u{a0}", face, None, None);
                    }
                    self.push(&note_mark(label), face.with(Role::Link), link, None);
                }
                Inline::Break => self.hard_break(),
                Inline::SoftBreak => self.push(" ", face, link, None),
                Inline::Seam { hyphen } => {
                    // part of the words until the lines are known
                    self.seams = true;
                    self.text.push(if *hyphen { wrap::SOFT_HYPHEN } else { wrap::BREAK_HERE });
                }
            }
        }
    }

    fn hard_break(&mut self) {
        let shown = self.text.trim_end_matches(' ').len();
        self.text.truncate(shown);
        self.text.push('\n');
        // a run may have begun in what was cut
        for run in self.runs.iter_mut().rev().take_while(|run| run.start > shown) {
            run.start = shown;
        }
    }

    /// Writes one line of it, and answers with the place of its first character. Lines come in order; `from` is the
    /// run to start looking at and is moved on.
    pub fn write(&self, range: Range<usize>, from: &mut usize, line: &mut Line) -> Option<usize> {
        let first = line.count();
        let mut at = None;
        while self.runs.get(*from + 1).is_some_and(|next| next.start <= range.start) {
            *from += 1;
        }
        for (index, run) in self.runs.iter().enumerate().skip(*from) {
            if run.start >= range.end && !range.is_empty() || run.start > range.end {
                break;
            }
            let end = self.runs.get(index + 1).map_or(self.text.len(), |next| next.start);
            let start = run.start.max(range.start);
            if at.is_none() {
                at = run.at.map(|at| at + (start - run.start));
            }
            let text = self.shown(start..end.min(range.end), end >= range.end);
            line.join(&text, (run.face, run.link), first);
        }
        at
    }

    /// The columns of one line.
    pub fn columns(&self, range: Range<usize>) -> usize {
        width(&self.shown(range, true))
    }

    fn shown(&self, range: Range<usize>, ends: bool) -> Cow<'_, str> {
        let text = self.text.get(range).unwrap_or_default();
        if self.seams { seamless(text, ends) } else { Cow::Borrowed(text) }
    }
}

/// `text` without the places where its words might have parted; one at which the line ends is a hyphen.
fn seamless(text: &str, ends: bool) -> Cow<'_, str> {
    if !text.contains([wrap::SOFT_HYPHEN, wrap::BREAK_HERE]) {
        return Cow::Borrowed(text);
    }
    let parted = ends && text.ends_with(wrap::SOFT_HYPHEN);
    let words = text.replace([wrap::SOFT_HYPHEN, wrap::BREAK_HERE], "");
    Cow::Owned(if parted { words + "-" } else { words })
}

/// How a footnote is marked in the text and where it stands. Not `[1]`: so the copy numbers its references.
pub fn note_mark(label: &str) -> String {
    format!("[note\u{a0}{}]", label.replace(' ', "\u{a0}"))
}

fn add(links: &mut Vec<Link>, target: &Arc<Target>) -> usize {
    links.push(Link { target: Arc::clone(target), row: usize::MAX });
    links.len() - 1
}

/// About how many bytes an inline takes.
fn length(inline: &Inline) -> usize {
    match inline {
        Inline::Text { text, .. } | Inline::Code(text) => text.len(),
        Inline::Emphasis(inner) | Inline::Strong(inner) | Inline::Link { inlines: inner, .. } => {
            inner.iter().map(length).sum()
        }
        _ => 1,
    }
}

/// The end of the text that can be taken as it is: behind the first white space of a longer run of it, or a `\n`.
fn end_of_run(text: &str) -> usize {
    // most texts have neither
    if !has_pair(text, |at, next| at == b'\n' || next == b'\n' || (at == b' ' && next == b' ')) {
        return text.len();
    }
    first_end(text)
}

/// The same, of a text that was looked through before.
fn first_end(text: &str) -> usize {
    let mut space = false;
    for (at, byte) in text.bytes().enumerate() {
        match byte {
            b' ' | b'\n' if space => return at,
            b'\n' => return at + 1,
            byte => space = byte == b' ',
        }
    }
    text.len()
}
