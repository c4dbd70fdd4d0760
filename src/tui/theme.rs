//! What a face looks like: the only place that names a colour.
//!
//! Colours come from the terminal's own sixteen, and every meaning also has a word, a mark or a weight.

use ratatui::style::{Color, Modifier, Style};

use crate::document::Role;
use crate::layout::Face;

/// A way of drawing faces.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Theme {
    #[default]
    Dark,
    Light,
    HighContrast,
    NoColour,
}

impl Theme {
    pub const ALL: [Self; 4] = [Self::Dark, Self::Light, Self::HighContrast, Self::NoColour];

    pub fn name(self) -> &'static str {
        match self {
            Self::Dark => "dark",
            Self::Light => "light",
            Self::HighContrast => "high contrast",
            Self::NoColour => "no colour",
        }
    }

    #[must_use]
    pub fn next(self) -> Self {
        let at = Self::ALL.iter().position(|theme| *theme == self).unwrap_or_default();
        Self::ALL[(at + 1) % Self::ALL.len()]
    }

    pub fn style(self, face: Face) -> Style {
        let mut style = self.role(face.role);
        if face.strong {
            style = style.add_modifier(Modifier::BOLD);
        }
        if face.emphasis {
            style = style.add_modifier(Modifier::ITALIC);
        }
        if face.struck {
            style = style.add_modifier(Modifier::CROSSED_OUT);
        }
        style
    }

    pub fn role(self, role: Role) -> Style {
        let plain = Style::new();
        match role {
            Role::Body => plain,
            Role::Heading(_) => self.accent(Color::Cyan, Color::Blue).add_modifier(Modifier::BOLD),
            Role::Rule | Role::Quiet | Role::Aid | Role::Quote => self.quiet(),
            Role::Link => self.accent(Color::Blue, Color::Blue).add_modifier(Modifier::UNDERLINED),
            Role::Mention => plain.add_modifier(Modifier::UNDERLINED),
            Role::Code => self.accent(Color::Yellow, Color::Magenta),
            Role::Marker => self.accent(Color::Cyan, Color::Blue),
            Role::Label => self.quiet().add_modifier(Modifier::BOLD),
            Role::Marking => plain.add_modifier(Modifier::BOLD),
            Role::Warning => self.accent(Color::Red, Color::Red).add_modifier(Modifier::BOLD),
            Role::Status => self.accent(Color::Magenta, Color::Magenta).add_modifier(Modifier::BOLD),
            Role::Match => self.found(false),
            Role::Callout => self.accent(Color::Green, Color::Green).add_modifier(Modifier::BOLD),
        }
    }

    fn accent(self, dark: Color, light: Color) -> Style {
        match self {
            Self::Dark => Style::new().fg(dark),
            Self::Light => Style::new().fg(light),
            Self::HighContrast | Self::NoColour => Style::new(),
        }
    }

    fn quiet(self) -> Style {
        match self {
            Self::Dark | Self::Light => Style::new().add_modifier(Modifier::DIM),
            Self::HighContrast | Self::NoColour => Style::new(),
        }
    }

    /// A match of a find; `current` is the one that `n` last went to.
    pub fn found(self, current: bool) -> Style {
        let style = match self {
            Self::NoColour => Style::new().add_modifier(Modifier::UNDERLINED | Modifier::BOLD),
            _ => Style::new().fg(Color::Black).bg(Color::Yellow),
        };
        if current { style.add_modifier(Modifier::REVERSED | Modifier::BOLD) } else { style }
    }

    /// A selected row or link; quieter where the keys do not go at the moment.
    pub fn selected(self, focused: bool) -> Style {
        let modifier = if focused { Modifier::REVERSED } else { Modifier::BOLD | Modifier::UNDERLINED };
        Style::new().add_modifier(modifier)
    }

    /// The rows at the top and the bottom.
    pub fn bar(self) -> Style {
        match self {
            Self::HighContrast => Style::new().fg(Color::Black).bg(Color::White).add_modifier(Modifier::BOLD),
            Self::Dark | Self::Light | Self::NoColour => Style::new().add_modifier(Modifier::REVERSED),
        }
    }

    /// The frame of a pane; `focused` is where the keys go.
    pub fn frame(self, focused: bool) -> Style {
        if focused {
            self.accent(Color::Cyan, Color::Blue).add_modifier(Modifier::BOLD)
        } else {
            self.quiet()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_colour_names_no_colour() {
        let roles = [
            Role::Body,
            Role::Heading(1),
            Role::Link,
            Role::Mention,
            Role::Code,
            Role::Warning,
            Role::Match,
            Role::Status,
            Role::Quiet,
        ];
        for role in roles {
            let style = Theme::NoColour.role(role);
            assert_eq!((style.fg, style.bg), (None, None), "{role:?}");
        }
        assert_eq!(Theme::NoColour.found(true).bg, None);
        assert_eq!(Theme::NoColour.bar().bg, None);
    }

    #[test]
    fn body_text_keeps_the_terminals_own_colours() {
        for theme in Theme::ALL {
            assert_eq!(theme.role(Role::Body), Style::new());
        }
    }

    #[test]
    fn themes_come_round() {
        let mut theme = Theme::Dark;
        for _ in Theme::ALL {
            theme = theme.next();
        }
        assert_eq!(theme, Theme::Dark);
    }
}
