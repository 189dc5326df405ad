//! What a pull asks the portal for, page by page, and what it tells of it.
#![expect(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test fails by panicking")]

mod details;
mod lists;
mod office;
