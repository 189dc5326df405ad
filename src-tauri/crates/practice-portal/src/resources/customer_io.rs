//! Templates that a third party holds, passed through in its own shape: seconds as stamps, empty text for nothing, no
//! pages (oddity 56).

use super::{Resource, none};
use crate::{
    portal::{Portal, Routes},
    problem::Answer,
};
use axum::{Json, extract::State, response::IntoResponse, routing::get};
use serde_json::{Value, json};

pub(crate) const RESOURCE: Resource = Resource { tables: &[], routes, library: none, further_schema: &[] };

fn routes() -> Routes {
    Routes::new().route("/customer-io/templates", get(list))
}

async fn list(State(_): State<Portal>) -> Answer {
    let template = |(name, description, trigger, id): (&str, &str, &str, i64)| {
        json!({
            "id": id,
            "name": name,
            "description": description,
            "trigger_name": trigger,
            "hide_message_body": false,
            "link_tracking": true,
            "open_tracking": true,
            "queue_drafts": false,
            "send_to_unsubscribed": trigger.is_empty(),
            "created_at": 1_672_248_195 + id * 86_400,
            "updated_at": 1_672_248_195 + id * 172_800,
        })
    };
    let data: Vec<Value> = [
        ("Uncategorized mail", "", "", 1),
        ("Welcome", "Sent when a client is enrolled", "client_enrolled", 2),
        ("Letters ready", "Asks the client to review the letters", "letters_ready", 3),
        ("Payment reminder", "", "payment_failed", 4),
    ]
    .into_iter()
    .map(template)
    .collect();
    Ok(Json(json!({ "data": data, "message": "CustomerIo Templates fetched successfully" })).into_response())
}
