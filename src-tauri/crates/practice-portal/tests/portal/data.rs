use crate::support::{Agent, column, small};
use domain::same_furnisher;
use practice_portal::{Options, PracticeError, serve};
use reqwest::Method;
use serde_json::{Value, json};
use std::collections::BTreeSet;

async fn everything_about(agent: &Agent, client: i64) -> String {
    let mut about = String::new();
    for path in [
        format!("/clients/{client}"),
        format!("/clients/{client}/reports"),
        format!("/negative-items?client_id={client}&per_page=100"),
        format!("/client-agreements?client_id={client}"),
        format!("/client-documents?client_id={client}"),
        format!("/notes?client_id={client}"),
        format!("/correspondences?client_id={client}"),
        format!("/client-products?client_id={client}"),
        format!("/client-tasks?client_id={client}"),
        format!("/clients/{client}/goals"),
        format!("/clients/{client}/credit-report-master-schemas/latest"),
    ] {
        let answer = agent.request(Method::GET, &path).send().await.unwrap().text().await.unwrap();
        let address = agent.portal.base_url().to_string();
        about.push_str(&answer.replace(&address, ""));
    }
    // The account's own last sign-in is the one thing that is not made from the seed, and how many clients a segment has
    // is nothing about this one.
    for name in ["\"last_login_at\":", "\"clients_count\":"] {
        let mut kept = String::new();
        for (place, part) in about.split(name).enumerate() {
            kept.push_str(if place == 0 { part } else { part.split_once(['}', ',']).unwrap().1 });
        }
        about = kept;
    }
    about
}

#[tokio::test]
async fn the_same_seed_gives_a_client_the_same_life_whatever_the_number_of_clients() {
    let many = Agent::sign_in().await;
    let few = Agent::sign_in_to(Options { clients: 9, ..small() }).await;
    let other = Agent::sign_in_to(Options { seed: 4, ..small() }).await;
    for client in [1, 5, 9] {
        let life = everything_about(&many, client).await;
        assert!(life == everything_about(&few, client).await, "client {client}");
        assert!(life != everything_about(&other, client).await, "client {client}");
    }
}

#[tokio::test]
async fn an_items_report_names_its_bureau_and_belongs_to_its_client() {
    let agent = Agent::sign_in().await;
    let mut on_all_three = 0;
    for client in 1..=10 {
        let reports = agent.ok(&format!("/clients/{client}/reports")).await;
        let reports = reports.as_array().unwrap();
        assert_eq!(column(reports, "/bureau"), ["equifax", "experian", "transunion"]);
        let items = agent.all(&format!("/negative-items?client_id={client}")).await;
        assert!((3..=15).contains(&items.len()));
        let own = column(reports, "/id");
        let named: BTreeSet<i64> = column(&items, "/credit_report_id").iter().map(|id| id.as_i64().unwrap()).collect();
        assert!(named.iter().all(|id| own.contains(&json!(id))));
        on_all_three += usize::from(named.len() == 3);
        let equifax = agent.ok(&format!("/clients/{client}/reports/equifax")).await;
        assert_eq!(equifax, reports[0]);
    }
    assert!(on_all_three >= 7, "{on_all_three}");
}

#[tokio::test]
async fn dates_and_amounts_of_items_are_coherent() {
    let agent = Agent::sign_in_to(Options { clients: 300, ..small() }).await;
    let items = agent.all("/negative-items").await;
    for item in &items {
        let day = |name: &str| item[name].as_str().map(str::to_owned);
        let order = [
            "opened_date",
            "last_activity_date",
            "charge_off_date",
            "collection_date",
            "account_paid_date",
            "reported_date",
        ];
        let days: Vec<String> = order.iter().filter_map(|name| day(name)).collect();
        let is_inquiry = item["account_type"] == "Inquiry";
        assert!(is_inquiry || days.is_sorted_by(|a, b| a < b), "{item}");
        assert!(day("modified_date") <= Some("2026-11-16".into()) && day("modified_date") >= day("reported_date"));
        let cents = |name: &str| item[name].as_str().map(|text| text.replace('.', "").parse::<i64>().unwrap());
        let amounts = ["past_due_amount", "unpaid_balance_amount", "high_balance_amount", "high_credit_amount"];
        let amounts: Vec<i64> = amounts.iter().filter_map(|name| cents(name)).collect();
        assert!(amounts.is_sorted() && amounts.iter().all(|amount| *amount >= 0), "{item}");
        assert!(cents("unpaid_balance_amount") <= cents("credit_limit").or(Some(i64::MAX)));
        let late = |days: u8| item[format!("late_count_{days}_days")].as_i64().unwrap();
        assert!(late(30) > 0 || late(60) == 0, "{item}");
    }
    let kinds: BTreeSet<String> =
        column(&items, "/account_type").iter().map(|kind| kind.as_str().unwrap().to_owned()).collect();
    let expected = [
        "Auto Loan",
        "Collection",
        "Credit Card",
        "Inquiry",
        "Medical Collection",
        "Mortgage",
        "Public Record",
        "Student Loan",
    ];
    assert_eq!(kinds, expected.map(str::to_owned).into());
}

#[tokio::test]
async fn clients_come_from_everywhere_and_can_be_nobody_real() {
    let agent = Agent::sign_in_to(Options { clients: 800, ..small() }).await;
    let clients = agent.all("/clients").await;
    let names: String = column(&clients, "/attributes").iter().map(Value::to_string).collect();
    for (script, letters) in [
        ("Spanish", 'ñ'..='ñ'),
        ("Polish", 'ł'..='ł'),
        ("Vietnamese", 'ạ'..='ỹ'),
        ("Cyrillic", 'А'..='я'),
        ("Greek", 'Α'..='ω'),
        ("Arabic", 'ء'..='ي'),
        ("Chinese or Japanese", '一'..='龥'),
        ("kana", 'あ'..='ん'),
        ("Korean", '가'..='힣'),
    ] {
        assert!(names.chars().any(|letter| letters.contains(&letter)), "{script}");
    }
    let (mut short_ssn, mut short_zip) = (0, 0);
    for client in &clients {
        let ssn = client["ssn"].as_i64().unwrap();
        assert!((900_000_000..1_000_000_000).contains(&ssn) || ssn < 1_000_000, "never issued");
        short_ssn += usize::from(ssn < 1_000_000);
        let attributes = &client["attributes"];
        let zip = attributes["MailingPostalCode"].as_str().unwrap();
        assert_eq!(zip.len(), 5);
        short_zip += usize::from(zip.starts_with('0'));
        assert!(attributes["MobilePhone"].as_str().unwrap().contains(" 555-01"));
        let email = client["email"].as_str().unwrap();
        assert!(["@example.com", "@example.net", "@example.org"].iter().any(|domain| email.ends_with(domain)));
        assert!(email.is_ascii() && !email.starts_with('.') && !email.contains(".."), "{email}");
        assert!(domain::us_state_name(attributes["MailingState"].as_str().unwrap()).is_some());
        assert!(client["segments"]["name"].is_string() && client.get("segment").is_none());
    }
    assert!(short_ssn > 60 && short_zip > 60, "{short_ssn} {short_zip}");
}

#[tokio::test]
async fn account_names_mostly_find_their_furnisher() {
    let agent = Agent::sign_in().await;
    let furnishers = column(&agent.all("/furnishers").await, "/name");
    assert_eq!(furnishers.len(), 60);
    let items = agent.all("/negative-items").await;
    let known =
        |name: &Value| furnishers.iter().any(|known| same_furnisher(name.as_str().unwrap(), known.as_str().unwrap()));
    let names = column(&items, "/account_name");
    let found = names.iter().filter(|name| known(name)).count();
    assert!(found * 100 / names.len() >= 75, "{found} of {}", names.len());
    let in_capitals =
        names.iter().filter(|name| name.as_str().unwrap().to_uppercase() == name.as_str().unwrap()).count();
    assert!(in_capitals * 100 / names.len() >= 80);
}

#[tokio::test]
async fn most_clients_signed_their_agreement_and_some_may_still_cancel() {
    let agent = Agent::sign_in_to(Options { clients: 300, ..small() }).await;
    let (mut signed, mut recent) = (0, 0);
    for client in 1..=300 {
        let agreements = agent.ok(&format!("/client-agreements?client_id={client}")).await;
        let dates = column(agreements.as_array().unwrap(), "/agreement_signed");
        if let Some(date) = dates.iter().find_map(Value::as_str) {
            signed += 1;
            recent += usize::from(date >= "2026-11-14");
            assert_eq!(agreements[0]["client"]["id"], client);
        }
    }
    assert!((235..=275).contains(&signed), "{signed}");
    assert!((2..=20).contains(&recent), "{recent}");
}

#[tokio::test]
async fn edits_in_a_file_survive_a_restart_and_other_numbers_make_new_data() {
    let folder = tempfile::tempdir().unwrap();
    let options = Options { database: Some(folder.path().join("practice.db")), clients: 5, ..small() };
    let agent = Agent::sign_in_to(options.clone()).await;
    let (_, note) = agent.send(Method::POST, "/notes", json!({ "client_id": 1, "note_text": "Kept" })).await;
    let path = format!("/notes/{}", note["data"]["id"]);
    let token = agent.token.clone();
    agent.portal.stop().await;

    let mut agent = Agent::sign_in_to(options.clone()).await;
    assert_eq!(agent.ok(&path).await["data"]["note_text"], "Kept");
    agent.token = token;
    agent.ok("/clients").await;
    agent.portal.stop().await;

    let agent = Agent::sign_in_to(Options { clients: 6, ..options }).await;
    assert_ne!(agent.get(&path).await.1["data"]["note_text"], "Kept");
    assert_eq!(agent.ok("/clients").await["meta"]["total"], 6);
    let files: Vec<String> = std::fs::read_dir(folder.path())
        .unwrap()
        .map(|file| file.unwrap().file_name().into_string().unwrap())
        .collect();
    assert!(files.iter().all(|name| name.starts_with("practice.db") && !name.contains("making")), "{files:?}");
}

#[tokio::test]
async fn a_file_that_is_something_else_is_left_alone() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("letters.txt");
    std::fs::write(&path, "Dear Sir or Madam, this is no database at all, and it shall stay as it is.").unwrap();
    let refused = serve(Options { database: Some(path.clone()), ..small() }).await;
    assert!(matches!(refused, Err(PracticeError::NotPracticeData { .. })), "{refused:?}");
    assert!(std::fs::read_to_string(&path).unwrap().starts_with("Dear Sir"));
}

#[tokio::test]
async fn a_port_in_use_is_named() {
    let agent = Agent::sign_in().await;
    let port = agent.portal.base_url().port().unwrap();
    let refused = serve(Options { port, ..small() }).await;
    assert!(refused.unwrap_err().to_string().contains(&port.to_string()));
}
