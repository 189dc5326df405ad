//! The whole desk against the practice portal, as an agent would meet it; no window, no real keychain, no sleeping.

mod cache;
mod gate;
mod letters;
mod main_job;
mod paper;
mod pulls;
mod reports;
mod sending;
mod sessions;
