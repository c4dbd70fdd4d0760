//! A root that nothing escapes: the only toucher of a library's files.

/// Where a library's files are.
#[derive(Debug, Default)]
pub enum Root {
    #[default]
    Nowhere,
}
