//! What can go wrong with a call, and what a caller may do about it.

use crate::Operation;
use std::collections::BTreeMap;
use std::time::Duration;

/// Validation messages by field name (422).
pub type Fields = BTreeMap<String, Vec<String>>;

/// Whether and when the same call may be made again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Retry {
    /// It would fail the same way.
    Never,
    /// After a new sign-in.
    AfterSignIn,
    /// After the agent corrected what was sent.
    AfterEdit,
    /// Later: after the given time if the server named one.
    Later(Option<Duration>),
}

/// A call that did not bring what it was made for. Messages are the server's own words where it sent any; they are
/// shown to the agent and never logged.
#[derive(Debug, thiserror::Error)]
pub enum ApiError {
    /// No answer: refused, unresolved, cut, or too slow.
    #[error("the portal could not be reached ({reason})")]
    Unreachable {
        /// `connection refused or host not found`, `timed out`, `connection lost`.
        reason: &'static str,
        /// No connection was made, so nothing of the call left this computer.
        nothing_sent: bool,
        /// What the transport said, without the address; nothing when it was this computer that gave up.
        #[source]
        source: Option<reqwest::Error>,
    },
    /// 401 on a sign-in call: wrong e-mail or password.
    #[error("the portal does not accept these credentials: {0}")]
    WrongCredentials(String),
    /// 401 that one refresh did not cure, or 419.
    #[error("the session has ended: {0}")]
    SessionExpired(String),
    /// 403.
    #[error("the portal does not permit {operation}: {message}")]
    Forbidden {
        /// What was called.
        operation: Operation,
        /// The server's words.
        message: String,
    },
    /// 404 or 405: the record is gone, or the route is wrong.
    #[error("the portal has nothing at the route of {operation}: {message}")]
    NotFound {
        /// What was called.
        operation: Operation,
        /// The server's words.
        message: String,
    },
    /// 422 and 400.
    #[error("the portal refused the values: {message}")]
    Refused {
        /// The server's words.
        message: String,
        /// By field.
        fields: Fields,
    },
    /// 429.
    #[error("the portal asks to slow down")]
    TooManyRequests {
        /// `Retry-After`, when sent.
        retry_after: Option<Duration>,
    },
    /// 5xx, or a status that means nothing here.
    #[error("the portal failed at {operation} with status {status}")]
    Server {
        /// What was called.
        operation: Operation,
        /// HTTP status.
        status: u16,
        /// `Retry-After`, when sent.
        retry_after: Option<Duration>,
    },
    /// A 2xx answer that cannot be read.
    #[error("the portal's answer to {operation} cannot be read at {path}: {reason}")]
    Unreadable {
        /// What was called.
        operation: Operation,
        /// JSON path of what is wrong, `.` for the whole body.
        path: String,
        /// What is wrong, without the value.
        reason: String,
    },
}

impl ApiError {
    /// What a caller may do about it.
    #[must_use]
    pub fn retry(&self) -> Retry {
        match self {
            ApiError::Unreachable { .. } => Retry::Later(None),
            ApiError::TooManyRequests { retry_after } | ApiError::Server { retry_after, .. } => {
                Retry::Later(*retry_after)
            }
            ApiError::WrongCredentials(_) | ApiError::Refused { .. } => Retry::AfterEdit,
            ApiError::SessionExpired(_) => Retry::AfterSignIn,
            ApiError::Forbidden { .. } | ApiError::NotFound { .. } | ApiError::Unreadable { .. } => Retry::Never,
        }
    }

    pub(crate) fn transport(source: reqwest::Error) -> Self {
        let reason = if source.is_timeout() {
            "timed out"
        } else if source.is_connect() {
            "connection refused or host not found"
        } else {
            "connection lost"
        };
        // The address may carry a search text: it is dropped from the error.
        ApiError::Unreachable { reason, nothing_sent: source.is_connect(), source: Some(source.without_url()) }
    }

    /// Given up on by this computer, after something left it.
    pub(crate) fn too_slow() -> Self {
        ApiError::Unreachable { reason: "timed out", nothing_sent: false, source: None }
    }
}
