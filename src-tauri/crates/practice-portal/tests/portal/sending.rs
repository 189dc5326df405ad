//! Faxes, mails, texts and letters: what is taken, what becomes of it, and what the ledger says.

use crate::support::Agent;
use practice_portal::{AcceptedKind, Action, Gate, Options, Rule};
use reqwest::{Method, StatusCode};
use serde_json::{Value, json};
use std::{collections::BTreeSet, time::Duration};

fn fax(attachment: &Value) -> Value {
    let mut fax = json!({ "fax_number": "(833) 555-0101", "furnisher": "Fennimore National Bank" });
    if attachment.is_i64() {
        fax["attachment_id"] = attachment.clone();
    }
    json!({ "type": "fax", "client_id": 1, "fax": fax })
}

/// The attributes of what was sent, by name.
fn attributes(sent: &Value) -> Value {
    let all = sent["attributes"].as_array().expect("attributes").iter();
    all.map(|one| (one["name"].as_str().unwrap().to_owned(), one["value"].clone())).collect()
}

async fn listed(agent: &Agent, id: &Value) -> Value {
    let all = agent.all("/correspondences?client_id=1").await;
    all.into_iter().find(|sent| sent["id"] == *id).expect("what was sent")
}

#[tokio::test]
async fn each_way_of_sending_takes_its_own_part() {
    let agent = Agent::sign_in().await;
    for (way, part, addressee) in [
        ("email", json!({ "to": "a@example.com", "subject": "Hello", "body": "<p>x</p>" }), "a@example.com"),
        ("sms", json!({ "number": "0(987)654321", "body": "x", "tfn_id": "TFN5" }), "0(987)654321"),
        ("letter", json!({ "content": "x", "postal_address": "Baker st. 221b" }), "Baker st. 221b"),
        ("fax", json!({ "fax_number": "1", "recipient": "Equifax" }), "Equifax"),
    ] {
        let body = json!({ "type": way, "client_id": 1, way: part, "negative_item_id": null });
        let sent = agent.done(Method::POST, "/correspondences/send", body).await;
        let word = sent["data"]["message"].as_str().unwrap().to_lowercase();
        assert_eq!(word, format!("{way} sent successfully"));
        let sent = &sent["data"]["data"];
        assert_eq!((&sent["type"], &attributes(sent)["recipient"]), (&json!(way), &json!(addressee)));
        let found = agent.all(&format!("/correspondences?type={way}&client_id=1&sort_by=id&sort_direction=desc")).await;
        assert_eq!(found[0]["id"], sent["id"]);
    }
    assert!(agent.all("/correspondences?sort_by=subject&sort_direction=desc&search=hello").await.len() == 1);
}

#[tokio::test]
async fn a_fax_has_exactly_one_addressee_and_each_way_its_fields() {
    let agent = Agent::sign_in().await;
    let to_both = json!({ "fax_number": "1", "recipient": "a", "furnisher": "b" });
    for (body, wrong) in [
        (json!({ "type": "fax", "fax": to_both }), vec!["fax"]),
        (json!({ "type": "fax", "fax": { "fax_number": "1" } }), vec!["fax"]),
        (json!({ "type": "fax", "fax": { "recipient": "a" } }), vec!["fax.fax_number"]),
        (json!({ "type": "fax" }), vec!["fax"]),
        (json!({ "type": "fax", "fax": "1" }), vec!["fax"]),
        (json!({ "type": "pigeon" }), vec!["type"]),
        (json!({ "type": "email", "email": { "to": "nobody" } }), vec!["email.body", "email.subject", "email.to"]),
        (json!({ "type": "sms", "sms": { "number": 5, "body": "x" } }), vec!["sms.number"]),
        (json!({ "type": "sms", "sms": { "number": "5", "body": "x" }, "fax": to_both }), vec!["fax"]),
        (
            json!({ "type": "letter", "client_id": 99_999, "negative_item_id": 1, "letter": { "content": "x" } }),
            vec!["client_id", "letter.postal_address", "negative_item_id"],
        ),
    ] {
        assert_eq!(agent.refused(Method::POST, "/correspondences/send", body.clone()).await, wrong, "{body}");
    }
    assert!(agent.portal.accepted().await.unwrap().is_empty(), "nothing was accepted");
}

#[tokio::test]
async fn a_fax_is_tried_on_the_portals_clock_until_it_is_delivered_or_given_up() {
    let agent = Agent::administrator().await;
    agent.done(Method::PUT, "/fax-settings/1", json!({ "reattempt_count": 2 })).await;
    let mut ends = BTreeSet::new();
    let mut sent = Vec::new();
    for _ in 0..60 {
        let answer = agent.done(Method::POST, "/correspondences/send", fax(&Value::Null)).await;
        assert_eq!(attributes(&answer["data"]["data"])["status"], "queued");
        sent.push(answer["data"]["data"]["id"].clone());
    }
    agent.portal.advance(Duration::from_secs(60 * 60));
    for id in &sent {
        let now = attributes(&listed(&agent, id).await);
        let (status, tries) = (now["status"].as_str().unwrap(), now["attempts"].as_str().unwrap());
        assert_eq!(now["delivered_at"].is_string(), status == "delivered");
        assert_eq!(now["failure"].is_string(), status == "failed", "{now}");
        assert!(status == "delivered" || tries == "3", "{now}");
        ends.insert((status.to_owned(), tries.to_owned()));
    }
    let delivered = |tries: &str| ends.contains(&("delivered".to_owned(), tries.to_owned()));
    assert!(delivered("1") && delivered("2"), "{ends:?}");
}

#[tokio::test]
async fn without_reattempts_a_failed_fax_stays_failed() {
    let agent = Agent::administrator().await;
    agent.done(Method::POST, "/fax-settings", json!({ "reattempt_count": 0 })).await;
    let mut failed = 0;
    for _ in 0..30 {
        let answer = agent.done(Method::POST, "/correspondences/send", fax(&Value::Null)).await;
        let id = &answer["data"]["data"]["id"];
        agent.portal.advance(Duration::from_secs(120));
        let now = attributes(&listed(&agent, id).await);
        assert_eq!(now["attempts"], "1");
        failed += usize::from(now["status"] == "failed");
    }
    assert!((1..30).contains(&failed), "{failed}");
}

#[tokio::test]
async fn the_same_portal_delivers_the_same_fax_the_same_way() {
    let mut ends = Vec::new();
    for _ in 0..2 {
        let agent = Agent::sign_in().await;
        for _ in 0..12 {
            agent.done(Method::POST, "/correspondences/send", fax(&Value::Null)).await;
        }
        agent.portal.advance(Duration::from_secs(86_400));
        let all = agent.all("/correspondences?client_id=1&type=fax").await;
        ends.push(all.iter().map(|sent| attributes(sent)["attempts"].clone()).collect::<Vec<_>>());
    }
    assert_eq!(ends[0], ends[1]);
}

#[tokio::test]
async fn fax_settings_are_listed_and_bounded() {
    let agent = Agent::administrator().await;
    assert_eq!(agent.all("/fax-settings?reattempt_count=3").await.len(), 1);
    assert_eq!(agent.all("/fax-settings?reattempt_count=many").await.len(), 0);
    for wrong in [json!({}), json!({ "reattempt_count": 11 }), json!({ "reattempt_count": "2" })] {
        assert_eq!(agent.refused(Method::POST, "/fax-settings", wrong).await, ["reattempt_count"]);
    }
    assert_eq!(agent.send(Method::PUT, "/fax-settings/9", json!({ "reattempt_count": 1 })).await.0, 404);
}

#[tokio::test]
async fn the_ledger_has_what_was_accepted_with_its_file_and_payload() {
    let agent = Agent::sign_in().await;
    let bytes = b"%PDF-1.7 a letter";
    let file = agent.upload("/attachments", *bytes).await;
    let sent = agent.done(Method::POST, "/correspondences/send", fax(&file["id"])).await;
    agent.done(Method::POST, "/notes", json!({ "client_id": 2, "note_text": "x" })).await;
    let document = json!({ "client_id": 3, "type": "other", "attachment_id": file["id"] });
    agent.done(Method::POST, "/client-documents", document).await;
    agent.refused(Method::POST, "/notes", json!({ "client_id": 2 })).await;
    let ledger = agent.portal.accepted().await.unwrap();
    let kinds: Vec<_> = ledger.iter().map(|entry| (entry.kind, entry.client_id)).collect();
    let expected = [(AcceptedKind::Fax, Some(1)), (AcceptedKind::Note, Some(2)), (AcceptedKind::Document, Some(3))];
    assert_eq!(kinds, expected);
    assert_eq!(json!(ledger[0].record_id), sent["data"]["data"]["id"]);
    assert_eq!(json!(ledger[0].attachment_id), file["id"]);
    // Of the file's bytes, by another implementation.
    let hash = "0e0daae501dae7bbcdd9381c4faec3b23f2b2b4bb7d25b9b794fe96e56262651";
    assert_eq!(ledger[0].file_sha256.as_deref(), Some(hash));
    assert_eq!(ledger[2].file_sha256, ledger[0].file_sha256);
    assert_eq!(ledger[1].file_sha256, None);
    agent.done(Method::POST, "/correspondences/send", fax(&file["id"])).await;
    let again = agent.portal.accepted().await.unwrap();
    assert_eq!(again[3].payload_sha256, ledger[0].payload_sha256, "the same payload has the same hash");
    assert_ne!(again[1].payload_sha256, ledger[0].payload_sha256);
}

#[tokio::test]
async fn a_fax_whose_answer_is_lost_is_in_the_ledger_and_one_that_was_not_handled_is_not() {
    let agent = Agent::sign_in().await;
    let accepted = || async { agent.portal.accepted().await.unwrap().len() };
    let gate = Gate::new();
    for (action, count) in [
        (Action::CloseBeforeHandling, 0),
        (Action::ResetBeforeHandling, 0),
        (Action::CloseAfterHandling, 1),
        (Action::ResetAfterHandling, 2),
        (Action::CutAnswer(10), 3),
        (Action::HandleLate(gate.clone()), 3),
    ] {
        agent.portal.faults().add(Rule::on("POST /correspondences/send", action.clone()));
        let answer = agent.request(Method::POST, "/correspondences/send").json(&fax(&Value::Null)).send().await;
        let body = match answer {
            Ok(answer) => answer.bytes().await.map(|_| ()),
            Err(error) => Err(error),
        };
        assert!(body.is_err(), "{action:?}");
        assert_eq!(accepted().await, count, "{action:?}");
    }
    gate.release();
    agent.portal.quiet().await;
    assert_eq!(accepted().await, 4, "the late one is handled after its caller has gone");
    agent.portal.faults().add(Rule::on("POST /correspondences/send", Action::StatusAfterHandling(502, json!({}))));
    let (status, _) = agent.send(Method::POST, "/correspondences/send", fax(&Value::Null)).await;
    assert_eq!((status, accepted().await), (StatusCode::BAD_GATEWAY, 5));
}

#[tokio::test]
async fn the_ledger_is_kept_with_the_data() {
    let folder = tempfile::tempdir().unwrap();
    let options = Options { database: Some(folder.path().join("practice.db")), clients: 3, ..Options::default() };
    let agent = Agent::sign_in_to(options.clone()).await;
    agent.done(Method::POST, "/correspondences/send", fax(&Value::Null)).await;
    let before = agent.portal.accepted().await.unwrap();
    agent.portal.stop().await;
    let agent = Agent::sign_in_to(options).await;
    assert_eq!(agent.portal.accepted().await.unwrap(), before);
}
