//! The mentions of a library kept between runs: a file that can be deleted at any time.
//!
//! It begins with what it must be to be used: the form's version and a checksum of the rest. Anything
//! else is no cache, and the texts are read again.

use std::collections::HashMap;
use std::fs;
use std::io::{self, Write};
use std::ops::Range;
use std::path::Path;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::texts::{Dangling, Spot, TextLinks, Texts};
use crate::id::Id;
use crate::library::stamp;
use crate::mentions::Rule;
use crate::store;
use crate::text::Text;

/// The form that this program writes and reads; another one is not used.
const VERSION: &[u8; 8] = b"dossier2";

/// A larger file is not a cache of ours.
const LONGEST: u64 = 1 << 30;

/// What stands in the file. Ids and names are written once and meant by their place.
#[derive(Serialize, Deserialize)]
struct Written {
    names: u64,
    ids: Vec<String>,
    words: Vec<String>,
    texts: Vec<WrittenText>,
}

#[derive(Serialize, Deserialize)]
struct WrittenText {
    briefing: u32,
    print: u64,
    spots: Vec<WrittenSpot>,
    dangling: Vec<(u32, String)>,
}

#[derive(Serialize, Deserialize)]
struct WrittenSpot {
    to: u32,
    name: u32,
    rule: Rule,
    shared: bool,
    line: u32,
    passage: u32,
    range: Range<u32>,
}

/// Gives each thing that is kept once a number.
struct Numbers<T> {
    all: Vec<String>,
    known: HashMap<T, u32>,
}

impl<T: Clone + Eq + std::hash::Hash + ToString> Numbers<T> {
    fn new() -> Self {
        Self { all: Vec::new(), known: HashMap::new() }
    }

    fn of(&mut self, thing: &T) -> u32 {
        if let Some(number) = self.known.get(thing) {
            return *number;
        }
        let number = u32::try_from(self.all.len()).unwrap_or(u32::MAX);
        self.all.push(thing.to_string());
        self.known.insert(thing.clone(), number);
        number
    }
}

/// The texts that `file` keeps; nothing where it keeps none that can be trusted.
pub fn load(file: &Path) -> Texts {
    bytes(file).and_then(|bytes| read(&bytes)).unwrap_or_default()
}

fn bytes(file: &Path) -> Option<Vec<u8>> {
    let small = fs::symlink_metadata(file).ok().filter(|it| it.is_file() && it.len() <= LONGEST);
    small.and_then(|_| fs::read(file).ok())
}

fn read(bytes: &[u8]) -> Option<Texts> {
    let rest = bytes.strip_prefix(VERSION.as_slice())?;
    let (sum, rest) = rest.split_first_chunk::<8>()?;
    if u64::from_le_bytes(*sum) != stamp(&[rest]) {
        return None;
    }
    let written: Written = postcard::from_bytes(rest).ok()?;
    let ids: Vec<Arc<Id>> =
        written.ids.iter().map(|id| id.parse().map(Arc::new)).collect::<Result<_, _>>().ok()?;
    let words: Vec<Arc<Text>> = written.words.iter().map(|word| Arc::new(Text::line(word))).collect();
    let texts = written.texts.into_iter().map(|text| text.read(&ids, &words));
    Some(Texts::kept(written.names, texts.collect::<Option<_>>()?))
}

impl WrittenText {
    fn read(self, ids: &[Arc<Id>], words: &[Arc<Text>]) -> Option<(Arc<Id>, Arc<TextLinks>)> {
        let spots = self.spots.into_iter().map(|it| {
            let to = Arc::clone(ids.get(it.to as usize)?);
            let name = Arc::clone(words.get(it.name as usize)?);
            let WrittenSpot { rule, shared, line, passage, range, .. } = it;
            Some(Spot { to, name, rule, shared, line, passage, range })
        });
        let dangling = self
            .dangling
            .into_iter()
            .map(|(line, target)| Dangling { line, target: target.into() })
            .collect();
        let spots = spots.collect::<Option<Vec<_>>>()?;
        let briefing = Arc::clone(ids.get(self.briefing as usize)?);
        Some((briefing, Arc::new(TextLinks { print: self.print, spots, dangling })))
    }
}

/// Keeps `texts` in `file`, whole or not at all.
pub fn save(file: &Path, texts: &Texts) -> io::Result<()> {
    let folder = file.parent().ok_or(io::ErrorKind::NotFound)?;
    store::make(folder)?;
    let rest = postcard::to_stdvec(&write(texts)).map_err(io::Error::other)?;
    let mut beside = tempfile::NamedTempFile::new_in(folder)?;
    beside.write_all(VERSION)?;
    beside.write_all(&stamp(&[&rest]).to_le_bytes())?;
    beside.write_all(&rest)?;
    beside.flush()?;
    beside.persist(file)?;
    Ok(())
}

fn write(texts: &Texts) -> Written {
    let (mut ids, mut words) = (Numbers::new(), Numbers::new());
    let written = texts
        .all()
        .map(|(briefing, text)| WrittenText {
            briefing: ids.of(briefing),
            print: text.print,
            spots: text
                .spots
                .iter()
                .map(|it| WrittenSpot {
                    to: ids.of(&it.to),
                    name: words.of(&it.name),
                    rule: it.rule,
                    shared: it.shared,
                    line: it.line,
                    passage: it.passage,
                    range: it.range.clone(),
                })
                .collect(),
            dangling: text.dangling.iter().map(|it| (it.line, it.target.to_string())).collect(),
        })
        .collect();
    Written { names: texts.names(), ids: ids.all, words: words.all, texts: written }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::library::folder::Root;
    use crate::library::{self, Library};
    use crate::mentions::Matcher;

    fn texts(library: &Library) -> Texts {
        let matcher = Matcher::new(library);
        Texts::new(library, &matcher, &Texts::default(), &|| {})
    }

    #[test]
    fn what_is_kept_comes_back() {
        let texts = texts(&library::load(Root::shipped()));
        let folder = tempfile::tempdir().expect("a folder");
        let file = folder.path().join("deep/mentions");
        save(&file, &texts).expect("it is written");
        assert_eq!(load(&file), texts);
    }

    #[test]
    fn a_damaged_file_keeps_nothing() {
        let texts = texts(&library::load(Root::shipped()));
        let folder = tempfile::tempdir().expect("a folder");
        let file = folder.path().join("mentions");
        save(&file, &texts).expect("it is written");
        let whole = fs::read(&file).expect("it is there");
        for at in [0, 4, 9, 20, whole.len() / 2, whole.len() - 1] {
            let mut flipped = whole.clone();
            flipped[at] ^= 0x40;
            assert_eq!(read(&flipped), None, "flipped at {at}");
            assert_eq!(read(&whole[..at]), None, "cut at {at}");
        }
    }
}
