//! A word or a phrase in any of some columns, as what was looked up of it is put together.

use tantivy::query::{AllQuery, EmptyQuery, PhrasePrefixQuery};
use tantivy::schema::Field as Column;

use super::any_of::{AnyOf, Counts, Part};
use super::parts::{any, boosted, phrase, text};
use super::{Boxed, LIKELY, Planner, SOME, Said};
use crate::search::query::Ending;
use crate::search::words::Wanted;

impl Planner<'_> {
    /// What was said, in any of some columns.
    pub(super) fn anywhere(&self, columns: &[(Column, f32)], said: &Said) -> tantivy::Result<Boxed> {
        let mut ways = Vec::new();
        let mut words = Vec::new();
        for (column, boost) in columns {
            match &said.wanted[..] {
                [] => ways.push(Box::new(AllQuery) as Boxed),
                [word] => self.one_word(word, (*column, *boost), said, &mut words)?,
                several => {
                    ways.push(boosted(in_order(*column, several, said.ending), *boost));
                    if said.joined && !matches!(said.ending, Ending::Prefix | Ending::Typing) {
                        let joined: String = several.iter().map(|word| word.word.as_str()).collect();
                        words.extend(self.rare(*column, &joined, *boost)?);
                    }
                }
            }
        }
        Ok(or_any(any(ways), words))
    }

    /// Adds the ways in which one word may stand in a column.
    fn one_word(
        &self,
        word: &Wanted,
        (column, boost): (Column, f32),
        said: &Said,
        to: &mut Vec<Part>,
    ) -> tantivy::Result<()> {
        let others = said.others(column);
        if said.ending != Ending::Whole {
            to.push(Part { column, lists: others.lists, counts: Counts::Alike(boost * SOME) });
        }
        let likely = others.words.iter().take(if said.ending == Ending::Typo { LIKELY } else { 0 });
        let forms = word.forms.iter().take(match said.ending {
            Ending::Whole | Ending::Typing => usize::MAX,
            Ending::Prefix => 1,
            Ending::Typo => 0,
        });
        for word in likely.chain(forms) {
            to.extend(self.rare(column, word, boost)?);
        }
        Ok(())
    }

    /// A word that counts by how rare it is, if it is there at all.
    pub(super) fn rare(&self, column: Column, word: &str, boost: f32) -> tantivy::Result<Option<Part>> {
        let lists = self.known.lists(&text(column, word))?;
        Ok((!lists.0.is_empty()).then_some(Part { column, lists, counts: Counts::ByRarity(boost) }))
    }
}

/// Several words one after another; the last may go on.
fn in_order(column: Column, words: &[Wanted], ending: Ending) -> Boxed {
    match ending {
        Ending::Prefix | Ending::Typing => {
            let terms = words.iter().map(|word| text(column, &word.word)).collect();
            Box::new(PhrasePrefixQuery::new(terms))
        }
        Ending::Whole | Ending::Typo => phrase(column, words),
    }
}

/// What `planned` finds, or any of `words`.
pub(super) fn or_any(planned: Boxed, words: Vec<Part>) -> Boxed {
    match planned.downcast::<AnyOf>() {
        Ok(mut all) => {
            all.0.extend(words);
            all
        }
        Err(planned) if words.is_empty() => planned,
        Err(planned) if planned.is::<EmptyQuery>() => Box::new(AnyOf(words)),
        Err(planned) => any(vec![planned, Box::new(AnyOf(words))]),
    }
}
