//! Pulls that bring what changed, and one client's records when the client is looked at.

use crate::main_job::everyone;
use desk::Desk;
use desk::contract::{ClientSearch, Empty, Id, ItemRow, ProblemCode, SyncStatus};
use desk_tests::{Office, portal, sign_in, signed_in_and_synced, synced};
use domain::ClientId;
use portal_api::auth::LoginRequest;
use portal_api::notes::NoteRequest;
use portal_api::{Config, Portal};
use practice_portal::{Action, Change, Rule, Running};
use serde_json::json;

/// Pulls what changed.
async fn changed(desk: &Desk) -> SyncStatus {
    desk.sync_start(Empty {}).await.unwrap();
    let status = desk.sync_finished().await;
    assert_eq!(status.problem, None);
    status
}

/// Somebody else writes a note.
async fn colleague_writes(portal: &Running, client: i64, text: &str) {
    let given = sign_in(portal);
    let api = Portal::new(&Config::new(&given.portal, given.api_key.into()).unwrap(), None).unwrap();
    api.login(&LoginRequest::new(given.email, given.password.into())).await.unwrap();
    let note = NoteRequest { client_id: Some(ClientId(client)), note_text: Some(text.into()) };
    api.create_note(&note).await.unwrap();
}

async fn items(desk: &Desk, client: &str) -> Vec<ItemRow> {
    desk.item_list(Id { id: client.into() }).await.unwrap()
}

async fn notes(desk: &Desk, client: &str) -> Vec<String> {
    let rows = desk.note_list(Id { id: client.into() }).await.unwrap();
    rows.into_iter().map(|row| row.text).collect()
}

async fn found(desk: &Desk, query: &str) -> Vec<String> {
    let search = ClientSearch { query: query.into(), offset: 0, limit: 5, ..ClientSearch::default() };
    desk.client_search(search).await.unwrap().rows.into_iter().map(|row| row.id).collect()
}

#[tokio::test]
async fn a_pull_of_changes_brings_what_is_new_or_changed_and_reads_little_else() {
    let (office, portal) = (Office::default(), portal(150).await);
    let desk = signed_in_and_synced(&office, &portal).await;
    let name = Change::SetClientAttribute { client_id: 5, name: "LastName".into(), value: json!("Ångström") };
    portal.change(name).await.unwrap();
    portal.change(Change::InsertItem { client_id: 9 }).await.unwrap();
    portal.change(Change::InsertClient).await.unwrap();
    colleague_writes(&portal, 20, "The furnisher called back.").await;
    let before = items(&desk, "9").await.len();
    let asked = |path: &str| portal.faults().requests(path);
    let (documents, pages) = (asked("GET /client-documents"), asked("GET /negative-items"));
    let status = changed(&desk).await;
    assert_eq!(found(&desk, "angstrom").await, ["5"]);
    assert_eq!(items(&desk, "9").await.len(), before + 1);
    assert!(items(&desk, "9").await.iter().all(|item| item.bureau.is_some()), "its report came along");
    assert_eq!(everyone(&desk).await.len(), 151);
    assert!(notes(&desk, "20").await.contains(&"The furnisher called back.".to_owned()));
    assert_eq!(asked("GET /client-documents") - documents, 3, "of the three clients that changed");
    let read = asked("GET /negative-items") - pages;
    assert!(read <= 4, "{read} pages of items, of {}", pages);
    assert!(status.everything_at.is_some());
    assert_eq!(desk.fax_setting(Empty {}).await.unwrap().reattempts, Some(3));

    let (documents, pages) = (asked("GET /client-documents"), asked("GET /negative-items"));
    changed(&desk).await;
    assert_eq!(asked("GET /client-documents"), documents, "nothing changed since");
    assert!(asked("GET /negative-items") - pages <= 2);
}

#[tokio::test]
async fn what_left_the_portal_leaves_with_pulls_of_everything_only() {
    let (office, portal) = (Office::default(), portal(12).await);
    let desk = signed_in_and_synced(&office, &portal).await;
    portal.change(Change::DeleteClient(5)).await.unwrap();
    for _ in 0..3 {
        changed(&desk).await;
        assert_eq!(everyone(&desk).await.len(), 12);
    }
    for left in [12, 11] {
        synced(&desk).await;
        assert_eq!(everyone(&desk).await.len(), left);
    }
}

#[tokio::test]
async fn a_list_that_refuses_the_sort_is_read_whole_for_its_changes() {
    let (office, portal) = (Office::default(), portal(60).await);
    let refused = json!({"message": "The given data was invalid.", "errors": {"sort_by": ["It cannot be sorted so."]}});
    portal.faults().add(Rule::new("/notes", Action::Status(422, refused)).method("GET"));
    let desk = signed_in_and_synced(&office, &portal).await;
    colleague_writes(&portal, 20, "The furnisher called back.").await;
    changed(&desk).await;
    assert!(notes(&desk, "20").await.contains(&"The furnisher called back.".to_owned()));
}

#[tokio::test]
async fn a_pull_of_changes_that_broke_off_brings_them_the_next_time() {
    let (office, portal) = (Office::default(), portal(60).await);
    let desk = signed_in_and_synced(&office, &portal).await;
    colleague_writes(&portal, 20, "The furnisher called back.").await;
    portal.faults().add(Rule::new("/notes", Action::CloseBeforeHandling).method("GET"));
    desk.sync_start(Empty {}).await.unwrap();
    assert_eq!(desk.sync_finished().await.problem.unwrap().code, ProblemCode::PortalUnreachable);
    assert!(notes(&desk, "20").await.iter().all(|text| text != "The furnisher called back."));
    changed(&desk).await;
    assert!(notes(&desk, "20").await.contains(&"The furnisher called back.".to_owned()));
}

#[tokio::test]
async fn everything_is_read_again_when_that_was_long_ago() {
    let (office, portal) = (Office::default(), portal(12).await);
    let desk = signed_in_and_synced(&office, &portal).await;
    portal.change(Change::DeleteClient(5)).await.unwrap();
    for left in [12, 11] {
        desk.close().await;
        office
            .in_the_cache(async |store| {
                let mut write = store.write().await.unwrap();
                write.set_meta("pull.everything", Some("2026-11-22T15:00:00Z")).await.unwrap();
                write.commit().await.unwrap();
            })
            .await;
        let desk = office.desk().await;
        changed(&desk).await;
        assert_eq!(everyone(&desk).await.len(), left);
        desk.close().await;
    }
}

#[tokio::test]
async fn a_client_who_is_looked_at_is_shown_as_the_portal_has_them_now() {
    let (office, portal) = (Office::default(), portal(12).await);
    let desk = signed_in_and_synced(&office, &portal).await;
    let name = Change::SetClientAttribute { client_id: 5, name: "LastName".into(), value: json!("Ångström") };
    portal.change(name).await.unwrap();
    portal.change(Change::InsertItem { client_id: 5 }).await.unwrap();
    colleague_writes(&portal, 5, "The furnisher called back.").await;
    let before = items(&desk, "5").await.len();
    let look = async || desk.client_refresh(Id { id: "5".into() }).await.unwrap();
    portal.faults().refuse_connections(true);
    let offline = look().await;
    assert_eq!(offline.problem.unwrap().code, ProblemCode::PortalUnreachable);
    assert_eq!((offline.checked_at, items(&desk, "5").await.len()), (None, before));
    portal.faults().refuse_connections(false);
    // The portal takes a moment to listen again.
    while let Some(problem) = look().await.problem {
        assert_eq!(problem.code, ProblemCode::PortalUnreachable);
        tokio::task::yield_now().await;
    }
    assert_eq!(found(&desk, "angstrom").await, ["5"]);
    let here = items(&desk, "5").await;
    assert_eq!(here.len(), before + 1);
    assert!(here.iter().all(|item| item.bureau.is_some()), "its report came along");
    assert!(notes(&desk, "5").await.contains(&"The furnisher called back.".to_owned()));
    let asked = portal.faults().requests("GET /client-documents");
    assert!(look().await.checked_at.is_some());
    assert_eq!(portal.faults().requests("GET /client-documents"), asked, "it was read just now");
}
