use crate::support::{Agent, column, small};
use practice_portal::{Action, Change, Gate, Options, Rule};
use reqwest::{Method, StatusCode, header};
use serde_json::{Value, json};
use std::time::Duration;

#[tokio::test]
async fn a_status_is_answered_for_the_requests_it_is_meant_for() {
    let agent = Agent::sign_in().await;
    let broken = Action::Status(500, json!({ "message": "Server Error" }));
    agent.portal.faults().add(Rule::new("/clients", broken).method("get").skip(1).times(2));
    let mut statuses = Vec::new();
    for path in ["/clients", "/furnishers", "/clients/1", "/clients", "/clients"] {
        statuses.push(agent.get(path).await.0.as_u16());
    }
    assert_eq!(statuses, [200, 200, 500, 500, 200]);
}

#[tokio::test]
async fn the_ledger_counts_by_route_and_by_path() {
    let agent = Agent::sign_in().await;
    for path in ["/clients", "/clients?page=2", "/clients/7", "/clients/8"] {
        agent.ok(path).await;
    }
    let faults = agent.portal.faults();
    assert_eq!(faults.requests("GET /clients"), 2);
    assert_eq!(faults.requests("GET /clients/{id}"), 2);
    assert_eq!(faults.requests("GET /clients/7"), 1);
    assert_eq!(faults.requests("POST /clients"), 0);
    assert_eq!(faults.requests("POST /auth/login"), 1);
    assert_eq!(faults.ledger().iter().filter(|request| request.query == "page=2").count(), 1);
}

#[tokio::test]
async fn too_many_requests_names_the_wait() {
    let agent = Agent::sign_in().await;
    agent.portal.faults().add(Rule::new("/clients", Action::TooManyRequests(Duration::from_secs(7))));
    let answer = agent.request(Method::GET, "/clients").send().await.unwrap();
    assert_eq!(
        (answer.status(), &answer.headers()[header::RETRY_AFTER]),
        (StatusCode::TOO_MANY_REQUESTS, &"7".parse().unwrap())
    );
}

#[tokio::test]
async fn a_held_request_goes_on_when_the_gate_opens() {
    let agent = Agent::sign_in().await;
    let gate = Gate::new();
    agent.portal.faults().add(Rule::new("/clients/1", Action::Hold(gate.clone())));
    let request = agent.request(Method::GET, "/clients/1");
    let held = tokio::spawn(async move { request.send().await.unwrap().status() });
    gate.reached(1).await;
    assert!(!held.is_finished());
    gate.release();
    assert_eq!(held.await.unwrap(), StatusCode::OK);
}

#[tokio::test]
async fn stopping_lets_held_requests_finish() {
    let agent = Agent::sign_in().await;
    let gate = Gate::new();
    agent.portal.faults().add(Rule::new("/clients/1", Action::Hold(gate.clone())));
    let request = agent.request(Method::GET, "/clients/1");
    let held = tokio::spawn(async move { request.send().await.unwrap().status() });
    gate.reached(1).await;
    agent.portal.stop().await;
    assert_eq!(held.await.unwrap(), StatusCode::OK);
}

#[tokio::test]
async fn a_connection_can_close_before_or_after_the_work_is_done() {
    let agent = Agent::sign_in().await;
    let count = || async { agent.all("/notes?client_id=1").await.len() };
    let before = count().await;
    let note = json!({ "client_id": 1, "note_text": "Did this arrive?" });
    for (action, arrived) in [(Action::CloseBeforeHandling, 0), (Action::CloseAfterHandling, 1)] {
        agent.portal.faults().add(Rule::new("/notes", action).method("POST"));
        let lost = agent.request(Method::POST, "/notes").json(&note).send().await;
        assert!(lost.is_err(), "{lost:?}");
        assert_eq!(count().await, before + arrived);
    }
}

#[tokio::test]
async fn expired_tokens_can_be_refreshed_and_ended_sessions_cannot() {
    let mut agent = Agent::sign_in().await;
    agent.portal.faults().add(Rule::new("/clients", Action::ExpireTokens));
    assert_eq!(agent.get("/clients").await.0, StatusCode::UNAUTHORIZED);
    let answer: Value = agent.request(Method::POST, "/auth/refresh").send().await.unwrap().json().await.unwrap();
    agent.token = answer["token"].as_str().unwrap().to_owned();
    agent.ok("/clients").await;

    agent.portal.faults().add(Rule::new("/clients", Action::EndSessions));
    assert_eq!(agent.get("/clients").await.0, StatusCode::UNAUTHORIZED);
    let answer = agent.request(Method::POST, "/auth/refresh").send().await.unwrap();
    assert_eq!(answer.status().as_u16(), 419);
    let known = agent.portal.credentials();
    assert_eq!(agent.login(&known.email, &known.password).await.status(), StatusCode::OK);
}

#[tokio::test]
async fn a_client_removed_between_pages_shifts_the_next_page() {
    let agent = Agent::sign_in().await;
    agent.portal.faults().add(Rule::new("/clients", Action::Change(Change::DeleteClient(3))).skip(1));
    let mut seen = column(agent.ok("/clients?per_page=20").await["data"].as_array().unwrap(), "/id");
    seen.extend(column(agent.ok("/clients?per_page=20&page=2").await["data"].as_array().unwrap(), "/id"));
    assert!(seen.contains(&json!(3)) && !seen.contains(&json!(21)), "{seen:?}");
    assert_eq!(agent.get("/clients/3").await.0, StatusCode::NOT_FOUND);
    assert_eq!(agent.ok("/negative-items?client_id=3").await["meta"]["total"], 0);
}

#[tokio::test]
async fn somebody_elses_work_shows_in_the_lists() {
    let agent = Agent::sign_in().await;
    let items = agent.all("/negative-items?client_id=2").await;
    agent.portal.change(Change::InsertClient).await.unwrap();
    agent.portal.change(Change::InsertItem { client_id: 2 }).await.unwrap();
    let first = items[0]["id"].as_i64().unwrap();
    let balance = Change::SetItemField { item_id: first, name: "unpaid_balance_amount".into(), value: json!("1.00") };
    agent.portal.change(balance).await.unwrap();
    let name = Change::SetClientAttribute { client_id: 2, name: "LastName".into(), value: json!("Newname") };
    agent.portal.change(name).await.unwrap();

    let newest = agent.ok("/clients/41").await;
    assert_eq!(agent.ok("/clients?sort_by=id&sort_direction=desc&per_page=1").await["data"][0], newest);
    assert!(!agent.all("/negative-items?client_id=41").await.is_empty());
    let now = agent.all("/negative-items?client_id=2").await;
    assert_eq!(now.len(), items.len() + 1);
    assert_eq!(now[0]["unpaid_balance_amount"], "1.00");
    assert_eq!(now[0]["client"]["attributes"]["LastName"], "Newname");
    agent.portal.change(Change::DeleteItem(first)).await.unwrap();
    assert_eq!(agent.get(&format!("/negative-items/{first}")).await.0, StatusCode::NOT_FOUND);
    assert!(agent.portal.change(Change::DeleteItem(first)).await.is_err());
}

#[tokio::test]
async fn a_rule_may_name_one_route() {
    let agent = Agent::sign_in().await;
    let gone = || Action::Status(503, json!({}));
    agent.portal.faults().add(Rule::on("GET /clients/{id}", gone()));
    agent.portal.faults().add(Rule::on("/notes", gone()));
    let mut statuses = Vec::new();
    for path in ["/clients", "/clients/1/reports", "/clients/2", "/clients/2", "/notes"] {
        statuses.push(agent.get(path).await.0.as_u16());
    }
    assert_eq!(statuses, [200, 200, 503, 200, 503]);
}

#[tokio::test]
async fn a_delay_ends_when_the_clock_is_moved() {
    let agent = Agent::sign_in().await;
    agent.portal.faults().add(Rule::on("GET /clients/1", Action::Delay(Duration::from_secs(3_600))));
    let request = agent.request(Method::GET, "/clients/1");
    let waiting = tokio::spawn(async move { request.send().await.unwrap().status() });
    while agent.portal.faults().requests("GET /clients/1") == 0 {
        tokio::task::yield_now().await;
    }
    assert!(!waiting.is_finished());
    agent.portal.advance(Duration::from_secs(3_600));
    assert_eq!(waiting.await.unwrap(), StatusCode::OK);
}

#[tokio::test]
async fn clearing_lets_delayed_requests_go_on() {
    let agent = Agent::sign_in().await;
    agent.portal.faults().add(Rule::on("GET /clients/1", Action::Delay(Duration::from_secs(3_600))));
    let request = agent.request(Method::GET, "/clients/1");
    let waiting = tokio::spawn(async move { request.send().await.unwrap().status() });
    while agent.portal.faults().requests("GET /clients/1") == 0 {
        tokio::task::yield_now().await;
    }
    agent.portal.stop().await;
    assert_eq!(waiting.await.unwrap(), StatusCode::OK);
}

#[tokio::test]
async fn a_refused_connection_is_refused_and_open_ones_end() {
    let agent = Agent::sign_in().await;
    agent.ok("/clients/1").await;
    agent.portal.faults().refuse_connections(true);
    for _ in 0..3 {
        let refused = agent.request(Method::GET, "/clients/1").send().await.unwrap_err();
        assert!(refused.is_connect() || refused.is_request(), "{refused:?}");
    }
    let port = agent.portal.base_url().port().unwrap();
    let error = tokio::net::TcpStream::connect(("127.0.0.1", port)).await.unwrap_err();
    assert_eq!(error.kind(), std::io::ErrorKind::ConnectionRefused);
    let before = agent.portal.faults().requests("GET /clients/1");
    agent.portal.faults().refuse_connections(false);
    loop {
        // The port opens again a moment after it was told to.
        if let Ok(answer) = agent.request(Method::GET, "/clients/1").send().await {
            assert_eq!(answer.status(), StatusCode::OK);
            break;
        }
        tokio::task::yield_now().await;
    }
    assert_eq!(before, 1);
}

/// Sends one request over a connection of its own and gives everything that comes back until the portal closes it.
async fn raw(agent: &Agent, path: &str) -> std::io::Result<String> {
    use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
    let port = agent.portal.base_url().port().unwrap();
    let mut stream = tokio::net::TcpStream::connect(("127.0.0.1", port)).await?;
    let (key, token) = (agent.portal.credentials().api_key, &agent.token);
    let request = format!(
        "GET /api{path} HTTP/1.1\r\nHost: x\r\nx-api-key: {key}\r\nAuthorization: Bearer {token}\r\nConnection: close\r\n\r\n"
    );
    stream.write_all(request.as_bytes()).await?;
    let mut answer = String::new();
    stream.read_to_string(&mut answer).await?;
    Ok(answer)
}

#[tokio::test]
async fn an_answer_may_come_twice_or_not_whole() {
    let agent = Agent::sign_in().await;
    let once = raw(&agent, "/products").await.unwrap();
    agent.portal.faults().add(Rule::on("GET /products", Action::AnswerTwice));
    let twice = raw(&agent, "/products").await.unwrap();
    assert_eq!((once.matches("HTTP/1.1 200").count(), twice.matches("HTTP/1.1 200").count()), (1, 2));
    assert_eq!(twice.len(), 2 * once.len());
    agent.portal.faults().add(Rule::on("GET /products", Action::CutAnswer(7)));
    let cut = raw(&agent, "/products").await.unwrap();
    let (head, body) = cut.split_once("\r\n\r\n").unwrap();
    assert_eq!((body, head.contains("content-length: 7\r\n")), ("{\"data\"", false));
    assert_eq!(agent.get("/products").await.0, StatusCode::OK);
}

#[tokio::test]
async fn a_reset_connection_is_reset() {
    let agent = Agent::sign_in().await;
    for action in [Action::ResetBeforeHandling, Action::ResetAfterHandling] {
        agent.portal.faults().add(Rule::on("GET /products", action));
        let error = raw(&agent, "/products").await.unwrap_err();
        assert_eq!(error.kind(), std::io::ErrorKind::ConnectionReset);
    }
}

#[tokio::test]
async fn a_wrong_clock_shows_in_records_and_headers_and_a_moved_one_expires_tokens() {
    let agent = Agent::sign_in_to(Options { token_lifetime: Duration::from_secs(3_600), ..small() }).await;
    agent.portal.put_clock_wrong(jiff::SignedDuration::from_hours(-10));
    let answer = agent.request(Method::GET, "/clients/1").send().await.unwrap();
    let date = answer.headers()[header::DATE].to_str().unwrap();
    let told = jiff::fmt::rfc2822::DateTimeParser::new().parse_timestamp(date).unwrap();
    assert!((jiff::Timestamp::now() - told) > jiff::SignedDuration::from_hours(9));
    let note = agent.done(Method::POST, "/notes", json!({ "client_id": 1, "note_text": "x" })).await;
    let made: jiff::Timestamp = note["data"]["created_at"].as_str().unwrap().parse().unwrap();
    assert!(made < jiff::Timestamp::now() - jiff::SignedDuration::from_hours(9));
    agent.portal.put_clock_wrong(jiff::SignedDuration::ZERO);
    agent.ok("/clients/1").await;
    agent.portal.advance(Duration::from_secs(3_600));
    assert_eq!(agent.get("/clients/1").await.0, StatusCode::UNAUTHORIZED);
    assert_eq!(agent.status(Method::POST, "/auth/refresh").await, StatusCode::OK);
}

#[tokio::test]
async fn nothing_of_this_is_reachable_over_http() {
    let agent = Agent::administrator().await;
    for path in ["/faults", "/practice/faults", "/accepted", "/clock", "/advance", "/practice/accepted"] {
        for method in [Method::GET, Method::POST] {
            assert_eq!(agent.status(method, path).await, StatusCode::NOT_FOUND, "{path}");
        }
    }
}
