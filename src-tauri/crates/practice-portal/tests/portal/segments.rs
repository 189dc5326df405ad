//! Rule trees, evaluated over the portal's clients and items.

use crate::support::{Agent, column};
use reqwest::{Method, StatusCode, header};
use serde_json::{Value, json};
use std::collections::BTreeSet;

fn rule(field: &str, operator: &str, value: &str) -> Value {
    json!({ "field": field, "operator": operator, "value": value })
}

fn group(combinator: &str, rules: impl Into<Value>) -> Value {
    json!({ "combinator": combinator, "not": 0, "rules": rules.into() })
}

/// The clients that a tree selects.
async fn selected(agent: &Agent, conditions: &Value) -> BTreeSet<i64> {
    let body = json!({ "combinator": "AND", "conditions": conditions });
    let answer = agent.done(Method::POST, "/clients/by-conditions?per_page=100", body).await;
    let clients = answer[0]["data"].as_array().unwrap();
    clients.iter().map(|client| client["id"].as_i64().unwrap()).collect()
}

/// The clients that satisfy a test, worked out here.
async fn expected(agent: &Agent, test: impl Fn(&Value, &[Value]) -> bool) -> BTreeSet<i64> {
    let items = agent.all("/negative-items").await;
    let clients = agent.all("/clients").await;
    let of = |client: &Value| items.iter().filter(|item| item["client"]["id"] == client["id"]).cloned().collect();
    clients
        .iter()
        .filter(|client| test(client, &Vec::from_iter::<Vec<Value>>(of(client))))
        .map(|client| client["id"].as_i64().unwrap())
        .collect()
}

#[tokio::test]
async fn operators_select_the_clients_they_say() {
    let agent = Agent::sign_in().await;
    let text = |client: &Value, name: &str| client["attributes"][name].as_str().unwrap_or_default().to_lowercase();
    let state = |client: &Value| text(client, "MailingState");
    for (tree, test) in [
        (rule("id", "=", "7"), (|c, _| c["id"] == 7) as fn(&Value, &[Value]) -> bool),
        (rule("id", "between", "3, 9"), |c, _| (3..=9).contains(&c["id"].as_i64().unwrap())),
        (rule("id", "in", "3,5,8"), |c, _| [3, 5, 8].contains(&c["id"].as_i64().unwrap())),
        (rule("id", "not_in", "3,5"), |c, _| ![3, 5].contains(&c["id"].as_i64().unwrap())),
        (rule("id", ">", "9"), |c, _| c["id"].as_i64().unwrap() > 9),
        (rule("id", "<=", "9"), |c, _| c["id"].as_i64().unwrap() <= 9),
        (rule("MiddleName", "is_null", ""), |c, _| c["attributes"]["MiddleName"] == ""),
        (rule("MiddleName", "is_not_null", ""), |c, _| c["attributes"]["MiddleName"] != ""),
        (rule("D_O_B__c", "<", "1980-01-01"), |c, _| c["attributes"]["D_O_B__c"].as_str().unwrap() < "1980-01-01"),
    ] {
        let found = selected(&agent, &group("AND", json!([tree]))).await;
        assert_eq!(found, expected(&agent, test).await, "{tree}");
        assert!(!found.is_empty(), "{tree}");
    }
    let client = agent.ok("/clients/3").await;
    let city = text(&client, "MailingCity");
    let (start, end) = (city.get(..3).unwrap(), city.get(2..).unwrap());
    for (operator, value) in
        [("=", city.to_uppercase().as_str()), ("contains", end), ("starts_with", start), ("ends_with", end)]
    {
        let found = selected(&agent, &group("AND", json!([rule("MailingCity", operator, value)]))).await;
        let wanted = |c: &Value, _: &[Value]| match operator {
            "=" => text(c, "MailingCity") == city,
            "contains" => text(c, "MailingCity").contains(end),
            "starts_with" => text(c, "MailingCity").starts_with(start),
            _ => text(c, "MailingCity").ends_with(end),
        };
        assert_eq!(found, expected(&agent, wanted).await, "{operator}");
        assert!(found.contains(&3));
    }
    let not_there = group("AND", json!([rule("MailingState", "!=", &state(&client))]));
    let wanted = |c: &Value, _: &[Value]| state(c) != state(&client);
    assert_eq!(selected(&agent, &not_there).await, expected(&agent, wanted).await);
}

#[tokio::test]
async fn groups_nest_are_turned_round_and_look_at_related_records() {
    let agent = Agent::sign_in().await;
    let collection = |item: &Value| item["is_collection"] == true;
    let large = |item: &Value| {
        item["unpaid_balance_amount"].as_str().is_some_and(|amount| amount.parse::<f64>().unwrap() >= 5_000.0)
    };
    let related = |rules: Value, times: i64, not: i64| {
        json!({
            "combinator": "AND", "relation": "negative_items", "count_repeat": times, "not": not, "rules": rules,
        })
    };
    let is_collection = || rule("is_collection", "=", "1");
    let is_large = || rule("unpaid_balance_amount", ">=", "5000");
    for (name, tree, test) in [
        (
            "one related item must satisfy all of it",
            related(json!([is_collection(), is_large()]), 0, 0),
            Box::new(move |_: &Value, items: &[Value]| items.iter().any(|item| collection(item) && large(item)))
                as Box<dyn Fn(&Value, &[Value]) -> bool>,
        ),
        (
            "several related items",
            related(json!([is_collection()]), 3, 0),
            Box::new(move |_: &Value, items: &[Value]| items.iter().filter(|item| collection(item)).count() >= 3),
        ),
        (
            "none of them",
            related(json!([is_collection()]), 1, 1),
            Box::new(move |_: &Value, items: &[Value]| !items.iter().any(collection)),
        ),
        (
            "a rule with a relation of its own, either or a nested group",
            group(
                "OR",
                json!([
                    { "field": "is_mortgage", "operator": "=", "value": "true", "relation": "negative_items" },
                    group("AND", json!([rule("id", ">", "30"), related(json!([is_large()]), 2, 0)])),
                ]),
            ),
            Box::new(move |client: &Value, items: &[Value]| {
                items.iter().any(|item| item["is_mortgage"] == true)
                    || (client["id"].as_i64().unwrap() > 30 && items.iter().filter(|item| large(item)).count() >= 2)
            }),
        ),
    ] {
        let found = selected(&agent, &tree).await;
        assert_eq!(found, expected(&agent, test).await, "{name}");
        assert!(!found.is_empty() && found.len() < 40, "{name}: {found:?}");
    }
    assert_eq!(selected(&agent, &group("AND", json!([]))).await.len(), 40, "no rules select everybody");
}

#[tokio::test]
async fn wrong_trees_are_refused_where_they_are_wrong() {
    let agent = Agent::sign_in().await;
    for (tree, wrong) in [
        (group("XOR", json!([])), "conditions.combinator"),
        (group("AND", json!([rule("shoe_size", "=", "9")])), "conditions.rules.0.field"),
        (group("AND", json!([rule("id", "contains", "9")])), "conditions.rules.0.operator"),
        (group("AND", json!([rule("id", "=", "many")])), "conditions.rules.0.value"),
        (group("AND", json!([rule("id", "between", "1")])), "conditions.rules.0.value"),
        (group("AND", json!([rule("D_O_B__c", "=", "soon")])), "conditions.rules.0.value"),
        (group("AND", json!([{ "operator": "=", "value": "x" }])), "conditions.rules.0.field"),
        (group("AND", json!([7])), "conditions.rules.0"),
        (group("AND", json!("x")), "conditions.rules"),
        (json!({ "relation": "neighbours", "rules": [] }), "conditions.relation"),
        (group("AND", json!([group("AND", json!([rule("x", "=", "1")]))])), "conditions.rules.0.rules.0.field"),
        (json!([]), "conditions"),
    ] {
        let body = json!({ "conditions": tree });
        assert_eq!(agent.refused(Method::POST, "/clients/by-conditions", body).await, [wrong], "{tree}");
    }
    let mut deep = group("AND", json!([]));
    for _ in 0..30 {
        deep = group("AND", json!([deep]));
    }
    let wrong = agent.refused(Method::POST, "/clients/by-conditions", json!({ "conditions": deep })).await;
    assert!(wrong[0].ends_with("rules"), "{wrong:?}");
}

#[tokio::test]
async fn clients_by_conditions_join_a_tree_and_a_segment() {
    let agent = Agent::sign_in().await;
    let tree = group("AND", json!([rule("id", "<", "11")]));
    let ask = |combinator: &str| json!({ "combinator": combinator, "conditions": tree, "segment_id": 2 });
    let total = |answer: &Value| answer[0]["meta"]["total"].as_i64().unwrap();
    let path = "/clients/by-conditions?sort_by=LastName&per_page=5&page=2";
    let both = agent.done(Method::POST, path, ask("AND")).await;
    let either = agent.done(Method::POST, path, ask("OR")).await;
    let members = agent.done(Method::POST, path, json!({ "segment_id": 2 })).await;
    assert_eq!(total(&both) + total(&either), 10 + total(&members));
    assert!(total(&both) < 10);
    let meta = &either[0]["meta"];
    assert_eq!((&meta["current_page"], &meta["per_page"]), (&json!(2), &json!(5)));
    assert!(meta["path"].as_str().unwrap().ends_with("/api/clients/by-conditions"));
    assert_eq!(meta["links"][1]["active"], true);
    let wrong = agent.refused(Method::POST, path, json!({ "segment_id": 99, "combinator": "NOR" })).await;
    assert_eq!(wrong, ["combinator", "segment_id"]);
}

#[tokio::test]
async fn a_segment_saves_its_members_until_it_is_refreshed() {
    let agent = Agent::sign_in().await;
    let tree = group("AND", json!([rule("LastName", "=", "Newname")]));
    let new = json!({ "name": "Renamed", "conditions": tree, "is_active": 1 });
    let (status, made) = agent.send(Method::POST, "/segments", new).await;
    assert_eq!((status, &made["clients_count"], &made["is_archive"]), (StatusCode::CREATED, &json!(0), &json!(false)));
    assert_eq!((&made["type"], &made["negative_items_count"]), (&json!("client"), &Value::Null));
    let change =
        practice_portal::Change::SetClientAttribute { client_id: 7, name: "LastName".into(), value: json!("Newname") };
    agent.portal.change(change).await.unwrap();
    let path = format!("/segments/{}", made["id"]);
    assert_eq!(agent.ok(&path).await["clients_count"], 0);
    let refreshed = agent.done(Method::POST, &format!("{path}/refresh"), json!(null)).await;
    assert_eq!(refreshed["clients_count"], 1);
    let of_client = agent.all("/clients/7/segments").await;
    assert!(column(&of_client, "/name").contains(&json!("Renamed")));
    let listed = agent.ok("/segments?is_archive=0&client_id=7&search=renamed").await;
    assert_eq!(listed.as_array().unwrap(), &[refreshed]);
}

#[tokio::test]
async fn every_client_shows_the_segment_its_items_put_it_in() {
    let agent = Agent::sign_in().await;
    for client in agent.all("/clients").await {
        let items = agent.all(&format!("/negative-items?client_id={}", client["id"])).await;
        let has = |status: &str| items.iter().any(|item| item["metadata"]["status"] == status);
        let name = match (has("in_progress"), has("repaired")) {
            (true, _) => "Waiting for answers",
            (false, true) => "Follow-up",
            (false, false) => "First round",
        };
        assert_eq!(client["segments"]["name"], name, "client {}", client["id"]);
    }
}

#[tokio::test]
async fn a_segment_of_items_counts_items_and_their_clients() {
    let agent = Agent::sign_in().await;
    let segment = agent.ok("/segments/4").await;
    let items = agent.all("/negative-items?account_type=Credit%20Card&is_charge_off=1").await;
    let clients: BTreeSet<String> = column(&items, "/client/id").iter().map(Value::to_string).collect();
    assert_eq!(segment["negative_items_count"], items.len());
    assert_eq!(segment["clients_count"], clients.len());
    let by_bureau = json!({
        "name": "At Experian", "type": "negative_item",
        "conditions": group("AND", json!([
            { "field": "bureau", "operator": "=", "value": "experian", "relation": "report" },
        ])),
    });
    let made = agent.done(Method::POST, "/segments", by_bureau).await;
    let count = made["negative_items_count"].as_i64().unwrap();
    assert!(count > 40 && count < agent.all("/negative-items").await.len() as i64, "{count}");
}

#[tokio::test]
async fn segments_are_listed_changed_exported_and_deleted() {
    let agent = Agent::sign_in().await;
    for (query, count) in [
        ("is_archive=0", 5),
        ("is_archive=1", 1),
        ("is_archive=0&is_active=0", 1),
        ("is_archive=0&type=negative_item", 1),
        ("is_archive=0&search=under%20way", 1),
        ("is_archive=0&per_page=2&page=3", 1),
        ("is_archive=0&sort_by=name&sort_direction=desc", 5),
    ] {
        let list = agent.ok(&format!("/segments?{query}")).await;
        assert_eq!(list.as_array().unwrap().len(), count, "{query}");
    }
    assert_eq!(agent.get("/segments").await.0, StatusCode::UNPROCESSABLE_ENTITY);

    let tree = group("AND", json!([rule("id", "in", "2,4")]));
    let made = agent.done(Method::POST, "/segments", json!({ "name": "Two", "conditions": tree })).await;
    let path = format!("/segments/{}", made["id"]);
    let answer = agent.request(Method::GET, &format!("{path}/export")).send().await.unwrap();
    assert!(answer.headers()[header::CONTENT_TYPE].to_str().unwrap().starts_with("text/csv"));
    let table = answer.text().await.unwrap();
    assert_eq!(table.matches("\r\n").count(), 3, "a street may have two lines");
    assert!(table.starts_with("id,client_key,email") && !table.contains("ssn"));

    let tree = group("AND", json!([rule("id", "<", "9")]));
    let changed = agent.done(Method::PUT, &path, json!({ "conditions": tree, "description": null })).await;
    assert_eq!((&changed["clients_count"], &changed["name"]), (&json!(8), &json!("Two")));
    assert_eq!(
        agent.refused(Method::PUT, &path, json!({ "type": "negative_item", "is_active": 2 })).await,
        ["is_active"]
    );
    assert_eq!(agent.refused(Method::PUT, &path, json!({ "name": "x".repeat(256) })).await, ["name"]);
    assert_eq!(agent.status(Method::DELETE, &path).await, StatusCode::NO_CONTENT);
    assert_eq!(agent.get(&path).await.0, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn a_segment_in_use_is_kept() {
    let agent = Agent::sign_in().await;
    assert_eq!(agent.ok("/segments/1").await["usage_count"], 1);
    let (status, body) = agent.send(Method::DELETE, "/segments/1", json!(null)).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY, "{body}");
    assert_eq!(agent.status(Method::DELETE, "/segments/5").await, StatusCode::NO_CONTENT);
}

#[tokio::test]
async fn the_query_builder_names_models_fields_and_operators_that_work() {
    let agent = Agent::sign_in().await;
    assert_eq!(agent.ok("/query-builder/models").await, json!({ "data": ["client", "negative_item"] }));
    let types = agent.ok("/query-builder/attribute-types").await;
    assert!(types.as_array().unwrap().iter().all(|kind| kind["availableValues"].as_array().unwrap().len() >= 2));
    for (path, model) in [("/query-builder/fields", "client"), ("/query-builder/fields/negative_item", "negative_item")]
    {
        let maps = agent.done(Method::POST, path, json!({})).await;
        let maps = maps["data"].as_array().unwrap();
        for (name, field) in maps.iter().flat_map(|map| map.as_object().unwrap()) {
            let kind = types.as_array().unwrap().iter().find(|kind| kind["typeName"] == field["type"]).unwrap();
            for operator in kind["availableValues"].as_array().unwrap() {
                let value = match (operator.as_str().unwrap(), field["type"].as_str().unwrap()) {
                    ("between", "date") => "2020-01-01,2026-01-01",
                    ("between", _) => "1,2",
                    ("last_days", _) => "30",
                    (_, "date") => "2020-01-01",
                    _ => "1",
                };
                let (relation, field) = match name.split_once('.') {
                    Some((relation, field)) => (json!(relation), field),
                    None => (Value::Null, name.as_str()),
                };
                let rule = json!({ "field": field, "operator": operator, "value": value, "relation": relation });
                let segment = json!({ "name": "x", "type": model, "conditions": group("AND", json!([rule])) });
                agent.done(Method::POST, "/segments", segment).await;
            }
        }
    }
    let related = agent.done(Method::POST, "/query-builder/fields/client", json!({ "relation": "notes" })).await;
    assert_eq!(related["data"][0]["note_text"], json!({ "type": "string" }));
    let wrong = agent.refused(Method::POST, "/query-builder/fields/letter", json!({ "relation": "x" })).await;
    assert_eq!(wrong, ["modelName", "relation"]);
}

#[tokio::test]
async fn the_query_builder_pages_the_values_of_a_field() {
    let agent = Agent::sign_in().await;
    let types = agent
        .done(Method::POST, "/query-builder/values/negative_item?per_page=3", json!({ "field_name": "account_type" }))
        .await;
    assert_eq!((types["data"].as_array().unwrap().len(), &types["meta"]["total"]), (3, &json!(8)));
    let page = agent
        .done(
            Method::POST,
            "/query-builder/values/negative_item?per_page=3&page=3",
            json!({ "field_name": "account_type" }),
        )
        .await;
    assert_eq!(page["data"], json!(["Public Record", "Student Loan"]));
    let conditions = group("AND", json!([rule("is_charge_off", "=", "1")]));
    let ask = json!({ "field_name": "account_type", "conditions": conditions });
    let narrowed = agent.done(Method::POST, "/query-builder/values/negative_item", ask).await;
    assert_eq!(narrowed["data"], json!(["Auto Loan", "Collection", "Credit Card"]));
    let ask =
        json!({ "field_name": "negative_items.status", "conditions": group("AND", json!([rule("id", "=", "1")])) });
    let of_one = agent.done(Method::POST, "/query-builder/values", ask).await;
    let items = agent.all("/negative-items?client_id=1").await;
    let statuses: BTreeSet<String> =
        column(&items, "/metadata/status").iter().map(|status| status.as_str().unwrap().to_owned()).collect();
    assert_eq!(of_one["data"], json!(statuses));
    let wrong = json!({ "field_name": "shoe_size", "combinator": "x" });
    assert_eq!(agent.refused(Method::POST, "/query-builder/values/client", wrong).await, ["combinator", "field_name"]);
}
