//! The one table: operation -> method and path.
//!
//! The documentation lost its paths, so they are data (API: README, oddity 1). Every row can be overridden by a
//! deployment as `operationId = "METHOD /path/{parameter}"`; a wrong override is refused with the row named.

use reqwest::Method;
use std::collections::BTreeMap;
use std::fmt;

macro_rules! operations {
    ($($name:ident $id:literal $method:ident $path:literal;)+) => {
        /// An operation of the documented API.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum Operation {
            $(#[doc = concat!("`", $id, "`")] $name,)+
        }

        impl Operation {
            /// Every operation this build can call.
            pub const ALL: &[Operation] = &[$(Operation::$name),+];

            /// The operation's id in `openapi.yaml`.
            #[must_use]
            pub fn id(self) -> &'static str {
                match self { $(Operation::$name => $id),+ }
            }

            fn default_route(self) -> (Method, &'static str) {
                match self { $(Operation::$name => (Method::$method, $path)),+ }
            }
        }
    };
}

operations! {
    Login "login" POST "/auth/login";
    RefreshToken "refreshToken" POST "/auth/refresh";
    ListClients "listClients" GET "/clients";
    GetClient "getClient" GET "/clients/{id}";
    ListClientReports "listClientReports" GET "/clients/{id}/reports";
    ListNegativeItems "listNegativeItems" GET "/negative-items";
    ListBureauAddresses "listBureauAddresses" GET "/bureau-addresses";
    ListFurnishers "listFurnishers" GET "/furnishers";
    ListTemplates "listTemplates" GET "/templates";
    ListSnippets "listSnippets" GET "/snippets";
    ListInstructions "listInstructions" GET "/instructions";
    ListClaimCodes "listClaimCodes" GET "/claim-codes";
    ListCreditorTypes "listCreditorTypes" GET "/creditor-types";
    ListClientAgreements "listClientAgreements" GET "/client-agreements";
    ListClientDocuments "listClientDocuments" GET "/client-documents";
    ListAttachments "listAttachments" GET "/attachments";
    DownloadAttachment "downloadAttachment" GET "/attachments/{id}/download";
    ListNotes "listNotes" GET "/notes";
    ListCorrespondences "listCorrespondences" GET "/correspondences";
}

impl fmt::Display for Operation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.id())
    }
}

/// A wrong row in a deployment's overrides.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum RouteError {
    /// The row names no operation.
    #[error("routes: {0:?} is not an operation of the API; see openapi.yaml for the ids")]
    UnknownOperation(String),
    /// The row is not `METHOD /path`.
    #[error("routes: {operation} = {value:?} is not of the form \"GET /path/{{id}}\"")]
    Malformed {
        /// The row's key.
        operation: String,
        /// The row's value.
        value: String,
    },
    /// The path has other parameters than the operation fills.
    #[error("routes: {operation} = {value:?} must have the parameters {expected:?}")]
    Parameters {
        /// The row's key.
        operation: String,
        /// The row's value.
        value: String,
        /// What the operation fills.
        expected: Vec<String>,
    },
}

/// The table in force: the defaults, with a deployment's overrides over them.
#[derive(Clone, Debug, Default)]
pub struct Routes {
    overrides: BTreeMap<Operation, (Method, String)>,
}

impl Routes {
    /// Reads overrides (`listClients` -> `GET /v2/clients`).
    ///
    /// # Errors
    /// [`RouteError`] names the first wrong row.
    pub fn with_overrides<'a>(rows: impl IntoIterator<Item = (&'a str, &'a str)>) -> Result<Self, RouteError> {
        let mut overrides = BTreeMap::new();
        for (id, value) in rows {
            let operation = *Operation::ALL
                .iter()
                .find(|operation| operation.id() == id)
                .ok_or_else(|| RouteError::UnknownOperation(id.to_owned()))?;
            let malformed = || RouteError::Malformed { operation: id.to_owned(), value: value.to_owned() };
            let (method, path) = value.trim().split_once(' ').ok_or_else(malformed)?;
            let method = match method {
                "GET" => Method::GET,
                "POST" => Method::POST,
                "PUT" => Method::PUT,
                "PATCH" => Method::PATCH,
                "DELETE" => Method::DELETE,
                _ => return Err(malformed()),
            };
            let path = path.trim();
            if !path.starts_with('/') || path.contains(['?', '#', ' ']) {
                return Err(malformed());
            }
            let expected = parameters(operation.default_route().1);
            if parameters(path) != expected {
                return Err(RouteError::Parameters { operation: id.to_owned(), value: value.to_owned(), expected });
            }
            overrides.insert(operation, (method, path.to_owned()));
        }
        Ok(Self { overrides })
    }

    /// Method and path of an operation, its parameters filled in order and percent-encoded.
    #[must_use]
    pub(crate) fn resolve(&self, operation: Operation, parameters: &[&str]) -> (Method, String) {
        let (method, template) = match self.overrides.get(&operation) {
            Some((method, path)) => (method.clone(), path.as_str()),
            None => operation.default_route(),
        };
        let mut values = parameters.iter();
        let segments = template.split('/').map(|segment| {
            if segment.starts_with('{') {
                values.next().map_or_else(|| segment.to_owned(), |value| encode_segment(value))
            } else {
                segment.to_owned()
            }
        });
        (method, segments.collect::<Vec<_>>().join("/"))
    }
}

fn parameters(path: &str) -> Vec<String> {
    path.split('/').filter(|segment| segment.starts_with('{')).map(str::to_owned).collect()
}

fn encode_segment(value: &str) -> String {
    use std::fmt::Write;
    value.bytes().fold(String::new(), |mut out, byte| {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.' | b'~') {
            out.push(char::from(byte));
        } else {
            let _ = write!(out, "%{byte:02X}");
        }
        out
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parameters_are_filled_and_encoded() {
        let (method, path) = Routes::default().resolve(Operation::DownloadAttachment, &["7/../8"]);
        assert_eq!((method, path.as_str()), (Method::GET, "/attachments/7%2F..%2F8/download"));
    }

    #[test]
    fn an_override_replaces_its_row_only() {
        let routes = Routes::with_overrides([("getClient", "POST /v2/people/{id}")]).unwrap();
        assert_eq!(routes.resolve(Operation::GetClient, &["5"]), (Method::POST, "/v2/people/5".into()));
        assert_eq!(routes.resolve(Operation::ListClients, &[]).1, "/clients");
    }

    #[test]
    fn a_wrong_override_is_refused_with_its_row() {
        for (id, value) in [
            ("listClient", "GET /clients"),
            ("listClients", "/clients"),
            ("listClients", "FETCH /clients"),
            ("listClients", "GET clients"),
            ("listClients", "GET /clients?page=1"),
            ("getClient", "GET /clients/5"),
        ] {
            let error = Routes::with_overrides([(id, value)]).unwrap_err();
            assert!(error.to_string().contains(id), "{error}");
        }
    }

    #[test]
    fn every_operation_has_its_own_id_and_route() {
        for (index, a) in Operation::ALL.iter().enumerate() {
            for b in &Operation::ALL[index + 1..] {
                assert_ne!(a.id(), b.id());
                assert_ne!(a.default_route(), b.default_route(), "{a} and {b}");
            }
        }
    }
}
