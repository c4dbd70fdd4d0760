//! Files of the library that are no pages: pictures, PDF, tables. The reader says what they are, and may hand
//! them to the program of the system, after showing which file that is.

use super::overlay::{Confirm, Overlay};
use super::{App, Effect};
use crate::text::Text;
use crate::tui::builder;

/// What is handed on, by the end of its name: what such files hold is shown, and never run.
const SHOWN: [(&str, &[&str]); 6] = [
    ("a picture", &["png", "jpg", "jpeg", "gif", "webp", "bmp", "tif", "tiff", "heic", "avif"]),
    ("a PDF document", &["pdf"]),
    ("a text", &["txt", "csv", "tsv", "log"]),
    ("an office document", &["docx", "xlsx", "pptx", "odt", "ods", "odp", "rtf", "epub"]),
    ("a sound", &["mp3", "m4a", "ogg", "oga", "opus", "wav", "flac"]),
    ("a film", &["mp4", "m4v", "webm", "mkv", "mov", "avi"]),
];

impl App {
    /// Asks before a file goes to the platform's opener, and shows where it is.
    pub(super) fn ask_view(&mut self, written: &str) {
        let shown = Text::line(written);
        let Some(held) = &self.held else { return };
        let Some(path) = held.library.root.path(written) else {
            return self.tell(&format!("{shown} is a file that is no page, inside the program"));
        };
        let (library, file) = (std::sync::Arc::clone(&held.library), written.to_owned());
        // it may be gone since the library was read, or a link out of the folder
        match builder::soon(move || library.root.head(&file, 1).is_ok()) {
            Some(true) => {}
            Some(false) => return self.tell(&format!("{shown} cannot be read any more")),
            None => return self.tell(&format!("{shown}: the disk does not answer")),
        }
        let Some(kind) = kind(written) else {
            return self.tell(&format!("{shown} is a file that is no page; y copies where it is"));
        };
        self.overlay = Some(Overlay::Confirm(Confirm {
            question: Text::line(&format!("this is {kind}, not a page; open it with the system's program?")),
            detail: Text::line(&path.to_string_lossy()),
            wish: Effect::View(path),
        }));
    }

    /// Where a file of the library is, for the clipboard.
    pub(super) fn whereabouts(&self, written: &str) -> String {
        let path = self.held.as_ref().and_then(|held| held.library.root.path(written));
        path.map_or_else(|| written.to_owned(), |path| Text::new(&path.to_string_lossy()).into_string())
    }
}

/// What a file is that may be handed on.
pub(super) fn kind(path: &str) -> Option<&'static str> {
    let end = path.rsplit_once('.')?.1.to_ascii_lowercase();
    SHOWN.iter().find(|(_, ends)| ends.contains(&end.as_str())).map(|(kind, _)| *kind)
}

#[cfg(test)]
mod tests {
    use super::kind;

    #[test]
    fn only_files_that_are_shown_and_not_run_are_handed_on() {
        for (path, expected) in [
            ("assets/chart.PNG", Some("a picture")),
            ("a.b/report.pdf", Some("a PDF document")),
            ("page.html", None),
            ("drawing.svg", None),
            ("start.desktop", None),
            ("run.sh", None),
            ("README", None),
            ("macro.docm", None),
        ] {
            assert_eq!(kind(path), expected, "{path}");
        }
    }
}
