//! One invoke -> the desk's use cases; the desk's events -> the window.

use desk::Desk;
use desk::contract::Problem;
use serde_json::Value;
use tauri::ipc::Response;
use tauri::{AppHandle, Emitter, State};
use tokio::sync::broadcast::error::RecvError;

/// Calls a command of the contract.
#[tauri::command]
pub(crate) async fn call(desk: State<'_, Desk>, name: String, take: Value) -> Result<Value, Problem> {
    desk.call(&name, take).await
}

/// A letter's PDF as raw bytes.
#[tauri::command]
pub(crate) async fn letter_pdf(desk: State<'_, Desk>, id: String) -> Result<Response, Problem> {
    let pdf = desk.letter_pdf(&id).await.map_err(|error| error.problem())?;
    Ok(Response::new(pdf))
}

/// Passes on what the desk tells, for as long as the window lives.
pub(crate) fn forward_events(app: AppHandle, desk: &Desk) {
    let mut events = desk.events();
    tauri::async_runtime::spawn(async move {
        loop {
            match events.recv().await {
                Ok(event) => {
                    if let Err(error) = app.emit("desk", event) {
                        tracing::warn!(%error, "the window was not told");
                    }
                }
                // A burst was too fast for the window; later events carry the whole state again.
                Err(RecvError::Lagged(missed)) => tracing::debug!(missed, "events skipped"),
                Err(RecvError::Closed) => return,
            }
        }
    });
}
