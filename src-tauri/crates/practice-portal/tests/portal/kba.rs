//! How a client proves who it is to a bureau's provider.

use crate::support::Agent;
use practice_portal::Role;
use reqwest::{Method, StatusCode};
use serde_json::{Value, json};
use std::time::Duration;

/// The choice that is true of the client, from the client's record.
fn truth(client: &Value, question: &Value) -> Value {
    let attributes = &client["attributes"];
    let text = question["text"].as_str().unwrap();
    let is_right = |choice: &str| {
        if text.contains("streets") {
            attributes["MailingStreet"].as_str().unwrap().contains(choice)
        } else if text.contains("cities") {
            attributes["MailingCity"] == choice
        } else if text.contains("year") {
            attributes["D_O_B__c"].as_str().unwrap().starts_with(choice)
        } else if text.contains("mobile") {
            client["mobile_phone"].as_str().unwrap().ends_with(choice.trim_start_matches("ends in "))
        } else {
            choice == "Vermillion Coast Bank"
        }
    };
    let answers = question["answers"].as_array().unwrap();
    let right = answers.iter().find(|answer| is_right(answer["text"].as_str().unwrap())).expect("a true answer");
    json!({ "questionId": question["id"], "answerId": right["id"] })
}

fn answers(client: &Value, challenge: &Value, right: bool) -> Value {
    let questions = challenge["questions"].as_array().unwrap().iter();
    let mut answers: Vec<Value> = questions.map(|question| truth(client, question)).collect();
    if !right {
        answers[0]["answerId"] = json!("0");
    }
    json!({ "answers": answers, "auth_token": challenge["auth_token"] })
}

#[tokio::test]
async fn right_answers_authorize_and_questions_stay_the_same_until_answered() {
    let agent = Agent::sign_in().await;
    let client = agent.ok("/clients/3").await;
    let path = "/clients/3/kba/array_equifax";
    let first = agent.ok(path).await;
    let again = agent.ok(path).await;
    assert_eq!(first[0]["auth_method"], "KBA");
    assert_eq!((first.as_array().unwrap().len(), &first[0]["questions"]), (1, &again[0]["questions"]));
    assert_eq!(first[0]["questions"].as_array().unwrap().len(), 3);
    for question in first[0]["questions"].as_array().unwrap() {
        assert_eq!(question["answers"].as_array().unwrap().len(), 4, "{question}");
    }
    let stale = answers(&client, &first[0], true);
    assert_eq!(agent.refused(Method::POST, path, stale).await, ["auth_token"]);
    let (status, _) = agent.send(Method::POST, path, answers(&client, &again[0], true)).await;
    assert_eq!(status, StatusCode::NO_CONTENT);
    assert_eq!(agent.ok(path).await, json!([]), "the client is known now");
    assert_eq!(agent.ok("/clients/3/kba/array_transunion").await[0]["auth_method"], "KBA", "to this provider only");
}

#[tokio::test]
async fn a_wrong_answer_brings_other_questions_and_a_second_one_locks_for_a_day() {
    let agent = Agent::sign_in().await;
    let client = agent.ok("/clients/5").await;
    let path = "/clients/5/kba/array_experian";
    let first = agent.ok(path).await[0].clone();
    let second = agent.done(Method::POST, path, answers(&client, &first, false)).await[0].clone();
    assert_ne!(first["questions"], second["questions"]);
    let (status, _) = agent.send(Method::POST, path, answers(&client, &second, false)).await;
    assert_eq!(status, StatusCode::FORBIDDEN);
    assert_eq!(agent.get(path).await.0, StatusCode::FORBIDDEN);
    agent.portal.advance(Duration::from_secs(24 * 60 * 60));
    let third = agent.ok(path).await[0].clone();
    assert_ne!(second["questions"], third["questions"]);
    let (status, _) = agent.send(Method::POST, path, answers(&client, &third, true)).await;
    assert_eq!(status, StatusCode::NO_CONTENT);
}

#[tokio::test]
async fn a_pin_goes_to_the_clients_telephone() {
    let agent = Agent::sign_in().await;
    let client = agent.ok("/clients/6").await;
    let mobile = client["mobile_phone"].as_str().unwrap();
    let pin = mobile.get(mobile.len() - 6..).unwrap();
    let with =
        |challenge: &Value, pin: &str| json!({ "answers": [], "auth_pin": pin, "auth_token": challenge["auth_token"] });
    let path = "/clients/6/kba/spin_wheel";
    let first = agent.ok(path).await[0].clone();
    assert_eq!((&first["auth_method"], &first["questions"]), (&json!("OPT"), &json!([])));
    let second = agent.done(Method::POST, path, with(&first, "000")).await[0].clone();
    assert_eq!(agent.send(Method::POST, path, with(&second, pin)).await.0, StatusCode::NO_CONTENT);

    let path = "/clients/6/kba/id_iq";
    let first = agent.ok(path).await[0].clone();
    assert_eq!(first["auth_method"], "SMFA");
    let second = agent.done(Method::POST, path, with(&first, pin)).await[0].clone();
    assert_eq!(second["questions"].as_array().unwrap().len(), 2);
    assert_eq!(agent.send(Method::POST, path, answers(&client, &second, true)).await.0, StatusCode::NO_CONTENT);
}

#[tokio::test]
async fn skipping_needs_a_permission_of_its_own() {
    let mut agent = Agent::sign_in().await;
    let path = "/clients/7/kba/id_iq";
    assert_eq!(agent.status(Method::POST, &format!("{path}/skip")).await, StatusCode::FORBIDDEN);
    agent.become_staff(Role::Administrator).await;
    let skipped = agent.done(Method::POST, &format!("{path}/skip"), json!(null)).await;
    assert!(skipped["message"].is_string());
    assert_eq!(agent.ok(path).await, json!([]));
}

#[tokio::test]
async fn unknown_providers_and_malformed_answers_are_refused() {
    let agent = Agent::sign_in().await;
    assert_eq!(agent.get("/clients/1/kba/phone_book").await.0, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(agent.get("/clients/999/kba/id_iq").await.0, StatusCode::NOT_FOUND);
    for (body, wrong) in [
        (json!({}), "answers"),
        (json!({ "answers": "x" }), "answers"),
        (json!({ "answers": [5] }), "answers.0"),
        (json!({ "answers": [{ "questionId": "1" }] }), "answers.0.answerId"),
    ] {
        assert_eq!(agent.refused(Method::POST, "/clients/1/kba/array_equifax", body).await, [wrong]);
    }
}
