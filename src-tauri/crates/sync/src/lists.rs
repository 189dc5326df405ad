//! How each resource is listed and stored.

use domain::ClientId;
use futures::future::BoxFuture;
use portal_api::bureau_addresses::ListBureauAddressesQuery;
use portal_api::client_agreements::ListClientAgreementsQuery;
use portal_api::client_documents::ListClientDocumentsQuery;
use portal_api::client_products::ListClientProductsQuery;
use portal_api::client_tasks::ListClientTasksQuery;
use portal_api::clients::{Client, ListClientsQuery};
use portal_api::correspondences::ListCorrespondencesQuery;
use portal_api::credit_reports::ListClientCreditReportMasterSchemasQuery;
use portal_api::furnishers::ListFurnishersQuery;
use portal_api::instructions::ListInstructionsQuery;
use portal_api::negative_items::ListNegativeItemsQuery;
use portal_api::notes::ListNotesQuery;
use portal_api::snippets::ListSnippetsQuery;
use portal_api::templates::ListTemplatesQuery;
use portal_api::{ApiError, MOST_PER_PAGE, Page, Portal, Row, SortDirection, ToDomain};
use store::{DetailTable, Resource, Sent, StoreError, Write};

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
        self.received == 0 || self.last_page.map_or(self.received < MOST_PER_PAGE.unsigned_abs(), |last| number >= last)
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
    ClientProducts(Vec<Sent<domain::ClientProduct>>),
    Agreements(Vec<Sent<domain::Agreement>>),
    Documents(Vec<Sent<domain::Document>>),
    Reports(Vec<Sent<domain::ClientReport>>),
    CreditReports(Vec<Sent<domain::credit_report::CreditReport>>),
    Tasks(Vec<Sent<domain::Task>>),
}

fn listed<T: ToDomain>(page: Page<T>, rows: impl FnOnce(Vec<Sent<T::Value>>) -> Rows) -> Listed {
    let page = page.to_domain();
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
    /// Reads the page of this number, sorted by `id` if asked.
    pub(crate) read: for<'a> fn(&'a Portal, u64, bool) -> BoxFuture<'a, Result<Listed, ApiError>>,
}

macro_rules! lists {
    ($($resource:ident $sorted:literal $method:ident $query:ident;)+) => {
        /// Every list, in the order it is pulled.
        pub(crate) const LISTS: &[List] = &[$(List {
            resource: Resource::$resource,
            sorted: $sorted,
            read: |portal, number, sorted| {
                let query = $query {
                    per_page: Some(MOST_PER_PAGE),
                    sort_by: sorted.then(|| "id".to_owned()),
                    sort_direction: sorted.then_some(SortDirection::Ascending),
                    ..$query::default()
                };
                Box::pin(async move { Ok(listed(portal.$method(&query).page(number).await?, Rows::$resource)) })
            },
        }),+];
    };
}

lists! {
    BureauAddresses false list_bureau_addresses ListBureauAddressesQuery;
    Furnishers true list_furnishers ListFurnishersQuery;
    Templates true list_templates ListTemplatesQuery;
    Snippets true list_snippets ListSnippetsQuery;
    Reasons true list_instructions ListInstructionsQuery;
    Clients true list_clients ListClientsQuery;
    NegativeItems true list_negative_items ListNegativeItemsQuery;
    Notes true list_notes ListNotesQuery;
    Correspondences true list_correspondences ListCorrespondencesQuery;
    ClientProducts true list_client_products ListClientProductsQuery;
}

/// One kind of record that only exists client by client.
pub(crate) struct Detail {
    pub(crate) table: DetailTable,
    pub(crate) read: for<'a> fn(&'a Portal, ClientId, u64) -> BoxFuture<'a, Result<Listed, ApiError>>,
}

/// A client's details, in the order they are read.
pub(crate) const DETAILS: [&Detail; 3] = [
    &Detail {
        table: DetailTable::Reports,
        // This list has no pages: the second would be the first again.
        read: |portal, client, number| {
            Box::pin(async move {
                let all = portal.list_client_reports(client).await?;
                Ok(Listed { last_page: Some(number), ..listed(all, Rows::Reports) })
            })
        },
    },
    &Detail {
        table: DetailTable::Agreements,
        read: |portal, client, number| {
            let query = ListClientAgreementsQuery {
                per_page: Some(MOST_PER_PAGE),
                sort_by: Some("id".to_owned()),
                sort_direction: Some(SortDirection::Ascending),
                ..ListClientAgreementsQuery::new(client)
            };
            Box::pin(async move {
                let page = portal.list_client_agreements(&query).page(number).await?;
                let page = page.map(|agreement| belongs_to(client, &mut agreement.client));
                Ok(listed(page, Rows::Agreements))
            })
        },
    },
    &Detail {
        table: DetailTable::Documents,
        read: |portal, client, number| {
            let query =
                ListClientDocumentsQuery { per_page: Some(MOST_PER_PAGE), ..ListClientDocumentsQuery::new(client) };
            Box::pin(async move {
                let page = portal.list_client_documents(&query).page(number).await?;
                let page = page.map(|document| belongs_to(client, &mut document.client));
                Ok(listed(page, Rows::Documents))
            })
        },
    },
];

/// A client's stored reports. Read after the other details, because their contents follow.
pub(crate) static CREDIT_REPORTS: Detail = Detail {
    table: DetailTable::CreditReports,
    read: |portal, client, number| {
        let query = ListClientCreditReportMasterSchemasQuery {
            per_page: Some(MOST_PER_PAGE),
            ..ListClientCreditReportMasterSchemasQuery::default()
        };
        Box::pin(async move {
            let page = portal.list_client_credit_report_master_schemas(client, &query).page(number).await?;
            let page = page.map(|report| belongs_to(client, &mut report.client));
            Ok(listed(page, Rows::CreditReports))
        })
    },
};

/// A client's tasks: an account that may not read them still reads everything else of the client.
pub(crate) static TASKS: Detail = Detail {
    table: DetailTable::Tasks,
    read: |portal, client, number| {
        let query = ListClientTasksQuery {
            per_page: Some(MOST_PER_PAGE),
            sort_by: Some("id".to_owned()),
            sort_direction: Some(SortDirection::Ascending),
            ..ListClientTasksQuery::new(client)
        };
        Box::pin(async move {
            let page = portal.list_client_tasks(&query).page(number).await?;
            let page = page.map(|task| belongs_to(client, &mut task.client));
            Ok(listed(page, Rows::Tasks))
        })
    },
};

/// What a client's own list brings is the client's, whether a record says so or not.
pub(crate) fn belongs_to(client: ClientId, owner: &mut Option<Box<Client>>) {
    *owner = Some(Box::new(Client::of(client)));
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
        Rows::CreditReports(rows) => write.put_credit_reports(rows, walk).await,
        Rows::ClientProducts(rows) => write.put_client_products(rows, walk).await,
        Rows::Tasks(rows) => write.put_client_tasks(rows, walk).await,
    }
}
