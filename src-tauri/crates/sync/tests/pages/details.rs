//! What a pull asks of each client, and what it tells of it.

use crate::office::{Office, WALKED, pages};
use domain::ClientId;
use portal_api::ApiError;
use practice_portal::{Action, Rule};
use serde_json::json;
use store::Resource;
use sync::{PullError, Scope};

const AGREEMENTS: &str = "GET /client-agreements";
/// One client, from whose own record one learns whether the client left.
const RECORD: &str = "GET /clients/{id}";

fn answers(status: u16) -> Action {
    Action::Status(status, json!({"message": "No."}))
}

fn documents(office: &Office) -> usize {
    office.portal.faults().requests("GET /client-documents")
}

/// That client details alone were left out, and why.
fn left_out(pulled: Result<sync::Pulled, PullError>) -> ApiError {
    let mut left_out = pulled.unwrap().left_out;
    assert_eq!(left_out.len(), 1, "{left_out:?}");
    match left_out.remove(0) {
        (Resource::Details, PullError::Portal(error)) => error,
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn every_clients_details_are_read_told_by_the_batch_and_kept() {
    let office = Office::of(70).await;
    let outcome = office.pulled(Scope::Everything, Resource::Details).await;
    assert_eq!(outcome.asked.len(), 70);
    let all = Some(70);
    assert_eq!(outcome.told, [(0, all, false), (60, all, false), (70, all, true)]);
    let mut held = (0, 0, 0);
    for client in (1..=70).map(ClientId) {
        held.0 += office.store.reports_of(client).await.unwrap().len();
        held.1 += office.store.agreements_of(client).await.unwrap().len();
        held.2 += office.store.documents_of(client).await.unwrap().len();
    }
    // A few clients have no agreement yet.
    assert!(held.0 >= 70 && held.1 > 60 && held.2 >= 70, "{held:?}");
    let nothing = office.pulled(Scope::Changes, Resource::Details).await;
    assert_eq!((nothing.asked.len(), nothing.told), (0, vec![(70, all, true)]));
    office.end().await;
}

#[tokio::test]
async fn a_list_that_fails_of_a_client_is_told_the_others_are_read_and_the_next_pull_reads_it() {
    let office = Office::of(1).await;
    office.portal.faults().add(Rule::on(AGREEMENTS, answers(500)).times(2));
    let outcome = office.pull(Scope::Everything, Resource::Details).await;
    assert!(matches!(left_out(outcome.pulled), ApiError::Server { .. }));
    assert_eq!((outcome.asked.len(), documents(&office)), (2, 1));
    assert_eq!(outcome.told, [(0, Some(1), false), (0, Some(1), false)]);
    assert!(!office.store.documents_of(ClientId(1)).await.unwrap().is_empty());
    assert!(office.store.agreements_of(ClientId(1)).await.unwrap().is_empty());
    let next = office.pulled(Scope::Changes, Resource::Details).await;
    assert_eq!(next.told, [(0, Some(1), false), (1, Some(1), true)]);
    assert!(!office.store.agreements_of(ClientId(1)).await.unwrap().is_empty());
    office.end().await;
}

#[tokio::test]
async fn a_portal_that_goes_away_is_asked_of_no_more_clients_and_those_that_were_read_are_kept() {
    let office = Office::of(70).await;
    office.portal.faults().add(Rule::on(AGREEMENTS, Action::CloseBeforeHandling));
    let outcome = office.pull(Scope::Everything, Resource::Details).await;
    assert!(matches!(outcome.pulled, Err(PullError::Portal(ApiError::Unreachable { .. }))), "{:?}", outcome.pulled);
    assert_eq!(
        (outcome.asked.len(), documents(&office)),
        (60, 59),
        "one batch, and nothing more of the one that failed"
    );
    let next = office.pulled(Scope::Everything, Resource::Details).await;
    assert_eq!(next.asked.len(), 11);
    assert_eq!(next.told, [(59, Some(70), false), (70, Some(70), true)]);
    office.end().await;
}

#[tokio::test]
async fn what_may_not_be_read_of_clients_is_soon_no_longer_asked_for() {
    let office = Office::of(30).await;
    office.portal.faults().add(Rule::on(AGREEMENTS, answers(403)).times(u32::MAX));
    let outcome = office.pull(Scope::Everything, Resource::Details).await;
    assert!(matches!(left_out(outcome.pulled), ApiError::Forbidden { .. }));
    assert!((5..=10).contains(&outcome.asked.len()), "{}: five, and what was under way", outcome.asked.len());
    assert_eq!(documents(&office), 30);
    office.end().await;
}

#[tokio::test]
async fn refusals_that_are_not_in_a_row_keep_nobody_from_being_asked() {
    let office = Office::of(30).await;
    for skip in [0, 12] {
        office.portal.faults().add(Rule::on(AGREEMENTS, answers(403)).skip(skip).times(4));
    }
    let outcome = office.pull(Scope::Everything, Resource::Details).await;
    assert!(matches!(left_out(outcome.pulled), ApiError::Forbidden { .. }));
    assert_eq!(outcome.asked.len(), 30);
    assert_eq!(outcome.told.last(), Some(&(22, Some(30), false)));
    office.end().await;
}

#[tokio::test]
async fn a_client_who_left_meanwhile_is_no_failure_and_one_who_is_there_is_one() {
    let office = Office::of(1).await;
    office.portal.faults().add(Rule::on(AGREEMENTS, answers(404)));
    office.portal.faults().add(Rule::on(RECORD, answers(404)));
    let left = office.pulled(Scope::Everything, Resource::Details).await;
    assert_eq!((left.told.last(), documents(&office)), (Some(&(1, Some(1), true)), 0));
    for record in [None, Some(answers(403))] {
        office.portal.faults().add(Rule::on(AGREEMENTS, answers(404)));
        if let Some(record) = record {
            office.portal.faults().add(Rule::on(RECORD, record));
        }
        let there = office.pull(Scope::Everything, Resource::Details).await;
        let error = left_out(there.pulled);
        assert!(matches!(error, ApiError::NotFound { .. }), "{error:?}: of the agreements");
        assert_eq!(there.told.last(), Some(&(0, Some(1), false)));
    }
    office.end().await;
}

#[tokio::test]
async fn whether_a_client_left_is_not_known_from_a_portal_that_went_away() {
    let office = Office::of(1).await;
    office.portal.faults().add(Rule::on(AGREEMENTS, answers(404)));
    office.portal.faults().add(Rule::on(RECORD, Action::CloseBeforeHandling));
    let outcome = office.pull(Scope::Everything, Resource::Details).await;
    assert!(matches!(outcome.pulled, Err(PullError::Portal(ApiError::Unreachable { .. }))), "{:?}", outcome.pulled);
    office.end().await;
}

/// A page of one agreement of which nothing but its number is known.
fn page(id: i64, page: u64, last: u64) -> Action {
    let meta = json!({"current_page": page, "last_page": last, "per_page": 100, "total": last});
    Action::Status(200, json!({"data": [{"id": id}], "meta": meta}))
}

#[tokio::test]
async fn a_clients_list_is_read_to_its_last_page_and_is_not_whole_when_the_portal_sends_the_same_page_again() {
    let office = Office::of(1).await;
    office.portal.faults().add(Rule::on(AGREEMENTS, page(901, 1, 2)));
    office.portal.faults().add(Rule::on(AGREEMENTS, page(902, 2, 2)));
    let outcome = office.pulled(Scope::Everything, Resource::Details).await;
    assert_eq!(outcome.asked, pages(WALKED, 1..=2));
    for _ in 0..3 {
        office.portal.faults().add(Rule::on(AGREEMENTS, page(901, 1, 9)).times(u32::MAX));
        let outcome = office.pull(Scope::Everything, Resource::Details).await;
        assert_eq!(outcome.asked, vec![pages(WALKED, 1..=2); 6].concat());
        let left_out = outcome.pulled.unwrap().left_out;
        assert!(matches!(left_out[..], [(Resource::Details, PullError::Unstable(Resource::Details))]), "{left_out:?}");
    }
    let mut held: Vec<_> =
        office.store.agreements_of(ClientId(1)).await.unwrap().iter().map(|held| held.id.0).collect();
    held.sort_unstable();
    assert_eq!(held, [901, 902], "what was hidden is still here");
    office.end().await;
}
