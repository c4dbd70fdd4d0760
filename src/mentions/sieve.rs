//! A sieve for words: most words of a text begin no name, and it tells them at the cost of one look.
//!
//! It knows words by their hashes alone, so it may let one through that it should not, but it holds none back.

use super::tokens::SPREAD;

/// How many holes there are for each name, so that few other words fall through.
const HOLES: usize = 8;
/// How many holes there are at least and at most.
const FEW: usize = 1 << 16;
const MANY: usize = 1 << 22;

/// The first words of names, and the pairs of words that names begin with.
#[derive(Debug, Default)]
pub struct Sieve {
    /// Looked at for each word: small enough to stay near the processor.
    words: Holes,
    pairs: Holes,
}

/// A bit for each hole; none where nothing is kept.
#[derive(Debug, Default)]
struct Holes(Vec<u64>);

impl Sieve {
    /// A sieve for so many names.
    pub fn new(names: usize) -> Self {
        Self { words: Holes::new(names), pairs: Holes::new(names) }
    }

    /// Keeps a name by the hashes of its first word and of the one after it.
    pub fn keep(&mut self, first: u64, second: Option<u64>) {
        self.words.keep(first);
        self.pairs.keep(pair(first, second));
    }

    /// Whether a name may begin with this word.
    #[inline]
    pub fn begins(&self, first: u64) -> bool {
        self.words.hold(first)
    }

    /// Whether a name may begin with these two, or with the first alone.
    pub fn goes_on(&self, first: u64, second: impl FnOnce() -> Option<u64>) -> bool {
        self.pairs.hold(pair(first, None))
            || second().is_some_and(|second| self.pairs.hold(pair(first, Some(second))))
    }
}

impl Holes {
    fn new(names: usize) -> Self {
        let holes = names.saturating_mul(HOLES).clamp(FEW, MANY).next_power_of_two();
        Self(vec![0; holes / 64])
    }

    fn keep(&mut self, key: u64) {
        let (at, bit) = self.place(key);
        if let Some(holes) = self.0.get_mut(at) {
            *holes |= bit;
        }
    }

    #[inline]
    fn hold(&self, key: u64) -> bool {
        let (at, bit) = self.place(key);
        self.0.get(at).is_some_and(|holes| holes & bit != 0)
    }

    /// Where the bit of `key` is: high bits of a hash are the best spread.
    #[inline]
    fn place(&self, key: u64) -> (usize, u64) {
        let at = usize::try_from(key >> 32).unwrap_or_default() & self.0.len().wrapping_sub(1);
        (at, 1 << (key >> 26 & 63))
    }
}

/// The key of two words in a row; of one, where a name ends after it.
fn pair(first: u64, second: Option<u64>) -> u64 {
    (first.rotate_left(29) ^ second.unwrap_or(SPREAD)).wrapping_mul(SPREAD)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_kept_is_never_held_back() {
        assert!(!Sieve::default().begins(7), "there are no holes");
        let mut sieve = Sieve::new(2);
        assert!(!sieve.begins(7) && !sieve.goes_on(7, || None), "nothing was kept");
        let [one, two, three] = [1, 2, 3].map(|word: u64| word.wrapping_mul(SPREAD));
        sieve.keep(one, Some(two));
        sieve.keep(three, None);
        assert!(sieve.begins(one) && sieve.goes_on(one, || Some(two)));
        assert!(sieve.begins(three) && sieve.goes_on(three, || Some(two)) && sieve.goes_on(three, || None));
        assert!(!sieve.goes_on(one, || Some(three)) && !sieve.goes_on(one, || None) && !sieve.begins(two));
    }
}
