//! Signing in at Azure with the system's browser: where the browser is sent, and what it brings back.
//!
//! The code comes to a page on this computer (RFC 8252), is bound to this desk by PKCE (RFC 7636) and to this attempt by
//! `state`. Opening the browser and waiting for it are the caller's.

use crate::auth::LoginSocialiteRequest;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use secrecy::{ExposeSecret, SecretString};
use sha2::{Digest, Sha256};
use url::Url;

/// The company's application at Azure.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Application {
    /// Where the browser begins, e.g. `https://login.microsoftonline.com/<tenant>/oauth2/v2.0/authorize`.
    pub authorize: Url,
    /// The application's id.
    pub client_id: String,
}

/// One attempt to sign in.
pub struct Attempt {
    state: SecretString,
    verifier: SecretString,
    redirect: Url,
}

/// Why the browser brought no code.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum AzureError {
    /// The page that answers belongs to another attempt.
    #[error("the browser came back from another sign-in; start again")]
    OtherAttempt,
    /// Azure says no.
    #[error("Azure did not sign you in: {0}")]
    Denied(String),
    /// Neither a code nor a reason came.
    #[error("Azure sent the browser back without a code; start again")]
    NoCode,
}

impl Attempt {
    /// A new attempt from 64 random bytes; the browser comes back to `redirect`, on this computer.
    #[must_use]
    pub fn new(random: &[u8; 64], redirect: Url) -> Self {
        let (state, verifier) = random.split_at(32);
        let text = |bytes: &[u8]| SecretString::from(URL_SAFE_NO_PAD.encode(bytes));
        Self { state: text(state), verifier: text(verifier), redirect }
    }

    /// Where the browser is sent.
    #[must_use]
    pub fn address(&self, application: &Application) -> Url {
        let challenge = URL_SAFE_NO_PAD.encode(Sha256::digest(self.verifier.expose_secret()));
        let mut address = application.authorize.clone();
        address
            .query_pairs_mut()
            .append_pair("client_id", &application.client_id)
            .append_pair("response_type", "code")
            .append_pair("response_mode", "query")
            .append_pair("redirect_uri", self.redirect.as_str())
            .append_pair("scope", "openid profile email")
            .append_pair("state", self.state.expose_secret())
            .append_pair("code_challenge", &challenge)
            .append_pair("code_challenge_method", "S256");
        address
    }

    /// What to sign in with, from the query of the address that the browser came back to.
    ///
    /// # Errors
    /// [`AzureError`]; the attempt stays good until its own answer comes.
    pub fn redeem(&self, query: &str) -> Result<LoginSocialiteRequest, AzureError> {
        let pairs: Vec<_> = url::form_urlencoded::parse(query.as_bytes()).collect();
        let value = |name: &str| pairs.iter().find(|(key, _)| key == name).map(|(_, value)| value.to_string());
        if value("state").as_deref() != Some(self.state.expose_secret()) {
            return Err(AzureError::OtherAttempt);
        }
        if let Some(error) = value("error") {
            return Err(AzureError::Denied(value("error_description").unwrap_or(error)));
        }
        let code = value("code").filter(|code| !code.is_empty()).ok_or(AzureError::NoCode)?;
        Ok(LoginSocialiteRequest {
            code_verifier: Some(self.verifier.clone()),
            redirect_uri: Some(self.redirect.to_string()),
            ..LoginSocialiteRequest::new(code.into(), "azure".to_owned())
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn attempt() -> Attempt {
        let mut random = [7; 64];
        random[32..].fill(9);
        Attempt::new(&random, Url::parse("http://127.0.0.1:4000/signed-in").unwrap())
    }

    #[test]
    fn the_browser_carries_the_challenge_and_never_the_verifier() {
        let authorize = Url::parse("https://login.example.com/t/authorize?prompt=login").unwrap();
        let address = attempt().address(&Application { authorize, client_id: "app".into() });
        let verifier = URL_SAFE_NO_PAD.encode([9; 32]);
        let challenge = URL_SAFE_NO_PAD.encode(Sha256::digest(&verifier));
        assert!(!address.as_str().contains(&verifier));
        let pairs: Vec<_> = address.query_pairs().into_owned().collect();
        let has = |name: &str, value: &str| pairs.contains(&(name.to_owned(), value.to_owned()));
        assert!(has("prompt", "login") && has("code_challenge", &challenge) && has("code_challenge_method", "S256"));
        assert!(has("redirect_uri", "http://127.0.0.1:4000/signed-in") && has("client_id", "app"));
        assert!(has("state", &URL_SAFE_NO_PAD.encode([7; 32])));
    }

    #[test]
    fn only_the_own_answer_is_taken() {
        let (attempt, state) = (attempt(), URL_SAFE_NO_PAD.encode([7; 32]));
        let request = attempt.redeem(&format!("code=c%2B1&state={state}")).unwrap();
        assert_eq!(request.code.expose_secret(), "c+1");
        assert_eq!(request.code_verifier.unwrap().expose_secret(), URL_SAFE_NO_PAD.encode([9; 32]));
        let error = |query: &str| attempt.redeem(query).unwrap_err();
        assert_eq!(error("code=c&state=other"), AzureError::OtherAttempt);
        assert_eq!(error("code=c"), AzureError::OtherAttempt);
        assert_eq!(error(&format!("state={state}")), AzureError::NoCode);
        let denied = error(&format!("error=access_denied&error_description=Not+you&state={state}"));
        assert_eq!(denied.to_string(), "Azure did not sign you in: Not you");
    }
}
