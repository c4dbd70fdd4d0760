//! The mentions of a library kept between runs: a file that can be deleted at any time.
//!
//! What names were looked for stands first; where they were others, the texts are read again. A text whose file is
//! gone is passed over. Nothing is held twice: what is packed is written and read as it is.

use std::io;
use std::path::Path;
use std::sync::Arc;

use super::texts::{Dangling, TextLinks, Texts};
use crate::id::{Id, Kind};
use crate::library::Library;
use crate::mentions::Matcher;
use crate::pack::{self, Pack, Packer, Unpacker};

/// The form that this program writes and reads; another one is not used.
const FORM: &str = "dossier mentions 4";

/// The texts of `library` that `file` keeps; nothing where it keeps none that can be trusted.
pub fn load(file: &Path, library: &Library, matcher: &Matcher) -> Texts {
    let texts = pack::load(file, FORM, |from| {
        if from.number()? != matcher.stamp() {
            // whatever follows, it is of no use
            return None;
        }
        let count = from.number()?;
        let mut texts = Vec::new();
        for _ in 0..count {
            let slug = String::unpack(from)?;
            let mut text = TextLinks::unpack(from)?;
            text.others.iter_mut().for_each(|id| *id = library.names.own(id));
            if let Some(id) = library.names.id(Kind::Briefing, &slug) {
                texts.push((Arc::clone(id), Arc::new(text)));
            }
        }
        Some(Texts::kept(matcher, texts))
    });
    texts.unwrap_or_default()
}

/// Keeps `texts` in `file`, whole or not at all.
pub fn save(file: &Path, texts: &Texts) -> io::Result<()> {
    pack::save(file, FORM, |to| {
        to.number(texts.names());
        to.number(texts.all().len() as u64);
        for (briefing, text) in texts.all() {
            briefing.slug.pack(to);
            text.pack(to);
        }
    })
}

impl Pack for TextLinks {
    fn pack(&self, to: &mut Packer<'_>) {
        self.print.pack(to);
        self.spots.pack(to);
        to.all(self.others.iter().map(|id| &**id));
        to.all(self.dangling.iter());
    }

    fn unpack(from: &mut Unpacker<'_>) -> Option<Self> {
        let (print, spots) = (u64::unpack(from)?, Pack::unpack(from)?);
        let others = from.all::<Id>()?.into_iter().map(Arc::new).collect();
        Some(Self { print, spots, others, dangling: from.all()?.into() })
    }
}

impl Pack for Dangling {
    fn pack(&self, to: &mut Packer<'_>) {
        self.line.pack(to);
        self.target.pack(to);
    }

    fn unpack(from: &mut Unpacker<'_>) -> Option<Self> {
        Some(Self { line: Pack::unpack(from)?, target: Pack::unpack(from)? })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;

    use crate::library;
    use crate::library::folder::Root;

    fn shipped() -> (Library, Matcher, Texts) {
        let library = library::load(Root::shipped());
        let matcher = Matcher::new(&library);
        let texts = Texts::new(&library, &matcher, &Texts::default(), &|| {});
        (library, matcher, texts)
    }

    #[test]
    fn what_is_kept_comes_back() {
        let (library, matcher, texts) = shipped();
        let folder = tempfile::tempdir().expect("a folder");
        let file = folder.path().join("deep/mentions");
        save(&file, &texts).expect("it is written");
        assert!(load(&file, &library, &matcher) == texts);
    }

    #[test]
    fn what_was_found_by_other_names_or_in_other_files_does_not_come_back() {
        let (library, _, texts) = shipped();
        let folder = tempfile::tempdir().expect("a folder");
        let file = folder.path().join("mentions");
        save(&file, &texts).expect("it is written");
        assert!(load(&file, &library, &Matcher::default()) == Texts::default());
        assert_eq!(load(&file, &Library::default(), &Matcher::new(&library)).all().len(), 0);
    }

    #[test]
    fn a_damaged_file_keeps_nothing() {
        let (library, matcher, texts) = shipped();
        let folder = tempfile::tempdir().expect("a folder");
        let file = folder.path().join("mentions");
        save(&file, &texts).expect("it is written");
        let whole = fs::read(&file).expect("it is there");
        let kept = |bytes: &[u8]| {
            fs::write(&file, bytes).expect("it is written");
            load(&file, &library, &matcher).all().len()
        };
        for at in [0, 4, 9, 20, whole.len() / 2, whole.len() - 1] {
            let mut flipped = whole.clone();
            flipped[at] ^= 0x40;
            assert_eq!(kept(&flipped), 0, "flipped at {at}");
            assert_eq!(kept(&whole[..at]), 0, "cut at {at}");
        }
    }
}
