//! What pages make by hand: fields with their labels in a column, and panels in a frame.

use super::Face;
use super::flow::Flow;
use super::line::{Drawn, Line, blank, drawn, spaces};
use super::setter::Setter;
use super::wrap::natural;
use crate::document::{Block, Field, Inline, Role};
use crate::text::width;

/// The widest label that others are aligned to.
const LABEL: usize = 18;
/// Columns below which labels no longer stand in a column, and panels lose their sides.
const NARROW: usize = 40;

impl Setter {
    /// Sets `Label: value` with the values in a column, or hanging where there is no room for one.
    pub fn fields(&mut self, fields: &[Field]) {
        self.even();
        let labels = fields.iter().map(|field| width(&field.label) + 2).filter(|it| *it <= LABEL + 2);
        let column = if self.room() < NARROW { 2 } else { labels.max().unwrap_or(2) };
        for field in fields {
            self.field(field, column);
        }
    }

    fn field(&mut self, field: &Field, column: usize) {
        let face = Face { role: Role::Label, ..self.face };
        let label = format!("{}:", field.label);
        let value = self.flow(&field.value);
        let columns = width(&label) + 1;
        if columns <= column {
            let gap = spaces(column - width(&label));
            let rest = blank(column);
            self.indent(Some(drawn(label + &gap, Role::Label)), rest);
            self.text(&value);
            return self.outdent();
        }
        self.labelled(&label, &value, face);
    }

    /// Sets `Label: value`, the value hanging, and below the label where there is no room beside it.
    pub fn labelled(&mut self, label: &str, value: &Flow, face: Face) {
        let columns = width(label) + 1;
        let beside = columns + natural(&value.text) <= self.room() || columns * 2 <= self.room();
        if beside {
            self.indent(Some(Drawn::new(format!("{label} "), face)), blank(2));
        } else {
            self.text(&Flow::words(label, face));
            self.indent(None, blank(2));
        }
        self.text(value);
        self.outdent();
    }

    /// Sets blocks in a frame whose upper edge holds the title.
    pub fn panel(&mut self, title: &[Inline], blocks: &[Block]) {
        self.even();
        let room = self.room();
        let face = Face { role: Role::Label, strong: true, ..Face::default() };
        let head = Flow::new(title, face, &mut self.links);
        let framed = room >= NARROW;
        let columns = natural(&head.text);
        let in_edge = columns > 0 && columns + 6 <= room && !head.text.contains('\n');
        let mut edge = self.next_line();
        let start = edge.text().len();
        edge.draw(&drawn(if framed { "┌─" } else { "──" }, Role::Rule));
        if in_edge {
            edge.draw(&drawn(" ", Role::Rule));
            head.write(0..head.text.len(), &mut 0, &mut edge);
            edge.draw(&drawn(" ", Role::Rule));
        }
        let used = edge.columns_from(start);
        let corner = if framed { "┐" } else { "─" };
        edge.draw(&drawn("─".repeat(room.saturating_sub(used + 1)) + corner, Role::Rule));
        self.set(edge, None);
        let from = self.lines.len();
        let side = if framed { "│ " } else { "" };
        self.narrow(if framed { 2 } else { 0 });
        // what slides would leave its frame
        let slides = std::mem::replace(&mut self.slides, false);
        self.indent(None, drawn(side, Role::Rule));
        if !in_edge && columns > 0 {
            self.text(&head);
        }
        self.blocks(blocks, false);
        self.outdent();
        self.slides = slides;
        self.widen(if framed { 2 } else { 0 });
        let right = self.line_width();
        if framed {
            self.lines.iter_mut().skip(from).for_each(|line| close(line, right));
        }
        let (left, corner) = if framed { ("└", "┘") } else { ("─", "─") };
        let bottom = format!("{left}{}{corner}", "─".repeat(room.saturating_sub(2)));
        self.draw(&drawn(bottom, Role::Rule));
    }
}

/// Sets the right side of a frame so that it ends in the column `right`.
fn close(line: &mut Line, right: usize) {
    let gap = spaces(right.saturating_sub(line.columns() + 1));
    line.draw(&drawn(gap + "│", Role::Rule));
}
