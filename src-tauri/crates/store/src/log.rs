//! Whether the write-ahead log is whole, looked at before SQLite opens the file.
//!
//! SQLite takes a log up to its first frame with a wrong checksum and forgets the rest without a word: right after a power
//! failure, when the rest was never durable. A log that was cut or changed later loses durable changes in the same way, and
//! a fax that was sent would be queued again. Frames that are torn by a power failure belong to the last transaction,
//! because each commit is synced before the next begins; so the log is damaged when
//! - whole frames of a later transaction follow a broken one,
//! - the shared index, which is written after a commit is synced, knows more frames than the log has, or
//! - a page is in neither the log nor the file, which SQLCipher would read as zeros, or
//! - the file is empty and the log is not: SQLite would throw the log away, though every page may be in it.
//!
//! Left out: damage that leaves no such trace, namely to the last transaction when the index is gone too.

use crate::StoreError;
use std::collections::HashSet;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

const HEADER: usize = 32;
const FRAME_HEADER: usize = 24;
/// The page of the bytes that SQLite locks is never written.
const LOCKED_BYTE: u64 = 0x4000_0000;

/// Looks at the log of a closed database.
///
/// # Errors
/// [`StoreError::LogDamaged`], or the file system.
pub(crate) async fn check(database: &Path) -> Result<(), StoreError> {
    let log = read(beside(database, "-wal")).await?.unwrap_or_default();
    let index = read(beside(database, "-shm")).await?.and_then(|bytes| Index::read(&bytes));
    let length = match tokio::fs::metadata(database).await {
        Ok(file) => file.len(),
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(()),
        Err(error) => return Err(error.into()),
    };
    if is_whole(&log, index.as_ref(), length) { Ok(()) } else { Err(StoreError::LogDamaged) }
}

fn beside(database: &Path, suffix: &str) -> PathBuf {
    let mut name = database.as_os_str().to_owned();
    name.push(suffix);
    PathBuf::from(name)
}

async fn read(path: PathBuf) -> Result<Option<Vec<u8>>, StoreError> {
    match tokio::fs::read(path).await {
        Ok(bytes) => Ok(Some(bytes)),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error.into()),
    }
}

fn is_whole(log: &[u8], index: Option<&Index>, length: u64) -> bool {
    let Some(header) = Header::read(log) else {
        // Nothing but zeros is a log whose first write never reached the disk.
        let torn = log.len() > HEADER && log.iter().take(HEADER).any(|byte| *byte != 0);
        return !torn && index.is_none_or(|index| index.copied >= index.frames);
    };
    let mut frames = 0;
    let (mut committed, mut pages) = (0, 0);
    let mut logged = HashSet::new();
    let mut seed = header.sum;
    let mut broken = false;
    // Whether the frame before is a commit that SQLite would not take.
    let mut lost_commit = false;
    for bytes in log.get(HEADER..).unwrap_or_default().chunks_exact(FRAME_HEADER + header.page) {
        let Some(frame) = Frame::read(bytes) else { break };
        // Frames with another salt are what an earlier round of the log left.
        let whole = frame.salt == header.salt && header.sum_of(seed, bytes) == frame.sum;
        seed = frame.sum;
        if whole && lost_commit {
            return false;
        }
        broken |= !whole;
        lost_commit = broken && frame.salt == header.salt && frame.pages_after > 0;
        if !broken {
            frames += 1;
            logged.insert(frame.number);
            if frame.pages_after > 0 {
                (committed, pages) = (frames, frame.pages_after);
            }
        }
    }
    if index.is_some_and(|index| index.salt == header.salt && index.frames > committed) {
        return false;
    }
    if length == 0 && pages > 0 {
        return false;
    }
    let page = header.page as u64;
    let locked = LOCKED_BYTE / page + 1;
    let missing = |number: &u64| *number != locked && !logged.contains(number);
    !(length / page + 1..=pages).any(|number| missing(&number))
}

/// The head of a log.
struct Header {
    /// Checksums add up big-endian words.
    big_endian: bool,
    page: usize,
    salt: [u8; 8],
    sum: (u32, u32),
}

impl Header {
    fn read(log: &[u8]) -> Option<Self> {
        let big_endian = match number(log, 0)? {
            0x377f_0682 => false,
            0x377f_0683 => true,
            _ => return None,
        };
        let header = Self {
            big_endian,
            page: usize::try_from(number(log, 8)?).ok().filter(|page| page.is_power_of_two() && *page >= 512)?,
            salt: eight(log, 16)?,
            sum: (number(log, 24)?, number(log, 28)?),
        };
        (header.add((0, 0), log.get(..24)?) == header.sum).then_some(header)
    }

    /// The checksum of a frame: of the first part of its head, and its page.
    fn sum_of(&self, seed: (u32, u32), frame: &[u8]) -> (u32, u32) {
        let head = self.add(seed, frame.get(..8).unwrap_or_default());
        self.add(head, frame.get(FRAME_HEADER..).unwrap_or_default())
    }

    fn add(&self, seed: (u32, u32), bytes: &[u8]) -> (u32, u32) {
        let word = if self.big_endian { u32::from_be_bytes } else { u32::from_le_bytes };
        let (words, _) = bytes.as_chunks::<4>();
        words.as_chunks::<2>().0.iter().fold(seed, |(first, second), [a, b]| {
            let first = first.wrapping_add(word(*a)).wrapping_add(second);
            (first, second.wrapping_add(word(*b)).wrapping_add(first))
        })
    }
}

/// The head of a frame.
struct Frame {
    /// Which page it holds.
    number: u64,
    /// Pages of the database after this commit; 0 when the transaction goes on.
    pages_after: u64,
    salt: [u8; 8],
    sum: (u32, u32),
}

impl Frame {
    fn read(bytes: &[u8]) -> Option<Self> {
        Some(Self {
            number: number(bytes, 0)?.into(),
            pages_after: number(bytes, 4)?.into(),
            salt: eight(bytes, 8)?,
            sum: (number(bytes, 16)?, number(bytes, 20)?),
        })
    }
}

/// What the shared index says.
struct Index {
    /// Committed frames.
    frames: u32,
    salt: [u8; 8],
    /// Frames that are in the database file.
    copied: u32,
}

impl Index {
    /// `None` for an index that was never filled or was being written.
    fn read(bytes: &[u8]) -> Option<Self> {
        let (first, second) = (bytes.get(..48)?, bytes.get(48..96)?);
        let filled = *bytes.get(12)? == 1;
        let native = |at: usize| bytes.get(at..)?.first_chunk().copied().map(u32::from_ne_bytes);
        (filled && first == second).then_some(())?;
        Some(Self { frames: native(16)?, salt: eight(bytes, 32)?, copied: native(96)? })
    }
}

fn number(bytes: &[u8], at: usize) -> Option<u32> {
    bytes.get(at..)?.first_chunk().copied().map(u32::from_be_bytes)
}

fn eight(bytes: &[u8], at: usize) -> Option<[u8; 8]> {
    bytes.get(at..)?.first_chunk().copied()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{DatabaseKey, Store};

    #[tokio::test]
    async fn a_log_that_holds_every_page_is_not_thrown_away_with_an_emptied_file() {
        let folder = tempfile::TempDir::new().unwrap();
        let (cache, copy) = (folder.path().join("cache.db"), folder.path().join("copy.db"));
        let key = DatabaseKey::new([7; 32]);
        let store = Store::open(&cache, &key).await.unwrap();
        // The schema is in the log, whole, as long as nothing was copied into the file.
        std::fs::copy(beside(&cache, "-wal"), beside(&copy, "-wal")).unwrap();
        std::fs::write(&copy, []).unwrap();
        store.close().await;
        assert!(matches!(Store::open(&copy, &key).await, Err(StoreError::LogDamaged)));
        // Without a log it is a cache that was never begun.
        std::fs::remove_file(beside(&copy, "-wal")).unwrap();
        Store::open(&copy, &key).await.unwrap().close().await;
    }

    #[tokio::test]
    async fn a_closed_cache_is_one_file_though_somebody_else_has_it_open() {
        let folder = tempfile::TempDir::new().unwrap();
        let (cache, copy) = (folder.path().join("cache.db"), folder.path().join("copy.db"));
        let key = DatabaseKey::new([7; 32]);
        let store = Store::open(&cache, &key).await.unwrap();
        let other = Store::open(&cache, &key).await.unwrap();
        store.close().await;
        std::fs::copy(&cache, &copy).unwrap();
        let log = std::fs::metadata(beside(&cache, "-wal")).unwrap().len();
        other.close().await;
        assert_eq!(log, 0);
        Store::open(&copy, &key).await.unwrap().close().await;
    }
}
