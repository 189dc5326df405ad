//! Sign-in and what stands before every other call: the API key, the bearer token, the rate limit.
//!
//! Tokens are HS256 JWTs that really expire. A refresh takes a live token or one that expired within the last 14 days;
//! after that the session is over (419) and only signing in helps. Refreshing does not revoke the old token, so that
//! requests already under way are not refused.
//!
//! Left out: password reset, and signing in through Azure, which a practice portal cannot do and says so.

use crate::{
    fields::Fields,
    portal::{Portal, Routes},
    problem::{Answer, Problem},
    resources::users,
};
use axum::{
    Json,
    extract::{Request, State},
    http::{HeaderMap, HeaderValue, header},
    middleware::Next,
    response::{IntoResponse, Response},
    routing::post,
};
use jsonwebtoken::{Algorithm, DecodingKey, EncodingKey, Header, Validation};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use std::{
    sync::atomic::{AtomicU64, Ordering},
    time::{Duration, Instant},
};

/// The password of every practice account.
pub(crate) const PASSWORD: &str = "practice";
/// The practice portal's API key.
pub(crate) const API_KEY: &str = "practice-api-key";

const REFRESHABLE_SECONDS: i64 = 14 * 24 * 60 * 60;

/// Who makes the request; handlers find it in the extensions.
#[derive(Clone, Copy, Debug)]
pub(crate) struct SignedIn {
    /// The staff account.
    pub(crate) user_id: i64,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
struct Claims {
    sub: String,
    iat: i64,
    exp: i64,
    jti: String,
    /// Which run of the server issued it, and after how many mass expiries.
    run: String,
    age: u64,
}

/// Issues and checks tokens.
pub(crate) struct Tokens {
    encoding: EncodingKey,
    decoding: DecodingKey,
    lifetime: Duration,
    run: String,
    /// Tokens of a lower age are expired, whatever their `exp` says.
    live_from: AtomicU64,
    /// Tokens of a lower age cannot be refreshed either.
    refreshable_from: AtomicU64,
}

impl std::fmt::Debug for Tokens {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Tokens").field("lifetime", &self.lifetime).finish_non_exhaustive()
    }
}

impl Tokens {
    /// Tokens signed with this secret.
    pub(crate) fn new(secret: &[u8], lifetime: Duration, run: String) -> Self {
        Tokens {
            encoding: EncodingKey::from_secret(secret),
            decoding: DecodingKey::from_secret(secret),
            lifetime,
            run,
            live_from: AtomicU64::new(0),
            refreshable_from: AtomicU64::new(0),
        }
    }

    /// Expires every token issued so far; `refreshable` says whether they can still be exchanged for new ones.
    pub(crate) fn expire_all(&self, refreshable: bool) {
        let age = self.live_from.fetch_add(1, Ordering::SeqCst) + 1;
        if !refreshable {
            self.refreshable_from.store(age, Ordering::SeqCst);
        }
    }

    fn issue(&self, user_id: i64, now: i64) -> Result<String, Problem> {
        let lifetime = i64::try_from(self.lifetime.as_secs()).unwrap_or(i64::MAX);
        let claims = Claims {
            sub: user_id.to_string(),
            iat: now,
            exp: now.saturating_add(lifetime),
            jti: random_hex()?,
            run: self.run.clone(),
            age: self.live_from.load(Ordering::SeqCst),
        };
        jsonwebtoken::encode(&Header::new(Algorithm::HS256), &claims, &self.encoding)
            .map_err(|error| Problem::Broken(Box::new(error)))
    }

    /// The account of a live token.
    fn check(&self, token: &str, now: i64) -> Result<i64, Problem> {
        let claims = self.read(token)?;
        if now >= claims.exp || self.age(&claims) < self.live_from.load(Ordering::SeqCst) {
            return Err(unauthenticated());
        }
        user_of(&claims)
    }

    /// The account of a token that may be exchanged for a new one.
    fn check_refresh(&self, token: &str, now: i64) -> Result<i64, Problem> {
        let claims = self.read(token)?;
        let too_old = now > claims.exp.saturating_add(REFRESHABLE_SECONDS);
        if too_old || self.age(&claims) < self.refreshable_from.load(Ordering::SeqCst) {
            return Err(Problem::SessionExpired);
        }
        user_of(&claims)
    }

    fn read(&self, token: &str) -> Result<Claims, Problem> {
        let mut rules = Validation::new(Algorithm::HS256);
        // `exp` is compared with the clock above, because a refresh takes expired tokens too.
        rules.validate_exp = false;
        jsonwebtoken::decode::<Claims>(token, &self.decoding, &rules)
            .map(|token| token.claims)
            .map_err(|_| unauthenticated())
    }

    /// Mass expiries are counted anew in every run: a token of an earlier run is older than the first of them.
    fn age(&self, claims: &Claims) -> u64 {
        if claims.run == self.run { claims.age } else { 0 }
    }
}

/// The sign-in calls, which need the API key only.
pub(crate) fn routes() -> Routes {
    Routes::new()
        .route("/auth/login", post(login))
        .route("/auth/refresh", post(refresh))
        .route("/auth/login/socialite", post(login_socialite))
}

/// Refuses a request without the API key.
pub(crate) async fn require_key(
    State(portal): State<Portal>,
    request: Request,
    next: Next,
) -> Result<Response, Problem> {
    let sent = request.headers().get("x-api-key").map(HeaderValue::as_bytes);
    if sent != Some(portal.api_key.as_bytes()) {
        return Err(Problem::Forbidden("The API key is missing or wrong."));
    }
    Ok(next.run(request).await)
}

/// Refuses a request without a live token, or over the token's allowance.
pub(crate) async fn require_token(
    State(portal): State<Portal>,
    mut request: Request,
    next: Next,
) -> Result<Response, Problem> {
    let token = bearer(request.headers()).ok_or_else(unauthenticated)?;
    let user_id = portal.tokens.check(token, seconds_now())?;
    let allowance = portal.rates.count(token, Instant::now()).map_err(Problem::TooManyRequests)?;
    request.extensions_mut().insert(SignedIn { user_id });
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    headers.insert("x-ratelimit-limit", HeaderValue::from(allowance.limit));
    headers.insert("x-ratelimit-remaining", HeaderValue::from(allowance.remaining));
    Ok(response)
}

async fn login(State(portal): State<Portal>, mut fields: Fields) -> Answer {
    fields.require("email");
    fields.require("password");
    let email = fields.text("email", 255).unwrap_or_default();
    if fields.raw("email").is_some() && !email.contains('@') {
        fields.refuse("email", "The email field must be a valid email address.");
    }
    let password = fields.text("password", 255).unwrap_or_default();
    fields.finish()?;

    let mut db = portal.writer().await?;
    let account = users::by_email(&mut db, &email).await?;
    let Some((id, account)) = account.filter(|_| password == PASSWORD) else {
        return Err(Problem::Unauthenticated("These credentials do not match our records."));
    };
    if account.get("is_disabled") == Some(&Value::Bool(true)) {
        return Err(Problem::Forbidden("This account is disabled."));
    }
    let account = users::note_sign_in(&mut db, id).await?;
    db.commit().await?;
    token_answer(&portal, id, &account)
}

async fn refresh(State(portal): State<Portal>, headers: HeaderMap) -> Answer {
    let token = bearer(&headers).ok_or_else(unauthenticated)?;
    let id = portal.tokens.check_refresh(token, seconds_now())?;
    let mut db = portal.reader().await?;
    let account = users::full(&mut db, id).await?.ok_or_else(unauthenticated)?;
    token_answer(&portal, id, &account)
}

async fn login_socialite(mut fields: Fields) -> Answer {
    fields.require("code");
    fields.require("provider");
    if let Some(provider) = fields.text("provider", 64) {
        if provider == "azure" {
            fields.refuse("provider", "The practice portal has no Azure sign-in. Sign in with e-mail and password.");
        } else {
            fields.refuse_choice("provider");
        }
    }
    fields.finish()?;
    Err(Problem::field("provider", "Sign in with e-mail and password."))
}

fn token_answer(portal: &Portal, id: i64, account: &Value) -> Answer {
    let token = portal.tokens.issue(id, seconds_now())?;
    Ok(Json(json!({ "token": token, "user": account })).into_response())
}

fn bearer(headers: &HeaderMap) -> Option<&str> {
    let (scheme, token) = headers.get(header::AUTHORIZATION)?.to_str().ok()?.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then(|| token.trim())
}

fn user_of(claims: &Claims) -> Result<i64, Problem> {
    claims.sub.parse().map_err(|_| unauthenticated())
}

fn unauthenticated() -> Problem {
    Problem::Unauthenticated("Unauthenticated.")
}

fn seconds_now() -> i64 {
    jiff::Timestamp::now().as_second()
}

/// 16 random bytes as text.
pub(crate) fn random_hex() -> Result<String, Problem> {
    let mut bytes = [0_u8; 16];
    getrandom::fill(&mut bytes).map_err(|error| Problem::Broken(error.to_string().into()))?;
    Ok(hex::encode(bytes))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tokens(run: &str) -> Tokens {
        Tokens::new(b"secret", Duration::from_secs(3600), run.into())
    }

    #[test]
    fn a_token_lives_for_its_lifetime_and_refreshes_for_fourteen_days_more() {
        let tokens = tokens("a");
        let token = tokens.issue(7, 1_000).unwrap();
        assert_eq!(tokens.check(&token, 4_599).unwrap(), 7);
        assert!(matches!(tokens.check(&token, 4_600), Err(Problem::Unauthenticated(_))));
        assert_eq!(tokens.check_refresh(&token, 4_600 + REFRESHABLE_SECONDS).unwrap(), 7);
        assert!(matches!(tokens.check_refresh(&token, 4_601 + REFRESHABLE_SECONDS), Err(Problem::SessionExpired)));
    }

    #[test]
    fn mass_expiry_reaches_earlier_tokens_only_and_those_of_earlier_runs() {
        let (before, tokens) = (tokens("a"), tokens("b"));
        let (earlier, old) = (before.issue(1, 0).unwrap(), tokens.issue(1, 0).unwrap());
        assert!(tokens.check(&earlier, 1).is_ok());
        tokens.expire_all(true);
        let new = tokens.issue(1, 0).unwrap();
        assert!(tokens.check(&old, 1).is_err() && tokens.check(&earlier, 1).is_err());
        assert!(tokens.check_refresh(&old, 1).is_ok() && tokens.check(&new, 1).is_ok());
        tokens.expire_all(false);
        assert!(matches!(tokens.check_refresh(&new, 1), Err(Problem::SessionExpired)));
    }

    #[test]
    fn a_token_signed_with_another_secret_is_refused() {
        let token = Tokens::new(b"other", Duration::from_secs(60), "a".into()).issue(1, 0).unwrap();
        assert!(tokens("a").check(&token, 1).is_err());
    }
}
