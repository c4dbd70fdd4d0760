//! Where dossier keeps things of its own: never in a library, always in the platform's folders.
//!
//! The state is what a reader did; the cache is what can be made again, and may be deleted at any time.

pub mod kept;

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, SystemTime};

use etcetera::BaseStrategy;

use crate::library::folder::Root;
use crate::library::stamp;

pub use crate::pack::make;

/// Whether anything derived may be kept; said once, before anything is read.
static KEPT: AtomicBool = AtomicBool::new(true);

/// A cache that no reader used for so long is deleted.
const OLD: Duration = Duration::from_hours(90 * 24);

/// From now on nothing is kept in the cache folder, and what is there is not used.
pub fn keep_nothing() {
    KEPT.store(false, Ordering::Relaxed);
}

/// The folder for what is derived from the library at `root`: `$XDG_CACHE_HOME/dossier/…`, or what the platform has.
/// `None` where there is no such folder, where nothing is to be kept, or where the library is no folder: of a single
/// letter that was read nothing is left behind.
pub fn cache(root: &Root) -> Option<PathBuf> {
    if root.is_single() || !KEPT.load(Ordering::Relaxed) {
        return None;
    }
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

/// Deletes the caches of other libraries, beside `cache`, that were not used for three months.
pub fn prune(cache: &Path) {
    let Some(Ok(others)) = cache.parent().map(fs::read_dir) else { return };
    for other in others.flatten().filter(|it| it.path() != cache && is_cache(&it.file_name())) {
        let old = used(&other.path()).and_then(|time| time.elapsed().ok()).is_some_and(|age| age > OLD);
        if old && other.file_type().is_ok_and(|kind| kind.is_dir()) {
            let _another_time = fs::remove_dir_all(other.path());
        }
    }
}

/// When a cache was written last; whoever reads a library writes its cache, or the time at which it was compared.
fn used(cache: &Path) -> Option<SystemTime> {
    let written = |path: &Path| fs::symlink_metadata(path).ok()?.modified().ok();
    let inside = [cache.join("catalogue"), cache.join("mentions"), cache.join("search").join("checked")];
    inside.iter().filter_map(|path| written(path)).chain(written(cache)).max()
}

/// Whether a name is one that [`cache`] makes.
fn is_cache(name: &std::ffi::OsStr) -> bool {
    name.len() == 16 && name.to_str().is_some_and(|name| name.bytes().all(|byte| byte.is_ascii_hexdigit()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn caches_that_nobody_used_for_long_are_deleted_and_nothing_else() {
        let base = tempfile::tempdir().unwrap();
        let long_ago = SystemTime::now() - OLD - Duration::from_mins(1);
        let folder = |name: &str, file: &str, old: bool| {
            let folder = base.path().join(name);
            fs::create_dir(&folder).unwrap();
            fs::write(folder.join(file), "").unwrap();
            if old {
                fs::File::open(folder.join(file)).unwrap().set_modified(long_ago).unwrap();
                fs::File::open(&folder).unwrap().set_modified(long_ago).unwrap();
            }
            folder
        };
        let own = folder("0123456789abcdef", "catalogue", true);
        let others = [
            (folder("1123456789abcdef", "catalogue", true), false),
            (folder("2123456789abcdef", "catalogue", false), true),
            (folder("3123456789abcdef", "another", true), false),
            (folder("not-a-cache-at-all", "catalogue", true), true),
        ];
        prune(&own);
        assert!(own.exists());
        for (folder, stays) in others {
            assert_eq!(folder.exists(), stays, "{}", folder.display());
        }
    }

    #[cfg(unix)]
    #[test]
    fn the_cache_is_for_this_user_alone() {
        use std::os::unix::fs::PermissionsExt;
        let folder = tempfile::tempdir().unwrap();
        make(&folder.path().join("cache/dossier/0123/search")).unwrap();
        for made in ["cache", "cache/dossier", "cache/dossier/0123", "cache/dossier/0123/search"] {
            let mode = fs::metadata(folder.path().join(made)).unwrap().permissions().mode();
            assert_eq!(mode & 0o777, 0o700, "{made}");
        }
    }
}
