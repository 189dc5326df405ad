//! The pull as an agent sees it: one at a time, with progress, cancelled at will.

use crate::Error;
use crate::contract::{DeskEvent, Empty, Problem, ProblemCode, ResourceProgress, ResourceState, SyncStatus, Topic};
use crate::desk::{Desk, Open};
use crate::error::code_of_part;
use ::sync::{Patience, Progress, PullError, Scope};
use portal_api::ApiError;
use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::{Duration, Instant};
use store::Resource;
use tokio_util::sync::CancellationToken;

const FINISHED: &str = "pull.finished";

/// The window is told of progress this often at most, and of changed data half as often as that is worth drawing.
const TELL_EVERY: Duration = Duration::from_millis(120);
const REFRESH_EVERY: Duration = Duration::from_millis(1500);

/// The pull as it stands.
#[derive(Default)]
pub(crate) struct SyncState {
    revision: u64,
    running: Option<Running>,
    resources: BTreeMap<Resource, Progress>,
    finished_at: Option<String>,
    everything_at: Option<String>,
    problem: Option<Problem>,
    /// What the last pull left out, and which kind of failure each was.
    pub(crate) left_out: Vec<(Resource, ProblemCode)>,
    online: Option<bool>,
    parked: u64,
    told: Option<Instant>,
    refreshed: Option<Instant>,
}

#[derive(Clone)]
struct Running {
    cancel: CancellationToken,
    /// Cancelled when the pull's task has ended, however it ended.
    ended: CancellationToken,
}

impl SyncState {
    /// Forgets everything but the order of what was told.
    pub(crate) fn forget(&mut self) {
        *self = Self { revision: self.revision, ..Self::default() };
    }

    fn running(&self) -> Option<Running> {
        self.running.clone().filter(|running| !running.ended.is_cancelled())
    }
}

impl Desk {
    /// Starts a pull of what changed, unless a pull runs; of everything when that is due.
    ///
    /// # Errors
    /// [`Error::NotSignedIn`]; what goes wrong in the pull is in its status.
    pub async fn sync_start(&self, _: Empty) -> Result<SyncStatus, Error> {
        self.start_sync(Scope::Changes).await
    }

    /// Starts a pull of everything, unless a pull runs: only it finds what left the portal.
    ///
    /// # Errors
    /// As [`Desk::sync_start`].
    pub async fn sync_everything(&self, _: Empty) -> Result<SyncStatus, Error> {
        self.start_sync(Scope::Everything).await
    }

    async fn start_sync(&self, scope: Scope) -> Result<SyncStatus, Error> {
        let open = self.ready().await?;
        {
            let mut state = self.sync_state();
            if state.running().is_none() {
                let running = Running { cancel: CancellationToken::new(), ended: CancellationToken::new() };
                state.resources.clear();
                state.problem = None;
                state.left_out.clear();
                state.running = Some(running.clone());
                let desk = self.clone();
                tokio::spawn(async move {
                    let _ended = running.ended.drop_guard();
                    desk.run_sync(&open, scope, running.cancel).await;
                });
            }
        }
        Ok(self.tell_sync())
    }

    /// Stops the pull after the page it is reading.
    ///
    /// # Errors
    /// None today; the signature is every command's.
    pub async fn sync_cancel(&self, _: Empty) -> Result<SyncStatus, Error> {
        self.stop_sync().await;
        Ok(self.tell_sync())
    }

    /// How the pull stands.
    ///
    /// # Errors
    /// None today; the signature is every command's.
    pub async fn sync_status(&self, _: Empty) -> Result<SyncStatus, Error> {
        Ok(self.status())
    }

    /// Waits for the running pull, if any, and answers how it ended.
    pub async fn sync_finished(&self) -> SyncStatus {
        let running = self.sync_state().running();
        if let Some(running) = running {
            running.ended.cancelled().await;
        }
        self.status()
    }

    /// The portal answered somebody else's call: a window that says "offline" is wrong, and what it shows is old.
    pub(crate) async fn portal_answered(&self) -> Result<(), Error> {
        if self.sync_state().online == Some(false) {
            self.sync_start(Empty {}).await?;
        }
        Ok(())
    }

    /// Cancels the running pull and waits for its end.
    pub(crate) async fn stop_sync(&self) {
        let running = self.sync_state().running();
        if let Some(running) = running {
            running.cancel.cancel();
            running.ended.cancelled().await;
        }
    }

    /// Recalls how the last pull ended.
    pub(crate) async fn recall_sync(&self, open: &Open) {
        let recalled = async {
            let everything = ::sync::everything_read(&open.store).await?;
            Ok::<_, Error>((open.store.meta(FINISHED).await?, everything, open.store.parked().await?))
        };
        let recalled = recalled.await;
        let mut state = self.sync_state();
        match recalled {
            Ok((finished, everything, parked)) => {
                state.finished_at = finished;
                state.everything_at = everything.map(|at| at.to_string());
                state.parked = u64::from(parked);
            }
            Err(error) => state.problem = Some(error.problem()),
        }
    }

    async fn run_sync(&self, open: &Arc<Open>, scope: Scope, cancel: CancellationToken) {
        let outcome = self.pull(open, scope, &cancel).await;
        let parked = open.store.parked().await;
        let everything = ::sync::everything_read(&open.store).await;
        {
            let mut state = self.sync_state();
            if let Ok(parked) = parked {
                state.parked = u64::from(parked);
            }
            if let Ok(everything) = everything {
                state.everything_at = everything.map(|at| at.to_string());
            }
            match outcome {
                Ok((finished, left_out)) => {
                    state.online = Some(true);
                    state.finished_at = finished.or(state.finished_at.take());
                    if let Some(Error::LeftOut(parts)) = &left_out {
                        state.left_out = parts.iter().map(|(part, error)| (*part, code_of_part(error))).collect();
                    }
                    state.problem = left_out.map(|error| error.problem());
                }
                Err(error) => {
                    // The portal's own words are for the agent, not for the log.
                    tracing::warn!(code = ?error.problem().code, "the pull stopped early");
                    let unreachable = matches!(
                        error,
                        Error::Pull(PullError::Portal(ApiError::Unreachable { .. }))
                            | Error::Portal(ApiError::Unreachable { .. })
                    );
                    state.online = if unreachable { Some(false) } else { state.online };
                    state.problem = Some(error.problem());
                }
            }
            state.running = None;
        }
        self.tell_sync();
        self.changed(&[Topic::Clients, Topic::Items, Topic::Library, Topic::Reports, Topic::Tasks]);
    }

    /// When it was whole, and what it had to leave out. What the agent's account may not read keeps no pull from being
    /// whole, and neither do stored reports, tasks and products on a portal that has none.
    async fn pull(
        &self,
        open: &Arc<Open>,
        scope: Scope,
        cancel: &CancellationToken,
    ) -> Result<(Option<String>, Option<Error>), Error> {
        let portal = self.connected(open).await?;
        let report = |progress: Progress| self.progressed(open, progress);
        let clock = &self.inner.ports.clock;
        let pulled =
            ::sync::pull(&portal, &open.store, cancel, Patience::default(), clock.now(), scope, &report).await?;
        self.bring_template_pictures(open).await?;
        let is_not_there = |(resource, error): &(Resource, PullError)| match error {
            PullError::Portal(ApiError::Forbidden { .. }) => true,
            PullError::Portal(ApiError::NotFound { .. }) => {
                matches!(resource, Resource::CreditReports | Resource::Tasks | Resource::ClientProducts)
            }
            _ => false,
        };
        let mut finished = None;
        if pulled.left_out.iter().all(is_not_there) {
            let now = clock.now().to_string();
            let mut write = open.store.write().await?;
            write.set_meta(FINISHED, Some(&now)).await?;
            write.commit().await?;
            finished = Some(now);
        }
        let left_out = (!pulled.left_out.is_empty()).then_some(Error::LeftOut(pulled.left_out));
        Ok((finished, left_out))
    }

    fn progressed(&self, open: &Open, progress: Progress) {
        let now = Instant::now();
        let due = |last: Option<Instant>, every| last.is_none_or(|last| now.duration_since(last) >= every);
        let (back, tell, refresh) = {
            let mut state = self.sync_state();
            let back = state.online.replace(true) == Some(false);
            state.resources.insert(progress.resource, progress);
            let tell = progress.finished || due(state.told, TELL_EVERY);
            let refresh = due(state.refreshed, REFRESH_EVERY);
            if tell {
                state.told = Some(now);
            }
            if refresh {
                state.refreshed = Some(now);
            }
            (back, tell, refresh)
        };
        if back {
            // What waits for the portal need not wait out its pause.
            open.wake.network();
        }
        if tell {
            self.tell_sync();
        }
        if refresh {
            self.changed(&[Topic::Clients, Topic::Items, Topic::Library]);
        }
    }

    fn tell_sync(&self) -> SyncStatus {
        let status = self.status();
        self.tell(DeskEvent::Sync(status.clone()));
        status
    }

    fn status(&self) -> SyncStatus {
        let mut state = self.sync_state();
        state.revision += 1;
        let running = state.running().is_some();
        let resources = if state.resources.is_empty() && !running {
            Vec::new()
        } else {
            Resource::ALL
                .iter()
                .map(|resource| {
                    let progress = state.resources.get(resource);
                    ResourceProgress {
                        resource: resource.name().to_owned(),
                        state: match progress {
                            None => ResourceState::Waiting,
                            Some(progress) if progress.finished => ResourceState::Done,
                            Some(_) if running => ResourceState::Running,
                            Some(_) => ResourceState::Waiting,
                        },
                        done: progress.map_or(0, |progress| progress.done),
                        total: progress.and_then(|progress| progress.total),
                    }
                })
                .collect()
        };
        SyncStatus {
            revision: state.revision,
            running,
            online: state.online,
            resources,
            finished_at: state.finished_at.clone(),
            everything_at: state.everything_at.clone(),
            problem: state.problem.clone(),
            parked: state.parked,
        }
    }
}
