//! A desk in a process of its own that is killed again and again while it sends.
//!
//! The child ([`sender`]) opens the desk on a data folder and works through an [`Order`]; it says what is durable, one line
//! each. The practice portal runs in the parent, which kills the child at points that follow from a seed: once it accepted so
//! much and the child said so many lines more, or while a request is at the portal, handled or not. After every kill the files
//! as they lie on the disk must open, answer and be whole; at the end the outbox is compared with the portal's ledger
//! ([`ledger`]).
//!
//! The order, with the keychain's secrets, goes through the child's standard input. A kill loses nothing that the operating
//! system has taken: a lost power supply is the simulation's and the torn disk's matter.

mod ledger;
mod sender;

pub use ledger::{Ended, compare};
pub use sender::{Order, send};

use crate::{Office, portal, work};
use domain::outbox::Rules;
use jiff::SignedDuration;
use practice_portal::{Action, Gate, Rule, Running};
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::sync::Arc;
use std::time::{Duration, Instant};
use store::{OutboxFilter, Store};
use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader, Lines};
use tokio::process::{Child, ChildStdin, ChildStdout, Command};

/// The outbox of a process that is killed. Quiet must be longer than the portal takes for a request whose sender is dead.
pub const PACE: Rules = Rules { quiet: SignedDuration::from_millis(600), ..crate::QUICK };

/// Rows that a child lets wait at once: kills meet queueing and sending alike.
const WAITING: u32 = 12;
/// How long a child lives: the most that the portal accepts, and the most lines that the child says after that.
type Span = (usize, usize);
/// When the work is behind the kills, and when it is not.
const LONG: Span = (4, 8);
const SHORT: Span = (0, 2);
const CALLS: [&str; 3] = ["POST /attachments", "POST /correspondences/send", "POST /notes"];

/// How often is killed, and what is sent meanwhile.
#[derive(Clone, Debug)]
pub struct Plan {
    /// Kills.
    pub kills: u32,
    /// Faxes and notes, half of each.
    pub rows: usize,
    /// Where the kills fall.
    pub seed: u64,
    /// The child's program.
    pub sender: PathBuf,
}

/// What became of it.
#[derive(Clone, Debug, Default)]
pub struct Report {
    /// Kills while there was something to do.
    pub kills: u32,
    /// Of those, kills while the portal had a request in hand.
    pub in_flight: u32,
    /// Promises that were broken, in words.
    pub broken: Vec<String>,
    /// How long each reopening of the files took until the outbox was counted.
    pub reopened: Vec<Duration>,
    /// How long each child took from its start of the desk until the outbox was counted, milliseconds.
    pub restarted_ms: Vec<u64>,
    /// How the rows ended.
    pub ended: Ended,
}

/// Kills, lets the last child come to rest, and compares.
pub async fn run(plan: &Plan, progress: impl Fn(&str)) -> Report {
    let (office, portal) = (Office { clock: Arc::new(desk::SystemClock), ..Office::default() }, portal(40).await);
    portal.limit_rate(u32::MAX);
    let works = work::prepare(&office, &portal, plan.rows).await;
    let order = Order::new(&office, &works, WAITING);
    let before = portal.accepted().await.unwrap().len();
    let mut report = Report::default();
    let mut promised = BTreeSet::new();
    // Many letters about few items: the rule against a second dispute would hold them.
    std::fs::write(office.data().join("settings.toml"), "[gate]\ndispute_open = \"off\"\n").unwrap();
    let mut dice = fastrand::Rng::with_seed(plan.seed);
    while report.kills < plan.kills {
        let left = plan.rows.saturating_sub(portal.accepted().await.unwrap().len() - before);
        // The kills come to their end a little before the work: a life is long when the work is behind, and short else.
        let behind = (plan.rows - left) * (plan.kills as usize) * 10 < plan.rows * (report.kills as usize) * 9;
        let span = if behind { LONG } else { SHORT };
        let mut life = Life::begin(&plan.sender, &order).await;
        let (was_quiet, in_flight) = life.until_a_point(&portal, &mut dice, span).await;
        life.kill().await;
        portal.faults().clear();
        portal.quiet().await;
        promised.extend(life.queued);
        report.restarted_ms.extend(life.opened_ms);
        report.broken.extend(life.broken);
        if was_quiet {
            break;
        }
        report.kills += 1;
        report.in_flight += u32::from(in_flight);
        report.reopened.push(reopen(&office, &promised, &mut report.broken).await);
        if report.kills.is_multiple_of(10) {
            let done = portal.accepted().await.unwrap().len() - before;
            progress(&format!("{} kills, {done} of {} accepted", report.kills, plan.rows));
        }
    }
    let mut life = Life::begin(&plan.sender, &order).await;
    while let Some(line) = life.line().await {
        if line == "quiet" {
            break;
        }
    }
    life.end().await;
    promised.extend(life.queued);
    report.broken.extend(life.broken);
    let accepted = portal.accepted().await.unwrap().split_off(before);
    office
        .in_the_cache(async |store| {
            let (ended, broken) = compare(store, &works, &promised, &accepted).await;
            report.ended = ended;
            report.broken.extend(broken);
        })
        .await;
    report
}

/// Opens a copy of the files as the kill left them: the child's own restart must meet them untouched.
async fn reopen(office: &Office, promised: &BTreeSet<usize>, broken: &mut Vec<String>) -> Duration {
    let after = office.after_a_power_failure();
    let started = Instant::now();
    let mut took = Duration::ZERO;
    after
        .in_the_cache(async |store| {
            store.outbox_counts().await.unwrap();
            took = started.elapsed();
            let rows = count(store).await;
            if rows < promised.len() {
                broken.push(format!("{} rows were promised, {rows} are there after a kill", promised.len()));
            }
            broken.extend(store.faults().await.unwrap());
        })
        .await;
    took
}

async fn count(store: &Store) -> usize {
    store.outbox(OutboxFilter { over: true, ..OutboxFilter::default() }).await.unwrap().len()
}

/// One child, from its start to its death.
struct Life {
    child: Child,
    said: Lines<BufReader<ChildStdout>>,
    stdin: Option<ChildStdin>,
    /// What it said is durable.
    queued: Vec<usize>,
    opened_ms: Vec<u64>,
    broken: Vec<String>,
}

impl Life {
    async fn begin(program: &Path, order: &Order) -> Self {
        let mut command = Command::new(program);
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).kill_on_drop(true);
        let mut child = command.spawn().unwrap();
        let mut stdin = child.stdin.take().unwrap();
        stdin.write_all(format!("{}\n", serde_json::to_string(order).unwrap()).as_bytes()).await.unwrap();
        let said = BufReader::new(child.stdout.take().unwrap()).lines();
        Self { child, said, stdin: Some(stdin), queued: Vec::new(), opened_ms: Vec::new(), broken: Vec::new() }
    }

    /// The next line; `None` when the child has ended.
    async fn line(&mut self) -> Option<String> {
        let line = self.said.next_line().await.unwrap()?;
        match line.split_once(' ') {
            Some(("queued", numbers)) => {
                self.queued.extend(numbers.split_whitespace().map(|number| number.parse::<usize>().unwrap()));
            }
            Some(("opened", ms)) => self.opened_ms.push(ms.parse().unwrap()),
            Some(("failed", why)) => self.broken.push(format!("a child failed: {why}")),
            _ => {}
        }
        Some(line)
    }

    /// Waits until it is time for the kill: the portal has a request in hand, or it accepted so much and the child said so
    /// many lines after that. Answers whether there was nothing left to do, and whether a request is in hand.
    async fn until_a_point(&mut self, portal: &Running, dice: &mut fastrand::Rng, (most, lines): Span) -> (bool, bool) {
        let gate = Gate::new();
        let at_the_portal = dice.u8(..10) < 4;
        if at_the_portal {
            let action = if dice.bool() { Action::Hold(gate.clone()) } else { Action::HandleLate(gate.clone()) };
            let call = CALLS[dice.usize(..CALLS.len())];
            portal.faults().add(Rule::on(call, action).skip(dice.u32(..2)));
        }
        // A gate that no request comes to must not keep the child alive for ever.
        let wanted = if at_the_portal { most + 1 } else { dice.usize(..=most) };
        let wanted = portal.accepted().await.unwrap().len() + wanted;
        let mut left = dice.usize(1..=lines);
        let mut in_flight = false;
        while left > 0 {
            tokio::select! {
                line = self.line() => match line.as_deref() {
                    Some("quiet") => return (true, false),
                    Some(_) => left -= usize::from(portal.accepted().await.unwrap().len() >= wanted),
                    None => break,
                },
                () = gate.reached(1) => {
                    in_flight = true;
                    break;
                }
            }
        }
        for _ in 0..dice.u32(..40) {
            tokio::task::yield_now().await;
        }
        (false, in_flight)
    }

    /// Kills it; what it had said before counts.
    async fn kill(&mut self) {
        self.child.start_kill().unwrap();
        self.child.wait().await.unwrap();
        while self.line().await.is_some() {}
    }

    /// Lets it close its desk.
    async fn end(&mut self) {
        self.stdin = None;
        while self.line().await.is_some() {}
        let status = self.child.wait().await.unwrap();
        if !status.success() {
            self.broken.push(format!("the last child ended with {status}"));
        }
    }
}
