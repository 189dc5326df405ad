//! Everything that a desk can read of a cache, to be compared with what another one reads.

use domain::outbox::OutboxRow;
use std::fmt::Debug;
use store::{OutboxEntry, OutboxFilter, Store, StoreError};

/// Every reading that the desk makes of a cache, by name.
pub async fn everything(store: &Store) -> Vec<(String, Result<String, StoreError>)> {
    fn text<T: Debug>(read: Result<T, StoreError>) -> Result<String, StoreError> {
        read.map(|read| format!("{read:?}"))
    }
    let mut all = vec![
        ("account".to_owned(), text(store.meta("session.account").await)),
        ("templates".to_owned(), text(store.templates().await)),
        ("reasons".to_owned(), text(store.reasons().await)),
        ("snippets".to_owned(), text(store.snippets().await)),
        ("outbox".to_owned(), text(rows(store).await)),
    ];
    let clients = store.client_ids().await;
    for client in clients.as_ref().map_or(&[][..], Vec::as_slice) {
        all.push((
            format!("client {client}"),
            text(store.client(*client).await.map(|facts| facts.map(|facts| facts.client))),
        ));
        all.push((
            format!("items of {client}"),
            text(
                store
                    .items_of(*client)
                    .await
                    .map(|items| items.into_iter().map(|facts| facts.item).collect::<Vec<_>>()),
            ),
        ));
        all.push((format!("notes of {client}"), text(store.notes_of(*client).await)));
        all.push((format!("documents of {client}"), text(store.documents_of(*client).await)));
        all.push((format!("agreements of {client}"), text(store.agreements_of(*client).await)));
        all.push((format!("reports of {client}"), text(store.reports_of(*client).await)));
        // Without their contents, which follow what the portal says of their age.
        all.push((format!("credit reports of {client}"), text(store.credit_reports_of(*client).await)));
        all.push((format!("correspondence of {client}"), text(store.correspondences_of(*client).await)));
    }
    all.push(("clients".to_owned(), text(clients)));
    let letters = store.letters(None, true).await;
    for record in letters.as_ref().map_or(&[][..], Vec::as_slice) {
        let id = &record.letter.id;
        all.push((format!("pages of letter {id}"), text(store.letter_pdf(id).await)));
    }
    all.push((
        "letters".to_owned(),
        text(letters.map(|all| all.into_iter().map(|record| record.letter).collect::<Vec<_>>())),
    ));
    for row in rows(store).await.unwrap_or_default() {
        if let Some(file) = row.intent.file() {
            // What would be sent: nothing, when it is not whole.
            let first = match store.outbox_file_is_whole(&file.hash).await {
                Ok(true) => store.outbox_piece(&file.hash, 0).await,
                Ok(false) => Err(StoreError::Unreadable("outbox_pieces.bytes")),
                Err(error) => Err(error),
            };
            all.push((format!("file of {}", row.id), text(first)));
        }
    }
    all
}

/// Every readable row of the outbox.
///
/// # Errors
/// As every query.
pub async fn rows(store: &Store) -> Result<Vec<OutboxRow>, StoreError> {
    let all = store.outbox(OutboxFilter { over: true, ..OutboxFilter::default() }).await?;
    Ok(all.into_iter().filter_map(OutboxEntry::row).collect())
}
