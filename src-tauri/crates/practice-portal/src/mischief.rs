//! Carries out planned mischief: stands before the whole server, enters each request in the ledger, and does to it what
//! the rule that applies says. Every answer carries the portal's own time, and the name that its call was given.

use crate::{
    changes,
    faults::{Action, Received},
    line::Hangup,
    portal::Portal,
    problem::Problem,
};
use axum::{
    Json,
    body::{Body, Bytes},
    extract::{ConnectInfo, MatchedPath, Request, State},
    http::{HeaderValue, StatusCode, header},
    middleware::Next,
    response::{IntoResponse, Response},
};
use futures::{StreamExt as _, stream};
use jiff::fmt::rfc2822;
use serde_json::Value;
use std::time::Duration;

/// What a caller names its call by; the answer repeats it.
const REQUEST_ID: &str = "x-request-id";

/// The longest body that is taken before it is handled late.
const LONGEST: usize = 32 << 20;

/// Every request passes here.
pub(crate) async fn watch(
    State(portal): State<Portal>,
    ConnectInfo(hangup): ConnectInfo<Hangup>,
    request: Request,
    next: Next,
) -> Response {
    let id = request.headers().get(REQUEST_ID).cloned();
    let mut response = match portal.faults.receive(received(&request)) {
        None => handle(&portal, request, next).await,
        Some(action) => carry_out(&portal, &hangup, action, request, next).await,
    };
    let now = rfc2822::DateTimePrinter::new().timestamp_to_rfc9110_string(&portal.clock.now());
    if let Some(date) = now.ok().and_then(|now| HeaderValue::from_str(&now).ok()) {
        response.headers_mut().insert(header::DATE, date);
    }
    if let Some(id) = id {
        response.headers_mut().insert(REQUEST_ID, id);
    }
    response
}

async fn carry_out(portal: &Portal, hangup: &Hangup, action: Action, request: Request, next: Next) -> Response {
    match action {
        Action::Status(status, body) => return told(status, body),
        Action::StatusAfterHandling(status, body) => {
            handle(portal, request, next).await;
            return told(status, body);
        }
        Action::TooManyRequests(wait) => return Problem::TooManyRequests(wait.as_secs()).into_response(),
        Action::CloseBeforeHandling => return lost(hangup, Hangup::cut),
        Action::ResetBeforeHandling => return lost(hangup, Hangup::reset),
        Action::CloseAfterHandling => {
            handle(portal, request, next).await;
            return lost(hangup, Hangup::cut);
        }
        Action::ResetAfterHandling => {
            handle(portal, request, next).await;
            return lost(hangup, Hangup::reset);
        }
        Action::HandleLate(gate) => {
            let (parts, body) = request.into_parts();
            if let Ok(bytes) = axum::body::to_bytes(body, LONGEST).await {
                let request = Request::from_parts(parts, Body::from(bytes));
                portal.behind.spawn(async move {
                    gate.pass().await;
                    next.run(request).await;
                });
            }
            return lost(hangup, Hangup::cut);
        }
        Action::AnswerTwice => {
            // One piece, so that the second delivery follows the whole first one.
            let whole = whole(handle(portal, request, next).await).await;
            hangup.repeat();
            return whole;
        }
        Action::CutAnswer(bytes) => return cut(handle(portal, request, next).await, bytes).await,
        Action::Hold(gate) => gate.pass().await,
        Action::Delay(duration) => wait(portal, duration).await,
        Action::ExpireTokens => portal.tokens.expire_all(true),
        Action::EndSessions => portal.tokens.expire_all(false),
        Action::Change(change) => {
            let owned = portal.clone();
            let change = portal.behind.spawn(async move { changes::apply(&owned, change).await });
            match change.await {
                Ok(Ok(())) => {}
                Ok(Err(problem)) => return problem.into_response(),
                Err(error) => return Problem::Broken(Box::new(error)).into_response(),
            }
        }
    }
    handle(portal, request, next).await
}

/// Handles a request to its end, also when whoever asked has gone: a server that has begun does not stop for that, and a
/// database call that is dropped in the middle takes its connection along, which in memory is all the data.
async fn handle(portal: &Portal, request: Request, next: Next) -> Response {
    match portal.behind.spawn(async move { next.run(request).await }).await {
        Ok(response) => response,
        Err(error) => Problem::Broken(Box::new(error)).into_response(),
    }
}

fn told(status: u16, body: Value) -> Response {
    let status = StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    (status, Json(body)).into_response()
}

/// The answer that is never sent.
fn lost(hangup: &Hangup, how: impl FnOnce(&Hangup)) -> Response {
    how(hangup);
    (StatusCode::INTERNAL_SERVER_ERROR, [(header::CONNECTION, HeaderValue::from_static("close"))]).into_response()
}

/// Waits on the portal's clock, or until the rules are cleared.
async fn wait(portal: &Portal, duration: Duration) {
    let mut clearing = portal.faults.clearing();
    clearing.mark_unchanged();
    tokio::select! {
        () = portal.clock.pass(duration) => {}
        _ = clearing.changed() => {}
    }
}

async fn bytes_of(body: Body) -> Bytes {
    // A body of ours is in memory already, and cannot fail.
    axum::body::to_bytes(body, usize::MAX).await.unwrap_or_default()
}

async fn whole(response: Response) -> Response {
    let (parts, body) = response.into_parts();
    Response::from_parts(parts, Body::from(bytes_of(body).await))
}

/// Announces the whole body and ends early.
async fn cut(response: Response, at: usize) -> Response {
    let (mut parts, body) = response.into_parts();
    let bytes = bytes_of(body).await;
    parts.headers.insert(header::CONTENT_LENGTH, HeaderValue::from(bytes.len()));
    let part = bytes.slice(..at.min(bytes.len()));
    // What was written reaches the caller only if the end comes later.
    let ends = async {
        tokio::task::yield_now().await;
        Err(std::io::Error::from(std::io::ErrorKind::ConnectionAborted))
    };
    let body = stream::once(std::future::ready(Ok(part))).chain(stream::once(ends));
    Response::from_parts(parts, Body::from_stream(body))
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
