//! What is in force on this desk, to be read by the agent and by an administrator beside them.

use crate::contract::{
    CacheView, CachedKind, CompanyView, Empty, EnvelopeKind, EnvelopeView, EnvelopeWindow, LetterArea, LettersView,
    LimitsView, SettingsFile, SettingsView, VersionsView,
};
use crate::desk::Open;
use crate::printing::file_text;
use crate::settings::{FILE, LetterSettings};
use crate::{Desk, Error};
use ::letters::ENGINE;
use domain::{Area, Envelope, Pane, Window};
use std::io;
use std::path::{Path, PathBuf};
use store::{Resource, Store, StoreError};

/// Points to the inch.
const INCH: f32 = 72.0;

impl Desk {
    /// What is in force on this desk.
    ///
    /// # Errors
    /// No open cache, the cache fails, or its folder cannot be read.
    pub async fn settings_get(&self, _: Empty) -> Result<SettingsView, Error> {
        let open = self.ready().await?;
        let settings = &self.inner.settings;
        Ok(SettingsView {
            portal: open.account.base.clone(),
            realm: open.realm,
            agent: open.account.agent.clone(),
            email: open.account.email.clone(),
            guard: open.vault.guard(),
            cache: self.cache(&open).await?,
            versions: versions(&open).await?,
            letters: letters(&settings.letters),
            limits: self.limits(),
            file: SettingsFile { path: file_text(&self.inner.folder.root().join(FILE)), found: settings.found },
        })
    }

    /// What is kept on this computer.
    pub(crate) async fn cache(&self, open: &Open) -> Result<CacheView, Error> {
        let folder = self.inner.folder.of(open.realm);
        let failed = |source| Error::File { path: folder.clone(), source };
        let counted = folder.clone();
        let bytes = tokio::task::spawn_blocking(move || size(&counted));
        let bytes = bytes.await.map_err(|error| Error::Internal(error.to_string()))?.map_err(failed)?;
        Ok(CacheView { bytes, kinds: kinds(&open.store).await?, parked: open.store.parked().await? })
    }

    /// How hard the portal is asked.
    pub(crate) fn limits(&self) -> LimitsView {
        let settings = &self.inner.settings;
        let limits = settings.limits();
        LimitsView {
            concurrent: u32::try_from(limits.concurrent).unwrap_or(u32::MAX),
            per_minute: limits.per_minute,
            quiet_seconds: settings.paced(self.inner.ports.pace).quiet.as_secs(),
        }
    }
}

/// What runs here.
pub(crate) async fn versions(open: &Open) -> Result<VersionsView, StoreError> {
    Ok(VersionsView {
        desk: env!("CARGO_PKG_VERSION").to_owned(),
        sqlite: open.store.sqlite_version().await?,
        letters: ENGINE.to_owned(),
    })
}

/// What all letters share.
pub(crate) fn letters(settings: &LetterSettings) -> LettersView {
    LettersView {
        envelope: envelope(&settings.envelope),
        fold_marks: settings.fold_marks,
        company: settings.company.as_ref().map(|company| CompanyView {
            name: company.name.clone(),
            address: company.address.clone(),
            phone: company.phone.clone(),
            fax: company.fax.clone(),
        }),
    }
}

fn envelope(envelope: &Envelope) -> EnvelopeView {
    let of_recipient = |window: &Window| {
        let pane = Pane { left: window.left, bottom: window.bottom, width: window.width, height: window.height };
        shown(window, pane)
    };
    let (kind, windows) = match envelope {
        Envelope::None => (EnvelopeKind::None, Vec::new()),
        Envelope::SingleWindow(window) => (EnvelopeKind::Single, vec![of_recipient(window)]),
        Envelope::DoubleWindow { recipient, sender } => {
            (EnvelopeKind::Double, vec![of_recipient(recipient), shown(recipient, *sender)])
        }
    };
    let [first, second] = envelope.folds();
    EnvelopeView {
        kind,
        width: envelope.window().map(|window| window.envelope_width),
        height: envelope.window().map(|window| window.envelope_height),
        windows,
        first_fold: first / INCH,
        second_fold: second / INCH,
    }
}

fn shown(window: &Window, pane: Pane) -> EnvelopeWindow {
    EnvelopeWindow {
        left: pane.left,
        bottom: pane.bottom,
        width: pane.width,
        height: pane.height,
        always_shows: inches(window.pane_always_shows(pane)),
        can_show: inches(window.pane_can_show(pane)),
    }
}

fn inches(area: Area) -> LetterArea {
    LetterArea { x: area.left / INCH, y: area.top / INCH, width: area.width / INCH, height: area.height / INCH }
}

/// What the cache holds of each kind that was ever pulled.
async fn kinds(store: &Store) -> Result<Vec<CachedKind>, StoreError> {
    let mut kinds = Vec::new();
    for resource in Resource::ALL {
        if let Some(pull) = store.pull(resource).await? {
            let records = store.held(resource).await?;
            kinds.push(CachedKind { resource: resource.name().to_owned(), records, whole: pull.done });
        }
    }
    Ok(kinds)
}

/// Bytes of all files below a folder. A file that goes while it is counted (the database's log does) counts nothing.
fn size(folder: &Path) -> io::Result<u64> {
    let mut bytes = 0;
    let mut folders: Vec<PathBuf> = vec![folder.to_owned()];
    while let Some(next) = folders.pop() {
        for entry in std::fs::read_dir(next)? {
            let entry = entry?;
            match entry.metadata() {
                Ok(about) if about.is_dir() => folders.push(entry.path()),
                Ok(about) => bytes += about.len(),
                Err(error) if error.kind() == io::ErrorKind::NotFound => {}
                Err(error) => return Err(error),
            }
        }
    }
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_envelope_is_told_in_the_inches_it_was_set_in() {
        let view = envelope(&Envelope::default());
        let [window] = view.windows.as_slice() else { panic!("one window: {view:?}") };
        assert_eq!((view.kind, view.width, view.height), (EnvelopeKind::Single, Some(9.5), Some(4.125)));
        assert_eq!((window.left, window.bottom, window.width, window.height), (0.875, 0.5, 4.5, 1.125));
        let near = |one: f32, other: f32| (one - other).abs() < 0.01;
        assert!(near(window.always_shows.x, 1.0) && near(window.always_shows.y, 2.625), "{window:?}");
        assert!(near(view.first_fold, 11.0 / 3.0) && near(view.second_fold, 22.0 / 3.0), "{view:?}");

        let double = envelope(&Envelope::double_window());
        assert_eq!((double.kind, double.windows.len()), (EnvelopeKind::Double, 2));
        assert_eq!(double.windows[1].bottom, 2.625, "the sender's window is the second");
        let none = envelope(&Envelope::None);
        assert_eq!((none.kind, none.width, none.windows.len()), (EnvelopeKind::None, None, 0));
    }

    #[test]
    fn the_size_of_a_folder_is_that_of_all_files_below_it() {
        let folder = tempfile::TempDir::new().unwrap();
        std::fs::create_dir(folder.path().join("deep")).unwrap();
        std::fs::write(folder.path().join("one"), [0_u8; 70]).unwrap();
        std::fs::write(folder.path().join("deep/two"), [0_u8; 7]).unwrap();
        assert_eq!(size(folder.path()).unwrap(), 77);
        assert_eq!(size(&folder.path().join("gone")).unwrap_err().kind(), io::ErrorKind::NotFound);
    }
}
