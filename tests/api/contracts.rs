//! Contracts and their versions.

use crate::company::{Company, assert_gone, assert_refused};
use crate::lists::{assert_filtered, assert_pages, assert_sorts, every, instant, whole};
use domain::{ContractId, ContractVersionId, ProductId};
use jiff::tz::TimeZone;
use portal_api::SortDirection;
use portal_api::contracts::{ContractRequest, ListContractsQuery};
use serde_json::json;

type Asked = ListContractsQuery;

fn contract(name: &str, content: &str) -> ContractRequest {
    ContractRequest { name: Some(name.to_owned()), content: Some(content.to_owned()), ..ContractRequest::default() }
}

pub(crate) async fn a_contract_is_made_shown_and_deleted_with_its_history(company: &Company) {
    let portal = &company.portal;
    let list = async || every(portal.list_contracts(&Asked::default()).rows()).await;
    let before = list().await;
    let new = ContractRequest {
        description: Some("For winter".into()),
        product_id: Some(ProductId(2)),
        r#type: Some("terms".into()),
        ..contract("WinterTerms", "Signed by [AgentName] for [ClientName].")
    };
    let made = portal.create_contract(&new).await.unwrap();
    let id = made.id.unwrap();
    assert_eq!((&made.name, &made.content, &made.description), (&new.name, &new.content, &new.description));
    assert_eq!((&made.r#type, made.product.as_ref().unwrap().id), (&new.r#type, new.product_id));
    let products = whole(portal.list_products().await);
    let product = products.iter().find(|product| product.id == new.product_id).unwrap();
    assert_eq!(made.product.as_ref().unwrap().name, product.name);

    let me = portal.refresh_token().await.unwrap().user;
    let shown = portal.get_contract(id).await.unwrap();
    let filled = format!("Signed by {} {} for [ClientName].", me.first_name, me.last_name);
    assert_eq!(shown.content.as_deref(), Some(filled.as_str()), "looking at one fills what is known");
    let listed = list().await.into_iter().find(|contract| contract.id == Some(id)).unwrap();
    assert_eq!(listed.value, made.value, "the list shows the text as it was written");

    portal.delete_contract(id).await.unwrap();
    assert_gone(portal.get_contract(id).await);
    assert_gone(portal.list_contract_versions(id).await);
    assert_gone(portal.clone_contract(id).await);
    assert_gone(portal.update_contract(id, &new).await);
    assert_gone(portal.delete_contract(id).await);
    assert_eq!(list().await, before);
    assert_refused(portal.create_contract(&ContractRequest::default()).await, &["content", "name"]);
    let taken = before[0].name.clone().unwrap();
    assert_refused(portal.create_contract(&contract(&taken, "Text")).await, &["name"]);
    let of_nothing = ContractRequest { product_id: Some(ProductId(99_999)), ..contract("Own", "Text") };
    assert_refused(portal.create_contract(&of_nothing).await, &["product_id"]);
}

pub(crate) async fn every_change_of_a_contract_is_a_version_that_can_be_gone_back_to(company: &Company) {
    let portal = &company.portal;
    let made = portal.create_contract(&contract("Terms", "first")).await.unwrap();
    let id = made.id.unwrap();
    for text in ["second", "third"] {
        let changed = portal.update_contract(id, &contract("Terms", text)).await.unwrap();
        assert_eq!(changed.content.as_deref(), Some(text));
    }
    let versions = whole(portal.list_contract_versions(id).await);
    let texts: Vec<_> = versions.iter().map(|version| version.content.as_deref().unwrap()).collect();
    assert_eq!(texts, ["third", "second", "first"], "newest first");
    let me = portal.refresh_token().await.unwrap().user;
    for version in &versions {
        assert_eq!((version.contract_id, version.author_id.as_ref().unwrap().id), (Some(id), Some(me.id)));
    }
    let numbers: Vec<_> = versions.iter().map(|version| version.version_number.clone().unwrap()).collect();
    assert!(numbers.is_sorted_by(|newer, older| newer > older), "{numbers:?}");

    let oldest = versions[2].id.unwrap();
    let reverted = whole(portal.revert_contract_version(id, oldest).await);
    assert_eq!(reverted[0].content.as_deref(), Some("first"));
    assert_eq!(portal.get_contract(id).await.unwrap().content.as_deref(), Some("first"));
    let after = whole(portal.list_contract_versions(id).await);
    let texts: Vec<_> = after.iter().map(|version| version.content.as_deref().unwrap()).collect();
    assert_eq!(texts, ["first", "third", "second", "first"], "going back is a version too");
    assert_eq!(after[0].id, reverted[0].id);

    assert_gone(portal.revert_contract_version(id, ContractVersionId(99_999)).await);
    let other = portal.create_contract(&contract("Other", "text")).await.unwrap().id.unwrap();
    assert_gone(portal.revert_contract_version(other, oldest).await);
}

pub(crate) async fn a_copied_contract_has_a_numbered_name_and_a_history_of_its_own(company: &Company) {
    let portal = &company.portal;
    let source = every(portal.list_contracts(&Asked::default()).rows()).await.remove(0);
    let mut copies = Vec::new();
    for _ in 0..3 {
        copies.push(portal.clone_contract(source.id.unwrap()).await.unwrap());
    }
    let names: Vec<_> = copies.iter().map(|copy| copy.name.clone().unwrap()).collect();
    let name = source.name.clone().unwrap();
    assert_eq!(names, [format!("Copy {name}"), format!("Copy {name} 1"), format!("Copy {name} 2")]);
    for copy in &copies {
        assert_eq!((&copy.content, &copy.description), (&source.content, &source.description));
        assert_eq!((&copy.r#type, &copy.product), (&source.r#type, &source.product));
        assert_eq!(whole(portal.list_contract_versions(copy.id.unwrap()).await).len(), 1);
    }
    let change = ContractRequest { content: Some("Changed.".into()), ..ContractRequest::default() };
    portal.update_contract(copies[0].id.unwrap(), &change).await.unwrap();
    let all = every(portal.list_contracts(&Asked::default()).rows()).await;
    let source_now = all.iter().find(|contract| contract.id == source.id).unwrap();
    assert_eq!(source_now.content, source.content, "a copy changes alone");
}

pub(crate) async fn contracts_are_listed_by_pages_in_every_order(company: &Company) {
    let portal = &company.portal;
    let seeded = ContractRequest { product_id: Some(ProductId(2)), ..contract("Zero", "text") };
    portal.create_contract(&seeded).await.unwrap();
    let list = async |query: Asked| every(portal.list_contracts(&query).rows()).await;
    let all = list(Asked::default()).await;
    let pages = portal.list_contracts(&Asked { per_page: Some(3), ..Asked::default() }).stream();
    assert_pages(3, &all, pages).await;

    let narrowed = list(Asked { name: Some("cancel".into()), ..Asked::default() }).await;
    assert_filtered(&all, &narrowed, |contract| contract.name.as_deref() == Some("RightToCancel"));
    let narrowed = list(Asked { product_id: Some(ProductId(2)), ..Asked::default() }).await;
    let of_product = |id| move |product: &portal_api::products::Product| product.id == Some(ProductId(id));
    assert_filtered(&all, &narrowed, |contract| contract.product.as_deref().is_some_and(of_product(2)));
    let day = TimeZone::UTC.to_datetime(all[0].created_at.unwrap()).date();
    let narrowed = list(Asked { created_at: Some(day), ..Asked::default() }).await;
    assert_filtered(&all, &narrowed, |contract| TimeZone::UTC.to_datetime(contract.created_at.unwrap()).date() == day);

    let sorted = async |sort_by: Option<String>, sort_direction: Option<SortDirection>| {
        list(Asked { sort_by, sort_direction, ..Asked::default() }).await
    };
    assert_sorts(
        sorted,
        &[
            ("id", |contract| json!(contract.id.map(|ContractId(id)| id))),
            ("name", |contract| json!(contract.name)),
            ("type", |contract| json!(contract.r#type)),
            ("created_at", |contract| instant(contract.created_at)),
            ("updated_at", |contract| instant(contract.updated_at)),
        ],
    )
    .await;
}
