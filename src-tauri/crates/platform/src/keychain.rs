//! Windows Credential Manager, macOS Keychain, Secret Service: through `keyring`.

use async_trait::async_trait;
use desk::{Keychain, KeychainError};
use keyring::{Entry, Error};
use zeroize::Zeroizing;

const SERVICE: &str = "Dispute Desk";

/// The keychain of the signed-in user of this computer.
pub struct SystemKeychain;

#[async_trait]
impl Keychain for SystemKeychain {
    async fn read(&self, account: &str) -> Result<Option<Zeroizing<Vec<u8>>>, KeychainError> {
        let outcome = entry(account, Entry::get_secret).await?;
        match outcome {
            Ok(secret) => Ok(Some(Zeroizing::new(secret))),
            Err(Error::NoEntry) => Ok(None),
            Err(error) => Err(failure(&error)),
        }
    }

    async fn write(&self, account: &str, secret: &[u8]) -> Result<(), KeychainError> {
        let secret = Zeroizing::new(secret.to_vec());
        entry(account, move |entry| entry.set_secret(&secret)).await?.map_err(|error| failure(&error))
    }

    async fn remove(&self, account: &str) -> Result<(), KeychainError> {
        match entry(account, Entry::delete_credential).await? {
            Ok(()) | Err(Error::NoEntry) => Ok(()),
            Err(error) => Err(failure(&error)),
        }
    }
}

/// Does something with an entry on a thread that may wait: a keychain may ask its user.
async fn entry<T: Send + 'static>(
    account: &str,
    act: impl FnOnce(&Entry) -> keyring::Result<T> + Send + 'static,
) -> Result<keyring::Result<T>, KeychainError> {
    let account = account.to_owned();
    let done = tokio::task::spawn_blocking(move || {
        if let Err(error) = Entry::store_status() {
            return Err(KeychainError::Unavailable(words(error)));
        }
        Ok(Entry::new(SERVICE, &account).and_then(|entry| act(&entry)))
    });
    done.await.map_err(|error| KeychainError::Failed(error.to_string()))?
}

fn failure(error: &Error) -> KeychainError {
    match error {
        Error::NoStorageAccess(_) => KeychainError::Locked(words(error)),
        Error::NoDefaultStore | Error::NotSupportedByStore(_) => KeychainError::Unavailable(words(error)),
        other => KeychainError::Failed(words(other)),
    }
}

/// The error's kind and system text; variants that carry a secret's bytes show none of them.
fn words(error: &Error) -> String {
    match error {
        Error::BadEncoding(_) | Error::BadDataFormat(..) => "the stored secret is not readable".to_owned(),
        other => other.to_string(),
    }
}
