//! Tells the loader that files of the library changed: by the system where it can, else by looking now and then.
//!
//! What changed is not kept, only that something did, so a flood of changes costs one bit. Only the folders that the
//! walk looked into are watched: hidden ones are not, and no link leads out.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::Sender;
use std::time::Duration;

use notify::event::{EventKind, ModifyKind};
use notify::{Config, RecommendedWatcher, RecursiveMode, Watcher};

use crate::library::folder::{Root, is_read, is_skipped};
use crate::text::Text;

/// How often a library is looked at that cannot be watched: so that it takes a fiftieth of the time at most.
const SHARE: u32 = 50;
const OFTEN: Duration = Duration::from_secs(2);
const RARELY: Duration = Duration::from_mins(1);

/// Wakes the loader; calls that it has not heard yet are one.
#[derive(Clone)]
pub struct Waker {
    ask: Sender<()>,
    waiting: Arc<AtomicBool>,
}

impl Waker {
    pub fn new(ask: Sender<()>) -> Self {
        Self { ask, waiting: Arc::default() }
    }

    fn wake(&self) {
        if !self.waiting.swap(true, Ordering::SeqCst) {
            let _ended = self.ask.send(());
        }
    }
}

/// How the library is watched.
enum Way {
    /// Nothing to watch: it is part of the program, or came by a pipe.
    Not,
    System(RecommendedWatcher),
    /// By looking at it now and then.
    Looking,
}

/// The watch over one library.
pub struct Watch {
    waker: Waker,
    way: Option<Way>,
    /// The folders that the system watches, from the root.
    folders: BTreeSet<String>,
    /// How long the last look took.
    took: Duration,
    /// Whether the library could be read.
    there: bool,
}

impl Watch {
    pub fn new(waker: Waker) -> Self {
        Self { waker, way: None, folders: BTreeSet::new(), took: Duration::ZERO, there: true }
    }

    /// Watches exactly these folders from now on. Says whether any of them was not watched before: then what changed
    /// in it meanwhile has to be looked for. What cannot be watched is said once.
    pub fn follow(&mut self, root: &Root, folders: &[String], troubles: &mut Vec<Text>) -> bool {
        let way = self.way.take().unwrap_or_else(|| way(root, &self.waker));
        let Way::System(mut watcher) = way else {
            self.way = Some(way);
            return false;
        };
        let followed = self.watch(&mut watcher, root, folders);
        self.way = Some(if followed.is_ok() { Way::System(watcher) } else { Way::Looking });
        followed.unwrap_or_else(|error| {
            self.folders.clear();
            let why = match error.kind {
                notify::ErrorKind::MaxFilesWatch => "the system watches no more folders".to_owned(),
                _ => error.to_string(),
            };
            let what = "changes of the library show after some seconds, since it cannot be watched";
            troubles.push(Text::line(&format!("{what}: {why}")));
            true
        })
    }

    fn watch(
        &mut self,
        watcher: &mut RecommendedWatcher,
        root: &Root,
        folders: &[String],
    ) -> notify::Result<bool> {
        let wanted: BTreeSet<String> = if root.is_single() || !cfg!(target_os = "linux") {
            // Elsewhere one watch holds for all folders below; of a single file its folder is watched.
            BTreeSet::from([String::new()])
        } else {
            folders.iter().cloned().collect()
        };
        for gone in self.folders.difference(&wanted) {
            let _gone_with_its_folder = root.path(gone).map(|path| watcher.unwatch(&path));
        }
        let mut any = false;
        for folder in wanted.difference(&self.folders) {
            let Some(path) = watched(root, folder) else { continue };
            match watcher.watch(&path, mode(root)) {
                Ok(()) => any = true,
                // Gone since the walk: the folder around it tells.
                Err(_) if !path.exists() => {}
                Err(error) => return Err(error),
            }
        }
        self.folders = wanted;
        Ok(any)
    }

    /// The loader has heard that something changed; what changes from now on is news.
    pub fn heard(&self) {
        self.waker.waiting.store(false, Ordering::SeqCst);
    }

    /// How long the last look took, and whether the library was there.
    pub fn took(&mut self, took: Duration, there: bool) {
        self.took = took;
        if !there && self.there && matches!(self.way, Some(Way::System(_))) {
            // What comes in its place has to be watched anew.
            (self.way, self.folders) = (None, BTreeSet::new());
        }
        self.there = there;
    }

    /// How long until the next look, where the system does not tell.
    pub fn interval(&self) -> Option<Duration> {
        let looks = !self.there || matches!(self.way, Some(Way::Looking));
        looks.then(|| (self.took * SHARE).clamp(OFTEN, RARELY))
    }
}

/// The way that the library at `root` can be watched.
fn way(root: &Root, waker: &Waker) -> Way {
    let Some(path) = root.path("") else { return Way::Not };
    if is_remote(&path) {
        return Way::Looking;
    }
    let waker = waker.clone();
    let single = root.is_single();
    let told = move |event: notify::Result<notify::Event>| {
        // An error is no reason to miss what changed.
        if event.map_or(true, |event| matters(&event, &path, single)) {
            waker.wake();
        }
    };
    let config = Config::default().with_follow_symlinks(false);
    RecommendedWatcher::new(told, config).map_or(Way::Looking, Way::System)
}

/// The path that is watched for a folder of the library.
fn watched(root: &Root, folder: &str) -> Option<PathBuf> {
    let path = root.path(folder)?;
    if root.is_single() { path.parent().map(Path::to_owned) } else { Some(path) }
}

fn mode(root: &Root) -> RecursiveMode {
    let deep = !root.is_single() && !cfg!(target_os = "linux");
    if deep { RecursiveMode::Recursive } else { RecursiveMode::NonRecursive }
}

/// Whether an event may be one of the library's files. That one was read is none, and neither is what becomes of files
/// that are never read.
fn matters(event: &notify::Event, root: &Path, single: bool) -> bool {
    if event.need_rescan() {
        return true;
    }
    let written = matches!(event.kind, EventKind::Modify(ModifyKind::Data(_) | ModifyKind::Metadata(_)));
    let matters = |path: &PathBuf| {
        if single {
            return path == root;
        }
        let Ok(path) = path.strip_prefix(root) else { return true };
        let seen = path.iter().all(|name| !is_skipped(name));
        seen && (!written || is_read(path))
    };
    !matches!(event.kind, EventKind::Access(_)) && (event.paths.is_empty() || event.paths.iter().any(matters))
}

/// Whether the folder lies on a drive whose changes elsewhere the system does not tell.
#[cfg(target_os = "linux")]
fn is_remote(path: &Path) -> bool {
    /// As `statfs` names them: NFS, SMB, CIFS, SMB2, FUSE, 9P, AFS, Ceph, Coda, `VirtualBox`.
    const REMOTE: [u32; 10] = [
        0x6969,
        0x517b,
        0xff53_4d42,
        0xfe53_4d42,
        0x6573_5546,
        0x0102_1997,
        0x5346_414f,
        0x00c3_6400,
        0x7375_7245,
        0x786f_4256,
    ];
    let kind = rustix::fs::statfs(path).ok().and_then(|known| u64::try_from(known.f_type).ok());
    kind.is_some_and(|kind| REMOTE.iter().any(|remote| u64::from(*remote) == kind & 0xffff_ffff))
}

#[cfg(not(target_os = "linux"))]
fn is_remote(_: &Path) -> bool {
    false
}

#[cfg(test)]
mod tests {
    use super::*;
    use notify::Event;
    use notify::event::{AccessKind, CreateKind, DataChange, Flag, RemoveKind, RenameMode};

    #[test]
    fn only_what_may_change_the_library_wakes_it() {
        let written = EventKind::Modify(ModifyKind::Data(DataChange::Any));
        let renamed = EventKind::Modify(ModifyKind::Name(RenameMode::Any));
        let (made, gone) = (EventKind::Create(CreateKind::Any), EventKind::Remove(RemoveKind::Any));
        for (kind, path, expected) in [
            (written, "/lib/a.md", true),
            (written, "/lib/f/index.yaml", true),
            (written, "/lib/video.mp4", false),
            (made, "/lib/video.mp4", true),
            (gone, "/lib/f", true),
            (renamed, "/lib/f", true),
            (made, "/lib/.a.md.swp", false),
            (made, "/lib/.git/index.lock", false),
            (made, "/lib/node_modules/a.md", false),
            (EventKind::Access(AccessKind::Any), "/lib/a.md", false),
            (EventKind::Any, "/lib/a.md", true),
        ] {
            let event = Event::new(kind).add_path(path.into());
            assert_eq!(matters(&event, Path::new("/lib"), false), expected, "{kind:?} {path}");
        }
        let overflow = Event::new(EventKind::Other).set_flag(Flag::Rescan);
        assert!(matters(&overflow, Path::new("/lib"), false));
        let beside = Event::new(written).add_path("/lib/b.md".into());
        assert!(!matters(&beside, Path::new("/lib/a.md"), true));
    }

    #[test]
    fn a_flood_of_calls_is_one() {
        let (ask, asked) = std::sync::mpsc::channel();
        let watch = Watch::new(Waker::new(ask));
        (0..100_000).for_each(|_| watch.waker.wake());
        assert_eq!(asked.try_iter().count(), 1);
        watch.heard();
        watch.waker.wake();
        assert_eq!(asked.try_iter().count(), 1);
    }

    #[test]
    fn what_cannot_be_watched_is_looked_at_the_more_rarely_the_longer_it_takes() {
        let mut watch = Watch::new(Waker::new(std::sync::mpsc::channel().0));
        watch.way = Some(Way::Looking);
        for (took, interval) in [(1, 2000), (100, 5000), (10_000, 60_000)] {
            watch.took(Duration::from_millis(took), true);
            assert_eq!(watch.interval(), Some(Duration::from_millis(interval)));
        }
        watch.way = Some(Way::Not);
        assert_eq!(watch.interval(), None);
    }
}
