//! Running one step of a workflow (API: Debug).

use crate::fields::record;
use crate::{ApiError, Operation, Portal};
use domain::{ClientId, WorkflowStepId};
use serde_json::{Map, Value};

record! {
    /// `DebugResult`.
    pub struct DebugResult {
        data: Map<String, Value>,
    }
}

impl Portal {
    /// Run a workflow step against a client outside production (API: `debugRunWorkflowStep`).
    pub async fn debug_run_workflow_step(
        &self,
        workflow_step: WorkflowStepId,
        client: ClientId,
    ) -> Result<DebugResult, ApiError> {
        self.whole(Operation::DebugRunWorkflowStep, &[&workflow_step, &client], &(), &()).await
    }
}
