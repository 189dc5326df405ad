//! Which bureaus' reports a client has.

use crate::company::{Company, assert_gone, assert_refused};
use crate::lists::{every, whole};
use domain::ClientId;
use portal_api::negative_items::ListNegativeItemsQuery;
use portal_api::ToDomain;

pub(crate) async fn each_bureaus_report_of_a_client_is_shown_as_it_is_listed(company: &Company) {
    let (portal, client) = (&company.portal, ClientId(4));
    let all = whole(portal.list_client_reports(client).await);
    let bureaus: Vec<_> = all.iter().map(|report| report.bureau.as_deref().unwrap()).collect();
    assert_eq!(bureaus, ["equifax", "experian", "transunion"]);
    for report in &all {
        let shown = portal.get_client_report(client, report.bureau.as_deref().unwrap()).await.unwrap();
        assert_eq!(&shown, report);
        let meant = report.value.clone().to_domain().unwrap();
        assert_eq!(meant.client, client);
        assert_eq!(meant.bureau.map(|bureau| bureau.code()), report.bureau.as_deref());
    }
    let of_client = ListNegativeItemsQuery { client_id: Some(client), ..ListNegativeItemsQuery::default() };
    for item in every(portal.list_negative_items(&of_client).rows()).await {
        assert!(all.iter().any(|report| report.id == item.credit_report_id), "an item is on one of the reports");
    }
    assert_refused(portal.get_client_report(client, "innovis").await, &["bureau"]);
    assert_gone(portal.get_client_report(ClientId(99_999), "equifax").await);
    assert_gone(portal.list_client_reports(ClientId(99_999)).await);
}
