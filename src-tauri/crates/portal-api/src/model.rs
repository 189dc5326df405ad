//! A portal without a network: what answers calls in the place of a server.
//!
//! Everything but the transport is the real thing: routes, queries, tokens and their refresh, limits, `Retry-After`,
//! decoding. So a test plays any server on a clock of its own.

use crate::client::Call;
use crate::{ApiError, Operation, Token};
use futures::future::BoxFuture;

/// What answers calls in the place of a server.
pub trait Model: Send + Sync {
    /// Answers a call; [`ApiError::Unreachable`] is no answer. Dropped when the caller gives up.
    fn answer(&self, asked: Asked) -> BoxFuture<'_, Result<Answer, ApiError>>;
}

/// A call, as a model sees it: without its body.
#[derive(Clone)]
pub struct Asked {
    /// What is called.
    pub operation: Operation,
    /// Values of the path's parameters, in its order.
    pub path: Vec<String>,
    /// Names and values.
    pub query: Vec<(String, String)>,
    /// The session's.
    pub token: Option<Token>,
}

/// What a model says.
#[derive(Clone, Debug)]
pub struct Answer {
    /// HTTP status.
    pub status: u16,
    /// `Retry-After`, seconds.
    pub retry_after: Option<u64>,
    /// JSON, or not.
    pub body: String,
}

impl Asked {
    pub(crate) fn of(call: &Call<'_>, token: Option<&Token>) -> Self {
        Self { operation: call.operation, path: call.path.to_vec(), query: call.query.to_vec(), token: token.cloned() }
    }

    /// A value of the query.
    #[must_use]
    pub fn query(&self, name: &str) -> Option<&str> {
        self.query.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }
}

impl Answer {
    pub(crate) fn into_response(self) -> reqwest::Response {
        let mut response = http::Response::new(self.body);
        *response.status_mut() = http::StatusCode::from_u16(self.status).unwrap_or_default();
        if let Some(seconds) = self.retry_after {
            response.headers_mut().insert(http::header::RETRY_AFTER, seconds.into());
        }
        response.into()
    }
}
