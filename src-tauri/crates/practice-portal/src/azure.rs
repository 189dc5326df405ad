//! A made-up Azure: the page that a browser is sent to, outside the API, and the codes it hands out.
//!
//! The page signs in whoever it is asked for by `login_hint`, the practice agent when nobody is named, and sends the
//! browser back at once. It sends it to this computer only. A code works once and for ten minutes; with a PKCE
//! challenge (S256) only together with its verifier.

use crate::{
    portal::{Portal, Routes},
    problem::Problem,
    resources::users,
    tokens::random_hex,
};
use axum::{
    extract::{Query, State},
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
    routing::get,
};
use jiff::{SignedDuration, Timestamp};
use serde::Deserialize;
use sha2::{Digest as _, Sha256};
use std::{
    collections::HashMap,
    sync::{Mutex, PoisonError},
};
use url::{Host, Url};

/// Where the page is, outside the API.
pub(crate) const PATH: &str = "/practice/azure/authorize";

const CODE_LIFETIME: SignedDuration = SignedDuration::from_mins(10);

/// Codes that were handed out and not yet used.
#[derive(Debug, Default)]
pub(crate) struct Grants(Mutex<HashMap<String, Grant>>);

#[derive(Clone, Debug)]
struct Grant {
    user: i64,
    redirect_uri: String,
    challenge: Option<String>,
    ends: Timestamp,
}

/// What a browser brings.
#[derive(Clone, Debug, Deserialize)]
struct Asked {
    response_type: Option<String>,
    redirect_uri: Option<String>,
    state: Option<String>,
    code_challenge: Option<String>,
    code_challenge_method: Option<String>,
    login_hint: Option<String>,
}

/// The page.
pub(crate) fn routes() -> Routes {
    Routes::new().route(PATH, get(authorize))
}

impl Grants {
    /// Takes a code back and says whose it was.
    ///
    /// # Errors
    /// A 401 for a code that is unknown, used or too old, or that came without what it was bound to.
    pub(crate) fn redeem(
        &self,
        code: &str,
        verifier: Option<&str>,
        redirect_uri: Option<&str>,
        now: Timestamp,
    ) -> Result<i64, Problem> {
        let refused = || Problem::Unauthenticated("The provider did not accept the code.");
        // Whatever comes of it, the code is used.
        let grant = self.open().remove(code).ok_or_else(refused)?;
        let proven = match (&grant.challenge, verifier) {
            (Some(challenge), Some(verifier)) => *challenge == challenge_of(verifier),
            (Some(_), None) => false,
            (None, _) => true,
        };
        let same_place = redirect_uri.is_none_or(|uri| uri == grant.redirect_uri);
        if proven && same_place && now < grant.ends { Ok(grant.user) } else { Err(refused()) }
    }

    fn hand_out(&self, code: String, grant: Grant, now: Timestamp) {
        let mut open = self.open();
        open.retain(|_, grant| grant.ends > now);
        open.insert(code, grant);
    }

    fn open(&self) -> std::sync::MutexGuard<'_, HashMap<String, Grant>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

async fn authorize(State(portal): State<Portal>, Query(asked): Query<Asked>) -> Result<Response, Problem> {
    let Some(mut back) = asked.redirect_uri.as_deref().and_then(on_this_computer) else {
        return Ok(page(StatusCode::BAD_REQUEST, "The application asked to be sent to another computer."));
    };
    let mut answer: Vec<(&str, String)> = Vec::new();
    let method = asked.code_challenge_method.as_deref().unwrap_or("plain");
    if asked.response_type.as_deref() != Some("code") || (asked.code_challenge.is_some() && method != "S256") {
        answer.push(("error", "invalid_request".into()));
    } else {
        let email = asked.login_hint.as_deref().unwrap_or(users::AGENT_EMAIL);
        let user = users::by_email(&mut *portal.reader().await?, email).await?;
        match user {
            None => answer.push(("error", "access_denied".into())),
            Some(user) => {
                let (code, now) = (random_hex()?, portal.clock.now());
                let ends = now.saturating_add(CODE_LIFETIME).unwrap_or(Timestamp::MAX);
                let redirect_uri = asked.redirect_uri.clone().unwrap_or_default();
                let grant = Grant { user, redirect_uri, challenge: asked.code_challenge.clone(), ends };
                portal.azure.hand_out(code.clone(), grant, now);
                answer.push(("code", code));
            }
        }
    }
    answer.extend(asked.state.map(|state| ("state", state)));
    back.query_pairs_mut().extend_pairs(answer);
    let place = HeaderValue::from_str(back.as_str()).map_err(|error| Problem::Broken(Box::new(error)))?;
    let mut response = page(StatusCode::FOUND, "You are signed in. Go back to the application.");
    response.headers_mut().insert(header::LOCATION, place);
    Ok(response)
}

/// An address on this computer that a browser may be sent to.
fn on_this_computer(uri: &str) -> Option<Url> {
    let url = Url::parse(uri).ok().filter(|url| url.scheme() == "http")?;
    let is_here = match url.host()? {
        Host::Domain(name) => name == "localhost",
        Host::Ipv4(address) => address.is_loopback(),
        Host::Ipv6(address) => address.is_loopback(),
    };
    is_here.then_some(url)
}

fn page(status: StatusCode, sentence: &str) -> Response {
    let html = format!("<!doctype html><title>Practice sign-in</title><p>{sentence}</p>");
    (status, [(header::CONTENT_TYPE, "text/html; charset=utf-8")], html).into_response()
}

/// RFC 7636: the unpadded base64url of the verifier's SHA-256.
fn challenge_of(verifier: &str) -> String {
    const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    let digest = Sha256::digest(verifier.as_bytes());
    let mut written = String::new();
    for group in digest.chunks(3) {
        let bits = group.iter().fold(0_u32, |bits, byte| (bits << 8) | u32::from(*byte)) << (8 * (3 - group.len()));
        for place in 0..=group.len() {
            let six = (bits >> (18 - 6 * place)) & 63;
            written
                .extend(usize::try_from(six).ok().and_then(|six| LETTERS.get(six)).map(|letter| char::from(*letter)));
        }
    }
    written
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_challenge_is_that_of_the_rfc() {
        let verifier = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
        assert_eq!(challenge_of(verifier), "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM");
    }

    #[test]
    fn a_browser_is_sent_to_this_computer_only() {
        for (uri, taken) in [
            ("http://127.0.0.1:5123/callback", true),
            ("http://localhost:1/", true),
            ("http://[::1]:8080/x?y=1", true),
            ("http://example.com/", false),
            ("https://127.0.0.1/", false),
            ("javascript:alert(1)", false),
        ] {
            assert_eq!(on_this_computer(uri).is_some(), taken, "{uri}");
        }
    }
}
