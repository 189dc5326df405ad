//! Trying a step of a workflow on a client: what it would do, and nothing of it done.

use super::{Resource, clients, none, segments, templates, workflows::STEPS};
use crate::{
    access::SignedIn,
    answers,
    ids::Ids,
    portal::{Portal, Routes},
    problem::{Answer, Problem},
    records::Record,
    stored,
};
use axum::{Extension, extract::State, http::StatusCode, routing::post};
use serde_json::{Value, json};
use sqlx::SqliteConnection;

pub(crate) const RESOURCE: Resource = Resource { tables: &[], routes, library: none, further_schema: &[] };

fn routes() -> Routes {
    Routes::new().route("/debug/workflow-steps/{step}/clients/{id}", post(run))
}

async fn run(State(portal): State<Portal>, Extension(me): Extension<SignedIn>, Ids(step, client): Ids) -> Answer {
    let mut db = portal.reader().await?;
    let step = STEPS.find(&mut db, step).await?;
    clients::TABLE.expect(&mut db, client).await?;
    let kind = stored::text(&step, "type").to_owned();
    let (outcome, details) = tried(&portal, &mut db, me, &step, client).await?;
    let next = if outcome == "failure" { "next_failure_id" } else { "next_success_id" };
    answers::data(
        StatusCode::OK,
        json!({
            "is_debug": true,
            "workflow_step_id": step.get("id"),
            "name": step.get("name"),
            "type": kind,
            "client_id": client,
            "outcome": outcome,
            "details": details,
            "next_step_id": step.get(next),
            "executed_at": portal.clock.text(),
        }),
    )
}

async fn tried(
    portal: &Portal,
    db: &mut SqliteConnection,
    me: SignedIn,
    step: &Record,
    client: i64,
) -> Result<(&'static str, Value), Problem> {
    let config = step.get("config").cloned().unwrap_or_default();
    Ok(match stored::text(step, "type") {
        "send_sms" | "send_email" | "generate_letter" => {
            let template = templates::TABLE.get(db, stored::number(step, "template_id").unwrap_or_default()).await?;
            match template {
                Some(template) => {
                    let text = templates::written(portal, db, &template, Some(client), me.user_id).await?;
                    ("success", json!({ "would_send": text, "config": config }))
                }
                None => ("failure", json!({ "error": "The step has no template." })),
            }
        }
        "condition" => {
            let segment = stored::number(step, "segment_id").unwrap_or_default();
            let is_member = segments::has_member(db, segment, client).await?;
            (if is_member { "success" } else { "failure" }, json!({ "segment_id": segment, "is_member": is_member }))
        }
        "http_request" => ("success", json!({ "would_request": config })),
        "create_task" => ("success", json!({ "would_create": step.get("name"), "config": config })),
        _ => ("success", json!({ "would_wait": config })),
    })
}
