//! Pictures in characters: printed as they are drawn where they fit, else what says the same in words.

use super::setter::Setter;
use super::{Face, Link, Span};
use crate::document::{Block, Inline, Role};
use crate::text::width;

impl Setter {
    pub fn drawing(&mut self, lines: &[Vec<Inline>], twin: &[Block]) {
        self.even();
        let known = self.links.len();
        let rows: Vec<Vec<Span>> = lines.iter().map(|line| spans(line, self.face, &mut self.links)).collect();
        let columns = |row: &Vec<Span>| row.iter().map(|span| width(&span.text)).sum::<usize>();
        if rows.iter().map(columns).max().unwrap_or(0) <= self.room() {
            for row in rows {
                self.line(row, None);
            }
        } else {
            self.links.truncate(known);
            self.blocks(twin, false);
        }
    }
}

/// The spans of one line, every space of which counts.
fn spans(line: &[Inline], face: Face, links: &mut Vec<Link>) -> Vec<Span> {
    let mut spans = Vec::new();
    for inline in line {
        piece(inline, face, None, (links, &mut spans));
    }
    spans
}

/// What is drawn nests by hand, so that this may recurse.
fn piece(inline: &Inline, face: Face, link: Option<usize>, (links, spans): (&mut Vec<Link>, &mut Vec<Span>)) {
    let (inner, face, link) = match inline {
        Inline::Text { text, .. } => {
            spans.push(Span { text: text.as_str().to_owned(), face, link });
            return;
        }
        Inline::Strong(inner) => (inner, Face { strong: true, ..face }, link),
        Inline::Role(role, inner) => (inner, face.with(*role), link),
        Inline::Link { target, inlines } => {
            links.push(Link { target: target.clone(), row: usize::MAX });
            (inlines, face.with(Role::Link), Some(links.len() - 1))
        }
        // Nothing else is drawn.
        _ => return,
    };
    for inline in inner {
        piece(inline, face, link, (links, spans));
    }
}
