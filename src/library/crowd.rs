//! The many records of one name, made ready once: which is meant from a folder is told without asking each of them.
//!
//! Else every link to a name that thousands of files share would look at all of them.

use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::Arc;

use super::{Library, paths};
use crate::id::{Id, Kind};
use crate::text::fold;

/// How many records of one name are looked at one by one.
pub const FEW: usize = 16;
/// How many records a link may mean at most; of more, the first stand for all in the chooser. Each link of a text
/// has them of its own.
const SHARED: usize = 12;

/// All records of one name.
#[derive(Clone, Debug, Default)]
pub struct Crowd {
    /// By the file's name as written, where that folds to the name.
    written: HashMap<String, Tree>,
    /// Files whose name folds to the name.
    files: Tree,
    /// Files of other names: it is their title or an alias.
    titled: Tree,
    /// Records that are no files.
    records: Vec<Arc<Id>>,
    /// By folded path without ending: the one file there; `None` where paths differ only in case.
    whole: HashMap<String, Option<Arc<Id>>>,
    /// The first file whose folded path without ending ends so, by the print of the ending.
    endings: HashMap<u64, Arc<Id>>,
}

/// For each folder that holds some of the files, however deep, those that lie highest.
type Tree = HashMap<String, Best>;

#[derive(Clone, Debug, Default)]
struct Best {
    /// How deep they lie.
    down: usize,
    ids: Vec<Arc<Id>>,
}

/// How near a record is: by its name, by its way from a folder, by its depth. The smallest is meant.
type Rank = (usize, usize, usize);

impl Crowd {
    /// Takes the records of the folded `name`.
    pub fn new(library: &Library, name: &str, ids: &[Arc<Id>]) -> Self {
        let mut crowd = Self::default();
        for id in ids {
            let file = library.briefings.get(&id.slug).filter(|_| id.kind == Kind::Briefing);
            let Some(briefing) = file else {
                if crowd.records.len() < SHARED {
                    crowd.records.push(Arc::clone(id));
                }
                continue;
            };
            let stem = paths::stem(&briefing.file);
            if fold(stem) == name {
                if !crowd.written.contains_key(stem) {
                    crowd.written.insert(stem.to_owned(), Tree::default());
                }
                if let Some(same) = crowd.written.get_mut(stem) {
                    add(same, &briefing.folder, id);
                }
                add(&mut crowd.files, &briefing.folder, id);
            } else {
                add(&mut crowd.titled, &briefing.folder, id);
            }
            crowd.add_path(&fold(&briefing.file), id);
        }
        crowd
    }

    fn add_path(&mut self, path: &str, id: &Arc<Id>) {
        let bare = path.strip_suffix(".md");
        let whole = self.whole.entry(bare.unwrap_or(path).to_owned());
        whole.and_modify(|it| *it = None).or_insert_with(|| Some(Arc::clone(id)));
        let bare = bare.unwrap_or_default();
        for (at, _) in bare.match_indices('/') {
            let ending = bare.get(at..).unwrap_or_default();
            self.endings.entry(print(ending)).or_insert_with(|| Arc::clone(id));
        }
    }

    /// Those nearest to the folder `here` of all that `written` may mean.
    pub fn nearest(&self, here: &str, written: &str) -> Vec<Id> {
        let trees = [self.written.get(written), Some(&self.files), Some(&self.titled)];
        let files = trees.into_iter().enumerate().filter_map(|(named, tree)| {
            let (way, best) = nearest_in(tree?, here)?;
            Some(((named, way, best.down), &best.ids))
        });
        let records = (!self.records.is_empty()).then_some(((1, 0, 0), &self.records));
        let all: Vec<(Rank, &Vec<Arc<Id>>)> = files.chain(records).collect();
        let best = all.iter().map(|(rank, _)| *rank).min();
        let mut ids: Vec<Id> = all
            .iter()
            .filter(|(rank, _)| Some(*rank) == best)
            .flat_map(|(_, ids)| *ids)
            .map(|id| Id::clone(id))
            .collect();
        ids.sort_unstable();
        ids.truncate(SHARED);
        ids
    }

    /// The one file whose folded path is `path`, with or without its ending.
    pub fn at(&self, path: &str) -> Option<Id> {
        let bare = path.strip_suffix(".md").and_then(|path| self.whole.get(path));
        match (self.whole.get(path), bare) {
            (Some(Some(id)), None) | (None, Some(Some(id))) => Some(Id::clone(id)),
            _ => None,
        }
    }

    /// The first file whose folded path without ending ends in `ending`, which begins with `/`.
    pub fn ending(&self, library: &Library, ending: &str) -> Option<Id> {
        let id = self.endings.get(&print(ending))?;
        let file = fold(&library.briefings.get(&id.slug)?.file);
        file.strip_suffix(".md")?.ends_with(ending).then(|| Id::clone(id))
    }
}

fn add(tree: &mut Tree, folder: &str, id: &Arc<Id>) {
    let down = folder.matches('/').count();
    for above in paths::upwards(folder) {
        if !tree.contains_key(above) {
            tree.insert(above.to_owned(), Best { down, ids: Vec::new() });
        }
        let Some(best) = tree.get_mut(above) else { continue };
        if down < best.down {
            *best = Best { down, ids: Vec::new() };
        }
        if down == best.down && best.ids.len() < SHARED {
            best.ids.push(Arc::clone(id));
        }
    }
}

/// The nearest folder upwards that holds any, and how far up it is.
fn nearest_in<'a>(tree: &'a Tree, here: &str) -> Option<(usize, &'a Best)> {
    paths::upwards(here).enumerate().find_map(|(way, folder)| Some((way, tree.get(folder)?)))
}

fn print(ending: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    ending.hash(&mut hasher);
    hasher.finish()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_keeps_few_of_however_many_lie_in_it() {
        let mut tree = Tree::default();
        for n in 0..10_000 {
            let id = Arc::new(Id::new(Kind::Briefing, format!("{n}")));
            add(&mut tree, &format!("a/{n}"), &id);
        }
        // A link looks at one of these for each folder above its own file, whatever the number of files.
        assert_eq!(tree.len(), 10_002);
        assert_eq!(tree.values().map(|it| it.ids.len()).max(), Some(SHARED));
        let kept: usize = tree.values().map(|it| it.ids.len()).sum();
        assert_eq!(kept, 10_000 + 2 * SHARED);
    }
}
