//! Signing in and out.

use super::Problem;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Where the desk stands between "nothing here yet" and "ready to work".
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum SessionStage {
    /// No cache on this computer: sign in.
    SignedOut,
    /// A cache is here, guarded by a passphrase that is not given yet.
    Locked,
    /// A cache is here but cannot be opened: see `problem`.
    Blocked,
    /// The cache is open.
    Ready,
}

/// Whose data is in the cache.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Realm {
    /// The company's portal: real clients.
    Portal,
    /// The practice portal: made-up people.
    Practice,
}

/// What guards the key of the cache.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum KeyGuard {
    /// The operating system's keychain.
    Keychain,
    /// A passphrase, asked for at every start.
    Passphrase,
}

/// The session as it stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Session {
    /// How far the desk is open.
    pub stage: SessionStage,
    /// Whose data; `null` while signed out.
    pub realm: Option<Realm>,
    /// Host name of the portal.
    pub portal: Option<String>,
    /// Name of the signed-in agent.
    pub agent: Option<String>,
    /// What guards the key.
    pub guard: Option<KeyGuard>,
    /// The portal no longer accepts the session; local work goes on.
    pub sign_in_needed: bool,
    /// Why the cache is blocked.
    pub problem: Option<Problem>,
    /// The application's version.
    pub version: String,
}

/// A sign-in to the company's portal.
#[derive(Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct SignIn {
    /// Base address of the portal's API, e.g. `https://portal.example.com/api`.
    pub portal: String,
    /// Account e-mail.
    pub email: String,
    /// Account password.
    pub password: String,
    /// The company's `x-api-key`.
    pub api_key: String,
    /// Guards the cache where this computer has no keychain; `null` to use the keychain.
    pub passphrase: Option<String>,
}

/// A sign-in to the practice portal.
#[derive(Clone, Default, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Practice {
    /// Guards the cache where this computer has no keychain; `null` to use the keychain.
    pub passphrase: Option<String>,
}

/// A passphrase.
#[derive(Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Passphrase {
    /// As typed.
    pub passphrase: String,
}

/// A sign-out.
#[derive(Clone, Copy, Debug, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct SignOut {
    /// Sign out even when prepared letters would be lost; without it that is `letters_unprinted`.
    pub discard_letters: bool,
    /// Sign out even when something was not sent yet; without it that is `outbox_unsent`.
    #[serde(default)]
    pub discard_unsent: bool,
}
