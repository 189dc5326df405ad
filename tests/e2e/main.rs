//! The real window, driven by WebDriver on a private display: what an agent does, by keyboard, online and offline.
//!
//! One walk, in order, because each step stands on the one before; `cargo xtask test e2e` brings the display, the
//! keychain, the driver and a print queue.

mod driver;
mod walk;

use driver::Window;
use std::path::PathBuf;

/// What `cargo xtask` says about this machine.
pub(crate) fn given(name: &str) -> PathBuf {
    std::env::var_os(name).map(PathBuf::from).unwrap_or_else(|| panic!("{name} is set by `cargo xtask test e2e`"))
}

#[tokio::test(flavor = "multi_thread")]
async fn an_agent_works_through_a_day_online_and_offline() {
    let folder = tempfile::TempDir::new().unwrap();
    let data = folder.path().join("data");

    let window = Window::open(&data).await;
    walk::practice_sign_in_and_first_pull(&window).await;
    walk::search_and_open(&window).await;
    walk::choose_three_items_and_three_bureaus(&window).await;
    walk::prepare_and_preview(&window, "online").await;
    walk::save_through_the_systems_dialog(&window, &folder.path().join("online.pdf")).await;
    walk::print_to_a_real_queue(&window).await;
    walk::look_at_every_other_screen(&window).await;
    window.no_complaints().await;
    window.close().await;

    // The practice portal lived in the window's process, so it is gone now; the next start does not bring it back.
    walk::no_portal_answers(&data).await;
    let window = Window::open(&data).await;
    walk::offline_is_shown(&window).await;
    walk::search_and_open(&window).await;
    walk::choose_three_items_and_three_bureaus(&window).await;
    walk::prepare_and_preview(&window, "offline").await;
    walk::save_through_the_systems_dialog(&window, &folder.path().join("offline.pdf")).await;
    window.no_complaints().await;
    window.close().await;
}
