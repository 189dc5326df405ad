//! The workflows of the practice company. Keys are the order in each list; they refer to one another.

use crate::{records::Record, resources::record};
use serde_json::{Value, json};

fn all(records: impl IntoIterator<Item = Value>) -> Vec<Record> {
    records.into_iter().map(record).collect()
}

pub(crate) fn definitions() -> Vec<Record> {
    let text = || json!({ "type": "string" });
    let payload = |names: &[&str]| {
        let properties: serde_json::Map<String, Value> =
            names.iter().map(|name| ((*name).to_owned(), text())).collect();
        json!({
            "properties": { "payload": { "type": "object", "properties": properties } },
            "required": ["payload"],
        })
    };
    all([
        ("Client enrolled", "A client signed and was enrolled", "portal", "active", payload(&["client_id", "product_id"])),
        ("Credit report imported", "A new report of a client came in", "vendor", "active", payload(&["client_id", "report_id"])),
        ("Bureau answered", "A bureau's answer was recorded", "portal", "active", payload(&["client_id", "negative_item_id"])),
        ("Payment failed", "A monthly charge was declined", "billing", "draft", payload(&["client_id", "amount"])),
    ]
    .map(|(name, description, source, status, schema)| {
        json!({ "name": name, "description": description, "source": source, "status": status, "schema": schema })
    }))
}

pub(super) fn events() -> Vec<Record> {
    let event = |place: i64, definition: i64, client: i64, status: &str, payload: Value| {
        json!({
            "event_definition_id": definition,
            "client_id": client,
            "rudder_id": format!("9eb8bcf1-eb3a-48c7-8948-53a39a8b8{place:03}"),
            "status": status,
            "attributes": { "channel": "portal" },
            "data": { "payload": payload },
            "occurred_at": format!("2026-10-{:02}T14:0{place}:00Z", 10 + place),
            "received_at": format!("2026-10-{:02}T14:0{place}:02Z", 10 + place),
            "processed_at": (status == "processed").then(|| format!("2026-10-{:02}T14:0{place}:05Z", 10 + place)),
        })
    };
    all([
        event(1, 1, 1, "processed", json!(["client_id=1", "product_id=2"])),
        event(2, 1, 2, "processed", json!(["client_id=2", "product_id=1"])),
        event(3, 2, 1, "processed", json!(["client_id=1", "report_id=1"])),
        event(4, 3, 3, "received", json!(["client_id=3", "negative_item_id=1"])),
    ])
}

pub(super) fn conditions() -> Vec<Record> {
    all([
        json!({ "event_definition_id": 1, "segment_id": 1 }),
        json!({ "event_definition_id": 2, "segment_id": 2 }),
        json!({ "event_definition_id": 3, "segment_id": 4 }),
    ])
}

pub(super) fn triggers() -> Vec<Record> {
    all((1..=3).map(|key| json!({ "type": "event", "condition_id": key, "workflow_id": key })))
}

pub(super) fn workflows() -> Vec<Record> {
    let workflow = |name: &str, description: &str, kind: &str, is_active: bool, days: i64| {
        json!({
            "name": name,
            "description": description,
            "type": kind,
            "is_active": is_active,
            "is_archive": false,
            "is_version": false,
            "can_run_concurrently": false,
            "completion_status": "completed",
            "exit_on_trigger_mismatch": true,
            "max_duration": days * 24 * 60 * 60,
            "created_by_id": 6,
            "last_modified_by_id": 1,
        })
    };
    all([
        workflow("Welcome", "What a new client is told and asked for", "client", true, 14),
        workflow("New report", "From a new report to the next round", "client", true, 45),
        workflow("Answer to an item", "What follows a bureau's answer", "negative_item", false, 30),
    ])
}

pub(super) fn steps() -> Vec<Record> {
    /// Workflow, name, type, setting, template, segment, next step after success and after failure.
    type Row = (i64, &'static str, &'static str, &'static str, Option<i64>, Option<i64>, Option<i64>, Option<i64>);
    const ROWS: [Row; 10] = [
        (1, "Welcome message", "send_sms", "number=MobilePhone", Some(8), None, Some(2), None),
        (1, "Wait three days", "delay", "seconds=259200", None, None, Some(3), None),
        (1, "Is the agreement signed?", "condition", "field=agreement_signed", None, Some(1), Some(4), Some(4)),
        (1, "Call the client", "create_task", "due_days=2", None, None, None, None),
        (
            2,
            "Tell the scoring service",
            "http_request",
            "url=https://scoring.example/reports",
            None,
            None,
            Some(6),
            Some(6),
        ),
        (2, "Write to the bureau", "generate_letter", "recipient=bureau", Some(1), None, Some(7), None),
        (2, "Are disputes under way?", "condition", "segment=2", None, Some(2), Some(8), None),
        (2, "Review the letters", "create_task", "due_days=5", None, None, None, None),
        (3, "Mail the outcome", "send_email", "to=Email", Some(8), None, Some(10), None),
        (3, "Ask for the method", "generate_letter", "recipient=bureau", Some(4), None, None, None),
    ];
    let mut order = std::collections::BTreeMap::<i64, i64>::new();
    all(ROWS.map(|(workflow, name, kind, setting, template, segment, success, failure)| {
        let place = order.entry(workflow).or_insert(0);
        *place += 1;
        let (key, value) = setting.split_once('=').unwrap_or((setting, ""));
        json!({
            "workflow_id": workflow,
            "name": name,
            "type": kind,
            "step_order": *place,
            "is_children": false,
            "on_fail_exit": failure.is_none(),
            "config": { key: [value] },
            "event_definition_id": workflow,
            "segment_id": segment,
            "template_id": template,
            "next_success_id": success,
            "next_failure_id": failure,
        })
    }))
}

pub(super) fn instances() -> Vec<Record> {
    let instance = |workflow: i64, event: i64, client: i64, item: Option<i64>, status: &str| {
        json!({
            "workflow_id": workflow,
            "trigger_id": workflow,
            "event_id": event,
            "client_id": client,
            "negative_item_id": item,
            "status": status,
            "version_number": 1,
            "context": { "client_id": [client.to_string()] },
            "result": { "steps_done": [if status == "completed" { "4" } else { "1" }] },
            "start_time": format!("2026-10-{:02}T14:10:00Z", 10 + event),
            "end_time": (status == "completed").then(|| format!("2026-10-{:02}T14:20:00Z", 14 + event)),
        })
    };
    all([
        instance(1, 1, 1, None, "completed"),
        instance(1, 2, 2, None, "running"),
        instance(2, 3, 1, Some(1), "running"),
    ])
}

pub(super) fn executions() -> Vec<Record> {
    let execution = |step: i64, instance: i64, status: &str, retries: i64| {
        let error = if status == "failed" { json!({ "message": ["connection refused"] }) } else { json!({}) };
        json!({
            "step_id": step,
            "instance_id": instance,
            "status": status,
            "retry_count": retries,
            "error": error,
            "result": { "outcome": [status] },
            "start_time": "2026-10-12T14:11:00Z",
            "end_time": (status != "pending").then_some("2026-10-12T14:11:03Z"),
        })
    };
    all([
        execution(1, 1, "completed", 0),
        execution(2, 1, "completed", 0),
        execution(3, 1, "completed", 0),
        execution(4, 1, "completed", 0),
        execution(1, 2, "completed", 0),
        execution(2, 2, "pending", 0),
        execution(5, 3, "failed", 3),
        execution(6, 3, "pending", 0),
    ])
}

pub(super) fn notes() -> Vec<Record> {
    let note = |workflow: i64, content: &str, x: f64| {
        json!({
            "workflow_id": workflow,
            "content": content,
            "coordinate_x": x,
            "coordinate_y": 40.5,
            "width": 220.0,
            "height": 90.0,
            "author_id": 6,
        })
    };
    all([
        note(1, "Keep the text short: most clients read it on a telephone.", 120.0),
        note(2, "The scoring service may be away; the letter does not wait for it.", 310.25),
    ])
}
