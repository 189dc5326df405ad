//! Signing in: by e-mail and password, through Azure, and with a token that is exchanged for a new one.
//!
//! Staff and clients sign in by the same call; who it is follows from the e-mail address.

use crate::{
    access::{Who, bearer},
    fields::{Fields, may, must},
    kinds::Kind,
    passwords,
    portal::{Portal, Routes},
    problem::{Answer, Problem},
    resources::{clients, users},
    stored,
};
use axum::{Json, extract::State, http::HeaderMap, response::IntoResponse, routing::post};
use serde_json::{Value, json};
use sqlx::SqliteConnection;

/// The practice portal's API key.
pub(crate) const API_KEY: &str = "practice-api-key";

/// The sign-in calls, which need the API key only.
pub(crate) fn routes() -> Routes {
    Routes::new()
        .route("/auth/login", post(login))
        .route("/auth/login/socialite", post(login_socialite))
        .merge(passwords::routes())
}

/// The exchange of a token, which needs the API key and a token, live or not.
pub(crate) fn refresh_route() -> Routes {
    Routes::new().route("/auth/refresh", post(refresh))
}

/// The account with this e-mail address: of the staff, or a client.
pub(crate) async fn by_email(db: &mut SqliteConnection, email: &str) -> Result<Option<Who>, sqlx::Error> {
    if let Some(id) = users::by_email(db, email).await? {
        return Ok(Some(Who::Staff(id)));
    }
    Ok(clients::by_email(db, email).await?.map(Who::Client))
}

async fn login(State(portal): State<Portal>, mut fields: Fields) -> Answer {
    let sent = fields.read(&[must("email", Kind::Email), must("password", Kind::Text(255))]);
    fields.finish()?;
    let mut db = portal.writer().await?;
    let known = by_email(&mut db, stored::text(&sent, "email")).await?;
    let who = match known {
        Some(who) if passwords::is_right(&mut db, who, stored::text(&sent, "password")).await? => who,
        _ => return Err(Problem::Unauthenticated("These credentials do not match our records.")),
    };
    let account = sign_in(&portal, &mut db, who).await?;
    db.commit().await?;
    token_answer(&portal, who, &account)
}

async fn refresh(State(portal): State<Portal>, headers: HeaderMap) -> Answer {
    let token = bearer(&headers).ok_or_else(Problem::unauthenticated)?;
    let who = portal.tokens.check_refresh(token, portal.clock.now().as_second())?;
    let mut db = portal.reader().await?;
    let account = match who {
        Who::Staff(id) => users::full(&mut db, id).await?,
        Who::Client(id) => clients::as_user(&mut db, id).await?,
    };
    token_answer(&portal, who, &account.ok_or_else(Problem::unauthenticated)?)
}

async fn login_socialite(State(portal): State<Portal>, mut fields: Fields) -> Answer {
    let sent = fields.read(&[
        must("code", Kind::Text(2_048)),
        must("provider", Kind::OneOf(&["azure"])),
        may("code_verifier", Kind::Text(128)),
        may("redirect_uri", Kind::Text(2_048)),
    ]);
    fields.finish()?;
    let part = |name: &str| sent.get(name).and_then(Value::as_str);
    let code = part("code").unwrap_or_default();
    let user = portal.azure.redeem(code, part("code_verifier"), part("redirect_uri"), portal.clock.now())?;
    let mut db = portal.writer().await?;
    let account = sign_in(&portal, &mut db, Who::Staff(user)).await?;
    db.commit().await?;
    token_answer(&portal, Who::Staff(user), &account)
}

/// Notes the sign-in and gives the account back as `User`.
async fn sign_in(portal: &Portal, db: &mut SqliteConnection, who: Who) -> Result<Value, Problem> {
    match who {
        Who::Client(id) => clients::as_user(db, id).await?.ok_or_else(Problem::unauthenticated),
        Who::Staff(id) => {
            let account = users::TABLE.find(db, id).await?;
            if users::is_disabled(&account) {
                return Err(Problem::Forbidden("This account is disabled."));
            }
            users::note_sign_in(portal, db, id).await
        }
    }
}

fn token_answer(portal: &Portal, who: Who, account: &Value) -> Answer {
    let token = portal.tokens.issue(who, portal.clock.now().as_second())?;
    Ok(Json(json!({ "token": token, "user": account })).into_response())
}
