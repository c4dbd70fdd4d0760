//! Values to bytes and back, for what is kept in the cache: compact, each text once, and nothing in it is trusted.
//!
//! A file says what form it has and ends with a checksum; one that is damaged, foreign or of another form holds
//! nothing. Texts come back through the same door as all others.

use std::collections::HashMap;
use std::fs;
use std::io::{self, Write};
use std::path::Path;
use std::sync::Arc;

use crc32fast::Hasher;

use crate::date::{Date, Day};
use crate::id::{Id, Kind};
use crate::text::Text;

/// A larger file is none of ours.
const LONGEST: u64 = 1 << 30;

/// A sum of these bytes, the same on every machine: other bytes hardly ever have it.
pub fn sum(bytes: &[u8]) -> u32 {
    crc32fast::hash(bytes)
}

/// What can be kept.
pub trait Pack: Sized {
    fn pack(&self, to: &mut Packer<'_>);
    /// `None` where the bytes are of nothing of this kind.
    fn unpack(from: &mut Unpacker<'_>) -> Option<Self>;
}

/// Bytes that are written at once.
const ROOM: usize = 1 << 16;

/// Writes values; what goes wrong is said at the end.
pub struct Packer<'a> {
    to: &'a mut dyn Write,
    waiting: Vec<u8>,
    sum: Hasher,
    trouble: io::Result<()>,
    /// The number of each text that was written.
    texts: HashMap<Text, usize>,
}

/// Reads values.
pub struct Unpacker<'a> {
    rest: &'a [u8],
    texts: Vec<Text>,
    /// The last text that many things share, with its number.
    shared: Option<(usize, Arc<Text>)>,
}

impl Packer<'_> {
    fn bytes(&mut self, bytes: &[u8]) {
        self.waiting.extend_from_slice(bytes);
        if self.waiting.len() >= ROOM {
            self.flush();
        }
    }

    fn flush(&mut self) {
        if self.trouble.is_ok() {
            self.sum.update(&self.waiting);
            self.trouble = self.to.write_all(&self.waiting);
        }
        self.waiting.clear();
    }

    /// Seven bits a byte, the lowest first.
    pub fn number(&mut self, mut number: u64) {
        let mut bytes = [0; 10];
        let mut length = 0;
        for byte in &mut bytes {
            *byte = u8::try_from(number & 0x7f).unwrap_or_default();
            number >>= 7;
            length += 1;
            if number == 0 {
                break;
            }
            *byte |= 0x80;
        }
        self.bytes(bytes.get(..length).unwrap_or_default());
    }

    /// All of `items`, and how many there are.
    pub fn all<'i, T: Pack + 'i>(&mut self, items: impl ExactSizeIterator<Item = &'i T>) {
        self.number(items.len() as u64);
        items.for_each(|item| item.pack(self));
    }

    /// Bytes that hold something packed, and how many there are.
    pub fn run(&mut self, bytes: &[u8]) {
        self.number(bytes.len() as u64);
        self.bytes(bytes);
    }

    fn text(&mut self, text: &Text) {
        if let Some(number) = self.texts.get(text) {
            self.number(*number as u64 + 1);
            return;
        }
        self.texts.insert(text.clone(), self.texts.len());
        self.number(0);
        self.string(text);
    }

    fn string(&mut self, string: &str) {
        self.run(string.as_bytes());
    }
}

impl<'a> Unpacker<'a> {
    fn new(bytes: &'a [u8]) -> Self {
        Self { rest: bytes, texts: Vec::new(), shared: None }
    }

    fn bytes(&mut self, length: usize) -> Option<&'a [u8]> {
        let (bytes, rest) = self.rest.split_at_checked(length)?;
        self.rest = rest;
        Some(bytes)
    }

    pub fn number(&mut self) -> Option<u64> {
        let mut number = 0_u64;
        for nth in 0..10 {
            let (byte, rest) = self.rest.split_first()?;
            self.rest = rest;
            number |= u64::from(byte & 0x7f).checked_shl(7 * nth)?;
            if byte & 0x80 == 0 {
                return Some(number);
            }
        }
        None
    }

    fn length(&mut self) -> Option<usize> {
        usize::try_from(self.number()?).ok()
    }

    /// As many items as were written. Whatever the bytes say, no more room is taken than they have.
    pub fn all<T: Pack>(&mut self) -> Option<Vec<T>> {
        let length = self.length()?;
        let mut items = Vec::with_capacity(length.min(self.rest.len()));
        for _ in 0..length {
            items.push(T::unpack(self)?);
        }
        Some(items)
    }

    /// What [`Packer::run`] wrote.
    pub fn run(&mut self) -> Option<&'a [u8]> {
        let length = self.length()?;
        self.bytes(length)
    }

    fn string(&mut self) -> Option<&'a str> {
        std::str::from_utf8(self.run()?).ok()
    }

    /// A text and its number.
    fn text(&mut self) -> Option<(usize, Text)> {
        match self.length()? {
            0 => {
                let text = Text::new(self.string()?);
                self.texts.push(text.clone());
                Some((self.texts.len() - 1, text))
            }
            number => Some((number - 1, self.texts.get(number - 1)?.clone())),
        }
    }
}

/// Keeps what `write` writes in a file of this form, whole or not at all, for this user alone.
pub fn save(file: &Path, form: &str, write: impl FnOnce(&mut Packer<'_>)) -> io::Result<()> {
    let folder = file.parent().ok_or(io::ErrorKind::NotFound)?;
    make(folder)?;
    let mut beside = tempfile::NamedTempFile::new_in(folder)?;
    let (waiting, sum, texts) = (Vec::with_capacity(2 * ROOM), Hasher::new(), HashMap::new());
    let mut packer = Packer { to: beside.as_file_mut(), waiting, sum, trouble: Ok(()), texts };
    packer.string(form);
    write(&mut packer);
    packer.flush();
    let Packer { sum, trouble, .. } = packer;
    trouble?;
    beside.write_all(&sum.finalize().to_le_bytes())?;
    beside.persist(file)?;
    Ok(())
}

/// What `read` finds in a file of this form; `None` where there is none that can be used.
pub fn load<T>(file: &Path, form: &str, read: impl FnOnce(&mut Unpacker<'_>) -> Option<T>) -> Option<T> {
    let small = fs::symlink_metadata(file).ok().filter(|it| it.is_file() && it.len() <= LONGEST);
    let bytes = small.and_then(|_| fs::read(file).ok())?;
    let (data, sum) = bytes.split_last_chunk::<4>()?;
    if crc32fast::hash(data).to_le_bytes() != *sum {
        return None;
    }
    let mut from = Unpacker::new(data);
    let found = (from.string()? == form).then(|| read(&mut from)).flatten()?;
    from.rest.is_empty().then_some(found)
}

/// Makes `folder`, for this user alone.
pub fn make(folder: &Path) -> io::Result<()> {
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder)
}

macro_rules! numbers {
    ($($kind:ty),*) => {$(
        impl Pack for $kind {
            fn pack(&self, to: &mut Packer<'_>) {
                to.number(u64::try_from(*self).unwrap_or_default());
            }

            fn unpack(from: &mut Unpacker<'_>) -> Option<Self> {
                from.number()?.try_into().ok()
            }
        }
    )*};
}

numbers!(u8, u32, u64, usize);

impl Pack for bool {
    fn pack(&self, to: &mut Packer<'_>) {
        to.bytes(&[u8::from(*self)]);
    }

    fn unpack(from: &mut Unpacker<'_>) -> Option<Self> {
        match from.bytes(1)? {
            [0] => Some(false),
            [1] => Some(true),
            _ => None,
        }
    }
}

impl Pack for String {
    fn pack(&self, to: &mut Packer<'_>) {
        to.string(self);
    }

    fn unpack(from: &mut Unpacker<'_>) -> Option<Self> {
        from.string().map(str::to_owned)
    }
}

impl Pack for Text {
    fn pack(&self, to: &mut Packer<'_>) {
        to.text(self);
    }

    fn unpack(from: &mut Unpacker<'_>) -> Option<Self> {
        from.text().map(|(_, text)| text)
    }
}

impl Pack for Arc<Text> {
    fn pack(&self, to: &mut Packer<'_>) {
        to.text(self);
    }

    fn unpack(from: &mut Unpacker<'_>) -> Option<Self> {
        let (number, text) = from.text()?;
        match &from.shared {
            Some((last, shared)) if *last == number => Some(Self::clone(shared)),
            _ => {
                let shared = Self::new(text);
                from.shared = Some((number, Self::clone(&shared)));
                Some(shared)
            }
        }
    }
}

impl Pack for Arc<Id> {
    fn pack(&self, to: &mut Packer<'_>) {
        Id::pack(self, to);
    }

    fn unpack(from: &mut Unpacker<'_>) -> Option<Self> {
        Id::unpack(from).map(Self::new)
    }
}

impl<T: Pack> Pack for Option<T> {
    fn pack(&self, to: &mut Packer<'_>) {
        self.is_some().pack(to);
        if let Some(it) = self {
            it.pack(to);
        }
    }

    fn unpack(from: &mut Unpacker<'_>) -> Option<Self> {
        if bool::unpack(from)? { T::unpack(from).map(Some) } else { Some(None) }
    }
}

impl<T: Pack> Pack for Vec<T> {
    fn pack(&self, to: &mut Packer<'_>) {
        to.all(self.iter());
    }

    fn unpack(from: &mut Unpacker<'_>) -> Option<Self> {
        from.all()
    }
}

impl<T: Pack> Pack for Box<[T]> {
    fn pack(&self, to: &mut Packer<'_>) {
        to.all(self.iter());
    }

    fn unpack(from: &mut Unpacker<'_>) -> Option<Self> {
        from.all().map(Vec::into_boxed_slice)
    }
}

impl<T: Pack> Pack for Box<T> {
    fn pack(&self, to: &mut Packer<'_>) {
        T::pack(self, to);
    }

    fn unpack(from: &mut Unpacker<'_>) -> Option<Self> {
        T::unpack(from).map(Self::new)
    }
}

impl<A: Pack, B: Pack> Pack for (A, B) {
    fn pack(&self, to: &mut Packer<'_>) {
        self.0.pack(to);
        self.1.pack(to);
    }

    fn unpack(from: &mut Unpacker<'_>) -> Option<Self> {
        Some((A::unpack(from)?, B::unpack(from)?))
    }
}

impl Pack for Id {
    fn pack(&self, to: &mut Packer<'_>) {
        to.number(self.kind as u64);
        self.slug.pack(to);
    }

    fn unpack(from: &mut Unpacker<'_>) -> Option<Self> {
        let kind = *Kind::ALL.get(from.length()?)?;
        Some(Self::new(kind, String::unpack(from)?))
    }
}

impl Pack for Day {
    fn pack(&self, to: &mut Packer<'_>) {
        // Years before our era too.
        to.number(u64::from(self.year.cast_unsigned()));
        self.month.pack(to);
        self.day.pack(to);
    }

    fn unpack(from: &mut Unpacker<'_>) -> Option<Self> {
        let year = u32::unpack(from)?.cast_signed();
        Self::new(year, u8::unpack(from)?, u8::unpack(from)?)
    }
}

impl Pack for Date {
    fn pack(&self, to: &mut Packer<'_>) {
        self.written.pack(to);
        self.earliest.pack(to);
        self.latest.pack(to);
    }

    fn unpack(from: &mut Unpacker<'_>) -> Option<Self> {
        let written = Text::unpack(from)?;
        Some(Self { written, earliest: Option::unpack(from)?, latest: Option::unpack(from)? })
    }
}
