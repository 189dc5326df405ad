//! STG Portal 2.0 as a typed client: the only crate that knows HTTP. All 149 documented operations, one file per
//! resource, each a method of [`Portal`] named like the operation.
//!
//! Invariants:
//! - Paths live in [`Operation`]'s table and nowhere else; a deployment can override any row ([`Routes`]).
//! - Decoding takes both readings wherever the documentation contradicts itself, and keeps each record's whole body.
//!   A row that cannot be read is answered as [`Row::Parked`] with the reason: one odd row never hides a page.
//! - Every failure is an [`ApiError`] variant with a [`Retry`] class; every method can fail with any of them. Logs carry
//!   the operation, status, time and a request id; never a body, a query or a header.
//! - The server is never asked harder than [`Limits`] says, nor before it wants to be (`Retry-After`).
//!
//! Left out: retrying, scheduling and storing. Callers decide from the retry class.

#![forbid(unsafe_code)]

mod answer;
mod client;
mod config;
mod decode;
mod error;
mod fields;
mod files;
mod limits;
pub mod model;
mod operations;
mod page;
mod routes;

pub mod attachments;
pub mod auth;
pub mod azure;
pub mod bureau_addresses;
pub mod claim_codes;
pub mod clickhouse_events;
pub mod client_agreements;
pub mod client_documents;
pub mod client_products;
pub mod client_reports;
pub mod client_tasks;
pub mod clients;
pub mod contracts;
pub mod correspondences;
pub mod credit_reports;
pub mod creditor_types;
pub mod customer_io_templates;
pub mod customer_portal;
pub mod debug;
pub mod event_definitions;
pub mod fax_settings;
pub mod furnishers;
pub mod goals;
pub mod imports;
pub mod instructions;
pub mod item_dropdowns;
pub mod kba;
pub mod negative_items;
pub mod notes;
pub mod products;
pub mod query_builder;
pub mod roles;
pub mod segments;
pub mod snippets;
pub mod template_categories;
pub mod templates;
pub mod users;
pub mod workflows;

#[cfg(test)]
mod oddities;

#[cfg(test)]
mod contract;

pub use answer::Done;
pub use auth::SignedIn;
pub use client::{Portal, Token};
pub use config::{Config, ConfigError, Limits};
pub use error::{ApiError, Fields, Retry};
pub use fields::{Beside, Word, Zip};
pub use files::{Download, FileSource, OnProgress, OpenPieces, Upload};
pub use operations::{Answer, Operation, Reading};
pub use page::{MOST_PER_PAGE, Missing, Page, Pages, Record, Row, SortDirection, ToDomain};
pub use routes::{RouteError, Routes};
