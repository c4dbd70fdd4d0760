//! Where things stand at a size: `update` asks it for sizes, `view` for places.
//!
//! ```text
//! header                                   header              header
//! list │      page column      │ outline   list │ page column  list or page
//! keys                                     keys                keys
//! marking, position                        marking, position   marking, position
//! 120 columns and more                     80 and more         less
//! ```

use ratatui::layout::Rect;

use crate::layout::Room;

/// Which pane the keys go to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Focus {
    List,
    #[default]
    Page,
    Aside,
}

/// The text column has this many columns unless the reader chose otherwise.
pub const COLUMN: u16 = 88;

/// The narrowest and the widest text column one can choose.
pub const COLUMNS: std::ops::RangeInclusive<u16> = 24..=200;

/// The rectangles of one screen. Panes that do not fit are empty.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Panes {
    pub header: Rect,
    pub list: Rect,
    pub page: Rect,
    /// The part of the page that holds text.
    pub column: Rect,
    pub aside: Rect,
    pub keys: Rect,
    pub bottom: Rect,
    /// Whether what is wider than the column stays whole and is slid sideways.
    pub slides: bool,
}

impl Panes {
    /// The screen of `width` x `height`, its text column at most `column` wide.
    pub fn new(width: u16, height: u16, column: u16, focus: Focus) -> Self {
        let row = |y, wanted: bool| Rect::new(0, y, width, u16::from(wanted));
        let header = row(0, height > 0);
        let bottom = row(height.saturating_sub(1), height > 2);
        let keys = row(height.saturating_sub(2), height > 3);
        let rest = height - header.height - bottom.height - keys.height;
        let body = Rect::new(0, header.height, width, rest);
        let mut panes = Self { header, keys, bottom, ..Self::default() };
        panes.split(body, focus);
        panes.column = centre(panes.page, column);
        panes
    }

    /// The columns there are for the text of the page.
    pub fn room(&self, columns: usize) -> Room {
        Room { columns, slides: self.slides }
    }

    fn split(&mut self, body: Rect, focus: Focus) {
        let side = (body.width / 4).clamp(26, 34);
        if body.width >= 120 {
            self.list = Rect { width: side, ..body };
            self.aside = Rect { x: body.width - side, width: side, ..body };
            self.page = Rect { x: side + 1, width: body.width - 2 * side - 2, ..body };
        } else if body.width >= 80 {
            self.list = Rect { width: side, ..body };
            self.page = Rect { x: side + 1, width: body.width - side - 1, ..body };
        } else if focus == Focus::List {
            self.list = body;
        } else {
            self.page = body;
        }
    }

    /// Whether list and page show side by side.
    pub fn both(&self) -> bool {
        !self.list.is_empty() && !self.page.is_empty()
    }

    /// The text of the pane on the right: a blank column before it.
    pub fn margin(&self) -> Rect {
        let pad = u16::from(self.aside.width > 2);
        Rect { x: self.aside.x + pad, width: self.aside.width - 2 * pad, ..self.aside }
    }

    /// A box in the middle for an overlay of at most `width` x `height`.
    pub fn overlay(&self, width: u16, height: u16) -> Rect {
        let (full, rows) = (self.header.width, self.rows());
        let width = width.min(full.saturating_sub(if full > 60 { 4 } else { 0 }));
        let height = height.min(rows);
        let y = self.header.height + (rows - height) / 3;
        Rect::new((full - width) / 2, y, width, height)
    }

    /// How many rows lie between the bars.
    pub fn rows(&self) -> u16 {
        self.list.height.max(self.page.height)
    }
}

/// The middle of `pane`, at most `column` wide, a blank column on both sides where there is room.
fn centre(pane: Rect, column: u16) -> Rect {
    let room = if pane.width >= 24 { pane.width - 2 } else { pane.width };
    let width = column.min(room);
    Rect { x: pane.x + (pane.width - width) / 2, width, ..pane }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn panes_stay_inside_every_screen() {
        for width in (0..200).chain([500]) {
            for height in 0..30 {
                for focus in [Focus::List, Focus::Page, Focus::Aside] {
                    let panes = Panes::new(width, height, COLUMN, focus);
                    let screen = Rect::new(0, 0, width, height);
                    let all =
                        [panes.header, panes.list, panes.page, panes.column, panes.aside, panes.margin()];
                    for rect in all.into_iter().chain([panes.keys, panes.bottom, panes.overlay(70, 20)]) {
                        assert_eq!(rect.union(screen), screen, "{width}x{height} {rect:?}");
                    }
                }
            }
        }
    }

    #[test]
    fn wide_screens_have_three_panes_narrow_ones_one() {
        let count = |width| {
            let panes = Panes::new(width, 24, COLUMN, Focus::Page);
            [panes.list, panes.page, panes.aside].iter().filter(|pane| !pane.is_empty()).count()
        };
        assert_eq!([40, 79, 80, 119, 120, 140].map(count), [1, 1, 2, 2, 3, 3]);
    }

    #[test]
    fn the_text_column_is_at_most_as_wide_as_chosen() {
        let panes = Panes::new(240, 50, COLUMN, Focus::Page);
        assert_eq!(panes.column.width, COLUMN);
    }
}
