//! Internal notes.

use crate::company::{Company, assert_gone, assert_refused};
use crate::lists::{assert_filtered, assert_pages, assert_sorts, every, instant};
use domain::ClientId;
use portal_api::SortDirection;
use portal_api::notes::{ListNotesQuery, NoteRequest};
use serde_json::json;

fn about(client: ClientId, text: &str) -> NoteRequest {
    NoteRequest { client_id: Some(client), note_text: Some(text.to_owned()) }
}

pub(crate) async fn a_note_is_written_found_changed_and_deleted(company: &Company) {
    let portal = &company.portal;
    let list = async |query: ListNotesQuery| every(portal.list_notes(&query).rows()).await;
    let before = list(ListNotesQuery::default()).await;

    let text = "Called; wants the letters by mail. Ünïcödé, \"quotes\" and <b>no markup</b>.";
    let made = portal.create_note(&about(ClientId(3), text)).await.unwrap();
    let id = made.id.unwrap();
    assert_eq!((made.client_id, made.note_text.as_deref()), (Some(ClientId(3)), Some(text)));
    let me = portal.refresh_token().await.unwrap().user;
    assert_eq!(made.user.as_ref().and_then(|user| user.id), Some(me.id), "who wrote it is who signed in");
    assert_eq!(portal.get_note(id).await.unwrap(), made);
    let listed = list(ListNotesQuery { client_id: Some(ClientId(3)), ..ListNotesQuery::default() }).await;
    assert!(listed.contains(&made));

    let changed = portal.update_note(id, &about(ClientId(4), "Wrong client.")).await.unwrap();
    assert_eq!((changed.client_id, changed.note_text.as_deref()), (Some(ClientId(4)), Some("Wrong client.")));
    assert_eq!(changed.created_at, made.created_at);
    assert_eq!(portal.get_note(id).await.unwrap(), changed);

    portal.delete_note(id).await.unwrap();
    assert_gone(portal.get_note(id).await);
    assert_gone(portal.update_note(id, &about(ClientId(4), "Too late.")).await);
    assert_gone(portal.delete_note(id).await);
    assert!(list(ListNotesQuery::default()).await == before);

    assert_refused(portal.create_note(&NoteRequest::default()).await, &["client_id", "note_text"]);
    assert_refused(portal.create_note(&about(ClientId(99_999), "Nobody.")).await, &["client_id"]);
}

pub(crate) async fn notes_are_listed_by_pages_in_every_order(company: &Company) {
    let portal = &company.portal;
    let list = async |query: ListNotesQuery| every(portal.list_notes(&query).rows()).await;
    let all = list(ListNotesQuery::default()).await;
    let pages = portal.list_notes(&ListNotesQuery { per_page: Some(4), ..ListNotesQuery::default() }).stream();
    assert_pages(4, &all, pages).await;

    let client = all[0].client_id;
    let of_client = list(ListNotesQuery { client_id: client, ..ListNotesQuery::default() }).await;
    assert_filtered(&all, &of_client, |note| note.client_id == client);
    let word = all[0].note_text.clone().unwrap().split(' ').next().unwrap().to_uppercase();
    let found = list(ListNotesQuery { search: Some(word.clone()), ..ListNotesQuery::default() }).await;
    assert_filtered(&all, &found, |note| note.note_text.as_ref().unwrap().to_uppercase().contains(&word));

    let sorted = async |sort_by: Option<String>, sort_direction: Option<SortDirection>| {
        list(ListNotesQuery { sort_by, sort_direction, ..ListNotesQuery::default() }).await
    };
    assert_sorts(
        sorted,
        &[
            ("id", |note| json!(note.id.unwrap().0)),
            ("client_id", |note| json!(note.client_id.unwrap().0)),
            ("note_text", |note| json!(note.note_text)),
            ("user_id", |note| json!(note.user.as_ref().unwrap().id.unwrap().0)),
            ("created_at", |note| instant(note.created_at)),
            ("updated_at", |note| instant(note.updated_at)),
        ],
    )
    .await;
    let unknown = ListNotesQuery { sort_by: Some("salary".into()), ..ListNotesQuery::default() };
    assert_refused(portal.list_notes(&unknown).page(1).await, &["sort_by"]);
    let too_many = ListNotesQuery { per_page: Some(101), ..ListNotesQuery::default() };
    assert_refused(portal.list_notes(&too_many).page(1).await, &["per_page"]);
}
