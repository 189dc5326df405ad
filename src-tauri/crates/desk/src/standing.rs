//! What matters of a client before anything is done for them: only what the cache knows, nothing guessed.

use crate::client_tasks::overdue;
use crate::clients::client_id;
use crate::contract::{ClientAlert, ClientAlertKind, ClientStanding, Id, ProofRow, ProofState};
use crate::desk::Open;
use crate::follow_ups::days_between;
use crate::kba::provider_code;
use crate::readings::access;
use crate::{Desk, Error};
use domain::{ClientId, IdentityProof, Outcome, ProofOutcome};
use store::DetailTable;

impl Desk {
    /// What matters of a client: proofs of identity, products, goals, and what asks for the agent.
    ///
    /// # Errors
    /// [`Error::NotFound`], no open cache, or the cache fails.
    pub async fn client_standing(&self, id: Id) -> Result<ClientStanding, Error> {
        let open = self.ready().await?;
        let client = client_id(&id.id, "id")?;
        open.store.client(client).await?.ok_or(Error::NotFound("client"))?;
        let products = self.product_list(id).await?;
        let goals = self.goals_standing(&open, client, &open.store.goals().await?).await?;
        Ok(ClientStanding {
            proofs: open.store.identity_proofs(client).await?.into_iter().map(proof_row).collect(),
            products: products.products.into_iter().map(|product| product.name).collect(),
            products_access: products.access,
            goals: goals.iter().filter_map(|goal| goal.kept_name()).map(str::to_owned).collect(),
            goals_access: access(open.store.reading(client, DetailTable::Goals).await?),
            alerts: self.alerts(&open, client).await?,
        })
    }

    async fn alerts(&self, open: &Open, client: ClientId) -> Result<Vec<ClientAlert>, Error> {
        let filter = store::OutboxFilter { client: Some(client), ..store::OutboxFilter::default() };
        let asks = self.items(open, filter).await?.into_iter().filter(|item| item.asks).count();
        let today = self.inner.ports.clock.today();
        let answers = open.store.follow_ups(Some(client), false).await?;
        let late = answers.iter().map(|answer| days_between(answer.due(), today)).filter(|days| *days > 0);
        let tasks = open.store.client_tasks_of(client).await?;
        let undone = tasks.iter().filter_map(|kept| overdue(&kept.task, &*self.inner.ports.clock));
        let histories = open.store.item_histories(client).await?;
        let back = histories.values().filter(|item| item.last_outcome == Some(Outcome::Reinserted)).count();
        let alerts = [
            counted(ClientAlertKind::OutboxAsks, asks, None),
            days(ClientAlertKind::AnswersOverdue, &late.collect::<Vec<_>>()),
            days(ClientAlertKind::TasksOverdue, &undone.collect::<Vec<_>>()),
            counted(ClientAlertKind::ItemsReinserted, back, None),
        ];
        Ok(alerts.into_iter().flatten().collect())
    }
}

fn days(kind: ClientAlertKind, late: &[i32]) -> Option<ClientAlert> {
    counted(kind, late.len(), late.iter().max().map(|days| days.unsigned_abs()))
}

fn counted(kind: ClientAlertKind, count: usize, days: Option<u32>) -> Option<ClientAlert> {
    (count > 0).then(|| ClientAlert { kind, count: u32::try_from(count).unwrap_or(u32::MAX), days })
}

fn proof_row(proof: IdentityProof) -> ProofRow {
    ProofRow {
        provider: provider_code(&proof.provider),
        state: match proof.outcome {
            ProofOutcome::Proven => ProofState::Proven,
            ProofOutcome::Skipped => ProofState::Skipped,
            ProofOutcome::Refused => ProofState::Refused,
        },
        at: proof.at.to_string(),
        author: proof.author,
    }
}
