//! Stored reports in the cache: headers replaced, contents kept, and gone with what they belong to.
//!
//! Each test closes its cache: a process that ends while a connection is still closing loses the cipher's library under it.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use domain::credit_report::CreditReport;
use domain::{Client, ClientId, CreditReportId, MasterSchemaId, PersonName, PostalAddress, Task, TaskId};
use jiff::Timestamp;
use std::collections::BTreeMap;
use store::{DatabaseKey, DetailTable, KeptReport, Reading, Resource, Sent, Store};
use tempfile::TempDir;

const CLIENT: ClientId = ClientId(7);

async fn store() -> (Store, TempDir) {
    let folder = TempDir::new().unwrap();
    let store = Store::open(&folder.path().join("desk.db"), &DatabaseKey::new([7; 32])).await.unwrap();
    (store, folder)
}

fn at(text: &str) -> Option<Timestamp> {
    Some(text.parse().unwrap())
}

fn report(id: i64, day: &str) -> CreditReport {
    CreditReport {
        id: MasterSchemaId(id),
        client: CLIENT,
        vendor: "Array".into(),
        bureau: "EFX".into(),
        report: Some(CreditReportId(format!("RPT_{id}"))),
        reported: Some(day.parse().unwrap()),
        modified: at("2026-01-02T03:04:05Z"),
    }
}

async fn put(store: &Store, reports: Vec<CreditReport>, walk: i64) {
    let sent: Vec<_> = reports.into_iter().map(|value| Sent { value, body: "{}".into() }).collect();
    let mut write = store.write().await.unwrap();
    write.put_credit_reports(&sent, walk).await.unwrap();
    write.settle_detail(CLIENT, DetailTable::CreditReports, walk).await.unwrap();
    write.commit().await.unwrap();
}

async fn put_contents(store: &Store, ids: &[i64]) {
    let mut write = store.write().await.unwrap();
    for id in ids {
        let content = format!(r#"{{"of":{id}}}"#);
        write.put_credit_report_content(MasterSchemaId(*id), at("2026-01-02T03:04:05Z"), &content).await.unwrap();
    }
    write.commit().await.unwrap();
}

#[tokio::test]
async fn reports_come_back_newest_first_and_keep_their_contents_when_they_are_pulled_again() {
    let (store, _folder) = store().await;
    put(&store, vec![report(1, "2026-01-01"), report(2, "2026-03-01")], 1).await;
    put_contents(&store, &[1]).await;
    let changed = CreditReport { vendor: "Other".into(), ..report(1, "2026-01-01") };
    put(&store, vec![changed.clone(), report(2, "2026-03-01")], 2).await;
    let wanted =
        [KeptReport { report: report(2, "2026-03-01"), kept: false }, KeptReport { report: changed, kept: true }];
    assert_eq!(store.credit_reports_of(CLIENT).await.unwrap(), wanted);
    assert_eq!(store.credit_report(MasterSchemaId(2)).await.unwrap().as_ref(), Some(&wanted[0]));
    assert_eq!(store.credit_report_content(MasterSchemaId(1)).await.unwrap().as_deref(), Some(r#"{"of":1}"#));
    assert_eq!(store.credit_report_content(MasterSchemaId(2)).await.unwrap(), None);
    let known = store.credit_report_contents_of(CLIENT).await.unwrap();
    assert_eq!(known, BTreeMap::from([(MasterSchemaId(1), at("2026-01-02T03:04:05Z"))]));
    store.close().await;
}

#[tokio::test]
async fn a_content_leaves_with_its_report_and_when_it_is_no_longer_wanted() {
    let (store, _folder) = store().await;
    put(&store, vec![report(1, "2026-01-01"), report(2, "2026-02-01"), report(3, "2026-03-01")], 1).await;
    put_contents(&store, &[1, 2, 3]).await;
    let mut write = store.write().await.unwrap();
    write.keep_only_credit_report_contents(CLIENT, &[MasterSchemaId(2), MasterSchemaId(3)]).await.unwrap();
    write.commit().await.unwrap();
    assert_eq!(store.credit_report_content(MasterSchemaId(1)).await.unwrap(), None);
    for walk in [2, 3] {
        put(&store, vec![report(1, "2026-01-01"), report(3, "2026-03-01")], walk).await;
    }
    assert_eq!(store.credit_report_content(MasterSchemaId(2)).await.unwrap(), None, "its report is gone");
    assert!(store.credit_report_content(MasterSchemaId(3)).await.unwrap().is_some());
    store.close().await;
}

#[tokio::test]
async fn nothing_stays_of_a_client_who_left() {
    let (store, _folder) = store().await;
    let client = Client {
        id: CLIENT,
        key: None,
        name: PersonName { first: "Ana".into(), middle: String::new(), last: "García".into() },
        email: None,
        phones: vec![],
        ssn: None,
        birth_date: None,
        mailing: PostalAddress::default(),
        attributes: BTreeMap::new(),
    };
    let client = [Sent { value: client, body: "{}".into() }];
    let task = Task {
        id: TaskId(1),
        client: CLIENT,
        name: "Call".into(),
        description: String::new(),
        status: "open".into(),
        due: at("2026-01-02T03:04:05Z"),
        item: None,
        author: String::new(),
        created: None,
    };
    let mut write = store.write().await.unwrap();
    write.put_clients(&client, 1).await.unwrap();
    write.put_client_tasks(&[Sent { value: task, body: "{}".into() }], 1).await.unwrap();
    write.set_reading(CLIENT, DetailTable::CreditReports, Reading::Forbidden).await.unwrap();
    write.set_reading(CLIENT, DetailTable::CreditReports, Reading::Read).await.unwrap();
    write.commit().await.unwrap();
    put(&store, vec![report(1, "2026-01-01")], 1).await;
    put_contents(&store, &[1]).await;
    assert_eq!(store.times_due(Timestamp::MAX).await.unwrap(), [at("2026-01-02T03:04:05Z").unwrap()]);
    assert_eq!(store.reading(CLIENT, DetailTable::CreditReports).await.unwrap(), Some(Reading::Read));
    for walk in [2, 3] {
        let mut write = store.write().await.unwrap();
        write.settle_walk(Resource::Clients, walk).await.unwrap();
        write.commit().await.unwrap();
    }
    let mut write = store.write().await.unwrap();
    write.put_clients(&client, 4).await.unwrap();
    write.commit().await.unwrap();
    assert_eq!(store.client_tasks_of(CLIENT).await.unwrap(), [], "a client who comes back has no old tasks");
    assert_eq!(store.credit_reports_of(CLIENT).await.unwrap(), []);
    assert_eq!(store.credit_report_content(MasterSchemaId(1)).await.unwrap(), None);
    assert_eq!(store.reading(CLIENT, DetailTable::CreditReports).await.unwrap(), None);
    store.close().await;
}
