//! Where the key of a cache is, and how it is got.
//!
//! `vault.json` beside the database says what guards the key and holds a check of it; never the key. The check tells a
//! wrong key from a damaged file, which SQLCipher alone cannot.

use crate::Error;
use crate::contract::KeyGuard;
use crate::ports::Keychain;
use argon2::{Algorithm, Argon2, Params, Version};
use secrecy::{ExposeSecret, SecretString};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::path::Path;
use store::DatabaseKey;
use zeroize::Zeroizing;

/// The shortest passphrase that is taken, in characters.
pub(crate) const SHORTEST_PASSPHRASE: usize = 12;

/// Argon2id: 64 MiB, 3 passes, 1 lane; about a quarter of a second.
const MEMORY_KIB: u32 = 64 * 1024;
const PASSES: u32 = 3;
const LANES: u32 = 1;

const FILE: &str = "vault.json";

/// What guards the key of one cache.
#[derive(Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Vault {
    version: u32,
    /// Names the cache in the keychain.
    id: String,
    guard: Guard,
    /// SHA-256 over a label and the key, hex.
    check: String,
}

#[derive(Clone, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
enum Guard {
    Keychain,
    Passphrase { salt: String, memory_kib: u32, passes: u32, lanes: u32 },
}

impl Vault {
    /// The vault of a folder; `None` when there is none.
    pub(crate) async fn read(folder: &Path) -> Result<Option<Self>, Error> {
        let path = folder.join(FILE);
        let bytes = match tokio::fs::read(&path).await {
            Ok(bytes) => bytes,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(None),
            Err(source) => return Err(Error::File { path, source }),
        };
        serde_json::from_slice(&bytes).map(Some).map_err(|_| Error::VaultDamaged)
    }

    /// Makes a new key, guarded by the keychain, or by a passphrase when one is given.
    pub(crate) async fn create(
        folder: &Path,
        keychain: &dyn Keychain,
        passphrase: Option<&SecretString>,
    ) -> Result<(Self, DatabaseKey), Error> {
        let id = uuid::Uuid::new_v4().to_string();
        let (guard, key) = match passphrase {
            None => {
                let mut key = Zeroizing::new([0; 32]);
                getrandom::fill(&mut *key)?;
                keychain.write(&account(&id), &*key).await?;
                // A keychain that takes a key and cannot give it back would lock the cache for good.
                match keychain.read(&account(&id)).await? {
                    Some(back) if *back == key[..] => {}
                    _ => return Err(Error::KeyMissing),
                }
                (Guard::Keychain, key)
            }
            Some(passphrase) => {
                if passphrase.expose_secret().chars().count() < SHORTEST_PASSPHRASE {
                    return Err(Error::WeakPassphrase(SHORTEST_PASSPHRASE));
                }
                let mut salt = [0; 16];
                getrandom::fill(&mut salt)?;
                let guard =
                    Guard::Passphrase { salt: hex::encode(salt), memory_kib: MEMORY_KIB, passes: PASSES, lanes: LANES };
                let key = derive(&guard, passphrase).await?;
                (guard, key)
            }
        };
        let vault = Self { version: 1, id, guard, check: check(&key) };
        vault.write(folder).await?;
        Ok((vault, DatabaseKey::new(*key)))
    }

    async fn write(&self, folder: &Path) -> Result<(), Error> {
        let text = serde_json::to_vec_pretty(self).map_err(|error| Error::Internal(error.to_string()))?;
        // A half-written vault would lock the cache.
        write_whole(&folder.join(FILE), text).await
    }

    pub(crate) fn guard(&self) -> KeyGuard {
        match self.guard {
            Guard::Keychain => KeyGuard::Keychain,
            Guard::Passphrase { .. } => KeyGuard::Passphrase,
        }
    }

    /// The key from the keychain.
    pub(crate) async fn key_from_keychain(&self, keychain: &dyn Keychain) -> Result<DatabaseKey, Error> {
        let bytes = keychain.read(&account(&self.id)).await?.ok_or(Error::KeyMissing)?;
        let key: Zeroizing<[u8; 32]> = Zeroizing::new(bytes.as_slice().try_into().map_err(|_| Error::KeyMissing)?);
        if check(&key) != self.check {
            return Err(Error::KeyMissing);
        }
        Ok(DatabaseKey::new(*key))
    }

    /// The key from the passphrase.
    pub(crate) async fn key_from_passphrase(&self, passphrase: &SecretString) -> Result<DatabaseKey, Error> {
        let key = derive(&self.guard, passphrase).await?;
        if check(&key) != self.check {
            return Err(Error::WrongPassphrase);
        }
        Ok(DatabaseKey::new(*key))
    }

    /// Removes the key from where it is kept. Without it the cache's bytes are noise.
    pub(crate) async fn forget(&self, keychain: &dyn Keychain) -> Result<(), Error> {
        match self.guard {
            Guard::Keychain => Ok(keychain.remove(&account(&self.id)).await?),
            Guard::Passphrase { .. } => Ok(()),
        }
    }
}

/// Writes a small file, whole or not at all.
pub(crate) async fn write_whole(path: &Path, text: Vec<u8>) -> Result<(), Error> {
    let target = path.to_owned();
    let written = tokio::task::spawn_blocking(move || -> std::io::Result<()> {
        let folder = target.parent().unwrap_or(Path::new("."));
        let mut file = tempfile::NamedTempFile::new_in(folder)?;
        std::io::Write::write_all(&mut file, &text)?;
        file.as_file().sync_all()?;
        file.persist(&target).map_err(|error| error.error)?;
        Ok(())
    });
    let written = written.await.map_err(|error| Error::Internal(error.to_string()))?;
    written.map_err(|source| Error::File { path: path.to_owned(), source })
}

fn account(id: &str) -> String {
    format!("cache {id}")
}

fn check(key: &[u8; 32]) -> String {
    let mut hash = Sha256::new();
    hash.update(b"dispute desk cache key check\0");
    hash.update(key);
    hex::encode(hash.finalize())
}

async fn derive(guard: &Guard, passphrase: &SecretString) -> Result<Zeroizing<[u8; 32]>, Error> {
    let Guard::Passphrase { salt, memory_kib, passes, lanes } = guard.clone() else { return Err(Error::VaultDamaged) };
    let passphrase = passphrase.clone();
    let derived = tokio::task::spawn_blocking(move || {
        let salt = hex::decode(salt).map_err(|_| Error::VaultDamaged)?;
        let params = Params::new(memory_kib, passes, lanes, Some(32)).map_err(|_| Error::VaultDamaged)?;
        let mut key = Zeroizing::new([0; 32]);
        Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
            .hash_password_into(passphrase.expose_secret().as_bytes(), &salt, &mut *key)
            .map_err(|_| Error::VaultDamaged)?;
        Ok(key)
    });
    derived.await.map_err(|error| Error::Internal(error.to_string()))?
}
