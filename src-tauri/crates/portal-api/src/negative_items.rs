//! Negative items (API: Negative Items).

use crate::client::Call;
use crate::clients::ClientWire;
use crate::decode::{Amount, Day, Flag, Int, Missing, One, Text, Wire};
use crate::{ApiError, Operation, Page, PageRequest, Portal};
use domain::{Bureau, ClientId, ItemFlags, ItemId, ItemStatus, LateCounts, NegativeItem, ReportId};
use serde::Deserialize;

/// `NegativeItemResource`: the documented fields that the domain uses; the kept body has all 54.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
struct NegativeItemWire {
    id: Text,
    vendor_tradeline_id: Text,
    client: One<ClientWire>,
    client_id: Int,
    /// Not documented; read when a portal sends it.
    bureau: Text,
    credit_report_id: Int,
    account_name: Text,
    account_number: Text,
    account_type: Text,
    account_status: Text,
    metadata: One<MetadataWire>,
    is_negative: Flag,
    is_collection: Flag,
    is_charge_off: Flag,
    is_closed: Flag,
    is_disputed: Flag,
    late_count_30_days: Int,
    late_count_60_days: Int,
    late_count_90_days: Int,
    unpaid_balance_amount: Amount,
    past_due_amount: Amount,
    high_balance_amount: Amount,
    high_credit_amount: Amount,
    opened_date: Day,
    reported_date: Day,
    last_activity_date: Day,
    charge_off_date: Day,
    collection_date: Day,
}

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
struct MetadataWire {
    status: Text,
    not_dispute: Flag,
}

impl Wire for NegativeItemWire {
    type Value = NegativeItem;

    const EMBEDDED_CLIENTS: &[&str] = &["client"];

    fn value(self) -> Result<NegativeItem, Missing> {
        let id = match (self.id.filled(), self.vendor_tradeline_id.filled()) {
            (Some(id), _) => id,
            (None, Some(tradeline)) => format!("tradeline:{tradeline}"),
            (None, None) => return Err(Missing("id")),
        };
        let client = self.client.0.and_then(|client| client.id.0).or(self.client_id.0).ok_or(Missing("client.id"))?;
        let metadata = self.metadata.0.unwrap_or_default();
        let flag = |flag: Flag| flag.0.unwrap_or(false);
        let count = |count: Int| count.0.and_then(|n| u32::try_from(n).ok()).unwrap_or(0);
        Ok(NegativeItem {
            id: ItemId(id),
            client: ClientId(client),
            bureau: Bureau::from_code(&self.bureau.or_empty()),
            report: self.credit_report_id.0.map(ReportId),
            account_name: self.account_name.or_empty(),
            account_number: self.account_number.or_empty(),
            account_type: self.account_type.or_empty(),
            account_status: self.account_status.or_empty(),
            status: ItemStatus::from_code(&metadata.status.or_empty()),
            excluded: flag(metadata.not_dispute),
            flags: ItemFlags {
                is_negative: flag(self.is_negative),
                is_collection: flag(self.is_collection),
                is_charge_off: flag(self.is_charge_off),
                is_closed: flag(self.is_closed),
                is_disputed: flag(self.is_disputed),
            },
            lates: LateCounts {
                days_30: count(self.late_count_30_days),
                days_60: count(self.late_count_60_days),
                days_90: count(self.late_count_90_days),
            },
            balance: self.unpaid_balance_amount.0,
            past_due: self.past_due_amount.0,
            high_balance: self.high_balance_amount.0.or(self.high_credit_amount.0),
            opened: self.opened_date.0,
            reported: self.reported_date.0,
            last_activity: self.last_activity_date.0,
            charged_off: self.charge_off_date.0,
            collected: self.collection_date.0,
        })
    }
}

impl Portal {
    /// One page of all clients' negative items (API: `listNegativeItems`).
    ///
    /// # Errors
    /// As every call: see [`ApiError`].
    pub async fn negative_items(&self, page: PageRequest) -> Result<Page<NegativeItem>, ApiError> {
        self.list::<NegativeItemWire>(Operation::ListNegativeItems, page).await
    }

    /// One page of a client's negative items (API: `listNegativeItems` with `client_id`).
    ///
    /// # Errors
    /// As every call: see [`ApiError`].
    pub async fn negative_items_of(&self, client: ClientId, page: PageRequest) -> Result<Page<NegativeItem>, ApiError> {
        let mut query = page.query();
        query.push(("client_id", client.to_string()));
        self.page::<NegativeItemWire>(Call { query, ..Call::get(Operation::ListNegativeItems) }).await
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::decode;

    #[test]
    fn the_kept_body_loses_the_embedded_client_and_nothing_else() {
        let body = r#"{"id":5,"client":{"id":7,"ssn":123456789},"terms_desc":"60 months","new_field":[1]}"#;
        let Ok(record) = decode::record::<NegativeItemWire>(body) else { panic!("readable") };
        assert_eq!(record.value.client, ClientId(7));
        assert!(!record.body.contains("123456789"));
        assert!(record.body.contains("60 months") && record.body.contains("new_field"));
    }

    #[test]
    fn an_item_without_a_key_is_known_by_its_tradeline() {
        let body = r#"{"vendor_tradeline_id":"TL-1","client":[{"id":"7"}],"metadata":{"status":"Not Processed","not_dispute":"1"}}"#;
        let Ok(record) = decode::record::<NegativeItemWire>(body) else { panic!("readable") };
        assert_eq!(record.value.id, ItemId("tradeline:TL-1".into()));
        assert_eq!(record.value.status, ItemStatus::NotProcessed);
        assert!(record.value.excluded);
    }
}
