//! One schedule: what happens, and whether every promise was kept.

use super::judge::{self, Held};
use super::portal::ModelledPortal;
use super::records::{Kind, Place};
use super::still::Stillness;
use crate::reading::rows;
use domain::outbox::{Intent, OutboxRow};
use domain::{ClientChange, ClientField, ClientId, IntentId};
use fastrand::Rng;
use jiff::{SignedDuration, Timestamp};
use portal_api::{ApiError, Config, Portal};
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::{Arc, LazyLock};
use std::time::Duration;
use store::{DatabaseKey, DetailTable, Resource, Store};
use sync::{Patience, PullError, Pulled, Scope};
use tokio::time::sleep;
use tokio_util::sync::CancellationToken;

/// An interrupted walk is gone on with for so long.
const GOES_ON_FOR: SignedDuration = SignedDuration::from_hours(1);
/// Where the pull notes the walk under way.
const STARTED: &str = "pull.started";
/// A name that waits to be sent.
const EDITED: &str = "Lovelace";

/// A portal that every schedule's is made like.
static LIKE: LazyLock<Portal> = LazyLock::new(|| {
    let config = Config::new("https://portal.example.com/api", "key".to_owned().into()).unwrap();
    Portal::new(&config, None).unwrap()
});

/// A mistake that a build could make. The proof must find each.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Bug {
    /// A row leaves the cache at its first absence.
    BelievesTheFirstAbsence,
    /// A pass counts although rows were taken out under it.
    OverlooksThatATotalShrank,
    /// Of what changed, only the first page is read.
    ReadsOnePageOfChanges,
    /// An interrupted walk begins again.
    ForgetsWhereItStopped,
    /// What may not be read is taken for an empty list.
    TakesARefusalForNothing,
}

impl Bug {
    /// Every one.
    pub const ALL: [Bug; 5] = [
        Bug::BelievesTheFirstAbsence,
        Bug::OverlooksThatATotalShrank,
        Bug::ReadsOnePageOfChanges,
        Bug::ForgetsWhereItStopped,
        Bug::TakesARefusalForNothing,
    ];
}

/// What happens, from one number.
#[derive(Clone, Copy, Debug)]
pub struct Schedule {
    /// The number.
    pub seed: u64,
    /// A planted mistake.
    pub bug: Option<Bug>,
}

/// How a schedule ended.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Report {
    /// Promises that were broken, in words; empty for a good schedule.
    pub broken: Vec<String>,
    /// Pulls in all.
    pub pulls: u64,
    /// Of those, pulls that came to their end, whatever they left out.
    pub ended: u64,
    /// Of those, pulls that left something out.
    pub left_out: u64,
    /// Pulls that were cancelled.
    pub cancelled: u64,
    /// Pulls whose process died.
    pub died: u64,
    /// Pulls that went on with an interrupted walk.
    pub resumed: u64,
    /// Calls that were made.
    pub calls: u64,
    /// Rows that left the cache.
    pub left: u64,
    /// How long it all took on the virtual clock, milliseconds.
    pub lasted: u64,
}

impl Report {
    /// Both together.
    pub fn add(&mut self, other: Report) {
        self.broken.extend(other.broken);
        self.pulls += other.pulls;
        self.ended += other.ended;
        self.left_out += other.left_out;
        self.cancelled += other.cancelled;
        self.died += other.died;
        self.resumed += other.resumed;
        self.calls += other.calls;
        self.left += other.left;
        self.lasted += other.lasted;
    }
}

/// Plays a schedule on a cache in a folder, on this thread.
#[must_use]
pub fn play(schedule: Schedule, folder: &Path) -> Report {
    let path = folder.join(format!("{}.db", schedule.seed));
    let stillness = Stillness::default();
    let report = stillness.runtime().block_on(async {
        let store = Store::open(&path, &DatabaseKey::new([9; 32])).await.unwrap();
        stillness.watch(Some(store.clone()));
        let report = Stage::new(schedule, store.clone()).play().await;
        stillness.watch(None);
        store.close().await;
        report
    });
    for name in ["", "-wal", "-shm"] {
        let _ = std::fs::remove_file(format!("{}{name}", path.display()));
    }
    report
}

/// The desk, the portal, and what both did.
struct Stage {
    schedule: Schedule,
    store: Store,
    portal: ModelledPortal,
    /// The desk's session with it.
    session: Portal,
    dice: Rng,
    /// How far the clock that people read is off.
    skew: SignedDuration,
    report: Report,
    /// When each walk began, and when a pull of it last ended.
    walks: BTreeMap<i64, (u64, u64)>,
    /// When each pull ended.
    ends: Vec<u64>,
    /// Where the last pull stopped, when it did not come to its end.
    stopped: Option<Stopped>,
    /// What was in the cache after the last pull.
    held: BTreeMap<Kind, Held>,
    /// What waits to be sent.
    edits: Vec<OutboxRow>,
}

/// An interrupted walk.
struct Stopped {
    /// When it began, as the desk takes the time.
    began: Timestamp,
    /// The page that each list is to be read from; none for a list that was read to its end.
    pages: BTreeMap<Kind, Option<u64>>,
}

impl Stage {
    fn new(schedule: Schedule, store: Store) -> Self {
        let mut dice = Rng::with_seed(schedule.seed);
        let portal = ModelledPortal::new(dice.u64(..), schedule.bug);
        let session = LIKE.modelled(Arc::new(portal.clone()), Some(portal.token().into()));
        Self {
            schedule,
            store,
            portal,
            session,
            dice,
            skew: SignedDuration::ZERO,
            report: Report::default(),
            walks: BTreeMap::new(),
            ends: Vec::new(),
            stopped: None,
            held: BTreeMap::new(),
            edits: Vec::new(),
        }
    }

    async fn play(mut self) -> Report {
        self.edit().await;
        for _ in 0..self.dice.u32(3..12) {
            self.stormy_pull().await;
            self.rest().await;
        }
        self.calm().await;
        self.report.calls = self.portal.calls();
        self.report.lasted = self.portal.now();
        self.report
    }

    fn say(&mut self, what: &str) {
        let Schedule { seed, .. } = self.schedule;
        self.report.broken.push(format!("seed {seed}, pull {}: {what}", self.report.pulls));
    }

    /// What the desk takes for the time.
    fn now(&self) -> Timestamp {
        self.portal.clock() + self.skew
    }

    /// An agent changes a client, and writes a note, and nothing of it is sent.
    async fn edit(&mut self) {
        let clients: Vec<i64> = self.portal.table(Kind::Clients, |table| table.live(0).map(|(key, _)| key).collect());
        let change = ClientChange { field: ClientField::LastName, from: "v0".into(), to: EDITED.into() };
        for (client, intent) in clients.into_iter().zip([
            Intent::UpdateClient { changes: vec![change] },
            Intent::CreateNote { text: "Called; will call back.".into() },
        ]) {
            let id = IntentId(format!("intent-{client}"));
            self.edits.push(OutboxRow::new(id, ClientId(client), intent, self.now()));
        }
        let mut write = self.store.write().await.unwrap();
        write.enqueue(&self.edits).await.unwrap();
        write.commit().await.unwrap();
        self.edits = rows(&self.store).await.unwrap();
    }

    /// Nobody pulls for a while, in which others work, and clocks may be set.
    async fn rest(&mut self) {
        let minutes = [1, 10, 50, 80, 60 * 6, 60 * 21];
        let most = minutes[self.dice.usize(..minutes.len())];
        let rest = self.dice.u64(..60_000 * most);
        let takes = self.dice.bool();
        for _ in 0..self.dice.u32(..12) {
            self.portal.meddle(&mut self.dice, takes);
        }
        if self.dice.u8(..8) == 0 {
            self.skew = SignedDuration::from_mins(self.dice.i64(-2000..2000));
        }
        // A pull begins at an even millisecond; see the portal.
        sleep(Duration::from_millis(rest + (self.portal.now() + rest) % 2)).await;
        if self.session.token().borrow().is_none() && self.dice.u8(..4) > 0 {
            self.sign_in();
        }
    }

    fn sign_in(&mut self) {
        self.session = LIKE.modelled(Arc::new(self.portal.clone()), Some(self.portal.token().into()));
    }

    async fn stormy_pull(&mut self) {
        let rages = [0, 3, 10, 40, 150];
        self.portal.storm(rages[self.dice.usize(..rages.len())]);
        let scope = if self.dice.bool() { Scope::Changes } else { Scope::Everything };
        self.pull(scope, true).await;
    }

    /// Pulls, in a storm or in quiet, and judges what is here then.
    async fn pull(&mut self, scope: Scope, storm: bool) -> Option<Pulled> {
        let now = self.now();
        let young = |began: Timestamp| began <= now && now.duration_since(began) <= GOES_ON_FOR;
        let stopped = self.stopped.take().filter(|stopped| young(stopped.began));
        let unfinished = self.unfinished().await;
        let began = self.portal.now();
        let cancel = CancellationToken::new();
        let mut chance = |times: u64| (storm && self.dice.u8(..5) == 0).then(|| self.dice.u64(1..times));
        let (dies_at_call, dies_after, cancelled_after) = (chance(80), chance(25_000), chance(25_000));
        let pace = [200, 800, 5_000][self.dice.usize(..3)];
        let takes = self.dice.bool();
        let mut others = Rng::with_seed(self.dice.u64(..));
        self.portal.asked();
        let outcome = {
            let (store, portal) = (self.store.clone(), self.portal.clone());
            let pulling = sync::pull(&self.session, &store, &cancel, Patience::default(), now, scope, &|_| {});
            let death = self.portal.death(dies_at_call);
            let end = async {
                match cancelled_after.or(dies_after) {
                    Some(after) => odd(&portal, after).await,
                    None => std::future::pending().await,
                }
            };
            let work = async {
                if !storm {
                    std::future::pending::<()>().await;
                }
                loop {
                    odd(&portal, others.u64(..pace)).await;
                    portal.meddle(&mut others, takes);
                }
            };
            let mut pulling = std::pin::pin!(pulling);
            tokio::select! {
                biased;
                () = death => None,
                () = end => {
                    if cancelled_after.is_some() {
                        cancel.cancel();
                        Some(pulling.await)
                    } else {
                        None
                    }
                }
                () = work => None,
                outcome = &mut pulling => Some(outcome),
            }
        };
        self.report.pulls += 1;
        self.ends.push(self.portal.now());
        match &outcome {
            None => self.report.died += 1,
            Some(Err(PullError::Cancelled)) => self.report.cancelled += 1,
            Some(Err(_)) => {}
            Some(Ok(pulled)) => {
                self.report.ended += 1;
                self.report.left_out += u64::from(!pulled.left_out.is_empty());
            }
        }
        if let Some(stopped) = stopped {
            self.report.resumed += 1;
            self.judge_where_it_went_on(&stopped);
        }
        self.stopped = self.where_it_stopped().await;
        self.note_the_walk(began, outcome.as_ref().and_then(|outcome| outcome.as_ref().ok())).await;
        let pulled = outcome.and_then(Result::ok);
        self.plant(pulled.as_ref()).await;
        self.judge(began, &unfinished, pulled.as_ref()).await;
        pulled
    }

    /// Where the walk under way stands.
    async fn where_it_stopped(&self) -> Option<Stopped> {
        let started = self.store.meta(STARTED).await.unwrap()?;
        let (walk, began) = started.split_once(' ')?;
        let (walk, began): (i64, Timestamp) = (walk.parse().unwrap(), began.parse().unwrap());
        let mut pages = BTreeMap::new();
        for kind in Kind::ALL.into_iter().filter(|kind| kind.is_list()) {
            let place = self.store.pull(kind.resource()).await.unwrap().filter(|place| place.walk == walk);
            pages.extend(place.map(|place| (kind, (!place.done).then_some(place.next_page))));
        }
        Some(Stopped { began, pages })
    }

    /// Lists that are not read to their end.
    async fn unfinished(&self) -> BTreeSet<Kind> {
        let mut unfinished = BTreeSet::new();
        for kind in Kind::ALL.into_iter().filter(|kind| kind.is_list()) {
            if !self.store.pull(kind.resource()).await.unwrap().is_some_and(|place| place.done) {
                unfinished.insert(kind);
            }
        }
        unfinished
    }

    /// Whether a pull went on where the one before it stopped.
    fn judge_where_it_went_on(&mut self, stopped: &Stopped) {
        let asked = self.portal.asked();
        for (kind, page) in &stopped.pages {
            let Some(first) = asked.iter().find(|asked| asked.operation == kind.operation()) else { continue };
            match page {
                None => self.say(&format!("{kind:?} was read to its end, and is read again")),
                Some(1) => {}
                Some(page) if first.newest_first || first.number as u64 != *page => {
                    self.say(&format!("{kind:?} stopped at page {page} and went on at page {}", first.number));
                }
                Some(_) => {}
            }
        }
    }

    async fn note_the_walk(&mut self, began: u64, pulled: Option<&Pulled>) {
        let under_way = self.store.meta(STARTED).await.unwrap();
        let under_way = under_way.and_then(|started| started.split_once(' ')?.0.parse().ok());
        // A pull of changes that broke off may have ended a list of the newest walk.
        let newest = self.walks.last_key_value().map(|(walk, _)| *walk);
        if let Some(walk) = under_way.or(pulled.map(|pulled| pulled.walk)).or(newest) {
            self.walks.entry(walk).or_insert((began, 0)).1 = self.portal.now();
        }
    }

    /// What a build with a mistake leaves behind.
    async fn plant(&mut self, pulled: Option<&Pulled>) {
        let whole = pulled.filter(|pulled| pulled.scope == Scope::Everything);
        let mut write = self.store.write().await.unwrap();
        match (self.schedule.bug, whole) {
            (Some(Bug::ForgetsWhereItStopped), None) => write.set_meta(STARTED, None).await.unwrap(),
            (Some(Bug::BelievesTheFirstAbsence), Some(pulled)) => {
                for resource in Resource::ALL {
                    write.settle_walk(resource, pulled.walk).await.unwrap();
                }
            }
            _ => {}
        }
        write.commit().await.unwrap();
    }

    async fn judge(&mut self, began: u64, unfinished: &BTreeSet<Kind>, pulled: Option<&Pulled>) {
        for kind in Kind::ALL {
            let held = judge::held(&self.store, &self.portal, kind).await;
            self.judge_absences(kind, &held);
            if let Some(pulled) = pulled {
                let changes = pulled.scope == Scope::Changes && !unfinished.contains(&kind);
                self.judge_what_was_brought(kind, &held, changes.then_some(began), pulled).await;
            }
            self.held.insert(kind, held);
        }
        if rows(&self.store).await.unwrap() != self.edits {
            self.say("what waits to be sent is not what it was");
        }
        for edit in self.edits.clone() {
            let facts = self.store.client(edit.client).await.unwrap();
            if matches!(edit.intent, Intent::UpdateClient { .. })
                && facts.is_some_and(|facts| facts.client.name.last != EDITED)
            {
                self.say("a client is not shown as the agent means them");
            }
        }
    }

    /// Nothing that the portal still has left the cache, and nothing else before its second absence.
    fn judge_absences(&mut self, kind: Kind, held: &Held) {
        let before = self.held.remove(&kind).unwrap_or_default();
        for key in before.into_keys().filter(|key| !held.contains_key(key)) {
            self.report.left += 1;
            let gone = self.portal.table(kind, |table| table.rows.get(&key).and_then(|row| row.gone));
            let Some(gone) = gone else {
                self.say(&format!("{kind:?} {key} left the cache, and the portal has it"));
                continue;
            };
            // A client's records of a kind are read as often as it takes to read all of the client: within a walk, too.
            let looks = match kind.is_list() {
                true => self.walks.values().filter(|(_, ended)| *ended > gone).count(),
                false => self.ends.iter().filter(|ended| **ended > gone).count(),
            };
            if looks < 2 && kind != Kind::Goals {
                self.say(&format!("{kind:?} {key} left the cache at its first absence"));
            }
        }
        if held.values().any(Option::is_none) {
            self.say(&format!("{kind:?} is in the cache as the portal never had it"));
        }
    }

    /// What a pull says that it read is here: as it was when the pull, or the walk that it ended, began.
    async fn judge_what_was_brought(&mut self, kind: Kind, held: &Held, changes: Option<u64>, pulled: &Pulled) {
        let Place::List(resource) = kind.place() else { return };
        let failure = pulled.left_out.iter().find(|(left_out, _)| *left_out == resource);
        let reading = self.store.list_reading(resource).await.unwrap();
        let wanted = match failure {
            None => Some(judge::reading(None)),
            Some((_, PullError::Portal(ApiError::Forbidden { .. }))) => Some(judge::reading(Some(403))),
            Some((_, PullError::Portal(ApiError::NotFound { .. }))) => Some(judge::reading(Some(404))),
            Some(_) => reading,
        };
        if reading != wanted {
            self.say(&format!("{kind:?} is called {reading:?} and was {wanted:?}"));
        }
        if failure.is_none() {
            let by = changes.unwrap_or(self.walks[&pulled.walk].0);
            let missing = self.portal.table(kind, |table| {
                if judge::tells_changes(kind, table) {
                    judge::missing(kind, table, held, by, changes.is_none())
                } else {
                    Vec::new()
                }
            });
            missing.iter().for_each(|what| self.say(&format!("{:?} were pulled, and {what}", pulled.scope)));
        }
    }

    /// The storm is over: what changed is brought, and then the cache becomes what the portal is.
    async fn calm(&mut self) {
        self.portal.calm();
        self.skew = SignedDuration::ZERO;
        sleep(Duration::from_millis(600_000 + self.portal.now() % 2)).await;
        self.sign_in();
        for tries in 0.. {
            for _ in 0..self.dice.u32(..3) {
                self.portal.add_something(&mut self.dice);
                self.portal.change_something(&mut self.dice);
            }
            sleep(Duration::from_millis(2_000)).await;
            match self.pull(Scope::Changes, false).await {
                Some(pulled) if pulled.scope == Scope::Changes => break,
                _ if tries == 3 => {
                    self.say("what changed is never pulled alone");
                    break;
                }
                _ => {}
            }
        }
        let nobody = self.portal.table(Kind::Clients, |table| table.live(0).next().is_none());
        let refused: BTreeSet<Resource> = Kind::ALL
            .into_iter()
            .filter(|kind| *kind != Kind::Goals && (kind.is_list() || !nobody))
            .filter(|kind| self.portal.table(*kind, |table| table.manner.refused).is_some())
            .map(Kind::resource)
            .collect();
        for _ in 0..3 {
            sleep(Duration::from_millis(2_000)).await;
            let pulled = self.pull(Scope::Everything, false).await;
            let left_out = pulled.map(|pulled| pulled.left_out.into_iter().map(|(resource, _)| resource).collect());
            if left_out.as_ref() != Some(&refused) {
                self.say(&format!("in quiet, {left_out:?} was left out, and {refused:?} is refused"));
            }
        }
        self.judge_the_end(refused.is_empty()).await;
    }

    /// The cache is what the portal is.
    async fn judge_the_end(&mut self, all_is_read: bool) {
        let clients: Vec<i64> = self
            .portal
            .table(Kind::Clients, |table| table.live(0).filter(|(_, row)| !row.odd).map(|(key, _)| key).collect());
        let mut odd = 0;
        for kind in Kind::ALL {
            let held = self.held[&kind].clone();
            let refused = self.portal.table(kind, |table| table.manner.refused);
            if refused.is_none() {
                let differences = self.portal.table(kind, |table| {
                    odd += table.live(0).filter(|(_, row)| row.odd).count();
                    [judge::missing(kind, table, &held, u64::MAX, true), judge::strangers(kind, table, &held)].concat()
                });
                differences.iter().for_each(|what| self.say(&format!("in the end, {what}")));
            }
            if let Place::Detail(table) = kind.place() {
                for client in &clients {
                    let reading = self.store.reading(ClientId(*client), table).await.unwrap();
                    if reading != Some(judge::reading(refused)) {
                        self.say(&format!("{kind:?} of {client} is called {reading:?}; refused: {refused:?}"));
                    }
                }
                if table == DetailTable::CreditReports && refused.is_none() {
                    let wrong = judge::contents(&self.store, &held).await;
                    wrong.iter().for_each(|what| self.say(what));
                }
            }
        }
        let parked = self.store.parked().await.unwrap() as usize;
        if all_is_read && parked != odd {
            self.say(&format!("{odd} rows cannot be read, and {parked} are counted"));
        }
        if sync::fax_reattempts(&self.store).await.unwrap() != Some(3)
            || self.store.goals().await.unwrap().len() != 1
            || self.store.segments().await.unwrap().len() != 1
        {
            self.say("the fax setting, the goals or the segments are not here");
        }
    }
}

/// Waits about so many milliseconds, until an odd one.
async fn odd(portal: &ModelledPortal, about: u64) {
    sleep(Duration::from_millis(about + (portal.now() + about + 1) % 2)).await;
}
