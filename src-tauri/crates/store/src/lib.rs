//! The encrypted local cache: the only crate that knows SQL.
//!
//! Invariants:
//! - The database is SQLCipher with a raw 256-bit key that is handed in; nothing here stores or logs it.
//! - One writer ([`Write`], `BEGIN IMMEDIATE`) and a few readers. A change of several rows is one transaction, and no
//!   network happens inside one.
//! - Server rows keep typed columns for what is searched, sorted, joined or shown, plus the whole JSON body.
//! - A row leaves only after two complete pulls did not see it ([`Write::settle_walk`]).
//!
//! Left out: what a caller does about a damaged file. It learns the kind from [`StoreError`].

#![forbid(unsafe_code)]

mod addressees;
mod agreements;
mod bureau_addresses;
mod client_filters;
mod client_products;
mod client_search;
mod client_tasks;
mod clients;
mod columns;
mod correspondences;
mod credit_reports;
mod db;
mod documents;
mod error;
mod exclusions;
mod fold;
mod follow_ups;
mod furnishers;
mod gate;
mod goals;
mod identity_proofs;
mod letter_wordings;
mod letters;
mod log;
mod meta;
mod negative_items;
mod notes;
mod outbox;
mod print_runs;
mod pulls;
mod readings;
mod reasons;
mod recent;
mod reports;
mod segments;
mod snippets;
mod stored_files;
mod templates;

pub use client_filters::KeptFilter;
pub use client_search::{ClientOrder, ClientQuery, ClientSort, ClientValue, Criterion, Standing};
pub use client_tasks::{KeptTask, WhichTasks};
pub use clients::{ClientFacts, ClientHits};
pub use credit_reports::KeptReport;
pub use db::{DatabaseKey, Sent, Store, Write};
pub use error::StoreError;
pub use fold::fold;
pub use follow_ups::{AwaitedCounts, ItemHistory};
pub use furnishers::FurnisherHit;
pub use gate::{Said, Wording};
pub use letter_wordings::{LetterWording, Reworded};
pub use letters::{KeptEnclosure, KeptItem, KeptLetter, LetterRecord};
pub use negative_items::ItemFacts;
pub use outbox::{
    AsideCache, LetterFax, OutboxCounts, OutboxEntry, OutboxFilter, PIECE, ParkedRow, Unsent, lost_changes,
    payload_hash,
};
pub use pulls::{DetailTable, Pull, Resource};
pub use readings::Reading;
pub use segments::KeptSegment;
