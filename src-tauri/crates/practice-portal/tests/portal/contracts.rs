use crate::support::{Agent, column};
use reqwest::{Method, StatusCode};
use serde_json::{Value, json};
use std::time::Duration;

async fn contract(agent: &Agent, name: &str, content: &str) -> Value {
    let new = json!({ "name": name, "content": content, "description": "d", "type": "terms", "product_id": 2 });
    agent.done(Method::POST, "/contracts", new).await["data"].take()
}

#[tokio::test]
async fn every_change_of_a_contract_writes_a_version_newest_first() {
    let agent = Agent::sign_in().await;
    let made = contract(&agent, "Terms", "<p>One</p>").await;
    assert_eq!(
        (&made["product"]["name"], made["product"].get("product_code")),
        (&json!("Credit repair, complete"), None)
    );
    let path = format!("/contracts/{}", made["id"]);
    agent.portal.advance(Duration::from_secs(90));
    agent.done(Method::PUT, &path, json!({ "content": "<p>Two</p>" })).await;
    agent.done(Method::PATCH, &path, json!({ "content": "<p>Three</p>" })).await;
    let versions = agent.ok(&format!("{path}/versions")).await;
    let versions = versions["data"].as_array().unwrap();
    assert_eq!(column(versions, "/content"), ["<p>Three</p>", "<p>Two</p>", "<p>One</p>"]);
    let numbers: Vec<&str> = versions.iter().map(|version| version["version_number"].as_str().unwrap()).collect();
    assert!(numbers.is_sorted_by(|a, b| a > b) && numbers.iter().all(|number| number.len() == 14), "{numbers:?}");
    assert_eq!(versions[0]["author_id"]["email"], agent.portal.credentials().email);
    assert_eq!(versions[0]["contract_id"], made["id"]);
}

#[tokio::test]
async fn a_revert_brings_the_old_text_back_as_a_new_version() {
    let agent = Agent::sign_in().await;
    let made = contract(&agent, "Terms", "<p>One</p>").await;
    let path = format!("/contracts/{}", made["id"]);
    agent.done(Method::PUT, &path, json!({ "content": "<p>Two</p>" })).await;
    let versions = agent.ok(&format!("{path}/versions")).await;
    let first = versions["data"][1]["id"].clone();
    let reverted = agent.done(Method::POST, &format!("{path}/versions/{first}/revert"), json!(null)).await;
    let reverted = reverted.as_array().expect("an array of one");
    assert_eq!((reverted.len(), &reverted[0]["content"]), (1, &json!("<p>One</p>")));
    assert_eq!(agent.ok(&path).await["data"]["content"], "<p>One</p>");
    let versions = agent.ok(&format!("{path}/versions")).await;
    assert_eq!(column(versions["data"].as_array().unwrap(), "/content"), ["<p>One</p>", "<p>Two</p>", "<p>One</p>"]);
    let of_another = format!("/contracts/1/versions/{first}/revert");
    assert_eq!(agent.status(Method::POST, &of_another).await, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn copies_are_numbered() {
    let agent = Agent::sign_in().await;
    let mut names = Vec::new();
    for _ in 0..3 {
        let copy = agent.done(Method::POST, "/contracts/1/clone", json!(null)).await;
        names.push(copy["data"]["name"].clone());
        assert_eq!(copy["data"]["content"], agent.ok("/contracts?name=ServiceAgreement").await["data"][0]["content"]);
    }
    assert_eq!(names, ["Copy ServiceAgreement", "Copy ServiceAgreement 1", "Copy ServiceAgreement 2"]);
    let copy = agent.ok("/contracts?name=Copy%20ServiceAgreement%202").await["data"][0]["id"].clone();
    let versions = agent.ok(&format!("/contracts/{copy}/versions")).await;
    assert_eq!(versions["data"].as_array().unwrap().len(), 1, "a copy begins a history of its own");
    assert_eq!(agent.status(Method::POST, "/contracts/99/clone").await, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn a_single_contract_is_filled_and_the_list_is_not() {
    let mut agent = Agent::sign_in().await;
    let listed = agent.ok("/contracts?name=ServiceAgreement").await["data"][0].clone();
    assert!(listed["content"].as_str().unwrap().contains("[CompanyName]"));
    let shown = agent.ok(&format!("/contracts/{}", listed["id"])).await["data"]["content"].clone();
    let shown = shown.as_str().unwrap();
    assert!(shown.contains("Practice Credit Services") && shown.contains("[ClientName]"), "{shown}");
    assert!(shown.contains("1681i"), "snippets are filled as well: {shown}");
    let name = agent.ok("/clients/4").await["attributes"]["LastName"].as_str().unwrap().to_owned();
    agent.become_client(4).await;
    let own = agent.ok(&format!("/customer-portal/contracts/{}", listed["id"])).await;
    assert!(own["data"]["content"].as_str().unwrap().contains(&name));
}

#[tokio::test]
async fn contracts_are_narrowed_and_deleted_with_their_history() {
    let agent = Agent::sign_in().await;
    let made = contract(&agent, "Terms", "x").await;
    let id = made["id"].clone();
    let today: String = agent.portal.now().to_string().chars().take(10).collect();
    for (query, count) in [
        ("name=terms", 2),
        ("product_id=2", 2),
        ("created_at=2025-01-15", 3),
        (&format!("created_at={today}"), 1),
        ("sort_by=name&sort_direction=desc", 4),
    ] {
        assert_eq!(agent.all(&format!("/contracts?{query}")).await.len(), count, "{query}");
    }
    assert_eq!(agent.get("/contracts?created_at=yesterday").await.0, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(agent.all("/customer-portal/contracts?type=TERMS").await.len(), 2);
    agent.done(Method::DELETE, &format!("/contracts/{id}"), json!(null)).await;
    assert_eq!(agent.get(&format!("/contracts/{id}/versions")).await.0, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn a_contract_needs_a_name_of_its_own() {
    let agent = Agent::sign_in().await;
    let wrong = json!({ "name": "ServiceAgreement", "content": "x", "product_id": 99 });
    assert_eq!(agent.refused(Method::POST, "/contracts", wrong).await, ["name", "product_id"]);
    let wrong = json!({ "name": "[Terms]", "type": 7 });
    assert_eq!(agent.refused(Method::POST, "/contracts", wrong).await, ["content", "name", "type"]);
    assert_eq!(agent.refused(Method::PUT, "/contracts/2", json!({ "name": "ServiceAgreement" })).await, ["name"]);
    agent.done(Method::PUT, "/contracts/2", json!({ "name": "RightToCancel" })).await;
}
