//! Material that is not part of the project: real libraries, hostile ones, larger ones.

use std::path::{Path, PathBuf};

/// A folder of `../shared`, or of what `DOSSIER_SHARED` names; says so where it is absent.
pub fn shared(path: &str) -> Option<PathBuf> {
    let own = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared");
    let named = std::env::var_os("DOSSIER_SHARED").map(PathBuf::from);
    let found = named.into_iter().chain([own]).map(|shared| shared.join(path)).find(|it| it.exists());
    if found.is_none() {
        eprintln!("skipped: there is no ../shared/{path}, and DOSSIER_SHARED names no folder that holds it");
    }
    found.and_then(|it| it.canonicalize().ok())
}
