//! Negative items (API: Negative Items).

use crate::clients::Client;
use crate::correspondences::Correspondence;
use crate::fields::{record, request};
use crate::page::SortDirection;
use crate::{ApiError, Operation, Pages, Portal, Record};
use crate::{Missing, ToDomain};
use domain::{Bureau, ClientId, CreditReportId, ItemFlags, ItemId, ItemStatus, LateCounts, Money, ReportId, UserId};
use jiff::civil::Date;

record! {
    /// `NegativeItemMetadata`.
    pub struct NegativeItemMetadata {
        status: Option<ItemStatus>,
        not_dispute: Option<bool>,
        created_by: Option<UserId>,
        updated_by: Option<UserId>,
    }
}

record! {
    /// `NegativeItemResource`. Key, `client_id` and `bureau` are not documented; they are read when a portal sends them.
    pub struct NegativeItem without ["client"] {
        id: Option<ItemId>,
        client_id: Option<ClientId>,
        bureau: Option<String>,
        account_name: Option<String>,
        account_number: Option<String>,
        account_ownership_type: Option<String>,
        account_paid_date: Option<Date>,
        account_status: Option<String>,
        account_type: Option<String>,
        bureau_tradeline_id: Option<String>,
        charge_off_date: Option<Date>,
        client: Option<Box<Client>>,
        client_key: Option<String>,
        close_date: Option<Date>,
        collection_date: Option<Date>,
        correspondence: Vec<Correspondence>,
        credit_balance: Option<Money>,
        credit_limit: Option<Money>,
        credit_loan_type: Option<String>,
        credit_report_id: Option<ReportId>,
        current_rateing_code or "current_rating_code": Option<String>,
        current_rating_type: Option<String>,
        high_balance_amount: Option<Money>,
        high_credit_amount: Option<Money>,
        highest_adverse_rating_code: Option<String>,
        highest_adverse_rating_type: Option<String>,
        internal_client_key: Option<String>,
        is_charge_off: Option<bool>,
        is_closed: Option<bool>,
        is_collection: Option<bool>,
        is_disputed: Option<bool>,
        is_mortgage: Option<bool>,
        is_negative: Option<bool>,
        is_revolving: Option<bool>,
        is_secure_loan: Option<bool>,
        last_activity_date: Option<Date>,
        last_payment_date: Option<Date>,
        late_count_30_days: Option<i64>,
        late_count_60_days: Option<i64>,
        late_count_90_days: Option<i64>,
        loan_type: Option<String>,
        metadata: Option<Box<NegativeItemMetadata>>,
        modified_date: Option<String>,
        monthly_payment: Option<String>,
        months_viewed: Option<i64>,
        most_recent_adverse_rating_code: Option<String>,
        most_recent_adverse_rating_date: Option<Date>,
        most_recent_adverse_rating_type: Option<String>,
        opened_date: Option<Date>,
        original_balance_amount: Option<Money>,
        past_due_amount: Option<Money>,
        report_id: Option<CreditReportId>,
        reported_date: Option<Date>,
        terms_desc: Option<String>,
        terms_month: Option<i64>,
        unpaid_balance_amount: Option<Money>,
        vendor_tradeline_id: Option<String>,
    }
}

request! {
    /// What `listNegativeItems` can be asked for.
    pub struct ListNegativeItemsQuery {
        ;
        client_id: ClientId,
        account_type: String,
        is_negative: bool,
        is_collection: bool,
        is_charge_off: bool,
        is_disputed: bool,
        status: ItemStatus,
        sort_by: String,
        sort_direction: SortDirection,
        per_page: i64,
    }
}

impl ToDomain for NegativeItem {
    type Value = domain::NegativeItem;

    fn to_domain(self) -> Result<domain::NegativeItem, Missing> {
        // The documented record has no key (oddity 30).
        let id = match (self.id, self.vendor_tradeline_id) {
            (Some(id), _) => id,
            (None, Some(tradeline)) => ItemId(format!("tradeline:{tradeline}")),
            (None, None) => return Err(Missing("id")),
        };
        let client = self.client.and_then(|client| client.id).or(self.client_id).ok_or(Missing("client.id"))?;
        let metadata = self.metadata.unwrap_or_default();
        let flag = |flag: Option<bool>| flag.unwrap_or(false);
        let count = |count: Option<i64>| count.and_then(|n| u32::try_from(n).ok()).unwrap_or(0);
        Ok(domain::NegativeItem {
            id,
            client,
            bureau: Bureau::from_code(&self.bureau.unwrap_or_default()),
            report: self.credit_report_id,
            account_name: self.account_name.unwrap_or_default(),
            account_number: self.account_number.unwrap_or_default(),
            account_type: self.account_type.unwrap_or_default(),
            account_status: self.account_status.unwrap_or_default(),
            status: metadata.status.unwrap_or_else(|| ItemStatus::from_code("")),
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
            balance: self.unpaid_balance_amount,
            past_due: self.past_due_amount,
            high_balance: self.high_balance_amount.or(self.high_credit_amount),
            opened: self.opened_date,
            reported: self.reported_date,
            last_activity: self.last_activity_date,
            last_adverse: self.most_recent_adverse_rating_date,
            charged_off: self.charge_off_date,
            collected: self.collection_date,
        })
    }
}

impl Portal {
    /// Filter and page the negative items (API: `listNegativeItems`).
    pub fn list_negative_items(&self, query: &ListNegativeItemsQuery) -> Pages<NegativeItem> {
        Pages::new(self, Operation::ListNegativeItems, &[], query, &())
    }

    /// Read one negative item (API: `getNegativeItem`).
    pub async fn get_negative_item(&self, id: &ItemId) -> Result<Record<NegativeItem>, ApiError> {
        self.one(Operation::GetNegativeItem, &[&id], &(), &()).await
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::decode;

    #[test]
    fn the_kept_body_loses_the_embedded_client_and_nothing_else() {
        let body = r#"{"id":5,"client":{"id":7,"ssn":123456789},"terms_desc":"60 months","new_field":[1]}"#;
        let record = decode::one::<NegativeItem>(body).unwrap();
        assert!(!record.body.contains("123456789"));
        assert!(record.body.contains("60 months") && record.body.contains("new_field"));
        assert_eq!(record.value.to_domain().unwrap().client, domain::ClientId(7));
    }

    #[test]
    fn an_item_without_a_key_is_known_by_its_tradeline() {
        let body = r#"{"vendor_tradeline_id":"TL-1","client":[{"id":"7"}],"metadata":{"status":"Not Processed","not_dispute":"1"}}"#;
        let item = decode::one::<NegativeItem>(body).unwrap().value.to_domain().unwrap();
        assert_eq!(item.id, ItemId("tradeline:TL-1".into()));
        assert_eq!(item.status, ItemStatus::NotProcessed);
        assert!(item.excluded);
        assert_eq!(NegativeItem::default().to_domain().unwrap_err().to_string(), "id: missing");
    }
}
