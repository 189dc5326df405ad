//! Changes to the data that no documented operation makes, as if somebody else worked in the company's system.

use crate::{
    portal::Portal,
    problem::Problem,
    records::Record,
    resources::{client_reports, clients, credit_reports, negative_items},
    seed,
};
use jiff::tz::TimeZone;
use serde_json::Value;

/// One change.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum Change {
    /// Adds the next client, with everything that belongs to one.
    InsertClient,
    /// Removes a client and everything that belongs to it.
    DeleteClient(i64),
    /// Adds a negative item to a client.
    InsertItem {
        /// Whose item.
        client_id: i64,
    },
    /// Removes a negative item.
    DeleteItem(i64),
    /// Sets one of a client's dynamic attributes, e.g. `LastName`.
    SetClientAttribute {
        /// Whose.
        client_id: i64,
        /// Which.
        name: String,
        /// New value.
        value: Value,
    },
    /// Pulls a further credit report of a client. Reports before it stay as they are.
    PullReport {
        /// Whose.
        client_id: i64,
    },
    /// Sets one field of a negative item, e.g. `unpaid_balance_amount`, and marks the item as modified today.
    SetItemField {
        /// Which item.
        item_id: i64,
        /// Which field.
        name: String,
        /// New value.
        value: Value,
    },
}

/// Makes the change.
pub(crate) async fn apply(portal: &Portal, change: Change) -> Result<(), Problem> {
    let mut db = portal.writer().await?;
    match change {
        Change::InsertClient => {
            seed::add_client(&mut db, portal.seed, portal.as_of).await?;
        }
        Change::DeleteClient(client) => {
            clients::remove(&mut db, client).await?;
        }
        Change::InsertItem { client_id } => {
            let client = clients::TABLE.find(&mut db, client_id).await?;
            let reports = client_reports::TABLE.ids_where(&mut db, "client_id", &[client_id]).await?;
            let reports: Vec<Record> = client_reports::TABLE.get_all(&mut db, &reports).await?.into_values().collect();
            seed::add_item(&mut db, portal.seed, portal.as_of, &client, &reports).await?;
        }
        Change::DeleteItem(item) => {
            if !negative_items::TABLE.delete(&mut db, item).await? {
                return Err(negative_items::TABLE.missing());
            }
        }
        Change::SetClientAttribute { client_id, name, value } => {
            let mut client = clients::TABLE.find(&mut db, client_id).await?;
            if let Some(Value::Object(attributes)) = client.get_mut("attributes") {
                attributes.insert(name, value);
            }
            clients::TABLE.change(&mut db, client_id, client).await?;
        }
        Change::PullReport { client_id } => credit_reports::pull(portal, &mut db, client_id).await?,
        Change::SetItemField { item_id, name, value } => {
            let mut changes = Record::new();
            let today = TimeZone::UTC.to_datetime(portal.clock.now()).date();
            changes.insert("modified_date".into(), today.to_string().into());
            changes.insert(name, value);
            let changed = negative_items::TABLE.change(&mut db, item_id, changes).await?;
            changed.ok_or_else(|| negative_items::TABLE.missing())?;
        }
    }
    db.commit().await?;
    Ok(())
}
