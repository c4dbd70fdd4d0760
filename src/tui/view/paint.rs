//! Text into cells: each character where our own measure puts it, clipped at the pane.

use std::borrow::Cow;

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::Style;

use crate::text::{graphemes, shorten, width};

/// Asks for the coloured form of an emoji. ratatui measures what holds it otherwise than terminals do,
/// and leaves cells behind when it scrolls; without it every measure agrees.
const VARIATION: char = '\u{fe0f}';

/// Puts `text` at the left of the first row of `area`. Gives the columns it took.
pub fn put(buffer: &mut Buffer, area: Rect, text: &str, style: Style) -> u16 {
    let mut used = 0;
    if area.height == 0 {
        return used;
    }
    for grapheme in graphemes(text) {
        let columns = u16::try_from(width(grapheme)).unwrap_or(u16::MAX);
        if columns == 0 {
            continue;
        }
        if columns > area.width - used {
            break;
        }
        cell(buffer, area.x + used, area.y, grapheme, style);
        for x in 1..columns {
            cell(buffer, area.x + used + x, area.y, " ", style);
        }
        used += columns;
    }
    used
}

fn cell(buffer: &mut Buffer, x: u16, y: u16, grapheme: &str, style: Style) {
    let Some(cell) = buffer.cell_mut(Position::new(x, y)) else {
        return;
    };
    cell.set_style(style);
    if grapheme.chars().any(char::is_control) {
        // Nothing that came through `text::clean` gets here; what did not must not act on the terminal.
        cell.set_symbol("\u{fffd}");
    } else if grapheme.contains(VARIATION) {
        cell.set_symbol(&grapheme.replace(VARIATION, ""));
    } else {
        cell.set_symbol(grapheme);
    }
}

/// `text` in ASCII where the reader wants no lines and marks.
pub fn plainer(ascii: bool, text: &'static str) -> &'static str {
    match (ascii, text) {
        (true, "◐" | "…") => "~",
        (true, "★") => "*",
        (true, "◆") => "#",
        (true, "▸" | "›" | "▌") => ">",
        (true, "│") => "|",
        (true, "▾" | "─") => "-",
        (true, "●" | "┌" | "┐" | "└" | "┘") => "+",
        (true, "‹") => "<",
        (true, " › ") => " > ",
        (true, " · ") => " - ",
        (true, "“" | "”") => "\"",
        (_, text) => text,
    }
}

/// `text` if it fits into `columns`, else its start and a sign that there is more.
pub fn fitted(ascii: bool, text: &str, columns: usize) -> Cow<'_, str> {
    match shorten(text, columns) {
        Cow::Owned(cut) if ascii => Cow::Owned(cut.trim_end_matches('…').to_owned() + plainer(ascii, "…")),
        cut => cut,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn drawn(columns: u16, text: &str) -> Vec<String> {
        let area = Rect::new(0, 0, columns, 1);
        let mut buffer = Buffer::empty(area);
        put(&mut buffer, area, text, Style::new());
        buffer.content().iter().map(|cell| cell.symbol().to_owned()).collect()
    }

    #[test]
    fn wide_characters_take_two_cells_and_are_never_cut() {
        assert_eq!(drawn(4, "習近平"), ["習", " ", "近", " "]);
        assert_eq!(drawn(3, "習近"), ["習", " ", " "]);
    }

    #[test]
    fn marks_stay_on_their_letter_and_variations_go() {
        assert_eq!(drawn(2, "e\u{301}x"), ["e\u{301}", "x"]);
        assert_eq!(drawn(3, "❤\u{fe0f}x"), ["❤", " ", "x"]);
    }

    #[test]
    fn nothing_acts_on_the_terminal() {
        assert!(drawn(8, "\u{1b}[31m\u{7}").iter().all(|cell| !cell.chars().any(char::is_control)));
    }

    #[test]
    fn an_empty_area_takes_nothing() {
        let mut buffer = Buffer::empty(Rect::new(0, 0, 1, 1));
        assert_eq!(put(&mut buffer, Rect::new(0, 0, 0, 0), "x", Style::new()), 0);
        assert_eq!(put(&mut buffer, Rect::new(5, 5, 3, 1), "x", Style::new()), 1);
    }
}
