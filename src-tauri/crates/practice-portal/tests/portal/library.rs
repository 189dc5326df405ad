use crate::support::{Agent, column};
use reqwest::{Method, StatusCode};
use serde_json::{Value, json};
use std::collections::BTreeSet;

#[tokio::test]
async fn each_bureau_has_one_default_address_with_a_numeric_zip() {
    let agent = Agent::sign_in().await;
    let defaults = agent.ok("/bureau-addresses?is_default=1").await;
    let defaults = defaults.as_array().unwrap();
    assert_eq!(column(defaults, "/type"), ["equifax", "experian", "transunion"]);
    assert_eq!(column(defaults, "/address"), ["P.O. Box 740256", "P.O. Box 4500", "P.O. Box 2000"]);
    assert_eq!(column(defaults, "/zip_code"), [json!(30374), json!(75013), json!(19016)]);
    assert!(defaults[0].get("fax_number").is_none());
}

#[tokio::test]
async fn templates_are_listed_with_their_raw_blocks() {
    let agent = Agent::sign_in().await;
    let templates = agent.all("/templates").await;
    let count = |kind: &str| column(&templates, "/type").iter().filter(|found| *found == kind).count();
    assert_eq!((count("static"), count("smart"), count("sms"), count("reference")), (5, 2, 1, 1));
    for template in &templates {
        assert!(template["category"]["name"].is_string());
        let blocks = template["contents"].as_array().unwrap();
        let sections: BTreeSet<Option<&str>> = blocks.iter().map(|block| block["section_type"].as_str()).collect();
        if template["type"] == "smart" {
            assert_eq!(sections, [Some("opening"), Some("body"), Some("closing")].into());
            assert!(blocks.len() >= 6 && blocks.iter().any(|block| block["content"].as_str().unwrap().contains('{')));
        } else {
            assert_eq!((blocks.len(), sections), (1, [None].into()));
        }
    }
    let text = Value::from(templates).to_string();
    assert!(text.contains("[NegativeItems]") && text.contains("[StateNotice]") && !text.contains("<!--"));
}

#[tokio::test]
async fn a_preview_fills_what_the_server_knows_and_leaves_the_rest() {
    let agent = Agent::sign_in().await;
    let client = agent.ok("/clients/3").await;
    let born = client["attributes"]["D_O_B__c"].as_str().unwrap();
    let (year, rest) = born.split_once('-').unwrap();
    let born = format!("{}/{year}", rest.replace('-', "/"));
    let state = domain::us_state_name(client["attributes"]["MailingState"].as_str().unwrap()).unwrap();
    let preview = agent.ok("/templates/1?client_id=3").await;
    let html = preview["data"]["preview_content"].as_str().unwrap();
    for known in [born.as_str(), &format!("{:04}", client["ssn"].as_i64().unwrap() % 10_000), state, "15 U.S.C. 1681i"]
    {
        assert!(html.contains(known), "{known}: {html}");
    }
    for unknown in ["[BureauName]", "[NegativeItems]", "[Signature]"] {
        assert!(html.contains(unknown), "{unknown}");
    }
    assert!(preview["data"]["contents"][0]["content"].as_str().unwrap().contains("[FCRA611]"));
    let sms = agent.ok("/templates/8?client_id=3").await;
    let first = client["attributes"]["FirstName"].as_str().unwrap();
    assert!(sms["data"]["preview_content"].as_str().unwrap().starts_with(&format!("Hello {first}, ")));
    assert_eq!(agent.get("/templates/1?client_id=9999").await.0, StatusCode::UNPROCESSABLE_ENTITY);
}

#[tokio::test]
async fn a_smart_preview_draws_whole_letters_without_braces() {
    let agent = Agent::sign_in().await;
    let mut drawn = BTreeSet::new();
    for _ in 0..12 {
        for template in [6, 7] {
            let preview = agent.ok(&format!("/templates/{template}")).await;
            let html = preview["data"]["preview_content"].as_str().unwrap().to_owned();
            assert!(!html.contains(['{', '}', '|']), "{html}");
            assert_eq!(html.matches("[NegativeItems]").count(), 1);
            assert_eq!(html.matches("[Signature]").count(), 1);
            drawn.insert(html);
        }
    }
    assert!(drawn.len() > 12, "{}", drawn.len());
}

#[tokio::test]
async fn one_state_snippet_per_state_and_a_general_one_share_a_name() {
    let agent = Agent::sign_in().await;
    let notices = agent.all("/snippets?name=StateNotice").await;
    let states: BTreeSet<Option<&str>> = notices.iter().map(|notice| notice["state_code"].as_str()).collect();
    assert_eq!((notices.len(), states.len()), (9, 9));
    for notice in &notices {
        assert_eq!(notice["is_state_related"], !notice["state_code"].is_null());
    }
    let preview = agent.ok("/snippets/6").await;
    assert_eq!(preview["data"]["content"], "Dana Whitfield, Practice Credit Services");
}

#[tokio::test]
async fn instructions_carry_their_code_and_their_creditors() {
    let agent = Agent::sign_in().await;
    let reasons = agent.all("/instructions").await;
    assert_eq!(reasons.len(), 14);
    let by_name = |name: &str| reasons.iter().find(|reason| reason["name"] == name).unwrap();
    let on_time = by_name("The payment was made on time.");
    assert_eq!(on_time["claim_code"]["tcp_name"], "Paid on time");
    assert_eq!(on_time["creditor_types"].as_array().unwrap().len(), 4);
    assert_eq!(by_name("This account does not belong to me.")["creditor_types"], json!([]));
    let one = agent.ok(&format!("/instructions/{}", on_time["id"])).await;
    assert_eq!(one["data"], *on_time);
    for path in ["/claim-codes", "/creditor-types"] {
        let body = agent.ok(path).await;
        assert!(body["data"].as_array().unwrap().len() >= 8 && body.get("meta").is_none(), "{path}");
    }
}

async fn order(agent: &Agent) -> Vec<i64> {
    let reasons = agent.all("/instructions").await;
    let places = column(&reasons, "/order");
    assert_eq!(places, (1..=reasons.len()).map(Value::from).collect::<Vec<_>>(), "places have no gaps");
    column(&reasons, "/id").iter().map(|id| id.as_i64().unwrap()).collect()
}

#[tokio::test]
async fn an_instruction_moves_and_the_others_make_room() {
    let agent = Agent::sign_in().await;
    let shift = |from: i64, to: i64| json!({ "order_from": from, "order_to": to });
    agent.done(Method::POST, "/instructions/3/move", shift(3, 6)).await;
    assert_eq!(order(&agent).await.get(..7).unwrap(), [1, 2, 4, 5, 6, 3, 7]);
    agent.done(Method::POST, "/instructions/3/move", shift(6, 1)).await;
    assert_eq!(order(&agent).await.get(..7).unwrap(), [3, 1, 2, 4, 5, 6, 7]);
    agent.done(Method::POST, "/instructions/3/move", shift(1, 1)).await;
    for (body, wrong) in [
        (shift(2, 4), vec!["order_from"]),
        (shift(1, 15), vec!["order_to"]),
        (shift(0, 4), vec!["order_from"]),
        (json!({}), vec!["order_from", "order_to"]),
    ] {
        assert_eq!(agent.refused(Method::POST, "/instructions/3/move", body).await, wrong);
    }
    agent.done(Method::DELETE, "/instructions/1", json!(null)).await;
    assert_eq!(order(&agent).await.get(..3).unwrap(), [3, 2, 4]);
}

#[tokio::test]
async fn an_instruction_is_written_with_its_code_and_creditors() {
    let agent = Agent::sign_in().await;
    let new = json!({ "name": "Wrong owner.", "claim_code_id": 1, "creditor_types": [1, 3] });
    let made = agent.done(Method::POST, "/instructions", new).await["data"].clone();
    assert_eq!((&made["order"], &made["claim_code"]["tcp_name"]), (&json!(15), &json!("Not mine")));
    assert_eq!(column(made["creditor_types"].as_array().unwrap(), "/id"), [1, 3]);
    let path = format!("/instructions/{}", made["id"]);
    let changed = agent.done(Method::PATCH, &path, json!({ "creditor_types": [] })).await["data"].clone();
    assert_eq!((&changed["creditor_types"], &changed["name"]), (&json!([]), &made["name"]));
    let wrong = json!({ "name": "", "claim_code_id": 99, "creditor_types": [1, 99] });
    let wrong = agent.refused(Method::POST, "/instructions", wrong).await;
    assert_eq!(wrong, ["claim_code_id", "creditor_types.1", "name"]);
}

#[tokio::test]
async fn claim_codes_are_written_and_kept_while_they_are_used() {
    let agent = Agent::sign_in().await;
    let new = json!({ "tcp_name": "New", "eq_code": "E50", "ex_code": "X50", "tu_code": "T50" });
    let made = agent.done(Method::POST, "/claim-codes", new).await["data"].clone();
    assert_eq!(made["is_active"], true);
    let path = format!("/claim-codes/{}", made["id"]);
    let changed = agent.done(Method::PUT, &path, json!({ "is_active": false })).await;
    assert_eq!((&changed["data"]["is_active"], &changed["data"]["eq_code"]), (&json!(false), &json!("E50")));
    let wrong = json!({ "tcp_name": "x".repeat(256), "is_active": "yes" });
    assert_eq!(agent.refused(Method::PUT, &path, wrong).await, ["is_active", "tcp_name"]);
    agent.done(Method::DELETE, &path, json!(null)).await;
    assert_eq!(agent.send(Method::PUT, &path, json!({})).await.0, StatusCode::NOT_FOUND);
    assert_eq!(agent.refused(Method::DELETE, "/claim-codes/1", json!(null)).await, ["id"]);
}

#[tokio::test]
async fn template_categories_are_written_and_kept_while_they_have_templates() {
    let agent = Agent::sign_in().await;
    let made = agent.done(Method::POST, "/template-categories", json!({ "name": "Court" })).await["data"].clone();
    let path = format!("/template-categories/{}", made["id"]);
    agent.done(Method::PUT, &path, json!({ "name": "Courts" })).await;
    assert_eq!(agent.ok(&path).await["data"]["name"], "Courts");
    assert_eq!(agent.refused(Method::PUT, &path, json!({})).await, ["name"]);
    agent.done(Method::DELETE, &path, json!(null)).await;
    assert_eq!(agent.get(&path).await.0, StatusCode::NOT_FOUND);
    assert_eq!(agent.refused(Method::DELETE, "/template-categories/1", json!(null)).await, ["id"]);
}

#[tokio::test]
async fn copies_of_snippets_are_numbered() {
    let agent = Agent::sign_in().await;
    let mut names = Vec::new();
    for _ in 0..3 {
        let copy = agent.done(Method::POST, "/snippets/5/clone", json!(null)).await;
        assert_eq!(copy["data"]["content"], "Thank you for looking into this.");
        names.push(copy["data"]["name"].clone());
    }
    assert_eq!(names, ["Copy ClosingCourtesy", "Copy ClosingCourtesy 1", "Copy ClosingCourtesy 2"]);
    assert_eq!(agent.status(Method::POST, "/snippets/999/clone").await, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn goals_and_products_are_listed_whole() {
    let agent = Agent::sign_in().await;
    assert_eq!(agent.ok("/products").await["data"].as_array().unwrap().len(), 4);
    let (status, made) = agent.send(Method::POST, "/goals", json!({ "name": "Study", "icon": "book" })).await;
    assert_eq!((status, &made["icon"]), (StatusCode::CREATED, &json!("book")), "a goal comes bare");
    let path = format!("/goals/{}", made["id"]);
    agent.done(Method::POST, "/clients/1/goals", json!({ "goal_ids": [made["id"]] })).await;
    assert_eq!(agent.refused(Method::PUT, &path, json!({ "name": "Study more" })).await, ["icon"]);
    let changed = agent.done(Method::PUT, &path, json!({ "name": "Study more", "icon": "pen" })).await;
    assert_eq!(agent.ok(&path).await, changed);
    agent.done(Method::DELETE, &path, json!(null)).await;
    assert_eq!(agent.get(&path).await.0, StatusCode::NOT_FOUND);
    let left = agent.ok("/clients/1/goals").await;
    assert!(!column(left["data"].as_array().unwrap(), "/id").contains(&made["id"]));
    let bought = agent.all("/client-products?client_id=3").await;
    assert_eq!(bought[0]["client"]["id"], 3);
    assert!(bought[0]["product"]["product_code"].is_string() && bought[0]["initial_fee"].is_number());
    assert_eq!(agent.ok(&format!("/client-products/{}", bought[0]["id"])).await["data"], bought[0]);
}

#[tokio::test]
async fn dropdown_options_are_listed_by_their_kind() {
    let agent = Agent::sign_in().await;
    assert_eq!(agent.all("/item-dropdowns/status").await.len(), 4);
    assert_eq!(agent.all("/item-dropdowns/nothing").await.len(), 0);
    let new = json!({ "type": "status", "value": "Waiting" });
    let made = agent.done(Method::POST, "/item-dropdowns", new.clone()).await["data"].clone();
    assert_eq!(made["created_by"]["email"], agent.portal.credentials().email);
    assert_eq!(agent.refused(Method::POST, "/item-dropdowns", new).await, ["value"]);
    let path = format!("/item-dropdowns/{}", made["id"]);
    agent.done(Method::PUT, &path, json!({ "value": "Waiting for the client" })).await;
    let today: String = agent.portal.now().to_string().chars().take(10).collect();
    for (query, count) in [
        ("search=client".to_owned(), 1),
        (format!("id={}", made["id"]), 1),
        ("id=x".to_owned(), 0),
        ("author=dana".to_owned(), 1),
        ("author=ines%20halvorsen".to_owned(), 4),
        (format!("created_at={today}T00:00:00Z"), 1),
    ] {
        assert_eq!(agent.all(&format!("/item-dropdowns/status?{query}")).await.len(), count, "{query}");
    }
    assert_eq!(agent.refused(Method::PUT, &path, json!({ "value": "x".repeat(256) })).await, ["value"]);
    assert_eq!(agent.status(Method::DELETE, &path).await, StatusCode::NO_CONTENT);
    assert_eq!(agent.status(Method::DELETE, &path).await, StatusCode::NOT_FOUND);
}
