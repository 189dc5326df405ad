//! How each resource is listed and stored.

use domain::ClientId;
use futures::future::BoxFuture;
use portal_api::{ApiError, Page, PageRequest, Portal, Row, Sort};
use store::{DetailTable, Resource, Sent, StoreError, Write};

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
    /// The first row as sent: a server that ignores `page` sends the same again.
    first: Option<String>,
}

impl Listed {
    /// Whether no page follows this one, the `number`th.
    pub(crate) fn is_last(&self, number: u64) -> bool {
        self.received == 0 || self.last_page.map_or(self.received < PER_PAGE, |last| number >= last)
    }

    /// Whether this is the page before it, sent once more.
    pub(crate) fn repeats(&self, before: &Self) -> bool {
        self.first.is_some() && self.first == before.first
    }
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
    let first = page.rows.first().map(|row| match row {
        Row::Read(record) => record.body.clone(),
        Row::Parked { body, .. } => body.clone(),
    });
    let mut parked = Vec::new();
    let mut read = Vec::with_capacity(page.rows.len());
    for row in page.rows {
        match row {
            Row::Read(record) => read.push(Sent { value: record.value, body: record.body }),
            Row::Parked { body, reason } => parked.push((body, reason)),
        }
    }
    Listed { rows: rows(read), parked, total: page.total, last_page: page.last_page, received, first }
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

/// One kind of record that only exists client by client.
pub(crate) struct Detail {
    pub(crate) table: DetailTable,
    pub(crate) read: for<'a> fn(&'a Portal, ClientId, PageRequest) -> BoxFuture<'a, Result<Listed, ApiError>>,
}

/// A client's details, in the order they are read.
pub(crate) const DETAILS: [&Detail; 3] = [
    &Detail {
        table: DetailTable::Reports,
        // This list has no pages: the second would be the first again.
        read: |portal, client, page| {
            Box::pin(async move {
                let all = portal.client_reports(client).await?;
                Ok(Listed { last_page: Some(page.page), ..listed(all, Rows::Reports) })
            })
        },
    },
    &Detail {
        table: DetailTable::Agreements,
        read: |portal, client, page| {
            let page = PageRequest { sort: Some(Sort::Ascending("id")), ..page };
            Box::pin(async move { Ok(listed(portal.client_agreements(client, page).await?, Rows::Agreements)) })
        },
    },
    &Detail {
        table: DetailTable::Documents,
        read: |portal, client, page| {
            Box::pin(async move { Ok(listed(portal.client_documents(client, page).await?, Rows::Documents)) })
        },
    },
];

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
