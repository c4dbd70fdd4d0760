//! A folder becomes a library. Cannot fail: what is wrong becomes a problem.
//!
//! YAML files and the heads of Markdown files are read on all cores; the rest is one walk in order of paths.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use rayon::prelude::*;

use super::convert::briefing::{Draft, Part, Parts, draft};
use super::convert::{self, is_slug, made_of};
use super::fields::{Fields, Layer, place};
use super::folder::Root;
use super::foreign::{self, Foreign};
use super::indexes::{Indexes, not_utf8, spared};
use super::problem::{Place, Problem};
use super::record::Folder;
use super::yaml::{Node, Value};
use super::{Library, front, heading, limits, names, paths, resolve};
use crate::id::Id;
use crate::text::{Text, slug};

/// The scales of likelihood that are known.
const SCALES: [&str; 2] = ["icd203", "phia"];

/// Loads everything the root declares.
pub fn load(root: Root) -> Library {
    let mut walk = root.walk();
    let mut problems = std::mem::take(&mut walk.problems);
    let indexes = Indexes::read(&root, &walk, &mut problems);
    let entries = indexes.entries(&walk, &mut problems);
    let read = |path: &String| spared(path, || read(&root, path, &indexes, &entries));
    let read: Vec<Result<Draft, Problem>> = walk.markdown.par_iter().map(read).collect();
    let mut drafts = Vec::with_capacity(read.len());
    for draft in read {
        match draft {
            Ok(draft) => drafts.push(draft),
            Err(problem) => problems.push(problem),
        }
    }

    let mut others = walk.others;
    others.append(&mut walk.yaml);
    others.sort_unstable();
    let mut library = Library { root, problems, others, ..Library::default() };
    let records = foreign_records(&mut library, &mut drafts);
    let asides = briefings(&mut library, drafts, &indexes);
    registries(&mut library, &indexes);
    take_foreign(&mut library, records.into_iter().chain(indexes.single.iter().cloned()));
    folders(&mut library, &indexes);
    describe(&mut library, &indexes);
    names::collect(&mut library, &asides.aliases);
    resolve::all(&mut library, &asides.own_topics);
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

/// Names the first problems of each file and counts the rest.
fn bound(problems: &mut Vec<Problem>) {
    let mut more: Vec<(Place, usize)> = Vec::new();
    let mut count = 0;
    let mut last: Option<Arc<Text>> = None;
    problems.retain(|problem| {
        let file = &problem.place.file;
        count = if last.as_ref() == Some(file) { count + 1 } else { 1 };
        last = Some(Arc::clone(file));
        if count == limits::PROBLEMS + 1 {
            more.push((problem.place.clone(), 0));
        }
        if let Some((_, left)) = more.last_mut().filter(|_| count > limits::PROBLEMS) {
            *left += 1;
        }
        count <= limits::PROBLEMS
    });
    for (place, left) in more {
        problems.push(Problem::warning(place, format!("from here on {left} more problems in this file")));
    }
    problems.sort();
}

/// Takes out of the drafts the records that other tools keep as pages. A page without a text is nothing else.
fn foreign_records(library: &mut Library, drafts: &mut Vec<Draft>) -> Vec<Foreign> {
    let records = drafts.iter_mut().filter_map(|draft| {
        let foreign = draft.foreign.take()?;
        if draft.bare && draft.id.is_none() {
            library.record_files.insert(draft.briefing.file.clone(), foreign.id());
        }
        Some(foreign)
    });
    let records = records.collect();
    drafts.retain(|draft| !library.record_files.contains_key(&draft.briefing.file));
    records
}

/// Takes in the records that other tools keep; those that our own registries have already hold.
fn take_foreign(library: &mut Library, records: impl Iterator<Item = Foreign>) {
    // their slips are no business of ours
    let mut problems = Vec::new();
    for record in records {
        let place = place(&record.file, &record.node);
        let mut fields = Fields::new(vec![Layer::new(&record.file, &record.node)], &mut problems, false);
        if record.registry == "actors" {
            let made = convert::actor(&mut fields, &place);
            made.map(|it| library.actors.entry(it.id.slug.clone()).or_insert(it));
        } else {
            let made = convert::topic(&mut fields, &place);
            made.map(|it| library.topics.entry(it.id.slug.clone()).or_insert(it));
        }
    }
}

/// What is known of briefings beyond their records, while loading.
#[derive(Default)]
struct Asides {
    aliases: Vec<(Text, Id)>,
    own_topics: Vec<bool>,
}

/// Reads the start of one Markdown file and makes of it what it says.
fn read(root: &Root, path: &str, indexes: &Indexes, entries: &HashMap<String, Part<'_>>) -> Draft {
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
        entry: entries.get(path).copied(),
        front: whole,
        record: record.and_then(|sheet| Some(Part { file: &sheet.file, node: sheet.node.as_ref()?, folder })),
        head: &text,
        size,
        modified,
        own: paths::upwards(folder).any(|folder| indexes.folders.contains_key(folder)),
    };
    let mut draft = draft(&parts);
    draft.foreign = foreign::record(path, &file, parsed.node.as_ref());
    draft.bare = text.trim().is_empty() && bytes.len() as u64 >= size;
    draft.problems.extend(parsed.problems);
    draft.problems.extend(failed);
    draft.problems.extend(bad.then(|| not_utf8(&bytes, path)));
    if size > limits::FILE {
        let message = format!("longer than {} MB, so its text is not shown", limits::FILE >> 20);
        draft.problems.push(Problem::error(Place::new(&file, 0, 0), message).help("split the file"));
    }
    draft
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

/// Settles the ids of the briefings and takes them in.
fn briefings(library: &mut Library, mut drafts: Vec<Draft>, indexes: &Indexes) -> Asides {
    let mut asides = Asides::default();
    for (at, slug) in ids(&drafts, &mut library.problems).into_iter().enumerate() {
        let Some(draft) = drafts.get_mut(at) else { continue };
        let briefing = &mut draft.briefing;
        briefing.id.slug.clone_from(&slug);
        let folder = &briefing.folder;
        briefing.marking = briefing.marking.take().or_else(|| indexes.inherited(folder, "marking"));
        briefing.lang = briefing.lang.take().or_else(|| indexes.inherited(folder, "lang"));
        library.files.insert(briefing.file.clone(), slug);
        let id = &briefing.id;
        asides.aliases.extend(draft.aliases.drain(..).map(|alias| (alias, id.clone())));
        library.problems.append(&mut draft.problems);
    }
    let mut own: BTreeMap<String, bool> = BTreeMap::new();
    for draft in drafts {
        let slug = draft.briefing.id.slug.clone();
        own.insert(slug.clone(), draft.own_topics);
        library.briefings.insert(slug, draft.briefing);
    }
    asides.own_topics = own.into_values().collect();
    for briefing in library.briefings.values_mut() {
        for tab in &mut briefing.tabs {
            tab.briefing = library.files.get(&tab.file).map(|slug| Id::new(crate::id::Kind::Briefing, slug));
            if tab.briefing.is_none() {
                let message = format!("no such file `{}` for a tab", Text::line(&tab.file));
                let problem = Problem::error(briefing.place.clone(), message);
                library.problems.push(problem.help("correct the path, or remove the tab"));
            }
        }
    }
    asides
}

/// The id of each draft: as written, else the stem, else the path where two stems are the same.
fn ids(drafts: &[Draft], problems: &mut Vec<Problem>) -> Vec<String> {
    let mut taken: HashMap<String, Place> = HashMap::new();
    let mut ids: Vec<Option<String>> = vec![None; drafts.len()];
    for (draft, id) in drafts.iter().zip(&mut ids) {
        let Some(written) = &draft.id else { continue };
        if let Some(first) = taken.get(written) {
            let message = format!("the id `{}` is taken, at {first}", Text::line(written));
            let problem = Problem::error(draft.briefing.place.clone(), message);
            problems.push(problem.help("write another `id`"));
        } else {
            taken.insert(written.clone(), draft.briefing.place.clone());
            *id = Some(written.clone());
        }
    }
    let stems: Vec<String> = drafts.iter().map(|draft| as_slug(paths::stem(&draft.briefing.file))).collect();
    let mut count: HashMap<&str, usize> = HashMap::new();
    for (stem, _) in stems.iter().zip(&ids).filter(|(_, id)| id.is_none()) {
        *count.entry(stem).or_default() += 1;
    }
    let mut again: HashMap<String, usize> = HashMap::new();
    let mut settle = |draft: &Draft, stem: &str| {
        let place = draft.briefing.place.clone();
        let alone = count.get(stem) == Some(&1) && !taken.contains_key(stem);
        let id = if alone { stem.to_owned() } else { path_slug(&draft.briefing.file) };
        // Counted on from the last number, so that a thousand files of one name take no longer than they must.
        let count: &mut usize = again.entry(id.clone()).or_default();
        let mut free = id.clone();
        while taken.contains_key(&free) {
            *count += 1;
            free = format!("{id}-{}", *count + 1);
        }
        taken.insert(free.clone(), place);
        free
    };
    let all = drafts.iter().zip(&stems).zip(ids);
    all.map(|((draft, stem), id)| id.unwrap_or_else(|| settle(draft, stem))).collect()
}

fn as_slug(name: &str) -> String {
    match name {
        "" => "standard-input".to_owned(),
        _ if is_slug(name) => name.to_owned(),
        _ => Some(slug(name)).filter(|slug| !slug.is_empty()).unwrap_or_else(|| made_of(name)),
    }
}

fn path_slug(path: &str) -> String {
    let folder = paths::folder(path);
    let parts = folder.split('/').filter(|part| !part.is_empty()).map(as_slug);
    parts.chain([as_slug(paths::stem(path))]).collect::<Vec<_>>().join("/")
}

/// Takes in the records of the registries and the packets of the indexes.
fn registries(library: &mut Library, indexes: &Indexes) {
    let Library { actors, topics, claims, events, sources, terms, packets, problems, .. } = library;
    let records = |key| indexes.records_of(key);
    take(actors, records("actors"), problems, (convert::actor, |it| (&it.id, &it.place)));
    take(topics, records("topics"), problems, (convert::topic, |it| (&it.id, &it.place)));
    take(claims, records("claims"), problems, (convert::claim, |it| (&it.id, &it.place)));
    take(events, records("events"), problems, (convert::event, |it| (&it.id, &it.place)));
    take(sources, records("sources"), problems, (convert::source, |it| (&it.id, &it.place)));
    take(terms, records("glossary"), problems, (convert::term, |it| (&it.id, &it.place)));
    take(packets, records("packets"), problems, (convert::packet, |it| (&it.id, &it.place)));
}

/// How a record is read, and what it is then called by and where it stands.
type Form<T> = (fn(&mut Fields<'_, '_>, &Place) -> Option<T>, fn(&T) -> (&Id, &Place));

/// Takes in records. An id that is taken is an error of the later record.
fn take<T>(
    map: &mut BTreeMap<String, T>,
    records: Vec<(&Arc<Text>, &Node)>,
    problems: &mut Vec<Problem>,
    (convert, named): Form<T>,
) {
    for (file, node) in records {
        let place = place(file, node);
        if !matches!(node.value, Value::Map(_)) {
            problems.push(Problem::error(place, "this record is no map").help("write it as `key: value`"));
            continue;
        }
        let mut fields = Fields::of(file, node, problems);
        let Some(record) = convert(&mut fields, &place) else { continue };
        let (id, place) = named(&record);
        if let Some(first) = map.get(&id.slug) {
            let first = named(first).1;
            let message = format!("the id `{}` is taken, at {first}; this record is not read", id.slug);
            problems.push(Problem::error(place.clone(), message).help("write another `id`"));
        } else {
            map.insert(id.slug.clone(), record);
        }
    }
}

/// The folders that hold briefings, and those around them.
fn folders(library: &mut Library, indexes: &Indexes) {
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
        let sheet = indexes.folders.get(path);
        let page = if path.is_empty() { "_index.md".to_owned() } else { format!("{path}/_index.md") };
        let page = library.files.get(&page).and_then(|slug| library.briefings.get(slug));
        folder.title = sheet
            .and_then(|sheet| sheet.line("title"))
            .or_else(|| page.map(|page| page.title.clone()))
            .unwrap_or_else(|| match path.as_str() {
                "" => library.root.label(),
                path => Text::line(&heading::words(paths::name(path, path))),
            });
        folder.description = sheet.and_then(|sheet| sheet.line("description"));
        folder.marking = indexes.inherited(path, "marking");
        folder.lang = indexes.inherited(path, "lang");
    }
    library.folders = found;
}

/// What the root's index says of the library as a whole.
fn describe(library: &mut Library, indexes: &Indexes) {
    let root = indexes.folders.get("");
    let line = |key| root.and_then(|sheet| sheet.line(key));
    let only = library.briefings.values().next().filter(|_| library.root.is_single());
    library.title =
        line("title").or_else(|| only.map(|it| it.title.clone())).unwrap_or_else(|| library.root.label());
    library.description = line("description");
    library.marking = line("marking");
    library.lang = line("lang");
    let sheet = root.and_then(|sheet| Some((sheet, sheet.node.as_ref()?)));
    if let Some((sheet, node)) = sheet {
        let mut fields = Fields::of(&sheet.file, node, &mut library.problems);
        library.likelihood_scale = fields.word("likelihood_scale", &SCALES);
    }
}
