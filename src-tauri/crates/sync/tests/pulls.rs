//! The pull from a portal whose lists move and whose answers fail, beside the pull itself. `tests/faults` pulls much more.

#[path = "../../../../tests/support/reading.rs"]
#[expect(unreachable_pub, reason = "it is written for another crate")]
mod reading;
#[path = "../../../../tests/support/shifting.rs"]
#[expect(
    unreachable_pub,
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "it is written for another crate, and fails by panicking"
)]
mod shifting;

use shifting::{Plan, run};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn after_quiet_the_cache_equals_the_portal() {
    let report = run(Plan { pulls: 24, before_calm: 8, clients: 12, seed: 5 }, |_| {}).await;
    assert_eq!(report.broken, Vec::<String>::new());
    assert!(report.failed > 2 && report.cancelled > 2 && report.moved > 20, "the storm was one: {report:?}");
    assert_eq!((report.compared, report.changes), (3, 3));
}
