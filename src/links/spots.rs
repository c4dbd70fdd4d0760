//! Where one text names records, packed into some eight bytes for each: a large library has millions.
//!
//! Each is written as what it differs in from the one before it. Bytes that are damaged hold fewer spots, or others.

use std::ops::Range;

use crate::mentions::Rule;
use crate::pack::{Pack, Packer, Unpacker};

/// The spots of one text, in reading order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Spots(Box<[u8]>);

/// One spot as it is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Kept {
    /// The number of the record that is named.
    pub to: u32,
    pub rule: Rule,
    pub shared: bool,
    pub line: u32,
    pub passage: u32,
    pub range: Range<u32>,
}

/// By their places here rules are written.
const RULES: [Rule; 4] = [Rule::Name, Rule::Alias, Rule::Surname, Rule::Written];

impl Spots {
    pub fn new(spots: &[Kept]) -> Self {
        let mut bytes = Vec::with_capacity(spots.len() * 10);
        let (mut line, mut passage) = (0_u32, 0_u32);
        for it in spots {
            let rule = RULES.iter().position(|rule| *rule == it.rule).unwrap_or_default() as u64;
            push(u64::from(it.to) << 3 | rule << 1 | u64::from(it.shared), &mut bytes);
            let lines = it.line.wrapping_sub(line).cast_signed();
            push(u64::from((lines << 1 ^ lines >> 31).cast_unsigned()), &mut bytes);
            push(u64::from(it.passage.wrapping_sub(passage)), &mut bytes);
            push(u64::from(it.range.start), &mut bytes);
            push(u64::from(it.range.end.wrapping_sub(it.range.start)), &mut bytes);
            (line, passage) = (it.line, it.passage);
        }
        Self(bytes.into())
    }

    pub fn iter(&self) -> impl Iterator<Item = Kept> {
        let mut bytes = &*self.0;
        let (mut line, mut passage) = (0_u32, 0_u32);
        std::iter::from_fn(move || {
            let head = take(&mut bytes)?;
            let rule = RULES.get(usize::try_from(head >> 1 & 3).ok()?)?;
            let mut small = || take(&mut bytes).and_then(|number| u32::try_from(number).ok());
            let lines = small()?;
            line = line.wrapping_add(lines >> 1 ^ (lines & 1).wrapping_neg());
            passage = passage.wrapping_add(small()?);
            let start = small()?;
            let range = start..start.wrapping_add(small()?);
            let to = u32::try_from(head >> 3).ok()?;
            Some(Kept { to, rule: *rule, shared: head & 1 == 1, line, passage, range })
        })
    }
}

impl Pack for Spots {
    fn pack(&self, to: &mut Packer<'_>) {
        to.run(&self.0);
    }

    fn unpack(from: &mut Unpacker<'_>) -> Option<Self> {
        from.run().map(|bytes| Self(bytes.into()))
    }
}

/// Writes `number`, seven bits a byte, the lowest first.
fn push(mut number: u64, bytes: &mut Vec<u8>) {
    while number >= 0x80 {
        let [low, ..] = number.to_le_bytes();
        bytes.push(low | 0x80);
        number >>= 7;
    }
    let [low, ..] = number.to_le_bytes();
    bytes.push(low);
}

/// Reads the number that `bytes` begin with.
fn take(bytes: &mut &[u8]) -> Option<u64> {
    let mut number = 0;
    for nth in 0..10 {
        let (byte, rest) = bytes.split_first()?;
        *bytes = rest;
        number |= u64::from(byte & 0x7f).checked_shl(7 * nth)?;
        if byte & 0x80 == 0 {
            return Some(number);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn kept() -> impl Strategy<Value = Kept> {
        let numbers = (any::<u32>(), any::<u32>(), any::<u32>(), any::<u32>(), any::<u32>());
        (numbers, 0..4_usize, any::<bool>()).prop_map(|((to, line, passage, start, end), rule, shared)| {
            Kept { to, rule: RULES[rule], shared, line, passage, range: start..end }
        })
    }

    proptest! {
        #[test]
        fn spots_come_back_as_they_were(spots in prop::collection::vec(kept(), 0..20)) {
            prop_assert_eq!(Spots::new(&spots).iter().collect::<Vec<_>>(), spots);
        }

        #[test]
        fn whatever_the_bytes_are_they_end(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
            prop_assert!(Spots(bytes.into()).iter().count() <= 40);
        }
    }
}
