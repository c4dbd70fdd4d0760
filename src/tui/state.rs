//! What the reader did, kept between runs: one file for each library in the platform's state folder.
//!
//! Written whole or not at all. A file that cannot be understood is set aside, never overwritten.

use std::collections::BTreeMap;
use std::fs;
use std::io::{self, Write};
use std::path::Path;

use serde::{Deserialize, Serialize};

use crate::id::Id;
use crate::reading::Reading;
use crate::store;
use crate::text::Text;

/// What is kept.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct State {
    pub reading: Reading,
    pub marks: BTreeMap<char, (Id, usize)>,
}

/// The form it has in the file. Addresses are written as everywhere.
#[derive(Serialize, Deserialize)]
struct Written {
    version: u32,
    #[serde(default)]
    read: BTreeMap<String, u64>,
    #[serde(default)]
    starred: Vec<String>,
    #[serde(default)]
    places: BTreeMap<String, usize>,
    #[serde(default)]
    marks: BTreeMap<char, (String, usize)>,
}

/// The form that this program writes and reads.
const VERSION: u32 = 1;

impl From<&State> for Written {
    fn from(state: &State) -> Self {
        let reading = &state.reading;
        Self {
            version: VERSION,
            read: reading.read.iter().map(|(id, stamp)| (id.to_string(), *stamp)).collect(),
            starred: reading.starred.iter().map(Id::to_string).collect(),
            places: reading.places.iter().map(|(id, at)| (id.to_string(), *at)).collect(),
            marks: state.marks.iter().map(|(mark, (id, at))| (*mark, (id.to_string(), *at))).collect(),
        }
    }
}

impl From<Written> for State {
    fn from(written: Written) -> Self {
        let id = |written: &str| written.parse::<Id>().ok();
        let mut reading = Reading::default();
        reading.read.extend(written.read.iter().filter_map(|(it, stamp)| Some((id(it)?, *stamp))));
        reading.starred.extend(written.starred.iter().filter_map(|it| id(it)));
        reading.places.extend(written.places.iter().filter_map(|(it, at)| Some((id(it)?, *at))));
        let marks = written.marks.iter().filter_map(|(mark, (it, at))| Some((*mark, (id(it)?, *at))));
        Self { reading, marks: marks.collect() }
    }
}

/// Reads the state; what is wrong with it is said beside.
pub fn load(file: &Path) -> (State, Option<Text>) {
    let text = match fs::read_to_string(file) {
        Ok(text) => text,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return (State::default(), None),
        Err(error) if error.kind() == io::ErrorKind::InvalidData => {
            return (State::default(), Some(aside(file)));
        }
        Err(error) => {
            return (
                State::default(),
                Some(Text::line(&format!("reading marks could not be read: {error}"))),
            );
        }
    };
    match serde_json::from_str::<Written>(&text) {
        Ok(written) if written.version <= VERSION => (written.into(), None),
        _ => (State::default(), Some(aside(file))),
    }
}

/// Sets a file aside that this program cannot understand.
fn aside(file: &Path) -> Text {
    let damaged = file.with_extension("json.damaged");
    match fs::rename(file, &damaged) {
        Ok(()) => Text::line(&format!("reading marks were damaged; they are kept in {}", damaged.display())),
        Err(error) => Text::line(&format!("reading marks are damaged and could not be set aside: {error}")),
    }
}

/// Writes the state, whole or not at all.
pub fn save(file: &Path, state: &State) -> io::Result<()> {
    put(file, &Written::from(state))
}

/// Writes `content` into `file`, whole or not at all, for this user alone.
pub(super) fn put(file: &Path, content: &impl Serialize) -> io::Result<()> {
    let folder = file.parent().ok_or(io::ErrorKind::NotFound)?;
    store::make(folder)?;
    let mut beside = tempfile::NamedTempFile::new_in(folder)?;
    serde_json::to_writer(&mut beside, content)?;
    beside.flush()?;
    beside.as_file().sync_all()?;
    beside.persist(file)?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::id::Kind;

    fn state() -> State {
        let mut state = State::default();
        let id = Id::new(Kind::Briefing, "a/b");
        state.reading.read.insert(id.clone(), u64::MAX);
        state.reading.starred.insert(Id::new(Kind::Actor, "nvidia"));
        state.reading.places.insert(id.clone(), 1234);
        state.marks.insert('x', (id, 7));
        state
    }

    #[test]
    fn what_is_kept_comes_back() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("deep/er/state.json");
        save(&file, &state()).unwrap();
        assert_eq!(load(&file), (state(), None));
    }

    #[test]
    fn nothing_kept_is_no_trouble() {
        assert_eq!(load(Path::new("/nowhere/state.json")), (State::default(), None));
    }

    #[test]
    fn a_damaged_file_is_set_aside() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("state.json");
        for damage in [&b"{"[..], b"\xff\xfe", b"{\"version\": 99}", b"[]"] {
            fs::write(&file, damage).unwrap();
            let (state, trouble) = load(&file);
            assert_eq!(state, State::default());
            assert!(trouble.unwrap().contains("damaged"));
            assert_eq!(fs::read(folder.path().join("state.json.damaged")).unwrap(), damage);
            assert!(!file.exists());
        }
    }

    #[cfg(unix)]
    #[test]
    fn nobody_else_can_read_it() {
        use std::os::unix::fs::PermissionsExt;
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("state.json");
        save(&file, &state()).unwrap();
        assert_eq!(fs::metadata(&file).unwrap().permissions().mode() & 0o777, 0o600);
    }
}
