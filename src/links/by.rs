//! Which texts name each record: what the texts hold, read from the other end. Four bytes for each text of each.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::texts::TextLinks;
use crate::id::Id;

/// For each record the texts that name it or link to it, by their places, in order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct By {
    /// For each record that has names, by its number, where its texts begin; they end where those of the next begin.
    starts: Vec<u32>,
    texts: Vec<u32>,
    /// Those of records that have no names.
    others: BTreeMap<Arc<Id>, Vec<u32>>,
}

impl By {
    /// Of so many records that have names.
    pub fn new(known: usize, texts: &[Arc<TextLinks>]) -> Self {
        let mut starts = vec![0_u32; known + 1];
        each(known, texts, |record, _| starts.get_mut(record + 1).into_iter().for_each(|it| *it += 1));
        let mut sum = 0;
        for start in &mut starts {
            sum += *start;
            *start = sum;
        }
        let mut found = vec![0; sum as usize];
        let mut next = starts.clone();
        each(known, texts, |record, place| {
            let Some(next) = next.get_mut(record) else { return };
            found.get_mut(*next as usize).into_iter().for_each(|it| *it = place);
            *next += 1;
        });
        let mut others: BTreeMap<_, Vec<u32>> = BTreeMap::new();
        for (text, place) in texts.iter().zip(0..) {
            for id in &text.others {
                others.entry(Arc::clone(id)).or_default().push(place);
            }
        }
        Self { starts, texts: found, others }
    }

    /// The texts that name the record of that number.
    pub fn numbered(&self, number: u32) -> &[u32] {
        let at = |record: usize| self.starts.get(record).map(|start| *start as usize);
        let range = at(number as usize).zip(at(number as usize + 1)).map(|(start, end)| start..end);
        range.and_then(|range| self.texts.get(range)).unwrap_or_default()
    }

    /// The texts that link to a record without names.
    pub fn other(&self, id: &Id) -> &[u32] {
        self.others.get(id).map(Vec::as_slice).unwrap_or_default()
    }

    /// Every record without names that texts link to.
    #[cfg(test)]
    pub fn len(&self) -> usize {
        self.starts.windows(2).filter(|pair| pair[0] < pair[1]).count() + self.others.len()
    }
}

/// Tells `take` of every record that has names and every text that names it, by their places: text after text, of each
/// a record once.
fn each(known: usize, texts: &[Arc<TextLinks>], mut take: impl FnMut(usize, u32)) {
    let mut last = vec![None; known];
    for (text, place) in texts.iter().zip(0..) {
        for record in text.spots.iter().map(|spot| spot.to as usize) {
            if let Some(last) = last.get_mut(record).filter(|last| **last != Some(place)) {
                *last = Some(place);
                take(record, place);
            }
        }
    }
}
