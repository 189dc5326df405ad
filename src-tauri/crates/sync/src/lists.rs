//! How each resource is listed and stored.

use domain::ClientId;
use futures::future::BoxFuture;
use portal_api::{ApiError, Page, PageRequest, Portal, Row, Sort};
use store::{Resource, Sent, StoreError, Write};

/// Rows a page: the server's own limit.
pub(crate) const PER_PAGE: u64 = 100;

/// One page, ready to be stored.
pub(crate) struct Listed {
    pub(crate) rows: Rows,
    pub(crate) parked: Vec<(String, String)>,
    pub(crate) total: Option<u64>,
    pub(crate) last_page: Option<u64>,
    /// Rows on the page, parked ones included.
    pub(crate) received: u64,
}

/// The readable rows of a page, by kind.
pub(crate) enum Rows {
    BureauAddresses(Vec<Sent<domain::BureauAddress>>),
    Furnishers(Vec<Sent<domain::Furnisher>>),
    Templates(Vec<Sent<domain::Template>>),
    Snippets(Vec<Sent<domain::Snippet>>),
    Reasons(Vec<Sent<domain::Reason>>),
    Clients(Vec<Sent<domain::Client>>),
    NegativeItems(Vec<Sent<domain::NegativeItem>>),
    Notes(Vec<Sent<domain::Note>>),
    Correspondences(Vec<Sent<domain::Correspondence>>),
    Agreements(Vec<Sent<domain::Agreement>>),
    Documents(Vec<Sent<domain::Document>>),
    Reports(Vec<Sent<domain::ClientReport>>),
}

fn listed<T>(page: Page<T>, rows: impl FnOnce(Vec<Sent<T>>) -> Rows) -> Listed {
    let received = page.rows.len() as u64;
    let mut parked = Vec::new();
    let mut read = Vec::with_capacity(page.rows.len());
    for row in page.rows {
        match row {
            Row::Read(record) => read.push(Sent { value: record.value, body: record.body }),
            Row::Parked { body, reason } => parked.push((body, reason)),
        }
    }
    Listed { rows: rows(read), parked, total: page.total, last_page: page.last_page, received }
}

/// One list of the portal: what it fills and how a page of it is read.
pub(crate) struct List {
    pub(crate) resource: Resource,
    /// Documented or likely to sort by `id`: then new rows come at the end and a walk is rarely disturbed.
    pub(crate) sorted: bool,
    pub(crate) read: for<'a> fn(&'a Portal, PageRequest) -> BoxFuture<'a, Result<Listed, ApiError>>,
}

macro_rules! lists {
    ($($resource:ident $sorted:literal $method:ident;)+) => {
        /// Every list, in the order it is pulled.
        pub(crate) const LISTS: &[List] = &[$(List {
            resource: Resource::$resource,
            sorted: $sorted,
            read: |portal, page| {
                Box::pin(async move { Ok(listed(portal.$method(page).await?, Rows::$resource)) })
            },
        }),+];
    };
}

lists! {
    BureauAddresses false bureau_addresses;
    Furnishers true furnishers;
    Templates true templates;
    Snippets true snippets;
    Reasons true instructions;
    Clients true clients;
    NegativeItems true negative_items;
    Notes true notes;
    Correspondences true correspondences;
}

/// A client's agreements, documents and reports, every page of each.
pub(crate) async fn details(portal: &Portal, client: ClientId) -> Result<Vec<Listed>, ApiError> {
    let mut all = vec![listed(portal.client_reports(client).await?, Rows::Reports)];
    for number in 1.. {
        let page = PageRequest { page: number, per_page: PER_PAGE, sort: Some(Sort::Ascending("id")) };
        let agreements = listed(portal.client_agreements(client, page).await?, Rows::Agreements);
        let last = agreements.received < PER_PAGE;
        all.push(agreements);
        if last {
            break;
        }
    }
    for number in 1.. {
        let page = PageRequest { page: number, per_page: PER_PAGE, sort: None };
        let documents = listed(portal.client_documents(client, page).await?, Rows::Documents);
        let last = documents.received < PER_PAGE;
        all.push(documents);
        if last {
            break;
        }
    }
    Ok(all)
}

/// Stores a page's rows.
pub(crate) async fn put(write: &mut Write, rows: &Rows, walk: i64) -> Result<(), StoreError> {
    match rows {
        Rows::BureauAddresses(rows) => write.put_bureau_addresses(rows, walk).await,
        Rows::Furnishers(rows) => write.put_furnishers(rows, walk).await,
        Rows::Templates(rows) => write.put_templates(rows, walk).await,
        Rows::Snippets(rows) => write.put_snippets(rows, walk).await,
        Rows::Reasons(rows) => write.put_reasons(rows, walk).await,
        Rows::Clients(rows) => write.put_clients(rows, walk).await,
        Rows::NegativeItems(rows) => write.put_items(rows, walk).await,
        Rows::Notes(rows) => write.put_notes(rows, walk).await,
        Rows::Correspondences(rows) => write.put_correspondences(rows, walk).await,
        Rows::Agreements(rows) => write.put_agreements(rows, walk).await,
        Rows::Documents(rows) => write.put_documents(rows, walk).await,
        Rows::Reports(rows) => write.put_reports(rows, walk).await,
    }
}
