//! What an answer means before it is decoded: refusals, bodies as text, messages, links to files.

use crate::client::Answered;
use crate::limits::Place;
use crate::operations::Auth;
use crate::{ApiError, Fields, Operation};
use reqwest::{StatusCode, header};
use serde_json::Value;
use std::time::Duration;

/// The longest answer that is read into memory, bytes. Files are streamed and not bound by it.
const LONGEST_ANSWER: usize = 64 * 1024 * 1024;

/// The longest answer that is looked through for a link to a file, bytes.
const LONGEST_LINK: u64 = 16 * 1024;

/// A call of which only the success matters.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Done {
    /// What the server says of it; may be empty.
    pub message: String,
}

impl Done {
    /// Reads `{message}`; any other 2xx body is a success without words (oddities 6, 22).
    pub(crate) fn read(body: &str) -> Self {
        Self { message: words(body).0 }
    }
}

/// What a file operation answered.
pub(crate) enum FileOrLink {
    File(Answered),
    Link(String, Place),
}

/// The error that a non-2xx answer means.
pub(crate) async fn refusal(operation: Operation, answered: Answered) -> ApiError {
    let status = answered.response.status();
    let retry_after = retry_after(answered.response.headers());
    let (message, fields) = match text(operation, answered).await {
        Ok(body) => words(&body),
        // An unreadable error body leaves the status, which says enough.
        Err(_) => (String::new(), Fields::new()),
    };
    let or = |default: &str| if message.is_empty() { default.to_owned() } else { message.clone() };
    match status.as_u16() {
        401 if matches!(operation, Operation::Login | Operation::LoginSocialite) => {
            ApiError::WrongCredentials(or("check e-mail and password"))
        }
        // Before any session there is only the key to be wrong.
        401 if operation.auth() == Auth::ApiKey => {
            let message = or("the API key is not accepted");
            ApiError::Refused { fields: [("api_key".to_owned(), vec![message.clone()])].into(), message }
        }
        401 | 419 => ApiError::SessionExpired(or("sign in again")),
        403 => ApiError::Forbidden { operation, message: or("a permission is missing") },
        404 | 405 | 410 => ApiError::NotFound { operation, message: or("not found") },
        429 => ApiError::TooManyRequests { retry_after },
        300..=399 => ApiError::Unreadable {
            operation,
            path: ".".into(),
            reason: "the answer is a redirect; check the portal address".into(),
        },
        413 => ApiError::Refused { message: or("what was sent is too large for the portal"), fields },
        400..=499 if status != StatusCode::REQUEST_TIMEOUT => {
            ApiError::Refused { message: or("some values are not accepted"), fields }
        }
        status => ApiError::Server { operation, status, retry_after },
    }
}

/// `Retry-After` in seconds or as an HTTP date.
fn retry_after(headers: &header::HeaderMap) -> Option<Duration> {
    let text = headers.get(header::RETRY_AFTER)?.to_str().ok()?.trim();
    if let Ok(seconds) = text.parse::<u64>() {
        return Some(Duration::from_secs(seconds));
    }
    let at = jiff::fmt::rfc2822::parse(text).ok()?.timestamp();
    let wait = at.duration_since(jiff::Timestamp::now());
    Some(Duration::try_from(wait).unwrap_or(Duration::ZERO))
}

/// The server's message and its field messages. The key of the field map is lost in the documentation (oddity 9):
/// `errors` as in Laravel, else the first object.
fn words(body: &str) -> (String, Fields) {
    let Ok(Value::Object(map)) = serde_json::from_str(body) else { return (String::new(), Fields::new()) };
    let message = map.get("message").and_then(Value::as_str).unwrap_or_default().to_owned();
    let errors = map.get("errors").or_else(|| map.values().find(|value| value.is_object()));
    let mut fields = Fields::new();
    if let Some(Value::Object(errors)) = errors {
        for (field, messages) in errors {
            let messages = match messages {
                Value::Array(list) => list.iter().filter_map(Value::as_str).map(str::to_owned).collect(),
                Value::String(one) => vec![one.clone()],
                _ => continue,
            };
            fields.insert(field.clone(), messages);
        }
    }
    (message, fields)
}

/// The whole body as text, within [`LONGEST_ANSWER`]; empty for 204 whatever it carries (oddity 22).
pub(crate) async fn text(operation: Operation, answered: Answered) -> Result<String, ApiError> {
    let unreadable = |reason: &str| ApiError::Unreadable { operation, path: ".".to_owned(), reason: reason.to_owned() };
    let Answered { mut response, place: _place } = answered;
    let success = response.status().is_success();
    if response.status() == StatusCode::NO_CONTENT {
        return Ok(String::new());
    }
    if success && kind(&response).starts_with("text/html") {
        return Err(unreadable("the answer is a web page, not data; check the portal address"));
    }
    let mut bytes = Vec::new();
    while let Some(chunk) = response.chunk().await.map_err(ApiError::transport)? {
        if bytes.len() + chunk.len() > LONGEST_ANSWER {
            return Err(unreadable("the answer is longer than 64 MB"));
        }
        bytes.extend_from_slice(&chunk);
    }
    match String::from_utf8(bytes) {
        Ok(text) => Ok(text.strip_prefix('\u{feff}').map(str::to_owned).unwrap_or(text)),
        Err(_) => Err(unreadable("the answer is not UTF-8 text")),
    }
}

/// Tells a file from a redirect, and from a short JSON answer `{url}` that says where the file is (oddity 5).
pub(crate) async fn link(operation: Operation, answered: Answered) -> Result<FileOrLink, ApiError> {
    if answered.response.status().is_redirection() {
        let location = answered.response.headers().get(header::LOCATION).and_then(|value| value.to_str().ok());
        return match location.map(str::to_owned) {
            Some(address) => Ok(FileOrLink::Link(address, answered.place)),
            None => Err(refusal(operation, answered).await),
        };
    }
    let kind = kind(&answered.response);
    if kind.starts_with("text/html") {
        let reason = "the answer is a web page, not a file; check the portal address".to_owned();
        return Err(ApiError::Unreadable { operation, path: ".".to_owned(), reason });
    }
    let short = answered.response.content_length().is_some_and(|length| length <= LONGEST_LINK);
    if !kind.starts_with("application/json") || !short {
        return Ok(FileOrLink::File(answered));
    }
    let Answered { response, place } = answered;
    let status = response.status();
    let headers = response.headers().clone();
    let bytes = response.bytes().await.map_err(ApiError::transport)?;
    let json: Option<Value> = serde_json::from_slice(&bytes).ok();
    let link = json.as_ref().and_then(|json| {
        let inner = json.get("data").unwrap_or(json);
        ["url", "downloadUrl"].iter().find_map(|key| inner.get(key)?.as_str().map(str::to_owned))
    });
    match link {
        Some(address) => Ok(FileOrLink::Link(address, place)),
        None => {
            // A JSON file after all: it is handed on as it came.
            let mut again = http::Response::new(bytes);
            *again.status_mut() = status;
            *again.headers_mut() = headers;
            Ok(FileOrLink::File(Answered { response: again.into(), place }))
        }
    }
}

pub(crate) fn kind(response: &reqwest::Response) -> String {
    let kind = response.headers().get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok());
    kind.unwrap_or_default().to_ascii_lowercase()
}
