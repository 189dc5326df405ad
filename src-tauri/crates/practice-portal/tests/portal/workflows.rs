//! Events, workflows and tasks, and trying a step.

use crate::support::{Agent, column};
use reqwest::{Method, StatusCode};
use serde_json::{Value, json};

#[tokio::test]
async fn an_event_definition_carries_its_events_triggers_and_runs() {
    let agent = Agent::administrator().await;
    let definition = agent.ok("/event-definitions/1").await["data"].clone();
    assert_eq!(column(definition["events"].as_array().unwrap(), "/client/id"), [1, 2]);
    let run = &definition["events"][0]["workflowInstances"][0];
    assert_eq!((&run["status"], &run["workflow"]["name"]), (&json!("completed"), &json!("Welcome")));
    assert_eq!(run["stepExecutions"].as_array().unwrap().len(), 4);
    let condition = &definition["triggerEventConditions"][0];
    assert_eq!(condition["segment"]["name"], "First round");
    assert_eq!(condition["trigger"]["workflow"]["steps"].as_array().unwrap().len(), 4);
    assert_eq!(condition["trigger"]["workflow"]["createdBy"]["email"], "administrator@example.com");
    assert_eq!(condition["eventDefinition"], json!({ "id": 1 }), "a circle ends in the key");
    let item =
        agent.ok("/event-definitions/2").await["data"]["events"][0]["workflowInstances"][0]["negativeItem"].clone();
    assert_eq!(item["client"]["id"], 1);
}

#[tokio::test]
async fn definitions_are_written_as_keys_and_read_as_a_schema() {
    let agent = Agent::administrator().await;
    let new = json!({ "name": "Moved", "description": "d", "source": "crm", "schema": ["context.client_id", "city"] });
    let made = agent.done(Method::POST, "/event-definitions", new).await["data"].clone();
    assert_eq!((&made["status"], &made["schema"]["required"]), (&json!("draft"), &json!(["city", "context"])));
    assert_eq!(made["schema"]["properties"]["context"]["properties"]["client_id"], json!({ "type": "string" }));
    let path = format!("/event-definitions/{}", made["id"]);
    let change = json!({ "status": "active", "name": null, "schema": ["city"] });
    let changed = agent.done(Method::PUT, &path, change).await["data"].clone();
    assert_eq!((&changed["status"], &changed["name"]), (&json!("active"), &json!("Moved")));
    assert_eq!(changed["schema"]["properties"].as_object().unwrap().len(), 1);
    let wrong = json!({ "schema": made["schema"], "status": "gone" });
    assert_eq!(agent.refused(Method::PUT, &path, wrong).await, ["schema", "status"]);
    let wrong = agent.refused(Method::POST, "/event-definitions", json!({ "schema": [] })).await;
    assert_eq!(wrong, ["description", "name", "schema", "source"]);
}

#[tokio::test]
async fn definitions_are_narrowed() {
    let agent = Agent::sign_in().await;
    assert_eq!(agent.get("/event-definitions").await.0, StatusCode::FORBIDDEN);
    let agent = Agent::administrator().await;
    for (query, count) in
        [("status=draft", 1), ("source=PORTAL", 2), ("search=charge%20declined", 1), ("sort_by=name", 4)]
    {
        assert_eq!(agent.all(&format!("/event-definitions?{query}")).await.len(), count, "{query}");
    }
}

#[tokio::test]
async fn tasks_of_a_client_name_their_step_author_and_day() {
    let agent = Agent::sign_in().await;
    let mut tasks = Vec::new();
    for client in 1..=40 {
        let own = agent.all(&format!("/client-tasks?client_id={client}")).await;
        let items = agent.all(&format!("/negative-items?client_id={client}")).await;
        for task in &own {
            assert_eq!(task["client"]["id"], client);
            let about: i64 = task["resource_id"].as_str().unwrap().parse().unwrap();
            match task["resource_type"].as_str().unwrap() {
                "client" => assert_eq!(about, client),
                "negative_item" => assert!(items.iter().any(|item| item["id"] == about), "an item of this client"),
                other => panic!("about {other}"),
            }
        }
        tasks.extend(own);
    }
    assert!(tasks.len() > 20);
    assert!(tasks.iter().any(|task| task["resource_type"] == "negative_item"));
    let step = tasks.iter().find(|task| !task["workflow_step"].is_null()).expect("a task of a workflow");
    assert_eq!(step["workflow_step"]["type"], "create_task");
    assert!(step["workflow_step"]["workflow"]["name"].is_string() && step["author"]["roles"].is_array());
    let one = &tasks[0];
    let client = &one["client"]["id"];
    let due = one["due_date"].as_str().unwrap().replace(':', "%3A");
    for query in [
        format!("due_date={due}"),
        format!("status={}", one["status"].as_str().unwrap()),
        format!("author_id={}", one["author"]["id"]),
        format!("search={}", one["name"].as_str().unwrap().replace(' ', "%20").to_uppercase()),
    ] {
        let found = agent.all(&format!("/client-tasks?client_id={client}&{query}")).await;
        assert!(column(&found, "/id").contains(&one["id"]), "{query}");
    }
    assert_eq!(agent.get("/client-tasks").await.0, StatusCode::UNPROCESSABLE_ENTITY);
}

#[tokio::test]
async fn a_step_is_tried_and_nothing_is_done() {
    let agent = Agent::administrator().await;
    let before = agent.all("/correspondences?client_id=2").await.len();
    let path = |step: i64| format!("/debug/workflow-steps/{step}/clients/2");
    let told = agent.done(Method::POST, &path(1), json!(null)).await["data"].clone();
    let first = agent.ok("/clients/2").await["attributes"]["FirstName"].as_str().unwrap().to_owned();
    assert_eq!((&told["type"], &told["outcome"]), (&json!("send_sms"), &json!("success")));
    assert!(told["details"]["would_send"].as_str().unwrap().contains(&first));
    let condition = agent.done(Method::POST, &path(7), json!(null)).await["data"].clone();
    let is_member = agent.ok("/clients/2").await["segments"]["name"] == "Waiting for answers";
    assert_eq!(condition["details"]["is_member"], is_member);
    assert_eq!(agent.all("/correspondences?client_id=2").await.len(), before);
    assert_eq!(agent.status(Method::POST, &path(99)).await, StatusCode::NOT_FOUND);
    assert_eq!(agent.status(Method::POST, "/debug/workflow-steps/1/clients/999").await, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn tracked_events_are_found_by_name() {
    let agent = Agent::administrator().await;
    let all = agent.all("/clickhouse-events").await;
    assert_eq!(all.len(), 10);
    let one = agent.ok("/clickhouse-events/User%20Login").await;
    assert_eq!(one["properties"], json!([{ "ip_address": "192.0.2.17", "user_id": 2 }]), "the latest");
    assert!(one.get("id").is_none() && one["context"][0]["library"]["name"].is_string());
    let rudder = one["rudderId"].as_str().unwrap();
    assert_eq!(agent.all(&format!("/clickhouse-events?rudderId={rudder}")).await, std::slice::from_ref(&one));
    assert_eq!(agent.all("/clickhouse-events?event=login").await.len(), 2);
    assert_eq!(agent.get("/clickhouse-events/Nothing").await.0, StatusCode::NOT_FOUND);
    assert_eq!(agent.get("/clickhouse-events?sort_by=id").await.0, StatusCode::UNPROCESSABLE_ENTITY);
    let templates = agent.ok("/customer-io/templates").await;
    assert!(templates["message"].is_string() && templates["data"][0]["created_at"].is_i64());
    assert_eq!(templates["data"][0]["description"], Value::from(""));
}
