//! What lies on top of the panes: a picker, a card, a question.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::Style;

use super::bars::line;
use super::blank;
use super::page::draw_sheet;
use super::paint::{fitted, plainer, put};
use crate::document::Role;
use crate::text::{Text, fit, graphemes, width};
use crate::tui::app::{App, Card, Choice, Confirm, Overlay, Pick, Picker, picker_rows};
use crate::tui::keys::{Scope, hints, useful};

/// Draws the overlay, if one is open. Gives the place of the cursor in it.
pub fn draw(app: &App, buffer: &mut Buffer) -> Option<Position> {
    match &app.overlay {
        Some(Overlay::Picker(picker)) => draw_picker(app, picker, buffer),
        Some(Overlay::Card(card)) => draw_card(app, card, buffer),
        Some(Overlay::Confirm(confirm)) => draw_confirm(app, confirm, buffer),
        Some(Overlay::Labels(_) | Overlay::Prompt(_)) | None => None,
    }
}

/// An empty box with a title. Gives what is inside.
fn frame(app: &App, area: Rect, title: &str, buffer: &mut Buffer) -> Rect {
    blank(buffer, area, Style::new());
    if area.width < 4 || area.height < 3 {
        return area;
    }
    let style = app.theme.frame(true);
    let part = |text| plainer(app.options.ascii, text);
    let row = |left: &str, right: &str| {
        let line = part("─").repeat(usize::from(area.width) - 2);
        format!("{left}{line}{right}")
    };
    put(buffer, area, &row(part("┌"), part("┐")), style);
    put(buffer, Rect { y: area.bottom() - 1, ..area }, &row(part("└"), part("┘")), style);
    for y in area.y + 1..area.bottom() - 1 {
        put(buffer, Rect::new(area.x, y, 1, 1), part("│"), style);
        put(buffer, Rect::new(area.right() - 1, y, 1, 1), part("│"), style);
    }
    let title = format!(" {} ", fitted(app.options.ascii, title, usize::from(area.width).saturating_sub(6)));
    put(buffer, Rect { x: area.x + 2, width: area.width - 3, ..area }, &title, style);
    Rect::new(area.x + 1, area.y + 1, area.width - 2, area.height - 2)
}

fn draw_picker(app: &App, picker: &Picker, buffer: &mut Buffer) -> Option<Position> {
    let inside = frame(app, app.panes.overlay(76, 20), &picker.title, buffer);
    let count = match picker.rows.len() {
        0 => "nothing".to_owned(),
        rows => format!("{} of {rows}", picker.selected + 1),
    };
    let typed = Rect {
        x: inside.x + 1,
        width: inside.width.saturating_sub(2),
        height: inside.height.min(1),
        ..inside
    };
    let cursor = line(app, &picker.line, typed, &count, buffer);
    for (nth, pick) in picker.rows.iter().skip(picker.top).take(picker_rows(&app.panes)).enumerate() {
        let y = inside.y + 1 + u16::try_from(nth).unwrap_or(0);
        if y < inside.bottom() {
            let selected = picker.top + nth == picker.selected;
            draw_pick(app, pick, selected, Rect { y, height: 1, ..inside }, buffer);
        }
    }
    cursor
}

fn draw_pick(app: &App, pick: &Pick, selected: bool, area: Rect, buffer: &mut Buffer) {
    let style = if selected { app.theme.selected(true) } else { Style::new() };
    if selected {
        blank(buffer, area, style);
    }
    let inside = Rect { x: area.x + 1, width: area.width.saturating_sub(2), ..area };
    let room = usize::from(inside.width);
    let detail = match &pick.via {
        Some(via) => {
            // Where a text is the reason, it is worth more room than the end of a long title.
            let share = if matches!(pick.choice, Choice::Hit(_)) { room * 2 / 3 } else { room / 3 };
            let most = share.saturating_sub(width(&pick.detail) + 2);
            format!("{}, {}", fitted(app.options.ascii, via, most.max(4)), pick.detail)
        }
        None => fitted(app.options.ascii, &pick.detail, room / 2).into_owned(),
    };
    let detail = fitted(app.options.ascii, &detail, room);
    let beside = u16::try_from(width(&detail)).unwrap_or(0);
    let label = room.saturating_sub(usize::from(beside) + 2);
    let mut x = 0;
    for (nth, piece) in graphemes(fit(&pick.label, label)).enumerate() {
        let found = pick.positions.contains(&nth);
        let style = if found { style.patch(app.theme.role(Role::Marking)) } else { style };
        let piece = if piece == "\n" { " " } else { piece };
        x += put(buffer, Rect { x: inside.x + x, width: inside.width - x, ..inside }, piece, style);
    }
    if width(&pick.label) > label {
        put(
            buffer,
            Rect { x: inside.x + x, width: inside.width - x, ..inside },
            plainer(app.options.ascii, "…"),
            style,
        );
    }
    let at = Rect { x: inside.right() - beside, width: beside, ..inside };
    put(buffer, at, &detail, app.theme.role(Role::Quiet).patch(style));
}

fn draw_card(app: &App, card: &Card, buffer: &mut Buffer) -> Option<Position> {
    frame(app, card.frame(&app.panes), &card.title, buffer);
    draw_sheet(app, &card.sheet, None, card.area(&app.panes), buffer)
}

/// The question, what it is about in full, and the answers.
fn draw_confirm(app: &App, confirm: &Confirm, buffer: &mut Buffer) -> Option<Position> {
    let columns = usize::from(app.panes.overlay(72, 1).width).saturating_sub(4).max(1);
    let mut rows: Vec<(String, Role)> = Vec::new();
    rows.extend(cut(&confirm.question, columns).into_iter().map(|row| (row, Role::Marking)));
    rows.push((String::new(), Role::Body));
    rows.extend(cut(&confirm.detail, columns).into_iter().map(|row| (row, Role::Body)));
    rows.push((String::new(), Role::Body));
    rows.push((answers(), Role::Quiet));
    let height = u16::try_from(rows.len()).unwrap_or(u16::MAX).saturating_add(2);
    let inside = frame(app, app.panes.overlay(72, height), "please confirm", buffer);
    let area = Rect { x: inside.x + 1, width: inside.width.saturating_sub(2), ..inside };
    // Where not all fits, the answers still show: the end of a long address is what must not be hidden.
    let over = rows.len().saturating_sub(usize::from(area.height));
    let mut cursor = None;
    for (y, (row, role)) in (area.y..area.bottom()).zip(rows.iter().skip(over)) {
        put(buffer, Rect { y, height: 1, ..area }, row, app.theme.role(*role));
        cursor = Some(Position::new(area.x, y));
    }
    cursor
}

/// The keys that answer, from the table.
fn answers() -> String {
    let hints = hints(Scope::Confirm, useful(Scope::Confirm), false, true).into_iter();
    hints.map(|(key, name)| format!("{key} {name}")).collect::<Vec<_>>().join("   ")
}

/// `text` in rows of at most `columns`, cut anywhere: every character of it shows.
fn cut(text: &Text, columns: usize) -> Vec<String> {
    let mut rows = Vec::new();
    let mut rest = text.as_str();
    while !rest.is_empty() {
        let row = match fit(rest, columns) {
            "" => graphemes(rest).next().unwrap_or(rest),
            row => row,
        };
        rows.push(row.to_owned());
        rest = rest.get(row.len()..).unwrap_or_default();
    }
    rows
}
