//! Caches that a disk damaged. The large run is in the bench.

use desk_tests::torn::{Originals, run};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn forty_torn_copies_are_read_as_they_were_or_told_as_damaged() {
    let originals = Originals::make().await;
    let report = run(&originals, 0..40, |_| {}).await;
    assert_eq!(report.broken, Vec::<String>::new());
    let told: u32 = report.kinds.iter().filter(|(kind, _)| kind.contains("told")).map(|(_, times)| times).sum();
    assert!(told > 20, "most of the damage was met: {:?}", report.kinds);
}
