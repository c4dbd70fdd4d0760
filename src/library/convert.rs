//! Records as they are written to records as they are meant: one function a kind, where every check is.
//!
//! References stay unresolved here; `resolve.rs` finds what they mean when all records are known.

pub mod briefing;
mod claim;
mod event;
mod who;

pub use claim::claim;
pub use event::{event, packet, source, term};
pub use who::{actor, topic};

use super::fields::Fields;
use super::problem::{Place, Problem};
use crate::text::{Text, slug};

/// Bytes of an id that is made of a text.
const LONGEST: usize = 60;

/// The id and the name of a record. Without a name it is an error; with neither there is no record.
fn named(
    fields: &mut Fields<'_, '_>,
    place: &Place,
    what: &str,
    key: &'static str,
) -> Option<(String, Text)> {
    let name = match key {
        "text" => fields.text(&[key]),
        _ => fields.line(key),
    };
    let id = id(fields);
    if name.is_none() {
        let message = match &id {
            Some(id) => format!("the {what} `{}` has no {key}", Text::line(id)),
            None => format!("this {what} has no {key}"),
        };
        fields.problems.push(Problem::error(place.clone(), message).help(format!("write `{key}: …`")));
    }
    match (id, name) {
        (Some(id), Some(name)) => Some((id, name)),
        (Some(id), None) => Some((id.clone(), Text::line(&id))),
        (None, Some(name)) => Some((made_of(&name), name)),
        (None, None) => None,
    }
}

/// The id that is written, as a slug; one written otherwise is named.
fn id(fields: &mut Fields<'_, '_>) -> Option<String> {
    let found = fields.find(&["id"])?;
    let written = found.entry.value.shown();
    if is_slug(&written) {
        return Some(written);
    }
    let slug = slug(&written);
    let message = format!("the id `{}` is no slug", Text::line(&written));
    if slug.is_empty() {
        fields.warn(found.place(), message, "write lower-case letters, digits and `-`");
        return None;
    }
    fields.warn(found.place(), message, &format!("write `{slug}`"));
    Some(slug)
}

/// Whether `id` can stand in an address and a file name as it is.
pub fn is_slug(id: &str) -> bool {
    let plain = |c: char| (c.is_alphanumeric() && !c.is_uppercase()) || matches!(c, '-' | '_' | '.');
    !id.is_empty() && id.len() <= 200 && id.chars().all(plain) && !id.starts_with('.')
}

/// A slug for what has only a name. Never empty.
pub fn made_of(name: &str) -> String {
    let slug = slug(name);
    if slug.is_empty() {
        return format!("x{:08x}", stamp(&[name.as_bytes()]) & 0xffff_ffff);
    }
    let short = slug.get(..slug.floor_char_boundary(LONGEST)).unwrap_or_default();
    match short.rsplit_once('-') {
        Some((words, _)) if short.len() < slug.len() => words.to_owned(),
        _ => short.to_owned(),
    }
}

/// A number that changes when the parts do: FNV-1a, the same on every machine and in every version.
pub fn stamp(parts: &[&[u8]]) -> u64 {
    parts.iter().fold(0xcbf2_9ce4_8422_2325, |hash, part| {
        part.iter()
            .chain(&[0xff])
            .fold(hash, |hash, byte| (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3))
    })
}
