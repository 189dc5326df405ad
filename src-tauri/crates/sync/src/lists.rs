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
use portal_api::{ApiError, MOST_PER_PAGE, Page, Portal, Record, Row, SortDirection, ToDomain};
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
    /// What the rows are sorted by, in the server's order; filled for lists that are read newest first.
    pub(crate) keys: Vec<Option<SortKey>>,
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

macro_rules! rows {
    ($($kind:ident $record:ty, $key:ident;)+) => {
        /// The readable rows of a page, by kind.
        pub(crate) enum Rows {
            $($kind(Vec<Sent<$record>>),)+
        }

        impl Rows {
            /// The key of each in the cache, and its body.
            pub(crate) fn bodies(&self) -> Vec<(String, &str)> {
                match self {
                    $(Rows::$kind(rows) => {
                        rows.iter().map(|sent| (sent.value.$key.to_string(), sent.body.as_str())).collect()
                    })+
                }
            }
        }
    };
}

rows! {
    BureauAddresses domain::BureauAddress, id;
    Furnishers domain::Furnisher, id;
    Templates domain::Template, id;
    Snippets domain::Snippet, id;
    Reasons domain::Reason, id;
    Clients domain::Client, id;
    NegativeItems domain::NegativeItem, id;
    Notes domain::Note, id;
    Correspondences domain::Correspondence, id;
    ClientProducts domain::ClientProduct, key;
    Agreements domain::Agreement, id;
    Documents domain::Document, id;
    Reports domain::ClientReport, id;
    CreditReports domain::credit_report::CreditReport, id;
    Tasks domain::Task, id;
}

impl Rows {
    /// Whose details may have changed with the rows at these places: a client's own, and those of new items, because a
    /// report may have come with them.
    pub(crate) fn clients_at(&self, places: &[usize]) -> Vec<ClientId> {
        let mut clients: Vec<ClientId> = match self {
            Rows::Clients(rows) => places.iter().filter_map(|at| rows.get(*at)).map(|sent| sent.value.id).collect(),
            Rows::NegativeItems(rows) => {
                places.iter().filter_map(|at| rows.get(*at)).map(|sent| sent.value.client).collect()
            }
            _ => Vec::new(),
        };
        clients.sort_unstable();
        clients.dedup();
        clients
    }
}

/// How a list is asked to be sorted.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Sort {
    by: &'static str,
    newest_first: bool,
}

impl Sort {
    /// New rows come at the end.
    pub(crate) const BY_ID: Sort = Sort { by: "id", newest_first: false };

    /// What is new or was changed comes first.
    pub(crate) fn newest_first(by: &'static str) -> Self {
        Self { by, newest_first: true }
    }

    fn direction(self) -> SortDirection {
        if self.newest_first { SortDirection::Descending } else { SortDirection::Ascending }
    }
}

/// What a row is sorted by. Numbers are compared as numbers, a portal's instants as it writes them.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum SortKey {
    Number(i64),
    Text(String),
}

impl SortKey {
    /// What a body holds under the name. A key that is not a number does not tell which row is newer.
    fn of(body: &str, by: &str) -> Option<Self> {
        let body: serde_json::Value = serde_json::from_str(body).ok()?;
        match body.get(by)? {
            serde_json::Value::Number(number) => number.as_i64().map(Self::Number),
            serde_json::Value::String(text) if by == "id" => text.parse().ok().map(Self::Number),
            serde_json::Value::String(text) if !text.is_empty() => Some(Self::Text(text.clone())),
            _ => None,
        }
    }

    /// As it is kept in the cache.
    pub(crate) fn text(&self) -> String {
        match self {
            SortKey::Number(number) => number.to_string(),
            SortKey::Text(text) => text.clone(),
        }
    }

    /// From the cache.
    pub(crate) fn kept(text: String) -> Self {
        text.parse().map_or(Self::Text(text), Self::Number)
    }
}

fn listed<T: ToDomain>(page: Page<T>, sort: Option<Sort>, rows: impl FnOnce(Vec<Sent<T::Value>>) -> Rows) -> Listed {
    let page = page.to_domain();
    let received = page.rows.len() as u64;
    let bodies = page.rows.iter().map(|row| match row {
        Row::Read(Record { body, .. }) | Row::Parked { body, .. } => body,
    });
    let first = bodies.clone().next().cloned();
    let keys = match sort {
        Some(Sort { by, newest_first: true }) => bodies.map(|body| SortKey::of(body, by)).collect(),
        _ => Vec::new(),
    };
    let mut parked = Vec::new();
    let mut read = Vec::with_capacity(page.rows.len());
    for row in page.rows {
        match row {
            Row::Read(record) => read.push(Sent { value: record.value, body: record.body }),
            Row::Parked { body, reason } => parked.push((body, reason)),
        }
    }
    Listed { rows: rows(read), parked, total: page.total, last_page: page.last_page, received, first, keys }
}

/// One list of the portal: what it fills and how a page of it is read.
pub(crate) struct List {
    pub(crate) resource: Resource,
    /// Documented or likely to sort by `id`: then new rows come at the end and a walk is rarely disturbed.
    pub(crate) sorted: bool,
    /// What it sorts by so that, newest first, what is new or was changed comes before what the cache has. Without any,
    /// all of it is read to find what changed.
    pub(crate) changes: &'static [&'static str],
    /// Pages that are read for changes at least: what is on the newest of them changes without coming first again.
    pub(crate) recent: u64,
    /// Reads the page of this number.
    pub(crate) read: for<'a> fn(&'a Portal, u64, Option<Sort>) -> Reading<'a>,
}

/// A page on its way.
type Reading<'a> = BoxFuture<'a, Result<Listed, ApiError>>;

macro_rules! lists {
    ($($resource:ident $sorted:literal [$($change:literal)*] $recent:literal $method:ident $query:ident;)+) => {
        /// Every list, in the order it is pulled.
        pub(crate) const LISTS: &[List] = &[$(List {
            resource: Resource::$resource,
            sorted: $sorted,
            changes: &[$($change),*],
            recent: $recent,
            read: |portal, number, sort| {
                let query = $query {
                    per_page: Some(MOST_PER_PAGE),
                    sort_by: sort.map(|sort| sort.by.to_owned()),
                    sort_direction: sort.map(Sort::direction),
                    ..$query::default()
                };
                Box::pin(async move { Ok(listed(portal.$method(&query).page(number).await?, sort, Rows::$resource)) })
            },
        }),+];
    };
}

lists! {
    BureauAddresses false ["updated_at"] 1 list_bureau_addresses ListBureauAddressesQuery;
    Furnishers true ["updated_at"] 1 list_furnishers ListFurnishersQuery;
    Templates true ["updated_at"] 1 list_templates ListTemplatesQuery;
    Snippets true ["updated_at"] 1 list_snippets ListSnippetsQuery;
    Reasons true ["updated_at"] 1 list_instructions ListInstructionsQuery;
    // It sorts by names only.
    Clients true [] 1 list_clients ListClientsQuery;
    // What was imported, and what the portal says was modified.
    NegativeItems true ["id" "modified_date"] 1 list_negative_items ListNegativeItemsQuery;
    Notes true ["updated_at"] 1 list_notes ListNotesQuery;
    // Only what is new comes first. How a fax went is known within hours, among the newest pieces.
    Correspondences true ["id"] 5 list_correspondences ListCorrespondencesQuery;
    ClientProducts true ["updated_at"] 1 list_client_products ListClientProductsQuery;
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
                Ok(Listed { last_page: Some(number), ..listed(all, None, Rows::Reports) })
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
                Ok(listed(page, None, Rows::Agreements))
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
                Ok(listed(page, None, Rows::Documents))
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
            Ok(listed(page, None, Rows::CreditReports))
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
            Ok(listed(page, None, Rows::Tasks))
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
