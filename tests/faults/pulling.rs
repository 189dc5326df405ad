//! The pull under every fault of the model, and mistakes that it must find. The large run is in the bench.

use desk_tests::pulling::{Bug, Report, Schedule, folder, play};

/// Each mistake breaks a promise within so many schedules.
const FOUND_WITHIN: u64 = 40;

#[test]
fn twelve_schedules_keep_every_promise() {
    let folder = folder();
    let mut all = Report::default();
    for seed in 0..12 {
        all.add(play(Schedule { seed, bug: None }, folder.path()));
    }
    assert_eq!(all.broken, Vec::<String>::new());
    assert!(all.left_out > 20 && all.resumed > 5 && all.died > 3 && all.left > 50, "the faults happened: {all:?}");
}

#[test]
fn what_once_broke_a_promise_keeps_it() {
    let folder = folder();
    for seed in [1, 48, 1_038, 10_344] {
        assert_eq!(play(Schedule { seed, bug: None }, folder.path()).broken, Vec::<String>::new());
    }
}

#[test]
fn a_schedule_is_played_again_by_its_number() {
    let folder = folder();
    for seed in 20..23 {
        let schedule = Schedule { seed, bug: None };
        assert_eq!(play(schedule, folder.path()), play(schedule, folder.path()), "seed {seed}");
    }
}

fn is_found(bug: Bug, broken: &str) {
    let folder = folder();
    for seed in 0..FOUND_WITHIN {
        let report = play(Schedule { seed, bug: Some(bug) }, folder.path());
        if report.broken.iter().any(|what| what.contains(broken)) {
            return;
        }
    }
    panic!("{bug:?} was not found");
}

#[test]
fn a_build_that_believes_the_first_absence_is_found() {
    is_found(Bug::BelievesTheFirstAbsence, "left the cache at its first absence");
}

#[test]
fn a_build_that_overlooks_that_a_total_shrank_is_found() {
    is_found(Bug::OverlooksThatATotalShrank, "were pulled, and");
}

#[test]
fn a_build_that_reads_one_page_of_changes_is_found() {
    is_found(Bug::ReadsOnePageOfChanges, "Changes were pulled, and");
}

#[test]
fn a_build_that_forgets_where_it_stopped_is_found() {
    is_found(Bug::ForgetsWhereItStopped, "and went on at page");
}

#[test]
fn a_build_that_takes_a_refusal_for_nothing_is_found() {
    is_found(Bug::TakesARefusalForNothing, "left the cache, and the portal has it");
}
