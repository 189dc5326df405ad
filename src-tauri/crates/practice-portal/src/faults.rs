//! Planned mischief, for tests of the desk: refusals, delays, lost connections, expiry, data that moves between pages.
//!
//! Off until a rule is added, and out of reach over HTTP. A [`Rule`] counts the requests that match it, lets the first
//! few pass, applies its action to the next few and is spent after that; the first rule that applies wins. Beside the
//! rules a ledger counts every request, so that a test can say how often something was asked for.

use crate::{
    changes::{self, Change},
    line::Hangup,
    portal::Portal,
    problem::Problem,
};
use axum::{
    Json,
    extract::{ConnectInfo, MatchedPath, Request, State},
    http::{HeaderValue, StatusCode, header},
    middleware::Next,
    response::{IntoResponse, Response},
};
use std::{
    collections::VecDeque,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};
use tokio::sync::watch;

/// What happens to a request that a rule applies to.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub enum Action {
    /// Answers with this status and JSON body instead of handling the request.
    Status(u16, serde_json::Value),
    /// Answers 429 with this `Retry-After`, in whole seconds.
    TooManyRequests(Duration),
    /// Keeps the request waiting until the gate is released, then handles it.
    Hold(Gate),
    /// Closes the connection instead of handling the request: the caller cannot know that nothing was done.
    CloseBeforeHandling,
    /// Handles the request, then closes the connection instead of answering: the work is done and nobody is told.
    CloseAfterHandling,
    /// Expires every token issued so far, before handling. They can still be exchanged by a refresh.
    ExpireTokens,
    /// Ends every session, before handling: tokens are expired and a refresh answers 419.
    EndSessions,
    /// Changes the data before handling, as somebody else's work does between two pages.
    Change(Change),
}

/// When an [`Action`] applies.
#[derive(Clone, Debug)]
pub struct Rule {
    method: Option<String>,
    path: String,
    skip: u32,
    times: u32,
    action: Action,
}

impl Rule {
    /// Applies once, to the next request whose path (below `/api`, without the query) contains this text.
    #[must_use]
    pub fn new(path_contains: impl Into<String>, action: Action) -> Self {
        Rule { method: None, path: path_contains.into(), skip: 0, times: 1, action }
    }

    /// Only requests with this method.
    #[must_use]
    pub fn method(mut self, method: &str) -> Self {
        self.method = Some(method.to_ascii_uppercase());
        self
    }

    /// Lets this many matching requests pass first.
    #[must_use]
    pub fn skip(mut self, requests: u32) -> Self {
        self.skip = requests;
        self
    }

    /// Applies to this many requests; `u32::MAX` for all that follow.
    #[must_use]
    pub fn times(mut self, requests: u32) -> Self {
        self.times = requests;
        self
    }

    /// Counts a matching request; the action when it is this one's turn.
    fn turn(&mut self, method: &str, path: &str) -> Option<Action> {
        let matches = self.method.as_deref().is_none_or(|wanted| wanted == method) && path.contains(&self.path);
        if !matches || self.times == 0 {
            return None;
        }
        if self.skip > 0 {
            self.skip -= 1;
            return None;
        }
        if self.times != u32::MAX {
            self.times -= 1;
        }
        Some(self.action.clone())
    }
}

/// Holds requests back until it is released. Clones are the same gate.
#[derive(Clone, Debug)]
pub struct Gate(Arc<watch::Sender<GateState>>);

#[derive(Clone, Copy, Debug, Default)]
struct GateState {
    open: bool,
    arrived: usize,
}

impl Default for Gate {
    fn default() -> Self {
        Gate(Arc::new(watch::Sender::new(GateState::default())))
    }
}

impl Gate {
    /// A closed gate.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Lets every held request go on, and those to come.
    pub fn release(&self) {
        self.0.send_modify(|state| state.open = true);
    }

    /// Waits until this many requests have arrived at the gate.
    pub async fn reached(&self, requests: usize) {
        self.until(|state| state.arrived >= requests).await;
    }

    async fn pass(&self) {
        self.0.send_modify(|state| state.arrived += 1);
        self.until(|state| state.open).await;
    }

    async fn until(&self, ready: impl FnMut(&GateState) -> bool) {
        // The sender lives in `self`, so the channel cannot close while this waits.
        let _ = self.0.subscribe().wait_for(ready).await;
    }
}

/// One request that arrived.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Received {
    /// In upper case.
    pub method: String,
    /// Below `/api`, with its keys: `/clients/7`.
    pub path: String,
    /// The route: `/clients/{id}`; the path itself where there is none.
    pub route: String,
    /// Without the question mark, empty when there is none.
    pub query: String,
}

/// Rules and ledger of one running portal.
#[derive(Debug, Default)]
pub struct Faults(Mutex<Plan>);

#[derive(Debug, Default)]
struct Plan {
    rules: Vec<Rule>,
    /// The latest requests: a portal that trains people for days must not grow with every one.
    ledger: VecDeque<Received>,
}

const LONGEST_LEDGER: usize = 200_000;

impl Faults {
    /// Adds a rule; earlier rules come first.
    pub fn add(&self, rule: Rule) {
        self.plan().rules.push(rule);
    }

    /// Drops all rules and lets held requests go on. The ledger stays.
    pub fn clear(&self) {
        for rule in std::mem::take(&mut self.plan().rules) {
            if let Action::Hold(gate) = rule.action {
                gate.release();
            }
        }
    }

    /// How many requests arrived for a method and a route or path, e.g. `GET /clients`, `GET /clients/{id}` or
    /// `GET /clients/7`.
    #[must_use]
    pub fn requests(&self, method_and_path: &str) -> usize {
        let Some((method, path)) = method_and_path.split_once(' ') else { return 0 };
        let wanted = |request: &&Received| request.method == method && (request.route == path || request.path == path);
        self.plan().ledger.iter().filter(wanted).count()
    }

    /// Every request since the start, oldest first; the latest 200,000 when there were more.
    #[must_use]
    pub fn ledger(&self) -> Vec<Received> {
        self.plan().ledger.iter().cloned().collect()
    }

    /// Enters a request in the ledger and finds what happens to it.
    fn receive(&self, received: Received) -> Option<Action> {
        let mut plan = self.plan();
        let action = plan.rules.iter_mut().find_map(|rule| rule.turn(&received.method, &received.path));
        if plan.ledger.len() >= LONGEST_LEDGER {
            plan.ledger.pop_front();
        }
        plan.ledger.push_back(received);
        action
    }

    fn plan(&self) -> MutexGuard<'_, Plan> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Stands before the whole server: enters each request in the ledger and carries out the rule that applies.
pub(crate) async fn watch(
    State(portal): State<Portal>,
    ConnectInfo(hangup): ConnectInfo<Hangup>,
    request: Request,
    next: Next,
) -> Response {
    match portal.faults.receive(received(&request)) {
        None => return next.run(request).await,
        Some(Action::Status(status, body)) => {
            let status = StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
            return (status, Json(body)).into_response();
        }
        Some(Action::TooManyRequests(wait)) => return Problem::TooManyRequests(wait.as_secs()).into_response(),
        Some(Action::CloseBeforeHandling) => return hang_up(&hangup),
        Some(Action::CloseAfterHandling) => {
            next.run(request).await;
            return hang_up(&hangup);
        }
        Some(Action::Hold(gate)) => gate.pass().await,
        Some(Action::ExpireTokens) => portal.tokens.expire_all(true),
        Some(Action::EndSessions) => portal.tokens.expire_all(false),
        Some(Action::Change(change)) => {
            if let Err(problem) = changes::apply(&portal, change).await {
                return problem.into_response();
            }
        }
    }
    next.run(request).await
}

/// The answer that is never sent.
fn hang_up(hangup: &Hangup) -> Response {
    hangup.cut();
    (StatusCode::INTERNAL_SERVER_ERROR, [(header::CONNECTION, HeaderValue::from_static("close"))]).into_response()
}

fn received(request: &Request) -> Received {
    let below = |path: &str| path.strip_prefix("/api").unwrap_or(path).to_owned();
    let path = below(request.uri().path());
    let route = request.extensions().get::<MatchedPath>().map_or_else(|| path.clone(), |route| below(route.as_str()));
    Received {
        method: request.method().as_str().to_owned(),
        path,
        route,
        query: request.uri().query().unwrap_or_default().to_owned(),
    }
}
