//! Serving the practice portal alone.

use crate::output::{Failure, Output};
use desk::contract::{Problem, ProblemCode};
use practice_portal::{Options, serve as start};
use serde::Serialize;
use std::path::PathBuf;

/// Where the practice portal is, and how to sign in to it. Its people are made up, so its password is no secret.
#[derive(Serialize)]
pub(crate) struct Serving {
    pub(crate) portal: String,
    pub(crate) email: String,
    pub(crate) password: String,
    pub(crate) api_key: String,
    pub(crate) clients: u32,
    pub(crate) seed: u64,
}

/// Serves until Ctrl-C.
pub(crate) async fn serve(
    port: u16,
    clients: u32,
    seed: u64,
    database: Option<PathBuf>,
    output: &Output,
) -> Result<(), Failure> {
    let running = start(Options { database, clients, seed, port, ..Options::default() }).await.map_err(|error| {
        Failure(Problem { code: ProblemCode::Internal, message: error.to_string(), fields: Default::default() })
    })?;
    let credentials = running.credentials();
    output.serving(&Serving {
        portal: running.base_url().to_string(),
        email: credentials.email,
        password: credentials.password,
        api_key: credentials.api_key,
        clients,
        seed,
    })?;
    tokio::signal::ctrl_c().await.map_err(|error| Failure::usage(&error.to_string()))?;
    running.stop().await;
    Ok(())
}
