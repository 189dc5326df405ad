//! What a client signed.

use crate::clients::client_id;
use crate::contract::{AgreementAdd, AgreementCard, AgreementState, ClientAgreements, Empty, FileLink, Id, OutboxItem};
use crate::correspondence::filled;
use crate::{Desk, Error};
use domain::gate::Limit;
use domain::outbox::Intent;
use domain::{Agreement, AttachmentId, Permission, cancellable_until};
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use std::collections::HashSet;
use store::{OutboxEntry, OutboxFilter};

impl Desk {
    /// A client's agreements, newest first; what waits in the outbox comes first and is marked.
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
        let filter = OutboxFilter { client: Some(client), ..OutboxFilter::default() };
        let entries = open.store.outbox(filter).await?;
        let items = self.shown(&open, &entries).await?;
        let mut cards: Vec<AgreementCard> =
            entries.iter().zip(items).filter_map(|(entry, item)| self.waiting_card(entry, item)).collect();
        cards.reverse();
        cards.extend(agreements.into_iter().map(|agreement| self.agreement_card(agreement, &here)));
        Ok(ClientAgreements { agreements: cards, permission: self.permission_state(facts.permission) })
    }

    /// Kinds of agreements that the portal has, the commonest first.
    ///
    /// # Errors
    /// No open cache, or the cache fails.
    pub async fn agreement_kinds(&self, _: Empty) -> Result<Vec<String>, Error> {
        Ok(self.ready().await?.store.agreement_kinds().await?)
    }

    /// Queues the record of an agreement that a client signed elsewhere. Letters wait until the portal has it.
    ///
    /// # Errors
    /// [`Error::BadRequest`] with the field, [`Error::NotFound`], [`Error::FileChanged`], or the cache fails.
    pub async fn agreement_add(&self, add: AgreementAdd) -> Result<OutboxItem, Error> {
        let open = self.ready().await?;
        let client = client_id(&add.client_id, "clientId")?;
        open.store.client(client).await?.ok_or(Error::NotFound("client"))?;
        let (name, kind) = (filled("name", &add.name)?, filled("kind", &add.kind)?);
        let signed = add.signed_on.as_deref().map(|day| self.signed_at(day)).transpose()?;
        self.enqueue_with_chosen(&open, client, add.token.as_deref(), |file| Intent::CreateAgreement {
            name,
            kind,
            signed,
            file,
        })
        .await
    }

    /// A moment of the day on which something was signed. Noon of Greenwich is that day in every state and territory but
    /// those beyond the date line.
    fn signed_at(&self, day: &str) -> Result<Timestamp, Error> {
        let clock = &self.inner.ports.clock;
        let day: Date = day.parse().map_err(|_| Error::bad("signedOn", "not a date"))?;
        if day > clock.today() {
            return Err(Error::bad("signedOn", "this day is still to come"));
        }
        let noon = TimeZone::UTC.to_timestamp(day.at(12, 0, 0, 0));
        let noon = noon.map_err(|_| Error::bad("signedOn", "this day is out of range"))?;
        Ok(noon.min(clock.now()))
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
            id: Some(agreement.id.to_string()),
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
            pending: None,
        }
    }

    /// An agreement that the portal does not have yet.
    fn waiting_card(&self, entry: &OutboxEntry, item: OutboxItem) -> Option<AgreementCard> {
        let OutboxEntry::Row(row) = entry else { return None };
        let Intent::CreateAgreement { name, kind, signed, .. } = &row.intent else { return None };
        Some(AgreementCard {
            id: None,
            name: name.clone(),
            kind: kind.clone(),
            state: self.permission_state(signed.map_or(Permission::Unsigned, Permission::Signed)),
            signed_at: signed.map(|at| at.to_string()),
            cancellable_until: signed.map(|at| self.cancellable_until(at).to_string()),
            created_at: Some(item.created_at.clone()),
            file: None,
            pending: Some(item),
        })
    }
}
