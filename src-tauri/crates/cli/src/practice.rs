//! Serving the practice portal alone.

use crate::output::{Failure, Output};
use desk::contract::{Problem, ProblemCode};
use practice_portal::{Options, PracticeError, Role, serve as start};
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
    /// Who else signs in with the same password, by role; the last one is a client.
    pub(crate) accounts: Vec<Account>,
}

/// An account of the practice portal.
#[derive(Serialize)]
pub(crate) struct Account {
    pub(crate) role: &'static str,
    pub(crate) email: String,
}

/// Serves until Ctrl-C.
pub(crate) async fn serve(
    port: u16,
    clients: u32,
    seed: u64,
    database: Option<PathBuf>,
    output: &Output,
) -> Result<(), Failure> {
    let failed = |error: PracticeError| {
        Failure(Problem { code: ProblemCode::Internal, message: error.to_string(), fields: Default::default() })
    };
    let running = start(Options { database, clients, seed, port, ..Options::default() }).await.map_err(failed)?;
    let credentials = running.credentials();
    let staff = |role: Role| Account { role: role.name(), email: running.credentials_of(role).email };
    let mut accounts: Vec<Account> = Role::ALL.into_iter().map(staff).collect();
    if clients > 0 {
        let client = running.credentials_of_client(1).await.map_err(failed)?;
        accounts.push(Account { role: "client", email: client.email });
    }
    output.serving(&Serving {
        portal: running.base_url().to_string(),
        email: credentials.email,
        password: credentials.password,
        api_key: credentials.api_key,
        clients,
        seed,
        accounts,
    })?;
    tokio::signal::ctrl_c().await.map_err(|error| Failure::usage(&error.to_string()))?;
    running.stop().await;
    Ok(())
}
