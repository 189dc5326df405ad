//! One file per resource: what it stores, which routes answer, and its seed data where that does not hang on a client.
//!
//! To add a resource, write its file and add it to [`ALL`].

pub(crate) mod attachment_links;
pub(crate) mod attachments;
pub(crate) mod bureau_addresses;
pub(crate) mod claim_codes;
pub(crate) mod clickhouse_events;
pub(crate) mod client_agreements;
pub(crate) mod client_documents;
pub(crate) mod client_goals;
pub(crate) mod client_products;
pub(crate) mod client_reports;
pub(crate) mod client_tasks;
pub(crate) mod clients;
pub(crate) mod contracts;
pub(crate) mod correspondences;
pub(crate) mod credit_reports;
pub(crate) mod creditor_types;
pub(crate) mod customer_io;
pub(crate) mod customer_portal;
pub(crate) mod debug;
pub(crate) mod event_definitions;
pub(crate) mod fax_settings;
pub(crate) mod furnishers;
pub(crate) mod goals;
pub(crate) mod import_rows;
pub(crate) mod imports;
pub(crate) mod instructions;
pub(crate) mod item_dropdowns;
pub(crate) mod kba;
pub(crate) mod negative_items;
pub(crate) mod notes;
pub(crate) mod products;
pub(crate) mod query_builder;
pub(crate) mod roles;
pub(crate) mod segments;
pub(crate) mod snippets;
pub(crate) mod template_categories;
pub(crate) mod templates;
pub(crate) mod uploads;
pub(crate) mod users;
pub(crate) mod workflows;

use crate::{
    portal::Routes,
    records::{Record, Table},
};

/// What one file brings.
pub(crate) struct Resource {
    /// Its tables; the first holds its records.
    pub(crate) tables: &'static [&'static Table],
    /// Further SQL, run once when the database is made.
    pub(crate) further_schema: &'static [&'static str],
    /// Its routes, below the base path.
    pub(crate) routes: fn() -> Routes,
    /// Its records that are the same for every client, keys from 1 on, without their instants.
    pub(crate) library: fn() -> Vec<Record>,
}

/// Every resource.
pub(crate) const ALL: &[Resource] = &[
    attachment_links::RESOURCE,
    attachments::RESOURCE,
    bureau_addresses::RESOURCE,
    claim_codes::RESOURCE,
    clickhouse_events::RESOURCE,
    client_agreements::RESOURCE,
    client_documents::RESOURCE,
    client_goals::RESOURCE,
    client_products::RESOURCE,
    client_reports::RESOURCE,
    client_tasks::RESOURCE,
    clients::RESOURCE,
    contracts::RESOURCE,
    correspondences::RESOURCE,
    credit_reports::RESOURCE,
    creditor_types::RESOURCE,
    customer_io::RESOURCE,
    customer_portal::RESOURCE,
    debug::RESOURCE,
    event_definitions::RESOURCE,
    fax_settings::RESOURCE,
    furnishers::RESOURCE,
    goals::RESOURCE,
    imports::RESOURCE,
    instructions::RESOURCE,
    item_dropdowns::RESOURCE,
    kba::RESOURCE,
    negative_items::RESOURCE,
    notes::RESOURCE,
    products::RESOURCE,
    query_builder::RESOURCE,
    roles::RESOURCE,
    segments::RESOURCE,
    snippets::RESOURCE,
    template_categories::RESOURCE,
    templates::RESOURCE,
    users::RESOURCE,
];

/// Every resource, those included that are seen through others only.
pub(crate) fn all() -> impl Iterator<Item = &'static Resource> {
    ALL.iter().chain(&workflows::RESOURCES)
}

/// When the library was written.
pub(crate) const LIBRARY_MADE: &str = "2025-01-15T09:00:00Z";

/// The routes of every resource.
pub(crate) fn routes() -> Routes {
    all().fold(Routes::new(), |routes, resource| routes.merge((resource.routes)()))
}

/// A record from `json!({...})`.
pub(crate) fn record(value: serde_json::Value) -> Record {
    match value {
        serde_json::Value::Object(record) => record,
        _ => Record::new(),
    }
}

/// No operations of its own.
pub(crate) fn none_routes() -> Routes {
    Routes::new()
}

/// No records of its own.
pub(crate) fn none() -> Vec<Record> {
    Vec::new()
}
