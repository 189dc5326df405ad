//! What happened elsewhere and is recorded here - a fax, a signed agreement, a file of the client - and messages written from
//! templates.

use crate::sending::{accepted, all_over, at_work, until};
use desk::Desk;
use desk::contract::{
    AgreementAdd, ChannelCode, ClientFileRef, DocumentAdd, DocumentCard, Empty, FaxRecord, Id, MessageAsk, MessageSend,
    OutboxEdit, OutboxItem, OutboxStage, ProblemCode,
};
use desk_tests::{Office, code};
use practice_portal::{AcceptedKind, Action, Rule};
use serde_json::json;

/// Answers that leave it open, or tell plainly, whether a call was taken.
fn mishaps() -> [Action; 5] {
    [
        Action::CloseAfterHandling,
        Action::CloseBeforeHandling,
        Action::StatusAfterHandling(502, json!({"message": "Bad Gateway"})),
        Action::AnswerTwice,
        Action::ExpireTokens,
    ]
}

fn id(id: &str) -> Id {
    Id { id: id.to_owned() }
}

/// The token of a PDF that the agent chose.
async fn chosen(office: &Office, desk: &Desk) -> String {
    let file = office.data().join("paper.pdf");
    std::fs::write(&file, b"%PDF-1.7 signed").unwrap();
    let chosen = desk.files_chosen(vec![file]).await.unwrap();
    chosen[0].token.clone()
}

fn fax(client: &str, token: Option<String>) -> FaxRecord {
    FaxRecord {
        client_id: client.to_owned(),
        number: "+1 (888) 555-0100".into(),
        recipient: "Equifax".into(),
        furnisher: false,
        token,
    }
}

fn agreement(client: &str, token: Option<String>) -> AgreementAdd {
    AgreementAdd {
        client_id: client.to_owned(),
        name: "Paper agreement".into(),
        kind: "service_agreement".into(),
        signed_on: Some("2026-11-02".into()),
        token,
    }
}

#[tokio::test]
async fn a_fax_that_went_another_way_is_recorded_once_and_nothing_is_faxed() {
    for action in mishaps() {
        for with_file in [false, true] {
            let (office, portal, desk, client) = at_work().await;
            portal.faults().add(Rule::on("POST /correspondences", action.clone()));
            let token = if with_file { Some(chosen(&office, &desk).await) } else { None };
            desk.fax_record(fax(&client, token)).await.unwrap();
            let rows = all_over(&desk).await;
            assert_eq!(rows[0].stage, OutboxStage::Done, "{action:?}: {rows:?}");
            assert_eq!(accepted(&portal, AcceptedKind::Record).await, 1, "{action:?}");
            assert_eq!(accepted(&portal, AcceptedKind::Fax).await, 0);
            let mut events = desk.events();
            loop {
                let pieces = desk.correspondence_list(id(&client)).await.unwrap();
                let found = pieces.iter().find(|piece| piece.id.is_some() && piece.recipient == "Equifax");
                if let Some(piece) = found {
                    assert_eq!((piece.channel, piece.attachments.len()), (ChannelCode::Fax, usize::from(with_file)));
                    assert_eq!(piece.attributes["fax_number"], "8885550100");
                    break;
                }
                let _ = events.recv().await;
            }
            desk.close().await;
        }
    }
}

#[tokio::test]
async fn a_signed_agreement_waits_marked_and_permits_nothing_before_the_portal_has_it() {
    for action in mishaps() {
        for with_file in [false, true] {
            let (office, portal, desk, client) = at_work().await;
            let before = desk.agreement_list(id(&client)).await.unwrap();
            let had = accepted(&portal, AcceptedKind::Agreement).await;
            desk.sending_pause(Empty {}).await.unwrap();
            let token = if with_file { Some(chosen(&office, &desk).await) } else { None };
            desk.agreement_add(agreement(&client, token)).await.unwrap();
            let list = desk.agreement_list(id(&client)).await.unwrap();
            let first = &list.agreements[0];
            assert_eq!((first.id.as_deref(), first.pending.is_some()), (None, true));
            assert_eq!(list.agreements.len(), before.agreements.len() + 1);
            assert_eq!(list.permission, before.permission);
            portal.faults().add(Rule::on("POST /client-agreements", action.clone()));
            desk.sending_resume(Empty {}).await.unwrap();
            all_over(&desk).await;
            assert_eq!(accepted(&portal, AcceptedKind::Agreement).await - had, 1, "{action:?}");
            let mut events = desk.events();
            let card = loop {
                let list = desk.agreement_list(id(&client)).await.unwrap();
                let found =
                    list.agreements.into_iter().find(|card| card.id.is_some() && card.name == "Paper agreement");
                if let Some(card) = found {
                    break card;
                }
                let _ = events.recv().await;
            };
            assert_eq!(card.signed_at.as_deref(), Some("2026-11-02T12:00:00Z"));
            assert_eq!(card.file.is_some(), with_file);
            desk.close().await;
        }
    }
}

#[tokio::test]
async fn an_agreement_of_tomorrow_or_without_a_name_is_not_queued() {
    let (_office, _portal, desk, client) = at_work().await;
    for (add, field) in [
        (AgreementAdd { signed_on: Some("2099-01-01".into()), ..agreement(&client, None) }, "signedOn"),
        (AgreementAdd { signed_on: Some("soon".into()), ..agreement(&client, None) }, "signedOn"),
        (AgreementAdd { name: " ".into(), ..agreement(&client, None) }, "name"),
        (AgreementAdd { kind: String::new(), ..agreement(&client, None) }, "kind"),
        (agreement(&client, Some("no such token".into())), "token"),
    ] {
        let problem = desk.agreement_add(add).await.unwrap_err().problem();
        assert!(problem.fields.contains_key(field), "{field}: {problem:?}");
    }
    for (record, field) in [
        (FaxRecord { number: "555".into(), ..fax(&client, None) }, "number"),
        (FaxRecord { recipient: String::new(), ..fax(&client, None) }, "recipient"),
    ] {
        let problem = desk.fax_record(record).await.unwrap_err().problem();
        assert!(problem.fields.contains_key(field), "{field}: {problem:?}");
    }
    assert!(desk.agreement_kinds(Empty {}).await.unwrap().contains(&"service_agreement".to_owned()));
    assert_eq!(all_over(&desk).await.len(), 0, "nothing was queued");
    desk.close().await;
}

/// A file that is tied to a new document of the client, and to nothing else.
async fn file_of(office: &Office, desk: &Desk, client: &str) -> ClientFileRef {
    let token = chosen(office, desk).await;
    let kind = "other".to_owned();
    let add = DocumentAdd { client_id: client.to_owned(), token, kind, subkind: None, caption: None };
    let before = desk.document_list(id(client)).await.unwrap();
    desk.document_add(add).await.unwrap();
    let mut events = desk.events();
    loop {
        let cards = desk.document_list(id(client)).await.unwrap();
        let known = |card: &DocumentCard| before.iter().any(|old| old.id == card.id);
        let new = cards.into_iter().find(|card| card.id.is_some() && !known(card));
        if let Some(file_id) = new.and_then(|card| card.attachment_id) {
            return ClientFileRef { client_id: client.to_owned(), file_id };
        }
        let _ = events.recv().await;
    }
}

async fn tied(desk: &Desk, client: &str) -> Vec<(String, bool)> {
    let files = desk.client_file_list(id(client)).await.unwrap();
    files.into_iter().map(|file| (file.file.id, file.pending.is_some())).collect()
}

#[tokio::test]
async fn a_file_is_tied_to_the_client_and_untied_whatever_happens_to_the_answers() {
    for action in mishaps() {
        let (office, portal, desk, client) = at_work().await;
        let file = file_of(&office, &desk, &client).await;
        let before = tied(&desk, &client).await;
        desk.sending_pause(Empty {}).await.unwrap();
        desk.client_file_link(file.clone()).await.unwrap();
        assert_eq!(tied(&desk, &client).await[0], (file.file_id.clone(), true), "it is seen while it waits");
        assert_eq!(code(desk.client_file_link(file.clone()).await), ProblemCode::OutboxWaiting);
        assert_eq!(code(desk.client_file_unlink(file.clone()).await), ProblemCode::OutboxWaiting);
        let link = Rule::on("POST /attachment-links", action.clone());
        portal.faults().add(link);
        desk.sending_resume(Empty {}).await.unwrap();
        all_over(&desk).await;
        let after = tied(&desk, &client).await;
        assert_eq!(after.len(), before.len() + 1, "{action:?}: {after:?}");
        assert!(after.contains(&(file.file_id.clone(), false)), "{action:?}: {after:?}");
        desk.client_file_link(file.clone()).await.unwrap();
        all_over(&desk).await;
        assert_eq!(tied(&desk, &client).await, after, "tied already is what was wanted");

        portal.faults().add(Rule::on("DELETE /attachment-links/{id}", action.clone()));
        desk.client_file_unlink(file.clone()).await.unwrap();
        all_over(&desk).await;
        assert_eq!(tied(&desk, &client).await, before, "{action:?}");
        desk.close().await;
    }
}

#[tokio::test]
async fn only_the_clients_own_files_are_tied_and_the_list_needs_the_portal() {
    let (_office, portal, desk, client) = at_work().await;
    let strange = ClientFileRef { client_id: client.clone(), file_id: "999999".into() };
    assert_eq!(code(desk.client_file_link(strange).await), ProblemCode::NotFound);
    let nameless = ClientFileRef { client_id: client.clone(), file_id: "x".into() };
    assert_eq!(code(desk.client_file_link(nameless).await), ProblemCode::BadRequest);
    portal.stop().await;
    assert_eq!(code(desk.client_file_list(id(&client)).await), ProblemCode::PortalUnreachable);
    desk.close().await;
}

async fn template(desk: &Desk, name: &str) -> String {
    let templates = desk.message_template_list(Empty {}).await.unwrap();
    templates.into_iter().find(|template| template.name == name).unwrap().id
}

#[tokio::test]
async fn a_template_says_to_a_client_what_it_says_with_the_portal_gone() {
    let (_office, portal, desk, client) = at_work().await;
    let first = desk.client_get(id(&client)).await.unwrap().row.name;
    let sms = template(&desk, "Letters ready for review").await;
    let goodwill = template(&desk, "Goodwill request").await;
    portal.stop().await;
    let ask = |template_id| MessageAsk { client_id: client.clone(), template_id };
    let said = desk.message_draft(ask(sms)).await.unwrap();
    let given = said.text.strip_prefix("Hello ").and_then(|text| text.split_once(',')).unwrap().0;
    assert!(first.contains(given) && !given.is_empty(), "{}", said.text);
    assert!(said.text.contains("Reply STOP to opt out."), "{}", said.text);
    assert!(!said.text.contains('<'), "{}", said.text);
    for name in &said.unfilled {
        assert!(said.text.contains(&format!("[{name}]")), "what is missing stands in the text: {}", said.text);
    }
    let letter = desk.message_draft(ask(goodwill)).await.unwrap();
    assert!(letter.text.contains("\n\n") && !letter.text.contains('<'), "{}", letter.text);
    assert_eq!(code(desk.message_draft(ask("999999".into())).await), ProblemCode::NotFound);
    desk.close().await;
}

#[tokio::test]
async fn a_message_that_shows_the_whole_social_security_number_does_not_go() {
    let (office, portal, desk, client) = at_work().await;
    desk.close().await;
    let mut ssn = String::new();
    office
        .in_the_cache(async |store| {
            let id = domain::ClientId(client.parse().unwrap());
            store.client(id).await.unwrap().unwrap().client.ssn.unwrap().expose().clone_into(&mut ssn);
        })
        .await;
    let desk = office.desk().await;
    let email = |body: String| MessageSend::Email {
        client_id: client.clone(),
        to: "ana@example.com".into(),
        subject: "Your letters".into(),
        body,
        item_id: None,
    };
    let letter = |address: String| MessageSend::Letter {
        client_id: client.clone(),
        address,
        content: "They are on their way.".into(),
        item_id: None,
    };
    let messages: [(&str, &dyn Fn(String) -> MessageSend); 2] = [("body", &email), ("postal_address", &letter)];
    for (field, message) in messages {
        let shown = format!("{ssn} Main Street, Dover, DE 19901");
        let refused = desk.message_send(message(shown.clone())).await.unwrap_err().problem();
        assert!(refused.fields.contains_key(field), "{refused:?}");
        // Not when it is queued, then when it leaves.
        desk.sending_pause(Empty {}).await.unwrap();
        let row = desk.message_send(message("1 Main Street, Dover, DE 19901".into())).await.unwrap();
        let fields = desk.outbox_get(id(&row.id)).await.unwrap().fields;
        assert!(fields.iter().any(|one| one.name == field), "{fields:?}");
        desk.outbox_edit(OutboxEdit { id: row.id.clone(), values: [(field.to_owned(), shown)].into() }).await.unwrap();
        desk.sending_resume(Empty {}).await.unwrap();
        let held = |one: &OutboxItem| one.id == row.id && one.stage == OutboxStage::Rejected;
        let rows = until(&desk, |rows| rows.iter().any(held)).await;
        let trouble = rows.into_iter().find(held).unwrap().trouble.unwrap();
        assert!(trouble.fields.contains_key(field) && !trouble.message.contains(&ssn), "{trouble:?}");
        desk.outbox_cancel(id(&row.id)).await.unwrap();
    }
    assert_eq!(accepted(&portal, AcceptedKind::Email).await + accepted(&portal, AcceptedKind::Letter).await, 0);
    desk.close().await;
}
