//! The window: starts the desk, shows the UI, and passes calls and events between them.
//!
//! Invariants: the only crate that knows tauri; it holds no logic of its own. What an agent can do is in `desk`, what an
//! operating system can do is in `platform`.

#![forbid(unsafe_code)]
#![cfg_attr(not(debug_assertions), windows_subsystem = "windows")]

mod closing;
mod log;
mod rpc;

use clap::Parser;
use desk::{Desk, DeskFolder, Ports, PracticeSize, Rules, SystemClock};
use platform::{FileDialogs, SystemBrowser, SystemKeychain, SystemPrinters};
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;
use std::time::Duration;
use tauri::async_runtime::JoinHandle;
use tauri::{AppHandle, Manager, RunEvent};

/// How long a window that was closed just now may take to put its cache in order.
const LAST_WINDOW: Duration = Duration::from_secs(5);

/// Dispute Desk.
#[derive(Parser)]
#[command(version)]
struct Arguments {
    /// Folder of the cache; the user's local data folder by default.
    #[arg(long, value_name = "DIR")]
    data_dir: Option<PathBuf>,
}

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let Some(folder) = arguments.data_dir.or_else(platform::data_folder) else {
        return failed("this user has no home folder; start with --data-dir");
    };
    log::start(&folder);
    let ports = Ports {
        keychain: Arc::new(SystemKeychain),
        printers: Arc::new(SystemPrinters),
        dialogs: Arc::new(FileDialogs),
        browser: Arc::new(SystemBrowser),
        clock: Arc::new(SystemClock),
        pace: Rules::default(),
    };
    // The cache opens while the window is being made: the UI's first call finds it open, or waits for it.
    let opening = Desk::open_when_free(DeskFolder::new(folder), ports, PracticeSize::default(), LAST_WINDOW);
    let opening = tauri::async_runtime::spawn(opening);
    let app = tauri::Builder::default()
        .manage(rpc::Opened::new())
        .invoke_handler(tauri::generate_handler![
            rpc::call,
            rpc::letter_pdf,
            rpc::file_bytes,
            rpc::file_thumbnail,
            rpc::fax_page
        ])
        .on_window_event(|window, event| {
            rpc::take_drops(window, event);
            closing::ask(window, event);
        })
        .setup(move |app| {
            tauri::async_runtime::spawn(show(app.handle().clone(), opening));
            Ok(())
        })
        .build(tauri::generate_context!());
    match app {
        Ok(app) => {
            app.run(|app, event| match event {
                // Quitting from the menu asks what closing the window asks.
                RunEvent::ExitRequested { api, code: None, .. } => {
                    for window in app.webview_windows().into_values() {
                        api.prevent_exit();
                        if let Err(error) = window.close() {
                            tracing::error!(%error, "the window does not close");
                        }
                    }
                }
                RunEvent::Exit => {
                    if let Some(desk) = app.state::<rpc::Opened>().get() {
                        tauri::async_runtime::block_on(desk.close());
                    }
                }
                _ => {}
            });
            ExitCode::SUCCESS
        }
        Err(error) => failed(&format!("the window could not be made: {error}")),
    }
}

/// Hands the desk to the window once it is open. One that does not open says why, and the program ends.
async fn show(app: AppHandle, opening: JoinHandle<Result<Desk, desk::Error>>) {
    let desk = match opening.await {
        Ok(Ok(desk)) => desk,
        Ok(Err(error)) => {
            let problem = error.problem();
            tracing::error!(code = ?problem.code, "could not start");
            for window in app.webview_windows().into_values() {
                if let Err(error) = window.hide() {
                    tracing::error!(%error, "the window does not hide");
                }
            }
            platform::say(&problem.message).await;
            return app.exit(1);
        }
        Err(error) => {
            tracing::error!(%error, "the desk did not open");
            return app.exit(1);
        }
    };
    rpc::forward_events(app.clone(), &desk);
    if app.state::<rpc::Opened>().set(desk).is_err() {
        tracing::error!("a desk was open before");
    }
}

fn failed(reason: &str) -> ExitCode {
    tracing::error!(reason, "could not start");
    let _ = std::io::Write::write_all(&mut std::io::stderr(), format!("Dispute Desk: {reason}\n").as_bytes());
    ExitCode::FAILURE
}
