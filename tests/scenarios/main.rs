//! The whole desk against the practice portal, as an agent would meet it; no window, no real keychain, no sleeping.

mod addressees;
mod agreements;
mod cache;
mod changes;
mod client_data;
mod client_filters;
mod enclosures;
mod faxes;
mod files;
mod gate;
mod goals;
mod letters;
mod main_job;
mod overview;
mod paper;
mod pausing;
mod previews;
mod pulls;
mod reports;
mod rescuing;
mod sending;
mod sessions;
mod settings;
mod standing;
mod tasks;
mod wordings;
