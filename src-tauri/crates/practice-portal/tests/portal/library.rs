use crate::support::{Agent, column};
use reqwest::StatusCode;
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
