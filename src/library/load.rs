//! A folder becomes a library. Cannot fail: what is wrong becomes a problem.

use super::Library;
use super::folder::Root;

/// Loads everything the root declares.
pub fn load(root: Root) -> Library {
    Library { root, ..Library::default() }
}
