//! What a client signed.

use crate::clients::client_id;
use crate::contract::{AgreementCard, AgreementState, ClientAgreements, FileLink, Id};
use crate::{Desk, Error};
use domain::gate::Limit;
use domain::{Agreement, AttachmentId, Permission, cancellable_until};
use jiff::Timestamp;
use jiff::civil::Date;
use std::collections::HashSet;

impl Desk {
    /// A client's agreements, newest first.
    ///
    /// # Errors
    /// [`Error::NotFound`], no open cache, or the cache fails.
    pub async fn agreement_list(&self, client: Id) -> Result<ClientAgreements, Error> {
        let open = self.ready().await?;
        let client = client_id(&client.id, "id")?;
        let facts = open.store.client(client).await?.ok_or(Error::NotFound("client"))?;
        let agreements = open.store.agreements_of(client).await?;
        let files: Vec<_> = agreements.iter().flat_map(|one| &one.attachment).map(|file| file.id).collect();
        let here = open.store.stored_files_here(&files).await?;
        Ok(ClientAgreements {
            agreements: agreements.into_iter().map(|agreement| self.agreement_card(agreement, &here)).collect(),
            permission: self.permission_state(facts.permission),
        })
    }

    /// Whether a client has permitted the work, as it stands today.
    pub(crate) fn permission_state(&self, permission: Permission) -> AgreementState {
        match permission {
            Permission::Unknown => AgreementState::Unknown,
            Permission::Unsigned => AgreementState::Unsigned,
            Permission::Signed(at) if self.inner.ports.clock.today() <= self.cancellable_until(at) => {
                AgreementState::Cancellable
            }
            Permission::Signed(_) => AgreementState::Signed,
        }
    }

    /// The last day on which what was signed then may be cancelled.
    fn cancellable_until(&self, signed: Timestamp) -> Date {
        let days = u8::try_from(self.inner.settings.gate.limit(Limit::CancellationDays)).unwrap_or(u8::MAX);
        cancellable_until(self.inner.ports.clock.date_of(signed), days)
    }

    fn agreement_card(&self, agreement: Agreement, here: &HashSet<AttachmentId>) -> AgreementCard {
        AgreementCard {
            id: agreement.id.to_string(),
            name: agreement.name,
            kind: agreement.kind,
            state: self.permission_state(agreement.signed.map_or(Permission::Unsigned, Permission::Signed)),
            signed_at: agreement.signed.map(|at| at.to_string()),
            cancellable_until: agreement.signed.map(|at| self.cancellable_until(at).to_string()),
            created_at: agreement.created.map(|at| at.to_string()),
            file: agreement.attachment.map(|file| FileLink {
                id: file.id.to_string(),
                caption: file.caption,
                extension: file.extension,
                size: file.size,
                here: here.contains(&file.id),
            }),
        }
    }
}
