//! The stored three-bureau reports and what is in them.

use crate::support::{Agent, column};
use reqwest::StatusCode;
use serde_json::Value;
use std::collections::BTreeSet;

async fn both(agent: &Agent, client: i64) -> (Value, Value) {
    let list = agent.all(&format!("/clients/{client}/credit-report-master-schemas?sort_by=report_date")).await;
    assert_eq!(list.len(), 2);
    let mut read = Vec::new();
    for report in &list {
        let whole = agent.ok(&format!("/credit-report-master-schemas/{}", report["id"])).await["data"].clone();
        assert_eq!((&whole["report_id"], &whole["client"]["id"]), (&report["report_id"], &report["client"]["id"]));
        assert!(report.get("content").is_none() && whole.get("available_file_types").is_none());
        read.push(whole);
    }
    (read.remove(0), read.remove(0))
}

/// The keys of the negative items that a report shows.
fn items(report: &Value) -> BTreeSet<i64> {
    let accounts = report["content"]["items"].as_array().unwrap().iter();
    let told = accounts.flat_map(|account| account["bureaus"].as_array().unwrap());
    told.filter_map(|told| told["negative_item_id"].as_i64()).collect()
}

#[tokio::test]
async fn a_reports_items_are_the_clients_and_the_earlier_one_shows_what_was_repaired() {
    let agent = Agent::sign_in().await;
    let mut repaired_somewhere = 0;
    for client in 1..=12 {
        let (earlier, later) = both(&agent, client).await;
        assert!(earlier["report_date"].as_str() <= later["report_date"].as_str());
        let own = agent.all(&format!("/negative-items?client_id={client}")).await;
        let ids = |items: &[&Value]| items.iter().map(|item| item["id"].as_i64().unwrap()).collect::<BTreeSet<_>>();
        let open: Vec<&Value> = own.iter().filter(|item| item["metadata"]["status"] != "repaired").collect();
        repaired_somewhere += own.len() - open.len();
        assert_eq!(items(&earlier), ids(&own.iter().collect::<Vec<_>>()));
        assert_eq!(items(&later), ids(&open));
        assert!(own.iter().all(|item| item["report_id"] == later["report_id"]));
        assert_ne!(earlier["content"], later["content"]);
    }
    assert!(repaired_somewhere > 0);
}

#[tokio::test]
async fn each_bureau_tells_of_an_account_what_its_item_says() {
    let agent = Agent::sign_in().await;
    let reports = agent.ok("/clients/2/reports").await;
    let (_, later) = both(&agent, 2).await;
    let own = agent.all("/negative-items?client_id=2").await;
    let mut several = 0;
    for account in later["content"]["items"].as_array().unwrap() {
        let told = account["bureaus"].as_array().unwrap();
        several += usize::from(account["is_negative"] == true && told.len() > 1);
        for told in told.iter().filter(|told| told["negative_item_id"].is_i64()) {
            let item = own.iter().find(|item| item["id"] == told["negative_item_id"]).unwrap();
            for name in ["account_name", "account_number", "opened_date", "past_due_amount"] {
                assert_eq!(told[name], item[name], "{name}");
            }
            assert_eq!(told["balance"], item["unpaid_balance_amount"]);
            let report = reports.as_array().unwrap().iter().find(|report| report["id"] == item["credit_report_id"]);
            assert_eq!(told["bureau"], report.unwrap()["bureau"]);
        }
    }
    assert!(several > 0, "accounts that several bureaus report stand together");
}

#[tokio::test]
async fn the_summary_adds_up() {
    let agent = Agent::sign_in().await;
    let (earlier, later) = both(&agent, 3).await;
    for report in [&earlier, &later] {
        let content = &report["content"];
        for summary in content["summary"].as_array().unwrap() {
            let accounts = content["items"].as_array().unwrap().iter();
            let told: Vec<&Value> = accounts
                .flat_map(|account| account["bureaus"].as_array().unwrap())
                .filter(|told| told["bureau"] == summary["bureau"])
                .collect();
            let cents = |told: &&Value| {
                told["balance"].as_str().map_or(0, |amount| amount.replace('.', "").parse::<i64>().unwrap())
            };
            let balance: i64 = told.iter().map(cents).sum();
            assert_eq!(summary["balance"], format!("{}.{:02}", balance / 100, balance % 100));
            let counted = ["accounts", "inquiries", "public_records"].map(|name| summary[name].as_u64().unwrap());
            assert_eq!(counted.iter().sum::<u64>(), told.len() as u64);
        }
        let scores = column(content["scores"].as_array().unwrap(), "/value");
        assert!(scores.iter().all(|score| (300..=850).contains(&score.as_i64().unwrap())));
    }
}

#[tokio::test]
async fn reports_are_narrowed_and_paged() {
    let agent = Agent::sign_in().await;
    let path = "/clients/4/credit-report-master-schemas";
    let all = agent.all(path).await;
    let (id, day) = (all[0]["report_id"].as_str().unwrap(), all[0]["report_date"].as_str().unwrap());
    for (query, count) in [
        ("vendor=array".to_owned(), 2),
        ("vendor=nobody".to_owned(), 0),
        ("bureau=EFX".to_owned(), 2),
        ("bureau=3b".to_owned(), 2),
        ("bureau=XYZ".to_owned(), 0),
        (format!("report_date={day}"), 1),
        (format!("report_id={id}"), 1),
        (format!("report_id={}", id.trim_start_matches("RPT_")), 1),
    ] {
        assert_eq!(agent.all(&format!("{path}?{query}")).await.len(), count, "{query}");
    }
    assert_eq!(agent.get(&format!("{path}?per_page=101")).await.0, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(agent.ok(&format!("{path}/latest")).await["data"]["id"], all[0]["id"]);
    assert_eq!(agent.get("/clients/999/credit-report-master-schemas").await.0, StatusCode::NOT_FOUND);
    assert_eq!(agent.get("/credit-report-master-schemas/9999").await.0, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn a_document_agrees_with_an_item_that_changed() {
    let agent = Agent::sign_in().await;
    let item = agent.all("/negative-items?client_id=5").await.into_iter().find(|i| i["account_type"] != "Inquiry");
    let id = item.unwrap()["id"].as_i64().unwrap();
    let change = practice_portal::Change::SetItemField {
        item_id: id,
        name: "unpaid_balance_amount".into(),
        value: "1.23".into(),
    };
    agent.portal.change(change).await.unwrap();
    let (_, later) = both(&agent, 5).await;
    let accounts = later["content"]["items"].as_array().unwrap().iter();
    let told = accounts.flat_map(|account| account["bureaus"].as_array().unwrap());
    let balances: Vec<&Value> =
        told.filter(|told| told["negative_item_id"] == id).map(|told| &told["balance"]).collect();
    assert!(balances.is_empty() || balances == ["1.23"], "{balances:?}");
}
