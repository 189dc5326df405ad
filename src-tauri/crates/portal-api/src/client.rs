//! The connection: headers, timeouts, the session's token, and one way to make a call.

use crate::decode::{self, Wire};
use crate::error::{ApiError, Fields};
use crate::page::{Page, PageRequest, Record};
use crate::routes::{Operation, Routes};
use reqwest::{Method, Response, StatusCode, header};
use secrecy::{ExposeSecret, SecretString};
use serde::Serialize;
use std::sync::Arc;
use std::time::{Duration, Instant};
use tokio::sync::{Mutex, watch};
use url::Url;

/// The session's bearer token.
pub type Token = SecretString;

/// The longest answer that is read into memory, bytes. Files are streamed and not bound by it.
const LONGEST_ANSWER: usize = 64 * 1024 * 1024;

/// How to reach a portal.
#[derive(Clone)]
pub struct Config {
    /// Base address with the version prefix, e.g. `https://portal.example.com/api`.
    pub base: Url,
    /// The company's `x-api-key`.
    pub api_key: SecretString,
    /// The routes in force.
    pub routes: Routes,
    /// Longest wait for a connection.
    pub connect_timeout: Duration,
    /// Longest wait for the next bytes of an answer.
    pub read_timeout: Duration,
}

/// Why a portal cannot be talked to as configured.
#[derive(Debug, thiserror::Error)]
pub enum ConfigError {
    /// The address is not a web address.
    #[error("the portal address is not a web address: {0}")]
    Address(#[from] url::ParseError),
    /// The address is neither https nor on this computer.
    #[error("the portal address must start with https:// (plain http is accepted for this computer only)")]
    Insecure,
    /// The key has characters that a header cannot carry.
    #[error("the API key has characters that cannot be sent; paste it again without spaces or line breaks")]
    ApiKey,
    /// The HTTP stack could not start.
    #[error("the network could not be set up")]
    Http(#[source] reqwest::Error),
}

impl Config {
    /// The usual configuration of a portal at this address.
    ///
    /// # Errors
    /// [`ConfigError::Address`] and [`ConfigError::Insecure`].
    pub fn new(address: &str, api_key: SecretString) -> Result<Self, ConfigError> {
        let mut base = Url::parse(address.trim().trim_end_matches('/'))?;
        let local = match base.host() {
            Some(url::Host::Domain(name)) => name == "localhost",
            Some(url::Host::Ipv4(ip)) => ip.is_loopback(),
            Some(url::Host::Ipv6(ip)) => ip.is_loopback(),
            None => return Err(ConfigError::Address(url::ParseError::EmptyHost)),
        };
        match base.scheme() {
            "https" => {}
            "http" if local => {}
            _ => return Err(ConfigError::Insecure),
        }
        base.set_query(None);
        base.set_fragment(None);
        Ok(Self {
            base,
            api_key,
            routes: Routes::default(),
            connect_timeout: Duration::from_secs(10),
            read_timeout: Duration::from_secs(30),
        })
    }
}

/// A portal, and the session with it. Cloning shares both.
#[derive(Clone)]
pub struct Portal {
    shared: Arc<Shared>,
}

struct Shared {
    http: reqwest::Client,
    base: String,
    routes: Routes,
    token: watch::Sender<Option<Token>>,
    /// Held while a refresh runs, so that concurrent calls share one.
    refreshing: Mutex<()>,
}

/// How a call is authorised.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Auth {
    /// `x-api-key` only: the sign-in calls.
    ApiKey,
    /// `x-api-key` and the bearer token.
    Bearer,
}

/// One call, ready to be made (again).
pub(crate) struct Call<'a, B: Serialize = ()> {
    pub(crate) operation: Operation,
    pub(crate) parameters: &'a [&'a str],
    pub(crate) query: Vec<(&'static str, String)>,
    pub(crate) body: Option<&'a B>,
    pub(crate) auth: Auth,
}

impl Call<'_> {
    pub(crate) fn get(operation: Operation) -> Self {
        Self { operation, parameters: &[], query: Vec::new(), body: None, auth: Auth::Bearer }
    }
}

impl Portal {
    /// Sets the connection up; makes no call.
    ///
    /// # Errors
    /// [`ConfigError::ApiKey`] and [`ConfigError::Http`].
    pub fn new(config: &Config, token: Option<Token>) -> Result<Self, ConfigError> {
        // The process has one TLS provider; whoever comes first sets it, and it is this one everywhere.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let mut headers = header::HeaderMap::new();
        headers.insert(header::ACCEPT, header::HeaderValue::from_static("application/json"));
        let mut key = header::HeaderValue::from_str(config.api_key.expose_secret()).map_err(|_| ConfigError::ApiKey)?;
        key.set_sensitive(true);
        headers.insert("x-api-key", key);
        let http = reqwest::Client::builder()
            .default_headers(headers)
            .user_agent(concat!("DisputeDesk/", env!("CARGO_PKG_VERSION")))
            .connect_timeout(config.connect_timeout)
            .read_timeout(config.read_timeout)
            // The key and the token go to the portal only, never to where it might redirect.
            .redirect(reqwest::redirect::Policy::none())
            .build()
            .map_err(ConfigError::Http)?;
        Ok(Self {
            shared: Arc::new(Shared {
                http,
                base: config.base.as_str().trim_end_matches('/').to_owned(),
                routes: config.routes.clone(),
                token: watch::Sender::new(token),
                refreshing: Mutex::new(()),
            }),
        })
    }

    /// The session's token as it changes: after sign-in, after each refresh, `None` once the session has ended.
    #[must_use]
    pub fn token(&self) -> watch::Receiver<Option<Token>> {
        self.shared.token.subscribe()
    }

    pub(crate) fn set_token(&self, token: Option<Token>) {
        self.shared.token.send_replace(token);
    }

    /// Makes a call and decodes the record it answers.
    pub(crate) async fn record<W: Wire, B: Serialize>(&self, call: Call<'_, B>) -> Result<Record<W::Value>, ApiError> {
        let operation = call.operation;
        self.decoded(call, |body| decode::record::<W>(body).map_err(|trouble| trouble.of(operation))).await
    }

    /// Makes a call and decodes the page it answers.
    pub(crate) async fn page<W: Wire>(&self, call: Call<'_>) -> Result<Page<W::Value>, ApiError> {
        let operation = call.operation;
        self.decoded(call, |body| decode::page::<W>(body).map_err(|trouble| trouble.of(operation))).await
    }

    /// Lists one page of an operation that takes nothing but the page.
    pub(crate) async fn list<W: Wire>(
        &self,
        operation: Operation,
        page: PageRequest,
    ) -> Result<Page<W::Value>, ApiError> {
        self.page::<W>(Call { query: page.query(), ..Call::get(operation) }).await
    }

    /// Makes a call and hands its body text to `decode`.
    pub(crate) async fn decoded<T, B: Serialize>(
        &self,
        call: Call<'_, B>,
        decode: impl FnOnce(&str) -> Result<T, ApiError>,
    ) -> Result<T, ApiError> {
        let operation = call.operation;
        let response = self.send(&call).await?;
        let body = text(operation, response).await?;
        decode(&body)
    }

    /// Makes a call, refreshing the session once when it is not accepted; answers a 2xx response or an error.
    pub(crate) async fn send<B: Serialize>(&self, call: &Call<'_, B>) -> Result<Response, ApiError> {
        let token = self.shared.token.borrow().clone();
        match self.attempt(call, token.as_ref()).await {
            Err(ApiError::SessionExpired(_)) if call.auth == Auth::Bearer && token.is_some() => {
                let fresh = self.refreshed(token.as_ref()).await?;
                self.attempt(call, Some(&fresh)).await
            }
            other => other,
        }
    }

    /// A token other than `stale`: another call's refresh if one happened meanwhile, else a refresh of our own.
    async fn refreshed(&self, stale: Option<&Token>) -> Result<Token, ApiError> {
        let _alone = self.shared.refreshing.lock().await;
        let current = self.shared.token.borrow().clone();
        match (&current, stale) {
            (Some(current), Some(stale)) if current.expose_secret() != stale.expose_secret() => {
                return Ok(current.clone());
            }
            (None, _) => return Err(ApiError::SessionExpired("signed out".to_owned())),
            (Some(_), _) => {}
        }
        match self.refresh_with(current.as_ref()).await {
            Ok(signed_in) => {
                let token = signed_in.token;
                self.set_token(Some(token.clone()));
                Ok(token)
            }
            Err(error) => {
                if matches!(error, ApiError::SessionExpired(_) | ApiError::WrongCredentials(_)) {
                    self.set_token(None);
                }
                Err(error)
            }
        }
    }

    /// One try: no refresh, no retry.
    pub(crate) async fn attempt<B: Serialize>(
        &self,
        call: &Call<'_, B>,
        token: Option<&Token>,
    ) -> Result<Response, ApiError> {
        let operation = call.operation;
        let (method, path) = self.shared.routes.resolve(operation, call.parameters);
        let request_id = uuid::Uuid::new_v4();
        let mut request = self
            .shared
            .http
            .request(method.clone(), format!("{}{path}", self.shared.base))
            .header("x-request-id", request_id.to_string());
        if !call.query.is_empty() {
            request = request.query(&call.query);
        }
        if call.auth == Auth::Bearer
            && let Some(token) = token
        {
            request = request.bearer_auth(token.expose_secret());
        }
        if let Some(body) = call.body {
            request = request.json(body);
        } else if method == Method::POST {
            // Some servers refuse a POST without a length.
            request = request.header(header::CONTENT_LENGTH, 0);
        }
        let started = Instant::now();
        let outcome = request.send().await;
        let ms = u64::try_from(started.elapsed().as_millis()).unwrap_or(u64::MAX);
        match outcome {
            Ok(response) => {
                tracing::debug!(%operation, status = response.status().as_u16(), ms, %request_id, "portal call");
                if response.status().is_success() { Ok(response) } else { Err(refusal(call, response).await) }
            }
            Err(error) => {
                let error = ApiError::transport(error);
                tracing::debug!(%operation, %error, ms, %request_id, "portal call");
                Err(error)
            }
        }
    }
}

/// The error a non-2xx answer means.
async fn refusal<B: Serialize>(call: &Call<'_, B>, response: Response) -> ApiError {
    let operation = call.operation;
    let status = response.status();
    let retry_after = retry_after(response.headers());
    let (message, fields) = match text(operation, response).await {
        Ok(body) => words(&body),
        // An unreadable error body leaves the status, which says enough.
        Err(_) => (String::new(), Fields::new()),
    };
    let or = |default: &str| if message.is_empty() { default.to_owned() } else { message.clone() };
    match status.as_u16() {
        401 if call.auth == Auth::ApiKey && operation == Operation::Login => {
            ApiError::WrongCredentials(or("check e-mail and password"))
        }
        401 | 419 => ApiError::SessionExpired(or("sign in again")),
        403 => ApiError::Forbidden { operation, message: or("a permission is missing") },
        404 | 405 | 410 => ApiError::NotFound { operation, message: or("not found") },
        400 | 422 => ApiError::Refused { message: or("some values are not accepted"), fields },
        429 => ApiError::TooManyRequests { retry_after },
        300..=399 => ApiError::Unreadable {
            operation,
            path: ".".into(),
            reason: "the answer is a redirect; check the portal address".into(),
        },
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
    let Ok(serde_json::Value::Object(map)) = serde_json::from_str(body) else { return (String::new(), Fields::new()) };
    let message = map.get("message").and_then(|value| value.as_str()).unwrap_or_default().to_owned();
    let errors = map.get("errors").or_else(|| map.values().find(|value| value.is_object()));
    let mut fields = Fields::new();
    if let Some(serde_json::Value::Object(errors)) = errors {
        for (field, messages) in errors {
            let messages = match messages {
                serde_json::Value::Array(list) => list.iter().filter_map(|m| m.as_str()).map(str::to_owned).collect(),
                serde_json::Value::String(one) => vec![one.clone()],
                _ => continue,
            };
            fields.insert(field.clone(), messages);
        }
    }
    (message, fields)
}

/// The whole body as text, within [`LONGEST_ANSWER`].
pub(crate) async fn text(operation: Operation, mut response: Response) -> Result<String, ApiError> {
    let unreadable = |reason: &str| ApiError::Unreadable { operation, path: ".".to_owned(), reason: reason.to_owned() };
    let success = response.status().is_success();
    if success && response.status() == StatusCode::NO_CONTENT {
        return Ok(String::new());
    }
    let kind = response
        .headers()
        .get(header::CONTENT_TYPE)
        .and_then(|value| value.to_str().ok())
        .unwrap_or_default()
        .to_ascii_lowercase();
    if success && kind.starts_with("text/html") {
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
