//! Running text made flat: one string for a whole paragraph, and runs that say what its pieces are.

use std::borrow::Cow;
use std::ops::Range;

use super::{Face, Link, Span, wrap};
use crate::document::{Inline, Role, Target};

/// What stands around words that are struck out.
const STRUCK: &str = "~~";

/// A paragraph's words with white space collapsed; `\n` is a line break asked for.
#[derive(Debug, Default)]
pub struct Flow {
    pub text: String,
    runs: Vec<Run>,
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
        flow.inlines(inlines, face, None, links);
        let shown = flow.text.trim_end_matches([' ', '\n']).len();
        flow.text.truncate(shown);
        flow
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
        let mut rest = text;
        while !rest.is_empty() {
            let mut start = text.len() - rest.len();
            if self.text.is_empty() || self.text.ends_with([' ', '\n']) {
                let words = rest.trim_start_matches([' ', '\n']);
                start += rest.len() - words.len();
                rest = words;
            }
            let stop = end_of_run(rest);
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

    /// The words in one line, as they are read.
    pub fn title(&self) -> Cow<'_, str> {
        match seamless(&self.text, false) {
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
                Inline::Role(role, inner) => self.inlines(inner, face.with(*role), link, links),
                Inline::Link { target, inlines } => {
                    let link = Some(add(links, target));
                    let role = if matches!(target, Target::Named(_)) { Role::Mention } else { Role::Link };
                    self.inlines(inlines, face.with(role), link, links);
                }
                Inline::Picture { target, alt } => {
                    let link = link.or_else(|| match target {
                        Target::Web(_) => Some(add(links, target)),
                        _ => None,
                    });
                    self.push(&format!("[Picture: {alt}]"), face.with(Role::Quiet), link, None);
                }
                Inline::NoteMark(label) => {
                    let link = Some(add(links, &Target::Note(label.clone())));
                    if !self.text.is_empty() && !self.text.ends_with([' ', '\n', '\u{a0}']) {
                        self.push("\u{a0}", face, None, None);
                    }
                    self.push(&note_mark(label), face.with(Role::Link), link, None);
                }
                Inline::Break => self.hard_break(),
                Inline::SoftBreak => self.push(" ", face, link, None),
                Inline::Seam { hyphen } => {
                    // part of the words until the lines are known
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

    /// The spans of one line, and the place of its first character. Lines come in order; `from` is the run to
    /// start looking at and is moved on.
    pub fn line(&self, range: Range<usize>, from: &mut usize) -> (Vec<Span>, Option<usize>) {
        let mut spans: Vec<Span> = Vec::new();
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
            let text = self.text.get(start..end.min(range.end)).unwrap_or_default();
            push_span(&mut spans, &seamless(text, end >= range.end), run.face, run.link);
        }
        (spans, at)
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

fn add(links: &mut Vec<Link>, target: &Target) -> usize {
    links.push(Link { target: target.clone(), row: usize::MAX });
    links.len() - 1
}

fn push_span(spans: &mut Vec<Span>, text: &str, face: Face, link: Option<usize>) {
    if text.is_empty() {
        return;
    }
    match spans.last_mut() {
        Some(last) if last.face == face && last.link == link => last.text.push_str(text),
        _ => spans.push(Span { text: text.to_owned(), face, link }),
    }
}

/// The end of the text that can be taken as it is: behind the first white space of a longer run of it, or a `\n`.
fn end_of_run(text: &str) -> usize {
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
