//! The whole screen from an [`App`]. Changes nothing.

mod bars;
mod list;
mod overlay;
mod page;
mod paint;

use ratatui::Frame;
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::Style;

use crate::tui::app::App;
use crate::tui::panes::{Focus, Panes};
use paint::put;

/// Draws everything. The terminal's cursor goes to what is selected.
pub fn view(app: &App, frame: &mut Frame) {
    // A resize that the app has not heard of yet must not paint outside the screen.
    let screen = frame.area();
    let known = Rect::new(0, 0, app.size.0, app.size.1);
    if screen.intersection(known) != known {
        return;
    }
    let buffer = frame.buffer_mut();
    if let Some(front) = app.front.as_ref().filter(|_| app.held.is_none()) {
        front.draw(buffer);
        bars::opening(app, app.panes.bottom, buffer);
        return;
    }
    let panes = app.panes;
    bars::header(app, panes.header, buffer);
    let mut cursor = None;
    if !panes.list.is_empty() {
        let at = list::draw(app, panes.list, buffer);
        cursor = at.filter(|_| app.focus == Focus::List);
    }
    if !panes.page.is_empty() {
        let at = page::draw(app, buffer);
        cursor = cursor.or(at.filter(|_| app.focus != Focus::List));
    }
    borders(app, &panes, buffer);
    cursor = bars::footer(app, buffer).or(cursor);
    cursor = overlay::draw(app, buffer).or(cursor);
    if let Some(cursor) = cursor.filter(|cursor| screen.contains(*cursor)) {
        frame.set_cursor_position(cursor);
    }
}

/// The lines between panes.
fn borders(app: &App, panes: &Panes, buffer: &mut Buffer) {
    let line = if app.options.ascii { "|" } else { "│" };
    let style = app.theme.frame(false);
    let mut column = |x: u16, area: Rect| {
        for y in area.top()..area.bottom() {
            put(buffer, Rect::new(x, y, 1, 1), line, style);
        }
    };
    if panes.both() {
        column(panes.list.right(), panes.list);
    }
    if !panes.aside.is_empty() && panes.aside.x > 0 {
        column(panes.aside.x - 1, panes.aside);
    }
}

/// Sets every cell of `area` to a blank of `style`.
fn blank(buffer: &mut Buffer, area: Rect, style: Style) {
    for y in area.top()..area.bottom() {
        for x in area.left()..area.right() {
            if let Some(cell) = buffer.cell_mut(Position::new(x, y)) {
                cell.reset();
                cell.set_style(style);
            }
        }
    }
}
