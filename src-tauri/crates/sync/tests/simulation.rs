//! The outbox's worker under every fault of the model, beside the worker itself: quick enough for each mutant of it.
//! `tests/faults` plays many more schedules, on real databases too.

#[expect(
    unused_imports,
    unreachable_pub,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "it is written for another crate, and fails by panicking"
)]
#[path = "../../../../tests/support/simulation/mod.rs"]
mod simulation;

use simulation::{Report, Schedule, in_memory, on_disk};

#[test]
fn two_thousand_schedules_keep_every_promise() {
    let mut all = Report::default();
    for seed in 0..2_000 {
        all.add(in_memory(Schedule { seed, bug: None }));
    }
    assert_eq!(all.broken, Vec::<String>::new());
    assert!(all.crashes > 300 && all.were_unknown > 1_500, "the faults happened: {all:?}");
    assert_eq!(all.left_to_the_agent, 0, "every unknown outcome settles by itself: {all:?}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn five_schedules_on_real_databases_keep_every_promise() {
    let folder = tempfile::TempDir::new().expect("a folder");
    let mut all = Report::default();
    for seed in 0..5 {
        all.add(on_disk(Schedule { seed, bug: None }, folder.path()).await);
    }
    assert_eq!(all.broken, Vec::<String>::new());
}
