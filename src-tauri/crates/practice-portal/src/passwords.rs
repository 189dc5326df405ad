//! Forgotten passwords: a token that is "mailed" to the process that started the portal, and the new password.
//!
//! Every practice account begins with the same password. A new one is kept salted and hashed, because people type real
//! passwords everywhere.

use crate::{
    access::Who,
    answers, auth,
    fields::{Fields, must},
    kinds::Kind,
    portal::{Portal, Routes},
    problem::{Answer, Problem},
    stored,
    tokens::random_hex,
};
use axum::{extract::State, routing::post};
use sha2::{Digest as _, Sha256};
use sqlx::SqliteConnection;

/// The password that every practice account begins with.
pub(crate) const FIRST: &str = "practice";

/// New passwords, and the tokens of those who forgot theirs.
pub(crate) const SCHEMA: &[&str] = &[
    "CREATE TABLE passwords (subject TEXT PRIMARY KEY, salt TEXT NOT NULL, hash TEXT NOT NULL) STRICT",
    "CREATE TABLE password_tokens (subject TEXT PRIMARY KEY, token TEXT NOT NULL, ends INTEGER NOT NULL) STRICT",
];

const TOKEN_SECONDS: i64 = 60 * 60;
const SHORTEST: usize = 8;

/// The two calls, which need the API key only.
pub(crate) fn routes() -> Routes {
    Routes::new().route("/auth/password/forgot", post(forgot)).route("/auth/password/reset", post(reset))
}

/// Whether this is the account's password.
pub(crate) async fn is_right(db: &mut SqliteConnection, who: Who, password: &str) -> Result<bool, Problem> {
    let own: Option<(String, String)> = sqlx::query_as("SELECT salt, hash FROM passwords WHERE subject = ?")
        .bind(who.subject())
        .fetch_optional(db)
        .await?;
    Ok(match own {
        None => password == FIRST,
        Some((salt, hash)) => hashed(&salt, password) == hash,
    })
}

/// The token that was last mailed to an account.
pub(crate) async fn mailed(db: &mut SqliteConnection, who: Who) -> Result<Option<String>, sqlx::Error> {
    let token = sqlx::query_scalar("SELECT token FROM password_tokens WHERE subject = ?").bind(who.subject());
    token.fetch_optional(db).await
}

async fn forgot(State(portal): State<Portal>, mut fields: Fields) -> Answer {
    let sent = fields.read(&[must("email", Kind::Email)]);
    fields.finish()?;
    let mut db = portal.writer().await?;
    let who = account(&mut db, stored::text(&sent, "email")).await?;
    sqlx::query("INSERT OR REPLACE INTO password_tokens (subject, token, ends) VALUES (?, ?, ?)")
        .bind(who.subject())
        .bind(random_hex()?)
        .bind(portal.clock.now().as_second() + TOKEN_SECONDS)
        .execute(&mut *db)
        .await?;
    db.commit().await?;
    answers::message("We have emailed your password reset link.")
}

async fn reset(State(portal): State<Portal>, mut fields: Fields) -> Answer {
    let sent = fields.read(&[
        must("email", Kind::Email),
        must("password", Kind::Text(255)),
        must("token", Kind::Text(255)),
        must("password_confirmation", Kind::Text(255)),
    ]);
    let part = |name: &str| stored::text(&sent, name);
    let password = part("password");
    if !password.is_empty() && password.chars().count() < SHORTEST {
        fields.refuse("password", format!("The password field must be at least {SHORTEST} characters."));
    }
    if password != part("password_confirmation") {
        fields.refuse("password", "The password field confirmation does not match.");
    }
    fields.finish()?;
    let mut db = portal.writer().await?;
    let who = account(&mut db, part("email")).await?;
    let used = sqlx::query("DELETE FROM password_tokens WHERE subject = ? AND token = ? AND ends > ?")
        .bind(who.subject())
        .bind(part("token"))
        .bind(portal.clock.now().as_second())
        .execute(&mut *db)
        .await?;
    if used.rows_affected() == 0 {
        return Err(Problem::BadRequest("This password reset token is invalid."));
    }
    let salt = random_hex()?;
    sqlx::query("INSERT OR REPLACE INTO passwords (subject, salt, hash) VALUES (?, ?, ?)")
        .bind(who.subject())
        .bind(&salt)
        .bind(hashed(&salt, password))
        .execute(&mut *db)
        .await?;
    db.commit().await?;
    answers::message("Your password has been reset.")
}

async fn account(db: &mut SqliteConnection, email: &str) -> Result<Who, Problem> {
    let known = auth::by_email(db, email).await?;
    known.ok_or_else(|| Problem::NotFound("We can't find a user with that email address.".into()))
}

fn hashed(salt: &str, password: &str) -> String {
    hex::encode(Sha256::new().chain_update(salt).chain_update(password).finalize())
}
