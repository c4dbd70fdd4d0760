//! How a text was when it was last seen, passage by passage, so that what changed since can be told.
//!
//! Only a sum of each passage is kept, not its words: a text of sixty passages takes a few hundred bytes.

use std::fmt::Write;
use std::sync::Arc;

/// The hexadecimal digits of a sum.
const DIGITS: usize = 8;
/// A longer text is not compared.
const MOST: usize = 5_000;

/// A passage of a text: the place where it starts, and a sum of its words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Summed {
    pub at: usize,
    pub sum: u32,
}

/// The sums of all passages of a text, each once, rising.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Passages(Arc<[u32]>);

/// What is not as it was.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Changes {
    /// Where the passages start that are new or have other words, in the order of the text.
    pub places: Vec<usize>,
    /// How many passages are gone without another in their stead.
    pub gone: usize,
    /// Whether its passages are known to be those that it had.
    pub same: bool,
}

impl Passages {
    /// The passages of a text; `None` for one that is too long to be compared.
    pub fn new(text: &[Summed]) -> Option<Self> {
        if text.len() > MOST {
            return None;
        }
        let mut sums: Vec<u32> = text.iter().map(|it| it.sum).collect();
        sums.sort_unstable();
        sums.dedup();
        Some(Self(sums.into()))
    }

    /// How `text` differs from this. A passage that only moved is no change.
    pub fn changes(&self, text: &[Summed]) -> Changes {
        let has = |sums: &[u32], sum: &u32| sums.binary_search(sum).is_ok();
        let fresh = text.iter().filter(|it| !has(&self.0, &it.sum));
        let places: Vec<usize> = fresh.map(|it| it.at).collect();
        let now = Self::new(text).unwrap_or_default();
        let lost = self.0.iter().filter(|sum| !has(&now.0, sum)).count();
        Changes { gone: lost.saturating_sub(places.len()), places, same: false }
    }

    /// As it is kept: the sums in hexadecimal, one after another.
    pub fn written(&self) -> String {
        let mut written = String::with_capacity(self.0.len() * DIGITS);
        for sum in self.0.iter() {
            // writing into a string cannot fail
            let _ = write!(written, "{sum:0DIGITS$x}");
        }
        written
    }

    /// What [`Self::written`] gave; `None` for anything else.
    pub fn read(written: &str) -> Option<Self> {
        let hexadecimal = written.bytes().all(|byte| byte.is_ascii_hexdigit());
        if !hexadecimal || !written.len().is_multiple_of(DIGITS) || written.len() > MOST * DIGITS {
            return None;
        }
        let digits = |at: usize| written.get(at..at + DIGITS);
        let sum = |at| u32::from_str_radix(digits(at)?, 16).ok();
        let mut sums: Vec<u32> = (0..written.len()).step_by(DIGITS).map(sum).collect::<Option<_>>()?;
        sums.sort_unstable();
        sums.dedup();
        Some(Self(sums.into()))
    }
}

impl Changes {
    pub fn is_empty(&self) -> bool {
        self.places.is_empty() && self.gone == 0
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn text(sums: &[u32]) -> Vec<Summed> {
        sums.iter().zip(0..).map(|(sum, nth)| Summed { at: nth * 10, sum: *sum }).collect()
    }

    #[test]
    fn new_and_changed_passages_are_told_and_moved_ones_are_not() {
        let before = Passages::new(&text(&[1, 2, 3, 4])).unwrap();
        let cases: [(&[u32], &[usize], usize); 5] = [
            (&[1, 2, 3, 4], &[], 0),
            (&[4, 3, 2, 1], &[], 0),
            (&[1, 2, 9, 4], &[20], 0),
            (&[0, 1, 2, 3, 4, 5], &[0, 50], 0),
            (&[1, 9], &[10], 2),
        ];
        for (now, places, gone) in cases {
            assert_eq!(
                before.changes(&text(now)),
                Changes { places: places.to_vec(), gone, same: false },
                "{now:?}"
            );
        }
    }

    #[test]
    fn what_is_no_list_of_sums_is_not_read() {
        for written in ["0", "0000000g", "000000011", "é000000", "+0000001"] {
            assert_eq!(Passages::read(written), None, "{written}");
        }
        assert_eq!(Passages::read(&"0".repeat((MOST + 1) * DIGITS)), None);
        assert_eq!(Passages::new(&text(&vec![0; MOST + 1])), None);
    }

    proptest! {
        #[test]
        fn what_is_written_is_read_again(sums: Vec<u32>) {
            let passages = Passages::new(&text(&sums)).unwrap();
            prop_assert_eq!(Passages::read(&passages.written()), Some(passages));
        }
    }
}
