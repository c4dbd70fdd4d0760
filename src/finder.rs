//! The best titles and names for a few letters: the only user of fuzzy-matcher.
