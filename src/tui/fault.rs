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

/// Waits in a debug build, while the file that `DOSSIER_SLOW` names is there, at the place `DOSSIER_SLOW_AT`.
#[cfg(debug_assertions)]
pub fn slow(place: &str) {
    let here = std::env::var_os("DOSSIER_SLOW_AT").is_some_and(|named| named == *place);
    let file = std::env::var_os("DOSSIER_SLOW").filter(|_| here);
    while file.as_ref().is_some_and(|file| std::path::Path::new(file).exists()) {
        std::thread::sleep(std::time::Duration::from_millis(5));
    }
}

#[cfg(not(debug_assertions))]
pub fn slow(_place: &str) {}
