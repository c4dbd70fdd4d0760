//! What anything is named in files, in links and on screen: `actor:alexandr-wang`, `timeline`.
//!
//! An [`Id`] names a page; an [`Address`] adds the heading to open it at.

use std::fmt;
use std::str::FromStr;

use crate::text::Text;

/// Every kind of page. Those that are one page need no slug.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    Home,
    Briefings,
    Folder,
    Briefing,
    Actors,
    Actor,
    Topics,
    Topic,
    Claims,
    Claim,
    Timeline,
    Event,
    Sources,
    Source,
    Glossary,
    Term,
    Packet,
    Notes,
    /// The answers to a query, which stands where others have a slug.
    Search,
    Problems,
    Help,
}

impl Kind {
    pub const ALL: [Self; 21] = [
        Self::Home,
        Self::Briefings,
        Self::Folder,
        Self::Briefing,
        Self::Actors,
        Self::Actor,
        Self::Topics,
        Self::Topic,
        Self::Claims,
        Self::Claim,
        Self::Timeline,
        Self::Event,
        Self::Sources,
        Self::Source,
        Self::Glossary,
        Self::Term,
        Self::Packet,
        Self::Notes,
        Self::Search,
        Self::Problems,
        Self::Help,
    ];

    /// The word an address of this kind starts with.
    pub fn word(self) -> &'static str {
        match self {
            Self::Home => "home",
            Self::Briefings => "briefings",
            Self::Folder => "folder",
            Self::Briefing => "briefing",
            Self::Actors => "actors",
            Self::Actor => "actor",
            Self::Topics => "topics",
            Self::Topic => "topic",
            Self::Claims => "claims",
            Self::Claim => "claim",
            Self::Timeline => "timeline",
            Self::Event => "event",
            Self::Sources => "sources",
            Self::Source => "source",
            Self::Glossary => "glossary",
            Self::Term => "term",
            Self::Packet => "packet",
            Self::Notes => "notes",
            Self::Search => "search",
            Self::Problems => "problems",
            Self::Help => "help",
        }
    }

    /// What the one page of this kind is called; for a kind of many, what one of them is.
    pub fn title(self) -> &'static str {
        match self {
            Self::Home => "Home",
            Self::Briefings => "Briefings",
            Self::Folder => "Folder",
            Self::Briefing => "Briefing",
            Self::Actors => "Actors",
            Self::Actor => "Actor",
            Self::Topics => "Topics",
            Self::Topic => "Topic",
            Self::Claims => "Claims",
            Self::Claim => "Claim",
            Self::Timeline => "Timeline",
            Self::Event => "Event",
            Self::Sources => "Sources",
            Self::Source => "Source",
            Self::Glossary => "Glossary",
            Self::Term => "Term",
            Self::Packet => "Packet",
            Self::Notes => "Notes",
            Self::Search => "Search",
            Self::Problems => "Problems",
            Self::Help => "Help",
        }
    }

    /// Whether there are many of this kind, each with a slug.
    pub fn has_slug(self) -> bool {
        matches!(
            self,
            Self::Folder
                | Self::Briefing
                | Self::Actor
                | Self::Topic
                | Self::Claim
                | Self::Event
                | Self::Source
                | Self::Term
                | Self::Packet
                | Self::Search
        )
    }

    /// Whether a page of this kind is a thing that the library holds.
    pub fn is_record(self) -> bool {
        self.has_slug() && self != Self::Search
    }
}

/// The name of one page: its kind, and which one of that kind.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Id {
    pub kind: Kind,
    pub slug: String,
}

impl Id {
    /// A page of which there are many: `Id::new(Kind::Actor, "nvidia")`.
    pub fn new(kind: Kind, slug: impl Into<String>) -> Self {
        Self { kind, slug: slug.into() }
    }

    /// A page of which there is one: `Id::page(Kind::Timeline)`.
    pub fn page(kind: Kind) -> Self {
        Self { kind, slug: String::new() }
    }

    /// The answers to a query; to none, where queries begin.
    pub fn search(query: &str) -> Self {
        Self { kind: Kind::Search, slug: Text::line(query).into_string() }
    }
}

impl fmt::Display for Id {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.kind.has_slug() {
            f.write_str(self.kind.word())?;
            f.write_str(":")?;
            f.write_str(&self.slug)
        } else {
            f.write_str(self.kind.word())
        }
    }
}

/// The string is no address; a bare word may still be a record's id, name or alias.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NoAddress;

impl FromStr for Id {
    type Err = NoAddress;

    fn from_str(written: &str) -> Result<Self, NoAddress> {
        let (word, slug) = match written.split_once(':') {
            Some((word, slug)) => (word, Some(slug)),
            None => (written, None),
        };
        let kind = Kind::ALL.into_iter().find(|kind| kind.word() == word).ok_or(NoAddress)?;
        match slug {
            _ if kind == Kind::Search => Ok(Self::search(slug.unwrap_or_default())),
            Some(slug) if kind.has_slug() => Ok(Self::new(kind, slug)),
            None if !kind.has_slug() => Ok(Self::page(kind)),
            _ => Err(NoAddress),
        }
    }
}

impl serde::Serialize for Id {
    fn serialize<S: serde::Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.collect_str(self)
    }
}

/// A page and, after `#`, the anchor of the heading to open it at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Address {
    pub id: Id,
    pub heading: Option<String>,
    /// The place to open it at, for links that pages make: it is not written.
    pub at: Option<usize>,
}

impl Address {
    /// A page and the place in it to open.
    pub fn at(id: Id, at: usize) -> Self {
        Self { id, heading: None, at: Some(at) }
    }
}

impl FromStr for Address {
    type Err = NoAddress;

    fn from_str(written: &str) -> Result<Self, NoAddress> {
        // In a query `#` is a letter like any other.
        let search = written.split_once(':').is_some_and(|(word, _)| word == Kind::Search.word());
        match written.split_once('#').filter(|_| !search) {
            Some((id, heading)) => Ok(Self { heading: Some(heading.to_owned()), ..id.parse::<Id>()?.into() }),
            None => Ok(written.parse::<Id>()?.into()),
        }
    }
}

impl From<Id> for Address {
    fn from(id: Id) -> Self {
        Self { id, heading: None, at: None }
    }
}

impl fmt::Display for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.heading {
            Some(heading) => write!(f, "{}#{heading}", self.id),
            None => self.id.fmt(f),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_reads_as_it_was_written() {
        let search = "search:\"C#\" actor:wang";
        for written in ["home", "actor:nvidia", "folder:a/b", "briefing:x#what-is-known", "timeline", search]
        {
            assert_eq!(written.parse::<Address>().map(|it| it.to_string()), Ok(written.to_owned()));
        }
    }

    #[test]
    fn a_bare_word_is_no_address() {
        for written in ["nvidia", "actor", "home:x", "https://example.org", ""] {
            assert_eq!(written.parse::<Id>(), Err(NoAddress), "{written}");
        }
    }
}
