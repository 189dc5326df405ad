//! What the company sells, and what clients bought of it.

use crate::company::{Company, assert_gone};
use crate::lists::{assert_filtered, assert_pages, assert_sorts, every, instant, whole};
use domain::ClientProductId;
use portal_api::SortDirection;
use portal_api::client_products::ListClientProductsQuery;
use serde_json::json;

type Asked = ListClientProductsQuery;

pub(crate) async fn what_a_client_bought_is_one_of_the_products_and_has_its_price(company: &Company) {
    let portal = &company.portal;
    let products = whole(portal.list_products().await);
    let names: Vec<_> = products.iter().map(|product| product.name.as_deref().unwrap()).collect();
    assert!(products.len() > 1 && names.iter().all(|name| !name.is_empty()), "{names:?}");
    for bought in every(portal.list_client_products(&Asked::default()).rows()).await {
        assert_eq!(portal.get_client_product(bought.id.unwrap()).await.unwrap(), bought);
        let product = bought.product.as_deref().unwrap();
        assert!(products.iter().any(|sold| sold.value == *product), "a client holds what is sold");
        assert!(bought.initial_fee.is_some() && bought.charged_monthly.is_some_and(|charged| charged.cents() > Some(0)));
        portal.get_client(bought.client.as_ref().unwrap().id.unwrap()).await.unwrap();
    }
    assert_gone(portal.get_client_product(ClientProductId(99_999)).await);
}

pub(crate) async fn client_products_are_listed_by_pages_in_every_order(company: &Company) {
    let portal = &company.portal;
    let list = async |query: Asked| every(portal.list_client_products(&query).rows()).await;
    let all = list(Asked::default()).await;
    assert_pages(5, &all, portal.list_client_products(&Asked { per_page: Some(5), ..Asked::default() }).stream()).await;
    let client = all[0].client.as_ref().unwrap().id;
    let narrowed = list(Asked { client_id: client, ..Asked::default() }).await;
    assert_filtered(&all, &narrowed, |bought| bought.client.as_ref().unwrap().id == client);
    let sorted = async |sort_by: Option<String>, sort_direction: Option<SortDirection>| {
        list(Asked { sort_by, sort_direction, ..Asked::default() }).await
    };
    assert_sorts(
        sorted,
        &[
            ("id", |bought| json!(bought.id.unwrap().0)),
            ("created_at", |bought| instant(bought.created_at)),
            ("updated_at", |bought| instant(bought.updated_at)),
        ],
    )
    .await;
}
