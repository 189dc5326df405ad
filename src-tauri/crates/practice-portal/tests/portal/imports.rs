//! Clients that come, change and go by CSV.

use crate::support::Agent;
use practice_portal::Options;
use reqwest::{Method, StatusCode, header};
use serde_json::{Value, json};

/// Imports a table and waits until it is done.
async fn import(agent: &Agent, way: &str, table: &str) -> Value {
    let file = agent.upload("/attachments", table.as_bytes()).await;
    assert_eq!((&file["type"], &file["extension"]), (&json!("text/csv"), &json!("csv")));
    let begun = agent.done(Method::POST, "/imports", json!({ "type": way, "attachment_id": file["id"] })).await;
    assert_eq!((&begun["data"]["status"], &begun["data"]["processed_records"]), (&json!("pending"), &json!(0)));
    agent.portal.quiet().await;
    let all = agent.all("/imports").await;
    assert_eq!(all[0]["id"], begun["data"]["id"], "the newest comes first");
    assert_eq!(all[0]["created_by"]["email"], "administrator@example.com");
    all[0].clone()
}

#[tokio::test]
async fn added_rows_become_clients_and_bad_ones_are_named() {
    let agent = Agent::administrator().await;
    let taken = agent.ok("/clients/1").await["email"].as_str().unwrap().to_owned();
    let table = format!(
        "FirstName,LastName,email,ssn,MailingPostalCode,Notes\r\n\
         Ada,\"Example, the first\",ada@example.com,012345678,02108,ignored\r\n\
         Ben,,ben@example.com,,,\r\n\
         Cyd,Example,nobody,,,\r\n\
         Dee,Example,{taken},,,\r\n\
         Eve,Example,eve@example.com,,,\r\n"
    );
    let done = import(&agent, "add", &table).await;
    assert_eq!(
        [&done["status"], &done["total_records"], &done["processed_records"]],
        [&json!("completed"), &json!(5), &json!(5)]
    );
    let log = done["error_log"].as_str().unwrap();
    let lines: Vec<&str> = log.lines().collect();
    assert_eq!(
        lines,
        [
            "Row 3: The LastName field is required.",
            "Row 4: The email field must be a valid email address.",
            "Row 5: The email has already been taken.",
        ]
    );
    let clients = agent.all("/clients").await;
    assert_eq!(clients.len(), 42);
    let ada = &clients[40];
    assert_eq!((&ada["attributes"]["LastName"], &ada["ssn"]), (&json!("Example, the first"), &json!(12_345_678)));
    assert_eq!(ada["attributes"]["MailingPostalCode"], "02108");
    assert_eq!(agent.all("/clients?search=ada@example.com").await.len(), 1);
    assert_eq!(ada["segments"], Value::Null, "segments choose again when they are refreshed");
}

#[tokio::test]
async fn rows_change_and_delete_the_clients_they_name() {
    let agent = Agent::administrator().await;
    let key = agent.ok("/clients/3").await["client_key"].as_str().unwrap().to_owned();
    let before = agent.ok("/clients/2").await;
    let table =
        format!("id,client_key,LastName,mobile_phone\n2,,Second,\n,{key},Third,6175550100\n99,,Nobody,\n,,Nameless,\n");
    let done = import(&agent, "update", &table).await;
    assert_eq!(done["error_log"].as_str().unwrap().lines().count(), 2, "{done}");
    let (second, third) = (agent.ok("/clients/2").await, agent.ok("/clients/3").await);
    assert_eq!([&second["attributes"]["LastName"], &third["attributes"]["LastName"]], ["Second", "Third"]);
    assert_eq!(second["mobile_phone"], before["mobile_phone"], "an empty column changes nothing");
    assert_eq!(third["mobile_phone"], "6175550100");

    import(&agent, "delete", &format!("client_key,id\n{key},\n,4\n")).await;
    for gone in [3, 4] {
        assert_eq!(agent.get(&format!("/clients/{gone}")).await.0, StatusCode::NOT_FOUND);
        assert_eq!(agent.all(&format!("/negative-items?client_id={gone}")).await.len(), 0);
    }
    assert_eq!(agent.all("/clients").await.len(), 38);
}

#[tokio::test]
async fn the_example_can_be_imported_as_it_is() {
    let agent = Agent::administrator().await;
    let answer = agent.request(Method::GET, "/imports/example").send().await.unwrap();
    assert!(answer.headers()[header::CONTENT_DISPOSITION].to_str().unwrap().contains(".csv"));
    let table = answer.text().await.unwrap();
    let done = import(&agent, "add", &table).await;
    assert_eq!((&done["processed_records"], &done["error_log"]), (&json!(1), &json!("")));
}

#[tokio::test]
async fn only_a_table_can_be_imported() {
    let agent = Agent::administrator().await;
    let pdf = agent.upload("/attachments", *b"%PDF- no table").await;
    for wrong in [json!(pdf["id"]), json!(99_999), json!("1")] {
        let body = json!({ "type": "add", "attachment_id": wrong });
        assert_eq!(agent.refused(Method::POST, "/imports", body).await, ["attachment_id"], "{wrong}");
    }
    let wrong = agent.refused(Method::POST, "/imports", json!({ "type": "merge" })).await;
    assert_eq!(wrong, ["attachment_id", "type"]);
    let mut agent = agent;
    agent.become_staff(practice_portal::Role::Agent).await;
    assert_eq!(agent.get("/imports").await.0, StatusCode::FORBIDDEN);
}

#[tokio::test]
async fn an_import_that_was_interrupted_goes_on_after_a_restart() {
    let folder = tempfile::tempdir().unwrap();
    let options = Options { database: Some(folder.path().join("practice.db")), clients: 3, ..Options::default() };
    let mut agent = Agent::sign_in_to(options.clone()).await;
    agent.become_staff(practice_portal::Role::Administrator).await;
    let mut table = String::from("FirstName,LastName,email\n");
    for number in 0..400 {
        table.push_str(&format!("A,B,client{number}@example.com\n"));
    }
    let file = agent.upload("/attachments", table).await;
    agent.done(Method::POST, "/imports", json!({ "type": "add", "attachment_id": file["id"] })).await;
    agent.portal.stop().await;

    let mut agent = Agent::sign_in_to(options).await;
    agent.become_staff(practice_portal::Role::Administrator).await;
    agent.portal.quiet().await;
    let done = &agent.all("/imports").await[0];
    assert_eq!((&done["status"], &done["processed_records"]), (&json!("completed"), &json!(400)));
    assert_eq!((&done["error_log"], agent.all("/clients").await.len()), (&json!(""), 403), "no row twice, none lost");
}
