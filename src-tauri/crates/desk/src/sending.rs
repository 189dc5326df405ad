//! The outbox worker of an open cache: started with it, ended with it, told of every row.

use crate::contract::{DeskEvent, OutboxPause, Topic, UploadProgress};
use crate::desk::{Desk, Open};
use ::sync::outbox::{Clock, Gate, JournalError, OnUpload, Parts, Paused, PortalRemote, Remote, Worker};
use domain::outbox::{Attempt, Intent, IntentKind, Look, NotSent, OutboxRow, OutboxState, Trouble};
use domain::{IntentId, UserId};
use jiff::Timestamp;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};
use store::StoreError;

/// Uploads are told of this often at most.
const TELL_EVERY: Duration = Duration::from_millis(150);

/// After what passes, sending begins anew: the first time after so long, then after twice as long, up to five minutes.
const RESTART: Duration = Duration::from_secs(5);
const MOST_DOUBLED: u32 = 6;

/// The portal of the signed-in agent, whichever connection is in force when a row's turn comes.
struct Connected {
    desk: Desk,
    open: Arc<Open>,
    on_upload: OnUpload,
}

impl Connected {
    async fn now(&self) -> Result<PortalRemote, NotSent> {
        let portal = self.desk.connected(&self.open).await.map_err(|error| NotSent::Unreachable(error.to_string()))?;
        if portal.token().borrow().is_none() {
            return Err(NotSent::SignIn);
        }
        Ok(PortalRemote {
            portal,
            store: self.open.store.clone(),
            user: UserId(self.open.account.user_id),
            on_upload: Arc::clone(&self.on_upload),
        })
    }
}

impl Remote for Connected {
    async fn attempt(&self, row: &OutboxRow) -> Attempt {
        match self.now().await {
            Ok(remote) => remote.attempt(row).await,
            Err(why) => Attempt::NotSent(why),
        }
    }

    async fn look(&self, row: &OutboxRow, claimed: &[String]) -> Look {
        match self.now().await {
            Ok(remote) => remote.look(row, claimed).await,
            Err(why) => Look::NotNow(why),
        }
    }
}

/// What runs just before the first byte: facts may have changed since a letter was approved.
struct BeforeSending {
    desk: Desk,
    open: Arc<Open>,
}

impl Gate for BeforeSending {
    async fn holds(&self, row: &OutboxRow) -> Result<Option<Trouble>, JournalError> {
        Ok(self.desk.holds_now(&self.open, row).await?)
    }
}

/// The computer's clocks.
struct Clocks {
    desk: Desk,
    started: Instant,
}

impl Clock for Clocks {
    fn now(&self) -> Timestamp {
        self.desk.inner.ports.clock.now()
    }

    fn elapsed(&self) -> Duration {
        self.started.elapsed()
    }

    async fn sleep(&self, wait: Duration) {
        tokio::time::sleep(wait).await;
    }

    fn dice(&self) -> u8 {
        // Without randomness all desks come back at once, which is no more than impolite.
        getrandom::u32().map_or(0, |random| random.to_le_bytes()[0])
    }
}

impl Desk {
    /// Starts the worker of a cache that has just been opened; it ends when the cache closes.
    pub(crate) fn start_sending(&self, open: &Arc<Open>) {
        let (desk, open) = (self.clone(), Arc::clone(open));
        let worker = open.clone();
        let task = tokio::spawn(async move { desk.send_until_closed(worker).await });
        *open.sending.lock().unwrap_or_else(PoisonError::into_inner) = Some(task);
    }

    async fn send_until_closed(&self, open: Arc<Open>) {
        self.ask_after_print_runs(&open).await;
        self.follow_faxes(&open).await;
        let changed = |row: &OutboxRow, paused: Option<Paused>| {
            self.set_pause(paused.map(|paused| match paused {
                Paused::SignIn => OutboxPause::SignIn,
                Paused::Away => OutboxPause::Away,
            }));
            self.row_changed(&open, row);
        };
        let mut failures = 0;
        loop {
            let parts = Parts {
                journal: open.store.clone(),
                remote: Connected { desk: self.clone(), open: Arc::clone(&open), on_upload: self.on_upload() },
                gate: BeforeSending { desk: self.clone(), open: Arc::clone(&open) },
                clock: Clocks { desk: self.clone(), started: Instant::now() },
                brake: open.brake.clone(),
                rules: self.inner.settings.paced(self.inner.ports.pace),
            };
            let outcome = Worker::new(parts, open.wake.clone()).run(&open.closing, &changed).await;
            let Err(error) = outcome else { return };
            tracing::error!(%error, "the outbox stopped");
            self.set_pause(Some(OutboxPause::CacheFailed));
            self.tell_outbox(&open).await;
            if !passes(&error) {
                return;
            }
            tokio::select! {
                () = open.closing.cancelled() => return,
                () = tokio::time::sleep(RESTART * 2_u32.pow(failures)) => {}
            }
            failures = (failures + 1).min(MOST_DOUBLED);
            self.set_pause(None);
            self.tell_outbox(&open).await;
        }
    }

    fn on_upload(&self) -> OnUpload {
        let desk = self.clone();
        let told: Mutex<Option<Instant>> = Mutex::new(None);
        Arc::new(move |id: &IntentId, sent, total| {
            let mut told = told.lock().unwrap_or_else(PoisonError::into_inner);
            if sent < total && told.is_some_and(|at| at.elapsed() < TELL_EVERY) {
                return;
            }
            *told = Some(Instant::now());
            desk.tell(DeskEvent::Upload(UploadProgress { id: id.to_string(), sent, total }));
        })
    }

    /// Tells of a row that went on, and brings what it made into the cache.
    fn row_changed(&self, open: &Arc<Open>, row: &OutboxRow) {
        let (desk, open, row) = (self.clone(), Arc::clone(open), row.clone());
        tokio::spawn(async move {
            if row.state == OutboxState::Done {
                desk.follow_faxes(&open).await;
                desk.bring_back(&open, &row).await;
                if let Err(error) = desk.portal_answered().await {
                    // The cache closed meanwhile; the next start reads the portal anyway.
                    tracing::debug!(%error, "no pull began although the portal is back");
                }
            }
            desk.changed(topics(row.intent.kind()));
            desk.tell_outbox(&open).await;
        });
    }

    /// A run that was on its way to the printer when the desk stopped: only the agent can say what came out.
    async fn ask_after_print_runs(&self, open: &Open) {
        let asked = async {
            let mut write = open.store.write().await?;
            let asked = write.recover_print_runs().await?;
            write.commit().await?;
            Ok::<_, store::StoreError>(asked)
        };
        match asked.await {
            Ok(0) => {}
            Ok(_) => self.changed(&[Topic::PrintRuns]),
            // The next start asks again.
            Err(error) => tracing::error!(%error, "print runs that were cut short could not be looked at"),
        }
    }

    /// Opens the follow-ups of letters whose fax the portal took.
    async fn follow_faxes(&self, open: &Open) {
        let opened = async {
            let mut write = open.store.write().await?;
            let opened = write.open_fax_follow_ups().await?;
            write.commit().await?;
            Ok::<_, store::StoreError>(opened)
        };
        match opened.await {
            Ok(0) => {}
            Ok(_) => self.changed(&[Topic::FollowUps, Topic::Letters, Topic::Items]),
            // The next fax, or the next start, asks again.
            Err(error) => tracing::error!(%error, "the follow-up of a fax could not be opened"),
        }
    }

    /// After something was done, what the portal now shows of it.
    async fn bring_back(&self, open: &Arc<Open>, row: &OutboxRow) {
        let Ok(portal) = self.connected(open).await else { return };
        let outcome = match &row.intent {
            Intent::CreateNote { .. } | Intent::UpdateNote { .. } => {
                ::sync::refresh_notes(&portal, &open.store, row.client).await
            }
            Intent::DeleteNote { base } => {
                async {
                    let mut write = open.store.write().await?;
                    write.drop_note(base.note).await?;
                    Ok(write.commit().await?)
                }
                .await
            }
            Intent::DeleteDocument { base } => {
                async {
                    let mut write = open.store.write().await?;
                    write.drop_document(&base.document).await?;
                    Ok(write.commit().await?)
                }
                .await
            }
            Intent::AddDocument(_) | Intent::FileLetter { .. } | Intent::ReplaceDocument { .. } => {
                ::sync::refresh_documents(&portal, &open.store, row.client).await
            }
            Intent::CreateAgreement { .. } => ::sync::refresh_agreements(&portal, &open.store, row.client).await,
            Intent::Fax { .. }
            | Intent::Email { .. }
            | Intent::Sms { .. }
            | Intent::PostalLetter { .. }
            | Intent::RecordFax { .. } => ::sync::refresh_correspondences(&portal, &open.store, row.client).await,
            Intent::AssignGoals { .. } | Intent::RemoveGoals { .. } => {
                ::sync::refresh_goals(&portal, &open.store, row.client).await
            }
            Intent::UpdateClient { .. } => ::sync::refresh_client_alone(&portal, &open.store, row.client).await,
            Intent::LinkAttachment { .. } | Intent::UnlinkAttachment { .. } => Ok(()),
        };
        if let Err(error) = outcome {
            // The next pull brings it.
            tracing::debug!(%error, "what was sent was not read back into the cache yet");
        }
    }
}

/// Whether a cache that failed may work again by itself. Nothing is lost by beginning anew: what was under way is read back.
fn passes(error: &JournalError) -> bool {
    matches!(error, JournalError::Store(StoreError::Busy | StoreError::DiskFull | StoreError::Io(_)))
}

/// What is to be looked at again when a row of this kind went on.
pub(crate) fn topics(kind: IntentKind) -> &'static [Topic] {
    match kind {
        IntentKind::CreateNote | IntentKind::UpdateNote | IntentKind::DeleteNote => &[Topic::Outbox, Topic::Notes],
        IntentKind::AddDocument | IntentKind::ReplaceDocument | IntentKind::DeleteDocument => {
            &[Topic::Outbox, Topic::Documents, Topic::Clients]
        }
        IntentKind::FileLetter => &[Topic::Outbox, Topic::Documents, Topic::Letters],
        IntentKind::CreateAgreement => &[Topic::Outbox, Topic::Clients],
        IntentKind::Fax => &[Topic::Outbox, Topic::Correspondence, Topic::Letters],
        IntentKind::Email | IntentKind::Sms | IntentKind::PostalLetter | IntentKind::RecordFax => {
            &[Topic::Outbox, Topic::Correspondence]
        }
        IntentKind::LinkAttachment
        | IntentKind::UnlinkAttachment
        | IntentKind::UpdateClient
        | IntentKind::AssignGoals
        | IntentKind::RemoveGoals => &[Topic::Outbox, Topic::Clients],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sending_begins_anew_after_what_passes_only() {
        let io = || std::io::Error::other("a share that is gone");
        for error in [StoreError::Busy, StoreError::DiskFull, StoreError::Io(io())] {
            assert!(passes(&error.into()));
        }
        for error in [StoreError::LogDamaged, StoreError::NotReadable, StoreError::Unreadable("outbox.state")] {
            assert!(!passes(&error.into()), "it would go on for ever");
        }
    }
}
