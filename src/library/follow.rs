//! Where a link written in a file leads: a relative path or a `[[name]]` becomes a page, or is lost.

use percent_encoding::percent_decode_str;

use super::{Library, paths};
use crate::document::{Target, anchor};
use crate::id::{Address, Id, Kind};
use crate::text::{Text, fold};

impl Library {
    /// What a link in `from` leads to; an address of a record that is not there leads nowhere.
    pub fn resolve(&self, from: &str, target: &Target) -> Target {
        match target {
            Target::Path(written) => self.path(from, written),
            Target::Wiki(written) => self.wiki(from, written),
            Target::Page(address) if !self.holds(&address.id) => Target::Lost(target.written()),
            other => other.clone(),
        }
    }

    fn path(&self, from: &str, written: &str) -> Target {
        let lost = || Target::Lost(Text::line(written));
        let (path, heading) = match written.split_once('#') {
            Some((path, heading)) => (path, decoded(heading)),
            None => (written, None),
        };
        let path = path.split_once('?').map_or(path, |(path, _)| path);
        let Some(path) = decoded(path) else {
            return heading.map_or_else(lost, Target::Heading);
        };
        let path = path.replace('\\', "/");
        let Some(path) = paths::join(paths::folder(from), &path) else { return lost() };
        match self.page_at(&path) {
            Some(id) => Target::Page(Address { id, heading, at: None }),
            None => lost(),
        }
    }

    /// The page of a path from the root: a file with or without its ending, or a folder.
    fn page_at(&self, path: &str) -> Option<Id> {
        let exact = |path: &str| self.files.get(path).map(|slug| Id::new(Kind::Briefing, slug));
        let inside =
            |path: &str, name: &str| if path.is_empty() { name.to_owned() } else { format!("{path}/{name}") };
        let html = path.strip_suffix(".html").or_else(|| path.strip_suffix(".htm"));
        exact(path)
            .or_else(|| exact(&format!("{path}.md")))
            .or_else(|| html.and_then(|path| exact(&format!("{path}.md"))))
            .or_else(|| {
                ["README.md", "_index.md", "index.md"].iter().find_map(|name| exact(&inside(path, name)))
            })
            .or_else(|| self.folders.contains_key(path).then(|| Id::new(Kind::Folder, path)))
            .or_else(|| self.caseless(path))
    }

    /// The one file whose path is `path` but for its case.
    fn caseless(&self, path: &str) -> Option<Id> {
        let wanted = fold(path);
        let name = fold(paths::stem(path));
        let ids = self.names.get(&name)?.iter().filter(|id| id.kind == Kind::Briefing);
        let mut same = ids.filter(|id| {
            let file = self.briefings.get(&id.slug).map(|it| fold(&it.file)).unwrap_or_default();
            file == wanted || file.strip_suffix(".md") == Some(&wanted)
        });
        let found = same.next()?;
        same.next().is_none().then(|| found.clone())
    }

    fn wiki(&self, from: &str, written: &str) -> Target {
        let (name, heading) = match written.split_once('#') {
            Some((name, heading)) => (name.trim(), Some(heading.trim())),
            None => (written.trim(), None),
        };
        // Of `One#Two` the last heading counts; a `^block` has no place of its own: the link opens the page.
        let heading = heading.and_then(|headings| headings.rsplit('#').next()).map(str::trim);
        let heading = heading.filter(|it| !it.is_empty() && !it.starts_with('^')).map(anchor);
        if name.is_empty() {
            return heading.map_or_else(|| Target::Lost(Text::line(written)), Target::Heading);
        }
        match self.named(from, name) {
            Some(id) => Target::Page(Address { id, heading, at: None }),
            None => Target::Lost(Text::line(written)),
        }
    }

    /// The record that `name` means in a file: an address, a path, or a name, of several the nearest.
    fn named(&self, from: &str, name: &str) -> Option<Id> {
        if let Ok(id) = name.parse::<Id>()
            && self.holds(&id)
        {
            return Some(id);
        }
        let bare = name.strip_suffix(".md").unwrap_or(name);
        if bare.contains('/') {
            let path = paths::join("", bare)?;
            let near = paths::join(paths::folder(from), bare).and_then(|path| self.page_at(&path));
            return near.or_else(|| self.page_at(&path)).or_else(|| self.ending(&path));
        }
        let key = fold(bare);
        let ids = self.names.get(&key)?;
        self.nearest_of(from, bare, ids)
    }

    /// The file whose path ends in `path`, of several the first.
    fn ending(&self, path: &str) -> Option<Id> {
        let wanted = format!("/{}", fold(path));
        let ids = self.names.get(&fold(paths::name(path, path)))?;
        let ends = |id: &&Id| {
            let file = self.briefings.get(&id.slug).map(|it| fold(&it.file)).unwrap_or_default();
            file.strip_suffix(".md").is_some_and(|file| file.ends_with(&wanted))
        };
        ids.iter().find(ends).cloned()
    }

    /// Of several records of one name: the file of that name before others, the nearest folder first.
    fn nearest_of(&self, from: &str, name: &str, ids: &[Id]) -> Option<Id> {
        let here = paths::folder(from);
        let rank = |id: &&Id| {
            let Some(briefing) = self.briefings.get(&id.slug).filter(|_| id.kind == Kind::Briefing) else {
                return (1, 0, 0);
            };
            let stem = paths::stem(&briefing.file);
            let way = paths::upwards(here).position(|folder| paths::within(&briefing.folder, folder));
            let down = briefing.folder.matches('/').count();
            let named = if stem == name {
                0
            } else if fold(stem) == fold(name) {
                1
            } else {
                2
            };
            (named, way.unwrap_or(usize::MAX), down)
        };
        ids.iter().min_by_key(rank).cloned()
    }
}

fn decoded(written: &str) -> Option<String> {
    (!written.is_empty()).then(|| percent_decode_str(written).decode_utf8_lossy().into_owned())
}
