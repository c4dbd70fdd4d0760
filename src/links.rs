//! What links to what: every declared reference, readable from both ends.

use crate::library::Library;

#[derive(Debug, Default)]
pub struct Links {}

impl Links {
    pub fn new(_library: &Library) -> Self {
        Self {}
    }
}
