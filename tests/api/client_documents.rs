//! Files filed under clients.

use crate::company::{Company, assert_gone, assert_refused, letter};
use crate::lists::{assert_filtered, assert_pages, assert_sorts, every, instant};
use domain::{AttachmentId, ClientId, DocumentId};
use portal_api::client_documents::{
    CreateClientDocumentRequest, DocumentKind, DocumentSubkind, ListClientDocumentsQuery, UpdateClientDocumentRequest,
};
use portal_api::{SortDirection, ToDomain};
use practice_portal::{AcceptedKind, Role};
use serde_json::json;

type Asked = ListClientDocumentsQuery;

fn document(client: ClientId, kind: DocumentKind, file: AttachmentId) -> CreateClientDocumentRequest {
    CreateClientDocumentRequest { client_id: Some(client), ..CreateClientDocumentRequest::new(kind, file) }
}

pub(crate) async fn a_document_is_filed_given_another_file_and_deleted(company: &Company) {
    let (portal, client) = (&company.portal, ClientId(2));
    let list = async || every(portal.list_client_documents(&Asked::new(client)).rows()).await;
    let before = list().await;
    let (first, second) = (company.upload(&letter(1)).await, company.upload(&letter(2)).await);
    let new = CreateClientDocumentRequest {
        subtype: Some(DocumentSubkind::DriverLicense),
        ..document(client, DocumentKind::Id, first.id.unwrap())
    };
    let made = portal.create_client_document(&new).await.unwrap();
    let id = made.id.clone().unwrap();
    assert_eq!((made.r#type.as_ref(), &made.subtype), (Some(&DocumentKind::Id), &new.subtype));
    assert_eq!(made.attachment.as_deref(), Some(&first.value));
    let me = portal.refresh_token().await.unwrap().user;
    assert_eq!(made.author.as_ref().unwrap().id, Some(me.id), "who filed it is who signed in");
    assert_eq!(made.value.clone().to_domain().unwrap().client, client);
    assert_eq!(portal.get_client_document(&id).await.unwrap(), made);
    assert!(list().await.contains(&made));
    let accepted = company.server.accepted().await.unwrap();
    let entries: Vec<_> = accepted.iter().map(|entry| (entry.kind, entry.client_id, entry.attachment_id)).collect();
    assert_eq!(entries, [(AcceptedKind::Document, Some(2), first.id.map(|AttachmentId(id)| id))]);

    let request = UpdateClientDocumentRequest::new(second.id.unwrap());
    let changed = portal.update_client_document(&id, &request).await.unwrap();
    assert_eq!(changed.attachment.as_deref(), Some(&second.value));
    assert_eq!((&changed.r#type, &changed.subtype, changed.created_at), (&made.r#type, &made.subtype, made.created_at));
    assert_eq!(portal.get_client_document(&id).await.unwrap(), changed);
    assert_gone(portal.get_attachment(first.id.unwrap()).await);

    portal.delete_client_document(&id).await.unwrap();
    assert_gone(portal.get_client_document(&id).await);
    assert_gone(portal.update_client_document(&id, &request).await);
    assert_gone(portal.delete_client_document(&id).await);
    assert_gone(portal.get_attachment(second.id.unwrap()).await);
    assert_eq!(list().await, before);
    let of_nothing = document(ClientId(99_999), DocumentKind::Other("selfie".into()), AttachmentId(99_999));
    let refused = portal.create_client_document(&of_nothing).await;
    assert_refused(refused, &["attachment_id", "client_id", "type"]);
    assert_gone(portal.get_client_document(&DocumentId("99999".into())).await);
}

pub(crate) async fn documents_are_listed_by_pages_in_every_order(company: &Company) {
    let (portal, client) = (&company.portal, ClientId(3));
    let colleague = company.staff(Role::DisputeAgent).await;
    for (who, kind, subkind) in [
        (portal, DocumentKind::CreditRelated, DocumentSubkind::Equifax),
        (&colleague, DocumentKind::FixedIncomeVerification, DocumentSubkind::PayStub),
        (portal, DocumentKind::CreditRelated, DocumentSubkind::Creditor),
    ] {
        let file = company.upload(&letter(1)).await.id.unwrap();
        let new = CreateClientDocumentRequest { subtype: Some(subkind), ..document(client, kind, file) };
        who.create_client_document(&new).await.unwrap();
    }
    let list = async |query: Asked| every(portal.list_client_documents(&query).rows()).await;
    let all = list(Asked::new(client)).await;
    assert_pages(2, &all, portal.list_client_documents(&Asked { per_page: Some(2), ..Asked::new(client) }).stream()).await;

    let narrowed = list(Asked { r#type: Some(DocumentKind::CreditRelated), ..Asked::new(client) }).await;
    assert_filtered(&all, &narrowed, |document| document.r#type == Some(DocumentKind::CreditRelated));
    let narrowed = list(Asked { subtype: Some(DocumentSubkind::PayStub), ..Asked::new(client) }).await;
    assert_filtered(&all, &narrowed, |document| document.subtype == Some(DocumentSubkind::PayStub));
    let them = colleague.refresh_token().await.unwrap().user.id;
    let narrowed = list(Asked { author_id: Some(them), ..Asked::new(client) }).await;
    assert_filtered(&all, &narrowed, |document| document.author.as_ref().unwrap().id == Some(them));

    let sorted = async |sort_by: Option<String>, sort_direction: Option<SortDirection>| {
        list(Asked { sort_by, sort_direction, ..Asked::new(client) }).await
    };
    assert_sorts(
        sorted,
        &[
            ("id", |document| json!(document.id.as_ref().unwrap().0.parse::<i64>().unwrap())),
            ("type", |document| json!(document.r#type.as_ref().unwrap().code())),
            ("subtype", |document| json!(document.subtype.as_ref().unwrap().code())),
            ("size", |document| json!(document.attachment.as_ref().unwrap().size)),
            ("created_at", |document| instant(document.created_at)),
            ("updated_at", |document| instant(document.updated_at)),
        ],
    )
    .await;
}
