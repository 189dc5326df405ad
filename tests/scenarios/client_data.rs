//! A client's own data: changed here at once, sent through the outbox, and the agent's to decide where the portal says no.

use crate::main_job::{bureau, everyone, ready_client, request};
use desk::contract::{
    AttributeRow, ClientSearch, ClientUpdate, ClientValue, GateMedium, GateRule, Id, LetterCheck, OutboxEdit,
    OutboxItem, OutboxQuery, OutboxStage, OutboxTroubleKind, PostalLines, ProblemCode, SignIn,
};
use desk::{Desk, Rules};
use desk_tests::{Office, QUICK, RunningClock, code, portal, sign_in, signed_in_and_synced, synced};
use jiff::SignedDuration;
use practice_portal::{Action, Gate, Role, Rule, Running};
use serde_json::json;
use std::sync::Arc;

const CLIENT: &str = "3";
const CHANGE: &str = "PUT /customer-portal/clients/{id}";

fn office() -> Office {
    Office { clock: Arc::new(RunningClock::default()), ..Office::default() }
}

async fn at_work() -> (Office, Running, Desk) {
    let (office, portal) = (office(), portal(12).await);
    let desk = signed_in_and_synced(&office, &portal).await;
    (office, portal, desk)
}

async fn facts(desk: &Desk) -> Vec<AttributeRow> {
    let overview = desk.client_overview(Id { id: CLIENT.into() }).await.unwrap();
    overview.groups.into_iter().flat_map(|group| group.rows).collect()
}

/// A fact that may be changed, by the portal's name.
async fn fact(desk: &Desk, name: &str) -> AttributeRow {
    let is = |row: &AttributeRow| row.edit.as_ref().is_some_and(|edit| edit.name == name);
    facts(desk).await.into_iter().find(is).unwrap()
}

async fn kept(desk: &Desk, name: &str) -> String {
    fact(desk, name).await.edit.unwrap().value
}

/// Changes of what the agent sees now.
async fn update(desk: &Desk, values: &[(&str, &str)]) -> ClientUpdate {
    let mut changes = Vec::new();
    for (name, value) in values {
        let seen = kept(desk, name).await;
        changes.push(ClientValue { name: (*name).to_owned(), seen, value: (*value).to_owned() });
    }
    ClientUpdate { client_id: CLIENT.into(), changes }
}

async fn change(desk: &Desk, values: &[(&str, &str)]) -> OutboxItem {
    desk.client_update(update(desk, values).await).await.unwrap()
}

async fn rows(desk: &Desk) -> Vec<OutboxItem> {
    let mut rows = desk.outbox_list(OutboxQuery { over: true, ..OutboxQuery::default() }).await.unwrap();
    rows.reverse();
    rows
}

/// Waits until the row is as wanted; events wake it, nothing sleeps.
async fn until(desk: &Desk, id: &str, wanted: impl Fn(&OutboxItem) -> bool) -> OutboxItem {
    let mut events = desk.events();
    loop {
        let row = rows(desk).await.into_iter().find(|row| row.id == id).unwrap();
        if wanted(&row) {
            return row;
        }
        // Whatever is told, the rows are looked at again.
        let _ = events.recv().await;
    }
}

async fn done(desk: &Desk, id: &str) {
    until(desk, id, |row| row.stage == OutboxStage::Done).await;
}

/// What another desk reads on the portal.
async fn elsewhere(portal: &Running) -> (Office, Desk) {
    let office = office();
    let desk = signed_in_and_synced(&office, portal).await;
    (office, desk)
}

#[tokio::test]
async fn what_is_changed_shows_at_once_and_reaches_the_portal_with_its_leading_zeros() {
    let (_office, portal, desk) = at_work().await;
    let street = kept(&desk, "MailingStreet").await;
    let gate = Gate::new();
    portal.faults().add(Rule::on(CHANGE, Action::Hold(gate.clone())));
    let typed = [
        ("email", " Ana.New@example.com "),
        ("mobile_phone", "(617) 555-0142"),
        ("MailingCity", "Boston"),
        ("MailingState", "ma"),
        ("MailingPostalCode", "021081234"),
        ("D_O_B__c", "03/09/1984"),
        ("OtherPostalCode", "02134"),
    ];
    let item = change(&desk, &typed).await;
    assert_eq!(item.title, "Changed client data");
    assert!(item.detail.contains("Mailing ZIP") && !item.detail.contains("02108"), "{}", item.detail);
    let email = fact(&desk, "email").await;
    assert_eq!(email.value.as_deref(), Some("Ana.New@example.com"));
    assert_eq!(email.pending.unwrap().id, item.id);
    assert_eq!(fact(&desk, "MailingStreet").await.pending, None, "only what was changed waits");
    let card = desk.client_get(Id { id: CLIENT.into() }).await.unwrap();
    let mailing = PostalLines { street, city: "Boston".into(), state: "MA".into(), zip: "02108-1234".into() };
    assert_eq!((card.mailing, card.birth_date.as_deref()), (mailing.clone(), Some("1984-03-09")));
    gate.release();
    done(&desk, &item.id).await;
    assert_eq!(fact(&desk, "email").await.pending, None);
    assert_eq!(kept(&desk, "email").await, "Ana.New@example.com", "also before anything is read again");

    let (_other, reader) = elsewhere(&portal).await;
    let card = reader.client_get(Id { id: CLIENT.into() }).await.unwrap();
    assert_eq!((card.mailing, card.phones[0].as_str()), (mailing, "6175550142"));
    assert_eq!(kept(&reader, "email").await, "Ana.New@example.com");
    assert_eq!(kept(&reader, "OtherPostalCode").await, "02134");
    reader.close().await;
    desk.close().await;
}

#[tokio::test]
async fn offline_it_waits_survives_a_restart_and_a_pull_and_goes_when_the_portal_is_back() {
    let (office, portal, desk) = at_work().await;
    portal.faults().refuse_connections(true);
    let item = change(&desk, &[("LastName", "Newname"), ("MailingCity", "Salem")]).await;
    until(&desk, &item.id, |row| row.trouble.is_some()).await;
    desk.close().await;
    let desk = office.desk().await;
    assert_eq!(kept(&desk, "LastName").await, "Newname");
    let gate = Gate::new();
    portal.faults().add(Rule::on(CHANGE, Action::Hold(gate.clone())));
    portal.faults().refuse_connections(false);
    desk.network_back(Default::default()).await.unwrap();
    gate.reached(1).await;
    assert_eq!(synced(&desk).await.problem, None);
    assert_eq!(kept(&desk, "LastName").await, "Newname", "a pull takes nothing of the agent's away");
    let search = ClientSearch { limit: 500, ..ClientSearch::default() };
    let listed = desk.client_search(search).await.unwrap().rows;
    assert!(listed.iter().any(|row| row.id == CLIENT && row.name.ends_with("Newname") && row.city == "Salem"));
    gate.release();
    done(&desk, &item.id).await;
    let (_other, reader) = elsewhere(&portal).await;
    assert_eq!(kept(&reader, "LastName").await, "Newname");
    reader.close().await;
    desk.close().await;
}

#[tokio::test]
async fn a_further_change_goes_into_the_row_that_waits_and_taking_all_back_cancels_it() {
    let wait = SignedDuration::from_mins(30);
    let office = Office { pace: Rules { first_wait: wait, longest_wait: wait, ..QUICK }, ..office() };
    let portal = portal(12).await;
    let desk = signed_in_and_synced(&office, &portal).await;
    let before = (kept(&desk, "MailingCity").await, kept(&desk, "email").await);
    portal.faults().refuse_connections(true);
    let first = change(&desk, &[("MailingCity", "Salem")]).await;
    until(&desk, &first.id, |row| row.trouble.is_some() && row.stage == OutboxStage::Queued).await;
    // For half an hour the portal is not asked again.
    let second = change(&desk, &[("email", "new@example.com")]).await;
    assert_eq!((&second.id, second.detail.as_str()), (&first.id, "Mailing city, E-mail"));
    let back = change(&desk, &[("MailingCity", before.0.as_str()), ("email", before.1.as_str())]).await;
    assert_eq!((back.id, back.stage), (first.id, OutboxStage::Cancelled));
    assert_eq!((kept(&desk, "MailingCity").await, kept(&desk, "email").await), before);
    assert_eq!(fact(&desk, "email").await.pending, None);
    desk.close().await;
}

#[tokio::test]
async fn a_change_while_another_is_on_its_way_goes_behind_it() {
    let (_office, portal, desk) = at_work().await;
    let gate = Gate::new();
    portal.faults().add(Rule::on(CHANGE, Action::Hold(gate.clone())));
    let first = change(&desk, &[("MailingCity", "Salem")]).await;
    gate.reached(1).await;
    let second = change(&desk, &[("MailingCity", "Lynn"), ("email", "new@example.com")]).await;
    assert!(second.id != first.id && second.behind);
    assert_eq!(kept(&desk, "MailingCity").await, "Lynn");
    gate.release();
    done(&desk, &second.id).await;
    let (_other, reader) = elsewhere(&portal).await;
    assert_eq!(
        (kept(&reader, "MailingCity").await, kept(&reader, "email").await),
        ("Lynn".into(), "new@example.com".into())
    );
    reader.close().await;
    desk.close().await;
}

#[tokio::test]
async fn a_lost_answer_is_settled_by_reading_the_client_and_nothing_is_sent_twice() {
    for action in [
        Action::CloseAfterHandling,
        Action::StatusAfterHandling(502, json!({"message": "Bad Gateway"})),
        Action::StatusAfterHandling(200, json!(["an answer", "that nobody documents"])),
    ] {
        let (_office, portal, desk) = at_work().await;
        portal.faults().add(Rule::on(CHANGE, action.clone()));
        let item = change(&desk, &[("MailingStreet", "12 Maple Street\nUnit 4")]).await;
        done(&desk, &item.id).await;
        assert_eq!(portal.faults().requests(CHANGE), 1, "{action:?}");
        let (_other, reader) = elsewhere(&portal).await;
        assert_eq!(kept(&reader, "MailingStreet").await, "12 Maple Street\nUnit 4", "{action:?}");
        reader.close().await;
        desk.close().await;
    }
}

#[tokio::test]
async fn a_change_that_was_not_made_is_made_again() {
    let (_office, portal, desk) = at_work().await;
    portal.faults().add(Rule::on(CHANGE, Action::CloseBeforeHandling));
    let item = change(&desk, &[("FirstName", "Annabel")]).await;
    done(&desk, &item.id).await;
    assert_eq!(portal.faults().requests(CHANGE), 2);
    desk.close().await;
}

#[tokio::test]
async fn a_client_who_was_changed_on_the_portal_is_shown_before_anything_is_overwritten() {
    let (_office, portal, desk) = at_work().await;
    let gate = Gate::new();
    portal.faults().add(Rule::on("GET /clients/{id}", Action::Hold(gate.clone())));
    let item = change(&desk, &[("MailingCity", "Salem"), ("email", "mine@example.com")]).await;
    gate.reached(1).await;
    // Somebody else is faster.
    let (_other, other) = elsewhere(&portal).await;
    let theirs = change(&other, &[("email", "theirs@example.com")]).await;
    done(&other, &theirs.id).await;
    gate.release();
    let row = until(&desk, &item.id, |row| row.asks || row.stage == OutboxStage::Done).await;
    let trouble = row.trouble.unwrap();
    assert_eq!(
        (row.stage, trouble.kind, trouble.theirs.as_deref()),
        (OutboxStage::Rejected, OutboxTroubleKind::Conflict, Some("E-mail: theirs@example.com"))
    );
    synced(&other).await;
    assert_eq!(kept(&other, "email").await, "theirs@example.com", "nothing went over it");
    // The agent saw it, and means it.
    desk.outbox_retry(Id { id: item.id.clone() }).await.unwrap();
    done(&desk, &item.id).await;
    synced(&other).await;
    assert_eq!(
        (kept(&other, "email").await, kept(&other, "MailingCity").await),
        ("mine@example.com".into(), "Salem".into())
    );
    other.close().await;
    desk.close().await;
}

#[tokio::test]
async fn what_the_portal_refuses_shows_its_fields_and_goes_once_corrected() {
    let (_office, portal, desk) = at_work().await;
    let said = "The MailingPostalCode field must be in the state.";
    let refusal = json!({"message": "Invalid.", "errors": {"attributes.MailingPostalCode": [said]}});
    portal.faults().add(Rule::on(CHANGE, Action::Status(422, refusal)));
    let item = change(&desk, &[("MailingPostalCode", "99999"), ("MailingCity", "Salem")]).await;
    let row = until(&desk, &item.id, |row| row.asks || row.stage == OutboxStage::Done).await;
    let trouble = row.trouble.unwrap();
    assert_eq!(
        (trouble.kind, &trouble.fields["MailingPostalCode"]),
        (OutboxTroubleKind::Refused, &vec![said.to_owned()])
    );
    assert_eq!(kept(&desk, "MailingPostalCode").await, "99999", "what the agent wrote stays until it is corrected");
    let detail = desk.outbox_get(Id { id: item.id.clone() }).await.unwrap();
    let fields: Vec<_> = detail.fields.iter().map(|field| (field.label.as_str(), field.value.as_str())).collect();
    assert_eq!(fields, [("Mailing ZIP", "99999"), ("Mailing city", "Salem")]);
    let edit = |value: &str| OutboxEdit {
        id: item.id.clone(),
        values: [("MailingPostalCode".to_owned(), value.to_owned())].into(),
    };
    let wrong = desk.outbox_edit(edit("1970")).await.unwrap_err().problem();
    assert!(wrong.fields.contains_key("MailingPostalCode"), "{wrong:?}");
    desk.outbox_edit(edit("01970")).await.unwrap();
    done(&desk, &item.id).await;
    let (_other, reader) = elsewhere(&portal).await;
    assert_eq!(kept(&reader, "MailingPostalCode").await, "01970");
    reader.close().await;
    desk.close().await;
}

#[tokio::test]
async fn an_account_that_may_not_change_clients_is_told_on_the_row() {
    let (office, portal) = (office(), portal(12).await);
    let desk = office.desk().await;
    let reader = portal.credentials_of(Role::ReadOnly);
    let session = SignIn { email: reader.email, password: reader.password, ..sign_in(&portal) };
    desk.session_sign_in(session).await.unwrap();
    synced(&desk).await;
    let before = kept(&desk, "MailingCity").await;
    let item = change(&desk, &[("MailingCity", "Salem")]).await;
    let row = until(&desk, &item.id, |row| row.asks || row.stage == OutboxStage::Done).await;
    let message = row.trouble.unwrap().message;
    assert!(message.contains("your account may not change clients"), "{message}");
    desk.outbox_cancel(Id { id: item.id }).await.unwrap();
    assert_eq!(kept(&desk, "MailingCity").await, before);
    desk.close().await;
}

#[tokio::test]
async fn what_cannot_be_right_is_refused_with_every_field_and_nothing_is_queued() {
    let (_office, _portal, desk) = at_work().await;
    let wrong = [
        ("email", "nobody"),
        ("mobile_phone", "555-0100"),
        ("D_O_B__c", "2026-11-23"),
        ("MailingState", "Mass"),
        ("MailingPostalCode", "0210"),
        ("LastName", " "),
        ("MailingCity", "Salem"),
    ];
    let problem = desk.client_update(update(&desk, &wrong).await).await.unwrap_err().problem();
    let fields: Vec<_> = problem.fields.keys().map(String::as_str).collect();
    let expected = ["D_O_B__c", "LastName", "MailingPostalCode", "MailingState", "email", "mobile_phone"];
    assert_eq!((problem.code, fields.as_slice()), (ProblemCode::BadRequest, expected.as_slice()));
    let readonly = facts(&desk).await.into_iter().find(|row| row.edit.is_none()).unwrap();
    let forbidden = ClientValue { name: readonly.name, seen: String::new(), value: "x".into() };
    let ssn = ClientValue { name: "ssn".into(), seen: String::new(), value: "900-12-3456".into() };
    for value in [forbidden, ssn] {
        let update = ClientUpdate { client_id: CLIENT.into(), changes: vec![value] };
        assert_eq!(code(desk.client_update(update).await), ProblemCode::BadRequest);
    }
    let same = kept(&desk, "email").await.to_uppercase();
    assert_eq!(
        code(desk.client_update(update(&desk, &[("email", same.as_str())]).await).await),
        ProblemCode::BadRequest
    );
    let nobody = ClientUpdate { client_id: "4711".into(), ..update(&desk, &[("MailingCity", "Salem")]).await };
    assert_eq!(code(desk.client_update(nobody).await), ProblemCode::NotFound);
    assert!(rows(&desk).await.is_empty());
    desk.close().await;
}

#[tokio::test]
async fn a_letter_written_for_the_old_address_is_found_stale_and_the_next_one_has_the_new() {
    let (_office, portal, desk) = at_work().await;
    let (client, items) = ready_client(&desk).await;
    let ask = async || request(&desk, &client, &items[..1], vec![bureau(items[0].bureau.unwrap())]).await;
    let letter = desk.letter_prepare(ask().await).await.unwrap().letters.remove(0).id;
    let stale = async |id: &str| {
        let check = LetterCheck { ids: vec![id.to_owned()], medium: GateMedium::Paper };
        let found = desk.letter_check(check).await.unwrap().remove(0).findings;
        found.into_iter().any(|finding| finding.rule == GateRule::Stale)
    };
    assert!(!stale(&letter).await);
    // It is not on the portal yet: what the agent means counts.
    portal.faults().refuse_connections(true);
    let seen = everyone(&desk).await.into_iter().find(|row| row.id == client.id).unwrap().state;
    let value = ClientValue { name: "MailingState".into(), seen, value: "VT".into() };
    let moved = ClientUpdate { client_id: client.id.clone(), changes: vec![value] };
    desk.client_update(moved).await.unwrap();
    assert!(stale(&letter).await);
    let again = desk.letter_prepare(ask().await).await.unwrap().letters.remove(0).id;
    assert!(!stale(&again).await);
    let text = async |id: &str| desk.letter_text(Id { id: id.to_owned() }).await.unwrap().text;
    assert!(text(&again).await.contains("the law of Vermont") && !text(&letter).await.contains("Vermont"));
    desk.close().await;
}
