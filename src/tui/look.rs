//! How the reader likes it: theme, width, which names are links. One file for all libraries.
//!
//! It is only taste: a file that cannot be understood is passed over, and written anew by the next change.

use std::io;
use std::path::Path;

use serde::{Deserialize, Serialize};

use crate::mentions::mark::Shown;
use crate::store::kept::{self, Kept, System};
use crate::tui::panes::COLUMN;
use crate::tui::theme::Theme;

/// What is kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Look {
    pub theme: Theme,
    /// The text column's columns.
    pub column: u16,
    /// Which names in a text are links.
    pub names: Shown,
    /// Whether code and tables that are wider than the window are slid sideways.
    pub slides: bool,
}

impl Default for Look {
    fn default() -> Self {
        Self { theme: Theme::default(), column: COLUMN, names: Shown::default(), slides: false }
    }
}

/// How the reader liked it the last time.
pub fn load(file: &Path) -> Look {
    let bytes = kept::read(&System, file).ok().flatten();
    bytes.and_then(|bytes| serde_json::from_slice(&bytes).ok()).unwrap_or_default()
}

/// Writes it, whole or not at all.
pub fn save(file: &Path, look: Look) -> io::Result<()> {
    Kept::hold(&System, file)?.write(&serde_json::to_vec(&look)?)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;

    #[test]
    fn what_is_kept_comes_back() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("deep/look.json");
        let look = Look { theme: Theme::Light, column: 60, names: Shown::None, slides: true };
        save(&file, look).unwrap();
        assert_eq!(load(&file), look);
    }

    #[test]
    fn a_damaged_or_partial_file_is_taken_for_what_it_holds() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("look.json");
        assert_eq!(load(&file), Look::default());
        fs::write(&file, "{").unwrap();
        assert_eq!(load(&file), Look::default());
        fs::write(&file, r#"{"column": 60, "other": 1}"#).unwrap();
        assert_eq!(load(&file), Look { column: 60, ..Look::default() });
    }
}
