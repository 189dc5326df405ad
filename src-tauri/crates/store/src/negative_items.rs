//! Negative items.

use crate::columns::{bureau, count, date, money, put};
use crate::{Sent, Store, StoreError, Write};
use domain::{ClientId, ItemFlags, ItemId, ItemStatus, LateCounts, NegativeItem, ReportId};
use sqlx::Row;
use sqlx::sqlite::SqliteRow;

/// An item with what its table shows beside it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ItemFacts {
    /// The item, its bureau taken from its report.
    pub item: NegativeItem,
    /// Letters prepared or printed here that dispute it.
    pub letters: u32,
}

fn facts(row: &SqliteRow) -> Result<ItemFacts, StoreError> {
    let item = NegativeItem {
        id: ItemId(row.try_get("id")?),
        client: ClientId(row.try_get("client_id")?),
        bureau: bureau(row.try_get("bureau")?, "negative_items.bureau")?,
        report: row.try_get::<Option<i64>, _>("report_id")?.map(ReportId),
        account_name: row.try_get("account_name")?,
        account_number: row.try_get("account_number")?,
        account_type: row.try_get("account_type")?,
        account_status: row.try_get("account_status")?,
        status: ItemStatus::from_code(row.try_get("status")?),
        excluded: row.try_get("excluded")?,
        flags: ItemFlags {
            is_negative: row.try_get("is_negative")?,
            is_collection: row.try_get("is_collection")?,
            is_charge_off: row.try_get("is_charge_off")?,
            is_closed: row.try_get("is_closed")?,
            is_disputed: row.try_get("is_disputed")?,
        },
        lates: LateCounts {
            days_30: count(row.try_get("late_30")?),
            days_60: count(row.try_get("late_60")?),
            days_90: count(row.try_get("late_90")?),
        },
        balance: money(row.try_get("balance")?, "negative_items.balance")?,
        past_due: money(row.try_get("past_due")?, "negative_items.past_due")?,
        high_balance: money(row.try_get("high_balance")?, "negative_items.high_balance")?,
        opened: date(row.try_get("opened")?, "negative_items.opened")?,
        reported: date(row.try_get("reported")?, "negative_items.reported")?,
        last_activity: date(row.try_get("last_activity")?, "negative_items.last_activity")?,
        last_adverse: date(row.try_get("last_adverse")?, "negative_items.last_adverse")?,
        charged_off: date(row.try_get("charged_off")?, "negative_items.charged_off")?,
        collected: date(row.try_get("collected")?, "negative_items.collected")?,
    };
    Ok(ItemFacts { item, letters: count(row.try_get("letters")?) })
}

impl Store {
    /// A client's items by bureau (unknown last), then account name.
    ///
    /// # Errors
    /// As every query.
    pub async fn items_of(&self, client: ClientId) -> Result<Vec<ItemFacts>, StoreError> {
        let rows = sqlx::query(
            "SELECT i.id, i.client_id, coalesce(i.bureau, r.bureau) AS bureau, i.report_id, i.account_name,
                 i.account_number, i.account_type, i.account_status, i.status, i.excluded, i.is_negative,
                 i.is_collection, i.is_charge_off, i.is_closed, i.is_disputed, i.late_30, i.late_60, i.late_90,
                 i.balance, i.past_due, i.high_balance, i.opened, i.reported, i.last_activity, i.last_adverse,
                 i.charged_off, i.collected,
                 (SELECT count(*) FROM letter_items li JOIN letters l ON l.id = li.letter_id
                  WHERE li.item_id = i.id AND l.stage <> 'discarded') AS letters
             FROM negative_items i LEFT JOIN client_reports r ON r.id = i.report_id
             WHERE i.client_id = ?1
             ORDER BY coalesce(i.bureau, r.bureau) IS NULL, coalesce(i.bureau, r.bureau), i.account_name COLLATE NOCASE, i.id",
        )
        .bind(client.0)
        .fetch_all(&self.readers)
        .await?;
        rows.iter().map(facts).collect()
    }

    /// How many items there are.
    ///
    /// # Errors
    /// As every query.
    pub async fn count_items(&self) -> Result<u32, StoreError> {
        let items: i64 = sqlx::query_scalar("SELECT count(*) FROM negative_items").fetch_one(&self.readers).await?;
        Ok(count(items))
    }
}

impl Write {
    /// Inserts or replaces items.
    ///
    /// # Errors
    /// As every query.
    pub async fn put_items(&mut self, items: &[Sent<NegativeItem>], walk: i64) -> Result<(), StoreError> {
        put!(
            self,
            items,
            walk,
            "negative_items"(
                "id",
                "client_id",
                "bureau",
                "report_id",
                "account_name",
                "account_number",
                "account_type",
                "account_status",
                "status",
                "excluded",
                "is_negative",
                "is_collection",
                "is_charge_off",
                "is_closed",
                "is_disputed",
                "late_30",
                "late_60",
                "late_90",
                "balance",
                "past_due",
                "high_balance",
                "opened",
                "reported",
                "last_activity",
                "last_adverse",
                "charged_off",
                "collected"
            ),
            |out, row| {
                let item = &row.value;
                out.push_bind(&item.id.0)
                    .push_bind(item.client.0)
                    .push_bind(item.bureau.map(domain::Bureau::code))
                    .push_bind(item.report.map(|report| report.0))
                    .push_bind(&item.account_name)
                    .push_bind(&item.account_number)
                    .push_bind(&item.account_type)
                    .push_bind(&item.account_status)
                    .push_bind(item.status.code())
                    .push_bind(item.excluded)
                    .push_bind(item.flags.is_negative)
                    .push_bind(item.flags.is_collection)
                    .push_bind(item.flags.is_charge_off)
                    .push_bind(item.flags.is_closed)
                    .push_bind(item.flags.is_disputed)
                    .push_bind(item.lates.days_30)
                    .push_bind(item.lates.days_60)
                    .push_bind(item.lates.days_90)
                    .push_bind(item.balance.map(domain::Money::to_plain))
                    .push_bind(item.past_due.map(domain::Money::to_plain))
                    .push_bind(item.high_balance.map(domain::Money::to_plain))
                    .push_bind(item.opened.map(|date| date.to_string()))
                    .push_bind(item.reported.map(|date| date.to_string()))
                    .push_bind(item.last_activity.map(|date| date.to_string()))
                    .push_bind(item.last_adverse.map(|date| date.to_string()))
                    .push_bind(item.charged_off.map(|date| date.to_string()))
                    .push_bind(item.collected.map(|date| date.to_string()))
            }
        );
        Ok(())
    }
}
