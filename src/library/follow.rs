//! Where a link written in a file leads: a relative path or a `[[name]]` becomes a page, or is lost.

use std::sync::Arc;

use percent_encoding::percent_decode_str;

use super::crowd::Crowd;
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
            let briefing = || self.briefings.at(path).map(|it| Id::clone(&it.id));
            self.record_files.get(path).cloned().or_else(briefing)
        };
        let mut tried = String::with_capacity(path.len() + "/README.md".len());
        let mut longer = |path: &str, ending: &str| {
            tried.clear();
            tried.push_str(path);
            tried.push_str(ending);
            exact(tried.strip_prefix('/').unwrap_or(&tried))
        };
        let html = path.strip_suffix(".html").or_else(|| path.strip_suffix(".htm"));
        exact(path)
            .or_else(|| longer(path, ".md"))
            .or_else(|| html.and_then(|path| longer(path, ".md")))
            .or_else(|| ["/README.md", "/_index.md", "/index.md"].iter().find_map(|name| longer(path, name)))
            .or_else(|| self.folders.contains_key(path).then(|| Id::new(Kind::Folder, path)))
            .or_else(|| self.caseless(path))
    }

    /// The one file whose path is `path` but for its case.
    fn caseless(&self, path: &str) -> Option<Id> {
        let wanted = fold(path);
        let name = fold(paths::stem(path));
        if let Some(crowd) = self.crowd(&name) {
            return crowd.at(&wanted);
        }
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
        let name = fold(bare);
        match self.crowd(&name) {
            Some(crowd) => crowd.nearest(paths::folder(from), bare),
            None => self.nearest_of(from, bare, self.names.get(&name).unwrap_or_default()),
        }
    }

    /// The records of a folded name, where they are too many to ask each of them.
    fn crowd(&self, name: &str) -> Option<&Crowd> {
        self.names.crowd(name, |ids| Crowd::new(self, name, ids))
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
        let name = fold(paths::name(path, path));
        if let Some(crowd) = self.crowd(&name) {
            return crowd.ending(self, &wanted);
        }
        let ids = self.names.get(&name)?;
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::library::folder::Root;

    /// Files of one name in many folders, of another case, and of another name with the same title; an actor too.
    fn crowded() -> (tempfile::TempDir, Library) {
        let folder = tempfile::tempdir().expect("a folder");
        let write = |path: String, text: &str| {
            let path = folder.path().join(path);
            std::fs::create_dir_all(path.parent().expect("a folder")).expect("made");
            std::fs::write(path, text).expect("written");
        };
        for n in 0..30 {
            write(format!("a/{n}/notes.md"), "x");
            write(format!("a/{n}/deep/er/Notes.md"), "x");
            write(format!("b/{n}/{n}.md"), "---\ntitle: Notes\n---\nx");
            write(format!("b/{n}/plain.md"), "x");
        }
        write("Plain.md".to_owned(), "x");
        write("actors.yaml".to_owned(), "- {id: n, name: Notes}\n");
        let library = crate::library::load(Root::open(folder.path()).expect("it opens"));
        (folder, library)
    }

    #[test]
    fn of_a_crowd_the_same_are_meant_as_if_each_had_been_asked() {
        let (_folder, library) = crowded();
        for from in
            ["x.md", "a/x.md", "a/7/x.md", "a/7/deep/x.md", "a/7/deep/er/Notes.md", "b/3/x.md", "b/y/z/x.md"]
        {
            for name in ["notes", "Notes", "NOTES", "plain", "Plain"] {
                let ids = library.names.get(&fold(name)).expect("they are there");
                let crowd = library.crowd(&fold(name)).expect("they are many");
                let mut each = library.nearest_of(from, name, ids);
                each.truncate(12);
                assert_eq!(crowd.nearest(paths::folder(from), name), each, "{name} in {from}");
            }
        }
    }

    #[test]
    fn a_path_into_a_crowd_means_the_one_file_there() {
        let (_folder, library) = crowded();
        for (written, file) in [
            ("[[7/notes]]", "a/7/notes.md"),
            ("[[A/7/DEEP/er/notes]]", "a/7/deep/er/Notes.md"),
            ("[[er/notes]]", "a/0/deep/er/Notes.md"),
            ("[x](a/7/NOTES.md)", "a/7/notes.md"),
            ("[x](plain.md)", "Plain.md"),
        ] {
            let mut target = match written.strip_prefix("[[") {
                Some(name) => Target::Wiki(name.trim_end_matches("]]").to_owned()),
                None => Target::Path(written.trim_start_matches("[x](").trim_end_matches(')').to_owned()),
            };
            library.resolve("x.md", &mut target);
            let Target::Page(address) = &target else { panic!("{written} leads to {target:?}") };
            assert_eq!(library.briefings[address.id.slug.as_str()].file, file, "{written}");
        }
        let mut nowhere = Target::Path("c/NOTES.md".to_owned());
        library.resolve("x.md", &mut nowhere);
        assert!(matches!(nowhere, Target::Lost(_)));
    }
}
