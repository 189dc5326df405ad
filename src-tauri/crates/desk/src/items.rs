//! A client's negative items.

use crate::clients::client_id;
use crate::contract::{Id, ItemObsolescence, ItemRow};
use crate::follow_ups::outcome_code;
use crate::gate::excluded_because;
use crate::library::bureau_code;
use crate::{Desk, Error};
use domain::{DefaultKind, Exclusion, Furnisher, NegativeItem, Obsolescence, Untold, furnisher_of};
use jiff::civil::Date;
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
        let today = self.inner.ports.clock.today();
        Ok(items
            .iter()
            .map(|facts| row(facts, &furnishers, &exclusions, histories.get(&facts.item.id), today))
            .collect())
    }
}

fn row(
    facts: &ItemFacts,
    furnishers: &[Furnisher],
    exclusions: &[Exclusion],
    history: Option<&ItemHistory>,
    today: Date,
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
    let day = |date: Option<Date>| date.map(|date| date.to_string());
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
        last_adverse: day(item.last_adverse),
        charged_off: day(item.charged_off),
        collected: day(item.collected),
        obsolescence: obsolescence(item, today),
        lates: [item.lates.days_30, item.lates.days_60, item.lates.days_90],
        furnisher_id: furnisher_of(&item.account_name, furnishers).map(|furnisher| furnisher.id.to_string()),
        letters: facts.letters,
    }
}

fn obsolescence(item: &NegativeItem, today: Date) -> ItemObsolescence {
    let reckoned = Obsolescence::of(item);
    let us = |day: Date| day.strftime("%m/%d/%Y");
    let because = match reckoned {
        Obsolescence::LatePayments { last, .. } => format!(
            "A late payment may be reported for seven years. The last one that the bureau tells of is of {}; earlier ones \
             leave sooner.",
            us(last)
        ),
        Obsolescence::AtTheLatest { default, on, .. } => {
            let what = match default {
                DefaultKind::ChargeOff => "charged off",
                DefaultKind::Collection => "placed for collection",
            };
            format!(
                "Seven years run from 180 days after the delinquency began. The portal does not keep that day. It was before \
                 {}, when the account was {what}: the item leaves on the day shown or sooner.",
                us(on)
            )
        }
        Obsolescence::Unknown(Untold::Delinquency) => {
            "Seven years run from 180 days after the delinquency began. Neither that \
             day nor one of a charge-off or a collection is known."
                .to_owned()
        }
        Obsolescence::Unknown(Untold::BankruptcyFiling) => {
            "A bankruptcy may be reported for ten years from its filing. The portal does not keep that day.".to_owned()
        }
        Obsolescence::Unknown(Untold::LatePayment) => {
            "A late payment may be reported for seven years. No day of one is known.".to_owned()
        }
        Obsolescence::Unknown(Untold::Inquiry) => {
            "The law sets no period for inquiries. Bureaus list them for two years.".to_owned()
        }
    };
    ItemObsolescence {
        leaves: reckoned.leaves().map(|day| day.to_string()),
        at_latest: matches!(reckoned, Obsolescence::AtTheLatest { .. }),
        obsolete: reckoned.leaves().is_some_and(|day| day < today),
        because,
    }
}
