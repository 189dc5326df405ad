//! One file per resource: what it stores, which routes answer, and its seed data where that does not hang on a client.
//!
//! To add a resource, write its file and add it to [`ALL`].

pub(crate) mod attachments;
pub(crate) mod bureau_addresses;
pub(crate) mod claim_codes;
pub(crate) mod client_agreements;
pub(crate) mod client_documents;
pub(crate) mod client_reports;
pub(crate) mod clients;
pub(crate) mod correspondences;
pub(crate) mod creditor_types;
pub(crate) mod furnishers;
pub(crate) mod instructions;
pub(crate) mod negative_items;
pub(crate) mod notes;
pub(crate) mod snippets;
pub(crate) mod template_categories;
pub(crate) mod templates;
pub(crate) mod users;

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
    attachments::RESOURCE,
    bureau_addresses::RESOURCE,
    claim_codes::RESOURCE,
    client_agreements::RESOURCE,
    client_documents::RESOURCE,
    client_reports::RESOURCE,
    clients::RESOURCE,
    correspondences::RESOURCE,
    creditor_types::RESOURCE,
    furnishers::RESOURCE,
    instructions::RESOURCE,
    negative_items::RESOURCE,
    notes::RESOURCE,
    snippets::RESOURCE,
    template_categories::RESOURCE,
    templates::RESOURCE,
    users::RESOURCE,
];

/// When the library was written.
pub(crate) const LIBRARY_MADE: &str = "2025-01-15T09:00:00Z";

/// The routes of every resource.
pub(crate) fn routes() -> Routes {
    ALL.iter().fold(Routes::new(), |routes, resource| routes.merge((resource.routes)()))
}

/// A record from `json!({...})`.
pub(crate) fn record(value: serde_json::Value) -> Record {
    match value {
        serde_json::Value::Object(record) => record,
        _ => Record::new(),
    }
}

/// No records of its own.
pub(crate) fn none() -> Vec<Record> {
    Vec::new()
}
