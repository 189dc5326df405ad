//! The outbox under every fault of the model, and mistakes that it must find.

use desk_tests::simulation::{Bug, Report, Schedule, in_memory, on_disk};

fn play(seeds: std::ops::Range<u64>, bug: Option<Bug>) -> Report {
    let mut all = Report::default();
    for seed in seeds {
        all.add(in_memory(Schedule { seed, bug }));
    }
    all
}

#[test]
fn three_thousand_schedules_keep_every_promise() {
    let report = play(0..3_000, None);
    assert_eq!(report.broken, Vec::<String>::new());
    assert!(report.crashes > 500 && report.were_unknown > 2_000, "the faults happened: {report:?}");
    assert!(report.pauses > 3_000, "the agent paused rows, and all sending: {report:?}");
    let settled = 1.0 - f64::from(report.left_to_the_agent) / f64::from(report.were_unknown);
    assert!(settled >= 0.999, "{settled} of the unknown outcomes settle by themselves: {report:?}");
}

#[test]
fn a_schedule_is_played_again_by_its_number() {
    for seed in 0..50 {
        let schedule = Schedule { seed, bug: None };
        assert_eq!(in_memory(schedule), in_memory(schedule), "seed {seed}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn forty_schedules_on_real_databases_keep_every_promise() {
    let folder = tempfile::TempDir::new().unwrap();
    let mut all = Report::default();
    for seed in 0..40 {
        all.add(on_disk(Schedule { seed, bug: None }, folder.path()).await);
    }
    assert_eq!(all.broken, Vec::<String>::new());
}

/// Each mistake breaks a promise within 10,000 schedules.
fn is_found(bug: Bug, broken: &str) {
    for seed in 0..10_000 {
        let report = in_memory(Schedule { seed, bug: Some(bug) });
        if report.broken.iter().any(|what| what.contains(broken)) {
            return;
        }
    }
    panic!("{bug:?} was not found");
}

#[test]
fn a_build_that_resends_after_a_timeout_is_found() {
    is_found(Bug::ResendsAfterATimeout, "was accepted 2 times");
}

#[test]
fn a_build_that_sends_before_it_is_durable_is_found() {
    is_found(Bug::SendsBeforeItIsDurable, "was accepted 2 times");
}

#[test]
fn a_build_that_believes_the_first_absence_is_found() {
    is_found(Bug::BelievesTheFirstAbsence, "was accepted 2 times");
}

#[test]
fn a_build_that_sends_what_is_paused_is_found() {
    is_found(Bug::SendsWhatIsPaused, "began while it was paused");
}

#[test]
fn a_build_that_drops_unknown_kinds_is_found() {
    is_found(Bug::DropsUnknownKinds, "a row of an unknown kind is gone");
}
