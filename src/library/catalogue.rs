//! What reading the files of a library gave, file by file, so that only what changed is read again.
//!
//! A library is put together from it (`load.rs`). Which files changed is told by their prints alone; what an index
//! says of a file counts as part of that file.

mod base;
mod kept;
mod read;

use std::cmp::Ordering;
use std::collections::{BTreeMap, HashSet};

use super::convert::briefing::Draft;
use super::folder::{Print, Root, Walk};
use super::foreign::Foreign;
use super::indexes::is_registry;
use super::load;
use super::problem::Problem;
use super::record::{Actor, Claim, Event, Packet, Source, Term, Topic};
use super::{Library, limits, paths, stamp};
use crate::text::Text;

/// What reading each file gave.
#[derive(Debug, Default)]
pub struct Catalogue {
    /// Of each Markdown file, in the order of paths.
    pub(super) drafts: Vec<Draft>,
    pub(super) base: Base,
    /// The YAML files, in order.
    pub(super) yaml: Vec<(String, Seen)>,
    /// What was wrong on the way to the files.
    pub(super) walked: Vec<Problem>,
}

/// How a file looked when it was read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Seen {
    pub print: Print,
    /// Of the content, where the print leaves a doubt.
    pub content: u64,
}

impl Seen {
    /// Looks before the file is read, so that what is changed meanwhile is read again.
    pub(super) fn new(root: &Root, path: &str, print: Print) -> Self {
        Self { print, content: if print.is_sure() { 0 } else { content(root, path) } }
    }

    /// Whether the file is as it was.
    fn is(&self, root: &Root, path: &str, found: Print) -> bool {
        self.print.looks_like(found) && (self.print.is_sure() || self.content == content(root, path))
    }
}

/// A number made of all that stands in a file; 0 for one that cannot be read.
pub(super) fn content(root: &Root, path: &str) -> u64 {
    root.whole(path, limits::FILE).map_or(0, |read| stamp(&[&read.bytes]) | 1)
}

/// What is known of a library beside its Markdown files.
#[derive(Clone, Debug, Default)]
pub(super) struct Base {
    /// Of the indexes and the registries.
    pub problems: Vec<Problem>,
    /// What the index of each folder says of it.
    pub folders: BTreeMap<String, Facts>,
    pub registries: Registries,
    /// Records that other tools keep in a YAML file each.
    pub single: Vec<Foreign>,
    pub likelihood_scale: Option<Text>,
    /// Paths of the files that are no pages.
    pub others: Vec<String>,
}

/// Records as they are written: their references are not looked up.
#[derive(Clone, Debug, Default)]
pub(super) struct Registries {
    pub actors: BTreeMap<String, Actor>,
    pub topics: BTreeMap<String, Topic>,
    pub claims: BTreeMap<String, Claim>,
    pub events: BTreeMap<String, Event>,
    pub sources: BTreeMap<String, Source>,
    pub terms: BTreeMap<String, Term>,
    pub packets: BTreeMap<String, Packet>,
}

/// What the index of a folder says of it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Facts {
    pub title: Option<Text>,
    pub description: Option<Text>,
    pub marking: Option<Text>,
    pub lang: Option<Text>,
}

impl Base {
    /// What the nearest index says that says anything, of `folder` or of one around it.
    pub fn inherited(&self, folder: &str, fact: fn(&Facts) -> Option<&Text>) -> Option<&Text> {
        paths::upwards(folder).find_map(|folder| fact(self.folders.get(folder)?))
    }
}

/// What a refresh found: how many Markdown files of each kind of change.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Changes {
    pub new: usize,
    pub changed: usize,
    pub gone: usize,
    /// Whether YAML files changed.
    pub yaml: bool,
    /// Whether anything was read again, if only to be sure.
    pub read: bool,
    /// Whether files changed in this very moment, so that another look is due.
    pub doubtful: bool,
}

/// What has to be read again.
#[derive(Default)]
struct Stale {
    /// Whether a Markdown file differs.
    markdown: bool,
    /// The YAML files that are new, gone, or not surely the same, as they are shown.
    yaml: HashSet<Text>,
    /// The folders in and below which such a file may say something of a Markdown file.
    said: HashSet<String>,
    /// The folders in which Markdown files came or went: what is said of those beside them may differ.
    moved: HashSet<String>,
    /// Whether other files came or went, or the way to one is in trouble.
    other: bool,
}

impl Stale {
    /// Whether the YAML files have to be read again, all of them.
    fn is_whole(&self) -> bool {
        self.other || !self.yaml.is_empty() || !self.moved.is_empty()
    }
}

impl Catalogue {
    /// Reads everything.
    pub fn new(root: &Root) -> Self {
        let mut catalogue = Self::default();
        catalogue.refresh(root);
        catalogue
    }

    /// Reads what changed since the last time. Where nothing did, no file is opened.
    pub fn refresh(&mut self, root: &Root) -> Changes {
        self.refresh_from(root, root.walk())
    }

    /// The same, where the walk was just made.
    pub fn refresh_from(&mut self, root: &Root, walk: Walk) -> Changes {
        let stale = self.stale(root, &walk);
        let doubtful = !walk.markdown_prints.iter().chain(&walk.yaml_prints).all(|print| print.is_sure());
        if !stale.markdown && !stale.is_whole() {
            return Changes { doubtful, ..Changes::default() };
        }
        Changes { doubtful, ..self.read(root, walk, &stale) }
    }

    /// The library that the files make. Its briefings are shared.
    pub fn library(&mut self, root: Root) -> Library {
        load::put_together(root, self)
    }

    /// Compares what is there with what was read.
    fn stale(&mut self, root: &Root, walk: &Walk) -> Stale {
        let mut stale = Stale {
            other: walk.others != self.base.others || walk.problems != self.walked,
            ..Stale::default()
        };
        let known = self.drafts.iter_mut().map(|it| (it.briefing.file.as_str(), &mut it.seen));
        differences(root, known, named(&walk.markdown, &walk.markdown_prints), |path, moved| {
            stale.markdown = true;
            if moved {
                stale.moved.insert(paths::folder(path).to_owned());
            }
        });
        let known = self.yaml.iter_mut().map(|(path, seen)| (path.as_str(), seen));
        differences(root, known, named(&walk.yaml, &walk.yaml_prints), |path, _| {
            stale.yaml.insert(Text::line(path));
            if !is_registry(path) {
                stale.said.insert(paths::folder(path).to_owned());
            }
        });
        stale
    }
}

fn named<'a>(paths: &'a [String], prints: &'a [Print]) -> impl Iterator<Item = (&'a str, Print)> {
    paths.iter().map(String::as_str).zip(prints.iter().copied())
}

/// Tells `take` of each path in which what is known differs from what is found, both in order, and whether it stands
/// in one of them only. What was in doubt and is as it was is known as it looks now.
fn differences<'a>(
    root: &Root,
    known: impl Iterator<Item = (&'a str, &'a mut Seen)>,
    found: impl Iterator<Item = (&'a str, Print)>,
    mut take: impl FnMut(&str, bool),
) {
    let (mut known, mut found) = (known.peekable(), found.peekable());
    loop {
        let order = match (known.peek(), found.peek()) {
            (Some((old, _)), Some((new, _))) => old.cmp(new),
            (Some(_), None) => Ordering::Less,
            (None, Some(_)) => Ordering::Greater,
            (None, None) => return,
        };
        match order {
            Ordering::Less => known.next().into_iter().for_each(|(path, _)| take(path, true)),
            Ordering::Greater => found.next().into_iter().for_each(|(path, _)| take(path, true)),
            Ordering::Equal => {
                if let (Some((_, seen)), Some((path, print))) = (known.next(), found.next()) {
                    if !seen.is(root, path, print) {
                        take(path, false);
                        // Not sure any more, whatever it looks like.
                        seen.print = Print::UNKNOWN;
                    } else if print.is_sure() {
                        seen.print = print;
                    }
                }
            }
        }
    }
}
