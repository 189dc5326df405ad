//! Ways into the portal beside e-mail and password, and forgotten passwords.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// What the deployment set for sign-in.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct SignInOptions {
    /// Address of the portal, to be offered.
    pub portal: Option<String>,
    /// Whether "Sign in with Microsoft" can be offered.
    pub azure: bool,
}

/// A sign-in through the system's browser.
#[derive(Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct AzureSignIn {
    /// Base address of the portal's API.
    pub portal: String,
    /// The company's `x-api-key`.
    pub api_key: String,
    /// Guards the cache where this computer has no keychain; `null` to use the keychain.
    pub passphrase: Option<String>,
}

/// Asks for the mail with the password-reset instructions.
#[derive(Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct PasswordForgotten {
    /// Base address of the portal's API.
    pub portal: String,
    /// The company's `x-api-key`.
    pub api_key: String,
    /// Account e-mail.
    pub email: String,
}

/// Sets a new password.
#[derive(Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct PasswordReset {
    /// Base address of the portal's API.
    pub portal: String,
    /// The company's `x-api-key`.
    pub api_key: String,
    /// Account e-mail.
    pub email: String,
    /// The token of the mail.
    pub token: String,
    /// The new password.
    pub password: String,
}

/// What the portal said of something that has no other answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Said {
    /// The portal's words; may be empty.
    pub message: String,
}
