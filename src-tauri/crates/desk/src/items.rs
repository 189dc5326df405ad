//! A client's negative items.

use crate::clients::client_id;
use crate::contract::{Id, ItemRow};
use crate::follow_ups::outcome_code;
use crate::gate::excluded_because;
use crate::library::bureau_code;
use crate::{Desk, Error};
use domain::{Exclusion, Furnisher, furnisher_of};
use store::{ItemFacts, ItemHistory};

impl Desk {
    /// A client's items by bureau and account name, each with the furnisher that carries its name.
    ///
    /// # Errors
    /// No open cache, or the cache fails.
    pub async fn item_list(&self, client: Id) -> Result<Vec<ItemRow>, Error> {
        let open = self.ready().await?;
        let client = client_id(&client.id, "id")?;
        let items = open.store.items_of(client).await?;
        let exclusions = open.store.exclusions_of(client).await?;
        let histories = open.store.item_histories(client).await?;
        let furnishers: Vec<Furnisher> =
            open.store.search_furnishers("", u32::MAX).await?.into_iter().map(|hit| hit.furnisher).collect();
        Ok(items.iter().map(|facts| row(facts, &furnishers, &exclusions, histories.get(&facts.item.id))).collect())
    }
}

fn row(
    facts: &ItemFacts,
    furnishers: &[Furnisher],
    exclusions: &[Exclusion],
    history: Option<&ItemHistory>,
) -> ItemRow {
    let item = &facts.item;
    let excluded = if item.excluded {
        Some("It is excluded from disputes on the portal.".to_owned())
    } else {
        exclusions.iter().find(|exclusion| exclusion.covers(item)).map(|exclusion| {
            let words = excluded_because(exclusion);
            format!("{}{}", words.get(..1).unwrap_or_default().to_uppercase(), words.get(1..).unwrap_or_default())
        })
    };
    let day = |date: Option<jiff::civil::Date>| date.map(|date| date.to_string());
    ItemRow {
        id: item.id.to_string(),
        bureau: item.bureau.map(bureau_code),
        account_name: item.account_name.clone(),
        account_number: item.account_number.clone(),
        account_type: item.account_type.clone(),
        account_status: item.account_status.clone(),
        status: item.status.code().to_owned(),
        excluded: excluded.is_some(),
        excluded_because: excluded,
        excluded_payments: exclusions
            .iter()
            .filter_map(|exclusion| exclusion.late_payment(&item.id))
            .map(str::to_owned)
            .collect(),
        rounds: history.map_or(0, |history| history.rounds),
        last_outcome: history.and_then(|history| history.last_outcome).map(outcome_code),
        awaited: history.is_some_and(|history| history.awaited),
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
