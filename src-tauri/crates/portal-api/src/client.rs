//! The connection: headers, timeouts, limits, the session's token, and one way to make a call.

use crate::answer::{self, Done, FileOrLink};
use crate::config::{Config, ConfigError, is_this_computer};
use crate::decode::{self, Wire};
use crate::fields::send::{Sent, query};
use crate::files::{Download, Pulse, Upload};
use crate::limits::{Gate, Place};
use crate::model::{Asked, Model};
use crate::operations::{Answer, Auth};
use crate::page::{Page, Record};
use crate::{ApiError, Operation, model};
use reqwest::{Method, Response, header};
use secrecy::{ExposeSecret, SecretString};
use serde_json::Value;
use std::fmt::Display;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, PoisonError, RwLock};
use std::time::{Duration, Instant};
use tokio::sync::{Mutex, watch};

/// A file comes as it is: compressed, it would have no length to measure its progress by.
const AS_IT_IS: &str = "identity";

/// A file may be of any kind; a refusal is JSON all the same.
const ANY_KIND: &str = "application/json, */*";

/// What a call is named by: see [`RequestIds`].
const REQUEST_ID: &str = "x-request-id";

/// The session's bearer token.
pub type Token = SecretString;

/// A portal, and the session with it. Cloning shares both. Dropping the future of a call cancels it.
#[derive(Clone)]
pub struct Portal {
    shared: Arc<Shared>,
}

struct Shared {
    config: Config,
    http: RwLock<reqwest::Client>,
    /// For files to the portal: the transport reckons its time from the beginning of a call, and a large file takes longer.
    uploads: reqwest::Client,
    /// For files behind a signed link elsewhere: it has neither key nor token.
    files: reqwest::Client,
    gate: Gate,
    request_ids: RequestIds,
    /// What answers in the place of the network.
    model: Option<Arc<dyn Model>>,
    token: watch::Sender<Option<Token>>,
    /// Held while a refresh runs, so that concurrent calls share one.
    refreshing: Mutex<()>,
}

/// One call, ready to be made (again).
pub(crate) struct Call<'a> {
    pub(crate) operation: Operation,
    /// Values of the path's parameters, in its order.
    pub(crate) path: &'a [String],
    pub(crate) query: &'a [(String, String)],
    pub(crate) body: Body<'a>,
}

/// A value of a parameter in a path.
pub(crate) type Key<'a> = &'a (dyn Display + Sync);

/// What a call sends.
#[derive(Clone, Copy)]
pub(crate) enum Body<'a> {
    Nothing,
    Json(&'a Value),
    File(&'a Upload),
}

impl<'a> From<Option<&'a Value>> for Body<'a> {
    fn from(value: Option<&'a Value>) -> Self {
        value.map_or(Body::Nothing, Body::Json)
    }
}

/// A 2xx answer whose body is still to come. It holds its place among the calls under way.
#[derive(Debug)]
pub(crate) struct Answered {
    pub(crate) response: Response,
    pub(crate) place: Place,
}

impl Portal {
    /// Sets the connection up; makes no call.
    ///
    /// # Errors
    /// [`ConfigError::ApiKey`], [`ConfigError::Header`], [`ConfigError::Authorities`] and [`ConfigError::Http`].
    pub fn new(config: &Config, token: Option<Token>) -> Result<Self, ConfigError> {
        // The process has one TLS provider; whoever comes first sets it, and it is this one everywhere.
        let _ = rustls::crypto::ring::default_provider().install_default();
        Ok(Self {
            shared: Arc::new(Shared {
                http: RwLock::new(transport(config, config.header_map()?, Some(config.read_timeout))?),
                uploads: transport(config, config.header_map()?, None)?,
                files: transport(config, header::HeaderMap::new(), Some(config.read_timeout))?,
                config: config.clone(),
                gate: Gate::new(config.limits),
                request_ids: RequestIds::new(),
                model: None,
                token: watch::Sender::new(token),
                refreshing: Mutex::new(()),
            }),
        })
    }

    /// A portal that is asked as this one, and whose calls a model answers: a session of its own, and no network.
    #[must_use]
    pub fn modelled(&self, model: Arc<dyn Model>, token: Option<Token>) -> Self {
        let Shared { config, http, uploads, files, .. } = &*self.shared;
        Self {
            shared: Arc::new(Shared {
                config: config.clone(),
                http: RwLock::new(http.read().unwrap_or_else(PoisonError::into_inner).clone()),
                uploads: uploads.clone(),
                files: files.clone(),
                gate: Gate::new(config.limits),
                request_ids: RequestIds::new(),
                model: Some(model),
                token: watch::Sender::new(token),
                refreshing: Mutex::new(()),
            }),
        }
    }

    /// The session's token as it changes: after sign-in, after each refresh, `None` once the session has ended.
    #[must_use]
    pub fn token(&self) -> watch::Receiver<Option<Token>> {
        self.shared.token.subscribe()
    }

    pub(crate) fn set_token(&self, token: Option<Token>) {
        self.shared.token.send_replace(token);
    }

    /// Method and path template of an operation in force here.
    #[must_use]
    pub fn route(&self, operation: Operation) -> (Method, &str) {
        self.shared.config.routes.of(operation)
    }

    /// Reads the record that a call answers.
    pub(crate) async fn one<W: Wire>(
        &self,
        operation: Operation,
        path: &[Key<'_>],
        asked: &impl Sent,
        body: &impl Sent,
    ) -> Result<Record<W>, ApiError> {
        let text = self.text(operation, path, asked, body).await?;
        decode::one(&text).map_err(|trouble| trouble.of(operation))
    }

    /// Reads the record that a call answers, unless it answers nothing.
    pub(crate) async fn maybe<W: Wire>(
        &self,
        operation: Operation,
        path: &[Key<'_>],
        asked: &impl Sent,
        body: &impl Sent,
    ) -> Result<Option<Record<W>>, ApiError> {
        let text = self.text(operation, path, asked, body).await?;
        if text.trim().is_empty() {
            return Ok(None);
        }
        decode::one(&text).map(Some).map_err(|trouble| trouble.of(operation))
    }

    /// Reads an answer that has no envelope.
    pub(crate) async fn whole<W: Wire>(
        &self,
        operation: Operation,
        path: &[Key<'_>],
        asked: &impl Sent,
        body: &impl Sent,
    ) -> Result<W, ApiError> {
        let text = self.text(operation, path, asked, body).await?;
        decode::whole(&text).map_err(|trouble| trouble.of(operation))
    }

    /// Reads the whole list that a call answers.
    pub(crate) async fn list<W: Wire>(
        &self,
        operation: Operation,
        path: &[Key<'_>],
        asked: &impl Sent,
        body: &impl Sent,
    ) -> Result<Page<W>, ApiError> {
        let text = self.text(operation, path, asked, body).await?;
        decode::page(&text).map_err(|trouble| trouble.of(operation))
    }

    /// Makes a call of which only the success matters.
    pub(crate) async fn done(
        &self,
        operation: Operation,
        path: &[Key<'_>],
        asked: &impl Sent,
        body: &impl Sent,
    ) -> Result<Done, ApiError> {
        self.text(operation, path, asked, body).await.map(|text| Done::read(&text))
    }

    async fn text(
        &self,
        operation: Operation,
        path: &[Key<'_>],
        asked: &impl Sent,
        body: &impl Sent,
    ) -> Result<String, ApiError> {
        let path: Vec<String> = path.iter().map(ToString::to_string).collect();
        let (query, body) = (query(asked), body.sent());
        let call = Call { operation, path: &path, query: &query, body: body.as_ref().into() };
        answer::text(operation, self.send(&call).await?).await
    }

    /// Reads one page of a list.
    pub(crate) async fn page<W: Wire>(
        &self,
        operation: Operation,
        path: &[String],
        query: Vec<(String, String)>,
        body: Option<&Value>,
    ) -> Result<Page<W>, ApiError> {
        let call = Call { operation, path, query: &query, body: body.into() };
        let text = answer::text(operation, self.send(&call).await?).await?;
        decode::page(&text).map_err(|trouble| trouble.of(operation))
    }

    /// Sends a file and reads the record that is made of it.
    pub(crate) async fn upload<W: Wire>(&self, operation: Operation, upload: &Upload) -> Result<Record<W>, ApiError> {
        let call = Call { operation, path: &[], query: &[], body: Body::File(upload) };
        let answered = self.send(&call).await?;
        let text = tokio::time::timeout(self.shared.config.upload_timeout, answer::text(operation, answered));
        let text = text.await.map_err(|_| ApiError::too_slow())??;
        decode::one(&text).map_err(|trouble| trouble.of(operation))
    }

    /// Begins to receive a file. A link that the portal answers instead is followed without key and token (oddity 5).
    pub(crate) async fn file(&self, operation: Operation, path: &[Key<'_>]) -> Result<Download, ApiError> {
        let path: Vec<String> = path.iter().map(ToString::to_string).collect();
        let call = Call { operation, path: &path, query: &[], body: Body::Nothing };
        match answer::link(operation, self.send(&call).await?).await? {
            FileOrLink::File(answered) => Ok(Download::new(answered)),
            FileOrLink::Link(address, place) => self.follow(operation, &address, place).await,
        }
    }

    async fn follow(&self, operation: Operation, address: &str, place: Place) -> Result<Download, ApiError> {
        let unreadable =
            |reason: &str| ApiError::Unreadable { operation, path: ".".to_owned(), reason: reason.to_owned() };
        let address =
            self.shared.config.base.join(address).map_err(|_| unreadable("the link to the file is not an address"))?;
        let stays = is_this_computer(&self.shared.config.base) && is_this_computer(&address);
        if address.scheme() != "https" && !stays {
            return Err(unreadable("the link to the file is not encrypted (https)"));
        }
        let started = Instant::now();
        let response = self
            .shared
            .files
            .get(address)
            .header(header::ACCEPT_ENCODING, AS_IT_IS)
            .send()
            .await
            .map_err(ApiError::transport)?;
        tracing::debug!(%operation, status = response.status().as_u16(), ms = milliseconds(started), "portal file");
        if response.status().is_success() {
            return Ok(Download::new(Answered { response, place }));
        }
        Err(answer::refusal(operation, Answered { response, place }).await)
    }

    /// Makes any call by its operation and answers the body as it came, for tools: values of the path's parameters in
    /// the order of [`Operation::parameters`], a query, and a JSON body.
    ///
    /// # Errors
    /// As every call: see [`ApiError`].
    pub async fn call(
        &self,
        operation: Operation,
        path: &[String],
        query: &[(String, String)],
        body: Option<&Value>,
    ) -> Result<Download, ApiError> {
        if operation.answer() == Answer::File {
            let path: Vec<Key<'_>> = path.iter().map(|value| value as Key<'_>).collect();
            return self.file(operation, &path).await;
        }
        self.send(&Call { operation, path, query, body: body.into() }).await.map(Download::new)
    }

    /// Makes a call, refreshing the session once when it is not accepted; answers a 2xx response or an error.
    pub(crate) async fn send(&self, call: &Call<'_>) -> Result<Answered, ApiError> {
        let token = self.shared.token.borrow().clone();
        let renewable = call.operation.auth() == Auth::Bearer && call.operation != Operation::RefreshToken;
        match self.attempt(call, token.as_ref()).await {
            Err(ApiError::SessionExpired(_)) if renewable && token.is_some() => {
                // Boxed, because a refresh is a call itself; it never refreshes.
                let fresh = Box::pin(self.refreshed(token.as_ref())).await?;
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
        match self.refresh_token().await {
            Ok(signed_in) => Ok(signed_in.token),
            Err(error) => {
                if matches!(error, ApiError::SessionExpired(_)) {
                    self.set_token(None);
                }
                Err(error)
            }
        }
    }

    /// Leaves all connections: on one that is an answer behind, every answer would be that to another call.
    fn begin_anew(&self) {
        let config = &self.shared.config;
        let anew = config.header_map().and_then(|headers| transport(config, headers, Some(config.read_timeout)));
        match anew {
            Ok(http) => *self.shared.http.write().unwrap_or_else(PoisonError::into_inner) = http,
            // Each further answer is looked at all the same.
            Err(error) => tracing::warn!(%error, "connections that answer wrongly could not be left"),
        }
    }

    /// One try: no refresh, no retry.
    pub(crate) async fn attempt(&self, call: &Call<'_>, token: Option<&Token>) -> Result<Answered, ApiError> {
        let operation = call.operation;
        let Some((method, path)) = self.shared.config.routes.resolve(operation, call.path) else {
            let message = "a key in the address is missing or would lead elsewhere".to_owned();
            return Err(ApiError::Refused { message, fields: crate::Fields::new() });
        };
        let place = self.shared.gate.enter().await?;
        let request_id = self.shared.request_ids.next();
        let base = self.shared.config.base.as_str().trim_end_matches('/');
        let http = match call.body {
            Body::File(_) => self.shared.uploads.clone(),
            Body::Json(_) | Body::Nothing => self.shared.http.read().unwrap_or_else(PoisonError::into_inner).clone(),
        };
        let mut request = http.request(method.clone(), format!("{base}{path}")).header(REQUEST_ID, &request_id);
        if method != Method::GET {
            // Whatever else comes on this connection is not taken for the answer to a later call.
            request = request.header(header::CONNECTION, "close");
        }
        if !call.query.is_empty() {
            request = request.query(call.query);
        }
        if operation.answer() == Answer::File {
            request = request.header(header::ACCEPT, ANY_KIND).header(header::ACCEPT_ENCODING, AS_IT_IS);
        }
        if operation.auth() == Auth::Bearer
            && let Some(token) = token
        {
            request = request.bearer_auth(token.expose_secret());
        }
        let pulse = Pulse::new();
        request = match call.body {
            Body::Json(value) => request.json(value),
            Body::File(upload) => request.multipart(upload.form(&pulse).await?),
            // Some servers refuse a POST without a length.
            Body::Nothing if method == Method::POST => request.header(header::CONTENT_LENGTH, 0),
            Body::Nothing => request,
        };
        let started = Instant::now();
        let answer = match (&self.shared.model, call.body) {
            (Some(server), _) => server.answer(Asked::of(call, token)).await.map(model::Answer::into_response),
            (None, Body::File(_)) => pulse.watch(request.send(), self.shared.config.upload_timeout).await,
            (None, Body::Json(_) | Body::Nothing) => request.send().await.map_err(ApiError::transport),
        };
        match answer {
            Ok(response) => {
                let ms = milliseconds(started);
                tracing::debug!(%operation, status = response.status().as_u16(), ms, %request_id, "portal call");
                if self.shared.request_ids.is_of_another(&response, &request_id) {
                    self.begin_anew();
                    let reason = "the answer to another call came";
                    return Err(ApiError::Unreachable { reason, nothing_sent: false, source: None });
                }
                let answered = Answered { response, place };
                let status = answered.response.status();
                // A file may be somewhere else: `Portal::file` follows.
                if status.is_success() || (status.is_redirection() && operation.answer() == Answer::File) {
                    return Ok(answered);
                }
                let error = answer::refusal(operation, answered).await;
                if let ApiError::TooManyRequests { retry_after: Some(wait) } = &error {
                    self.shared.gate.close_for(*wait);
                }
                Err(error)
            }
            Err(error) => {
                tracing::debug!(%operation, %error, ms = milliseconds(started), %request_id, "portal call");
                Err(error)
            }
        }
    }
}

/// Sets up the way to the portal.
fn transport(
    config: &Config,
    headers: header::HeaderMap,
    read_timeout: Option<Duration>,
) -> Result<reqwest::Client, ConfigError> {
    let mut builder = reqwest::Client::builder();
    if let Some(longest) = read_timeout {
        builder = builder.read_timeout(longest);
    }
    builder
        .default_headers(headers)
        .user_agent(concat!("DisputeDesk/", env!("CARGO_PKG_VERSION")))
        .connect_timeout(config.connect_timeout)
        .tls_certs_merge(config.certificates()?)
        // The key and the token go to the portal only, never to where it might redirect.
        .redirect(reqwest::redirect::Policy::none())
        .build()
        .map_err(ConfigError::Http)
}

/// Names calls, so that the answer to one is not taken for the answer to another, which may be about another client: a
/// proxy that answers twice puts its second answer before the next. Servers need not send the name back, and may send one
/// of their own.
struct RequestIds {
    /// What all names of this session begin with.
    session: String,
    next: AtomicU64,
}

impl RequestIds {
    fn new() -> Self {
        Self { session: uuid::Uuid::new_v4().to_string(), next: AtomicU64::new(1) }
    }

    fn next(&self) -> String {
        format!("{}-{}", self.session, self.next.fetch_add(1, Ordering::Relaxed))
    }

    fn is_of_another(&self, response: &Response, asked: &str) -> bool {
        let named = response.headers().get(REQUEST_ID).and_then(|name| name.to_str().ok());
        // Exactly one of ours: what a proxy makes of it is nobody's.
        let number = named.and_then(|named| named.strip_prefix(&self.session)?.strip_prefix('-')?.parse::<u64>().ok());
        number.is_some() && named != Some(asked)
    }
}

fn milliseconds(since: Instant) -> u64 {
    u64::try_from(since.elapsed().as_millis()).unwrap_or(u64::MAX)
}
