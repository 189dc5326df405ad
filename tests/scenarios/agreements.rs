//! What clients signed and bought: pulled, and shown as it stands today with the portal gone.

use crate::main_job::everyone;
use desk::Desk;
use desk::contract::{AgreementState, ClientAgreements, ClientProducts, Id, ProblemCode, RecordAccess};
use desk_tests::{Office, portal, sign_in, signed_in_and_synced, synced};
use practice_portal::{Action, Rule};
use serde_json::{Value, json};

fn id(id: &str) -> Id {
    Id { id: id.to_owned() }
}

async fn agreements(desk: &Desk, client: &str) -> ClientAgreements {
    desk.agreement_list(id(client)).await.unwrap()
}

async fn products(desk: &Desk, client: &str) -> ClientProducts {
    desk.product_list(id(client)).await.unwrap()
}

fn agreement(id: i64, signed: Option<&str>, file: Option<Value>) -> Value {
    json!({"id": id, "name": format!("Agreement {id}"), "type": "service", "agreement_signed": signed,
           "created_at": "2026-11-01T10:00:00Z", "attachment": file})
}

#[tokio::test]
async fn each_agreement_stands_as_it_is_today_and_the_first_signed_one_permits_the_work() {
    let (office, portal) = (Office::default(), portal(1).await);
    let file = json!({"id": 77, "caption": "Signed copy", "extension": "pdf", "size": 1200});
    let rows = json!({"data": [
        agreement(1, Some("2026-11-02T15:00:00Z"), Some(file)),
        agreement(2, None, None),
        // Friday: Monday, Tuesday and Wednesday may still be used to cancel.
        agreement(3, Some("2026-11-20T15:00:00Z"), None),
    ]});
    portal.faults().add(Rule::new("/client-agreements", Action::Status(200, rows)).times(u32::MAX));
    let desk = signed_in_and_synced(&office, &portal).await;
    portal.stop().await;

    let list = agreements(&desk, "1").await;
    assert_eq!(list.permission, AgreementState::Signed);
    let [cancellable, unsigned, signed] = list.agreements.as_slice() else { panic!("three: {list:?}") };
    assert_eq!((cancellable.id.as_deref(), cancellable.state), (Some("3"), AgreementState::Cancellable));
    assert_eq!(cancellable.cancellable_until.as_deref(), Some("2026-11-25"));
    assert_eq!((unsigned.state, &unsigned.signed_at), (AgreementState::Unsigned, &None));
    assert_eq!((unsigned.created_at.as_deref(), &unsigned.file), (Some("2026-11-01T10:00:00Z"), &None));
    assert_eq!((signed.state, signed.signed_at.as_deref()), (AgreementState::Signed, Some("2026-11-02T15:00:00Z")));
    let file = signed.file.as_ref().unwrap();
    assert_eq!((file.id.as_str(), file.caption.as_str(), file.extension.as_str()), ("77", "Signed copy", "pdf"));
    desk.close().await;
}

#[tokio::test]
async fn what_a_client_bought_is_here_with_its_price_when_the_portal_is_gone() {
    let (office, portal) = (Office::default(), portal(12).await);
    let desk = signed_in_and_synced(&office, &portal).await;
    portal.stop().await;
    let mut met = 0;
    for client in everyone(&desk).await {
        let list = products(&desk, &client.id).await;
        assert_eq!(list.access, RecordAccess::Read);
        for bought in &list.products {
            assert!(!bought.name.is_empty() && !bought.code.is_empty() && bought.since.is_some());
            assert!(bought.charged_monthly.as_ref().is_some_and(|price| price.starts_with('$')), "{bought:?}");
        }
        assert!(!list.products.is_empty(), "everyone bought something");
        met += list.products.iter().filter(|bought| bought.charged_monthly.as_deref() == Some("$119.95")).count();
        assert_eq!(agreements(&desk, &client.id).await.permission, client.agreement);
    }
    assert!(met > 0, "cents are exact");
    desk.close().await;
}

#[tokio::test]
async fn products_that_may_not_be_read_are_named_and_keep_nothing_else_from_being_read() {
    let (office, portal) = (Office::default(), portal(12).await);
    let answer = Action::Status(403, json!({"message": "No."}));
    portal.faults().add(Rule::new("/client-products", answer).times(u32::MAX));
    let desk = office.desk().await;
    desk.session_sign_in(sign_in(&portal)).await.unwrap();
    assert_eq!(products(&desk, "1").await.access, RecordAccess::Unread);
    let told = synced(&desk).await;
    assert!(told.finished_at.is_some());
    let said = told.problem.unwrap();
    assert!(said.code == ProblemCode::Forbidden && said.message.contains("client products"), "{}", said.message);
    let list = products(&desk, "1").await;
    assert_eq!((list.access, list.products.len()), (RecordAccess::Forbidden, 0));
    assert_ne!(agreements(&desk, "1").await.permission, AgreementState::Unknown);
    portal.faults().clear();
    assert_eq!(synced(&desk).await.problem, None);
    assert_eq!(products(&desk, "1").await.access, RecordAccess::Read);
    desk.close().await;
}
