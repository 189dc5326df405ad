//! Agreements that clients signed.

use crate::company::{Company, assert_refused, letter};
use crate::lists::{assert_filtered, assert_pages, assert_sorts, every, instant};
use domain::{AttachmentId, ClientId, ContractId};
use portal_api::client_agreements::{CreateClientAgreementRequest, ListClientAgreementsQuery};
use portal_api::{SortDirection, ToDomain};
use practice_portal::{AcceptedKind, Role};
use serde_json::json;

type Asked = ListClientAgreementsQuery;

fn agreement(client: ClientId, name: &str, kind: &str) -> CreateClientAgreementRequest {
    CreateClientAgreementRequest { client_id: Some(client), ..CreateClientAgreementRequest::new(name.into(), kind.into()) }
}

pub(crate) async fn an_agreement_is_recorded_with_its_signed_file(company: &Company) {
    let (portal, client) = (&company.portal, ClientId(2));
    let signed_file = company.upload(&letter(1)).await;
    let new = CreateClientAgreementRequest {
        agreement_signed: Some("2026-11-02T15:04:05Z".parse().unwrap()),
        attachment_id: signed_file.id,
        contract_id: Some(ContractId(1)),
        ..agreement(client, "Limited power of attorney", "power_of_attorney")
    };
    let made = portal.create_client_agreement(&new).await.unwrap();
    assert_eq!((made.name.as_ref(), made.r#type.as_ref()), (Some(&new.name), Some(&new.r#type)));
    assert_eq!(made.agreement_signed, new.agreement_signed);
    assert_eq!(made.attachment.as_deref(), Some(&signed_file.value));
    let me = portal.refresh_token().await.unwrap().user;
    assert_eq!(made.author.as_ref().unwrap().id, Some(me.id), "who recorded it is who signed in");
    assert_eq!(made.value.clone().to_domain().unwrap().client, client);
    assert!(every(portal.list_client_agreements(&Asked::new(client)).rows()).await.contains(&made));

    let accepted = company.server.accepted().await.unwrap();
    let entries: Vec<_> = accepted.iter().map(|entry| (entry.kind, entry.client_id, entry.attachment_id)).collect();
    assert_eq!(entries, [(AcceptedKind::Agreement, Some(2), signed_file.id.map(|AttachmentId(id)| id))]);

    let unsigned = portal.create_client_agreement(&agreement(client, "Later", "terms")).await.unwrap();
    assert_eq!((unsigned.agreement_signed, unsigned.attachment.is_none()), (None, true));
    let nothing_there = CreateClientAgreementRequest {
        attachment_id: Some(AttachmentId(99_999)),
        contract_id: Some(ContractId(99_999)),
        ..agreement(ClientId(99_999), "Own", "terms")
    };
    let refused = portal.create_client_agreement(&nothing_there).await;
    assert_refused(refused, &["attachment_id", "client_id", "contract_id"]);
    let of_nobody = CreateClientAgreementRequest::new(String::new(), "terms".into());
    assert_refused(portal.create_client_agreement(&of_nobody).await, &["client_id", "name"]);
}

pub(crate) async fn agreements_are_listed_by_pages_in_every_order(company: &Company) {
    let (portal, client) = (&company.portal, ClientId(3));
    let colleague = company.staff(Role::DisputeAgent).await;
    for (who, name, kind) in [
        (portal, "Service agreement", "service_agreement"),
        (&colleague, "Right to cancel", "notice"),
        (portal, "Power of attorney", "power_of_attorney"),
    ] {
        who.create_client_agreement(&agreement(client, name, kind)).await.unwrap();
    }
    portal.create_client_agreement(&agreement(ClientId(4), "Another client's", "notice")).await.unwrap();
    let list = async |query: Asked| every(portal.list_client_agreements(&query).rows()).await;
    let all = list(Asked::new(client)).await;
    assert!(all.iter().all(|agreement| agreement.client.as_ref().unwrap().id == Some(client)));
    assert_pages(2, &all, portal.list_client_agreements(&Asked { per_page: Some(2), ..Asked::new(client) }).stream()).await;

    let narrowed = list(Asked { name: Some("CANCEL".into()), ..Asked::new(client) }).await;
    assert_filtered(&all, &narrowed, |agreement| agreement.name.as_deref() == Some("Right to cancel"));
    let narrowed = list(Asked { r#type: Some("notice".into()), ..Asked::new(client) }).await;
    assert_filtered(&all, &narrowed, |agreement| agreement.r#type.as_deref() == Some("notice"));
    let them = colleague.refresh_token().await.unwrap().user.id;
    let narrowed = list(Asked { author_id: Some(them), ..Asked::new(client) }).await;
    assert_filtered(&all, &narrowed, |agreement| agreement.author.as_ref().unwrap().id == Some(them));

    let sorted = async |sort_by: Option<String>, sort_direction: Option<SortDirection>| {
        list(Asked { sort_by, sort_direction, ..Asked::new(client) }).await
    };
    assert_sorts(
        sorted,
        &[
            ("id", |agreement| json!(agreement.id.unwrap().0)),
            ("created_at", |agreement| instant(agreement.created_at)),
        ],
    )
    .await;
}
