//! Where dossier keeps things of its own: never in a library, always in the platform's folders.
//!
//! The state is what a reader did; the cache is what can be made again, and may be deleted at any time.

pub mod kept;

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use etcetera::BaseStrategy;

use crate::library::folder::Root;
use crate::library::stamp;

/// The folder for what is derived from the library at `root`: `$XDG_CACHE_HOME/dossier/…`, or what the platform has.
/// `None` where there is no such folder or the library has no files.
pub fn cache(root: &Root) -> Option<PathBuf> {
    let base = etcetera::choose_base_strategy().ok()?;
    let library = root.path("")?;
    let name = stamp(&[library.as_os_str().as_encoded_bytes()]);
    Some(base.cache_dir().join("dossier").join(format!("{name:016x}")))
}

/// The file for what the reader did with the library at `root`: in `$XDG_STATE_HOME/dossier/reading`, or what the
/// platform has. `None` where there is no such folder, or where the library is a text that came by a pipe.
pub fn state(root: &Root) -> Option<PathBuf> {
    let base = etcetera::choose_base_strategy().ok()?;
    let shipped = root.is_shipped().then(|| PathBuf::from("shipped"));
    let name = stamp(&[root.path("").or(shipped)?.as_os_str().as_encoded_bytes()]);
    let folder = base.state_dir().unwrap_or_else(|| base.data_dir());
    Some(folder.join("dossier").join("reading").join(format!("{name:016x}.json")))
}

/// The file for how the reader likes it, the same for all libraries.
pub fn look() -> Option<PathBuf> {
    let base = etcetera::choose_base_strategy().ok()?;
    let folder = base.state_dir().unwrap_or_else(|| base.data_dir());
    Some(folder.join("dossier").join("look.json"))
}

/// Makes `folder`, for this user alone.
pub fn make(folder: &Path) -> io::Result<()> {
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder)
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;
    use std::os::unix::fs::PermissionsExt;

    #[test]
    fn the_cache_is_for_this_user_alone() {
        let folder = tempfile::tempdir().unwrap();
        make(&folder.path().join("cache/dossier/0123/search")).unwrap();
        for made in ["cache", "cache/dossier", "cache/dossier/0123", "cache/dossier/0123/search"] {
            let mode = fs::metadata(folder.path().join(made)).unwrap().permissions().mode();
            assert_eq!(mode & 0o777, 0o700, "{made}");
        }
    }
}
