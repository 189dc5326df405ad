//! When the outbox's worker asks the portal, what wakes it, and what it tells, on a virtual clock.
#![expect(clippy::expect_used, reason = "a test fails by panicking")]

#[expect(
    dead_code,
    unused_imports,
    unreachable_pub,
    clippy::unwrap_used,
    clippy::panic,
    reason = "it is written for another crate, and fails by panicking"
)]
#[path = "../../../../tests/support/simulation/mod.rs"]
mod simulation;

use domain::outbox::{
    Attempt, DocumentFile, FileRef, Intent, Look, NotSent, OutboxRow, OutboxState, Rules, Step, Trouble,
};
use domain::{ClientId, IntentId};
use futures::future::{Either, select};
use jiff::{SignedDuration, Timestamp};
use simulation::{Memory, Rows, Time};
use std::future::Future;
use std::pin::pin;
use std::sync::{Arc, Mutex};
use std::time::Duration;
use sync::outbox::{Brake, Clock, Gate, Journal, JournalError, Parts, Paused, Remote, Wake, Worker};
use tokio_util::sync::CancellationToken;

/// What the portal says, from when on.
type Says = Arc<dyn Fn(Duration) -> Attempt + Send + Sync>;

/// A portal that says what the test tells it to, and remembers when it was asked.
#[derive(Clone)]
struct Told {
    time: Time,
    says: Says,
    sees: Arc<dyn Fn(Duration) -> Look + Send + Sync>,
    /// How long a call takes.
    takes: Duration,
    calls: Arc<Mutex<Vec<Duration>>>,
    looks: Arc<Mutex<Vec<Duration>>>,
    /// Calls under way, and the most there ever were since this was last cleared.
    under_way: Arc<Mutex<(usize, usize)>>,
}

impl Remote for Told {
    async fn attempt(&self, _: &OutboxRow) -> Attempt {
        let now = self.time.now();
        self.calls.lock().expect("the calls").push(now);
        {
            let mut under_way = self.under_way.lock().expect("the calls");
            under_way.0 += 1;
            under_way.1 = under_way.1.max(under_way.0);
        }
        self.time.sleep(self.takes).await;
        self.under_way.lock().expect("the calls").0 -= 1;
        (self.says)(now)
    }

    async fn look(&self, _: &OutboxRow, _: &[String]) -> Look {
        let now = self.time.now();
        self.looks.lock().expect("the looks").push(now);
        (self.sees)(now)
    }
}

struct Free;

impl Gate for Free {
    async fn holds(&self, _: &OutboxRow) -> Result<Option<Trouble>, JournalError> {
        Ok(None)
    }
}

#[derive(Clone)]
struct Plain(Time);

impl Clock for Plain {
    fn now(&self) -> Timestamp {
        epoch() + SignedDuration::try_from(self.0.now()).expect("a time")
    }

    fn elapsed(&self) -> Duration {
        self.0.now()
    }

    async fn sleep(&self, wait: Duration) {
        self.0.sleep(wait).await;
    }

    fn dice(&self) -> u8 {
        0
    }
}

fn epoch() -> Timestamp {
    Timestamp::from_second(1_780_000_000).expect("a time")
}

/// The worker at work, with what drives it beside.
struct Bench {
    time: Time,
    memory: Memory,
    wake: Wake,
    brake: Brake,
    portal: Told,
    /// What was told of rows: their state, and why the worker rests.
    told: Mutex<Vec<(OutboxState, Option<Paused>)>>,
}

impl Bench {
    fn new(says: impl Fn(Duration) -> Attempt + Send + Sync + 'static) -> Self {
        let time = Time::default();
        let portal = Told {
            time: time.clone(),
            says: Arc::new(says),
            sees: Arc::new(|_| Look::NotNow(NotSent::Unreachable("no connection".into()))),
            takes: Duration::ZERO,
            calls: Arc::default(),
            looks: Arc::default(),
            under_way: Arc::default(),
        };
        Self {
            time,
            memory: Memory::default(),
            wake: Wake::default(),
            brake: Brake::default(),
            portal,
            told: Mutex::default(),
        }
    }

    /// A note for a client, in a lane of its own.
    async fn queue(&self, client: i64) {
        let id = IntentId(format!("note-{client}"));
        let intent = Intent::CreateNote { text: "a note".into() };
        self.memory.enqueue(OutboxRow::new(id, ClientId(client), intent, Plain(self.time.clone()).now())).await;
    }

    /// A document with its file.
    async fn queue_file(&self, client: i64) -> IntentId {
        let id = IntentId(format!("file-{client}"));
        let file =
            FileRef { hash: "h".into(), name: "id.pdf".into(), kind: "application/pdf".into(), size: 9, caption: None };
        let intent = Intent::AddDocument(DocumentFile { file, kind: "id".into(), subkind: None });
        let row = OutboxRow::new(id.clone(), ClientId(client), intent, Plain(self.time.clone()).now());
        self.memory.enqueue(row).await;
        id
    }

    /// Changes a row as the desk does: on the disk first, then the brake, then the worker is woken.
    async fn change(&self, id: &IntentId, change: impl Fn(&OutboxRow) -> OutboxRow) {
        let row = self.memory.row(id).await.expect("the journal").expect("the row");
        let changed = change(&row);
        assert!(self.memory.save(&changed).await.expect("the journal"));
        self.brake.follow(&changed);
        self.wake.rows();
    }

    /// Works while `driver` acts, and until it ends.
    fn run(&self, driver: impl AsyncFnOnce(&CancellationToken)) {
        let parts = Parts {
            journal: self.memory.clone(),
            remote: self.portal.clone(),
            gate: Free,
            clock: Plain(self.time.clone()),
            brake: self.brake.clone(),
            rules: Rules::default(),
        };
        let worker = Worker::new(parts, self.wake.clone());
        let cancel = CancellationToken::new();
        let tell =
            |row: &OutboxRow, paused: Option<Paused>| self.told.lock().expect("the told").push((row.state, paused));
        self.time.run(async {
            let working = pin!(worker.run(&cancel, &tell));
            let driving = pin!(driver(&cancel));
            match select(working, driving).await {
                Either::Left((ended, driving)) => {
                    assert!(cancel.is_cancelled() && ended.is_ok(), "the worker ends when it is asked to");
                    driving.await;
                }
                Either::Right(((), working)) => {
                    cancel.cancel();
                    assert!(working.await.is_ok());
                }
            }
        });
    }

    fn sleep(&self, seconds: u64) -> impl Future<Output = ()> {
        self.time.sleep(Duration::from_secs(seconds))
    }

    /// When the portal was asked, in seconds.
    fn calls(&self) -> Vec<f64> {
        self.portal.calls.lock().expect("the calls").iter().map(Duration::as_secs_f64).collect()
    }

    fn most_at_once(&self) -> usize {
        let mut under_way = self.portal.under_way.lock().expect("the calls");
        std::mem::replace(&mut under_way.1, 0)
    }

    fn told(&self) -> Vec<(OutboxState, Option<Paused>)> {
        self.told.lock().expect("the told").clone()
    }
}

fn accepted(_: Duration) -> Attempt {
    Attempt::Accepted { server_id: Some("1".into()), attachment: None }
}

fn away() -> Attempt {
    Attempt::NotSent(NotSent::Unreachable("no connection".into()))
}

/// Away until so many seconds have gone.
fn away_until(seconds: u64) -> impl Fn(Duration) -> Attempt + Send + Sync {
    move |now| if now < Duration::from_secs(seconds) { away() } else { accepted(now) }
}

#[test]
fn a_row_that_is_queued_while_the_worker_sleeps_goes_at_once() {
    let bench = Bench::new(accepted);
    bench.run(async |_| {
        for client in 1..=3 {
            bench.sleep(10).await;
            bench.queue(client).await;
            bench.wake.rows();
        }
        bench.sleep(1).await;
    });
    assert_eq!(bench.calls(), [10.0, 20.0, 30.0]);
    assert_eq!(bench.told(), [(OutboxState::Done, None); 3]);
}

#[test]
fn a_row_that_nobody_told_of_goes_within_a_minute() {
    let bench = Bench::new(accepted);
    bench.run(async |_| {
        bench.sleep(1).await;
        bench.queue(1).await;
        bench.sleep(100).await;
    });
    assert_eq!(bench.calls(), [60.0]);
}

#[test]
fn lanes_go_side_by_side_four_at_a_time() {
    let mut bench = Bench::new(accepted);
    bench.portal.takes = Duration::from_secs(2);
    bench.run(async |_| {
        for client in 1..=9 {
            bench.queue(client).await;
        }
        bench.wake.rows();
        bench.sleep(30).await;
    });
    assert_eq!(bench.most_at_once(), 4);
    assert_eq!(bench.calls(), [0.0, 0.0, 0.0, 0.0, 2.0, 2.0, 2.0, 2.0, 4.0]);
}

#[test]
fn while_the_portal_is_away_one_asks_and_the_waits_grow() {
    let bench = Bench::new(|_| away());
    bench.run(async |_| {
        for client in 1..=9 {
            bench.queue(client).await;
        }
        bench.wake.rows();
        bench.sleep(100).await;
    });
    let calls = bench.calls();
    assert_eq!(calls[..4], [0.0; 4], "nobody knew");
    // After the four of the first round, each wait is twice the one before: 5, 10, 20 and 40 seconds for the first four.
    assert_eq!(calls[4..], [40.0], "{calls:?}");
    let told = bench.told();
    assert!(
        told.iter().all(|(state, paused)| (*state, *paused) == (OutboxState::Queued, Some(Paused::Away))),
        "{told:?}"
    );
}

#[test]
fn a_portal_that_is_back_is_told_and_everything_goes() {
    let bench = Bench::new(away_until(3));
    bench.run(async |_| {
        bench.queue(1).await;
        bench.wake.rows();
        bench.sleep(60).await;
        for client in 2..=9 {
            bench.queue(client).await;
        }
        bench.wake.rows();
        bench.sleep(1).await;
    });
    assert_eq!(bench.calls()[..2], [0.0, 5.0]);
    assert_eq!(bench.calls().len(), 10, "the eight others go at once");
    assert_eq!(bench.told()[0], (OutboxState::Queued, Some(Paused::Away)));
    assert_eq!(bench.told()[1..], [(OutboxState::Done, None); 9]);
}

#[test]
fn a_network_that_is_back_ends_the_wait() {
    let bench = Bench::new(away_until(7));
    bench.run(async |_| {
        bench.queue(1).await;
        bench.wake.rows();
        bench.sleep(6).await;
        bench.wake.network();
        bench.sleep(2).await;
        bench.wake.network();
        bench.sleep(1).await;
    });
    assert_eq!(bench.calls(), [0.0, 5.0, 6.0, 8.0]);
}

#[test]
fn a_portal_that_asks_for_time_gets_it() {
    let busy = |now: Duration| {
        if now.is_zero() { Attempt::NotSent(NotSent::Busy(Some(SignedDuration::from_secs(33)))) } else { accepted(now) }
    };
    let bench = Bench::new(busy);
    bench.run(async |_| {
        bench.queue(1).await;
        bench.queue(2).await;
        bench.wake.rows();
        bench.sleep(10).await;
        bench.queue(3).await;
        bench.wake.rows();
        bench.sleep(50).await;
    });
    assert_eq!(bench.calls(), [0.0, 0.0, 33.0, 33.0, 33.0]);
}

#[test]
fn an_ended_session_waits_for_somebody_to_sign_in_however_long() {
    let ended = |now: Duration| {
        if now < Duration::from_secs(4_000) { Attempt::NotSent(NotSent::SignIn) } else { accepted(now) }
    };
    let bench = Bench::new(ended);
    bench.run(async |_| {
        bench.queue(1).await;
        bench.wake.rows();
        bench.sleep(10).await;
        bench.queue(2).await;
        bench.wake.rows();
        bench.wake.network();
        bench.sleep(3_990).await;
        bench.wake.signed_in();
        bench.sleep(1).await;
    });
    assert_eq!(bench.calls(), [0.0, 4_000.0, 4_000.0]);
    assert_eq!(bench.told()[0], (OutboxState::Queued, Some(Paused::SignIn)));
    assert_eq!(bench.told()[1..], [(OutboxState::Done, None); 2]);
}

#[test]
fn signing_in_and_a_network_hurry_nobody_who_waits_for_something_else() {
    let errors = |now: Duration| if now.is_zero() { Attempt::NotSent(NotSent::Busy(None)) } else { accepted(now) };
    let bench = Bench::new(errors);
    bench.run(async |_| {
        bench.queue(1).await;
        bench.wake.rows();
        bench.sleep(1).await;
        bench.wake.signed_in();
        bench.sleep(1).await;
        bench.wake.rows();
        bench.sleep(10).await;
    });
    assert_eq!(bench.calls(), [0.0, 5.0]);
}

#[test]
fn a_lost_answer_is_looked_for_and_a_look_in_vain_rests_everybody() {
    let mut bench =
        Bench::new(|now| if now.is_zero() { Attempt::Lost("the answer was cut off".into()) } else { accepted(now) });
    bench.portal.sees = Arc::new(|now| {
        if now < Duration::from_secs(200) {
            Look::NotNow(NotSent::Unreachable("no connection".into()))
        } else {
            Look::Absent { evidence: "no such note".into() }
        }
    });
    bench.run(async |_| {
        bench.queue(1).await;
        bench.wake.rows();
        bench.sleep(600).await;
    });
    let looks: Vec<f64> = bench.portal.looks.lock().expect("the looks").iter().map(Duration::as_secs_f64).collect();
    assert!(looks.windows(2).all(|pair| pair[1] - pair[0] >= 5.0), "each look in vain waits longer: {looks:?}");
    let told = bench.told();
    assert_eq!(told[0], (OutboxState::Unknown, None));
    assert_eq!(told[1], (OutboxState::Unknown, Some(Paused::Away)), "{told:?}");
    assert_eq!(told.last(), Some(&(OutboxState::Done, None)), "{told:?}");
    assert_eq!(bench.calls().len(), 2, "sent again after two absences: {looks:?}");
}

#[test]
fn a_list_that_the_portal_fails_at_holds_up_its_own_row_alone() {
    let mut bench = Bench::new(|now| if now.is_zero() { Attempt::Lost("cut off".into()) } else { accepted(now) });
    bench.portal.sees = Arc::new(|_| Look::NotNow(NotSent::Failed("status 500".into())));
    bench.run(async |_| {
        bench.queue(1).await;
        bench.wake.rows();
        bench.sleep(300).await;
        bench.queue(2).await;
        bench.wake.rows();
        bench.sleep(1).await;
    });
    let told = bench.told();
    assert!(told.iter().all(|(_, paused)| paused.is_none()), "nothing rests: {told:?}");
    assert_eq!(told.last(), Some(&(OutboxState::Done, None)), "the other client's row goes: {told:?}");
    let looks: Vec<f64> = bench.portal.looks.lock().expect("the looks").iter().map(Duration::as_secs_f64).collect();
    assert!(looks.len() > 2 && looks.windows(3).all(|wait| wait[2] - wait[1] > wait[1] - wait[0]), "{looks:?}");
}

#[test]
fn a_worker_that_is_cancelled_ends_what_is_under_way_and_begins_nothing() {
    let mut bench = Bench::new(accepted);
    bench.portal.takes = Duration::from_secs(2);
    bench.run(async |cancel| {
        for client in 1..=9 {
            bench.queue(client).await;
        }
        bench.wake.rows();
        bench.sleep(1).await;
        cancel.cancel();
        bench.sleep(20).await;
    });
    assert_eq!(bench.calls(), [0.0; 4]);
    assert_eq!(bench.told(), [(OutboxState::Done, None); 4], "their outcomes are kept");
}

fn paused(row: &OutboxRow) -> OutboxRow {
    row.paused().expect("it can be paused")
}

fn resumed(row: &OutboxRow) -> OutboxRow {
    row.resumed().expect("it can be resumed")
}

#[test]
fn a_pause_cuts_an_upload_at_once_and_the_file_goes_anew_when_it_is_resumed() {
    let mut bench = Bench::new(accepted);
    bench.portal.takes = Duration::from_secs(30);
    bench.run(async |_| {
        let id = bench.queue_file(1).await;
        bench.wake.rows();
        bench.sleep(10).await;
        bench.change(&id, paused).await;
        bench.sleep(1).await;
        let row = bench.memory.row(&id).await.expect("the journal").expect("the row");
        assert_eq!((row.state, row.step, row.attempts), (OutboxState::Queued, Step::Upload, 0), "nothing waits for it");
        bench.sleep(1_000).await;
        bench.change(&id, resumed).await;
        bench.sleep(100).await;
    });
    assert_eq!(bench.calls(), [0.0, 1_011.0, 1_041.0]);
    let told: Vec<OutboxState> = bench.told().into_iter().map(|(state, _)| state).collect();
    assert_eq!(told, [OutboxState::Queued, OutboxState::Queued, OutboxState::Done]);
}

#[test]
fn a_pause_lets_the_call_that_counts_end_and_its_outcome_is_kept() {
    let mut bench = Bench::new(accepted);
    bench.portal.takes = Duration::from_secs(30);
    bench.run(async |_| {
        bench.queue(1).await;
        bench.wake.rows();
        bench.sleep(10).await;
        bench.change(&IntentId("note-1".into()), paused).await;
        bench.sleep(100).await;
    });
    assert_eq!((bench.calls(), bench.told()), (vec![0.0], vec![(OutboxState::Done, None)]));
}

#[test]
fn a_paused_row_holds_back_its_own_lane_and_no_other() {
    let bench = Bench::new(accepted);
    bench.run(async |_| {
        let id = bench.queue_file(1).await;
        bench.change(&id, paused).await;
        bench.queue(1).await;
        bench.queue(2).await;
        bench.wake.rows();
        bench.sleep(1_000).await;
        assert_eq!(bench.calls(), [0.0], "the other client's");
        bench.change(&id, resumed).await;
        bench.sleep(1).await;
    });
    assert_eq!(bench.calls(), [0.0, 1_000.0, 1_000.0, 1_000.0]);
}

#[test]
fn while_all_sending_is_paused_nothing_begins_uploads_are_cut_and_what_was_sent_is_still_read_back() {
    let mut bench =
        Bench::new(|now| if now.is_zero() { Attempt::Lost("the answer was cut off".into()) } else { accepted(now) });
    bench.portal.takes = Duration::from_secs(2);
    bench.portal.sees =
        Arc::new(|_| Look::Found { server_id: Some("1".into()), evidence: "note 1 is this one".into() });
    bench.run(async |_| {
        bench.queue(1).await;
        bench.wake.rows();
        bench.sleep(3).await;
        bench.queue_file(2).await;
        bench.wake.rows();
        bench.sleep(1).await;
        bench.brake.hold_all(true);
        bench.queue(3).await;
        bench.wake.rows();
        bench.sleep(1_000).await;
        assert_eq!(bench.calls(), [0.0, 3.0]);
        assert_eq!(bench.portal.looks.lock().expect("the looks").len(), 1);
        bench.brake.hold_all(false);
        bench.wake.rows();
        bench.sleep(100).await;
    });
    assert_eq!(bench.calls(), [0.0, 3.0, 1_004.0, 1_004.0, 1_006.0]);
    assert_eq!(bench.told().iter().filter(|(state, _)| *state == OutboxState::Done).count(), 3);
}
