//! What the files say of a record, word for word, and where: its lines of an index, its front matter.

use std::ops::Range;

use super::front::{self, Front};
use super::problem::{Place, Problem};
use super::{Library, paths};
use crate::id::{Id, Kind};
use crate::text::Text;

/// Lines of a record that are shown; the file has the others.
const MOST: usize = 200;

/// Lines of a file that tell of a record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Written {
    pub file: Text,
    /// The number of the first line, from 1.
    pub line: usize,
    pub text: Text,
    /// Lines that are left out at the end.
    pub more: usize,
}

impl Library {
    /// All that files say of `id`, its text left out; what cannot be read says why.
    pub fn written(&self, id: &Id) -> Vec<Result<Written, Problem>> {
        let Some(place) = self.place(id) else { return Vec::new() };
        let briefing = self.briefings.get(&id.slug).filter(|_| id.kind == Kind::Briefing);
        let own = briefing.filter(|it| it.file.as_str() != place.file.as_str() && !it.file.is_empty());
        let own = own.map(|it| Place { line: 1, ..Place::file(&it.file) });
        let places = [place.clone()].into_iter().chain(own).filter(|place| place.line > 0);
        let read = |place: Place| match self.source(&place.file) {
            Ok(source) => cut(&source, &place).map(Ok),
            Err(problem) => Some(Err(problem)),
        };
        places.filter_map(read).collect()
    }
}

/// The lines of `source` that tell of the record at `place`.
fn cut(source: &str, place: &Place) -> Option<Written> {
    let markdown = !matches!(paths::name(&place.file, "").rsplit_once('.'), Some((_, "yaml" | "yml")));
    let (range, line) = match front::cut(source.as_bytes()).front {
        Front::Yaml(range, line) | Front::Toml(range, line) if markdown => (range, line),
        _ if markdown => return None,
        _ => (entry(source, place), place.line),
    };
    let whole = source.get(range)?.trim_end();
    let all = whole.lines().count();
    let shown: Vec<&str> = whole.lines().take(MOST).collect();
    let text = Text::new(&shown.join("\n"));
    (all > 0).then(|| Written { file: Text::clone(&place.file), line, text, more: all.saturating_sub(MOST) })
}

/// The bytes of an entry of an index: its first line, and those below that stand as deep. Comments at the end, which
/// are about what follows, are none of it.
fn entry(source: &str, place: &Place) -> Range<usize> {
    let deep = place.column.saturating_sub(1);
    let (mut at, mut from, mut to) = (0, 0, 0);
    for (nth, line) in source.split_inclusive('\n').enumerate() {
        let start = at;
        at += line.len();
        let words = line.trim_start();
        let indent = line.len() - words.len();
        if nth + 1 == place.line {
            (from, to) = (start, at);
        } else if nth + 1 > place.line && !words.is_empty() && !words.starts_with('#') {
            if indent < deep || deep == 0 && words.starts_with("- ") {
                break;
            }
            to = at;
        }
    }
    from..to
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(source: &str, file: &str, line: usize, column: usize) -> Option<(usize, String)> {
        let place = Place { line, column, ..Place::file(file) };
        cut(source, &place).map(|it| (it.line, it.text.into_string()))
    }

    #[test]
    fn an_entry_is_its_lines_as_they_stand_in_the_file() {
        let source = "actors:\n  # the first\n  - id: a\n    name: \"A\"   # so called\n\n    aliases:\n      - Ay\n  # the next\n  - id: b\nmore: 1\n";
        let first = "  - id: a\n    name: \"A\"   # so called\n\n    aliases:\n      - Ay";
        assert_eq!(written(source, "actors.yaml", 3, 5), Some((3, first.to_owned())));
        assert_eq!(written(source, "actors.yaml", 9, 5), Some((9, "  - id: b".to_owned())));
    }

    #[test]
    fn an_entry_in_one_line_is_that_line() {
        let source = "- {id: a, name: A}\n- {id: b, name: B}\n";
        assert_eq!(written(source, "actors.yaml", 1, 3), Some((1, "- {id: a, name: A}".to_owned())));
        assert_eq!(written(source, "actors.yaml", 2, 3), Some((2, "- {id: b, name: B}".to_owned())));
    }

    #[test]
    fn front_matter_stands_without_its_marks_and_without_the_text() {
        let source = "---\ntitle: 'A'\ndate: 2025\n---\n# A\n";
        assert_eq!(written(source, "a.md", 1, 1), Some((2, "title: 'A'\ndate: 2025".to_owned())));
        assert_eq!(written("# A\n", "a.md", 1, 1), None);
    }

    #[test]
    fn a_place_beyond_the_file_is_nothing() {
        assert_eq!(written("a: 1\n", "actors.yaml", 9, 1), None);
    }

    #[test]
    fn of_a_long_entry_the_rest_is_counted() {
        let source = format!("- id: a\n{}", "  - x\n".repeat(300));
        let it = cut(&source, &Place { line: 1, column: 3, ..Place::file("a.yaml") });
        assert_eq!(it.map(|it| it.more), Some(101));
    }
}
