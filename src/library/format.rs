//! The format of a library's YAML, file by file, as those who read it ask for it: it cannot tell otherwise than they do.

use super::convert;
use super::fields::Fields;
use super::fields::learn::learned;
use super::record::LIKELIHOOD_SCALES;

pub use super::fields::learn::{Key, Shape};

/// A file of the format.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum File {
    Index,
    FrontMatter,
    Actors,
    Topics,
    Claims,
    Events,
    Sources,
    Glossary,
}

impl File {
    /// The registries.
    pub const REGISTRIES: [Self; 6] =
        [Self::Actors, Self::Topics, Self::Claims, Self::Events, Self::Sources, Self::Glossary];

    /// The key under which an index holds the records of this registry; none of what is no registry.
    pub fn registry(self) -> Option<&'static str> {
        Some(match self {
            Self::Index | Self::FrontMatter => return None,
            Self::Actors => "actors",
            Self::Topics => "topics",
            Self::Claims => "claims",
            Self::Events => "events",
            Self::Sources => "sources",
            Self::Glossary => "glossary",
        })
    }

    /// The keys of this file; of a registry, those of each of its records.
    pub fn keys(self) -> Vec<Key> {
        learned(|fields, place| match self {
            Self::Index => index(fields),
            Self::FrontMatter => convert::briefing::every_key(fields),
            Self::Actors => drop(convert::actor(fields, place)),
            Self::Topics => drop(convert::topic(fields, place)),
            Self::Claims => drop(convert::claim(fields, place)),
            Self::Events => drop(convert::event(fields, place)),
            Self::Sources => drop(convert::source(fields, place)),
            Self::Glossary => drop(convert::term(fields, place)),
        })
    }
}

/// Asks for all that an index may hold.
fn index(fields: &mut Fields<'_, '_>) {
    for key in ["title", "description", "marking", "lang"] {
        fields.line(key);
    }
    fields.word("likelihood_scale", &LIKELIHOOD_SCALES);
    fields.each("briefings", "file", |fields, place| {
        fields.required("file", place, Fields::line)?;
        convert::briefing::every_key(fields);
        Some(())
    });
    fields.each("packets", "", convert::packet);
    fields.each("actors", "", convert::actor);
    fields.each("topics", "", convert::topic);
    fields.each("claims", "", convert::claim);
    fields.each("events", "", convert::event);
    fields.each("sources", "", convert::source);
    fields.each("glossary", "", convert::term);
}
