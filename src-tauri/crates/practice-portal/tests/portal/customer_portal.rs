//! What a client sees and does.

use crate::support::{Agent, column};
use reqwest::{Method, StatusCode};
use serde_json::{Value, json};

async fn client(id: i64) -> Agent {
    let mut agent = Agent::sign_in().await;
    agent.become_client(id).await;
    agent
}

#[tokio::test]
async fn a_client_signs_in_as_a_user_and_reads_the_own_records() {
    let agent = client(5).await;
    let known = agent.portal.credentials_of_client(5).await.unwrap();
    let body: Value = agent.login(&known.email, &known.password).await.json().await.unwrap();
    assert_eq!((&body["user"]["id"], &body["user"]["email"]), (&json!(5), &json!(known.email)));
    assert_eq!(body["user"]["roles"][0]["name"], "Client");
    for path in ["agreements", "documents", "products", "goals"] {
        let body = agent.ok(&format!("/customer-portal/clients/5/{path}")).await;
        for record in body["data"].as_array().unwrap() {
            assert!(record.get("client").is_none_or(|client| client["id"] == 5), "{path}");
        }
    }
    let items = agent.all("/customer-portal/clients/5/negative-items").await;
    assert!(!items.is_empty() && column(&items, "/client/id").iter().all(|id| *id == 5));
    let one = agent.ok(&format!("/customer-portal/clients/5/negative-items/{}", items[0]["id"])).await;
    assert_eq!(one["data"], items[0]);
    let collections = agent.all("/customer-portal/clients/5/negative-items?is_collection=1").await;
    assert_eq!(collections.len(), items.iter().filter(|item| item["is_collection"] == true).count());
}

#[tokio::test]
async fn another_clients_records_are_not_there() {
    let agent = client(5).await;
    let (_, items) = (0, "/negative-items?client_id=6");
    let mut staff = Agent::sign_in().await;
    let item = staff.all(items).await[0]["id"].clone();
    let document = staff.all("/client-documents?client_id=6").await[0].clone();
    staff.become_client(5).await;
    for path in [
        format!("/customer-portal/clients/5/negative-items/{item}"),
        format!("/customer-portal/attachments/{}", document["attachment"]["id"]),
    ] {
        assert_eq!(agent.get(&path).await.0, StatusCode::NOT_FOUND, "{path}");
    }
    let file = agent.upload("/customer-portal/attachments", *b"%PDF- mine").await;
    let path = format!("/customer-portal/client-documents/{}", document["id"]);
    let (status, _) = agent.send(Method::PUT, &path, json!({ "attachment_id": file["id"] })).await;
    assert_eq!(status, StatusCode::NOT_FOUND);
    let path = format!("/customer-portal/clients/5/documents/{}", document["id"]);
    assert_eq!(agent.status(Method::DELETE, &path).await, StatusCode::NOT_FOUND);
    let body = json!({ "name": "a", "type": "b", "client_id": 6 });
    let (status, _) = agent.send(Method::POST, "/customer-portal/client-agreements", body).await;
    assert_eq!(status, StatusCode::FORBIDDEN);
}

#[tokio::test]
async fn a_client_files_replaces_and_removes_a_document() {
    let agent = client(5).await;
    let first = agent.upload("/customer-portal/attachments", *b"%PDF- one").await;
    let document = json!({ "type": "id", "subtype": "drive_licence", "attachment_id": first["id"] });
    let (status, filed) = agent.send(Method::POST, "/customer-portal/client-documents", document).await;
    assert_eq!((status, &filed["data"]["client"]["id"]), (StatusCode::CREATED, &json!(5)));
    assert_eq!(filed["data"]["author"], Value::Null, "clients are no staff");
    let id = &filed["data"]["id"];
    let second = agent.upload("/customer-portal/attachments", *b"%PDF- two").await;
    let path = format!("/customer-portal/client-documents/{id}");
    let changed = agent.done(Method::PUT, &path, json!({ "attachment_id": second["id"] })).await;
    assert_eq!(changed["data"]["attachment"]["id"], second["id"]);
    let of = |file: &Value| format!("/customer-portal/attachments/{}", file["id"]);
    assert_eq!(agent.get(&of(&first)).await.0, StatusCode::NOT_FOUND, "nothing was tied to it any more");
    assert_eq!(agent.get(&of(&second)).await.0, StatusCode::OK);
    let path = format!("/customer-portal/clients/5/documents/{id}");
    assert_eq!(agent.status(Method::DELETE, &path).await, StatusCode::NO_CONTENT);
    assert_eq!(agent.get(&of(&second)).await.0, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn a_client_signs_an_agreement() {
    let agent = client(5).await;
    let signed = json!({
        "name": "Services", "type": "service_agreement", "contract_id": 1, "agreement_signed": "2026-11-10 14:30:00",
    });
    let (status, agreement) = agent.send(Method::POST, "/customer-portal/client-agreements", signed).await;
    assert_eq!((status, &agreement["client"]["id"]), (StatusCode::OK, &json!(5)));
    let all = agent.ok("/customer-portal/clients/5/agreements").await;
    assert!(all["data"].as_array().unwrap().contains(&agreement));
}

#[tokio::test]
async fn a_client_changes_address_and_name_and_is_answered_with_an_item() {
    let agent = client(5).await;
    let change = json!({
        "email": "new@example.com",
        "mobile_phone": "6175550100",
        "ssn": "012-34-5678",
        "attributes": { "LastName": "Newname", "MailingPostalCode": 2108, "MailingCity": "Boston" },
    });
    let answer = agent.done(Method::PUT, "/customer-portal/clients/5", change).await;
    assert!(answer["data"]["id"].is_string() && answer["data"]["origin"] == "manual", "{answer}");
    let me = agent.ok("/customer-portal/me/5").await;
    let kept = |name: &str| me["attributes"][name].clone();
    assert_eq!([kept("LastName"), kept("MailingPostalCode")], ["Newname", "02108"]);
    assert_eq!((&me["ssn"], &me["email"]), (&json!(12_345_678), &json!("new@example.com")));
    assert!(kept("FirstName").is_string(), "what was not sent stays");
    let wrong = json!({ "ssn": "1", "email": "x", "attributes": { "MailingPostalCode": "2108" } });
    let wrong = agent.refused(Method::PUT, "/customer-portal/clients/5", wrong).await;
    assert_eq!(wrong, ["attributes.MailingPostalCode", "email", "ssn"]);
}

#[tokio::test]
async fn goals_are_chosen_and_dropped_by_body_or_query() {
    let agent = client(5).await;
    let all = agent.ok("/customer-portal/goals").await;
    assert_eq!(all["data"].as_array().unwrap().len(), 6);
    let path = "/customer-portal/clients/5/goals";
    let chosen = agent.done(Method::POST, path, json!({ "goal_ids": [1, 2, 3, 4] })).await;
    assert!(chosen["data"].as_array().unwrap().len() >= 4);
    assert_eq!(agent.send(Method::DELETE, path, json!({ "goal_ids": [1] })).await.0, StatusCode::NO_CONTENT);
    let by_query = format!("{path}?goal_ids[]=2&goal_ids[]=3");
    assert_eq!(agent.status(Method::DELETE, &by_query).await, StatusCode::NO_CONTENT);
    assert_eq!(agent.status(Method::DELETE, &format!("{path}?goal_ids=5,6")).await, StatusCode::NO_CONTENT);
    assert_eq!(column(agent.ok(path).await["data"].as_array().unwrap(), "/id"), [4]);
    for wrong in [json!({}), json!({ "goal_ids": [] }), json!({ "goal_ids": 4 }), json!({ "goal_ids": ["4"] })] {
        assert_eq!(agent.refused(Method::POST, path, wrong).await, ["goal_ids"]);
    }
    let unknown = json!({ "goal_ids": [4, 99] });
    assert_eq!(agent.refused(Method::DELETE, path, unknown).await, ["goal_ids.1"]);
}

#[tokio::test]
async fn a_client_sees_the_own_reports_and_staff_everybodys() {
    let mut agent = client(5).await;
    let own = agent.all("/customer-portal/credit-report-master-schemas").await;
    assert_eq!((own.len(), column(&own, "/client/id")), (2, vec![json!(5), json!(5)]));
    let latest = agent.ok("/customer-portal/credit-report-master-schemas/latest").await;
    assert_eq!(latest["data"]["id"], own[0]["id"]);
    let path = format!("/customer-portal/credit-report-master-schemas/{}", own[1]["id"]);
    assert!(agent.ok(&path).await["data"]["content"]["items"].is_array());
    agent.become_client(6).await;
    assert_eq!(agent.get(&path).await.0, StatusCode::NOT_FOUND);
    agent.become_staff(practice_portal::Role::Administrator).await;
    assert_eq!(agent.all("/customer-portal/credit-report-master-schemas").await.len(), 80);
}
