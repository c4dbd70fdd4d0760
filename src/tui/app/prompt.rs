//! One line that the reader types, and the places where it can be wrong to cut it.

use ratatui::crossterm::event::{KeyCode, KeyEvent, KeyModifiers};

use crate::text::{Text, graphemes, width};

/// No line is longer than this many bytes: what is pasted by mistake stays harmless.
const LONGEST: usize = 4096;

/// The line and the byte its cursor stands at, always between two characters.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Line {
    text: String,
    cursor: usize,
}

impl Line {
    /// A line that holds `text` already, its cursor at the end.
    pub fn new(text: &str) -> Self {
        let mut line = Self::default();
        line.insert(text);
        line
    }

    pub fn text(&self) -> &str {
        &self.text
    }

    /// Columns before the cursor.
    pub fn column(&self) -> usize {
        width(self.before())
    }

    fn before(&self) -> &str {
        self.text.get(..self.cursor).unwrap_or_default()
    }

    fn after(&self) -> &str {
        self.text.get(self.cursor..).unwrap_or_default()
    }

    /// Puts typed or pasted text in, cleaned, as one line.
    pub fn insert(&mut self, typed: &str) {
        let safe: String = Text::new(typed).chars().map(|c| if c == '\n' { ' ' } else { c }).collect();
        if self.text.len() + safe.len() <= LONGEST {
            self.text.insert_str(self.cursor, &safe);
            self.cursor += safe.len();
        }
    }

    /// Takes an editing key. Says whether the text changed.
    pub fn key(&mut self, key: KeyEvent) -> bool {
        let control = key.modifiers.contains(KeyModifiers::CONTROL);
        let before = self.text.len();
        match key.code {
            KeyCode::Char('u') if control => self.cut(0, self.cursor),
            KeyCode::Char('k') if control => self.text.truncate(self.cursor),
            KeyCode::Char('w') if control => self.cut(self.word(), self.cursor),
            KeyCode::Char('a') if control => self.cursor = 0,
            KeyCode::Char('e') if control => self.cursor = self.text.len(),
            KeyCode::Char(c) if !control => self.insert(c.encode_utf8(&mut [0; 4])),
            KeyCode::Backspace => self.cut(self.left(), self.cursor),
            KeyCode::Delete => self.cut(self.cursor, self.right()),
            KeyCode::Left => self.cursor = self.left(),
            KeyCode::Right => self.cursor = self.right(),
            KeyCode::Home => self.cursor = 0,
            KeyCode::End => self.cursor = self.text.len(),
            _ => {}
        }
        self.text.len() != before
    }

    fn cut(&mut self, from: usize, to: usize) {
        self.text.replace_range(from..to, "");
        self.cursor = from;
    }

    fn left(&self) -> usize {
        self.cursor - graphemes(self.before()).next_back().map_or(0, str::len)
    }

    fn right(&self) -> usize {
        self.cursor + graphemes(self.after()).next().map_or(0, str::len)
    }

    /// Where the word before the cursor starts.
    fn word(&self) -> usize {
        self.before().trim_end().rfind(' ').map_or(0, |space| space + 1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn typed(keys: &[KeyCode]) -> Line {
        let mut line = Line::default();
        for code in keys {
            line.key(KeyEvent::from(*code));
        }
        line
    }

    #[test]
    fn a_character_goes_whole() {
        let mut line = Line::new("né");
        line.insert("e\u{301}");
        line.key(KeyEvent::from(KeyCode::Backspace));
        assert_eq!(line.text(), "né");
        line.key(KeyEvent::from(KeyCode::Left));
        line.key(KeyEvent::from(KeyCode::Delete));
        assert_eq!(line.text(), "n");
    }

    #[test]
    fn keys_edit_the_line() {
        use KeyCode::{Backspace, Char, Home, Left};
        assert_eq!(typed(&[Char('a'), Char('b'), Left, Char('c')]).text(), "acb");
        assert_eq!(typed(&[Char('a'), Home, Backspace]).text(), "a");
        let mut line = Line::new("export controls");
        line.key(KeyEvent::new(Char('w'), KeyModifiers::CONTROL));
        assert_eq!(line.text(), "export ");
    }

    #[test]
    fn what_is_pasted_is_cleaned() {
        assert_eq!(Line::new("a\u{1b}[31m\nb").text(), "a␛[31m b");
    }
}
