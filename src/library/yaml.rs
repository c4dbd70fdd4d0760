//! Text to records, with places: the only user of the YAML crate.
