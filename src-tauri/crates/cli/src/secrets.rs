//! Secrets from standard input: typed without an echo at a terminal, a line each from a pipe.

use crate::output::Failure;
use std::io::{BufRead, IsTerminal};

/// Asks for one secret.
pub(crate) fn ask(what: &str) -> Result<String, Failure> {
    let stdin = std::io::stdin();
    let secret = if stdin.is_terminal() {
        rpassword::prompt_password(format!("{what}: ")).map_err(|error| Failure::usage(&format!("{what}: {error}")))?
    } else {
        let mut line = String::new();
        stdin.lock().read_line(&mut line).map_err(|error| Failure::usage(&format!("{what}: {error}")))?;
        line.trim_end_matches(['\r', '\n']).to_owned()
    };
    if secret.is_empty() {
        return Err(Failure::usage(&format!("{what} was expected on standard input")));
    }
    Ok(secret)
}
