//! Claim codes and creditor types, which reasons are made of.

use crate::company::{Company, assert_gone, assert_refused};
use crate::lists::{every, whole};
use portal_api::claim_codes::{CreateClaimCodeRequest, UpdateClaimCodeRequest};
use portal_api::instructions::ListInstructionsQuery;

pub(crate) async fn a_claim_code_is_made_changed_and_deleted_unless_a_reason_needs_it(company: &Company) {
    let portal = &company.portal;
    let before = whole(portal.list_claim_codes().await);
    let new = CreateClaimCodeRequest {
        tcp_name: Some("Never late".into()),
        eq_code: Some("E77".into()),
        ex_code: Some("X77".into()),
        tu_code: Some("T-077".into()),
        is_active: Some(false),
    };
    let made = portal.create_claim_code(&new).await.unwrap();
    let id = made.id.unwrap();
    assert_eq!((&made.tcp_name, &made.eq_code, made.is_active), (&new.tcp_name, &new.eq_code, new.is_active));
    assert_eq!((&made.ex_code, &made.tu_code), (&new.ex_code, &new.tu_code));
    let find = async || whole(portal.list_claim_codes().await).into_iter().find(|code| code.id == Some(id));
    assert_eq!(find().await.unwrap(), made);

    let change = UpdateClaimCodeRequest {
        tu_code: Some("T-078".into()),
        is_active: Some(true),
        ..UpdateClaimCodeRequest::default()
    };
    let changed = portal.update_claim_code(id, &change).await.unwrap();
    assert_eq!((changed.tu_code.as_deref(), changed.is_active), (Some("T-078"), Some(true)));
    assert_eq!((&changed.tcp_name, &changed.eq_code), (&made.tcp_name, &made.eq_code), "what was not sent stays");
    assert_eq!(find().await.unwrap(), changed);

    portal.delete_claim_code(id).await.unwrap();
    assert!(find().await.is_none());
    assert_gone(portal.update_claim_code(id, &change).await);
    assert_gone(portal.delete_claim_code(id).await);
    assert_eq!(whole(portal.list_claim_codes().await), before);

    let reasons = every(portal.list_instructions(&ListInstructionsQuery::default()).rows()).await;
    let used = reasons[0].claim_code.clone().unwrap().id.unwrap();
    assert_refused(portal.delete_claim_code(used).await, &["id"]);
    let none = CreateClaimCodeRequest::default();
    assert_refused(portal.create_claim_code(&none).await, &["eq_code", "ex_code", "tcp_name", "tu_code"]);
}

pub(crate) async fn every_creditor_type_that_a_reason_names_is_listed(company: &Company) {
    let portal = &company.portal;
    let types = whole(portal.list_creditor_types().await);
    assert!(types.iter().all(|kind| kind.id.is_some() && kind.r#type.is_some() && kind.subtype.is_some()));
    let reasons = every(portal.list_instructions(&ListInstructionsQuery::default()).rows()).await;
    let named: Vec<_> = reasons.iter().flat_map(|reason| reason.creditor_types.clone()).collect();
    assert!(!named.is_empty());
    for kind in named {
        let listed = types.iter().find(|listed| listed.id == kind.id).unwrap();
        assert_eq!(listed.value, kind);
    }
}
