//! Bearer tokens: HS256 JWTs that really expire.
//!
//! A refresh takes a live token or one that expired within the last 14 days; after that the session is over (419) and
//! only signing in helps. Refreshing does not revoke the old token, so that requests already under way are not refused.

use crate::{access::Who, problem::Problem};
use jsonwebtoken::{Algorithm, DecodingKey, EncodingKey, Header, Validation};
use serde::{Deserialize, Serialize};
use std::{
    sync::atomic::{AtomicU64, Ordering},
    time::Duration,
};

const REFRESHABLE_SECONDS: i64 = 14 * 24 * 60 * 60;

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

    /// A token that lives from now on.
    pub(crate) fn issue(&self, who: Who, now: i64) -> Result<String, Problem> {
        let lifetime = i64::try_from(self.lifetime.as_secs()).unwrap_or(i64::MAX);
        let claims = Claims {
            sub: who.subject(),
            iat: now,
            exp: now.saturating_add(lifetime),
            jti: random_hex()?,
            run: self.run.clone(),
            age: self.live_from.load(Ordering::SeqCst),
        };
        jsonwebtoken::encode(&Header::new(Algorithm::HS256), &claims, &self.encoding)
            .map_err(|error| Problem::Broken(Box::new(error)))
    }

    /// Whom a live token names.
    pub(crate) fn check(&self, token: &str, now: i64) -> Result<Who, Problem> {
        let claims = self.read(token)?;
        if now >= claims.exp || self.age(&claims) < self.live_from.load(Ordering::SeqCst) {
            return Err(Problem::unauthenticated());
        }
        who(&claims)
    }

    /// Whom a token names that may be exchanged for a new one.
    pub(crate) fn check_refresh(&self, token: &str, now: i64) -> Result<Who, Problem> {
        let claims = self.read(token)?;
        let too_old = now > claims.exp.saturating_add(REFRESHABLE_SECONDS);
        if too_old || self.age(&claims) < self.refreshable_from.load(Ordering::SeqCst) {
            return Err(Problem::SessionExpired);
        }
        who(&claims)
    }

    fn read(&self, token: &str) -> Result<Claims, Problem> {
        let mut rules = Validation::new(Algorithm::HS256);
        // `exp` is compared with the clock above, because a refresh takes expired tokens too.
        rules.validate_exp = false;
        jsonwebtoken::decode::<Claims>(token, &self.decoding, &rules)
            .map(|token| token.claims)
            .map_err(|_| Problem::unauthenticated())
    }

    /// Mass expiries are counted anew in every run: a token of an earlier run is older than the first of them.
    fn age(&self, claims: &Claims) -> u64 {
        if claims.run == self.run { claims.age } else { 0 }
    }
}

fn who(claims: &Claims) -> Result<Who, Problem> {
    Who::of_subject(&claims.sub).ok_or_else(Problem::unauthenticated)
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
        let token = tokens.issue(Who::Staff(7), 1_000).unwrap();
        assert_eq!(tokens.check(&token, 4_599).unwrap(), Who::Staff(7));
        assert!(matches!(tokens.check(&token, 4_600), Err(Problem::Unauthenticated(_))));
        assert_eq!(tokens.check_refresh(&token, 4_600 + REFRESHABLE_SECONDS).unwrap(), Who::Staff(7));
        assert!(matches!(tokens.check_refresh(&token, 4_601 + REFRESHABLE_SECONDS), Err(Problem::SessionExpired)));
    }

    #[test]
    fn mass_expiry_reaches_earlier_tokens_only_and_those_of_earlier_runs() {
        let (before, tokens) = (tokens("a"), tokens("b"));
        let (earlier, old) = (before.issue(Who::Staff(1), 0).unwrap(), tokens.issue(Who::Staff(1), 0).unwrap());
        assert!(tokens.check(&earlier, 1).is_ok());
        tokens.expire_all(true);
        let new = tokens.issue(Who::Staff(1), 0).unwrap();
        assert!(tokens.check(&old, 1).is_err() && tokens.check(&earlier, 1).is_err());
        assert!(tokens.check_refresh(&old, 1).is_ok() && tokens.check(&new, 1).is_ok());
        tokens.expire_all(false);
        assert!(matches!(tokens.check_refresh(&new, 1), Err(Problem::SessionExpired)));
    }

    #[test]
    fn a_token_signed_with_another_secret_is_refused() {
        let token = Tokens::new(b"other", Duration::from_secs(60), "a".into()).issue(Who::Staff(1), 0).unwrap();
        assert!(tokens("a").check(&token, 1).is_err());
    }
}
