//! The first screen as it was the last time, shown until the library is there: of a large one, for half a second.
//!
//! A picture and no more: keys wait for the library, and what it shows is drawn anew as soon as that is there.

use std::path::{Path, PathBuf};
use std::thread;

use ratatui::Terminal;
use ratatui::backend::TestBackend;
use ratatui::buffer::Buffer;
use ratatui::layout::Position;
use ratatui::style::{Color, Modifier, Style};

use super::view::view;
use crate::library::folder::Root;
use crate::pack::{self, Pack, Packer, Unpacker};
use crate::store;
use crate::text::Text;
use crate::tui::app::{App, Options};
use crate::tui::look;
use crate::tui::theme::Theme;

/// Rises with any change of the form.
const FORM: u32 = 1;
/// The colours that themes use.
const COLOURS: [Color; 17] = [
    Color::Reset,
    Color::Black,
    Color::Red,
    Color::Green,
    Color::Yellow,
    Color::Blue,
    Color::Magenta,
    Color::Cyan,
    Color::Gray,
    Color::DarkGray,
    Color::LightRed,
    Color::LightGreen,
    Color::LightYellow,
    Color::LightBlue,
    Color::LightMagenta,
    Color::LightCyan,
    Color::White,
];

/// What stands on the screen, row by row.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Front {
    rows: Vec<Vec<Run>>,
}

/// Cells of one style, each with its character.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Run {
    cells: Vec<Text>,
    foreground: u8,
    background: u8,
    modifiers: u32,
}

/// Where the picture of a library is kept, and for which screen: of another one it is no use.
pub struct Place {
    file: PathBuf,
    form: String,
    size: (u16, u16),
}

impl Place {
    /// `None` where nothing is kept.
    pub fn new(root: &Root, cache: &Path, size: (u16, u16), options: &Options) -> Option<Self> {
        let look = store::look().map(|file| look::load(&file)).unwrap_or_default();
        let theme = match options.theme {
            _ if options.no_colour => Theme::NoColour,
            theme => theme.unwrap_or(look.theme),
        };
        let screen = format!("{}x{} {} {} {}", size.0, size.1, theme.name(), options.ascii, look.column);
        let (version, path) = (env!("CARGO_PKG_VERSION"), root.path("")?);
        let form = format!("dossier {version} front {FORM} {screen} of {}", path.to_str()?);
        Some(Self { file: cache.join("front"), form, size })
    }

    /// The picture that is kept.
    pub fn kept(&self) -> Option<Front> {
        pack::load(&self.file, &self.form, |from| from.all().map(|rows| Front { rows }))
    }

    /// Keeps what `app` shows, on a thread of its own; without it the next start shows nothing until the library is
    /// there.
    pub fn keep(self, app: &App) {
        let Some(front) = Front::of(app).filter(|_| app.size == self.size) else { return };
        thread::spawn(move || {
            let _nothing_lost = pack::save(&self.file, &self.form, |to| to.all(front.rows.iter()));
        });
    }
}

impl Front {
    /// What `app` shows now.
    pub fn of(app: &App) -> Option<Self> {
        let mut terminal = Terminal::new(TestBackend::new(app.size.0, app.size.1)).ok()?;
        let drawn = terminal.draw(|frame| view(app, frame)).ok()?;
        let rows = (0..app.size.1).map(|y| row(drawn.buffer, y)).collect();
        Some(Self { rows })
    }

    /// Draws it as far as there is room.
    pub fn draw(&self, buffer: &mut Buffer) {
        for (y, runs) in (0..).zip(&self.rows) {
            let mut x = 0;
            for run in runs {
                for text in &run.cells {
                    if let Some(cell) = buffer.cell_mut(Position::new(x, y)) {
                        cell.set_symbol(text).set_style(run.style());
                    }
                    x = x.saturating_add(1);
                }
            }
        }
    }
}

fn row(buffer: &Buffer, y: u16) -> Vec<Run> {
    let mut runs: Vec<Run> = Vec::new();
    for x in 0..buffer.area.width {
        let Some(cell) = buffer.cell(Position::new(x, y)) else { continue };
        let (foreground, background) = (number(cell.fg), number(cell.bg));
        let modifiers = u32::from(cell.modifier.bits());
        let text = Text::new(cell.symbol());
        match runs.last_mut() {
            Some(run)
                if (run.foreground, run.background, run.modifiers) == (foreground, background, modifiers) =>
            {
                run.cells.push(text);
            }
            _ => runs.push(Run { cells: vec![text], foreground, background, modifiers }),
        }
    }
    runs
}

/// The place of a colour among those that are kept; one that is not is the terminal's own.
fn number(colour: Color) -> u8 {
    COLOURS.iter().position(|it| *it == colour).and_then(|at| u8::try_from(at).ok()).unwrap_or_default()
}

impl Run {
    fn style(&self) -> Style {
        let colour = |number: u8| COLOURS.get(usize::from(number)).copied().unwrap_or_default();
        let modifiers = u16::try_from(self.modifiers).unwrap_or_default();
        let style = Style::new().fg(colour(self.foreground)).bg(colour(self.background));
        style.add_modifier(Modifier::from_bits_truncate(modifiers))
    }
}

impl Pack for Run {
    fn pack(&self, to: &mut Packer<'_>) {
        self.cells.pack(to);
        self.foreground.pack(to);
        self.background.pack(to);
        self.modifiers.pack(to);
    }

    fn unpack(from: &mut Unpacker<'_>) -> Option<Self> {
        let cells = Pack::unpack(from)?;
        let (foreground, background) = (Pack::unpack(from)?, Pack::unpack(from)?);
        Some(Self { cells, foreground, background, modifiers: Pack::unpack(from)? })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::date::Day;
    use crate::library;
    use crate::reading::state::State;
    use crate::tui::app::{Held, Message};

    #[test]
    fn the_first_screen_is_shown_as_it_was_until_the_library_is_there() {
        let options = Options {
            theme: None,
            no_colour: false,
            ascii: false,
            mouse: false,
            today: Day { year: 2025, month: 11, day: 23 },
            start: None,
        };
        let mut app = App::new((100, 30), options.clone());
        let held = Held::new(library::load(Root::shipped()));
        app.update(Message::Loaded(held, Some(Box::<State>::default())));
        let front = Front::of(&app).expect("it is drawn");
        let folder = tempfile::tempdir().unwrap();
        let root = Root::open(folder.path()).unwrap();
        let place = |size| Place::new(&root, folder.path(), size, &options).expect("a folder");
        let place = (place((100, 30)), place((80, 24)));
        pack::save(&place.0.file, &place.0.form, |to| to.all(front.rows.iter())).unwrap();
        let kept = place.0.kept().expect("it was kept");
        assert_eq!(kept, front);
        assert_eq!(place.1.kept(), None, "for a screen of another size");
        let mut early = App::new((100, 30), options);
        early.front = Some(kept);
        let mut again = Front::of(&early).expect("it is drawn");
        let last = again.rows.len() - 1;
        assert_eq!(again.rows.drain(..last).collect::<Vec<_>>(), front.rows[..last]);
    }
}
