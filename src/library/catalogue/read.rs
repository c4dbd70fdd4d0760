//! The reading itself: the files that differ, and all YAML files where what they say may matter elsewhere.

use std::collections::HashMap;
use std::sync::Arc;

use super::{Catalogue, Changes, Seen, Stale, content};
use crate::library::convert::briefing::{Draft, Part, Parts, draft};
use crate::library::folder::{Print, Root, Walk};
use crate::library::indexes::{Indexes, is_registry, not_utf8, spared};
use crate::library::problem::{Place, Problem};
use crate::library::{cores, foreign, front, limits, paths};
use crate::text::Text;

impl Catalogue {
    pub(super) fn read(&mut self, root: &Root, mut walk: Walk, stale: &Stale) -> Changes {
        let whole = stale.is_whole();
        let mut problems = Vec::new();
        let look = |(path, print): (&String, &Print)| (path.clone(), Seen::new(root, path, *print));
        let indexes = if whole {
            self.yaml = walk.yaml.iter().zip(&walk.yaml_prints).map(look).collect();
            Indexes::read(root, &walk, &|_| true, &mut problems)
        } else {
            let near = self.near(&walk);
            Indexes::read(root, &walk, &|path| near.contains(path), &mut problems)
        };
        let entries = indexes.entries(&walk, &mut problems);
        let reader = Reader { root, indexes: &indexes, entries: &entries };
        let (plan, mut changes) = self.plan(&walk, stale, &entries);
        let read: Vec<(Draft, Option<u64>)> = cores::each(plan, |it| it.done(&reader));
        for (draft, before) in &read {
            changes.changed += usize::from(before.is_some_and(|stamp| stamp != draft.briefing.stamp));
        }
        self.drafts = read.into_iter().map(|(draft, _)| draft).collect();
        if whole {
            self.walked = std::mem::take(&mut walk.problems);
            let mut others = walk.others;
            self.base = indexes.base(problems);
            self.base.others = std::mem::take(&mut others);
        }
        changes
    }

    /// What is to be done for each Markdown file, in order.
    fn plan<'a>(
        &mut self,
        walk: &'a Walk,
        stale: &Stale,
        entries: &HashMap<String, Part<'_>>,
    ) -> (Vec<Step<'a>>, Changes) {
        let yaml = !stale.yaml.is_empty();
        let mut changes = Changes { read: true, yaml, ..Changes::default() };
        let mut old = std::mem::take(&mut self.drafts).into_iter().peekable();
        let mut plan = Vec::with_capacity(walk.markdown.len());
        for (path, print) in walk.markdown.iter().zip(&walk.markdown_prints) {
            while old.next_if(|it| it.briefing.file < *path).is_some() {
                changes.gone += 1;
            }
            let old = old.next_if(|it| it.briefing.file == *path);
            changes.new += usize::from(old.is_none());
            plan.push(match old {
                Some(draft) if draft.seen.print.looks_like(*print) && !stale.touches(&draft, entries) => {
                    Step::Keep(Box::new(draft))
                }
                old => Step::Read { path, print: *print, old: old.map(Box::new) },
            });
        }
        changes.gone += old.count();
        (plan, changes)
    }

    /// The YAML files that may say something of the Markdown files that differ.
    fn near<'a>(&self, walk: &'a Walk) -> std::collections::HashSet<&'a str> {
        let mut folders = std::collections::HashSet::new();
        let mut said = std::collections::HashSet::new();
        let prints = walk.markdown.iter().zip(&walk.markdown_prints);
        for (draft, (path, print)) in self.drafts.iter().zip(prints) {
            if !draft.seen.print.looks_like(*print) {
                folders.extend(paths::upwards(paths::folder(path)));
                said.insert(&*draft.briefing.place.file);
            }
        }
        let near = |path: &&str| {
            !is_registry(path) && folders.contains(paths::folder(path)) || said.contains(&Text::line(path))
        };
        walk.yaml.iter().map(String::as_str).filter(near).collect()
    }
}

impl Stale {
    /// Whether what is said of a file, elsewhere than in the file, may be otherwise than it was.
    fn touches(&self, draft: &Draft, entries: &HashMap<String, Part<'_>>) -> bool {
        let file = draft.briefing.file.as_str();
        let folder = paths::folder(file);
        self.moved.contains(folder)
            || paths::upwards(folder).any(|folder| self.said.contains(folder))
            || self.yaml.contains(&**draft.briefing.place.file)
            || entries.get(file).is_some_and(|entry| self.yaml.contains(&**entry.file))
    }
}

/// What is to be done for one Markdown file.
enum Step<'a> {
    Keep(Box<Draft>),
    Read {
        path: &'a str,
        print: Print,
        /// What was read before.
        old: Option<Box<Draft>>,
    },
}

impl Step<'_> {
    fn done(self, reader: &Reader<'_>) -> (Draft, Option<u64>) {
        match self {
            Self::Keep(draft) => (*draft, None),
            Self::Read { path, print, old } => {
                let seen = Seen::new(reader.root, path, print);
                let draft = spared(path, || reader.read(path, seen));
                let mut draft = draft.unwrap_or_else(|problem| Draft::fallen(path, seen, problem));
                let old = old.as_ref();
                if old.is_some_and(|old| old.seen.print == Print::UNKNOWN)
                    && old.is_some_and(|old| old.briefing.print == draft.briefing.print)
                {
                    // All but the content is as it was.
                    Arc::make_mut(&mut draft.briefing).print ^= content(reader.root, path);
                }
                (draft, old.map(|old| old.briefing.stamp))
            }
        }
    }
}

/// What reads the start of a Markdown file, knowing what is said of it elsewhere.
struct Reader<'a> {
    root: &'a Root,
    indexes: &'a Indexes,
    entries: &'a HashMap<String, Part<'a>>,
}

impl Reader<'_> {
    /// Reads the start of one file and makes of it what it says.
    fn read(&self, path: &str, seen: Seen) -> Draft {
        let (root, indexes) = (self.root, self.indexes);
        let file = Arc::new(if path.is_empty() { root.label() } else { Text::line(path) });
        let folder = paths::folder(path);
        let (bytes, size, modified, failed) = match head(root, path) {
            Ok((bytes, size, modified)) => (bytes, size, modified, None),
            Err(problem) => (Vec::new(), 0, 0, Some(problem)),
        };
        let cut = front::cut(&bytes);
        let parsed = front::read(&bytes, &cut.front, &file);
        let body = bytes.get(cut.body..).unwrap_or_default();
        let text = String::from_utf8_lossy(body);
        // A character cut at the end of the head is no fault of the file.
        let good = std::str::from_utf8(&bytes).map_or_else(|error| error.valid_up_to(), str::len);
        let bad = bytes.len() - good >= 4 || good < bytes.len() && bytes.len() as u64 >= size;
        let whole = parsed.node.as_ref().map(|node| Part { file: &file, node, folder });
        let record = indexes.records.get(path);
        let parts = Parts {
            path,
            file: &file,
            entry: self.entries.get(path).copied(),
            front: whole,
            record: record
                .and_then(|sheet| Some(Part { file: &sheet.file, node: sheet.node.as_ref()?, folder })),
            head: &text,
            size,
            modified,
            seen,
            own: paths::upwards(folder).any(|folder| indexes.folders.contains_key(folder)),
        };
        let mut draft = draft(&parts);
        draft.foreign = foreign::record(path, &file, parsed.node.as_ref()).map(Box::new);
        draft.bare = text.trim().is_empty() && bytes.len() as u64 >= size;
        draft.problems.extend(parsed.problems);
        draft.failed = failed.is_some();
        draft.problems.extend(failed);
        draft.problems.extend(bad.then(|| not_utf8(&bytes, path)));
        if size > limits::FILE {
            let message = format!("longer than {} MB, so its text is not shown", limits::FILE >> 20);
            draft.problems.push(Problem::error(Place::new(&file, 0, 0), message).help("split the file"));
        }
        draft
    }
}

/// The start of a file: all of its front matter, and enough of its text to find a title.
fn head(root: &Root, path: &str) -> Result<(Vec<u8>, u64, u64), Problem> {
    let mut length = limits::HEAD;
    loop {
        let read = root.head(path, length)?;
        let whole = read.bytes.len() as u64 >= read.size;
        let open = matches!(front::cut(&read.bytes).front, front::Front::Unclosed(_));
        if !open || whole || length > limits::FRONT_MATTER {
            return Ok((read.bytes.into_owned(), read.size, read.modified));
        }
        length *= 8;
    }
}
