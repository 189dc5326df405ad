//! A client's negative items.

use crate::clients::client_id;
use crate::contract::{Id, ItemRow};
use crate::library::bureau_code;
use crate::{Desk, Error};
use domain::{Furnisher, furnisher_of};
use store::ItemFacts;

impl Desk {
    /// A client's items by bureau and account name, each with the furnisher that carries its name.
    ///
    /// # Errors
    /// No open cache, or the cache fails.
    pub async fn item_list(&self, client: Id) -> Result<Vec<ItemRow>, Error> {
        let open = self.ready().await?;
        let items = open.store.items_of(client_id(&client.id, "id")?).await?;
        let furnishers: Vec<Furnisher> =
            open.store.search_furnishers("", u32::MAX).await?.into_iter().map(|hit| hit.furnisher).collect();
        Ok(items.iter().map(|facts| row(facts, &furnishers)).collect())
    }
}

fn row(facts: &ItemFacts, furnishers: &[Furnisher]) -> ItemRow {
    let item = &facts.item;
    let day = |date: Option<jiff::civil::Date>| date.map(|date| date.to_string());
    ItemRow {
        id: item.id.to_string(),
        bureau: item.bureau.map(bureau_code),
        account_name: item.account_name.clone(),
        account_number: item.account_number.clone(),
        account_type: item.account_type.clone(),
        account_status: item.account_status.clone(),
        status: item.status.code().to_owned(),
        excluded: item.excluded,
        collection: item.flags.is_collection,
        charge_off: item.flags.is_charge_off,
        disputed: item.flags.is_disputed,
        balance: item.balance.map(|amount| amount.to_string()),
        past_due: item.past_due.map(|amount| amount.to_string()),
        opened: day(item.opened),
        reported: day(item.reported),
        last_activity: day(item.last_activity),
        lates: [item.lates.days_30, item.lates.days_60, item.lates.days_90],
        furnisher_id: furnisher_of(&item.account_name, furnishers).map(|furnisher| furnisher.id.to_string()),
        letters: facts.letters,
    }
}
