//! Trying steps of workflows.

use crate::company::{CLIENTS, Company, assert_forbidden, assert_gone};
use crate::lists::whole;
use domain::{ClientId, SegmentId, TemplateId, WorkflowStepId};
use portal_api::debug::DebugResult;
use portal_api::templates::GetTemplatePreviewQuery;
use practice_portal::Role;
use serde_json::{Value, json};

/// A place in what a step answered.
fn told<'a>(result: &'a DebugResult, path: &[&str]) -> &'a Value {
    let (first, rest) = path.split_first().unwrap();
    rest.iter().fold(&result.data[*first], |value, name| &value[name])
}

pub(crate) async fn a_step_says_what_it_would_do_and_does_nothing(company: &Company) {
    let portal = &company.portal;
    let run = async |step, client| portal.debug_run_workflow_step(WorkflowStepId(step), ClientId(client)).await;

    // The first step writes a text message to the client.
    let result = run(1, 2).await.unwrap();
    assert_eq!((told(&result, &["workflow_step_id"]), told(&result, &["client_id"])), (&json!(1), &json!(2)));
    assert_eq!((told(&result, &["is_debug"]), told(&result, &["outcome"])), (&json!(true), &json!("success")));
    let asked = GetTemplatePreviewQuery { client_id: Some(ClientId(2)) };
    let preview = portal.get_template_preview(TemplateId(8), &asked).await.unwrap();
    assert_eq!(told(&result, &["details", "would_send"]).as_str(), preview.preview_content.as_deref());
    assert!(company.server.accepted().await.unwrap().is_empty(), "nothing was sent");

    // The seventh asks whether the client is in the second segment.
    for id in 1..=CLIENTS {
        let segments = whole(portal.list_client_segments(ClientId(id)).await);
        let is_member = segments.iter().any(|segment| segment.id == Some(SegmentId(2)));
        let result = run(7, id).await.unwrap();
        assert_eq!(told(&result, &["details", "is_member"]), &json!(is_member));
        assert_eq!(told(&result, &["outcome"]), if is_member { "success" } else { "failure" });
        assert_eq!(told(&result, &["next_step_id"]), &if is_member { json!(8) } else { Value::Null });
    }
    assert_gone(run(99_999, 1).await);
    assert_gone(run(1, 99_999).await);
    let agent = company.staff(Role::Agent).await;
    assert_forbidden(agent.debug_run_workflow_step(WorkflowStepId(1), ClientId(1)).await);
}
