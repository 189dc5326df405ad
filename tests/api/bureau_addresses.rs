//! Bureau addresses.

use crate::company::{Company, assert_gone, assert_refused};
use crate::lists::{assert_filtered, assert_pages, assert_sorts, every, instant};
use portal_api::bureau_addresses::{
    CreateBureauAddressRequest, ListBureauAddressesQuery, UpdateBureauAddressRequest,
};
use portal_api::{SortDirection, Zip};
use serde_json::json;

fn new_address() -> CreateBureauAddressRequest {
    CreateBureauAddressRequest {
        title: Some("Experian - Boston".into()),
        r#type: Some("experian".into()),
        address: Some("7 Harbor Walk".into()),
        city: Some("Boston".into()),
        state: Some("MA".into()),
        zip_code: Some(Zip::new("02109")),
        fax_number: Some("617-555-0100".into()),
    }
}

pub(crate) async fn a_bureau_address_is_made_changed_and_deleted(company: &Company) {
    let portal = &company.portal;
    let list = async || every(portal.list_bureau_addresses(&ListBureauAddressesQuery::default()).rows()).await;
    let before = list().await;
    let new = new_address();
    let made = portal.create_bureau_address(&new).await.unwrap();
    let id = made.id.unwrap();
    assert_eq!((&made.title, &made.r#type, &made.address), (&new.title, &new.r#type, &new.address));
    assert_eq!((&made.city, &made.state), (&new.city, &new.state));
    assert_eq!(made.zip_code.as_ref().unwrap().as_str(), "02109", "the leading zero is back");
    assert_eq!(made.is_default, Some(false), "a new address is never the default");
    let find = async || list().await.into_iter().find(|address| address.id == Some(id));
    assert_eq!(find().await.unwrap(), made);

    let change = UpdateBureauAddressRequest {
        city: Some("Dover".into()),
        state: Some("DE".into()),
        zip_code: Some(Zip::new("19901")),
        ..UpdateBureauAddressRequest::default()
    };
    let changed = portal.update_bureau_address(id, &change).await.unwrap();
    assert_eq!((&changed.city, &changed.state), (&change.city, &change.state));
    assert_eq!(changed.zip_code.as_ref().unwrap().as_str(), "19901");
    assert_eq!((&changed.title, changed.is_default), (&made.title, Some(false)), "what was not sent stays");
    assert_eq!(find().await.unwrap(), changed);

    portal.delete_bureau_address(id).await.unwrap();
    assert!(find().await.is_none());
    assert_gone(portal.update_bureau_address(id, &change).await);
    assert_gone(portal.delete_bureau_address(id).await);
    assert_eq!(list().await, before);
    let none = CreateBureauAddressRequest::default();
    let needed = ["address", "city", "state", "title", "type", "zip_code"];
    assert_refused(portal.create_bureau_address(&none).await, &needed);
}

pub(crate) async fn a_new_default_address_takes_the_mark_from_the_bureaus_other_one(company: &Company) {
    let portal = &company.portal;
    let defaults = async || {
        let asked = ListBureauAddressesQuery { is_default: Some(true), ..ListBureauAddressesQuery::default() };
        let all = every(portal.list_bureau_addresses(&asked).rows()).await;
        all.iter().map(|address| (address.r#type.clone().unwrap(), address.id.unwrap())).collect::<Vec<_>>()
    };
    let before = defaults().await;
    assert_eq!(before.len(), 3);
    let made = portal.create_bureau_address(&new_address()).await.unwrap();
    let mark = UpdateBureauAddressRequest { is_default: Some(true), ..UpdateBureauAddressRequest::default() };
    let marked = portal.update_bureau_address(made.id.unwrap(), &mark).await.unwrap();
    assert_eq!(marked.is_default, Some(true));
    let mut expected: Vec<_> = before.into_iter().filter(|(bureau, _)| bureau != "experian").collect();
    expected.push(("experian".into(), made.id.unwrap()));
    assert_eq!(defaults().await, expected);
}

pub(crate) async fn bureau_addresses_are_listed_by_pages_in_every_order(company: &Company) {
    type Asked = ListBureauAddressesQuery;
    let portal = &company.portal;
    portal.create_bureau_address(&new_address()).await.unwrap();
    let list = async |query: Asked| every(portal.list_bureau_addresses(&query).rows()).await;
    let all = list(Asked::default()).await;
    let pages = portal.list_bureau_addresses(&Asked { per_page: Some(3), ..Asked::default() }).stream();
    assert_pages(3, &all, pages).await;

    let (id, state) = (all[1].id, all[1].state.clone());
    assert_filtered(&all, &list(Asked { id, ..Asked::default() }).await, |address| address.id == id);
    let narrowed = list(Asked { r#type: Some("experian".into()), ..Asked::default() }).await;
    assert_filtered(&all, &narrowed, |address| address.r#type.as_deref() == Some("experian"));
    let narrowed = list(Asked { state: state.clone(), ..Asked::default() }).await;
    assert_filtered(&all, &narrowed, |address| address.state == state);
    let narrowed = list(Asked { city: Some("Boston".into()), ..Asked::default() }).await;
    assert_filtered(&all, &narrowed, |address| address.city.as_deref() == Some("Boston"));
    let narrowed = list(Asked { is_default: Some(false), ..Asked::default() }).await;
    assert_filtered(&all, &narrowed, |address| address.is_default == Some(false));
    let narrowed = list(Asked { search: Some("harbor boston".into()), ..Asked::default() }).await;
    assert_filtered(&all, &narrowed, |address| address.address.as_deref() == Some("7 Harbor Walk"));

    let sorted = async |sort_by: Option<String>, sort_direction: Option<SortDirection>| {
        list(Asked { sort_by, sort_direction, ..Asked::default() }).await
    };
    assert_sorts(
        sorted,
        &[
            ("id", |address| json!(address.id.unwrap().0)),
            ("title", |address| json!(address.title)),
            ("type", |address| json!(address.r#type)),
            ("address", |address| json!(address.address)),
            ("city", |address| json!(address.city)),
            ("state", |address| json!(address.state)),
            ("zip_code", |address| json!(address.zip_code.as_ref().unwrap().as_str())),
            ("is_default", |address| json!(address.is_default)),
            ("created_at", |address| instant(address.created_at)),
            ("updated_at", |address| instant(address.updated_at)),
        ],
    )
    .await;
}
