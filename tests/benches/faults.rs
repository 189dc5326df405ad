//! The outbox and the pull under faults, large: schedules of the outbox in memory and on files, schedules of pulls, a desk
//! that is killed, torn caches, pulls over HTTP from a portal that moves, and how long it takes to queue.
//!
//! `DESK_FAULTS_MEMORY`, `_FILES`, `_STORMS`, `_KILLS`, `_TORN`, `_PULLS` and `_INTENTS` say how many of each; 0 leaves it out.
//! `DESK_FAULTS_SEED` says from which number. The last line is one JSON object; a broken promise ends with an error.

use desk_tests::simulation::{Bug, Report, Schedule, in_memory, on_disk};
use desk_tests::{enqueue, kill, pulling, shifting, torn};
use serde_json::{Map, Value, json};
use std::process::ExitCode;
use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

const THREADS: u64 = 2;
/// A planted mistake must be found within so many schedules.
const FOUND_WITHIN: u64 = 10_000;

fn wanted(name: &str, large: u64) -> u64 {
    std::env::var(format!("DESK_FAULTS_{name}")).ok().and_then(|n| n.parse().ok()).unwrap_or(large)
}

fn main() -> ExitCode {
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap();
    let seed = wanted("SEED", 0);
    let mut figures = Map::new();
    let mut broken: Vec<String> = Vec::new();
    figures.insert("bench".into(), json!("faults"));

    let intents = wanted("INTENTS", 5_000);
    if intents > 0 {
        figures.insert("enqueue".into(), runtime.block_on(enqueued(usize::try_from(intents).unwrap())));
    }
    let schedules = wanted("MEMORY", 1_000_000);
    if schedules > 0 {
        figures.insert("planted_bugs_found_at".into(), planted_bugs(&mut broken));
        let play = |seed| in_memory(Schedule { seed, bug: None });
        figures.insert("memory".into(), many("in memory", seed, schedules, play, &mut broken));
    }
    let schedules = wanted("FILES", 20_000);
    if schedules > 0 {
        let folder = tempfile::TempDir::new().unwrap();
        let play = |seed| runtime.block_on(on_disk(Schedule { seed, bug: None }, folder.path()));
        figures.insert("files".into(), many("on files", seed, schedules, play, &mut broken));
    }
    let schedules = wanted("STORMS", 2_000);
    if schedules > 0 {
        figures.insert("storms".into(), storms(seed, schedules, &mut broken));
    }
    let kills = wanted("KILLS", 300);
    if kills > 0 {
        figures.insert("kill".into(), runtime.block_on(killed(seed, kills, &mut broken)));
    }
    let copies = wanted("TORN", 1_000);
    if copies > 0 {
        figures.insert("torn".into(), runtime.block_on(torn_copies(seed, copies, &mut broken)));
    }
    let pulls = wanted("PULLS", 500);
    if pulls > 0 {
        figures.insert("pulls".into(), runtime.block_on(pulled(seed, pulls, &mut broken)));
    }
    for what in &broken {
        println!("BROKEN: {what}");
    }
    figures.insert("broken".into(), json!(broken.len()));
    println!("{}", Value::Object(figures));
    if broken.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

/// Plays schedules on all threads.
fn many(what: &str, from: u64, schedules: u64, play: impl Fn(u64) -> Report + Sync, broken: &mut Vec<String>) -> Value {
    let started = Instant::now();
    let next = AtomicU64::new(0);
    let all = Mutex::new(Report::default());
    let step = (schedules / 20).max(1);
    std::thread::scope(|scope| {
        for _ in 0..THREADS {
            scope.spawn(|| {
                loop {
                    let number = next.fetch_add(1, Ordering::Relaxed);
                    if number >= schedules {
                        return;
                    }
                    let report = play(from + number);
                    let mut all = all.lock().unwrap();
                    all.add(report);
                    if (number + 1).is_multiple_of(step) {
                        let seconds = started.elapsed().as_secs();
                        println!("  {} schedules {what} after {seconds} s, {} broken", number + 1, all.broken.len());
                    }
                }
            });
        }
    });
    let all = all.into_inner().unwrap();
    let twice = all.broken.iter().filter(|what| what.contains("was accepted")).count();
    let settled = 1.0 - f64::from(all.left_to_the_agent) / f64::from(all.were_unknown.max(1));
    if settled < 0.999 {
        broken.push(format!("{what}, only {settled} of the unknown outcomes settled by themselves"));
    }
    broken.extend(all.broken.iter().map(|broke| format!("{what}, {broke}")));
    json!({
        "schedules": schedules, "seconds": rounded(started.elapsed()), "intents": all.intents, "accepted": all.accepted,
        "power_failures": all.crashes, "accepted_twice": twice, "broken": all.broken.len(),
        "were_unknown": all.were_unknown, "left_to_the_agent": all.left_to_the_agent, "settled_by_itself": settled,
    })
}

/// Plays schedules with each planted mistake until it is found; answers by which one it was.
fn planted_bugs(broken: &mut Vec<String>) -> Value {
    let bugs = [
        (Bug::ResendsAfterATimeout, "resends after a timeout"),
        (Bug::SendsBeforeItIsDurable, "sends before it is durable"),
        (Bug::BelievesTheFirstAbsence, "believes the first absence"),
        (Bug::DropsUnknownKinds, "drops unknown kinds"),
    ];
    let mut found = Map::new();
    for (bug, name) in bugs {
        let at = (0..FOUND_WITHIN).find(|seed| !in_memory(Schedule { seed: *seed, bug: Some(bug) }).broken.is_empty());
        if at.is_none() {
            broken.push(format!("a build that {name} was not found within {FOUND_WITHIN} schedules"));
        }
        println!("  a build that {name} is found by schedule {at:?}");
        found.insert(name.into(), json!(at));
    }
    Value::Object(found)
}

/// Plays schedules of pulls on all threads, and with each planted mistake until it is found.
fn storms(from: u64, schedules: u64, broken: &mut Vec<String>) -> Value {
    use pulling::{Bug, Schedule};
    let folder = pulling::folder();
    let mut found = Map::new();
    for bug in Bug::ALL {
        let play =
            |seed: &u64| !pulling::play(Schedule { seed: *seed, bug: Some(bug) }, folder.path()).broken.is_empty();
        let at = (0..FOUND_WITHIN).find(play);
        println!("  of pulls, {bug:?} is found by schedule {at:?}");
        if at.is_none() {
            broken.push(format!("of pulls, {bug:?} was not found within {FOUND_WITHIN} schedules"));
        }
        found.insert(format!("{bug:?}"), json!(at));
    }
    let started = Instant::now();
    let next = AtomicU64::new(0);
    let all = Mutex::new(pulling::Report::default());
    let step = (schedules / 20).max(1);
    let play = || {
        loop {
            let number = next.fetch_add(1, Ordering::Relaxed);
            if number >= schedules {
                return;
            }
            let report = pulling::play(Schedule { seed: from + number, bug: None }, folder.path());
            let mut all = all.lock().unwrap();
            all.add(report);
            if (number + 1).is_multiple_of(step) {
                let seconds = started.elapsed().as_secs();
                println!("  {} schedules of pulls after {seconds} s, {} broken", number + 1, all.broken.len());
            }
        }
    };
    std::thread::scope(|scope| (0..THREADS).for_each(|_| drop(scope.spawn(play))));
    let all = all.into_inner().unwrap();
    broken.extend(all.broken.iter().map(|broke| format!("of pulls, {broke}")));
    json!({
        "planted_bugs_found_at": found, "schedules": schedules, "seconds": rounded(started.elapsed()), "pulls": all.pulls,
        "ended": all.ended, "left_something_out": all.left_out, "cancelled": all.cancelled, "died": all.died,
        "resumed": all.resumed, "calls": all.calls, "rows_that_left": all.left, "broken": all.broken.len(),
        "virtual_days": all.lasted / 86_400_000,
    })
}

async fn killed(seed: u64, kills: u64, broken: &mut Vec<String>) -> Value {
    let started = Instant::now();
    let plan = kill::Plan {
        kills: u32::try_from(kills).unwrap(),
        rows: usize::try_from(kills * 5 / 3).unwrap().max(20),
        seed,
        sender: env!("CARGO_BIN_EXE_sender").into(),
    };
    let report = kill::run(&plan, |line| println!("  {line}")).await;
    let worst = report.reopened.iter().max().copied().unwrap_or_default();
    if worst > Duration::from_secs(1) {
        broken.push(format!("after a kill the files answered only after {} ms", worst.as_millis()));
    }
    if u64::from(report.kills) < kills {
        broken.push(format!("everything was sent after {} kills", report.kills));
    }
    broken.extend(report.broken.iter().map(|what| format!("killed, {what}")));
    let ended = report.ended;
    json!({
        "kills": report.kills, "while_the_portal_had_a_request": report.in_flight, "seconds": rounded(started.elapsed()),
        "rows": ended.rows, "done": ended.done, "rejected": ended.rejected, "unknown": ended.unknown,
        "settled_by_reading": ended.read_back, "accepted": ended.accepted, "broken": report.broken.len(),
        "worst_reopen_ms": milliseconds(worst), "median_reopen_ms": milliseconds(median(report.reopened)),
        "worst_start_of_the_desk_ms": report.restarted_ms.iter().max(),
    })
}

async fn torn_copies(seed: u64, copies: u64, broken: &mut Vec<String>) -> Value {
    let started = Instant::now();
    let originals = torn::Originals::make().await;
    let report = torn::run(&originals, seed..seed + copies, |line| println!("  {line}")).await;
    broken.extend(report.broken.iter().map(|what| format!("torn, {what}")));
    json!({
        "copies": report.torn, "seconds": rounded(started.elapsed()), "kinds": report.kinds, "broken": report.broken.len(),
    })
}

async fn pulled(seed: u64, pulls: u64, broken: &mut Vec<String>) -> Value {
    let started = Instant::now();
    let plan = shifting::Plan { pulls: u32::try_from(pulls).unwrap(), before_calm: 10, clients: 130, seed };
    let report = shifting::run(plan, |line| println!("  {line}")).await;
    broken.extend(report.broken.iter().map(|what| format!("pulled, {what}")));
    json!({
        "pulls": report.pulls, "failed": report.failed, "cancelled": report.cancelled, "planned_moves": report.moved,
        "compared": report.compared, "differences": report.broken.len(), "seconds": rounded(started.elapsed()),
    })
}

/// Queues as a batch, and one by one.
async fn enqueued(intents: usize) -> Value {
    let times = enqueue::measure(intents).await;
    println!("  {intents} intents queued in {:?} together, {:?} one by one", times.together, times.one_by_one);
    json!({
        "intents": intents, "together_ms": milliseconds(times.together), "with_files_ms": milliseconds(times.with_files),
        "one_by_one_ms": milliseconds(times.one_by_one),
    })
}

fn rounded(time: Duration) -> f64 {
    (time.as_secs_f64() * 10.0).round() / 10.0
}

fn milliseconds(time: Duration) -> f64 {
    (time.as_secs_f64() * 10_000.0).round() / 10.0
}

fn median(mut times: Vec<Duration>) -> Duration {
    times.sort();
    times.get(times.len() / 2).copied().unwrap_or_default()
}
