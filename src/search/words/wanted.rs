//! The words of something looked for: how each may stand in the index.

use super::{Cutter, Form, STEM, Token, stem};

/// One word that is looked for. The words of a phrase stand at one position after another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wanted {
    /// The word as written, folded; of a script without spaces, two characters.
    pub word: String,
    /// All tokens that it may be, `word` first; more than one only if other forms of the word will do.
    pub forms: Vec<String>,
}

/// The words of `text`, in order; with `exact`, in no other form.
pub fn wanted(text: &str, exact: bool) -> Vec<Wanted> {
    let mut found: Vec<Token> = Vec::new();
    let mut cutter = Cutter::default();
    let mut tokens = cutter.cut(text);
    while let Some(token) = tokens.advance() {
        found.push(token.clone());
    }
    let mut wanted = Vec::new();
    let mut covered = 0;
    for at in found.chunk_by(|a, b| a.position == b.position) {
        if let Some(pair) = at.iter().find(|token| token.form == Form::Pair) {
            covered = pair.range.end;
            wanted.push(Wanted::only(&pair.text));
        } else if let Some(word) = at.first().filter(|word| word.range.end > covered) {
            let written = text.get(word.range.clone()).unwrap_or_default();
            let stem = at.iter().find(|token| token.form == Form::Stem);
            wanted.push(if exact { Wanted::only(&word.text) } else { Wanted::any_form(word, stem, written) });
        }
    }
    wanted
}

impl Wanted {
    fn only(word: &str) -> Self {
        Self { word: word.to_owned(), forms: vec![word.to_owned()] }
    }

    fn any_form(word: &Token, stem: Option<&Token>, written: &str) -> Self {
        let mut wanted = Self::only(&word.text);
        match stem {
            Some(stem) => {
                wanted.forms.push(stem.text.trim_start_matches(STEM).to_owned());
                wanted.forms.push(stem.text.clone());
            }
            None if stem::inflects(written) => wanted.forms.push(format!("{STEM}{}", word.text)),
            None => {}
        }
        wanted
    }
}
