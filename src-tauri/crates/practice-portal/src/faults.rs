//! Planned mischief, for tests of the desk: refusals, delays, lost connections, expiry, data that moves between pages.
//!
//! Off until a rule is added, and out of reach over HTTP. A [`Rule`] counts the requests that match it, lets the first
//! few pass, applies its action to the next few and is spent after that; the first rule that applies wins. Beside the
//! rules a ledger counts every request, so that a test can say how often something was asked for. What the actions do
//! to a request is in `mischief`.

use crate::{changes::Change, gate::Gate};
use std::{
    collections::VecDeque,
    sync::{Mutex, MutexGuard, PoisonError},
    time::Duration,
};
use tokio::sync::watch;

/// What happens to a request that a rule applies to.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub enum Action {
    /// Answers with this status and JSON body instead of handling the request.
    Status(u16, serde_json::Value),
    /// Handles the request, then answers with this status and JSON body: the work is done and its failure is told.
    StatusAfterHandling(u16, serde_json::Value),
    /// Answers 429 with this `Retry-After`, in whole seconds.
    TooManyRequests(Duration),
    /// Keeps the request waiting until the gate is released, then handles it.
    Hold(Gate),
    /// Keeps the request waiting for so long on the portal's clock, then handles it.
    Delay(Duration),
    /// Closes the connection instead of handling the request: the caller cannot know that nothing was done.
    CloseBeforeHandling,
    /// Handles the request, then closes the connection instead of answering: the work is done and nobody is told.
    CloseAfterHandling,
    /// Resets the connection instead of handling the request.
    ResetBeforeHandling,
    /// Handles the request, then resets the connection instead of answering.
    ResetAfterHandling,
    /// Takes the whole request, closes the connection, and handles the request when the gate is released: the work is
    /// done when the caller has given up long ago. [`crate::Running::quiet`] waits for the end of it.
    HandleLate(Gate),
    /// Handles the request and writes the answer twice.
    AnswerTwice,
    /// Handles the request, announces the whole answer, and closes the connection after so many bytes of its body.
    CutAnswer(usize),
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
    place: Place,
    skip: u32,
    times: u32,
    action: Action,
}

impl Rule {
    /// Applies once, to the next request whose path (below `/api`, without the query) contains this text.
    #[must_use]
    pub fn new(path_contains: impl Into<String>, action: Action) -> Self {
        Rule { method: None, place: Place::Part(path_contains.into()), skip: 0, times: 1, action }
    }

    /// Applies once, to the next request with this method for this route or path, e.g. `POST /correspondences/send`,
    /// `GET /clients/{id}` or `GET /clients/7`. Without a space it is the route alone.
    #[must_use]
    pub fn on(method_and_route: &str, action: Action) -> Self {
        let (method, route) = match method_and_route.split_once(' ') {
            Some((method, route)) => (Some(method.to_ascii_uppercase()), route),
            None => (None, method_and_route),
        };
        Rule { method, place: Place::Route(route.to_owned()), skip: 0, times: 1, action }
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
    fn turn(&mut self, received: &Received) -> Option<Action> {
        let is_here = match &self.place {
            Place::Part(part) => received.path.contains(part),
            Place::Route(route) => received.route == *route || received.path == *route,
        };
        let matches = self.method.as_deref().is_none_or(|wanted| wanted == received.method) && is_here;
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

/// Which requests a rule means.
#[derive(Clone, Debug)]
enum Place {
    /// Those whose path contains this.
    Part(String),
    /// Those of this route or path.
    Route(String),
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
#[derive(Debug)]
pub struct Faults {
    plan: Mutex<Plan>,
    refuse: watch::Sender<bool>,
    /// How often the rules were cleared; a request that waits for the clock goes on when they are.
    cleared: watch::Sender<u64>,
}

#[derive(Debug, Default)]
struct Plan {
    rules: Vec<Rule>,
    /// The latest requests: a portal that trains people for days must not grow with every one.
    ledger: VecDeque<Received>,
}

const LONGEST_LEDGER: usize = 200_000;

impl Default for Faults {
    fn default() -> Self {
        Faults { plan: Mutex::default(), refuse: watch::Sender::new(false), cleared: watch::Sender::new(0) }
    }
}

impl Faults {
    /// Adds a rule; earlier rules come first.
    pub fn add(&self, rule: Rule) {
        self.plan().rules.push(rule);
    }

    /// Drops all rules, lets held requests go on and connections in. The ledger stays.
    pub fn clear(&self) {
        self.refuse_connections(false);
        for rule in std::mem::take(&mut self.plan().rules) {
            if let Action::Hold(gate) | Action::HandleLate(gate) = rule.action {
                gate.release();
            }
        }
        self.cleared.send_modify(|times| *times += 1);
    }

    /// Closes the port, and the connections that are open, or opens the port again. While it is closed, whoever connects
    /// is refused, as by a server that is down.
    pub fn refuse_connections(&self, refuse: bool) {
        self.refuse.send_replace(refuse);
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

    /// Says whether connections are refused, and when that changes.
    pub(crate) fn refusal(&self) -> watch::Receiver<bool> {
        self.refuse.subscribe()
    }

    /// Says when the rules are cleared.
    pub(crate) fn clearing(&self) -> watch::Receiver<u64> {
        self.cleared.subscribe()
    }

    /// Enters a request in the ledger and finds what happens to it.
    pub(crate) fn receive(&self, received: Received) -> Option<Action> {
        let mut plan = self.plan();
        let action = plan.rules.iter_mut().find_map(|rule| rule.turn(&received));
        if plan.ledger.len() >= LONGEST_LEDGER {
            plan.ledger.pop_front();
        }
        plan.ledger.push_back(received);
        action
    }

    fn plan(&self) -> MutexGuard<'_, Plan> {
        self.plan.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
