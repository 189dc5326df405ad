//! Every answer that is not data: who is not signed in, what is not there, which field is wrong.
//!
//! Bodies are Laravel's: `{message}`, and `{message, errors: {field: [messages]}}` for a 422. Nothing here repeats what
//! a caller sent, so no consumer's data reaches an error or a log through it.

use axum::{
    Json,
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use serde_json::json;
use std::collections::BTreeMap;

/// What a handler gives back.
pub(crate) type Answer = Result<Response, Problem>;

/// Messages by field name, for a 422.
pub(crate) type FieldErrors = BTreeMap<String, Vec<String>>;

/// Why there is no data in the answer.
#[derive(Debug)]
pub(crate) enum Problem {
    /// 400: a token for a new password that is wrong or too old.
    BadRequest(&'static str),
    /// 401: no token, a wrong or an expired one, or a wrong password.
    Unauthenticated(&'static str),
    /// 403: the API key is missing or wrong, or the account may not do this.
    Forbidden(&'static str),
    /// 404: no such record or path.
    NotFound(String),
    /// 405: the path exists, the method does not.
    MethodNotAllowed(String),
    /// 419: the session is too old to be refreshed.
    SessionExpired,
    /// 422: what is wrong with which field.
    Invalid(FieldErrors),
    /// 429: too many requests; seconds until the next one is welcome.
    TooManyRequests(u64),
    /// 500: the portal's own database or clock failed.
    Broken(Box<dyn std::error::Error + Send + Sync>),
}

impl Problem {
    /// The 401 of a request without a live token.
    pub(crate) fn unauthenticated() -> Self {
        Problem::Unauthenticated("Unauthenticated.")
    }

    /// A 422 about one field.
    pub(crate) fn field(name: &str, message: impl Into<String>) -> Self {
        Problem::Invalid(FieldErrors::from([(name.to_owned(), vec![message.into()])]))
    }
}

impl std::fmt::Display for Problem {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Problem::BadRequest(message) | Problem::Unauthenticated(message) | Problem::Forbidden(message) => {
                f.write_str(message)
            }
            Problem::NotFound(message) | Problem::MethodNotAllowed(message) => f.write_str(message),
            Problem::SessionExpired => f.write_str("The session has expired. Please sign in again."),
            Problem::Invalid(errors) => f.write_str(&summary(errors)),
            Problem::TooManyRequests(_) => f.write_str("Too Many Attempts."),
            Problem::Broken(_) => f.write_str("Server Error"),
        }
    }
}

impl From<sqlx::Error> for Problem {
    fn from(error: sqlx::Error) -> Self {
        Problem::Broken(Box::new(error))
    }
}

impl From<serde_json::Error> for Problem {
    fn from(error: serde_json::Error) -> Self {
        Problem::Broken(Box::new(error))
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let message = self.to_string();
        let status = match &self {
            Problem::BadRequest(_) => StatusCode::BAD_REQUEST,
            Problem::Unauthenticated(_) => StatusCode::UNAUTHORIZED,
            Problem::Forbidden(_) => StatusCode::FORBIDDEN,
            Problem::NotFound(_) => StatusCode::NOT_FOUND,
            Problem::MethodNotAllowed(_) => StatusCode::METHOD_NOT_ALLOWED,
            Problem::SessionExpired => session_expired(),
            Problem::Invalid(_) => StatusCode::UNPROCESSABLE_ENTITY,
            Problem::TooManyRequests(_) => StatusCode::TOO_MANY_REQUESTS,
            Problem::Broken(error) => {
                tracing::error!(%error, "the practice portal could not answer");
                StatusCode::INTERNAL_SERVER_ERROR
            }
        };
        let body = match &self {
            Problem::Invalid(errors) => json!({ "message": message, "errors": errors }),
            _ => json!({ "message": message }),
        };
        let mut response = (status, Json(body)).into_response();
        if let Problem::TooManyRequests(seconds) = self {
            response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(seconds));
        }
        response
    }
}

/// Laravel's own status for an expired session; HTTP has no name for it.
fn session_expired() -> StatusCode {
    StatusCode::from_u16(419).unwrap_or(StatusCode::UNAUTHORIZED)
}

/// The first message, and how many more there are.
fn summary(errors: &FieldErrors) -> String {
    let mut messages = errors.values().flatten();
    let first = messages.next().map_or("The given data was invalid.", String::as_str);
    match messages.count() {
        0 => first.to_owned(),
        1 => format!("{first} (and 1 more error)"),
        more => format!("{first} (and {more} more errors)"),
    }
}
