//! The reading pane and the pane beside it: laid-out rows, what is selected, what was found.

use std::borrow::Cow;
use std::ops::Range;

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::Style;

use super::paint::{plainer, put};
use crate::document::{Role, Target};
use crate::id::Kind;
use crate::layout::{Face, LinkAt, Row, Span};
use crate::text::{Text, fit, graphemes, width};
use crate::tui::app::{App, Find, Overlay, Sheet};
use crate::tui::panes::Focus;

/// Draws the page and what stands beside it. Gives the place of what is selected.
pub fn draw(app: &App, buffer: &mut Buffer) -> Option<Position> {
    let area = app.panes.column;
    let Some(reader) = &app.reader else {
        let words = if app.held.is_some() { "" } else { "reading the library…" };
        put(
            buffer,
            Rect { y: area.y + area.height / 2, height: area.height.min(1), ..area },
            words,
            Style::new(),
        );
        return None;
    };
    let mut cursor = draw_sheet(app, &reader.sheet, reader.find.as_ref(), area, buffer);
    if reader.page.id.kind != Kind::Notes {
        mark(app, reader.changes.places.iter().copied(), "+", buffer);
        mark(app, reader.page.notes.iter().map(|(at, _)| *at), "◆", buffer);
    }
    mark_chosen(app, buffer);
    let margin = app.panes.margin();
    if !margin.is_empty() {
        let at = draw_sheet(app, &reader.aside, None, margin, buffer);
        mark_heading(app, margin, buffer);
        if app.focus == Focus::Aside {
            cursor = at;
        }
    }
    if let Some(Overlay::Labels(_)) = &app.overlay {
        labels(app, buffer);
    }
    cursor
}

/// Draws the rows in view. Gives the place of the selected link, else of the row the reader is at.
pub fn draw_sheet(
    app: &App,
    sheet: &Sheet,
    find: Option<&Find>,
    area: Rect,
    buffer: &mut Buffer,
) -> Option<Position> {
    let mut cursor = None;
    let held = sheet.held();
    for (nth, row) in sheet.rows().enumerate().take(usize::from(area.height)) {
        let row = if nth < held.len() { held.start + nth } else { row };
        let Some(row) = sheet.row(row) else {
            break;
        };
        let place = Rect { y: area.y + u16::try_from(nth).unwrap_or(0), height: 1, ..area };
        let at = draw_line(app, sheet, row, place, buffer);
        if let Some(find) = find {
            highlight(app, (sheet, find), row, place, buffer);
        }
        if cursor.is_none() {
            cursor = at;
        }
        if sheet.link.is_none() && row.row == sheet.here {
            cursor = Some(Position::new(place.x, place.y));
        }
    }
    cursor
}

/// A sign beside the passages that start at these places, where there is a column for it.
fn mark(app: &App, places: impl Iterator<Item = usize>, sign: &'static str, buffer: &mut Buffer) {
    let (area, sheet) = (app.panes.column, app.reader.as_ref().map(|reader| &reader.sheet));
    let Some(sheet) = sheet.filter(|_| !area.is_empty() && area.x > app.panes.page.x) else {
        return;
    };
    let sign = plainer(app.options.ascii, sign);
    for row in places.filter_map(|at| sheet.row_in_view(at)) {
        if let Some(nth) = u16::try_from(row - sheet.top).ok().filter(|nth| *nth < area.height) {
            let place = Rect::new(area.x - 1, area.y + nth, 1, 1);
            put(buffer, place, sign, app.theme.role(Role::Quiet));
        }
    }
}

/// A bar beside the passage that is meant, where there is a column for it.
fn mark_chosen(app: &App, buffer: &mut Buffer) {
    let area = app.panes.column;
    let Some(reader) = app.reader.as_ref().filter(|_| !area.is_empty() && area.x > app.panes.page.x) else {
        return;
    };
    let Some(chosen) = reader.chosen() else { return };
    let sheet = &reader.sheet;
    let own = |row: &usize| {
        let line = sheet.line(*row);
        line.is_some_and(|it| chosen.places.contains(&it.at) && !it.text().trim().is_empty())
    };
    for row in sheet.rows().filter(own) {
        if let Some(nth) = u16::try_from(row - sheet.top).ok().filter(|nth| *nth < area.height) {
            let place = Rect::new(area.x - 1, area.y + nth, 1, 1);
            put(buffer, place, plainer(app.options.ascii, "▌"), app.theme.role(Role::Marking));
        }
    }
}

/// Draws one row. Gives where the selected link starts on it.
fn draw_line(app: &App, sheet: &Sheet, row: Row<'_>, area: Rect, buffer: &mut Buffer) -> Option<Position> {
    let (mut column, mut cursor) = (0, None);
    let hidden = sheet.hidden(row.line);
    for span in row.line.spans() {
        let text = ornament(app, span);
        let columns = width(&text);
        let cut = hidden.end.saturating_sub(column).min(columns);
        let cut = if column < hidden.start { 0 } else { cut };
        let (seen, gap) = behind(&text, cut);
        let x = sheet.shown_at(row.line, column + cut + gap).and_then(|x| u16::try_from(x).ok());
        column += columns;
        let Some(x) = x.filter(|x| *x < area.width && cut < columns) else { continue };
        let place = Rect { x: area.x + x, width: area.width - x, ..area };
        let mut style = app.theme.style(shown(span, row));
        if span.link.is_some() && row.link(span.link) == sheet.link {
            style = style.patch(app.theme.selected(true));
            cursor = cursor.or(Some(place.as_position()));
        }
        put(buffer, place, seen, style);
    }
    edges(app, hidden, column, area, buffer);
    cursor
}

/// What is left of `text` behind so many columns, and the columns of a wide character that is cut in two there.
fn behind(text: &str, columns: usize) -> (&str, usize) {
    let cut = fit(text, columns);
    let rest = text.strip_prefix(cut).unwrap_or_default();
    let lacks = columns - width(cut);
    if lacks == 0 {
        return (rest, 0);
    }
    let half = graphemes(rest).next().unwrap_or_default();
    (rest.strip_prefix(half).unwrap_or_default(), width(half).saturating_sub(lacks))
}

/// Marks at the edges of a row of so many columns that there is more of it to the left and to the right.
fn edges(app: &App, hidden: Range<usize>, columns: usize, area: Rect, buffer: &mut Buffer) {
    let left = u16::try_from(hidden.start).unwrap_or(area.width);
    if !hidden.is_empty() && columns > hidden.start && left < area.width {
        let mark = plainer(app.options.ascii, "‹");
        put(buffer, Rect { x: area.x + left, width: 1, ..area }, mark, app.theme.bar());
    }
    if area.width > 0 && columns > hidden.len() + usize::from(area.width) {
        let mark = plainer(app.options.ascii, "›");
        put(buffer, Rect { x: area.right() - 1, width: 1, ..area }, mark, app.theme.bar());
    }
}

/// A span's text; its bullets, bars and lines in ASCII where the reader wants that.
fn ornament<'a>(app: &App, span: Span<'a>) -> Cow<'a, str> {
    let drawn = matches!(span.face.role, Role::Marker | Role::Rule | Role::Quote | Role::Callout);
    if !app.options.ascii || !drawn {
        return Cow::Borrowed(span.text);
    }
    let plain = |c| match c {
        '•' => '*',
        '–' | '·' | '─' => '-',
        '│' => '|',
        '┌' | '┐' | '└' | '┘' | '├' | '┤' | '┬' | '┴' | '┼' => '+',
        '☐' => ' ',
        '☑' | '☒' | '✓' => 'x',
        c => c,
    };
    Cow::Owned(span.text.chars().map(plain).collect())
}

/// A link to nowhere is not drawn as a link.
fn shown(span: Span<'_>, row: Row<'_>) -> Face {
    let lost = matches!(row.target(span.link), Some(Target::Lost(_)));
    let face = span.face;
    if lost && face.role == Role::Link { Face { role: Role::Warning, ..face } } else { face }
}

/// Marks what was found on one row.
fn highlight(app: &App, (sheet, find): (&Sheet, &Find), row: Row<'_>, area: Rect, buffer: &mut Buffer) {
    let pieces = find.on(row.row);
    if pieces.is_empty() {
        return;
    }
    let text = row.line.text();
    for piece in pieces {
        let before = width(text.get(..piece.bytes.start).unwrap_or_default());
        let columns = width(text.get(piece.bytes.clone()).unwrap_or_default());
        let style = app.theme.found(find.current == Some(piece.hit));
        for x in (before..before + columns).filter_map(|x| sheet.shown_at(row.line, x)) {
            let x = u16::try_from(x).unwrap_or(u16::MAX);
            if x < area.width
                && let Some(cell) = buffer.cell_mut(Position::new(area.x + x, area.y))
            {
                cell.set_style(style);
            }
        }
    }
}

/// Marks, in the outline beside the page, the heading one reads under.
fn mark_heading(app: &App, area: Rect, buffer: &mut Buffer) {
    let Some(reader) = &app.reader else {
        return;
    };
    let anchor = reader.sheet.under().and_then(|under| reader.sheet.headings().get(under));
    let Some(anchor) = anchor.map(|heading| heading.anchor.as_str()) else {
        return;
    };
    let is = |target: &Target| matches!(target, Target::Heading(it) if it == anchor);
    for row in reader.aside.rows().filter_map(|row| reader.aside.row(row)) {
        let link = row.line.spans().find(|span| row.target(span.link).is_some_and(is));
        let Some(link) = link.and_then(|span| row.link(span.link)) else {
            continue;
        };
        let nth = u16::try_from(row.row - reader.aside.top).ok();
        let Some(nth) = nth.filter(|nth| *nth < area.height) else {
            continue;
        };
        let style = app.theme.role(Role::Marking);
        buffer.set_style(Rect { y: area.y + nth, height: 1, ..area }, style);
        if area.x > 0 && reader.aside.link_row(link) == Some(row.row) {
            let mark = plainer(app.options.ascii, "▸");
            put(buffer, Rect::new(area.x - 1, area.y + nth, 1, 1), mark, style);
        }
    }
}

/// The letters on the links in view.
fn labels(app: &App, buffer: &mut Buffer) {
    let (Some(Overlay::Labels(labels)), Some(reader)) = (&app.overlay, &app.reader) else {
        return;
    };
    for label in &labels.labels {
        let (sheet, area) =
            if label.aside { (&reader.aside, app.panes.margin()) } else { (&reader.sheet, app.panes.column) };
        let Some(at) = start(sheet, label.link, area) else {
            continue;
        };
        if let Some(rest) = label.keys.strip_prefix(&labels.typed) {
            let place = Rect::new(at.x, at.y, area.right().saturating_sub(at.x), 1);
            put(buffer, place, rest, app.theme.found(true));
        }
    }
}

/// Where a link starts on the screen.
fn start(sheet: &Sheet, link: LinkAt, area: Rect) -> Option<Position> {
    for (nth, row) in sheet.rows().enumerate().skip(sheet.held().len()) {
        let mut x = 0;
        let row = sheet.row(row)?;
        for span in row.line.spans() {
            if row.link(span.link) == Some(link) {
                let y = area.y + u16::try_from(nth).ok()?;
                let x = u16::try_from(sheet.shown_at(row.line, x)?).ok().filter(|x| *x < area.width)?;
                return Some(Position::new(area.x + x, y));
            }
            x += width(&Text::new(span.text));
        }
    }
    None
}
