//! What the files of a folder say is put together to a library. Cannot fail: what is wrong becomes a problem.
//!
//! Done whole each time, whatever changed; briefings that come out as they were are shared with the library before.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::catalogue::{Base, Catalogue, Facts};
use super::convert::briefing::{Draft, Written};
use super::folder::Root;
use super::foreign::{Foreign, Record};
use super::problem::{Place, Problem, bound};
use super::record::{Briefing, Folder};
use super::table::Table;
use super::{Library, heading, ids, names, paths, resolve};
use crate::id::{Id, Kind};
use crate::text::Text;

/// Loads everything the root declares.
pub fn load(root: Root) -> Library {
    let mut catalogue = Catalogue::new(&root);
    catalogue.library(root)
}

/// The same, where what `cache` keeps is not read again if it has not changed; it is brought up to date.
pub fn open(root: Root, cache: Option<&Path>) -> Library {
    let file = cache.map(kept_in);
    let mut catalogue = file.as_deref().and_then(|file| Catalogue::kept(&root, file)).unwrap_or_default();
    if catalogue.refresh(&root).read
        && let Some(file) = file
    {
        let _again_next_time = catalogue.keep(&root, &file);
    }
    catalogue.library(root)
}

/// The file of a cache that keeps the catalogue.
pub fn kept_in(cache: &Path) -> PathBuf {
    cache.join("catalogue")
}

/// Makes a library of what was read.
pub(super) fn put_together(root: Root, catalogue: &mut Catalogue) -> Library {
    let Catalogue { drafts, base, walked, .. } = catalogue;
    let mut library = taken(root, base);
    library.problems.append(&mut walked.clone());
    records(&mut library, drafts, base);
    let aliases = settle(&mut library, drafts, base);
    let mut pages: Vec<&Briefing> = drafts.iter().filter(|it| it.is_page()).map(|it| &*it.briefing).collect();
    pages.sort_unstable_by(|a, b| a.id.slug.cmp(&b.id.slug));
    library.names = names::collect(&pages, &library, &aliases);
    resolve::all(&mut library, drafts);
    let pages = drafts.iter().filter(|it| it.is_page()).map(|it| Arc::clone(&it.briefing));
    library.briefings = Table::new(pages.collect());
    folders(&mut library, base);
    describe(&mut library, base);
    if library.briefings.is_empty() && library.actors.is_empty() && library.topics.is_empty() {
        let problem =
            Problem::warning(Place::file("."), "no Markdown file is here, so there is nothing to read");
        library.problems.push(problem.help("name a folder that holds Markdown files"));
    }
    library.problems.sort();
    library.problems.dedup();
    bound(&mut library.problems);
    library
}

/// A library of what stands in YAML.
fn taken(root: Root, base: &Base) -> Library {
    let all = base.registries.clone();
    Library {
        root,
        problems: base.problems.clone(),
        others: base.others.clone(),
        likelihood_scale: base.likelihood_scale.clone(),
        actors: all.actors,
        topics: all.topics,
        claims: all.claims,
        events: all.events,
        sources: all.sources,
        terms: all.terms,
        packets: all.packets,
        ..Library::default()
    }
}

/// Takes in the records that other tools keep; those that our own registries have already hold.
fn records(library: &mut Library, drafts: &[Draft], base: &Base) {
    let mut take = |foreign: &Foreign| match foreign.record.clone() {
        Some(Record::Actor(it)) => drop(library.actors.entry(it.id.slug.clone()).or_insert(*it)),
        Some(Record::Topic(it)) => drop(library.topics.entry(it.id.slug.clone()).or_insert(*it)),
        None => {}
    };
    drafts.iter().filter_map(|it| it.foreign.as_deref()).for_each(&mut take);
    base.single.iter().for_each(&mut take);
    for draft in drafts.iter().filter(|it| !it.is_page()) {
        let id = draft.foreign.as_ref().map(|foreign| foreign.id.clone());
        library.record_files.extend(id.map(|id| (draft.briefing.file.clone(), id)));
    }
}

/// Settles what each briefing is called and what it has from elsewhere. Gives the names that files give themselves.
fn settle(library: &mut Library, drafts: &mut [Draft], base: &Base) -> Vec<(Text, String)> {
    let slugs = ids::settle(drafts, &mut library.problems);
    let pages: Vec<usize> =
        drafts.iter().enumerate().filter(|(_, it)| it.is_page()).map(|(at, _)| at).collect();
    let tabs: Vec<(usize, Vec<Option<Id>>)> = pages
        .iter()
        .filter_map(|at| Some((*at, drafts.get(*at)?)))
        .filter(|(_, draft)| !draft.briefing.tabs.is_empty())
        .map(|(at, draft)| (at, annexes(&draft.briefing, drafts, &slugs)))
        .collect();
    let mut tabs: BTreeMap<usize, Vec<Option<Id>>> = tabs.into_iter().collect();
    let mut aliases = Vec::new();
    for (at, (draft, slug)) in drafts.iter_mut().zip(slugs).enumerate() {
        // What is wrong in a file that is no page is no business of ours.
        let Some(slug) = slug else {
            library.problems.extend(draft.problems.iter().filter(|_| draft.fallen).cloned());
            continue;
        };
        aliases.extend(draft.aliases.iter().map(|alias| (alias.clone(), slug.clone())));
        library.problems.extend(draft.problems.iter().cloned());
        let settled = Settled { slug, tabs: tabs.remove(&at).unwrap_or_default() };
        settled.into(draft, base, &mut library.problems);
    }
    aliases
}

/// The briefings of a briefing's annexes.
fn annexes(briefing: &Briefing, drafts: &[Draft], slugs: &[Option<String>]) -> Vec<Option<Id>> {
    let find = |file: &str| {
        let at = drafts.binary_search_by(|it| it.briefing.file.as_str().cmp(file)).ok()?;
        slugs.get(at)?.as_ref().map(|slug| Id::new(Kind::Briefing, slug.as_str()))
    };
    briefing.tabs.iter().map(|tab| find(&tab.file)).collect()
}

/// What a briefing is called and what it has from elsewhere.
struct Settled {
    slug: String,
    tabs: Vec<Option<Id>>,
}

impl Settled {
    /// Writes it into the briefing of `draft`, which is copied only where it differs and is shared.
    fn into(self, draft: &mut Draft, base: &Base, problems: &mut Vec<Problem>) {
        if matches!(&draft.id, Written::Other(id) if **id == *self.slug) {
            draft.id = Written::Same;
        } else if draft.id == Written::Same && draft.briefing.id.slug != self.slug {
            draft.id = Written::Other(draft.briefing.id.slug.as_str().into());
        }
        let briefing = &draft.briefing;
        for tab in briefing.tabs.iter().zip(&self.tabs).filter(|(_, id)| id.is_none()).map(|(tab, _)| tab) {
            let message = format!("no such file `{}` for a tab", Text::line(&tab.file));
            let problem = Problem::error(briefing.place.clone(), message);
            problems.push(problem.help("correct the path, or remove the tab"));
        }
        let inherited = |inherits: bool, own: &Option<Text>, fact: fn(&Facts) -> Option<&Text>| {
            if inherits { base.inherited(&briefing.folder, fact).cloned() } else { own.clone() }
        };
        let marking = inherited(draft.inherits.marking, &briefing.marking, |facts| facts.marking.as_ref());
        let lang = inherited(draft.inherits.lang, &briefing.lang, |facts| facts.lang.as_ref());
        let same = briefing.id.slug == self.slug && briefing.marking == marking && briefing.lang == lang;
        if same && briefing.tabs.iter().map(|tab| &tab.briefing).eq(&self.tabs) {
            return;
        }
        let briefing = Arc::make_mut(&mut draft.briefing);
        if briefing.id.slug != self.slug {
            briefing.id = Arc::new(Id::new(Kind::Briefing, self.slug));
        }
        (briefing.marking, briefing.lang) = (marking, lang);
        for (tab, id) in briefing.tabs.iter_mut().zip(self.tabs) {
            tab.briefing = id;
        }
    }
}

/// The folders that hold briefings, and those around them.
fn folders(library: &mut Library, base: &Base) {
    let mut found: BTreeMap<String, Folder> = BTreeMap::new();
    for briefing in library.briefings.values() {
        for path in paths::upwards(&briefing.folder) {
            if found.contains_key(path) {
                break;
            }
            found.insert(path.to_owned(), Folder { path: path.to_owned(), ..Folder::default() });
        }
    }
    for (path, folder) in &mut found {
        let facts = base.folders.get(path);
        let page = if path.is_empty() { "_index.md".to_owned() } else { format!("{path}/_index.md") };
        let page = library.briefings.at(&page);
        folder.title = facts
            .and_then(|facts| facts.title.clone())
            .or_else(|| page.map(|page| page.title.clone()))
            .unwrap_or_else(|| match path.as_str() {
                "" => library.root.label(),
                path => Text::line(&heading::words(paths::name(path, path))),
            });
        folder.description = facts.and_then(|facts| facts.description.clone());
        folder.marking = base.inherited(path, |facts| facts.marking.as_ref()).cloned();
        folder.lang = base.inherited(path, |facts| facts.lang.as_ref()).cloned();
    }
    library.folders = found;
}

/// What the root's index says of the library as a whole.
fn describe(library: &mut Library, base: &Base) {
    let facts = base.folders.get("").cloned().unwrap_or_default();
    let only = library.briefings.values().next().filter(|_| library.root.is_single());
    library.title =
        facts.title.or_else(|| only.map(|it| it.title.clone())).unwrap_or_else(|| library.root.label());
    (library.description, library.marking, library.lang) = (facts.description, facts.marking, facts.lang);
}
