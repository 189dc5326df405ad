//! The real window, driven by WebDriver on a private display: what an agent does, by keyboard, online and offline.
//!
//! One walk, in order, because each step stands on the one before; `cargo xtask test e2e` brings the display, the
//! keychain, the driver and a print queue.

mod driver;
mod portal;
mod walk;

use driver::Window;
use portal::CompanyPortal;
use std::path::{Path, PathBuf};

/// What `cargo xtask` says about this machine.
pub(crate) fn given(name: &str) -> PathBuf {
    std::env::var_os(name).map(PathBuf::from).unwrap_or_else(|| panic!("{name} is set by `cargo xtask test e2e`"))
}

#[tokio::test(flavor = "multi_thread")]
async fn an_agent_works_through_a_day_online_and_offline() {
    let folder = tempfile::TempDir::new().unwrap();
    training_in_the_window_itself(&folder.path().join("training")).await;
    a_portal_that_goes_away(&folder.path().join("office")).await;
}

/// The practice portal inside the window: every screen, by keyboard.
async fn training_in_the_window_itself(data: &Path) {
    let window = Window::open(data).await;
    walk::practice_sign_in(&window).await;
    walk::first_pull(&window).await;
    walk::search_and_open(&window).await;
    walk::choose_three_items_and_three_bureaus(&window).await;
    walk::prepare_and_preview(&window).await;
    walk::save_through_the_systems_dialog(&window, &data.with_extension("pdf")).await;
    walk::print_to_a_real_queue(&window).await;
    walk::a_jammed_letter_is_printed_again(&window).await;
    walk::a_report_is_compared(&window).await;
    walk::a_clients_other_sides(&window).await;
    walk::dialogs::of_a_client(&window).await;
    walk::dialogs::of_the_window(&window).await;
    walk::dialogs::in_windows_of_every_size(&window).await;
    walk::look_at_every_other_screen(&window).await;
    walk::flow::from_search_to_mailed(&window).await;
    window.no_complaints().await;
    window.close().await;
}

/// The company's portal: signed in to by hand, then stopped, and the day goes on without it; when it is back, it gets what
/// waited, refuses something, loses an answer, and takes a file that was dropped.
async fn a_portal_that_goes_away(data: &Path) {
    let portal = CompanyPortal::start(data.with_extension("portal"), 60).await;
    let window = Window::open(data).await;
    walk::sign_in_by_hand(&window, &portal).await;
    walk::first_pull(&window).await;
    walk::search_and_open(&window).await;
    walk::choose_three_items_and_three_bureaus(&window).await;
    walk::prepare_and_preview(&window).await;
    walk::save_through_the_systems_dialog(&window, &data.with_extension("online.pdf")).await;
    window.no_complaints().await;
    window.close().await;

    let stopped = portal.stop().await;
    let window = Window::open(data).await;
    walk::offline_is_shown(&window).await;
    walk::search_and_open(&window).await;
    walk::choose_three_items_and_three_bureaus(&window).await;
    walk::prepare_and_preview(&window).await;
    walk::a_letters_text_is_changed(&window).await;
    walk::save_through_the_systems_dialog(&window, &data.with_extension("offline.pdf")).await;
    walk::print_to_a_real_queue(&window).await;
    walk::confirm_later(&window).await;
    walk::outbox::a_fax_and_a_note_wait(&window).await;
    window.no_complaints().await;
    walk::outbox::closing_says_what_waits(window).await;

    let window = Window::open(data).await;
    walk::outbox::both_still_wait(&window).await;
    let portal = stopped.back().await;
    walk::outbox::they_go_once_when_the_portal_is_back(&window, &portal).await;
    walk::outbox::a_refused_email_is_corrected_on_its_row(&window, &portal).await;
    walk::outbox::an_unknown_outcome_is_settled(&window, &portal).await;
    walk::outbox::an_unknown_fax_is_settled(&window, &portal).await;
    assert_eq!(window.mouse_presses().await, 0, "all of it by keyboard");
    walk::documents::a_file_is_dropped(&window, &portal, &data.with_extension("png")).await;
    window.no_complaints().await;
    window.close().await;
    portal.stop().await;
}
