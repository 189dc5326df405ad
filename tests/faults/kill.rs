//! A desk that is killed while it sends. The large run is in the bench.

use desk_tests::kill::{self, Plan};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_desk_that_is_killed_eight_times_loses_nothing_and_sends_nothing_twice() {
    let plan = Plan { kills: 8, rows: 60, seed: 1, sender: env!("CARGO_BIN_EXE_sender").into() };
    let report = kill::run(&plan, |_| {}).await;
    assert_eq!(report.broken, Vec::<String>::new());
    assert_eq!(report.kills, 8, "there was work left at every kill: {report:?}");
    assert_eq!((report.ended.rows, report.ended.done, report.ended.accepted), (60, 60, 60), "{report:?}");
}
