//! Ways into the portal beside e-mail and password: Microsoft's page in the system's browser, and forgotten passwords.

use crate::Error;
use crate::contract::{AzureSignIn, Empty, PasswordForgotten, PasswordReset, Said, Session, SignInOptions};
use crate::desk::Desk;
use axum::extract::{RawQuery, State};
use axum::response::Html;
use axum::routing::get;
use portal_api::auth::{ForgotPasswordRequest, LoginSocialiteRequest, ResetPasswordRequest};
use portal_api::azure::{Attempt, AzureError};
use portal_api::{ApiError, Portal};
use secrecy::SecretString;
use std::net::Ipv4Addr;
use std::sync::Arc;
use std::time::Duration;
use tokio::net::TcpListener;
use tokio::sync::mpsc;
use tokio_util::sync::CancellationToken;
use url::Url;

/// How long the browser may take.
const PATIENCE: Duration = Duration::from_secs(5 * 60);

impl Desk {
    /// What the deployment set for sign-in.
    ///
    /// # Errors
    /// None today; the signature is every command's.
    pub async fn session_options(&self, _: Empty) -> Result<SignInOptions, Error> {
        let settings = &self.inner.settings;
        Ok(SignInOptions { portal: settings.address.clone(), azure: settings.azure.is_some() })
    }

    /// Signs in on Microsoft's page in the system's browser; waits for it at most five minutes.
    ///
    /// # Errors
    /// The deployment has no application at Azure, the browser does not open, the sign-in is refused, cancelled or takes
    /// too long; then as [`Desk::session_sign_in`].
    pub async fn session_sign_in_azure(&self, sign_in: AzureSignIn) -> Result<Session, Error> {
        let application = self.inner.settings.azure.clone().ok_or(Error::NoAzure)?;
        let api_key = SecretString::from(sign_in.api_key.trim().to_owned());
        let config = self.inner.settings.config(&sign_in.portal, api_key.clone())?;
        let portal = Portal::new(&config, None)?;
        let cancel = self.only_attempt();
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.map_err(Error::Loopback)?;
        let port = listener.local_addr().map_err(Error::Loopback)?.port();
        let redirect = Url::parse(&format!("http://127.0.0.1:{port}/signed-in"))
            .map_err(|error| Error::Internal(error.to_string()))?;
        let mut random = [0; 64];
        getrandom::fill(&mut random)?;
        let attempt = Arc::new(Attempt::new(&random, redirect));
        self.inner.ports.browser.open(attempt.address(&application).as_str()).await.map_err(Error::Browser)?;
        let request = tokio::select! {
            request = redeemed(listener, attempt) => request?,
            () = cancel.cancelled() => return Err(Error::Cancelled),
            () = tokio::time::sleep(PATIENCE) => return Err(Error::BrowserSilent),
        };
        let signed_in = portal.login_socialite(&request).await.map_err(|error| match error {
            ApiError::WrongCredentials(words) => Error::Azure(AzureError::Denied(words)),
            other => Error::Portal(other),
        })?;
        self.begin(Some(&config), &api_key, portal, signed_in, sign_in.passphrase).await
    }

    /// Stops waiting for the browser.
    ///
    /// # Errors
    /// None today; the signature is every command's.
    pub async fn session_cancel_azure(&self, _: Empty) -> Result<Empty, Error> {
        self.only_attempt();
        Ok(Empty {})
    }

    /// Has the portal mail the password-reset instructions.
    ///
    /// # Errors
    /// The address, the key, or the portal.
    pub async fn password_forgotten(&self, forgotten: PasswordForgotten) -> Result<Said, Error> {
        let portal = self.stranger(&forgotten.portal, &forgotten.api_key)?;
        let email = filled("email", &forgotten.email, "Enter your e-mail address.")?;
        let done = portal.forgot_password(&ForgotPasswordRequest::new(email)).await?;
        Ok(Said { message: done.message })
    }

    /// Sets a new password with the token of the mail.
    ///
    /// # Errors
    /// The address, the key, or the portal: a weak password or an old token is refused with its field.
    pub async fn password_reset(&self, reset: PasswordReset) -> Result<Said, Error> {
        let portal = self.stranger(&reset.portal, &reset.api_key)?;
        let email = filled("email", &reset.email, "Enter your e-mail address.")?;
        let token = filled("token", &reset.token, "Enter the code of the mail.")?;
        if reset.password.is_empty() {
            return Err(Error::bad("password", "Enter a new password."));
        }
        // As typed: a space at its end is part of a password.
        let password = SecretString::from(reset.password);
        let request = ResetPasswordRequest::new(email, password.clone(), token.into(), password);
        Ok(Said { message: portal.reset_password(&request).await?.message })
    }

    /// A portal before any sign-in.
    fn stranger(&self, address: &str, api_key: &str) -> Result<Portal, Error> {
        let config = self.inner.settings.config(address, SecretString::from(api_key.trim().to_owned()))?;
        Ok(Portal::new(&config, None)?)
    }

    /// Ends whatever attempt is waiting for a browser; answers the end of the next one.
    fn only_attempt(&self) -> CancellationToken {
        let next = CancellationToken::new();
        let mut waiting = self.inner.browser_attempt.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        std::mem::replace(&mut *waiting, next.clone()).cancel();
        next
    }
}

fn filled(field: &'static str, text: &str, otherwise: &str) -> Result<String, Error> {
    match text.trim() {
        "" => Err(Error::bad(field, otherwise)),
        text => Ok(text.to_owned()),
    }
}

/// Waits for the browser on this computer's own page. Answers of other attempts are turned away and waited past.
async fn redeemed(listener: TcpListener, attempt: Arc<Attempt>) -> Result<LoginSocialiteRequest, Error> {
    type Answers = mpsc::Sender<Result<LoginSocialiteRequest, AzureError>>;
    let (answers, mut answered) = mpsc::channel(1);
    let page = async |State((attempt, answers)): State<(Arc<Attempt>, Answers)>, RawQuery(query): RawQuery| {
        let outcome = attempt.redeem(query.as_deref().unwrap_or_default());
        let (title, text) = match &outcome {
            Ok(_) => ("You are signed in", "Go back to Dispute Desk. You can close this page.".to_owned()),
            Err(error) => ("You are not signed in", format!("{error}.")),
        };
        if !matches!(outcome, Err(AzureError::OtherAttempt)) {
            // Whoever comes second finds the attempt decided.
            let _ = answers.try_send(outcome);
        }
        Html(said(title, &text))
    };
    let done = CancellationToken::new();
    let router = axum::Router::new().route("/signed-in", get(page)).with_state((attempt, answers));
    let serving = axum::serve(listener, router).with_graceful_shutdown(done.clone().cancelled_owned());
    let server = tokio::spawn(async move { serving.await });
    let outcome = answered.recv().await;
    // The page is still being sent.
    done.cancel();
    server.await.map_err(|error| Error::Internal(error.to_string()))?.map_err(Error::Loopback)?;
    match outcome {
        Some(outcome) => Ok(outcome?),
        None => Err(Error::BrowserSilent),
    }
}

fn said(title: &str, text: &str) -> String {
    let safe = |text: &str| text.replace('&', "&amp;").replace('<', "&lt;");
    format!(
        "<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><title>{0}</title><style>body{{font:16px \
         system-ui;margin:15vh auto;max-width:28rem;color-scheme:light dark}}</style><h1>{0}</h1><p>{1}</p></html>",
        safe(title),
        safe(text)
    )
}
