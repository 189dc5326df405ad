use crate::support::{Agent, messages, small};
use practice_portal::Options;
use reqwest::{Method, StatusCode};
use serde_json::{Value, json};
use std::time::Duration;

#[tokio::test]
async fn signing_in_gives_a_token_and_the_account() {
    let agent = Agent::sign_in().await;
    let known = agent.portal.credentials();
    let body: Value = agent.login(&known.email, &known.password).await.json().await.unwrap();
    assert_eq!(body["token"].as_str().unwrap().split('.').count(), 3);
    assert_eq!(body["user"]["email"], known.email);
    assert!(body["user"]["roles"][0]["permissions"][0]["name"].is_string());
    assert!(body["user"]["user_access_log"]["last_login_at"].is_string());
}

#[tokio::test]
async fn a_wrong_password_and_an_unknown_address_answer_alike() {
    let agent = Agent::sign_in().await;
    let known = agent.portal.credentials();
    for (email, password) in [(known.email.as_str(), "wrong"), ("nobody@example.com", known.password.as_str())] {
        let answer = agent.login(email, password).await;
        assert_eq!(answer.status(), StatusCode::UNAUTHORIZED);
        let body: Value = answer.json().await.unwrap();
        assert_eq!(body, json!({ "message": "These credentials do not match our records." }));
    }
}

#[tokio::test]
async fn missing_fields_are_named_together() {
    let agent = Agent::sign_in().await;
    let answer = agent.unsigned(Method::POST, "/auth/login").json(&json!({})).send().await.unwrap();
    assert_eq!(answer.status(), StatusCode::UNPROCESSABLE_ENTITY);
    let body: Value = answer.json().await.unwrap();
    assert_eq!(body["message"], "The email field is required. (and 1 more error)");
    assert_eq!(messages(&body, "password"), ["The password field is required."]);
}

#[tokio::test]
async fn a_disabled_account_is_refused() {
    let agent = Agent::sign_in().await;
    let answer = agent.login("helen.ashby@example.com", &agent.portal.credentials().password).await;
    assert_eq!(answer.status(), StatusCode::FORBIDDEN);
}

#[tokio::test]
async fn every_call_needs_the_api_key_and_all_but_sign_in_the_token() {
    let agent = Agent::sign_in().await;
    let url = format!("{}/clients", agent.portal.base_url());
    let no_key = agent.http.get(&url).bearer_auth(&agent.token).send().await.unwrap();
    assert_eq!(no_key.status(), StatusCode::FORBIDDEN);
    let no_token = agent.unsigned(Method::GET, "/clients").send().await.unwrap();
    assert_eq!(no_token.status(), StatusCode::UNAUTHORIZED);
    assert_eq!(no_token.json::<Value>().await.unwrap(), json!({ "message": "Unauthenticated." }));
    let forged = agent.unsigned(Method::GET, "/clients").bearer_auth("a.b.c").send().await.unwrap();
    assert_eq!(forged.status(), StatusCode::UNAUTHORIZED);
}

#[tokio::test]
async fn an_expired_token_is_refused_and_can_be_refreshed() {
    let agent = Agent::sign_in_to(Options { token_lifetime: Duration::ZERO, ..small() }).await;
    let (status, body) = agent.get("/clients").await;
    assert_eq!((status, body), (StatusCode::UNAUTHORIZED, json!({ "message": "Unauthenticated." })));
    let answer = agent.request(Method::POST, "/auth/refresh").send().await.unwrap();
    assert_eq!(answer.status(), StatusCode::OK);
    let body: Value = answer.json().await.unwrap();
    assert_ne!(body["token"], agent.token.as_str());
    assert_eq!(body["user"]["email"], agent.portal.credentials().email);
}

#[tokio::test]
async fn a_live_token_can_be_refreshed_and_the_new_one_works() {
    let mut agent = Agent::sign_in().await;
    let body: Value = agent.request(Method::POST, "/auth/refresh").send().await.unwrap().json().await.unwrap();
    agent.token = body["token"].as_str().unwrap().to_owned();
    agent.ok("/clients").await;
}

#[tokio::test]
async fn azure_sign_in_says_that_practice_has_none() {
    let agent = Agent::sign_in().await;
    let (status, body) =
        agent.send(Method::POST, "/auth/login/socialite", json!({ "code": "x", "provider": "azure" })).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(messages(&body, "provider")[0].contains("no Azure sign-in"));
}

#[tokio::test]
async fn what_does_not_exist_says_so_in_json() {
    let agent = Agent::sign_in().await;
    for (method, path, status) in [
        (Method::GET, "/nowhere", StatusCode::NOT_FOUND),
        (Method::GET, "/clients/999999", StatusCode::NOT_FOUND),
        (Method::GET, "/clients/seven", StatusCode::NOT_FOUND),
        (Method::DELETE, "/clients", StatusCode::METHOD_NOT_ALLOWED),
        (Method::GET, "/auth/login", StatusCode::METHOD_NOT_ALLOWED),
    ] {
        let answer = agent.request(method.clone(), path).send().await.unwrap();
        assert_eq!(answer.status(), status, "{method} {path}");
        assert!(answer.json::<Value>().await.unwrap()["message"].is_string(), "{method} {path}");
    }
}

#[tokio::test]
async fn after_stopping_the_port_is_closed() {
    let agent = Agent::sign_in().await;
    let address = format!("127.0.0.1:{}", agent.portal.base_url().port().unwrap());
    assert!(tokio::net::TcpStream::connect(&address).await.is_ok());
    agent.portal.stop().await;
    assert!(tokio::net::TcpStream::connect(&address).await.is_err());
}
