//! One invoke -> the desk's use cases; the desk's events -> the window.

use desk::Desk;
use desk::contract::{FaxFineness, FaxLook, FileSource, Problem};
use serde_json::Value;
use tauri::ipc::Response;
use tauri::{AppHandle, DragDropEvent, Emitter, Manager, State, Window, WindowEvent};
use tokio::sync::SetOnce;
use tokio::sync::broadcast::error::RecvError;

/// The desk, once it is open: the window is being made meanwhile, and its first call waits here.
pub(crate) type Opened = SetOnce<Desk>;

/// Calls a command of the contract.
#[tauri::command]
pub(crate) async fn call(desk: State<'_, Opened>, name: String, take: Value) -> Result<Value, Problem> {
    desk.wait().await.call(&name, take).await
}

/// A letter's PDF as raw bytes.
#[tauri::command]
pub(crate) async fn letter_pdf(desk: State<'_, Opened>, id: String) -> Result<Response, Problem> {
    let pdf = desk.wait().await.letter_pdf(&id).await.map_err(|error| error.problem())?;
    Ok(Response::new(pdf))
}

/// A file as raw bytes.
#[tauri::command]
pub(crate) async fn file_bytes(desk: State<'_, Opened>, file: FileSource) -> Result<Response, Problem> {
    let bytes = desk.wait().await.file_bytes(&file).await.map_err(|error| error.problem())?;
    Ok(Response::new(bytes))
}

/// A file drawn small, as raw bytes of a PNG; none when there is nothing to draw.
#[tauri::command]
pub(crate) async fn file_thumbnail(desk: State<'_, Opened>, file: FileSource) -> Result<Response, Problem> {
    let bytes = desk.wait().await.file_thumbnail(&file).await.map_err(|error| error.problem())?;
    Ok(Response::new(bytes))
}

/// A page of a fax as raw bytes of a PNG.
#[tauri::command]
pub(crate) async fn fax_page(
    desk: State<'_, Opened>,
    look: FaxLook,
    page: u32,
    fineness: FaxFineness,
) -> Result<Response, Problem> {
    let png = desk.wait().await.fax_page(&look, page, fineness).await.map_err(|error| error.problem())?;
    Ok(Response::new(png))
}

/// Hands files that are dropped on the window to the desk, and says while they are held over it: the UI never learns where
/// they are.
pub(crate) fn take_drops(window: &Window, event: &WindowEvent) {
    let WindowEvent::DragDrop(event) = event else { return };
    let Some(desk) = window.state::<Opened>().get().cloned() else { return };
    match event {
        DragDropEvent::Enter { paths, .. } => desk.files_over(!paths.is_empty()),
        DragDropEvent::Drop { paths, .. } => {
            desk.files_over(false);
            let paths = paths.clone();
            tauri::async_runtime::spawn(async move {
                if let Err(error) = desk.files_dropped(paths).await {
                    // Nobody waits for an answer: a locked cache has no place for files, and shows that itself.
                    tracing::warn!(code = ?error.problem().code, "dropped files were not taken");
                }
            });
        }
        DragDropEvent::Leave => desk.files_over(false),
        // Where they are held does not matter.
        _ => {}
    }
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
