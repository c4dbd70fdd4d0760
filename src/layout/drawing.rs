//! Pictures in characters: printed as they are drawn where they fit, else what says the same in words.

use std::sync::Arc;

use super::line::Line;
use super::setter::Setter;
use super::{Face, Link};
use crate::document::{Block, Inline, Role};

impl Setter {
    pub fn drawing(&mut self, lines: &[Vec<Inline>], twin: &[Block]) {
        self.even();
        let known = self.links.len();
        let rows: Vec<Line> = lines.iter().map(|line| drawn(line, self.face, &mut self.links)).collect();
        if rows.iter().map(Line::columns).max().unwrap_or(0) <= self.room() {
            for row in rows {
                let mut line = self.next_line();
                line.extend(&row);
                self.set(line, None);
            }
        } else {
            self.links.truncate(known);
            self.blocks(twin, false);
        }
    }
}

/// One line, every space of which counts.
fn drawn(inlines: &[Inline], face: Face, links: &mut Vec<Link>) -> Line {
    let mut line = Line::default();
    for inline in inlines {
        piece(inline, face, None, (links, &mut line));
    }
    line
}

/// What is drawn nests by hand, so that this may recurse.
fn piece(inline: &Inline, face: Face, link: Option<usize>, (links, row): (&mut Vec<Link>, &mut Line)) {
    let (inner, face, link) = match inline {
        Inline::Text { text, .. } => {
            row.push(text, face, link);
            return;
        }
        Inline::Strong(inner) => (inner, Face { strong: true, ..face }, link),
        Inline::Role(role, inner) => (inner, face.with(*role), link),
        Inline::Link { target, inlines } => {
            links.push(Link { target: Arc::clone(target), row: usize::MAX });
            (inlines, face.with(Role::Link), Some(links.len() - 1))
        }
        // Nothing else is drawn.
        _ => return,
    };
    for inline in inner {
        piece(inline, face, link, (links, row));
    }
}
