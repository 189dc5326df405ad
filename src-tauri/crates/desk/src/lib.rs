//! What an agent can do, without a window: the use cases, the ports they need, and the contract the window sees.
//!
//! Invariants:
//! - [`Desk`] is the one door: the window, the command line and the tests call the same methods.
//! - Everything but signing in and pulling works with no network.
//! - The key of the cache comes from the keychain or from a passphrase that was explicitly asked for; there is no silent
//!   fallback, and a new key is made only where no cache exists.
//! - Failures leave as [`Error`] and reach the window as a worded [`contract::Problem`].
//!
//! Left out: drawing, arguments, and whatever only an operating system can do (the ports' implementations).

#![forbid(unsafe_code)]

mod access;
mod addressees;
mod agreements;
mod api;
mod approval;
mod asides;
mod client_data;
mod client_files;
mod client_filters;
mod client_products;
mod client_tasks;
mod clients;
pub mod contract;
mod correspondence;
mod credit_reports;
mod desk;
mod diagnostics;
mod doctor;
mod documents;
mod enclosures;
mod error;
mod exclusions;
mod faxes;
mod follow_ups;
mod gate;
mod goals;
mod items;
mod kba;
mod letters;
mod library;
mod manifest;
mod notes;
mod outbox;
mod overview;
mod ports;
mod print_runs;
mod printing;
mod readings;
mod rpc;
mod segments;
mod sending;
mod session;
mod settings;
mod settings_view;
mod standing;
mod stored_files;
mod sync;
mod template_pictures;
mod vault;

pub use api::{ApiAnswer, ApiCall, ApiOperation};
pub use desk::{Desk, DeskFolder, PracticeSize};
pub use doctor::{Outcome, Probe};
pub use error::Error;
pub use ports::{
    Browser, Clock, Dialogs, Keychain, KeychainError, NoBrowser, NoDialogs, Ports, PrintError, PrintJob, Printer,
    Printers, Rules, SystemClock, Tray,
};
