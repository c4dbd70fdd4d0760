//! The briefings of a library: by slug and by file, each held once and shared with the library read before.
//!
//! Two sorted lists of shared records, since a hundred thousand of them must cost little beyond themselves.

use std::ops::Index;
use std::sync::Arc;

use super::record::Briefing;

/// Briefings in the order of their slugs. A copy shares them all.
#[derive(Clone, Debug, Default)]
pub struct Table {
    by_slug: Vec<Arc<Briefing>>,
    by_file: Vec<Arc<Briefing>>,
}

impl Table {
    /// No two of `briefings` have the same slug, or the same file.
    pub fn new(mut briefings: Vec<Arc<Briefing>>) -> Self {
        briefings.sort_unstable_by(|a, b| a.file.cmp(&b.file));
        let by_file = briefings.clone();
        briefings.sort_unstable_by(|a, b| a.id.slug.cmp(&b.id.slug));
        Self { by_slug: briefings, by_file }
    }

    /// The briefing of that slug.
    pub fn get(&self, slug: &str) -> Option<&Briefing> {
        let at = self.by_slug.binary_search_by(|it| it.id.slug.as_str().cmp(slug)).ok()?;
        self.by_slug.get(at).map(|it| &**it)
    }

    /// The briefing of the file at that path from the root.
    pub fn at(&self, file: &str) -> Option<&Briefing> {
        let at = self.by_file.binary_search_by(|it| it.file.as_str().cmp(file)).ok()?;
        self.by_file.get(at).map(|it| &**it)
    }

    pub fn contains_key(&self, slug: &str) -> bool {
        self.get(slug).is_some()
    }

    /// In the order of slugs.
    pub fn values(&self) -> impl DoubleEndedIterator<Item = &Briefing> + ExactSizeIterator + Clone {
        self.by_slug.iter().map(|it| &**it)
    }

    /// In the order of paths.
    pub fn files(&self) -> impl DoubleEndedIterator<Item = &Briefing> + ExactSizeIterator + Clone {
        self.by_file.iter().map(|it| &**it)
    }

    /// The slugs, in order.
    pub fn keys(&self) -> impl DoubleEndedIterator<Item = &String> + ExactSizeIterator + Clone {
        self.by_slug.iter().map(|it| &it.id.slug)
    }

    pub fn iter(&self) -> impl DoubleEndedIterator<Item = (&String, &Briefing)> + ExactSizeIterator + Clone {
        self.by_slug.iter().map(|it| (&it.id.slug, &**it))
    }

    pub fn len(&self) -> usize {
        self.by_slug.len()
    }

    pub fn is_empty(&self) -> bool {
        self.by_slug.is_empty()
    }
}

impl Index<&str> for Table {
    type Output = Briefing;

    /// The briefing of that slug, which must be there.
    fn index(&self, slug: &str) -> &Briefing {
        self.get(slug).expect("a briefing of that slug")
    }
}
