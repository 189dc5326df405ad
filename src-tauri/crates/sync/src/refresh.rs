//! One client's records, read again after something was sent, or because the client is looked at.
//!
//! The rows carry the mark of the last walk, so that a pull neither drops them early nor keeps them longer. A row that is
//! gone is left to the pull, which counts absences.

use crate::lists::belongs_to;
use crate::pull::{DetailFailures, Refused, Run};
use crate::{Patience, PullError};
use domain::ClientId;
use futures::TryStreamExt;
use portal_api::client_agreements::ListClientAgreementsQuery;
use portal_api::client_documents::ListClientDocumentsQuery;
use portal_api::correspondences::ListCorrespondencesQuery;
use portal_api::negative_items::ListNegativeItemsQuery;
use portal_api::notes::ListNotesQuery;
use portal_api::{MOST_PER_PAGE, Page, Portal, Row, ToDomain};
use store::{Resource, Sent, Store};
use tokio_util::sync::CancellationToken;

/// The readable records of some pages.
fn sent<T: ToDomain>(pages: Vec<Page<T>>) -> Vec<Sent<T::Value>> {
    let rows = pages.into_iter().flat_map(|page| page.to_domain().rows);
    let read = rows.filter_map(|row| match row {
        Row::Read(record) => Some(Sent { value: record.value, body: record.body }),
        Row::Parked { .. } => None,
    });
    read.collect()
}

async fn walk(store: &Store, resource: Resource) -> Result<i64, PullError> {
    Ok(store.pull(resource).await?.map_or(0, |pull| pull.walk))
}

/// Reads all of a client's records again: what is shown is then as the portal has it.
///
/// # Errors
/// The portal or the cache; what was there stays, and what was read before the error is kept. A client who left the portal
/// is a [`PullError::Portal`] with [`portal_api::ApiError::NotFound`].
pub async fn refresh_client(
    portal: &Portal,
    store: &Store,
    cancel: &CancellationToken,
    client: ClientId,
) -> Result<(), PullError> {
    let details = walk(store, Resource::Details).await?;
    let run = Run { portal, store, cancel, patience: Patience::default(), report: &|_| {}, walk: details };
    let whole = run.patiently(|| Box::pin(portal.get_client(client))).await?;
    let items = items_of(portal, client).await?;
    let read = run.all_of(client, &Refused::default()).await;
    let (clients_walk, items_walk) =
        (walk(store, Resource::Clients).await?, walk(store, Resource::NegativeItems).await?);
    let mut failures = DetailFailures::default();
    let mut write = store.write().await?;
    if let Ok(value) = whole.value.to_domain() {
        write.put_clients(&[Sent { value, body: whole.body }], clients_walk).await?;
    }
    write.put_items(&items, items_walk).await?;
    let failure = run.keep_details(&mut write, read, &mut failures).await?;
    write.commit().await?;
    refresh_notes(portal, store, client).await?;
    refresh_correspondences(portal, store, client).await?;
    failure.or(failures.reports).or(failures.tasks).map_or(Ok(()), Err)
}

/// Reads again what letters of a client rest on: the client and the negative items.
///
/// # Errors
/// The portal or the cache; what was there stays.
pub async fn refresh_facts(portal: &Portal, store: &Store, client: ClientId) -> Result<(), PullError> {
    let items = items_of(portal, client).await?;
    let walk = walk(store, Resource::NegativeItems).await?;
    let mut write = store.write().await?;
    write.put_items(&items, walk).await?;
    write.commit().await?;
    refresh_client_alone(portal, store, client).await
}

async fn items_of(portal: &Portal, client: ClientId) -> Result<Vec<Sent<domain::NegativeItem>>, PullError> {
    let query = ListNegativeItemsQuery {
        client_id: Some(client),
        per_page: Some(MOST_PER_PAGE),
        ..ListNegativeItemsQuery::default()
    };
    Ok(sent(portal.list_negative_items(&query).stream().try_collect().await?))
}

/// Reads a client again, and none of their records.
///
/// # Errors
/// The portal or the cache; what was there stays.
pub async fn refresh_client_alone(portal: &Portal, store: &Store, client: ClientId) -> Result<(), PullError> {
    let whole = portal.get_client(client).await?;
    let walk = walk(store, Resource::Clients).await?;
    let mut write = store.write().await?;
    if let Ok(value) = whole.value.to_domain() {
        write.put_clients(&[Sent { value, body: whole.body }], walk).await?;
    }
    Ok(write.commit().await?)
}

/// Reads a client's notes again.
///
/// # Errors
/// The portal or the cache; what was there stays.
pub async fn refresh_notes(portal: &Portal, store: &Store, client: ClientId) -> Result<(), PullError> {
    let query = ListNotesQuery { client_id: Some(client), per_page: Some(MOST_PER_PAGE), ..ListNotesQuery::default() };
    let notes = sent(portal.list_notes(&query).stream().try_collect().await?);
    let walk = walk(store, Resource::Notes).await?;
    let mut write = store.write().await?;
    write.put_notes(&notes, walk).await?;
    Ok(write.commit().await?)
}

/// Reads a client's correspondence again.
///
/// # Errors
/// The portal or the cache; what was there stays.
pub async fn refresh_correspondences(portal: &Portal, store: &Store, client: ClientId) -> Result<(), PullError> {
    let query = ListCorrespondencesQuery {
        client_id: Some(client),
        per_page: Some(MOST_PER_PAGE),
        ..ListCorrespondencesQuery::default()
    };
    let pieces = sent(portal.list_correspondences(&query).stream().try_collect().await?);
    let walk = walk(store, Resource::Correspondences).await?;
    let mut write = store.write().await?;
    write.put_correspondences(&pieces, walk).await?;
    Ok(write.commit().await?)
}

/// Reads a client's documents again.
///
/// # Errors
/// The portal or the cache; what was there stays.
pub async fn refresh_documents(portal: &Portal, store: &Store, client: ClientId) -> Result<(), PullError> {
    let query = ListClientDocumentsQuery { per_page: Some(MOST_PER_PAGE), ..ListClientDocumentsQuery::new(client) };
    let pages: Vec<_> = portal.list_client_documents(&query).stream().try_collect().await?;
    let mine = |page: Page<_>| {
        page.map(|document: &mut portal_api::client_documents::ClientDocument| belongs_to(client, &mut document.client))
    };
    let documents = sent(pages.into_iter().map(mine).collect());
    let walk = walk(store, Resource::Details).await?;
    let mut write = store.write().await?;
    write.put_documents(&documents, walk).await?;
    Ok(write.commit().await?)
}

/// Reads a client's agreements again.
///
/// # Errors
/// The portal or the cache; what was there stays.
pub async fn refresh_agreements(portal: &Portal, store: &Store, client: ClientId) -> Result<(), PullError> {
    let query = ListClientAgreementsQuery { per_page: Some(MOST_PER_PAGE), ..ListClientAgreementsQuery::new(client) };
    let pages: Vec<_> = portal.list_client_agreements(&query).stream().try_collect().await?;
    let mine = |page: Page<_>| {
        page.map(|agreement: &mut portal_api::client_agreements::ClientAgreement| {
            belongs_to(client, &mut agreement.client);
        })
    };
    let agreements = sent(pages.into_iter().map(mine).collect());
    let walk = walk(store, Resource::Details).await?;
    let mut write = store.write().await?;
    write.put_agreements(&agreements, walk).await?;
    Ok(write.commit().await?)
}
