//! Copies of a cache that are cut, or whose bits are flipped, at places that follow from a seed.
//!
//! Whatever is read from a damaged copy equals the original or is an error that is told as damage. That holds for the
//! store, read whole, and for the desk: its unsent work is there or told as damaged, the damaged files can be set aside and
//! are kept, a locked keychain is told as locked whatever the file is like, and never as damage.
//!
//! Both states of a cache are damaged: closed, when everything is in one file, and as a process leaves it that ended in the
//! middle, with its log and the log's index beside it.

use crate::reading::{everything, rows};
use crate::{Office, portal, work};
use desk::contract::{Empty, OutboxQuery, ProblemCode, SessionStage};
use desk::{Desk, KeychainError};
use domain::outbox::OutboxRow;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use store::{AsideCache, DatabaseKey, Store, StoreError, Unsent};

const DATABASE: &str = "practice/desk.db";
const LOG: &str = "practice/desk.db-wal";
const PAGE: u64 = 4096;
/// Faxes and notes that wait in the original.
const UNSENT: usize = 12;

/// What became of the copies.
#[derive(Clone, Debug, Default)]
pub struct Report {
    /// Copies.
    pub torn: u32,
    /// How many by what was torn, how, and what came of it.
    pub kinds: BTreeMap<String, u32>,
    /// Promises that were broken, in words.
    pub broken: Vec<String>,
}

/// Originals to be damaged.
pub struct Originals {
    /// Ended in the middle: with a log.
    open: Original,
    /// Closed.
    closed: Original,
}

struct Original {
    office: Office,
    /// What each reading answers.
    read: BTreeMap<String, String>,
    unsent: BTreeSet<String>,
    /// The same in full, in the order of the queue.
    rows: Vec<OutboxRow>,
}

impl Originals {
    /// Makes both, with everything that a cache holds and unsent faxes and notes.
    ///
    /// # Panics
    /// When the practice portal or the desk fails.
    pub async fn make() -> Self {
        let (office, portal) = (Office::default(), portal(12).await);
        let works = work::prepare(&office, &portal, UNSENT).await;
        portal.faults().refuse_connections(true);
        let desk = office.desk().await;
        for work in &works {
            work.queue(&desk).await;
        }
        let open = office.after_a_power_failure();
        desk.close().await;
        let closed = office.after_a_power_failure();
        assert!(log_of(&open) > 50 * PAGE, "there is a log to damage");
        assert_eq!(log_of(&closed), 0, "a closed cache has everything in one file");
        portal.stop().await;
        Self { open: Original::of(open).await, closed: Original::of(closed).await }
    }
}

impl Original {
    async fn of(office: Office) -> Self {
        let copy = office.after_a_power_failure();
        let store = Store::open(&copy.data().join(DATABASE), &key(&copy)).await.unwrap();
        let read = everything(&store).await;
        let read: BTreeMap<String, String> = read.into_iter().map(|(name, value)| (name, value.unwrap())).collect();
        let mut rows: Vec<OutboxRow> =
            rows(&store).await.unwrap().into_iter().filter(|row| !row.state.is_over()).collect();
        // They were read the newest first.
        rows.reverse();
        let unsent: BTreeSet<String> = rows.iter().map(|row| row.id.to_string()).collect();
        store.close().await;
        assert_eq!(unsent.len(), UNSENT);
        Self { office, read, unsent, rows }
    }
}

/// Bytes of the log beside the cache.
fn log_of(office: &Office) -> u64 {
    std::fs::metadata(office.data().join(LOG)).map_or(0, |log| log.len())
}

/// Damages so many copies and looks what comes of each.
///
/// # Panics
/// When files cannot be copied.
pub async fn run(originals: &Originals, seeds: std::ops::Range<u64>, progress: impl Fn(&str)) -> Report {
    let mut report = Report::default();
    for seed in seeds {
        tear(originals, seed, &mut report).await;
        report.torn += 1;
        if report.torn.is_multiple_of(100) {
            progress(&format!("{} copies torn: {:?}", report.torn, report.kinds));
        }
    }
    report
}

async fn tear(originals: &Originals, seed: u64, report: &mut Report) {
    let mut dice = fastrand::Rng::with_seed(seed);
    let (original, file) = match dice.u8(..3) {
        0 => (&originals.closed, DATABASE),
        1 => (&originals.open, DATABASE),
        _ => (&originals.open, LOG),
    };
    let office = original.office.after_a_power_failure();
    let how = damage(&office.data().join(file), &mut dice);
    let mut broken: Vec<String> = Vec::new();
    let came = match read_by_the_store(&office, original).await {
        Ok(came) => came,
        Err(what) => {
            broken.extend(what);
            "broken"
        }
    };
    let what = match (file, log_of(&original.office)) {
        (LOG, _) => "log",
        (_, 0) => "file",
        _ => "file beside a log",
    };
    *report.kinds.entry(format!("{what} {how}: {came}")).or_default() += 1;
    broken.extend(rescued(&office, original).await);
    broken.extend(seen_by_the_desk(&office, original, came == "nothing was hit").await);
    report.broken.extend(broken.into_iter().map(|what_broke| format!("seed {seed}, {what} {how}: {what_broke}")));
}

/// Cuts the file, or flips bits of it; answers which.
fn damage(path: &Path, dice: &mut fastrand::Rng) -> &'static str {
    let mut bytes = std::fs::read(path).unwrap();
    let how = match dice.u8(..4) {
        0 => {
            bytes.truncate(dice.usize(..bytes.len()));
            "cut"
        }
        1 => {
            let pages = bytes.len() as u64 / PAGE;
            bytes.truncate(usize::try_from(dice.u64(..pages) * PAGE).unwrap());
            "cut at a page"
        }
        2 => {
            let at = dice.usize(..bytes.len());
            bytes[at] ^= 1 << dice.u8(..8);
            "one bit flipped"
        }
        _ => {
            for _ in 0..dice.u8(2..40) {
                let at = dice.usize(..bytes.len());
                bytes[at] ^= 1 << dice.u8(..8);
            }
            "bits flipped"
        }
    };
    std::fs::write(path, bytes).unwrap();
    how
}

/// Reads a copy of the damaged copy whole: what came of it, or what was wrong.
async fn read_by_the_store(office: &Office, original: &Original) -> Result<&'static str, Vec<String>> {
    let copy = office.after_a_power_failure();
    let store = match Store::open(&copy.data().join(DATABASE), &key(&copy)).await {
        Ok(store) => store,
        Err(error) if is_damage(&error) => return Ok("told when opened"),
        Err(error) => return Err(vec![format!("opening says {error:?}")]),
    };
    let mut broken = Vec::new();
    let mut told = false;
    for (name, read) in everything(&store).await {
        match (read, original.read.get(&name)) {
            (Ok(read), Some(wanted)) if read == *wanted => {}
            (Ok(_), _) => broken.push(format!("{name} is read and is not what it was")),
            (Err(error), _) if is_damage(&error) => told = true,
            (Err(error), _) => broken.push(format!("{name} says {error:?}")),
        }
    }
    store.close().await;
    match (broken.is_empty(), told) {
        (false, _) => Err(broken),
        (true, true) => Ok("told when read"),
        (true, false) => Ok("nothing was hit"),
    }
}

/// What of the unsent work can be brought out of the damaged copy: rows as they were, and all others counted.
async fn rescued(office: &Office, original: &Original) -> Vec<String> {
    let copy = office.after_a_power_failure();
    let path = copy.data().join(DATABASE);
    let lost = store::lost_changes(&path).await.unwrap();
    let unsent = async {
        let mut cache = AsideCache::open(&path, &key(&copy)).await?;
        let unsent = cache.unsent().await;
        cache.close().await?;
        unsent
    };
    let unsent: Unsent = match unsent.await {
        Ok(unsent) => unsent,
        Err(error) if is_damage(&error) => return Vec::new(),
        Err(error) => return vec![format!("a rescue says {error:?}")],
    };
    let mut broken = Vec::new();
    let mut wanted = original.rows.iter();
    // What lost changes is another row by now; whose it is, is still known.
    let alike = |row: &OutboxRow, one: &OutboxRow| if lost { row.id == one.id } else { row == one };
    if !unsent.rows.iter().all(|row| wanted.any(|one| alike(row, one))) {
        broken.push("a rescue brings a row that is not what it was".to_owned());
    }
    if !lost && unsent.rows.len() + (unsent.unreadable as usize) < UNSENT {
        broken.push(format!("a rescue tells of {} rows and {} unreadable", unsent.rows.len(), unsent.unreadable));
    }
    broken
}

/// What the agent is told, and whether the files can be set aside.
async fn seen_by_the_desk(office: &Office, original: &Original, unharmed: bool) -> Vec<String> {
    let mut broken = Vec::new();
    office.keychain.fail(Some(KeychainError::Locked("it is locked".into())));
    let desk = office.desk().await;
    let locked = desk.session_get(Empty {}).await.unwrap().problem.map(|problem| problem.code);
    if locked != Some(ProblemCode::KeychainLocked) {
        broken.push(format!("with a locked keychain the desk says {locked:?}"));
    }
    desk.close().await;
    drop(desk);
    office.keychain.fail(None);

    let desk = office.desk().await;
    let session = desk.session_get(Empty {}).await.unwrap();
    match (session.stage, session.problem) {
        (SessionStage::Ready, _) => broken.extend(unsent_is_there(&desk, original).await),
        (SessionStage::Blocked, Some(problem)) if problem.code == ProblemCode::CacheDamaged && !unharmed => {}
        (stage, problem) => broken.push(format!("the desk is {stage:?}: {problem:?}")),
    }
    let before = std::fs::metadata(office.data().join(DATABASE)).unwrap().len();
    match desk.session_set_aside(Empty {}).await {
        Ok(session) if session.stage == SessionStage::SignedOut => {}
        other => broken.push(format!("setting aside says {other:?}")),
    }
    let aside = office.files().into_iter().find(|path| path.ends_with("desk.db"));
    let kept = aside.filter(|path| !path.ends_with(DATABASE));
    let length = kept.and_then(|path: PathBuf| std::fs::metadata(path).ok()).map(|file| file.len());
    if length.is_none_or(|length| length < before) {
        broken.push("the file that was set aside is not there whole".to_owned());
    }
    desk.close().await;
    broken
}

/// Unsent work is listed whole, or told as damaged.
async fn unsent_is_there(desk: &Desk, original: &Original) -> Vec<String> {
    match desk.outbox_list(OutboxQuery::default()).await {
        Ok(rows) if rows.iter().map(|row| row.id.clone()).collect::<BTreeSet<_>>() == original.unsent => Vec::new(),
        Ok(rows) => vec![format!("{} of {UNSENT} unsent rows are listed", rows.len())],
        Err(error) if error.problem().code == ProblemCode::CacheDamaged => Vec::new(),
        Err(error) => vec![format!("the outbox says {error:?}")],
    }
}

fn is_damage(error: &StoreError) -> bool {
    matches!(
        error,
        StoreError::NotReadable | StoreError::Damaged(_) | StoreError::LogDamaged | StoreError::Unreadable(_)
    )
}

fn key(office: &Office) -> DatabaseKey {
    let entries = office.keychain.entries();
    DatabaseKey::new(entries.values().next().unwrap().clone().try_into().unwrap())
}
