//! Caches that were set aside: what of them was not sent, brought into the outbox of the open one.
//!
//! Invariants: nothing that is brought goes before the agent says so; each row is brought once, which the rows that are here
//! tell, and a note beside the cache that was set aside, for the day on which the open one is gone, too; a cache of another
//! account is left alone, because its clients are other people.

use crate::Error;
use crate::contract::{AsideRescued, AsideRow, Empty, Id, KeyGuard, Realm};
use crate::desk::{Account, Desk, Open};
use crate::session::{ACCOUNT, place};
use crate::vault::{Vault, write_whole};
use domain::outbox::{Intent, OutboxRow};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use store::{AsideCache, OutboxEntry, StoreError, Unsent};

/// Why nothing of a cache that was set aside can be brought here. Texts are whole sentences for the agent.
#[derive(Debug, thiserror::Error)]
pub enum AsideError {
    /// The keychain has no key for it.
    #[error(
        "The key of these files is no longer in the keychain of this computer, so that nothing in them can be read. If the \
         keychain can be restored, look again."
    )]
    KeyGone,
    /// Its key is nowhere but in a passphrase.
    #[error("A passphrase guards these files; only those whose key is in the keychain can be looked into.")]
    Passphrase,
    /// `vault.json` is gone or damaged.
    #[error(
        "The file that says which key opens these files is missing or damaged, so that nothing in them can be read."
    )]
    NoVault,
    /// The first page is damaged, or there is nothing.
    #[error("The beginning of the file is damaged or missing, so that nothing in it can be read.")]
    NotReadable,
    /// Pages that lead to the outbox are damaged.
    #[error("The pages that lead to its outbox are damaged, so that none of its rows can be found.")]
    OutboxGone,
    /// Whose it was cannot be read.
    #[error("Whose files these were cannot be read any more, so that nothing of them is brought into your outbox.")]
    WhoseUnknown,
    /// It is somebody else's.
    #[error("These files belong to {agent} at {portal}. Whoever signs in there can bring what was not sent.")]
    Foreign {
        /// Whose.
        agent: String,
        /// Where.
        portal: String,
    },
}

/// What must not be forgotten of a cache that was set aside. It lies beside it, and names nobody.
#[derive(Default, Serialize, Deserialize)]
struct Note {
    /// Its log lost changes. Whoever opens the cache wipes the traces of that, so it is written down before.
    lost_changes: bool,
    /// Rows that were brought into another cache.
    brought: BTreeSet<String>,
}

/// A cache that was set aside, looked into.
struct Looked {
    cache: AsideCache,
    /// What is not here yet.
    unsent: Unsent,
    note: Note,
}

impl Desk {
    /// Caches that were set aside, the newest first, and what of each was not sent and is not here yet.
    ///
    /// # Errors
    /// No open cache, or the folder cannot be read. What keeps one cache from being read stands on its row.
    pub async fn aside_list(&self, _: Empty) -> Result<Vec<AsideRow>, Error> {
        let open = self.ready().await?;
        let mut rows = Vec::new();
        for (id, at) in self.asides(open.realm).await? {
            let mut row =
                AsideRow { id, at: at.to_string(), unsent: 0, unreadable: 0, lost_changes: false, problem: None };
            match self.look_into(&open, &row.id).await {
                Ok(Looked { cache, unsent, note }) => {
                    cache.close().await?;
                    row.unsent = u32::try_from(unsent.rows.len()).unwrap_or(u32::MAX);
                    row.unreadable = unsent.unreadable;
                    row.lost_changes = note.lost_changes;
                }
                Err(error) => row.problem = Some(error.problem()),
            }
            rows.push(row);
        }
        Ok(rows)
    }

    /// Brings what was not sent of a cache that was set aside into the outbox, with its files, and the letters that wait to
    /// be faxed. It waits there: paused, or for the agent to say what became of it.
    ///
    /// # Errors
    /// [`Error::NotFound`], [`Error::Aside`], the keychain, or the open cache fails; what was brought before that is here.
    pub async fn aside_rescue(&self, id: Id) -> Result<AsideRescued, Error> {
        let open = self.ready().await?;
        if !self.asides(open.realm).await?.iter().any(|(known, _)| *known == id.id) {
            return Err(Error::NotFound("set of files"));
        }
        let Looked { mut cache, unsent, mut note } = self.look_into(&open, &id.id).await?;
        let rules = self.inner.settings.paced(self.inner.ports.pace);
        let mut rows = Vec::new();
        let mut unreadable = unsent.unreadable;
        let mut outcome = Ok(());
        for row in unsent.rows {
            let rescued = row.rescued(note.lost_changes, self.inner.ports.clock.now(), &rules);
            match bring(&open, &mut cache, &rescued).await {
                Ok(Brought::Here) => {
                    note.brought.insert(rescued.id.0.clone());
                    rows.push(OutboxEntry::Row(Box::new(rescued)));
                }
                Ok(Brought::Before) => {}
                Ok(Brought::Unreadable) => unreadable += 1,
                Err(error) => {
                    outcome = Err(error);
                    break;
                }
            }
        }
        cache.close().await?;
        write_note(&self.aside(&id.id), &note).await?;
        self.queued(&open).await;
        outcome?;
        Ok(AsideRescued { brought: self.shown(&open, &rows).await?, unreadable })
    }

    fn aside(&self, id: &str) -> PathBuf {
        self.inner.folder.root().join(id)
    }

    /// Folders of a realm that were set aside, and when, the newest first.
    async fn asides(&self, realm: Realm) -> Result<Vec<(String, Timestamp)>, Error> {
        let root = self.inner.folder.root();
        let failed = |source| Error::File { path: root.to_owned(), source };
        let mut found = Vec::new();
        let mut folders = tokio::fs::read_dir(root).await.map_err(failed)?;
        while let Some(folder) = folders.next_entry().await.map_err(failed)? {
            let name = folder.file_name().to_string_lossy().into_owned();
            if let Some(at) = self.inner.folder.set_aside_at(realm, &name) {
                found.push((name, at));
            }
        }
        found.sort_by(|(_, one), (_, other)| other.cmp(one));
        Ok(found)
    }

    async fn look_into(&self, open: &Open, id: &str) -> Result<Looked, Error> {
        let folder = self.aside(id);
        let database = folder.join(crate::desk::DATABASE);
        let vault = match Vault::read(&folder).await {
            Ok(Some(vault)) => vault,
            Ok(None) | Err(Error::VaultDamaged) => return Err(AsideError::NoVault.into()),
            Err(error) => return Err(error),
        };
        if vault.guard() == KeyGuard::Passphrase {
            return Err(AsideError::Passphrase.into());
        }
        let key = match vault.key_from_keychain(&*self.inner.ports.keychain).await {
            Err(Error::KeyMissing) => return Err(AsideError::KeyGone.into()),
            key => key?,
        };
        let mut note = read_note(&folder).await?;
        if !note.lost_changes && store::lost_changes(&database).await? {
            note.lost_changes = true;
            write_note(&folder, &note).await?;
        }
        let mut cache = AsideCache::open(&database, &key).await.map_err(unopened)?;
        whose(cache.meta(ACCOUNT).await, &open.account)?;
        let mut unsent = cache.unsent().await.map_err(|error| match error {
            StoreError::Busy => Error::Store(StoreError::Busy),
            _ => AsideError::OutboxGone.into(),
        })?;
        let known = note.brought.len();
        for row in &unsent.rows {
            // The desk may have ended after it was brought and before that was written down.
            if open.store.outbox_row(&row.id).await?.is_some() {
                note.brought.insert(row.id.0.clone());
            }
        }
        if note.brought.len() > known {
            write_note(&folder, &note).await?;
        }
        unsent.rows.retain(|row| !note.brought.contains(&row.id.0));
        Ok(Looked { cache, unsent, note })
    }
}

/// What became of a row that was to be brought.
enum Brought {
    /// It is here, with its file.
    Here,
    /// It was here before.
    Before,
    /// Its file is not what it was.
    Unreadable,
}

/// Brings one row with its file, and the letter that it faxes: all of it, or nothing.
async fn bring(open: &Open, cache: &mut AsideCache, row: &OutboxRow) -> Result<Brought, Error> {
    let mut write = open.store.write().await?;
    if write.has_outbox_row(&row.id).await? {
        return Ok(Brought::Before);
    }
    if let Some(file) = row.intent.file()
        && !write.copy_outbox_file(cache, &file.hash).await?
    {
        // A file that reached the portal is not needed to find out what became of the row.
        if row.attachment.is_none() {
            return Ok(Brought::Unreadable);
        }
        // What was copied of it goes with this transaction.
        drop(write);
        write = open.store.write().await?;
    }
    if let Intent::Fax { letter: Some(letter), .. } = &row.intent {
        write.copy_letter(cache, letter).await?;
    }
    write.enqueue(std::slice::from_ref(row)).await?;
    write.commit().await?;
    Ok(Brought::Here)
}

fn unopened(error: StoreError) -> Error {
    match error {
        StoreError::Busy | StoreError::Io(_) | StoreError::DiskFull => Error::Store(error),
        _ => AsideError::NotReadable.into(),
    }
}

/// Refuses a cache of somebody else, or of nobody knows whom.
fn whose(found: Result<Option<String>, StoreError>, mine: &Account) -> Result<(), AsideError> {
    let Ok(Some(text)) = found else { return Err(AsideError::WhoseUnknown) };
    let Ok(account) = serde_json::from_str::<Account>(&text) else { return Err(AsideError::WhoseUnknown) };
    if account.base == mine.base && account.user_id == mine.user_id {
        return Ok(());
    }
    Err(AsideError::Foreign { portal: place(&account), agent: account.agent })
}

fn note_of(folder: &Path) -> PathBuf {
    folder.join("rescue.json")
}

async fn read_note(folder: &Path) -> Result<Note, Error> {
    let path = note_of(folder);
    match tokio::fs::read(&path).await {
        Ok(bytes) => serde_json::from_slice(&bytes)
            .map_err(|error| Error::File { path, source: std::io::Error::other(error.to_string()) }),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(Note::default()),
        Err(source) => Err(Error::File { path, source }),
    }
}

async fn write_note(folder: &Path, note: &Note) -> Result<(), Error> {
    let text = serde_json::to_vec_pretty(note).map_err(|error| Error::Internal(error.to_string()))?;
    write_whole(&note_of(folder), text).await
}
