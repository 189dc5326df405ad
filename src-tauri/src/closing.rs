//! Closing the window while something is unsent: it waits for the next start, and that is said before.

use crate::rpc::Opened;
use std::sync::atomic::{AtomicBool, Ordering};
use tauri::{Manager, Window, WindowEvent};

/// The question is on the screen: a second press on the cross does not ask it again.
static ASKING: AtomicBool = AtomicBool::new(false);

/// Lets a window close at once when nothing waits, and else only after the agent was told.
pub(crate) fn ask(window: &Window, event: &WindowEvent) {
    let WindowEvent::CloseRequested { api, .. } = event else { return };
    let Some(desk) = window.state::<Opened>().get().cloned() else { return };
    api.prevent_close();
    if ASKING.swap(true, Ordering::SeqCst) {
        return;
    }
    let window = window.clone();
    tauri::async_runtime::spawn(async move {
        let closes = match desk.closing_words().await {
            Some(words) => platform::agrees(&window, "Not everything is sent", &words, ["Close", "Stay"]).await,
            None => true,
        };
        ASKING.store(false, Ordering::SeqCst);
        if closes && let Err(error) = window.destroy() {
            tracing::error!(%error, "the window does not close");
        }
    });
}
