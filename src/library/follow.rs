//! Where a link written in a file leads: a relative path or a `[[name]]` becomes a page, or is lost.

use std::sync::Arc;

use percent_encoding::percent_decode_str;

use super::{Library, paths};
use crate::document::{Named, Target, anchor};
use crate::id::{Address, Id, Kind};
use crate::text::{Text, fold};

impl Library {
    /// Makes of a link in `from` what it leads to; an address of a record that is not there leads nowhere.
    pub fn resolve(&self, from: &str, target: &mut Target) {
        *target = match target {
            Target::Path(written) => self.path(from, written),
            Target::Wiki(written) => self.wiki(from, written),
            Target::Page(address) if !self.holds(&address.id) => Target::Lost(target.written()),
            _ => return,
        }
    }

    fn path(&self, from: &str, written: &str) -> Target {
        let lost = || Target::Lost(Text::line(written));
        // names of files may hold what parts an address: `C# now?.md`
        if written.contains(['#', '?'])
            && let Some(found) = decoded(written).and_then(|whole| self.at_path(from, &whole))
        {
            return found;
        }
        let (path, heading) = match written.split_once('#') {
            Some((path, heading)) => (path, decoded(heading)),
            None => (written, None),
        };
        let path = path.split_once('?').map_or(path, |(path, _)| path);
        let Some(path) = decoded(path) else {
            return heading.map_or_else(lost, Target::Heading);
        };
        match self.at_path(from, &path) {
            Some(Target::Page(Address { id, .. })) => Target::Page(Address { id, heading, at: None }),
            Some(file) => file,
            None => lost(),
        }
    }

    /// What stands at a path: a page, or another file of the library. One from the root may be meant from the root
    /// of a site that is a folder of the library, the outermost first.
    fn at_path(&self, from: &str, path: &str) -> Option<Target> {
        let here = paths::folder(from);
        let slashed = path.replace('\\', "/");
        let at = |path: String| {
            let page = || self.page_at(&path).map(|id| Target::Page(id.into()));
            let file = || self.others.binary_search(&path).is_ok().then(|| Target::Path(path.clone()));
            page().or_else(file)
        };
        if let Some(rooted) = slashed.strip_prefix('/') {
            let mut roots: Vec<&str> = paths::upwards(here).collect();
            roots.reverse();
            // Jekyll keeps the collection `x` of a site in the folder `_x`
            let collected = format!("_{rooted}");
            return [rooted, &collected]
                .into_iter()
                .find_map(|path| roots.iter().find_map(|root| paths::join(root, path).and_then(at)));
        }
        let plain = paths::join(here, &slashed).and_then(at);
        plain.or_else(|| path.contains('\\').then(|| paths::join(here, path)).flatten().and_then(at))
    }

    /// The page of a path from the root: a file with or without its ending, or a folder.
    fn page_at(&self, path: &str) -> Option<Id> {
        let exact = |path: &str| {
            let briefing = || self.briefings.at(path).map(|it| it.id.clone());
            self.record_files.get(path).cloned().or_else(briefing)
        };
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
        same.next().is_none().then(|| Id::clone(found))
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
        let name = name.split_once('^').map_or(name, |(name, _)| name.trim());
        match self.named(from, name).as_slice() {
            [] => match self.at_path(from, name).or_else(|| self.other_named(name)) {
                Some(found) => found,
                None => Target::Lost(Text::line(written)),
            },
            [id] => Target::Page(Address { id: id.clone(), heading, at: None }),
            several => Target::Named(Named {
                ids: several.to_vec(),
                name: Text::line(name),
                rule: Text::line("several files have this name"),
            }),
        }
    }

    /// The records that `name` may mean in a file: an address, a path, or a name, of several the nearest. More
    /// than one where nothing tells them apart.
    fn named(&self, from: &str, name: &str) -> Vec<Id> {
        if let Ok(id) = name.parse::<Id>()
            && self.holds(&id)
        {
            return vec![id];
        }
        let bare = name.strip_suffix(".md").unwrap_or(name);
        if bare.contains('/') {
            let rooted =
                paths::join("", bare).and_then(|path| self.page_at(&path).or_else(|| self.ending(&path)));
            let near = match self.at_path(from, bare) {
                Some(Target::Page(address)) => Some(address.id),
                _ => None,
            };
            return near.or(rooted).into_iter().collect();
        }
        let ids = self.names.get(&fold(bare)).unwrap_or_default();
        self.nearest_of(from, bare, ids)
    }

    /// A file of that name that is no page: `[[report.pdf]]`.
    fn other_named(&self, name: &str) -> Option<Target> {
        if !name.contains('.') || name.contains('/') {
            return None;
        }
        let names = self.other_names.get_or_init(|| {
            // The first of a name is put in last, and stays.
            let all = self.others.iter().enumerate().rev();
            all.map(|(nth, path)| (fold(paths::name(path, "")), nth)).collect()
        });
        let path = self.others.get(*names.get(&fold(name))?)?;
        Some(Target::Path(path.clone()))
    }

    /// The file whose path ends in `path`, of several the first.
    fn ending(&self, path: &str) -> Option<Id> {
        let wanted = format!("/{}", fold(path));
        let ids = self.names.get(&fold(paths::name(path, path)))?;
        let ends = |id: &&Arc<Id>| {
            let file = self.briefings.get(&id.slug).map(|it| fold(&it.file)).unwrap_or_default();
            file.strip_suffix(".md").is_some_and(|file| file.ends_with(&wanted))
        };
        ids.iter().find(ends).map(|id| Id::clone(id))
    }

    /// Of several records of one name: the file of that name before others, the nearest folder first.
    fn nearest_of(&self, from: &str, name: &str, ids: &[Arc<Id>]) -> Vec<Id> {
        if let [only] = ids {
            return vec![Id::clone(only)];
        }
        let here = paths::folder(from);
        let rank = |id: &Id| {
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
        let best = ids.iter().map(|id| rank(id)).min();
        ids.iter().filter(|id| Some(rank(id)) == best).map(|id| Id::clone(id)).collect()
    }
}

fn decoded(written: &str) -> Option<String> {
    (!written.is_empty()).then(|| percent_decode_str(written).decode_utf8_lossy().into_owned())
}
