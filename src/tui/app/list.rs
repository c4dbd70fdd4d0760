//! The list on the left: one section of the library, in groups that fold, with a filter.
//!
//! Rows are names of things, never text: what a row says is made when it is drawn, so a library of any
//! size costs only the rows in view.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::id::Id;
use crate::text::{Text, fold};
use crate::tui::app::section::{Group, Section, groups};
use crate::tui::app::{Desk, Held};

/// Above so many records, groups start folded.
const MANY: usize = 300;

/// One row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Row {
    /// The section as one page.
    Whole(Id),
    /// The head of a group, an index into the list's groups; `count` records lie in it.
    Group {
        group: usize,
        count: usize,
        open: bool,
    },
    Item {
        id: Arc<Id>,
        depth: usize,
    },
}

impl Row {
    /// Whose page it is, if it is a thing with a page.
    fn id(&self) -> Option<&Id> {
        match self {
            Self::Whole(id) => Some(id),
            Self::Item { id, .. } => Some(id),
            Self::Group { .. } => None,
        }
    }
}

/// The rows of one section, which is selected, and which are in view.
#[derive(Clone, Debug, Default)]
pub struct List {
    pub section: Section,
    pub groups: Vec<Group>,
    pub rows: Vec<Row>,
    pub selected: usize,
    pub top: usize,
    pub filter: String,
    /// How many records the section holds, and how many of them the filter lets through.
    pub all: usize,
    pub shown: usize,
    /// The words that a filter looks in, folded, group by group; made when one is first typed.
    folded: Vec<Vec<String>>,
    /// Groups that stand otherwise than they start, by section and key.
    folds: BTreeMap<(Section, String), bool>,
    kept: BTreeMap<Section, Id>,
}

impl List {
    /// Shows a section, with the row selected that was selected there last.
    pub fn show(&mut self, section: Section, desk: &Desk<'_>) {
        self.keep();
        self.section = section;
        self.filter.clear();
        self.load(desk);
        self.selected = 0;
        self.top = 0;
        if let Some(id) = self.kept.get(&section).cloned() {
            self.select(&id);
        }
    }

    /// Reads the section anew from the library and keeps what is selected.
    pub fn load(&mut self, desk: &Desk<'_>) {
        self.groups = groups(self.section, desk);
        self.all = self.groups.iter().map(|group| group.items.len()).sum();
        self.folded.clear();
        self.arrange(desk.held);
    }

    /// Sets the filter and shows what it lets through.
    pub fn set_filter(&mut self, words: &str, held: &Held) {
        words.clone_into(&mut self.filter);
        self.selected = 0;
        self.arrange(held);
        self.selected = self.rows.iter().position(|row| matches!(row, Row::Item { .. })).unwrap_or(0);
    }

    /// Makes the rows from groups, folds and filter.
    pub fn arrange(&mut self, held: &Held) {
        let selected = self.id().cloned();
        let words: Vec<String> = fold(&self.filter).split_whitespace().map(str::to_owned).collect();
        if !words.is_empty() && self.folded.is_empty() {
            self.folded = self.groups.iter().map(|group| fold_group(group, held)).collect();
        }
        self.rows.clear();
        if words.is_empty() {
            self.rows.push(Row::Whole(self.section.page()));
        }
        let kept: Vec<Vec<usize>> = (0..self.groups.len()).map(|at| self.kept(at, &words)).collect();
        self.shown = kept.iter().map(Vec::len).sum();
        let counts = self.counts(&kept);
        // How deep the folded group is under which everything is hidden.
        let mut hidden = None;
        for (at, items) in kept.into_iter().enumerate() {
            let depth = self.groups[at].depth;
            hidden = hidden.filter(|fold| depth > *fold);
            let open = !words.is_empty() || self.is_open(at);
            if hidden.is_none() && (counts[at] > 0 || words.is_empty()) {
                self.push(at, items, counts[at], open);
            }
            if !open && hidden.is_none() {
                hidden = Some(depth);
            }
        }
        if let Some(id) = selected {
            self.select(&id);
        }
        self.selected = self.selected.min(self.rows.len().saturating_sub(1));
    }

    /// The items of a group that hold every word.
    fn kept(&self, group: usize, words: &[String]) -> Vec<usize> {
        let texts = self.folded.get(group);
        let holds = |item: &usize| {
            let text = texts.and_then(|texts| texts.get(*item));
            words.iter().all(|word| text.is_some_and(|text| text.contains(word.as_str())))
        };
        (0..self.groups[group].items.len()).filter(holds).collect()
    }

    /// How many items lie in each group and in those below it.
    fn counts(&self, kept: &[Vec<usize>]) -> Vec<usize> {
        let mut counts: Vec<usize> = kept.iter().map(Vec::len).collect();
        // The groups that the one at hand lies in, outermost first.
        let mut above: Vec<usize> = Vec::new();
        for (at, items) in kept.iter().enumerate() {
            let depth = self.groups[at].depth;
            above.retain(|group| self.groups[*group].depth < depth);
            for group in &above {
                counts[*group] += items.len();
            }
            if !self.groups[at].title.is_empty() {
                above.push(at);
            }
        }
        counts
    }

    fn push(&mut self, at: usize, items: Vec<usize>, count: usize, open: bool) {
        let group = &self.groups[at];
        let headed = !group.title.is_empty();
        if headed {
            self.rows.push(Row::Group { group: at, count, open });
        }
        if open || !headed {
            let depth = group.depth + usize::from(headed);
            let item = |item: usize| Row::Item { id: Arc::clone(&group.items[item]), depth };
            self.rows.extend(items.into_iter().map(item));
        }
    }

    fn is_open(&self, group: usize) -> bool {
        let group = &self.groups[group];
        let key = (self.section, group.key.clone());
        self.folds
            .get(&key)
            .copied()
            .unwrap_or(self.all <= MANY || group.title.is_empty() || self.groups.len() == 1)
    }

    /// What is selected, if it is a thing with a page.
    pub fn id(&self) -> Option<&Id> {
        self.rows.get(self.selected)?.id()
    }

    /// Selects the row of `id`, if it is shown.
    pub fn select(&mut self, id: &Id) -> bool {
        let at = self.rows.iter().position(|row| row.id() == Some(id));
        self.selected = at.unwrap_or(self.selected);
        at.is_some()
    }

    /// Selects the row of `id`, and unfolds the groups that it lies in.
    pub fn reveal(&mut self, id: &Id, held: &Held) {
        let own = self.groups.iter().position(|group| group.items.iter().any(|it| **it == *id));
        let Some(own) = own.filter(|_| !self.select(id) && self.filter.is_empty()) else { return };
        let mut depth = usize::MAX;
        for group in self.groups.iter().take(own + 1).rev().filter(|group| !group.title.is_empty()) {
            if group.depth < depth {
                depth = group.depth;
                self.folds.insert((self.section, group.key.clone()), true);
            }
        }
        self.arrange(held);
        self.select(id);
    }

    fn keep(&mut self) {
        if let Some(id) = self.id().cloned() {
            self.kept.insert(self.section, id);
        }
    }

    /// Moves the selection by `rows`. At home, which is there to be read, a step goes over the heads of open groups.
    pub fn step(&mut self, rows: isize) {
        let last = self.rows.len().saturating_sub(1);
        self.selected = self.selected.saturating_add_signed(rows).min(last);
        let head = matches!(self.rows.get(self.selected), Some(Row::Group { open: true, .. }));
        if self.section == Section::Home && rows.abs() == 1 && head && self.selected > 0 {
            self.selected = self.selected.saturating_add_signed(rows).min(last);
        }
    }

    /// Keeps the selection in view in a pane of `height` rows.
    pub fn fit(&mut self, height: usize) {
        self.top = self.top.min(self.selected).min(self.rows.len().saturating_sub(height));
        if height > 0 && self.selected >= self.top + height {
            self.top = self.selected + 1 - height;
        }
    }

    /// Folds or unfolds the selected group. Says whether a group was selected.
    pub fn fold(&mut self, open: Option<bool>, held: &Held) -> bool {
        let Some(Row::Group { group, open: is, .. }) = self.rows.get(self.selected) else {
            return false;
        };
        let (group, wanted) = (*group, open.unwrap_or(!is));
        if wanted == *is || !self.filter.is_empty() {
            return open.is_none();
        }
        self.folds.insert((self.section, self.groups[group].key.clone()), wanted);
        self.arrange(held);
        true
    }

    /// Goes up to the head of the group that the selected row lies in. Says whether there was one.
    pub fn up(&mut self) -> bool {
        let depth = |row: &Row| match row {
            Row::Whole(_) => 0,
            Row::Group { group, .. } => self.groups.get(*group).map_or(0, |group| group.depth),
            Row::Item { depth, .. } => *depth,
        };
        let Some(own) = self.rows.get(self.selected).map(depth) else {
            return false;
        };
        let above = self.rows.get(..self.selected).unwrap_or_default();
        let head = above.iter().rposition(|row| matches!(row, Row::Group { .. }) && depth(row) < own);
        self.selected = head.unwrap_or(self.selected);
        head.is_some()
    }
}

fn fold_group(group: &Group, held: &Held) -> Vec<String> {
    let name = |id: &Id| held.library.name(id).map_or("", Text::as_str);
    group.items.iter().map(|id| fold(&format!("{} {}", name(id), id.slug))).collect()
}
