//! Where each operation is reached: the table's inferred routes, with a deployment's overrides over them.

use crate::Operation;
use reqwest::Method;
use std::collections::BTreeMap;

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
            let operation = Operation::from_id(id).ok_or_else(|| RouteError::UnknownOperation(id.to_owned()))?;
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
            let (given, expected) = (parameters(path), operation.parameters());
            let optional = |name: &&str| operation.optional_parameter() == Some(*name);
            let known = given.iter().all(|name| expected.contains(name));
            let whole = expected.iter().filter(|name| !optional(name)).all(|name| given.contains(name));
            if !known || !whole {
                let expected = expected.into_iter().map(str::to_owned).collect();
                return Err(RouteError::Parameters { operation: id.to_owned(), value: value.to_owned(), expected });
            }
            overrides.insert(operation, (method, path.to_owned()));
        }
        Ok(Self { overrides })
    }

    /// Method and path template in force.
    #[must_use]
    pub fn of(&self, operation: Operation) -> (Method, &str) {
        match self.overrides.get(&operation) {
            Some((method, path)) => (method.clone(), path),
            None => operation.default_route(),
        }
    }

    /// Method and path of an operation, its parameters (in the order of the inferred path) filled in and
    /// percent-encoded. A value that would change the path is none.
    #[must_use]
    pub(crate) fn resolve(&self, operation: Operation, values: &[String]) -> Option<(Method, String)> {
        let (method, template) = self.of(operation);
        let names = operation.parameters();
        let mut path = String::with_capacity(template.len());
        for segment in template.split('/').skip(1) {
            path.push('/');
            let Some(name) = parameter(segment) else {
                path.push_str(segment);
                continue;
            };
            let value = names.iter().position(|known| *known == name).and_then(|place| values.get(place))?;
            // Web addresses resolve dots in a path, encoded or not.
            if value.is_empty() || value == "." || value == ".." {
                return None;
            }
            path.push_str(&encode_segment(value));
        }
        Some((method, path))
    }
}

impl Operation {
    /// The names of its path's parameters, in the order in which the typed methods fill them.
    #[must_use]
    pub fn parameters(self) -> Vec<&'static str> {
        parameters(self.default_route().1)
    }

    /// A parameter that the documentation leaves open (oddities 26, 49): an override's path may lack it.
    fn optional_parameter(self) -> Option<&'static str> {
        match self {
            Operation::PortalGetClientMe => Some("id"),
            Operation::GetQueryBuilderFields | Operation::GetQueryBuilderValues => Some("modelName"),
            _ => None,
        }
    }
}

fn parameter(segment: &str) -> Option<&str> {
    segment.strip_prefix('{')?.strip_suffix('}')
}

fn parameters(path: &str) -> Vec<&str> {
    path.split('/').filter_map(parameter).collect()
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

    fn resolved(routes: &Routes, operation: Operation, values: &[&str]) -> Option<(Method, String)> {
        let values: Vec<String> = values.iter().map(|value| (*value).to_owned()).collect();
        routes.resolve(operation, &values)
    }

    #[test]
    fn parameters_are_filled_and_encoded() {
        let route = |values: &[&str]| resolved(&Routes::default(), Operation::DownloadAttachment, values);
        assert_eq!(route(&["7/../8"]), Some((Method::GET, "/attachments/7%2F..%2F8/download".into())));
        for value in ["..", ".", ""] {
            assert_eq!(route(&[value]), None, "{value:?}");
        }
    }

    #[test]
    fn an_override_replaces_its_row_only() {
        let routes = Routes::with_overrides([
            ("getClient", "POST /v2/people/{id}"),
            ("revertContractVersion", "POST /versions/{version_id}/of/{id}"),
            ("portalGetClientMe", "GET /portal/me"),
        ]);
        let routes = routes.unwrap();
        let post = |path: &str| Some((Method::POST, path.to_owned()));
        assert_eq!(resolved(&routes, Operation::GetClient, &["5"]), post("/v2/people/5"));
        assert_eq!(resolved(&routes, Operation::RevertContractVersion, &["1", "2"]), post("/versions/2/of/1"));
        let me = resolved(&routes, Operation::PortalGetClientMe, &["1"]);
        assert_eq!(me, Some((Method::GET, "/portal/me".into())));
        assert_eq!(routes.of(Operation::ListClients).1, "/clients");
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
            ("getClient", "GET /clients/{client}"),
            ("getClient", "GET /{tenant}/clients/{id}"),
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
