//! Instructions: dispute reasons and their places.

use crate::company::{Company, assert_gone, assert_refused};
use crate::lists::{assert_filtered, assert_pages, assert_sorts, every, instant};
use domain::{ClaimCodeId, CreditorTypeId, InstructionId};
use portal_api::SortDirection;
use portal_api::instructions::{Instruction, InstructionRequest, ListInstructionsQuery, MoveInstructionRequest};
use serde_json::json;

type Asked = ListInstructionsQuery;

fn reason(name: &str) -> InstructionRequest {
    InstructionRequest { name: Some(name.to_owned()), claim_code_id: Some(ClaimCodeId(3)), creditor_types: None }
}

fn types(instruction: &Instruction) -> Vec<i64> {
    instruction.creditor_types.iter().map(|kind| kind.id.unwrap().0).collect()
}

pub(crate) async fn an_instruction_is_made_changed_and_deleted(company: &Company) {
    let portal = &company.portal;
    let list = async || every(portal.list_instructions(&Asked::default()).rows()).await;
    let before = list().await;
    let new = InstructionRequest {
        creditor_types: Some(vec![CreditorTypeId(2), CreditorTypeId(5)]),
        ..reason("The credit limit is wrong.")
    };
    let made = portal.create_instruction(&new).await.unwrap();
    let id = made.id.unwrap();
    assert_eq!((&made.name, made.claim_code.as_ref().unwrap().id), (&new.name, new.claim_code_id));
    assert_eq!((types(&made), made.order), (vec![2, 5], Some(before.len() as i64 + 1)), "a new one comes last");
    assert_eq!(portal.get_instruction(id).await.unwrap(), made);
    assert_eq!(list().await.last(), Some(&made));

    let change = InstructionRequest { creditor_types: Some(vec![]), ..reason("The limit is too low.") };
    let changed = portal.update_instruction(id, &change).await.unwrap();
    assert_eq!((&changed.name, types(&changed), changed.order), (&change.name, vec![], made.order));
    assert_eq!(portal.get_instruction(id).await.unwrap(), changed);

    portal.delete_instruction(id).await.unwrap();
    assert_gone(portal.get_instruction(id).await);
    assert_gone(portal.update_instruction(id, &change).await);
    let move_it = MoveInstructionRequest { order_from: Some(1), order_to: Some(2) };
    assert_gone(portal.move_instruction(id, &move_it).await);
    assert_gone(portal.delete_instruction(id).await);
    assert_eq!(list().await, before);
    let none = InstructionRequest::default();
    assert_refused(portal.create_instruction(&none).await, &["claim_code_id", "name"]);
    let unknown = InstructionRequest { creditor_types: Some(vec![CreditorTypeId(99_999)]), ..reason("Unknown") };
    assert_refused(portal.create_instruction(&unknown).await, &["creditor_types.0"]);
}

pub(crate) async fn a_moved_instruction_takes_its_new_place_and_the_others_close_up(company: &Company) {
    let portal = &company.portal;
    let ids = async || {
        let all = every(portal.list_instructions(&Asked::default()).rows()).await;
        let places: Vec<_> = all.iter().map(|instruction| instruction.order.unwrap()).collect();
        assert_eq!(places, (1..=all.len() as i64).collect::<Vec<_>>(), "places without gaps");
        all.iter().map(|instruction| instruction.id.unwrap()).collect::<Vec<_>>()
    };
    let mut expected = ids().await;
    let last = expected.len();
    for (from, to) in [(2, 9), (9, 2), (1, last), (last, 1), (4, 5), (5, 4), (3, 3)] {
        let moved = expected.remove(from - 1);
        expected.insert(to - 1, moved);
        let request = MoveInstructionRequest { order_from: Some(from as i64), order_to: Some(to as i64) };
        portal.move_instruction(moved, &request).await.unwrap();
        assert_eq!(ids().await, expected, "{from} to {to}");
    }
    let request = |from, to| MoveInstructionRequest { order_from: Some(from), order_to: Some(to) };
    let [first, ..] = expected[..] else { panic!("there are instructions") };
    assert_refused(portal.move_instruction(first, &request(2, 3)).await, &["order_from"]);
    assert_refused(portal.move_instruction(first, &request(1, 99_999)).await, &["order_to"]);
    let removed = expected.remove(3);
    portal.delete_instruction(removed).await.unwrap();
    assert_eq!(ids().await, expected, "those below a deleted one move up");
}

pub(crate) async fn instructions_are_listed_by_pages_in_every_order(company: &Company) {
    let portal = &company.portal;
    let list = async |query: Asked| every(portal.list_instructions(&query).rows()).await;
    let all = list(Asked::default()).await;
    let pages = portal.list_instructions(&Asked { per_page: Some(5), ..Asked::default() }).stream();
    assert_pages(5, &all, pages).await;
    let narrowed = list(Asked { name: Some("BALANCE".into()), ..Asked::default() }).await;
    assert_filtered(&all, &narrowed, |reason| reason.name.as_ref().unwrap().to_lowercase().contains("balance"));

    let sorted = async |sort_by: Option<String>, sort_direction: Option<SortDirection>| {
        list(Asked { sort_by, sort_direction, ..Asked::default() }).await
    };
    assert_sorts(
        sorted,
        &[
            ("id", |reason| json!(reason.id.map(|InstructionId(id)| id))),
            ("name", |reason| json!(reason.name)),
            ("order", |reason| json!(reason.order)),
            ("created_at", |reason| instant(reason.created_at)),
            ("updated_at", |reason| instant(reason.updated_at)),
        ],
    )
    .await;
}
