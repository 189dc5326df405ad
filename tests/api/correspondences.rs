//! What is sent: recorded faxes, and faxes, mails, texts and letters handed over to be sent.

use crate::company::{Company, assert_refused, letter};
use crate::lists::{assert_filtered, assert_pages, assert_sorts, every};
use domain::{AttachmentId, Channel, ClientId, ItemId};
use portal_api::correspondences::{
    Correspondence, CreateCorrespondenceRequest, Email, Fax, FaxRecipient, ListCorrespondencesQuery, PostalLetter,
    SendCorrespondenceRequest, TextMessage,
};
use portal_api::negative_items::ListNegativeItemsQuery;
use portal_api::{Record, SortDirection};
use practice_portal::{AcceptedKind, Role};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::time::Duration;

type Asked = ListCorrespondencesQuery;

fn attribute<'a>(sent: &'a Correspondence, name: &str) -> &'a str {
    sent.attributes.get(name).map(String::as_str).unwrap_or_default()
}

fn fax(number: &str, recipient: &str) -> Fax {
    Fax { recipient: Some(recipient.to_owned()), ..Fax::new(number.to_owned()) }
}

fn to_send(channel: Channel) -> SendCorrespondenceRequest {
    SendCorrespondenceRequest { client_id: Some(ClientId(2)), ..SendCorrespondenceRequest::new(channel) }
}

fn faxed(number: &str, recipient: &str) -> SendCorrespondenceRequest {
    SendCorrespondenceRequest { fax: Some(fax(number, recipient)), ..to_send(Channel::Fax) }
}

async fn list(company: &Company, query: Asked) -> Vec<Record<Correspondence>> {
    every(company.portal.list_correspondences(&query).rows()).await
}

pub(crate) async fn a_fax_that_was_sent_elsewhere_is_recorded_with_its_file(company: &Company) {
    let portal = &company.portal;
    let sent_file = company.upload(&letter(1)).await;
    let record = |attributes: FaxRecipient| CreateCorrespondenceRequest {
        attachment_id: sent_file.id,
        attributes: Some(attributes),
        ..CreateCorrespondenceRequest::new(ClientId(2), Channel::Fax)
    };
    let to_equifax =
        FaxRecipient { recipient: Some("Equifax".into()), ..FaxRecipient::new("(800) 555-0100".into()) };
    let made = portal.create_correspondence(&record(to_equifax.clone())).await.unwrap();
    assert_eq!((made.client_id, made.r#type.as_ref()), (Some(ClientId(2)), Some(&Channel::Fax)));
    assert_eq!(attribute(&made, "fax_number"), "(800) 555-0100");
    assert_eq!((attribute(&made, "recipient"), attribute(&made, "status")), ("Equifax", "sent"));
    assert_eq!(made.attachments.iter().map(|file| file.id).collect::<Vec<_>>(), [sent_file.id]);
    let me = portal.refresh_token().await.unwrap().user;
    assert_eq!(made.run_by.as_ref().unwrap().id, Some(me.id), "who recorded it is who signed in");
    assert_eq!(list(company, Asked::default()).await[0], made, "the newest comes first");
    let accepted = company.server.accepted().await.unwrap();
    assert_eq!(accepted.iter().map(|entry| entry.kind).collect::<Vec<_>>(), [AcceptedKind::Record]);

    let to_both = FaxRecipient { furnisher: Some("Quillmark Bank".into()), ..to_equifax };
    assert_refused(portal.create_correspondence(&record(to_both)).await, &["attributes"]);
    let to_nobody = FaxRecipient::new("(800) 555-0100".into());
    assert_refused(portal.create_correspondence(&record(to_nobody)).await, &["attributes"]);
    let mail = CreateCorrespondenceRequest::new(ClientId(99_999), Channel::Email);
    assert_refused(portal.create_correspondence(&mail).await, &["attributes", "client_id", "type"]);
}

pub(crate) async fn each_way_of_sending_hands_over_what_it_needs(company: &Company) {
    let portal = &company.portal;
    let file = company.upload(&letter(1)).await;
    let of_client = ListNegativeItemsQuery { client_id: Some(ClientId(2)), ..ListNegativeItemsQuery::default() };
    let item = every(portal.list_negative_items(&of_client).rows()).await[0].id.clone();
    let with_file = Fax { attachment_id: file.id, ..fax("800-555-0101", "Experian") };
    let text = TextMessage { tfn_id: Some("7".into()), ..TextMessage::new("6175550100".into(), "Please call.".into()) };
    let mail = Email::new("a@example.com".into(), "Your letters".into(), "<p>Hello</p>".into());
    let post = PostalLetter::new("<p>Dear Sir or Madam,</p>".into(), "1 Main Street, Dover".into());
    let all = [
        (
            SendCorrespondenceRequest {
                fax: Some(with_file),
                negative_item_id: item.clone(),
                ..to_send(Channel::Fax)
            },
            [("fax_number", "800-555-0101"), ("recipient", "Experian"), ("status", "queued")].as_slice(),
            AcceptedKind::Fax,
        ),
        (
            SendCorrespondenceRequest { email: Some(mail), ..to_send(Channel::Email) },
            &[("recipient", "a@example.com"), ("subject", "Your letters"), ("body", "<p>Hello</p>"), ("status", "sent")],
            AcceptedKind::Email,
        ),
        (
            SendCorrespondenceRequest { sms: Some(text), ..to_send(Channel::Sms) },
            &[("recipient", "6175550100"), ("body", "Please call."), ("tfn_id", "7"), ("status", "sent")],
            AcceptedKind::Sms,
        ),
        (
            SendCorrespondenceRequest { letter: Some(post), ..to_send(Channel::Letter) },
            &[("recipient", "1 Main Street, Dover"), ("content", "<p>Dear Sir or Madam,</p>"), ("status", "mailed")],
            AcceptedKind::Letter,
        ),
    ];
    for (request, attributes, kind) in all {
        let sent = portal.send_correspondence(&request).await.unwrap();
        assert_eq!((sent.client_id, sent.r#type.as_ref()), (Some(ClientId(2)), Some(&request.r#type)));
        assert_eq!(sent.negative_item_id, request.negative_item_id);
        for (name, value) in attributes {
            assert_eq!(attribute(&sent, name), *value, "{name} of {kind:?}");
        }
        assert_eq!(sent.attachments.len(), usize::from(kind == AcceptedKind::Fax));
        let listed = list(company, Asked { r#type: Some(request.r#type.clone()), ..Asked::default() }).await.remove(0);
        assert_eq!((&listed.id, &listed.attachments), (&sent.id, &sent.attachments));
        assert_eq!(company.server.accepted().await.unwrap().pop().unwrap().kind, kind);
    }
}

pub(crate) async fn what_cannot_be_sent_names_its_fields_and_is_not_accepted(company: &Company) {
    let portal = &company.portal;
    let both = Fax { furnisher: Some("Quillmark Bank".into()), ..fax("1", "Equifax") };
    let no_file = Fax { attachment_id: Some(AttachmentId(99_999)), ..fax("1", "Equifax") };
    let mail = Email::new("nobody".into(), String::new(), "x".into());
    let strange = SendCorrespondenceRequest { client_id: Some(ClientId(99_999)), ..faxed("1", "Equifax") };
    let anothers = SendCorrespondenceRequest { negative_item_id: Some(ItemId("99999".into())), ..faxed("1", "Equifax") };
    for (request, fields) in [
        (to_send(Channel::Fax), ["fax"].as_slice()),
        (SendCorrespondenceRequest { fax: Some(both), ..to_send(Channel::Fax) }, &["fax"]),
        (SendCorrespondenceRequest { fax: Some(no_file), ..to_send(Channel::Fax) }, &["fax.attachment_id"]),
        (SendCorrespondenceRequest { email: Some(mail), ..to_send(Channel::Email) }, &["email.subject", "email.to"]),
        (to_send(Channel::Letter), &["letter"]),
        (to_send(Channel::Other("pigeon".into())), &["type"]),
        (strange, &["client_id"]),
        (anothers, &["negative_item_id"]),
    ] {
        assert_refused(portal.send_correspondence(&request).await, fields);
    }
    assert!(company.server.accepted().await.unwrap().is_empty());
}

pub(crate) async fn a_faxs_delivery_shows_as_time_goes_on(company: &Company) {
    let portal = &company.portal;
    let mut ids = Vec::new();
    for number in 0..20 {
        ids.push(portal.send_correspondence(&faxed(&format!("800-555-01{number:02}"), "Equifax")).await.unwrap().id);
    }
    let standing = async || {
        let listed = list(company, Asked { r#type: Some(Channel::Fax), ..Asked::default() }).await;
        let own = listed.iter().filter(|fax| ids.contains(&fax.id));
        let mut count = BTreeMap::<String, usize>::new();
        for fax in own {
            *count.entry(attribute(fax, "status").to_owned()).or_default() += 1;
            let is_delivered = attribute(fax, "status") == "delivered";
            assert_eq!(!attribute(fax, "delivered_at").is_empty(), is_delivered);
        }
        count
    };
    assert_eq!(standing().await, [("queued".to_owned(), 20)].into());
    company.server.advance(Duration::from_secs(30));
    assert_eq!(standing().await, [("sending".to_owned(), 20)].into());
    company.server.advance(Duration::from_secs(60));
    let tried = standing().await;
    assert!(tried["delivered"] > 0 && tried.keys().all(|status| status == "delivered" || status == "waiting to retry"));
    company.server.advance(Duration::from_secs(60 * 60));
    let ended = standing().await;
    assert!(ended["delivered"] >= tried["delivered"] && ended.keys().all(|status| status == "delivered" || status == "failed"));
}

pub(crate) async fn correspondence_is_listed_by_pages_in_every_order(company: &Company) {
    let portal = &company.portal;
    let colleague = company.staff(Role::DisputeAgent).await;
    let mail = Email::new("z@example.com".into(), "Apples and pears".into(), "x".into());
    let mail = SendCorrespondenceRequest { email: Some(mail), ..to_send(Channel::Email) };
    portal.send_correspondence(&mail).await.unwrap();
    colleague.send_correspondence(&faxed("800-555-0199", "Equifax")).await.unwrap();
    portal.send_correspondence(&faxed("800-555-0111", "TransUnion")).await.unwrap();
    // Every delivery has ended, so that a list is the same whenever it is read.
    company.server.advance(Duration::from_secs(86_400));

    let all = list(company, Asked::default()).await;
    assert_pages(2, &all, portal.list_correspondences(&Asked { per_page: Some(2), ..Asked::default() }).stream()).await;
    let narrowed = list(company, Asked { r#type: Some(Channel::Email), ..Asked::default() }).await;
    assert_filtered(&all, &narrowed, |sent| sent.r#type == Some(Channel::Email));
    let narrowed = list(company, Asked { client_id: Some(ClientId(2)), ..Asked::default() }).await;
    assert_filtered(&all, &narrowed, |sent| sent.client_id == Some(ClientId(2)));
    let them = colleague.refresh_token().await.unwrap().user.id;
    let narrowed = list(company, Asked { run_by: Some(them), ..Asked::default() }).await;
    assert_filtered(&all, &narrowed, |sent| sent.run_by.as_ref().unwrap().id == Some(them));
    let narrowed = list(company, Asked { recipient: Some("UNION".into()), ..Asked::default() }).await;
    assert_filtered(&all, &narrowed, |sent| attribute(sent, "recipient") == "TransUnion");
    let narrowed = list(company, Asked { fax_number: Some("0199".into()), ..Asked::default() }).await;
    assert_filtered(&all, &narrowed, |sent| attribute(sent, "fax_number").contains("0199"));
    let found = list(company, Asked { search: Some("pears apples".into()), ..Asked::default() }).await;
    assert_filtered(&all, &found, |sent| attribute(sent, "subject") == "Apples and pears");

    fn shown(sent: &Correspondence, name: &str) -> Value {
        json!(sent.attributes.get(name))
    }
    let sorted = async |sort_by: Option<String>, sort_direction: Option<SortDirection>| {
        list(company, Asked { sort_by, sort_direction, ..Asked::default() }).await
    };
    assert_sorts(
        sorted,
        &[
            ("id", |sent| json!(sent.id.unwrap().0)),
            ("type", |sent| json!(sent.r#type.as_ref().unwrap().code())),
            ("created_at", |sent| shown(sent, "sent_at")),
            ("subject", |sent| shown(sent, "subject")),
            ("first_name", |sent| json!(sent.run_by.as_ref().unwrap().first_name)),
            ("recipient", |sent| shown(sent, "recipient")),
            ("fax_number", |sent| shown(sent, "fax_number")),
        ],
    )
    .await;
}
