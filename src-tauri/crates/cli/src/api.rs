//! The portal's operations by name, and the doctor.

use crate::arguments::ApiCallArguments;
use crate::output::{Failure, Output};
use desk::{ApiCall, Desk};
use std::io::{IsTerminal, Write};

pub(crate) async fn call(desk: &Desk, arguments: ApiCallArguments, output: &Output) -> Result<(), Failure> {
    let ApiCallArguments { operation, params, body, out } = arguments;
    let answer = desk.api_call(ApiCall { operation, params, body, out }).await?;
    output.answer(&answer)
}

/// Shows each probe as it is done at a terminal, then the table.
pub(crate) async fn doctor(desk: &Desk, output: &Output) -> Result<(), Failure> {
    let interactive = std::io::stderr().is_terminal();
    let probes = desk.doctor(|probe| {
        if interactive {
            let _ = write!(std::io::stderr(), "\r\x1b[K{}", probe.operation);
        }
    });
    let probes = probes.await?;
    if interactive {
        let _ = write!(std::io::stderr(), "\r\x1b[K");
    }
    output.probes(&probes)
}
