//! All topics as a tree, each once, under the first that it names as broader.

use std::collections::HashMap;

use super::draft::{Draft, Row, item};
use super::topic::within;
use super::{Context, Page};
use crate::document::{BlockKind, Item};
use crate::id::{Id, Kind};
use crate::library::record::Topic;
use crate::text::{Text, fold};

/// Topics deeper than this stand at this depth: lists nest no further.
const DEEPEST: usize = 6;

pub fn topics(context: Context<'_>) -> Page {
    let mut draft = Draft::new(&Text::from(Kind::Topics.title()));
    let tree = tree(context);
    if tree.is_empty() {
        draft.prose(Some(&Text::from("This library names no topics: they are listed in topics.yaml.")));
    } else {
        let rows = tree.into_iter().map(|(depth, it)| (depth, within(context, &it.id))).collect();
        draft.block(nested(rows));
    }
    Page::made(context, Id::page(Kind::Topics), Text::from(Kind::Topics.title()), draft)
}

/// The topics in the order of the tree, each with its depth.
fn tree(context: Context<'_>) -> Vec<(usize, &Topic)> {
    let topics = &context.library.topics;
    let mut below: HashMap<Option<&str>, Vec<&Topic>> = HashMap::new();
    for it in topics.values() {
        let above =
            it.broader.iter().filter_map(|it| it.id.as_ref()).find(|id| topics.contains_key(&id.slug));
        below.entry(above.map(|id| id.slug.as_str())).or_default().push(it);
    }
    for group in below.values_mut() {
        group.sort_by_cached_key(|it| std::cmp::Reverse(fold(&it.name)));
    }
    let mut waiting: Vec<(usize, &Topic)> = Vec::new();
    let mut tree = Vec::with_capacity(topics.len());
    waiting.extend(below.remove(&None).unwrap_or_default().into_iter().map(|it| (0, it)));
    while let Some((depth, it)) = waiting.pop() {
        tree.push((depth, it));
        let under = below.remove(&Some(it.id.slug.as_str())).unwrap_or_default();
        waiting.extend(under.into_iter().map(|it| ((depth + 1).min(DEEPEST), it)));
    }
    // What a circle of broader topics holds has no root: it stands at the end rather than nowhere.
    let mut left: Vec<&Topic> = below.into_values().flatten().collect();
    left.sort_by_cached_key(|it| fold(&it.name));
    tree.extend(left.into_iter().map(|it| (0, it)));
    tree
}

/// Rows with depths as lists in lists. A row may be deeper than the one before by one at most.
fn nested(rows: Vec<(usize, Row)>) -> BlockKind {
    let mut open: Vec<Vec<Item>> = vec![Vec::new()];
    for (depth, row) in rows {
        while open.len() > depth + 1 {
            close(&mut open);
        }
        while open.len() < depth + 1 {
            open.push(Vec::new());
        }
        if let Some(items) = open.last_mut() {
            items.push(item(row));
        }
    }
    while open.len() > 1 {
        close(&mut open);
    }
    tight(open.pop().unwrap_or_default())
}

/// Puts the deepest open list under the last item of the one around it.
fn close(open: &mut Vec<Vec<Item>>) {
    let items = open.pop().unwrap_or_default();
    if let Some(last) = open.last_mut().and_then(|around| around.last_mut()) {
        last.blocks.push(super::draft::block(tight(items)));
    }
}

fn tight(items: Vec<Item>) -> BlockKind {
    BlockKind::List { start: None, tight: true, items }
}
