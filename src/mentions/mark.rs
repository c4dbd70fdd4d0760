//! Mentions drawn into a document: the words of each become a link that knows why it is one.

use std::collections::{HashMap, HashSet};
use std::ops::Range;

use super::{Mention, Rule};
use crate::document::{Inline, Named, Target};
use crate::id::Id;
use crate::text::Text;

/// Which mentions become links.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Shown {
    None,
    /// The first of each record in a passage.
    #[default]
    First,
    All,
}

/// The links to draw into each passage.
#[derive(Debug, Default)]
pub struct Marks {
    of: HashMap<usize, Vec<Mark>>,
}

#[derive(Debug)]
struct Mark {
    range: Range<usize>,
    target: Target,
}

impl Marks {
    pub fn new(mentions: &[Mention<'_>], shown: Shown) -> Self {
        let mut of: HashMap<usize, Vec<Mark>> = HashMap::new();
        let mut passage = (usize::MAX, HashSet::new());
        for mention in mentions {
            if passage.0 != mention.passage {
                passage = (mention.passage, HashSet::new());
            }
            let again = !passage.1.insert(&mention.who);
            if shown == Shown::None || mention.rule == Rule::Written || (again && shown == Shown::First) {
                continue;
            }
            let mark = Mark { range: mention.range.clone(), target: Target::Named(mention.named()) };
            of.entry(mention.passage).or_default().push(mark);
        }
        Self { of }
    }

    pub fn is_empty(&self) -> bool {
        self.of.is_empty()
    }

    /// Draws the links of `passage` into its inlines.
    pub fn draw(&self, passage: usize, inlines: &mut Vec<Inline>) {
        if let Some(marks) = self.of.get(&passage) {
            draw(inlines, 0, marks);
        }
    }
}

impl Mention<'_> {
    /// What the link that its words become knows.
    pub fn named(&self) -> Named {
        let ids = self.who.all().iter().map(|whom| Id::clone(whom)).collect();
        let name = self.name.cloned().unwrap_or_default();
        Named { ids, name, rule: Text::from(self.rule.words()) }
    }
}

/// Draws `marks` into the inlines that begin at byte `at` of the passage; returns where they end.
fn draw(inlines: &mut Vec<Inline>, at: usize, marks: &[Mark]) -> usize {
    let mut drawn: Vec<Inline> = Vec::with_capacity(inlines.len());
    let mut open: Option<(&Mark, Vec<Inline>)> = None;
    let mut here = at;
    for inline in split(std::mem::take(inlines), at, marks) {
        let end = here + length(&inline);
        let mark = from(marks, here).first();
        let mark = mark.filter(|mark| mark.range.start <= here && end <= mark.range.end && here < end);
        let mark = mark.filter(|_| !holds_link(&inline));
        match (&mut open, mark) {
            (Some((mark, words)), Some(same)) if std::ptr::eq(*mark, same) => words.push(inline),
            (_, Some(mark)) => {
                close(&mut open, &mut drawn);
                open = Some((mark, vec![inline]));
            }
            (_, None) => {
                close(&mut open, &mut drawn);
                drawn.push(within(inline, here, marks));
            }
        }
        here = end;
    }
    close(&mut open, &mut drawn);
    *inlines = drawn;
    here
}

/// The marks that do not end before `here`; they stand in order, none over another.
fn from(marks: &[Mark], here: usize) -> &[Mark] {
    marks.get(marks.partition_point(|mark| mark.range.end <= here)..).unwrap_or_default()
}

fn close(open: &mut Option<(&Mark, Vec<Inline>)>, drawn: &mut Vec<Inline>) {
    if let Some((mark, inlines)) = open.take() {
        drawn.push(Inline::link(mark.target.clone(), inlines));
    }
}

/// Draws into the inlines inside `inline`; what is a link already stays as it is.
fn within(mut inline: Inline, at: usize, marks: &[Mark]) -> Inline {
    if let Inline::Emphasis(inner) | Inline::Strong(inner) | Inline::Struck(inner) | Inline::Role(_, inner) =
        &mut inline
    {
        draw(inner, at, marks);
    }
    inline
}

/// Texts cut where a mark begins or ends inside them.
fn split(inlines: Vec<Inline>, at: usize, marks: &[Mark]) -> Vec<Inline> {
    let mut parts = Vec::with_capacity(inlines.len());
    let mut here = at;
    for inline in inlines {
        let end = here + length(&inline);
        match inline {
            Inline::Text { text, at: source } => {
                let inside = |cut: &usize| here < *cut && *cut < end;
                let near = from(marks, here).iter().take_while(|mark| mark.range.start < end);
                let mut cuts: Vec<usize> =
                    near.flat_map(|mark| [mark.range.start, mark.range.end]).filter(inside).collect();
                cuts.push(end);
                cuts.dedup();
                let mut start = here;
                for cut in cuts {
                    let words = text.get(start - here..cut - here).unwrap_or_default();
                    parts.push(Inline::Text { text: Text::from(words), at: source + (start - here) });
                    start = cut;
                }
            }
            other => parts.push(other),
        }
        here = end;
    }
    parts
}

/// How many bytes of the passage's text an inline takes; see `passage`.
fn length(inline: &Inline) -> usize {
    match inline {
        Inline::Text { text, .. } => text.len(),
        Inline::Emphasis(inner)
        | Inline::Strong(inner)
        | Inline::Struck(inner)
        | Inline::Role(_, inner)
        | Inline::Link { inlines: inner, .. } => inner.iter().map(length).sum(),
        Inline::Break | Inline::SoftBreak => 1,
        Inline::NoteMark(_) | Inline::Seam { .. } => 0,
        Inline::Code(_) | Inline::Picture { .. } | Inline::Html(_) | Inline::Math(_) => {
            super::passage::GAP.len_utf8()
        }
    }
}

fn holds_link(inline: &Inline) -> bool {
    match inline {
        Inline::Link { .. } => true,
        Inline::Emphasis(inner) | Inline::Strong(inner) | Inline::Struck(inner) | Inline::Role(_, inner) => {
            inner.iter().any(holds_link)
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::plain;

    fn mark(range: Range<usize>) -> Mark {
        let named = Named { ids: Vec::new(), name: Text::from("n"), rule: Text::from("r") };
        Mark { range, target: Target::Named(named) }
    }

    fn links(inlines: &[Inline]) -> Vec<String> {
        let mut found = Vec::new();
        for inline in inlines {
            match inline {
                Inline::Link { inlines, .. } => found.push(plain(inlines)),
                Inline::Strong(inner) => found.extend(links(inner)),
                _ => {}
            }
        }
        found
    }

    #[test]
    fn a_name_over_a_soft_break_and_emphasis_is_one_link() {
        let mut inlines =
            vec![Inline::text("with "), Inline::strong("Scale"), Inline::SoftBreak, Inline::text("AI, and")];
        draw(&mut inlines, 0, &[mark(5..13)]);
        assert_eq!(links(&inlines), ["Scale AI"]);
        assert_eq!(plain(&inlines), "with Scale AI, and");
    }

    #[test]
    fn a_name_that_begins_inside_emphasis_is_linked_in_parts() {
        let mut inlines = vec![Inline::strong("the Scale"), Inline::text(" AI")];
        draw(&mut inlines, 0, &[mark(4..12)]);
        assert_eq!(links(&inlines), ["Scale", " AI"]);
    }

    #[test]
    fn text_keeps_its_places() {
        let mut inlines = vec![Inline::Text { text: Text::from("a Nvidia b"), at: 100 }];
        draw(&mut inlines, 0, &[mark(2..8)]);
        let Some(Inline::Text { text, at }) = inlines.last() else { panic!("a text at the end") };
        assert_eq!((text.as_str(), *at), (" b", 108));
    }
}
