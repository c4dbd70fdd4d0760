//! Faults made on purpose, so that tests can see what becomes of the terminal. No release has them.

/// Panics in a debug build if `DOSSIER_FAULT` names this place.
#[cfg(debug_assertions)]
pub fn here(place: &str) {
    assert!(
        std::env::var_os("DOSSIER_FAULT").is_none_or(|named| named != *place),
        "a fault on purpose \u{1b}]0;in {place}\u{7}"
    );
}

#[cfg(not(debug_assertions))]
pub fn here(_place: &str) {}
