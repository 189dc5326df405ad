use crate::support::{Agent, column, messages};
use reqwest::{Method, StatusCode};
use serde_json::{Value, json};

#[tokio::test]
async fn a_bureau_address_is_created_made_the_default_and_deleted() {
    let agent = Agent::sign_in().await;
    let address = json!({
        "title": "Experian, new office", "type": "experian", "address": "1 Sample Plaza", "city": "Allen",
        "state": "TX", "zip_code": 75013, "fax_number": "(833) 555-0199",
    });
    let (status, body) = agent.send(Method::POST, "/bureau-addresses", address).await;
    assert_eq!(status, StatusCode::CREATED);
    assert_eq!((&body["data"]["is_default"], body["data"].get("fax_number")), (&json!(false), None));
    let path = format!("/bureau-addresses/{}", body["data"]["id"]);
    let (status, body) = agent.send(Method::PUT, &path, json!({ "is_default": true })).await;
    assert_eq!((status, &body["is_default"], &body["city"]), (StatusCode::OK, &json!(true), &json!("Allen")));
    let defaults = agent.ok("/bureau-addresses?is_default=1&type=experian").await;
    assert_eq!(column(defaults.as_array().unwrap(), "/title"), ["Experian, new office"]);
    let (status, body) = agent.send(Method::DELETE, &path, json!(null)).await;
    assert_eq!((status, &body["message"]), (StatusCode::OK, &json!("The bureau address was deleted.")));
    assert_eq!(agent.send(Method::DELETE, &path, json!(null)).await.0, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn wrong_bureau_addresses_are_refused_field_by_field() {
    let agent = Agent::sign_in().await;
    let wrong =
        json!({ "type": "innovis", "title": "x".repeat(256), "zip_code": "many", "fax_number": "0".repeat(21) });
    let (status, body) = agent.send(Method::POST, "/bureau-addresses", wrong).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(messages(&body, "type"), ["The selected type is invalid."]);
    assert_eq!(messages(&body, "title"), ["The title field must not be greater than 255 characters."]);
    assert_eq!(messages(&body, "zip_code"), ["The zip code field must be an integer."]);
    assert_eq!(messages(&body, "fax_number"), ["The fax number field must not be greater than 20 characters."]);
    assert_eq!(messages(&body, "city"), ["The city field is required."]);
}

#[tokio::test]
async fn a_furnisher_lives_from_create_to_delete() {
    let agent = Agent::sign_in().await;
    let new = json!({ "name": "Tumbrel Bank", "type": "Original_Creditor", "fax_number": "(833) 555-0150" });
    let (status, body) = agent.send(Method::POST, "/furnishers", new).await;
    assert_eq!((status, &body["data"]["name"]), (StatusCode::CREATED, &json!("Tumbrel Bank")));
    let path = format!("/furnishers/{}", body["data"]["id"]);
    let (status, body) = agent.send(Method::PATCH, &path, json!({ "type": "Collection_Agency" })).await;
    assert_eq!((status, &body["data"]["fax_number"]), (StatusCode::OK, &json!("(833) 555-0150")));
    assert_eq!(agent.ok(&path).await, body);
    assert_eq!(agent.all("/furnishers?name=tumbrel&type=Collection_Agency").await.len(), 1);
    let (status, body) = agent.send(Method::PUT, &path, json!({ "type": "Bank" })).await;
    assert_eq!((status, messages(&body, "type").len()), (StatusCode::UNPROCESSABLE_ENTITY, 1));
    assert_eq!(agent.send(Method::DELETE, &path, json!(null)).await.0, StatusCode::OK);
    assert_eq!(agent.get(&path).await.0, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn a_note_is_signed_by_whoever_writes_it() {
    let agent = Agent::sign_in().await;
    let (status, body) = agent.send(Method::POST, "/notes", json!({ "client_id": 2, "note_text": "Called." })).await;
    assert_eq!(status, StatusCode::CREATED);
    assert_eq!(body["data"]["user"]["email"], agent.portal.credentials().email);
    assert!(body["data"]["user"]["roles"].is_array() && body["data"].get("user_id").is_none());
    let path = format!("/notes/{}", body["data"]["id"]);
    let (_, changed) = agent.send(Method::PUT, &path, json!({ "note_text": "Called twice." })).await;
    assert_eq!((&changed["data"]["note_text"], &changed["data"]["client_id"]), (&json!("Called twice."), &json!(2)));
    assert_eq!(agent.all("/notes?client_id=2&search=twice").await, [changed["data"].clone()]);
    assert_eq!(agent.send(Method::DELETE, &path, json!(null)).await.0, StatusCode::OK);
    assert_eq!(agent.get(&path).await.0, StatusCode::NOT_FOUND);
    let (status, body) = agent.send(Method::POST, "/notes", json!({ "client_id": 9_999 })).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(messages(&body, "client_id"), ["The selected client id is invalid."]);
    assert_eq!(messages(&body, "note_text"), ["The note text field is required."]);
}

#[tokio::test]
async fn a_fax_names_a_recipient_or_a_furnisher_and_keeps_its_file() {
    let agent = Agent::sign_in().await;
    let fax =
        |attributes: Value| json!({ "client_id": 1, "type": "fax", "attachment_id": 1, "attributes": attributes });
    let good = fax(json!({ "fax_number": "(833) 555-0101", "furnisher": "Fennimore National Bank" }));
    let (status, body) = agent.send(Method::POST, "/correspondences", good).await;
    assert_eq!(status, StatusCode::CREATED);
    let sent = &body["data"];
    assert_eq!((&sent["type"], &sent["attachments"][0]["id"]), (&json!("fax"), &json!(1)));
    assert!(sent["attachments"][0].get("downloadUrl").is_none());
    assert_eq!(sent["run_by"]["is_disabled"], false);
    let attributes = sent["attributes"].as_array().unwrap();
    assert!(attributes.contains(&json!({ "name": "furnisher", "value": "Fennimore National Bank" })));
    let listed = agent.all("/correspondences?client_id=1&type=fax&fax_number=555-0101&run_by=1").await;
    assert!(listed.contains(sent));
    for (attributes, field) in [
        (json!({ "furnisher": "Fennimore National Bank" }), "attributes.fax_number"),
        (json!({ "fax_number": "1" }), "attributes"),
        (json!({ "fax_number": "1", "furnisher": "a", "recipient": "b" }), "attributes"),
    ] {
        let (status, body) = agent.send(Method::POST, "/correspondences", fax(attributes)).await;
        assert_eq!((status, messages(&body, field).len()), (StatusCode::UNPROCESSABLE_ENTITY, 1), "{body}");
    }
    let letter = json!({ "client_id": 1, "type": "letter", "attributes": { "fax_number": "1", "recipient": "b" } });
    assert!(!messages(&agent.send(Method::POST, "/correspondences", letter).await.1, "type").is_empty());
}

#[tokio::test]
async fn items_carry_the_correspondence_about_them() {
    let agent = Agent::sign_in().await;
    let sent = agent.all("/correspondences").await;
    let about = sent.iter().find(|sent| sent["negative_item_id"].is_i64()).expect("some fax about an item");
    let item = agent.ok(&format!("/negative-items/{}", about["negative_item_id"])).await;
    assert!(item["data"]["correspondence"].as_array().unwrap().contains(about));
    assert_eq!(item["data"]["client"]["id"], about["client_id"]);
}

#[tokio::test]
async fn an_agreement_is_recorded_with_its_signing() {
    let agent = Agent::sign_in().await;
    let new = json!({
        "name": "Services agreement", "type": "service_agreement", "client_id": 6, "contract_id": 1,
        "agreement_signed": "2026-11-10 14:30:00",
    });
    let (status, body) = agent.send(Method::POST, "/client-agreements", new).await;
    assert_eq!((status, &body["agreement_signed"]), (StatusCode::OK, &json!("2026-11-10T14:30:00Z")));
    assert_eq!(body["client"]["id"], 6);
    assert!(body["client"].get("attributes").is_none() && body.get("contract_id").is_none());
    let listed = agent.ok("/client-agreements?client_id=6&name=services").await;
    assert_eq!(listed[0], body, "the newest comes first");
    let wrong = json!({ "name": "x", "type": "y", "client_id": 6, "agreement_signed": "yesterday" });
    let (_, body) = agent.send(Method::POST, "/client-agreements", wrong).await;
    assert_eq!(messages(&body, "agreement_signed").len(), 1);
}

#[tokio::test]
async fn a_snippet_is_unique_by_name_and_state() {
    let agent = Agent::sign_in().await;
    let new = json!({ "name": "StateNotice", "content": "Ohio.", "is_state_related": true, "state_code": "oh" });
    let (status, body) = agent.send(Method::POST, "/snippets", new.clone()).await;
    assert_eq!((status, &body["data"]["state_code"]), (StatusCode::CREATED, &json!("OH")));
    let (status, again) = agent.send(Method::POST, "/snippets", new).await;
    assert_eq!((status, messages(&again, "name").len()), (StatusCode::UNPROCESSABLE_ENTITY, 1));
    let path = format!("/snippets/{}", body["data"]["id"]);
    let (status, body) = agent.send(Method::PUT, &path, json!({ "content": "Ohio, since [Date]." })).await;
    assert_eq!((status, &body["data"]["content"]), (StatusCode::OK, &json!("Ohio, since [Date].")));
    assert!(!agent.ok(&path).await["data"]["content"].as_str().unwrap().contains("[Date]"), "a preview is filled");
    let (_, body) = agent.send(Method::PUT, &path, json!({ "name": "[Date]", "state_code": "ZZ" })).await;
    assert!(!messages(&body, "name").is_empty() && !messages(&body, "state_code").is_empty());
    assert_eq!(agent.send(Method::DELETE, &path, json!(null)).await.0, StatusCode::OK);
}

#[tokio::test]
async fn a_template_is_created_with_its_blocks_and_deleted() {
    let agent = Agent::sign_in().await;
    let new = json!({
        "name": "Short", "type": "smart", "category_id": 1, "is_dispute": true,
        "contents": [{ "content": "<p>{A|B}</p>", "section_type": "opening" }],
    });
    let (status, body) = agent.send(Method::POST, "/templates", new).await;
    assert_eq!((status, &body["data"]["category"]["name"]), (StatusCode::CREATED, &json!("Bureau")));
    let path = format!("/templates/{}", body["data"]["id"]);
    let preview = agent.ok(&path).await;
    assert!(["<p>A</p>", "<p>B</p>"].contains(&preview["data"]["preview_content"].as_str().unwrap()));
    assert_eq!(agent.send(Method::DELETE, &path, json!(null)).await.0, StatusCode::OK);
    assert_eq!(agent.get(&path).await.0, StatusCode::NOT_FOUND);
    let wrong =
        json!({ "type": "static", "contents": [{ "content": "", "section_type": "opening" }], "category_id": 99 });
    let (status, body) = agent.send(Method::POST, "/templates", wrong).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    for field in ["name", "category_id", "contents.0.content", "contents.0.section_type"] {
        assert_eq!(messages(&body, field).len(), 1, "{field}: {body}");
    }
}
