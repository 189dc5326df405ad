//! Stored files and what they are linked to.

use crate::company::{Company, assert_gone, assert_refused, file, letter, pdf};
use crate::lists::{assert_filtered, assert_pages, assert_sorts, every, instant};
use domain::ClientId;
use portal_api::attachments::{CreateAttachmentLinkRequest, DeleteAttachmentLinkRequest, ListAttachmentsQuery};
use portal_api::client_documents::{CreateClientDocumentRequest, DocumentKind};
use portal_api::{SortDirection, Upload};
use serde_json::json;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

type Asked = ListAttachmentsQuery;

pub(crate) async fn a_file_is_stored_with_progress_and_comes_back_byte_for_byte(company: &Company) {
    let portal = &company.portal;
    let bytes = pdf(300_000, 1);
    let told = Arc::new(AtomicU64::new(0));
    let counter = told.clone();
    let made = portal
        .upload_attachment(&Upload {
            caption: Some("Dispute letter, Ünïcödé".into()),
            on_progress: Some(Arc::new(move |sent| counter.store(sent, Ordering::SeqCst))),
            ..file("letter.pdf", "application/pdf", bytes.clone())
        })
        .await
        .unwrap();
    let id = made.id.unwrap();
    let length = bytes.len() as u64;
    assert_eq!(told.load(Ordering::SeqCst), length, "progress ends with the whole file");
    assert_eq!(made.caption.as_deref(), Some("Dispute letter, Ünïcödé"));
    assert_eq!((made.r#type.as_deref(), made.extension.as_deref()), (Some("application/pdf"), Some("pdf")));
    assert_eq!(made.size, i64::try_from(length).ok());
    assert_eq!(portal.get_attachment(id).await.unwrap(), made);

    let download = portal.download_attachment(id).await.unwrap();
    assert_eq!((download.kind().as_str(), download.length()), ("application/pdf", Some(length)));
    assert_eq!(download.file_name(), Some(format!("attachment-{id}.pdf")), "the name tells nothing of the client");
    assert!(download.bytes(1 << 20).await.unwrap() == bytes);

    portal.delete_attachment(id).await.unwrap();
    assert_gone(portal.get_attachment(id).await);
    assert_gone(portal.download_attachment(id).await);
    assert_gone(portal.delete_attachment(id).await);
    let program = file("letter.pdf", "application/pdf", b"MZ no letter".to_vec());
    assert_refused(portal.upload_attachment(&program).await, &["file"]);
}

pub(crate) async fn a_linked_file_is_listed_with_its_record_and_goes_with_its_last_link(company: &Company) {
    let portal = &company.portal;
    let made = company.upload(&letter(1)).await;
    let id = made.id.unwrap();
    let is_listed = async |client| every(portal.list_attachments(&of_client(client)).rows()).await.contains(&made);
    let link = async |kind: &str, record| {
        portal.create_attachment_link(&CreateAttachmentLinkRequest::new(id, kind.to_owned(), record)).await
    };
    let unlink = async |record| {
        portal.delete_attachment_link(id, &DeleteAttachmentLinkRequest::new("client".into(), record)).await
    };
    assert!(!is_listed(1).await);
    assert_eq!(link("client", 1).await.unwrap(), made);
    assert_eq!(link("client", 2).await.unwrap(), made);
    assert!(is_listed(1).await && is_listed(2).await && !is_listed(3).await);

    assert_refused(link("client", 1).await, &["attachment_id"]);
    assert_refused(link("client", 99_999).await, &["entity_id"]);
    assert_refused(link("invoice", 1).await, &["entity_type"]);
    assert_gone(unlink(3).await);

    unlink(1).await.unwrap();
    assert!(!is_listed(1).await && is_listed(2).await);
    unlink(2).await.unwrap();
    assert_gone(portal.get_attachment(id).await);
}

pub(crate) async fn a_file_that_a_record_needs_is_not_deleted(company: &Company) {
    let portal = &company.portal;
    let id = company.upload(&letter(1)).await.id.unwrap();
    let filed = CreateClientDocumentRequest {
        client_id: Some(ClientId(3)),
        ..CreateClientDocumentRequest::new(DocumentKind::Unspecified, id)
    };
    let document = portal.create_client_document(&filed).await.unwrap().id.clone().unwrap();
    assert_refused(portal.delete_attachment(id).await, &["id"]);
    portal.delete_client_document(&document).await.unwrap();
    assert_gone(portal.get_attachment(id).await);
}

pub(crate) async fn the_files_of_a_record_are_listed_by_pages_in_every_order(company: &Company) {
    let portal = &company.portal;
    for (name, length) in [("Proof of address", 900), ("Passport", 3_000), ("Letter of a bureau", 1_000)] {
        let upload = Upload { caption: Some(name.into()), ..file("a.pdf", "application/pdf", pdf(length, 1)) };
        let id = company.upload(&upload).await.id.unwrap();
        portal.create_attachment_link(&CreateAttachmentLinkRequest::new(id, "client".into(), 4)).await.unwrap();
    }
    let list = async |query: Asked| every(portal.list_attachments(&query).rows()).await;
    let all = list(of_client(4)).await;
    assert_pages(2, &all, portal.list_attachments(&Asked { per_page: Some(2), ..of_client(4) }).stream()).await;
    let narrowed = list(Asked { caption: Some("BUREAU".into()), ..of_client(4) }).await;
    assert_filtered(&all, &narrowed, |file| file.caption.as_deref() == Some("Letter of a bureau"));

    let sorted = async |sort_by: Option<String>, sort_direction: Option<SortDirection>| {
        list(Asked { sort_by, sort_direction, ..of_client(4) }).await
    };
    assert_sorts(
        sorted,
        &[
            ("id", |file| json!(file.id.unwrap().0)),
            ("caption", |file| json!(file.caption)),
            ("type", |file| json!(file.r#type)),
            ("extension", |file| json!(file.extension)),
            ("size", |file| json!(file.size)),
            ("created_at", |file| instant(file.created_at)),
            ("updated_at", |file| instant(file.updated_at)),
        ],
    )
    .await;
}

fn of_client(client: i64) -> Asked {
    Asked::new("client".into(), client)
}
