//! What of a client must not be disputed, recorded on this desk beside the portal's own marks.

use crate::clients::client_id;
use crate::contract::{Empty, ExclusionAdd, ExclusionKind, ExclusionRow, Id, Topic};
use crate::library::{bureau_code, bureau_of};
use crate::{Desk, Error};
use domain::{Exclusion, ExclusionScope, ItemId};

impl Desk {
    /// A client's exclusions, the oldest first.
    ///
    /// # Errors
    /// No open cache, or the cache fails.
    pub async fn exclusion_list(&self, client: Id) -> Result<Vec<ExclusionRow>, Error> {
        let open = self.ready().await?;
        let exclusions = open.store.exclusions_of(client_id(&client.id, "id")?).await?;
        Ok(exclusions.into_iter().map(row).collect())
    }

    /// Records an exclusion.
    ///
    /// # Errors
    /// [`Error::NotFound`] for an item that is not the client's, [`Error::BadRequest`] for an empty name or payment.
    pub async fn exclusion_add(&self, add: ExclusionAdd) -> Result<ExclusionRow, Error> {
        let open = self.ready().await?;
        let client = client_id(&add.client_id, "clientId")?;
        let scope = scope(add.what)?;
        if let ExclusionScope::Item(item) | ExclusionScope::LatePayment { item, .. } = &scope {
            let items = open.store.items_of(client).await?;
            if !items.iter().any(|facts| facts.item.id == *item) {
                return Err(Error::NotFound("negative item"));
            }
        }
        let exclusion = Exclusion {
            id: uuid::Uuid::now_v7().to_string(),
            client,
            scope,
            reason: add.reason.trim().to_owned(),
            at: self.inner.ports.clock.now(),
            by: open.account.agent.clone(),
        };
        let mut write = open.store.write().await?;
        write.add_exclusion(&exclusion).await?;
        write.commit().await?;
        self.changed(&[Topic::Items, Topic::Letters]);
        Ok(row(exclusion))
    }

    /// Takes an exclusion back.
    ///
    /// # Errors
    /// [`Error::NotFound`] when it is not there.
    pub async fn exclusion_remove(&self, id: Id) -> Result<Empty, Error> {
        let open = self.ready().await?;
        let mut write = open.store.write().await?;
        if !write.drop_exclusion(&id.id).await? {
            return Err(Error::NotFound("exclusion"));
        }
        write.commit().await?;
        self.changed(&[Topic::Items, Topic::Letters]);
        Ok(Empty {})
    }
}

fn scope(what: ExclusionKind) -> Result<ExclusionScope, Error> {
    let filled = |field, text: String| match text.trim() {
        "" => Err(Error::bad(field, "must not be empty")),
        text => Ok(text.to_owned()),
    };
    Ok(match what {
        ExclusionKind::Item { item_id } => ExclusionScope::Item(ItemId(item_id)),
        ExclusionKind::LatePayment { item_id, payment } => {
            ExclusionScope::LatePayment { item: ItemId(item_id), payment: filled("payment", payment)? }
        }
        ExclusionKind::Bureau { bureau } => ExclusionScope::Bureau(bureau_of(bureau)),
        ExclusionKind::Creditor { name } => ExclusionScope::Creditor(filled("name", name)?),
    })
}

fn row(exclusion: Exclusion) -> ExclusionRow {
    ExclusionRow {
        id: exclusion.id,
        what: match exclusion.scope {
            ExclusionScope::Item(item) => ExclusionKind::Item { item_id: item.0 },
            ExclusionScope::LatePayment { item, payment } => ExclusionKind::LatePayment { item_id: item.0, payment },
            ExclusionScope::Bureau(bureau) => ExclusionKind::Bureau { bureau: bureau_code(bureau) },
            ExclusionScope::Creditor(name) => ExclusionKind::Creditor { name },
        },
        reason: exclusion.reason,
        at: exclusion.at.to_string(),
        by: exclusion.by,
    }
}
