use crate::support::{Agent, column, messages};
use reqwest::{Method, StatusCode, header};
use serde_json::{Value, json};

#[tokio::test]
async fn pages_cover_the_list_once_and_say_where_they_lie() {
    let agent = Agent::sign_in().await;
    let first = agent.ok("/clients").await;
    assert_eq!(first["data"].as_array().unwrap().len(), 15);
    assert_eq!(
        first["meta"],
        json!({ "current_page": 1, "from": 1, "last_page": 3, "per_page": 15, "to": 15, "total": 40 })
    );
    assert!(first["links"]["prev"].is_null());
    let mut seen = column(first["data"].as_array().unwrap(), "/id");
    let mut next = first["links"]["next"].clone();
    while let Some(url) = next.as_str() {
        let page: Value = agent
            .http
            .get(url)
            .header("x-api-key", agent.portal.credentials().api_key)
            .bearer_auth(&agent.token)
            .send()
            .await
            .unwrap()
            .json()
            .await
            .unwrap();
        seen.extend(column(page["data"].as_array().unwrap(), "/id"));
        next = page["links"]["next"].clone();
    }
    assert_eq!(seen, (1..=40).map(Value::from).collect::<Vec<_>>());
    let last = agent.ok("/clients?page=3").await;
    assert_eq!((&last["meta"]["from"], &last["meta"]["to"]), (&json!(31), &json!(40)));
}

#[tokio::test]
async fn a_page_past_the_end_is_empty() {
    let agent = Agent::sign_in().await;
    let page = agent.ok("/clients?page=9").await;
    assert_eq!(page["data"], json!([]));
    assert!(page["meta"]["from"].is_null() && page["meta"]["to"].is_null());
    assert_eq!(page["meta"]["total"], 40);
}

#[tokio::test]
async fn links_repeat_the_filters() {
    let agent = Agent::sign_in().await;
    let page = agent.ok("/negative-items?is_negative=1&per_page=10&sort_by=reported_date").await;
    let next = page["links"]["next"].as_str().unwrap();
    assert!(next.contains("is_negative=1&per_page=10&sort_by=reported_date&page=2"), "{next}");
}

#[tokio::test]
async fn wrong_paging_and_sorting_are_refused_field_by_field() {
    let agent = Agent::sign_in().await;
    let (status, body) = agent.get("/clients?page=0&per_page=101&sort_by=shoe_size&sort_direction=up").await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(messages(&body, "page"), ["The page field must be at least 1."]);
    assert_eq!(messages(&body, "per_page"), ["The per page field must not be greater than 100."]);
    assert_eq!(messages(&body, "sort_by"), ["The selected sort by is invalid."]);
    assert_eq!(messages(&body, "sort_direction"), ["The selected sort direction is invalid."]);
}

#[tokio::test]
async fn every_documented_sort_column_works_both_ways() {
    let agent = Agent::sign_in().await;
    for (path, columns) in [
        ("/clients?", "id FirstName MiddleName LastName Email MobilePhone Phone HomePhone"),
        (
            "/negative-items?",
            "id client_id account_name account_type reported_date modified_date unpaid_balance_amount",
        ),
        ("/furnishers?", "id name type created_at updated_at"),
        ("/templates?", "id name type created_at updated_at"),
        ("/template-categories?", "id name created_at updated_at"),
        ("/snippets?", "id name state_code created_at updated_at"),
        ("/instructions?", "id order name created_at updated_at"),
        ("/notes?", "id note_text user_id created_at"),
        ("/correspondences?", "id created_at subject first_name"),
        ("/client-documents?client_id=1&", "id type size created_at updated_at"),
        ("/attachments?entity_type=client&entity_id=1&", "id caption type size created_at updated_at"),
        ("/bureau-addresses?", "id title type address city state is_default"),
        ("/client-agreements?client_id=1&", "id created_at"),
    ] {
        for column in columns.split(' ') {
            let rows = |body: Value| match body {
                Value::Array(rows) => rows,
                mut body => body["data"].take().as_array().cloned().unwrap_or_default(),
            };
            let ids = |body: Value| column_ids(&rows(body));
            let up = ids(agent.ok(&format!("{path}sort_by={column}&per_page=100")).await);
            let down = ids(agent.ok(&format!("{path}sort_by={column}&sort_direction=desc&per_page=100")).await);
            if up.len() < 100 {
                assert_eq!(up, down.into_iter().rev().collect::<Vec<_>>(), "{path}{column}");
            } else {
                assert_ne!(up, down, "{path}{column}");
            }
        }
    }
}

fn column_ids(rows: &[Value]) -> Vec<i64> {
    rows.iter().map(|row| row["id"].as_i64().expect("an id")).collect()
}

#[tokio::test]
async fn sorting_orders_by_the_column() {
    let agent = Agent::sign_in().await;
    let items = agent.all("/negative-items?sort_by=unpaid_balance_amount&sort_direction=desc").await;
    let cents =
        |item: &Value| item["unpaid_balance_amount"].as_str().map(|a| a.replace('.', "").parse::<i64>().unwrap());
    let amounts: Vec<_> = items.iter().filter_map(cents).collect();
    assert!(amounts.len() > 100 && amounts.is_sorted_by(|a, b| a >= b), "{amounts:?}");
}

#[tokio::test]
async fn clients_are_found_by_name_mail_and_telephone_in_any_script_and_case() {
    let agent = Agent::sign_in().await;
    let everyone = agent.all("/clients").await;
    for client in &everyone {
        let attributes = &client["attributes"];
        for part in ["FirstName", "LastName", "Email", "MobilePhone"] {
            let text = attributes[part].as_str().unwrap().to_uppercase();
            let query: String = url::form_urlencoded::byte_serialize(text.as_bytes()).collect();
            let found = agent.all(&format!("/clients?search={query}")).await;
            assert!(found.contains(client), "{part}");
            assert!(found.len() < everyone.len());
        }
    }
}

#[tokio::test]
async fn negative_items_are_narrowed_by_every_documented_filter() {
    let agent = Agent::sign_in().await;
    let all = agent.all("/negative-items").await;
    for (query, pointer, value) in [
        ("client_id=7", "/client/id", json!(7)),
        ("account_type=Credit%20Card", "/account_type", json!("Credit Card")),
        ("is_negative=0", "/is_negative", json!(false)),
        ("is_collection=1", "/is_collection", json!(true)),
        ("is_charge_off=true", "/is_charge_off", json!(true)),
        ("is_disputed=1", "/is_disputed", json!(true)),
        ("status=in_progress", "/metadata/status", json!("in_progress")),
    ] {
        let found = agent.all(&format!("/negative-items?{query}")).await;
        let expected: Vec<_> = all.iter().filter(|item| item.pointer(pointer) == Some(&value)).cloned().collect();
        assert!(!found.is_empty() && found == expected, "{query}: {} of {}", found.len(), expected.len());
    }
    let (status, body) = agent.get("/negative-items?status=gone&is_negative=perhaps").await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(!messages(&body, "status").is_empty() && !messages(&body, "is_negative").is_empty());
}

#[tokio::test]
async fn the_other_lists_are_narrowed_by_their_documented_filters() {
    let agent = Agent::sign_in().await;
    for (path, expected) in [
        ("/furnishers?name=bank", 10),
        ("/furnishers?type=Government_Office", 7),
        ("/templates?type=smart", 2),
        ("/templates?category_name=bureau", 3),
        ("/templates?name=goodwill", 1),
        ("/template-categories?name=creditor", 1),
        ("/snippets?state_code=NY", 1),
        ("/snippets?name=StateNotice", 9),
        ("/snippets?created_at=2025-01-15", 15),
        ("/snippets?created_at=2024-01-15", 0),
        ("/snippets?id=1", 1),
        ("/instructions?name=balance", 2),
    ] {
        assert_eq!(agent.all(path).await.len(), expected, "{path}");
    }
    for (path, expected) in [
        ("/bureau-addresses", 6),
        ("/bureau-addresses?is_default=1", 3),
        ("/bureau-addresses?type=experian", 2),
        ("/bureau-addresses?state=GA&city=atlanta", 1),
        ("/bureau-addresses?search=740256", 1),
        ("/bureau-addresses?id=2", 1),
        ("/bureau-addresses?per_page=4&page=2", 2),
    ] {
        assert_eq!(agent.ok(path).await.as_array().unwrap().len(), expected, "{path}");
    }
}

#[tokio::test]
async fn required_filters_are_asked_for() {
    let agent = Agent::sign_in().await;
    for (path, field) in [
        ("/client-documents", "client_id"),
        ("/client-agreements", "client_id"),
        ("/attachments?entity_id=1", "entity_type"),
        ("/attachments?entity_type=client", "entity_id"),
    ] {
        let (status, body) = agent.get(path).await;
        assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY, "{path}");
        assert!(messages(&body, field)[0].ends_with("field is required."), "{path}");
    }
}

#[tokio::test]
async fn answers_are_compressed_when_asked() {
    let agent = Agent::sign_in().await;
    let plain = reqwest::Client::builder().no_proxy().no_gzip().build().unwrap();
    let answer = plain
        .request(Method::GET, format!("{}/clients", agent.portal.base_url()))
        .header("x-api-key", agent.portal.credentials().api_key)
        .header(header::ACCEPT_ENCODING, "gzip")
        .bearer_auth(&agent.token)
        .send()
        .await
        .unwrap();
    assert_eq!(answer.headers()[header::CONTENT_ENCODING], "gzip");
    assert!(answer.bytes().await.unwrap().starts_with(&[0x1f, 0x8b]));
}

#[tokio::test]
async fn a_token_over_its_rate_is_told_when_to_come_back() {
    let agent = Agent::sign_in().await;
    agent.portal.limit_rate(2);
    let answer = agent.request(Method::GET, "/clients/1").send().await.unwrap();
    assert_eq!(answer.headers()["x-ratelimit-remaining"], "1");
    agent.ok("/clients/1").await;
    let refused = agent.request(Method::GET, "/clients/1").send().await.unwrap();
    assert_eq!(refused.status(), StatusCode::TOO_MANY_REQUESTS);
    let wait: u64 = refused.headers()[header::RETRY_AFTER].to_str().unwrap().parse().unwrap();
    assert!((1..=60).contains(&wait));
}
