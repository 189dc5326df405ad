//! Negative items.

use crate::company::{Company, assert_gone, assert_refused};
use crate::lists::{assert_filtered, assert_pages, assert_sorts, every};
use domain::{ClientId, ItemId, ItemStatus};
use portal_api::correspondences::{ListCorrespondencesQuery, PostalLetter, SendCorrespondenceRequest};
use portal_api::negative_items::{ListNegativeItemsQuery, NegativeItem};
use portal_api::{SortDirection, ToDomain};
use practice_portal::Change;
use serde_json::{Value, json};

type Asked = ListNegativeItemsQuery;

fn key(item: &NegativeItem) -> i64 {
    item.id.as_ref().unwrap().0.parse().unwrap()
}

fn owner(item: &NegativeItem) -> Option<ClientId> {
    item.client.as_ref().and_then(|client| client.id)
}

fn status(item: &NegativeItem) -> ItemStatus {
    item.metadata.as_ref().and_then(|metadata| metadata.status.clone()).unwrap()
}

fn day(day: Option<jiff::civil::Date>) -> Value {
    json!(day.map(|day| day.to_string()))
}

pub(crate) async fn an_item_is_shown_as_the_list_shows_it_and_changes_with_the_portal(company: &Company) {
    let portal = &company.portal;
    let all = every(portal.list_negative_items(&Asked::default()).rows()).await;
    assert!(all.len() > 12);
    for listed in &all {
        assert_eq!(&portal.get_negative_item(listed.id.as_ref().unwrap()).await.unwrap(), listed);
        let meant = listed.value.clone().to_domain().unwrap();
        assert_eq!(Some(meant.client), owner(listed));
        assert!(!meant.account_name.is_empty() && meant.bureau.is_none(), "only the report says which bureau's it is");
        assert_eq!(meant.balance, listed.unpaid_balance_amount);
    }
    let item = &all[0];
    let paid = Change::SetItemField { item_id: key(item), name: "unpaid_balance_amount".into(), value: json!("12.30") };
    company.server.change(paid).await.unwrap();
    let changed = portal.get_negative_item(item.id.as_ref().unwrap()).await.unwrap();
    assert_eq!(changed.unpaid_balance_amount.map(|amount| amount.to_plain()).as_deref(), Some("12.30"));
    assert_gone(portal.get_negative_item(&ItemId("99999".into())).await);
}

pub(crate) async fn a_letter_about_an_item_is_shown_with_it(company: &Company) {
    let portal = &company.portal;
    let of_client = Asked { client_id: Some(ClientId(3)), ..Asked::default() };
    let item = every(portal.list_negative_items(&of_client).rows()).await.remove(0);
    let before = item.correspondence.len();
    let letter = SendCorrespondenceRequest {
        client_id: Some(ClientId(3)),
        negative_item_id: item.id.clone(),
        letter: Some(PostalLetter::new("<p>Dear Sir or Madam,</p>".into(), "1 Main Street, Dover".into())),
        ..SendCorrespondenceRequest::new(domain::Channel::Letter)
    };
    let sent = portal.send_correspondence(&letter).await.unwrap();
    let shown = portal.get_negative_item(item.id.as_ref().unwrap()).await.unwrap();
    assert_eq!(shown.correspondence.len(), before + 1);
    assert!(shown.correspondence.iter().any(|about| about.id == sent.id));
    let asked = ListCorrespondencesQuery { negative_item_id: item.id.clone(), ..ListCorrespondencesQuery::default() };
    let listed = every(portal.list_correspondences(&asked).rows()).await;
    assert_eq!(listed.len(), shown.correspondence.len());
}

pub(crate) async fn items_are_listed_by_pages_in_every_order(company: &Company) {
    let portal = &company.portal;
    let list = async |query: Asked| every(portal.list_negative_items(&query).rows()).await;
    let all = list(Asked::default()).await;
    assert_pages(20, &all, portal.list_negative_items(&Asked { per_page: Some(20), ..Asked::default() }).stream()).await;

    let narrowed = list(Asked { client_id: Some(ClientId(3)), ..Asked::default() }).await;
    assert_filtered(&all, &narrowed, |item| owner(item) == Some(ClientId(3)));
    let kind = all[0].account_type.clone();
    let narrowed = list(Asked { account_type: kind.clone(), ..Asked::default() }).await;
    assert_filtered(&all, &narrowed, |item| item.account_type == kind);
    let narrowed = list(Asked { is_collection: Some(true), ..Asked::default() }).await;
    assert_filtered(&all, &narrowed, |item| item.is_collection == Some(true));
    let narrowed = list(Asked { is_charge_off: Some(false), ..Asked::default() }).await;
    assert_filtered(&all, &narrowed, |item| item.is_charge_off == Some(false));
    let narrowed = list(Asked { is_disputed: Some(true), ..Asked::default() }).await;
    assert_filtered(&all, &narrowed, |item| item.is_disputed == Some(true));
    let harmless = list(Asked { is_negative: Some(false), ..Asked::default() }).await;
    assert_eq!(harmless.len(), all.iter().filter(|item| item.is_negative == Some(false)).count());
    for wanted in [ItemStatus::New, ItemStatus::NotProcessed, ItemStatus::InProgress, ItemStatus::Repaired] {
        let narrowed = list(Asked { status: Some(wanted.clone()), ..Asked::default() }).await;
        assert_filtered(&all, &narrowed, |item| status(item) == wanted);
    }

    let sorted = async |sort_by: Option<String>, sort_direction: Option<SortDirection>| {
        list(Asked { sort_by, sort_direction, ..Asked::default() }).await
    };
    assert_sorts(
        sorted,
        &[
            ("id", |item| json!(key(item))),
            ("client_id", |item| json!(owner(item).unwrap().0)),
            ("account_name", |item| json!(item.account_name)),
            ("account_type", |item| json!(item.account_type)),
            ("account_status", |item| json!(item.account_status)),
            ("opened_date", |item| day(item.opened_date)),
            ("reported_date", |item| day(item.reported_date)),
            ("last_activity_date", |item| day(item.last_activity_date)),
            ("modified_date", |item| json!(item.modified_date)),
            ("unpaid_balance_amount", |item| json!(item.unpaid_balance_amount.and_then(domain::Money::cents))),
            ("status", |item| json!(status(item).code())),
        ],
    )
    .await;
    let unknown = Asked { status: Some(ItemStatus::Other("lost".into())), ..Asked::default() };
    assert_refused(portal.list_negative_items(&unknown).page(1).await, &["status"]);
}
