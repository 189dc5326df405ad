//! What a deployment sets for its portal, in `settings.toml` beside the cache: read once at the start, never written.
//!
//! Everything in it is optional. A wrong file keeps the desk from starting, with the row named: a desk that guesses
//! where to send letters is worse than one that does not start.
//!
//! ```toml
//! [portal]
//! address = "https://portal.example.com/api"   # offered at sign-in
//! ca = "company-ca.pem"                        # trusted beside the system's; beside this file, or a full path
//!
//! [portal.headers]                             # of every call
//! X-Gateway = "..."
//!
//! [portal.limits]
//! concurrent = 6                               # calls at once
//! per_minute = 300                             # calls a minute
//!
//! [portal.routes]                              # operations whose inferred route is wrong
//! listClients = "GET /v2/clients"
//!
//! [outbox]
//! quiet_seconds = 180                          # longer than the portal's longest request
//!
//! [gate]                                        # before a letter goes out: off, warn or block, and limits
//! review_missing = "block"
//! address_proof_days = 60
//!
//! [letters]
//! envelope = "single"                           # its windows: "single" (#10), "double" or "none"
//! fold_marks = true                             # short marks at the left edge
//!
//! [letters.window]                              # other measures of the recipient's window, in inches
//! left = 0.875
//! bottom = 0.5
//! width = 4.5
//! height = 1.125
//! fold = 3.6667                                 # from the sheet's top edge to its first fold
//!
//! [letters.company]                             # what [CompanyName] and the like print
//! name = "Clear Credit LLC"
//! address = "1 Main Street, Boise, ID 83702"
//!
//! [azure]                                      # "Sign in with Microsoft"
//! authorize = "https://login.microsoftonline.com/<tenant>/oauth2/v2.0/authorize"
//! client_id = "..."
//! ```

use crate::Error;
use ::letters::Company;
use domain::gate::{GateTable, Rule, Severity};
use domain::outbox::Rules;
use domain::{Envelope, Window};
use jiff::SignedDuration;
use portal_api::azure::Application;
use portal_api::{Config, Limits, Portal, Routes};
use secrecy::SecretString;
use serde::Deserialize;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use url::Url;

/// Beside the folders of the caches.
pub(crate) const FILE: &str = "settings.toml";

/// What a deployment set.
#[derive(Clone, Default)]
pub(crate) struct Settings {
    /// There is such a file.
    pub(crate) found: bool,
    /// The portal's address, offered at sign-in.
    pub(crate) address: Option<String>,
    /// The company's application at Azure.
    pub(crate) azure: Option<Application>,
    /// The routes in force.
    pub(crate) routes: Routes,
    /// How the company weighs the rules of the gate.
    pub(crate) gate: GateTable,
    /// What all letters share.
    pub(crate) letters: LetterSettings,
    headers: Vec<(String, SecretString)>,
    authorities: Option<String>,
    limits: Limits,
    quiet: Option<SignedDuration>,
}

/// What all letters share.
#[derive(Clone, Debug, Default)]
pub(crate) struct LetterSettings {
    /// What they are mailed in.
    pub(crate) envelope: Envelope,
    /// They show where they are folded.
    pub(crate) fold_marks: bool,
    /// The company, as they name it.
    pub(crate) company: Option<Company>,
}

#[derive(Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct Document {
    portal: PortalTable,
    outbox: OutboxTable,
    gate: BTreeMap<String, GateValue>,
    letters: LettersTable,
    azure: Option<AzureTable>,
}

#[derive(Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct LettersTable {
    envelope: EnvelopeName,
    fold_marks: bool,
    window: Option<WindowTable>,
    company: Option<CompanyTable>,
}

#[derive(Clone, Copy, Default, Deserialize)]
#[serde(rename_all = "snake_case")]
enum EnvelopeName {
    None,
    #[default]
    Single,
    Double,
}

#[derive(Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct WindowTable {
    left: Option<f32>,
    bottom: Option<f32>,
    width: Option<f32>,
    height: Option<f32>,
    fold: Option<f32>,
}

#[derive(Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct CompanyTable {
    name: String,
    address: String,
    phone: String,
    fax: String,
}

/// A rule's weight or a limit's value.
#[derive(Deserialize)]
#[serde(untagged)]
enum GateValue {
    Limit(u16),
    Weight(String),
}

#[derive(Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct PortalTable {
    address: Option<String>,
    ca: Option<PathBuf>,
    headers: BTreeMap<String, SecretString>,
    limits: LimitsTable,
    routes: BTreeMap<String, String>,
}

#[derive(Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct OutboxTable {
    quiet_seconds: Option<u32>,
}

#[derive(Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct LimitsTable {
    concurrent: Option<usize>,
    per_minute: Option<u32>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct AzureTable {
    authorize: Url,
    client_id: String,
}

impl Settings {
    /// Reads the folder's settings; a folder without any has none.
    ///
    /// # Errors
    /// [`Error::Settings`] names the file and the row.
    pub(crate) async fn read(folder: &Path) -> Result<Self, Error> {
        let path = folder.join(FILE);
        let wrong = |reason: String| Error::Settings { path: path.clone(), reason };
        let text = match tokio::fs::read_to_string(&path).await {
            Ok(text) => text,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(Self::default()),
            Err(error) => return Err(wrong(error.to_string())),
        };
        let Document { portal, outbox, gate, letters, azure } =
            toml::from_str(&text).map_err(|error| wrong(row(&text, &error)))?;
        let rows = portal.routes.iter().map(|(operation, route)| (operation.as_str(), route.as_str()));
        let routes = Routes::with_overrides(rows).map_err(|error| wrong(format!("portal.{error}")))?;
        let authorities = match &portal.ca {
            // A full path stays as it is.
            Some(file) => Some(
                tokio::fs::read_to_string(folder.join(file))
                    .await
                    .map_err(|error| wrong(format!("portal.ca = {}: {error}", file.display())))?,
            ),
            None => None,
        };
        if let Some(azure) = &azure
            && azure.authorize.scheme() != "https"
            && azure.authorize.host_str() != Some("127.0.0.1")
        {
            return Err(wrong("azure.authorize must start with https://".to_owned()));
        }
        if outbox.quiet_seconds.is_some_and(|seconds| seconds < 60) {
            return Err(wrong(
                "outbox.quiet_seconds must be longer than the portal's longest request: 60 at least".to_owned(),
            ));
        }
        let gate = gate_table(&gate).map_err(wrong)?;
        let letters = letter_settings(letters).map_err(wrong)?;
        let usual = Limits::default();
        let settings = Self {
            found: true,
            address: portal.address,
            azure: azure.map(|azure| Application { authorize: azure.authorize, client_id: azure.client_id }),
            routes,
            gate,
            letters,
            headers: portal.headers.into_iter().collect(),
            quiet: outbox.quiet_seconds.map(|seconds| SignedDuration::from_secs(i64::from(seconds))),
            authorities,
            limits: Limits {
                concurrent: portal.limits.concurrent.unwrap_or(usual.concurrent),
                per_minute: portal.limits.per_minute.or(usual.per_minute),
            },
        };
        // Now, not at the first sign-in: the address, the headers and the certificates are tried.
        let address = settings.address.as_deref().unwrap_or("https://portal.invalid");
        let config = settings
            .config(address, SecretString::default())
            .map_err(|error| wrong(format!("portal.address: {error}")))?;
        Portal::new(&config, None).map_err(|error| wrong(format!("portal.{error}")))?;
        Ok(settings)
    }

    /// How long the outbox waits; the quiet period is longer than the portal's longest request.
    pub(crate) fn paced(&self, usual: Rules) -> Rules {
        Rules { quiet: self.quiet.unwrap_or(usual.quiet), ..usual }
    }

    /// How hard the portal may be asked.
    pub(crate) fn limits(&self) -> Limits {
        self.limits
    }

    /// Headers of every call, by name: their values may be secrets.
    pub(crate) fn header_names(&self) -> impl Iterator<Item = &str> {
        self.headers.iter().map(|(name, _)| name.as_str())
    }

    /// Certificates are trusted beside the system's.
    pub(crate) fn has_authorities(&self) -> bool {
        self.authorities.is_some()
    }

    /// How to reach the portal at this address, as the deployment wants it reached.
    ///
    /// # Errors
    /// The address is not one.
    pub(crate) fn config(&self, address: &str, api_key: SecretString) -> Result<Config, portal_api::ConfigError> {
        Ok(Config {
            routes: self.routes.clone(),
            headers: self.headers.clone(),
            authorities: self.authorities.clone(),
            limits: self.limits,
            ..Config::new(address, api_key)?
        })
    }
}

fn letter_settings(table: LettersTable) -> Result<LetterSettings, String> {
    let mut envelope = match table.envelope {
        EnvelopeName::None => Envelope::None,
        EnvelopeName::Single => Envelope::default(),
        EnvelopeName::Double => Envelope::double_window(),
    };
    if let Some(measures) = table.window {
        match &mut envelope {
            Envelope::None => return Err("letters.window: an envelope without a window has no measures".to_owned()),
            Envelope::SingleWindow(window) | Envelope::DoubleWindow { recipient: window, .. } => {
                *window = Window {
                    left: measures.left.unwrap_or(window.left),
                    bottom: measures.bottom.unwrap_or(window.bottom),
                    width: measures.width.unwrap_or(window.width),
                    height: measures.height.unwrap_or(window.height),
                    fold: measures.fold.unwrap_or(window.fold),
                    ..*window
                };
            }
        }
    }
    envelope.check().map_err(|error| format!("letters.window: {error}"))?;
    let company = table.company.map(|company| Company {
        name: company.name,
        address: company.address,
        phone: company.phone,
        fax: company.fax,
    });
    Ok(LetterSettings { envelope, fold_marks: table.fold_marks, company })
}

/// The gate as the company weighs it.
fn gate_table(rows: &BTreeMap<String, GateValue>) -> Result<GateTable, String> {
    let mut table = GateTable::default();
    for (name, value) in rows {
        match value {
            GateValue::Limit(value) => {
                table.set_limit(name, *value).map_err(|error| match (error.least, error.most) {
                    (0, 0) => format!("gate.{name} is not a limit of the gate"),
                    _ => format!("gate.{error}"),
                })?;
            }
            GateValue::Weight(weight) => {
                let rule = Rule::from_code(name).ok_or_else(|| format!("gate.{name} is not a rule of the gate"))?;
                let severity = Severity::from_code(weight)
                    .ok_or_else(|| format!("gate.{name} must be \"off\", \"warn\" or \"block\""))?;
                table.set_severity(rule, severity);
            }
        }
    }
    Ok(table)
}

/// A TOML error in one line, with the row it is about; values may be secrets and are not repeated.
fn row(text: &str, error: &toml::de::Error) -> String {
    let line = error.span().map(|span| text.bytes().take(span.start).filter(|byte| *byte == b'\n').count() + 1);
    let said = error.message().lines().next().unwrap_or_default();
    match line {
        Some(line) => format!("line {line}: {said}"),
        None => said.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    async fn read(text: &str) -> Result<Settings, String> {
        let folder = tempfile::TempDir::new().unwrap();
        std::fs::write(folder.path().join(FILE), text).unwrap();
        Settings::read(folder.path()).await.map_err(|error| error.to_string())
    }

    #[tokio::test]
    async fn a_folder_without_settings_has_the_usual_ones() {
        let folder = tempfile::TempDir::new().unwrap();
        let settings = Settings::read(folder.path()).await.unwrap();
        let config = settings.config("https://portal.example.com/api", "k".into()).unwrap();
        assert_eq!((config.limits, config.headers.len()), (Limits::default(), 0));
        assert!(read("").await.is_ok());
    }

    #[tokio::test]
    async fn everything_that_is_set_reaches_the_connection() {
        let text = r#"
            [portal]
            address = "https://portal.example.com/api"
            [portal.headers]
            X-Gateway = "secret"
            [portal.limits]
            per_minute = 120
            [portal.routes]
            listClients = "GET /v2/clients"
            [gate]
            review_missing = "block"
            fax_pages = 12
            [letters]
            envelope = "double"
            fold_marks = true
            [letters.company]
            name = "Clear Credit LLC"
            [azure]
            authorize = "https://login.example.com/authorize"
            client_id = "app"
        "#;
        let settings = read(text).await.unwrap();
        assert_eq!(settings.address.as_deref(), Some("https://portal.example.com/api"));
        assert_eq!(settings.azure.as_ref().unwrap().client_id, "app");
        assert_eq!(settings.gate.severity(Rule::ReviewMissing), Severity::Block);
        assert!(settings.letters.fold_marks && matches!(settings.letters.envelope, Envelope::DoubleWindow { .. }));
        assert_eq!(settings.letters.company.as_ref().unwrap().name, "Clear Credit LLC");
        assert_eq!(settings.gate.limit(domain::gate::Limit::FaxPages), 12);
        let config = settings.config("https://portal.example.com/api", "k".into()).unwrap();
        assert_eq!(config.limits, Limits { concurrent: 6, per_minute: Some(120) });
        assert_eq!(config.headers[0].0, "X-Gateway");
        assert_eq!(config.routes.of(portal_api::Operation::ListClients).1, "/v2/clients");
    }

    #[tokio::test]
    async fn a_wrong_row_is_refused_by_name_and_without_its_value() {
        for (text, named) in [
            ("[portal.routes]\nlistClient = \"GET /clients\"", "listClient"),
            ("[portal.routes]\ngetClient = \"GET /clients\"", "getClient"),
            ("[portal.headers]\nAuthorization = \"hush\"", "Authorization"),
            ("[portal]\naddres = \"hush\"", "addres"),
            ("[portal]\naddress = \"http://portal.example.com\"", "portal.address"),
            ("[portal]\nca = \"nowhere.pem\"", "nowhere.pem"),
            ("[portal.limits]\nconcurrent = -1", "line 2"),
            ("[outbox]\nquiet_seconds = 5", "quiet_seconds"),
            ("[gate]\nreview = \"block\"", "gate.review"),
            ("[gate]\nreview_missing = \"blocks\"", "gate.review_missing"),
            ("[gate]\ncancellation_days = 1", "cancellation_days must be between 3 and 30"),
            ("[gate]\nfax_page = 1", "gate.fax_page"),
            ("[gate]\nfax_pages = 1.5", "line 2"),
            ("[letters]\nenvelope = \"triple\"", "line 2"),
            ("[letters.window]\nheight = 9", "window height"),
            ("[letters]\nenvelope = \"none\"\n[letters.window]\nleft = 1", "letters.window"),
            ("[azure]\nauthorize = \"http://login.example.com\"\nclient_id = \"a\"", "azure.authorize"),
            ("[portal]\naddress = \"unclosed", "line 2"),
        ] {
            let error = read(text).await.err().unwrap_or_else(|| panic!("{text} was taken"));
            assert!(error.contains(named) && error.contains(FILE) && !error.contains("hush"), "{error}");
        }
    }
}
