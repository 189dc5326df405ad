//! How to reach a portal.

use crate::Routes;
use reqwest::header::{HeaderName, HeaderValue};
use secrecy::{ExposeSecret, SecretString};
use std::time::Duration;
use url::Url;

/// How to reach a portal.
#[derive(Clone)]
pub struct Config {
    /// Base address with the version prefix, e.g. `https://portal.example.com/api`.
    pub base: Url,
    /// The company's `x-api-key`.
    pub api_key: SecretString,
    /// The routes in force.
    pub routes: Routes,
    /// Further headers of every call, such as a gateway's.
    pub headers: Vec<(String, SecretString)>,
    /// Certificates of authorities to trust beside the system's, as PEM text.
    pub authorities: Option<String>,
    /// Longest wait for a connection.
    pub connect_timeout: Duration,
    /// Longest wait for the next bytes of an answer.
    pub read_timeout: Duration,
    /// The longest wait for the next piece of a file to be taken, and for the answer after the last one. However long a file
    /// takes in all, it is not given up while it moves.
    pub upload_timeout: Duration,
    /// How hard the portal may be asked.
    pub limits: Limits,
}

/// How hard a portal may be asked. What the server itself asks for (`Retry-After`) is kept beside these.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Calls under way at once.
    pub concurrent: usize,
    /// Calls started in a minute, evenly; `None` for any number.
    pub per_minute: Option<u32>,
}

impl Default for Limits {
    fn default() -> Self {
        Self { concurrent: 6, per_minute: None }
    }
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
    /// A header cannot be sent, or is the desk's own.
    #[error("headers: {0:?} cannot be set: it is not a header, its value cannot be sent, or the desk sets it itself")]
    Header(String),
    /// The certificates cannot be read.
    #[error("ca: the file holds no certificate in PEM form")]
    Authorities,
    /// The HTTP stack could not start.
    #[error("the network could not be set up")]
    Http(#[source] reqwest::Error),
}

/// Headers that the desk sets itself.
const OWN_HEADERS: [&str; 8] = [
    "accept",
    "authorization",
    "content-length",
    "content-type",
    "host",
    "transfer-encoding",
    "x-api-key",
    "x-request-id",
];

impl Config {
    /// The usual configuration of a portal at this address.
    ///
    /// # Errors
    /// [`ConfigError::Address`] and [`ConfigError::Insecure`].
    pub fn new(address: &str, api_key: SecretString) -> Result<Self, ConfigError> {
        let mut base = Url::parse(address.trim().trim_end_matches('/'))?;
        match base.scheme() {
            _ if base.host().is_none() => return Err(ConfigError::Address(url::ParseError::EmptyHost)),
            "https" => {}
            "http" if is_this_computer(&base) => {}
            _ => return Err(ConfigError::Insecure),
        }
        base.set_query(None);
        base.set_fragment(None);
        Ok(Self {
            base,
            api_key,
            routes: Routes::default(),
            headers: Vec::new(),
            authorities: None,
            connect_timeout: Duration::from_secs(10),
            read_timeout: Duration::from_secs(30),
            upload_timeout: Duration::from_secs(120),
            limits: Limits::default(),
        })
    }

    /// The headers of every call, secrets marked as such.
    pub(crate) fn header_map(&self) -> Result<reqwest::header::HeaderMap, ConfigError> {
        let mut headers = reqwest::header::HeaderMap::new();
        for (name, value) in &self.headers {
            let bad = || ConfigError::Header(name.clone());
            let header = HeaderName::from_bytes(name.trim().as_bytes()).map_err(|_| bad())?;
            if OWN_HEADERS.contains(&header.as_str()) {
                return Err(bad());
            }
            headers.insert(header, secret(value).ok_or_else(bad)?);
        }
        headers.insert(reqwest::header::ACCEPT, HeaderValue::from_static("application/json"));
        headers.insert("x-api-key", secret(&self.api_key).ok_or(ConfigError::ApiKey)?);
        Ok(headers)
    }

    /// The certificates of [`Config::authorities`].
    pub(crate) fn certificates(&self) -> Result<Vec<reqwest::Certificate>, ConfigError> {
        let Some(pem) = &self.authorities else { return Ok(Vec::new()) };
        match reqwest::Certificate::from_pem_bundle(pem.as_bytes()) {
            Ok(certificates) if !certificates.is_empty() => Ok(certificates),
            _ => Err(ConfigError::Authorities),
        }
    }
}

fn secret(value: &SecretString) -> Option<HeaderValue> {
    let mut value = HeaderValue::from_str(value.expose_secret()).ok()?;
    value.set_sensitive(true);
    Some(value)
}

/// Whether an address stays on this computer.
pub(crate) fn is_this_computer(address: &Url) -> bool {
    match address.host() {
        Some(url::Host::Domain(name)) => name == "localhost",
        Some(url::Host::Ipv4(ip)) => ip.is_loopback(),
        Some(url::Host::Ipv6(ip)) => ip.is_loopback(),
        None => false,
    }
}
