//! The client against a scripted server: sessions, refusals, and answers that cannot be read.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use portal_api::auth::{ForgotPasswordRequest, LoginRequest};
use portal_api::clients::{Client, ListClientsQuery};
use portal_api::{ApiError, Config, Page, Portal, Retry};
use secrecy::{ExposeSecret, SecretString};
use serde_json::json;
use std::time::Duration;
use wiremock::matchers::{header, method, path};
use wiremock::{Mock, MockServer, ResponseTemplate};

async fn clients(portal: &Portal) -> Result<Page<Client>, ApiError> {
    portal.list_clients(&ListClientsQuery::default()).page(1).await
}

fn login(password: &str) -> LoginRequest {
    LoginRequest::new("ada@example.com".to_owned(), SecretString::from(password))
}

fn portal(server: &MockServer, token: Option<&str>) -> Portal {
    let config = Config::new(&format!("{}/api", server.uri()), SecretString::from("key-1")).unwrap();
    Portal::new(&config, token.map(SecretString::from)).unwrap()
}

async fn answering(answer: ResponseTemplate) -> (MockServer, Portal) {
    let server = MockServer::start().await;
    Mock::given(method("GET")).and(path("/api/clients")).respond_with(answer).mount(&server).await;
    let portal = portal(&server, Some("good"));
    (server, portal)
}

fn user() -> serde_json::Value {
    json!({"id": 1, "first_name": "Ada", "last_name": "Agent", "email": "ada@example.com",
           "roles": [{"id": "r1", "name": "agent", "permissions": [{"name": "b"}, {"name": "a"}, {"name": "b"}]}]})
}

#[tokio::test]
async fn signing_in_keeps_the_token_and_sends_key_and_bearer_with_every_call() {
    let server = MockServer::start().await;
    Mock::given(method("POST"))
        .and(path("/api/auth/login"))
        .and(header("x-api-key", "key-1"))
        .respond_with(ResponseTemplate::new(200).set_body_json(json!({"token": "t1", "user": user()})))
        .mount(&server)
        .await;
    Mock::given(method("GET"))
        .and(path("/api/clients"))
        .and(header("x-api-key", "key-1"))
        .and(header("authorization", "Bearer t1"))
        .respond_with(ResponseTemplate::new(200).set_body_json(json!({"data": [{"id": 4}], "meta": {"total": 1}})))
        .expect(1)
        .mount(&server)
        .await;
    let portal = portal(&server, None);
    let signed_in = portal.login(&login("pw")).await.ok().unwrap();
    assert_eq!(signed_in.user.display_name(), "Ada Agent");
    assert_eq!(signed_in.user.permissions, ["a", "b"]);
    assert_eq!(clients(&portal).await.unwrap().total, Some(1));
}

#[tokio::test]
async fn wrong_credentials_are_not_an_expired_session() {
    let server = MockServer::start().await;
    Mock::given(path("/api/auth/login"))
        .respond_with(ResponseTemplate::new(401).set_body_json(json!({"message": "Invalid credentials."})))
        .mount(&server)
        .await;
    let error = portal(&server, None).login(&login("no")).await.err().unwrap();
    assert!(matches!(&error, ApiError::WrongCredentials(words) if words == "Invalid credentials."), "{error}");
    assert_eq!(error.retry(), Retry::AfterEdit);
}

#[tokio::test]
async fn a_key_that_is_not_accepted_before_any_session_is_the_keys_fault() {
    let server = MockServer::start().await;
    let no = ResponseTemplate::new(401).set_body_json(json!({"message": "Invalid API key."}));
    Mock::given(path("/api/auth/password/forgot")).respond_with(no).mount(&server).await;
    let request = ForgotPasswordRequest::new("a@example.com".to_owned());
    match portal(&server, None).forgot_password(&request).await.unwrap_err() {
        ApiError::Refused { fields, .. } => assert_eq!(fields["api_key"], ["Invalid API key."]),
        other => panic!("{other}"),
    }
}

#[tokio::test]
async fn an_expired_session_is_refreshed_once_for_all_concurrent_calls() {
    let server = MockServer::start().await;
    Mock::given(path("/api/clients"))
        .and(header("authorization", "Bearer old"))
        .respond_with(ResponseTemplate::new(401).set_body_json(json!({"message": "Unauthenticated."})))
        .mount(&server)
        .await;
    Mock::given(path("/api/clients"))
        .and(header("authorization", "Bearer new"))
        .respond_with(ResponseTemplate::new(200).set_body_json(json!({"data": [], "meta": {"total": 0}})))
        .expect(8)
        .mount(&server)
        .await;
    Mock::given(method("POST"))
        .and(path("/api/auth/refresh"))
        .and(header("authorization", "Bearer old"))
        .respond_with(ResponseTemplate::new(200).set_body_json(json!({"token": "new", "user": user()})))
        .expect(1)
        .mount(&server)
        .await;
    let portal = portal(&server, Some("old"));
    let calls = (0..8).map(|_| clients(&portal));
    for outcome in futures::future::join_all(calls).await {
        outcome.unwrap();
    }
    assert_eq!(portal.token().borrow().as_ref().unwrap().expose_secret(), "new");
}

#[tokio::test]
async fn a_session_that_cannot_be_refreshed_ends() {
    let server = MockServer::start().await;
    for route in ["/api/clients", "/api/auth/refresh"] {
        Mock::given(path(route)).respond_with(ResponseTemplate::new(401)).mount(&server).await;
    }
    let portal = portal(&server, Some("old"));
    let error = clients(&portal).await.unwrap_err();
    assert_eq!(error.retry(), Retry::AfterSignIn, "{error}");
    assert!(portal.token().borrow().is_none());
}

#[tokio::test]
async fn a_portal_that_fails_while_refreshing_does_not_end_the_session() {
    let server = MockServer::start().await;
    Mock::given(path("/api/clients")).respond_with(ResponseTemplate::new(419)).mount(&server).await;
    Mock::given(path("/api/auth/refresh")).respond_with(ResponseTemplate::new(503)).mount(&server).await;
    let portal = portal(&server, Some("old"));
    let error = clients(&portal).await.unwrap_err();
    assert!(matches!(error, ApiError::Server { status: 503, .. }), "{error}");
    assert!(portal.token().borrow().is_some());
}

#[tokio::test]
async fn every_refusal_has_its_meaning() {
    let body = json!({"message": "The given data was invalid.", "errors": {"per_page": ["Too many."]}});
    let (_server, portal) = answering(ResponseTemplate::new(422).set_body_json(&body)).await;
    match clients(&portal).await.unwrap_err() {
        ApiError::Refused { message, fields } => {
            assert_eq!(message, "The given data was invalid.");
            assert_eq!(fields["per_page"], ["Too many."]);
        }
        other => panic!("{other}"),
    }
    let (_server, portal) = answering(ResponseTemplate::new(429).insert_header("Retry-After", "7")).await;
    assert_eq!(clients(&portal).await.unwrap_err().retry(), Retry::Later(Some(Duration::from_secs(7))));
    let (_server, portal) = answering(ResponseTemplate::new(403).set_body_json(json!({"message": "No."}))).await;
    assert!(matches!(clients(&portal).await.unwrap_err(), ApiError::Forbidden { .. }));
    let (_server, portal) = answering(ResponseTemplate::new(404)).await;
    assert!(matches!(clients(&portal).await.unwrap_err(), ApiError::NotFound { .. }));
    let (_server, portal) = answering(ResponseTemplate::new(500).set_body_string("<html>boom</html>")).await;
    assert_eq!(clients(&portal).await.unwrap_err().retry(), Retry::Later(None));
}

#[tokio::test]
async fn answers_that_cannot_be_read_say_where_and_never_panic() {
    for (answer, wanted) in [
        (ResponseTemplate::new(200).set_body_raw("<html></html>", "text/html"), "web page"),
        (ResponseTemplate::new(200).set_body_raw(r#"{"data":[{"id":1"#, "application/json"), "cut short"),
        (ResponseTemplate::new(200).set_body_raw(vec![0xff, 0xfe, 0x00], "application/json"), "UTF-8"),
        (ResponseTemplate::new(200).set_body_raw(r#"{"data":"none"}"#, "application/json"), "data"),
        (ResponseTemplate::new(200).set_body_raw(r#"{"message":"ok"}"#, "application/json"), "data"),
        (ResponseTemplate::new(204), "cut short"),
        (ResponseTemplate::new(302).insert_header("Location", "https://elsewhere.example/login"), "redirect"),
    ] {
        let (_server, portal) = answering(answer).await;
        let error = clients(&portal).await.unwrap_err();
        assert!(
            matches!(error, ApiError::Unreadable { .. }) && error.to_string().contains(wanted),
            "{wanted}: {error}"
        );
    }
}

#[tokio::test]
async fn a_row_nested_without_end_is_parked_like_any_unknown_shape() {
    let deep = format!("[{}1{},{{\"id\":2}}]", "[".repeat(100_000), "]".repeat(100_000));
    let (_server, portal) = answering(ResponseTemplate::new(200).set_body_raw(deep, "application/json")).await;
    let page = clients(&portal).await.unwrap();
    assert_eq!(page.rows.len(), 2);
    assert_eq!(page.records().map(|record| record.value.id.unwrap().0).collect::<Vec<_>>(), [2]);
}

#[tokio::test]
async fn a_portal_that_is_down_is_unreachable_and_its_address_is_not_in_the_error() {
    let config = Config::new("http://127.0.0.1:1/api", SecretString::from("k")).unwrap();
    let error = clients(&Portal::new(&config, Some(SecretString::from("t"))).unwrap()).await.unwrap_err();
    assert_eq!(error.retry(), Retry::Later(None));
    let shown = format!("{error} {error:?}");
    assert!(!shown.contains("127.0.0.1:1/api"), "{shown}");
}

#[tokio::test]
async fn a_bom_and_gzip_are_read() {
    let (_server, portal) =
        answering(ResponseTemplate::new(200).set_body_raw("\u{feff}{\"data\":[{\"id\":3}]}", "application/json")).await;
    assert_eq!(clients(&portal).await.unwrap().records().next().unwrap().value.id.unwrap().0, 3);
}

#[test]
fn addresses_are_checked_before_any_secret_travels() {
    let config = |address: &str| Config::new(address, SecretString::from("k"));
    assert!(config("https://portal.example.com/api/").is_ok());
    assert!(config("http://127.0.0.1:8000/api").is_ok());
    assert!(config("http://portal.example.com/api").is_err());
    assert!(config("ftp://portal.example.com").is_err());
    assert!(config("portal").is_err());
    let config = Config::new("https://portal.example.com", SecretString::from("line\nbreak")).unwrap();
    assert!(Portal::new(&config, None).is_err());
}
