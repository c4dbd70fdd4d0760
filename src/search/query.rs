//! The query language: a line becomes a tree and complaints, never an error.
//!
//! Words must all match; `OR` binds its two neighbours, closer than the "and" between words. What a
//! mistake leaves is still searched.

mod days;
mod explain;
mod item;
mod lexer;
mod parser;

pub(super) use item::edits;

use std::fmt;
use std::ops::Range;

use crate::date::Day;
use crate::text::Text;

/// Bytes of a line that are looked at.
pub const LONGEST: usize = 16_384;
/// Words, phrases and fields of one query.
pub const TERMS: usize = 64;
/// Bytes of one word, phrase or value.
pub const WORD: usize = 200;
/// Brackets inside brackets.
pub const DEPTH: usize = 12;
/// Complaints about one line; the rest would hide them.
pub const COMPLAINTS: usize = 8;

/// What is looked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Query {
    pub tree: Node,
}

/// A query as a tree. `All` of nothing is everything; a group never holds a group of its own sort, nor only one part.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Node {
    All(Vec<Node>),
    Any(Vec<Node>),
    Not(Box<Node>),
    /// In the title, the names or the text.
    Words(Words),
    In(Field, Words),
    Date(Span),
    Is(State),
    /// A decision is asked for.
    HasAsk,
    /// The reader wrote a note on it.
    HasNote,
}

/// A word, or several that stand together in this order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Words {
    pub text: Text,
    /// Exactly so, in no other form.
    pub quoted: bool,
    pub ending: Ending,
}

/// How the last word of a [`Words`] may go on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ending {
    Whole,
    /// `chip*`.
    Prefix,
    /// `wang~`: a letter more, less, other or swapped; two in long words.
    Typo,
    /// Being typed: it may be whole or a beginning.
    Typing,
}

/// Where words are looked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Field {
    Actor,
    From,
    Topic,
    Kind,
    Folder,
    Title,
    Status,
    Marking,
    Claim,
}

impl Field {
    pub const ALL: [Self; 9] = [
        Self::Actor,
        Self::From,
        Self::Topic,
        Self::Kind,
        Self::Folder,
        Self::Title,
        Self::Status,
        Self::Marking,
        Self::Claim,
    ];

    /// The word before the colon.
    pub fn word(self) -> &'static str {
        match self {
            Self::Actor => "actor",
            Self::From => "from",
            Self::Topic => "topic",
            Self::Kind => "kind",
            Self::Folder => "folder",
            Self::Title => "title",
            Self::Status => "status",
            Self::Marking => "marking",
            Self::Claim => "claim",
        }
    }
}

/// What this reader has done with a briefing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum State {
    Unread,
    Starred,
    Changed,
}

impl State {
    pub const ALL: [Self; 3] = [Self::Unread, Self::Starred, Self::Changed];

    pub fn word(self) -> &'static str {
        match self {
            Self::Unread => "unread",
            Self::Starred => "starred",
            Self::Changed => "changed",
        }
    }
}

/// Days from one to another, both included; a missing end is open. At least one is there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Span {
    pub from: Option<Day>,
    pub to: Option<Day>,
}

/// Something in a query that does not mean what it seems to. The rest is still searched.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Complaint {
    /// The bytes of the cleaned line.
    pub range: Range<usize>,
    pub what: Text,
    /// What to write instead; may be empty.
    pub help: Text,
}

impl fmt::Display for Complaint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.what)?;
        if self.help.is_empty() { Ok(()) } else { write!(f, "; {}", self.help) }
    }
}

impl Query {
    /// Reads a line; `today` is what `yesterday` counts from.
    pub fn parse(line: &str, today: Day) -> (Self, Vec<Complaint>) {
        parser::parse(line, today, false)
    }

    /// Reads a line that is being typed: its last word may be a beginning, and what is unfinished is no mistake.
    pub fn typing(line: &str, today: Day) -> (Self, Vec<Complaint>) {
        parser::parse(line, today, true)
    }

    /// Whether it asks for nothing in particular.
    pub fn is_empty(&self) -> bool {
        matches!(&self.tree, Node::All(parts) if parts.is_empty())
    }

    /// Whether its last word is still being typed.
    pub fn is_being_typed(&self) -> bool {
        let last = match &self.tree {
            Node::All(parts) => parts.last(),
            part => Some(part),
        };
        matches!(last, Some(Node::Words(words)) if words.ending == Ending::Typing)
    }

    /// Whether it asks for what the reader did: read, starred, noted.
    pub fn is_personal(&self) -> bool {
        let mut waiting = vec![&self.tree];
        while let Some(node) = waiting.pop() {
            match node {
                Node::Is(_) | Node::HasNote => return true,
                Node::All(parts) | Node::Any(parts) => waiting.extend(parts),
                Node::Not(part) => waiting.push(part),
                Node::Words(_) | Node::In(..) | Node::Date(_) | Node::HasAsk => {}
            }
        }
        false
    }

    /// How it was understood, in plain words, one condition a line.
    pub fn explain(&self) -> Vec<Text> {
        explain::lines(&self.tree)
    }

    /// Whether it has nothing but words, each to stand somewhere in some form.
    pub fn is_words(&self) -> bool {
        let parts = match &self.tree {
            Node::All(parts) => parts.as_slice(),
            part => std::slice::from_ref(part),
        };
        let plain = |words: &Words| !words.quoted && words.ending == Ending::Whole;
        parts.iter().all(|part| matches!(part, Node::Words(words) if plain(words)))
    }

    /// The words of a query that has nothing but words: what may be a title or a name as a whole.
    pub fn plain(&self) -> Option<String> {
        let parts = match &self.tree {
            Node::All(parts) => parts.as_slice(),
            part => std::slice::from_ref(part),
        };
        let word = |part: &Node| match part {
            Node::Words(words) if matches!(words.ending, Ending::Whole | Ending::Typing) => {
                Some(words.text.as_str().to_owned())
            }
            _ => None,
        };
        let words: Vec<String> = parts.iter().map(word).collect::<Option<_>>()?;
        (!words.is_empty()).then(|| words.join(" "))
    }
}

impl Node {
    /// All of `parts`, in the simplest form.
    pub fn all(parts: Vec<Self>) -> Self {
        let mut flat = Vec::with_capacity(parts.len());
        for part in parts {
            match part {
                Self::All(inner) => flat.extend(inner),
                other => flat.push(other),
            }
        }
        single(flat).unwrap_or_else(Self::All)
    }

    /// Any of `parts`, in the simplest form.
    pub fn any(parts: Vec<Self>) -> Self {
        let mut flat = Vec::with_capacity(parts.len());
        for part in parts {
            match part {
                Self::Any(inner) => flat.extend(inner),
                other => flat.push(other),
            }
        }
        single(flat).unwrap_or_else(Self::Any)
    }

    /// What `part` does not match, in the simplest form.
    pub fn negated(part: Self) -> Self {
        match part {
            Self::Not(inner) => *inner,
            other => Self::Not(Box::new(other)),
        }
    }
}

/// The only one of `parts`, or all of them back.
fn single(mut parts: Vec<Node>) -> Result<Node, Vec<Node>> {
    match (parts.pop(), parts.is_empty()) {
        (Some(only), true) => Ok(only),
        (last, _) => {
            parts.extend(last);
            Err(parts)
        }
    }
}

impl fmt::Display for Query {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.tree.fmt(f)
    }
}

impl fmt::Display for Node {
    /// As it would be typed. Brackets stand only where they are needed.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::All(parts) => joined(parts, " ", |_| false, f),
            Self::Any(parts) => joined(parts, " OR ", |part| matches!(part, Self::All(_)), f),
            Self::Not(part) if matches!(**part, Self::All(_) | Self::Any(_)) => write!(f, "-({part})"),
            Self::Not(part) => write!(f, "-{part}"),
            Self::Words(words) => words.fmt(f),
            Self::In(field, words) => write!(f, "{}:{words}", field.word()),
            Self::Date(span) => write!(f, "date:{span}"),
            Self::Is(state) => write!(f, "is:{}", state.word()),
            Self::HasAsk => f.write_str("has:ask"),
            Self::HasNote => f.write_str("has:note"),
        }
    }
}

fn joined(
    parts: &[Node],
    between: &str,
    bracketed: impl Fn(&Node) -> bool,
    f: &mut fmt::Formatter<'_>,
) -> fmt::Result {
    for (nth, part) in parts.iter().enumerate() {
        if nth > 0 {
            f.write_str(between)?;
        }
        if bracketed(part) { write!(f, "({part})")? } else { write!(f, "{part}")? }
    }
    Ok(())
}

impl fmt::Display for Words {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let quote = if self.quoted { "\"" } else { "" };
        write!(f, "{quote}{}{quote}", self.text)?;
        f.write_str(match self.ending {
            Ending::Whole => "",
            Ending::Prefix | Ending::Typing => "*",
            Ending::Typo => "~",
        })
    }
}

impl fmt::Display for Span {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.from, self.to) {
            (Some(from), Some(to)) if from == to => from.fmt(f),
            (from, to) => {
                from.map_or(Ok(()), |day| day.fmt(f))?;
                f.write_str("..")?;
                to.map_or(Ok(()), |day| day.fmt(f))
            }
        }
    }
}

#[cfg(test)]
mod tests;
