//! The mouse: the wheel scrolls what is under it, a click takes the row or link under it.

use ratatui::crossterm::event::{KeyModifiers, MouseButton, MouseEvent, MouseEventKind};
use ratatui::layout::{Position, Rect};

use super::{App, Effect, Order, Overlay, Sheet, picker_rows};
use crate::layout::LinkAt;
use crate::text::{graphemes, width};
use crate::tui::keys::Action;
use crate::tui::panes::Focus;

/// Rows a turn of the wheel moves.
const WHEEL: isize = 3;

impl App {
    pub(super) fn point(&mut self, mouse: MouseEvent) -> Vec<Effect> {
        let at = Position::new(mouse.column, mouse.row);
        match mouse.kind {
            MouseEventKind::ScrollDown | MouseEventKind::ScrollUp
                if mouse.modifiers.contains(KeyModifiers::SHIFT) =>
            {
                self.slide(mouse.kind == MouseEventKind::ScrollDown);
            }
            MouseEventKind::ScrollDown => self.wheel(at, WHEEL),
            MouseEventKind::ScrollUp => self.wheel(at, -WHEEL),
            MouseEventKind::ScrollRight => self.slide(true),
            MouseEventKind::ScrollLeft => self.slide(false),
            MouseEventKind::Down(MouseButton::Left) => return self.click(at),
            _ => {}
        }
        Vec::new()
    }

    fn wheel(&mut self, at: Position, rows: isize) {
        self.stay();
        match &mut self.overlay {
            Some(Overlay::Picker(picker)) => picker.step(rows),
            Some(Overlay::Card(card)) => card.sheet.scroll(rows),
            Some(_) => {}
            None if self.panes.list.contains(at) => self.list.step(rows),
            None => {
                if let Some(reader) = &mut self.reader {
                    let aside = self.panes.aside.contains(at);
                    if aside { reader.aside.scroll(rows) } else { reader.sheet.scroll(rows) }
                }
            }
        }
    }

    fn click(&mut self, at: Position) -> Vec<Effect> {
        self.notice = None;
        match &self.overlay {
            Some(Overlay::Picker(_)) => self.click_picker(at),
            Some(Overlay::Card(card)) => {
                let area = card.area(&self.panes);
                self.click_sheet(at, area)
            }
            None if self.panes.list.contains(at) => self.click_list(at),
            None if self.panes.aside.contains(at) => {
                self.focus = Focus::Aside;
                self.click_sheet(at, self.panes.margin())
            }
            None if self.panes.page.contains(at) => {
                self.focus = Focus::Page;
                self.click_sheet(at, self.panes.column)
            }
            Some(_) | None => Vec::new(),
        }
    }

    fn click_picker(&mut self, at: Position) -> Vec<Effect> {
        let area = self.panes.overlay(76, 20);
        if !area.contains(at) {
            self.overlay = None;
            return Vec::new();
        }
        let Some(Overlay::Picker(picker)) = &mut self.overlay else {
            return Vec::new();
        };
        let row = usize::from(at.y).checked_sub(usize::from(area.y) + 2);
        match row.filter(|row| *row < picker_rows(&self.panes)).map(|row| picker.top + row) {
            Some(row) if row < picker.rows.len() => {
                picker.selected = row;
                self.act(Order { action: Action::Open, count: None, letter: None })
            }
            _ => Vec::new(),
        }
    }

    fn click_list(&mut self, at: Position) -> Vec<Effect> {
        self.focus = Focus::List;
        let row = usize::from(at.y).checked_sub(usize::from(self.panes.list.y) + 1);
        match row.map(|row| self.list.top + row).filter(|row| *row < self.list.rows.len()) {
            Some(row) => {
                self.list.selected = row;
                self.enter()
            }
            None => Vec::new(),
        }
    }

    fn click_sheet(&mut self, at: Position, area: Rect) -> Vec<Effect> {
        let Some(sheet) = self.sheet().filter(|_| area.contains(at)) else {
            return Vec::new();
        };
        let row = sheet.top + usize::from(at.y - area.y);
        match link_at(sheet, row, usize::from(at.x - area.x)) {
            Some(link) => {
                sheet.link = Some(link);
                self.follow()
            }
            None => Vec::new(),
        }
    }
}

/// The link at a column of a row.
fn link_at(sheet: &Sheet, row: usize, column: usize) -> Option<LinkAt> {
    let mut from = 0;
    let row = sheet.row(row)?;
    let column = sheet.column_at(row.line, column);
    for span in &row.line.spans {
        let to = from + graphemes(&span.text).map(width).sum::<usize>();
        if (from..to).contains(&column) {
            return row.link(span.link);
        }
        from = to;
    }
    None
}
