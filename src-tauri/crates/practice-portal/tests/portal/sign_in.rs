use crate::support::{Agent, messages, small};
use practice_portal::Options;
use reqwest::{Method, StatusCode, header};
use serde_json::{Value, json};
use std::time::Duration;
use url::Url;

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

/// Goes to the page as a browser does, and gives where it is sent: the address with the code.
async fn authorize(agent: &Agent, pairs: &[(&str, &str)]) -> (StatusCode, Vec<(String, String)>) {
    let browser = reqwest::Client::builder().no_proxy().redirect(reqwest::redirect::Policy::none()).build().unwrap();
    let answer = browser.get(agent.portal.azure_authorize_url()).query(pairs).send().await.unwrap();
    let status = answer.status();
    let place = answer.headers().get(header::LOCATION).map(|place| Url::parse(place.to_str().unwrap()).unwrap());
    let pairs = place.map(|place| place.query_pairs().into_owned().collect()).unwrap_or_default();
    (status, pairs)
}

const BACK: &str = "http://127.0.0.1:49152/callback";
/// The pair of RFC 7636.
const VERIFIER: &str = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
const CHALLENGE: &str = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";

async fn code(agent: &Agent) -> String {
    let pairs = [
        ("response_type", "code"),
        ("redirect_uri", BACK),
        ("state", "s1"),
        ("code_challenge", CHALLENGE),
        ("code_challenge_method", "S256"),
    ];
    let (status, pairs) = authorize(agent, &pairs).await;
    assert_eq!(status, StatusCode::FOUND);
    assert_eq!(pairs[1], ("state".to_owned(), "s1".to_owned()));
    pairs[0].1.clone()
}

async fn redeem(agent: &Agent, code: &str, verifier: Option<&str>) -> (StatusCode, Value) {
    let mut body = json!({ "code": code, "provider": "azure", "redirect_uri": BACK });
    if let Some(verifier) = verifier {
        body["code_verifier"] = json!(verifier);
    }
    let answer = agent.unsigned(Method::POST, "/auth/login/socialite").json(&body).send().await.unwrap();
    (answer.status(), answer.json().await.unwrap())
}

#[tokio::test]
async fn azure_signs_in_through_a_browser_once_per_code() {
    let mut agent = Agent::sign_in().await;
    let first = code(&agent).await;
    let (status, body) = redeem(&agent, &first, Some(VERIFIER)).await;
    assert_eq!((status, &body["user"]["email"]), (StatusCode::OK, &json!(agent.portal.credentials().email)));
    agent.token = body["token"].as_str().unwrap().to_owned();
    agent.ok("/clients").await;
    assert_eq!(redeem(&agent, &first, Some(VERIFIER)).await.0, StatusCode::UNAUTHORIZED, "a code works once");
    for verifier in [None, Some("another")] {
        let code = code(&agent).await;
        assert_eq!(redeem(&agent, &code, verifier).await.0, StatusCode::UNAUTHORIZED);
        assert_eq!(redeem(&agent, &code, Some(VERIFIER)).await.0, StatusCode::UNAUTHORIZED, "it is used all the same");
    }
    let late = code(&agent).await;
    agent.portal.advance(Duration::from_secs(11 * 60));
    assert_eq!(redeem(&agent, &late, Some(VERIFIER)).await.0, StatusCode::UNAUTHORIZED, "it was too late");
}

#[tokio::test]
async fn azure_sends_the_browser_back_to_this_computer_only() {
    let agent = Agent::sign_in().await;
    let far = [("response_type", "code"), ("redirect_uri", "https://example.com/")];
    let (status, pairs) = authorize(&agent, &far).await;
    assert_eq!((status, pairs), (StatusCode::BAD_REQUEST, Vec::new()));
    for (name, value, error) in [
        ("response_type", "token", "invalid_request"),
        ("login_hint", "nobody@example.com", "access_denied"),
        ("code_challenge", "x", "invalid_request"),
    ] {
        let mut pairs = vec![("redirect_uri", BACK), ("state", "s2")];
        if name != "response_type" {
            pairs.push(("response_type", "code"));
        }
        pairs.push((name, value));
        let (_, answered) = authorize(&agent, &pairs).await;
        assert_eq!(answered[0], ("error".to_owned(), error.to_owned()), "{name}");
    }
    let hinted = [("response_type", "code"), ("redirect_uri", BACK), ("login_hint", "readonly@example.com")];
    let (_, pairs) = authorize(&agent, &hinted).await;
    let (_, body) = redeem(&agent, &pairs[0].1, None).await;
    assert_eq!(body["user"]["email"], "readonly@example.com");
    let (status, body) = agent.send(Method::POST, "/auth/login/socialite", json!({ "provider": "google" })).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(!messages(&body, "provider").is_empty() && !messages(&body, "code").is_empty());
}

#[tokio::test]
async fn a_forgotten_password_is_replaced_by_the_mailed_token() {
    let agent = Agent::sign_in().await;
    let email = agent.portal.credentials().email;
    let ask = |path: &'static str, body: Value| {
        let request = agent.unsigned(Method::POST, path).json(&body);
        async move { request.send().await.unwrap().status() }
    };
    let reset = |token: &str, again: &str| {
        let body = json!({
            "email": email, "password": "correct horse", "password_confirmation": again, "token": token,
        });
        ask("/auth/password/reset", body)
    };
    assert_eq!(agent.portal.mailed_password_token(&email).await.unwrap(), None);
    assert_eq!(ask("/auth/password/forgot", json!({ "email": "nobody@example.com" })).await, StatusCode::NOT_FOUND);
    assert_eq!(ask("/auth/password/forgot", json!({ "email": "x" })).await, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(ask("/auth/password/forgot", json!({ "email": email })).await, StatusCode::OK);
    let token = agent.portal.mailed_password_token(&email).await.unwrap().expect("a mail");
    assert_eq!(reset(&token, "battery").await, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(reset("guessed", "correct horse").await, StatusCode::BAD_REQUEST);
    assert_eq!(reset(&token, "correct horse").await, StatusCode::OK);
    assert_eq!(reset(&token, "correct horse").await, StatusCode::BAD_REQUEST, "it works once");
    assert_eq!(agent.login(&email, "practice").await.status(), StatusCode::UNAUTHORIZED);
    assert_eq!(agent.login(&email, "correct horse").await.status(), StatusCode::OK);

    assert_eq!(ask("/auth/password/forgot", json!({ "email": email })).await, StatusCode::OK);
    let token = agent.portal.mailed_password_token(&email).await.unwrap().expect("a mail");
    agent.portal.advance(Duration::from_secs(61 * 60));
    assert_eq!(reset(&token, "correct horse").await, StatusCode::BAD_REQUEST, "it was too late");
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
