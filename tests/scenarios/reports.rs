//! Credit reports: pulled once, compared offline, and refused without harm.

use crate::main_job::everyone;
use desk::Desk;
use desk::contract::{
    AgreementState, BureauCode, ClientReports, Empty, Id, ProblemCode, RecordAccess, ReportChange, ReportPair,
    ReportPart,
};
use desk_tests::{Office, code, portal, sign_in, signed_in_and_synced, synced};
use practice_portal::{Action, Change, Rule};
use serde_json::json;

const BUREAUS: [BureauCode; 3] = [BureauCode::Equifax, BureauCode::Experian, BureauCode::Transunion];

fn id(id: &str) -> Id {
    Id { id: id.to_owned() }
}

async fn reports(desk: &Desk, client: &str) -> ClientReports {
    desk.credit_report_list(id(client)).await.unwrap()
}

/// An item of the client with a balance, as the portal's number and the account's name.
async fn owed(desk: &Desk, client: &str) -> (i64, String, BureauCode) {
    let items = desk.item_list(id(client)).await.unwrap();
    let is_owed = |balance: &str| balance != "$0.00";
    let mut items = items.into_iter().filter(|item| item.status != "repaired");
    let item = items.find(|item| item.balance.as_deref().is_some_and(is_owed)).unwrap();
    (item.id.parse().unwrap(), item.account_name, item.bureau.unwrap())
}

#[tokio::test]
async fn what_changed_between_two_pulls_is_shown_with_the_portal_gone() {
    let (office, portal) = (Office::default(), portal(12).await);
    let desk = signed_in_and_synced(&office, &portal).await;
    let before = reports(&desk, "5").await;
    assert_eq!((before.access, before.reports.len(), before.headers.len()), (RecordAccess::Read, 2, 3));
    assert!(
        before.reports.iter().all(|report| report.kept && report.bureaus == BUREAUS && report.name == "Three bureaus")
    );
    let (item, account, bureau) = owed(&desk, "5").await;
    let balance =
        |value: &str| Change::SetItemField { item_id: item, name: "unpaid_balance_amount".into(), value: json!(value) };
    portal.change(balance("1200.00")).await.unwrap();
    portal.change(Change::PullReport { client_id: 5 }).await.unwrap();
    assert_eq!(synced(&desk).await.problem, None);
    portal.change(balance("0.00")).await.unwrap();
    portal.change(Change::PullReport { client_id: 5 }).await.unwrap();
    let mut others = desk.item_list(id("5")).await.unwrap().into_iter();
    let gone = others.find(|other| other.account_name != account && other.status != "repaired").unwrap();
    assert_eq!(synced(&desk).await.problem, None);
    portal.change(Change::DeleteItem(gone.id.parse().unwrap())).await.unwrap();
    portal.change(Change::PullReport { client_id: 5 }).await.unwrap();
    assert_eq!(synced(&desk).await.problem, None);
    portal.stop().await;

    let after = reports(&desk, "5").await.reports;
    assert_eq!(after.len(), 5);
    assert_eq!(
        after.iter().map(|report| report.kept).collect::<Vec<_>>(),
        [true, true, true, true, false],
        "the newest four"
    );
    let compared = async |before: usize, after_: usize| {
        let pair = ReportPair { before: after[before].id.clone(), after: after[after_].id.clone() };
        desk.credit_report_difference(pair).await.unwrap()
    };
    let paid = compared(2, 1).await;
    let changed: Vec<_> =
        paid.sections.iter().filter(|section| section.part == ReportPart::Accounts).flat_map(|s| &s.entries).collect();
    let [entry] = changed.as_slice() else { panic!("one account changed: {changed:?}") };
    assert_eq!((&entry.title, entry.bureau, entry.change), (&account, Some(bureau), ReportChange::Changed));
    let [row] = entry.rows.as_slice() else { panic!("one field changed: {:?}", entry.rows) };
    assert_eq!(
        (row.label.as_str(), row.before.as_deref(), row.after.as_deref()),
        ("Balance", Some("$1,200.00"), Some("$0.00"))
    );

    let deleted = compared(1, 0).await;
    let removed: Vec<_> = deleted
        .sections
        .iter()
        .filter(|section| section.part != ReportPart::Report)
        .flat_map(|section| &section.entries)
        .filter(|entry| entry.change == ReportChange::Removed)
        .map(|entry| &entry.title)
        .collect();
    assert_eq!(removed, [&gone.account_name]);
    desk.close().await;
}

#[tokio::test]
async fn a_report_is_a_document_and_three_bureaus_stand_side_by_side() {
    let (office, portal) = (Office::default(), portal(12).await);
    let desk = signed_in_and_synced(&office, &portal).await;
    for client in everyone(&desk).await {
        let newest = reports(&desk, &client.id).await.reports.remove(0);
        let document = desk.credit_report_get(id(&newest.id)).await.unwrap();
        assert_eq!(document.sections[0].part, ReportPart::Accounts);
        let items = desk.item_list(id(&client.id)).await.unwrap();
        let beside = desk.credit_report_beside(id(&client.id)).await.unwrap();
        assert!(
            beside.columns.iter().all(|column| column.report.as_ref().is_some_and(|report| report.id == newest.id))
        );
        for item in items.iter().filter(|item| item.status != "repaired") {
            let bureau = item.bureau.unwrap();
            let mut entries = document.sections.iter().flat_map(|section| &section.entries);
            assert!(
                entries.any(|entry| entry.title == item.account_name && entry.bureau == Some(bureau)),
                "{} is in the document",
                item.account_name
            );
            let column = BUREAUS.iter().position(|code| *code == bureau).unwrap();
            let mut rows = beside.sections.iter().flat_map(|section| &section.entries).flat_map(|entry| &entry.rows);
            assert!(rows.any(|row| row.values[column].as_deref() == Some(item.account_name.as_str())));
        }
        // Every line has a cell for each bureau, and no account is there twice.
        let accounts = beside.sections.iter().find(|section| section.part == ReportPart::Accounts).unwrap();
        assert!(accounts.entries.iter().all(|entry| entry.rows.iter().all(|row| row.values.len() == 3)));
        let three = accounts.entries.iter().filter(|entry| entry.present == [true; 3]).count();
        assert!(three > 0, "accounts in good standing are at all three bureaus");
    }
}

#[tokio::test]
async fn no_social_security_number_is_shown_whole_in_a_report() {
    let (office, portal) = (Office::default(), portal(12).await);
    let desk = signed_in_and_synced(&office, &portal).await;
    let newest = reports(&desk, "3").await.reports.remove(0);
    let text = serde_json::to_string(&desk.credit_report_get(id(&newest.id)).await.unwrap()).unwrap();
    let last_four = everyone(&desk).await.into_iter().find(|client| client.id == "3").unwrap().ssn_last_four;
    assert!(text.contains(&format!("•••-••-{last_four}")), "{text}");
}

#[tokio::test]
async fn contents_are_not_read_again_while_they_stay_as_they_are() {
    let (office, portal) = (Office::default(), portal(12).await);
    let desk = signed_in_and_synced(&office, &portal).await;
    let read = || portal.faults().requests("GET /credit-report-master-schemas/{id}");
    assert_eq!(read(), 24, "two of each client");
    assert_eq!(synced(&desk).await.problem, None);
    assert_eq!(read(), 24);
    portal.change(Change::PullReport { client_id: 5 }).await.unwrap();
    assert_eq!(synced(&desk).await.problem, None);
    assert_eq!(read(), 25, "the new one alone");
}

#[tokio::test]
async fn reports_that_may_not_be_read_are_named_and_keep_nothing_else_from_being_read() {
    for (status, access, problem) in [
        (403, RecordAccess::Forbidden, ProblemCode::Forbidden),
        (404, RecordAccess::Missing, ProblemCode::PortalFailed),
    ] {
        let (office, portal) = (Office::default(), portal(12).await);
        let answer = Action::Status(status, json!({"message": "No."}));
        portal.faults().add(Rule::on("GET /clients/{id}/credit-report-master-schemas", answer).times(u32::MAX));
        let desk = office.desk().await;
        desk.session_sign_in(sign_in(&portal)).await.unwrap();
        let told = synced(&desk).await;
        assert!(told.finished_at.is_some(), "everything else is whole");
        let said = told.problem.unwrap();
        assert_eq!(said.code, problem);
        assert!(
            said.message.contains("credit reports") && !said.message.contains("client details"),
            "{}",
            said.message
        );
        for client in everyone(&desk).await {
            assert_ne!(client.agreement, AgreementState::Unknown, "the client's details count as read");
            assert_eq!(reports(&desk, &client.id).await.access, access);
        }
        portal.faults().clear();
        assert_eq!(synced(&desk).await.problem, None);
        assert_eq!(reports(&desk, "1").await.access, RecordAccess::Read);
    }
}

#[tokio::test]
async fn a_content_that_may_not_be_read_leaves_the_list_and_says_so() {
    let (office, portal) = (Office::default(), portal(12).await);
    let answer = Action::Status(403, json!({"message": "No."}));
    portal.faults().add(Rule::on("GET /credit-report-master-schemas/{id}", answer).times(u32::MAX));
    let desk = office.desk().await;
    desk.session_sign_in(sign_in(&portal)).await.unwrap();
    assert_eq!(synced(&desk).await.problem.unwrap().code, ProblemCode::Forbidden);
    let list = reports(&desk, "1").await;
    assert_eq!((list.access, list.reports.len()), (RecordAccess::Forbidden, 2));
    assert!(list.reports.iter().all(|report| !report.kept && report.name == "3B"));
    assert_eq!(code(desk.credit_report_get(id(&list.reports[0].id)).await), ProblemCode::NotFound);
    assert_eq!(desk.credit_report_beside(id("1")).await.unwrap().sections, []);
}

#[tokio::test]
async fn reports_of_two_clients_are_not_compared() {
    let (office, portal) = (Office::default(), portal(12).await);
    let desk = signed_in_and_synced(&office, &portal).await;
    let one = reports(&desk, "1").await.reports.remove(0).id;
    let other = reports(&desk, "2").await.reports.remove(0).id;
    let pair = ReportPair { before: one.clone(), after: other };
    assert_eq!(code(desk.credit_report_difference(pair).await), ProblemCode::BadRequest);
    let pair = ReportPair { before: one, after: "nothing".into() };
    assert_eq!(code(desk.credit_report_difference(pair).await), ProblemCode::BadRequest);
    assert_eq!(desk.sync_status(Empty {}).await.unwrap().problem, None);
}
