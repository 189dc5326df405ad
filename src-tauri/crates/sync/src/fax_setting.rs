//! How often the company's portal tries a failed fax again: one number, told before faxes are queued.

use crate::PullError;
use crate::pull::Run;
use futures::TryStreamExt;
use portal_api::fax_settings::ListFaxSettingsQuery;
use store::{Store, StoreError};

const REATTEMPTS: &str = "fax.reattempts";

/// How often the portal tries a failed fax again, as last read; `None` when it was never told.
///
/// # Errors
/// As every query.
pub async fn fax_reattempts(store: &Store) -> Result<Option<u32>, StoreError> {
    Ok(store.meta(REATTEMPTS).await?.and_then(|count| count.parse().ok()))
}

impl Run<'_> {
    /// Reads the setting (API: Fax Settings). Whoever may not read it, or where there is none, is told nothing of it.
    pub(crate) async fn fax_setting(&self) -> Result<(), PullError> {
        let query = ListFaxSettingsQuery::default();
        let rows =
            self.patiently(|| Box::pin(self.portal.list_fax_settings(&query).rows().try_collect::<Vec<_>>())).await;
        let settings = match rows {
            Ok(rows) => rows.into_iter().filter_map(|row| match row {
                portal_api::Row::Read(record) => Some(record.value),
                portal_api::Row::Parked { .. } => None,
            }),
            Err(error) if error.ends_the_pull() => return Err(error),
            Err(_) => {
                tracing::info!("the portal's fax setting could not be read");
                return Ok(());
            }
        };
        // The newest stands, when there are several.
        let newest = settings.max_by_key(|setting| setting.id).and_then(|setting| setting.reattempt_count);
        let mut write = self.store.write().await?;
        write.set_meta(REATTEMPTS, newest.map(|count| count.to_string()).as_deref()).await?;
        Ok(write.commit().await?)
    }
}
