//! Blocks, damage and locks.

use tantivy::directory::TerminatingWrite;

use super::blocks::BLOCK;
use super::*;

/// A file of `length` bytes in a folder of its own.
fn written(length: usize) -> (tempfile::TempDir, Disk, Vec<u8>) {
    let folder = tempfile::tempdir().unwrap();
    let disk = Disk::new(folder.path(), folder.path());
    let data: Vec<u8> = (0..length).map(|at| u8::try_from(at * 7 % 251).unwrap()).collect();
    let mut writer = disk.open_write(Path::new("file")).unwrap();
    for piece in data.chunks(1000) {
        writer.write_all(piece).unwrap();
    }
    writer.terminate().unwrap();
    (folder, disk, data)
}

#[test]
fn what_was_written_is_read_at_every_edge_of_a_block() {
    for length in [0, 1, BLOCK - 1, BLOCK, BLOCK + 1, 3 * BLOCK + 17] {
        let (_folder, disk, data) = written(length);
        let file = disk.get_file_handle(Path::new("file")).unwrap();
        assert_eq!(file.len(), length);
        for edge in [0, 1, BLOCK - 1, BLOCK, BLOCK + 1, 2 * BLOCK, length] {
            for start in [0, 5, BLOCK - 1, BLOCK] {
                if let Some(expected) = data.get(start..edge.min(length)) {
                    assert_eq!(file.read_bytes(start..edge.min(length)).unwrap().as_slice(), expected);
                }
            }
        }
        assert!(file.read_bytes(0..length + 1).is_err());
    }
}

#[test]
fn no_flipped_byte_is_ever_read() {
    let (folder, disk, data) = written(2 * BLOCK + 100);
    let path = folder.path().join("file");
    let whole = fs::read(&path).unwrap();
    for at in (0..whole.len()).step_by(97).chain(whole.len() - 30..whole.len()) {
        let mut flipped = whole.clone();
        flipped[at] ^= 0x10;
        fs::write(&path, &flipped).unwrap();
        let read =
            disk.get_file_handle(Path::new("file")).ok().and_then(|file| file.read_bytes(0..data.len()).ok());
        assert!(read.is_none(), "byte {at}");
    }
}

#[test]
fn a_file_of_any_other_length_is_refused() {
    let (folder, disk, data) = written(BLOCK + 100);
    let path = folder.path().join("file");
    let whole = fs::read(&path).unwrap();
    for length in (0..whole.len()).step_by(61) {
        fs::write(&path, &whole[..length]).unwrap();
        let read =
            disk.get_file_handle(Path::new("file")).ok().and_then(|file| file.read_bytes(0..data.len()).ok());
        assert!(read.is_none(), "cut to {length}");
    }
}

#[test]
fn a_file_under_the_name_of_another_is_refused() {
    let (folder, disk, _) = written(BLOCK + 100);
    fs::rename(folder.path().join("file"), folder.path().join("other")).unwrap();
    assert!(disk.get_file_handle(Path::new("other")).is_err());
}

#[test]
fn a_file_that_shrinks_while_open_is_an_error() {
    let (folder, disk, data) = written(3 * BLOCK);
    let file = disk.get_file_handle(Path::new("file")).unwrap();
    OpenOptions::new().write(true).open(folder.path().join("file")).unwrap().set_len(10).unwrap();
    assert!(file.read_bytes(0..data.len()).is_err());
}

#[test]
fn a_small_file_is_whole_or_an_error() {
    let folder = tempfile::tempdir().unwrap();
    let disk = Disk::new(folder.path(), folder.path());
    disk.atomic_write(Path::new("meta"), b"one").unwrap();
    disk.atomic_write(Path::new("meta"), b"two").unwrap();
    assert_eq!(disk.atomic_read(Path::new("meta")).unwrap(), b"two");
    fs::write(folder.path().join("meta"), b"twoxxxx").unwrap();
    assert!(disk.atomic_read(Path::new("meta")).is_err());
    assert!(matches!(disk.atomic_read(Path::new("none")), Err(OpenReadError::FileDoesNotExist(_))));
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
}

#[test]
fn a_lock_is_held_by_one_and_ends_with_its_holder() {
    let folder = tempfile::tempdir().unwrap();
    let disk = Disk::new(folder.path(), folder.path());
    let lock = || disk.acquire_lock(&tantivy::directory::INDEX_WRITER_LOCK);
    let held = lock().unwrap();
    assert!(matches!(lock(), Err(LockError::LockBusy)));
    drop(held);
    assert!(lock().is_ok());
}
