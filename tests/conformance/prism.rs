//! Every typed method against a mock server that was built from the contract: each answer has to be read, and no row of
//! a list may be parked.
//!
//! The server's address comes in `PRISM`; `cargo xtask conformance` starts one and stops it. The last line is one JSON
//! object.

use desk_tests::exercise;
use portal_api::{Config, Operation, Portal};
use serde_json::json;
use std::process::ExitCode;
use std::time::Instant;

#[tokio::main]
async fn main() -> ExitCode {
    let address = std::env::var("PRISM").expect("PRISM is set by `cargo xtask conformance`");
    let started = Instant::now();
    let config = Config::new(&address, "any key".into()).unwrap();
    let mut decoded = 0;
    for operation in Operation::ALL.iter().copied() {
        // Anew for each call, because some calls end or replace the session.
        let portal = Portal::new(&config, Some("any token".into())).unwrap();
        match exercise::call(&portal, operation).await {
            Ok(reading) if reading.parked.is_empty() => decoded += 1,
            Ok(reading) => println!("{operation}: rows that cannot be read: {}", reading.parked.join("; ")),
            Err(error) => println!("{operation}: {error}"),
        }
    }
    let operations = Operation::ALL.len();
    let seconds = (started.elapsed().as_secs_f64() * 10.0).round() / 10.0;
    println!("{}", json!({ "operations": operations, "decoded": decoded, "seconds": seconds }));
    if decoded == operations { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}
