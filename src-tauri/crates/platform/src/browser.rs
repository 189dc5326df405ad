//! The system's browser.

use async_trait::async_trait;
use desk::Browser;

/// The browser that the system opens web addresses with.
pub struct SystemBrowser;

#[async_trait]
impl Browser for SystemBrowser {
    async fn open(&self, address: &str) -> Result<(), String> {
        let address = address.to_owned();
        // The system's launcher may take its time.
        let opened = tokio::task::spawn_blocking(move || opener::open_browser(address)).await;
        opened.map_err(|error| error.to_string())?.map_err(|error| error.to_string())
    }
}
