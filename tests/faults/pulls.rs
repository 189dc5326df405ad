//! Pulls while the portal's lists move and its answers fail. The large run is in the bench.

use desk_tests::shifting::{Plan, run};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn after_eight_stormy_pulls_and_quiet_the_cache_equals_the_server() {
    let report = run(Plan { pulls: 8, before_calm: 4, clients: 105, seed: 3 }, |_| {}).await;
    assert_eq!(report.broken, Vec::<String>::new());
    assert!(
        report.compared == 2 && report.changes == 2 && report.failed > 0 && report.moved > 4,
        "the storm happened: {report:?}"
    );
}
