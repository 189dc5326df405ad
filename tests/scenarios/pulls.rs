//! The pull under everything that a portal and a disk can do to it.

use crate::main_job::{everyone, items};
use desk::contract::{AgreementState, Empty, ProblemCode, ReadingOf, RecordAccess, RecordKind, ResourceState};
use desk_tests::{Office, portal, sign_in, signed_in_and_synced, synced};
use practice_portal::{Action, Change, Gate, Rule};
use serde_json::json;
use std::time::Duration;

#[tokio::test]
async fn everything_the_portal_has_arrives_with_its_bureaus_and_permissions() {
    let (office, portal) = (Office::default(), portal(120).await);
    let desk = signed_in_and_synced(&office, &portal).await;
    let clients = everyone(&desk).await;
    assert_eq!(clients.len(), 120);
    let status = desk.sync_status(Empty {}).await.unwrap();
    assert!(status.resources.iter().all(|resource| resource.state == ResourceState::Done), "{status:?}");
    assert_eq!((status.parked, status.online), (0, Some(true)));
    let mut counted = 0;
    for client in &clients {
        let items = desk.item_list(desk::contract::Id { id: client.id.clone() }).await.unwrap();
        assert!((3..=15).contains(&items.len()), "{} items", items.len());
        assert!(items.iter().all(|item| item.bureau.is_some()));
        assert_ne!(client.agreement, desk::contract::AgreementState::Unknown);
        counted += items.len() as u64;
    }
    let pulled = status.resources.iter().find(|r| r.resource == "negative_items").unwrap();
    assert_eq!((pulled.done, pulled.total), (counted, Some(counted)));
}

#[tokio::test]
async fn a_list_that_moves_under_the_pull_is_read_again_until_it_is_whole() {
    let (office, portal) = (Office::default(), portal(250).await);
    // Between two pages somebody deletes the first client, so that every later row moves up by one.
    portal.faults().add(Rule::new("/clients", Action::Change(Change::DeleteClient(1))).method("GET").skip(1));
    let desk = office.desk().await;
    desk.session_sign_in(sign_in(&portal)).await.unwrap();
    assert_eq!(synced(&desk).await.problem, None);
    let ids: Vec<i64> = everyone(&desk).await.iter().map(|row| row.id.parse().unwrap()).collect();
    for id in 2..=250 {
        assert!(ids.contains(&id), "client {id} slipped between two pages");
    }
}

#[tokio::test]
async fn a_client_who_left_the_portal_leaves_after_two_pulls_and_not_before() {
    let (office, portal) = (Office::default(), portal(12).await);
    let desk = signed_in_and_synced(&office, &portal).await;
    portal.change(Change::DeleteClient(5)).await.unwrap();
    for left in [12, 11] {
        assert_eq!(synced(&desk).await.problem, None);
        assert_eq!(everyone(&desk).await.len(), left);
    }
}

#[tokio::test]
async fn a_changed_record_is_brought_by_the_next_pull() {
    let (office, portal) = (Office::default(), portal(12).await);
    let desk = signed_in_and_synced(&office, &portal).await;
    let change = Change::SetClientAttribute { client_id: 5, name: "LastName".into(), value: json!("Ångström") };
    portal.change(change).await.unwrap();
    assert_eq!(synced(&desk).await.problem, None);
    let search = desk::contract::ClientSearch { query: "angstrom".into(), offset: 0, limit: 5, ..Default::default() };
    assert_eq!(desk.client_search(search).await.unwrap().rows[0].id, "5");
}

#[tokio::test]
async fn a_cancelled_pull_goes_on_at_its_page_after_a_restart() {
    let (office, portal) = (Office::default(), portal(250).await);
    let gate = Gate::new();
    portal.faults().add(Rule::new("/clients", Action::Hold(gate.clone())).method("GET").skip(2));
    let desk = office.desk().await;
    desk.session_sign_in(sign_in(&portal)).await.unwrap();
    desk.sync_start(Empty {}).await.unwrap();
    gate.reached(1).await;
    let status = desk.sync_cancel(Empty {}).await.unwrap();
    assert!(!status.running);
    assert_eq!(status.problem.unwrap().code, ProblemCode::Cancelled);
    gate.release();
    desk.close().await;

    let desk = office.desk().await;
    let before = everyone(&desk).await.len();
    assert!(before >= 100, "what was read is kept: {before}");
    let asked = portal.faults().requests("GET /clients");
    assert_eq!(synced(&desk).await.problem, None);
    assert_eq!(everyone(&desk).await.len(), 250);
    let more = portal.faults().requests("GET /clients") - asked;
    assert!(more <= 2, "the first pages were not read again: {more}");
}

#[tokio::test]
async fn a_portal_that_goes_down_in_the_middle_keeps_what_came_and_says_so() {
    let (office, portal) = (Office::default(), portal(30).await);
    portal.faults().add(Rule::new("/negative-items", Action::CloseBeforeHandling).times(u32::MAX));
    let desk = office.desk().await;
    desk.session_sign_in(sign_in(&portal)).await.unwrap();
    let status = synced(&desk).await;
    assert_eq!(status.problem.unwrap().code, ProblemCode::PortalUnreachable);
    assert_eq!(status.online, Some(false));
    assert_eq!(everyone(&desk).await.len(), 30);
    portal.faults().clear();
    assert_eq!(synced(&desk).await.problem, None);
}

#[tokio::test]
async fn a_pull_that_could_not_even_begin_is_no_pull_when_it_is_tried_again() {
    let (office, portal) = (Office::default(), portal(12).await);
    let desk = signed_in_and_synced(&office, &portal).await;
    let before = desk.sync_status(Empty {}).await.unwrap().finished_at;
    portal.faults().add(Rule::new("/", Action::CloseBeforeHandling).times(u32::MAX));
    for _ in 0..2 {
        let status = synced(&desk).await;
        assert_eq!(status.problem.unwrap().code, ProblemCode::PortalUnreachable);
        assert_eq!((status.online, &status.finished_at), (Some(false), &before));
    }
}

#[tokio::test]
async fn a_busy_portal_is_waited_for_and_a_refusal_is_told_with_its_fields() {
    let (office, portal) = (Office::default(), portal(12).await);
    portal.faults().add(Rule::new("/furnishers", Action::TooManyRequests(Duration::ZERO)).times(2));
    let body =
        json!({"message": "The given data was invalid.", "errors": {"per_page": ["May not be greater than 50."]}});
    portal.faults().add(Rule::new("/notes", Action::Status(422, body)).times(u32::MAX));
    let desk = office.desk().await;
    desk.session_sign_in(sign_in(&portal)).await.unwrap();
    let problem = synced(&desk).await.problem.unwrap();
    assert_eq!(problem.code, ProblemCode::PortalRefused);
    assert_eq!(problem.fields["per_page"], ["May not be greater than 50."]);
    assert_eq!(everyone(&desk).await.len(), 12, "what came before it is kept");
}

#[tokio::test]
async fn what_the_user_may_not_read_is_named_and_the_rest_arrives() {
    let (office, portal) = (Office::default(), portal(12).await);
    let body = json!({"message": "This action is unauthorized."});
    portal.faults().add(Rule::new("/notes", Action::Status(403, body.clone())).times(u32::MAX));
    portal.faults().add(Rule::new("/client-agreements", Action::Status(403, body)).times(u32::MAX));
    let desk = office.desk().await;
    desk.session_sign_in(sign_in(&portal)).await.unwrap();
    let status = synced(&desk).await;
    let problem = status.problem.unwrap();
    assert_eq!(problem.code, ProblemCode::Forbidden);
    assert!(problem.message.contains("notes, client details"), "{}", problem.message);
    assert!(status.finished_at.is_some(), "what may be read is whole");
    assert_eq!(everyone(&desk).await.len(), 12);
    let items = items(&desk, &everyone(&desk).await[0]).await;
    assert!(!items.is_empty() && items.iter().all(|item| item.bureau.is_some()), "reports were read all the same");
}

#[tokio::test]
async fn a_list_that_may_not_be_read_says_so_until_a_pull_may_read_it() {
    let (office, portal) = (Office::default(), portal(12).await);
    let body = json!({"message": "This action is unauthorized."});
    let lists = [
        (RecordKind::Items, "/negative-items"),
        (RecordKind::Notes, "/notes"),
        (RecordKind::Correspondence, "/correspondences"),
        (RecordKind::Documents, "/client-documents"),
        (RecordKind::Agreements, "/client-agreements"),
        (RecordKind::Templates, "/templates"),
        (RecordKind::Reasons, "/instructions"),
        (RecordKind::Furnishers, "/furnishers"),
        (RecordKind::BureauAddresses, "/bureau-addresses"),
    ];
    for (_, path) in lists {
        portal.faults().add(Rule::new(path, Action::Status(403, body.clone())).times(u32::MAX));
    }
    let desk = office.desk().await;
    desk.session_sign_in(sign_in(&portal)).await.unwrap();
    let of = async |kind: RecordKind, client: &str| {
        desk.reading_get(ReadingOf { kind, client_id: Some(client.to_owned()) }).await.unwrap()
    };
    assert_eq!(of(RecordKind::Notes, "1").await, RecordAccess::Unread);
    synced(&desk).await;
    // Also of those that were not asked for once several were refused.
    for client in everyone(&desk).await {
        for (kind, path) in lists {
            assert_eq!(of(kind, &client.id).await, RecordAccess::Forbidden, "{path} of {}", client.id);
        }
        assert_eq!(of(RecordKind::Clients, &client.id).await, RecordAccess::Read);
    }
    portal.faults().clear();
    synced(&desk).await;
    for client in everyone(&desk).await {
        for (kind, path) in lists {
            assert_eq!(of(kind, &client.id).await, RecordAccess::Read, "{path} of {}", client.id);
        }
    }
    portal.faults().add(Rule::new("/notes", Action::Status(404, body)).times(u32::MAX));
    synced(&desk).await;
    assert_eq!(of(RecordKind::Notes, "1").await, RecordAccess::Missing);
}

#[tokio::test]
async fn rows_that_are_added_while_a_list_is_read_come_along_without_reading_it_again() {
    let (office, portal) = (Office::default(), portal(250).await);
    portal.faults().add(Rule::new("/clients", Action::Change(Change::InsertClient)).method("GET").skip(1));
    let desk = office.desk().await;
    desk.session_sign_in(sign_in(&portal)).await.unwrap();
    assert_eq!(synced(&desk).await.problem, None);
    assert_eq!(everyone(&desk).await.len(), 251);
    assert_eq!(portal.faults().requests("GET /clients"), 3, "three pages, once");
}

#[tokio::test]
async fn a_list_that_fails_keeps_none_of_the_others_from_being_fresh() {
    let (office, portal) = (Office::default(), portal(12).await);
    let desk = signed_in_and_synced(&office, &portal).await;
    let body = json!({"message": "Server Error"});
    portal.faults().add(Rule::new("/snippets", Action::Status(422, body)).times(u32::MAX));
    for name in ["Ångström", "Østergaard"] {
        let change = Change::SetClientAttribute { client_id: 5, name: "LastName".into(), value: json!(name) };
        portal.change(change).await.unwrap();
        let problem = synced(&desk).await.problem.unwrap();
        assert_eq!(problem.code, ProblemCode::PortalRefused);
        assert!(problem.message.contains("snippets"), "{}", problem.message);
        let search = desk::contract::ClientSearch { query: name.into(), offset: 0, limit: 5, ..Default::default() };
        assert_eq!(desk.client_search(search).await.unwrap().rows[0].id, "5");
    }
}

#[tokio::test]
async fn a_client_whose_details_fail_is_told_and_the_others_are_read() {
    let (office, portal) = (Office::default(), portal(12).await);
    let body = json!({"message": "Unreadable"});
    // Only the second client's documents: the first request is let through.
    portal.faults().add(Rule::new("/client-documents", Action::Status(422, body)).skip(1));
    let desk = office.desk().await;
    desk.session_sign_in(sign_in(&portal)).await.unwrap();
    let problem = synced(&desk).await.problem.unwrap();
    assert!(problem.message.contains("client details"), "{}", problem.message);
    let unknown = everyone(&desk).await.iter().filter(|row| row.agreement == AgreementState::Unknown).count();
    assert_eq!(unknown, 1, "eleven of twelve are known");
    assert_eq!(synced(&desk).await.problem, None);
    assert!(everyone(&desk).await.iter().all(|row| row.agreement != AgreementState::Unknown));
}

#[tokio::test]
async fn a_pull_goes_on_after_the_power_failed_in_the_middle() {
    let (office, portal) = (Office::default(), portal(250).await);
    let gate = Gate::new();
    portal.faults().add(Rule::new("/negative-items", Action::Hold(gate.clone())).method("GET").skip(2));
    let desk = office.desk().await;
    desk.session_sign_in(sign_in(&portal)).await.unwrap();
    desk.sync_start(Empty {}).await.unwrap();
    gate.reached(1).await;
    let after = office.after_a_power_failure();
    let read = portal.faults().requests("GET /clients");
    gate.release();

    let desk = after.desk().await;
    assert_eq!(everyone(&desk).await.len(), 250, "what was read before is there");
    assert_eq!(synced(&desk).await.problem, None);
    assert_eq!(portal.faults().requests("GET /clients"), read, "the clients were not read again");
    let status = desk.sync_status(Empty {}).await.unwrap();
    let pulled = status.resources.iter().find(|r| r.resource == "negative_items").unwrap();
    let held: u32 = everyone(&desk).await.iter().map(|client| client.items).sum();
    assert_eq!((Some(u64::from(held)), pulled.done), (pulled.total, u64::from(held)), "every item once");
}

#[tokio::test]
async fn cancelling_and_starting_again_at_once_leaves_one_pull_that_can_be_cancelled() {
    let (office, portal) = (Office::default(), portal(30).await);
    let gate = Gate::new();
    portal.faults().add(Rule::new("/clients", Action::Hold(gate.clone())).method("GET").times(u32::MAX));
    let desk = office.desk().await;
    desk.session_sign_in(sign_in(&portal)).await.unwrap();
    for _ in 0..2 {
        desk.sync_start(Empty {}).await.unwrap();
        let waiting = tokio::spawn({
            let desk = desk.clone();
            async move { desk.sync_finished().await }
        });
        desk.sync_cancel(Empty {}).await.unwrap();
        let ended = waiting.await.unwrap();
        assert_eq!(ended.problem.unwrap().code, ProblemCode::Cancelled, "also while somebody waits for its end");
        assert!(!ended.running);
    }
    gate.release();
}

#[tokio::test]
async fn a_row_nobody_can_read_is_kept_aside_and_counted() {
    let (office, portal) = (Office::default(), portal(12).await);
    let change = Change::SetItemField { item_id: 1, name: "opened_date".into(), value: json!("sometime in March") };
    portal.change(change).await.unwrap();
    let desk = signed_in_and_synced(&office, &portal).await;
    assert_eq!(desk.sync_status(Empty {}).await.unwrap().parked, 1);
}
