//! STG Portal 2.0 as a typed client: the only crate that knows HTTP.
//!
//! Invariants:
//! - Paths live in [`routes`] and nowhere else; a deployment can override any row.
//! - Decoding takes both readings wherever the documentation contradicts itself, and keeps each record's whole body.
//!   A row that cannot be read is answered as [`Row::Parked`] with the reason: one odd row never hides a page.
//! - Every failure is an [`ApiError`] variant with a [`Retry`] class. Logs carry the operation, status, time and a
//!   request id; never a body, a query or a header.
//!
//! Left out: retrying, scheduling and storing. Callers decide from the retry class.

#![forbid(unsafe_code)]

mod attachments;
mod auth;
mod bureau_addresses;
mod claim_codes;
mod client;
mod client_agreements;
mod client_documents;
mod client_reports;
mod clients;
mod correspondences;
mod creditor_types;
mod decode;
mod error;
mod furnishers;
mod instructions;
mod negative_items;
mod notes;
mod page;
pub mod routes;
mod snippets;
mod templates;

pub use auth::SignedIn;
pub use client::{Config, ConfigError, Portal, Token};
pub use error::{ApiError, Fields, Retry};
pub use page::{Page, PageRequest, Record, Row, Sort};
pub use routes::{Operation, Routes};
