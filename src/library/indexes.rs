//! The YAML files of a library: folder indexes, the registries at the root, records beside a README.

use std::collections::hash_map::Entry;
use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::Arc;

use super::convert::briefing::Part;
use super::fields::{Fields, place, slip};
use super::folder::{Root, Walk};
use super::foreign::{self, Foreign};
use super::problem::{Place, Problem};
use super::yaml::{self, Node, Value};
use super::{cores, limits, paths};
use crate::text::{Text, nearest};

/// The keys of an index.
const KEYS: [&str; 7] =
    ["title", "description", "marking", "lang", "likelihood_scale", "briefings", "packets"];

/// The registries, which stand at the root only.
pub const REGISTRIES: [&str; 6] = ["actors", "topics", "claims", "events", "sources", "glossary"];

/// A YAML file that was read.
#[derive(Debug, Default)]
pub struct Sheet {
    /// The folder it stands in.
    pub folder: String,
    pub file: Arc<Text>,
    pub node: Option<Node>,
}

impl Sheet {
    /// The records of the list, or of the list under `key`.
    pub fn list(&self, key: &str) -> &[Node] {
        let list = self.node.as_ref().map(|node| node.at(key).unwrap_or(node));
        match list.map(|node| &node.value) {
            Some(Value::List(items)) => items,
            _ => &[],
        }
    }

    /// Whether there is a list of maps under `key`, and nothing else in it.
    fn holds_records(&self, key: &str) -> bool {
        let held = self.node.as_ref().and_then(|node| node.at(key));
        let Some(Value::List(items)) = held.map(|node| &node.value) else { return false };
        items.iter().all(|item| matches!(item.value, Value::Map(_)))
    }

    /// The text under `key`.
    pub fn line(&self, key: &str) -> Option<Text> {
        let node = self.node.as_ref()?.at(key).filter(|node| !node.is_empty())?;
        Some(Text::line(&node.shown()))
    }
}

/// All YAML files that say something of the library.
#[derive(Debug, Default)]
pub struct Indexes {
    /// By folder.
    pub folders: BTreeMap<String, Sheet>,
    /// By name, `actors` and so on.
    pub registries: BTreeMap<&'static str, Sheet>,
    /// The one record of a folder, by the path of the Markdown file it belongs to.
    pub records: BTreeMap<String, Sheet>,
    /// Records that other tools keep in a file each.
    pub single: Vec<Foreign>,
}

/// What a YAML file is, by its name and place.
enum Role {
    Folder,
    Registry(&'static str),
    Record(String),
    /// A record by itself, in a folder of such.
    Single,
}

impl Indexes {
    /// Reads those of the YAML files that are wanted.
    pub fn read(
        root: &Root,
        walk: &Walk,
        wanted: &dyn Fn(&str) -> bool,
        problems: &mut Vec<Problem>,
    ) -> Self {
        let mut indexes = Self::default();
        let mut roles = roles(walk, problems);
        roles.retain(|(path, _)| wanted(path));
        let sheets = cores::each(roles, |(path, role)| {
            let (sheet, problems) = spared(path, || sheet(root, path)).unwrap_or_else(|problem| {
                let (folder, file) = (paths::folder(path).to_owned(), Arc::new(Text::line(path)));
                (Sheet { folder, file, node: None }, vec![problem])
            });
            (role, sheet, problems)
        });
        for (role, sheet, found) in sheets {
            match role {
                Role::Folder => {
                    problems.extend(found);
                    problems.extend(["briefings", "packets"].iter().filter_map(|key| {
                        let listed = sheet.node.as_ref().is_some_and(|node| node.at(key).is_some());
                        listed.then(|| misshapen(&sheet, key)).flatten()
                    }));
                    problems.extend(wordy(&sheet));
                    let node = sheet.node.as_ref().map(|node| &node.value);
                    if let Some(Value::Map(entries)) = node {
                        let unknown = entries.iter().filter(|it| !KEYS.contains(&it.key.as_str()));
                        problems.extend(unknown.filter_map(|entry| slip(&sheet.file, entry, &KEYS)));
                    }
                    indexes.folders.insert(sheet.folder.clone(), sheet);
                }
                Role::Registry(name) => {
                    problems.extend(found);
                    problems.extend(misshapen(&sheet, name));
                    indexes.registries.insert(name, sheet);
                }
                // What is no record of a briefing is some other tool's file, and so are its mistakes.
                Role::Record(of) if is_record(&sheet) => {
                    problems.extend(found);
                    indexes.records.insert(of, sheet);
                }
                Role::Single => {
                    let path = sheet.file.to_string();
                    indexes.single.extend(foreign::record(&path, &sheet.file, sheet.node.as_ref()));
                }
                Role::Record(_) => {}
            }
        }
        indexes
    }

    /// The records of a registry, and those that the index of the root lists; the packets of all indexes.
    pub fn records_of(&self, key: &str) -> Vec<(&Arc<Text>, &Node)> {
        let listed = |sheet: &&Sheet| match key {
            "packets" => sheet.node.as_ref().is_some_and(|node| node.at(key).is_some()),
            // Of other tools' indexes a list of words is something else.
            _ => sheet.folder.is_empty() && sheet.holds_records(key),
        };
        let folders = self.folders.values().filter(listed);
        let sheets = self.registries.get(key).into_iter().chain(folders);
        sheets.flat_map(|sheet| sheet.list(key).iter().map(|node| (&sheet.file, node))).collect()
    }

    /// The index entries by the file they describe; what is wrong with one is named.
    pub fn entries(&self, walk: &Walk, problems: &mut Vec<Problem>) -> HashMap<String, Part<'_>> {
        let mut entries = HashMap::new();
        for sheet in self.folders.values() {
            for node in sheet.list("briefings") {
                let part = Part { file: &sheet.file, node, folder: &sheet.folder };
                let Some(path) = file_of(part, walk, problems) else { continue };
                let shown = Text::line(&path);
                if let Entry::Vacant(free) = entries.entry(path) {
                    free.insert(part);
                } else {
                    let message = format!("`{shown}` is indexed twice; the first entry holds");
                    let problem = Problem::warning(place(&sheet.file, node), message);
                    problems.push(problem.help("remove one of the entries"));
                }
            }
        }
        entries
    }
}

/// Whether a YAML file is one of the registries, which say nothing of single Markdown files.
pub fn is_registry(path: &str) -> bool {
    paths::folder(path).is_empty() && REGISTRIES.contains(&paths::stem(path))
}

/// The file an index entry describes, if the library holds it.
fn file_of(part: Part<'_>, walk: &Walk, problems: &mut Vec<Problem>) -> Option<String> {
    let here = place(part.file, part.node);
    let mut fields = Fields::of(part.file, part.node, problems);
    let (written, here) = match &part.node.value {
        Value::Text { text, .. } => (text.clone(), here),
        Value::Map(_) => {
            let Some(found) = fields.find(&["file"]) else {
                let problem = Problem::error(here, "this entry names no file");
                problems.push(problem.help("write `file: …`, the path of the Markdown file"));
                return None;
            };
            (found.entry.value.shown(), found.place())
        }
        Value::List(_) => {
            let problem = Problem::error(here, "an entry of `briefings` is no map");
            problems.push(problem.help("write `- file: …`"));
            return None;
        }
    };
    let shown = Text::line(&written);
    let Some(path) = paths::join(part.folder, &written).filter(|_| !written.starts_with('/')) else {
        let problem = Problem::error(here, format!("`{shown}` is outside the library, so not read"));
        problems.push(problem.help("name a file in the folder of this index"));
        return None;
    };
    if walk.markdown.binary_search(&path).is_ok() {
        return Some(path);
    }
    let folder = paths::folder(&path);
    let start = if folder.is_empty() { String::new() } else { format!("{folder}/") };
    let from = walk.markdown.partition_point(|known| *known < start);
    // Looking for the nearest name costs a look at every name: not for ever.
    let most = if problems.len() < limits::PROBLEMS { 500 } else { 0 };
    let beside = walk.markdown.iter().skip(from).take_while(|known| known.starts_with(&start)).take(most);
    let near = nearest(&path, beside.map(String::as_str));
    let help = match near {
        Some(near) => format!("did you mean `{}`?", Text::line(paths::name(near, near))),
        None => {
            "only Markdown files in the library are read; correct the name, or remove the entry".to_owned()
        }
    };
    problems.push(Problem::error(here, format!("no such file `{shown}`")).help(help));
    None
}

/// Which YAML files are read, and as what. All others belong to other tools.
fn roles<'a>(walk: &'a Walk, problems: &mut Vec<Problem>) -> Vec<(&'a str, Role)> {
    let mut roles: Vec<(&str, Role)> = Vec::new();
    let mut others: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    let own = walk.yaml.iter().any(|path| path == "index.yaml");
    for path in &walk.yaml {
        let (folder, stem) = (paths::folder(path), paths::stem(path));
        let registry = REGISTRIES.into_iter().find(|name| *name == stem);
        match registry {
            _ if stem == "index" => roles.push((path, Role::Folder)),
            Some(name) if folder.is_empty() => roles.push((path, Role::Registry(name))),
            Some(name) if own => problems.push(
                Problem::warning(Place::file(path), format!("`{name}` are read at the root only"))
                    .help("move the records to the file of that name at the root"),
            ),
            _ if foreign::is_place(path) => roles.push((path, Role::Single)),
            _ => others.entry(folder).or_default().push(path),
        }
    }
    let indexed: HashSet<&str> = roles.iter().map(|(path, _)| paths::folder(path)).collect();
    for (folder, files) in others {
        if let ([file], false) = (&files[..], indexed.contains(folder)) {
            roles.extend(beside(walk, folder).map(|readme| (*file, Role::Record(readme.clone()))));
        }
    }
    roles
}

/// The Markdown file that a folder's only YAML record describes: the README, or the only one.
fn beside<'a>(walk: &'a Walk, folder: &str) -> Option<&'a String> {
    let start = if folder.is_empty() { String::new() } else { format!("{folder}/") };
    let from = walk.markdown.partition_point(|path| *path < start);
    let within = walk.markdown.iter().skip(from).take_while(|path| path.starts_with(&start));
    let files: Vec<&String> = within.filter(|path| paths::folder(path) == folder).collect();
    let readme = files.iter().find(|path| paths::stem(path).eq_ignore_ascii_case("readme"));
    readme.copied().or(if files.len() == 1 { files.first().copied() } else { None })
}

/// Whether a YAML file is the record of one text: it has a title.
fn is_record(sheet: &Sheet) -> bool {
    sheet.line("title").is_some()
}

/// A fault in reading one file costs that file and no other.
pub fn spared<T>(path: &str, read: impl FnOnce() -> T) -> Result<T, Problem> {
    std::panic::catch_unwind(std::panic::AssertUnwindSafe(read)).map_err(|_fault| {
        Problem::error(Place::file(path), "a fault of dossier's own, in reading this file; it is not read")
            .help("tell those who make dossier, and send them the file")
    })
}

/// Reads one YAML file.
fn sheet(root: &Root, path: &str) -> (Sheet, Vec<Problem>) {
    let folder = paths::folder(path).to_owned();
    let file = Arc::new(Text::line(path));
    match root.whole(path, limits::INDEX) {
        Err(problem) => (Sheet { folder, file, node: None }, vec![problem]),
        Ok(read) => {
            let text = String::from_utf8_lossy(&read.bytes);
            let mut parsed = yaml::parse(&text, &file, 1);
            if matches!(text, std::borrow::Cow::Owned(_)) {
                parsed.problems.insert(0, not_utf8(&read.bytes, path));
            }
            (Sheet { folder, file, node: parsed.node }, parsed.problems)
        }
    }
}

/// Names the first line that is not UTF-8.
pub fn not_utf8(bytes: &[u8], file: &str) -> Problem {
    let good = std::str::from_utf8(bytes).map_or_else(|error| error.valid_up_to(), str::len);
    let start = bytes.get(..good).unwrap_or_default();
    let line = start.split(|byte| *byte == b'\n').count();
    let column = String::from_utf8_lossy(start.rsplit(|byte| *byte == b'\n').next().unwrap_or_default());
    let place = Place { line, column: column.chars().count() + 1, ..Place::file(file) };
    Problem::warning(place, "this is not UTF-8 text; what cannot be read shows as �")
        .help("save the file as UTF-8")
}

/// An index that is one text, and no keys, is named.
fn wordy(sheet: &Sheet) -> Option<Problem> {
    let node = sheet.node.as_ref().filter(|node| !node.is_empty())?;
    matches!(node.value, Value::Text { .. }).then(|| {
        Problem::error(place(&sheet.file, node), "this index is one text, so nothing of it is known")
            .help("write `key: value`, for example `title: …`")
    })
}

/// A registry that is neither a list nor a map with one is named.
fn misshapen(sheet: &Sheet, name: &str) -> Option<Problem> {
    let node = sheet.node.as_ref().filter(|node| !node.is_empty())?;
    let held = node.at(name).unwrap_or(node);
    let fine = matches!(held.value, Value::List(_)) || held.is_empty();
    (!fine).then(|| {
        Problem::error(place(&sheet.file, held), format!("`{name}` is no list of records"))
            .help(format!("write `{name}:` and below it `- id: …` for each record"))
    })
}
