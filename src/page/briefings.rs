//! All briefings, by folder, and the page of one folder.

use std::collections::{BTreeMap, HashMap};

use super::draft::{Draft, Row};
use super::row::{aside, filed, link, newest, quiet};
use super::words::count;
use super::{Context, Page};
use crate::id::{Id, Kind};
use crate::library::Library;
use crate::library::record::{Briefing, Folder};
use crate::text::Text;

pub fn briefings(context: Context<'_>) -> Page {
    let library = context.library;
    let mut draft = Draft::new(&Text::from(Kind::Briefings.title()));
    let mut folders: BTreeMap<&str, Vec<&Briefing>> = BTreeMap::new();
    for it in library.briefings.values() {
        folders.entry(&it.folder).or_default().push(it);
    }
    let alone = folders.len() == 1;
    for (path, held) in folders {
        let rows = rows(context, held.into_iter());
        let title = library.folders.get(path).map_or_else(|| Text::line(path), |it| it.title.clone());
        if alone {
            draft.list(rows);
        } else {
            draft.section(&title, rows);
        }
    }
    if library.briefings.is_empty() {
        draft.prose(Some(&Text::from("This library holds no briefings: no Markdown file was found in it.")));
    }
    Page::made(context, Id::page(Kind::Briefings), Text::from(Kind::Briefings.title()), draft)
}

pub fn folder(context: Context<'_>, it: &Folder) -> Page {
    let library = context.library;
    let mut draft = Draft::new(&it.title);
    draft.prose(it.description.as_ref());
    let held = library.briefings.values().filter(|briefing| briefing.folder == it.path);
    draft.section("Briefings", rows(context, held));
    draft.section("Folders", folders(library, &it.path));
    let id = Id::new(Kind::Folder, it.path.clone());
    let mut page = Page::made(context, id, it.title.clone(), draft);
    page.marking = it.marking.clone().or(page.marking);
    page
}

fn rows<'a>(context: Context<'_>, held: impl Iterator<Item = &'a Briefing>) -> Vec<Row> {
    newest(held).into_iter().map(|it| filed(context, it)).collect()
}

/// The folders directly in the one at `path`, with how much each holds in all.
pub fn folders(library: &Library, path: &str) -> Vec<Row> {
    let held = held(library);
    let inside = library.folders.values().filter(|it| parent(&it.path) == Some(path));
    inside
        .map(|it| folder_row(library, it, held.get(it.path.as_str()).copied().unwrap_or_default()))
        .collect()
}

fn folder_row(library: &Library, it: &Folder, held: usize) -> Row {
    let mut row = vec![link(library, &Id::new(Kind::Folder, it.path.clone()))];
    row.extend(aside(vec![vec![quiet(count(held, "briefing"))]]));
    row
}

/// How many briefings each folder holds, with those of the folders in it.
fn held(library: &Library) -> HashMap<&str, usize> {
    let mut held = HashMap::new();
    for it in library.briefings.values() {
        let mut path = Some(it.folder.as_str());
        while let Some(folder) = path {
            *held.entry(folder).or_default() += 1;
            path = parent(folder);
        }
    }
    held
}

/// The path of the folder around, the root's being empty; the root is in none.
fn parent(path: &str) -> Option<&str> {
    if path.is_empty() {
        return None;
    }
    Some(path.rsplit_once('/').map_or("", |(around, _)| around))
}
