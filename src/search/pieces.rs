//! The texts of what was found, for extracts: read when they are needed, and what of them was parsed is kept.

use std::cell::OnceCell;
use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use super::extract::{Extract, Piece, Where};
use super::known::Known;
use super::marks::Marker;
use crate::library::Body;
use crate::library::folder::Root;

/// Bytes of text that are kept parsed.
const KEPT: usize = 4 << 20;

/// Sections that were parsed.
#[derive(Debug, Default)]
pub(super) struct Pieces(Mutex<Kept>);

#[derive(Debug, Default)]
struct Kept {
    files: HashMap<String, Parsed>,
    /// Bytes of text.
    size: usize,
}

/// Sections of one file, by where they begin.
#[derive(Debug, Default)]
struct Parsed {
    /// Of the file as it was read.
    stamp: Option<u64>,
    pieces: HashMap<usize, Arc<Piece>>,
}

/// The text of one record.
pub(super) struct Source<'a> {
    root: &'a Root,
    file: &'a str,
    stamp: Option<u64>,
    pieces: &'a Pieces,
    /// What is parsed may be wanted again.
    keeps: bool,
    body: OnceCell<Option<Body>>,
}

impl<'a> Source<'a> {
    pub fn new(root: &'a Root, file: &'a str, known: &'a Known) -> Self {
        let keeps = known.is_asked_again();
        let stamp = if keeps { root.stamp(file) } else { None };
        Self { root, file, stamp, pieces: &known.pieces, keeps, body: OnceCell::new() }
    }

    /// The sentence around what is looked for at a place.
    pub fn extract(&self, place: &Where, marker: &mut Marker<'_>) -> Option<Extract> {
        if let Some(piece) = self.keeps.then(|| self.pieces.get(self, place)).flatten() {
            return piece.extract(marker);
        }
        let body = self.body.get_or_init(|| Body::read(self.root, self.file).ok()).as_ref()?;
        let piece = Piece::near(body, place)?;
        let extract = piece.extract(marker);
        if piece.is_whole() {
            if self.keeps {
                self.pieces.keep(self, place, piece);
            }
            return extract;
        }
        extract.or_else(|| Piece::whole(body, place)?.extract(marker))
    }
}

impl Pieces {
    fn get(&self, source: &Source<'_>, place: &Where) -> Option<Arc<Piece>> {
        let kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let parsed = kept.files.get(source.file).filter(|it| it.stamp == source.stamp)?;
        parsed.pieces.get(&place.section.start).map(Arc::clone)
    }

    fn keep(&self, source: &Source<'_>, place: &Where, piece: Piece) {
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if kept.size + piece.len() > KEPT {
            *kept = Kept::default();
        }
        kept.size += piece.len();
        let parsed = kept.files.entry(source.file.to_owned()).or_default();
        if parsed.stamp != source.stamp {
            *parsed = Parsed { stamp: source.stamp, pieces: HashMap::new() };
        }
        parsed.pieces.insert(place.section.start, Arc::new(piece));
    }
}
