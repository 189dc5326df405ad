//! The practice portal over a real port, as the desk meets it.

mod data;
mod faults;
mod files;
mod library;
mod lists;
mod records;
mod sign_in;
mod support;
