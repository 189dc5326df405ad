//! Signing in, the state of things, and syncing with progress.

use crate::arguments::SignInArguments;
use crate::output::{Failure, Output};
use crate::secrets;
use desk::Desk;
use desk::contract::{
    AzureSignIn, DeskEvent, Empty, Passphrase, PasswordForgotten, PasswordReset, Practice, ResourceState, SessionStage,
    SignIn, SyncStatus,
};
use std::io::{IsTerminal, Write};

pub(crate) async fn sign_in(desk: &Desk, arguments: SignInArguments, output: &Output) -> Result<(), Failure> {
    let session = if arguments.microsoft {
        let api_key = secrets::ask("API key")?;
        let passphrase = if arguments.passphrase { Some(secrets::ask("Passphrase")?) } else { None };
        let portal = arguments.portal.unwrap_or_default();
        desk.session_sign_in_azure(AzureSignIn { portal, api_key, passphrase }).await?
    } else if arguments.practice {
        let passphrase = if arguments.passphrase { Some(secrets::ask("Passphrase")?) } else { None };
        desk.session_practice(Practice { passphrase }).await?
    } else {
        let password = secrets::ask("Password")?;
        let api_key = secrets::ask("API key")?;
        let passphrase = if arguments.passphrase { Some(secrets::ask("Passphrase")?) } else { None };
        let portal = arguments.portal.unwrap_or_default();
        let email = arguments.email.unwrap_or_default();
        desk.session_sign_in(SignIn { portal, email, password, api_key, passphrase }).await?
    };
    output.session(&session)
}

pub(crate) async fn forgot(desk: &Desk, portal: String, email: String, output: &Output) -> Result<(), Failure> {
    let api_key = secrets::ask("API key")?;
    output.said(&desk.password_forgotten(PasswordForgotten { portal, api_key, email }).await?)
}

pub(crate) async fn reset(desk: &Desk, portal: String, email: String, output: &Output) -> Result<(), Failure> {
    let api_key = secrets::ask("API key")?;
    let token = secrets::ask("Code of the mail")?;
    let password = secrets::ask("New password")?;
    output.said(&desk.password_reset(PasswordReset { portal, api_key, email, token, password }).await?)
}

/// Opens a cache that a passphrase guards.
pub(crate) async fn unlock(desk: &Desk) -> Result<(), Failure> {
    let passphrase = secrets::ask("Passphrase of the cache")?;
    let session = desk.session_unlock(Passphrase { passphrase }).await?;
    match session.problem {
        Some(problem) => Err(Failure(problem)),
        None => Ok(()),
    }
}

pub(crate) async fn status(desk: &Desk, output: &Output) -> Result<(), Failure> {
    let session = desk.session_get(Empty {}).await?;
    let sync = desk.sync_status(Empty {}).await?;
    output.status(&session, &sync)?;
    match session.problem {
        Some(problem) if session.stage == SessionStage::Blocked => Err(Failure(problem)),
        _ => Ok(()),
    }
}

/// Pulls, showing progress at a terminal; Ctrl-C cancels.
pub(crate) async fn sync(desk: &Desk, everything: bool, output: &Output) -> Result<(), Failure> {
    let status = watched_sync(desk, everything).await?;
    output.sync(&status)?;
    match status.problem {
        Some(problem) => Err(Failure(problem)),
        None => Ok(()),
    }
}

pub(crate) async fn watched_sync(desk: &Desk, everything: bool) -> Result<SyncStatus, Failure> {
    let mut events = desk.events();
    if everything {
        desk.sync_everything(Empty {}).await?
    } else {
        desk.sync_start(Empty {}).await?
    };
    let finished = desk.sync_finished();
    tokio::pin!(finished);
    let interactive = std::io::stderr().is_terminal();
    loop {
        tokio::select! {
            status = &mut finished => {
                if interactive {
                    let _ = writeln!(std::io::stderr());
                }
                return Ok(status);
            }
            event = events.recv() => {
                if let (true, Ok(DeskEvent::Sync(status))) = (interactive, event) {
                    show(&status);
                }
            }
            interrupted = tokio::signal::ctrl_c() => {
                if interrupted.is_ok() {
                    desk.sync_cancel(Empty {}).await?;
                }
            }
        }
    }
}

fn show(status: &SyncStatus) {
    let now = status.resources.iter().find(|resource| resource.state == ResourceState::Running);
    if let Some(now) = now {
        let total = now.total.map(|total| format!(" of {total}")).unwrap_or_default();
        let _ = write!(std::io::stderr(), "\r\x1b[K{}: {}{total}", now.resource.replace('_', " "), now.done);
    }
}
