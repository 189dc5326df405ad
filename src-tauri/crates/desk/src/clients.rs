//! Finding and opening clients.

use crate::contract::{
    AgreementRow, AgreementState, ClientCard, ClientFreshness, ClientPage, ClientRow, ClientSearch, DocumentRow, Id,
    PostalLines, ProblemCode, Topic,
};
use crate::{Desk, Error};
use domain::{ClientId, PostalAddress};
use jiff::SignedDuration;
use std::sync::PoisonError;
use store::ClientFacts;

/// Rows that one call answers at most.
const MOST_ROWS: u32 = 500;
/// A client who is looked at again within this time is not read again.
const FRESH_FOR: SignedDuration = SignedDuration::from_mins(2);

impl Desk {
    /// Finds clients; everyone for an empty text and a filter of nothing.
    ///
    /// # Errors
    /// [`Error::BadRequest`] for a filter of too many values, no open cache, or the cache fails.
    pub async fn client_search(&self, search: ClientSearch) -> Result<ClientPage, Error> {
        let open = self.ready().await?;
        let query = self.client_query(&search)?;
        let hits = open.store.find_clients(&query, search.offset, search.limit.min(MOST_ROWS)).await?;
        Ok(ClientPage { total: hits.total, rows: hits.rows.iter().map(|facts| self.client_row(facts)).collect() })
    }

    /// Reads all of a client's records again, unless that was done just now: an agent looks at them as the portal has them
    /// today. A portal that cannot be read is told in the answer; the cache's records stay.
    ///
    /// # Errors
    /// [`Error::NotFound`], no open cache, or the cache fails.
    pub async fn client_refresh(&self, id: Id) -> Result<ClientFreshness, Error> {
        let open = self.ready().await?;
        let id: ClientId = client_id(&id.id, "id")?;
        open.store.client(id).await?.ok_or(Error::NotFound("client"))?;
        let checked = || open.checked.lock().unwrap_or_else(PoisonError::into_inner);
        let now = self.inner.ports.clock.now();
        let before = checked().get(&id).copied();
        if let Some(at) = before.filter(|at| *at <= now && now.duration_since(*at) < FRESH_FOR) {
            return Ok(ClientFreshness { checked_at: Some(at.to_string()), problem: None });
        }
        let read = async {
            let portal = self.connected(&open).await?;
            Ok::<_, Error>(::sync::refresh_client(&portal, &open.store, &open.closing, id).await?)
        };
        let read = read.await;
        // What came before a failure is kept, and shown; nothing comes from a portal that nobody reached.
        if !read.as_ref().is_err_and(|error| error.problem().code == ProblemCode::PortalUnreachable) {
            self.changed(&[
                Topic::Clients,
                Topic::Items,
                Topic::Notes,
                Topic::Documents,
                Topic::Correspondence,
                Topic::Reports,
                Topic::Tasks,
            ]);
        }
        Ok(match read {
            Ok(()) => {
                checked().insert(id, now);
                ClientFreshness { checked_at: Some(now.to_string()), problem: None }
            }
            Err(error) => {
                tracing::warn!(code = ?error.problem().code, "a client's records could not be read again");
                ClientFreshness { checked_at: before.map(|at| at.to_string()), problem: Some(error.problem()) }
            }
        })
    }

    /// One client in full.
    ///
    /// # Errors
    /// [`Error::NotFound`], no open cache, or the cache fails.
    pub async fn client_get(&self, id: Id) -> Result<ClientCard, Error> {
        let open = self.ready().await?;
        let id: ClientId = client_id(&id.id, "id")?;
        let facts = open.store.client(id).await?.ok_or(Error::NotFound("client"))?;
        let agreements = open.store.agreements_of(id).await?;
        let documents = open.store.documents_of(id).await?;
        Ok(ClientCard {
            row: self.client_row(&facts),
            birth_date: facts.client.birth_date.map(|date| date.to_string()),
            phones: facts.client.phones.clone(),
            mailing: lines(&facts.client.mailing),
            mailing_complete: facts.client.mailing.is_complete(),
            agreements: agreements
                .into_iter()
                .map(|agreement| AgreementRow {
                    name: agreement.name,
                    signed_at: agreement.signed.map(|at| at.to_string()),
                })
                .collect(),
            documents: documents
                .into_iter()
                .map(|document| DocumentRow {
                    kind: document.kind,
                    subkind: document.subkind,
                    caption: document.attachment.map(|file| file.caption).unwrap_or_default(),
                    created_at: document.created.map(|at| at.to_string()),
                })
                .collect(),
            notes: open.store.count_notes(id).await?,
            correspondence: open.store.count_correspondence(id).await?,
            reports: open.store.count_credit_reports(id).await?,
            open_tasks: open.store.count_open_tasks(id).await?,
        })
    }

    fn client_row(&self, facts: &ClientFacts) -> ClientRow {
        row(facts, self.permission_state(facts.permission))
    }
}

pub(crate) fn client_id(text: &str, field: &'static str) -> Result<ClientId, Error> {
    text.parse().map_err(|_| Error::bad(field, "not the id of a client"))
}

pub(crate) fn lines(address: &PostalAddress) -> PostalLines {
    PostalLines {
        street: address.street.clone(),
        city: address.city.clone(),
        state: address.state.clone(),
        zip: address.zip.clone(),
    }
}

fn row(facts: &ClientFacts, agreement: AgreementState) -> ClientRow {
    let client = &facts.client;
    ClientRow {
        id: client.id.to_string(),
        name: client.name.full(),
        sorted_name: client.name.sorted(),
        email: client.email.clone().unwrap_or_default(),
        phone: client.phones.first().cloned().unwrap_or_default(),
        city: client.mailing.city.clone(),
        state: client.mailing.state.clone(),
        ssn_last_four: client.ssn.as_ref().map(domain::Ssn::last_four).unwrap_or_default(),
        items: facts.items,
        agreement,
    }
}
