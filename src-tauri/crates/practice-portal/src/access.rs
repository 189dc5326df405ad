//! What stands before every call: the API key, the bearer token, the rate limit, and what the account may do.
//!
//! A permission is an area and a way: `notes.view`, `notes.manage`. Who may manage may view. Clients may use the customer
//! portal and nothing else, and there only what is their own.

use crate::{
    portal::Portal,
    problem::Problem,
    resources::{clients, roles, users},
};
use axum::{
    extract::{MatchedPath, Request, State},
    http::{HeaderMap, HeaderValue, Method, header},
    middleware::Next,
    response::Response,
};

/// Who makes a request; handlers of the customer portal find it in the extensions.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Who {
    /// An account of the staff.
    Staff(i64),
    /// A client.
    Client(i64),
}

/// The account of the staff that makes a request; handlers find it in the extensions.
#[derive(Clone, Copy, Debug)]
pub(crate) struct SignedIn {
    /// The account.
    pub(crate) user_id: i64,
}

impl Who {
    /// As a token names it.
    pub(crate) fn subject(self) -> String {
        match self {
            Who::Staff(id) => id.to_string(),
            Who::Client(id) => format!("client:{id}"),
        }
    }

    /// Whom a token names.
    pub(crate) fn of_subject(subject: &str) -> Option<Who> {
        match subject.strip_prefix("client:") {
            Some(id) => id.parse().ok().map(Who::Client),
            None => subject.parse().ok().map(Who::Staff),
        }
    }

    /// The author of what this one writes; clients are none of the accounts that authors are shown as.
    pub(crate) fn author(self) -> Option<i64> {
        match self {
            Who::Staff(id) => Some(id),
            Who::Client(_) => None,
        }
    }

    /// Refuses a client what is another's.
    pub(crate) fn must_be(self, client: i64) -> Result<(), Problem> {
        match self {
            Who::Client(own) if own != client => Err(forbidden()),
            _ => Ok(()),
        }
    }
}

/// Refuses a request without the API key.
pub(crate) async fn require_key(
    State(portal): State<Portal>,
    request: Request,
    next: Next,
) -> Result<Response, Problem> {
    let sent = request.headers().get("x-api-key").map(HeaderValue::as_bytes);
    if sent != Some(portal.api_key.as_bytes()) {
        return Err(Problem::Forbidden("The API key is missing or wrong."));
    }
    Ok(next.run(request).await)
}

/// Refuses a request that carries no token at all.
pub(crate) async fn require_bearer(request: Request, next: Next) -> Result<Response, Problem> {
    bearer(request.headers()).ok_or_else(Problem::unauthenticated)?;
    Ok(next.run(request).await)
}

/// Refuses a request without a live token, over the token's allowance, or for something the account may not do.
pub(crate) async fn require_token(
    State(portal): State<Portal>,
    mut request: Request,
    next: Next,
) -> Result<Response, Problem> {
    let token = bearer(request.headers()).ok_or_else(Problem::unauthenticated)?;
    let who = portal.tokens.check(token, portal.clock.now().as_second())?;
    let allowance = portal.rates.count(token, portal.clock.moment()).map_err(Problem::TooManyRequests)?;
    let route = request.extensions().get::<MatchedPath>().map_or("", |route| route.as_str());
    let route = route.strip_prefix("/api").unwrap_or(route).to_owned();
    allow(&portal, who, request.method(), &route).await?;
    request.extensions_mut().insert(who);
    if let Who::Staff(user_id) = who {
        request.extensions_mut().insert(SignedIn { user_id });
    }
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    headers.insert("x-ratelimit-limit", HeaderValue::from(allowance.limit));
    headers.insert("x-ratelimit-remaining", HeaderValue::from(allowance.remaining));
    Ok(response)
}

/// The token of a request.
pub(crate) fn bearer(headers: &HeaderMap) -> Option<&str> {
    let (scheme, token) = headers.get(header::AUTHORIZATION)?.to_str().ok()?.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then(|| token.trim())
}

async fn allow(portal: &Portal, who: Who, method: &Method, route: &str) -> Result<(), Problem> {
    let mut db = portal.reader().await?;
    match who {
        Who::Client(id) => {
            if !clients::TABLE.has(&mut db, id).await? {
                return Err(Problem::unauthenticated());
            }
            if route.starts_with("/customer-portal/") { Ok(()) } else { Err(forbidden()) }
        }
        Who::Staff(id) => {
            let account = users::TABLE.get(&mut db, id).await?;
            let account =
                account.filter(|account| !users::is_disabled(account)).ok_or_else(Problem::unauthenticated)?;
            let needed = needed(method, route);
            if roles::allow(&users::role_ids(&account), &needed) { Ok(()) } else { Err(forbidden()) }
        }
    }
}

fn forbidden() -> Problem {
    Problem::Forbidden("This action is unauthorized.")
}

/// Where the permission does not follow from the first word of the route. The first row that fits counts; `*` is any
/// method, or `view` and `manage` by the method.
const ROWS: &[(&str, &str, &str)] = &[
    ("POST", "/clients/by-conditions", "clients.view"),
    ("POST", "/clients/{id}/kba/{provider}/skip", "kba.skip"),
    ("*", "/clients/{id}/kba/", "kba.answer"),
    ("*", "/clients/{id}/goals", "client-goals.*"),
    ("*", "/clients/{id}/segments", "segments.*"),
    ("*", "/clients/{id}/credit-report-master-schemas", "credit-reports.*"),
    ("*", "/credit-report-master-schemas/", "credit-reports.*"),
    ("*", "/attachment-links", "attachments.*"),
    ("POST", "/correspondences", "correspondences.send"),
    ("*", "/clickhouse-events", "events.*"),
    ("*", "/event-definitions", "events.*"),
    ("*", "/customer-io/", "templates.*"),
    ("*", "/template-categories", "templates.*"),
    ("*", "/query-builder/", "segments.view"),
    ("*", "/debug/", "workflows.debug"),
];

/// What a route asks of an account.
fn needed(method: &Method, route: &str) -> String {
    let way = if matches!(*method, Method::GET | Method::HEAD) { "view" } else { "manage" };
    let fits = |row: &&(&str, &str, &str)| (row.0 == "*" || row.0 == method.as_str()) && route.starts_with(row.1);
    match ROWS.iter().find(fits) {
        Some((_, _, permission)) => permission.replace('*', way),
        None => format!("{}.{way}", route.split('/').nth(1).unwrap_or_default()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_route_asks_for_its_area_and_way() {
        for (method, route, permission) in [
            (Method::GET, "/notes/{id}", "notes.view"),
            (Method::DELETE, "/notes/{id}", "notes.manage"),
            (Method::POST, "/clients/by-conditions", "clients.view"),
            (Method::GET, "/clients/{id}/reports/{bureau}", "clients.view"),
            (Method::POST, "/clients/{id}/goals", "client-goals.manage"),
            (Method::POST, "/clients/{id}/kba/{provider}", "kba.answer"),
            (Method::POST, "/clients/{id}/kba/{provider}/skip", "kba.skip"),
            (Method::POST, "/correspondences/send", "correspondences.send"),
            (Method::POST, "/query-builder/values/{model}", "segments.view"),
            (Method::POST, "/customer-portal/attachments", "customer-portal.manage"),
        ] {
            assert_eq!(needed(&method, route), permission, "{method} {route}");
        }
    }

    #[test]
    fn a_token_names_staff_and_clients_apart() {
        for who in [Who::Staff(7), Who::Client(7)] {
            assert_eq!(Who::of_subject(&who.subject()), Some(who));
        }
        assert_eq!(Who::of_subject("client:x"), None);
    }
}
